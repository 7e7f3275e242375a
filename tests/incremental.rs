//! Invariant 2: after any sequence of edits the analysis, and every finding made from it, equals one made from scratch
//! of the same text. Invariant 5: what that costs follows the edit, counted and never timed. Invariant 9: any text is a
//! draft.

use hegao::analysis::{Analysis, Block, Delta, Engine, Location, Statistics};
use hegao::draft::BlockId;
use hegao::rules::schedule::Runs;
use hegao::rules::{Cancel, Checked, Fix, Language, Place, Placed, Schedule, Settings};
use hegao::text::position::{from_byte, to_byte};
use hegao::text::{Encoding, Hunks, Position};
use proptest::prelude::*;
use ropey::Rope;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

/// The seeds, in the order of their names.
static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
});

static SEED_LINES: LazyLock<Vec<&str>> =
    LazyLock::new(|| SEEDS.iter().flat_map(|s| s.lines()).filter(|line| !line.trim().is_empty()).collect());

/// A draft in an editor: the text, its engine and its schedule.
struct Draft {
    rope: Rope,
    engine: Engine,
    schedule: Schedule,
}

/// One edit: bytes `range` of the text as it is now become `text`.
type Edit = (Range<usize>, String);

impl Draft {
    fn open(text: &str) -> Draft {
        let rope = Rope::from_str(text);
        Draft {
            engine: Engine::of(rope.clone()),
            schedule: Schedule::new(Arc::new(Settings::default())),
            rope,
        }
    }

    /// One notification: its edits one after another, each in the coordinates that the one before left behind.
    fn notify(&mut self, edits: impl IntoIterator<Item = Edit>) -> Delta {
        let mut hunks = Hunks::default();
        for (range, text) in edits {
            self.edit(&mut hunks, range, &text);
        }
        self.apply(&hunks)
    }

    fn edit(&mut self, hunks: &mut Hunks, range: Range<usize>, text: &str) {
        let characters = self.rope.byte_to_char(range.start)..self.rope.byte_to_char(range.end);
        self.rope.remove(characters.clone());
        self.rope.insert(characters.start, text);
        hunks.push(range, text.len());
    }

    fn apply(&mut self, hunks: &Hunks) -> Delta {
        let delta = self.engine.apply(self.rope.clone(), hunks);
        self.schedule.note(delta.clone());
        delta
    }

    fn run(&mut self) -> Checked {
        self.schedule.run(self.engine.analysis(), &Cancel::default()).expect("nobody cancelled")
    }

    /// What the engine and the schedule did in `work`.
    fn cost(&mut self, work: impl FnOnce(&mut Draft)) -> (Statistics, Runs) {
        let (engine, schedule) = (self.engine.statistics(), self.schedule.runs());
        work(self);
        let (after, ran) = (self.engine.statistics(), self.schedule.runs());
        let spent = Statistics {
            cut: after.cut - engine.cut,
            read: after.read - engine.read,
            outlines: after.outlines - engine.outlines,
        };
        let run = Runs {
            blocks: ran.blocks - schedule.blocks,
            outlines: ran.outlines - schedule.outlines,
            classes: ran.classes - schedule.classes,
            lists: ran.lists - schedule.lists,
        };
        (spent, run)
    }
}

/// Everything that a checked draft says, line by line, with block ordinals in the place of ids.
fn described(checked: &Checked) -> Vec<String> {
    let analysis = &checked.analysis;
    let mut lines = vec![format!("wrap {:?}", analysis.wrap)];
    lines.extend(analysis.table.iter().map(|(location, block)| described_block(location, block)));
    let ordinal = |id: BlockId| analysis.table.find(id).expect("a block that is in the table").0.ordinal;
    lines.extend(analysis.outline.nodes.iter().map(|n| {
        let of = (n.role, n.level, n.parent, n.marker, n.run_in, n.previous, n.before);
        format!("node at {}: {of:?}", ordinal(n.block))
    }));
    let mut classes: Vec<Vec<usize>> =
        analysis.repeats.values().map(|heads| heads.iter().map(|id| ordinal(*id)).collect()).collect();
    classes.sort();
    lines.push(format!("repeats {classes:?}"));
    let mut keys = HashMap::new();
    lines.extend(checked.findings.iter().map(|placed| described_finding(checked, placed, &mut keys)));
    lines
}

