use super::siblings::is_strayed;
use crate::draft::{self, BlockId, Form, Node, Outline, Role, marker};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Said, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use crate::text::numeral;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// 标题序号: a gap, a repeat or a reversal in a chain of numbered headings.
pub static RULE: Rule = Rule {
    name: "headings/sequence",
    document: include_str!("sequence.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Headings { structure: Some(check), family: None },
};

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    Gap,
    Repeat,
    Reversal,
}

/// A wrong number: the member of a chain, what is wrong, and the number that should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fault {
    member: usize,
    kind: Break,
    expected: u32,
}

/// Headings that are numbered together, as their rule sees them.
struct Chain<'o> {
    nodes: Vec<&'o Node>,
    blocks: Arc<[BlockId]>,
    numbers: Vec<u32>,
    before: Option<u32>,
    behind: Option<u32>,
}

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    // The lines of a hard-wrapped draft begin anywhere in a sentence, also before 二是.
    let is_wrapped = view.analysis.wrap.is_some();
    // Most chains are right, and only what is wrong needs all of them at hand.
    let chains = OnceCell::new();
    for (at, chain) in outline.chains.iter().enumerate() {
        if is_wrapped && chain.role != Role::Heading {
            continue;
        }
        let run_on = chain.before.and_then(|before| outline.last_number(&outline.chains[before as usize]));
        for fault in faults(&outline.numbers(chain), run_on) {
            let chains = chains.get_or_init(|| Chains::of(outline));
            if chains.is_sure(&chains.all[at], fault) {
                findings.extend(finding(view, chains, at, fault));
            }
        }
    }
}

/// The chains of a draft, by their index in its outline.
struct Chains<'o> {
    outline: &'o Outline,
    all: Vec<Chain<'o>>,
    on_two_levels: FxHashSet<Form>,
}

/// Members of a chain (by its index), and the number that the first of them is to have.
type Move = (usize, Range<usize>, u32);

impl<'o> Chains<'o> {
    fn of(outline: &'o Outline) -> Self {
        let chain = |chain: &'o draft::Chain| Chain {
            nodes: outline.members(chain).collect(),
            blocks: outline.members(chain).map(|node| node.block).collect(),
            numbers: outline.numbers(chain),
            before: chain.before,
            behind: chain.behind,
        };
        let all: Vec<Chain> = outline.chains.iter().map(chain).collect();
        let (mut levels, mut on_two_levels) = (FxHashMap::default(), FxHashSet::default());
        for Node { marker, level, role, .. } in all.iter().map(|chain| chain.nodes[0]) {
            let Some((form, _)) = marker.filter(|_| *role == Role::Heading) else { continue };
            if *levels.entry(form).or_insert(*level) != *level {
                on_two_levels.insert(form);
            }
        }
        Chains { outline, all, on_two_levels }
    }

    /// Whether a fault is one of the numbering and not of the outline's guess at what belongs together.
    fn is_sure(&self, chain: &Chain<'_>, fault: Fault) -> bool {
        let node = |member: usize| chain.nodes[member];
        // Items of two lists, one within the other, differ in indent or separator: 1. over 1）, or 1. over an indented 1.
        if (1..chain.nodes.len()).any(|member| node(member).set_off != node(0).set_off) {
            return false;
        }
        let Some((form, number)) = node(fault.member).marker else { return false };
        // Names and agenda items are often all numbered 1.
        if number == 1 && matches!(form, Form::ArabicDot | Form::ArabicParen) {
            return false;
        }
        // A list of items that begins at 2 may have its first in a table or in the sentence above; a section may not.
        let Some(before) = fault.member.checked_sub(1) else {
            return !matches!(form, Form::ArabicDot | Form::ArabicParen | Form::Circled);
        };
        // What is missing here may stand between the two in another style: ## 一、, **二、**, ## 三、.
        // Or in another form, which is for `headings/siblings` to say.
        let index = |member: usize| self.outline.index_of(node(member).block).unwrap_or(0);
        let between = &self.outline.nodes[index(before)..index(fault.member)];
        let is_one = chain.numbers[before] + 2 == number;
        let strayed = |n: &Node| is_one && is_strayed(self.outline, n, form, number - 1);
        let stands = |n: &Node| n.marker == Some((form, number - 1)) || strayed(n);
        !(fault.kind == Break::Gap && between.iter().any(stands))
    }

    /// The last number before chain `at`, in the section before.
    fn run_on(&self, at: usize) -> Option<u32> {
        self.all[self.all[at].before? as usize].numbers.last().copied()
    }

    /// The chain that may run on from chain `at`.
    fn next(&self, at: usize) -> Option<usize> {
        self.all[at].behind.map(|behind| behind as usize)
    }

    /// Numbers `members` of chain `at` from `first` on. Where the next sections run on from the last of them their numbers
    /// move along, or the fix would break what was right. `None` if that would not mend `fault`, or bring
    /// another, or if there is no such number.
    ///
    /// Nor is it offered where the form stands on another level too: what is a gap depends there on those numbers.
    fn renumbered(&self, at: usize, fault: Fault, members: Range<usize>, first: u32) -> Option<Vec<Move>> {
        let form = self.all[at].nodes[0].marker?.0;
        if self.on_two_levels.contains(&form) {
            return None;
        }
        let mut moves = vec![(at, members, first)];
        while let Some((at, members, first)) = moves.last()
            && let chain = &self.all[*at]
            && members.end == chain.numbers.len()
            && let Some(next) = self.next(*at)
            && let Some(last) = chain.numbers.last()
            && self.all[next].numbers[0] == last + 1
        {
            let wanted = first + members.len() as u32;
            let straight = self.all[next].numbers.iter().zip(last + 1..).take_while(|(n, due)| **n == *due).count();
            moves.push((next, 0..straight, wanted));
        }
        moves.retain(|m| self.changes(m) > 0);
        let exist = moves.iter().all(|(at, members, first)| first + members.len() as u32 - 1 <= self.largest(*at));
        if !exist || moves.is_empty() {
            return None;
        }
        let (before, after) = (self.faults(&moves, false), self.faults(&moves, true));
        let mends = after.iter().all(|left| *left != (at, fault.member) && before.contains(left));
        mends.then_some(moves)
    }

    /// The largest number of the form of chain `at`.
    fn largest(&self, at: usize) -> u32 {
        match self.all[at].nodes[0].marker {
            Some((Form::Circled, _)) => 50,
            _ => marker::LARGEST,
        }
    }

    /// How many headings get another number.
    fn changes(&self, (at, members, first): &Move) -> usize {
        self.all[*at].numbers[members.clone()]
            .iter()
            .zip(*first..)
            .filter(|(number, wanted)| **number != *wanted)
            .count()
    }

    /// The faults (chain and member) of the chains of `moves`, and of the one that may run on from the last, before or
    /// after.
    fn faults(&self, moves: &[Move], after: bool) -> Vec<(usize, usize)> {
        let mut run_on = self.run_on(moves[0].0);
        let last = moves.last().and_then(|m| Some((self.next(m.0)?, 0..0, 0)));
        let mut found = Vec::new();
        for (at, members, first) in moves.iter().chain(&last) {
            let mut numbers = self.all[*at].numbers.clone();
            if after {
                numbers[members.clone()].iter_mut().zip(*first..).for_each(|(number, wanted)| *number = wanted);
            }
            found.extend(faults(&numbers, run_on).into_iter().map(|fault| (*at, fault.member)));
            run_on = numbers.last().copied();
        }
        found
    }
}

