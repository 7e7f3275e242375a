//! Raising and lowering a heading with all that stands under it. No text moves: the heading and its sub-headings are written
//! as those of their new level are, and the chains that they leave and enter are numbered in order.
//!
//! How a heading of a level is written, its *dress*, is taken from a heading of the draft: `#` and bold, what stands around
//! the numeral, the indent. Where the draft has none on that level it is the next form of GB/T 9704 7.3.3
//! (一、→（一）→1.→（1）→①) in the dress of the level above.

use super::sketch::Sketch;
use super::{announced, is_heading, numbering, pointing, section, sibling_before};
use crate::analysis::Analysis;
use crate::draft::{Bold, Form, Kind, Shape, Signature, Structure};
use crate::text::Change;
use crate::text::han::is_space;
use crate::text::numeral::NumeralForm;
use std::ops::Range;

/// Raises heading `node`: it becomes the next sibling of its parent.
pub(super) fn promote(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    let outline = &analysis.outline;
    let parent = super::parent(outline, node).filter(|&p| is_heading(outline, node) && is_heading(outline, p))?;
    let sketch = Sketch::of(analysis);
    let moved = section(outline, node);
    if sketch.has_annex(sketch.ordinals[parent]..sketch.ordinals[moved.end - 1]) {
        return None;
    }
    // Each takes the dress of the heading that held it.
    let mut dresses = Vec::new();
    for index in headings(&sketch, &moved) {
        let above = outline.nodes[index].parent? as usize;
        dresses.push((index, Dress::of(&sketch, above)?));
    }
    let holder = super::parent(outline, parent);
    let behind = moved.end..section(outline, parent).end;
    let holds = move |index: usize, was: Option<usize>| match index {
        _ if index == node => holder,
        // What stood behind it in its section stands under it now.
        _ if behind.contains(&index) && was == Some(parent) => Some(node),
        _ => was,
    };
    redress(sketch, moved, -1, dresses, &holds)
}

/// Lowers heading `node`: it becomes the last part of the sibling before it. Written as the draft writes that level, or,
/// where it would be no heading so (a bare line among paragraphs), in the standard order.
pub(super) fn demote(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    let outline = &analysis.outline;
    let holder = sibling_before(outline, node)?;
    let by_example = |sketch: &Sketch<'_>, index: usize| {
        let near = if index == node { holder } else { index };
        on_level(sketch, outline.nodes[index].level + 1, near, index)
    };
    let by_standard = |sketch: &Sketch<'_>, index: usize| Dress::of(sketch, index)?.lower();
    lowered(analysis, node, holder, by_example).or_else(|| lowered(analysis, node, holder, by_standard))
}

