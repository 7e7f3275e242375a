use crate::draft::marker::Mark;
use crate::draft::{Chain, Form};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use std::collections::BTreeMap;
use std::ops::Range;

/// 序号标点: what stands behind the number of a heading (1、 for 1., （一）、 for （一）), brackets of the wrong width, and a
/// wrong space behind `#`.
pub static RULE: Rule = Rule {
    name: "headings/marker",
    document: include_str!("marker.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Outline(check),
};

/// What can be wrong with a marker. Markers of one form are written in one way or another: they are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// 1、 一. （一）、 第一、 第一章、 ①、 一是，
    Separator,
    /// (一) among （一）
    Narrow,
    /// （一） among (一)
    Wide,
}

/// A heading whose marker is to be edited.
type Amiss<'v> = (Titled<'v>, Vec<(Range<usize>, &'static str)>);

/// A marker that is written otherwise than by the book, or than its kind is in this draft.
struct Wrong<'v> {
    here: Titled<'v>,
    /// What is written, what it should be, and what of it to replace, in bytes of the block.
    written: Range<usize>,
    wanted: String,
    edits: Vec<(Range<usize>, &'static str)>,
}

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let mut right: BTreeMap<Form, usize> = BTreeMap::new();
    // Where a whole draft writes them so, the sources of all are read only if that is told.
    let mut wrong: BTreeMap<(Form, Fault), Vec<Amiss<'_>>> = BTreeMap::new();
    let (mut narrow, mut wide) = (Vec::new(), Vec::new());
    // Two separators in one chain may be two levels: 1. over 1、.
    let outline = &view.analysis.outline;
    let is_straight = |chain: &Chain| outline.numbers(chain).windows(2).all(|pair| pair[0] + 1 == pair[1]);
    let marked = outline.nodes.iter().filter(|node| node.marker.is_some() || node.depth.is_some());
    for here in marked.filter_map(|node| Titled::of(view, node)) {
        findings.extend(space(view, &here));
        let Some((form, number)) = here.node.marker else { continue };
        // One that stands alone in its form strayed in: what it should be is for `headings/siblings` to say.
        let is_lone = here.node.chain.is_some_and(|(chain, _)| outline.chains[chain as usize].members.len() == 1);
        if is_lone && number > 1 {
            continue;
        }
        match separator(&here) {
            Some(separator) => {
                wrong.entry((form, Fault::Separator)).or_default().push((here, vec![separator]));
                continue;
            }
            None => *right.entry(form).or_default() += 1,
        }
        match here.marker().filter(|marker| marker.mark == Mark::Brackets) {
            Some(marker) if marker.is_narrow => narrow.push(here),
            Some(_) => wide.push(here),
            None => {}
        }
    }
    // Which brackets are right is the draft's to say: the width that most have.
    let (fault, few, many) = match narrow.len() < wide.len() {
        true => (Fault::Narrow, narrow, wide.len()),
        false => (Fault::Wide, wide, narrow.len()),
    };
    if 2 * few.len() < many {
        for here in few {
            let edits = brackets(&here, fault);
            let form = here.node.marker.map_or(Form::HanParen, |(form, _)| form);
            wrong.entry((form, fault)).or_default().push((here, edits));
        }
    }
    for ((form, fault), mut wrong) in wrong {
        if fault == Fault::Separator && wrong.len() > right.get(&form).copied().unwrap_or(0) {
            let first = Wrong::of(wrong.remove(0));
            if !is_house_style(view, &first) {
                let others: Vec<Wrong<'_>> = wrong.into_iter().map(Wrong::of).collect();
                findings.push(habit(view, &first, &others));
            }
            continue;
        }
        let is_sure = |(here, _): &Amiss<'_>| {
            here.node.chain.is_some_and(|(chain, _)| is_straight(&outline.chains[chain as usize]))
        };
        findings.extend(wrong.into_iter().filter(is_sure).map(|amiss| finding(view, &Wrong::of(amiss))));
    }
}

/// The separator of a marker that is not the one of its form (GB/T 15834 附录B.3), and what it should be.
fn separator(here: &Titled<'_>) -> Option<(Range<usize>, &'static str)> {
    let (marker, (form, _)) = (here.marker()?, here.node.marker?);
    let last = marker.end - marker.last.len_utf8()..marker.end;
    let next = marker.end..marker.end + marker.next.map_or(0, char::len_utf8);
    match (form, marker.mark) {
        (Form::ArabicDot, Mark::Comma) => Some((last, ".")),
        (Form::HanComma, Mark::Dot) => Some((last, "、")),
        (Form::HanParen | Form::ArabicParen, Mark::Brackets) if matches!(marker.last, '、' | '.' | '．') => {
            Some((last, ""))
        }
        (_, Mark::Brackets) if marker.is_narrow && marker.last == '）' => Some((last, ")")),
        (_, Mark::Brackets) if !marker.is_narrow && marker.last == ')' => Some((last, "）")),
        (Form::HanComma, Mark::Comma) if matches!(marker.last, '，' | '：') => Some((last, "、")),
        (Form::Ordinal, _) if marker.last == '、' => Some((last, "，")),
        (Form::Part | Form::Chapter | Form::Section, _) if matches!(marker.next, Some('、' | '，' | '.' | '．')) => {
            Some((next, "　"))
        }
        (Form::Circled, _) if matches!(marker.next, Some('、' | '.' | '．')) => Some((next, "")),
        (Form::Shi | Form::Yao, _) if marker.next == Some('，') => Some((next, "")),
        _ => None,
    }
}

