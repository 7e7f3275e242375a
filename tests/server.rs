//! The language server through the protocol, in process.

mod support;

use serde_json::{Value, json};
use support::{Client, edited, lsp_range, numbers, url};

const URL: &str = "file:///draft.md";
const PARAGRAPH: &str =
    "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效，得到各界好评。";

fn seed() -> String {
    std::fs::read_to_string("seeds/001_27aa5a5a10930f29.txt").expect("a seed")
}

#[test]
fn the_repeated_paragraph_of_seed_001_is_published_with_both_places() {
    let mut client = Client::start();
    client.open(URL, "plaintext", &seed());
    let found = client.published(URL, 1);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "duplicates/paragraph");
    assert_eq!(numbers(&found[0]["range"])[0], 58);
    assert_eq!(numbers(&found[0]["relatedInformation"][0]["location"]["range"])[0], 56);
    assert!(found[0]["message"].as_str().unwrap().contains("第57行"));
}

#[test]
fn a_quick_fix_removes_the_copy_and_the_finding() {
    let mut client = Client::start();
    client.open(URL, "plaintext", &seed());
    client.published(URL, 1);
    let actions = client.actions(URL, [58, 3, 58, 3], json!({ "diagnostics": [] }));
    let fix = &actions[0];
    assert_eq!((fix["isPreferred"].as_bool(), fix["kind"].as_str()), (Some(true), Some("quickfix")));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    let text = edited(&seed(), fix);
    assert_eq!(text.matches("把“我为群众办实事”作为践行").count(), 1);
    let all = json!({ "textDocument": { "uri": URL, "version": 2 }, "contentChanges": [{ "text": text }] });
    client.notify("textDocument/didChange", all);
    assert_eq!(client.published(URL, 2), Vec::<Value>::new());
}

#[test]
fn a_deleted_section_is_one_finding_whose_fix_takes_numbers_and_references_along() {
    let text = "# 总\n\n## 一、甲\n详见第五部分。\n\n## 二、乙\n乙文。\n\n## 四、丁\n见第三部分。\n\n## 五、戊\n";
    let mut client = Client::start();
    client.open(URL, "markdown", text);
    assert_eq!(client.published(URL, 1).len(), 1);
    let actions = client.actions(URL, [8, 3, 8, 3], json!({ "diagnostics": [], "only": ["quickfix"] }));
    // What pointed at the deleted section is the writer's to say.
    let due = "# 总\n\n## 一、甲\n详见第四部分。\n\n## 二、乙\n乙文。\n\n## 三、丁\n见第三部分。\n\n## 四、戊\n";
    assert_eq!(edited(text, &actions[0]), due);
}

#[test]
fn every_finished_version_is_published_also_when_nothing_changed() {
    let mut client = Client::start();
    client.open(URL, "markdown", &format!("{PARAGRAPH}\n"));
    assert!(client.published(URL, 1).is_empty());
    client.change(URL, 2, [0, 0, 0, 0], "又");
    assert!(client.published(URL, 2).is_empty());
    // The copy, typed below.
    client.change(URL, 3, [1, 0, 1, 0], &format!("\n又{PARAGRAPH}\n"));
    let found = client.published(URL, 3);
    assert_eq!(numbers(&found[0]["range"])[0], 2);
    client.change(URL, 4, [0, 0, 0, 0], "\n\n");
    let found = client.published(URL, 4);
    assert_eq!(numbers(&found[0]["range"])[0], 4);
    assert!(found[0]["message"].as_str().unwrap().contains("第3行"), "{found:?}");
}

#[test]
fn a_burst_of_edits_ends_in_the_findings_of_the_last_text() {
    let mut client = Client::start();
    client.open(URL, "markdown", "");
    let text = format!("{PARAGRAPH}\n\n{PARAGRAPH}");
    let mut version = 1;
    for (n, c) in text.chars().enumerate() {
        let before: String = text.chars().take(n).collect();
        let line = before.matches('\n').count() as u32;
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count() as u32;
        version += 1;
        client.change(URL, version, [line, column, line, column], &c.to_string());
    }
    let found = client.published(URL, version);
    assert_eq!(found.len(), 1);
    assert_eq!(numbers(&found[0]["range"]), [2, 0, 2, PARAGRAPH.encode_utf16().count() as u64]);
    client.rest();
}

