use crate::analysis::{Block, Location};
use crate::draft::{Form, Kind, Role, Shape};
use crate::figures::announced::{Announced, List, print};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Related, Severity};
use crate::rules::{Check, Rule, View};
use crate::text::numeral::{self, NumeralForm};
use std::cmp::Ordering;

/// 总括数: an announced count (`六个方面工作：`) that is not the number of items behind it.
pub static RULE: Rule = Rule {
    name: "figures/count",
    document: include_str!("count.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Lists(check),
};

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    for (location, block) in view.analysis.table.announcing() {
        let Some(announced) = &block.facts.announced else { continue };
        let counted = match announced.list {
            List::Inline { form, items } => inline(view, location, form, items),
            List::Below => below(view, location),
        };
        let differs = |counted: &Counted| counted.items >= 2 && counted.items != announced.count;
        if let Some(counted) = counted.filter(|counted| differs(counted) && !holds_more(view, counted)) {
            findings.push(finding(view, location, block, announced, counted));
        }
    }
}

/// A list as counted: how many items, and its first and last block where these stand below.
struct Counted {
    items: u32,
    ends: Option<(usize, usize)>,
    /// The blocks (ordinals) of items that stand each in a paragraph of its own.
    paragraphs: Vec<usize>,
}

/// The blocks behind `location`; comments are nobody's items.
fn behind<'v>(view: &'v View<'_>, location: Location) -> impl Iterator<Item = (Location, &'v Block)> {
    view.analysis.table.iter_from(location.ordinal + 1).filter(|(_, block)| block.kind != Kind::Comment)
}

/// Items in the announcing paragraph itself; if the next paragraph goes on with the next number, the list is not over.
fn inline(view: &View<'_>, location: Location, form: Form, items: u32) -> Option<Counted> {
    let next = behind(view, location).next();
    let goes_on = next.is_some_and(|(_, b)| b.facts.structure.signature.marker == Some((form, items + 1)));
    (!goes_on).then_some(Counted { items, ends: None, paragraphs: Vec::new() })
}

/// Items below: a run of dash or bullet paragraphs, a run of item paragraphs (一是…), or the sections of one chain.
fn below(view: &View<'_>, location: Location) -> Option<Counted> {
    let (first, block) = behind(view, location).next()?;
    let signature = block.facts.structure.signature;
    match (signature.shape, signature.marker) {
        (Shape::Dash | Shape::Bullet, _) => run(view, location, |b, _| {
            let other = b.facts.structure.signature;
            match (other.shape == signature.shape, other.indent.cmp(&signature.indent)) {
                (true, Ordering::Equal) => Item::One,
                (_, Ordering::Greater) => Item::Part,
                _ => Item::None,
            }
        }),
        (_, Some((form, 1))) if form.is_item() => {
            run(view, location, |b, n| match b.facts.structure.signature.marker {
                Some(marker) if marker == (form, n + 1) => Item::One,
                _ => Item::None,
            })
        }
        (_, Some((_, 1))) => sections(view, first.ordinal),
        _ => None,
    }
}

/// What a block is to a list.
enum Item {
    One,
    /// It belongs to the item before it.
    Part,
    None,
}

/// How many blocks a run that may be a list's end is looked past: prose between items is one paragraph or two.
const LOOK_PAST: usize = 3;

/// Counts the items behind `location`. `of` is given a block and the number of items before it. A run that goes on behind
/// a paragraph or two of prose cannot be counted.
fn run(view: &View<'_>, location: Location, of: impl Fn(&Block, u32) -> Item) -> Option<Counted> {
    let (mut paragraphs, mut past) = (Vec::new(), 0);
    for (at, block) in behind(view, location) {
        match of(block, paragraphs.len() as u32) {
            Item::One if past > 0 => return None,
            Item::One => paragraphs.push(at.ordinal),
            Item::Part if past == 0 => {}
            Item::Part | Item::None => past += 1,
        }
        if past > LOOK_PAST || (past > 0 && view.analysis.outline.role(block.id) == Role::Heading) {
            break;
        }
    }
    let ends = paragraphs.first().copied().zip(paragraphs.last().copied());
    Some(Counted { items: paragraphs.len() as u32, ends, paragraphs })
}

