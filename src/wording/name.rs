//! The names of a block that may have another form elsewhere in the draft: names in quotes and titles in 《》, names that the
//! tables know forms of, slogans with and without quotes, and institutions with 和 or 与 in them.
//!
//! Names that may be one name share a key, so that the two forms of a name are found without comparing names: the key is
//! the name without what varies, or, for a character that is off, its first or its last three characters.

use crate::knowledge::{quoted_slogans, variants};
use crate::text::han::is_han;
use crate::text::numeral::is_han_digit;
use crate::text::{Fold, Reading};
use regex::Regex;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

/// What names have in common that may be one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKey {
    /// One name, in one of its forms: a hash of it without what varies.
    Name(u64),
    /// Names in quotes that begin alike, or end alike.
    Head(u64),
    Tail(u64),
}

/// A name as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Bytes of the block's content.
    pub range: Range<usize>,
    /// A hash of the form that it stands in.
    pub form: u64,
    pub keys: Vec<NameKey>,
}

/// Shorter names (characters) in quotes are mostly made to be alike: 一企一策 and 一县一策, 水运江苏 and 水韵江苏. Of names that differ
/// by a character in 22 reports all 15 pairs are shorter than this, and none is a slip.
const SHORTEST: usize = 6;
/// What is longer is a sentence.
const LONGEST: usize = 24;
/// Characters that names have in common at one end, if another one is off.
pub const END: usize = 3;

/// The names of a block's text, in order.
pub fn names(source: &str) -> Box<[Name]> {
    let reading = Reading::of(source, Fold::None);
    let text = reading.text();
    let mut names = Vec::new();
    let mut push = |range: Range<usize>, form: &str, keys: Vec<NameKey>| {
        names.push(Name { range: reading.source_range(range), form: hash(form), keys });
    };
    let quotations = quotations(text);
    let is_quoted = |at: usize| quotations.iter().any(|quotation| quotation.contains(&at));
    let is_title = |at: usize| quotations.iter().any(|q| q.contains(&at) && text[..q.start].ends_with('《'));
    for range in &quotations {
        if let Some(keys) = quoted_keys(&text[range.clone()]) {
            push(range.clone(), &text[range.clone()], keys);
        }
    }
    for (range, group) in variants(text) {
        if !is_quoted(range.start) && !is_office(&text[range.end..]) {
            push(range.clone(), &text[range], vec![NameKey::Name(hash(&("variant", group)))]);
        }
    }
    for (range, slogan) in slogans(text) {
        if !is_title(range.start) {
            let form = if is_quoted(range.start) { "quoted" } else { "bare" };
            push(range, form, vec![NameKey::Name(hash(&("slogan", slogan)))]);
        }
    }
    for found in INSTITUTION.captures_iter(text) {
        let Some((range, connective)) = found.get(0).zip(found.get(1)).map(|(all, c)| (all.range(), c.range())) else {
            continue;
        };
        let (before, behind) = (&text[range.start..connective.start], &text[connective.end..range.end]);
        if !is_quoted(range.start) && !before.ends_with(OFFICES) {
            push(range.clone(), &text[range.clone()], vec![NameKey::Name(hash(&(before, behind)))]);
        }
    }
    names.sort_by_key(|name| (name.range.start, name.range.end));
    names.into()
}

/// An institution with a conjunction in its name, from two characters before it.
static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[\p{Han}&&[^和与]]{2}(和|与)[\p{Han}&&[^和与]]{2,6}?(?:局|厅|委员会)";
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// Behind one of these a conjunction joins two institutions.
const OFFICES: [char; 14] = ['局', '厅', '委', '会', '部', '院', '府', '办', '室', '署', '协', '党', '大', '县'];

/// 县委县政府督查室 is an office's name, and written in one.
fn is_office(behind: &str) -> bool {
    ["督查", "办公", "信访", "机关", "研究室", "政策研究", "值班"].iter().any(|word| behind.starts_with(word))
}

/// The slogans of `text` that are usually quoted, and are no part of another word (第三农业).
fn slogans(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    quoted_slogans(text).filter(|(range, _)| {
        let before = text[..range.start].chars().next_back();
        !before.is_some_and(|c| c == '第' || c.is_ascii_digit() || is_han_digit(c))
    })
}

/// What stands in quotes or 《》, without the marks; of nested ones the outer.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((close, start)) if c == close => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
            None => open = closing(c).map(|close| (close, at + c.len_utf8())),
        }
    }
    found
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '“' => '”',
        '「' => '」',
        '《' => '》',
        '"' => '"',
        _ => return None,
    })
}

/// The keys of a name in quotes; `None` if it is none: too short, a sentence.
fn quoted_keys(name: &str) -> Option<Vec<NameKey>> {
    let characters: Vec<char> = name.chars().collect();
    let is_name = |c: &char| c.is_alphanumeric() || matches!(c, '、' | '·' | '—' | '-' | '+' | '＋');
    let han = characters.iter().filter(|c| is_han(**c)).count();
    if !(SHORTEST..=LONGEST).contains(&characters.len()) || han < SHORTEST || !characters.iter().all(is_name) {
        return None;
    }
    let (head, tail) = (&characters[..END], &characters[characters.len() - END..]);
    Some(vec![NameKey::Name(hash(&plain(name))), NameKey::Head(hash(&head)), NameKey::Tail(hash(&tail))])
}

/// A name without marks and conjunctions, which is the same in its forms: 共商与共治, 共商和共治, 共商、共治.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '和' | '与' | '及')).collect()
}

fn hash(what: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        names(text).iter().map(|name| &text[name.range.clone()]).collect()
    }

    #[test]
    fn names_are_found_with_the_source_that_they_stand_in() {
        let text = "县 委、县政府实施“红石榴驿站 建设工程”，推进“一带一路”，县委县政府督查室与发展和改革局配合。";
        assert_eq!(found(text), ["县 委、县政府", "红石榴驿站 建设工程", "一带一路", "发展和改革局"]);
        assert_eq!(
            found("县公安局和教育局参加“一企一策”活动，听取“你说得对，我赞成。”的意见，建设第三农业园"),
            [""; 0]
        );
    }

    #[test]
    fn forms_of_one_name_share_a_key() {
        let key = |text: &str| names(text)[0].keys[0];
        assert_eq!(key("县委、县政府"), key("县委县政府"));
        assert_eq!(key("发展和改革局"), key("发展与改革局"));
        assert_eq!(key("“共商与共治共享”"), key("“共商共治、共享”"));
        assert_eq!(key("“一带一路”"), key("一带一路"));
        let near = [names("“红石榴驿站建设”"), names("“红石留驿站建设”")];
        assert!(near[0][0].keys[2] == near[1][0].keys[2] && near[0][0].form != near[1][0].form);
    }
}
