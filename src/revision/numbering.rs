//! Which numbers headings are to have: those of a chain that is put straight, and those of all chains of a draft whose
//! headings have changed level.

use super::Numbers;
use super::sketch::Sketched;
use crate::draft::{Chain, Form, Outline, Role};
use rustc_hash::{FxHashMap, FxHashSet};

/// The new numbers of chain `asked`, or of all chains, and of chains that run on from them. Only numbers that change.
///
/// Of all chains those are left as they are whose numbers may be right as they are: what `headings/sequence` would not be
/// sure of is not touched unasked.
pub(super) fn straight(outline: &Outline, asked: Option<usize>) -> Numbers {
    let on_two_levels = on_two_levels(outline);
    let mut numbers = Numbers::default();
    let mut lasts: Vec<Last> = Vec::with_capacity(outline.chains.len());
    for (index, chain) in outline.chains.iter().enumerate() {
        let written = outline.numbers(chain);
        let before = chain.before.map(|before| lasts[before as usize]);
        let is_asked = match asked {
            Some(asked) => asked == index,
            None => !on_two_levels.contains(&chain.form) && !is_doubtful(chain.form, &written),
        };
        let runs_on = before.filter(|before| written[0] != 1 && written[0] == before.old + 1);
        let given =
            if is_asked && chain.role == Role::Heading && is_one_list(outline, chain) {
                let first =
                    match (runs_on, before) {
                        (Some(before), _) => before.new + 1,
                        // Behind another chain the first number is wrong; but a list of items may have its first in a table.
                        (None, Some(before)) if written[0] != 1 && !is_of_items(chain.form) => {
                            if written[0] > before.old { before.new + 1 } else { 1 }
                        }
                        _ => written[0],
                    };
                in_order(&written, first, asked.is_some())
            } else {
                moved_along(&written, runs_on.map(|before| before.new + 1))
            };
        lasts.push(Last { old: written[written.len() - 1], new: given[given.len() - 1] });
        let changed = written.iter().zip(&given).zip(&chain.members).filter(|((written, given), _)| written != given);
        numbers.extend(changed.map(|((_, given), node)| (*node as usize, *given)));
    }
    numbers
}

/// The last number of a chain, before and after.
#[derive(Clone, Copy)]
struct Last {
    old: u32,
    new: u32,
}

/// Numbers that follow one another from `first`. Where a list begins anew at one, so does the numbering. `is_asked`: a
/// chain with every number once and none missing, whose first is not the least, was shuffled, and begins with the least.
fn in_order(written: &[u32], first: u32, is_asked: bool) -> Vec<u32> {
    let least = written.iter().copied().min().unwrap_or(first);
    let is_shuffled = least != written[0] && {
        let mut sorted = written.to_vec();
        sorted.sort_unstable();
        sorted.windows(2).all(|pair| pair[1] == pair[0] + 1)
    };
    if is_asked && is_shuffled {
        return (least..).take(written.len()).collect();
    }
    let (mut given, mut right) = (vec![first], first);
    for n in 1..written.len() {
        let (number, expected) = (written[n], right + 1);
        // One wrong number between right ones begins no list: 一、二、一、四.
        let is_slip = number == expected || written.get(n + 1) == Some(&(expected + 1));
        let begins = number == 1 && right != 1 && !is_slip;
        let last = given[n - 1];
        given.push(if begins { 1 } else { last + 1 });
        right = if is_slip { expected } else { number };
    }
    given
}

/// The numbers as they are written; those that follow one another from the start begin with `first`, if there is one.
fn moved_along(written: &[u32], first: Option<u32>) -> Vec<u32> {
    let mut given = written.to_vec();
    if let Some(first) = first {
        let straight = written.iter().zip(written[0]..).take_while(|(number, due)| **number == *due).count();
        given[..straight].iter_mut().zip(first..).for_each(|(number, due)| *number = due);
    }
    given
}

fn is_of_items(form: Form) -> bool {
    matches!(form, Form::ArabicDot | Form::ArabicParen | Form::Circled)
}

/// 1. 1. 1. as Markdown writers number, and names that are all numbered 1.
fn is_doubtful(form: Form, written: &[u32]) -> bool {
    let ones = written.len() > 1 && written.iter().all(|number| *number == 1);
    let twice = matches!(form, Form::ArabicDot | Form::ArabicParen) && written.windows(2).any(|pair| pair == [1, 1]);
    ones || twice
}

/// Whether members are set off alike, and no number that is missing between two of them stands there in another style.
fn is_one_list(outline: &Outline, chain: &Chain) -> bool {
    let node = |index: u32| &outline.nodes[index as usize];
    let first = node(chain.members[0]);
    let stands_between = |pair: &[u32]| {
        let Some((form, number)) = node(pair[1]).marker else { return false };
        let between = &outline.nodes[pair[0] as usize + 1..pair[1] as usize];
        number > 1
            && between.iter().any(|other| other.marker == Some((form, number - 1)))
            && node(pair[0]).marker != Some((form, number - 1))
    };
    chain.members.iter().all(|&member| node(member).set_off == first.set_off)
        && !chain.members.windows(2).any(stands_between)
}

