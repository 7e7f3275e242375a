//! The running text of a draft, paragraph by paragraph, for rules that look for what is repeated below a paragraph.

use super::View;
use crate::comparison::{Text, is_text};
use crate::findings::{Finding, Message, Related, Severity, stable_hash};
use crate::similarity::mask::set_phrases;
use crate::text::han::is_han;
use std::ops::Range;

/// A paragraph of running text.
pub struct Prose {
    pub text: Text,
    /// Which characters are a set phrase's.
    masked: Vec<bool>,
}

impl Prose {
    /// Han of a stretch that are no set phrase's.
    pub fn own_han(&self, range: Range<usize>) -> usize {
        range.filter(|&at| !self.masked[at] && is_han(self.text.characters[at])).count()
    }
}

/// The paragraphs of a draft; of equal ones only the first, since the others are told of as such.
pub fn prose(view: &View<'_>) -> Vec<Prose> {
    let analysis = view.analysis;
    let passages = analysis.passages(0..analysis.table.len()).into_iter().filter(|passage| {
        let is_copy = analysis.repeats.get(&passage.key).is_some_and(|class| class[0] != passage.first);
        passage.han > 0 && !is_copy && is_text(analysis, passage)
    });
    let each = passages.map(|passage| {
        let text = Text::of(analysis, passage);
        let masked = set_phrases(&text.characters, &view.profile.phrases);
        Prose { text, masked }
    });
    each.collect()
}

/// A paragraph, and a stretch of its characters.
pub type Stretch<'p> = (&'p Prose, Range<usize>);

/// The finding that a stretch stands in another paragraph too. `message` is given the stretch's number of Han.
pub fn repeated(
    view: &View<'_>,
    (paragraph, range): Stretch<'_>,
    (other, there): Stretch<'_>,
    message: impl FnOnce(usize) -> Message,
) -> Option<Finding> {
    let words: String = paragraph.text.characters[range.clone()].iter().collect();
    Some(Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: message(paragraph.text.han(range.clone())),
        place: view.span(paragraph.text.bytes(range))?,
        related: vec![Related {
            place: view.span(other.text.bytes(there))?,
            message: Message::new("先出现在这里", "it stands here first"),
        }],
        fixes: Vec::new(),
        identity: stable_hash([view.rule.as_bytes(), words.as_bytes()]),
    })
}
