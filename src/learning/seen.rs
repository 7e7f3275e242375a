//! Counting support: in how many documents, how often, and where first.

use super::Exemplar;
use crate::profile::Support;
use std::collections::BTreeSet;

/// An exemplar and the number of the document that it is.
pub(super) type Numbered<'e> = (u32, &'e Exemplar);

/// Where an entry was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    documents: BTreeSet<u32>,
    instances: u32,
    example: Option<String>,
}

impl Seen {
    /// Counts a place in. Places come in the order of the exemplars, so the first is the example.
    pub fn add(&mut self, (document, exemplar): Numbered<'_>, line: u32) {
        self.documents.insert(document);
        self.instances += 1;
        self.example.get_or_insert_with(|| format!("{}:{line}", exemplar.name));
    }

    pub fn documents(&self) -> u32 {
        self.documents.len() as u32
    }

    pub fn support(self) -> Support {
        Support {
            documents: self.documents.len() as u32,
            instances: self.instances,
            example: self.example.unwrap_or_default(),
        }
    }
}

/// `part` of `whole` in hundredths, rounded down.
pub(super) fn hundredths(part: usize, whole: usize) -> u32 {
    (100 * part / whole.max(1)) as u32
}
