//! How many near copies are found, with known truth: paragraphs of reports are copied within their report, edited at
//! random, and must be found with the paragraph that they were copied from, and nothing else must be.
//! `HEGAO_REPORTS=folder cargo test --test copies -- --nocapture` measures on other reports than the seeds.

#[path = "../benches/support/generator.rs"]
mod generator;

#[path = "support/edits.rs"]
mod edits;

use edits::{Random, edited, is_paragraph, reports};
use generator::han_count;
use hegao::checking::Checked;
use hegao::findings::Severity;
use hegao::rules::Settings;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lines with a copy, and the lines copied from, by the lines' numbers in the text.
type Pairs = BTreeSet<(usize, usize)>;

/// The report with every tenth of its paragraphs copied somewhere, and where.
fn planted(report: &str, share: usize, random: &mut Random) -> (String, Pairs) {
    let is_prose = |line: &str| is_paragraph(line, 40);
    let pool: Vec<char> = report.chars().filter(|c| generator::is_han(*c)).collect();
    // Each line with the number of the line that it is the original (even) or the copy (odd) of.
    let mut lines: Vec<(String, Option<(usize, bool)>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for line in report.lines() {
        // What the report repeats itself is no measure.
        if han_count(line) < 40 || seen.insert(line) {
            lines.push((line.to_owned(), None));
        }
    }
    let prose: Vec<usize> = (0..lines.len()).filter(|&n| is_prose(&lines[n].0)).collect();
    for (count, n) in prose.iter().filter(|_| random.below(8) == 0).copied().enumerate().collect::<Vec<_>>() {
        lines[n].1 = Some((count, false));
    }
    let originals: Vec<(String, usize)> =
        lines.iter().filter_map(|(line, mark)| Some((line.clone(), mark.as_ref()?.0))).collect();
    for (line, count) in originals {
        let copy = edited(&line, share, &pool, random);
        let places: Vec<usize> = (0..lines.len()).filter(|&n| is_prose(&lines[n].0)).collect();
        let at = places[random.below(places.len())] + 1;
        lines.insert(at, (copy, Some((count, true))));
    }
    let place = |wanted| lines.iter().position(|(_, mark)| *mark == Some(wanted));
    let pairs = (0..).map_while(|n| place((n, false)).zip(place((n, true)))).map(|(a, b)| (a.min(b), a.max(b)));
    let pairs = pairs.collect();
    (lines.into_iter().map(|(line, _)| line + "\n").collect(), pairs)
}

fn found(text: &str) -> Vec<(usize, usize)> {
    let checked = Checked::of(text, &Arc::new(Settings::default()));
    let line = |place: hegao::findings::Place| {
        checked.analysis.rope.byte_to_line(place.bytes(&checked.analysis).expect("a place in the text").start)
    };
    let findings = checked.findings.iter().filter(|placed| placed.finding.rule == "duplicates/paragraph");
    let pair = |a: usize, b: usize| (a.min(b), a.max(b));
    findings.map(|p| pair(line(p.finding.place), line(p.finding.related[0].place))).collect()
}

#[test]
fn near_copies_are_found_and_nothing_else() {
    let reports = reports();
    println!("edited  planted  recall  precision");
    for (share, least_recall) in [(0, 0.99), (2, 0.99), (5, 0.99), (10, 0.99), (15, 0.97), (20, 0.95)] {
        let mut random = Random(share as u64);
        let (mut due, mut hits, mut all) = (0, 0, 0);
        for report in &reports {
            for _ in 0..6 {
                let (text, pairs) = planted(report, share, &mut random);
                let own: Vec<(usize, usize)> = found(&text);
                for missed in pairs.iter().filter(|pair| !own.contains(pair)) {
                    let line = |n: usize| text.lines().nth(n).unwrap();
                    println!("missed: {}\n        {}", line(missed.0), line(missed.1));
                }
                for wrong in own.iter().filter(|pair| !pairs.contains(pair)) {
                    let line = |n: usize| text.lines().nth(n).unwrap();
                    println!("wrong: {}\n       {}", line(wrong.0), line(wrong.1));
                }
                due += pairs.len();
                hits += own.iter().filter(|pair| pairs.contains(pair)).count();
                all += own.len();
            }
        }
        let (recall, precision) = (hits as f64 / due as f64, hits as f64 / all as f64);
        println!("{share:>4} %  {due:>7}  {recall:>6.4}  {precision:>9.4}");
        assert!(due > 100, "{due}");
        assert!(precision >= 0.99 && recall >= least_recall, "{share} %: recall {recall}, precision {precision}");
    }
}

/// Severities of `duplicates/paragraph` in `text`.
fn severities(text: &str) -> Vec<Severity> {
    let checked = Checked::of(text, &Arc::new(Settings::default()));
    let findings = checked.findings.iter().filter(|placed| placed.finding.rule == "duplicates/paragraph");
    findings.map(|placed| placed.finding.severity).collect()
}

#[test]
fn a_pair_of_near_copies_is_told_once_whichever_is_longer() {
    let paragraph =
        "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效，得到各界好评。";
    for (first, second) in [(paragraph, &*format!("又{paragraph}")), (&*format!("又{paragraph}"), paragraph)] {
        let text = format!("{first}\n\n另有说明。\n\n{second}\n");
        assert_eq!(found(&text), [(0, 4)]);
    }
}

#[test]
fn copies_in_two_forms_or_in_one_field_of_two_entries_are_hints() {
    let promise = "本人严格遵守中央八项规定及其实施细则精神，自觉抵制各种不正之风，不收受可能影响公正执行公务的礼品、礼金，主动接受组织和群众监督。";
    let forms =
        |first: &str, second: &str| format!("# 文件汇编\n\n## {first}\n\n{promise}\n\n## {second}\n\n{promise}\n");
    assert_eq!(severities(&forms("党员承诺书", "干部承诺书")), [Severity::Hint]);
    assert_eq!(severities(&forms("附件1 推荐办法", "附件2 申报办法")), [Severity::Hint]);
    // What is no form is a copy, and so is what stands twice in one form.
    assert_eq!(severities(&forms("党员队伍建设", "县人大代表")), [Severity::Error]);
    assert_eq!(
        severities(&format!("# 汇编\n\n## 党员承诺书\n\n{promise}\n\n另有说明。\n\n{promise}\n")),
        [Severity::Error]
    );
    assert_eq!(
        severities(&format!("# 附件1 承诺\n\n## 一、党员\n\n{promise}\n\n## 二、干部\n\n{promise}\n")),
        [Severity::Error]
    );

    let note = "一、本表用A4纸双面打印，一式三份，须如实填写，不得涂改；主要事迹栏可另附材料，字数控制在1000字以内；所在单位意见须加盖公章。";
    assert_eq!(
        severities(&format!("附件1：推荐表填表说明\n{note}\n附件2：申报表填表说明\n{note}\n")),
        [Severity::Hint]
    );

    let progress = "整改进展：已完成并长期坚持。县政协党组召开专题会议研究部署，制定具体措施，明确责任科室和完成时限，逐项对账销号，成效得到认可。";
    let entries = |field: &str, other: &str| {
        format!("# 整改台账\n\n## 问题一：学习不够\n\n{field}\n\n## 问题二：调研不实\n\n{other}\n")
    };
    assert_eq!(severities(&entries(progress, progress)), [Severity::Hint]);
    assert_eq!(severities(&entries(progress, &progress.replace("得到认可", "得到肯定"))), [Severity::Hint]);
    let text = progress.trim_start_matches("整改进展：");
    assert_eq!(severities(&entries(text, text)), [Severity::Error]);
}
