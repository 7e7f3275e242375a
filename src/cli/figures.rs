//! `hegao figures`: every figure of a draft, as a table to read, as CSV, or as JSON.

use super::json::Range;
use super::{CLEAN, Done, TROUBLE, terminal};
use crate::analysis::{Analysis, Ledger, Located, Status};
use crate::exchange::{LedgerJson, bounds};
use crate::figures::{Bound, Decimal};
use crate::text::position::{Encoding, from_byte};
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

pub fn run(arguments: &FiguresArguments) -> Done {
    let Some(input) = super::read(&arguments.file) else { return Ok(TROUBLE) };
    let analysis = Analysis::of(&input.text);
    let ledger = analysis.ledger();
    let shown = |located: &Located| arguments.all || located.mention.class.is_figure();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Text => text(&analysis, &ledger, arguments.all, &mut out)?,
        Format::Csv => csv(&analysis, &ledger, shown, &mut out)?,
        Format::Json => {
            let point = |byte| from_byte(&analysis.rope, byte, Encoding::Utf16);
            let range = |bytes: std::ops::Range<usize>| Range::of((point(bytes.start), point(bytes.end)));
            serde_json::to_writer_pretty(&mut out, &LedgerJson::of(&ledger, shown, range))?;
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

/// Where the other places of a mention's figure are, and what is wrong with them: 另见57、59, 不一致：见57.
fn others(analysis: &Analysis, ledger: &Ledger, index: usize) -> String {
    let Some(figure) = ledger.figure(index).map(|figure| &ledger.figures[figure]) else { return String::new() };
    let lines: Vec<String> = figure
        .mentions
        .iter()
        .filter(|&&other| other != index)
        .map(|&other| line(analysis, &ledger.mentions[other]).to_string())
        .collect();
    match figure.status {
        Status::Single => String::new(),
        Status::Consistent => format!("同第{}行", lines.join("、")),
        Status::Conflict => format!("不一致：见第{}行", lines.join("、")),
    }
}

fn text(analysis: &Analysis, ledger: &Ledger, all: bool, out: &mut dyn Write) -> std::io::Result<()> {
    let shown = |index: &usize| all || ledger.figure(*index).is_some();
    let indices: Vec<usize> = (0..ledger.mentions.len()).filter(shown).collect();
    let rows: Vec<[String; 5]> = indices.iter().map(|&index| row(&ledger.mentions[index])).collect();
    let header = ["指标", "数值", "单位", "概数", "范围"];
    let width = |n: usize| {
        /// A metric wider than this pushes its row, not the table.
        const WIDEST: usize = 36;
        rows.iter().map(|row| row[n].width().min(WIDEST)).chain([header[n].width()]).max().unwrap_or(0)
    };
    let widths: [usize; 5] = std::array::from_fn(width);
    let print = |out: &mut dyn Write, line: &str, cells: [&str; 5], last: &str| {
        let mut text = format!("{line:>6} │");
        for (cell, width) in cells.iter().zip(widths) {
            let gap = width.saturating_sub(cell.width()) + 2;
            text += &format!(" {cell}{}", " ".repeat(gap - 1));
        }
        writeln!(out, "{}", (text + last).trim_end())
    };
    print(out, "", header, if all { "类别" } else { "对照" })?;
    for (&index, row) in indices.iter().zip(&rows) {
        let located = &ledger.mentions[index];
        let last = if all { located.mention.class.name().to_owned() } else { others(analysis, ledger, index) };
        print(out, &line(analysis, located).to_string(), std::array::from_fn(|n| row[n].as_str()), &last)?;
    }
    let conflicts = ledger.figures.iter().filter(|figure| figure.status == Status::Conflict).count();
    if !all {
        let repeated = ledger.figures.iter().filter(|figure| figure.status == Status::Consistent).count();
        let figures = ledger.figures.len();
        writeln!(out, "共{figures}个数据，{repeated}个在多处出现且一致，{conflicts}个前后不一致")?;
    }
    Ok(())
}

fn csv(
    analysis: &Analysis,
    ledger: &Ledger,
    shown: impl Fn(&Located) -> bool,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out, "line,class,text,value,min,max,approximation,unit,metric,verb,scope,figure,status")?;
    for (index, located) in ledger.mentions.iter().enumerate().filter(|(_, located)| shown(located)) {
        let [_, _, unit, approximation, scope] = row(located);
        let (min, max) = bounds(located);
        let number = |value: Option<Decimal>| value.map(|value| value.to_string()).unwrap_or_default();
        let figure = ledger.figure(index);
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
            figure.map(|figure| figure.to_string()).unwrap_or_default(),
            figure.map_or("", |figure| ledger.figures[figure].status.name()).to_owned(),
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
