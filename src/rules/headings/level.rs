use crate::draft::{Form, Node, Outline, Role};
use crate::findings::{Finding, Message, Related, Said, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use rustc_hash::FxHashSet;

/// 标题层级: a form of number that stands below one that it should hold, one form on two levels, or a Markdown level left
/// out.
pub static RULE: Rule = Rule {
    name: "headings/level",
    document: include_str!("level.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Headings { structure: Some(check), family: None },
};

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    inverted(view, outline, findings);
    nested(view, outline, findings);
    skipped(view, outline, findings);
    shifted(view, outline, findings);
}

fn headings(outline: &Outline) -> impl Iterator<Item = &Node> {
    outline.nodes.iter().filter(|node| node.role == Role::Heading)
}

/// `1.` over （一）: numbers of the lower form run on, and those of the higher one begin again behind each. One finding for
/// each pair of forms.
fn inverted(view: &View<'_>, outline: &Outline, findings: &mut Vec<Finding>) {
    let mut told = FxHashSet::default();
    let marked: Vec<(&Node, Form, u32)> =
        headings(outline).filter_map(|node| node.marker.map(|(form, number)| (node, form, number))).collect();
    for (at, &(lower, low, number)) in marked.iter().enumerate() {
        let Some(&(first, high, 1)) = marked.get(at + 1) else { continue };
        if high >= low || high.is_structural() || told.contains(&(low, high)) {
            continue;
        }
        // The next heading that is not of the higher form is the next of the lower one, and again over a first.
        let rest = &marked[at + 1..];
        let run = rest.iter().take_while(|(_, form, _)| *form == high).count();
        let goes_on = rest.get(run).is_some_and(|(_, form, next)| (*form, *next) == (low, number + 1));
        let begins_again = rest.get(run + 1).is_some_and(|(_, form, next)| (*form, *next) == (high, 1));
        // One within the other by markup says it at once.
        let is_within = first.parent.map(|parent| outline.nodes[parent as usize].block) == Some(lower.block);
        if (goes_on && begins_again) || is_within {
            told.insert((low, high));
            findings.extend(order(view, lower, first));
        }
    }
}

fn order(view: &View<'_>, lower: &Node, higher: &Node) -> Option<Finding> {
    let (above, here) = (Titled::of(view, lower)?, Titled::of(view, higher)?);
    let (upper, said) = (above.excerpt(), here.excerpt());
    let zh = [
        format!("层次颠倒：“{upper}”（第"),
        format!("行）之下用了更高一级的序号“{said}”；结构层次序数依次为“一、”“（一）”“1.”“（1）”，请对调"),
    ];
    let en = [
        format!("Levels are upside down: below “{upper}” (line "),
        format!(") stands “{said}”, whose form of number ranks higher. The order is 一、 （一） 1. （1）."),
    ];
    Some(finding(view, Severity::Warning, &here, related(&above), "order", zh, en))
}

/// 一、 again below ## 三、: the reader cannot tell the levels apart. One finding for each form.
fn nested(view: &View<'_>, outline: &Outline, findings: &mut Vec<Finding>) {
    let mut told = FxHashSet::default();
    for node in headings(outline) {
        // One that goes on from the number above it (## 一、, **二、**, ## 三、) is its sibling in other markup.
        let Some((form, 1)) = node.marker else { continue };
        let above = std::iter::successors(node.parent, |&parent| outline.nodes[parent as usize].parent)
            .map(|parent| &outline.nodes[parent as usize])
            .find(|above| above.marker.is_some_and(|(other, _)| other == form));
        if let Some(above) = above
            && told.insert(form)
        {
            findings.extend(same_form(view, above, node));
        }
    }
}

fn same_form(view: &View<'_>, above: &Node, node: &Node) -> Option<Finding> {
    let (above, here) = (Titled::of(view, above)?, Titled::of(view, node)?);
    let (upper, said) = (above.excerpt(), here.excerpt());
    let zh = [
        format!("上下两级序号写法相同：“{upper}”（第"),
        format!("行）之下又用“{said}”；下一级请改用低一级的序号（“一、”之下用“（一）”）"),
    ];
    let en = [
        format!("Two levels have the same form of number: “{upper}” (line "),
        format!(") holds “{said}”. Number the lower level in the next form (一、 over （一）)."),
    ];
    Some(finding(view, Severity::Hint, &here, related(&above), "same form", zh, en))
}

/// ## over ####, in a draft that knows ###.
fn skipped(view: &View<'_>, outline: &Outline, findings: &mut Vec<Finding>) {
    let used: FxHashSet<u8> = headings(outline).filter_map(|node| node.depth).collect();
    let mut told = FxHashSet::default();
    for node in headings(outline) {
        let above = node.parent.map(|parent| &outline.nodes[parent as usize]);
        let Some((above, (higher, lower))) = above.and_then(|above| Some((above, (above.depth?, node.depth?)))) else {
            continue;
        };
        // A draft that never uses the level between writes its titles so, and means it. Of siblings the first speaks.
        let is_known = (higher + 1..lower).any(|between| used.contains(&between));
        if lower > higher + 1 && is_known && told.insert((node.parent, lower)) {
            findings.extend(jump(view, above, node, higher, lower));
        }
    }
}

fn jump(view: &View<'_>, above: &Node, node: &Node, higher: u8, lower: u8) -> Option<Finding> {
    let (above, here) = (Titled::of(view, above)?, Titled::of(view, node)?);
    let (high, low) = ("#".repeat(usize::from(higher)), "#".repeat(usize::from(lower)));
    let upper = above.excerpt();
    let zh = [
        format!("标题跳级：“{high} {upper}”（第"),
        format!("行）之下直接用了“{low}”；请改为“{high}#”，或补上中间一级"),
    ];
    let en = [
        format!("A level is left out: “{high} {upper}” (line "),
        format!(") is followed by “{low}”. Write “{high}#”, or add the level between."),
    ];
    Some(finding(view, Severity::Warning, &here, related(&above), "jump", zh, en))
}

/// ### 三、 between ## 二、 and ## 四、: it has the number that is missing there.
fn shifted(view: &View<'_>, outline: &Outline, findings: &mut Vec<Finding>) {
    for gap in outline.gaps().filter(|gap| gap.before.depth.is_some()) {
        let is_missing = |node: &&Node| node.marker == Some((gap.form, gap.missing)) && node.depth.is_some();
        findings.extend(gap.between.iter().find(is_missing).and_then(|node| shift(view, gap.before, node)));
    }
}

fn shift(view: &View<'_>, sibling: &Node, node: &Node) -> Option<Finding> {
    let (sibling, here) = (Titled::of(view, sibling)?, Titled::of(view, node)?);
    let marks = "#".repeat(usize::from(sibling.node.depth?));
    let (other, said) = (sibling.excerpt(), here.excerpt());
    let zh = [format!("“{said}”按序号应与“{other}”（第"), format!("行）同级，“#”的个数却不同；请改为“{marks}”")];
    let en = [
        format!("By its number “{said}” is a sibling of “{other}” (line "),
        format!("), but not by its “#”. Write “{marks}”."),
    ];
    let related = sibling.related("同级标题", "its sibling");
    Some(finding(view, Severity::Warning, &here, related, "shift", zh, en))
}

fn related(above: &Titled<'_>) -> Related {
    above.related("上一级标题", "the heading above")
}

/// A finding at a heading that is wrong beside another. The message is what stands before that one's line and what stands
/// behind it.
fn finding(
    view: &View<'_>,
    severity: Severity,
    here: &Titled<'_>,
    other: Related,
    what: &str,
    [zh, zh_behind]: [String; 2],
    [en, en_behind]: [String; 2],
) -> Finding {
    Finding {
        rule: view.rule,
        severity,
        message: Message { zh: Said::from(zh).line(0).text(zh_behind), en: Said::from(en).line(0).text(en_behind) },
        place: here.place(),
        related: vec![other],
        fixes: Vec::new(),
        identity: view.identity(here.block, what),
    }
}
