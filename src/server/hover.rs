//! Hover on a finding: what it says, why it matters, what to do.

use super::convert;
use super::document::Version;
use super::session::Session;
use crate::comparison::Elsewhere;
use crate::findings::Language;
use crate::rules;
use crate::rules::document::Document as RuleDocument;
use tower_lsp::lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

/// Versions of a paragraph that a hover has room for.
const MOST_SHOWN: usize = 2;

/// What another report says, as a quotation. Its marks are no Markdown here.
fn shown(other: &Elsewhere, language: Language) -> String {
    let name = crate::findings::elsewhere(other).text(language, |_| 0);
    let text: String =
        other.text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect();
    format!("> {name}  \n> {text}\n\n")
}

pub fn hover(session: &Session, version: &Version, at: Position) -> Option<Hover> {
    let checked = &version.checked;
    let rope = &checked.analysis.rope;
    let byte = convert::offset(rope, at, session.encoding());
    let language = version.language;
    let here = checked.findings.iter().filter_map(|placed| {
        let bytes = placed.finding.place.bytes(&checked.analysis)?;
        (bytes.start <= byte && byte <= bytes.end).then_some((bytes, placed))
    });
    // The narrowest speaks of what the pointer is on; all of them are shown.
    let mut here: Vec<_> = here.collect();
    here.sort_by_key(|(bytes, _)| bytes.len());
    let range = convert::range(rope, here.first()?.0.clone(), session.encoding());
    let texts: Vec<String> = here
        .iter()
        .map(|(_, placed)| {
            let rule = placed.finding.rule;
            let about = rules::named(rule).and_then(|r| RuleDocument::parse(r.document).ok());
            let about = about.map_or(String::new(), |d| match language {
                Language::Zh => format!("{}\n\n**怎么改** {}", d.sections[1].1, d.sections[3].1),
                Language::En => d.summary,
            });
            let others: String = placed.elsewhere.iter().take(MOST_SHOWN).map(|other| shown(other, language)).collect();
            format!("**{rule}** {}\n\n{others}{about}", placed.message(checked, language))
        })
        .collect();
    let value = texts.join("\n\n---\n\n");
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(range),
    })
}
