//! What every rule keeps: its files, its text and the examples in it, messages in two languages, fixes that end and lose
//! nothing. A new rule is held to all of it without a line here. What a rule finds in whole drafts is data:
//! `tests/fixtures/GROUP/RULE/*.{md,txt}` with the findings that are due in `*.expected` beside them, and the annotated
//! seeds in `tests/gold`.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/library.rs"]
mod library;

use cases::cases;
use hegao::checking::{Checked, Placed, fixing};
use hegao::draft::Kind;
use hegao::findings::{Applicability, Finding, Fix, Language, Severity, fix};
use hegao::rules::document::Document;
use hegao::rules::{RULES, Rule, Settings};
use hegao::similarity::align::inside;
use hegao::text::{Change, Fold, Reading};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn check(text: &str) -> Checked {
    library::checked(text, &Arc::new(Settings::default()))
}

/// As `check`, with `rule` on though it may be off by default, and with those of its options set.
fn check_for(rule: &str, text: &str, options: &[(String, i64)]) -> Checked {
    let mut settings = Settings::default();
    if let Some(set) = settings.rule_mut(rule) {
        set.severity = set.severity.or(Some(Severity::Hint));
        options.iter().for_each(|(name, value)| set.options.set(name, *value));
    }
    library::checked(text, &Arc::new(settings))
}

fn findings_of<'c>(checked: &'c Checked, rule: &'c str) -> impl Iterator<Item = &'c Placed> {
    checked.findings.iter().filter(move |placed| placed.finding.rule == rule)
}

fn bytes(checked: &Checked, finding: &Finding) -> Range<usize> {
    finding.place.bytes(&checked.analysis).expect("a finding stands in its text")
}

fn document(rule: &Rule) -> Document<'static> {
    Document::parse(rule.document).unwrap_or_else(|error| panic!("{}.md: {error}", rule.name))
}

/// The files below `folder` with one of the endings, in the order of their paths.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)) {
            found.push(path);
        }
    }
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn seeds() -> Vec<PathBuf> {
    files(&Path::new(ROOT).join("seeds"), &["txt"])
}

fn fixtures() -> Vec<PathBuf> {
    files(&Path::new(ROOT).join("tests/fixtures"), &["md", "txt"])
}

/// Every draft that the tests know, with a name for messages: examples of the rules' texts, fixtures, seeds.
fn drafts() -> Vec<(String, String)> {
    let mut drafts = Vec::new();
    for rule in RULES {
        let examples = document(rule).examples;
        drafts
            .extend(examples.into_iter().enumerate().map(|(n, e)| (format!("{}.md, example {n}", rule.name), e.text)));
    }
    let read_file = |path: &PathBuf| (path.display().to_string(), read(path));
    drafts.extend(fixtures().iter().chain(&seeds()).map(read_file));
    drafts
}

// Files and texts.

#[test]
fn every_file_of_a_rule_is_registered_under_its_path() {
    let folder = Path::new(ROOT).join("src/rules");
    let shared = [folder.clone(), folder.join("views")];
    let of_groups = files(&folder, &["rs"]).into_iter().filter(|path| !shared.iter().any(|f| path.parent() == Some(f)));
    let paths: BTreeSet<String> = of_groups
        .map(|path| path.strip_prefix(&folder).unwrap().with_extension("").to_str().unwrap().replace('\\', "/"))
        .collect();
    let names: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(names, paths);
    assert_eq!(names.len(), RULES.len(), "no rule is registered twice");
    assert!(RULES.windows(2).all(|pair| pair[0].name < pair[1].name), "in the order of their names");
    for rule in RULES {
        assert_eq!(rule.document, read(&folder.join(rule.name).with_extension("md")), "{}", rule.name);
    }
}

#[test]
fn every_rule_has_a_text_of_its_own() {
    for rule in RULES {
        let document = document(rule);
        assert_eq!(document.name, rule.name);
        assert!(document.gloss.chars().any(hegao::text::han::is_han), "{}", rule.name);
        let is_english = document.summary.starts_with(|c: char| c.is_ascii_uppercase());
        assert!(is_english, "{}", document.summary);
    }
}

#[test]
fn a_text_names_every_option_and_its_default() {
    for rule in RULES {
        let document = document(rule);
        let options = document.sections.iter().find(|(heading, _)| *heading == "选项").unwrap().1;
        for option in rule.options {
            let line = options.lines().find(|line| line.contains(&format!("`{}`", option.name)));
            let line = line.unwrap_or_else(|| panic!("{} does not name `{}`", rule.name, option.name));
            assert!(line.contains(&format!("默认{}", option.default)), "{}: {line}", rule.name);
            assert!((option.range.0..=option.range.1).contains(&option.default) && !option.meaning.is_empty());
        }
        assert_eq!(rule.options.is_empty(), options == "无。", "{}: {options}", rule.name);
    }
}

