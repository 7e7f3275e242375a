use crate::draft::{Form, Gap, Node, Outline};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Said, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use crate::text::numeral::{self, NumeralForm};

/// 同级标题: a sibling whose marker is of another form (第一，…二是…第三，…), or the same title twice under one parent.
pub static RULE: Rule = Rule {
    name: "headings/siblings",
    document: include_str!("siblings.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Headings { structure: Some(in_other_forms), family: Some(twice) },
};

fn in_other_forms(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    // What is missing may stand there in other markup: ## 一、, 二、, ## 三、.
    let is_missing = |gap: &Gap<'_>| gap.between.iter().all(|node| node.marker != Some((gap.form, gap.missing)));
    for gap in outline.gaps().filter(is_missing) {
        let strayed = gap.between.iter().find(|node| is_strayed(outline, node, gap.form, gap.missing));
        findings.extend(strayed.and_then(|node| mixed(view, node, gap.form, gap.before)));
    }
}

/// Whether `node`, which stands in a gap of a chain of `form`, is the one that is missing there: it has its number, and
/// is alone in its own form and runs on from nothing.
pub(super) fn is_strayed(outline: &Outline, node: &Node, form: Form, number: u32) -> bool {
    let Some(((other, own), (chain, _))) = node.marker.zip(node.chain) else { return false };
    let alike = form.is_item() == other.is_item();
    let chain = &outline.chains[chain as usize];
    alike && own == number && own > 1 && other != form && chain.members.len() == 1 && chain.before.is_none()
}

/// The form of a marker as it is written by the book: `number` in `form`.
fn printed(form: Form, number: u32) -> Option<String> {
    let han = numeral::print(number, NumeralForm::Han)?;
    Some(match form {
        Form::HanComma => format!("{han}、"),
        Form::HanParen => format!("（{han}）"),
        Form::ArabicDot => format!("{number}."),
        Form::ArabicParen => format!("（{number}）"),
        Form::Circled => numeral::print(number, NumeralForm::Circled)?,
        Form::Ordinal => format!("第{han}，"),
        Form::Shi => format!("{han}是"),
        Form::Yao => format!("{han}要"),
        Form::Part | Form::Chapter | Form::Section | Form::Article => return None,
    })
}

fn mixed(view: &View<'_>, node: &Node, form: Form, before: &Node) -> Option<Finding> {
    let (here, before) = (Titled::of(view, node)?, Titled::of(view, before)?);
    let marker = here.marker()?;
    let wanted = printed(form, marker.number)?;
    let written = here.title().start..marker.end;
    let title = Message::new(format!("改为“{wanted}”"), format!("Write “{wanted}”"));
    let said = here.source()[written.clone()].trim().to_owned();
    let edit = Edit::Replace { place: here.part(written.clone()), text: wanted.clone() };
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message {
            zh: Said::from(format!("同级序号写法不一：前一项是“{}”（第", before.excerpt()))
                .line(0)
                .text(format!("行），这里是“{said}”；请统一为“{wanted}”")),
            en: Said::from(format!("Sibling numbers are written in two ways: “{}” (line ", before.excerpt()))
                .line(0)
                .text(format!(") is followed by “{said}”. Write “{wanted}” here.")),
        },
        place: here.part(written),
        related: vec![before.related("前一项", "the item before")],
        fixes: vec![Fix {
            title,
            applicability: Applicability::Unsafe,
            key: view.exclusive(node.block),
            edits: vec![edit],
        }],
        identity: view.identity(here.block, &said),
    })
}

/// The same title under one parent again. Short ones (小结, 背景) are names of a place in the text, not of a topic.
fn twice(view: &View<'_>, family: &[u32], findings: &mut Vec<Finding>) {
    /// Characters; a title of this length names its topic.
    const LONG_ENOUGH: u32 = 5;
    let titled = |index: u32| Titled::of(view, &view.analysis.outline.nodes[index as usize]);
    let hash = |index: u32| {
        let here = titled(index)?;
        let words = here.words();
        // Items of a list end as sentences do, and may say the same.
        (words.characters >= LONG_ENOUGH && here.end().is_none()).then_some((words.hash, index))
    };
    let mut hashes: Vec<(u64, u32)> = family.iter().filter_map(|&index| hash(index)).collect();
    hashes.sort_unstable();
    for equal in hashes.chunk_by(|one, other| one.0 == other.0) {
        let Some(first) = titled(equal[0].1) else { continue };
        for here in equal[1..].iter().filter_map(|&(_, index)| titled(index)) {
            // The number stands twice too: `headings/sequence` says so.
            if here.node.marker.is_none() || here.node.marker != first.node.marker {
                findings.push(again(view, &here, &first));
            }
        }
    }
}

fn again(view: &View<'_>, here: &Titled<'_>, first: &Titled<'_>) -> Finding {
    let said = here.excerpt();
    Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message {
            zh: Said::from(format!("同一部分里两个标题相同：“{said}”，与第"))
                .line(0)
                .text("行重复；请合并，或改写其中一个"),
            en: Said::from(format!("“{said}” is the title of two siblings (also line "))
                .line(0)
                .text("). Merge the sections, or rename one."),
        },
        place: here.place(),
        related: vec![first.related("另一个相同的标题", "the other one")],
        fixes: Vec::new(),
        identity: view.identity(here.block, "twice"),
    }
}
