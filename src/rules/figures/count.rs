use crate::analysis::{Block, Location};
use crate::draft::{Form, Role, Shape};
use crate::figures::announced::{Announced, List};
use crate::rules::{Applicability, Check, Edit, Finding, Fix, Message, Related, Rule, Severity, View};
use crate::text::numeral::{self, NumeralForm};

/// 总括数: an announced count (`六个方面工作：`) that is not the number of items behind it.
pub struct Count;

impl Rule for Count {
    fn name(&self) -> &'static str {
        "figures/count"
    }

    fn document(&self) -> &'static str {
        include_str!("count.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn check(&self) -> Check {
        Check::Lists(check)
    }
}

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    for (location, block) in view.analysis.table.announcing() {
        let Some(announced) = &block.facts.announced else { continue };
        let counted = match announced.list {
            List::Inline { form, items } => inline(view, location, form, items),
            List::Below => below(view, location),
        };
        if let Some(counted) = counted.filter(|c| c.items >= 2 && c.items != announced.count) {
            findings.push(finding(view, location, block, announced, counted));
        }
    }
}

/// A list as counted: how many items, and its first and last block where these stand below.
struct Counted {
    items: u32,
    ends: Option<(usize, usize)>,
}

/// Items in the announcing paragraph itself; if the next paragraph goes on with the next number, the list is not over.
fn inline(view: &View<'_>, location: Location, form: Form, items: u32) -> Option<Counted> {
    let next = view.analysis.table.get(location.ordinal + 1);
    let goes_on = next.is_some_and(|(_, b)| b.facts.structure.signature.marker == Some((form, items + 1)));
    (!goes_on).then_some(Counted { items, ends: None })
}

/// Items below: a run of dash or bullet paragraphs, a run of item paragraphs (一是…), or the sections of one chain.
fn below(view: &View<'_>, location: Location) -> Option<Counted> {
    let table = &view.analysis.table;
    let first = location.ordinal + 1;
    let signature = table.get(first)?.1.facts.structure.signature;
    match (signature.shape, signature.marker) {
        (Shape::Dash | Shape::Bullet, _) => {
            let same = |b: &Block| b.facts.structure.signature.shape == signature.shape;
            let items = table.iter_from(first).take_while(|(_, b)| same(b)).count();
            Some(Counted { items: items as u32, ends: Some((first, first + items - 1)) })
        }
        (_, Some((form, 1))) if form.is_item() => {
            let numbers = table.iter_from(first).map(|(_, b)| b.facts.structure.signature.marker);
            let items = numbers.zip(1u32..).take_while(|(marker, n)| *marker == Some((form, *n))).count();
            Some(Counted { items: items as u32, ends: Some((first, first + items - 1)) })
        }
        (_, Some((_, 1))) => sections(view, first),
        _ => None,
    }
}

/// The sections numbered on from the one that begins at block `first`. A chain with a break in it is not counted: its
/// numbers are what `headings/sequence` speaks of.
fn sections(view: &View<'_>, first: usize) -> Option<Counted> {
    let analysis = view.analysis;
    let nodes = &analysis.outline.nodes;
    let start = analysis.outline.index_of(analysis.table.get(first)?.1.id)?;
    if nodes[start].role != Role::Heading {
        return None;
    }
    let (mut last, mut items) = (start, 1);
    for (index, node) in nodes.iter().enumerate().skip(start + 1) {
        if node.previous != Some(last as u32) {
            continue;
        }
        match node.marker {
            Some((_, number)) if number == items + 1 => (last, items) = (index, number),
            // A new list of the same form begins.
            Some((_, 1)) => break,
            _ => return None,
        }
    }
    let last = analysis.table.find(nodes[last].block)?.0.ordinal;
    Some(Counted { items, ends: Some((first, last)) })
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
    let wanted = printed(items, announced.form);
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

/// A count before an item word: 两个方面, not 二个方面.
fn printed(n: u32, form: NumeralForm) -> Option<String> {
    match (n, form) {
        (2, NumeralForm::Han) => Some("两".to_owned()),
        _ => numeral::print(n, form),
    }
}
