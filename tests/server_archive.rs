//! The archive in the language server: other reports of the workspace, found while typing.

mod support;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use support::{Client, numbers, url};
use tempfile::TempDir;

/// A workspace with the seeds, and a client that is pushed to.
fn workspace() -> (TempDir, Client) {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir("seeds").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let client = client(folder.path(), json!({}));
    (folder, client)
}

fn client(folder: &Path, window: Value) -> Client {
    Client::with(json!({
        "locale": "zh-CN",
        "capabilities": {
            "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
            "window": window,
        },
        "initializationOptions": { "compare": true },
        "workspaceFolders": [{ "uri": url(folder), "name": "reports" }],
    }))
}

fn seed(n: usize) -> (PathBuf, String) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir("seeds").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let text = std::fs::read_to_string(&paths[n]).unwrap();
    (PathBuf::from(paths[n].file_name().unwrap()), text)
}

/// The first list of diagnostics for `version` in which a finding of `rule` stands.
fn published_with(client: &mut Client, url: &str, version: i64, rule: &str) -> Vec<Value> {
    loop {
        let found = client.published(url, version);
        if found.iter().any(|d| d["code"] == rule) {
            return found;
        }
    }
}

#[test]
fn a_paragraph_of_another_report_warns_with_a_link_while_typing_and_its_place_is_an_error() {
    let (folder, mut client) = workspace();
    let ((own, text), (other, source)) = (seed(1), seed(0));
    let place = url(&folder.path().join(own));
    let at = source.lines().position(|line| line.contains("临泽县") && line.chars().count() > 80).unwrap();
    client.open(&place, "plaintext", &text);
    let last = text.lines().count() as u32;
    client.change(&place, 2, [last, 0, last, 0], &format!("\n{}\n", source.lines().nth(at).unwrap()));
    let found = published_with(&mut client, &place, 2, "duplicates/leftover");
    let report = found.iter().find(|d| d["code"] == "duplicates/report").unwrap();
    let related = &report["relatedInformation"][0]["location"];
    assert!(related["uri"].as_str().unwrap().ends_with(other.to_str().unwrap()), "{related}");
    assert_eq!((numbers(&related["range"])[0], report["severity"].as_u64()), (at as u64, Some(2)));
    let leftover = found.iter().find(|d| d["code"] == "duplicates/leftover").unwrap();
    assert!(leftover["severity"] == 1 && leftover["message"].as_str().unwrap().contains("临泽"), "{leftover}");

    let document = json!({ "textDocument": { "uri": place } });
    let links = client.request("textDocument/documentLink", document.clone());
    let target = links[0]["target"].as_str().unwrap();
    assert!(target.ends_with(&format!("{}#L{}", other.display(), at + 1)), "{links}");
    let lenses = client.request("textDocument/codeLens", document);
    // The copy within the seed itself, and the pasted paragraph.
    let titles: Vec<&str> = lenses.as_array().unwrap().iter().filter_map(|l| l["command"]["title"].as_str()).collect();
    assert_eq!(titles[0], "与第57行的段落相同 · 比较");
    assert!(
        titles[1].starts_with("与《000_") && titles[1].ends_with(&format!("第{}行的段落相同 · 比较", at + 1)),
        "{titles:?}"
    );
    let command = &lenses[1]["command"];
    assert_eq!((command["command"].as_str(), &command["arguments"][0]["uri"]), (Some("hegao.compare"), &json!(place)));
    assert_eq!(command["arguments"][0]["other"]["range"], related["range"]);
    assert_eq!(command["arguments"][0]["other"]["uri"], related["uri"]);
    let line = numbers(&report["range"])[0];
    let hover = client.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": place }, "position": { "line": line, "character": 3 } }),
    );
    assert!(hover["contents"]["value"].as_str().unwrap().contains(&format!("第{}行  \n> ", at + 1)), "{hover}");

    // A character typed into it is a near copy at once, without waiting for anything.
    client.change(&place, 3, [line as u32, 0, line as u32, 0], "又");
    let found = client.published(&place, 3);
    let report = found.iter().find(|d| d["code"] == "duplicates/report").unwrap();
    assert!(report["message"].as_str().unwrap().contains("此处多“又”"), "{report}");
    // And one typed into the copy within the seed: its lens does not call them the same.
    client.change(&place, 4, [58, 0, 58, 0], "又");
    client.published(&place, 4);
    let lenses = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": place } }));
    assert_eq!(lenses[0]["command"]["title"], "与第57行的段落相近 · 比较");
    client.rest();
}

