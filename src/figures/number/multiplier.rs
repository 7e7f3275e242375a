//! What stands behind digits, or for them: 万, 百, 余, 多, 几十, 百余.

use super::sign::{Sign, sign_at};
use super::{Decimal, Number, Script, Sense};
use crate::figures::approximation::WITHIN;

/// 千 opens a unit here: 330千伏, 5千米.
fn opens_unit(text: &str, at: usize) -> bool {
    ["千瓦", "千克", "千米", "千伏", "千卡", "千帕", "千焦", "百帕", "千字节"]
        .iter()
        .any(|unit| text[at..].starts_with(unit))
}

/// Takes 余, 多, 来, 几 and the multipliers behind a number.
pub fn multiply(text: &str, number: &mut Number) {
    vague(text, number);
    let (mut end, mut power) = (number.range.end, 0i16);
    while let Some((Sign::Unit(by) | Sign::Myriad(by), length)) = sign_at(text, end)
        && !opens_unit(text, end)
        && power + by <= 16
    {
        end += length;
        power += by;
        number.multiplier = Some(by);
    }
    if power > 0 {
        number.value = number.value.shifted(power);
        number.upper = number.upper.map(|upper| upper.shifted(power));
        number.last += power;
        number.power = power;
        number.range.end = end;
        if number.vague.is_none() {
            vague(text, number);
        }
    }
}

/// What stands behind 十来: 来 is a verb elsewhere.
const COUNTED_BY_TENS: &str = "个人名岁天年种家户位万件次场项条亩里公元";

/// 余, 多 and the like right behind. 来 and 几 need a round number before them (十来个, 十几个), or they are words.
fn vague(text: &str, number: &mut Number) {
    let at = number.range.end;
    let Some(c) = text[at..].chars().next().filter(|c| WITHIN.contains(c)) else { return };
    let round = number.value.exponent() > 0;
    let next = text[at + c.len_utf8()..].chars().next();
    let fits = match c {
        '来' => round && next.is_some_and(|c| COUNTED_BY_TENS.contains(c)),
        '几' => round && number.script == Script::Han,
        // 三多 and 五余 are no numbers; 3多 is none either, but 3多万 is.
        '余' => round || number.script == Script::Arabic || number.multiplier.is_some(),
        _ => {
            (round || number.script == Script::Arabic || number.multiplier.is_some())
                && next.is_none_or(|c| !matches!(c, '样' | '元' | '渠' | '党' | '层' | '方' | '维' | '点'))
                || (round && next == Some('元'))
        }
    };
    if fits {
        number.vague = Some((Sense::Over, at..at + c.len_utf8()));
        number.range.end = at + c.len_utf8();
    }
}

/// 几十, 数百, 几百万.
pub fn several(text: &str, start: usize) -> Option<Number> {
    let word = text[start..].chars().next().filter(|c| matches!(c, '几' | '数'))?;
    let mut end = start + word.len_utf8();
    let mut number = Number {
        range: start..end,
        value: Decimal::integer(2),
        upper: None,
        last: 0,
        vague: Some((Sense::Several, start..end)),
        script: Script::Han,
        multiplier: None,
        power: 0,
    };
    let mut power = 0;
    while let Some((Sign::Unit(by) | Sign::Myriad(by), length)) = sign_at(text, end)
        && power + by <= 16
    {
        end += length;
        power += by;
        number.multiplier = Some(by);
    }
    (number.range.end, number.value, number.last) = (end, number.value.shifted(power), power);
    (power > 0).then_some(number)
}

/// 百余件, 超千亿元: multipliers without digits before them. Only a word before or behind makes them a number.
pub fn bare(text: &str, start: usize) -> Option<Number> {
    sign_at(text, start).filter(|(sign, _)| !matches!(sign, Sign::Digit(_) | Sign::Tens(_)))?;
    let mut number = Number {
        range: start..start,
        value: Decimal::integer(1),
        upper: None,
        last: 0,
        vague: None,
        script: Script::Han,
        multiplier: None,
        power: 0,
    };
    multiply(text, &mut number);
    number.multiplier.is_some().then_some(number)
}
