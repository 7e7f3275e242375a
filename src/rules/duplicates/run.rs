use crate::comparison::{Copy, Measure, Text};
use crate::findings::{Finding, Message, Said};
use crate::rules::views::prose::{Prose, prose, repeated};
use crate::rules::{Check, Rule, RuleOption, View};
use rustc_hash::FxHashMap;

/// 重复文字: a stretch of a paragraph that stands in another, and is no copy of it as a whole.
pub static RULE: Rule = Rule {
    name: "duplicates/run",
    document: include_str!("run.md"),
    // Off: see 出处 in the text.
    severity: None,
    options: &[RuleOption {
        name: "minimum-han",
        meaning: "最少汉字数：短于此数的相同文字不报 / fewest Han characters of a repeated stretch",
        default: 24,
        range: (12, 500),
    }],
    check: Check::Text(check),
};

/// A paragraph, and a place in its words.
type At = (usize, usize);

fn check(view: &View<'_>, found: &mut Vec<Finding>) {
    let fewest = view.options.get("minimum-han") as usize;
    let paragraphs = prose(view);
    let words: Vec<Words> = paragraphs.iter().map(Words::of).collect();
    let mut first: FxHashMap<&[char], At> = FxHashMap::default();
    for n in 0..words.len() {
        let own = &words[n];
        let mut at = 0;
        while let Some(gram) = own.characters.get(at..at + fewest) {
            let Some(&(other, there)) = first.get(gram) else {
                at += 1;
                continue;
            };
            let rest = own.characters[at..].iter().zip(&words[other].characters[there..]);
            let length = rest.take_while(|(a, b)| a == b).count();
            let place = |words: &Words, at: usize| words.places[at]..words.places[at + length - 1] + 1;
            let (here, there) = (place(own, at), place(&words[other], there));
            at += length;
            // What is a copy as a whole is told as such.
            let (one, other) = (&paragraphs[n], &paragraphs[other]);
            if one.own_han(here.clone()) >= fewest && !are_copies(view, one, other) {
                found.extend(repeated(view, (one, here), (other, there), message));
            }
        }
        // Only now: within a paragraph a repeat is a figure of speech.
        for (at, gram) in own.characters.windows(fewest).enumerate() {
            first.entry(gram).or_insert((n, at));
        }
    }
}

/// A paragraph's characters without marks, and where each stands.
struct Words {
    characters: Vec<char>,
    places: Vec<usize>,
}

impl Words {
    fn of(paragraph: &Prose) -> Words {
        let all = paragraph.text.characters.iter().enumerate().filter(|(_, c)| c.is_alphanumeric());
        let (places, characters) = all.map(|(at, c)| (at, *c)).unzip();
        Words { characters, places }
    }
}

fn are_copies(view: &View<'_>, one: &Prose, other: &Prose) -> bool {
    let other = Text::of(view.analysis, other.text.passage.clone());
    Copy::plain(&one.text, other, Measure { fewest_han: 0, similarity: 75 }).is_some()
}

fn message(han: usize) -> Message {
    Message::new(
        Said::from("此处与第").line(0).text(format!("行有{han}字相同；请看是否重复，或换个说法")),
        Said::from("This passage stands in line ")
            .line(0)
            .text(format!(" too ({han} Han characters). See whether it is a repeat, or say it otherwise.")),
    )
}
