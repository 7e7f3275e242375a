//! How exemplars write their headings: the forms of each level, and whether siblings are built alike.

use super::seen::{Numbered, Seen, hundredths};
use crate::analysis::Analysis;
use crate::draft::{Node, Role, Words};
use crate::profile::{HeadingForm, Siblings};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The headings and lead-ins of an exemplar.
#[derive(Debug)]
pub(super) struct Headings {
    titles: Vec<Title>,
    siblings: Siblings,
}

#[derive(Debug)]
struct Title {
    level: u8,
    form: String,
    words: Words,
    is_ended: bool,
    line: u32,
}

/// What stands for the marker of a heading that has none.
const LEAD_IN: &str = "段首句";
const SHORT_LINE: &str = "短行";

impl Headings {
    pub fn of(analysis: &Analysis) -> Headings {
        let outline = &analysis.outline;
        let nodes = outline.nodes.iter().filter(|node| matches!(node.role, Role::Heading | Role::LeadIn));
        let titles = nodes.filter_map(|node| title(analysis, node)).collect();
        let mut siblings = Siblings::default();
        /// Members of a family that prove a habit, as for `headings/parallel`.
        const FEWEST: usize = 4;
        for family in &outline.families {
            let nodes = family.iter().map(|index| &outline.nodes[*index as usize]);
            let words: Vec<Words> = nodes
                .filter(|node| node.role == Role::Heading && !node.run_in)
                .filter_map(|node| Some(analysis.table.find(node.block)?.1.facts.structure.likeness(node.part)))
                .collect();
            let builds = [words.iter().map(|w| w.quoted).collect::<Vec<_>>(), words.iter().map(|w| w.parts).collect()];
            let odd = builds.iter().filter_map(|build| odd_ones(build)).min();
            match odd.filter(|_| words.len() >= FEWEST) {
                Some(0) => siblings.alike += 1,
                Some(_) => siblings.all_but_one += 1,
                None => {}
            }
        }
        Headings { titles, siblings }
    }
}

/// How many differ from a build of two parts or more that all the others share: none or one.
fn odd_ones(build: &[u8]) -> Option<usize> {
    let shared = build.iter().filter(|parts| **parts >= 2);
    shared.map(|parts| build.iter().filter(|other| *other != parts).count()).min().filter(|odd| *odd <= 1)
}

fn title(analysis: &Analysis, node: &Node) -> Option<Title> {
    let (location, block) = analysis.table.find(node.block)?;
    let structure = &block.facts.structure;
    let heading = structure.heading.as_ref().filter(|_| node.role == Role::Heading);
    let marked = heading.and_then(|heading| {
        let marker = heading.marker.as_ref().filter(|_| node.marker.is_some())?;
        // A mark behind a word that needs none belongs to what is written: 第一章、
        let wrong = marker.next.filter(|next| matches!(next, '、' | '，' | '.' | '．' | '：'));
        let range = heading.title.start..marker.end + wrong.map_or(0, char::len_utf8);
        let source = analysis.block_source(location, block);
        Some(marker.set_to_one(&source, range).trim().to_owned())
    });
    let unmarked = || match (node.role, node.depth) {
        (Role::LeadIn, _) => LEAD_IN.to_owned(),
        (_, Some(depth)) => "#".repeat(usize::from(depth)),
        _ => SHORT_LINE.to_owned(),
    };
    Some(Title {
        level: node.level,
        form: marked.unwrap_or_else(unmarked),
        words: structure.likeness(node.part),
        is_ended: !node.run_in && heading.is_some_and(|heading| heading.end.is_some()),
        line: location.line as u32 + 1,
    })
}

/// The forms of headings that at least `least` documents have, level by level, the commonest first.
pub(super) fn forms(exemplars: &[Numbered<'_>], least: u32) -> Vec<HeadingForm> {
    let mut by_level: BTreeMap<u8, usize> = BTreeMap::new();
    let mut by_form: BTreeMap<(u8, &str), (Seen, Vec<&Title>)> = BTreeMap::new();
    for numbered in exemplars {
        for title in &numbered.1.headings.titles {
            *by_level.entry(title.level).or_default() += 1;
            let (seen, titles) = by_form.entry((title.level, &title.form)).or_default();
            seen.add(*numbered, title.line);
            titles.push(title);
        }
    }
    let kept = by_form.into_iter().filter(|(_, (seen, _))| seen.documents() >= least);
    let mut forms: Vec<HeadingForm> = kept
        .map(|((level, form), (seen, titles))| {
            let mut characters: Vec<u32> = titles.iter().map(|title| title.words.characters).collect();
            characters.sort_unstable();
            let share = |is: &dyn Fn(&Title) -> bool| hundredths(titles.iter().filter(|t| is(t)).count(), titles.len());
            HeadingForm {
                level,
                form: form.to_owned(),
                share: hundredths(titles.len(), by_level[&level]),
                characters: [characters[0], characters[characters.len() / 2], characters[characters.len() - 1]],
                parted: share(&|title| title.words.parts >= 2),
                ended: share(&|title| title.is_ended),
                support: seen.support(),
            }
        })
        .collect();
    forms.sort_by_key(|form| (form.level, Reverse(form.share)));
    forms
}

/// Families of siblings of all documents. A copy's count as its original's do: who lets one differ does so twice.
pub(super) fn siblings(exemplars: &[Numbered<'_>]) -> Siblings {
    exemplars.iter().fold(Siblings::default(), |sum, (_, exemplar)| {
        let Siblings { alike, all_but_one } = exemplar.headings.siblings;
        Siblings { alike: sum.alike + alike, all_but_one: sum.all_but_one + all_but_one }
    })
}