/// The edits that give both brackets the other width.
fn brackets(here: &Titled<'_>, fault: Fault) -> Vec<(Range<usize>, &'static str)> {
    let end = here.marker().map_or(here.title().start, |marker| marker.end);
    let marks = here.source()[here.title().start..end].char_indices();
    let other = |mark: char| match (fault, mark) {
        (Fault::Narrow, '(') => Some("（"),
        (Fault::Narrow, ')') => Some("）"),
        (Fault::Wide, '（') => Some("("),
        (Fault::Wide, '）') => Some(")"),
        _ => None,
    };
    let start = here.title().start;
    marks.filter_map(|(at, mark)| Some((start + at..start + at + mark.len_utf8(), other(mark)?))).collect()
}

impl<'v> Wrong<'v> {
    fn of((here, edits): Amiss<'v>) -> Wrong<'v> {
        let end = edits.last().map_or(0, |(range, _)| range.end);
        let written = here.title().start..end.max(here.marker().map_or(0, |marker| marker.end));
        let (mut wanted, mut from) = (String::new(), written.start);
        for (range, text) in &edits {
            wanted += &here.source()[from..range.start];
            wanted += text;
            from = range.end;
        }
        wanted += &here.source()[from..written.end];
        Wrong { written, wanted, edits, here }
    }

    fn said(&self) -> &str {
        self.here.source()[self.written.clone()].trim()
    }

    fn edits(&self) -> impl Iterator<Item = Edit> {
        self.edits
            .iter()
            .map(|(range, text)| Edit::Replace { place: self.here.part(range.clone()), text: (*text).to_owned() })
    }
}

fn finding(view: &View<'_>, wrong: &Wrong<'_>) -> Finding {
    let (said, wanted) = (wrong.said(), wrong.wanted.trim());
    Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("序号“{said}”应写作“{wanted}”，与本稿其他序号一致"),
            format!("“{said}” should be “{wanted}”, as the other numbers of this draft are."),
        ),
        place: wrong.here.part(wrong.written.clone()),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("改为“{wanted}”"), format!("Write “{wanted}”")),
            applicability: Applicability::Safe,
            key: view.exclusive(wrong.here.block.id),
            edits: wrong.edits().collect(),
        }],
        identity: view.identity(wrong.here.block, said),
    }
}

/// Whether good reports of this house write it so too: at least two of them, and most of the headings of a level.
fn is_house_style(view: &View<'_>, wrong: &Wrong<'_>) -> bool {
    let Some(marker) = wrong.here.marker() else { return false };
    let said = marker.set_to_one(wrong.here.source(), wrong.written.clone());
    let forms = &mut view.profile.headings.iter();
    forms.any(|form| form.form == said.trim() && form.share > 50 && form.support.documents >= 2)
}

/// The draft writes them all so: one hint, where the first stands.
fn habit(view: &View<'_>, first: &Wrong<'_>, others: &[Wrong<'_>]) -> Finding {
    let (said, wanted, count) = (first.said(), first.wanted.trim(), 1 + others.len());
    Finding {
        severity: Severity::Hint,
        message: Message::new(
            format!("序号“{said}”按标准应写作“{wanted}”（全文{count}处）"),
            format!("By the standard “{said}” is written “{wanted}” ({count} places)."),
        ),
        fixes: vec![Fix {
            title: Message::new(
                format!("全部改为“{wanted}”式（{count}处）"),
                format!("Write all of them as “{wanted}” ({count})"),
            ),
            applicability: Applicability::Safe,
            key: view.exclusive(first.here.block.id),
            edits: first.edits().chain(others.iter().flat_map(Wrong::edits)).collect(),
        }],
        ..finding(view, first)
    }
}

/// `#` and a space that Markdown does not know: what an input method types.
fn space(view: &View<'_>, here: &Titled<'_>) -> Option<Finding> {
    let structure = &here.block.facts.structure;
    here.node.depth?;
    let text = &here.source()[structure.content.clone()];
    let start = structure.content.start + text.len() - text.trim_start_matches('#').len();
    let rest = here.source().get(start..here.title().start)?;
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']).len();
    let range = start..start + spaces;
    if start == structure.content.start || !here.source()[range.clone()].starts_with(['\u{3000}', '\u{a0}']) {
        return None;
    }
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            "“#”后面是全角空格或不间断空格，Markdown不认作标题；请改为半角空格",
            "“#” is followed by a full-width or no-break space: to Markdown this is no heading. Use an ordinary space.",
        ),
        place: here.part(range.clone()),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new("改为半角空格", "Use an ordinary space"),
            applicability: Applicability::Safe,
            key: view.exclusive(here.block.id),
            edits: vec![Edit::Replace { place: here.part(range), text: " ".to_owned() }],
        }],
        identity: view.identity(here.block, "space"),
    })
}
