//! A heading as rules see it: where it stands, its marker, its words, its siblings.

use crate::analysis::Block;
use crate::draft::{Marker, Node, Outline, Role};
use crate::rules::view::excerpt;
use crate::rules::{Message, Place, Related, View};
use crate::text::{Fold, Reading};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A heading or lead-in with its source. Ranges are bytes of its block.
pub(in crate::rules) struct Titled<'v> {
    pub node: &'v Node,
    pub block: &'v Block,
    pub source: Cow<'v, str>,
    /// Its words, the marker included.
    pub title: Range<usize>,
    pub marker: Option<&'v Marker>,
}

impl<'v> Titled<'v> {
    pub fn of(view: &'v View<'_>, node: &'v Node) -> Option<Titled<'v>> {
        let (location, block) = view.analysis.table.find(node.block)?;
        let structure = &block.facts.structure;
        Some(Titled {
            node,
            block,
            source: view.source(location, block),
            title: structure.words(node.part),
            marker: structure.heading.as_ref().and_then(|heading| heading.marker.as_ref()),
        })
    }

    /// The words as they are written, for a message.
    pub fn excerpt(&self) -> String {
        excerpt(&self.source[self.title.clone()], 16)
    }

    /// The words without marker and layout.
    pub fn words(&self) -> String {
        Reading::of(&self.source[self.behind_marker()], Fold::None).text().to_owned()
    }

    /// The words without marker, layout kept.
    pub fn behind_marker(&self) -> Range<usize> {
        let start = self.marker.map_or(self.title.start, |marker| marker.end.min(self.title.end));
        start..self.title.end
    }

    pub fn place(&self, view: &View<'_>) -> Place {
        self.part(view, self.title.clone())
    }

    /// A stretch of its block, as a place.
    pub fn part(&self, view: &View<'_>, range: Range<usize>) -> Place {
        view.place(self.block, &self.source, range)
    }

    pub fn related(&self, view: &View<'_>, zh: &str, en: &str) -> Related {
        Related { place: self.place(view), message: Message::new(zh, en) }
    }
}

/// The headings that stand side by side under one parent, and the lead-ins that do: in document order, each family of at
/// least two.
pub(in crate::rules) fn families(outline: &Outline) -> Vec<Vec<&Node>> {
    let mut families: BTreeMap<(Option<u32>, u8, bool), Vec<&Node>> = BTreeMap::new();
    for node in &outline.nodes {
        if matches!(node.role, Role::Heading | Role::LeadIn) {
            families.entry((node.parent, node.level, node.role == Role::LeadIn)).or_default().push(node);
        }
    }
    families.into_values().filter(|family| family.len() >= 2).collect()
}
