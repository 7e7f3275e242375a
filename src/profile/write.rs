//! A profile as its file: one entry a line, so that a person can read it, strike a line, and see in a diff what a new
//! report changed. `Profile::parse` reads it back.

use super::parse::VERSION;
use super::{Phrase, Profile, Support};
use std::fmt::{self, Display, Formatter};

impl Display for Profile {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "# 样本画像，由 hegao learn 从范文中得出；可以阅读、删改。A profile, learned from exemplars; read it, edit it."
        )?;
        writeln!(out, "# support：见于几份范文（documents）、几处（instances）、其中一处（example）。")?;
        writeln!(out, "version = {VERSION}")?;
        writeln!(out, "documents = {}", self.documents)?;
        writeln!(out, "characters = {}", self.characters)?;
        writeln!(out, "\n# 规范表述：多份范文一字不差的说法。variants：范文中也常见的另一写法，不算差错。")?;
        list(out, "phrases", self.phrases.iter().map(phrase))
    }
}

/// A list of inline tables, one a line.
fn list(out: &mut Formatter<'_>, name: &str, entries: impl Iterator<Item = String>) -> fmt::Result {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return writeln!(out, "{name} = []");
    }
    writeln!(out, "{name} = [")?;
    for entry in entries {
        writeln!(out, "  {{ {entry} }},")?;
    }
    writeln!(out, "]")
}

fn phrase(phrase: &Phrase) -> String {
    let Phrase { text, support: seen, variants } = phrase;
    let mut entry = format!("text = {}, {}", quoted(text), support(seen));
    if !variants.is_empty() {
        let variants: Vec<String> = variants.iter().map(|variant| quoted(variant)).collect();
        entry += &format!(", variants = [{}]", variants.join(", "));
    }
    entry
}

fn support(support: &Support) -> String {
    let Support { documents, instances, example } = support;
    format!("support = {{ documents = {documents}, instances = {instances}, example = {} }}", quoted(example))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