/// Whether an item goes on with the next one (二是…) in its own paragraph. Few lists are asked, since it reads their text.
fn holds_more(view: &View<'_>, counted: &Counted) -> bool {
    let holds_next = |(number, &ordinal): (u32, &usize)| {
        let Some((location, block)) = view.analysis.table.get(ordinal) else { return false };
        let source = view.source(location, block);
        let next = numeral::print(number + 1, NumeralForm::Han).unwrap_or_default();
        [format!("{next}是"), format!("{next}要"), format!("第{next}，")].iter().any(|marker| source.contains(marker))
    };
    (1..).zip(&counted.paragraphs).any(holds_next)
}

/// The sections numbered on from the one that begins at block `first`. A chain with a break in it is not counted: its
/// numbers are what `headings/sequence` speaks of.
fn sections(view: &View<'_>, first: usize) -> Option<Counted> {
    let analysis = view.analysis;
    let outline = &analysis.outline;
    let nodes = &outline.nodes;
    let start = outline.index_of(analysis.table.get(first)?.1.id)?;
    let (chain, member) = nodes[start].chain.filter(|_| nodes[start].role == Role::Heading)?;
    let (mut last, mut items) = (start, 1);
    for &index in &outline.chains[chain as usize].members[member as usize + 1..] {
        let node = &nodes[index as usize];
        match node.marker {
            Some((_, number)) if number == items + 1 && node.set_off == nodes[start].set_off => {
                (last, items) = (index as usize, number);
            }
            // A new list of the same form begins.
            Some((_, 1)) => break,
            _ => return None,
        }
    }
    let last = analysis.table.find(nodes[last].block)?.0.ordinal;
    // Another announcement whose list goes on with these numbers: which of the items are whose cannot be told.
    let mut others = analysis.table.announcing().filter(|(at, _)| first <= at.ordinal && at.ordinal < last);
    let runs_on = others.any(|(at, _)| {
        let next = behind(view, at).next().and_then(|(_, block)| analysis.outline.index_of(block.id));
        next.is_some_and(|n| nodes[n].level == nodes[start].level && nodes[n].marker.is_some_and(|(_, n)| n > 1))
    });
    (!runs_on).then_some(Counted { items, ends: Some((first, last)), paragraphs: Vec::new() })
}

fn finding(view: &View<'_>, location: Location, block: &Block, announced: &Announced, counted: Counted) -> Finding {
    let source = view.source(location, block);
    let start = block.facts.structure.content.start;
    let within = |range: &std::ops::Range<usize>| start + range.start..start + range.end;
    let phrase = &source[within(&announced.phrase)];
    let items = counted.items;
    let end_place = |(ordinal, zh, en): (usize, &str, &str)| {
        let (location, block) = view.analysis.table.get(ordinal)?;
        let source = view.source(location, block);
        let place = view.place(block, &source, block.facts.structure.content.clone());
        Some(Related { place, message: Message::new(zh, en) })
    };
    let related = counted.ends.into_iter().flat_map(|(first, last)| {
        [(first, "第一项", "the first item"), (last, "最后一项", "the last item")].into_iter().filter_map(end_place)
    });
    let wanted = print(items, announced.form);
    let fix = wanted.map(|text| Fix {
        title: Message::new(format!("把数目改为“{text}”"), format!("Write “{text}” instead")),
        applicability: Applicability::Unsafe,
        key: view.exclusive(block.id),
        edits: vec![Edit::Replace { place: view.place(block, &source, within(&announced.numeral)), text }],
    });
    Finding {
        rule: view.rule,
        severity: Severity::Error,
        message: Message::new(
            format!("“{phrase}”之后列出的是{items}项，不是{}项；请核对是少列一项，还是数目没改", announced.count),
            format!(
                "“{phrase}” announces {}, but {items} items follow. Check the list or the number.",
                announced.count
            ),
        ),
        place: view.place(block, &source, within(&announced.phrase)),
        related: related.collect(),
        fixes: fix.into_iter().collect(),
        identity: view.identity(block, phrase),
    }
}
