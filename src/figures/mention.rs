//! A mention (数据的一次出现): one number in the text, with all that the text around says of it.

use super::approximation::Approximation;
use super::decimal::Decimal;
use super::interval::{Bound, Interval};
use super::metric::Metric;
use super::number::Number;
use super::scope::Scope;
use super::unit::{Measure, UnitKind};
use std::ops::Range;

/// What a number is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// 167件提案
    Figure,
    /// 98.7%, 三成, 4.2个百分点, 2倍
    Rate,
    Money,
    /// Items, then 等 and their number: 等5篇稿件
    ListCount,
    /// 七个方面, 两支队伍: sums up what stands nearby
    AnnouncedCount,
    /// 五年来, 上半年
    Period,
    /// 2022年
    Year,
    /// 5月3日
    Date,
    /// 2016年至2021年
    DateRange,
    /// 70周年
    Anniversary,
    /// 第九届, 十二届一次会议
    Term,
    /// 第三次, 4736号
    Ordinal,
    /// 一、 一是 3.1
    Numbering,
    /// “四个意识”
    Slogan,
    /// “1+N”, PM2.5, 5G
    Mechanism,
    /// Within 《》
    Title,
    /// 一批, 一心一意
    Idiom,
    /// 进一步, 六盘山
    Nonfigure,
}

const NAMES: [(Class, &str); 18] = [
    (Class::Figure, "figure"),
    (Class::Rate, "rate"),
    (Class::Money, "money"),
    (Class::ListCount, "list-count"),
    (Class::AnnouncedCount, "announced-count"),
    (Class::Period, "period"),
    (Class::Year, "year"),
    (Class::Date, "date"),
    (Class::DateRange, "date-range"),
    (Class::Anniversary, "anniversary"),
    (Class::Term, "term"),
    (Class::Ordinal, "ordinal"),
    (Class::Numbering, "numbering"),
    (Class::Slogan, "slogan"),
    (Class::Mechanism, "mechanism"),
    (Class::Title, "title"),
    (Class::Idiom, "idiom"),
    (Class::Nonfigure, "nonfigure"),
];

impl Class {
    /// Whether it is one of the classes whose values rules may compare.
    pub fn is_figure(self) -> bool {
        matches!(self, Class::Figure | Class::Rate | Class::Money | Class::ListCount | Class::AnnouncedCount)
    }

    /// Whether it says when.
    pub fn is_time(self) -> bool {
        matches!(self, Class::Period | Class::Year | Class::Date | Class::DateRange)
    }

    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(class, _)| *class == self).map_or("", |(_, name)| name)
    }

    pub fn named(name: &str) -> Option<Class> {
        NAMES.iter().find(|(_, n)| *n == name).map(|(class, _)| *class)
    }
}

/// A number in a passage's reading. All ranges are bytes of the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub class: Class,
    /// The number with its approximation and unit: the string as written.
    pub range: Range<usize>,
    /// The number, if one could be read (a lexicon word has none).
    pub number: Option<Number>,
    /// The other end of a range (13万至17万), or the further terms of a ratio (9.8∶66.7∶23.6).
    pub others: Vec<Number>,
    /// 3 of 三分之一: the number is its numerator.
    pub denominator: Option<Decimal>,
    pub approximation: Option<Approximation>,
    pub measure: Option<Measure>,
    pub metric: Metric,
    pub scope: Scope,
    pub sentence: Range<usize>,
}

impl Mention {
    /// The literal number, 万 and 亿 multiplied out; the lower end of a range.
    pub fn value(&self) -> Option<Decimal> {
        self.number.as_ref().map(|number| number.value)
    }

    /// What its words leave possible, taken literally: 98.7 is exactly that.
    pub fn interval(&self) -> Option<Interval> {
        let number = self.number.as_ref()?;
        if self.is_ratio() {
            return Some(Interval::exact(number.value));
        }
        if let Some(upper) = number.upper.or(self.others.first().map(|other| other.value)) {
            return Some(Interval::closed(number.value, upper));
        }
        match &self.approximation {
            Some(approximation) => approximation.sense.interval(number.value),
            None => Some(Interval::exact(number.value)),
        }
    }

    /// What it may stand for if its number was rounded: half a unit of the last digit further at either end.
    pub fn rounded(&self) -> Option<Interval> {
        let half = Decimal::new(5, self.number.as_ref()?.last - 1);
        self.interval()?.widened(half, half)
    }

    /// What it may stand for if its number was rounded or cut off: half a unit of the last digit below, less than a
    /// whole one above. Writers do both with percentages.
    pub fn cut(&self) -> Option<Interval> {
        let last = self.number.as_ref()?.last;
        let Interval { min, max } = self.interval()?.widened(Decimal::new(5, last - 1), Decimal::new(1, last))?;
        Some(Interval { min, max: max.value().map_or(max, Bound::Open) })
    }

    /// What it may stand for: a plain count is that number; any other figure was rounded.
    pub fn possible(&self) -> Option<Interval> {
        let number = self.number.as_ref()?;
        let counts = matches!(self.measure.as_ref().map(|m| m.unit.kind), Some(UnitKind::Count | UnitKind::Person));
        match counts && number.last == 0 && number.power == 0 {
            true => self.interval(),
            false => self.rounded(),
        }
    }

    /// The unit as the table has it.
    pub fn unit(&self) -> Option<&'static str> {
        self.measure.as_ref().map(|measure| measure.unit.name)
    }

    /// Terms with ∶ between them.
    pub fn is_ratio(&self) -> bool {
        self.others.len() > 1 || (self.class == Class::Rate && self.measure.is_none() && !self.others.is_empty())
    }
}