#[test]
fn every_wrong_example_fires_and_no_right_one_does() {
    for rule in RULES {
        for example in document(rule).examples {
            let fires = findings_of(&check_for(rule.name, &example.text, &example.options), rule.name).count() > 0;
            assert_eq!(fires, example.is_wrong, "{}:\n{}", rule.name, example.text);
        }
    }
}

// Findings.

/// One line for a finding: `LINE RULE words`, the words cut short, without layout.
fn expected_line(checked: &Checked, finding: &Finding) -> String {
    let bytes = bytes(checked, finding);
    let line = checked.analysis.rope.byte_to_line(bytes.start) + 1;
    let words = hegao::rules::views::excerpt(&checked.analysis.source(bytes), 16);
    format!("{line} {} {words}", finding.rule).trim_end().to_owned() + "\n"
}

#[test]
fn every_fixture_has_the_findings_that_are_due_and_no_other() {
    let fixtures = fixtures();
    for path in &fixtures {
        let expected = path.with_extension("expected");
        let folder = path.parent().and_then(|folder| folder.strip_prefix(Path::new(ROOT).join("tests/fixtures")).ok());
        let rule = folder.and_then(Path::to_str).unwrap_or_default();
        let checked = check_for(rule, &read(path), &[]);
        let found: String = checked.findings.iter().map(|placed| expected_line(&checked, &placed.finding)).collect();
        // HEGAO_BLESS=1 writes what is found; the difference is then for reading.
        if expected.exists() && std::env::var_os("HEGAO_BLESS").is_some() {
            std::fs::write(&expected, &found).expect("a fixture that can be written");
        }
        let due = if expected.exists() { read(&expected) } else { String::new() };
        assert_eq!(found, due, "{}", path.display());
    }
    for rule in RULES {
        let folder = Path::new(ROOT).join("tests/fixtures").join(rule.name);
        let own: Vec<_> = fixtures.iter().filter(|path| path.starts_with(&folder)).collect();
        let wrong = own.iter().filter(|path| path.with_extension("expected").exists()).count();
        assert!(wrong > 0 && wrong < own.len(), "{} has fixtures that are wrong and some that are right", rule.name);
    }
}

#[test]
fn findings_stand_in_order_and_speak_both_languages() {
    for (name, text) in drafts() {
        let checked = check(&text);
        let places: Vec<usize> = checked.findings.iter().map(|p| bytes(&checked, &p.finding).start).collect();
        assert!(places.is_sorted(), "{name}");
        let fingerprints: BTreeSet<u64> = checked.findings.iter().map(|placed| placed.fingerprint).collect();
        assert_eq!(fingerprints.len(), checked.findings.len(), "{name}: every finding has a fingerprint of its own");
        for placed in checked.findings.iter() {
            let finding = &placed.finding;
            let mut said = Vec::new();
            for language in [Language::Zh, Language::En] {
                said.push(placed.message(&checked, language));
                said.extend(finding.related.iter().map(|r| r.message.text(language, |_| 1)));
                said.extend(finding.fixes.iter().map(|f| f.title.text(language, |_| 1)));
            }
            for words in &said {
                assert!(!words.trim().is_empty() && !words.contains(['{', '}']), "{name}: {words}");
            }
            assert!(said[0].chars().any(hegao::text::han::is_han), "{name}: {}", said[0]);
            assert_ne!(said[0], said[said.len() / 2], "{name}: a message in each language");
            assert!(finding.related.len() <= hegao::findings::MOST_RELATED, "{name}");
            assert!(!bytes(&checked, finding).is_empty(), "{name}: {}", said[0]);
        }
    }
}

// Fixes.

/// The changes of a fix, proven to be applicable.
fn changes(checked: &Checked, fix: &Fix, name: &str) -> Vec<Change> {
    assert!(!fix.edits.is_empty(), "{name}: a fix without an edit");
    let changes = fix.changes(&checked.analysis).unwrap_or_else(|| panic!("{name}: a fix that does not fit its text"));
    let text = checked.analysis.rope.to_string();
    let mut from = 0;
    for change in &changes {
        assert!(from <= change.range.start && change.range.start <= change.range.end, "{name}: {changes:?}");
        assert!(text.is_char_boundary(change.range.start) && text.is_char_boundary(change.range.end), "{name}");
        assert_ne!(text[change.range.clone()], change.text, "{name}: a change that changes nothing");
        from = change.range.end;
    }
    assert!(!changes.is_empty(), "{name}");
    changes
}

