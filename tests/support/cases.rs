//! How many cases a property is tried on.

use proptest::prelude::ProptestConfig;

/// The cases to run: so many that a run stays within a minute, or as the environment asks.
pub fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    config
}
