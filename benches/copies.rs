//! How many near copies are found among 20,000 paragraphs, with known truth: in one draft, and in drafts that took them
//! over from the reports of an archive.
//!
//! `HEGAO_REPORTS=folder:folder cargo bench --bench copies`; without it the seeds. Their paragraphs, and the same in other
//! alphabets until there are enough, are the originals; one paragraph in eight is a copy of one of them, in one of four
//! forms and with a share of its characters edited at random, at a random place. They are **one draft of 20,000
//! paragraphs**: who may be a copy of whom is so asked of every pair of them, the hardest case for precision and for
//! fingerprints that too many share. For the archive the same copies stand, with as many paragraphs that are nobody's
//! copy, in drafts of 40 paragraphs, and the originals in reports of 50.
//!
//! `HEGAO_BENCH_WRITE=folder` writes the paragraphs for `minhash.py`, `HEGAO_BENCH_SHOW=1` shows what was missed and what
//! is wrong, `HEGAO_BENCH_PARAGRAPHS=2000` asks for fewer.

#[path = "support/generator.rs"]
mod generator;

#[path = "../tests/support/edits.rs"]
mod edits;

use edits::{Form, Random, asked_for, edited, formed, is_paragraph};
use generator::han_count;
use hegao::analysis::Analysis;
use hegao::archive::{Archive, Library};
use hegao::checking::{Cancel, Checked};
use hegao::findings::Finding;
use hegao::rules::Settings;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

const PARAGRAPHS: usize = 20_000;

/// One paragraph in so many is a copy.
const COPIES: usize = 8;

/// Hundredths of a copy's characters that are edited.
const SHARES: [usize; 7] = [0, 5, 10, 15, 20, 30, 40];

/// The shortest paragraphs, in Han, that `duplicates/paragraph` and `duplicates/report` speak of.
const FEWEST: usize = 40;
const FEWEST_ELSEWHERE: usize = 60;

/// Paragraphs of a report in the archive.
const REPORT: usize = 50;

/// Copies in a draft that is looked up, and as many others.
const DRAFT: usize = 20;

fn main() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<usize>().ok());
    let count = number("HEGAO_BENCH_PARAGRAPHS").unwrap_or(PARAGRAPHS);
    let shows = std::env::var_os("HEGAO_BENCH_SHOW").is_some();
    let originals = originals(count - count / COPIES);
    let corpora: Vec<Corpus> = SHARES.iter().map(|share| Corpus::of(&originals, count / COPIES, *share)).collect();
    if let Some(folder) = std::env::var_os("HEGAO_BENCH_WRITE") {
        for corpus in &corpora {
            std::fs::write(Path::new(&folder).join(format!("{:02}.tsv", corpus.share)), corpus.table())
                .expect("written");
        }
    }
    println!("One draft of {count} paragraphs: duplicates/paragraph");
    Score::head();
    for corpus in &corpora {
        corpus.in_a_draft(shows).print(corpus.share);
    }
    println!("\nDrafts beside an archive of {} paragraphs: duplicates/report", corpora[0].archived().len());
    Score::head();
    let (folder, cache) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let library = corpora[0].library(folder.path(), cache.path());
    for corpus in &corpora {
        corpus.beside(&library, shows).print(corpus.share);
    }
}

/// So many paragraphs of which no two are equal, in an order of chance.
fn originals(count: usize) -> Vec<String> {
    let reports = asked_for().unwrap_or_else(generator::seed_reports);
    let texts: Vec<&str> = reports.iter().map(String::as_str).collect();
    let others = (0..).map(|seed| generator::generate(&texts, 4_000_000, seed).text);
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for text in reports.iter().cloned().chain(others) {
        let lines = text.lines().map(str::trim).filter(|line| is_paragraph(line, FEWEST));
        found.extend(lines.filter(|line| seen.insert(line.to_string())).map(str::to_owned));
        if found.len() >= count {
            break;
        }
    }
    found.truncate(count);
    let mut random = Random(1);
    for n in (1..found.len()).rev() {
        found.swap(n, random.below(n + 1));
    }
    found
}

