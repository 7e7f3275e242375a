use crate::analysis::Paragraph;
use crate::findings::{Finding, Message, Severity};
use crate::knowledge::Bare;
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// 规范写法: a fixed name or wording in a form that is none of it (发展与改革委员会, 全国人大十四届三次会议).
pub static RULE: Rule = Rule {
    name: "wording/form",
    document: include_str!("form.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Passage(check),
};

fn check(view: &View<'_>, paragraph: &Paragraph, findings: &mut Vec<Finding>) {
    let bare = Bare::of(paragraph.text());
    let forms = view.knowledge.forms(bare.text()).into_iter();
    let known = forms.map(|(range, form)| (range, form.right.clone(), form.source.to_owned(), form.source.to_owned()));
    let sessions = SESSIONS
        .captures_iter(bare.text())
        .filter_map(|found| session(&found))
        .map(|(range, right)| (range, right, "会议的规范名称".to_owned(), "the name of the session".to_owned()));
    let own = view.knowledge.slips(bare.text()).into_iter().map(|(range, name)| {
        (range, name.to_owned(), "hegao.toml的[knowledge]".to_owned(), "[knowledge] of hegao.toml".to_owned())
    });
    for (range, right, zh, en) in known.chain(sessions).chain(own) {
        let said = &bare.text()[range.clone()];
        let range = paragraph.with_quotes(bare.range(range));
        if paragraph.is_cited(&range) {
            continue;
        }
        let message = Message::new(
            format!("“{said}”应为“{right}”（{zh}）；请改"),
            format!("“{said}” is to be “{right}” ({en}). Correct it."),
        );
        // With a quote within it is not clear where the quotes of the right form stand.
        let is_plain = paragraph.text()[range.clone()] == *said;
        let fix = is_plain.then(|| paragraph.rewrite(view, range.clone(), right)).flatten();
        let said = (Severity::Warning, message);
        findings.extend(paragraph.finding(view, range, said, Vec::new(), fix.into_iter().collect()));
    }
}

/// A session of the two national bodies: its name, and the two numbers of it, in any order.
static SESSIONS: LazyLock<Regex> = LazyLock::new(|| {
    let n = "第?([一二三四五六七八九十]{1,3}|[0-9]{1,2})";
    let pattern = format!("(?:{n}届全国政协|全国{n}届政协|全国人大{n}届|全国{n}届人大){n}次会议");
    Regex::new(&pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// The session as it is named: 全国政协十四届三次会议, 十四届全国人大三次会议.
fn session(found: &Captures<'_>) -> Option<(Range<usize>, String)> {
    let number = |group: usize| found.get(group).map(|number| number.as_str());
    let (consultative, congress) = (number(1).or(number(2)), number(3).or(number(4)));
    let meeting = number(5)?;
    let right = match (consultative, congress) {
        (Some(term), _) => format!("全国政协{term}届{meeting}次会议"),
        (_, Some(term)) => format!("{term}届全国人大{meeting}次会议"),
        _ => return None,
    };
    Some((found.get(0)?.range(), right))
}
