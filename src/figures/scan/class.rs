//! What a number is: a figure, or one of the many things that only look like one.

use super::Scanner;
use crate::figures::approximation;
use crate::figures::decimal::Decimal;
use crate::figures::mention::{Class, Mention};
use crate::figures::metric;
use crate::figures::number::{self, Number, Script};
use crate::figures::unit::{Measure, UnitKind};
use std::ops::Range;

impl Scanner<'_> {
    /// What a number with `measure` is.
    pub(super) fn class(&self, number: &mut Number, measure: Option<&Measure>, range: &mut Range<usize>) -> Class {
        let text = self.text;
        let Range { start, .. } = *range;
        let is_han = number.script != Script::Arabic;
        let Some(measure) = measure else { return self.without_unit(number) };
        let (name, kind) = (measure.unit.name, measure.unit.kind);
        let rest = &text[measure.range.end..];
        self.half(number, measure, range);
        if let Some(named) = self.named(start) {
            return match kind {
                UnitKind::Anniversary => Class::Anniversary,
                UnitKind::Period => Class::Period,
                _ => named,
            };
        }
        if name == "个" && ["月", "多月", "半月", "季度", "年头"].iter().any(|word| rest.starts_with(word)) {
            range.end = measure.range.end + rest.find(['月', '度', '头']).map_or(0, |at| at + 3);
            return Class::Period;
        }
        // 30万吨级码头, 千万元级项目: a size class.
        if rest.starts_with('级') && matches!(kind, UnitKind::Measure | UnitKind::Money | UnitKind::Person) {
            return Class::Ordinal;
        }
        // 9时30分
        let of_clock = |last: &Mention| {
            last.range.end == start && last.measure.as_ref().is_some_and(|m| m.unit.kind == UnitKind::Clock)
        };
        if name == "分" && self.found.last().is_some_and(of_clock) {
            return Class::Date;
        }
        // 3.1个: behind a heading's number.
        if self.is_numbering(number) {
            return Class::Numbering;
        }
        if number.script == Script::HanDigits || is_han && !measure.unit.han && number.multiplier.is_none() {
            return Class::Nonfigure;
        }
        let alone = is_han && number.value == Decimal::integer(1) && number.upper.is_none() && number.vague.is_none();
        let leads = text[..start].ends_with('前')
            && !["提前", "当前", "目前", "之前", "以前", "此前", "年前"]
                .iter()
                .any(|word| text[..start].ends_with(word));
        match kind {
            UnitKind::Percent | UnitKind::Permille | UnitKind::Point => Class::Rate,
            UnitKind::Tenths
                if alone
                    || rest.starts_with([
                        '为', '立', '长', '果', '功', '效', '熟', '都', '本', '员', '就', '品', '交', '套', '形',
                    ]) =>
            {
                Class::Idiom
            }
            UnitKind::Tenths => Class::Rate,
            // 翻一番 and 增长一倍 count; 一番事业 does not.
            UnitKind::Times if alone && name == "番" && !text[..start].ends_with(['翻', '了']) => Class::Idiom,
            UnitKind::Times => Class::Rate,
            UnitKind::Money if alone => Class::Idiom,
            UnitKind::Money => Class::Money,
            UnitKind::Count | UnitKind::Person if leads && number.power == 0 => Class::Ordinal,
            UnitKind::Count | UnitKind::Person | UnitKind::Measure | UnitKind::Time | UnitKind::Age => {
                if alone {
                    return Class::Idiom;
                }
                if !is_han {
                    return Class::Figure;
                }
                self.counted_in_han(number, measure)
            }
            UnitKind::Period => Class::Period,
            UnitKind::Anniversary => Class::Anniversary,
            UnitKind::Date => Class::Date,
            UnitKind::Clock => {
                if is_han {
                    Class::Nonfigure
                } else {
                    Class::Date
                }
            }
            UnitKind::Term => Class::Term,
            UnitKind::Code => {
                if matches!(name, "大" | "号") && !is_han && name == "大" {
                    Class::Slogan
                } else {
                    Class::Ordinal
                }
            }
        }
    }

    /// 三个方面, 两支队伍, 三百二十一件. Below 100 the count is of things said nearby more often than of a year's work.
    pub(super) fn counted_in_han(&self, number: &Number, measure: &Measure) -> Class {
        let rest = &self.text[measure.range.end..];
        let name = measure.unit.name;
        let before = &self.text[..number.range.start];
        // One says 两次; 二次污染 and 二类 are names. 一、二类 is a list, 100个十万亩 a size.
        let is_two = &self.text[number.range.clone()] == "二" && measure.unit.kind == UnitKind::Count;
        let is_listed = before.ends_with('、') && before.chars().rev().nth(1).is_some_and(number::is_numeral);
        let is_size =
            self.found.last().is_some_and(|last| last.class.is_figure() && last.range.end == number.range.start);
        if is_two || is_listed || is_size {
            return Class::Nonfigure;
        }
        // 二期工程, 三批次 name; 十二届一次会议, 五次党代会 are terms.
        if matches!(name, "期" | "班" | "门类")
            || measure.unit.kind == UnitKind::Measure
                && number.multiplier.is_none()
                && number.value < Decimal::integer(10)
                && name.chars().count() == 1
        {
            return Class::Nonfigure;
        }
        let meets = ["党代会", "全会", "全体会议", "代表大会", "会议"].iter().any(|word| rest.starts_with(word));
        let behind_term =
            self.found.last().is_some_and(|last| last.class == Class::Term && last.range.end == number.range.start);
        if name == "次" && meets && (behind_term || !rest.starts_with("会议")) {
            return Class::Term;
        }
        // 三位一体, 两个“一以贯之”, 四个坚持: names without quotes.
        if rest.starts_with(['“', '"', '一', '坚', '更', '不', '毫'])
            && measure.unit.kind != UnitKind::Measure
            && matches!(name, "个" | "位")
        {
            return Class::Slogan;
        }
        if number.vague.is_some() || number.multiplier.is_some() || number.value >= Decimal::integer(20) {
            Class::Figure
        } else {
            Class::AnnouncedCount
        }
    }

    /// 3年半, 一倍半, 两个半小时.
    pub(super) fn half(&self, number: &mut Number, measure: &Measure, range: &mut Range<usize>) {
        let rest = &self.text[measure.range.end..];
        if !rest.starts_with('半') || number.last < 0 || number.vague.is_some() {
            return;
        }
        let behind = &rest['半'.len_utf8()..];
        let fits = match measure.unit.name {
            "个" => ["月", "小时", "钟头"].iter().any(|word| behind.starts_with(word)),
            "年" | "天" | "倍" | "里" | "公里" | "斤" | "亩" | "小时" | "吨" => {
                !behind.starts_with(['年', '天', '数', '径', '成'])
            }
            _ => false,
        };
        if let Some(value) = number.value.plus(Decimal::new(5, -1)).filter(|_| fits) {
            number.value = value;
            number.last = -1;
            range.end = measure.range.end + '半'.len_utf8();
        }
    }

    /// 一、, （一）, 一是, 1., 3.1 at the start of a clause.
    pub(super) fn is_numbering(&self, number: &Number) -> bool {
        let Range { start, end } = number.range.clone();
        if !self.opens_clause(start) || number.vague.is_some() || number.upper.is_some() {
            return false;
        }
        let rest = &self.text[end..];
        let marks = ["、", "）", ")", "．", ". ", "是", "要"];
        let point = rest.starts_with('.') && number::digit(self.text, end + 1).is_none();
        // A heading's 3.1, before its words or before what only whole things have.
        let decimal = start == 0
            && number.last < 0
            && number.power == 0
            && (rest.starts_with(' ') || rest.starts_with(['个', '项', '件', '条']));
        marks.iter().any(|mark| rest.starts_with(mark)) || point || decimal
    }

    /// A number that no unit follows.
    pub(super) fn without_unit(&self, number: &Number) -> Class {
        let (text, Range { start, end }) = (self.text, number.range.clone());
        if self.is_numbering(number) {
            return Class::Numbering;
        }
        if let Some(named) = self.named(start) {
            return named;
        }
        if number.script != Script::Arabic {
            let weekday = ["周", "星期", "礼拜"].iter().any(|word| text[..start].ends_with(word));
            return if weekday && number.value < Decimal::integer(7) && number.multiplier.is_none() {
                Class::Date
            } else {
                Class::Nonfigure
            };
        }
        if text[..start].ends_with('前') {
            return Class::Ordinal;
        }
        let rest = &text[end..];
        let closes = rest.chars().next().is_none_or(|c| metric::ends_clause(c) || matches!(c, '、' | '）' | ')'))
            || approximation::behind(text, end).is_some();
        let reaches =
            ["达", "达到", "至", "到", "升至", "指数为", "值为"].iter().any(|word| text[..start].ends_with(word));
        let approximate = approximation::before(text, start).is_some() || number.vague.is_some();
        let short = text[start..end].len() <= 8;
        if number.power >= 4 || closes && short && (reaches || approximate) { Class::Figure } else { Class::Nonfigure }
    }

    /// 等 before the number, or a few characters before it: 等5篇, 等省内9个州市.
    pub(super) fn closes_list(&self, start: usize) -> bool {
        const NEAR: usize = 4;
        let near = self.text[..start].chars().rev().take(NEAR + 1).take_while(|c| c.is_alphanumeric());
        let near: Vec<char> = near.collect();
        near.contains(&'等')
    }
}

/// The class of a quantity in `kind`, if it is a figure's.
pub(super) fn of_unit(kind: UnitKind) -> Option<Class> {
    match kind {
        UnitKind::Percent | UnitKind::Permille | UnitKind::Point | UnitKind::Times | UnitKind::Tenths => {
            Some(Class::Rate)
        }
        UnitKind::Money => Some(Class::Money),
        UnitKind::Count | UnitKind::Person | UnitKind::Measure | UnitKind::Time | UnitKind::Age => Some(Class::Figure),
        _ => None,
    }
}
