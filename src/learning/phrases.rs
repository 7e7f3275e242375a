//! Fixed phrases (规范表述) from repeats: those that begin and end where words do, and that are not only a part of a longer
//! one.

use super::corpus::Corpus;
use super::repeats::{Repeat, count_documents, repeats};
use crate::profile::{Border, LEAST_CHARACTERS, Phrase, Phrases, Support};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A profile is to be read by a person; of more phrases the most widespread are kept.
const MOST: usize = 1000;

/// Characters before and words behind a phrase that are words of their own: what stands between 把 and 作为 is whole.
const BEFORE: &str = "把以将的了是对在与和";
const BEHIND: [&str; 6] = ["的", "作为", "为", "等", "和", "与"];

/// Of these the ones that are never part of another word: they end a phrase also where all its places go on with them.
const ALWAYS_BEHIND: [&str; 2] = ["的", "作为"];

/// Who does it: what is behind them is said of them. 县政协牢牢把握… and 市政协牢牢把握… have no mark where the phrase begins.
const SUBJECTS: [[char; 2]; 3] = [['政', '协'], ['政', '府'], ['我', '们']];

/// Words of grammar that a phrase does not begin with.
const NEVER_FIRST: &str = "把将的了是和与等";

/// The phrases of at least `least` documents, the most widespread first.
pub(super) fn phrases(corpus: &Corpus<'_>, least: u32) -> Phrases {
    let mut found = repeats(corpus, least, |repeat| worded(corpus, &repeat));
    // Stable: those of one length stay in the order of their letters.
    found.sort_by_key(|repeat| Reverse(repeat.length));
    let mut kept = without_parts(corpus, least, found);
    kept.sort_by_cached_key(|repeat| {
        (Reverse(repeat.documents(corpus)), Reverse(repeat.places.len()), repeat.letters(corpus).to_vec())
    });
    kept.truncate(MOST);
    let mut list: Vec<Phrase> = kept.par_iter().map(|repeat| phrase(corpus, repeat)).collect();
    let variants = variants(corpus, &list.iter().cloned().collect());
    for (phrase, variants) in list.iter_mut().zip(variants) {
        phrase.variants = variants;
    }
    list.into_iter().collect()
}

/// What of a repeat begins and ends where words do: there is a mark at one of its places at least (in twenty), or words of
/// grammar at most of them.
fn worded(corpus: &Corpus<'_>, repeat: &Repeat) -> Option<Repeat> {
    let first = (0..repeat.length).find(|&letter| begins(corpus, repeat, letter))?;
    let last = (first..repeat.length).rev().find(|&letter| ends(corpus, repeat, letter))?;
    let range = first..last + 1;
    (range.len() >= LEAST_CHARACTERS).then(|| repeat.part(range))
}

/// Whether a word begins with letter number `letter` of `repeat`.
fn begins(corpus: &Corpus<'_>, repeat: &Repeat, letter: usize) -> bool {
    let mut before = Sides::default();
    if NEVER_FIRST.contains(repeat.letters(corpus)[letter]) {
        return false;
    }
    for at in repeat.places.iter().map(|at| at + letter as u32) {
        let is_grammar = || match letter {
            0 => corpus.letter_before(at).is_some_and(|c| BEFORE.contains(c)),
            _ => SUBJECTS.iter().any(|subject| corpus.said_before(at).ends_with(subject)),
        };
        before.count(corpus.before[at as usize], is_grammar);
    }
    before.is_border(repeat.places.len())
}

/// Whether a word ends with letter number `letter` of `repeat`.
fn ends(corpus: &Corpus<'_>, repeat: &Repeat, letter: usize) -> bool {
    let mut behind = Sides::default();
    for at in repeat.places.iter().map(|at| at + letter as u32) {
        let is_grammar = || {
            let words = if letter + 1 == repeat.length { &BEHIND[..] } else { &ALWAYS_BEHIND[..] };
            let rest = corpus.rest(at);
            words.iter().any(|word| word.chars().eq(rest.iter().copied().take(word.chars().count())))
        };
        behind.count(corpus.behind(at), is_grammar);
    }
    behind.is_border(repeat.places.len())
}