#[test]
fn symbols_show_seed_000_without_markup_as_its_author_sees_it() {
    let text = std::fs::read_to_string("seeds/000_9975f0ca8d495da4.txt").unwrap();
    let mut client = Client::start();
    client.open(URL, "plaintext", &text);
    client.published(URL, 1);
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": URL } }));
    assert_eq!(symbols[0]["name"], "和衷共济谋发展 团结奋进铸辉煌");
    let names: Vec<&str> =
        symbols[0]["children"].as_array().unwrap().iter().filter_map(|s| s["name"].as_str()).collect();
    let sections = [
        "巩固思想基础 增强政治定力",
        "创新协商实践 提升协商实效",
        "聚焦中心大局 积极建言资政",
        "发挥组织优势 广泛汇聚合力",
        "紧扣中心任务 主动担当作为",
        "加强自身建设 提高履职能力",
    ];
    assert_eq!(names[1..], sections);
    let section = &symbols[0]["children"][1];
    assert_eq!((numbers(&section["range"])[0], numbers(&section["range"])[2]), (5, 7));
    let folds = client.request("textDocument/foldingRange", json!({ "textDocument": { "uri": URL } }));
    assert!(folds.as_array().unwrap().iter().any(|f| f["startLine"] == 5 && f["endLine"] == 7), "{folds}");
}

#[test]
fn the_page_of_a_rule_is_given_and_linked_to_only_where_it_can_be_opened() {
    let mut client = Client::start();
    let page = client.request("hegao/rule", json!({ "name": "duplicates/paragraph" }));
    assert_eq!(page, json!({ "markdown": include_str!("../src/rules/duplicates/paragraph.md") }));
    let id = client.ask("hegao/rule", json!({ "name": "duplicates/paragraphs" }));
    let refusal = client.reply(id);
    assert_eq!(refusal["error"]["code"], -32602, "{refusal}");
    assert!(refusal["error"]["message"].as_str().unwrap().contains("duplicates/paragraph"), "{refusal}");
    client.open(URL, "plaintext", &seed());
    assert_eq!(client.published(URL, 1)[0].get("codeDescription"), None);

    let options = json!({ "ruleDocumentation": true });
    let mut opening = Client::with(json!({ "capabilities": {}, "initializationOptions": options }));
    opening.open(URL, "plaintext", &seed());
    let description = &opening.published(URL, 1)[0]["codeDescription"];
    assert_eq!(description, &json!({ "href": "hegao:/duplicates/paragraph.md" }));
}

#[test]
fn a_flat_client_gets_flat_symbols_and_plain_edits() {
    let mut client = Client::with(json!({ "capabilities": {}, "locale": "en" }));
    client.open(URL, "markdown", "# 总\n\n## 一、甲\n\n## 三、丙\n");
    let found = client.published(URL, 1);
    assert!(found[0]["message"].as_str().unwrap().starts_with("A number is missing"), "{found:?}");
    assert!(found[0].get("relatedInformation").is_none());
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": URL } }));
    assert_eq!(symbols[1]["containerName"], "总");
    let actions = client.actions(URL, [4, 0, 4, 0], json!({ "diagnostics": [] }));
    // Without literals only commands can be offered.
    assert!(actions.iter().all(|a| a["command"].is_string()), "{actions:?}");
}

#[test]
fn hover_says_what_why_and_how() {
    let mut client = Client::start();
    client.open(URL, "plaintext", &seed());
    client.published(URL, 1);
    let at = |line: u32| json!({ "textDocument": { "uri": URL }, "position": { "line": line, "character": 4 } });
    let hover = client.request("textDocument/hover", at(58));
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("第57行") && text.contains("怎么改"), "{text}");
    assert_eq!(client.request("textDocument/hover", at(8)), Value::Null);
}

#[test]
fn positions_far_outside_the_text_are_clamped() {
    let mut client = Client::start();
    client.open(URL, "markdown", "甲😀乙\r\n丙");
    client.published(URL, 1);
    client.change(URL, 2, [999, 999, 9999, 0], "丁");
    client.published(URL, 2);
    client.change(URL, 3, [0, 2, 0, 2], "戊");
    client.published(URL, 3);
    // An inverted range is taken as what lies between its ends.
    client.change(URL, 4, [0, 4, 0, 0], "");
    client.published(URL, 4);
    let far = json!({ "textDocument": { "uri": URL }, "position": { "line": u32::MAX, "character": u32::MAX } });
    assert_eq!(client.request("textDocument/hover", far), Value::Null);
    let actions = client.actions(URL, [u32::MAX, 0, u32::MAX, u32::MAX], json!({ "diagnostics": [] }));
    assert!(actions.is_empty());
}

