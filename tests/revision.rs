//! Revisions of a draft's structure: exact texts, and what holds of every draft. Nothing is lost, up and down is where it
//! was, and what was numbered right stays so.

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
use hegao::analysis::Analysis;
use hegao::checking::{Checked, fixing};
use hegao::draft::{Outline, Role};
use hegao::findings::{Applicability, fix};
use hegao::revision::{demote, move_down, move_up, promote, renumber_all, renumber_chain};
use hegao::rules::Settings;
use hegao::text::Change;
use proptest::prelude::*;
use std::sync::Arc;

type Revision = fn(&Analysis, usize) -> Option<Vec<Change>>;

/// Lines are parted by `/`.
fn lines(text: &str) -> String {
    text.split('/').map(|line| format!("{line}\n")).collect()
}

/// The heading whose line holds `words`.
fn heading(analysis: &Analysis, words: &str) -> usize {
    let is_it = |index: &usize| {
        let node = &analysis.outline.nodes[*index];
        let (location, block) = analysis.table.find(node.block).unwrap();
        node.role == Role::Heading && analysis.block_source(location, block).contains(words)
    };
    (0..analysis.outline.nodes.len()).find(is_it).unwrap_or_else(|| panic!("no heading {words}"))
}

fn revised(text: &str, words: &str, revision: Revision) -> Option<String> {
    let analysis = Analysis::of(text);
    let changes = revision(&analysis, heading(&analysis, words))?;
    Some(fix::apply(text, &changes))
}

/// `text` with lines parted by `/`, after a revision of the heading with `words`; `-` if there is none.
fn check(revision: Revision, words: &str, text: &str, expected: &str) {
    let found = revised(&lines(text), words, revision);
    let found = found.map_or("-".to_owned(), |text| text.trim_end_matches('\n').replace('\n', "/"));
    assert_eq!(found, expected, "{words} in {text}");
}

#[test]
fn a_chain_is_numbered_in_order_and_references_follow() {
    let chain: Revision = renumber_chain;
    check(
        chain,
        "丁",
        "一、甲/详见第四部分和第五部分。/二、乙/四、丁/（一）子/五、戊/上述第三部分已经删去。",
        "一、甲/详见第三部分和第四部分。/二、乙/三、丁/（一）子/四、戊/上述第三部分已经删去。",
    );
    // A fragment keeps its first number; a chain that was shuffled begins with its least.
    check(chain, "丙", "三、丙/五、戊", "三、丙/四、戊");
    check(chain, "丙", "三、丙/一、甲/二、乙/见第三部分。", "一、丙/二、甲/三、乙/见第一部分。");
    // Numbers that run on across sections move along; a chain that begins anew does not.
    check(
        chain,
        "乙",
        "# 总/## 上/（一）甲/（三）乙/## 下/（四）丙/（五）丁",
        "# 总/## 上/（一）甲/（二）乙/## 下/（三）丙/（四）丁",
    );
    check(
        chain,
        "乙",
        "# 总/## 上/（一）甲/（三）乙/## 下/（一）丙/（二）丁",
        "# 总/## 上/（一）甲/（二）乙/## 下/（一）丙/（二）丁",
    );
    // Right already, another list within it, a heading without a number.
    check(chain, "甲", "一、甲/二、乙", "-");
    check(chain, "甲", "1.甲/1、子/2、子/3.乙", "-");
    check(chain, "甲", "## 甲/## 乙", "-");
}

#[test]
fn all_chains_are_numbered_where_they_are_surely_wrong() {
    let all: Revision = |analysis, _| renumber_all(analysis);
    check(
        all,
        "甲",
        "# 总/## 一、甲/### （一）子/### （三）丑/## 三、丙/### （一）寅/### （一）卯/### （三）辰/1.人/1.员",
        "# 总/## 一、甲/### （一）子/### （二）丑/## 二、丙/### （一）寅/### （二）卯/### （三）辰/1.人/1.员",
    );
    check(
        all,
        "甲",
        "一、甲/（一）子/（二）丑/二、乙/（三）寅/（五）卯",
        "一、甲/（一）子/（二）丑/二、乙/（三）寅/（四）卯",
    );
    check(all, "甲", "三、甲/四、乙/（一）子/五、丙/（一）丑", "-");
}

