//! `hegao compare`: this year's draft beside last year's.

use super::json::Range;
use super::terminal::{self, Style};
use super::{CLEAN, Color, Done, LanguageArgument, TROUBLE, language};
use crate::analysis::{Analysis, Passage};
use crate::comparison::pairing::{Change, Pairing, Row};
use crate::comparison::{Likeness, Text, Told};
use crate::findings::Language;
use crate::text::position::{Encoding, from_byte};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// 旧稿 / The earlier draft, such as last year's.
    old: PathBuf,
    /// 新稿 / The draft to look at.
    new: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// List the paragraphs that were kept, too.
    #[arg(long)]
    all: bool,
    /// Language of messages.
    #[arg(long, value_enum)]
    lang: Option<LanguageArgument>,
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    /// One page with both drafts side by side, to read in a browser or to print.
    Html,
}

pub fn run(arguments: &CompareArguments) -> Done {
    let (Some(old), Some(new)) = (super::read(&arguments.old), super::read(&arguments.new)) else {
        return Ok(TROUBLE);
    };
    let (old, new) = (Analysis::of(&old.text), Analysis::of(&new.text));
    let beside = Beside {
        pairing: &Pairing::of(&old, &new),
        old: &old,
        new: &new,
        language: language(arguments.lang.map(Language::from), None),
        colored: arguments.color.is_on(),
        all: arguments.all,
    };
    let names = [&arguments.old, &arguments.new].map(|path| path.display().to_string());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Text => beside.text(&names, &mut out)?,
        Format::Html => beside.html(&names, &mut out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &beside.json(names))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(CLEAN)
}

/// Two drafts, and how to show them.
pub(super) struct Beside<'a> {
    pub(super) pairing: &'a Pairing,
    pub(super) old: &'a Analysis,
    pub(super) new: &'a Analysis,
    pub(super) language: Language,
    colored: bool,
    all: bool,
}

/// How many paragraphs of each kind there are.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Summary {
    kept: usize,
    /// Paragraphs of the new draft.
    changed: usize,
    new: usize,
    dropped: usize,
    moved: usize,
}

