//! Whether one passage is a copy of another, how like, and in what the two differ: the decision behind
//! `duplicates/paragraph` and `duplicates/report`, apart from their words.

use super::Text;
use super::parallel::is_parallel;
use crate::analysis::{Analysis, Passage};
use crate::draft::{BlockId, EndMark, Role, Shape};
use crate::profile::Phrases;
use crate::similarity::align::{self, Difference};
use crate::similarity::mask::set_phrases;
use crate::similarity::reorder::reordered;
use std::ops::Range;

/// How a passage stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// All of it to all of the other.
    Whole,
    /// All of it to a stretch of the other.
    Inside,
    /// A stretch of it to all of the other.
    Around,
}

/// A passage that the one looked at is a copy of.
pub struct Copy {
    pub text: Text,
    pub likeness: Likeness,
    /// What is alike, in characters of the text looked at and of the other.
    pub own: Range<usize>,
    pub range: Range<usize>,
    /// Edits between the two, and the length of the longer stretch.
    pub edits: usize,
    pub characters: usize,
    /// Where the two differ, in characters of each text and in the order of the text looked at.
    pub differences: Vec<Difference>,
    /// Whether the sentences stand in another order.
    pub is_reordered: bool,
}

impl Copy {
    pub fn similarity(&self) -> usize {
        similarity(self.edits, self.characters)
    }

    fn of(text: &Text, other: Text, found: Alike) -> Copy {
        let Alike { likeness, own, range, edits, reordered } = found;
        let is_reordered = reordered.is_some();
        let differences = reordered.unwrap_or_else(|| {
            let (a, b) = (&text.characters[own.clone()], &other.characters[range.clone()]);
            align::differences(a, b, edits).into_iter().map(|d| d.moved(own.start, range.start)).collect()
        });
        let characters = own.len().max(range.len());
        Copy { text: other, likeness, own, range, edits, characters, differences, is_reordered }
    }

    /// The copy as it stands, whatever it is a copy for: no frame, no set phrase is asked about.
    pub fn plain(text: &Text, other: Text, measure: Measure) -> Option<Copy> {
        let found = Alike::each(&text.characters, &other.characters, measure).into_iter().next()?;
        Some(Copy::of(text, other, found))
    }

    /// What `text` has of a passage of another draft: whole, as a stretch of it, or within a longer paragraph.
    pub fn elsewhere(text: &Text, other: Text, measure: Measure, learned: &Phrases) -> Option<Copy> {
        Copy::told(text, other, measure, learned, |copy| {
            copy.han(text) >= measure.fewest_han && !is_titles(text, copy, learned)
        })
    }

    /// The first way in which the two are alike and no frame, if it is `wanted`: a pair is decided once, whichever of the
    /// two speaks of it.
    fn told(
        text: &Text,
        mut other: Text,
        measure: Measure,
        learned: &Phrases,
        wanted: impl Fn(&Copy) -> bool,
    ) -> Option<Copy> {
        for found in Alike::each(&text.characters, &other.characters, measure) {
            let copy = Copy::of(text, other, found);
            if is_meant(text, &copy, measure, learned) {
                return wanted(&copy).then_some(copy);
            }
            other = copy.text;
        }
        None
    }

    /// Han of the passage that is a copy as a whole.
    pub fn han(&self, text: &Text) -> u32 {
        match self.likeness {
            Likeness::Around => self.text.passage.han,
            Likeness::Whole | Likeness::Inside => text.passage.han,
        }
    }
}

/// Edit similarity in hundredths, rounded down: nothing that differs is 100 % alike. `characters` are the longer text's.
pub fn similarity(edits: usize, characters: usize) -> usize {
    100 - (100 * edits).div_ceil(characters.max(1))
}

/// What of two texts is alike: stretches of each, and the edits between them.
struct Alike {
    likeness: Likeness,
    own: Range<usize>,
    range: Range<usize>,
    edits: usize,
    /// The differences, if the two have another order.
    reordered: Option<Vec<Difference>>,
}