#[test]
fn a_reference_follows_only_the_one_section_it_can_mean() {
    let chain: Revision = renumber_chain;
    // Which （三） is meant, 二（三） says and 上述（三） does not.
    check(
        chain,
        "寅",
        "一、甲/（一）子/（二）丑/二、乙/（二）寅/（四）卯/参见二（四）。上述（四）所列。",
        "一、甲/（一）子/（二）丑/二、乙/（一）寅/（二）卯/参见二（二）。上述（四）所列。",
    );
    // Form of the numeral kept; other documents and quotes left alone.
    check(
        chain,
        "甲",
        "一、甲/三、乙/详见第3部分、《意见》第三部分、“见第三部分”，本报告第三部分。",
        "一、甲/二、乙/详见第2部分、《意见》第三部分、“见第三部分”，本报告第二部分。",
    );
    // A number that stands twice.
    check(
        chain,
        "甲",
        "一、甲/三、乙/三、丙/四、丁/见第三部分、第四部分。",
        "一、甲/二、乙/三、丙/四、丁/见第三部分、第四部分。",
    );
}

#[test]
fn a_heading_is_raised_with_what_stands_under_it() {
    check(
        promote,
        "乙",
        "# 总/## 一、甲/### （一）子/#### 1.细/### （二）乙/#### 1.甲目/#### 2.乙目/正文。/### （三）丙/## 二、丁/见第二部分。",
        "# 总/## 一、甲/### （一）子/#### 1.细/## 二、乙/### （一）甲目/### （二）乙目/正文。/### （三）丙/## 三、丁/见第三部分。",
    );
    check(promote, "乙", "一、甲/（一）子/**（二）乙**/二、丁", "一、甲/（一）子/二、乙/三、丁");
    check(promote, "乙", "**一、甲**/（一）子/（二）乙/**二、丁**", "**一、甲**/（一）子/**二、乙**/**三、丁**");
    // Numbering that runs on across sections keeps running on.
    check(
        promote,
        "丑",
        "一、甲/（一）子/（二）丑/（三）寅/二、乙/（四）卯",
        "一、甲/（一）子/二、丑/（二）寅/三、乙/（三）卯",
    );
    // A count that was right goes along, one that was wrong does not.
    check(
        promote,
        "丙",
        "一、甲/抓好三项工作：/（一）子/（二）丑/（三）丙/二、丁",
        "一、甲/抓好两项工作：/（一）子/（二）丑/二、丙/三、丁",
    );
    check(
        promote,
        "丙",
        "一、甲/抓好5项工作：/（一）子/（二）丑/（三）丙/二、丁",
        "一、甲/抓好5项工作：/（一）子/（二）丑/二、丙/三、丁",
    );
    // No level above, a paragraph that would become a heading, a reference that could not follow, an announcement that
    // would lose its list.
    check(promote, "甲", "# 总/一、甲/二、乙", "-");
    check(promote, "子", "# 总/## 一、甲/（一）子。正文很长，说了很多。/（二）丑。正文。/## 二、乙", "-");
    check(promote, "乙", "一、甲/（一）子/（二）乙/二、丁/详见上述（二）。", "-");
    check(promote, "子", "一、甲/抓好两项工作：/（一）子/（二）丑/二、丁", "-");
}

