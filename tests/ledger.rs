//! The ledger: which places of a draft state one figure, and what an editor makes of that.

#[path = "support/mod.rs"]
mod support;

use hegao::analysis::{Analysis, Status};
use serde_json::{Value, json};
use support::Client;

/// The figures that stand in several places: their status, and each place as line and words.
fn repeated(text: &str) -> Vec<(Status, Vec<(usize, String)>)> {
    let analysis = Analysis::of(text);
    let ledger = analysis.ledger();
    let place = |&index: &usize| {
        let located = &ledger.mentions[index];
        (analysis.rope.byte_to_line(located.bytes.start) + 1, located.text().to_owned())
    };
    let several = ledger.figures.iter().filter(|figure| figure.mentions.len() > 1);
    several.map(|figure| (figure.status, figure.mentions.iter().map(place).collect())).collect()
}

fn seed(name: &str) -> String {
    std::fs::read_to_string(format!("{}/seeds/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a seed")
}

#[test]
fn a_figure_is_found_in_all_its_places() {
    let text = seed("001_27aa5a5a10930f29.txt");
    let sixteen = |text: &str| {
        let found = repeated(text).into_iter().find(|(_, places)| places.iter().any(|(_, words)| words == "16个"));
        found.expect("16个 stands in several places")
    };
    let (status, places) = sixteen(&text);
    assert_eq!(status, Status::Consistent);
    assert_eq!(places.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [9, 57, 59]);
    // Changed in one place, it is found in all three, and they are in conflict.
    let changed = text.replacen("16个具体问题", "18个具体问题", 1);
    let (status, places) = sixteen(&changed);
    assert_eq!((status, places.len()), (Status::Conflict, 3));
}

#[test]
fn figures_of_different_things_stand_alone() {
    let text = seed("002_0d5c2333e8b741ee.txt");
    for (status, places) in repeated(&text) {
        assert_eq!(status, Status::Consistent, "{places:?}");
        let words: Vec<&str> = places.iter().map(|(_, words)| words.as_str()).collect();
        assert!(!words.contains(&"170余条") && !words.contains(&"220余条"), "{words:?}");
    }
}

#[test]
fn every_figure_has_each_of_its_mentions_once() {
    for name in ["000_9975f0ca8d495da4.txt", "004_80b9ded64eff503d.txt"] {
        let ledger = Analysis::of(&seed(name)).ledger();
        let mut listed: Vec<usize> = ledger.figures.iter().flat_map(|figure| figure.mentions.clone()).collect();
        listed.sort_unstable();
        let all: Vec<usize> =
            (0..ledger.mentions.len()).filter(|&n| ledger.mentions[n].mention.class.is_figure()).collect();
        assert_eq!(listed, all);
        assert!(all.iter().all(|&n| ledger.figures[ledger.figure(n).expect("a figure")].mentions.contains(&n)));
    }
}

const URL: &str = "file:///draft.md";

/// A digest and the paragraph that it sums up: the figure stands three times in two forms, and once for another year.
const DRAFT: &str = "\
# 县政协工作综述

县政协推动社区图书馆建设等16个具体问题得到解决。2019年，推动社区图书馆建设等12个具体问题得到解决。

推动了社区图书馆建设等十六个具体问题得到解决，群众满意。

会议听取了情况介绍。推动社区图书馆建设等16个具体问题得到解决。

立案提案42件，办复率90.5%。
";

/// The position of `words` in `DRAFT`, the `nth` time.
fn position(words: &str, nth: usize) -> Value {
    let (at, _) = DRAFT.match_indices(words).nth(nth).expect("words of the draft");
    let before = &DRAFT[..at];
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    json!({ "line": before.matches('\n').count(), "character": column })
}

fn at(words: &str, nth: usize) -> Value {
    json!({ "textDocument": { "uri": URL }, "position": position(words, nth) })
}

fn opened() -> Client {
    let mut client = Client::start();
    client.open(URL, "markdown", DRAFT);
    client.published(URL, 1);
    client
}

#[test]
fn an_editor_goes_from_place_to_place_of_a_figure() {
    let mut client = opened();
    let mut ask = |method: &str, mut params: Value| -> Value {
        params["context"] = json!({ "includeDeclaration": true });
        client.request(&format!("textDocument/{method}"), params)
    };
    let lines = |places: &Value| -> Vec<u64> {
        places.as_array().expect("places").iter().map(|p| p["range"]["start"]["line"].as_u64().unwrap()).collect()
    };
    assert_eq!(lines(&ask("references", at("16个", 0))), [2, 4, 6]);
    assert_eq!(lines(&ask("documentHighlight", at("十六", 0))), [2, 4, 6]);
    assert_eq!(ask("definition", at("十六", 0))["range"]["start"]["line"], 2);
    assert_eq!(ask("definition", at("16个", 0))["range"]["start"]["line"], 4);
    assert_eq!(ask("references", at("社区", 0)), Value::Null);
    let hover = ask("hover", at("16个", 0))["contents"]["value"].as_str().unwrap().to_owned();
    for words in ["16个", "具体问题", "第5行", "第7行"] {
        assert!(hover.contains(words), "{hover}");
    }
    assert!(!hover.contains("12"), "{hover}");
    let hover = ask("hover", at("90.5%", 0))["contents"]["value"].as_str().unwrap().to_owned();
    assert!(hover.contains("如以“42件”为总数，38是90.48%，39是92.86%"), "{hover}");
}

#[test]
fn a_figure_is_set_everywhere_in_the_form_of_each_place() {
    let mut client = opened();
    let prepared = client.request("textDocument/prepareRename", at("十六", 0));
    assert_eq!(prepared["placeholder"], "十六");
    let mut params = at("16个", 1);
    params["newName"] = json!("18");
    let edit = client.request("textDocument/rename", params.clone());
    let text = support::edited(DRAFT, &json!({ "edit": edit }));
    assert_eq!(text, DRAFT.replace("16个", "18个").replace("十六个", "十八个"));
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 1);
    for (name, words) in [("许多", "不是数"), ("16.5", "写不出")] {
        params["newName"] = json!(name);
        let id = client.ask("textDocument/rename", params.clone());
        let refused = client.reply(id);
        assert!(refused["error"]["message"].as_str().unwrap().contains(words), "{refused}");
    }
}

#[test]
fn an_editor_gets_the_table_of_figures() {
    let mut client = opened();
    let table = client.request("hegao/figures", json!({ "textDocument": { "uri": URL } }));
    assert_eq!(table["version"], 1);
    let figures = table["figures"].as_array().unwrap();
    let sixteen = figures.iter().find(|figure| figure["mentions"].as_array().unwrap().len() == 3).expect("16个");
    assert_eq!((&sixteen["status"], &sixteen["metric"]), (&json!("consistent"), &json!("具体问题")));
    for index in sixteen["mentions"].as_array().unwrap() {
        let mention = &table["mentions"][index.as_u64().unwrap() as usize];
        assert_eq!((&mention["value"], &mention["figure"]), (&json!(16), &sixteen["id"]));
    }
    assert_eq!(table["mentions"][0]["range"]["start"], position("16个", 0));
}
