//! `hegao compare`: what a reader is told of two drafts side by side.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

const KEPT: &str =
    "加强委员队伍建设，举办委员培训班，组织委员述职，委员履职能力和水平得到进一步提高，主体作用更加彰显。";
const OLD: &str = "全年立案提案42件，组织视察调研十二次，一批成果转化为党委政府的决策部署，协商式监督有声有色。";
const NEW: &str =
    "全年立案提案45件，组织视察调研十二次，一批成果转化为党委政府的决策部署和工作举措，协商式监督有声有色。";
const DROPPED: &str = "文史工作得到加强，征集出版文史资料两辑，举办书画展览三次，宣传了临泽的历史文化。";
const WRITTEN: &str = "数字政协建设取得突破，委员履职平台上线运行，远程协商成为常态，界别活动更加活跃。";

fn run(folder: &Path, arguments: &[&str]) -> String {
    std::fs::write(folder.join("去年.txt"), format!("2024年工作报告\n{KEPT}\n{OLD}\n{DROPPED}\n")).unwrap();
    std::fs::write(folder.join("今年.txt"), format!("2025年工作报告\n{NEW}\n{WRITTEN}\n{KEPT}\n")).unwrap();
    let mut command = Command::cargo_bin("hegao").unwrap();
    let output =
        command.current_dir(folder).args(["compare", "去年.txt", "今年.txt"]).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_reader_sees_what_was_changed_where() {
    let folder = tempfile::tempdir().unwrap();
    let shown = run(folder.path(), &["--lang", "zh"]);
    assert!(shown.contains("修改 第1行 ← 旧稿第1行"), "{shown}");
    assert!(shown.contains("全年立案提案[-42件-]{+45件+}，组织视察调研"), "{shown}");
    assert!(shown.contains("{+和工作举措+}"), "{shown}");
    assert!(shown.contains("删去 旧稿第4行\n  文史工作"), "{shown}");
    assert!(shown.contains("新增 第3行\n  数字政协"), "{shown}");
    assert!(shown.contains("修改 第2行 ← 旧稿第3行（相似度88%，移动）"), "{shown}");
    assert!(shown.contains("相同1段，修改2段，新增1段，删去1段，其中移动1段"), "{shown}");
    let english = run(folder.path(), &["--lang", "en"]);
    assert!(english.contains("changed line 2 ← line 3") && english.contains("1 dropped"), "{english}");
}

#[test]
fn json_gives_places_words_and_the_share() {
    let folder = tempfile::tempdir().unwrap();
    let json: Value = serde_json::from_str(&run(folder.path(), &["--format", "json"])).unwrap();
    assert_eq!((json["version"].as_u64(), json["summary"]["changed"].as_u64()), (Some(1), Some(2)));
    let rows = json["paragraphs"].as_array().unwrap();
    let changed = rows.iter().find(|row| row["new"]["range"]["start"]["line"] == 1).unwrap();
    assert_eq!((changed["kind"].as_str(), changed["relation"].as_str()), (Some("changed"), Some("whole")));
    // Figures come first, whole, with the place of each.
    let first = &changed["differences"][0];
    assert_eq!((first["old"]["text"].as_str(), first["new"]["text"].as_str()), (Some("42件"), Some("45件")));
    assert_eq!(
        (first["figure"].as_bool(), first["new"]["range"]["start"]["character"].as_u64()),
        (Some(true), Some(6))
    );
    // All but the year's and the figure's digit, and what was put in.
    let copied =
        "202年工作报告".chars().count() + NEW.chars().count() - 1 - "和工作举措".chars().count() + KEPT.chars().count();
    assert_eq!(json["copied"]["characters"].as_u64(), Some(copied as u64));
}

#[test]
fn a_page_holds_both_drafts_and_marks_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let page = run(folder.path(), &["--format", "html", "--lang", "zh"]);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"), "{page}");
    assert!(page.contains("<th>旧稿 去年.txt</th><th>新稿 今年.txt</th>"), "{page}");
    assert!(page.contains("全年立案提案<del class=\"figure\">42件</del>，"), "{page}");
    assert!(page.contains("全年立案提案<ins class=\"figure\">45件</ins>，"), "{page}");
    assert!(page.contains("决策部署<ins>和工作举措</ins>，"), "{page}");
    assert!(page.contains(&format!("<tr class=\"kept\"><td>{KEPT}</td><td>{KEPT}</td></tr>")), "{page}");
    assert!(page.contains(&format!("<tr class=\"dropped\"><td>{DROPPED}</td><td></td></tr>")), "{page}");
    assert!(page.contains(&format!("<tr class=\"new\"><td></td><td>{WRITTEN}</td></tr>")), "{page}");
    assert!(page.contains("相同1段，修改2段，新增1段，删去1段，其中移动1段"), "{page}");
    for outside in ["<script", "<link", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_page_runs_nothing_that_a_draft_holds() {
    let folder = tempfile::tempdir().unwrap();
    let draft = |words: &str| {
        format!("全年工作<script>alert(1)</script>取得成效，“{words}”&\"引号\"'单引号'，委员主体作用更加彰显。\n")
    };
    std::fs::write(folder.path().join("旧<b>&.txt"), draft("甲")).unwrap();
    std::fs::write(folder.path().join("新.txt"), draft("乙<i>")).unwrap();
    let mut command = Command::cargo_bin("hegao").unwrap();
    let output = command
        .current_dir(folder.path())
        .args(["compare", "旧<b>&.txt", "新.txt", "--format", "html"])
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("旧&lt;b&gt;&amp;.txt") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(page.contains("&amp;&quot;引号&quot;&#39;单引号&#39;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<i>") && !page.contains("<b>"), "{page}");
}
