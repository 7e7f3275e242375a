//! A heading as rules see it: where it stands, its marker, its words. Its source is read only for a message: what rules
//! compare was read with its block.

use crate::analysis::{Block, Location};
use crate::draft::{Marker, Node, Words};
use crate::findings::{Message, Place, Related};
use crate::rules::View;
use crate::rules::views::excerpt;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// A heading or lead-in. Ranges are bytes of its block.
pub struct Titled<'v> {
    view: &'v View<'v>,
    pub node: &'v Node,
    pub location: Location,
    pub block: &'v Block,
    source: OnceCell<Cow<'v, str>>,
}

impl<'v> Titled<'v> {
    pub fn of(view: &'v View<'_>, node: &'v Node) -> Option<Titled<'v>> {
        let (location, block) = view.analysis.table.find(node.block)?;
        Some(Titled { view, node, location, block, source: OnceCell::new() })
    }

    /// The block's source.
    pub fn source(&self) -> &str {
        self.source.get_or_init(|| self.view.source(self.location, self.block))
    }

    /// Its words, the marker included.
    pub fn title(&self) -> Range<usize> {
        self.block.facts.structure.words(self.node.part)
    }

    /// What its words are like, the marker left out.
    pub fn words(&self) -> Words {
        self.block.facts.structure.likeness(self.node.part)
    }

    pub fn marker(&self) -> Option<&'v Marker> {
        self.block.facts.structure.heading.as_ref()?.marker.as_ref()
    }

    /// The mark that it ends with and should not.
    pub fn end(&self) -> Option<char> {
        self.block.facts.structure.heading.as_ref()?.end
    }

    /// The words as they are written, for a message.
    pub fn excerpt(&self) -> String {
        excerpt(&self.source()[self.title()], 16)
    }

    pub fn place(&self) -> Place {
        self.part(self.title())
    }

    /// A stretch of its block, as a place.
    pub fn part(&self, range: Range<usize>) -> Place {
        self.view.place(self.block, self.source(), range)
    }

    pub fn related(&self, zh: &str, en: &str) -> Related {
        Related { place: self.place(), message: Message::new(zh, en) }
    }
}
