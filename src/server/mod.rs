//! The language server.
pub mod transport;
pub fn run_stdio() -> u8 {
    2
}