impl Alike {
    /// The ways in which the two are alike, the most telling first: in another order, if that explains more; as wholes; one
    /// as a stretch of the other, which is also asked of wholes whose lengths differ, because half of a paragraph may be three
    /// quarters of it.
    fn each(a: &[char], b: &[char], measure: Measure) -> Vec<Alike> {
        /// Edits that another order must spare. A sentence that was moved costs twice its length, a short one ten, of which
        /// edits within it leave some.
        const LEAST_OF_ORDER: usize = 6;
        let whole = |edits, reordered| {
            let (own, range) = (0..a.len(), 0..b.len());
            Alike { likeness: Likeness::Whole, own, range, edits, reordered }
        };
        let most = measure.most_edits(a.len().max(b.len()));
        let edits = align::distance(a, b, most);
        let inside = Alike::inside(a, b, edits.map_or(measure.most_edits(a.len().min(b.len())), |edits| edits / 2));
        let other_order = match edits {
            Some(edits) if edits <= LEAST_OF_ORDER => None,
            Some(edits) => reordered(a, b, edits - LEAST_OF_ORDER),
            None if inside.is_some() => None,
            None => reordered(a, b, most),
        };
        let other_order = other_order.map(|found| whole(found.edits, Some(found.differences)));
        other_order.into_iter().chain(edits.map(|edits| whole(edits, None))).chain(inside).collect()
    }