/// Applies every fix of every finding, one at a time.
fn assert_fixes_mend(name: &str, text: &str) {
    let checked = check(text);
    for placed in checked.findings.iter() {
        let rule = placed.finding.rule;
        for fix in &placed.finding.fixes {
            let mended = fix::apply(text, &changes(&checked, fix, name));
            let after = check(&mended);
            let (had, has) = (findings_of(&checked, rule).count(), findings_of(&after, rule).count());
            // Of copies of which one may stay, deleting another may leave a finding at a third.
            let may_stay = rule == "duplicates/paragraph" && text.contains("hegao-ignore");
            assert!(
                has < had + usize::from(may_stay),
                "{name}: “{}” leaves {has} of {had} findings of {rule}:\n{mended}",
                fix.title.text(Language::Zh, |_| 1)
            );
        }
    }
}

#[test]
fn a_fix_removes_its_finding_and_adds_none_of_its_rule() {
    for (name, text) in drafts() {
        assert_fixes_mend(&name, &text);
    }
}

/// The text without its comments, without layout, and without characters that nobody can see.
fn prose(text: &str) -> String {
    let analysis = check(text).analysis;
    let kept = analysis.table.iter().filter(|(_, block)| block.kind != Kind::Comment);
    let sources: String = kept.map(|(location, block)| analysis.block_source(location, block)).collect();
    let is_seen = |c: &char| !c.is_whitespace() && !c.is_control() && !hegao::text::han::is_invisible(*c);
    sources.chars().filter(is_seen).collect()
}

fn fixed(text: &str, allowed: Applicability) -> fixing::Fixed {
    fixing::to_fixed_point_by(text, allowed, check)
}

fn assert_fixing_ends(name: &str, text: &str) {
    let safe = fixed(text, Applicability::Safe);
    let words = |text: &str| -> String {
        prose(text).chars().map(hegao::text::han::fold_width).filter(|c| c.is_alphanumeric()).collect()
    };
    assert_eq!(words(&safe.text), words(text), "{name}: a safe fix keeps every word");
    let all = fixed(text, Applicability::Unsafe);
    assert_eq!(fixed(&all.text, Applicability::Unsafe), fixing::Fixed { text: all.text.clone(), applied: 0 }, "{name}");
    let left = check(&all.text);
    let fixable = left.findings.iter().find(|placed| !placed.finding.fixes.is_empty());
    assert!(fixable.is_none(), "{name}: {:?}", fixable.map(|placed| placed.message(&left, Language::En)));
    // The fixes of one class exclude one another: of every repeated paragraph one copy stays. It is looked for as words,
    // because a deletion can end the habit of hard-wrapping, and with it the passage.
    let checked = check(text);
    let words = |source: &str| Reading::of(source, Fold::Width).text().to_owned();
    let kept: Vec<char> = words(&all.text).chars().collect();
    let repeats = findings_of(&checked, "duplicates/paragraph").filter(|p| p.finding.severity == Severity::Error);
    for repeat in repeats {
        let paragraph: Vec<char> = words(&text[bytes(&checked, &repeat.finding)]).chars().collect();
        // Of a paragraph that is also a near copy of another, that other may be what stays.
        let stays = inside(&paragraph, &kept, paragraph.len() / 3).is_some();
        assert!(stays, "{name}: all copies of a paragraph are gone: {paragraph:?}");
    }
}

#[test]
fn fixing_ends_and_loses_nothing() {
    for (name, text) in drafts() {
        assert_fixing_ends(&name, &text);
    }
}

#[test]
fn three_copies_leave_one_whichever_fix_is_preferred() {
    let paragraph = "全年组织视察调研十二次，形成调研报告八篇，提出意见建议九十余条，一批协商成果转化为党委政府的决策部署和工作举措。";
    let text = format!("{paragraph}\n\n{paragraph}\n\n甲。\n\n{paragraph}\n");
    let done = fixed(&text, Applicability::Unsafe);
    assert_eq!(done, fixing::Fixed { text: format!("{paragraph}\n\n甲。\n"), applied: 2 });
}

