//! Completion: what the profile offers to go on with, ranked by how many reports have it; on a line of its own the next
//! heading, in the draft's own form, once its marker was begun or where somebody asks on an empty line.

use super::convert;
use super::document::Version;
use super::session::Session;
use crate::findings::Language;
use crate::profile::{Offer, Offered};
use crate::revision::following;
use tower_lsp::lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, InsertTextFormat, Position, TextEdit,
};

/// The offers at `at`, best first. A client without snippets is offered phrases alone.
pub fn items(session: &Session, version: &Version, at: Position) -> Vec<CompletionItem> {
    let rope = &version.checked.analysis.rope;
    let byte = convert::offset(rope, at, session.encoding());
    let start = rope.line_to_byte(rope.byte_to_line(byte));
    let before = rope.byte_slice(start..byte).to_string();
    let offers = version.settings.profile.offers(&before);
    let takes = |offer: &&Offer<'_>| session.abilities().snippets || matches!(offer.what, Offered::Phrase(_));
    let item = |(rank, offer): (usize, &Offer<'_>)| {
        let (label, new_text, is_snippet) = match offer.what {
            Offered::Phrase(text) => (text.to_owned(), text.to_owned(), false),
            Offered::Metric { noun, unit } => {
                (format!("{noun}…{unit}"), format!("{}${{1}}{}", escaped(noun), escaped(unit)), true)
            }
        };
        let (documents, instances) = (offer.support.documents, offer.support.instances);
        let detail = match version.language {
            Language::Zh => format!("{documents} 份报告 {instances} 处"),
            Language::En => format!("{instances} times in {documents} reports"),
        };
        let range = convert::range(rope, byte - offer.replaced..byte, session.encoding());
        CompletionItem {
            // A client filters by what is replaced: the words as they were typed.
            filter_text: Some(before[before.len() - offer.replaced..].to_owned()).filter(|typed| !typed.is_empty()),
            sort_text: Some(format!("{rank:02}")),
            kind: Some(if is_snippet { CompletionItemKind::SNIPPET } else { CompletionItemKind::TEXT }),
            insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            detail: Some(detail),
            label,
            ..CompletionItem::default()
        }
    };
    let headings = headings(session, version, start, byte);
    headings.into_iter().chain(offers.iter().filter(takes).enumerate().map(item)).collect()
}

/// The headings that may follow, on the line from byte `start` on, of which all up to `byte` was typed.
fn headings(session: &Session, version: &Version, start: usize, byte: usize) -> Vec<CompletionItem> {
    let analysis = &version.checked.analysis;
    let rope = &analysis.rope;
    let end = rope.line_to_byte(rope.byte_to_line(byte) + 1);
    let (typed, behind) = (rope.byte_slice(start..byte).to_string(), rope.byte_slice(byte..end).to_string());
    if !behind.trim().is_empty() || typed.chars().count() > LONGEST_MARKER {
        return Vec::new();
    }
    let mut markers = following::markers(analysis, start);
    markers.retain(|marker| marker.starts_with(&typed));
    if markers.is_empty() {
        return Vec::new();
    }
    let topic = following::topic(analysis, &version.settings.profile, start).filter(|_| session.abilities().snippets);
    // What is written already needs no offer, unless there is a title for it.
    markers.retain(|marker| topic.is_some() || *marker != typed);
    let detail = match (version.language, topic) {
        (Language::Zh, None) => "下一个标题".to_owned(),
        (Language::En, None) => "the next heading".to_owned(),
        (Language::Zh, Some(topic)) => {
            format!("下一个标题；{} 份范例中有 {} 份写到“{}”", topic.of, topic.support.documents, topic.name)
        }
        (Language::En, Some(topic)) => {
            format!("the next heading; {} of {} exemplars speak of this", topic.support.documents, topic.of)
        }
    };
    let item = |(rank, marker): (usize, String)| {
        let new_text = match topic {
            Some(topic) => format!("{}${{1:{}}}", escaped(&marker), escaped(&topic.name)),
            None => marker.clone(),
        };
        CompletionItem {
            filter_text: Some(typed.clone()).filter(|typed| !typed.is_empty()),
            sort_text: Some(format!("{rank:02}")),
            kind: Some(CompletionItemKind::TEXT),
            insert_text_format: topic.map(|_| InsertTextFormat::SNIPPET),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                range: convert::range(rope, start..byte, session.encoding()),
                new_text,
            })),
            detail: Some(detail.clone()),
            label: marker + topic.map_or("", |topic| &topic.name),
            ..CompletionItem::default()
        }
    };
    markers.into_iter().enumerate().map(item).collect()
}

/// Characters of the longest marker, its `#` among them: `###### 第一百二十三部分`.
const LONGEST_MARKER: usize = 16;

/// Text of a snippet that stands for itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
