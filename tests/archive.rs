//! The archive of other reports: what is found in it, that it stays true whatever happens to it, and what a user sees.

use assert_cmd::Command;
use hegao::analysis::{Analysis, Engine};
use hegao::archive::{Archive, Update};
use hegao::checking::{Cancel, Checked};
use hegao::comparison::{ArchiveMatches, Match};
use hegao::rules::Settings;
use hegao::text::Hunks;
use ropey::Rope;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

const PARAGRAPH: &str = "坚持把提案工作摆在突出位置，主席会议成员带头领衔督办重点提案，建立提办双方面对面协商机制，促成一批民生难题得到妥善解决，提案办复率、委员满意率均达到百分之百。";

/// Reports in a folder, and a cache of their own.
struct Desk {
    root: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("reports")).unwrap();
        Desk { root }
    }

    /// The seeds as reports.
    fn of_seeds() -> Desk {
        let desk = Desk::new();
        for entry in fs::read_dir("seeds").unwrap() {
            let path = entry.unwrap().path();
            desk.write(path.file_name().unwrap().to_str().unwrap(), &fs::read_to_string(&path).unwrap());
        }
        desk
    }

    fn reports(&self) -> PathBuf {
        self.root.path().join("reports")
    }

    fn cache(&self) -> PathBuf {
        self.root.path().join("cache")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.reports().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.reports().join(name)).unwrap()
    }

    /// The archive where the program puts it.
    fn archive(&self) -> Archive {
        Archive::at(&self.cache().join("archive"), &[self.reports()])
    }

    fn update(&self) -> Update {
        self.archive().update(&[], &Cancel::default(), &|_| {}).unwrap()
    }

    fn matches(&self, text: &str, own: Option<&Path>) -> ArchiveMatches {
        self.archive().open().unwrap().0.look_up(&Analysis::of(text), own).matches
    }

    /// The findings of the archive's rules in `text`: rule and message.
    fn found(&self, text: &str, own: Option<&Path>) -> Vec<String> {
        let analysis = Analysis::of(text);
        let checked = Checked::with(&analysis, &Arc::new(Settings::default()), self.matches(text, own));
        let of_archive = checked.findings.iter().filter(|placed| !placed.elsewhere.is_empty());
        of_archive.map(|placed| placed.message(&checked, hegao::findings::Language::Zh)).collect()
    }

    fn hegao(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("hegao").unwrap();
        command.env("HEGAO_CACHE", self.cache()).env("LC_ALL", "zh_CN.UTF-8").current_dir(self.root.path());
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = self.hegao(arguments).output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }

    fn segments(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.archive().folder).unwrap().map(|entry| entry.unwrap().path());
        let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "segment")).collect();
        found.sort();
        found
    }
}

/// A county's report: its name, and paragraphs.
fn report(place: &str, year: u32, paragraphs: &[String]) -> String {
    format!("{place}{year}年工作总结\n\n{}\n", paragraphs.join("\n\n"))
}

/// Paragraphs that share nothing with one another.
fn paragraphs(count: usize) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir("seeds").unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut kept: Vec<String> = Vec::new();
    for text in paths.iter().map(|path| fs::read_to_string(path).unwrap()) {
        for line in text.lines().filter(|line| line.chars().count() > 120) {
            if !kept.iter().any(|other| other == line) {
                kept.push(line.to_owned());
            }
        }
    }
    assert!(kept.len() >= count, "{}", kept.len());
    kept.truncate(count);
    kept
}

#[test]
fn a_paragraph_of_seed_000_in_seed_001_is_found_with_its_place_and_what_was_left_in_it() {
    let desk = Desk::of_seeds();
    assert_eq!(desk.update().read, 5);
    let seed = desk.read("000_9975f0ca8d495da4.txt");
    let source = seed.lines().position(|line| line.contains("临泽县") && line.chars().count() > 80).unwrap();
    let own = "001_27aa5a5a10930f29.txt";
    let text = format!("{}\n{}\n", desk.read(own), seed.lines().nth(source).unwrap());
    let found = desk.found(&text, Some(&desk.reports().join(own)));
    let told = found.iter().filter(|m| m.contains("000_9975f0ca8d495da4.txt")).count();
    assert_eq!(told, found.len(), "{found:?}");
    assert!(found.iter().any(|m| m.contains(&format!("第{}行", source + 1)) && m.contains("完全相同")), "{found:?}");
    assert!(found.iter().any(|m| m.contains("“临泽县”是") && m.contains("平罗县")), "{found:?}");
}

