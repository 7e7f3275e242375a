//! Habits of numbers (数字习惯): the script of quantities, 万, the sign of percents, what stands between the ends of a
//! range, the width of digits. They are shown and judged by no rule: what is wrong of them is `figures/numerals`.

use super::seen::Numbered;
use crate::analysis::Located;
use crate::figures::Class;
use crate::figures::number::Script;
use crate::profile::Numbers;

/// Numbers of an exemplar, counted: of each habit the one way and the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    scripts: [usize; 2],
    myriads: [usize; 2],
    percents: [usize; 2],
    ranges: [usize; 2],
    widths: [usize; 2],
}

impl Written {
    pub fn of(mentions: &[Located]) -> Written {
        let mut written = Written::default();
        let is_quantity = |class| matches!(class, Class::Figure | Class::Rate | Class::Money);
        for located in mentions.iter().filter(|located| is_quantity(located.mention.class)) {
            let mention = &located.mention;
            let Some(number) = &mention.number else { continue };
            let literal = located.words(&number.range);
            // Thirds and tenths are words in either habit.
            if mention.denominator.is_none() && mention.class != Class::Rate {
                written.scripts[usize::from(number.script != Script::Arabic)] += 1;
            }
            if number.script == Script::Arabic {
                written.widths[usize::from(literal.starts_with(|c| ('０'..='９').contains(&c)))] += 1;
                let digits = literal.chars().filter(char::is_ascii_digit).count();
                if number.power >= 4 || digits >= 5 && !literal.contains('.') {
                    written.myriads[usize::from(number.power < 4)] += 1;
                }
            }
            match mention.class {
                Class::Rate if located.text().contains("百分之") => written.percents[1] += 1,
                Class::Rate if located.text().contains(['%', '％']) => written.percents[0] += 1,
                _ => {}
            }
            if let ([other], false) = (&mention.others[..], mention.is_ratio()) {
                let between = located.words(&(number.range.end..other.range.start));
                written.ranges[usize::from(!between.contains(['至', '到']))] += 1;
            }
        }
        written
    }
}

/// How many exemplars have most of their numbers so.
pub(super) fn numbers(exemplars: &[Numbered<'_>]) -> Numbers {
    let have = |ways: &dyn Fn(&Written) -> [usize; 2]| {
        let each = exemplars.iter().map(|(_, exemplar)| ways(&exemplar.written));
        let more = |one: usize, other: usize| u32::from(one > other);
        each.fold((0, 0), |(one, other), [a, b]| (one + more(a, b), other + more(b, a)))
    };
    let (arabic, han) = have(&|written| written.scripts);
    let (myriads, digits) = have(&|written| written.myriads);
    let (percent_signs, percent_words) = have(&|written| written.percents);
    let (range_words, range_marks) = have(&|written| written.ranges);
    let (narrow, wide) = have(&|written| written.widths);
    Numbers { arabic, han, myriads, digits, percent_signs, percent_words, range_words, range_marks, narrow, wide }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Exemplar;

    #[test]
    fn an_exemplar_counts_for_what_most_of_its_numbers_are() {
        let texts = [
            "全年收到提案42件，立案３件，提出建议90条，覆盖1.5万人，满意率98%，下降2至3个百分点。\n",
            "全年收到提案四十二件，提出建议九十条，覆盖15000人，满意率百分之九十八。\n",
        ];
        let exemplars = texts.map(|text| Exemplar::read("甲.txt", text));
        let numbered: Vec<Numbered<'_>> = exemplars.iter().enumerate().map(|(n, e)| (n as u32, e)).collect();
        let expected = Numbers {
            arabic: 1,
            han: 1,
            myriads: 1,
            digits: 1,
            percent_signs: 1,
            percent_words: 1,
            range_words: 1,
            range_marks: 0,
            narrow: 2,
            wide: 0,
        };
        assert_eq!(numbers(&numbered), expected);
    }
}
