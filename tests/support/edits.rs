//! Reports to copy from, and copies that are edited at random, the same on every machine.

#![allow(dead_code)] // each test file uses a part of it

use super::generator::{self, han_count};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The numbers of SplitMix64: the same on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// The reports of the folders in `HEGAO_REPORTS` (`folder:folder`), if there are any.
pub fn asked_for() -> Option<Vec<String>> {
    let folders = std::env::var_os("HEGAO_REPORTS")?;
    let entries = std::env::split_paths(&folders).flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    Some(paths.iter().map(|path| std::fs::read_to_string(path).unwrap().replace('\r', "")).collect())
}

/// The reports asked for; else the seeds, and drafts of other alphabets made from them.
pub fn reports() -> Vec<String> {
    if let Some(reports) = asked_for() {
        return reports;
    }
    let seeds: Vec<String> = generator::seed_reports().into_iter().map(|seed| seed.replace('\r', "")).collect();
    let mut reports = seeds.clone();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    reports.extend((0..6).map(|seed| generator::generate(&seeds, 60_000, seed).text));
    reports
}

/// `text` with this share of its characters (in hundredths, at least one) replaced, taken out or put in.
pub fn edited(text: &str, share: usize, pool: &[char], random: &mut Random) -> String {
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

/// A paragraph of prose with at least so many Han: a marked line of one sentence is a heading, however long.
pub fn is_paragraph(line: &str, fewest: usize) -> bool {
    let marked = line.trim_start().starts_with(|c: char| c == '（' || c.is_ascii_digit());
    han_count(line) >= fewest && line.trim_end().ends_with('。') && !(marked && line.matches('。').count() < 2)
}

/// What is done to a paragraph before it is pasted, besides the edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Whole,
    /// The first half of its sentences.
    Cut,
    /// One sentence stands elsewhere.
    Moved,
    /// Another paragraph stands in the same line.
    Joined,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Whole, Form::Cut, Form::Moved, Form::Joined];
}

fn sentences(paragraph: &str) -> Vec<&str> {
    paragraph.split_inclusive('。').filter(|s| !s.trim().is_empty()).collect()
}

/// A paragraph in another form, with so many Han at least; `None` if it is too short for that.
pub fn formed(paragraph: &str, form: Form, fewest: usize) -> Option<String> {
    let mut parts = sentences(paragraph);
    let made = match form {
        Form::Whole | Form::Joined => return Some(paragraph.to_owned()),
        Form::Cut => parts[..parts.len().div_ceil(2)].concat(),
        Form::Moved => {
            // A short one: of a paragraph with half of it elsewhere nobody says that it is the same.
            let at = parts.iter().position(|s| 10 * s.chars().count() < paragraph.chars().count())?;
            let sentence = parts.remove(at);
            parts.push(sentence);
            parts.concat()
        }
    };
    (han_count(&made) >= fewest && made != paragraph).then_some(made)
}
