//! Completion: what the profile offers to go on with, ranked by how many reports have it.

use super::convert;
use super::document::Version;
use super::session::Session;
use crate::findings::Language;
use crate::profile::{Offer, Offered};
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
    offers.iter().filter(takes).enumerate().map(item).collect()
}

/// Text of a snippet that stands for itself.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
