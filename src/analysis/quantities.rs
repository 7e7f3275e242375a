//! The figures of one passage, read once for whoever asks how they stand to one another.

use super::paragraph::Paragraph;
use super::version::{Analysis, Passage};
use crate::figures::masked::{Masked, unmask};
use crate::figures::scope::Scope;
use crate::figures::{Decimal, Interval, Mention, mentions, numbers};
use regex::Captures;
use std::cell::OnceCell;
use std::ops::Range;

/// The figures of one passage. Ranges are bytes of its reading.
#[derive(Clone, Debug)]
pub struct Quantities {
    pub paragraph: Paragraph,
    /// Without metric and scope: these are read when one of them is asked for.
    pub mentions: Vec<Mention>,
    pub masked: Masked,
    told: OnceCell<Vec<Mention>>,
}

impl Quantities {
    /// The figures of `passage`; `None` if it has none.
    pub fn of(analysis: &Analysis, passage: Passage) -> Option<Quantities> {
        Quantities::read(Paragraph::of(analysis, passage)?)
    }

    /// The figures of a paragraph; `None` if it has none.
    pub fn read(paragraph: Paragraph) -> Option<Quantities> {
        let mentions = numbers(paragraph.text());
        let any = mentions.iter().any(|mention| mention.class.is_figure());
        any.then(|| Quantities {
            masked: Masked::of(paragraph.text(), &mentions),
            mentions,
            paragraph,
            told: OnceCell::new(),
        })
    }

    pub fn text(&self) -> &str {
        self.paragraph.text()
    }

    pub fn passage(&self) -> &Passage {
        &self.paragraph.passage
    }

    /// The figure that the group `name` of a masked pattern caught.
    pub fn caught<'q>(&'q self, found: &Captures<'_>, name: &str) -> Option<Quantity<'q>> {
        let masked = found.name(name)?.as_str().chars().next()?;
        self.unmasked(masked)
    }

    /// The figure that a character of the masked text stands for.
    pub fn unmasked(&self, masked: char) -> Option<Quantity<'_>> {
        let (index, _) = unmask(masked)?;
        self.quantity(index)
    }

    /// The figure of mention `index`.
    pub fn quantity(&self, index: usize) -> Option<Quantity<'_>> {
        Some(Quantity { of: self, index, mention: self.mentions.get(index)? })
    }

    /// The source bytes of `range`.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.paragraph.bytes(range)
    }
}

/// A figure of a passage.
#[derive(Clone, Copy, Debug)]
pub struct Quantity<'q> {
    pub of: &'q Quantities,
    pub index: usize,
    pub mention: &'q Mention,
}

impl<'q> Quantity<'q> {
    /// Its bytes of the draft.
    pub fn bytes(&self) -> Range<usize> {
        self.of.bytes(self.mention.range.clone())
    }

    /// As written, with its approximation and unit: 50余件.
    pub fn said(&self) -> &'q str {
        &self.of.text()[self.mention.range.clone()]
    }

    /// The number as written, with its 万: for a computation that is shown.
    pub fn written(&self) -> Option<&'q str> {
        let number = self.mention.number.as_ref()?;
        Some(&self.of.text()[number.range.clone()])
    }

    /// Whether it is told in percent: 17%, not 百分之十七 or 两成.
    pub fn is_percent(&self) -> bool {
        matches!(self.mention.unit(), Some("%" | "％"))
    }

    /// The literal number; the lower end of a range.
    pub fn value(&self) -> Option<Decimal> {
        self.mention.value()
    }

    /// The number, if it is plain: no approximation, no range, no ratio.
    pub fn exact(&self) -> Option<Decimal> {
        let plain = self.mention.approximation.is_none() && self.mention.others.is_empty();
        self.value().filter(|_| plain && self.mention.denominator.is_none())
    }

    /// What it may stand for.
    pub fn possible(&self) -> Option<Interval> {
        self.mention.possible()
    }

    /// The mention with metric and scope.
    fn told(&self) -> Option<&'q Mention> {
        self.of.told.get_or_init(|| mentions(self.of.text())).get(self.index)
    }

    /// The noun that is counted, as read.
    pub fn noun(&self) -> Option<&'q str> {
        self.told()?.metric.noun.clone().map(|noun| &self.of.text()[noun])
    }

    /// Within what it counts.
    pub fn scope(&self) -> Scope {
        self.told().map(|mention| mention.scope.clone()).unwrap_or_default()
    }

    /// Whether both count in the same unit.
    pub fn shares_unit(&self, other: &Quantity<'_>) -> bool {
        self.mention.measure.is_some() && self.mention.unit() == other.mention.unit()
    }

    /// Places behind the point that it is written with.
    pub fn places(&self) -> u8 {
        self.mention.number.as_ref().map_or(0, |number| (number.last - number.power).min(0).unsigned_abs() as u8)
    }
}
