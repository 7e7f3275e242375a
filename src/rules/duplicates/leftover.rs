use crate::comparison::leftovers::{Leftover, LeftoverKind, leftovers};
use crate::comparison::reuse::{Reuse, Standing};
use crate::comparison::{ArchiveMatches, Match, Text};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Place, Severity, stable_hash};
use crate::rules::{Check, Reused, Rule, View};
use std::ops::Range;
use std::sync::Arc;

/// 旧稿遗留: the other report's place, year or term of office, left in a paragraph that was taken over.
pub static RULE: Rule = Rule {
    name: "duplicates/leftover",
    document: include_str!("leftover.md"),
    severity: Some(Severity::Error),
    options: &[super::report::FEWEST_HAN],
    check: Check::Archive(check),
};

fn check(view: &View<'_>, matches: &ArchiveMatches, found: &mut Vec<Reused>) {
    let reuse = Reuse::of(view.analysis, matches);
    let fewest = view.options.get("minimum-han");
    for (passage, all) in &reuse.passages {
        let text = Text::of(view.analysis, passage.clone());
        let mut told: Vec<Range<usize>> = Vec::new();
        for one in all.iter().filter(|m| i64::from(m.han) >= fewest) {
            // Any report may speak of another body; only one that was made from that body's speaks with its words.
            let is_source = matches!(reuse.standing(&one.elsewhere.report), Standing::Source { .. });
            let all = leftovers(&reuse.identity, &text, one).into_iter();
            for leftover in all.filter(|leftover| is_source || leftover.kind != LeftoverKind::Body) {
                // Two reports of one place leave the same words.
                if told.iter().any(|range| range.start < leftover.places[0].end && leftover.places[0].start < range.end)
                {
                    continue;
                }
                told.extend(leftover.places.iter().cloned());
                if let Some(finding) = finding(view, &text, one, leftover) {
                    found.push((finding, Arc::from([one.elsewhere.clone()])));
                }
            }
        }
    }
}

fn finding(view: &View<'_>, text: &Text, one: &Match, leftover: Leftover) -> Option<Finding> {
    let places: Vec<Place> = leftover.places.iter().filter_map(|range| view.span(text.bytes(range.clone()))).collect();
    let (word, name, line) = (&leftover.word, one.elsewhere.report.name(), one.elsewhere.line());
    let (others, others_en) = match places.len() {
        1 => (String::new(), String::new()),
        all => (format!("，本段共{all}处"), format!(" ({all} times in this paragraph)")),
    };
    let (is, is_en) = (leftover.kind.says(), leftover.kind.says_in_english());
    let right = &leftover.right;
    let key = text.passage.key.value().to_le_bytes();
    let fix = leftover.put.map(|put| Fix {
        title: Message::new(format!("改为“{put}”"), format!("Replace with “{put}”")),
        applicability: Applicability::Unsafe,
        key: view.exclusive(text.passage.first),
        edits: places.iter().map(|place| Edit::Replace { place: *place, text: put.clone() }).collect(),
    });
    Some(Finding {
        rule: view.rule,
        severity: Severity::Error,
        message: Message::new(
            format!(
                "“{word}”是《{name}》的{is}，本稿是“{right}”{others}；本段与该稿第{line}行的段落相同，疑为旧稿遗留，请改正"
            ),
            format!(
                "“{word}” is the {is_en} of {name}; this draft's is “{right}”{others_en}. The paragraph was taken over from its line {line}: mend what was left."
            ),
        ),
        place: *places.first()?,
        related: Vec::new(),
        fixes: fix.into_iter().collect(),
        identity: stable_hash([view.rule.as_bytes(), &key, word.as_bytes()]),
    })
}