#[test]
fn a_heading_is_lowered_into_the_section_before_it() {
    check(
        demote,
        "三、丙",
        "# 总/## 一、甲/### （一）子/## 二、乙/## 三、丙/### （一）丑/正文。/## 四、丁/见第四部分。",
        "# 总/## 一、甲/### （一）子/## 二、乙/### （一）丙/#### 1.丑/正文。/## 三、丁/见第三部分。",
    );
    // The form that the draft uses on that level, else the next.
    check(demote, "丙", "一、甲/1.子/二、乙/三、丙/四、丁", "一、甲/1.子/二、乙/1.丙/三、丁");
    check(demote, "乙", "　　一、甲/　　二、乙/　　三、丙", "　　一、甲/　　（一）乙/　　二、丙");
    check(
        demote,
        "乙",
        "一、甲/抓好两项工作：/（一）子/（二）丑/二、乙/三、丙",
        "一、甲/抓好三项工作：/（一）子/（二）丑/（三）乙/二、丙",
    );
    check(demote, "第二章", "第一章 甲/第一节 子/第二章 乙/第三章 丙", "第一章 甲/第一节 子/第二节 乙/第二章 丙");
    // A bare line is a heading between paragraphs only.
    let bare = "（一）甲/促进全链条降本/P/推进结构性降本/P/（二）乙/（三）丙"
        .replace('P', &"全年扎实推进各项工作，".repeat(4));
    let bare = bare.replace("，/", "。/");
    check(demote, "乙", &bare, &bare.replace("（二）乙/（三）丙", "1.乙/（二）丙"));
    check(demote, "甲", "一、甲/二、乙", "-");
    check(demote, "丙", "一、甲/二、乙/三、丙/上述第三部分。", "-");
}

#[test]
fn a_section_moves_with_its_text_and_the_numbers_stay() {
    let text = "一、甲/甲文。//二、乙/（一）子/乙文。///三、丙/丙文，见第二部分。";
    check(move_down, "二、乙", text, "一、甲/甲文。//二、丙/丙文，见第三部分。///三、乙/（一）子/乙文。");
    check(move_up, "二、乙", text, "一、乙/（一）子/乙文。//二、甲/甲文。///三、丙/丙文，见第一部分。");
    check(move_up, "甲", text, "-");
    check(move_down, "丙", text, "-");
    // Numbers that run on run on.
    check(
        move_down,
        "甲",
        "一、甲/（一）子/（二）丑/二、乙/（三）寅/三、丙/（四）卯",
        "一、乙/（一）寅/二、甲/（二）子/（三）丑/三、丙/（四）卯",
    );
    // What closes the draft stays; a comment goes along.
    check(
        move_down,
        "甲",
        "一、甲/<!-- hegao-ignore all 有意 -->/二、乙/乙文。/各位代表：/让我们奋进。",
        "<!-- hegao-ignore all 有意 -->/一、乙/乙文。/二、甲/各位代表：/让我们奋进。",
    );
    check(
        move_down,
        "甲",
        "一、甲/二、乙/乙文。/某县政协/2022年5月17日",
        "一、乙/乙文。/二、甲/某县政协/2022年5月17日",
    );
}

#[test]
fn line_endings_and_the_end_of_the_text_stay() {
    let moved = revised("一、甲\r\n\r\n甲文。\r\n\r\n\r\n二、乙\r\n乙文。", "甲", move_down);
    assert_eq!(moved.as_deref(), Some("一、乙\r\n乙文。\r\n\r\n\r\n二、甲\r\n\r\n甲文。"));
    let moved = revised("一、甲\n二、乙\n```\n开着", "甲", move_down);
    assert_eq!(moved, None, "an open fence would take in what comes behind it");
    let lowered = revised("一、甲\r\n二、乙", "乙", demote);
    assert_eq!(lowered.as_deref(), Some("一、甲\r\n（一）乙"));
}

#[test]
fn a_fix_of_the_sequence_takes_references_along() {
    let text = lines(
        "一、甲/（一）子/（二）丑/（四）卯/（五）辰/文，见上述（五）。详见一（四）、（二）。按照第三条，上述（三）。",
    );
    let settings = Arc::new(Settings::default());
    let found = Checked::of(&text, &settings).findings.iter().filter(|p| p.finding.rule == "headings/sequence").count();
    assert_eq!(found, 1);
    let fixed = fixing::to_fixed_point(&text, &settings, Applicability::Unsafe);
    let due = lines(
        "一、甲/（一）子/（二）丑/（三）卯/（四）辰/文，见上述（四）。详见一（三）、（二）。按照第三条，上述（三）。",
    );
    assert_eq!((fixed.text, fixed.applied), (due, 1));
}

