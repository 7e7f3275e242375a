//! Which of a passage's candidates is a copy of it, how like, and in what the two differ: the decision behind
//! `duplicates/paragraph`, apart from its words.

use super::View;
use crate::analysis::Passage;
use crate::draft::{BlockId, EndMark, Role, Shape};
use crate::similarity::align::{self, Difference};
use crate::similarity::mask::set_phrases;
use crate::text::figure::{self, is_digit};
use crate::text::numeral::is_han_digit;
use crate::text::{Fold, Reading};
use std::ops::Range;

/// A passage as it is read, character by character.
pub struct Text {
    pub passage: Passage,
    pub reading: Reading,
    pub characters: Vec<char>,
    /// Where each character begins in the reading, and where the last one ends.
    offsets: Vec<usize>,
}

impl Text {
    pub fn of(view: &View<'_>, passage: Passage) -> Text {
        let reading = Reading::of(&view.analysis.source(passage.bytes.clone()), Fold::Width);
        let characters: Vec<char> = reading.text().chars().collect();
        let offsets = reading.text().char_indices().map(|(at, _)| at).chain([reading.text().len()]).collect();
        Text { passage, reading, characters, offsets }
    }

    /// The words of a stretch of characters, as they are read.
    fn words(&self, range: Range<usize>) -> &str {
        &self.reading.text()[self.offsets[range.start]..self.offsets[range.end]]
    }

    /// The words of a stretch as they are written, without layout.
    pub fn written(&self, view: &View<'_>, range: Range<usize>) -> String {
        match range.is_empty() {
            true => String::new(),
            false => Reading::of(&view.analysis.source(self.bytes(range)), Fold::None).text().to_owned(),
        }
    }

    /// The bytes of the draft that a stretch of characters stands for.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let source = self.reading.source_range(self.offsets[range.start]..self.offsets[range.end]);
        let start = self.passage.bytes.start;
        start + source.start..start + source.end
    }

    /// The figure that a stretch touches, in characters.
    fn figure(&self, range: &Range<usize>) -> Option<Range<usize>> {
        /// Characters on both sides in which a figure is looked for: the longest of the reports has 14.
        const NEAR: usize = 16;
        let near = range.start.saturating_sub(NEAR)..(range.end + NEAR).min(self.characters.len());
        if !self.characters[near.clone()].iter().any(|c| is_digit(*c) || is_han_digit(*c)) {
            return None;
        }
        let (words, from) = (self.words(near.clone()), self.offsets[near.start]);
        let term = figure::term(words, self.offsets[range.start] - from)?;
        let is_figure = words[term.clone()].chars().any(|c| is_digit(c) || is_han_digit(c));
        let character = |offset: usize| self.offsets.partition_point(|o| *o < offset + from);
        is_figure.then(|| character(term.start)..character(term.end))
    }
}

/// How a passage stands to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// All of it to all of the other.
    Whole,
    /// All of it to these characters of the other.
    Inside(Range<usize>),
}

/// A passage that the one looked at is a copy of.
pub struct Copy {
    pub text: Text,
    pub likeness: Likeness,
    /// Edits between the two, and the length of the longer stretch.
    pub edits: usize,
    pub characters: usize,
    /// Where the two differ, in characters of each text.
    pub differences: Vec<Difference>,
}

impl Copy {
    /// Edit similarity in hundredths, rounded down: nothing that differs is 100 % alike.
    pub fn similarity(&self) -> usize {
        100 - (100 * self.edits).div_ceil(self.characters.max(1))
    }

    /// Where the other text, or the stretch of it, stands.
    pub fn range(&self) -> Range<usize> {
        match &self.likeness {
            Likeness::Whole => 0..self.text.characters.len(),
            Likeness::Inside(range) => range.clone(),
        }
    }

    fn of(text: &Text, other: Text, likeness: Likeness, edits: usize) -> Copy {
        let mut copy = Copy { text: other, likeness, edits, characters: 0, differences: Vec::new() };
        let range = copy.range();
        copy.characters = text.characters.len().max(range.len());
        copy.differences = align::differences(&text.characters, &copy.text.characters[range.clone()], edits);
        for difference in &mut copy.differences {
            difference.second = difference.second.start + range.start..difference.second.end + range.start;
        }
        copy
    }
}

/// What the configuration says a copy is.
#[derive(Clone, Copy)]
pub struct Measure {
    pub fewest_han: u32,
    /// Least edit similarity, in hundredths.
    pub similarity: usize,
}

