//! A passage with each of its figures masked by one character, which tells its kind: what relations between figures are
//! read from. `由50件增加到60件，增长20%` is `由Ⓠ增加到Ⓠ，增长Ⓟ`, whatever the figures, their units and approximations are.

use super::mention::{Class, Mention};
use super::unit::UnitKind;
use regex::Regex;

/// What a masked figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mask {
    /// A count, money, a measure: `Q` in a pattern.
    Quantity,
    /// A share of a hundred: `P`.
    Percent,
    /// Percentage points: `D`.
    Points,
    /// 倍, 番: `X`.
    Times,
    /// A year, a date, a period: `T`.
    Time,
}

/// The kinds with their letters, in the order of their characters. The private use area has room for `EACH` of each.
const KINDS: [(Mask, char); 5] =
    [(Mask::Quantity, 'Q'), (Mask::Percent, 'P'), (Mask::Points, 'D'), (Mask::Times, 'X'), (Mask::Time, 'T')];
const FIRST: u32 = 0xE000;
const EACH: u32 = 1280;

/// A masked passage.
#[derive(Clone, Debug, Default)]
pub struct Masked {
    text: String,
}

impl Masked {
    /// Masks `mentions`, which stand in `text`. A passage with more mentions than there are characters to tell them
    /// apart is a table or no prose, and comes out empty.
    pub fn of(text: &str, mentions: &[Mention]) -> Masked {
        if mentions.len() >= EACH as usize {
            return Masked::default();
        }
        let (mut masked, mut from) = (String::with_capacity(text.len()), 0);
        for (index, mention) in mentions.iter().enumerate() {
            let Some(mask) = mask(mention).filter(|_| !is_torn(&text[..mention.range.start])) else { continue };
            push_plain(&mut masked, &text[from..mention.range.start]);
            masked.push(character(mask, index));
            from = mention.range.end;
        }
        push_plain(&mut masked, &text[from..]);
        Masked { text: masked }
    }

    /// The sentences, without the marks that end them.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        self.text.split(['。', '！', '？', '!', '?', '\n']).filter(|sentence| sentence.chars().any(is_mask))
    }

    /// The sentences that hold one of `words`: what a pattern cannot do without is cheaper to look for than the pattern.
    pub fn sentences_with(&self, words: &[&str]) -> impl Iterator<Item = &str> {
        self.sentences().filter(|sentence| words.iter().any(|word| sentence.contains(word)))
    }

    /// The whole passage.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Whether a number that follows `before` is the rest of one that a space cut in two: 20 8件, as PDF gives it.
fn is_torn(before: &str) -> bool {
    let digits = before.trim_end();
    digits.len() < before.len() && digits.ends_with(|c: char| c.is_ascii_digit())
}

/// Characters of the private use area that the text itself holds are no masks.
fn push_plain(masked: &mut String, text: &str) {
    match text.chars().any(is_mask) {
        true => masked.extend(text.chars().map(|c| if is_mask(c) { '\u{FFFD}' } else { c })),
        false => masked.push_str(text),
    }
}

fn is_mask(c: char) -> bool {
    (FIRST..FIRST + EACH * KINDS.len() as u32).contains(&u32::from(c))
}

fn character(mask: Mask, index: usize) -> char {
    let kind = KINDS.iter().position(|(kind, _)| *kind == mask).unwrap_or_default() as u32;
    char::from_u32(FIRST + kind * EACH + index as u32).unwrap_or('\u{FFFD}')
}

/// The index of the mention that `c` masks, and its kind.
pub fn unmask(c: char) -> Option<(usize, Mask)> {
    let at = u32::from(c).checked_sub(FIRST).filter(|_| is_mask(c))?;
    Some(((at % EACH) as usize, KINDS[(at / EACH) as usize].0))
}

fn mask(mention: &Mention) -> Option<Mask> {
    if mention.class.is_time() {
        return Some(Mask::Time);
    }
    if !matches!(mention.class, Class::Figure | Class::Rate | Class::Money | Class::ListCount | Class::AnnouncedCount) {
        return None;
    }
    if mention.denominator.is_some() {
        return Some(Mask::Percent);
    }
    Some(match mention.measure.as_ref().map(|measure| measure.unit.kind) {
        Some(UnitKind::Percent | UnitKind::Permille | UnitKind::Tenths) => Mask::Percent,
        Some(UnitKind::Point) => Mask::Points,
        Some(UnitKind::Times) => Mask::Times,
        _ => Mask::Quantity,
    })
}

/// The pattern in which `Ⓠ Ⓟ Ⓓ Ⓧ Ⓣ` stand for a masked figure of their kind, `Ⓐ` for one of any kind but a time, and `·`
/// for a character that is neither a figure nor ends a clause.
pub fn pattern(pattern: &str) -> Regex {
    let class =
        |n: u32, count: u32| format!("\\u{{{:X}}}-\\u{{{:X}}}", FIRST + n * EACH, FIRST + (n + count) * EACH - 1);
    let mut whole = pattern.replace('·', &format!("[^{}，,；;：:。]", class(0, 5)));
    for (n, circled) in (0..).zip(['Ⓠ', 'Ⓟ', 'Ⓓ', 'Ⓧ', 'Ⓣ']) {
        whole = whole.replace(circled, &format!("[{}]", class(n, 1)));
    }
    whole = whole.replace('Ⓐ', &format!("[{}]", class(0, 4)));
    Regex::new(&whole).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
}

#[cfg(test)]
mod tests {
    use super::super::mentions;
    use super::*;

    fn shown(text: &str) -> String {
        let masked = Masked::of(text, &mentions(text));
        let letter =
            |c| unmask(c).and_then(|(_, mask)| KINDS.iter().find(|(kind, _)| *kind == mask)).map_or(c, |k| k.1);
        masked.text().chars().map(letter).collect()
    }

    #[test]
    fn each_figure_is_one_character_of_its_kind() {
        assert_eq!(shown("由2020年的50余件增加到60件，增长20%。"), "由T的Q增加到Q，增长P。");
        assert_eq!(shown("提高3.2个百分点，是上年的2倍"), "提高D，是上年的X");
        assert_eq!(shown("进一步增强“四个意识”"), "进一步增强“四个意识”");
        assert_eq!(shown("甲\u{E000}乙3件"), "甲\u{FFFD}乙Q");
    }

    #[test]
    fn a_pattern_finds_its_figures() {
        let text = "立案由50件增加到60件，增长25%。";
        let found = mentions(text);
        let masked = Masked::of(text, &found);
        let growth = pattern("由(Ⓠ)增加到(Ⓠ)，增长(Ⓟ)");
        let captures = growth.captures(masked.sentences().next().unwrap()).unwrap();
        let words: Vec<&str> = (1..=3)
            .map(|n| unmask(captures[n].chars().next().unwrap()).unwrap().0)
            .map(|index| &text[found[index].range.clone()])
            .collect();
        assert_eq!(words, ["50件", "60件", "25%"]);
    }
}
