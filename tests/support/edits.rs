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

/// The reports of a folder, and drafts of other alphabets made from the seeds.
pub fn reports() -> Vec<String> {
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
