//! What a session is configured with: hegao.toml, profiles, the editor's own settings, and their changes.

mod support;

use serde_json::{Value, json};
use support::{Client, url};

const URL: &str = "file:///draft.md";
const PARAGRAPH: &str =
    "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效，得到各界好评。";

/// A draft with one finding.
fn repeated() -> String {
    format!("{PARAGRAPH}\n\n{PARAGRAPH}\n")
}

#[test]
fn hegao_toml_governs_and_is_taken_anew_without_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("hegao.toml");
    std::fs::write(&config, "[rules]\n\"duplicates/paragraph\" = \"hint\"\n").unwrap();
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.md"));
    client.open(&draft, "markdown", &repeated());
    assert_eq!(client.published(&draft, 1)[0]["severity"], 4);
    std::fs::write(&config, "[rules]\nduplicates = \"off\"\nnonsense = 3\n").unwrap();
    let changed = json!({ "changes": [{ "uri": url(&config), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed.clone());
    let message = client.wait(|m| m["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("hegao.toml"), "{message}");
    // It could not be read whole, so the last good one stays, and nothing new is published.
    std::fs::write(&config, "[rules]\nduplicates = \"off\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changed);
    assert!(client.published(&draft, 1).is_empty());
}

#[test]
fn what_the_house_knows_is_taken_anew_without_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("hegao.toml");
    std::fs::write(&config, "").unwrap();
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.md"));
    client.open(&draft, "markdown", "推进协商议政、思想引领、民主监督各项工作。\n");
    assert!(client.published(&draft, 1).is_empty());
    std::fs::write(&config, "[knowledge]\nlists = [\"思想引领、协商议政、民主监督\"]\n").unwrap();
    let changed = json!({ "changes": [{ "uri": url(&config), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(client.published(&draft, 1)[0]["code"], "wording/order");
}

#[test]
fn a_profile_is_taken_anew_when_its_file_changes_and_kept_while_it_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house.toml");
    let profile = |phrase: &str| {
        let support = "support = { documents = 3, instances = 5, example = \"甲.txt:4\" }";
        std::fs::write(
            &file,
            format!("version = 1\ndocuments = 3\nphrases = [\n{{ text = \"{phrase}\", {support} }},\n]\n"),
        )
        .unwrap();
    };
    profile("围绕中心、服务大局");
    std::fs::write(folder.path().join("hegao.toml"), "profile = \"house.toml\"\n").unwrap();
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.txt"));
    client.open(&draft, "plaintext", "围绕中新、服务大局，发挥委员主题作用。\n");
    let found = client.published(&draft, 1);
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().unwrap().contains("在 3 份报告中出现 5 次"), "{found:?}");
    let changed = json!({ "changes": [{ "uri": url(&file), "type": 2 }] });
    std::fs::write(&file, "version = 1\ndocuments = three\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changed.clone());
    let message = client.wait(|m| m["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("house.toml:2"), "{message}");
    profile("发挥委员主体作用");
    client.notify("workspace/didChangeWatchedFiles", changed);
    let found = client.published(&draft, 1);
    assert!(found[0]["message"].as_str().unwrap().contains("发挥委员主体作用"), "{found:?}");
}

#[test]
fn the_editors_settings_lie_under_the_file() {
    let mut client = Client::with(json!({
        "capabilities": {},
        "initializationOptions": { "rules": { "duplicates": "off" }, "language": "en" },
    }));
    client.open(URL, "markdown", &format!("# 甲\n\n## 一、甲\n\n## 三、丙\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"));
    let found = client.published(URL, 1);
    assert_eq!(found.len(), 1);
    assert!(found[0]["message"].as_str().unwrap().starts_with("A number"));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "hegao": { "rules": {} } } }));
    assert_eq!(client.published(URL, 1).len(), 2);
}

#[test]
fn a_changed_language_is_taken_up_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("hegao.toml");
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.md"));
    client.open(&draft, "markdown", &repeated());
    assert!(client.published(&draft, 1)[0]["message"].as_str().unwrap().starts_with("本段"));
    std::fs::write(&config, "language = \"en\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": url(&config), "type": 1 }] }));
    assert!(client.published(&draft, 1)[0]["message"].as_str().unwrap().starts_with("This paragraph"));
}