fn described_block(location: Location, block: &Block) -> String {
    let Block { kind, reach, bytes, lines, blank_lines, facts, .. } = block;
    format!("{location:?} {kind:?} bytes {bytes} lines {lines} blank {blank_lines} reach {reach} {facts:?}")
}

/// `keys`: exclusive keys are made from ids, so they are told apart by the order in which they first came.
fn described_finding(checked: &Checked, placed: &Placed, keys: &mut HashMap<u64, usize>) -> String {
    let finding = &placed.finding;
    let mut said = format!("{} {:?} {:016x}", finding.rule, finding.severity, placed.fingerprint);
    for language in [Language::Zh, Language::En] {
        write!(said, " “{}”", placed.message(checked, language)).unwrap();
    }
    said += &described_place(checked, &finding.place);
    for related in &finding.related {
        let words = [Language::Zh, Language::En].map(|language| related.message.text(language, |_| 0));
        write!(said, " related {words:?}{}", described_place(checked, &related.place)).unwrap();
    }
    for fix in &finding.fixes {
        let next = keys.len();
        let key = *keys.entry(fix.key).or_insert(next);
        let Fix { title, applicability, .. } = fix;
        let changes = fix.changes(&checked.analysis).expect("a fix of these findings fits this text");
        write!(said, " fix {title:?} {applicability:?} key {key} {changes:?}").unwrap();
    }
    said
}

fn described_place(checked: &Checked, place: &Place) -> String {
    let analysis = &checked.analysis;
    let bytes = place.bytes(analysis).expect("a place that stands in the text");
    let mut said = format!(" at {bytes:?}");
    for encoding in ENCODINGS {
        let positions = place.positions(analysis, encoding).expect("a place that stands in the text");
        let counted = (from_byte(&analysis.rope, bytes.start, encoding), from_byte(&analysis.rope, bytes.end, encoding));
        assert_eq!(positions, counted, "a block's own columns are the text's, {encoding:?}");
        write!(said, " {positions:?}").unwrap();
    }
    said
}

/// The first line in which `checked` differs from the same text checked afresh.
fn difference(checked: &Checked) -> Option<String> {
    let text = checked.analysis.rope.to_string();
    let fresh = Checked::of(&text, &Arc::new(Settings::default()));
    let (kept, fresh) = (described(checked), described(&fresh));
    let longest = kept.len().max(fresh.len());
    let differing = (0..longest).find(|&n| kept.get(n) != fresh.get(n))?;
    Some(format!("kept:  {:#?}\nfresh: {:#?}\nof {text:?}", kept.get(differing), fresh.get(differing)))
}

fn assert_fresh(draft: &mut Draft) {
    let checked = draft.run();
    if let Some(difference) = difference(&checked) {
        panic!("{difference}");
    }
}

// Texts.

/// Paragraphs of at least 40 Han that stand several times in one draft.
const REPEATED: [&str; 3] = [
    "把“我为群众办实事”作为践行人民政协为人民的重要载体，主动联系服务界别群众，反映诉求、回应关切，解决急难愁盼问题二十余件。",
    "坚持党的领导，夯实党建基础，全面落实新时代党的建设总要求，深入推进政协组织党的建设，自觉坚持县委的领导，推动各项工作取得新的成效",
    "（三）全年组织视察调研十二次，形成调研报告八篇，提出意见建议九十余条，一批高质量的协商成果转化为县委县政府的决策部署和工作举措。",
];

/// Words for hard-wrapped paragraphs: no end mark before the last character.
const FLOWING: &str = "一年来县政协围绕中心服务大局扎实开展协商议政和民主监督组织委员深入乡镇街道企业学校了解社情民意撰写调研报告提出意见建议为全县经济社会高质量发展贡献智慧力量";

const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

