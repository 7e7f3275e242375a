use crate::comparison::reuse::{Reuse, Standing, are_others};
use crate::comparison::{ArchiveMatches, Likeness, Match, Report};
use crate::draft::identity::Identity;
use crate::findings::{Finding, Message, Severity, stable_hash};
use crate::rules::{Check, Reused, Rule, RuleOption, View};
use std::collections::HashSet;
use std::path::Path;

/// Wording that stands in this many reports belongs to nobody.
const WORDING: usize = 3;

pub(super) const FEWEST_HAN: RuleOption = RuleOption {
    name: "minimum-han",
    meaning: "最少汉字数：短于此数的相同段落不报 / fewest Han characters of a paragraph that stands in another report",
    // Shorter paragraphs of two reports are alike by their wording: goals, greetings, appeals.
    default: 60,
    range: (crate::comparison::elsewhere::FEWEST_HAN as i64, 2000),
};

/// 沿用旧稿: a paragraph that stands in another report of the archive.
pub static RULE: Rule = Rule {
    name: "duplicates/report",
    document: include_str!("report.md"),
    severity: Some(Severity::Warning),
    options: &[FEWEST_HAN],
    check: Check::Archive(check),
};

fn check(view: &View<'_>, matches: &ArchiveMatches, found: &mut Vec<Reused>) {
    let reuse = Reuse::of(view.analysis, matches);
    let fewest = view.options.get("minimum-han");
    let mut told: HashSet<&Path> = HashSet::new();
    for (passage, all) in &reuse.passages {
        let is_own = |m: &&Match| i64::from(m.han) >= fewest && !tells_of_one_action(&reuse.identity, m);
        let long: Vec<&Match> = all.iter().copied().filter(is_own).collect();
        if sources(&long) >= WORDING {
            continue;
        }
        // Of a draft that was made from another report one finding is enough.
        let is_source = |m: &&&Match| matches!(reuse.standing(&m.elsewhere.report), Standing::Source { .. });
        let message = match long.iter().find(is_source) {
            Some(source) if told.insert(&source.elsewhere.report.path) => made_from(source, &reuse),
            Some(_) => continue,
            None => match long.first() {
                Some(best) => taken_over(best),
                None => continue,
            },
        };
        let own = long.iter().find(is_source).or(long.first()).map_or(0..0, |m| m.own.clone());
        let Some(place) = view.stretch(passage, own) else { continue };
        let finding = Finding {
            rule: view.rule,
            severity: Severity::Warning,
            message,
            place,
            related: Vec::new(),
            fixes: Vec::new(),
            identity: stable_hash([view.rule.as_bytes(), &passage.key.value().to_le_bytes()]),
        };
        found.push((finding, long.iter().map(|m| m.elsewhere.clone()).collect()));
    }
}

/// What a body above had done in all its places at once: each place's report tells of it, in the words that were handed down.
const ONE_ACTION: [&str; 5] = ["统一部署", "统一安排", "统一组织", "级政协联动", "级人大联动"];

fn tells_of_one_action(identity: &Identity, one: &Match) -> bool {
    let places = identity.place.as_ref().zip(one.elsewhere.report.identity.place.as_ref());
    let is_elsewhere = places.is_some_and(|(own, other)| own.value != other.value);
    is_elsewhere && ONE_ACTION.iter().any(|words| one.elsewhere.text.contains(words))
}

/// In how many reports a paragraph stands; versions of one report are one.
fn sources(matches: &[&Match]) -> usize {
    let mut reports: Vec<&Report> = Vec::new();
    for one in matches {
        let report = &*one.elsewhere.report;
        let is_version = |other: &&Report| {
            let says_who = |r: &Report| r.identity.place.is_some() && r.identity.year.is_some();
            other.path == report.path
                || says_who(report) && says_who(other) && !are_others(&report.identity, &other.identity)
        };
        if !reports.iter().any(is_version) {
            reports.push(report);
        }
    }
    reports.len()
}

fn made_from(source: &Match, reuse: &Reuse<'_>) -> Message {
    let (name, line) = (source.elsewhere.report.name(), source.elsewhere.line());
    let Standing::Source { percent, paragraphs } = reuse.standing(&source.elsewhere.report) else {
        return taken_over(source);
    };
    Message::new(
        format!(
            "本稿有{paragraphs}段（约占全文{percent}%）与《{name}》相同或相近，本段起（彼稿第{line}行）；如系在旧稿上修改，请用 hegao compare 逐段核对"
        ),
        format!(
            "{paragraphs} paragraphs ({percent} %) of this draft stand in {name}, from here on (its line {line}). If it was written over that report, go through them with hegao compare."
        ),
    )
}

fn taken_over(one: &Match) -> Message {
    let (name, line, han, like) = (one.elsewhere.report.name(), one.elsewhere.line(), one.han, one.similarity);
    let (zh, en) = &one.named;
    let (zh, en) = match zh.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("（相似度{like}%）：{zh}"), format!(" ({like} % alike): {en}")),
    };
    let is_equal = one.named.0.is_empty();
    let advice = "如系沿用，请核对地名、机关、届次、年份和数据，否则请改写";
    let advice_en = "If it was taken over on purpose, check places, bodies, terms, years and figures; else rewrite it.";
    let (told, told_en) = match (one.likeness, is_equal) {
        (Likeness::Whole, true) => (
            format!("本段与《{name}》第{line}行的段落完全相同（{han}字）"),
            format!("This paragraph stands in {name}, line {line} ({han} Han characters)"),
        ),
        (Likeness::Whole, false) => (
            format!("本段与《{name}》第{line}行的段落几乎相同{zh}"),
            format!("This paragraph is nearly that of {name}, line {line}{en}"),
        ),
        (Likeness::Inside, _) => (
            format!("本段（{han}字）又见于《{name}》第{line}行的段落之中{zh}"),
            format!("This paragraph ({han} Han characters) stands inside that of {name}, line {line}{en}"),
        ),
        (Likeness::Around, _) => (
            format!("此处{han}字与《{name}》第{line}行的段落相同{zh}"),
            format!("This passage ({han} Han characters) is a paragraph of {name}, line {line}{en}"),
        ),
    };
    Message::new(format!("{told}；{advice}"), format!("{told_en}. {advice_en}"))
}