impl Beside<'_> {
    fn summary(&self) -> Summary {
        let (mut summary, mut last) = (Summary::default(), None);
        for row in &self.pairing.rows {
            match row {
                Row::Kept { moved, .. } => {
                    summary.kept += 1;
                    summary.moved += usize::from(*moved);
                }
                // What took in two old paragraphs has two rows.
                Row::Changed { new, moved, .. } if last != Some(*new) => {
                    summary.changed += 1;
                    summary.moved += usize::from(*moved);
                    last = Some(*new);
                }
                Row::Changed { .. } => {}
                Row::New(_) => summary.new += 1,
                Row::Dropped(_) => summary.dropped += 1,
            }
        }
        summary
    }

    fn line(analysis: &Analysis, passage: &Passage) -> usize {
        analysis.rope.byte_to_line(passage.bytes.start) + 1
    }

    pub(super) fn says<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn text(&self, names: &[String; 2], out: &mut dyn Write) -> std::io::Result<()> {
        for row in &self.pairing.rows {
            self.row(row, out)?;
        }
        let sides = [&self.pairing.old, &self.pairing.new];
        for ((name, passages), what) in names.iter().zip(sides).zip([("旧稿", "old"), ("新稿", "new")]) {
            let (count, characters) = (passages.len(), Pairing::characters(passages));
            let name = terminal::clean(name);
            match self.language {
                Language::Zh => writeln!(out, "{} {name}：{count}段，{characters}字", what.0)?,
                Language::En => writeln!(out, "{} {name}: {count} paragraphs, {characters} characters", what.1)?,
            }
        }
        let sum = self.sum();
        writeln!(out, "{}", Style::new(self.colored, "1").paint(&sum))
    }

    /// What is the same and what is not, in one sentence.
    pub(super) fn sum(&self) -> String {
        let Summary { kept, changed, new, dropped, moved } = self.summary();
        let (copied, share) = (self.pairing.copied, self.share());
        match self.language {
            Language::Zh => format!(
                "沿用{copied}字，占新稿{share:.1}%；相同{kept}段，修改{changed}段，新增{new}段，删去{dropped}段，其中移动{moved}段"
            ),
            Language::En => format!(
                "{copied} characters ({share:.1} %) of the new draft stand in the old one; {kept} kept, {changed} changed, {new} new, {dropped} dropped; {moved} of them moved"
            ),
        }
    }

    /// The share of the new draft that stands in the old one, in hundredths.
    fn share(&self) -> f64 {
        100.0 * self.pairing.copied as f64 / Pairing::characters(&self.pairing.new).max(1) as f64
    }

    /// What became of a paragraph, and where it stands.
    pub(super) fn head(&self, row: &Row) -> String {
        let pairing = self.pairing;
        let old = |n: &usize| Beside::line(self.old, &pairing.old[*n]);
        let new = |n: &usize| Beside::line(self.new, &pairing.new[*n]);
        let moved = |moved: &bool| if *moved { self.says("，移动", ", moved") } else { "" };
        match row {
            Row::Kept { old: o, new: n, moved: m } => match self.language {
                Language::Zh => format!("相同 第{}行 ← 旧稿第{}行{}", new(n), old(o), moved(m)),
                Language::En => format!("kept line {} ← line {}{}", new(n), old(o), moved(m)),
            },
            Row::Changed { old: o, new: n, moved: m, change } => {
                let part = match change.likeness {
                    Likeness::Whole if change.is_reordered => self.says("，句子次序不同", ", in another order"),
                    Likeness::Whole => "",
                    Likeness::Inside => self.says("，取自其中一部分", ", a part of it"),
                    Likeness::Around => self.says("，并入本段", ", taken in"),
                };
                let like = change.similarity;
                match self.language {
                    Language::Zh => {
                        format!("修改 第{}行 ← 旧稿第{}行（相似度{like}%{part}{}）", new(n), old(o), moved(m))
                    }
                    Language::En => {
                        format!("changed line {} ← line {} ({like} % alike{part}{})", new(n), old(o), moved(m))
                    }
                }
            }
            Row::New(n) => format!("{}{}{}", self.says("新增 第", "new line "), new(n), self.says("行", "")),
            Row::Dropped(o) => {
                format!("{}{}{}", self.says("删去 旧稿第", "dropped line "), old(o), self.says("行", ""))
            }
        }
    }

    fn row(&self, row: &Row, out: &mut dyn Write) -> std::io::Result<()> {
        let pairing = self.pairing;
        let body = match row {
            Row::Kept { moved: false, .. } if !self.all => return Ok(()),
            Row::Kept { new, .. } | Row::New(new) => self.excerpt(self.new, &pairing.new[*new]),
            Row::Changed { old, new, change, .. } => self.changes(&self.texts(*old, *new), change),
            Row::Dropped(old) => self.excerpt(self.old, &pairing.old[*old]),
        };
        writeln!(out, "{}\n  {body}\n", Style::new(self.colored, "1").paint(&self.head(row)))
    }

    fn excerpt(&self, analysis: &Analysis, passage: &Passage) -> String {
        /// Characters that fit a line of a terminal.
        const MOST: usize = 45;
        let words = crate::rules::views::excerpt(&analysis.source(passage.bytes.clone()), MOST);
        terminal::clean(&words).into_owned()
    }

    pub(super) fn texts(&self, old: usize, new: usize) -> [Text; 2] {
        let text = |analysis, passages: &[Passage], n: usize| Text::of(analysis, passages[n].clone());
        [text(self.old, &self.pairing.old, old), text(self.new, &self.pairing.new, new)]
    }

    /// The new paragraph with what was taken out and put in, and a few words around each.
    fn changes(&self, [old, new]: &[Text; 2], change: &Change) -> String {
        /// Characters kept on both sides of a change.
        const AROUND: usize = 10;
        let mut told: Vec<&Told> = change.told.iter().collect();
        told.sort_by_key(|told| (told.difference.first.start, told.difference.second.start));
        let words = |from: usize, to: usize| new.written(self.new, from.min(to)..to);
        let (mut shown, mut at) = (String::new(), 0);
        for told in told {
            let Told { difference, is_figure } = told;
            let (from, to) = (difference.first.start, difference.first.end);
            match from.saturating_sub(at) > 2 * AROUND {
                true => {
                    let lead = if at == 0 { String::new() } else { words(at, at + AROUND) };
                    shown += &format!("{lead}…{}", words(from - AROUND, from));
                }
                false => shown += &words(at, from),
            }
            let taken = old.written(self.old, difference.second.clone());
            let put = words(from, to);
            // Without colours a reader sees the marks; figures are marked by their own.
            let (red, green) = if *is_figure { ("31;1;7", "32;1;7") } else { ("31;9", "32;1") };
            for (words, [open, close], code) in [(taken, ["[-", "-]"], red), (put, ["{+", "+}"], green)] {
                let words = terminal::clean(&words);
                match (words.is_empty(), self.colored) {
                    (true, _) => {}
                    (false, true) => shown += &Style::new(true, code).paint(&words),
                    (false, false) => shown += &format!("{open}{words}{close}"),
                }
            }
            at = to;
        }
        let end = new.characters.len();
        match end.saturating_sub(at) > AROUND {
            true => shown += &format!("{}…", words(at, at + AROUND)),
            false => shown += &words(at, end),
        }
        shown
    }

    fn json(&self, [old, new]: [String; 2]) -> ComparisonJson {
        let side = |path, passages: &[Passage]| SideJson {
            path,
            paragraphs: passages.len(),
            characters: Pairing::characters(passages),
        };
        ComparisonJson {
            version: 1,
            old: side(old, &self.pairing.old),
            new: side(new, &self.pairing.new),
            copied: CopiedJson { characters: self.pairing.copied, percent: self.share() },
            summary: self.summary(),
            paragraphs: self.pairing.rows.iter().map(|row| self.row_json(row)).collect(),
        }
    }

    fn row_json(&self, row: &Row) -> RowJson {
        let old = |n: &usize| Some(place(self.old, self.pairing.old[*n].bytes.clone()));
        let new = |n: &usize| Some(place(self.new, self.pairing.new[*n].bytes.clone()));
        let plain = RowJson { kind: "kept", moved: false, old: None, new: None, change: None };
        match row {
            Row::Kept { old: o, new: n, moved } => RowJson { moved: *moved, old: old(o), new: new(n), ..plain },
            Row::Changed { old: o, new: n, moved, change } => {
                let texts = self.texts(*o, *n);
                let change = Some(self.change_json(&texts, change));
                RowJson { kind: "changed", moved: *moved, old: old(o), new: new(n), change }
            }
            Row::New(n) => RowJson { kind: "new", new: new(n), ..plain },
            Row::Dropped(o) => RowJson { kind: "dropped", old: old(o), ..plain },
        }
    }

    fn change_json(&self, [old, new]: &[Text; 2], change: &Change) -> ChangeJson {
        let differences = change.told.iter().map(|told| {
            let side = |analysis: &Analysis, text: &Text, range: std::ops::Range<usize>| WordsJson {
                text: text.written(analysis, range.clone()),
                place: place(analysis, text.bytes(range)),
            };
            DifferenceJson {
                old: side(self.old, old, told.difference.second.clone()),
                new: side(self.new, new, told.difference.first.clone()),
                figure: told.is_figure,
            }
        });
        ChangeJson {
            relation: match change.likeness {
                Likeness::Whole if change.is_reordered => "reordered",
                Likeness::Whole => "whole",
                Likeness::Inside => "part",
                Likeness::Around => "joined",
            },
            similarity: change.similarity,
            differences: differences.collect(),
        }
    }
}

