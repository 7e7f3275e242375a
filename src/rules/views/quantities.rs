//! What a rule of relations between figures makes of a passage's quantities: places, findings and fixes of the source.

use super::View;
use crate::analysis::{Quantities, Quantity};
use crate::figures::{Decimal, print};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Place, Related, Severity, stable_hash};
use std::ops::Range;

impl Quantities {
    pub fn place(&self, view: &View<'_>, range: Range<usize>) -> Option<Place> {
        view.span(self.bytes(range))
    }
}

impl<'q> Quantity<'q> {
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
        let text = print::like(value, number, self.written()?)?;
        let place = self.of.place(view, number.range.clone())?;
        Some((Edit::Replace { place, text: text.clone() }, text))
    }

    /// The fix that makes it `value`, for a person to decide on.
    pub fn fix(&self, view: &View<'_>, value: Decimal) -> Option<Fix> {
        let (edit, text) = self.rewritten(view, value)?;
        let said = self.said();
        let title = Message::new(format!("把“{said}”的数改为{text}"), format!("Write {text} in “{said}”"));
        let key = view.exclusive(self.of.passage().first);
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
        let key = self.of.passage().key.value().to_le_bytes();
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