/// Forms whose headings stand on more than one level: what is missing on one may stand on the other.
fn on_two_levels(outline: &Outline) -> FxHashSet<Form> {
    let (mut levels, mut on_two) = (FxHashMap::default(), FxHashSet::default());
    for chain in outline.chains.iter().filter(|chain| chain.role == Role::Heading) {
        let level = outline.nodes[chain.members[0] as usize].level;
        if *levels.entry(chain.form).or_insert(level) != level {
            on_two.insert(chain.form);
        }
    }
    on_two
}

/// The numbers of headings after some of them have changed level: `sketched` is the outline to come, `has_moved` says which
/// (by their old indexes). Chains that lose or gain members are numbered in order; they begin as they began, and a chain
/// that is new runs on from the section before if others of its form do. `None` if such a chain holds two lists.
pub(super) fn dealt(before: &Outline, sketched: &Sketched, has_moved: &dyn Fn(usize) -> bool) -> Option<Numbers> {
    let mut numbers = Numbers::default();
    let mut lasts: Vec<u32> = Vec::with_capacity(sketched.outline.chains.len());
    let running = running(before);
    for chain in &sketched.outline.chains {
        let members: Vec<usize> = chain.members.iter().map(|&member| sketched.old[member as usize]).collect();
        let written = |node: usize| before.nodes[node].marker.map_or(0, |(_, number)| number);
        let ran_on = chain.before.map(|before| lasts[before as usize]);
        let first = members[0];
        let was = before.nodes[first].chain.map(|(chain, _)| &before.chains[chain as usize]);
        let begins_as_before = was.filter(|was| was.members[0] as usize == first && !has_moved(first));
        let number = match begins_as_before {
            Some(was) if runs_on(before, was) => ran_on.map_or(written(first), |last| last + 1),
            Some(_) => written(first),
            None if running.contains(&chain.form) => ran_on.map_or(1, |last| last + 1),
            None => 1,
        };
        let is_as_before =
            begins_as_before.is_some_and(|was| was.members.iter().map(|&m| m as usize).eq(members.iter().copied()));
        let given: Vec<u32> = if chain.role != Role::Heading {
            members.iter().map(|&node| written(node)).collect()
        } else if is_as_before {
            let old: Vec<u32> = members.iter().map(|&node| written(node)).collect();
            moved_along(&old, Some(number))
        } else {
            let touched = members.iter().filter_map(|&node| before.nodes[node].chain);
            let is_clear = |index: u32| is_clear(before, &before.chains[index as usize]);
            if !touched.map(|(index, _)| index).all(is_clear) {
                return None;
            }
            (number..).take(members.len()).collect()
        };
        lasts.push(given[given.len() - 1]);
        numbers.extend(members.into_iter().zip(given));
    }
    Some(numbers)
}

/// Whether a chain runs on from the section before.
pub(super) fn runs_on(outline: &Outline, chain: &Chain) -> bool {
    let first = |chain: &Chain| outline.numbers(chain).first().copied().unwrap_or(1);
    let last = |chain: &Chain| outline.numbers(chain).last().copied().unwrap_or(0);
    chain.before.is_some_and(|b| first(chain) != 1 && first(chain) == last(&outline.chains[b as usize]) + 1)
}

/// The forms of chains that run on across sections.
fn running(outline: &Outline) -> FxHashSet<Form> {
    outline.chains.iter().filter(|chain| runs_on(outline, chain)).map(|chain| chain.form).collect()
}

/// One list: set off alike, with one beginning.
fn is_clear(outline: &Outline, chain: &Chain) -> bool {
    is_one_list(outline, chain) && !outline.numbers(chain)[1..].contains(&1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_put_in_order_and_lists_begin_anew() {
        for (written, due) in [
            (&[1, 2, 4, 5][..], &[1, 2, 3, 4][..]),
            (&[1, 1, 2], &[1, 2, 3]),
            (&[3, 4, 6], &[3, 4, 5]),
            (&[1, 2, 1, 3], &[1, 2, 1, 2]),
            (&[1, 2, 1, 4], &[1, 2, 3, 4]),
            (&[1, 3, 2, 4], &[1, 2, 3, 4]),
        ] {
            assert_eq!(in_order(written, written[0], false), due, "{written:?}");
            assert_eq!(in_order(written, written[0], true), due, "{written:?}");
        }
        assert_eq!(in_order(&[3, 1, 2], 3, true), [1, 2, 3]);
        assert_eq!(in_order(&[3, 1, 2], 3, false), [3, 1, 2]);
    }
}