fn place(analysis: &Analysis, bytes: std::ops::Range<usize>) -> PlaceJson {
    let at = |byte| from_byte(&analysis.rope, byte, Encoding::Utf16);
    PlaceJson { range: Range::of((at(bytes.start), at(bytes.end))), bytes: [bytes.start, bytes.end] }
}

/// The JSON: version 1.
#[derive(Debug, Serialize)]
struct ComparisonJson {
    version: u32,
    old: SideJson,
    new: SideJson,
    copied: CopiedJson,
    summary: Summary,
    paragraphs: Vec<RowJson>,
}

#[derive(Debug, Serialize)]
struct SideJson {
    path: String,
    paragraphs: usize,
    /// Layout not counted.
    characters: usize,
}

#[derive(Debug, Serialize)]
struct CopiedJson {
    characters: usize,
    /// Of the new draft.
    percent: f64,
}

#[derive(Debug, Serialize)]
struct RowJson {
    kind: &'static str,
    moved: bool,
    old: Option<PlaceJson>,
    new: Option<PlaceJson>,
    #[serde(flatten)]
    change: Option<ChangeJson>,
}

#[derive(Debug, Serialize)]
struct ChangeJson {
    /// `whole`; `part`: the new paragraph is a part of the old one; `joined`: it took the old one in.
    relation: &'static str,
    /// Hundredths.
    similarity: usize,
    differences: Vec<DifferenceJson>,
}

#[derive(Debug, Serialize)]
struct DifferenceJson {
    old: WordsJson,
    new: WordsJson,
    figure: bool,
}

#[derive(Debug, Serialize)]
struct WordsJson {
    text: String,
    #[serde(flatten)]
    place: PlaceJson,
}

#[derive(Debug, Serialize)]
struct PlaceJson {
    range: Range,
    bytes: [usize; 2],
}
