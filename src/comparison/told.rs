//! Differences as a reader is told of them: whole figures, figures first, the rest by number.

use super::{Copy, Text};
use crate::analysis::Analysis;
use crate::similarity::align::Difference;
use std::fmt::Write;
use std::ops::Range;

/// A difference as a reader is told of it: whole figures, not the digits of them that are others.
#[derive(Clone, Debug)]
pub struct Told {
    pub difference: Difference,
    pub is_figure: bool,
}

/// What differs, figures first, then in the order of the text. Differences with one equal character between them are one:
/// 二十 and 三十二 differ as numbers.
pub fn told(text: &Text, copy: &Copy) -> Vec<Told> {
    let mut joined: Vec<(Difference, bool)> = Vec::new();
    for difference in &copy.differences {
        let Difference { first, second } = difference;
        let figures = figures(text, copy, difference);
        let is_figure = figures.is_some();
        let next = match figures {
            Some((a, b)) => Difference { first: hull(first, &a), second: hull(second, &b) },
            None => difference.clone(),
        };
        // In another order what follows here may stand before it there.
        let meets = |last: &Difference| {
            next.first.start <= last.first.end + 1
                && next.second.start <= last.second.end + 1
                && !(copy.is_reordered && next.second.start < last.second.start)
        };
        match joined.last_mut().filter(|(last, _)| meets(last)) {
            Some((last, was_figure)) => {
                last.first = hull(&last.first, &next.first);
                last.second = hull(&last.second, &next.second);
                *was_figure |= is_figure;
            }
            None => joined.push((next, is_figure)),
        }
    }
    joined.sort_by_key(|(_, is_figure)| !is_figure);
    joined.into_iter().map(|(difference, is_figure)| Told { difference, is_figure }).collect()
}

/// The figures that a difference lies in, if they are others.
pub(super) fn figures(text: &Text, copy: &Copy, difference: &Difference) -> Option<(Range<usize>, Range<usize>)> {
    let other = &copy.text;
    let figures = text.figure(&difference.first).zip(other.figure(&difference.second));
    // Typing behind a figure touches it and leaves it as it is.
    figures.filter(|(a, b)| text.words(a.clone()) != other.words(b.clone()))
}

fn hull(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// The differences in words, Chinese and English: order, then figures, and of more than three only their number.
pub fn named(here: (&Analysis, &Text), there: (&Analysis, &Copy), told: &[Told]) -> (String, String) {
    const MOST: usize = 3;
    let (there, copy) = there;
    let lead = match told.first() {
        None if copy.is_reordered => ("句子次序不同", "the sentences stand in another order"),
        None => ("只差版式", "they differ in layout"),
        Some(_) if copy.is_reordered => ("句子次序不同，", "the sentences stand in another order, "),
        Some(first) if first.is_figure && told.iter().all(|t| t.is_figure) => ("只差数据，", "only figures differ, "),
        Some(_) => ("", ""),
    };
    let (mut zh, mut en) = (lead.0.to_owned(), lead.1.to_owned());
    for (n, told) in told.iter().take(MOST).enumerate() {
        if n > 0 {
            zh.push('，');
            en.push_str(", ");
        }
        let own = short(&here.1.written(here.0, told.difference.first.clone()));
        let other = short(&copy.text.written(there, told.difference.second.clone()));
        // Writing to a string cannot fail.
        let _ = match (own.is_empty(), other.is_empty()) {
            (_, true) => write!(zh, "此处多“{own}”").and(write!(en, "here also “{own}”")),
            (true, _) => write!(zh, "此处少“{other}”").and(write!(en, "here no “{other}”")),
            _ => write!(zh, "此处“{own}”、彼处“{other}”").and(write!(en, "here “{own}”, there “{other}”")),
        };
    }
    if told.len() > MOST {
        let _ = write!(zh, "，共{}处不同", told.len()).and(write!(en, ", {} differences in all", told.len()));
    }
    (zh, en)
}

/// Words for a message: long ones without their middle.
fn short(words: &str) -> String {
    const LONG: usize = 16;
    let characters: Vec<char> = words.chars().collect();
    match characters.len() > LONG {
        true => characters[..LONG / 2]
            .iter()
            .chain(['…'].iter())
            .chain(&characters[characters.len() - LONG / 2 + 1..])
            .collect(),
        false => words.to_owned(),
    }
}