/// The faults of a chain with these numbers, one for each break and not for every number behind it.
///
/// Legal: a first chain that starts anywhere (a fragment), numbering that runs on from the section before (`run_on`, its
/// last number), a restart at 1, and 1. 1. 1. as Markdown writers number.
fn faults(numbers: &[u32], run_on: Option<u32>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if numbers.len() > 1 && numbers.iter().all(|n| *n == numbers[0]) && numbers[0] == 1 {
        return faults;
    }
    let first = numbers[0];
    if let Some(last) = run_on
        && first != 1
        && first != last + 1
    {
        let expected = if first > last { last + 1 } else { 1 };
        faults.push(Fault { member: 0, kind: Break::Gap, expected });
    }
    let mut right = first;
    let mut n = 1;
    while n < numbers.len() {
        let (number, expected, next) = (numbers[n], right + 1, numbers.get(n + 1).copied());
        if number == expected {
            right = number;
        } else if next == Some(expected + 1) && number != expected + 1 {
            // One wrong number between right ones: 一、二、二、四.
            let kind = if number == right { Break::Repeat } else { Break::Reversal };
            faults.push(Fault { member: n, kind, expected });
            right = expected;
        } else if number == 1 && right != 1 {
            right = 1;
        } else if number == expected + 1 && next == Some(expected) {
            // Two that changed places: 一、三、二、四.
            faults.push(Fault { member: n, kind: Break::Reversal, expected });
            right = number;
            n += 1;
        } else {
            let kind = match number.cmp(&right) {
                std::cmp::Ordering::Greater => Break::Gap,
                std::cmp::Ordering::Equal => Break::Repeat,
                std::cmp::Ordering::Less => Break::Reversal,
            };
            faults.push(Fault { member: n, kind, expected });
            right = number;
        }
        n += 1;
    }
    faults
}

