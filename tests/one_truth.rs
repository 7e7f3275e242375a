//! Invariant 1: the command line and the server say the same about the same text.

mod support;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use support::Client;

/// Every draft among the seeds and fixtures.
fn drafts() -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![PathBuf::from("seeds"), PathBuf::from("tests/fixtures")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if hegao::files::is_draft(&path) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    assert!(found.len() >= 10, "{found:?}");
    found
}

/// What both faces say of a finding.
fn essence(rule: &Value, severity: &str, message: &Value, range: &Value, related: Vec<Value>) -> Value {
    json!({ "rule": rule, "severity": severity, "message": message, "range": range, "related": related })
}

fn of_command_line(finding: &Value) -> Value {
    let related = finding["related"].as_array().expect("a list").iter();
    essence(
        &finding["rule"],
        finding["severity"].as_str().expect("a severity"),
        &finding["message"],
        &finding["range"],
        related.map(|r| json!([r["range"], r["message"]])).collect(),
    )
}

fn of_server(diagnostic: &Value) -> Value {
    let severity = match diagnostic["severity"].as_u64() {
        Some(1) => "error",
        Some(2) => "warning",
        _ => "hint",
    };
    let related = diagnostic["relatedInformation"].as_array().cloned().unwrap_or_default();
    essence(
        &diagnostic["code"],
        severity,
        &diagnostic["message"],
        &diagnostic["range"],
        related.iter().map(|r| json!([r["location"]["range"], r["message"]])).collect(),
    )
}

#[test]
fn command_line_and_server_find_the_same() {
    let drafts = drafts();
    let output = assert_cmd::Command::cargo_bin("hegao")
        .expect("the program")
        .args(["check", "--format", "json", "--lang", "zh"])
        .args(&drafts)
        .output()
        .expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut client = Client::start();
    let mut findings = 0;
    for file in report["files"].as_array().expect("files") {
        let path = Path::new(file["path"].as_str().expect("a path"));
        let Ok(input) = hegao::files::read(path) else { continue };
        let url = support::url(&std::path::absolute(path).expect("a path"));
        client.open(&url, "markdown", &input.text);
        let served: Vec<Value> = client.published(&url, 1).iter().map(of_server).collect();
        let checked: Vec<Value> = file["findings"].as_array().expect("a list").iter().map(of_command_line).collect();
        assert_eq!(served, checked, "{}", path.display());
        findings += checked.len();
    }
    assert!(findings >= 5, "only {findings} findings: the fixtures test nothing");
}
