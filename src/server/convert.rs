//! Findings as diagnostics, and places as ranges.

use super::copies;
use super::document::Version;
use super::session::Session;
use crate::checking::{Checked, Placed};
use crate::findings;
use crate::findings::{Language, MOST_RELATED, Severity};
use crate::text::{Change, Encoding, Position, position};
use ropey::Rope;
use std::collections::HashMap;
use std::ops::Range;
use tower_lsp::lsp_types::{
    self as lsp, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DocumentChanges, Location,
    NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};

/// An editor shows no more of a draft; one more diagnostic says how many there are.
pub const MOST_DIAGNOSTICS: usize = 1000;

pub const SOURCE: &str = "hegao";

pub fn point(position: Position) -> lsp::Position {
    lsp::Position { line: position.line, character: position.character }
}

/// Bytes of `rope` as a range.
pub fn range(rope: &Rope, bytes: Range<usize>, encoding: Encoding) -> lsp::Range {
    let at = |byte| point(position::from_byte(rope, byte, encoding));
    lsp::Range { start: at(bytes.start), end: at(bytes.end) }
}

pub fn offset(rope: &Rope, at: lsp::Position, encoding: Encoding) -> usize {
    position::to_byte(rope, Position { line: at.line, character: at.character }, encoding)
}

/// Changes of a version of a draft as an edit that the client refuses when the version is stale.
pub fn edit(session: &Session, url: &Url, version: &Version, changes: &[Change]) -> WorkspaceEdit {
    let rope = &version.checked.analysis.rope;
    let edit =
        |c: &Change| TextEdit { range: range(rope, c.range.clone(), session.encoding()), new_text: c.text.clone() };
    let edits: Vec<TextEdit> = changes.iter().map(edit).collect();
    let uri = url.clone();
    if !session.abilities().document_changes {
        return WorkspaceEdit { changes: Some(HashMap::from([(uri, edits)])), ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(version.version) };
    let edit = TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() };
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![edit])), ..WorkspaceEdit::default() }
}

/// The findings of a draft, at most `MOST_DIAGNOSTICS` and one.
pub fn diagnostics(session: &Session, url: &Url, checked: &Checked, language: Language) -> Vec<Diagnostic> {
    let found = &checked.findings;
    let shown = found.iter().take(MOST_DIAGNOSTICS);
    let mut list: Vec<Diagnostic> =
        shown.filter_map(|placed| diagnostic(session, url, checked, placed, language)).collect();
    if found.len() > MOST_DIAGNOSTICS {
        let more = found.len() - MOST_DIAGNOSTICS;
        list.push(Diagnostic {
            severity: Some(DiagnosticSeverity::INFORMATION),
            source: Some(SOURCE.to_owned()),
            message: match language {
                Language::Zh => format!("还有{more}处问题没有显示；先改前面的，或用 hegao check 看全部"),
                Language::En => format!("{more} more findings are not shown. Mend the first ones, or run hegao check."),
            },
            ..Diagnostic::default()
        });
    }
    list
}

/// One finding as a diagnostic; `data` carries its fingerprint.
pub fn diagnostic(
    session: &Session,
    url: &Url,
    checked: &Checked,
    placed: &Placed,
    language: Language,
) -> Option<Diagnostic> {
    let encoding = session.encoding();
    let found = &*placed.finding;
    let place = |p: &crate::findings::Place| {
        let (start, end) = p.positions(&checked.analysis, encoding)?;
        Some(lsp::Range { start: point(start), end: point(end) })
    };
    let has_related = !found.related.is_empty() || !placed.elsewhere.is_empty();
    let related = (session.abilities().related_information && has_related).then(|| {
        let each = found.related.iter().filter_map(|r| {
            let location = Location { uri: url.clone(), range: place(&r.place)? };
            Some(DiagnosticRelatedInformation { location, message: r.message.text(language, |_| 0) })
        });
        let elsewhere = placed.elsewhere.iter().take(MOST_RELATED).filter_map(|other| {
            let message = findings::elsewhere(other).text(language, |_| 0);
            Some(DiagnosticRelatedInformation { location: copies::location(other, encoding)?, message })
        });
        each.chain(elsewhere).collect()
    });
    Some(Diagnostic {
        range: place(&found.place)?,
        severity: Some(match found.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(found.rule.to_owned())),
        code_description: super::rule::link(session, found.rule),
        source: Some(SOURCE.to_owned()),
        message: placed.message(checked, language),
        related_information: related,
        data: Some(serde_json::Value::String(format!("{:016x}", placed.fingerprint))),
        ..Diagnostic::default()
    })
}

/// A `textDocument/publishDiagnostics` message, framed. Written straight from the list: see `transport::output`.
pub fn published(url: &Url, version: Option<i32>, diagnostics: &[Diagnostic]) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct Message<'a> {
        jsonrpc: &'static str,
        method: &'static str,
        params: Params<'a>,
    }
    #[derive(serde::Serialize)]
    struct Params<'a> {
        uri: &'a Url,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i32>,
        diagnostics: &'a [Diagnostic],
    }
    let params = Params { uri: url, version, diagnostics };
    let message = Message { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params };
    // Strings, numbers and lists: nothing in it can fail to be JSON.
    super::transport::output::frame(&serde_json::to_vec(&message).unwrap_or_default())
}
