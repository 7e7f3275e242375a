//! How many paragraphs that were taken over from other reports are found, with known truth: each report gets edited
//! paragraphs of others, whole, cut in two, with sentences moved or within a longer paragraph, and must be told of these
//! and of nothing else. `HEGAO_REPORTS=folder cargo test --test reuse -- --nocapture` measures on other reports.

#[path = "../benches/support/generator.rs"]
mod generator;

#[path = "support/edits.rs"]
mod edits;
#[path = "support/library.rs"]
#[allow(dead_code)]
mod library;

use edits::{Form, Random, edited, formed, is_paragraph, reports};
use hegao::analysis::Analysis;
use hegao::archive::{Archive, Library};
use hegao::checking::{Cancel, Checked};
use hegao::rules::Settings;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The shortest paragraph that `duplicates/report` speaks of.
const FEWEST: usize = 60;

/// A draft with what was planted: line number to form.
fn planted(own: &str, others: &[&str], share: usize, random: &mut Random) -> (String, BTreeMap<usize, Form>) {
    let pool: Vec<char> = own.chars().filter(|c| generator::is_han(*c)).collect();
    let sources: Vec<&str> =
        others.iter().flat_map(|text| text.lines()).filter(|line| is_paragraph(line, FEWEST)).collect();
    let (mut lines, mut truth) = (Vec::new(), BTreeMap::new());
    for line in own.lines() {
        lines.push(line.to_owned());
        if !is_paragraph(line, 40) || random.below(6) > 0 {
            continue;
        }
        let form = Form::ALL[random.below(4)];
        let Some(pasted) = formed(sources[random.below(sources.len())], form, FEWEST) else { continue };
        let pasted = if share == 0 { pasted } else { edited(&pasted, share, &pool, random) };
        match form {
            // Not joined to what was pasted itself.
            Form::Joined => *lines.last_mut().expect("a line") = format!("{pasted}{line}"),
            _ => lines.push(pasted),
        }
        truth.insert(lines.len() - 1, form);
    }
    (lines.into_iter().map(|line| line + "\n").collect(), truth)
}

fn library(folder: &Path, cache: &Path) -> Library {
    let archive = Archive::at(cache, &[folder.to_owned()]);
    archive.update(&[], &Cancel::default(), &|_| {}).unwrap();
    archive.open().unwrap().0
}

#[test]
fn what_was_taken_over_is_found_and_nothing_else() {
    // Reports of other alphabets are told apart by every character; only the first five are real.
    let reports = reports();
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = |n: usize| folder.path().join(format!("{n}.txt"));
    for (n, report) in reports.iter().enumerate() {
        std::fs::write(path(n), report).unwrap();
    }
    let library = library(folder.path(), cache.path());
    let settings = Arc::new(Settings::default());
    println!("edited  planted  recall  precision  recall by form");
    for share in [0, 5, 10, 20, 30, 40] {
        let mut random = Random(100 + share as u64);
        let (mut hits, mut wrong) = (BTreeMap::<Form, (usize, usize)>::new(), 0);
        for (n, report) in reports.iter().enumerate() {
            let others: Vec<&str> =
                reports.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, text)| text.as_str()).collect();
            for _ in 0..2 {
                let (text, truth) = planted(report, &others, share, &mut random);
                let analysis = Analysis::of(&text);
                let matches = library.look_up(&analysis, Some(&path(n))).matches;
                let checked = Checked::with(&analysis, &settings, matches);
                let found = checked.findings.iter().filter(|p| p.finding.rule == "duplicates/report");
                let bytes = found.map(|p| p.finding.place.bytes(&analysis).expect("a place").start);
                let found: Vec<usize> = bytes.map(|byte| analysis.rope.byte_to_line(byte)).collect();
                for (line, form) in &truth {
                    let sum = hits.entry(*form).or_default();
                    sum.0 += usize::from(found.contains(line));
                    sum.1 += 1;
                    if !found.contains(line) && share <= 20 {
                        println!("missed ({form:?}): {}", text.lines().nth(*line).unwrap());
                    }
                }
                for line in found.iter().filter(|line| !truth.contains_key(line)) {
                    println!("wrong: {}", text.lines().nth(*line).unwrap());
                    wrong += 1;
                }
            }
        }
        let (hit, due) = hits.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let (recall, precision) = (hit as f64 / due as f64, hit as f64 / (hit + wrong) as f64);
        let forms: Vec<String> = hits.iter().map(|(form, (hit, due))| format!("{form:?} {hit}/{due}")).collect();
        println!("{share:>4} %  {due:>7}  {recall:>6.4}  {precision:>9.4}  {}", forms.join(", "));
        assert!(due > 100, "{due}");
        let is_measured = share <= 20;
        assert!(!is_measured || hit as f64 >= 0.95 * due as f64, "{share} %: {hit} of {due} found");
        assert!(!is_measured || precision >= 0.95, "{share} %: {precision}");
    }
}
