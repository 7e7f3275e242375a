//! What a rule of relations between figures reads: one passage with its mentions, read once for all rules, and the ways
//! from a mention back to places, findings and fixes of the source.

use super::finding::stable_hash;
use super::{Applicability, Edit, Finding, Fix, Message, Place, Related, Severity, View};
use crate::analysis::{Analysis, Passage};
use crate::figures::masked::{Masked, unmask};
use crate::figures::{Decimal, Interval, Mention, mentions, print};
use crate::text::{Fold, Reading};
use regex::Captures;
use std::ops::Range;

/// The figures of one passage. Ranges are bytes of its reading.
pub struct Quantities {
    pub passage: Passage,
    pub mentions: Vec<Mention>,
    pub masked: Masked,
    reading: Reading,
}

impl Quantities {
    /// The figures of `passage`; `None` if it has none.
    pub fn of(analysis: &Analysis, passage: Passage) -> Option<Quantities> {
        let (_, block) = analysis.table.get(passage.ordinals.start)?;
        if !block.facts.structure.is_text() {
            return None;
        }
        let reading = Reading::of(&analysis.source(passage.bytes.clone()), Fold::None);
        let mentions = mentions(reading.text());
        let any = mentions.iter().any(|mention| mention.class.is_figure());
        any.then(|| Quantities { masked: Masked::of(reading.text(), &mentions), passage, mentions, reading })
    }

    pub fn text(&self) -> &str {
        self.reading.text()
    }

    /// The figure that the group `name` of a masked pattern caught.
    pub fn caught<'q>(&'q self, found: &Captures<'_>, name: &str) -> Option<Quantity<'q>> {
        let masked = found.name(name)?.as_str().chars().next()?;
        self.unmasked(masked)
    }

    /// The figure that a character of the masked text stands for.
    pub fn unmasked(&self, masked: char) -> Option<Quantity<'_>> {
        let (index, _) = unmask(masked)?;
        Some(Quantity { of: self, index, mention: self.mentions.get(index)? })
    }

    /// The source bytes of `range`.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let range = self.reading.source_range(range);
        self.passage.bytes.start + range.start..self.passage.bytes.start + range.end
    }

    pub fn place(&self, view: &View<'_>, range: Range<usize>) -> Option<Place> {
        view.span(self.bytes(range))
    }
}

/// A figure of a passage.
#[derive(Clone, Copy)]
pub struct Quantity<'q> {
    pub of: &'q Quantities,
    pub index: usize,
    pub mention: &'q Mention,
}

impl<'q> Quantity<'q> {
    /// As written, with its approximation and unit: 50余件.
    pub fn said(&self) -> &'q str {
        &self.of.text()[self.mention.range.clone()]
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

    /// The noun that is counted, as read.
    pub fn noun(&self) -> Option<&'q str> {
        self.mention.metric.noun.clone().map(|noun| &self.of.text()[noun])
    }

    /// Whether both count in the same unit.
    pub fn shares_unit(&self, other: &Quantity<'_>) -> bool {
        self.mention.measure.is_some() && self.mention.unit() == other.mention.unit()
    }

    /// Places behind the point that it is written with.
    pub fn places(&self) -> u8 {
        self.mention.number.as_ref().map_or(0, |number| (number.last - number.power).min(0).unsigned_abs() as u8)
    }

    pub fn place(&self, view: &View<'_>) -> Option<Place> {
        self.of.place(view, self.mention.range.clone())
    }

    /// This figure as evidence for a finding elsewhere.
    pub fn related(&self, view: &View<'_>, message: Message) -> Option<Related> {
        Some(Related { place: self.place(view)?, message })
    }

    /// The edit that writes `value` for the number, in its form.
    pub fn rewritten(&self, view: &View<'_>, value: Decimal) -> Option<(Edit, String)> {
        let number = self.mention.number.as_ref()?;
        let text = print::like(value, number, &self.of.text()[number.range.clone()])?;
        let place = self.of.place(view, number.range.clone())?;
        Some((Edit::Replace { place, text: text.clone() }, text))
    }

    /// The fix that makes it `value`, for a person to decide on.
    pub fn fix(&self, view: &View<'_>, value: Decimal) -> Option<Fix> {
        let (edit, text) = self.rewritten(view, value)?;
        let said = self.said();
        let title = Message::new(format!("把“{said}”的数改为{text}"), format!("Write {text} in “{said}”"));
        let key = view.exclusive(self.of.passage.first);
        Some(Fix { title, applicability: Applicability::Unsafe, key, edits: vec![edit] })
    }

    /// A finding about this figure, with the others as evidence.
    pub fn finding(
        &self,
        view: &View<'_>,
        severity: Severity,
        message: Message,
        related: impl IntoIterator<Item = Related>,
        fixes: impl IntoIterator<Item = Fix>,
    ) -> Option<Finding> {
        let key = self.of.passage.key.value().to_le_bytes();
        Some(Finding {
            rule: view.rule,
            severity,
            message,
            place: self.place(view)?,
            related: related.into_iter().collect(),
            fixes: fixes.into_iter().collect(),
            identity: stable_hash([view.rule.as_bytes(), &key, self.said().as_bytes()]),
        })
    }
}