// What holds of every draft.

/// The text without what revisions may rewrite: layout, markup, markers, numbers of references and announced counts.
fn words(text: &str) -> Vec<String> {
    let analysis = Analysis::of(text);
    let mut words: Vec<String> = Vec::new();
    for (location, block) in analysis.table.iter() {
        let source = analysis.block_source(location, block);
        let facts = &block.facts;
        let content = facts.structure.content.start;
        let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
        if let Some(marker) = facts.structure.heading.as_ref().and_then(|h| h.marker.as_ref()) {
            taken.push(0..marker.end);
        }
        taken.extend(facts.references.iter().map(|r| content + r.numeral.start..content + r.numeral.end));
        taken.extend(facts.announced.iter().map(|a| content + a.numeral.start..content + a.numeral.end));
        let is_kept = |at: usize| !taken.iter().any(|range| range.contains(&at));
        let kept =
            source.char_indices().filter(|(at, c)| is_kept(*at) && !c.is_whitespace() && !matches!(c, '#' | '*'));
        words.push(kept.map(|(_, c)| c).collect());
    }
    words.sort();
    words
}

fn headings(outline: &Outline) -> usize {
    outline.nodes.iter().filter(|node| node.role == Role::Heading).count()
}

fn applied(text: &str, changes: &[Change]) -> String {
    let mut from = 0;
    for change in changes {
        assert!(from <= change.range.start && change.range.start <= change.range.end, "{changes:?}");
        assert!(text.is_char_boundary(change.range.start) && text.is_char_boundary(change.range.end));
        assert_ne!(text[change.range.clone()], change.text, "a change that changes nothing");
        from = change.range.end;
    }
    assert!(!changes.is_empty());
    fix::apply(text, changes)
}

fn breaks(text: &str) -> usize {
    let checked = Checked::of(text, &Arc::new(Settings::default()));
    checked.findings.iter().filter(|placed| placed.finding.rule == "headings/sequence").count()
}

/// Tries every revision of every heading; how many could be done.
fn assert_nothing_is_lost(text: &str) -> usize {
    let before = Analysis::of(text);
    let (kept, count) = (words(text), headings(&before.outline));
    let revisions: [(&str, Revision); 6] = [
        ("chain", renumber_chain),
        ("all", |analysis, _| renumber_all(analysis)),
        ("promote", promote),
        ("demote", demote),
        ("up", move_up),
        ("down", move_down),
    ];
    let mut done = 0;
    for node in 0..before.outline.nodes.len() {
        for (name, revision) in revisions {
            let Some(changes) = revision(&before, node) else { continue };
            done += 1;
            let revised = applied(text, &changes);
            let after = Analysis::of(&revised);
            assert_eq!(headings(&after.outline), count, "{name} {node}:\n{text}\n→\n{revised}");
            assert_eq!(words(&revised), kept, "{name} {node}:\n{text}\n→\n{revised}");
            match name {
                "up" | "down" => assert_moves_back(text, &before, &revised, &after, node, name),
                "all" => {
                    assert_eq!(renumber_all(&after), None, "{name}:\n{text}\n→\n{revised}");
                    assert!(breaks(text) > 0 || breaks(&revised) == 0, "{text}\n→\n{revised}");
                }
                _ => {}
            }
        }
    }
    done
}

/// The text without the numerals of 二（三）: one that means nothing may come to mean a section by its move.
fn without_paths(text: &str) -> String {
    let analysis = Analysis::of(text);
    let mut changes = Vec::new();
    for (location, block) in analysis.table.referring() {
        let references = &block.facts.references;
        let is_path =
            |index: usize| references.iter().any(|r| r.within == Some(index)) || references[index].within.is_some();
        let start = location.byte + block.facts.structure.content.start;
        let numerals =
            (0..references.len()).filter(|&index| is_path(index)).map(|index| references[index].numeral.clone());
        changes.extend(numerals.map(|n| Change { range: start + n.start..start + n.end, text: String::new() }));
    }
    fix::apply(text, &changes)
}

