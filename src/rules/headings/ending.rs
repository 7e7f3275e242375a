use crate::draft::lead::Fit;
use crate::draft::{Form, Kind, Node, Outline, Role};
use crate::rules::titled::Titled;
use crate::rules::{Applicability, Check, Edit, Finding, Fix, Message, Rule, Severity, View};
use std::collections::BTreeMap;
use std::ops::Range;

/// 标题末标点: 。 ； ， 、 at the end of a heading that stands alone, and a lead-in that is closed otherwise than its
/// siblings.
pub struct Ending;

impl Rule for Ending {
    fn name(&self) -> &'static str {
        "headings/ending"
    }

    fn document(&self) -> &'static str {
        include_str!("ending.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Warning)
    }

    fn check(&self) -> Check {
        // Whether a numbered line is a heading or an item depends on what stands under it.
        Check::Lists(check)
    }
}

/// A heading and the mark that it ends with.
struct Ended<'v> {
    here: Titled<'v>,
    mark: Option<Range<usize>>,
}

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    let mut forms: BTreeMap<Option<Form>, Vec<&Node>> = BTreeMap::new();
    for node in outline.nodes.iter().filter(|node| node.role == Role::Heading) {
        forms.entry(node.marker.map(|(form, _)| form)).or_default().push(node);
    }
    for nodes in forms.into_values() {
        let run_in = nodes.iter().filter(|node| node.run_in).count();
        let alone =
            nodes.into_iter().filter(|node| stands_alone(view, outline, node) && siblings_do(view, outline, node));
        let ended = alone.filter_map(|node| Ended::of(view, node));
        let (marked, plain): (Vec<Ended<'_>>, Vec<Ended<'_>>) = ended.partition(|ended| ended.mark.is_some());
        match marked.len() > plain.len() {
            // Siblings open their paragraphs and end with 。, and so does one whose text is in paragraphs of its own.
            true if run_in > 0 => {}
            // Converted from text in which they opened their paragraphs, or a habit: one hint.
            true if marked.len() > 1 => findings.push(habit(view, &marked)),
            _ => findings.extend(marked.iter().filter_map(|ended| finding(view, ended))),
        }
    }
    findings.extend(outline.nodes.iter().filter_map(|node| comma(view, outline, node)));
}

/// Whether text, or a heading of its own, stands under `node`; else it may be an item of a list, which ends as a sentence.
fn stands_alone(view: &View<'_>, outline: &Outline, node: &Node) -> bool {
    /// Han; an item that is a whole sentence is longer.
    const LONGEST: u32 = 30;
    let table = &view.analysis.table;
    let Some((location, block)) = table.find(node.block) else { return false };
    if node.role != Role::Heading || node.run_in || block.facts.han > LONGEST {
        return false;
    }
    let Some((_, next)) = table.iter_from(location.ordinal + 1).find(|(_, block)| block.kind != Kind::Comment) else {
        return false;
    };
    let heading = outline.index_of(next.id).map(|index| &outline.nodes[index]).filter(|n| n.role == Role::Heading);
    heading.is_none_or(|next| next.level > node.level)
}

/// Whether text stands under the other members of its chain too: the last item of a list stands over whatever follows
/// the list.
fn siblings_do(view: &View<'_>, outline: &Outline, node: &Node) -> bool {
    let Some((chain, _)) = node.chain else { return true };
    let chain = &outline.chains[chain as usize];
    let is_list = chain.form >= Form::ArabicDot && chain.members.len() == 1;
    !is_list
        && outline.members(chain).rev().skip(1).all(|sibling| sibling.run_in || stands_alone(view, outline, sibling))
}

impl<'v> Ended<'v> {
    fn of(view: &'v View<'_>, node: &'v Node) -> Option<Ended<'v>> {
        let here = Titled::of(view, node)?;
        let mark = here.source[here.title.end..].chars().next().filter(|c| matches!(c, '。' | '；' | '，' | '、'));
        let mark = mark.map(|mark| here.title.end..here.title.end + mark.len_utf8());
        Some(Ended { here, mark })
    }

    fn edit(&self, view: &View<'_>) -> Option<Edit> {
        Some(Edit::Replace { place: self.here.part(view, self.mark.clone()?), text: String::new() })
    }
}

fn finding(view: &View<'_>, ended: &Ended<'_>) -> Option<Finding> {
    let here = &ended.here;
    let range = ended.mark.clone()?;
    let mark = &here.source[range.clone()];
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("标题“{}”单独成行，末尾不用“{mark}”；请删去", here.excerpt()),
            format!("“{}” stands on a line of its own: no “{mark}” at its end. Delete it.", here.excerpt()),
        ),
        place: here.part(view, range),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("删去末尾的“{mark}”"), format!("Delete the “{mark}”")),
            applicability: Applicability::Safe,
            key: view.exclusive(here.block.id),
            edits: ended.edit(view).into_iter().collect(),
        }],
        identity: view.identity(here.block, mark),
    })
}

fn habit(view: &View<'_>, marked: &[Ended<'_>]) -> Finding {
    let (first, count) = (&marked[0].here, marked.len());
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
        place: first.place(view),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("删去标题末尾的标点（{count}处）"), format!("Delete these marks ({count})")),
            applicability: Applicability::Safe,
            key: view.exclusive(first.block.id),
            edits: marked.iter().filter_map(|ended| ended.edit(view)).collect(),
        }],
        identity: view.identity(first.block, "habit"),
    }
}

/// The first of several lead-ins in a paragraph is closed with a comma, the others with a full stop.
fn comma(view: &View<'_>, outline: &Outline, node: &Node) -> Option<Finding> {
    let here = Titled::of(view, node).filter(|_| node.role == Role::LeadIn && node.part == 0)?;
    let structure = &here.block.facts.structure;
    let index = outline.index_of(node.block)?;
    let next = outline.nodes.get(index + 1).filter(|next| next.block == node.block)?;
    if structure.signature.fit != Fit::Comma {
        return None;
    }
    let mark = here.source[here.title.end..].chars().next()?;
    let range = here.title.end..here.title.end + mark.len_utf8();
    let sibling = Titled::of(view, next)?;
    Some(Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!("段首句“{}”以“{mark}”收，同段的“{}”以“。”收；请统一", here.excerpt(), sibling.excerpt()),
            format!(
                "The lead-in “{}” is closed with “{mark}”, its sibling “{}” with “。”. Close both alike.",
                here.excerpt(),
                sibling.excerpt()
            ),
        ),
        place: here.part(view, range.clone()),
        related: vec![sibling.related(view, "同段的另一个段首句", "another lead-in of the paragraph")],
        fixes: vec![Fix {
            title: Message::new("改为“。”", "Write “。”"),
            applicability: Applicability::Unsafe,
            key: view.exclusive(here.block.id),
            edits: vec![Edit::Replace { place: here.part(view, range), text: "。".to_owned() }],
        }],
        identity: view.identity(here.block, "comma"),
    })
}
