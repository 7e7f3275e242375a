//! Moving about in drafts, through the protocol: growing a selection, folding, headings across the workspace.

mod support;

use serde_json::{Value, json};
use std::fs::File;
use std::path::Path;
use std::time::{Duration, SystemTime};
use support::{Client, numbers, url};

const URL: &str = "file:///draft.md";

/// The ranges of a selection's chain, the smallest first.
fn chain(selection: &Value) -> Vec<[u64; 4]> {
    let mut ranges = Vec::new();
    let mut at = selection;
    while at.is_object() {
        ranges.push(numbers(&at["range"]));
        at = &at["parent"];
    }
    for two in ranges.windows(2) {
        let ([a, b, c, d], [e, f, g, h]) = (two[0], two[1]);
        assert!((e, f) <= (a, b) && (c, d) <= (g, h) && two[0] != two[1], "{ranges:?}");
    }
    ranges
}

fn select(client: &mut Client, positions: &[[u32; 2]]) -> Vec<Vec<[u64; 4]>> {
    let positions: Vec<Value> = positions.iter().map(|[l, c]| json!({ "line": l, "character": c })).collect();
    let params = json!({ "textDocument": { "uri": URL }, "positions": positions });
    let selections = client.request("textDocument/selectionRange", params);
    selections.as_array().expect("a list").iter().map(chain).collect()
}

const DRAFT: &str = "# 𠮷县报告\r\n\r\n## 一、经济\r\n𠮷县总产值达3.5万亿元，增长5%；“一😀岗，双责”落实。又及。\r\n\r\n## 二、民生\r\n文。\r\n";

/// A client that counts in `encoding`, with the draft open.
fn counting(encoding: &str) -> Client {
    let mut client = Client::with(json!({ "capabilities": { "general": { "positionEncodings": [encoding] } } }));
    assert_eq!(client.server["capabilities"]["selectionRangeProvider"], true);
    client.open(URL, "markdown", DRAFT);
    client.published(URL, 1);
    client
}

#[test]
fn a_selection_grows_from_the_figure_to_the_draft_in_utf_16() {
    let mut client = counting("utf-16");
    let found = select(&mut client, &[[3, 8], [3, 25], [999, 999], [3, 999], [1, 5]]);
    assert_eq!(
        found[0],
        [
            [3, 7, 3, 13], // 3.5万亿元
            [3, 0, 3, 13], // 𠮷县总产值达3.5万亿元
            [3, 0, 3, 18], // … ，增长5%
            [3, 0, 3, 31], // … ；“一😀岗，双责”落实。
            [3, 0, 3, 34], // the paragraph
            [2, 0, 3, 34], // its section
            [0, 0, 6, 2],  // its title's
            [0, 0, 7, 0],  // the draft
        ]
    );
    // 双责, “一😀岗，双责” without and with its quotes, the clause, then as before.
    assert_eq!(found[1][..5], [[3, 25, 3, 27], [3, 20, 3, 27], [3, 19, 3, 28], [3, 19, 3, 30], [3, 0, 3, 31]]);
    // Behind the text, behind the line, on a blank line.
    assert_eq!(found[2], [[0, 0, 7, 0]]);
    assert_eq!(found[3][..2], [[3, 31, 3, 34], [3, 0, 3, 34]]);
    assert_eq!(found[4], [[0, 0, 6, 2], [0, 0, 7, 0]]);
    let other = json!({ "textDocument": { "uri": "file:///no.md" }, "positions": [] });
    assert_eq!(client.request("textDocument/selectionRange", other), Value::Null);
}

#[test]
fn a_selection_grows_alike_in_every_encoding() {
    let mut client = counting("utf-8");
    let found = select(&mut client, &[[3, 20], [3, 1]]);
    // A position within 𠮷 is its start.
    assert_eq!((found[0][0], found[1][0]), ([3, 19, 3, 31], [3, 0, 3, 31]));
    let mut client = counting("utf-32");
    assert_eq!(select(&mut client, &[[3, 7]])[0][..2], [[3, 6, 3, 12], [3, 0, 3, 12]]);
}

fn folds(client: &mut Client) -> Vec<(u64, u64)> {
    let found = client.request("textDocument/foldingRange", json!({ "textDocument": { "uri": URL } }));
    let folds = found.as_array().expect("a list").iter();
    folds.map(|f| (f["startLine"].as_u64().expect("a line"), f["endLine"].as_u64().expect("a line"))).collect()
}

const FOLDED: &str = "# 报告\r\n（2022年1月5日）\r\n\r\n各位代表：\r\n\r\n## 一、甲\r\n\r\n——一😀。\r\n——二。\r\n\r\n——三。\r\n\r\n一是甲。\r\n二是乙。\r\n三是丙。\r\n文。\r\n";

#[test]
fn lists_and_the_front_fold_in_whole_lines() {
    let mut client = Client::start();
    client.open(URL, "markdown", FOLDED);
    client.published(URL, 1);
    assert_eq!(folds(&mut client), [(0, 3), (0, 15), (5, 15), (7, 10), (12, 14)]);
    // The second dash goes: two are no list.
    client.change(URL, 2, [8, 0, 9, 0], "");
    client.published(URL, 2);
    assert_eq!(folds(&mut client), [(0, 3), (0, 14), (5, 14), (11, 13)]);
}

#[test]
fn a_client_gets_no_more_folds_than_it_takes() {
    let folding = json!({ "rangeLimit": 2, "lineFoldingOnly": true });
    let mut client = Client::with(json!({ "capabilities": { "textDocument": { "foldingRange": folding } } }));
    client.open(URL, "markdown", FOLDED);
    client.published(URL, 1);
    assert_eq!(folds(&mut client), [(0, 15), (5, 15)]);
}

