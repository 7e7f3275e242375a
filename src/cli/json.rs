//! The JSON of `hegao check --format json`. Stable: version 1, as the README describes it. Lines are zero-based,
//! characters UTF-16, as in the Language Server Protocol; `bytes` are offsets of the text as UTF-8.

use crate::checking::{Checked, Placed};
use crate::findings;
use crate::findings::{Finding, Fix, Language, Place, Severity};
use crate::text::position::{Encoding, Position, from_byte};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Report {
    pub version: u32,
    pub files: Vec<File>,
    pub summary: Summary,
}

#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub files: usize,
    pub findings: usize,
    #[serde(rename = "byRule")]
    pub by_rule: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Serialize)]
pub struct File {
    pub path: String,
    /// `null` if the file could not be read.
    pub encoding: Option<&'static str>,
    pub findings: Vec<FindingJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct FindingJson {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: String,
    pub range: Range,
    pub bytes: [usize; 2],
    pub related: Vec<RelatedJson>,
    pub fixes: Vec<FixJson>,
    pub fingerprint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    pub start: Point,
    pub end: Point,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    pub line: u32,
    pub character: u32,
}

#[derive(Debug, Serialize)]
pub struct RelatedJson {
    pub path: String,
    pub range: Range,
    pub message: String,
}

#[derive(Debug, Serialize)]
pub struct FixJson {
    pub title: String,
    pub applicability: &'static str,
    pub edits: Vec<EditJson>,
}

#[derive(Debug, Serialize)]
pub struct EditJson {
    pub range: Range,
    pub bytes: [usize; 2],
    #[serde(rename = "newText")]
    pub new_text: String,
}

impl From<Position> for Point {
    fn from(position: Position) -> Point {
        Point { line: position.line, character: position.character }
    }
}

impl Range {
    pub fn of((start, end): (Position, Position)) -> Range {
        Range { start: start.into(), end: end.into() }
    }
}

/// The findings of a file.
pub fn findings(path: &str, checked: &Checked, language: Language) -> Vec<FindingJson> {
    checked.findings.iter().filter_map(|placed| one(path, checked, placed, language)).collect()
}

fn one(path: &str, checked: &Checked, placed: &Placed, language: Language) -> Option<FindingJson> {
    let Finding { rule, severity, place, related, fixes, .. } = &*placed.finding;
    let bytes = place.bytes(&checked.analysis)?;
    let related = related.iter().filter_map(|r| {
        let message = r.message.text(language, |_| 0);
        Some(RelatedJson { path: path.to_owned(), range: range(checked, &r.place)?, message })
    });
    let elsewhere = placed.elsewhere.iter().map(|other| RelatedJson {
        path: other.report.path.display().to_string(),
        range: Range::of(other.positions(Encoding::Utf16)),
        message: findings::elsewhere(other).text(language, |_| 0),
    });
    Some(FindingJson {
        rule,
        severity: *severity,
        message: placed.message(checked, language),
        range: range(checked, place)?,
        bytes: [bytes.start, bytes.end],
        related: related.chain(elsewhere).collect(),
        fixes: fixes.iter().filter_map(|f| fix(checked, f, language)).collect(),
        fingerprint: format!("{:016x}", placed.fingerprint),
    })
}

fn range(checked: &Checked, place: &Place) -> Option<Range> {
    place.positions(&checked.analysis, Encoding::Utf16).map(Range::of)
}

fn fix(checked: &Checked, fix: &Fix, language: Language) -> Option<FixJson> {
    let rope = &checked.analysis.rope;
    let point = |byte| Point::from(from_byte(rope, byte, Encoding::Utf16));
    let edits = fix.changes(&checked.analysis)?.into_iter().map(|change| EditJson {
        range: Range { start: point(change.range.start), end: point(change.range.end) },
        bytes: [change.range.start, change.range.end],
        new_text: change.text,
    });
    Some(FixJson {
        title: fix.title.text(language, |_| 0),
        applicability: fix.applicability.name(),
        edits: edits.collect(),
    })
}
