//! The command line as its users meet it: exit codes, output for people and for machines, files in every charset,
//! configuration, baseline, and drafts that hold anything at all.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};
use tempfile::TempDir;

const CLEAN: &str = "全年召开协商会议十二次。\n";
/// One warning, without a fix.
const PLACEHOLDER: &str = "全年立案提案××件。\n";
/// One error, with an unsafe fix.
const SEQUENCE: &str = "一、主要工作\n全年召开会议。\n三、下步打算\n加强学习。\n";
/// One hint, with a safe fix.
const UNUSED: &str = "<!-- hegao-ignore headings 节选 -->\n全年召开会议十二次。\n";
const PARAGRAPH: &str =
    "全年组织视察调研十二次，形成调研报告八篇，提出意见建议九十余条，一批协商成果转化为党委政府的决策部署和工作举措。";

/// A folder of drafts.
struct Project(TempDir);

impl Project {
    fn with(files: &[(&str, &[u8])]) -> Project {
        let project = Project(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            project.write(name, bytes);
        }
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    /// `hegao` in this folder, in Chinese whatever the machine's locale.
    fn hegao(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("hegao").unwrap();
        for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR"] {
            command.env_remove(name);
        }
        command.env("LANG", "zh_CN.UTF-8").current_dir(self.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.hegao(arguments).output().unwrap())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[&["check", "--format", "json"], arguments].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
    }
}

/// What a run gave back.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn rules(report: &Value, file: usize) -> Vec<&str> {
    let findings = report["files"][file]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

fn encoded(text: &str, charset: hegao::text::charset::Charset) -> Vec<u8> {
    hegao::text::charset::encode(text, charset).unwrap().into_owned()
}

// Exit codes.

