//! `hegao outline`: the draft's structure as its author sees it.

use super::json::Range;
use super::{CLEAN, Done, TROUBLE};
use crate::analysis::portrait::{Portrait, Told};
use crate::analysis::{Analysis, Section};
use crate::draft::Role;
use crate::draft::identity::{Date, Identity, Period, Said, Tense, Term};
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
    identity: Vec<Fact>,
    children: Vec<Item>,
}

/// Something that the draft says of itself, and where.
#[derive(Debug, Serialize)]
struct Fact {
    name: &'static str,
    value: String,
    line: usize,
    evidence: String,
}

#[derive(Debug, Serialize)]
struct Item {
    title: String,
    level: u8,
    kind: &'static str,
    form: Option<&'static str>,
    number: Option<u32>,
    #[serde(rename = "runIn")]
    run_in: bool,
    tense: Option<&'static str>,
    range: Range,
    children: Vec<Item>,
}

pub fn run(arguments: &OutlineArguments) -> Done {
    let Some(input) = super::read(&arguments.file) else { return Ok(TROUBLE) };
    let analysis = Analysis::of(&input.text);
    let portrait = analysis.portrait();
    let tenses = analysis.tenses(&portrait.identity);
    let shown = Shown { analysis: &analysis, tenses, depth: arguments.depth.unwrap_or(u8::MAX) };
    let facts = facts(&analysis, &portrait);
    let sections = analysis.sections();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Text => {
            for fact in &facts {
                writeln!(out, "{:>6} │ {}：{}", fact.line, chinese(fact.name), super::terminal::clean(&fact.value))?;
            }
            if !facts.is_empty() {
                writeln!(out, "       │")?;
            }
            shown.text(&sections, None, 0, &mut out)?;
        }
        Format::Json => {
            let tree = Tree { version: 1, identity: facts, children: shown.items(&sections) };
            serde_json::to_writer_pretty(&mut out, &tree)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

/// What is known of the draft; what is not is left out.
fn facts(analysis: &Analysis, portrait: &Portrait) -> Vec<Fact> {
    fn fact<T>(
        analysis: &Analysis,
        portrait: &Portrait,
        name: &'static str,
        said: Option<&Said<T>>,
        value: impl Fn(&T) -> String,
    ) -> Option<Fact> {
        let said = said?;
        let bytes = portrait.bytes(said);
        Some(Fact {
            name,
            value: value(&said.value),
            line: analysis.rope.byte_to_line(bytes.start) + 1,
            evidence: analysis.source(bytes).into_owned(),
        })
    }
    let Identity { kind, body, speaker, place, year, term, period, date } = &portrait.identity;
    let facts = [
        fact(analysis, portrait, "kind", kind.as_ref(), |kind| kind.name.to_owned()),
        fact(analysis, portrait, "body", body.as_ref(), |body| body.name.clone()),
        fact(analysis, portrait, "speaker", speaker.as_ref(), |speaker| format!("{}{}", speaker.office, speaker.name)),
        fact(analysis, portrait, "place", place.as_ref(), String::clone),
        fact(analysis, portrait, "year", year.as_ref(), |year| format!("{year}年")),
        fact(analysis, portrait, "term", term.as_ref(), Term::to_string),
        fact(analysis, portrait, "period", period.as_ref(), Period::to_string),
        fact(analysis, portrait, "date", date.as_ref(), Date::to_string),
    ];
    facts.into_iter().flatten().collect()
}

fn chinese(name: &str) -> &'static str {
    match name {
        "kind" => "文种",
        "body" => "机关",
        "speaker" => "报告人",
        "place" => "地方",
        "year" => "年度",
        "term" => "届次",
        "period" => "时段",
        _ => "日期",
    }
}

/// An outline as far as it is to be shown.
struct Shown<'a> {
    analysis: &'a Analysis,
    /// By the outline's nodes.
    tenses: Vec<Option<Told>>,
    depth: u8,
}

impl Shown<'_> {
    fn sections<'s>(&self, sections: &'s [Section]) -> impl Iterator<Item = &'s Section> {
        let depth = self.depth;
        sections.iter().filter(move |section| section.level <= depth)
    }

    fn tense(&self, section: &Section) -> Option<Tense> {
        self.tenses[section.node].as_ref().map(|(tense, _)| *tense)
    }

    fn items(&self, sections: &[Section]) -> Vec<Item> {
        let point = |byte| from_byte(&self.analysis.rope, byte, Encoding::Utf16);
        self.sections(sections)
            .map(|section| Item {
                title: section.title.clone(),
                level: section.level,
                kind: section.role.name(),
                form: section.marker.map(|(form, _)| form.first()),
                number: section.marker.map(|(_, number)| number),
                run_in: section.run_in,
                tense: self.tense(section).map(Tense::name),
                range: Range::of((point(section.bytes.start), point(section.bytes.end))),
                children: self.items(&section.children),
            })
            .collect()
    }

    /// A section's tense is said where it is another than that of the section around it.
    fn text(
        &self,
        sections: &[Section],
        around: Option<Tense>,
        indent: usize,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        for section in self.sections(sections) {
            let line = self.analysis.rope.byte_to_line(section.title_bytes.start) + 1;
            let mark = match section.role {
                Role::LeadIn => "· ",
                Role::Subtitle => "（副标题）",
                _ => "",
            };
            let tense = self.tense(section).filter(|_| section.role == Role::Heading);
            let said = match tense.filter(|tense| Some(*tense) != around) {
                Some(Tense::Review) => " 〔回顾〕",
                Some(Tense::Plan) => " 〔安排〕",
                None => "",
            };
            let title = super::terminal::clean(&section.title);
            writeln!(out, "{line:>6} │ {}{mark}{title}{said}", "  ".repeat(indent))?;
            self.text(&section.children, tense.or(around), indent + 1, out)?;
        }
        Ok(())
    }
}
