//! A finding: what is wrong, where, with which evidence, and how to mend it. It is made of messages, places and fixes that
//! stay true while the text around its blocks moves.

pub mod fix;
mod message;
mod place;

pub use fix::{Applicability, Edit, Fix};
pub use message::{Language, Message, Said, elsewhere};
pub use place::{Anchor, Place};

use crate::analysis::{Analysis, Location};

/// How sure and how grave. The order is from grave to slight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Arithmetic or identity proves it.
    Error,
    /// Very likely.
    Warning,
    /// Style or consistency.
    Hint,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// Another place that is part of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub place: Place,
    pub message: Message,
}

/// At most this many related places are kept; a message says how many more there are.
pub const MOST_RELATED: usize = 20;

/// Something to look at before signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: Message,
    pub place: Place,
    pub related: Vec<Related>,
    /// Alternatives to each other; the first is the one to prefer.
    pub fixes: Vec<Fix>,
    /// What the finding is about, apart from where it stands: the fingerprint without the count among equals.
    pub identity: u64,
}

impl Finding {
    /// The location of the block it is reported at.
    pub fn location(&self, analysis: &Analysis) -> Option<Location> {
        analysis.table.find(self.place.start.block).map(|(location, _)| location)
    }
}

/// A hash of `parts` that does not change between versions or machines (FNV-1a, 64 bits): fingerprints are kept in
/// project files.
pub fn stable_hash<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // The separator keeps ("ab", "c") and ("a", "bc") apart.
        for byte in part.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}
