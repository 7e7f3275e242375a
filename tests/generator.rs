//! The unit tests of the benches' text generator stand beside it; a bench without a harness cannot run them.

#[path = "../benches/support/generator.rs"]
mod generator;