fn heading(form: usize, number: usize) -> String {
    let han = NUMERALS[number % NUMERALS.len()];
    let arabic = number % NUMERALS.len() + 1;
    match form {
        0 => format!("# {han}、总体要求"),
        1 => format!("## {han}、主要工作"),
        2 => format!("### （{han}）协商议政"),
        3 => format!("{han}、主要工作"),
        4 => format!("（{han}）强化理论武装"),
        5 => format!("{arabic}.加强学习"),
        6 => format!("（{arabic}）加强学习"),
        7 => format!("第{han}章 总则"),
        8 => format!("第{han}部分　回顾"),
        9 => format!("**{han}、恪守民本理念,促进民生改善**"),
        10 => format!("**（{han}）提案办理关注民生民情。**把提案工作作为促进民生改善的着力点，全年办理提案{arabic}件。"),
        11 => "巩固思想基础 增强政治定力".to_owned(),
        12 => format!("{han}是坚持党的领导，把牢政治方向。"),
        13 => format!("第{han}，坚持人民至上。"),
        14 => char::from_u32('①' as u32 + arabic as u32 - 1).map(|c| format!("{c}加强学习")).unwrap(),
        _ => format!("（{han}）加快发展。我们要加快发展，推动各项工作落到实处，取得实效，不断提高工作水平，让群众得到更多的实惠，有更多的获得感。"),
    }
}

/// A chain of headings with numbers as they come, each over a line of text or none.
fn chain(form: usize, numbers: &[usize], body: bool) -> String {
    let under = if body { "\n全年召开协商会议十二次，成效明显。" } else { "" };
    let lines: Vec<String> = numbers.iter().map(|n| format!("{}{under}", heading(form, *n))).collect();
    lines.join("\n")
}

fn announced(count: usize, items: usize, form: usize) -> String {
    let mut text = format!("五年来的实践，重点抓好{}个方面工作：", NUMERALS[count % NUMERALS.len()]);
    for item in 0..items {
        let han = NUMERALS[item % NUMERALS.len()];
        text += &match form {
            0 => "\n——必须坚持党的领导。".to_owned(),
            1 => format!("\n- 必须坚持第{}次", item + 1),
            2 => format!("\n{han}是必须坚持党的领导。"),
            3 => format!("\n（{han}）扩大内需\n落实好各项政策。"),
            4 => format!("{han}是加强学习；"),
            _ => format!("（{}）加强学习；", item + 1),
        };
    }
    text
}

/// Lines of 32 Han (64 columns) and a shorter last one.
fn wrapped(lines: usize, from: usize) -> String {
    let words: Vec<char> = FLOWING.chars().cycle().skip(from).take(lines * 32 + 9).collect();
    let cut: Vec<String> = words.chunks(32).map(|line| line.iter().collect()).collect();
    cut.join("\n") + "。"
}

fn special() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "```\n# 非标题\n```",
        "~~~~ text\n一、代码\n```\n~~~~",
        "```\n没有关上",
        "```",
        "~~~",
        "<!-- 备注 -->",
        "<!-- 两行\n备注 -->",
        "<!-- 没有关上",
        "<!--",
        "-->",
        "<!-- hegao-ignore duplicates/paragraph 有意重复 -->",
        "<!-- hegao-ignore all -->",
        "<!-- hegao-ignore paragraphs,headings -->",
        "<!-- hegao-ignore-file figures/count 样稿 -->",
        "<!-- hegao-ignore-file paragraphs/placeholder\n模板 -->",
        "<!-- hegao-ignore no/such -->",
        "| 项目 | 数量 |\n|---|---|\n| 提案 | 42 |",
        "| 一行",
        "标题一行\n====",
        "二、标题二行\n----",
        "---\ntitle: 甲\n---",
        "---\n不是键值\n---",
        "---",
        "===",
        "全年立案提案××件，办复率100%。",
        "20XX年，县政协共组织视察____次【待补充】。",
        "各位代表：",
        "本报记者 罗鸣",
        "（上接第二版）",
        "加",
        "强",
        "——必须坚持党的领导。",
        "- 列表项一",
        "甲\u{2028}乙\u{85}丙\u{b}丁",
        "𠀀𪚥😀县政协😀立案××件",
        "\u{200B}\u{FEFF}",
        "\u{200B}三、零宽字符开头",
        "\u{FEFF}一、字节顺序记号",
        "　　全角缩进的一段话，说明情况。",
        " ",
        "",
        "*",
        "**",
        "**加粗**",
        "要做到三点：一是加强学习；二是改进作风。",
    ])
    .prop_map(str::to_owned)
}

