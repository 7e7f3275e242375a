//! `hegao outline`: the draft's structure as its author sees it.

use super::json::Range;
use super::{CLEAN, Done, TROUBLE, complain};
use crate::analysis::{Analysis, Section};
use crate::files;
use crate::text::position::{Encoding, from_byte};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct OutlineArguments {
    /// A file; `-` for standard input.
    file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show headings down to this level only.
    #[arg(long, value_name = "N")]
    depth: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Serialize)]
struct Tree {
    version: u32,
    children: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    title: String,
    level: u8,
    kind: &'static str,
    number: Option<u32>,
    range: Range,
    children: Vec<Item>,
}

pub fn run(arguments: &OutlineArguments) -> Done {
    let is_stdin = arguments.file.as_os_str() == "-";
    let input = match if is_stdin { files::read_stdin() } else { files::read(&arguments.file) } {
        Ok(input) => input,
        Err(message) => {
            complain(&arguments.file, 0, &message);
            return Ok(TROUBLE);
        }
    };
    let analysis = Analysis::of(&input.text);
    let depth = arguments.depth.unwrap_or(u8::MAX);
    let sections = analysis.sections();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Text => text(&analysis, &sections, depth, 0, &mut out)?,
        Format::Json => {
            let children = items(&analysis, &sections, depth);
            serde_json::to_writer_pretty(&mut out, &Tree { version: 1, children })?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

fn items(analysis: &Analysis, sections: &[Section], depth: u8) -> Vec<Item> {
    let point = |byte| from_byte(&analysis.rope, byte, Encoding::Utf16);
    let shown = sections.iter().filter(|s| s.level <= depth);
    shown
        .map(|section| Item {
            title: section.title.clone(),
            level: section.level,
            kind: section.role.name(),
            number: section.number,
            range: Range::of((point(section.bytes.start), point(section.bytes.end))),
            children: items(analysis, &section.children, depth),
        })
        .collect()
}

fn text(
    analysis: &Analysis,
    sections: &[Section],
    depth: u8,
    indent: usize,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for section in sections.iter().filter(|s| s.level <= depth) {
        let line = analysis.rope.byte_to_line(section.title_bytes.start) + 1;
        let mark = match section.role {
            crate::draft::Role::LeadIn => "· ",
            crate::draft::Role::Subtitle => "（副标题）",
            _ => "",
        };
        writeln!(out, "{line:>6} │ {}{mark}{}", "  ".repeat(indent), super::terminal::clean(&section.title))?;
        text(analysis, &section.children, depth, indent + 1, out)?;
    }
    Ok(())
}
