use crate::draft::lead::Fit;
use crate::draft::{EndMark, Form, Node, Outline, Role};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// 标题末标点: 。 ， 、 at the end of a heading that stands alone, and a lead-in that is closed otherwise than its
/// siblings.
pub static RULE: Rule = Rule {
    name: "headings/ending",
    document: include_str!("ending.md"),
    severity: Some(Severity::Warning),
    options: &[],
    // Whether a numbered line is a heading or an item depends on what stands under it.
    check: Check::Lists(check),
};

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    // In a hard-wrapped draft a line that ends is no paragraph that does.
    if view.analysis.wrap.is_some() {
        return;
    }
    let outline = &view.analysis.outline;
    let mut forms: BTreeMap<Option<Form>, Vec<Titled<'_>>> = BTreeMap::new();
    for node in outline.nodes.iter().filter(|node| node.role == Role::Heading) {
        forms.entry(node.marker.map(|(form, _)| form)).or_default().extend(Titled::of(view, node));
    }
    for headings in forms.into_values() {
        if headings.iter().all(|here| here.end().is_none()) {
            continue;
        }
        let mut sections: FxHashMap<u32, bool> = FxHashMap::default();
        let mut is_section = |node: &Node| {
            let chain = node.chain.map(|(chain, _)| chain);
            chain.is_none_or(|chain| *sections.entry(chain).or_insert_with(|| numbers_sections(view, outline, chain)))
        };
        let alone = headings.into_iter().filter(|here| stands_alone(view, here) && is_section(here.node));
        let (marked, plain): (Vec<Titled<'_>>, Vec<Titled<'_>>) = alone.partition(|here| here.end().is_some());
        match marked.len() > plain.len() {
            // Converted from text in which they opened their paragraphs, or a habit: one hint.
            true if marked.len() > 1 => findings.push(habit(view, &marked)),
            _ => findings.extend(marked.iter().filter_map(|here| finding(view, here))),
        }
    }
    findings.extend(outline.nodes.iter().filter_map(|node| comma(view, outline, node)));
}

/// Whether text, or a heading of its own, stands under it; else it may be an item of a list, which ends as a sentence.
fn stands_alone(view: &View<'_>, here: &Titled<'_>) -> bool {
    /// Han; an item that is a whole sentence is longer.
    const LONGEST: u32 = 30;
    /// Han; 牵头单位：县农业农村局, without end mark, is no text under a task.
    const SHORTEST_TEXT: u32 = 20;
    let node = here.node;
    // An article is a sentence, and what ends with ； is an item.
    let is_item = matches!(node.marker, Some((Form::Article, _))) || matches!(here.end(), Some('；' | ';'));
    if node.role != Role::Heading || node.run_in || is_item || here.block.facts.han > LONGEST {
        return false;
    }
    let outline = &view.analysis.outline;
    let Some((_, next)) = view.analysis.behind(here.location.ordinal) else { return false };
    let heading = outline.index_of(next.id).map(|index| &outline.nodes[index]).filter(|n| n.role == Role::Heading);
    let ends = matches!(next.facts.structure.signature.end, EndMark::Stop | EndMark::Colon);
    heading.map_or(ends || next.facts.han >= SHORTEST_TEXT, |next| next.level > node.level)
}

/// Whether the members of a chain are sections and no items: text stands under each but the last, which stands over
/// whatever follows the list.
fn numbers_sections(view: &View<'_>, outline: &Outline, chain: u32) -> bool {
    let chain = &outline.chains[chain as usize];
    let is_list = chain.form >= Form::ArabicDot && chain.members.len() == 1;
    let heads = |node: &Node| node.run_in || Titled::of(view, node).is_some_and(|here| stands_alone(view, &here));
    // Siblings that open their paragraphs end with 。, and so does one whose text is in paragraphs of its own.
    let opens = outline.members(chain).any(|node| node.run_in);
    !is_list && !opens && outline.members(chain).rev().skip(1).all(heads)
}

/// The mark behind a heading.
fn mark(here: &Titled<'_>) -> Option<Range<usize>> {
    let end = here.title().end;
    Some(end..end + here.end()?.len_utf8())
}

/// That a line without number and markup is a heading is a guess.
fn applicability(here: &Titled<'_>) -> Applicability {
    let is_sure = here.node.marker.is_some() || here.node.depth.is_some();
    if is_sure { Applicability::Safe } else { Applicability::Unsafe }
}

fn delete(here: &Titled<'_>) -> Option<Edit> {
    Some(Edit::Replace { place: here.part(mark(here)?), text: String::new() })
}

fn finding(view: &View<'_>, here: &Titled<'_>) -> Option<Finding> {
    let range = mark(here)?;
    let mark = &here.source()[range.clone()];
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("标题“{}”单独成行，末尾不用“{mark}”；请删去", here.excerpt()),
            format!("“{}” stands on a line of its own: no “{mark}” at its end. Delete it.", here.excerpt()),
        ),
        place: here.part(range),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("删去末尾的“{mark}”"), format!("Delete the “{mark}”")),
            applicability: applicability(here),
            key: view.exclusive(here.block.id),
            edits: delete(here).into_iter().collect(),
        }],
        identity: view.identity(here.block, mark),
    })
}

fn habit(view: &View<'_>, marked: &[Titled<'_>]) -> Finding {
    let (first, count) = (&marked[0], marked.len());
    Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!("这一级标题单独成行，末尾不用句号等标点（共{count}处，如“{}”）", first.excerpt()),
            format!(
                "Headings on lines of their own do not end with a mark ({count} of this kind do, such as “{}”).",
                first.excerpt()
            ),
        ),
        place: first.place(),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("删去标题末尾的标点（{count}处）"), format!("Delete these marks ({count})")),
            applicability: applicability(first),
            key: view.exclusive(first.block.id),
            edits: marked.iter().filter_map(delete).collect(),
        }],
        identity: view.identity(first.block, "habit"),
    }
}

/// The first of several lead-ins in a paragraph is closed with a comma, the others with a full stop.
fn comma(view: &View<'_>, outline: &Outline, node: &Node) -> Option<Finding> {
    if node.role != Role::LeadIn || node.part != 1 {
        return None;
    }
    let first = &outline.nodes[outline.index_of(node.block)?];
    let (here, sibling) = (Titled::of(view, first)?, Titled::of(view, node)?);
    if here.block.facts.structure.signature.fit != Fit::Comma {
        return None;
    }
    let end = here.title().end;
    let mark = here.source()[end..].chars().next()?;
    let range = end..end + mark.len_utf8();
    let (first, second) = (here.excerpt(), sibling.excerpt());
    Some(Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!("段首句“{first}”以“{mark}”收，同段的“{second}”以“。”收；请统一"),
            format!(
                "The lead-in “{first}” is closed with “{mark}”, its sibling “{second}” with “。”. Close both alike."
            ),
        ),
        place: here.part(range.clone()),
        related: vec![sibling.related("同段的另一个段首句", "another lead-in of the paragraph")],
        fixes: vec![Fix {
            title: Message::new("改为“。”", "Write “。”"),
            applicability: Applicability::Unsafe,
            key: view.exclusive(here.block.id),
            edits: vec![Edit::Replace { place: here.part(range), text: "。".to_owned() }],
        }],
        identity: view.identity(here.block, "comma"),
    })
}