    fn inside(a: &[char], b: &[char], most: usize) -> Option<Alike> {
        let (own, range) = (0..a.len(), 0..b.len());
        if a.len() < b.len() {
            let (range, edits) = align::inside(a, b, most)?;
            return Some(Alike { likeness: Likeness::Inside, own, range, edits, reordered: None });
        }
        let (own, edits) = align::inside(b, a, most)?;
        Some(Alike { likeness: Likeness::Around, own, range, edits, reordered: None })
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
    /// The least edit similarity unless something else was learned or configured, in hundredths.
    pub const STANDARD: usize = crate::profile::Likeness::STANDARD as usize;

    /// How many edits a text of so many characters may take.
    pub fn most_edits(self, characters: usize) -> usize {
        characters * (100 - self.similarity) / 100
    }
}

/// The copies of `text` among `candidates`, the most like first: earlier passages that are like it as a whole, and any
/// longer one that it stands in. That they share set phrases, those of `learned` too, proves nothing.
pub fn copies(
    analysis: &Analysis,
    text: &Text,
    candidates: &[BlockId],
    measure: Measure,
    learned: &Phrases,
) -> Vec<Copy> {
    let mut found: Vec<Copy> = Vec::new();
    for first in candidates {
        let Some(passage) = analysis.passage(*first).filter(|p| is_text(analysis, p)) else { continue };
        // Equal paragraphs are named as such.
        if passage.key != text.passage.key {
            found.extend(copy(text, Text::of(analysis, passage), measure, learned));
        }
    }
    // Stable: of two that are alike the earlier one comes first.
    found.sort_by_key(|copy| (copy.likeness != Likeness::Whole, copy.edits));
    found
}

fn copy(text: &Text, other: Text, measure: Measure, learned: &Phrases) -> Option<Copy> {
    let (a, b) = (&text.characters, &other.characters);
    let is_later = other.passage.first < text.passage.first;
    if !is_later && a.len() >= b.len() {
        return None;
    }
    Copy::told(text, other, measure, learned, |copy| match copy.likeness {
        Likeness::Whole => is_later && text.passage.han.max(copy.text.passage.han) >= measure.fewest_han,
        Likeness::Inside => text.passage.han >= measure.fewest_han,
        // The shorter passage speaks of it.
        Likeness::Around => false,
    })
}

/// Words that must be left when set phrases and the like are taken out: half of the shortest paragraph that rules speak of.
const FEWEST_LEFT: usize = 20;

/// Whether two texts are alike in more than set phrases. An edit inside of a phrase that is whole in the other text is no
/// difference in what they say of their own.
fn is_own(text: &Text, copy: &Copy, measure: Measure, learned: &Phrases) -> bool {
    /// Hundredths. What is left is short, so that as many edits weigh more; it is still above what unrelated texts have.
    const LESS: usize = 10;
    let (own, range) = (copy.own.clone(), copy.range.clone());
    let (a, b) = (&text.characters[own.clone()], &copy.text.characters[range.clone()]);
    let (a_masked, b_masked) = (set_phrases(a, learned), set_phrases(b, learned));
    let left = |text: &[char], masked: &[bool]| {
        text.iter().zip(masked).filter(|(c, masked)| c.is_alphanumeric() && !**masked).count()
    };
    let is_inside =
        |masked: &[bool], range: &Range<usize>| !range.is_empty() && masked[range.clone()].iter().all(|m| *m);
    let edits = copy.differences.iter().filter_map(|d| {
        let second = d.second.start - range.start..d.second.end - range.start;
        let first = d.first.start - own.start..d.first.end - own.start;
        let counts = !is_inside(&a_masked, &first) && !is_inside(&b_masked, &second);
        counts.then_some(d.first.len().max(second.len()))
    });
    let left = left(a, &a_masked).min(left(b, &b_masked));
    let measure = Measure { similarity: measure.similarity - LESS, ..measure };
    left >= FEWEST_LEFT && edits.sum::<usize>() <= measure.most_edits(left)
}

/// Whether what is alike is hardly more than titles in 《》: 根据《…建议》，编制了《…纲要（草案）》，提请大会审议 stands in every report of a year.
fn is_titles(text: &Text, copy: &Copy, learned: &Phrases) -> bool {
    let own = &text.characters[copy.own.clone()];
    let masked = set_phrases(own, learned);
    let mut depth = 0usize;
    let outside = own.iter().zip(masked).filter(|(c, masked)| {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && !masked && c.is_alphanumeric()
    });
    outside.count() < FEWEST_LEFT
}

/// Whether two like paragraphs are copies, and not written in set phrases, or in one frame on purpose: of two departments,
/// of two years.
fn is_meant(text: &Text, copy: &Copy, measure: Measure, learned: &Phrases) -> bool {
    is_own(text, copy, measure, learned) && !is_parallel(text, copy)
}

/// Running text, of headings only those that open their paragraph; and no cell of a table.
pub fn is_text(analysis: &Analysis, passage: &Passage) -> bool {
    is_prose(analysis, passage) && !is_cell(analysis, passage)
}

fn is_prose(analysis: &Analysis, passage: &Passage) -> bool {
    let outline = &analysis.outline;
    match outline.index_of(passage.first).map(|index| &outline.nodes[index]) {
        Some(node) => matches!(node.role, Role::LeadIn | Role::Item) || (node.role == Role::Heading && node.run_in),
        None => true,
    }
}

/// A cell of a table that was copied one cell per line: it stands between two short lines that are no headings. What is
/// required of three departments alike is no mistake.
fn is_cell(analysis: &Analysis, passage: &Passage) -> bool {
    /// Han; a cell that names something is shorter, a paragraph of prose longer.
    const SHORT: u32 = 20;
    let short = |ordinal: Option<usize>| {
        let block = ordinal.and_then(|n| analysis.table.get(n)).map(|(_, block)| block);
        block.is_some_and(|b| {
            let signature = b.facts.structure.signature;
            let is_line = matches!(signature.shape, Shape::Line | Shape::Scrap) && signature.end == EndMark::None;
            is_line && b.facts.han < SHORT && analysis.outline.role(b.id) == Role::Body
        })
    };
    short(passage.ordinals.start.checked_sub(1)) && short(Some(passage.ordinals.end))
}