#[test]
fn a_draft_does_not_match_itself_nor_another_version_of_itself() {
    let desk = Desk::new();
    let own = desk.write("定稿.txt", &report("临泽县", 2025, &paragraphs(12)));
    let text = desk.read("定稿.txt");
    desk.update();
    assert_eq!(desk.found(&text, Some(&own)), [] as [String; 0]);
    // The whole file under another name, an older version of it, and one under a name that differs in a link only.
    desk.write("定稿（副本）.txt", &text);
    desk.write("初稿.txt", &report("临泽县", 2025, &paragraphs(9)).replace('二', "三"));
    desk.update();
    assert_eq!(desk.found(&text, Some(&own)), [] as [String; 0]);
    assert_eq!(desk.found(&text, Some(&desk.reports().join("../reports/定稿.txt"))), [] as [String; 0]);
    // Another year's report that it was made from: one finding for all.
    desk.write("去年.txt", &report("临泽县", 2024, &paragraphs(12)));
    desk.update();
    let found = desk.found(&text, Some(&own));
    assert!(found.len() == 1 && found[0].contains("12段") && found[0].contains("《去年.txt》"), "{found:?}");
}

#[test]
fn only_files_that_changed_are_read_again() {
    let desk = Desk::of_seeds();
    // Files that were written just now could be written again and look the same.
    let rest = || std::thread::sleep(std::time::Duration::from_millis(2100));
    rest();
    let first = desk.update();
    assert_eq!((first.read, first.gone, first.generation), (5, 0, 1));
    let second = desk.update();
    assert_eq!((second.read, second.gone, second.generation), (0, 0, 1));
    desk.write("新.txt", &format!("{PARAGRAPH}\n"));
    fs::remove_file(desk.reports().join("004_80b9ded64eff503d.txt")).unwrap();
    let third = desk.update();
    assert_eq!((third.read, third.gone, third.generation), (1, 1, 2));
    assert_eq!(desk.found(PARAGRAPH, None).len(), 1);
    fs::remove_file(desk.reports().join("新.txt")).unwrap();
    desk.update();
    assert_eq!(desk.found(PARAGRAPH, None), [] as [String; 0]);
}

#[test]
fn a_report_that_changed_since_is_told_and_not_compared() {
    let desk = Desk::new();
    let other = desk.write("甲.txt", &format!("{PARAGRAPH}\n"));
    desk.update();
    let (library, _) = desk.archive().open().unwrap();
    desk.write("甲.txt", "另外的内容。\n");
    let answer = library.look_up(&Analysis::of(PARAGRAPH), None);
    assert_eq!((answer.changed, answer.matches.is_empty()), (vec![fs::canonicalize(other).unwrap()], true));
    desk.update();
    assert_eq!(desk.found(PARAGRAPH, None), [] as [String; 0]);
}

#[test]
fn many_small_updates_are_merged_and_answer_as_one() {
    let desk = Desk::new();
    for (n, paragraph) in paragraphs(30).iter().enumerate() {
        desk.write(&format!("{n:02}.txt"), &format!("{paragraph}\n"));
        desk.update();
    }
    assert!(desk.segments().len() <= 7, "{:?}", desk.segments());
    fs::remove_file(desk.reports().join("07.txt")).unwrap();
    desk.update();
    for (n, paragraph) in paragraphs(30).iter().enumerate() {
        let reports: Vec<String> = desk
            .matches(paragraph, None)
            .passages(&Analysis::of(paragraph))
            .flat_map(|(_, found)| found.iter().map(|m| m.elsewhere.report.name()).collect::<Vec<_>>())
            .collect();
        assert_eq!(reports.contains(&format!("{n:02}.txt")), n != 7, "{n}: {reports:?}");
    }
    let status = desk.archive().status(true).unwrap();
    assert_eq!((status.reports, status.damage), (29, Vec::new()));
}