#[test]
fn a_pull_gets_the_list_of_the_text_it_saw_and_unchanged_when_it_is_the_same() {
    let mut client = Client::pulling(None);
    assert_eq!(client.server["capabilities"]["positionEncoding"], "utf-8");
    assert!(client.server["capabilities"]["diagnosticProvider"].is_object());
    client.open(URL, "markdown", &format!("{PARAGRAPH}\n\n{PARAGRAPH}\n"));
    let pull = |previous: Value| json!({ "textDocument": { "uri": URL }, "previousResultId": previous });
    let first = client.request("textDocument/diagnostic", pull(Value::Null));
    assert_eq!((first["kind"].as_str(), first["items"].as_array().map(Vec::len)), (Some("full"), Some(1)));
    assert_eq!(numbers(&first["items"][0]["range"])[3], PARAGRAPH.len() as u64);
    let id = first["resultId"].clone();
    assert_eq!(client.request("textDocument/diagnostic", pull(id.clone()))["kind"], "unchanged");
    // A text that changed and a list that did not: still unchanged.
    client.change(URL, 2, [3, 0, 3, 0], "尾");
    assert_eq!(client.request("textDocument/diagnostic", pull(id.clone()))["kind"], "unchanged");
    client.change(URL, 3, [2, 0, 2, PARAGRAPH.len() as u32], "");
    let last = client.request("textDocument/diagnostic", pull(id.clone()));
    assert_eq!(last["items"].as_array().map(Vec::len), Some(0));
    assert_ne!(last["resultId"], id);
}

#[test]
fn a_request_whose_text_has_moved_on_is_told_so() {
    let mut client = Client::pulling(None);
    // Large enough that the edit comes while the first analysis is under way or waits.
    let text = format!("{PARAGRAPH}\n").repeat(20_000);
    client.open(URL, "markdown", &text);
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URL } }));
    let pull = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": URL } }));
    client.change(URL, 2, [0, 0, 0, 0], "新");
    let (symbols, pull) = (client.reply(symbols), client.reply(pull));
    if symbols.get("error").is_some() {
        assert_eq!(symbols["error"]["code"], -32801);
    }
    if pull.get("error").is_some() {
        assert_eq!(pull["error"]["code"], -32802);
        assert_eq!(pull["error"]["data"]["retriggerRequest"], true);
    }
    assert!(symbols.get("error").is_some() || pull.get("error").is_some(), "the edit came too late to test anything");
    let last = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URL } }));
    // 20,000 copies of one paragraph: a thousand are shown, and one says how many more there are.
    assert_eq!(last["items"].as_array().map(Vec::len), Some(1001));
}

#[test]
fn workspace_diagnostics_hold_open_and_closed_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let double = format!("{PARAGRAPH}\n\n{PARAGRAPH}\n");
    std::fs::write(folder.path().join("closed.txt"), &double).unwrap();
    std::fs::write(folder.path().join("open.md"), "旧").unwrap();
    std::fs::write(folder.path().join("photo.png"), [0u8; 4]).unwrap();
    let mut client = Client::pulling(Some(folder.path()));
    let open = url(&folder.path().join("open.md"));
    client.open(&open, "markdown", &double);
    let report = client.request("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": "t" }));
    let progress = |m: &Value| m["method"] == "$/progress";
    assert_eq!(client.wait(progress)["params"]["value"]["kind"], "begin");
    assert_eq!(client.wait(progress)["params"]["value"]["kind"], "end");
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{report}");
    assert!(items.iter().all(|i| i["items"].as_array().map(Vec::len) == Some(1)));
    let ids: Vec<Value> = items.iter().map(|i| json!({ "uri": i["uri"], "value": i["resultId"] })).collect();
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": ids }));
    assert!(again["items"].as_array().unwrap().iter().all(|i| i["kind"] == "unchanged"), "{again}");
}

