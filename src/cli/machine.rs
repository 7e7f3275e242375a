//! Findings for machines: SARIF 2.1.0, and the workflow commands that GitHub shows beside a change. Both are made from
//! the JSON report, so they cannot say anything else.

use super::json::{FindingJson, Range, Report};
use crate::findings::Severity;
use crate::rules::RULES;
use crate::rules::document::Document;
use serde_json::{Value, json};
use std::io::Write;

/// The report as a SARIF log. Columns are UTF-16, as declared in `columnKind`.
pub fn sarif(report: &Report) -> Value {
    let rules = RULES.iter().map(|rule| {
        let document = Document::parse(rule.document);
        let summary = document.as_ref().map(|d| d.summary.as_str()).unwrap_or_default();
        let gloss = document.as_ref().map(|d| d.gloss).unwrap_or_default();
        json!({
            "id": rule.name,
            "shortDescription": { "text": gloss },
            "fullDescription": { "text": summary },
            "help": { "text": rule.document, "markdown": rule.document },
        })
    });
    let results = report.files.iter().flat_map(|file| file.findings.iter().map(|f| result(&file.path, f)));
    let failures = report.files.iter().filter_map(|file| {
        let error = file.error.as_ref()?;
        Some(json!({ "level": "error", "message": { "text": error }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&file.path) } } }] }))
    });
    let failures: Vec<Value> = failures.collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "hegao", "version": env!("CARGO_PKG_VERSION"), "rules": rules.collect::<Vec<_>>() } },
            "columnKind": "utf16CodeUnits",
            "invocations": [{ "executionSuccessful": failures.is_empty(), "toolExecutionNotifications": failures }],
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn result(path: &str, finding: &FindingJson) -> Value {
    let related = finding
        .related
        .iter()
        .map(|r| json!({ "physicalLocation": location(&r.path, &r.range), "message": { "text": r.message } }));
    let fixes = finding.fixes.iter().map(|fix| {
        let replacements = fix.edits.iter().map(|edit| {
            json!({ "deletedRegion": region(&edit.range), "insertedContent": { "text": edit.new_text } })
        });
        json!({
            "description": { "text": fix.title },
            "artifactChanges": [{ "artifactLocation": { "uri": uri(path) }, "replacements": replacements.collect::<Vec<_>>() }],
        })
    });
    json!({
        "ruleId": finding.rule,
        "level": match finding.severity { Severity::Error => "error", Severity::Warning => "warning", Severity::Hint => "note" },
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": location(path, &finding.range) }],
        "relatedLocations": related.collect::<Vec<_>>(),
        "fixes": fixes.collect::<Vec<_>>(),
        "partialFingerprints": { "hegao/v1": finding.fingerprint },
    })
}

fn location(path: &str, range: &Range) -> Value {
    json!({ "artifactLocation": { "uri": uri(path) }, "region": region(range) })
}

fn region(range: &Range) -> Value {
    json!({
        "startLine": range.start.line + 1, "startColumn": range.start.character + 1,
        "endLine": range.end.line + 1, "endColumn": range.end.character + 1,
    })
}

/// A relative reference: SARIF wants a URI, and paths hold spaces and Han.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// `::error file=…,line=…::message` for each finding.
pub fn github(report: &Report, out: &mut dyn Write) -> std::io::Result<()> {
    for file in &report.files {
        for finding in &file.findings {
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "notice",
            };
            let (start, end) = (finding.range.start, finding.range.end);
            writeln!(
                out,
                "::{level} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                property(&file.path),
                start.line + 1,
                start.character + 1,
                end.line + 1,
                end.character + 1,
                property(finding.rule),
                escaped(&finding.message),
            )?;
        }
        if let Some(error) = &file.error {
            writeln!(out, "::error file={}::{}", property(&file.path), escaped(error))?;
        }
    }
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_messages_are_escaped() {
        assert_eq!(uri("报告/a b.txt"), "%E6%8A%A5%E5%91%8A/a%20b.txt");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
