//! A number with its approximation, its unit and the other end of its range, and the mention made of it.

use super::Scanner;
use super::class::of_unit;
use crate::figures::approximation::{self, Approximation, Sense};
use crate::figures::mention::{Class, Mention};
use crate::figures::metric::{self, Metric, Place};
use crate::figures::number::{self, Number, Script};
use crate::figures::scope::{Scope, TIMES};
use crate::figures::time;
use crate::figures::unit::{self, Measure, UnitKind};
use std::ops::Range;

impl Scanner<'_> {
    /// Takes the approximation before or behind `range` into it.
    pub(super) fn approximated(&self, range: &mut Range<usize>, number: &Number) -> Option<Approximation> {
        let mut found = number.vague.clone().map(|(sense, word)| Approximation { sense, word });
        if let Some(before) = approximation::before(self.text, range.start).filter(|a| a.word.start >= self.floor()) {
            range.start = before.word.start;
            found = found.or(Some(before));
        }
        if found.is_none()
            && let Some(behind) = approximation::behind(self.text, range.end)
        {
            range.end = behind.word.end;
            found = Some(behind);
        }
        found.or_else(|| number.upper.map(|_| Approximation { sense: Sense::Span, word: number.range.clone() }))
    }

    /// Whether a unit is one here: 三家企业, not 三家庭; 10人, not 10人大代表.
    pub(super) fn fits(&self, measure: &Measure) -> bool {
        /// By the unit, what the next character must not be.
        const REFUSED: [(&str, &str); 26] = [
            ("人", "大民才口士工均物行社保防"),
            ("市", "场民长政委容直域级"),
            ("区", "域间块位级划委政"),
            ("户", "籍外型"),
            ("省", "级委政会内外直"),
            ("村", "民镇级委"),
            ("县", "域委政级城"),
            ("乡", "村土贤"),
            ("镇", "域"),
            ("期", "间望"),
            ("分", "别钟之析"),
            ("组", "织建成合"),
            ("名", "单录称牌优"),
            ("家", "庭园乡"),
            ("位", "于置一"),
            ("本", "次地市县区届级科土轮质"),
            ("部", "门署委队分"),
            ("处", "理于置级长"),
            ("台", "湾账风"),
            ("件", "例"),
            ("所", "有在属谓"),
            ("面", "向临对积貌"),
            ("方", "面法案式针向位"),
            ("项", "目"),
            ("班", "子"),
            ("次", "数要序"),
        ];
        let next = self.text[measure.range.end..].chars().next();
        let name = measure.unit.name;
        let is_target = name == "项" && self.text[measure.range.end..].starts_with("目标");
        let refused = REFUSED.iter().find(|(unit, _)| *unit == name);
        let is_joined = measure.range.len() > name.len();
        is_target || is_joined || !refused.is_some_and(|(_, words)| next.is_some_and(|c| words.contains(c)))
    }

    /// A number with or without a unit.
    pub(super) fn quantity(&mut self, mut number: Number) -> usize {
        let text = self.text;
        let start = number.range.start;
        let measure = unit::read(text, number.range.end).filter(|measure| self.fits(measure));
        // 13万至17万, 3—5个, 10%～20%
        if let Some((second, unit, end)) = self.span(&number, measure.as_ref()) {
            let kind = unit.as_ref().map(|measure| measure.unit.kind);
            let mut range = start..end;
            let mut approximation = self.approximated(&mut range, &number);
            if approximation.is_none() {
                approximation = Some(Approximation { sense: Sense::Span, word: number.range.end..second.range.start });
            }
            if number.multiplier.is_none() && number.script == second.script && second.power > 0 {
                number.value = number.value.shifted(second.power);
                number.last += second.power;
            }
            let class = match kind.map(of_unit) {
                Some(Some(class)) => class,
                Some(None) => Class::Period,
                None if second.power > 0 => Class::Figure,
                None => Class::Nonfigure,
            };
            let class = self.named(start).unwrap_or(class);
            return self.figure(class, range, number, unit, approximation, |mention| mention.others = vec![second]);
        }
        let mut range = start..measure.as_ref().map_or(number.range.end, |measure| measure.range.end);
        let class = self.class(&mut number, measure.as_ref(), &mut range);
        let measure = measure.filter(|_| class != Class::Nonfigure);
        if !class.is_figure() {
            if measure.is_none() {
                range.end = number.range.end;
            }
            return self.other(class, range, number, measure);
        }
        let approximation = self.approximated(&mut range, &number);
        let mut class = class;
        if matches!(class, Class::Figure | Class::AnnouncedCount) && self.closes_list(range.start) {
            class = Class::ListCount;
        }
        self.figure(class, range, number, measure, approximation, |_| ())
    }

    /// The second number of a range, its unit, and where it ends.
    pub(super) fn span(&self, first: &Number, unit: Option<&Measure>) -> Option<(Number, Option<Measure>, usize)> {
        let text = self.text;
        let end = unit.map_or(first.range.end, |measure| measure.range.end);
        let length = time::joint(text, end)?;
        let word = &text[end..end + length];
        let second = number::read(text, end + length)?;
        if second.script != first.script || second.upper.is_some() || first.upper.is_some() || first.vague.is_some() {
            return None;
        }
        let measure = unit::read(text, second.range.end).filter(|measure| self.fits(measure));
        // 由65%到82% tells of two values; so do 从 and 由 before any pair with units.
        let moves = unit.is_some() && ["由", "从", "自"].iter().any(|word| text[..first.range.start].ends_with(word));
        let agree = match (unit, &measure) {
            (Some(one), Some(other)) => one.unit.name == other.unit.name,
            (Some(_), None) => false,
            (None, Some(_)) => true,
            // 3—5 alone may be anything; 13万至17万 is a range.
            (None, None) => {
                first.power > 0 && second.power > 0
                    || matches!(word, "至" | "～" | "~") && second.script == Script::Arabic
            }
        };
        let scaled = if first.multiplier.is_none() { first.value.shifted(second.power) } else { first.value };
        let ends = measure.as_ref().map_or(second.range.end, |measure| measure.range.end);
        (agree && !moves && scaled < second.value).then_some((second, measure, ends))
    }

    /// A mention that is no figure.
    pub(super) fn other(
        &mut self,
        class: Class,
        mut range: Range<usize>,
        number: Number,
        measure: Option<Measure>,
    ) -> usize {
        let text = self.text;
        if class == Class::Period {
            for word in ["过去", "未来", "今后", "连续", "近", "这", "前", "新的"] {
                if text[..range.start].ends_with(word) && range.start - word.len() >= self.floor() {
                    range.start -= word.len();
                    break;
                }
            }
            for word in ["多来", "以来", "多", "来"] {
                if text[range.end..].starts_with(word) {
                    range.end += word.len();
                    break;
                }
            }
        }
        let shares = class == Class::Nonfigure && number.script == Script::Arabic && measure.is_none();
        let named = class.is_time()
            && (class != Class::Period
                || range.len() > number.range.len() + measure.as_ref().map_or(0, |m| m.range.len()));
        if named && !self.text[range.clone()].starts_with("连续") {
            self.period = Some(range.clone());
        }
        let end = self.push(class, range);
        let index = self.found.len() - 1;
        let joined = self.pending.filter(|(_, next)| *next == number.range.start);
        self.found[index].number = Some(number);
        self.found[index].measure = measure;
        self.pending = text[end..]
            .chars()
            .next()
            .filter(|c| shares && matches!(c, '、' | '和' | '与' | '及'))
            .map(|c| (joined.map_or(index, |(first, _)| first), end + c.len_utf8()));
        end
    }

    /// A mention, with its metric and scope if these are to be told.
    pub(super) fn figure(
        &mut self,
        class: Class,
        range: Range<usize>,
        number: Number,
        measure: Option<Measure>,
        approximation: Option<Approximation>,
        with: impl FnOnce(&mut Mention),
    ) -> usize {
        let text = self.text;
        let joined = self.pending.take().filter(|(_, next)| *next == number.range.start && measure.is_some());
        if class.is_figure()
            && let Some((first, _)) = joined
        {
            self.share_unit(first, class, measure.as_ref());
        }
        let floor = self.noun_floor(self.found.len());
        let previous = self.found[self.first_of_sentence..].iter().rev().find(|m| m.class.is_figure());
        let mut metric = Metric::default();
        let mut scope = Scope::default();
        if class.is_figure() && self.told {
            let unit = measure.as_ref().filter(|m| m.unit.is_noun).map(|m| m.range.clone());
            let is_place =
                measure.as_ref().is_some_and(|m| m.unit.name.chars().all(|c| "县市区省州乡镇村".contains(c)));
            let kind = measure.as_ref().map(|m| m.unit.kind).or((class == Class::Rate).then_some(UnitKind::Percent));
            let start = self.compared(range.start).unwrap_or(range.start);
            let place = Place { text, sentence: self.sentence, floor, start, end: range.end, kind, is_place, unit };
            // Its noun may be this one's too if both count in one unit, or stand in one clause.
            let unit_of = |m: &Option<Measure>| m.as_ref().map(|m| m.unit.name);
            let kin = |m: &&Mention| {
                unit_of(&m.measure) == unit_of(&measure)
                    || (m.class, class) == (Class::Rate, Class::Rate)
                    || !text[m.range.end..range.start].contains(metric::ends_clause)
            };
            metric = Metric::of(&place, previous.filter(kin).map(|previous| &previous.metric));
            if metric.noun.is_none() {
                // 分5组赴广西: at least what was counted in.
                metric.noun = measure.as_ref().filter(|m| m.unit.kind == UnitKind::Count).map(|m| m.range.clone());
            }
            let clause = metric::clause_start(text, range.start, self.sentence)..metric::clause_end(text, range.end);
            let named = TIMES
                .iter()
                .filter_map(|word| text[self.sentence..range.start].rfind(word).map(|at| (at, word.len())))
                .max();
            let named = named.map(|(at, length)| self.sentence + at..self.sentence + at + length);
            let period = named
                .filter(|n| self.period.as_ref().is_none_or(|p| p.start < n.start))
                .or_else(|| self.period.clone());
            self.period.clone_from(&period);
            scope = Scope::of(text, clause, range.start, period);
        }
        // 5大类83项规章制度: one noun for both.
        if let Some(last) = self.found.last_mut().filter(|last| last.class.is_figure() && last.range.end == range.start)
        {
            last.metric.noun.clone_from(&metric.noun);
        }
        let period = self.period.clone();
        let end = self.push(class, range);
        self.period = period;
        if let Some(mention) = self.found.last_mut() {
            (mention.number, mention.measure, mention.approximation) = (Some(number), measure, approximation);
            (mention.metric, mention.scope) = (metric, scope);
            with(mention);
        }
        end
    }

    /// Gives the unit at the end of 800、600、300公里 to the numbers before it.
    pub(super) fn share_unit(&mut self, first: usize, class: Class, measure: Option<&Measure>) {
        let text = self.text;
        for index in first..self.found.len() {
            let floor = self.noun_floor(index);
            let previous = index.checked_sub(1).map(|before| self.found[before].metric.clone());
            let mention = &mut self.found[index];
            let Range { start, end } = mention.range;
            let place = Place {
                text,
                sentence: self.sentence,
                floor,
                start,
                end,
                kind: Some(UnitKind::Percent),
                is_place: false,
                unit: None,
            };
            mention.class = class;
            mention.measure = measure.cloned();
            if self.told {
                mention.metric = Metric::of(&place, previous.as_ref());
            }
        }
    }
}