#[test]
fn damage_is_told_and_mended_and_never_answers() {
    let desk = Desk::of_seeds();
    let paragraph = &paragraphs(1)[0];
    desk.update();
    let due = desk.found(paragraph, None);
    assert_eq!(due.len(), 1);
    let length = fs::metadata(&desk.segments()[0]).unwrap().len() as usize;
    // A flipped bit in a page, in the tables and in the footer; a cut; a segment that is gone; a wrong manifest.
    for harm in 0..6 {
        let path = desk.segments().remove(0);
        let mut bytes = fs::read(&path).unwrap();
        match harm {
            0 => bytes[100] ^= 4,
            1 => bytes[length - 200] ^= 1,
            2 => bytes[length - 3] ^= 128,
            _ => bytes.truncate(length / 2),
        }
        fs::remove_file(&path).unwrap();
        match harm {
            4 => {}
            5 => fs::write(desk.archive().folder.join("manifest"), "hegao-archive 1 0\n{}").unwrap(),
            _ => fs::write(&path, bytes).unwrap(),
        }
        let (code, out, _) = desk.run(&["archive", "verify", "reports"]);
        assert!(code == Some(1) && out.contains("损坏"), "{harm}: {out}");
        let (_, out, err) =
            desk.run(&["check", "--archive=reports", "--format", "json", "reports/001_27aa5a5a10930f29.txt"]);
        assert!(err.contains("已从原文件重建") || harm == 0, "{harm}: {err}");
        assert!(out.contains("duplicates/paragraph"), "{harm}: {out}");
        let (_, _, err) = desk.run(&["check", "--archive=reports", "reports/000_9975f0ca8d495da4.txt"]);
        assert!(!err.contains("重建") || harm == 0, "{harm}: {err}");
        let (code, out, _) = desk.run(&["archive", "verify", "reports"]);
        assert_eq!((code, out.contains("校验无误")), (Some(0), true), "{harm}: {out}");
        assert_eq!(desk.found(paragraph, None), due, "{harm}");
    }
}

