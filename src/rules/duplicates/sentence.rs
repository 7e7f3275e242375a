use crate::findings::{Finding, Message, Said};
use crate::rules::views::prose::{prose, repeated};
use crate::rules::{Check, Rule, RuleOption, View};
use crate::text::han::ends_sentence;
use std::collections::HashMap;
use std::ops::Range;

/// 重复句子: a sentence that stands in two paragraphs.
pub static RULE: Rule = Rule {
    name: "duplicates/sentence",
    document: include_str!("sentence.md"),
    // Off: see 出处 in the text.
    severity: None,
    options: &[RuleOption {
        name: "minimum-han",
        meaning: "最少汉字数：短于此数的相同句子不报 / fewest Han characters of a repeated sentence",
        default: 16,
        range: (8, 500),
    }],
    check: Check::Text(check),
};

fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let fewest = view.options.get("minimum-han") as usize;
    let paragraphs = prose(view);
    let mut first: HashMap<&[char], (usize, Range<usize>)> = HashMap::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        for range in sentences(&paragraph.text.characters) {
            if paragraph.own_han(range.clone()) < fewest {
                continue;
            }
            match first.get(&paragraph.text.characters[range.clone()]) {
                None => {
                    first.insert(&paragraph.text.characters[range.clone()], (n, range));
                }
                Some((other, there)) if *other != n => {
                    found.extend(repeated(view, (paragraph, range), (&paragraphs[*other], there.clone()), message));
                }
                Some(_) => {}
            }
        }
    }
}

/// The sentences of a paragraph, without their end marks.
fn sentences(characters: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    characters.split(|c| ends_sentence(*c)).map(move |part| {
        let range = start..start + part.len();
        start = range.end + 1;
        range
    })
}

fn message(han: usize) -> Message {
    Message::new(
        Said::from("本句与第").line(0).text(format!("行的句子相同（{han}字）；请删去一句，或换个说法")),
        Said::from("This sentence stands in line ")
            .line(0)
            .text(format!(" too ({han} Han characters). Delete one, or say it otherwise.")),
    )
}
