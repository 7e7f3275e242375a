//! Invariant 2: after any sequence of edits the analysis, and every finding made from it, equals one made from scratch
//! of the same text. Invariant 5: what that costs follows the edit, counted and never timed. Invariant 9: any text is a
//! draft.

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
#[path = "../benches/support/generator.rs"]
mod generator;

use hegao::analysis::{Analysis, Block, Delta, Engine, Location, Statistics};
use hegao::checking::schedule::Runs;
use hegao::checking::{Cancel, Checked, Placed, Schedule};
use hegao::draft::BlockId;
use hegao::findings::{Fix, Language, Place, Severity};
use hegao::rules::{Check, RULES, Settings};
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
        Draft { engine: Engine::of(rope.clone()), schedule: Schedule::new(Arc::new(Settings::default())), rope }
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
            printed: after.printed - engine.printed,
        };
        let run = Runs {
            blocks: ran.blocks - schedule.blocks,
            joints: ran.joints - schedule.joints,
            outlines: ran.outlines - schedule.outlines,
            families: ran.families - schedule.families,
            classes: ran.classes - schedule.classes,
            copies: ran.copies - schedule.copies,
            figures: ran.figures - schedule.figures,
            names: ran.names - schedule.names,
            disputes: ran.disputes - schedule.disputes,
            lists: ran.lists - schedule.lists,
            archives: ran.archives - schedule.archives,
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
        let of = (n.part, n.role, n.level, n.parent, n.marker, n.run_in, n.chain);
        format!("node at {}: {of:?}", ordinal(n.block))
    }));
    let mut candidates: Vec<(usize, Vec<usize>)> = analysis
        .candidates
        .iter()
        .map(|(first, others)| (ordinal(*first), others.iter().map(|id| ordinal(*id)).collect()))
        .collect();
    candidates.sort();
    lines.push(format!("candidates {candidates:?}"));
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
        let counted =
            (from_byte(&analysis.rope, bytes.start, encoding), from_byte(&analysis.rope, bytes.end, encoding));
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
        10 => {
            format!("**（{han}）提案办理关注民生民情。**把提案工作作为促进民生改善的着力点，全年办理提案{arabic}件。")
        }
        11 => "巩固思想基础 增强政治定力".to_owned(),
        12 => format!("{han}是坚持党的领导，把牢政治方向。"),
        13 => format!("第{han}，坚持人民至上。"),
        14 => char::from_u32('①' as u32 + arabic as u32 - 1).map(|c| format!("{c}加强学习")).unwrap(),
        _ => format!(
            "（{han}）加快发展。我们要加快发展，推动各项工作落到实处，取得实效，不断提高工作水平，让群众得到更多的实惠，有更多的获得感。"
        ),
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
        "县委、县政府高度重视“一带一路”，坚定“四个自信”、增强“四个意识”、做到“两个维护”。",
        "县委县政府部署一带一路，2020年是建党100周年，用好“四个意识”（政治意识、大局意识）。",
        "办好“有事好商量议事室”和“有事好商议事室”，县委、县政府满意。",
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
        "一是加强学习；二要深入调研；四是改进作风。",
        "领导的 multic 合作\u{1}和毒害草治理l2万公顷\u{FFFD}。",
        "通过政协会议开展民主监督，寓监督于各项履职工作之中，增强监督实效，主动邀请党政领导",
        "市场化和机制化疏解扎实推进，主动对接首都各类资源，中国电子公司增资麒麟软件，",
        "与讨论、答复交流，以协商促监督、以监督促提升。",
        "各自岗位，不畏艰险，勇挑重担，无私奉献。",
    ])
    .prop_map(str::to_owned)
}

/// A paragraph cut in two, with something between its halves or nothing.
fn broken() -> impl Strategy<Value = String> {
    let between = vec!["", "\n", "<!-- 备注 -->\n", "<!-- 甲 -->\n<!-- 乙 -->\n\n", "加\n", "（下转第四版）\n"];
    (prop::sample::select(between), any::<bool>()).prop_map(|(between, comma)| {
        let end = if comma { "踊跃捐款，" } else { "坚守" };
        let first = "全县政协委员立足本职、勇当先锋，奋力参与医疗救治、防控值守、捐款捐物，";
        format!("{first}{end}\n{between}各自岗位，不畏艰险，勇挑重担。")
    })
}