/// `HEGAO_KILLS=200` kills as often as the issue asks.
#[test]
fn an_indexer_that_is_killed_at_any_moment_leaves_an_archive_that_verifies() {
    let kills: u64 = std::env::var("HEGAO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(20);
    let desk = Desk::of_seeds();
    let seed = desk.read("002_0d5c2333e8b741ee.txt");
    for kill in 0..kills {
        desk.write(&format!("{}.txt", kill % 7), &format!("{kill}\n{seed}\n{kill}\n"));
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("hegao"));
        command.args(["archive", "build", "reports"]).current_dir(desk.root.path());
        command.env("HEGAO_CACHE", desk.cache()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        // From at once to after it is done, in uneven steps.
        std::thread::sleep(std::time::Duration::from_micros(kill * 7919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let status = desk.archive().status(true).unwrap();
        assert_eq!(status.damage, [] as [String; 0], "after kill {kill}");
    }
    desk.update();
    let status = desk.archive().status(true).unwrap();
    assert_eq!((status.reports, status.damage), (5 + 7.min(kills as usize), Vec::new()));
    let kept = fs::read_dir(desk.archive().folder).unwrap().count();
    assert_eq!(kept, status.segments + 2, "segments, the manifest and the lock");
}

#[test]
fn what_is_asked_edit_by_edit_is_what_is_asked_at_once() {
    let desk = Desk::of_seeds();
    desk.update();
    let (library, _) = desk.archive().open().unwrap();
    let own = paragraphs(6);
    let mut text = format!("{}\n\n{}\n", own[0], own[3]);
    let mut engine = Engine::of(Rope::from_str(&text));
    let mut answer = library.look_up(engine.analysis(), None);
    let inserted = [(0, "标题\n"), (40, "，又"), (9, "\n\n"), (0, own[4].as_str()), (300, "\n")];
    for (n, (place, words)) in inserted.into_iter().cycle().take(15).enumerate() {
        let at = text.char_indices().nth(place + n).map_or(text.len(), |(at, _)| at);
        // Every third edit takes something out.
        let end =
            text[at..].char_indices().nth(if n % 3 == 2 { 30 } else { 0 }).map_or(text.len(), |(end, _)| at + end);
        text.replace_range(at..end, words);
        let mut hunks = Hunks::default();
        hunks.push(at..end, words.len());
        let delta = engine.apply(Rope::from_str(&text), &hunks);
        library.look_up_again(engine.analysis(), &delta.copies, None, &mut answer);
        let shown = |analysis: &Analysis, matches: &ArchiveMatches| -> Vec<(usize, Vec<Match>)> {
            matches.passages(analysis).map(|(passage, found)| (passage.bytes.start, found.to_vec())).collect()
        };
        let fresh = Analysis::of(&text);
        let due = shown(&fresh, &library.look_up(&fresh, None).matches);
        assert!(!due.is_empty(), "nothing is tested");
        assert_eq!(shown(engine.analysis(), &answer.matches), due, "after edit {n}");
    }
}

/// A limit on the size of files stands for a disk that is full: a write fails in the middle.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_what_was_there() {
    let desk = Desk::of_seeds();
    desk.update();
    let before = desk.found(&paragraphs(1)[0], None);
    desk.write("新.txt", &paragraphs(20).join("\n"));
    let mut command = std::process::Command::new("sh");
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" archive build reports";
    command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin("hegao"));
    let output = command.env("HEGAO_CACHE", desk.cache()).current_dir(desk.root.path()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && error.contains("报告库不能读写"), "{:?} {error}", output.status);
    assert_eq!(desk.archive().status(true).unwrap().damage, [] as [String; 0]);
    assert_eq!(desk.found(&paragraphs(1)[0], None), before);
    assert_eq!(desk.update().problems, []);
    assert_eq!(desk.archive().status(true).unwrap().reports, 6);
}

#[test]
fn processes_share_an_archive() {
    let desk = Desk::of_seeds();
    let children: Vec<_> = (0..4)
        .map(|_| {
            let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("hegao"));
            command.args(["archive", "build", "reports"]).current_dir(desk.root.path());
            command.env("HEGAO_CACHE", desk.cache()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let status = desk.archive().status(true).unwrap();
    assert_eq!((status.reports, status.damage), (5, Vec::new()));
}

#[test]
fn the_configuration_names_the_archive_and_a_check_without_one_asks_none() {
    let desk = Desk::new();
    desk.write("旧稿.txt", &format!("{PARAGRAPH}\n"));
    let draft = desk.root.path().join("稿件");
    fs::create_dir(&draft).unwrap();
    fs::write(draft.join("稿.txt"), format!("{PARAGRAPH}\n")).unwrap();
    let check = ["check", "--format", "json", "稿件/稿.txt"];
    assert!(!desk.run(&check).1.contains("duplicates/report"));
    assert!(!desk.cache().exists());
    fs::write(draft.join("hegao.toml"), "[archive]\nfolders = [\"../reports\"]\n").unwrap();
    let (code, out, err) = desk.run(&check);
    assert!(code == Some(1) && out.contains("duplicates/report") && out.contains("旧稿.txt"), "{out}{err}");
    // The place in the other report is told with its own file.
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let related = &json["files"][0]["findings"][0]["related"][0];
    assert!(related["path"].as_str().unwrap().ends_with("旧稿.txt") && related["range"]["start"]["line"] == 0);
    let (code, out, _) = desk.run(&["archive", "status", "--config", "稿件/hegao.toml"]);
    assert!(code == Some(0) && out.contains("reports     2"), "{out}");
    assert_eq!(desk.run(&["archive", "clean", "--config", "稿件/hegao.toml"]).0, Some(0));
    let (_, out, _) = desk.run(&["archive", "status", "--config", "稿件/hegao.toml"]);
    assert!(out.contains("reports     0"), "{out}");
}

#[test]
fn an_archive_that_cannot_be_written_is_told_and_the_draft_is_checked() {
    let desk = Desk::of_seeds();
    fs::write(desk.cache(), "no folder").unwrap();
    let (code, out, err) = desk.run(&["check", "--archive=reports", "reports/001_27aa5a5a10930f29.txt"]);
    assert_eq!(code, Some(2), "{out}{err}");
    assert!(err.contains("报告库不能读写") && out.contains("duplicates/paragraph"), "{out}{err}");
}