fn lowered(
    analysis: &Analysis,
    node: usize,
    holder: usize,
    dress: impl Fn(&Sketch<'_>, usize) -> Option<Dress>,
) -> Option<Vec<Change>> {
    let sketch = Sketch::of(analysis);
    let moved = section(&analysis.outline, node);
    if sketch.has_annex(sketch.ordinals[holder]..sketch.ordinals[moved.end - 1]) {
        return None;
    }
    let mut dresses = Vec::new();
    for index in headings(&sketch, &moved) {
        dresses.push((index, dress(&sketch, index)?));
    }
    redress(sketch, moved, 1, dresses, &move |index, was| if index == node { Some(holder) } else { was })
}

fn headings(sketch: &Sketch<'_>, nodes: &Range<usize>) -> Vec<usize> {
    nodes.clone().filter(|&index| is_heading(&sketch.analysis.outline, index)).collect()
}

/// The dress of a part of section `near`: of its first part, else of the nearest heading on that level, else the next one
/// below that of `from`.
fn on_level(sketch: &Sketch<'_>, level: u8, near: usize, from: usize) -> Option<Dress> {
    let nodes = &sketch.analysis.outline.nodes;
    let on_level = |index: &usize| nodes[*index].level == level && is_heading(&sketch.analysis.outline, *index);
    let part = section(&sketch.analysis.outline, near).find(on_level);
    let nearest = || (0..nodes.len()).filter(on_level).min_by_key(|index| index.abs_diff(from));
    match part.or_else(nearest) {
        Some(example) => Dress::of(sketch, example),
        None => Dress::of(sketch, from)?.lower(),
    }
}

/// Writes headings in their new dresses, numbers the chains, and lets references and announced counts follow.
fn redress(
    mut sketch: Sketch<'_>,
    moved: Range<usize>,
    by: i16,
    dresses: Vec<(usize, Dress)>,
    parent: &dyn Fn(usize, Option<usize>) -> Option<usize>,
) -> Option<Vec<Change>> {
    let before = &sketch.analysis.outline;
    let has_moved = |index: usize| moved.contains(&index);
    // A reference to a section that is written in another form cannot follow.
    if pointing::pointings(sketch.analysis).iter().any(|pointing| has_moved(pointing.node)) {
        return None;
    }
    let shift = |index: usize| if has_moved(index) { by } else { 0 };
    for (index, dress) in &dresses {
        dress.put_on(&mut sketch, *index, 1)?;
    }
    let sketched = sketch.outline(&shift, parent)?;
    let numbers = numbering::dealt(before, &sketched, &has_moved)?;
    for (index, dress) in &dresses {
        if let Some(&number) = numbers.get(index) {
            sketch.restore(sketch.ordinals[*index]);
            dress.put_on(&mut sketch, *index, number)?;
        }
    }
    let others = numbers.into_iter().filter(|(index, _)| !has_moved(*index)).collect();
    sketch.number(&others)?;
    let dues = pointing::follow_in(&mut sketch, &others, |index| parent(index, super::parent(before, index)))?;
    announced::follow(&mut sketch, &sketched, &has_moved)?;
    sketch.finish(&shift, parent, &dues)
}

/// How a heading is written: what stands before its numeral, or before its words if it has none, what stands between numeral
/// and words, and how much of the line is in bold.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dress {
    before: String,
    numeral: Option<(Form, NumeralForm)>,
    between: String,
    bold: Bold,
    is_markdown: bool,
}

/// The parts of a heading that a dress replaces, in bytes of its block.
struct Worn {
    dress: Dress,
    /// Where its words start.
    words: usize,
    /// Where the line's content ends.
    end: usize,
    run_in: bool,
}

impl Worn {
    fn of(sketch: &Sketch<'_>, node: usize) -> Option<Worn> {
        let ordinal = sketch.ordinals[node];
        let (source, (_, block)) = (sketch.source(ordinal)?, sketch.block(ordinal)?);
        let Structure { signature, content, heading, .. } = &block.facts.structure;
        let heading = heading.as_deref()?;
        let Signature { shape, bold, run_in, .. } = *signature;
        let is_markdown = matches!(shape, Shape::Markdown(_));
        // Closing marks (## 标题 ##) and lines under the line have no place in a dress.
        let is_plain = block.kind == Kind::Line && matches!(shape, Shape::Line | Shape::Markdown(_));
        if !is_plain || (is_markdown && source[content.clone()].ends_with('#')) {
            return None;
        }
        let (numeral, start, words) = match &heading.marker {
            Some(marker) => {
                let rest = &source[marker.end..];
                let words = marker.end + rest.len() - rest.trim_start_matches(is_space).len();
                (Some((marker.form, marker.numeral_form)), marker.numeral.clone(), words)
            }
            None => (None, heading.title.start..heading.title.start, heading.title.start),
        };
        let before = &source[..start.start];
        let is_dress = before.chars().all(|c| is_space(c) || matches!(c, '#' | '*' | '（' | '(' | '第'));
        // A heading that is its number alone has nothing to wear another form on.
        let has_words =
            source.get(words..heading.title.end).is_some_and(|words| !words.trim_matches(['*', ' ']).is_empty());
        (is_dress && has_words).then(|| Worn {
            dress: Dress {
                before: before.to_owned(),
                numeral,
                between: source[start.end..words].to_owned(),
                bold,
                is_markdown,
            },
            words,
            end: content.end,
            run_in,
        })
    }
}

