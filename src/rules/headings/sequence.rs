use crate::draft::{Marker, Node, Role};
use crate::rules::finding::Said;
use crate::rules::{Applicability, Check, Edit, Finding, Fix, Message, Place, Related, Rule, Severity, View};
use crate::text::numeral;

/// 标题序号: a gap, a repeat or a reversal in a chain of numbered headings.
pub struct Sequence;

impl Rule for Sequence {
    fn name(&self) -> &'static str {
        "headings/sequence"
    }

    fn document(&self) -> &'static str {
        include_str!("sequence.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn check(&self) -> Check {
        Check::Outline(check)
    }
}

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

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let nodes = &view.analysis.outline.nodes;
    for chain in chains(nodes) {
        let numbers: Vec<u32> = chain.iter().filter_map(|&i| nodes[i].marker).map(|(_, n)| n).collect();
        let run_on = nodes[chain[0]].before.and_then(|b| nodes[b as usize].marker).map(|(_, n)| n);
        for fault in faults(&numbers, run_on) {
            findings.extend(finding(view, &chain, &numbers, fault));
        }
    }
}

/// Node indexes of each chain, in order. Only headings: an item list inside prose has rules of its own.
fn chains(nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut chains: Vec<Vec<usize>> = Vec::new();
    let mut chain_of = vec![usize::MAX; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        if node.role != Role::Heading || node.marker.is_none() {
            continue;
        }
        let chain = match node.previous {
            Some(previous) => chain_of[previous as usize],
            None => {
                chains.push(Vec::new());
                chains.len() - 1
            }
        };
        chain_of[index] = chain;
        chains[chain].push(index);
    }
    chains
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

/// A heading of the chain: where it stands, its marker, and its words for a message.
struct Numbered {
    place: Place,
    marker: Marker,
    words: String,
}

fn numbered(view: &View<'_>, node: &Node) -> Option<Numbered> {
    let (location, block) = view.analysis.table.find(node.block)?;
    let heading = block.facts.structure.heading.as_deref()?;
    let marker = heading.marker.clone()?;
    let source = view.source(location, block);
    Some(Numbered {
        place: view.place(block, &source, heading.title.clone()),
        words: crate::rules::view::excerpt(&source[heading.title.clone()], 16),
        marker,
    })
}

fn finding(view: &View<'_>, chain: &[usize], numbers: &[u32], fault: Fault) -> Option<Finding> {
    let nodes = &view.analysis.outline.nodes;
    let here = numbered(view, &nodes[chain[fault.member]])?;
    let before = match fault.member {
        0 => nodes[chain[0]].before.map(|b| b as usize),
        n => Some(chain[n - 1]),
    };
    let before = before.and_then(|index| numbered(view, &nodes[index]));
    let (block_location, block) = view.analysis.table.find(nodes[chain[fault.member]].block)?;
    let wanted = numeral::print(fault.expected, here.marker.numeral_form)?;
    let written = here.words.clone();
    let after = before.as_ref().map_or(String::new(), |b| format!("“{}”（第", b.words));
    let after_en = before.as_ref().map_or(String::new(), |b| format!("“{}” (line ", b.words));
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
    let related =
        before.map(|b| Related { place: b.place, message: Message::new("前一个标题", "the heading before") });
    let source = view.source(block_location, block);
    Some(Finding {
        rule: view.rule,
        severity: Severity::Error,
        message,
        place: here.place,
        related: related.into_iter().collect(),
        fixes: fixes(view, chain, numbers, fault),
        identity: view.identity(block, &source[here.marker.numeral.clone()]),
    })
}

/// Renumber from here to the end of the run, or the whole chain, where that is something else.
fn fixes(view: &View<'_>, chain: &[usize], numbers: &[u32], fault: Fault) -> Vec<Fix> {
    // What follows without another restart belongs to the run.
    let end = (fault.member + 1..numbers.len()).find(|&n| numbers[n] == 1).unwrap_or(numbers.len());
    let start = (1..=fault.member).rev().find(|&n| numbers[n] == 1).unwrap_or(0);
    let first = if start == 0 && fault.member > 0 { numbers[0] } else { fault.expected.min(numbers[start]) };
    let here = edits(view, &chain[fault.member..end], &numbers[fault.member..end], fault.expected..);
    let all = edits(view, &chain[start..end], &numbers[start..end], first..);
    let key = view.exclusive(view.analysis.outline.nodes[chain[0]].block);
    let fix = |title: Message, edits: Vec<Edit>| Fix { title, applicability: Applicability::Unsafe, key, edits };
    let (count, whole) = (here.len(), all.len());
    let is_other = all != here;
    let mut fixes = vec![fix(
        Message::new(format!("从这里起顺次重编（改{count}处）"), format!("Renumber from here ({count} edits)")),
        here,
    )];
    if is_other {
        fixes.push(fix(
            Message::new(format!("整组顺次重编（改{whole}处）"), format!("Renumber the whole chain ({whole} edits)")),
            all,
        ));
    }
    fixes.retain(|fix| !fix.edits.is_empty());
    fixes
}

/// The edits that give the headings `members` the numbers `wanted`; those that have them already need none.
fn edits(view: &View<'_>, members: &[usize], numbers: &[u32], wanted: impl Iterator<Item = u32>) -> Vec<Edit> {
    let nodes = &view.analysis.outline.nodes;
    let renumbered = members.iter().zip(numbers).zip(wanted).filter(|((_, number), wanted)| *number != wanted);
    renumbered.map(|((&member, _), number)| Edit::Renumber { heading: nodes[member].block, number }).collect()
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