#[test]
fn each_root_has_its_own_configuration_and_roots_come_and_go() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::fs::write(one.path().join("hegao.toml"), "[rules]\nduplicates = \"off\"\n").unwrap();
    let text = repeated();
    for folder in [&one, &two] {
        std::fs::write(folder.path().join("a.md"), &text).unwrap();
    }
    let mut client = Client::pulling(Some(one.path()));
    let count = |client: &mut Client| {
        let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        let items = report["items"].as_array().unwrap().clone();
        (items.len(), items.iter().map(|i| i["items"].as_array().map_or(0, Vec::len)).sum::<usize>())
    };
    assert_eq!(count(&mut client), (1, 0));
    let folder = |f: &tempfile::TempDir| json!({ "uri": url(f.path()), "name": "f" });
    let event = json!({ "added": [folder(&two)], "removed": [] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(client.wait(|m| m["method"] == "workspace/diagnostic/refresh")["params"], Value::Null);
    assert_eq!(count(&mut client), (2, 1));
    let event = json!({ "added": [], "removed": [folder(&two)] });
    client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
    assert_eq!(count(&mut client), (1, 0));
    client.rest();
}

#[test]
fn a_client_that_is_asked_for_its_configuration_is_heard() {
    let mut client =
        Client::with(json!({ "locale": "zh", "capabilities": { "workspace": { "configuration": true } } }));
    let asked = client.wait(|m| m["method"] == "workspace/configuration");
    assert_eq!(asked["params"]["items"][0]["section"], "hegao");
    client.open(URL, "markdown", &repeated());
    assert_eq!(client.published(URL, 1).len(), 1);
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": [{ "rules": { "duplicates": "off" } }] }));
    assert!(client.published(URL, 1).is_empty());
}

#[test]
fn an_editor_that_watches_no_files_has_hegao_toml_taken_anew_with_every_save() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.md"));
    client.open(&draft, "markdown", &repeated());
    assert_eq!(client.published(&draft, 1).len(), 1);
    std::fs::write(folder.path().join("hegao.toml"), "[rules]\nduplicates = \"off\"\n").unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": draft } }));
    assert!(client.published(&draft, 1).is_empty());
}

#[test]
fn what_an_editor_says_later_counts_setting_by_setting() {
    let options = json!({ "rules": { "duplicates": "off" }, "language": "en" });
    let mut client = Client::with(json!({ "capabilities": {}, "initializationOptions": options }));
    client.open(URL, "markdown", &repeated());
    assert!(client.published(URL, 1).is_empty());
    // Neovim writes its empty tables so.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "hegao": { "rules": [] } } }));
    let found = client.published(URL, 1);
    assert!(found[0]["message"].as_str().unwrap().starts_with("This paragraph"), "{found:?}");
}

#[test]
fn the_editor_may_name_the_profile_and_the_file_wins() {
    let folder = tempfile::tempdir().unwrap();
    let house = |name: &str, phrase: &str| {
        let support = "support = { documents = 3, instances = 5, example = \"甲.txt:4\" }";
        let text = format!("version = 1\ndocuments = 3\nphrases = [\n{{ text = \"{phrase}\", {support} }},\n]\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    house("house.toml", "协商在河畔、服务到船头");
    let root = url(folder.path());
    let mut client = Client::with(json!({
        "capabilities": {},
        "workspaceFolders": [{ "uri": root, "name": "house" }],
        "initializationOptions": { "profile": "house.toml" },
    }));
    let draft = url(&folder.path().join("a.txt"));
    client.open(&draft, "plaintext", "坚持协商在河畔、服务列船头，围绕中新、服务大局，认真履行职能。\n");
    let message = |found: &[Value]| {
        assert_eq!(found.len(), 1, "{found:?}");
        found[0]["message"].as_str().unwrap().to_owned()
    };
    assert!(message(&client.published(&draft, 1)).contains("服务到船头"));
    let changed = |name: &str| json!({ "changes": [{ "uri": url(&folder.path().join(name)), "type": 2 }] });
    // A file that changes on disk is taken anew; so is one that is no profile any more, and the last good one stays.
    house("house.toml", "坚持协商在河湖、服务列船头");
    client.notify("workspace/didChangeWatchedFiles", changed("house.toml"));
    assert!(message(&client.published(&draft, 1)).contains("协商在河湖"));
    std::fs::write(folder.path().join("house.toml"), "version = 1\ndocuments = three\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changed("house.toml"));
    let told = client.wait(|m| m["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("house.toml:2"), "{told}");
    std::fs::write(folder.path().join("hegao.toml"), "profile = \"builtin\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changed("hegao.toml"));
    assert!(message(&client.published(&draft, 1)).contains("围绕中心"));
}