impl Dress {
    fn of(sketch: &Sketch<'_>, node: usize) -> Option<Dress> {
        Some(Worn::of(sketch, node)?.dress)
    }

    /// Writes heading `node` in this dress. `None` where its text would be set otherwise than as a heading with a paragraph
    /// behind it: a run-in heading cannot be a line that is bold or marked as a whole.
    fn put_on(&self, sketch: &mut Sketch<'_>, node: usize, number: u32) -> Option<()> {
        let worn = Worn::of(sketch, node)?;
        let ordinal = sketch.ordinals[node];
        let is_whole = self.is_markdown || self.bold == Bold::Whole;
        let is_lead = |bold: Bold| bold == Bold::Lead;
        if (worn.run_in && is_whole) || is_lead(worn.dress.bold) != is_lead(self.bold) {
            return None;
        }
        let numeral = match self.numeral {
            Some((_, form)) => super::sketch::printed(number, form)?,
            None => String::new(),
        };
        sketch.edit(ordinal, 0..worn.words, format!("{}{numeral}{}", self.before, self.between));
        match (worn.dress.bold == Bold::Whole, self.bold == Bold::Whole) {
            (true, false) => sketch.edit(ordinal, worn.end - "**".len()..worn.end, String::new()),
            (false, true) => sketch.edit(ordinal, worn.end..worn.end, "**".to_owned()),
            _ => {}
        }
        Some(())
    }

    /// The dress of the level below: the next form, one `#` more.
    fn lower(mut self) -> Option<Dress> {
        if self.is_markdown {
            let level = self.before.matches('#').count();
            self.before = self.before.replacen('#', "##", usize::from(level < 6));
            if level == 6 {
                return None;
            }
        }
        let Some((form, _)) = self.numeral else { return self.is_markdown.then_some(self) };
        let (form, numeral, open, close) = match form {
            Form::Part | Form::Section => (Form::HanComma, NumeralForm::Han, "", "、"),
            Form::Chapter => (Form::Section, NumeralForm::Han, "第", "节　"),
            Form::HanComma | Form::Article => (Form::HanParen, NumeralForm::Han, "（", "）"),
            Form::HanParen => (Form::ArabicDot, NumeralForm::Arabic, "", "."),
            Form::ArabicDot => (Form::ArabicParen, NumeralForm::Arabic, "（", "）"),
            Form::ArabicParen => (Form::Circled, NumeralForm::Circled, "", ""),
            _ => return None,
        };
        let layout = self.before.trim_end_matches(['（', '(', '第']).to_owned();
        Some(Dress { before: layout + open, numeral: Some((form, numeral)), between: close.to_owned(), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numeral;

    #[test]
    fn a_dress_is_lowered_in_the_standard_order() {
        let dress = |before: &str, form, numeral, between: &str| Dress {
            before: before.to_owned(),
            numeral: Some((form, numeral)),
            between: between.to_owned(),
            bold: Bold::No,
            is_markdown: before.contains('#'),
        };
        let mut last = dress("## ", Form::HanComma, NumeralForm::Han, "、");
        for (before, form, numeral, between) in [
            ("### （", Form::HanParen, NumeralForm::Han, "）"),
            ("#### ", Form::ArabicDot, NumeralForm::Arabic, "."),
            ("##### （", Form::ArabicParen, NumeralForm::Arabic, "）"),
            ("###### ", Form::Circled, NumeralForm::Circled, ""),
        ] {
            last = last.lower().unwrap();
            assert_eq!(last, dress(before, form, numeral, between));
            assert!(numeral::print(1, numeral).is_some());
        }
        assert_eq!(last.lower(), None);
    }
}