#[test]
fn a_character_typed_into_either_copy_is_named() {
    let seed = read(&seeds()[1]);
    let copies: Vec<Range<usize>> = findings_of(&check(&seed), "duplicates/paragraph")
        .flat_map(|p| {
            [bytes(&check(&seed), &p.finding), p.finding.related[0].place.bytes(&check(&seed).analysis).unwrap()]
        })
        .collect();
    for (copy, words) in copies.iter().zip(["此处多“县”", "此处少“县”"]) {
        let mut typed = seed.clone();
        typed.insert(copy.start + "把“我为群众".len(), '县');
        let checked = check(&typed);
        let found: Vec<&Placed> = findings_of(&checked, "duplicates/paragraph").collect();
        assert_eq!((found.len(), found[0].finding.severity), (1, Severity::Warning));
        let message = found[0].message(&checked, Language::Zh);
        assert!(message.contains(words) && message.contains("第57行"), "{message}");
    }
}

#[test]
fn a_union_takes_what_only_the_other_copy_says() {
    let (a, b, c) = (
        "全年组织视察调研十二次，形成调研报告八篇，",
        "提出建议九十条，",
        "一批协商成果转化为党委政府的决策部署和工作举措",
    );
    let text = format!("{a}{b}{c}。\n\n县政协机关召开会议。\n\n{a}{c}，见实效。\n");
    let checked = check(&text);
    let found = findings_of(&checked, "duplicates/paragraph").next().expect("a near copy");
    let union = found.finding.fixes.last().expect("fixes");
    let whole = format!("{a}{b}{c}，见实效。");
    assert!(union.title.text(Language::Zh, |_| 1).ends_with(&whole));
    let merged = fix::apply(&text, &changes(&checked, union, "the union"));
    assert_eq!(merged, format!("县政协机关召开会议。\n\n{whole}\n"));
}

/// Lines that rules speak of, in any order.
fn lines() -> impl Strategy<Value = String> {
    let number = || prop::sample::select(vec!["一", "二", "三", "四", "五", "六"]);
    let line = prop_oneof![
        4 => number().prop_map(|n| format!("{n}、主要工作")),
        4 => number().prop_map(|n| format!("（{n}）协商议政")),
        2 => (1..6).prop_map(|n| format!("{n}.加强学习")),
        1 => number().prop_map(|n| format!("## {n}、展望")),
        1 => number().prop_map(|n| format!("**{n}、恪守民本理念**")),
        2 => number().prop_map(|n| format!("重点抓好{n}个方面工作：")),
        2 => Just("——必须坚持党的领导。".to_owned()),
        1 => number().prop_map(|n| format!("{n}是加强学习。")),
        2 => number().prop_map(|n| format!("详见第{n}部分，上述（{n}），参见{n}（{n}）。")),
        1 => Just("要做到三点：一是加强学习；二是改进作风。".to_owned()),
        2 => Just("把“我为群众办实事”作为践行人民政协为人民的重要载体，主动联系服务界别群众，反映诉求、回应关切，解决急难愁盼问题二十余件。".to_owned()),
        2 => prop::sample::select(vec!["", "县", "1"]).prop_map(|more| {
            let (a, b) = ("主动联系服务界别群众，反映诉求、回应关切，", "解决急难愁盼问题二十余件");
            format!("把“我为群众办实事”作为践行人民政协{more}为人民的重要载体，{a}{more}{b}{more}。")
        }),
        1 => Just("为此，把“我为群众办实事”作为践行人民政协为人民的重要载体，主动联系服务界别群众，反映诉求、回应关切，解决急难愁盼问题二十余件。一年来，县政协机关还组织干部走访慰问，送去温暖和关怀，受到好评。".to_owned()),
        2 => Just("全年召开协商会议十二次，成效明显。".to_owned()),
        1 => Just("全年立案提案××件。".to_owned()),
        1 => (number(), number(), number()).prop_map(|(a, b, c)| {
            format!("一是加强理论学习；{a}是深入调查研究；{b}要改进工作作风；{c}是严守各项纪律。")
        }),
        1 => (number(), number()).prop_map(|(a, b)| {
            format!("首先，加强理论学习。第{a}，深入调查研究。其次，改进工作作风。第{b}，严守各项纪律。")
        }),
        1 => Just("通过政协会议开展民主监督，寓监督于各项履职工作之中，\u{1}立案l2件，主动邀请党政领导".to_owned()),
        1 => Just("与讨论、答复交流，以协商促监督、以监督促提升，推动问题解决，取得新的工作成效，".to_owned()),
        1 => Just("与讨论、答复交流。".to_owned()),
        1 => prop::sample::select(vec!["all", "headings", "duplicates/paragraph", "paragraphs", "figures/count"])
            .prop_map(|rule| format!("<!-- hegao-ignore {rule} -->")),
    ];
    let blank = prop_oneof![3 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\r\n")];
    prop::collection::vec((line, blank), 0..14).prop_map(|lines| lines.into_iter().map(|(l, b)| l + b).collect())
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn fixes_mend_whatever_stands_around_them(text in lines()) {
        assert_fixes_mend("a draft", &text);
    }

    #[test]
    fn fixing_ends_whatever_the_draft(text in lines()) {
        assert_fixing_ends("a draft", &text);
    }
}

// The annotated seeds.

/// Which rows of `tests/gold` the rules of a group answer for: families of traps_seeds.tsv, kinds of defects_seeds.tsv.
const ANSWERS: [(&str, &str); 11] = [
    ("duplicates", "duplicate"),
    ("duplicates", "duplicate-paragraph"),
    ("duplicates", "word"),
    ("duplicates", "repeated-word"),
    ("headings", "structure"),
    ("headings", "numbering-gap/duplicate/order"),
    ("headings", "heading-level"),
    ("figures", "figure"),
    ("figures", "inconsistent-figure"),
    ("paragraphs", "structure"),
    ("paragraphs", "broken-paragraph"),
];

/// An annotated place.
struct Row {
    kind: String,
    verdict: String,
    text: String,
    seed: PathBuf,
    line: usize,
}

fn gold() -> Vec<Row> {
    let cells = |file: &str| {
        let text = read(&Path::new(ROOT).join("tests/gold").join(file));
        let rows: Vec<Vec<String>> = text.lines().skip(1).map(|l| l.split('\t').map(str::to_owned).collect()).collect();
        rows
    };
    let seed = |name: &str| {
        let begins = |path: &PathBuf| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(name));
        seeds().into_iter().find(begins).unwrap_or_else(|| panic!("no seed {name}"))
    };
    let traps = cells("traps_seeds.tsv")
        .into_iter()
        .map(|row| (row[3].clone(), row[4].clone(), row[2].clone(), row[0].clone(), row[1].clone()));
    let defects = cells("defects_seeds.tsv")
        .into_iter()
        .map(|row| (row[2].clone(), row[5].clone(), row[1].clone(), row[0].clone(), row[6].clone()));
    let row = |(kind, verdict, text, file, line): (String, String, String, String, String)| Row {
        kind,
        verdict,
        text,
        seed: seed(&file),
        line: line.parse().unwrap(),
    };
    traps.chain(defects).map(row).collect()
}

