//! How many near copies are found, with known truth: paragraphs of reports are copied within their report, edited at
//! random, and must be found with the paragraph that they were copied from, and nothing else must be.
//! `HEGAO_REPORTS=folder cargo test --test copies -- --nocapture` measures on other reports than the seeds.

#[path = "../benches/support/generator.rs"]
mod generator;

use generator::han_count;
use hegao::rules::{Checked, Settings};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The numbers of SplitMix64: the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// The reports of a folder, and drafts of other alphabets made from the seeds.
fn reports() -> Vec<String> {
    if let Some(folder) = std::env::var_os("HEGAO_REPORTS") {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        return paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    }
    let seeds = generator::seed_reports();
    let mut reports = seeds.clone();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    reports.extend((0..6).map(|seed| generator::generate(&seeds, 60_000, seed).text));
    reports
}

/// `text` with this share of its characters (in hundredths, at least one) replaced, taken out or put in.
fn edited(text: &str, share: usize, pool: &[char], random: &mut Random) -> String {
    let mut characters: Vec<Option<char>> = text.chars().map(Some).collect();
    let mut before: Vec<Vec<char>> = vec![Vec::new(); characters.len()];
    let edits = (characters.len() * share / 100).max(1);
    let mut places = BTreeSet::new();
    while places.len() < edits {
        places.insert(random.below(characters.len()));
    }
    for at in places {
        let other = pool[random.below(pool.len())];
        match random.below(5) {
            0 => characters[at] = None,
            1 => before[at].push(other),
            // A figure mostly becomes another figure.
            _ if characters[at].is_some_and(|c| c.is_ascii_digit()) => {
                characters[at] = char::from_digit(random.below(10) as u32, 10);
            }
            _ => characters[at] = Some(other),
        }
    }
    before.into_iter().zip(characters).flat_map(|(more, c)| more.into_iter().chain(c)).collect()
}

/// Lines with a copy, and the lines copied from, by the lines' numbers in the text.
type Pairs = BTreeSet<(usize, usize)>;

/// The report with every tenth of its paragraphs copied somewhere, and where.
fn planted(report: &str, share: usize, random: &mut Random) -> (String, Pairs) {
    let is_prose = |line: &str| {
        // A marked line of one sentence is a heading, however long.
        let marked = line.trim_start().starts_with(|c: char| c == '（' || c.is_ascii_digit());
        han_count(line) >= 40 && line.trim_end().ends_with('。') && !(marked && line.matches('。').count() < 2)
    };
    let pool: Vec<char> = report.chars().filter(|c| generator::is_han(*c)).collect();
    // Each line with the number of the line that it is the original (even) or the copy (odd) of.
    let mut lines: Vec<(String, Option<(usize, bool)>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for line in report.lines() {
        // What the report repeats itself is no measure.
        if han_count(line) < 40 || seen.insert(line) {
            lines.push((line.to_owned(), None));
        }
    }
    let prose: Vec<usize> = (0..lines.len()).filter(|&n| is_prose(&lines[n].0)).collect();
    for (count, n) in prose.iter().filter(|_| random.below(8) == 0).copied().enumerate().collect::<Vec<_>>() {
        lines[n].1 = Some((count, false));
    }
    let originals: Vec<(String, usize)> =
        lines.iter().filter_map(|(line, mark)| Some((line.clone(), mark.as_ref()?.0))).collect();
    for (line, count) in originals {
        let copy = edited(&line, share, &pool, random);
        let places: Vec<usize> = (0..lines.len()).filter(|&n| is_prose(&lines[n].0)).collect();
        let at = places[random.below(places.len())] + 1;
        lines.insert(at, (copy, Some((count, true))));
    }
    let place = |wanted| lines.iter().position(|(_, mark)| *mark == Some(wanted));
    let pairs = (0..).map_while(|n| place((n, false)).zip(place((n, true)))).map(|(a, b)| (a.min(b), a.max(b)));
    let pairs = pairs.collect();
    (lines.into_iter().map(|(line, _)| line + "\n").collect(), pairs)
}

fn found(text: &str) -> Vec<(usize, usize)> {
    let checked = Checked::of(text, &Arc::new(Settings::default()));
    let line = |place: hegao::rules::Place| {
        checked.analysis.rope.byte_to_line(place.bytes(&checked.analysis).expect("a place in the text").start)
    };
    let findings = checked.findings.iter().filter(|placed| placed.finding.rule == "duplicates/paragraph");
    let pair = |a: usize, b: usize| (a.min(b), a.max(b));
    findings.map(|p| pair(line(p.finding.place), line(p.finding.related[0].place))).collect()
}

#[test]
fn near_copies_are_found_and_nothing_else() {
    let reports = reports();
    println!("edited  planted  recall  precision");
    for (share, least_recall) in [(0, 0.99), (2, 0.99), (5, 0.99), (10, 0.99), (15, 0.97), (20, 0.95)] {
        let mut random = Random(share as u64);
        let (mut due, mut hits, mut all) = (0, 0, 0);
        for report in &reports {
            for _ in 0..6 {
                let (text, pairs) = planted(report, share, &mut random);
                let own: Vec<(usize, usize)> = found(&text);
                for missed in pairs.iter().filter(|pair| !own.contains(pair)) {
                    let line = |n: usize| text.lines().nth(n).unwrap();
                    println!("missed: {}\n        {}", line(missed.0), line(missed.1));
                }
                for wrong in own.iter().filter(|pair| !pairs.contains(pair)) {
                    let line = |n: usize| text.lines().nth(n).unwrap();
                    println!("wrong: {}\n       {}", line(wrong.0), line(wrong.1));
                }
                due += pairs.len();
                hits += own.iter().filter(|pair| pairs.contains(pair)).count();
                all += own.len();
            }
        }
        let (recall, precision) = (hits as f64 / due as f64, hits as f64 / all as f64);
        println!("{share:>4} %  {due:>7}  {recall:>6.4}  {precision:>9.4}");
        assert!(due > 100, "{due}");
        assert!(precision >= 0.99 && recall >= least_recall, "{share} %: recall {recall}, precision {precision}");
    }
}