#[test]
fn a_report_that_comes_goes_or_changes_on_disk_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (_, text) = seed(4);
    let paragraph = text.lines().find(|line| line.chars().count() > 200).unwrap();
    let mut client = client(folder.path(), json!({}));
    let draft = url(&folder.path().join("稿.txt"));
    client.open(&draft, "plaintext", &format!("{paragraph}\n"));
    assert_eq!(client.published(&draft, 1), [] as [Value; 0]);
    let other = folder.path().join("旧稿.txt");
    std::fs::write(&other, format!("标题\n{paragraph}\n")).unwrap();
    let changed = json!({ "changes": [{ "uri": url(&other), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", changed.clone());
    let found = published_with(&mut client, &draft, 1, "duplicates/report");
    assert!(found[0]["message"].as_str().unwrap().contains("《旧稿.txt》第2行"), "{found:?}");
    std::fs::write(&other, "标题\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changed);
    while !client.published(&draft, 1).is_empty() {}
    client.rest();
}

#[test]
fn reading_many_reports_shows_its_progress() {
    let folder = tempfile::tempdir().unwrap();
    let (_, text) = seed(2);
    for n in 0..40 {
        std::fs::write(folder.path().join(format!("{n}.txt")), format!("{n}\n{text}\n")).unwrap();
    }
    let mut client = client(folder.path(), json!({ "workDoneProgress": true }));
    let create = client.wait(|m| m["method"] == "window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    client.send(&json!({ "jsonrpc": "2.0", "id": create["id"], "result": null }));
    let told = |kind: &'static str| {
        let token = token.clone();
        move |m: &Value| {
            m["method"] == "$/progress" && m["params"]["token"] == token && m["params"]["value"]["kind"] == kind
        }
    };
    let begin = client.wait(told("begin"));
    assert_eq!(begin["params"]["value"]["cancellable"], true);
    // A second cancel, of something that is over, is no harm.
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    client.wait(told("end"));
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    client.rest();
}

#[test]
fn a_client_that_cannot_compare_is_offered_no_lens() {
    let (folder, _client) = workspace();
    let params = json!({ "capabilities": {}, "workspaceFolders": [{ "uri": url(folder.path()), "name": "reports" }] });
    let client = Client::with(params);
    let capabilities = &client.server["capabilities"];
    assert!(capabilities.get("codeLensProvider").is_none() && capabilities["documentLinkProvider"].is_object());
}

/// A draft with a paragraph of seed 000 in it, in a workspace with the seeds.
fn draft_with_a_paragraph_of_seed_000(folder: &Path) -> (String, String) {
    let source = seed(0).1;
    let paragraph =
        source.lines().find(|line| line.contains("临泽县") && line.chars().count() > 80).unwrap().to_owned();
    let text = format!("{}\n{paragraph}\n", seed(1).1);
    let path = folder.join("稿.txt");
    std::fs::write(&path, &text).unwrap();
    std::fs::remove_file(folder.join(seed(1).0)).unwrap();
    (url(&path), text)
}

#[test]
fn command_line_and_server_find_the_same_in_the_same_archive() {
    let (folder, mut client) = workspace();
    let (place, text) = draft_with_a_paragraph_of_seed_000(folder.path());
    client.open(&place, "plaintext", &text);
    let served = published_with(&mut client, &place, 1, "duplicates/leftover");
    let served: Vec<_> = served.iter().map(|d| (d["code"].clone(), d["message"].clone(), d["range"].clone())).collect();
    let archive = format!("--archive={}", folder.path().display());
    let output = assert_cmd::Command::cargo_bin("hegao")
        .unwrap()
        .args(["check", "--format", "json", "--lang", "zh", &archive])
        .arg(folder.path().join("稿.txt"))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["files"][0]["findings"].as_array().unwrap().iter();
    let checked: Vec<_> = findings.map(|f| (f["rule"].clone(), f["message"].clone(), f["range"].clone())).collect();
    assert_eq!(served, checked);
    client.rest();
}

#[test]
fn a_client_that_pulled_before_the_archive_was_there_is_asked_to_pull_again() {
    let (folder, first) = workspace();
    drop(first);
    let (place, text) = draft_with_a_paragraph_of_seed_000(folder.path());
    let mut client = Client::pulling(Some(folder.path()));
    client.open(&place, "plaintext", &text);
    client.wait(|m| m["method"] == "workspace/diagnostic/refresh");
    let pulled = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": place } }));
    assert!(pulled["items"].as_array().unwrap().iter().any(|d| d["code"] == "duplicates/report"), "{pulled}");
    // Closed drafts are compared as well.
    client.close(&place);
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let own = report["items"].as_array().unwrap().iter().find(|item| item["uri"] == place).unwrap();
    assert!(own["items"].as_array().unwrap().iter().any(|d| d["code"] == "duplicates/leftover"), "{own}");
    client.rest();
}
