//! The outline view: `textDocument/documentSymbol`.

use super::convert;
use super::document::Version;
use super::session::Session;
use crate::analysis::Section;
use crate::draft::Role;
use crate::findings::Language;
use tower_lsp::lsp_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, Url};

pub fn symbols(session: &Session, url: &Url, version: &Version) -> DocumentSymbolResponse {
    let sections = version.checked.analysis.sections();
    let checked = &version.checked;
    let starts =
        checked.findings.iter().filter_map(|placed| Some(placed.finding.place.bytes(&checked.analysis)?.start));
    let mut findings: Vec<usize> = starts.collect();
    findings.sort_unstable();
    let outline = Outline { session, version, language: version.language, findings };
    if session.abilities().hierarchical_symbols {
        return DocumentSymbolResponse::Nested(sections.iter().map(|s| outline.nested(s)).collect());
    }
    let mut flat = Vec::new();
    for section in &sections {
        outline.flat(section, None, url, &mut flat);
    }
    DocumentSymbolResponse::Flat(flat)
}

struct Outline<'a> {
    session: &'a Session,
    version: &'a Version,
    language: Language,
    /// Where each finding starts, in bytes of the draft; ascending.
    findings: Vec<usize>,
}

impl Outline<'_> {
    fn range(&self, bytes: std::ops::Range<usize>) -> tower_lsp::lsp_types::Range {
        convert::range(&self.version.checked.analysis.rope, bytes, self.session.encoding())
    }

    #[allow(deprecated)] // `deprecated` is a required field of the type
    fn nested(&self, section: &Section) -> DocumentSymbol {
        let children: Vec<_> = section.children.iter().map(|child| self.nested(child)).collect();
        DocumentSymbol {
            name: name(section, self.language),
            detail: Some(self.detail(section)),
            kind: kind(section.role),
            tags: None,
            deprecated: None,
            range: self.range(section.bytes.clone()),
            selection_range: self.range(section.title_bytes.clone()),
            children: (!children.is_empty()).then_some(children),
        }
    }

    #[allow(deprecated)] // as above
    fn flat(&self, section: &Section, container: Option<&str>, url: &Url, out: &mut Vec<SymbolInformation>) {
        let name = name(section, self.language);
        out.push(SymbolInformation {
            name: name.clone(),
            kind: kind(section.role),
            tags: None,
            deprecated: None,
            location: Location { uri: url.clone(), range: self.range(section.bytes.clone()) },
            container_name: container.map(str::to_owned),
        });
        for child in &section.children {
            self.flat(child, Some(&name), url, out);
        }
    }

    /// How long the section is, which is what a writer balances sections by, and how much is to be looked at in it.
    fn detail(&self, section: &Section) -> String {
        let rope = &self.version.checked.analysis.rope;
        let characters = rope.byte_to_char(section.bytes.end) - rope.byte_to_char(section.bytes.start);
        let from = self.findings.partition_point(|&at| at < section.bytes.start);
        let to = self.findings.partition_point(|&at| at < section.bytes.end);
        match (self.language, to.saturating_sub(from)) {
            (Language::Zh, 0) => format!("{characters}字"),
            (Language::Zh, findings) => format!("{characters}字 · {findings}处问题"),
            (Language::En, 0) => format!("{characters} characters"),
            (Language::En, findings) => format!("{characters} characters · {findings} findings"),
        }
    }
}

/// Clients refuse an empty name.
fn name(section: &Section, language: Language) -> String {
    match (section.title.is_empty(), language) {
        (false, _) => section.title.clone(),
        (true, Language::Zh) => "（无题）".to_owned(),
        (true, Language::En) => "(untitled)".to_owned(),
    }
}

/// What a client shows beside a title, heading or lead-in.
pub(super) fn kind(role: Role) -> SymbolKind {
    match role {
        Role::Title => SymbolKind::FILE,
        Role::Subtitle => SymbolKind::PROPERTY,
        Role::LeadIn => SymbolKind::KEY,
        _ => SymbolKind::STRING,
    }
}