fn headings(client: &mut Client, query: &str) -> Vec<String> {
    let found = client.request("workspace/symbol", json!({ "query": query }));
    found.as_array().expect("a list").iter().map(|s| s["name"].as_str().expect("a name").to_owned()).collect()
}

/// Writes a file that has rested for an hour and `seconds`.
fn rested(path: &Path, bytes: &[u8], seconds: u64) {
    std::fs::write(path, bytes).expect("written");
    let at = SystemTime::now() - Duration::from_secs(3600 + seconds);
    File::options().write(true).open(path).and_then(|file| file.set_modified(at)).expect("a time");
}

#[test]
fn headings_are_found_in_open_and_closed_drafts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    std::fs::write(file("closed.md"), "# 和衷共济谋发展\r\n\r\n## 一、夯实基础\r\n**先抓落实。**文。\r\n").unwrap();
    std::fs::write(file("open（稿）.md"), "# 旧题目\n\n## 一、旧发展\n").unwrap();
    let (gbk, _, _) = encoding_rs::GBK.encode("# 乡镇工作总结报告\n\n## 一、产业发展情况\n\n文。\n");
    std::fs::write(file("gbk.txt"), gbk).unwrap();
    std::fs::write(file("binary.txt"), b"# \0\xFF").unwrap();
    std::fs::write(file(".gitignore"), "ignored.md\n").unwrap();
    std::fs::write(file("ignored.md"), "# 不看的发展\n").unwrap();
    let mut client = Client::pulling(Some(folder.path()));
    assert_eq!(client.server["capabilities"]["workspaceSymbolProvider"], true);
    let open = url(&file("open（稿）.md"));
    // As VS Code writes it: more is escaped than need be. It is the same draft all the same.
    let open = open.replace(".md", "%2Emd");
    client.open(&open, "markdown", "# 😀新题目\n\n　　（一）绿色发展好。文。\n");
    assert_eq!(
        headings(&mut client, "发展"),
        ["和衷共济谋发展", "一、产业发展情况", "（一）绿色发展好"].map(String::from)
    );
    assert_eq!(headings(&mut client, "谋发"), ["和衷共济谋发展"]);
    assert_eq!(headings(&mut client, "产情"), ["一、产业发展情况"]);
    assert_eq!(headings(&mut client, "旧"), Vec::<String>::new());
    assert_eq!(headings(&mut client, "落实"), Vec::<String>::new(), "lead-ins are no headings");
    let all = headings(&mut client, "");
    assert_eq!(all.len(), 6, "{all:?}");
    let found = client.request("workspace/symbol", json!({ "query": "绿色" }));
    assert_eq!((&found[0]["location"]["uri"], &found[0]["containerName"]), (&json!(open), &json!("😀新题目")));
    // The whole line, indent and text behind included, in UTF-8 for this client.
    let line = "　　（一）绿色发展好。文。".len() as u64;
    assert_eq!(numbers(&found[0]["location"]["range"]), [2, 0, 2, line]);
    // Closed again, it is what is on disk.
    client.close(&open);
    assert_eq!(headings(&mut client, "旧发"), ["一、旧发展"]);
}

#[test]
fn a_second_query_reads_only_what_has_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (kept, fresh) = (folder.path().join("a.md"), folder.path().join("b.md"));
    rested(&kept, "# 甲甲甲甲\n".as_bytes(), 0);
    std::fs::write(&fresh, "# 乙乙乙乙\n").unwrap();
    let mut client = Client::pulling(Some(folder.path()));
    assert_eq!(headings(&mut client, ""), ["甲甲甲甲", "乙乙乙乙"]);
    // Another text of the same length and time cannot be told from the first: it is not read.
    let at = std::fs::metadata(&kept).and_then(|m| m.modified()).unwrap();
    std::fs::write(&kept, "# 丙丙丙丙\n").unwrap();
    File::options().write(true).open(&kept).and_then(|file| file.set_modified(at)).unwrap();
    // One that was written a moment ago is read again in any case.
    let at = std::fs::metadata(&fresh).and_then(|m| m.modified()).unwrap();
    std::fs::write(&fresh, "# 丁丁丁丁\n").unwrap();
    File::options().write(true).open(&fresh).and_then(|file| file.set_modified(at)).unwrap();
    assert_eq!(headings(&mut client, ""), ["甲甲甲甲", "丁丁丁丁"]);
    rested(&kept, "# 丙丙丙丙\n".as_bytes(), 60);
    assert_eq!(headings(&mut client, ""), ["丙丙丙丙", "丁丁丁丁"]);
    std::fs::remove_file(&kept).unwrap();
    assert_eq!(headings(&mut client, ""), ["丁丁丁丁"]);
}

#[test]
fn five_hundred_headings_are_enough_and_a_query_can_be_called_off() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..60 {
        let text: String = (1..=10).map(|m| format!("# 第{n}稿第{m}题\n\n文。\n\n")).collect();
        std::fs::write(folder.path().join(format!("{n}.md")), text).unwrap();
    }
    let mut client = Client::pulling(Some(folder.path()));
    let id = client.ask("workspace/symbol", json!({ "query": "题" }));
    client.notify("$/cancelRequest", json!({ "id": id }));
    let reply = client.reply(id);
    assert!(reply["error"]["code"] == -32800 || reply["result"].is_array(), "{reply}");
    assert_eq!(headings(&mut client, "题").len(), 500);
    // In UTF-16, a title of a fragment without a folder open.
    let mut client = Client::start();
    client.open(URL, "markdown", "# 😀题目好\r\n");
    client.published(URL, 1);
    let found = client.request("workspace/symbol", json!({ "query": "题好" }));
    assert_eq!(numbers(&found[0]["location"]["range"]), [0, 0, 0, 7]);
}
