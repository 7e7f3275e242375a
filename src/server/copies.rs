//! What can be opened from a copied paragraph: a code lens that compares it with the other place, and links to other
//! reports.

use super::convert;
use super::document::{Document, Version};
use super::session::Session;
use crate::checking::Placed;
use crate::findings::Language;
use crate::text::position::Encoding;
use serde_json::json;
use tower_lsp::lsp_types::{CodeLens, Command, DocumentLink, Location, Range, Url};

/// Opens two paragraphs side by side. The client runs it; its argument is
/// `{"uri", "range", "other": {"uri", "range"}}`.
pub const COMPARE: &str = "hegao.compare";

/// The rules whose findings are copies of something.
const RULES: [&str; 2] = ["duplicates/paragraph", "duplicates/report"];

/// The other place of a copy, and how a reader is told of it.
struct Other {
    location: Location,
    name: Option<String>,
    line: usize,
}

fn other(session: &Session, url: &Url, version: &Version, placed: &Placed) -> Option<Other> {
    let checked = &version.checked;
    if let Some(elsewhere) = placed.elsewhere.first() {
        let location = location(elsewhere, session.encoding())?;
        return Some(Other { location, name: Some(elsewhere.report.name()), line: elsewhere.line() });
    }
    let place = placed.finding.related.first()?.place;
    let (start, end) = place.positions(&checked.analysis, session.encoding())?;
    let range = Range { start: convert::point(start), end: convert::point(end) };
    let line = checked.related_line(&placed.finding, 0);
    Some(Other { location: Location { uri: url.clone(), range }, name: None, line })
}

/// Where a stretch of another report stands.
pub fn location(elsewhere: &crate::comparison::Elsewhere, encoding: Encoding) -> Option<Location> {
    let (start, end) = elsewhere.positions(encoding);
    let range = Range { start: convert::point(start), end: convert::point(end) };
    Some(Location { uri: Url::from_file_path(&elsewhere.report.path).ok()?, range })
}

fn copies(version: &Version) -> impl Iterator<Item = &Placed> {
    version.checked.findings.iter().filter(|placed| RULES.contains(&placed.finding.rule))
}

fn range(session: &Session, version: &Version, placed: &Placed) -> Option<Range> {
    let (start, end) = placed.finding.place.positions(&version.checked.analysis, session.encoding())?;
    Some(Range { start: convert::point(start), end: convert::point(end) })
}

/// Whether the paragraph and the other one of this draft have the same key: a near copy has not.
fn is_equal(version: &Version, placed: &Placed) -> bool {
    let analysis = &version.checked.analysis;
    let key = |place: crate::findings::Place| analysis.passage_of(place.start.block).map(|passage| passage.key);
    placed.finding.related.first().is_some_and(|other| key(other.place) == key(placed.finding.place))
}

/// A lens over each copied paragraph.
pub fn lenses(session: &Session, document: &Document, version: &Version) -> Vec<CodeLens> {
    let lens = |placed: &Placed| {
        let range = range(session, version, placed)?;
        let Other { location, name, line } = other(session, &document.url, version, placed)?;
        let title = match (version.language, name) {
            (Language::Zh, None) if !is_equal(version, placed) => format!("与第{line}行的段落相近 · 比较"),
            (Language::En, None) if !is_equal(version, placed) => {
                format!("like the paragraph in line {line} · compare")
            }
            (Language::Zh, None) => format!("与第{line}行的段落相同 · 比较"),
            (Language::Zh, Some(name)) => format!("与《{name}》第{line}行的段落相同 · 比较"),
            (Language::En, None) => format!("same as the paragraph in line {line} · compare"),
            (Language::En, Some(name)) => format!("same as the paragraph in line {line} of {name} · compare"),
        };
        let argument = json!({ "uri": document.url, "range": range, "other": location });
        let command = Command { title, command: COMPARE.to_owned(), arguments: Some(vec![argument]) };
        Some(CodeLens { range, command: Some(command), data: None })
    };
    copies(version).filter_map(lens).collect()
}

/// A link to the other report on the first words of each paragraph that stands in one: all of it underlined could not
/// be read.
pub fn links(session: &Session, version: &Version) -> Vec<DocumentLink> {
    /// Units of the client's encoding in bytes at most: twelve Han.
    const MOST: usize = 36;
    let rope = &version.checked.analysis.rope;
    let link = |placed: &Placed| {
        let elsewhere = placed.elsewhere.first()?;
        let bytes = placed.finding.place.bytes(&version.checked.analysis)?;
        let end = rope.char_to_byte(rope.byte_to_char(bytes.end.min(bytes.start + MOST)));
        let Location { mut uri, .. } = location(elsewhere, session.encoding())?;
        uri.set_fragment(Some(&format!("L{}", elsewhere.line())));
        let tooltip = crate::findings::elsewhere(elsewhere).text(version.language, |_| 0);
        let range = convert::range(rope, bytes.start..end, session.encoding());
        Some(DocumentLink { range, target: Some(uri), tooltip: Some(tooltip), data: None })
    };
    version.checked.findings.iter().filter_map(link).collect()
}
