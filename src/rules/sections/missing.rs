use crate::draft::Role;
use crate::findings::{Finding, Message, Severity};
use crate::profile::Topic;
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, RuleOption, View};
use crate::text::{Fold, Reading};

/// 缺少内容: a topic that nearly all reports of this kind have, and this one never mentions.
pub struct Missing;

impl Rule for Missing {
    fn name(&self) -> &'static str {
        "sections/missing"
    }

    fn document(&self) -> &'static str {
        include_str!("missing.md")
    }

    fn severity(&self) -> Option<Severity> {
        // Off: see 出处 in the text.
        None
    }

    fn options(&self) -> &'static [RuleOption] {
        &[HAN]
    }

    fn check(&self) -> Check {
        Check::Text(check)
    }
}

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
    let analysis = view.analysis;
    let topics = view.profile.sections.iter().filter(|topic| topic.of >= FEWEST_EXEMPLARS);
    let usual: Vec<&Topic> = topics.filter(|topic| 10 * topic.support.documents >= 9 * topic.of).collect();
    if usual.is_empty() || analysis.rope.len_bytes() > MOST_BYTES {
        return;
    }
    let nodes = &analysis.outline.nodes;
    let is_head = |role| matches!(role, Role::Heading | Role::LeadIn);
    if nodes.iter().filter(|node| is_head(node.role)).count() < FEWEST_HEADINGS {
        return;
    }
    let portrait = analysis.portrait();
    // Without a kind it is an article, which speaks of what it likes.
    let Some(kind) = &portrait.identity.kind else { return };
    if !portrait.identity.tells_of_a_consultative_body() {
        return;
    }
    let (mut han, mut absent) = (0, usual.clone());
    for passage in analysis.passages(0..analysis.table.len()) {
        let reading = Reading::of(&analysis.source(passage.bytes.clone()), Fold::None);
        if is_part(reading.text()) {
            return;
        }
        han += passage.han;
        absent.retain(|topic| !topic.is_in(reading.text()));
    }
    if i64::from(han) < view.options.get(HAN.name) || TOPICS_TO_ONE * absent.len() > usual.len() {
        return;
    }
    let Some((_, block)) = analysis.table.at_byte(portrait.bytes(kind).start) else { return };
    let title = analysis.outline.index_of(block.id).and_then(|index| Titled::of(view, &nodes[index]));
    let Some(place) = title.map(|title| title.place()).or_else(|| view.span(portrait.bytes(kind))) else { return };
    for topic in &absent {
        let before = usual.iter().take_while(|other| other.name != topic.name);
        let before = before.filter(|other| absent.iter().all(|topic| topic.name != other.name)).last();
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

/// Whether a note at either end of a paragraph, or a short line, says that the draft is no whole report.
fn is_part(text: &str) -> bool {
    let border = |(at, _): (usize, char)| at;
    let head = text.char_indices().nth(NOTE).map_or(text, |c| &text[..border(c)]);
    let tail = text.char_indices().rev().nth(NOTE - 1).map_or(text, |c| &text[border(c)..]);
    let has_note = |part: &&str| head.contains(*part) || tail.contains(*part);
    PARTS.iter().any(|part| has_note(&part))
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