fn finding(view: &View<'_>, chains: &Chains<'_>, at: usize, fault: Fault) -> Option<Finding> {
    let chain = &chains.all[at];
    let here = Titled::of(view, chain.nodes[fault.member])?;
    let before = match fault.member {
        0 => chain.before.and_then(|before| chains.all[before as usize].nodes.last()),
        n => chain.nodes.get(n - 1),
    };
    let before = before.and_then(|node| Titled::of(view, node));
    let marker = here.marker()?;
    let wanted = numeral::print(fault.expected, marker.numeral_form)?;
    let written = here.excerpt();
    let after = before.as_ref().map_or(String::new(), |b| format!("“{}”（第", b.excerpt()));
    let after_en = before.as_ref().map_or(String::new(), |b| format!("“{}” (line ", b.excerpt()));
    let (what, what_en) = match fault.kind {
        Break::Gap => ("序号跳号", "A number is missing"),
        Break::Repeat => ("序号重复", "A number stands twice"),
        Break::Reversal => ("序号颠倒", "The numbers are out of order"),
    };
    let mut zh = Said::from(format!("{what}："));
    let mut en = Said::from(format!("{what_en}: "));
    if before.is_some() {
        zh = zh.text(after).line(0).text("行）之后是");
        en = en.text(after_en).line(0).text(") is followed by ");
    }
    let message = Message {
        zh: zh.text(format!("“{written}”，此处应为{wanted}；请补上缺的部分，或改序号")),
        en: en.text(format!("“{written}”, where {wanted} is due. Add what is missing, or renumber.")),
    };
    let related = before.map(|b| b.related("前一个标题", "the heading before"));
    Some(Finding {
        rule: view.rule,
        severity: Severity::Error,
        message,
        place: here.place(),
        related: related.into_iter().collect(),
        fixes: fixes(view, chains, at, fault),
        identity: view.identity(here.block, &here.source()[marker.numeral.clone()]),
    })
}

/// Renumber from here to the end of the run, or the whole run, where that is something else.
fn fixes(view: &View<'_>, chains: &Chains<'_>, at: usize, fault: Fault) -> Vec<Fix> {
    let chain = &chains.all[at];
    let numbers = &chain.numbers;
    // What follows without another restart belongs to the run.
    let end = (fault.member + 1..numbers.len()).find(|&n| numbers[n] == 1).unwrap_or(numbers.len());
    let start = (1..=fault.member).rev().find(|&n| numbers[n] == 1).unwrap_or(0);
    let first = if start == 0 && fault.member > 0 { numbers[0] } else { fault.expected.min(numbers[start]) };
    let key = view.exclusive(chain.blocks[0]);
    let fix = |members: Range<usize>, first: u32, zh: &str, en: &str| {
        let moves = chains.renumbered(at, fault, members, first)?;
        let count: usize = moves.iter().map(|m| chains.changes(m)).sum();
        let title = Message::new(format!("{zh}（改{count}处）"), format!("{en} ({count} edits)"));
        let edit =
            |(at, members, first): Move| Edit::Renumber { chain: Arc::clone(&chains.all[at].blocks), members, first };
        let edits = moves.into_iter().map(edit).collect();
        Some(Fix { title, applicability: Applicability::Unsafe, key, edits })
    };
    // If what stands before is numbered right, the whole run would come out the same.
    let is_right_before = numbers[start..fault.member].iter().zip(first..).all(|(number, wanted)| *number == wanted)
        && first + (fault.member - start) as u32 == fault.expected;
    let here = fix(fault.member..end, fault.expected, "从这里起顺次重编", "Renumber from here");
    let whole = || fix(start..end, first, "整组顺次重编", "Renumber the whole chain");
    here.into_iter().chain((!is_right_before).then(whole).flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(numbers: &[u32], run_on: Option<u32>) -> Vec<(usize, Break, u32)> {
        faults(numbers, run_on).iter().map(|f| (f.member, f.kind, f.expected)).collect()
    }

    #[test]
    fn legal_chains_are_silent() {
        for numbers in [&[1, 2, 3][..], &[3, 4, 5], &[1, 1, 1], &[1, 2, 1, 2, 3], &[7]] {
            assert_eq!(shown(numbers, None), [], "{numbers:?}");
        }
        assert_eq!(shown(&[4, 5], Some(3)), []);
        assert_eq!(shown(&[1, 2], Some(3)), []);
    }

    #[test]
    fn each_break_is_one_fault() {
        use Break::*;
        assert_eq!(shown(&[1, 3, 4, 5], None), [(1, Gap, 2)]);
        assert_eq!(shown(&[1, 2, 2, 3], None), [(2, Repeat, 3)]);
        assert_eq!(shown(&[1, 2, 2, 4], None), [(2, Repeat, 3)]);
        assert_eq!(shown(&[1, 3, 2, 4], None), [(1, Reversal, 2)]);
        assert_eq!(shown(&[1, 2, 3, 2, 3], None), [(3, Reversal, 4)]);
        assert_eq!(shown(&[1, 2, 1, 4], None), [(2, Reversal, 3)]);
        assert_eq!(shown(&[1, 1, 2], None), [(1, Repeat, 2)]);
        assert_eq!(shown(&[2, 3], Some(5)), [(0, Gap, 1)]);
        assert_eq!(shown(&[7, 8], Some(5)), [(0, Gap, 6)]);
    }
}
