//! A profile (样本画像): what is normal in a set of good reports. `learning` makes it from exemplars; rules read it as an
//! immutable input, like the configuration. It is a small text file that a person can read, review and edit.
//!
//! The profile of `seeds` is compiled in as the default; `profile = …` in `hegao.toml` names another, or several in
//! layers. This room knows no file: who reads one hands over its text.

mod completing;
mod layers;
mod model;
mod near;
mod parse;
mod phrases;
mod runs;
mod write;

pub use completing::{Offer, Offered};
pub use model::{HeadingForm, Layout, Likeness, Metric, Numbers, Phrase, Profile, Siblings, Support, Topic};
pub use near::Near;
pub use parse::ProfileError;
pub use phrases::{LEAST_CHARACTERS, Phrases};
pub use runs::{Border, Letter, Run, runs};

use std::sync::{Arc, LazyLock};

/// The name by which `hegao.toml` and the command line call the profile that is compiled in.
pub const BUILTIN: &str = "builtin";

const TEXT: &str = include_str!("builtin.toml");

/// The profile learned from `seeds`.
pub fn builtin() -> Arc<Profile> {
    static PROFILE: LazyLock<Arc<Profile>> = LazyLock::new(|| {
        let profile = Profile::parse(BUILTIN, TEXT);
        Arc::new(profile.unwrap_or_else(|error| unreachable!("a constant table, read in a test: {error}")))
    });
    Arc::clone(&PROFILE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_profile_is_sound_and_written_as_it_is_read() {
        let profile = Profile::parse(BUILTIN, TEXT).expect("the profile that is compiled in");
        assert_eq!(profile.to_string(), TEXT);
    }
}