/// A copy, and the originals that it was made of: two if they were joined.
struct Planted {
    text: String,
    form: Form,
    sources: Vec<usize>,
}

/// Originals, and copies of some of them.
struct Corpus<'o> {
    share: usize,
    originals: &'o [String],
    /// How many originals, from the first on, may be copied.
    copied: usize,
    copies: Vec<Planted>,
}

impl Corpus<'_> {
    fn of(originals: &[String], count: usize, share: usize) -> Corpus<'_> {
        let mut random = Random(1000 + share as u64);
        let pool: Vec<char> =
            originals.iter().take(2000).flat_map(|text| text.chars()).filter(|c| generator::is_han(*c)).collect();
        let copied = originals.len() - count;
        let (mut used, mut copies) = (BTreeSet::new(), Vec::new());
        while copies.len() < count {
            let form = Form::ALL[copies.len() % Form::ALL.len()];
            let wanted = if form == Form::Joined { 2 } else { 1 };
            let (mut text, mut sources) = (String::new(), Vec::new());
            while sources.len() < wanted {
                let source = random.below(copied);
                let Some(made) = formed(&originals[source], form, FEWEST).filter(|_| !used.contains(&source)) else {
                    continue;
                };
                let made = if share == 0 { made } else { edited(&made, share, &pool, &mut random) };
                // Who was edited below the length that rules speak of is no copy for them.
                if han_count(&made) >= FEWEST {
                    used.insert(source);
                    sources.push(source);
                    text.push_str(&made);
                }
            }
            copies.push(Planted { text, form, sources });
        }
        Corpus { share, originals, copied, copies }
    }

    /// The originals that the archive holds; the others stand in drafts, as paragraphs that are nobody's copy.
    fn archived(&self) -> &[String] {
        &self.originals[..self.copied]
    }

    /// A line for each paragraph: where it stands, what was done to it, the lines of its originals, its text.
    fn table(&self) -> String {
        let mut table = String::new();
        for (n, text) in self.originals.iter().enumerate() {
            let place = if n < self.copied { "report" } else { "draft" };
            // Writing to a string cannot fail.
            let _ = writeln!(table, "{place}\t-\t\t{text}");
        }
        for copy in &self.copies {
            let sources: Vec<String> = copy.sources.iter().map(usize::to_string).collect();
            let _ = writeln!(table, "draft\t{:?}\t{}\t{}", copy.form, sources.join(","), copy.text);
        }
        table
    }

    fn in_a_draft(&self, shows: bool) -> Score {
        let mut random = Random(self.share as u64);
        // Which paragraph stands where: originals in their order, copies anywhere.
        let mut places: Vec<(usize, usize)> =
            (0..self.originals.len()).map(|n| (n * self.originals.len(), n)).collect();
        let all = self.originals.len() * self.originals.len();
        places.extend((0..self.copies.len()).map(|n| (random.below(all), self.originals.len() + n)));
        places.sort_unstable();
        let lines: Vec<usize> = places.into_iter().map(|(_, paragraph)| paragraph).collect();
        let text: String = lines.iter().map(|n| format!("{}\n", self.text(*n))).collect();
        let checked = Checked::of(&text, &Arc::new(Settings::default()));
        let found = checked.findings.iter().filter(|p| p.finding.rule == "duplicates/paragraph");
        let pairs = found.flat_map(|placed| {
            let own = lines[line(&checked.analysis, &placed.finding)];
            let related = placed.finding.related.iter();
            let others = related.filter_map(|r| {
                Some(lines[checked.analysis.rope.byte_to_line(r.place.bytes(&checked.analysis)?.start)])
            });
            others.map(move |other| (own.max(other), own.min(other))).collect::<Vec<_>>()
        });
        self.scored(pairs.collect(), FEWEST, shows)
    }

    fn library(&self, folder: &Path, cache: &Path) -> Library {
        for (n, paragraphs) in self.archived().chunks(REPORT).enumerate() {
            std::fs::write(folder.join(format!("{n}.txt")), paragraphs.join("\n")).expect("written");
        }
        let archive = Archive::at(cache, &[folder.to_owned()]);
        archive.update(&[], &Cancel::default(), &|_| {}).expect("an index");
        archive.open().expect("an archive").0
    }

    fn beside(&self, library: &Library, shows: bool) -> Score {
        let settings = Arc::new(Settings::default());
        let copies: Vec<usize> = (0..self.copies.len()).map(|n| self.originals.len() + n).collect();
        let others: Vec<usize> = (self.copied..self.originals.len()).collect();
        let drafts: Vec<_> = copies.chunks(DRAFT).zip(others.chunks(DRAFT)).collect();
        let pairs = drafts.into_par_iter().flat_map_iter(|(copies, others)| {
            let lines: Vec<usize> = others.iter().zip(copies).flat_map(|(other, copy)| [*other, *copy]).collect();
            let text: String = lines.iter().map(|n| format!("{}\n", self.text(*n))).collect();
            let analysis = Analysis::of(&text);
            let checked = Checked::with(&analysis, &settings, library.look_up(&analysis, None).matches);
            let found = checked.findings.iter().filter(|p| p.finding.rule == "duplicates/report");
            let pairs = found.flat_map(|placed| {
                let own = lines[line(&analysis, &placed.finding)];
                let source = |other: &hegao::comparison::Elsewhere| {
                    let stem = other.report.path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
                    stem.parse::<usize>().expect("a number") * REPORT + other.line() - 1
                };
                placed.elsewhere.iter().map(move |other| (own, source(other))).collect::<Vec<_>>()
            });
            pairs.collect::<Vec<_>>()
        });
        self.scored(pairs.collect(), FEWEST_ELSEWHERE, shows)
    }

    fn text(&self, paragraph: usize) -> &str {
        match paragraph.checked_sub(self.originals.len()) {
            Some(copy) => &self.copies[copy].text,
            None => &self.originals[paragraph],
        }
    }

    /// The pairs found, copy and original, beside those that are due: of these both sides have `fewest` Han.
    fn scored(&self, found: BTreeSet<(usize, usize)>, fewest: usize, shows: bool) -> Score {
        let (mut score, mut planted) = (Score::default(), BTreeSet::new());
        for (n, copy) in self.copies.iter().enumerate() {
            let copy_number = self.originals.len() + n;
            for source in &copy.sources {
                planted.insert((copy_number, *source));
                if han_count(&copy.text).min(han_count(&self.originals[*source])) < fewest {
                    continue;
                }
                let sum = score.forms.entry(copy.form).or_default();
                sum.1 += 1;
                match found.contains(&(copy_number, *source)) {
                    true => sum.0 += 1,
                    false if shows => println!("missed {:?}: {}\n  {}", copy.form, self.originals[*source], copy.text),
                    false => {}
                }
            }
        }
        for wrong in found.difference(&planted) {
            score.wrong += 1;
            if shows {
                println!("wrong: {}\n  {}", self.text(wrong.0), self.text(wrong.1));
            }
        }
        score
    }
}

fn line(analysis: &Analysis, finding: &Finding) -> usize {
    analysis.rope.byte_to_line(finding.place.bytes(analysis).expect("a place in the text").start)
}

#[derive(Default)]
struct Score {
    /// For each form how many pairs were found of how many.
    forms: BTreeMap<Form, (usize, usize)>,
    wrong: usize,
}

impl Score {
    fn head() {
        println!("edited  planted  recall  wrong  precision   whole     cut   moved  joined");
    }

    fn print(&self, share: usize) {
        let (hits, due) = self.forms.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let share_of = |hits: usize, due: usize| format!("{:>6.4}", hits as f64 / due.max(1) as f64);
        let forms: Vec<String> = self.forms.values().map(|(hits, due)| share_of(*hits, *due)).collect();
        println!(
            "{share:>4} %  {due:>7}  {}  {:>5}     {}  {}",
            share_of(hits, due),
            self.wrong,
            share_of(hits, hits + self.wrong),
            forms.join("  ")
        );
    }
}