#[test]
fn the_exit_code_says_whether_something_is_left_to_do() {
    for (text, arguments, code) in [
        (CLEAN, &["check"][..], 0),
        (PLACEHOLDER, &["check"], 1),
        (SEQUENCE, &["check"], 1),
        (UNUSED, &["check"], 0),
        (UNUSED, &["check", "--strict"], 1),
        (UNUSED, &["check", "--fix", "--strict"], 0),
        (SEQUENCE, &["check", "--fix"], 1),
        (SEQUENCE, &["check", "--fix", "--unsafe-fixes"], 0),
        (PLACEHOLDER, &["check", "--ignore", "paragraphs"], 0),
        (PLACEHOLDER, &["check", "--select", "headings,figures/count"], 0),
        (PLACEHOLDER, &["check", "--select", "paragraphs/placeholder"], 1),
    ] {
        let project = Project::with(&[("a.md", text.as_bytes())]);
        assert_eq!(project.run(arguments).code, code, "{arguments:?} {text}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_rest_is_checked() {
    let project = Project::with(&[("a.md", PLACEHOLDER.as_bytes()), ("b.txt", b"PK\x03\x04\x00\x00")]);
    let ran = project.run(&["check", "a.md", "b.txt", "missing.md"]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("a.md:1:7"), "{}", ran.out);
    assert!(ran.err.contains("b.txt: ") && ran.err.contains("missing.md: "), "{}", ran.err);
    let report = project.json(&["a.md", "b.txt", "missing.md"]);
    assert_eq!(rules(&report, 0), ["paragraphs/placeholder"]);
    assert!(report["files"][1]["error"].as_str().unwrap().contains("binary"));
    assert!(report["files"][2]["error"].is_string() && report["files"][2]["encoding"].is_null());
    assert_eq!(report["summary"]["files"], 3);
}

#[test]
fn a_folder_takes_its_drafts_in_the_order_of_their_paths() {
    let names = ["b.md", "a/2.txt", "c.markdown", "a/1.md"];
    let files = names.map(|name| (name, PLACEHOLDER.as_bytes()));
    let project = Project::with(&[&files[..], &[("d.rs", b"TODO"), ("e", b"TODO")]].concat());
    let first = project.run(&["check"]);
    let heads: Vec<&str> = first.out.lines().filter(|line| line.contains("placeholder")).collect();
    assert_eq!(heads.len(), 4, "{}", first.out);
    assert!(heads.is_sorted() && heads[0].contains("1.md"), "{heads:?}");
    for _ in 0..4 {
        assert_eq!(project.run(&["check"]).out, first.out);
    }
    assert_eq!(project.run(&["check", "e"]).code, 1, "a file that is named is checked whatever its ending");
}

#[test]
fn ignored_files_are_left_out() {
    let project = Project::with(&[
        (".gitignore", b"old/\n*.draft.md\n"),
        ("old/a.md", PLACEHOLDER.as_bytes()),
        ("b.draft.md", PLACEHOLDER.as_bytes()),
        ("c.md", CLEAN.as_bytes()),
        ("template/d.md", PLACEHOLDER.as_bytes()),
        ("hegao.toml", b"exclude = [\"template/**\"]\n"),
    ]);
    let report = project.json(&[]);
    let paths: Vec<_> = report["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 1, "{paths:?}");
    assert!(paths[0].ends_with("c.md"));
    assert_eq!(project.run(&["check", "old/a.md"]).code, 1, "what is named is checked");
}

// Charsets and fixes.

#[test]
fn a_fixed_file_keeps_its_charset_and_its_line_ends() {
    use hegao::text::charset::Charset::*;
    let before = SEQUENCE.replace('\n', "\r\n");
    let after = before.replace("三、", "二、");
    for charset in [Utf8, Utf8Bom, Gb18030, Utf16Le, Utf16Be] {
        let project = Project::with(&[("a.txt", &encoded(&before, charset))]);
        assert_eq!(project.json(&[])["files"][0]["encoding"], charset.name());
        let ran = project.run(&["check", "--fix", "--unsafe-fixes"]);
        assert_eq!(ran.code, 0, "{charset:?}: {}{}", ran.out, ran.err);
        assert_eq!(project.read("a.txt"), encoded(&after, charset), "{charset:?}");
    }
}

#[test]
fn without_leave_no_prose_is_changed() {
    let text = format!("{SEQUENCE}{PARAGRAPH}\n\n{PARAGRAPH}\n");
    let project = Project::with(&[("a.md", text.as_bytes()), ("b.md", UNUSED.as_bytes())]);
    let ran = project.run(&["check", "--fix"]);
    assert_eq!((ran.code, project.read("a.md")), (1, text.into_bytes()));
    assert_eq!(project.read("b.md"), "全年召开会议十二次。\n".as_bytes());
    assert!(ran.out.contains("已改1处"), "{}", ran.out);
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let project = Project::with(&[("a.md", SEQUENCE.as_bytes())]);
    let ran = project.run(&["check", "--diff", "--unsafe-fixes"]);
    assert!(ran.out.contains("-三、下步打算\n+二、下步打算\n"), "{}", ran.out);
    assert!(ran.out.starts_with("--- "), "{}", ran.out);
    assert_eq!(project.read("a.md"), SEQUENCE.as_bytes());
    let safe = project.run(&["check", "--diff"]);
    assert_eq!((safe.code, safe.out.as_str()), (1, ""), "nothing to change, and a finding left");
}

// Standard input.

#[test]
fn standard_input_is_checked_under_its_name() {
    let project = Project::with(&[
        ("hegao.toml", b"[[overrides]]\nfiles = [\"template/**\"]\nrules = { paragraphs = \"off\" }\n"),
        ("template/x.md", CLEAN.as_bytes()),
    ]);
    let check = |arguments: &[&str]| {
        Ran::of(project.hegao(&[&["check", "-"], arguments].concat()).write_stdin(PLACEHOLDER).output().unwrap())
    };
    let unnamed = check(&[]);
    assert!(unnamed.code == 1 && unnamed.out.contains("<stdin>:1:7"), "{}", unnamed.out);
    let named = check(&["--stdin-filename", "report/a.md"]);
    assert!(named.code == 1 && named.out.contains("report/a.md:1:7"), "{}", named.out);
    assert_eq!(check(&["--stdin-filename", "template/a.md"]).code, 0, "an override is told by the name");
}

#[test]
fn standard_input_is_fixed_on_standard_output() {
    let project = Project::with(&[]);
    let mut command = project.hegao(&["check", "-", "--fix", "--unsafe-fixes"]);
    let ran = Ran::of(command.write_stdin(format!("{SEQUENCE}{PLACEHOLDER}")).output().unwrap());
    assert_eq!(ran.out, format!("{SEQUENCE}{PLACEHOLDER}").replace("三、", "二、"));
    assert!(ran.code == 1 && ran.err.contains("××"), "{}", ran.err);
}

#[test]
fn standard_input_is_fixed_under_the_name_of_a_file_that_is_there() {
    // An editor formats a buffer under the name of its file; the file is not read and not written.
    let project = Project::with(&[("a.md", CLEAN.as_bytes())]);
    let mut command = project.hegao(&["check", "-", "--stdin-filename", "a.md", "--fix", "--unsafe-fixes"]);
    let ran = Ran::of(command.write_stdin(SEQUENCE).output().unwrap());
    assert_eq!(ran.out, SEQUENCE.replace("三、", "二、"));
    assert_eq!(project.read("a.md"), CLEAN.as_bytes());
}

// Output for machines.

#[test]
fn json_has_the_shape_that_is_documented() {
    let text = "𠀀😀全年立案××件。\n";
    let project =
        Project::with(&[("a.md", text.as_bytes()), ("b.md", CLEAN.as_bytes()), ("c.md", SEQUENCE.as_bytes())]);
    let report = project.json(&["a.md", "b.md", "c.md"]);
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["files"], 3);
    assert_eq!(report["summary"]["findings"], 2);
    assert_eq!(report["summary"]["byRule"]["headings/sequence"], 1);
    assert_eq!(report["files"][1]["findings"], Value::Array(Vec::new()), "clean files are listed");
    assert!(report["files"][1].get("error").is_none());
    let finding = &report["files"][0]["findings"][0];
    assert_eq!(finding["severity"], "warning");
    // Zero-based, UTF-16: two astral characters stand before.
    assert_eq!(finding["range"]["start"], serde_json::json!({ "line": 0, "character": 8 }));
    assert_eq!(finding["range"]["end"], serde_json::json!({ "line": 0, "character": 10 }));
    let bytes: Vec<usize> = finding["bytes"].as_array().unwrap().iter().map(|b| b.as_u64().unwrap() as usize).collect();
    assert_eq!(&text[bytes[0]..bytes[1]], "××");
    assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 16);
    let broken = &report["files"][2]["findings"][0];
    assert_eq!(broken["range"]["start"]["line"], 2);
    assert_eq!(broken["related"][0]["range"]["start"]["line"], 0);
    assert_eq!(broken["related"][0]["path"], "c.md");
    let fix = &broken["fixes"][0];
    assert_eq!((fix["applicability"].as_str(), fix["edits"][0]["newText"].as_str()), (Some("unsafe"), Some("二")));
    assert_eq!(fix["edits"][0]["range"]["start"], serde_json::json!({ "line": 2, "character": 0 }));
}

#[test]
fn fingerprints_do_not_change_with_path_or_line() {
    let moved = format!("# 报告\n\n{PLACEHOLDER}");
    let project = Project::with(&[("a.md", PLACEHOLDER.as_bytes()), ("b/c.md", moved.as_bytes())]);
    let report = project.json(&["a.md", "b/c.md"]);
    let print = |file: usize| report["files"][file]["findings"][0]["fingerprint"].clone();
    assert_eq!(print(0), print(1));
}

#[test]
fn sarif_names_rules_places_and_fixes() {
    let project = Project::with(&[("报告 一.md", SEQUENCE.as_bytes())]);
    let ran = project.run(&["check", "--format", "sarif", "报告 一.md", "missing.md"]);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &log["version"]), (2, &Value::from("2.1.0")));
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "headings/sequence");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 3);
    assert_eq!(place["artifactLocation"]["uri"], "%E6%8A%A5%E5%91%8A%20%E4%B8%80.md");
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "二");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn github_gets_one_command_for_each_finding() {
    let project = Project::with(&[("a,b.md", SEQUENCE.as_bytes())]);
    let ran = project.run(&["check", "--format", "github", "a,b.md", "missing.md"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert!(lines[0].starts_with("::error file=a%2Cb.md,line=3,col=1,endLine=3,"), "{}", lines[0]);
    assert!(lines[0].contains("title=headings/sequence::序号跳号"), "{}", lines[0]);
    assert!(lines[1].starts_with("::error file=missing.md::"), "{}", lines[1]);
}

// Configuration.

#[test]
fn an_unknown_rule_is_refused_with_the_nearest_name() {
    let project = Project::with(&[("a.md", CLEAN.as_bytes())]);
    for option in ["--select", "--ignore"] {
        let ran = project.run(&["check", option, "paragraphs/placehodler"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("`paragraphs/placeholder`?"), "{}", ran.err);
    }
    let ran = project.run(&["rule", "heading/sequence"]);
    assert!(ran.code == 2 && ran.err.contains("`headings/sequence`?"), "{}", ran.err);
}

#[test]
fn the_closest_configuration_wins() {
    let project = Project::with(&[
        ("hegao.toml", b"[rules]\nparagraphs = \"off\"\n"),
        ("a.md", PLACEHOLDER.as_bytes()),
        ("sub/hegao.toml", b"[rules]\n\"paragraphs/placeholder\" = \"hint\"\n"),
        ("sub/b.md", PLACEHOLDER.as_bytes()),
    ]);
    let report = project.json(&["a.md", "sub/b.md"]);
    assert_eq!(rules(&report, 0), [""; 0]);
    assert_eq!(report["files"][1]["findings"][0]["severity"], "hint");
    let fixed = project.json(&["--config", "hegao.toml", "sub/b.md"]);
    assert_eq!(rules(&fixed, 0), [""; 0], "a configuration that is named stands for all folders");
}

#[test]
fn a_broken_configuration_is_named_with_its_line_and_the_rest_is_checked() {
    let project = Project::with(&[
        ("a/hegao.toml", b"language = \"zh\"\n[rules]\nparagraphs = \n"),
        ("a/a.md", PLACEHOLDER.as_bytes()),
        ("b/b.md", PLACEHOLDER.as_bytes()),
    ]);
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("hegao.toml:3: "), "{}", ran.err);
    assert!(ran.out.contains("a.md:1:7") && ran.out.contains("b.md:1:7"), "with the defaults: {}", ran.out);
}

#[test]
fn an_unknown_key_is_a_warning_with_line_and_suggestion() {
    let project = Project::with(&[
        ("hegao.toml", b"[rules]\nparagraphs = \"off\"\n\"duplicates/paragraph\" = { minimum_han = 50 }\n"),
        ("a.md", PLACEHOLDER.as_bytes()),
    ]);
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 0, "the rest of it holds: {}", ran.out);
    assert!(ran.err.contains("hegao.toml:3: ") && ran.err.contains("`minimum-han`?"), "{}", ran.err);
}

#[test]
fn overrides_hold_for_the_files_that_they_name() {
    let config = "[[overrides]]\nfiles = [\"样稿/**\", \"*.txt\"]\nrules = { paragraphs = \"off\" }\n";
    let project = Project::with(&[
        ("hegao.toml", config.as_bytes()),
        ("a.md", PLACEHOLDER.as_bytes()),
        ("b.txt", PLACEHOLDER.as_bytes()),
        ("样稿/c.md", PLACEHOLDER.as_bytes()),
    ]);
    let report = project.json(&["a.md", "b.txt", "样稿/c.md"]);
    assert_eq!([0, 1, 2].map(|file| rules(&report, file).len()), [1, 0, 0]);
}

#[test]
fn an_option_changes_what_a_rule_finds() {
    let text = "全年办理提案四十二件，办复率百分之百。\n\n全年办理提案四十二件，办复率百分之百。\n";
    let project = Project::with(&[("a.md", text.as_bytes())]);
    assert_eq!(project.run(&["check"]).code, 0);
    project.write("hegao.toml", "[rules.\"duplicates/paragraph\"]\nminimum-han = 12\n");
    assert_eq!(project.run(&["check"]).code, 1);
}

#[test]
fn the_effective_configuration_says_where_each_value_comes_from() {
    let config = "[knowledge]\nnames = [\"红石榴驿站\"]\n[rules]\nparagraphs = \"off\"\nduplicates = \"hint\"\n\n[[overrides]]\nfiles = [\"旧/*\"]\nrules = { \"duplicates/paragraph\" = { minimum-han = 50 } }\n";
    let project = Project::with(&[("hegao.toml", config.as_bytes())]);
    let line = |out: &str, value: &str| out.lines().find(|line| line.contains(value)).unwrap_or_default().to_owned();
    let ran = project.run(&["config"]);
    let off = line(&ran.out, "\"paragraphs/placeholder\".level = \"off\"");
    assert!(off.ends_with("hegao.toml"), "{}", ran.out);
    // Of one rule, the level comes from the file and the option does not.
    assert!(line(&ran.out, "\"duplicates/paragraph\".level = \"hint\"").ends_with("hegao.toml"), "{}", ran.out);
    assert!(line(&ran.out, "\"duplicates/paragraph\".minimum-han = 40").ends_with("default"), "{}", ran.out);
    assert!(line(&ran.out, "knowledge.names = [\"红石榴驿站\"]").ends_with("hegao.toml"), "{}", ran.out);
    let old = project.run(&["config", "旧/a.md"]);
    assert!(line(&old.out, "minimum-han = 50").ends_with("[[overrides]]"), "{}", old.out);
    let schema: Value = serde_json::from_str(&project.run(&["config", "--schema"]).out).unwrap();
    assert!(schema["properties"]["rules"]["properties"]["headings/sequence"].is_object());
}

// Findings that are meant.

#[test]
fn a_baseline_accepts_what_is_there_and_nothing_new() {
    let project = Project::with(&[("a.md", PLACEHOLDER.as_bytes()), ("b.txt", SEQUENCE.as_bytes())]);
    let written = project.run(&["check", "--write-baseline"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let baseline = String::from_utf8(project.read("hegao-baseline.txt")).unwrap();
    assert!(baseline.contains(" paragraphs/placeholder ××\n") && baseline.contains("headings/sequence"), "{baseline}");
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("检查2份稿件"), "the baseline is no draft: {}", ran.out);
    // Moved, it is the same finding; a second one like it is new.
    project.write("a.md", format!("# 报告\n\n{PLACEHOLDER}\n{PLACEHOLDER}"));
    let ran = project.run(&["check"]);
    assert!(ran.code == 1 && ran.out.contains("a.md:5:7"), "{}", ran.out);
    project.write("hegao-baseline.txt", "no fingerprint\n");
    let ran = project.run(&["check"]);
    assert!(ran.code == 2 && ran.err.contains("hegao-baseline.txt:1: "), "{}", ran.err);
}

#[test]
fn a_suppression_comment_silences_what_it_names() {
    for (text, code) in [
        ("<!-- hegao-ignore paragraphs/placeholder 样稿 -->\n全年立案××件。\n", 0),
        ("<!-- hegao-ignore paragraphs -->\n\n全年立案××件。\n", 0),
        ("<!-- hegao-ignore-file all -->\n甲。\n全年立案××件。\n", 0),
        ("<!-- hegao-ignore paragraphs -->\n甲。\n全年立案××件。\n", 1),
        ("<!-- hegao-ignore headings -->\n全年立案××件。\n", 1),
    ] {
        let project = Project::with(&[("a.md", text.as_bytes())]);
        assert_eq!(project.run(&["check"]).code, code, "{text}");
    }
}

// Other subcommands.

#[test]
fn an_outline_is_a_tree_that_can_be_cut_at_a_depth() {
    let text = "# 工作报告\n\n## 一、回顾\n### （一）经济 平稳增长\n甲。\n### （二）民生\n乙。\n## 二、展望\n丙。\n";
    let project = Project::with(&[("a.md", text.as_bytes())]);
    let tree: Value = serde_json::from_str(&project.run(&["outline", "--format", "json", "a.md"]).out).unwrap();
    assert_eq!(tree["version"], 1);
    let title = &tree["children"][0];
    assert_eq!((&title["kind"], &title["level"]), (&Value::from("title"), &Value::from(0)));
    let review = &title["children"][0];
    assert_eq!((&review["title"], &review["number"]), (&Value::from("一、回顾"), &Value::from(1)));
    assert_eq!(review["children"][0]["title"], "（一）经济 平稳增长");
    assert_eq!(review["range"]["start"], serde_json::json!({ "line": 2, "character": 0 }));
    assert_eq!(review["range"]["end"], serde_json::json!({ "line": 6, "character": 2 }));
    let shallow = project.run(&["outline", "--depth", "1", "a.md"]);
    assert!(shallow.out.contains("二、展望") && !shallow.out.contains("民生"), "{}", shallow.out);
    let missing = project.run(&["outline", "missing.md"]);
    assert!(missing.code == 2 && missing.err.contains("missing.md"), "{}", missing.err);
}

#[test]
fn figures_are_listed_as_table_csv_and_json() {
    let text = "# 工作报告\n\n2022年，共征集提案**6**28件,办复率98.70%，捐款捐物68多万元，增强“四个意识”。\n";
    let project = Project::with(&[("a.md", text.as_bytes())]);
    let report: Value = serde_json::from_str(&project.run(&["figures", "--format", "json", "a.md"]).out).unwrap();
    assert_eq!(report["version"], 1);
    let mentions = report["mentions"].as_array().unwrap();
    assert_eq!(mentions.len(), 3);
    let first = &mentions[0];
    assert_eq!((&first["text"], &first["value"], &first["unit"]), (&"628件".into(), &628.into(), &"件".into()));
    assert_eq!(
        (&first["metric"], &first["verb"], &first["period"]),
        (&"提案".into(), &"征集".into(), &"2022年".into())
    );
    assert_eq!(first["range"]["start"], serde_json::json!({ "line": 2, "character": 13 }));
    let bytes: Vec<usize> = first["bytes"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect();
    assert_eq!(&text[bytes[0]..bytes[1]], "6**28件");
    let money = &mentions[2];
    assert_eq!((&money["class"], &money["approximation"]), (&"money".into(), &"多".into()));
    assert_eq!(
        (&money["min"], &money["max"], &money["open"]),
        (&680000.into(), &690000.into(), &serde_json::json!(["max"]))
    );
    let table = project.run(&["figures", "a.md"]).out;
    assert!(table.lines().any(|line| line.starts_with("     3 │ 办复率") && line.contains("98.70")), "{table}");
    assert!(!table.contains("四个意识"));
    let all = project.run(&["figures", "--all", "--format", "csv", "a.md"]).out;
    assert!(all.contains("\n3,slogan,四个意识,") && all.contains("\n3,year,2022年,"), "{all}");
    assert!(all.contains("\n3,money,68多万元,680000,680000,690000,多,元,捐款捐物,,2022年,2,single\n"), "{all}");
    assert_eq!(project.run(&["figures", "missing.md"]).code, 2);
}

#[test]
fn rules_are_listed_and_shown() {
    let project = Project::with(&[]);
    let list = project.run(&["rule"]);
    for rule in hegao::rules::RULES {
        assert!(list.out.contains(rule.name), "{}", list.out);
        assert_eq!(project.run(&["rule", rule.name]).out, rule.document);
    }
}

#[test]
fn completions_name_the_subcommands() {
    let ran = Project::with(&[]).run(&["completions", "bash"]);
    assert!(ran.code == 0 && ran.out.contains("outline") && ran.out.contains("--unsafe-fixes"));
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let project = Project::with(&[("a.md", PLACEHOLDER.as_bytes())]);
    let run = |lang: &str, arguments: &[&str]| {
        let mut command = project.hegao(&[&["check"], arguments].concat());
        Ran::of(command.env("LANG", lang).output().unwrap()).out
    };
    assert!(run("zh_CN.UTF-8", &[]).contains("占位符"));
    assert!(run("en_US.UTF-8", &[]).contains("was left in"));
    assert!(run("en_US.UTF-8", &["--lang", "zh"]).contains("占位符"));
    project.write("hegao.toml", "language = \"en\"\n");
    assert!(run("zh_CN.UTF-8", &[]).contains("was left in"), "the project's language goes before the machine's");
    assert!(run("zh_CN.UTF-8", &["--lang", "zh"]).contains("占位符"));
}

// Drafts that hold anything.

#[test]
fn a_closed_pipe_is_no_failure() {
    // More than a pipe holds, so that writing meets the closed end.
    let project = Project::with(&[("a.md", PLACEHOLDER.repeat(20_000).as_bytes())]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("hegao"))
        .args(["check", "a.md"])
        .current_dir(project.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(line.contains("a.md:1:7"), "{line}");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_huge_line_and_a_file_of_zeros_are_no_trouble_for_the_others() {
    let line = "县政协全年立案提案，办复率百分之百。".repeat(10_000_000 / 54);
    let project = Project::with(&[("a.txt", line.as_bytes()), ("b.txt", &[0; 100_000]), ("c.md", b"")]);
    let report = project.json(&["a.txt", "b.txt", "c.md"]);
    assert_eq!(rules(&report, 0), [""; 0]);
    assert!(report["files"][1]["error"].as_str().unwrap().contains("binary"));
    assert_eq!(rules(&report, 2), [""; 0]);
}

#[test]
fn nothing_in_a_draft_or_its_name_commands_the_terminal() {
    let text = "全年\u{1b}[31m立案\u{7}××\u{202e}件\u{8}。\n\u{1b}]0;甲\u{7}一、回顾\n三、展望\u{9b}31m\n";
    let project = Project::with(&[("a\u{1b}[1m.md", text.as_bytes())]);
    for color in ["never", "auto"] {
        let ran = project.run(&["check", "--color", color]);
        assert!(ran.out.contains("××"), "{}", ran.out);
        let obeyed: Vec<char> = ran.out.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert_eq!(obeyed, [' '; 0], "{:?}", ran.out);
        assert!(!ran.out.contains('\u{202e}'));
    }
    let outline = project.run(&["outline", "a\u{1b}[1m.md"]);
    assert!(outline.out.contains("三、展望") && !outline.out.contains(['\u{1b}', '\u{9b}']), "{:?}", outline.out);
}