#[test]
fn completion_offers_what_the_profile_has_on_a_clear_beginning() {
    let offers = |snippets: bool, text: &str| {
        let item = json!({ "snippetSupport": snippets });
        let mut client =
            Client::with(json!({ "capabilities": { "textDocument": { "completion": { "completionItem": item } } } }));
        client.open(URL, "plaintext", text);
        client.published(URL, 1);
        let position = json!({ "line": 0, "character": text.encode_utf16().count() });
        let parameters = json!({ "textDocument": { "uri": URL }, "position": position });
        client.request("textDocument/completion", parameters)["items"].as_array().expect("items").clone()
    };
    let found = offers(true, "五年来，牢牢把握团");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["textEdit"]["newText"], "牢牢把握团结和民主两大主题");
    assert_eq!(found[0]["textEdit"]["range"]["start"], json!({ "line": 0, "character": 4 }));
    assert_eq!(offers(true, "全年共收到")[0]["textEdit"]["newText"], "提案${1}件");
    assert!(offers(false, "全年共收到").is_empty() && offers(true, "全年共").is_empty());
}

#[test]
fn completion_goes_on_with_the_next_heading_once_its_marker_was_begun() {
    let item = json!({ "snippetSupport": true });
    let mut client =
        Client::with(json!({ "capabilities": { "textDocument": { "completion": { "completionItem": item } } } }));
    let draft = "一、民主监督\n视察六次，提出意见。\n二、文史工作\n编印文史一辑。\n";
    let mut version = 0;
    let mut offered = |line: &str| {
        version += 1;
        match version {
            1 => client.open(URL, "plaintext", &format!("{draft}{line}")),
            _ => {
                let all = json!({ "text": format!("{draft}{line}") });
                let parameters = json!({ "textDocument": { "uri": URL, "version": version }, "contentChanges": [all] });
                client.notify("textDocument/didChange", parameters);
            }
        }
        client.published(URL, version);
        let position = json!({ "line": 4, "character": line.encode_utf16().count() });
        let parameters = json!({ "textDocument": { "uri": URL }, "position": position });
        let items = client.request("textDocument/completion", parameters)["items"].as_array().expect("items").clone();
        items.iter().map(|item| item["textEdit"]["newText"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(offered("三"), ["三、"]);
    assert_eq!(offered(""), ["三、"]);
    for line in ["三、", "三、自", "四", "一年来，"] {
        assert!(offered(line).is_empty(), "{line}");
    }
}

#[test]
fn an_intended_repeat_is_written_to_the_baseline_and_falls_silent() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start();
    let draft = url(&folder.path().join("a.txt"));
    client.open(&draft, "plaintext", &format!("{PARAGRAPH}\n\n{PARAGRAPH}\n"));
    assert_eq!(client.published(&draft, 1).len(), 1);
    let actions = client.actions(&draft, [2, 0, 2, 0], json!({ "diagnostics": [] }));
    assert!(!actions.iter().any(|a| a["title"].as_str().unwrap().contains("注释")), "no comments in plain text");
    let accept = actions.iter().find(|a| a["command"]["command"] == "hegao.accept").expect("accept");
    client.request("workspace/executeCommand", accept["command"].clone());
    assert!(client.published(&draft, 1).is_empty());
    let baseline = std::fs::read_to_string(folder.path().join("hegao-baseline.txt")).unwrap();
    assert!(baseline.contains(" duplicates/paragraph 一年来"), "{baseline}");
    // A finding that is gone cannot be accepted.
    let id = client.ask("workspace/executeCommand", accept["command"].clone());
    assert!(client.reply(id)["error"]["message"].as_str().unwrap().contains("不存在"));
}

#[test]
fn ignore_here_inserts_a_comment_that_silences_the_finding() {
    let mut client = Client::start();
    let text = format!("{PARAGRAPH}\n\n{PARAGRAPH}\n");
    client.open(URL, "markdown", &text);
    client.published(URL, 1);
    let actions = client.actions(URL, [2, 0, 2, 0], json!({ "diagnostics": [] }));
    let ignore = actions.iter().find(|a| a["title"].as_str().unwrap().contains("注释")).expect("ignore here");
    let text = edited(&text, ignore);
    assert!(text.contains("<!-- hegao-ignore duplicates/paragraph"));
    let all = json!({ "textDocument": { "uri": URL, "version": 2 }, "contentChanges": [{ "text": text }] });
    client.notify("textDocument/didChange", all);
    assert!(client.published(URL, 2).is_empty());
}

#[test]
fn fix_all_applies_what_is_safe_and_nothing_else() {
    let mut client = Client::start();
    let text = format!(
        "<!-- hegao-ignore figures/count 多余 -->\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n<!-- hegao-ignore headings -->\n尾。\n"
    );
    client.open(URL, "markdown", &text);
    assert_eq!(client.published(URL, 1).len(), 3);
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let actions = client.actions(URL, [0, 0, 0, 0], context);
    assert_eq!(actions.len(), 1, "{actions:?}");
    assert_eq!(actions[0]["kind"], "source.fixAll.hegao");
    assert_eq!(edited(&text, &actions[0]), format!("{PARAGRAPH}\n\n{PARAGRAPH}\n\n尾。\n"));
    let quick = client.actions(URL, [3, 0, 3, 0], json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert!(!quick.is_empty() && quick.iter().all(|a| a["kind"] == "quickfix"));
    // On a clean draft there is nothing to fix and nothing is offered.
    client.open("untitled:u", "markdown", "好。\n");
    client.published("untitled:u", 1);
    assert!(
        client.actions("untitled:u", [0, 0, 0, 0], json!({ "diagnostics": [], "only": ["source.fixAll"] })).is_empty()
    );
}

#[test]
fn closing_clears_and_opening_again_publishes_again() {
    let mut client = Client::start();
    let text = format!("{PARAGRAPH}\n\n{PARAGRAPH}\n");
    client.open(URL, "markdown", &text);
    assert_eq!(client.published(URL, 1).len(), 1);
    client.close(URL);
    let cleared = client.wait(|m| m["method"] == "textDocument/publishDiagnostics");
    assert_eq!(
        (cleared["params"]["diagnostics"].as_array().map(Vec::len), cleared["params"].get("version")),
        (Some(0), None)
    );
    for _ in 0..20 {
        client.open(URL, "markdown", &text);
        client.close(URL);
    }
    client.open(URL, "markdown", &text);
    client.change(URL, 2, [3, 0, 3, 0], "尾");
    assert_eq!(client.published(URL, 2).len(), 1);
    // The workers before are done: none of them clears what the last one published.
    assert_eq!(client.rest(), Vec::<Value>::new());
    let id = client.ask(
        "textDocument/hover",
        json!({ "textDocument": { "uri": "file:///no.md" }, "position": { "line": 0, "character": 0 } }),
    );
    assert_eq!(client.reply(id)["result"], Value::Null);
}

#[test]
fn a_lost_edit_is_told_to_the_writer() {
    let mut client = Client::start();
    client.open(URL, "markdown", "甲");
    client.published(URL, 1);
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": URL, "version": "two" }, "contentChanges": 3 }),
    );
    let message = client.wait(|m| m["method"] == "window/showMessage");
    assert!(message["params"]["message"].as_str().unwrap().contains("重新打开"), "{message}");
}

#[test]
fn a_multi_change_notification_is_applied_in_order() {
    let mut client = Client::start();
    client.open(URL, "markdown", "甲乙丙\n");
    client.published(URL, 1);
    let change = |range: [u32; 4], text: &str| json!({ "range": lsp_range(range), "text": text });
    let changes = json!([
        change([0, 3, 0, 3], "丁"),
        change([0, 0, 0, 1], "# 标"),
        { "text": "# 全\n" },
        change([0, 3, 0, 3], "😀"),
        change([0, 5, 0, 5], "尾"),
    ]);
    let params = json!({ "textDocument": { "uri": URL, "version": 2 }, "contentChanges": changes });
    client.notify("textDocument/didChange", params);
    client.published(URL, 2);
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": URL } }));
    assert_eq!(symbols[0]["name"], "全😀尾");
}

#[test]
fn a_request_that_waits_for_a_draft_that_is_closed_is_answered() {
    let mut client = Client::start();
    client.open(URL, "markdown", &format!("{PARAGRAPH}\n").repeat(20_000));
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": URL } }));
    client.close(URL);
    let reply = client.reply(symbols);
    assert!(reply["error"]["code"] == -32801 || reply["result"].is_array(), "{reply}");
    client.rest();
}

#[test]
fn a_workspace_pull_ends_its_progress_also_when_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::pulling(Some(folder.path()));
    client.open(URL, "markdown", &format!("{PARAGRAPH}\n").repeat(20_000));
    let pull = client.ask("workspace/diagnostic", json!({ "previousResultIds": [], "workDoneToken": "t" }));
    client.change(URL, 2, [0, 0, 0, 0], "新");
    client.reply(pull);
    let progress = |m: &Value| m["method"] == "$/progress";
    assert_eq!(client.wait(progress)["params"]["value"]["kind"], "begin");
    assert_eq!(client.wait(progress)["params"]["value"]["kind"], "end");
}
