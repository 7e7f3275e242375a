use crate::analysis::Passage;
use crate::draft::{BlockId, EndMark, Role, Shape};
use crate::rules::finding::{MOST_RELATED, Said, stable_hash};
use crate::rules::{
    Applicability, Check, Edit, Finding, Fix, Message, Place, Related, Rule, RuleOption, Severity, View,
};
use crate::text::{Fold, Reading};
use std::sync::Arc;

/// 重复段落: a paragraph that stands twice, whatever its width, marks of emphasis and spaces.
pub struct Paragraph;

impl Rule for Paragraph {
    fn name(&self) -> &'static str {
        "duplicates/paragraph"
    }

    fn document(&self) -> &'static str {
        include_str!("paragraph.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn options(&self) -> &'static [RuleOption] {
        &[RuleOption {
            name: "minimum-han",
            meaning: "最少汉字数：短于此数的相同段落不报 / fewest Han characters of a repeated paragraph",
            // Titles, refrains and captions repeat by design; in the seeds the longest such line has 19 Han.
            default: 40,
            range: (crate::analysis::repeats::FEWEST_HAN as i64, 2000),
        }]
    }

    fn check(&self) -> Check {
        Check::Repeats(check)
    }
}

/// A copy: its passage, its place and the line-free words that name it.
struct Copy {
    passage: Passage,
    place: Place,
}

fn check(view: &View<'_>, class: &Arc<[BlockId]>, findings: &mut Vec<Finding>) {
    let minimum = view.options.get("minimum-han");
    let passages = class.iter().filter_map(|first| view.analysis.passage(*first));
    let long = passages.filter(|p| i64::from(p.han) >= minimum);
    // Masks act when deciding: a title may stand again as subtitle, a heading in the table of contents.
    let text = long.filter(|p| is_prose(view, p) && !is_cell(view, p));
    let reading = |p: &Passage| Reading::of(&view.analysis.source(p.bytes.clone()), Fold::Width);
    // Equal keys make it likely, equal readings prove it.
    let mut first_reading = None;
    let proven = text.filter(|p| {
        let reading = reading(p);
        let first = first_reading.get_or_insert_with(|| reading.clone());
        first.text() == reading.text()
    });
    let copies: Vec<Copy> =
        proven.filter_map(|passage| Some(Copy { place: view.span(passage.bytes.clone())?, passage })).collect();
    for (n, copy) in copies.iter().enumerate().skip(1) {
        findings.push(finding(view, &copies, n, copy));
    }
}

/// Running text; of headings only those that open their paragraph.
fn is_prose(view: &View<'_>, passage: &Passage) -> bool {
    let outline = &view.analysis.outline;
    match outline.index_of(passage.first).map(|index| &outline.nodes[index]) {
        Some(node) => matches!(node.role, Role::LeadIn | Role::Item) || (node.role == Role::Heading && node.run_in),
        None => true,
    }
}

/// A cell of a table that was copied one cell per line: it stands between two short lines that are no headings. What is
/// required of three departments alike is no mistake.
fn is_cell(view: &View<'_>, passage: &Passage) -> bool {
    /// Han; a cell that names something is shorter, a paragraph of prose longer.
    const SHORT: u32 = 20;
    let short = |ordinal: Option<usize>| {
        let block = ordinal.and_then(|n| view.analysis.table.get(n)).map(|(_, block)| block);
        block.is_some_and(|b| {
            let signature = b.facts.structure.signature;
            let is_line = matches!(signature.shape, Shape::Line | Shape::Scrap) && signature.end == EndMark::None;
            is_line && b.facts.han < SHORT && view.analysis.outline.role(b.id) == Role::Body
        })
    };
    short(passage.ordinals.start.checked_sub(1)) && short(Some(passage.ordinals.end))
}

fn finding(view: &View<'_>, copies: &[Copy], n: usize, copy: &Copy) -> Finding {
    let key = copy.passage.key.value();
    let others = copies.iter().enumerate().filter(|(k, _)| *k != n);
    let related = others.take(MOST_RELATED).map(|(k, other)| {
        let message = match k {
            0 => Message::new("第一次出现在这里", "it stands here first"),
            _ => Message::new("这里也相同", "and here again"),
        };
        Related { place: other.place, message }
    });
    let han = copy.passage.han;
    let (more_zh, more_en) = match copies.len() {
        2 => (String::new(), String::new()),
        all => (format!("，全文共{all}处"), format!("; {all} copies in all")),
    };
    let delete = |title: Message, first: BlockId| Fix {
        title,
        applicability: Applicability::Unsafe,
        key,
        edits: vec![Edit::DeletePassage { first }],
    };
    let here = delete(Message::new("删去这一段（重复）", "Delete this copy"), copy.passage.first);
    // With a third copy this one would still repeat another.
    let first = (copies.len() == 2).then(|| {
        let title = Message::new("删去前面那一段，保留这一段", "Delete the first copy, keep this one");
        delete(title, copies[0].passage.first)
    });
    Finding {
        rule: view.rule,
        severity: Severity::Error,
        message: Message {
            zh: Said::from("本段与第")
                .line(0)
                .text(format!("行的段落完全相同（{han}字{more_zh}）；请删去一段，或确认是有意重复")),
            en: Said::from("This paragraph repeats the one on line ")
                .line(0)
                .text(format!(" ({han} Han characters{more_en}). Delete one, or mark the repeat as intended.")),
        },
        place: copy.place,
        related: related.collect(),
        fixes: std::iter::once(here).chain(first).collect(),
        identity: stable_hash([view.rule.as_bytes(), &key.to_le_bytes()]),
    }
}
