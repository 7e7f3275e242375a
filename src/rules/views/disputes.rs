//! What the rules on disputes share: the evidence and the fixes.

use super::View;
use crate::analysis::{Dispute, Voice};
use crate::findings::{Applicability, Fix, MOST_RELATED, Message, Related};

impl Dispute<'_> {
    /// The places of the others.
    pub fn related(&self, view: &View<'_>) -> Vec<Related> {
        let related = self.others.iter().take(MOST_RELATED);
        related
            .filter_map(|o| o.quantity.related(view, Message::new("同一说法在这里", "the same statement here")))
            .collect()
    }

    /// The fixes: all as here, all as there.
    pub fn fixes(&self, view: &View<'_>) -> Vec<Fix> {
        let own = std::slice::from_ref(&self.voice);
        let all = |to: &Voice<'_>, from: &[Voice<'_>]| {
            let value = to.quantity.exact()?;
            let edits: Option<Vec<_>> = from.iter().map(|voice| voice.quantity.rewritten(view, value)).collect();
            let said = to.quantity.said();
            let title = Message::new(format!("统一为“{said}”"), format!("Make it “{said}” everywhere"));
            let key = view.exclusive(self.voice.quantity.of.passage().first);
            let edits = edits?.into_iter().map(|(edit, _)| edit).collect();
            Some(Fix { title, applicability: Applicability::Unsafe, key, edits })
        };
        let theirs = self.others.first().and_then(|other| all(other, own));
        theirs.into_iter().chain(all(&self.voice, &self.others)).collect()
    }
}
