use crate::analysis::Passage;
use crate::comparison::{
    Copy as NearCopy, Likeness, Measure, Text, are_of_two_forms, copies, follow_their_titles, is_text, told,
};
use crate::draft::BlockId;
use crate::findings::{
    Anchor, Applicability, Edit, Finding, Fix, MOST_RELATED, Message, Place, Related, Said, Severity, stable_hash,
};
use crate::rules::settings::SIMILARITY;
use crate::rules::{Check, Judged, Rule, RuleOption, View};
use crate::text::{Fold, Reading};
use std::sync::Arc;

/// 重复段落: a paragraph that stands twice, whatever its width, marks of emphasis and spaces (error); one that was copied
/// and changed a little, or that stands inside a longer one (warning).
pub static RULE: Rule = Rule {
    name: "duplicates/paragraph",
    document: include_str!("paragraph.md"),
    severity: Some(Severity::Error),
    options: &[
        RuleOption {
            name: "minimum-han",
            meaning: "最少汉字数：短于此数的相同段落不报 / fewest Han characters of a repeated paragraph",
            // Titles, refrains and captions repeat by design; in the seeds the longest such line has 19 Han.
            default: 40,
            range: (crate::analysis::repeats::FEWEST_HAN as i64, 2000),
        },
        RuleOption {
            name: SIMILARITY,
            meaning: "近似段落的最低相似度（百分数）：100为只报完全相同的段落；样本画像学到的值代替默认值 / least edit similarity of near copies in percent; what the profile has learned stands in the place of the default",
            default: Measure::STANDARD as i64,
            range: (70, 100),
        },
    ],
    check: Check::Copies { equal, near },
};

/// A paragraph that stands in the draft several times, and where.
struct Copy {
    passage: Passage,
    place: Place,
}

fn equal(view: &View<'_>, class: &Arc<[BlockId]>, findings: &mut Vec<Finding>) -> Judged {
    let minimum = view.options.get("minimum-han");
    let passages = class.iter().filter_map(|first| view.analysis.passage(*first));
    let long = passages.filter(|p| i64::from(p.han) >= minimum);
    // Masks act when deciding: a title may stand again as subtitle, a heading in the table of contents.
    let text = long.filter(|p| is_text(view.analysis, p));
    let reading = |p: &Passage| Reading::of(&view.analysis.source(p.bytes.clone()), Fold::Width);
    // Equal keys make it likely, equal readings prove it.
    let mut first_reading = None;
    let proven = text.filter(|p| {
        let reading = reading(p);
        let first = first_reading.get_or_insert_with(|| reading.clone());
        first.text() == reading.text()
    });
    let copies: Vec<Copy> =
        proven.filter_map(|passage| Some(Copy { place: view.span(passage.bytes.clone())?, passage })).collect();
    for (n, copy) in copies.iter().enumerate().skip(1) {
        findings.push(finding(view, &copies, n, copy));
    }
    if copies.len() > 1 { Judged::ByTitles } else { Judged::ByText }
}

/// What to do about copies in two forms, which are mostly meant, in both languages.
const OF_FORMS: (&str, &str) = (
    "两段分属两份附件、两张表单或两个条目的同一栏，如系有意，不必改动",
    "The two stand in two annexes or forms, or in one field of two entries: no change is due if that is meant.",
);

fn finding(view: &View<'_>, copies: &[Copy], n: usize, copy: &Copy) -> Finding {
    let key = copy.passage.key.value();
    let others = copies.iter().enumerate().filter(|(k, _)| *k != n);
    let related = others.take(MOST_RELATED).map(|(k, other)| {
        let message = match k {
            0 => Message::new("第一次出现在这里", "it stands here first"),
            _ => Message::new("这里也相同", "and here again"),
        };
        Related { place: other.place, message }
    });
    let han = copy.passage.han;
    let (more_zh, more_en) = match copies.len() {
        2 => (String::new(), String::new()),
        all => (format!("，全文共{all}处"), format!("; {all} copies in all")),
    };
    let delete = |title: Message, first: BlockId| Fix {
        title,
        applicability: Applicability::Unsafe,
        key,
        edits: vec![Edit::DeletePassage { first }],
    };
    let here = delete(Message::new("删去这一段（重复）", "Delete this copy"), copy.passage.first);
    // With a third copy this one would still repeat another.
    let first = (copies.len() == 2).then(|| {
        let title = Message::new("删去前面那一段，保留这一段", "Delete the first copy, keep this one");
        delete(title, copies[0].passage.first)
    });
    let are_forms = copies[..n].iter().all(|other| are_of_two_forms(view.analysis, &copy.passage, &other.passage));
    let (severity, advice) = match are_forms {
        true => (Severity::Hint, OF_FORMS),
        false => (Severity::Error, ("请删去一段，或确认是有意重复", "Delete one, or mark the repeat as intended.")),
    };
    Finding {
        rule: view.rule,
        severity,
        message: Message {
            zh: Said::from("本段与第").line(0).text(format!("行的段落完全相同（{han}字{more_zh}）；{}", advice.0)),
            en: Said::from("This paragraph repeats the one on line ")
                .line(0)
                .text(format!(" ({han} Han characters{more_en}). {}", advice.1)),
        },
        place: copy.place,
        related: related.collect(),
        fixes: std::iter::once(here).chain(first).collect(),
        identity: stable_hash([view.rule.as_bytes(), &key.to_le_bytes()]),
    }
}

