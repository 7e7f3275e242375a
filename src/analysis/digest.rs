//! Headline figures (主要指标) in a digest and in the body of a report. Their clauses are short, so what stands around them must
//! say that they are of one thing: a passage that sums up, nothing else before the clause, no other place or subject.

use super::disputes::{Voice, are_near};
use crate::draft::marker;
use crate::figures::statement::characters;
use crate::figures::{Statement, headline};
use regex::Regex;
use std::sync::LazyLock;

/// A place of a statement, with all statements of its passage.
pub(super) type Placed<'v, 'q> = (&'v Voice<'q>, &'v [Statement]);

/// Whether two places, one of them in a digest, tell of one headline figure, of which one may be slipped. Of five years and
/// of one, of a county and of its towns, the figures are further apart.
pub(super) fn are_of_one((one, beside): Placed<'_, '_>, (other, around): Placed<'_, '_>) -> bool {
    let digests = [is_digest(beside), is_digest(around)];
    headline::is_headline(one.statement.key)
        && digests.contains(&true)
        && are_near(one, other)
        && residue(one) == residue(other)
        && are_of_one_area(one, other)
        && [one, other].iter().all(|voice| !is_of_part_of_the_year(voice))
        && [one, other].iter().zip(digests).all(|(voice, sums_up)| sums_up || !has_own_subject(voice))
}

/// Whether a passage with these statements sums up.
fn is_digest(statements: &[Statement]) -> bool {
    /// Headline figures; fewer stand together in a passage on one topic.
    const FEWEST: usize = 3;
    statements.iter().filter(|statement| headline::is_headline(statement.key)).count() >= FEWEST
}

/// What stands before the clause in its sentence but times, who reports, and clauses with figures of their own: 按可比口径, 市本级.
fn residue(voice: &Voice<'_>) -> Vec<char> {
    let of = voice.quantity.of;
    let lead = voice.lead();
    let (mut rest, mut at) = (Vec::new(), lead.start);
    for clause in voice.words(lead).split_inclusive(['，', ',', '；', ';', '：', ':', '、']) {
        let range = at..at + clause.len();
        at = range.end;
        let counts = of.mentions.iter().any(|m| m.class.is_figure() && range.contains(&m.range.start));
        if !counts {
            rest.extend(characters(of.text(), &of.mentions, range));
        }
    }
    rest
}

/// 到6月底, 一季度: before the clause or in it.
fn is_of_part_of_the_year(voice: &Voice<'_>) -> bool {
    voice.words(voice.lead().start..voice.statement.clause.end).contains(['月', '季', '旬', '日', '末', '底'])
}

/// 全国, 全省, 全市, 全县: of how much the figures tell. Where a passage names several areas, a clause that names none may be of any.
fn are_of_one_area(one: &Voice<'_>, other: &Voice<'_>) -> bool {
    static AREA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("全[国省市县区州旗]|[我本][省市县区州旗]|本级")
            .unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
    });
    let sentence = |voice: &Voice<'_>| voice.quantity.mention.sentence.start..voice.statement.clause.end;
    let named =
        |voice: &Voice<'_>| AREA.find_iter(voice.words(sentence(voice))).last().map(|found| found.as_str().to_owned());
    let all = [one, other].map(|voice| AREA.find_iter(voice.quantity.of.text()).map(|found| found.as_str()));
    let mut all: Vec<&str> = all.into_iter().flatten().collect();
    all.sort_unstable();
    all.dedup();
    match (named(one), named(other)) {
        (Some(area), Some(second)) => area == second,
        _ => all.len() <= 1,
    }
}

/// Whether the passage, before the sentence, names a subject of its own: 清水镇。…; 装备制造产业链。…. A short sentence without a
/// figure may be one, unless it begins with what was done (坚持稳中求进。) or with its number.
fn has_own_subject(voice: &Voice<'_>) -> bool {
    const PARTS: [char; 10] = ['镇', '乡', '村', '县', '区', '园', '街', '企', '链', '片'];
    /// Words with these characters that name no part.
    const WHOLE: [&str; 9] =
        ["地区生产总值", "城镇", "城乡", "乡村振兴", "全县", "全区", "县委", "区委", "规上工业企业"];
    const DEEDS: [&str; 16] = [
        "坚持", "着力", "聚焦", "突出", "深化", "全力", "扎实", "大力", "持续", "深入", "积极", "强化", "加快", "推进",
        "牢牢", "紧扣",
    ];
    /// Characters; a longer sentence tells of something.
    const SHORT: usize = 16;
    let names =
        |words: &str| WHOLE.iter().fold(words.to_owned(), |words, whole| words.replace(whole, "")).contains(PARTS);
    let is_subject = |sentence: &str| {
        let counts = sentence.contains(|c: char| c.is_ascii_digit());
        let is_numbered = marker::parse(sentence).is_some();
        let does = DEEDS.iter().any(|deed| sentence.starts_with(deed));
        sentence.chars().count() <= SHORT && !counts && !is_numbered && !does
    };
    let before = voice.words(0..voice.quantity.mention.sentence.start);
    before.split_inclusive(['。', '！', '？']).any(|sentence| is_subject(sentence) || names(sentence))
}