fn assert_moves_back(text: &str, before: &Analysis, revised: &str, after: &Analysis, node: usize, name: &str) {
    let title = |analysis: &Analysis, node: usize| {
        let (location, block) = analysis.table.find(analysis.outline.nodes[node].block).unwrap();
        let source = analysis.block_source(location, block);
        let start = block.facts.structure.heading.as_ref().unwrap();
        source[start.marker.as_ref().map_or(start.title.start, |m| m.end)..].trim_end().to_owned()
    };
    let (level, words) = (before.outline.nodes[node].level, title(before, node));
    let back: Revision = if name == "up" { move_down } else { move_up };
    let again = |&index: &usize| {
        let node = &after.outline.nodes[index];
        node.role == Role::Heading && node.level == level && title(after, index) == words
    };
    let texts: Vec<String> = (0..after.outline.nodes.len())
        .filter(again)
        .filter_map(|index| Some(applied(revised, &back(after, index)?)))
        .collect();
    let text = without_paths(text);
    assert!(texts.iter().any(|back| without_paths(back) == text), "{name} {node}:\n{text}\n→\n{revised}\n→\n{texts:?}");
}

#[test]
fn nothing_is_lost_in_the_seeds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let done = assert_nothing_is_lost(&text);
        eprintln!("{done} of {}", headings(&Analysis::of(&text).outline));
        assert_nothing_is_lost(&text.replace('\n', "\r\n"));
        assert_nothing_is_lost(text.trim_end());
    }
}

/// Lines that headings, lists and references are made of, in any order.
fn drafts() -> impl Strategy<Value = String> {
    let number = || prop::sample::select(vec!["一", "二", "三", "四", "五"]);
    let word = || prop::sample::select(vec!["协商议政", "主要工作", "加强学习", "民生", "改进作风"]);
    let line = prop_oneof![
        5 => (number(), word()).prop_map(|(n, w)| format!("{n}、{w}")),
        5 => (number(), word()).prop_map(|(n, w)| format!("（{n}）{w}")),
        3 => (1..6, word()).prop_map(|(n, w)| format!("{n}.{w}")),
        1 => (1..4, word()).prop_map(|(n, w)| format!("（{n}）{w}。一年来，召开会议十二次，成效明显。")),
        2 => (number(), word()).prop_map(|(n, w)| format!("## {n}、{w}")),
        2 => (number(), word()).prop_map(|(n, w)| format!("### （{n}）{w}")),
        1 => word().prop_map(|w| format!("## {w}")),
        1 => (number(), word()).prop_map(|(n, w)| format!("**{n}、{w}**")),
        1 => (number(), word()).prop_map(|(n, w)| format!("第{n}章　{w}")),
        1 => Just("巩固思想基础 增强政治定力".to_owned()),
        2 => number().prop_map(|n| format!("重点抓好{n}个方面工作：")),
        2 => (number(), number()).prop_map(|(n, m)| format!("详见第{n}部分，参见{n}（{m}），上述（{m}）。")),
        3 => Just("全年召开协商会议十二次，成效明显。".to_owned()),
        1 => Just("各位代表：".to_owned()),
        1 => Just("2022年5月17日".to_owned()),
        1 => Just("附件：1.名单".to_owned()),
        1 => Just("<!-- hegao-ignore headings 有意 -->".to_owned()),
        1 => Just("```".to_owned()),
        1 => Just("| 甲 | 乙 |".to_owned()),
        1 => Just("---".to_owned()),
        1 => Just("# 工作报告".to_owned()),
    ];
    let blank = prop_oneof![6 => Just("\n"), 2 => Just("\n\n"), 1 => Just("\r\n"), 1 => Just("\n\n\n")];
    let text = prop::collection::vec((line, blank), 0..16);
    (text, any::<bool>()).prop_map(|(lines, is_ended)| {
        let text: String = lines.into_iter().map(|(l, b)| l + b).collect();
        if is_ended { text } else { text.trim_end().to_owned() }
    })
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn nothing_is_lost_whatever_the_draft(text in drafts()) {
        assert_nothing_is_lost(&text);
    }
}