fn near(view: &View<'_>, passage: Passage, candidates: &[BlockId], findings: &mut Vec<Finding>) -> Judged {
    let measure = Measure {
        fewest_han: view.options.get("minimum-han") as u32,
        similarity: view.options.get(SIMILARITY) as usize,
    };
    // A copy that is found to be equal is not told of twice.
    let is_repeat = view.analysis.repeats.get(&passage.key).is_some_and(|class| class[0] != passage.first);
    if is_repeat || !is_text(view.analysis, &passage) {
        return Judged::ByText;
    }
    let text = Text::of(view.analysis, passage);
    let mut copies = copies(view.analysis, &text, candidates, measure, &view.profile.phrases);
    if copies.is_empty() {
        return Judged::ByText;
    }
    copies.retain(|copy| !follow_their_titles(view.analysis, &text, copy));
    findings.extend(near_finding(view, &text, &copies));
    Judged::ByTitles
}

fn near_finding(view: &View<'_>, text: &Text, copies: &[NearCopy]) -> Option<Finding> {
    let copy = copies.first()?;
    let (zh, en) = told::named((view.analysis, text), (view.analysis, copy), &told::told(text, copy));
    let (han, like) = (text.passage.han, copy.similarity());
    let is_whole = copy.likeness == Likeness::Whole;
    let are_forms = are_of_two_forms(view.analysis, &text.passage, &copy.text.passage);
    let advice = match (are_forms, is_whole) {
        (true, _) => OF_FORMS,
        (false, true) => ("请核对异同，删去或合并一段", "Compare them; delete or merge one."),
        (false, false) => ("请核对后删去一处", "Compare them; delete one."),
    };
    let message = match is_whole {
        true => Message {
            zh: Said::from("本段与第").line(0).text(format!("行的段落几乎相同（相似度{like}%）：{zh}；{}", advice.0)),
            en: Said::from("This paragraph is nearly the one on line ")
                .line(0)
                .text(format!(" ({like} % alike): {en}. {}", advice.1)),
        },
        false => Message {
            zh: Said::from(format!("本段（{han}字）的内容又见于第"))
                .line(0)
                .text(format!("行的段落之中（相似度{like}%）：{zh}；{}", advice.0)),
            en: Said::from(format!("This paragraph ({han} Han characters) stands again inside the one on line "))
                .line(0)
                .text(format!(" ({like} % alike): {en}. {}", advice.1)),
        },
    };
    let delete = |title: Message, first: BlockId, kept: BlockId| Fix {
        title,
        applicability: Applicability::Unsafe,
        // What a paragraph stands in must not go in the same pass.
        key: view.exclusive(kept),
        edits: vec![Edit::DeletePassage { first }],
    };
    let (own, other) = (text.passage.first, copy.text.passage.first);
    let mut fixes =
        vec![delete(Message::new("删去这一段", "Delete this copy"), own, if is_whole { own } else { other })];
    // With another copy this one would still be one.
    if is_whole && copies.len() == 1 {
        fixes.push(delete(
            Message::new("删去前面那一段，保留这一段", "Delete the first copy, keep this one"),
            other,
            own,
        ));
        fixes.extend(union(view, text, copy));
    }
    let keys = [text.passage.key, copy.text.passage.key].map(|key| key.value().to_le_bytes());
    let related = match is_whole {
        true => Message::new("近似的段落在这里", "the other copy"),
        false => Message::new("又见于这里", "it stands again here"),
    };
    Some(Finding {
        rule: view.rule,
        severity: if are_forms { Severity::Hint } else { Severity::Warning },
        message,
        place: view.span(text.passage.bytes.clone())?,
        related: vec![Related { place: view.span(copy.text.bytes(copy.range.clone()))?, message: related }],
        fixes,
        identity: stable_hash([view.rule.as_bytes(), &keys[0], &keys[1]]),
    })
}

/// The fix that takes over what only the other copy says and deletes that one. There is none if they gainsay each other
/// anywhere, or if one of them says all that the other does.
fn union(view: &View<'_>, text: &Text, copy: &NearCopy) -> Option<Fix> {
    let differences = &copy.differences;
    let gainsay = differences.iter().any(|d| !d.first.is_empty() && !d.second.is_empty());
    let own = differences.iter().any(|d| d.second.is_empty());
    let mut taken = differences.iter().filter(|d| d.first.is_empty()).peekable();
    if gainsay || !own || taken.peek().is_none() {
        return None;
    }
    let (mut edits, mut merged, mut from) = (Vec::new(), String::new(), 0);
    for difference in taken {
        let at = difference.first.start;
        let source = view.analysis.source(copy.text.bytes(difference.second.clone()));
        edits.push(Edit::Replace { place: point(view, text, at)?, text: source.into_owned() });
        merged += &text.written(view.analysis, from..at);
        merged += &copy.text.written(view.analysis, difference.second.clone());
        from = at;
    }
    merged += &text.written(view.analysis, from..text.characters.len());
    edits.push(Edit::DeletePassage { first: copy.text.passage.first });
    let title = Message::new(
        format!("合并两段，双方独有的内容都保留：{merged}"),
        format!("Keep the union of both copies: {merged}"),
    );
    Some(Fix { title, applicability: Applicability::Unsafe, key: view.exclusive(text.passage.first), edits })
}

/// The place before character `at` of `text`, or behind the last one.
fn point(view: &View<'_>, text: &Text, at: usize) -> Option<Place> {
    let count = text.characters.len();
    let byte = match at < count {
        true => text.bytes(at..at + 1).start,
        false => text.bytes(count.checked_sub(1)?..count).end,
    };
    // Behind the last character is still in its block.
    let (location, block) = view.analysis.table.at_byte(if at < count { byte } else { byte - 1 })?;
    let anchor = Anchor::of(block.id, &view.source(location, block), byte - location.byte);
    Some(Place { start: anchor, end: anchor })
}
