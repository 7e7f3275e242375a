use crate::draft::Role;
use crate::findings::{Finding, Message, Severity};
use crate::profile::Topic;
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, RuleOption, View};
use crate::text::{Fold, Reading};

/// 缺少内容: a topic that nearly all reports of this kind have, and this one never mentions.
pub static RULE: Rule = Rule {
    name: "sections/missing",
    document: include_str!("missing.md"),
    // Off: see 出处 in the text.
    severity: None,
    options: &[HAN],
    check: Check::Text(check),
};

/// Exemplars that prove what a kind of report has.
const FEWEST_EXEMPLARS: u32 = 4;
/// A shorter draft is a part of a report, or not written yet: the shortest of the seeds has 2,600 Han.
const HAN: RuleOption = RuleOption {
    name: "minimum-han",
    meaning: "全文最少汉字数：短于此数的稿件不查 / fewest Han characters of a draft",
    default: 2000,
    range: (100, 100_000),
};
/// A longer text is a book of reports. In bytes; the reports of the provinces have some 60 KB.
const MOST_BYTES: usize = 300_000;
/// Headings and lead-ins that show a whole report with its sections.
const FEWEST_HEADINGS: usize = 4;
/// Of so many topics one may be missing: what lacks more is another kind of report.
const TOPICS_TO_ONE: usize = 4;
/// What a newspaper writes on a part of a report, or on a shortened one.
const PARTS: [&str; 6] = ["上接第", "下转第", "摘登", "摘要", "节选", "摘编"];
/// Characters of a paragraph at whose ends such a note stands.
const NOTE: usize = 12;

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let topics = view.profile.sections.iter().filter(|topic| topic.of >= FEWEST_EXEMPLARS);
    let usual: Vec<&Topic> = topics.filter(|topic| 10 * topic.support.documents >= 9 * topic.of).collect();
    let nodes = &view.analysis.outline.nodes;
    let heads = nodes.iter().filter(|node| matches!(node.role, Role::Heading | Role::LeadIn)).count();
    if usual.is_empty() || heads < FEWEST_HEADINGS || view.analysis.rope.len_bytes() > MOST_BYTES {
        return;
    }
    let portrait = view.analysis.portrait();
    // Without a kind it is an article, which speaks of what it likes.
    let kind = portrait.identity.kind.as_ref().filter(|_| portrait.identity.tells_of_a_consultative_body());
    let Some(kind) = kind.map(|kind| portrait.bytes(kind)) else { return };
    let Some((_, block)) = view.analysis.table.at_byte(kind.start) else { return };
    let title = view.analysis.outline.index_of(block.id).and_then(|index| Titled::of(view, &nodes[index]));
    let Some(place) = title.map(|title| title.place()).or_else(|| view.span(kind)) else { return };
    let absent = absent(view, &usual);
    let is_absent = |topic: &Topic| absent.iter().any(|other| other.name == topic.name);
    for topic in &absent {
        let before = usual.iter().take_while(|other| other.name != topic.name).filter(|other| !is_absent(other)).last();
        findings.push(Finding {
            rule: view.rule,
            severity: Severity::Hint,
            message: message(topic, before.copied()),
            place,
            related: Vec::new(),
            fixes: Vec::new(),
            identity: view.identity(block, &topic.name),
        });
    }
}

/// The topics of which the draft says nothing; none if it is no whole report with nearly all of them.
fn absent<'p>(view: &View<'_>, usual: &[&'p Topic]) -> Vec<&'p Topic> {
    let (mut han, mut absent) = (0, usual.to_vec());
    for passage in view.analysis.passages(0..view.analysis.table.len()) {
        // As it is read: the source has 社情 民意 where a line was broken.
        let reading = Reading::of(&view.analysis.source(passage.bytes.clone()), Fold::None);
        if is_part(reading.text()) {
            return Vec::new();
        }
        han += passage.han;
        absent.retain(|topic| !topic.is_in(reading.text()));
    }
    let is_whole = i64::from(han) >= view.options.get(HAN.name) && TOPICS_TO_ONE * absent.len() <= usual.len();
    if is_whole { absent } else { Vec::new() }
}

/// Whether a note at either end of a paragraph says that the draft is no whole report.
fn is_part(text: &str) -> bool {
    let head = text.char_indices().nth(NOTE).map_or(text, |(at, _)| &text[..at]);
    let tail = text.char_indices().rev().nth(NOTE - 1).map_or(text, |(at, _)| &text[at..]);
    PARTS.iter().any(|part| head.contains(part) || tail.contains(part))
}

fn message(topic: &Topic, before: Option<&Topic>) -> Message {
    let Topic { name, terms, position, of, support } = topic;
    let documents = support.documents;
    let behind = before.map_or((String::new(), String::new()), |topic| {
        (format!("、“{}”之后", topic.name), format!(", behind “{}”", topic.name))
    });
    let words = terms.join("、");
    Message::new(
        format!(
            "全文没有提到“{name}”（{words}）：在 {of} 份范例中有 {documents} 份写到，多在全文{position}%处{}；如系遗漏请补写，如系有意可不改",
            behind.0
        ),
        format!(
            "Nothing here speaks of “{name}” ({words}): {documents} of {of} exemplars do, mostly at {position} % of the text{}. Write it if it was forgotten; leave it if it is meant.",
            behind.1
        ),
    )
}