/// A repeated paragraph with a character changed here and there, alone or inside a longer one.
fn near_copy() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        Just(("", "")),
        Just(("", "同时，认真听取各方面意见，不断改进工作。")),
        Just(("这一年，", "成效明显。"))
    ];
    let changes =
        prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec!["", "新", "3"])), 0..8);
    (0usize..3, changes, place).prop_map(|(which, changes, (before, behind))| {
        let mut characters: Vec<String> = REPEATED[which].chars().map(String::from).collect();
        for (at, by) in changes {
            let at = at.index(characters.len());
            characters[at] = by.to_owned();
        }
        format!("{before}{}{behind}", characters.concat())
    })
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
        3 => near_copy(),
        3 => (1usize..6, 0usize..2).prop_map(|(lines, from)| wrapped(lines, from)),
        6 => special(),
        2 => broken(),
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
    let typed = prop::sample::select(
        "甲。，：；*#|`~=-<>! \n\r　\u{200B}\u{2028}😀1２一二是、（）—×".chars().collect::<Vec<_>>(),
    );
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

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn incremental_equals_fresh(text in drafts(), script in script()) {
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

// Cases that random edits meet too rarely.

/// Ids between two neighbours run out after some twenty insertions at one place; then neighbours get new ones.
fn assert_insertions_stay_fresh(place: impl Fn(&[usize]) -> usize) {
    let frame = format!("一、主要工作\n{}\n二、存在问题\n{}\n", REPEATED[0], REPEATED[0]);
    let mut draft = Draft::open(&format!("{frame}<!-- hegao-ignore paragraphs -->\n全年立案提案××件。\n{frame}"));
    draft.run();
    // Where the lines that were put in stand now, in the order of their coming.
    let mut starts: Vec<usize> = Vec::new();
    for n in 0..400usize {
        let line = match n % 5 {
            0 => format!("（{}）第{n}项\n", NUMERALS[n / 5 % NUMERALS.len()]),
            1 => format!("{}\n", REPEATED[1]),
            2 => format!("全年办理提案××件，第{n}次。\n"),
            3 => "重点抓好两个方面工作：\n".to_owned(),
            _ => format!("——必须坚持第{n}次。\n"),
        };
        let at = place(&starts) + if starts.is_empty() { frame.len() } else { 0 };
        draft.notify([(at..at, line.clone())]);
        for start in starts.iter_mut().filter(|start| **start >= at) {
            *start += line.len();
        }
        starts.push(at);
        if n % 40 == 39 {
            assert_fresh(&mut draft);
        }
    }
    assert_eq!(starts.len(), 400);
}

#[test]
fn ids_that_run_out_upwards_change_no_result() {
    assert_insertions_stay_fresh(|starts| starts.last().copied().unwrap_or(0));
}

#[test]
fn ids_that_run_out_downwards_change_no_result() {
    assert_insertions_stay_fresh(|starts| starts.first().copied().unwrap_or(0));
}

#[test]
fn ids_that_run_out_between_two_lines_change_no_result() {
    // Between the two that came last, which halves the room each time.
    assert_insertions_stay_fresh(|starts| match starts {
        [.., before, last] => *before.max(last),
        [only] => *only,
        [] => 0,
    });
}

#[test]
fn ids_that_run_out_at_the_very_start_change_no_result() {
    let mut draft = Draft::open("二、存在问题\n");
    for n in 0..200 {
        draft.notify([(0..0, format!("第{n}行××，一是学。\n"))]);
    }
    assert_fresh(&mut draft);
    assert_eq!(draft.engine.analysis().table.len(), 201);
}

/// Found by `incremental_equals_fresh`: each is an edit behind the line that decided what the block before it is.
#[test]
fn an_edit_inside_a_line_can_change_the_block_before_it() {
    for (before, edit, after) in [
        ("甲乙丙丁\n==x\n丙丁。", (15..16, ""), "甲乙丙丁\n==\n丙丁。"),
        ("甲乙丙丁。\n x\n丙丁。", (17..18, ""), "甲乙丙丁。\n \n丙丁。"),
        ("| 甲\n x| 乙\n", (7..8, ""), "| 甲\n | 乙\n"),
        ("\n x\n甲。", (2..3, ""), "\n \n甲。"),
    ] {
        let mut draft = Draft::open(before);
        let (range, text) = edit;
        draft.notify([(range, text.to_owned())]);
        assert_eq!(draft.rope.to_string(), after);
        assert_fresh(&mut draft);
    }
}

/// Found by `incremental_equals_fresh`: such a table had no line of its own, and cutting never ended.
#[test]
fn a_table_behind_a_byte_order_mark_ends() {
    let mut draft = Draft::open("甲。\n\u{FEFF}| 乙 |\n \u{FEFF}| 丙 |\n");
    draft.notify([(0.."甲。\n".len(), String::new())]);
    assert_fresh(&mut draft);
    assert_eq!(draft.engine.analysis().table.len(), 1);
}

#[test]
fn two_edits_at_one_border_are_both_seen() {
    let mut draft = Draft::open("甲。\n乙。\n丙。\n丁。\n");
    draft.notify([(7..7, "戊。\n".to_owned()), (16..16, "己".to_owned()), (7..7, "庚".to_owned())]);
    assert_fresh(&mut draft);
    assert!(draft.rope.to_string().contains("庚戊。"));
}

#[test]
fn the_related_place_of_a_list_follows_its_last_bullet() {
    let mut draft = Draft::open("重点抓好三个方面工作：\n- 第1\n- 第2\n");
    let end = draft.rope.len_bytes() - 1;
    draft.run();
    draft.notify([(end..end, "345".to_owned())]);
    assert_fresh(&mut draft);
    assert_eq!(draft.run().findings.len(), 1);
}

// What an edit costs.

/// About a megabyte of the seeds, every paragraph of it different from all others.
fn megabyte() -> String {
    let mut text = String::new();
    let mut line_number = 0u32;
    while text.len() < 1 << 20 {
        for line in SEED_LINES.iter() {
            // The title and the front of a draft stand once; a round begins with a section.
            match hegao::text::han::count_han(line) {
                0..60 => text.push_str(line),
                _ => write!(text, "{line}这是第{line_number}段。").unwrap(),
            }
            text.push('\n');
            line_number += 1;
        }
    }
    text
}

/// The bytes of the middlemost paragraph for which `wanted` holds.
fn middle(analysis: &Analysis, wanted: impl Fn(&Block) -> bool) -> Range<usize> {
    let found: Vec<Range<usize>> = analysis
        .table
        .iter()
        .filter(|(_, block)| wanted(block))
        .map(|(location, block)| location.byte..location.byte + block.facts.structure.content.end)
        .collect();
    found[found.len() / 2].clone()
}

fn is_long_prose(block: &Block) -> bool {
    block.facts.han > 200 && !block.facts.can_head() && block.facts.announced.is_none()
}

/// The end of the character in the middle of `range`.
fn inside(rope: &Rope, range: &Range<usize>) -> usize {
    border(rope, range.start + range.len() / 2)
}

#[test]
fn a_keystroke_in_a_long_draft_costs_one_paragraph() {
    let mut draft = Draft::open(&megabyte());
    draft.run();
    let paragraph = middle(draft.engine.analysis(), is_long_prose);
    let at = inside(&draft.rope, &paragraph);
    for typed in ["县", "政", "协"] {
        let outline = Arc::clone(&draft.engine.analysis().outline);
        let mut touched = 0;
        let (spent, ran) = draft.cost(|draft| {
            touched = draft.notify([(at..at, typed.to_owned())]).keys.len();
            draft.run();
        });
        assert!(spent.cut <= 6, "{spent:?}");
        assert_eq!((spent.read, spent.outlines), (1, 0));
        assert!(Arc::ptr_eq(&outline, &draft.engine.analysis().outline), "the outline is reused whole");
        assert!(ran.blocks <= 2, "{ran:?}");
        assert_eq!((ran.outlines, ran.lists), (0, 0));
        assert!(touched <= 8 && ran.classes <= 2, "{touched} keys, {ran:?}");
    }
    assert_fresh(&mut draft);
}

/// A name that stands in two forms is judged where one of them is typed, and nowhere else.
#[test]
fn a_name_in_two_forms_is_judged_only_where_it_is_touched() {
    let name = |n: usize| if n.is_multiple_of(3) { "县委县政府" } else { "县委、县政府" };
    let line = |n: usize| format!("第{n}次会议报告{}，大家赞成。\n\n完成了第{n}项工作。\n\n", name(n));
    let text: String = (1..200).map(line).collect();
    let mut draft = Draft::open(&text);
    let variants = |checked: &Checked| checked.findings.iter().filter(|p| p.finding.rule == "wording/variant").count();
    assert_eq!(variants(&draft.run()), 1);
    for (words, judged) in [("第100项", 0), ("第100次", 1)] {
        let at = draft.rope.to_string().find(words).unwrap();
        let (_, ran) = draft.cost(|draft| {
            draft.notify([(at..at, "又".to_owned())]);
            draft.run();
        });
        assert_eq!(ran.names, judged, "{words}");
    }
    assert_fresh(&mut draft);
}

/// Three paragraphs are read at a keystroke in one of them: it as it was, it as it is, and none of its copies.
#[test]
fn a_keystroke_in_a_near_copy_costs_it_and_its_copies() {
    let seeds: Vec<&str> = SEEDS.iter().map(String::as_str).collect();
    let mut text = generator::generate(&seeds, 1_000_000, 7).text;
    for copy in 0..3 {
        let at = border(&Rope::from_str(&text), (copy + 1) * 200_000);
        let line_end = at + text[at..].find('\n').unwrap() + 1;
        text.insert_str(line_end, &format!("{}\n", REPEATED[1].replacen("坚持", &"新".repeat(copy + 1), 1)));
    }
    let mut draft = Draft::open(&text);
    let found =
        |draft: &mut Draft| draft.run().findings.iter().filter(|p| p.finding.rule == "duplicates/paragraph").count();
    let before = found(&mut draft);
    let at = text.find("新新新").unwrap();
    let (spent, ran) = draft.cost(|draft| {
        draft.notify([(at..at, "又".to_owned())]);
        draft.run();
    });
    assert_eq!(spent.printed, 2, "the paragraph before the edit and after it");
    assert!((3..=8).contains(&ran.copies), "{ran:?}");
    assert_eq!(found(&mut draft), before);
    assert_fresh(&mut draft);
}

#[test]
fn the_index_of_near_copies_takes_less_than_two_thirds_of_the_text() {
    let seeds: Vec<&str> = SEEDS.iter().map(String::as_str).collect();
    for bytes in [300_000, 1_000_000] {
        let draft = Draft::open(&generator::generate(&seeds, bytes, 7).text);
        let taken = draft.engine.alike_bytes();
        println!("{taken} bytes for a text of {bytes}");
        assert!(3 * taken <= 2 * bytes, "{taken} bytes for a text of {bytes}");
    }
}

/// Fingerprints that too many passages share are not counted; one copy more or less changes what all others share.
#[test]
fn one_copy_more_than_are_counted_parts_and_joins_the_others() {
    // Alike but for the last character.
    let line = |n: usize| format!("{}{}\n", REPEATED[1], FLOWING.chars().nth(n).unwrap());
    let mut draft = Draft::open(&(0..12).map(line).collect::<String>());
    for n in 12..22 {
        draft.notify([(0..0, line(n))]);
        assert_fresh(&mut draft);
    }
    assert!(draft.engine.analysis().candidates.is_empty());
    for n in (12..22).rev() {
        draft.notify([(0..line(n).len(), String::new())]);
        assert_fresh(&mut draft);
    }
    assert_eq!(draft.engine.analysis().candidates.len(), 12);
}

#[test]
fn a_keystroke_in_a_heading_outlines_once() {
    let mut draft = Draft::open(&megabyte());
    // What a finding shows is read again with it.
    let findings = draft.run().findings;
    let shown = |b: &Block| {
        let places = findings.iter().flat_map(|p| p.finding.related.iter().map(|r| r.place).chain([p.finding.place]));
        places.map(|place| place.start.block).any(|shown| shown == b.id)
    };
    let is_heading = |b: &Block| b.facts.structure.signature.marker.is_some() && b.facts.han < 30;
    let heading = middle(draft.engine.analysis(), |b| is_heading(b) && !shown(b));
    let at = inside(&draft.rope, &heading);
    let (spent, ran) = draft.cost(|draft| {
        draft.notify([(at..at, "新".to_owned())]);
        draft.run();
    });
    assert_eq!((spent.read, spent.outlines), (1, 1));
    let of = |kind: fn(&Check) -> bool| RULES.iter().filter(|rule| kind(&rule.check)).count() as u64;
    let (outlines, lists) = (of(|c| matches!(c, Check::Outline(_))), of(|c| matches!(c, Check::Lists(_))));
    let families = of(|c| matches!(c, Check::Headings { family: Some(_), .. }));
    assert_eq!((ran.outlines, ran.lists, ran.families), (outlines, lists, families), "each rule once, on one family");
    assert!(ran.blocks <= 2, "{ran:?}");
}

#[test]
fn a_title_that_changes_has_the_copies_under_it_judged_anew() {
    let promise = "本人严格遵守各项规定，认真履行职责，自觉抵制各种不正之风，不收受可能影响公正执行公务的礼品、礼金，主动接受组织和群众的监督。";
    for [first, second] in [["## 党员承诺书\n", "## 干部承诺书\n"], ["## 附件1：承诺\n", "## 附件2：承诺\n"]]
    {
        let text = format!("# 汇编\n\n{first}{promise}\n\n{second}{promise}\n");
        let mut draft = Draft::open(&text);
        let severity = |draft: &mut Draft| {
            assert_fresh(draft);
            draft.run().findings.iter().find(|p| p.finding.rule == "duplicates/paragraph").map(|p| p.finding.severity)
        };
        assert_eq!(severity(&mut draft), Some(Severity::Hint), "{text}");
        let line = text.find(second).unwrap();
        let line = line..line + second.len();
        draft.notify([(line.clone(), "## 干部作风\n".to_owned())]);
        assert_eq!(severity(&mut draft), Some(Severity::Error));
        let line = line.start..line.start + "## 干部作风\n".len();
        draft.notify([(line.clone(), String::new())]);
        assert_eq!(severity(&mut draft), Some(Severity::Error));
        draft.notify([(line.start..line.start, second.to_owned())]);
        assert_eq!(severity(&mut draft), Some(Severity::Hint));
    }
}

#[test]
fn opening_and_closing_a_fence_reads_nothing_twice() {
    let mut draft = Draft::open(&megabyte());
    draft.run();
    let before = draft.run();
    let at = middle(draft.engine.analysis(), is_long_prose).start;
    let (opened, _) = draft.cost(|draft| {
        draft.notify([(at..at, "```\n".to_owned())]);
        draft.run();
    });
    assert_eq!(opened.read, 1, "the fence itself");
    let (closed, _) = draft.cost(|draft| {
        draft.notify([(at..at + 4, String::new())]);
        draft.run();
    });
    assert_eq!(closed.read, 0);
    assert_eq!(described(&draft.run()), described(&before));
}

#[test]
fn two_distant_edits_read_two_blocks_and_nothing_between() {
    let mut draft = Draft::open(&megabyte());
    draft.run();
    let analysis = draft.engine.analysis();
    let mut long = analysis.table.iter().filter(|(_, block)| is_long_prose(block));
    let place = |(location, block): (Location, &Block)| location.byte..location.byte + block.bytes as usize - 1;
    let (first, last) = (place(long.next().unwrap()), place(long.last().unwrap()));
    let (first, last) = (inside(&draft.rope, &first), inside(&draft.rope, &last));
    assert!(last - first > 900_000);
    let (spent, ran) = draft.cost(|draft| {
        draft.notify([(last..last, "又及".to_owned()), (first..first, "又及".to_owned())]);
        draft.run();
    });
    assert_eq!((spent.read, spent.outlines), (2, 0));
    assert!(spent.cut <= 12 && ran.blocks <= 4, "{spent:?} {ran:?}");
    assert_fresh(&mut draft);
}

#[test]
fn what_comes_between_two_halves_is_seen_by_the_first() {
    let (first, note, next, heading) = (
        "全县政协委员立足本职、勇当先锋，奋力参与医疗救治、防控值守、捐款捐物，坚守\n",
        "<!-- 备注 -->\n",
        "各自岗位，不畏艰险，勇挑重担。\n",
        "二、体会\n",
    );
    let mut draft = Draft::open(&format!("甲。\n{first}{note}{next}乙。\n丙。\n"));
    let found = |draft: &mut Draft| {
        assert_fresh(draft);
        draft.run().findings.iter().filter(|p| p.finding.rule == "paragraphs/broken").count()
    };
    assert_eq!(found(&mut draft), 1);
    // Typing further behind does not look at the halves again.
    let end = draft.rope.len_bytes() - 1;
    let (_, ran) = draft.cost(|draft| {
        draft.notify([(end..end, "丁".to_owned())]);
        draft.run();
    });
    assert!(ran.joints <= 2, "{ran:?}");
    // A heading between parts them, before or behind the comment; taking it out brings them together.
    for at in [0, note.len()].map(|n| "甲。\n".len() + first.len() + n) {
        draft.notify([(at..at, heading.to_owned())]);
        assert_eq!(found(&mut draft), 0);
        draft.notify([(at..at + heading.len(), String::new())]);
        assert_eq!(found(&mut draft), 1);
    }
    // With the other half and all behind it gone, it is a paragraph that is being written.
    let at = "甲。\n".len() + first.len() + note.len();
    draft.notify([(at..draft.rope.len_bytes(), String::new())]);
    assert_eq!(found(&mut draft), 0);
}

#[test]
fn the_same_settings_run_nothing_again_and_new_ones_read_nothing_again() {
    let mut draft = Draft::open(&SEEDS.concat());
    let before = draft.run();
    let (spent, ran) = draft.cost(|draft| {
        draft.schedule.set(Arc::clone(draft.schedule.settings()).clone());
        draft.run();
    });
    assert_eq!((spent, ran), (Statistics::default(), Runs::default()));
    let (spent, ran) = draft.cost(|draft| {
        draft.schedule.set(Arc::new(Settings::default()));
        draft.run();
    });
    assert_eq!(spent, Statistics::default());
    assert!(ran.blocks as usize >= draft.engine.analysis().table.len());
    assert_eq!(described(&draft.run()), described(&before));
}

#[test]
fn a_cancelled_run_gives_nothing_and_the_next_one_everything() {
    let mut draft = Draft::open(&SEEDS.concat());
    let cancel = Cancel::default();
    cancel.cancel();
    assert!(draft.schedule.run(draft.engine.analysis(), &cancel).is_none());
    assert_fresh(&mut draft);
    draft.notify([(0..0, format!("{}\n", REPEATED[0])), (0..0, format!("{}\n", REPEATED[0]))]);
    assert!(draft.schedule.run(draft.engine.analysis(), &cancel).is_none());
    draft.notify([(0..0, "全年立案××件。\n".to_owned())]);
    assert!(draft.schedule.run(draft.engine.analysis(), &cancel).is_none());
    assert_fresh(&mut draft);
    assert!(draft.run().findings.iter().any(|p| p.finding.rule == "duplicates/paragraph"));
}

// Any text is a draft.

fn assert_is_draft(text: &str) -> Result<(), TestCaseError> {
    let checked = Checked::of(text, &Arc::new(Settings::default()));
    let analysis = &checked.analysis;
    let bytes: usize = analysis.table.iter().map(|(_, block)| block.bytes as usize).sum();
    prop_assert_eq!(bytes, text.len());
    prop_assert_eq!(analysis.table.end().line + usize::from(ends_open(text)), Rope::from_str(text).len_lines());
    for (location, block) in analysis.table.iter() {
        let source = analysis.block_source(location, block);
        prop_assert!(source.is_char_boundary(block.facts.structure.content.end));
        prop_assert_eq!(analysis.rope.byte_to_line(location.byte), location.line);
    }
    analysis.sections();
    described(&checked);
    Ok(())
}

/// A text whose last line has its end has one more, empty line for an editor, which is no block's.
fn ends_open(text: &str) -> bool {
    text.is_empty() || text.ends_with(['\n', '\r'])
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text_is_a_draft(text in any::<String>()) {
        assert_is_draft(&text)?;
    }

    #[test]
    fn any_mix_of_marks_is_a_draft(text in "([甲乙一二三十0-9１。，：；、（）()#*_`~|<>!=\\-— 　\u{200B}\u{FEFF}\u{2028}\u{0}\u{1B}😀𠀀\n\r]|第一|<!--|-->|```|---\n|××|个方面：|hegao-ignore){0,80}") {
        assert_is_draft(&text)?;
    }

    #[test]
    fn any_bytes_are_a_draft_or_a_clear_refusal(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match hegao::text::charset::decode(&bytes) {
            Ok((text, _)) => assert_is_draft(&text)?,
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        assert_is_draft(&String::from_utf8_lossy(&bytes))?;
    }
}
