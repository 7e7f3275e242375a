//! Units (单位): measure words, money, percent, measures; with their scale to a base unit where they have one.
//!
//! Measure words after 《现代汉语八百词》 (吕叔湘) and the seeds and reports; legal units after GB 3100—1993 with the 亩, 斤
//! and 里 that reports keep.

use super::decimal::Decimal;
use super::number;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// 个, 件, 次
    Count,
    /// 名, 人次
    Person,
    Money,
    Percent,
    Permille,
    /// 个百分点
    Point,
    /// 倍, 番
    Times,
    /// 成
    Tenths,
    /// Length, area, weight, power and the like: what an instrument shows.
    Measure,
    /// 天, 小时
    Time,
    Age,
    /// 年, 个月: spans that a report names as its time
    Period,
    Anniversary,
    /// 月, 日
    Date,
    /// 时 of a clock
    Clock,
    /// 届
    Term,
    /// 号, 强, 级: what stands behind names and ranks
    Code,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub name: &'static str,
    pub kind: UnitKind,
    /// The unit that it is a multiple of, and how many of it make one.
    pub base: Option<(&'static str, Decimal)>,
    /// Counts behind Han numerals too: 三个 does, 十分 does not.
    pub han: bool,
    /// Says itself what is counted: 人, 户, 县.
    pub is_noun: bool,
}

/// A unit as it stands, with what is joined to it: 条(篇), 微克/立方米. Bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub unit: &'static Unit,
    pub range: Range<usize>,
}

const TABLE: &str = include_str!("units.tsv");

static UNITS: LazyLock<FxHashMap<char, Vec<Unit>>> = LazyLock::new(|| {
    let mut map: FxHashMap<char, Vec<Unit>> = FxHashMap::default();
    for unit in load(TABLE).unwrap_or_else(|e| unreachable!("a constant table: {e}")) {
        map.entry(unit.name.chars().next().unwrap_or_default()).or_default().push(unit);
    }
    for units in map.values_mut() {
        units.sort_by_key(|unit| std::cmp::Reverse(unit.name.len()));
    }
    map
});

fn load(table: &'static str) -> Result<Vec<Unit>, String> {
    table.lines().skip(1).map(|line| row(line).ok_or_else(|| format!("units.tsv: {line}"))).collect()
}

fn row(line: &'static str) -> Option<Unit> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [name, kind, base, scale, han, noun] = cells[..] else { return None };
    let kind = match kind {
        "count" => UnitKind::Count,
        "person" => UnitKind::Person,
        "money" => UnitKind::Money,
        "percent" => UnitKind::Percent,
        "permille" => UnitKind::Permille,
        "point" => UnitKind::Point,
        "times" => UnitKind::Times,
        "tenths" => UnitKind::Tenths,
        "length" | "area" | "volume" | "weight" | "energy" | "power" | "voltage" | "temperature" | "measure"
        | "data" => UnitKind::Measure,
        "time" => UnitKind::Time,
        "age" => UnitKind::Age,
        "period" => UnitKind::Period,
        "anniversary" => UnitKind::Anniversary,
        "date" => UnitKind::Date,
        "clock" => UnitKind::Clock,
        "term" => UnitKind::Term,
        "code" => UnitKind::Code,
        _ => return None,
    };
    let yes = |cell: &str| match cell {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let base = match (base, scale) {
        ("", "") => None,
        (base, scale) => Some((base, number::read(scale, 0).filter(|n| n.range.end == scale.len())?.value)),
    };
    (!name.is_empty()).then_some(Unit { name, kind, base, han: yes(han)?, is_noun: yes(noun)? })
}

/// The longest unit of the table at `at`.
fn plain(text: &str, at: usize) -> Option<&'static Unit> {
    let rest = text.get(at..)?;
    let units = UNITS.get(&rest.chars().next()?)?;
    units.iter().find(|unit| rest.starts_with(unit.name) && ends_word(rest, unit.name))
}

/// A Latin unit is a whole word: 5m, not 5mRNA.
fn ends_word(rest: &str, name: &str) -> bool {
    !name.ends_with(|c: char| c.is_ascii_alphabetic())
        || !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The unit at `at`, with a second one in brackets (条(篇)) or under a stroke (微克/立方米).
pub fn read(text: &str, at: usize) -> Option<Measure> {
    let start = at + usize::from(text.get(at..)?.starts_with(' '));
    let unit = plain(text, start)?;
    let mut end = start + unit.name.len();
    while let Some(stroke) = text[end..].chars().next().filter(|c| matches!(c, '/' | '／'))
        && let Some(under) = plain(text, end + stroke.len_utf8())
    {
        end += stroke.len_utf8() + under.name.len();
    }
    for (open, close) in [("（", "）"), ("(", ")")] {
        if text[end..].starts_with(open)
            && let Some(other) = plain(text, end + open.len())
            && text[end + open.len() + other.name.len()..].starts_with(close)
        {
            end += open.len() + other.name.len() + close.len();
        }
    }
    Some(Measure { unit, range: start..end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let units = load(TABLE).unwrap();
        let mut names: Vec<&str> = units.iter().map(|unit| unit.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert!(names.len() == count && count > 200);
        // A base unit is a row too, with itself as base.
        for (base, _) in units.iter().filter_map(|unit| unit.base) {
            let row = units.iter().find(|unit| unit.name == base).unwrap_or_else(|| panic!("{base}"));
            assert_eq!(row.base, Some((base, Decimal::integer(1))));
        }
    }

    #[test]
    fn the_longest_unit_is_read_with_what_is_joined_to_it() {
        let cases = [
            ("人次，", "人次", UnitKind::Person),
            ("个百分点", "个百分点", UnitKind::Point),
            ("条(篇)信息", "条(篇)", UnitKind::Count),
            ("辆（台），", "辆（台）", UnitKind::Count),
            ("微克/立方米", "微克/立方米", UnitKind::Measure),
            (" km，", "km", UnitKind::Measure),
            ("平方公里", "平方公里", UnitKind::Measure),
            ("个月内", "个月", UnitKind::Period),
            ("大类", "大类", UnitKind::Count),
        ];
        for (text, expected, kind) in cases {
            let found = read(text, 0).map(|m| (&text[m.range], m.unit.kind));
            assert_eq!(found, Some((expected, kind)), "{text}");
        }
        assert_eq!(read("mRNA", 0), None);
        assert_eq!(read("公里", 0).and_then(|m| m.unit.base), Some(("米", Decimal::integer(1000))));
    }
}