impl Measure {
    /// How many edits a text of so many characters may take.
    fn most_edits(self, characters: usize) -> usize {
        characters * (100 - self.similarity) / 100
    }
}

/// The copies of `text` among `candidates`, the most like first: earlier passages that are like it as a whole, and any
/// longer one that it stands in.
pub fn copies(view: &View<'_>, text: &Text, candidates: &[BlockId], measure: Measure) -> Vec<Copy> {
    let mut found: Vec<Copy> = Vec::new();
    for first in candidates {
        let Some(passage) = view.analysis.passage(*first).filter(|p| is_text(view, p)) else { continue };
        // Equal paragraphs are named as such.
        if passage.key != text.passage.key {
            found.extend(copy(text, Text::of(view, passage), measure));
        }
    }
    // Stable: of two that are alike the earlier one comes first.
    found.sort_by_key(|copy| (copy.likeness != Likeness::Whole, copy.edits));
    found
}

fn copy(text: &Text, other: Text, measure: Measure) -> Option<Copy> {
    let (a, b) = (&text.characters, &other.characters);
    let is_later = other.passage.first < text.passage.first;
    if !is_later && a.len() >= b.len() {
        return None;
    }
    let longest = a.len().max(b.len());
    let most = measure.most_edits(longest);
    if let Some(edits) = align::distance(a, b, most) {
        let long = text.passage.han.max(other.passage.han) >= measure.fewest_han;
        if !is_later || !long {
            return None;
        }
        return Some(Copy::of(text, other, Likeness::Whole, edits)).filter(|copy| is_meant(text, copy, measure));
    }
    if text.passage.han < measure.fewest_han || a.len() >= b.len() {
        return None;
    }
    let (range, edits) = align::inside(a, b, measure.most_edits(a.len()))?;
    Some(Copy::of(text, other, Likeness::Inside(range), edits)).filter(|copy| is_meant(text, copy, measure))
}

/// Whether two texts are alike in more than set phrases. An edit inside of a phrase that is whole in the other text is no
/// difference in what they say of their own.
fn is_own(text: &Text, copy: &Copy, measure: Measure) -> bool {
    /// Words that must be left: half of the shortest paragraph that rules speak of.
    const FEWEST_LEFT: usize = 20;
    /// Hundredths. What is left is short, so that as many edits weigh more; it is still above what unrelated texts have.
    const LESS: usize = 10;
    let range = copy.range();
    let (a, b) = (&text.characters[..], &copy.text.characters[range.clone()]);
    let (a_masked, b_masked) = (set_phrases(a), set_phrases(b));
    let left = |text: &[char], masked: &[bool]| {
        text.iter().zip(masked).filter(|(c, masked)| c.is_alphanumeric() && !**masked).count()
    };
    let is_inside =
        |masked: &[bool], range: &Range<usize>| !range.is_empty() && masked[range.clone()].iter().all(|m| *m);
    let edits = copy.differences.iter().filter_map(|d| {
        let second = d.second.start - range.start..d.second.end - range.start;
        let counts = !is_inside(&a_masked, &d.first) && !is_inside(&b_masked, &second);
        counts.then_some(d.first.len().max(second.len()))
    });
    let left = left(a, &a_masked).min(left(b, &b_masked));
    let measure = Measure { similarity: measure.similarity - LESS, ..measure };
    left >= FEWEST_LEFT && edits.sum::<usize>() <= measure.most_edits(left)
}

/// Whether two like paragraphs are copies, and not written in set phrases, or in one frame on purpose: of two departments,
/// of two years.
fn is_meant(text: &Text, copy: &Copy, measure: Measure) -> bool {
    is_own(text, copy, measure) && !states_others(text, copy) && !speaks_of_another(text, copy)
}

/// Han. Parallel paragraphs are short; of a longer one that differs in its subject alone, or in some of its figures, it is
/// more likely that it was pasted.
const SHORT: u32 = 120;

/// Of the figures at least two, and half of all (in a longer paragraph nearly all), are other numbers of the same kind:
/// 42件 and 36件, 21% and 18%.
fn states_others(text: &Text, copy: &Copy) -> bool {
    let kind = |figure: &str| figure.replace(|c: char| c == '.' || is_digit(c) || is_han_digit(c), "");
    let told = told(text, copy);
    let of_one_kind = |d: &Difference| kind(text.words(d.first.clone())) == kind(copy.text.words(d.second.clone()));
    let others = told.iter().filter(|t| t.is_figure && of_one_kind(&t.difference)).count();
    let digits: Vec<bool> = text.characters.iter().map(|c| is_digit(*c) || *c == '.').collect();
    let figures = digits.chunk_by(|a, b| a == b).filter(|run| run[0]).count();
    let quarters = if text.passage.han < SHORT { 2 } else { 3 };
    others >= 2 && 4 * others >= quarters * figures
}

