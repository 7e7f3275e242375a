use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Message, Severity};
use crate::profile::{Near, Run, runs};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, RuleOption, View};
use crate::similarity::mask::set_phrases;
use crate::text::Fold;
use std::cell::OnceCell;
use std::ops::Range;

/// 规范表述: wording that is one slip away from a phrase that several good reports share to the letter.
pub static RULE: Rule = Rule {
    name: "wording/phrase",
    document: include_str!("phrase.md"),
    severity: Some(Severity::Hint),
    options: &[DOCUMENTS],
    check: Check::Block(check),
};

const DOCUMENTS: RuleOption = RuleOption {
    name: "documents",
    meaning: "规范表述至少见于几份范文 / in how many exemplars a phrase must stand",
    default: 2,
    range: (1, 1000),
};

/// Letters of a phrase that two exemplars prove; a shorter one needs a third. Houses of four or five reports have 578
/// phrases: 17 other reports differ from them 4 times, by another word each time (重点抓好—重点做好), in phrases of 8.
const LONG: usize = 12;

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if view.profile.phrases.is_empty() || !block.facts.structure.is_text() {
        return;
    }
    let words = Words::of(view, block, source, Fold::None);
    for run in runs(words.text(), |_| false) {
        let letters: Vec<char> = run.letters.iter().map(|letter| letter.value).collect();
        // Slips are rare: what is asked of them is not asked of every run.
        let set = OnceCell::new();
        let is_set = |stretch: Range<usize>| {
            set.get_or_init(|| set_phrases(&letters, &view.profile.phrases))[stretch].iter().all(|set| *set)
        };
        let mut at = 0;
        while at < letters.len() {
            let near = slip(view, &letters[at..], |range| is_set(at + range.start..at + range.end));
            at += near.map_or(1, |near| near.letters);
            if let Some(near) = near {
                findings.push(finding(&words, &run, at - near.letters, &near));
            }
        }
    }
}

/// The slip that `letters` begin with. What is changed within a phrase that stands there whole is that phrase's.
fn slip<'v>(view: &'v View<'_>, letters: &[char], is_set: impl Fn(Range<usize>) -> bool) -> Option<Near<'v>> {
    let least = view.options.get(DOCUMENTS.name) as u32;
    let near = view.profile.phrases.near(letters);
    let is_proven = |near: &Near<'_>| {
        let documents = near.phrase.support.documents;
        documents >= least && (documents > 2 || near.letters >= LONG)
    };
    let found = near.filter(|near| is_proven(near) && !is_set(near.changed().0));
    found.max_by_key(|near| (near.phrase.support.documents, near.letters))
}

fn finding(words: &Words<'_>, run: &Run, at: usize, near: &Near<'_>) -> Finding {
    let bytes = |letters: Range<usize>| run.letters[letters.start].at as usize..run.letters[letters.end - 1].end();
    let (changed, wanted) = near.changed();
    let changed = bytes(at + changed.start..at + changed.end);
    let phrase = &near.phrase.text;
    let mut whole = bytes(at..at + near.letters);
    if phrase.ends_with('”') && words.behind(whole.end) == Some('”') {
        whole.end += '”'.len_utf8();
    }
    let said = words.said(whole.clone());
    let (documents, instances) = (near.phrase.support.documents, near.phrase.support.instances);
    let message = Message::new(
        format!("“{said}”与规范表述“{phrase}”只差一处；后者在 {documents} 份报告中出现 {instances} 次，请核对"),
        format!(
            "“{said}” is one slip away from “{phrase}”, which stands {instances} times in {documents} reports. Is it meant?"
        ),
    );
    let fix = words.fix(
        Message::new(format!("改为“{phrase}”"), format!("Write “{phrase}”")),
        Applicability::Unsafe,
        [(changed, wanted)],
    );
    words.finding(Severity::Hint, whole, message, vec![fix])
}