impl Row {
    /// The bytes of its text in `seed`.
    fn bytes(&self, seed: &str) -> Range<usize> {
        let start: usize = seed.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let line = seed[start..].lines().next().unwrap_or_default();
        let at = line.find(&self.text).unwrap_or_else(|| panic!("line {}: no {}", self.line, self.text));
        start + at..start + at + self.text.len()
    }

    fn answers(&self, rule: &str) -> bool {
        ANSWERS.iter().any(|(group, kind)| *kind == self.kind && hegao::rules::settings::names(group, rule))
    }
}

#[test]
fn the_rules_are_silent_on_every_trap() {
    let traps: Vec<Row> = gold().into_iter().filter(|row| matches!(&*row.verdict, "trap" | "benign")).collect();
    for row in &traps {
        let seed = read(&row.seed);
        let (place, checked) = (row.bytes(&seed), check(&seed));
        for placed in checked.findings.iter().filter(|placed| row.answers(placed.finding.rule)) {
            let found = bytes(&checked, &placed.finding);
            let apart = found.end <= place.start || place.end <= found.start;
            assert!(apart, "{}: {}", row.seed.display(), placed.message(&checked, Language::Zh));
        }
    }
    assert!(traps.len() > 50, "{}", traps.len());
}

#[test]
fn the_repeated_paragraph_of_the_seeds_is_found_at_its_line() {
    let rows: Vec<Row> =
        gold().into_iter().filter(|row| row.kind == "duplicate-paragraph" && row.verdict == "sure").collect();
    assert_eq!(rows.len(), 1);
    for row in rows {
        let checked = check(&read(&row.seed));
        let lines: Vec<usize> = findings_of(&checked, "duplicates/paragraph")
            .map(|placed| placed.finding.location(&checked.analysis).unwrap().line + 1)
            .collect();
        assert_eq!(lines, [row.line]);
    }
}
