//! Fixed lists that stand otherwise than they are fixed, in a paragraph: what the rules on their order and on their verbs
//! share.

use super::View;
use crate::analysis::Paragraph;
use crate::knowledge::{Bare, Deviation, is_quote};
use std::ops::Range;

/// A deviation, and the text that it stands in. Ranges are bytes of the paragraph's reading.
pub struct Found<'k> {
    pub of: Deviation<'k>,
    pub range: Range<usize>,
    /// Where each item stands, as far as its last character that is no quote.
    pub items: Vec<Range<usize>>,
}

/// The deviations of a paragraph that are its own words, in its order or in its verbs.
pub fn deviations<'k>(view: &View<'k>, paragraph: &Paragraph, is_order: bool) -> Vec<Found<'k>> {
    let bare = Bare::of(paragraph.text());
    let own = view.knowledge.deviations(bare.text()).into_iter().filter(|found| found.is_order() == is_order);
    let found = own.map(|of| Found {
        range: paragraph.with_quotes(bare.range(of.range())),
        items: of.items.iter().map(|item| bare.range(item.range.clone())).collect(),
        of,
    });
    found.filter(|found| !paragraph.is_cited(&found.range)).collect()
}

impl Found<'_> {
    /// Whether all items have their quotes at the same places, so that they can change places without their quotes.
    pub fn are_quoted_alike(&self, text: &str) -> bool {
        let quotes = |item: &Range<usize>| {
            let inner = text[item.clone()].chars().filter(|c| is_quote(*c)).count();
            let behind = text[item.end..].starts_with(is_quote);
            let before = text[..item.start].ends_with(is_quote);
            (inner, before, behind)
        };
        self.items.windows(2).all(|pair| quotes(&pair[0]) == quotes(&pair[1]))
    }

    /// Where the list is fixed, for a message in Chinese and in English.
    pub fn fixed(&self) -> (String, String) {
        match self.of.list.source.as_str() {
            "" => ("hegao.toml的[knowledge]".to_owned(), "[knowledge] of hegao.toml".to_owned()),
            source => (source.to_owned(), source.to_owned()),
        }
    }
}
