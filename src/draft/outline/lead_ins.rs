//! Which first sentences are lead-ins (段首句): those that have siblings in their paragraph, or in the paragraphs of their
//! section.

use super::roles::{Given, Roles, SHORT_PROSE, is_prose};
use super::{Role, Style};
use crate::draft::lead::{Fit, Opening};
use crate::draft::shape::Shape;
use crate::draft::structure::{EndMark, Signature};
use std::ops::Range;

/// A line that is no caption, cell or scrap.
fn is_paragraph(s: &Signature) -> bool {
    let is_item = s.marker.is_some_and(|(form, _)| form.is_item());
    s.shape == Shape::Line && (is_item || s.end != EndMark::None || s.han >= SHORT_PROSE)
}

impl Roles<'_> {
    /// First sentences that are lead-ins: several in one paragraph, or in several paragraphs of one section.
    pub fn lead_ins(&mut self) {
        let runs = self.runs();
        // A draft that sets three heads in a paragraph, twice, sets two in a third.
        let triples = self.blocks.iter().filter(|s| s.leads >= 3 && s.fit != Fit::Comma).count();
        let is_group = |s: &Signature| match s.fit {
            Fit::Nested => true,
            Fit::Even if s.leads >= 3 => true,
            _ => triples >= 2 && s.leads >= 2,
        };
        let (mut openings, mut lone) = (Vec::new(), Vec::new());
        for run in &runs {
            for &at in run.iter().filter(|&&at| is_group(&self.blocks[at])) {
                let Signature { leads, fit, .. } = self.blocks[at];
                let is_nested = fit == Fit::Nested;
                self.given[at] = Given { parts: leads, is_nested, ..Given::of(Role::LeadIn, Style::LeadIn) };
            }
            self.items(run);
            let groups = self.openings(run);
            if groups.is_empty() {
                let phrase = |at: &usize| self.is_opening(*at) && self.blocks[*at].opening == Opening::Phrase;
                lone.extend(run.iter().copied().find(phrase));
            }
            openings.extend(groups);
        }
        // Two first sentences prove no habit; in a draft that has it, one without sibling in its section is another.
        const HABIT: usize = 6;
        let is_habit = openings.iter().map(Vec::len).sum::<usize>() >= HABIT;
        openings.retain(|group| is_habit || group.len() >= 3);
        let lone = if is_habit { lone } else { Vec::new() };
        for at in openings.into_iter().flatten().chain(lone) {
            self.given[at] = Given::of(Role::LeadIn, Style::LeadIn);
        }
    }

    /// The paragraphs of each section that belong to no other role, in order; of a draft without headings, all.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut in_section = !self.given.iter().any(|given| given.role == Role::Heading);
        let (mut runs, mut run) = (Vec::new(), Vec::new());
        for (at, given) in self.given.iter().enumerate() {
            if given.closes_run() {
                runs.push(std::mem::take(&mut run));
                in_section |= given.role == Role::Heading;
            } else if at >= self.front && in_section && given.role == Role::Body && is_paragraph(&self.blocks[at]) {
                run.push(at);
            }
        }
        runs.push(run);
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Paragraphs that open with 一是…, 二是…: lead-ins if they go on behind their first sentence, else items. Two numbers
    /// in order prove the list; the others may be wrong, or be in another form (第一，二是).
    fn items(&mut self, run: &[usize]) {
        let marker = |at: usize| self.blocks[at].marker.filter(|(form, _)| form.is_item());
        let members: Vec<(usize, u32)> = run.iter().filter_map(|&at| Some((at, marker(at)?.1))).collect();
        if !members.windows(2).any(|pair| pair[0].1 + 1 == pair[1].1) {
            return;
        }
        for (at, _) in members {
            let stands_over = |next: &Signature| is_prose(next) && next.marker.is_none();
            let is_alone = self.blocks[at].end == EndMark::None && self.blocks.get(at + 1).is_some_and(stands_over);
            let role = if self.blocks[at].run_in || is_alone { Role::LeadIn } else { Role::Item };
            self.given[at] = Given::of(role, Style::LeadIn);
        }
    }

    /// Whether a paragraph may open with a lead-in. One behind a paragraph that was cut off goes on with it.
    fn is_opening(&self, at: usize) -> bool {
        let is_cut = |s: &Signature| {
            s.shape == Shape::Line && matches!(s.end, EndMark::None | EndMark::Pause) && s.han >= SHORT_PROSE
        };
        self.given[at] == Given::BODY
            && self.blocks[at].opening != Opening::None
            && !at
                .checked_sub(1)
                .is_some_and(|before| self.given[before] == Given::BODY && is_cut(&self.blocks[before]))
    }

    /// Paragraphs of a section whose first sentences are lead-ins: at least two side by side; and one before them that
    /// is parted from them by a paragraph without.
    fn openings(&self, run: &[usize]) -> Vec<Vec<usize>> {
        let opening = |n: usize| self.blocks[run[n]].opening;
        let mut groups: Vec<Range<usize>> = Vec::new();
        for n in (0..run.len()).filter(|&n| self.is_opening(run[n])) {
            match groups.last_mut().filter(|group| group.end == n) {
                Some(group) => group.end = n + 1,
                None => groups.push(n..n + 1),
            }
        }
        // A maxim that opens or closes the section is none of the lead-ins beside it, unless they are built like it.
        let phrases = |mut members: Range<usize>| members.all(|n| opening(n) == Opening::Phrase);
        for group in &mut groups {
            if group.start == 0 && opening(0) == Opening::Balanced && phrases(1..group.end) {
                group.start += 1;
            } else if group.end == run.len()
                && opening(group.end - 1) == Opening::Balanced
                && phrases(group.start..group.end - 1)
            {
                group.end -= 1;
            }
        }
        let is_run = |group: &Range<usize>| group.len() >= 2;
        let leads_up = |group: &Range<usize>, next: &Range<usize>| {
            group.len() == 1 && opening(group.start) == Opening::Phrase && is_run(next) && next.start == group.end + 1
        };
        let mut accepted: Vec<Vec<usize>> = Vec::new();
        for (k, group) in groups.iter().enumerate() {
            let before = k.checked_sub(1).map(|k| &groups[k]).filter(|before| leads_up(before, group));
            if is_run(group) {
                accepted.push(before.cloned().into_iter().flatten().chain(group.clone()).map(|n| run[n]).collect());
            }
        }
        accepted
    }
}
