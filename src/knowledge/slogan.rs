//! Slogans (提法): names of few words for several things, 四个意识 for 政治意识, 大局意识, 核心意识 and 看齐意识. How many there are is
//! what a draft that spells them out can be held to; a slogan whose members are whole sentences has none here.

use super::dictionary::Dictionary;
use super::table::{TableError, parts, rows};
use std::ops::Range;

const TABLE: &str = include_str!("slogans.tsv");

/// A slogan, or one version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slogan {
    pub name: String,
    pub aliases: Vec<String>,
    /// None: nothing is counted.
    pub members: Vec<String>,
    /// From when and until when these are its members (`2016-01`); empty: not known, or still.
    pub since: String,
    pub until: String,
    /// Usually written in quotes, and part of no other word: 一带一路.
    pub is_quoted: bool,
    /// Where it was first said; empty: not known.
    pub source: String,
}

impl Slogan {
    /// Where it was first said, in brackets, for a message in Chinese and in English; empty if nobody knows.
    pub fn fixed(&self) -> (String, String) {
        match self.source.as_str() {
            "" => Default::default(),
            source => (format!("（{source}）"), format!(" ({source})")),
        }
    }

    /// When these members are its own, for a message; empty if they always are.
    pub fn period(&self) -> (String, String) {
        match (self.since.as_str(), self.until.as_str()) {
            ("", _) => Default::default(),
            (since, "") => (format!("，{since}起"), format!(", since {since}")),
            (since, until) => (format!("，{since}至{until}"), format!(", from {since} to {until}")),
        }
    }
}

/// Slogans, and where their names stand in a text.
#[derive(Debug)]
pub struct Slogans {
    all: Vec<Slogan>,
    names: Dictionary<usize>,
}

impl Slogans {
    pub fn builtin() -> Result<Slogans, TableError> {
        let columns = ["name", "members", "aliases", "since", "until", "quoted", "source"];
        let mut slogans = Vec::new();
        for row in rows("slogans.tsv", TABLE, columns)? {
            let [name, members, aliases, since, until, quoted, source] = row.cells;
            let is_date =
                |date: &str| date.bytes().all(|b| b.is_ascii_digit() || b == b'-') && [0, 4, 7].contains(&date.len());
            if name.is_empty() || !is_date(since) || !is_date(until) || !["yes", "no"].contains(&quoted) {
                return Err(row.wrong("write a name, dates as 2016 or 2016-01, and yes or no"));
            }
            let members: Vec<String> = parts(members).into_iter().map(str::to_owned).collect();
            if members.iter().any(|member| member.contains(['、', '，'])) {
                return Err(row.wrong("a member with a mark in it cannot be told from two: leave the members out"));
            }
            slogans.push(Slogan {
                name: name.to_owned(),
                aliases: parts(aliases).into_iter().map(str::to_owned).collect(),
                members,
                since: since.to_owned(),
                until: until.to_owned(),
                is_quoted: quoted == "yes",
                source: source.to_owned(),
            });
        }
        Ok(Slogans::of(slogans))
    }

    pub fn of(all: Vec<Slogan>) -> Slogans {
        let named = all.iter().enumerate().flat_map(|(n, slogan)| {
            std::iter::once(&slogan.name).chain(&slogan.aliases).map(move |name| (name.clone(), n))
        });
        let names = Dictionary::of(named);
        Slogans { all, names }
    }

    /// The versions of a slogan that stand at the places of its names, in order.
    pub fn find<'s>(&'s self, text: &str) -> Vec<(Range<usize>, Vec<&'s Slogan>)> {
        let versions = |found: &[usize]| found.iter().map(|n| &self.all[*n]).collect();
        self.names.find(text).map(|(range, found)| (range, versions(found))).collect()
    }

    /// Whether one of these is called `name`.
    pub fn holds(&self, name: &str) -> bool {
        self.all.iter().any(|slogan| slogan.name == name || slogan.aliases.iter().any(|alias| alias == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let slogans = Slogans::builtin().unwrap();
        assert!(slogans.all.iter().filter(|slogan| !slogan.members.is_empty()).count() >= 30);
        for slogan in &slogans.all {
            assert_ne!(slogan.members.len(), 1, "{}", slogan.name);
        }
        // Versions of one slogan do not hold at one time.
        let versions: Vec<_> = slogans.all.iter().filter(|slogan| slogan.name == "四个全面").collect();
        assert!(versions.len() == 2 && versions[1].until <= versions[0].since);
    }

    #[test]
    fn a_slogan_is_found_by_its_aliases() {
        let slogans = Slogans::builtin().unwrap();
        let found = slogans.find("严守六项纪律，建设“四好农村路”");
        let names: Vec<&str> = found.iter().map(|(_, slogans)| slogans[0].name.as_str()).collect();
        assert_eq!(names, ["六大纪律", "四好农村路"]);
        assert!(slogans.holds("六项纪律") && !slogans.holds("六项"));
    }
}
