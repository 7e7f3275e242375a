//! Revisions of a draft's structure as code actions, through the protocol.

mod support;

use serde_json::{Value, json};
use support::{Client, edited};

const URL: &str = "file:///draft.md";

const DRAFT: &str = "\
# 工作报告

## 一、主要工作

抓好两项工作：
### （一）协商
正文，详见第三部分。

### （二）监督

## 二、存在问题
问题不少。

## 三、下步打算
加强学习😀，落实上述（二）。";

/// The actions on line `line` of a draft, by title.
fn offered(client: &mut Client, line: u32, only: Value) -> Vec<(String, Value)> {
    let mut context = json!({ "diagnostics": [] });
    if !only.is_null() {
        context["only"] = only;
    }
    let actions = client.actions(URL, [line, 2, line, 2], context);
    actions.into_iter().map(|action| (action["title"].as_str().unwrap().to_owned(), action)).collect()
}

/// `text` after the action called `title` on line `line`.
fn after(text: &str, line: u32, title: &str) -> String {
    let mut client = Client::start();
    client.open(URL, "markdown", text);
    client.published(URL, 1);
    let actions = offered(&mut client, line, json!(["refactor"]));
    let found = actions.iter().find(|(name, _)| name == title);
    let (_, action) = found.unwrap_or_else(|| panic!("no {title}: {actions:?}"));
    assert_eq!(action["edit"]["documentChanges"][0]["textDocument"], json!({ "uri": URL, "version": 1 }));
    edited(text, action)
}

#[test]
fn a_heading_offers_what_can_be_done_with_it() {
    let mut client = Client::start();
    let kinds = &client.server["capabilities"]["codeActionProvider"]["codeActionKinds"];
    assert!(kinds.as_array().unwrap().contains(&json!("refactor.move")), "{kinds}");
    client.open(URL, "markdown", DRAFT);
    client.published(URL, 1);
    let mut titles = |line: u32, only: Value| -> Vec<String> {
        offered(&mut client, line, only).into_iter().map(|(title, _)| title).collect()
    };
    assert_eq!(titles(10, Value::Null), ["降一级", "上移本节", "下移本节"]);
    assert_eq!(titles(10, json!(["refactor.rewrite"])), ["降一级"]);
    assert_eq!(titles(10, json!(["refactor.move"])), ["上移本节", "下移本节"]);
    assert_eq!(titles(10, json!(["quickfix"])), [""; 0]);
    assert_eq!(titles(2, json!(["refactor"])), ["下移本节"]);
    // Neither the title nor text.
    assert_eq!(titles(0, Value::Null), [""; 0]);
    assert_eq!(titles(11, Value::Null), [""; 0]);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "hegao": { "language": "en" } } }));
    client.published(URL, 1);
    let english: Vec<String> = offered(&mut client, 10, Value::Null).into_iter().map(|(title, _)| title).collect();
    assert_eq!(english, ["Lower by one level", "Move this section up", "Move this section down"]);
}

#[test]
fn a_section_moves_and_its_number_stays_behind() {
    let due = "\
# 工作报告

## 一、主要工作

抓好两项工作：
### （一）协商
正文，详见第二部分。

### （二）监督

## 二、下步打算
加强学习😀，落实上述（二）。

## 三、存在问题
问题不少。";
    assert_eq!(after(DRAFT, 10, "下移本节"), due);
    assert_eq!(after(due, 13, "上移本节"), DRAFT);
}

#[test]
fn a_heading_is_lowered_and_raised_again() {
    let due = DRAFT.replace("抓好两项工作", "抓好三项工作").replace("## 二、存在问题", "### （三）存在问题");
    let due = due.replace("## 三、下步打算", "## 二、下步打算").replace("详见第三部分", "详见第二部分");
    assert_eq!(after(DRAFT, 10, "降一级"), due);
    assert_eq!(after(&due, 10, "升一级"), DRAFT);
    let dos = DRAFT.replace('\n', "\r\n");
    assert_eq!(after(&dos, 10, "降一级"), due.replace('\n', "\r\n"));
}

#[test]
fn a_chain_and_all_chains_are_renumbered() {
    let text =
        DRAFT.replace("三、下步", "四、下步").replace("（二）监督", "（四）监督").replace("第三部分", "第四部分");
    let chain = DRAFT.replace("（二）监督", "（四）监督");
    assert_eq!(after(&text, 2, "本组顺次重编"), chain);
    assert_eq!(after(&text, 2, "全文序号重编"), DRAFT);
}