/// What stands at one side of a repeat's places.
#[derive(Default)]
struct Sides {
    marks: usize,
    grammar: usize,
}

impl Sides {
    fn count(&mut self, border: Border, is_grammar: impl Fn() -> bool) {
        match border {
            Border::Mark => self.marks += 1,
            Border::None => self.grammar += usize::from(is_grammar()),
            Border::Cut => {}
        }
    }

    fn is_border(&self, places: usize) -> bool {
        /// A mark at one place in more than so many is that writer's alone.
        const FEW: usize = 20;
        (self.marks > 0 && FEW * self.marks >= places) || 2 * self.grammar > places
    }
}

/// The repeats, the longest first, without those that stand in too few documents outside of a longer one that is kept.
fn without_parts(corpus: &Corpus<'_>, least: u32, repeats: Vec<Repeat>) -> Vec<Repeat> {
    // For each letter the end of the kept repeat that reaches furthest over it.
    let mut reach = vec![0u32; corpus.letters.len()];
    let mut kept = Vec::new();
    for repeat in repeats {
        let end = |at: &u32| at + repeat.length as u32;
        let own: Vec<u32> = repeat.places.iter().copied().filter(|at| reach[*at as usize] < end(at)).collect();
        if count_documents(corpus, &own) < least {
            continue;
        }
        for at in &repeat.places {
            for letter in &mut reach[*at as usize..end(at) as usize] {
                *letter = (*letter).max(end(at));
            }
        }
        kept.push(repeat);
    }
    kept
}

/// The phrase in the form that most places have; its example is the first of them.
fn phrase(corpus: &Corpus<'_>, repeat: &Repeat) -> Phrase {
    let mut forms: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    for &at in &repeat.places {
        forms.entry(corpus.written(at, repeat.length)).or_insert((0, at)).0 += 1;
    }
    let quotes_pair = |form: &str| form.matches('“').count() == form.matches('”').count() && !form.contains('"');
    let best = forms.iter().max_by_key(|(form, (count, _))| (quotes_pair(form), *count, Reverse(**form)));
    let (text, at) = best.map_or(("", repeat.places[0]), |(form, (_, at))| (*form, *at));
    // Marks of the width that the standard asks for, whatever the exemplar has.
    let text = text.replace(',', "，");
    let text = if quotes_pair(&text) { text } else { text.replace(['“', '”', '"'], "") };
    let support = Support {
        documents: repeat.documents(corpus),
        instances: repeat.places.len() as u32,
        example: corpus.place(at),
    };
    Phrase { text, support, variants: Vec::new() }
}

/// For each phrase its near misses that are too frequent for slips: in two documents, and in a twentieth of those that
/// have the phrase.
fn variants(corpus: &Corpus<'_>, phrases: &Phrases) -> Vec<Vec<String>> {
    let index: BTreeMap<&str, usize> =
        phrases.iter().enumerate().map(|(n, phrase)| (phrase.text.as_str(), n)).collect();
    let runs: Vec<_> = corpus.runs().collect();
    let near = runs.par_iter().flat_map_iter(|run| {
        run.clone().flat_map(|at| {
            let index = &index;
            let found = phrases.near(&corpus.letters[at..run.end]);
            found.map(move |near| (index[near.phrase.text.as_str()], at as u32, near.letters))
        })
    });
    let mut by_form: BTreeMap<(usize, &[char]), Vec<u32>> = BTreeMap::new();
    for (phrase, at, length) in near.collect::<Vec<_>>() {
        by_form.entry((phrase, &corpus.letters[at as usize..at as usize + length])).or_default().push(at);
    }
    let mut variants = vec![Vec::new(); phrases.len()];
    let support: Vec<u32> = phrases.iter().map(|phrase| phrase.support.documents).collect();
    for ((phrase, letters), places) in by_form {
        let documents = count_documents(corpus, &places);
        if documents >= 2 && 20 * documents >= support[phrase] {
            variants[phrase].push(corpus.written(places[0], letters.len()).replace(',', "，"));
        }
    }
    variants
}
