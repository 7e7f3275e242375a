//! `hegao figures`: every figure of a draft, as a table to read, as CSV, or as JSON.

use super::json::Range;
use super::{CLEAN, Done, TROUBLE, terminal};
use crate::analysis::{Analysis, Located};
use crate::figures::{Bound, Decimal};
use crate::text::position::{Encoding, from_byte};
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::Write;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

#[derive(Debug, clap::Args)]
pub struct FiguresArguments {
    /// A file; `-` for standard input.
    file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Every number: times, terms, names and idioms too.
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

/// The JSON: version 1. Numbers are exact, as long as they are.
#[derive(Debug, Serialize)]
struct Report {
    version: u32,
    mentions: Vec<MentionJson>,
}

#[derive(Debug, Serialize)]
struct MentionJson {
    text: String,
    class: &'static str,
    value: Option<Box<RawValue>>,
    /// `null` where there is no bound; an open end is said in `open`.
    min: Option<Box<RawValue>>,
    max: Option<Box<RawValue>>,
    /// Which of `min` and `max` the value cannot be.
    open: Vec<&'static str>,
    approximation: Option<String>,
    unit: Option<String>,
    metric: Option<String>,
    verb: Option<String>,
    scope: ScopeJson,
    period: Option<String>,
    range: Range,
    bytes: [usize; 2],
}

#[derive(Debug, Serialize)]
struct ScopeJson {
    body: Option<String>,
    marks: Vec<&'static str>,
}

pub fn run(arguments: &FiguresArguments) -> Done {
    let Some(input) = super::read(&arguments.file) else { return Ok(TROUBLE) };
    let analysis = Analysis::of(&input.text);
    let shown = |located: &Located| arguments.all || located.mention.class.is_figure();
    let mentions: Vec<Located> = analysis.mentions().into_iter().filter(shown).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Text => text(&analysis, &mentions, arguments.all, &mut out)?,
        Format::Csv => csv(&analysis, &mentions, &mut out)?,
        Format::Json => {
            let mentions = mentions.iter().map(|located| json(&analysis, located)).collect();
            serde_json::to_writer_pretty(&mut out, &Report { version: 1, mentions })?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

/// A row: metric, value as written, unit, approximation, scope.
fn row(located: &Located) -> [String; 5] {
    let mention = &located.mention;
    let number = mention.number.as_ref().map(|number| located.words(&number.range).to_owned());
    let scope = &mention.scope;
    let period = scope.period.as_ref().map(|range| located.words(range).to_owned());
    let body = scope.body.as_ref().map(|range| located.words(range).to_owned());
    let marks = scope.marks.iter().map(|mark| (*mark).to_owned());
    let scope: Vec<String> = period.into_iter().chain(body).chain(marks).collect();
    let verb = located.verb().map(|verb| format!("（{verb}）")).unwrap_or_default();
    // A range and a ratio are shown whole.
    let written = match mention.others.is_empty() {
        true => number.unwrap_or_else(|| located.text().to_owned()),
        false => located.text().to_owned(),
    };
    let cells = [
        located.metric().unwrap_or_default() + &verb,
        written,
        located.unit().unwrap_or_default(),
        located.approximation().unwrap_or_default(),
        scope.join(" "),
    ];
    cells.map(|cell| terminal::clean(&cell).into_owned())
}

fn line(analysis: &Analysis, located: &Located) -> usize {
    analysis.rope.byte_to_line(located.bytes.start) + 1
}

fn text(analysis: &Analysis, mentions: &[Located], all: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let rows: Vec<[String; 5]> = mentions.iter().map(row).collect();
    let header = ["指标", "数值", "单位", "概数", "范围"];
    let width = |n: usize| {
        /// A metric wider than this pushes its row, not the table.
        const WIDEST: usize = 36;
        rows.iter().map(|row| row[n].width().min(WIDEST)).chain([header[n].width()]).max().unwrap_or(0)
    };
    let widths: [usize; 5] = std::array::from_fn(width);
    let print = |out: &mut dyn Write, line: &str, cells: [&str; 5], class: &str| {
        let mut text = format!("{line:>6} │");
        for (cell, width) in cells.iter().zip(widths) {
            let gap = width.saturating_sub(cell.width()) + 2;
            text += &format!(" {cell}{}", " ".repeat(gap - 1));
        }
        writeln!(out, "{}", (text + class).trim_end())
    };
    print(out, "", header, if all { "类别" } else { "" })?;
    for (located, row) in mentions.iter().zip(&rows) {
        let class = if all { located.mention.class.name() } else { "" };
        print(out, &line(analysis, located).to_string(), std::array::from_fn(|n| row[n].as_str()), class)?;
    }
    Ok(())
}

fn csv(analysis: &Analysis, mentions: &[Located], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "line,class,text,value,min,max,approximation,unit,metric,verb,scope")?;
    for located in mentions {
        let [_, _, unit, approximation, scope] = row(located);
        let (min, max) = bounds(located);
        let number = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [
            line(analysis, located).to_string(),
            located.mention.class.name().to_owned(),
            located.text().to_owned(),
            number(located.mention.value()),
            number(min.and_then(Bound::value)),
            number(max.and_then(Bound::value)),
            approximation,
            unit,
            located.metric().unwrap_or_default(),
            located.verb().unwrap_or_default(),
            scope,
        ];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// A cell of a CSV (RFC 4180). A cell that a spreadsheet would run as a formula is made text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@'])
        || cell.starts_with('-') && !cell[1..].starts_with(|c: char| c.is_ascii_digit());
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn bounds(located: &Located) -> (Option<Bound>, Option<Bound>) {
    located.mention.interval().map_or((None, None), |interval| (Some(interval.min), Some(interval.max)))
}

fn json(analysis: &Analysis, located: &Located) -> MentionJson {
    let mention = &located.mention;
    let raw = |value: Option<Decimal>| value.and_then(|value| RawValue::from_string(value.to_string()).ok());
    let (min, max) = bounds(located);
    let open = [("min", min), ("max", max)].into_iter().filter(|(_, bound)| matches!(bound, Some(Bound::Open(_))));
    let words = |range: &std::ops::Range<usize>| located.words(range).to_owned();
    let point = |byte| from_byte(&analysis.rope, byte, Encoding::Utf16);
    MentionJson {
        text: located.text().to_owned(),
        class: mention.class.name(),
        value: raw(mention.value()),
        min: raw(min.and_then(Bound::value)),
        max: raw(max.and_then(Bound::value)),
        open: open.map(|(name, _)| name).collect(),
        approximation: located.approximation(),
        unit: located.unit(),
        metric: located.metric(),
        verb: located.verb(),
        scope: ScopeJson { body: mention.scope.body.as_ref().map(words), marks: mention.scope.marks.clone() },
        period: mention.scope.period.as_ref().map(words),
        range: Range::of((point(located.bytes.start), point(located.bytes.end))),
        bytes: [located.bytes.start, located.bytes.end],
    }
}