fn fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (any::<prop::sample::Index>(), prop_oneof![3 => Just(usize::MAX), 1 => 0usize..60])
            .prop_map(|(line, most)| line.get(&SEED_LINES).chars().take(most).collect()),
        3 => (0usize..16, 0usize..12).prop_map(|(form, number)| heading(form, number)),
        2 => (0usize..16, prop::collection::vec(0usize..6, 1..6), any::<bool>())
            .prop_map(|(form, numbers, body)| chain(form, &numbers, body)),
        2 => (0usize..6, 0usize..6, 0usize..6).prop_map(|(count, items, form)| announced(count, items, form)),
        3 => (0usize..3, any::<bool>()).prop_map(|(which, narrow)| match narrow {
            true => format!(" {}", REPEATED[which].replace('，', ",")),
            false => REPEATED[which].to_owned(),
        }),
        3 => (1usize..6, 0usize..2).prop_map(|(lines, from)| wrapped(lines, from)),
        6 => special(),
    ]
}

/// Lines with their ends and the blank lines behind them.
fn draft(fragment: impl Strategy<Value = String>, most: usize) -> impl Strategy<Value = String> {
    let end = prop_oneof![8 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r")];
    let blank = prop_oneof![5 => Just(0usize), 3 => Just(1), 1 => Just(3)];
    let part = (fragment, end, blank).prop_map(|(text, end, blank)| text.replace('\n', end) + &end.repeat(blank + 1));
    (prop::collection::vec(part, 0..most), any::<bool>()).prop_map(|(parts, open)| {
        let text = parts.concat();
        if open { text.trim_end_matches(['\r', '\n']).to_owned() } else { text }
    })
}

/// Drafts of all kinds, and drafts so much of which is hard-wrapped that an edit makes or breaks the habit.
fn drafts() -> impl Strategy<Value = String> {
    let mostly_wrapped = prop_oneof![
        3 => (2usize..6, 0usize..2).prop_map(|(lines, from)| wrapped(lines, from)),
        1 => fragment(),
    ];
    prop_oneof![3 => draft(fragment(), 24), 1 => draft(mostly_wrapped, 10)]
}

// Edits.

/// Where an edit starts.
#[derive(Clone, Debug)]
enum At {
    Part(u16),
    LineStart(u16),
    LineEnd(u16),
    InsideLineEnd(u16),
    Start,
    End,
    /// Where the edit before ended, and so many characters on.
    Last(u8),
}

#[derive(Clone, Debug)]
enum Take {
    Characters(usize),
    Lines(usize),
    Rest,
}

/// How the two ends are told: as bytes, or as positions that may lie outside the text.
#[derive(Clone, Debug)]
struct Told {
    encoding: Encoding,
    lines_off: u32,
    characters_off: u32,
}

#[derive(Clone, Debug)]
struct Plan {
    at: At,
    take: Take,
    text: String,
    told: Option<Told>,
}

/// A notification, and whether the schedule runs after it, is cancelled, or is not asked.
#[derive(Clone, Debug)]
struct Notification {
    plans: Vec<Plan>,
    run: Option<bool>,
}

fn plan() -> impl Strategy<Value = Plan> {
    let at = prop_oneof![
        4 => any::<u16>().prop_map(At::Part),
        3 => any::<u16>().prop_map(At::LineStart),
        3 => any::<u16>().prop_map(At::LineEnd),
        1 => any::<u16>().prop_map(At::InsideLineEnd),
        1 => Just(At::Start),
        1 => Just(At::End),
        2 => (0u8..4).prop_map(At::Last),
    ];
    let take = prop_oneof![
        6 => Just(Take::Characters(0)),
        4 => (1usize..4).prop_map(Take::Characters),
        2 => (1usize..200).prop_map(Take::Characters),
        2 => (1usize..6).prop_map(Take::Lines),
        1 => Just(Take::Rest),
    ];
    let typed = prop::sample::select("甲。，：；*#|`~=-<>! \n\r　\u{200B}\u{2028}😀1２一二是、（）—×".chars().collect::<Vec<_>>());
    let text = prop_oneof![
        3 => Just(String::new()),
        5 => typed.prop_map(String::from),
        2 => fragment(),
        2 => fragment().prop_map(|f| f + "\n"),
        1 => fragment().prop_map(|f| format!("\r\n{f}\r\n")),
        1 => draft(fragment(), 4),
        1 => (1usize..120).prop_map(|n| "\n".repeat(n)),
    ];
    let off = || prop_oneof![6 => Just(0u32), 1 => 1u32..3, 1 => Just(100_000)];
    let told = (prop::sample::select(ENCODINGS.to_vec()), off(), off())
        .prop_map(|(encoding, lines_off, characters_off)| Told { encoding, lines_off, characters_off });
    (at, take, text, prop::option::of(told)).prop_map(|(at, take, text, told)| Plan { at, take, text, told })
}

fn script() -> impl Strategy<Value = Vec<Notification>> {
    let plans = prop_oneof![3 => prop::collection::vec(plan(), 1..2), 2 => prop::collection::vec(plan(), 2..6)];
    let run = prop_oneof![4 => Just(Some(true)), 1 => Just(Some(false)), 1 => Just(None)];
    prop::collection::vec((plans, run).prop_map(|(plans, run)| Notification { plans, run }), 1..8)
}

/// `byte`, or the border of a character before it.
fn border(rope: &Rope, byte: usize) -> usize {
    rope.char_to_byte(rope.byte_to_char(byte.min(rope.len_bytes())))
}

fn line_range(rope: &Rope, line: usize) -> Range<usize> {
    let start = rope.line_to_byte(line);
    let end = to_byte(rope, Position { line: line as u32, character: u32::MAX }, Encoding::Utf32);
    start..end
}

/// The bytes that `plan` means in `rope`; `last`: where the edit before ended.
fn resolve(plan: &Plan, rope: &Rope, last: usize) -> Range<usize> {
    let part = |n: u16, whole: usize| (whole * usize::from(n)) >> 16;
    let line = |n: u16| line_range(rope, part(n, rope.len_lines()));
    let start = match plan.at {
        At::Part(n) => border(rope, part(n, rope.len_bytes() + 1)),
        At::LineStart(n) => line(n).start,
        At::LineEnd(n) => line(n).end,
        At::InsideLineEnd(n) => (line(n).end + 1).min(rope.len_bytes()),
        At::Start => 0,
        At::End => rope.len_bytes(),
        At::Last(n) => {
            let from = rope.byte_to_char(last.min(rope.len_bytes()));
            rope.char_to_byte((from + usize::from(n)).min(rope.len_chars()))
        }
    };
    let start = border(rope, start);
    let end = match plan.take {
        Take::Characters(n) => rope.char_to_byte((rope.byte_to_char(start) + n).min(rope.len_chars())),
        Take::Lines(n) => rope.line_to_byte((rope.byte_to_line(start) + n).min(rope.len_lines())),
        Take::Rest => rope.len_bytes(),
    };
    let Some(Told { encoding, lines_off, characters_off }) = &plan.told else { return start..end };
    let told = |byte: usize| {
        let position = from_byte(rope, byte, *encoding);
        let off = Position { line: position.line + lines_off, character: position.character + characters_off };
        to_byte(rope, off, *encoding)
    };
    let (start, end) = (told(start), told(end));
    start.min(end)..start.max(end)
}

/// The cases to run: so many that a run stays within a minute, or as the environment asks.
fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    config
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn incremental_equals_fresh(text in drafts(), script in script()) {
        if std::env::var_os("HG_DBG").is_some() { std::fs::write("/tmp/helper-tests/case.txt", format!("{text:?}\n{script:#?}")).unwrap(); }
        let mut draft = Draft::open(&text);
        let mut plain = text;
        let mut last = 0;
        for notification in &script {
            let mut hunks = Hunks::default();
            for plan in &notification.plans {
                let range = resolve(plan, &draft.rope, last);
                last = range.start + plan.text.len();
                plain.replace_range(range.clone(), &plan.text);
                draft.edit(&mut hunks, range, &plan.text);
            }
            draft.apply(&hunks);
            prop_assert!(draft.rope == plain.as_str());
            match notification.run {
                None => {}
                Some(true) => {
                    let checked = draft.run();
                    if let Some(difference) = difference(&checked) {
                        prop_assert!(false, "{}", difference);
                    }
                }
                Some(false) => {
                    let cancel = Cancel::default();
                    cancel.cancel();
                    let cancelled = draft.schedule.run(draft.engine.analysis(), &cancel);
                    // With nothing left to do there is nothing to cancel.
                    prop_assert!(cancelled.is_none() || draft.engine.analysis().table.is_empty());
                }
            }
        }
        let checked = draft.run();
        if let Some(difference) = difference(&checked) {
            prop_assert!(false, "{}", difference);
        }
    }
}