/// A short paragraph whose first clause has another word in it, and that differs by words, not by characters.
fn speaks_of_another(text: &Text, copy: &Copy) -> bool {
    let differences = &copy.differences;
    /// Characters of the first clause in which the subject stands, behind a marker.
    const SUBJECT: usize = 20;
    if text.passage.han >= SHORT {
        return false;
    }
    let stop = text.characters.iter().skip(4).position(|c| matches!(c, ',' | '。' | ':' | ';' | '、'));
    let clause = stop.map_or(SUBJECT, |at| at + 4).min(SUBJECT);
    let is_word = |d: &Difference| d.first.len().min(d.second.len()) >= 2;
    let has_subject = differences.iter().any(|d| d.first.start < clause && is_word(d));
    // Who revises a copy puts in and takes out; the slots of a frame are filled with other words. Slips are of one
    // character.
    let replaced = differences.iter().filter(|d| !d.first.is_empty() && !d.second.is_empty()).count();
    has_subject && 2 * replaced >= differences.len() && copy.edits >= 2 * differences.len()
}

/// Running text, of headings only those that open their paragraph; and no cell of a table.
pub fn is_text(view: &View<'_>, passage: &Passage) -> bool {
    is_prose(view, passage) && !is_cell(view, passage)
}

fn is_prose(view: &View<'_>, passage: &Passage) -> bool {
    let outline = &view.analysis.outline;
    match outline.index_of(passage.first).map(|index| &outline.nodes[index]) {
        Some(node) => matches!(node.role, Role::LeadIn | Role::Item) || (node.role == Role::Heading && node.run_in),
        None => true,
    }
}

/// A cell of a table that was copied one cell per line: it stands between two short lines that are no headings. What is
/// required of three departments alike is no mistake.
fn is_cell(view: &View<'_>, passage: &Passage) -> bool {
    /// Han; a cell that names something is shorter, a paragraph of prose longer.
    const SHORT: u32 = 20;
    let short = |ordinal: Option<usize>| {
        let block = ordinal.and_then(|n| view.analysis.table.get(n)).map(|(_, block)| block);
        block.is_some_and(|b| {
            let signature = b.facts.structure.signature;
            let is_line = matches!(signature.shape, Shape::Line | Shape::Scrap) && signature.end == EndMark::None;
            is_line && b.facts.han < SHORT && view.analysis.outline.role(b.id) == Role::Body
        })
    };
    short(passage.ordinals.start.checked_sub(1)) && short(Some(passage.ordinals.end))
}

/// A difference as a reader is told of it: whole figures, not the digits of them that are others.
#[derive(Clone, Debug)]
pub struct Told {
    pub difference: Difference,
    pub is_figure: bool,
}

/// What differs, figures first, then in the order of the text. Differences with one equal character between them are one:
/// 二十 and 三十二 differ as numbers.
pub fn told(text: &Text, copy: &Copy) -> Vec<Told> {
    let other = &copy.text;
    let mut joined: Vec<(Difference, bool)> = Vec::new();
    for difference in &copy.differences {
        let Difference { first, second } = difference;
        let figures = text.figure(first).zip(other.figure(second));
        // Typing behind a figure touches it and leaves it as it is.
        let figures = figures.filter(|(a, b)| text.words(a.clone()) != other.words(b.clone()));
        let is_figure = figures.is_some();
        let next = match figures {
            Some((a, b)) => Difference { first: hull(first, &a), second: hull(second, &b) },
            None => difference.clone(),
        };
        let meets =
            |last: &Difference| next.first.start <= last.first.end + 1 && next.second.start <= last.second.end + 1;
        match joined.last_mut().filter(|(last, _)| meets(last)) {
            Some((last, was_figure)) => {
                last.first = hull(&last.first, &next.first);
                last.second = hull(&last.second, &next.second);
                *was_figure |= is_figure;
            }
            None => joined.push((next, is_figure)),
        }
    }
    joined.sort_by_key(|(_, is_figure)| !is_figure);
    joined.into_iter().map(|(difference, is_figure)| Told { difference, is_figure }).collect()
}

fn hull(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}
