//! What another report left behind, planted with known truth: paragraphs are taken over from last year's report of another
//! county, once with its places, years, terms, bodies and names in them, once with these put right. The sentences are a grammar of their
//! own, not the examples of the rule; some say it in a way that the rule leaves alone, because it is as often right.

#[path = "../benches/support/generator.rs"]
mod generator;

#[path = "support/library.rs"]
#[allow(dead_code)]
mod library;

use hegao::analysis::Analysis;
use hegao::checking::Checked;
use hegao::rules::Settings;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a report says of itself.
struct Who {
    front: &'static str,
    values: [(&'static str, &'static str); 8],
}

const OWN: Who = Who {
    front: "政协凉州区委员会常务委员会工作报告\n（2025年1月5日在政协凉州区第十届委员会第五次会议上）\n凉州区政协主席 王志强\n",
    values: [
        ("{p}", "凉州区"),
        ("{s}", "凉州"),
        ("{y}", "2024"),
        ("{t}", "十届五次"),
        ("{T}", "第十届委员会第五次"),
        ("{n}", "王志强"),
        ("{b}", "政协"),
        ("{u}", "区"),
    ],
};

/// The report that the paragraphs were taken from, for `{b}` one of another body.
const OTHER: Who = Who {
    front: "政协临泽县委员会常务委员会工作报告\n（2023年1月6日在政协临泽县第九届委员会第三次会议上）\n临泽县政协主席 李建国\n",
    values: [
        ("{p}", "临泽县"),
        ("{s}", "临泽"),
        ("{y}", "2022"),
        ("{t}", "九届三次"),
        ("{T}", "第九届委员会第三次"),
        ("{n}", "李建国"),
        ("{b}", "法院"),
        ("{u}", "县"),
    ],
};

const COURT: &str = "临泽县人民法院工作报告\n（2023年1月6日在临泽县第十九届人民代表大会第三次会议上）\n";

/// Kind and sentence; the first letter tells whether the rule is to find it: `+`.
const SENTENCES: [(&str, &str); 40] = [
    ("place", "+推动{p}经济社会发展迈上新的台阶。"),
    ("place", "+为建设富裕文明和谐的{p}贡献智慧和力量。"),
    ("place", "+{p}委员广泛参与，形成了生动的履职局面。"),
    ("place", "+组织委员走遍{p}的每一个乡镇。"),
    ("place", "+在{s}大地上书写了新的篇章。"),
    ("place", "+讲好{s}故事，传播政协声音。"),
    ("place", "+引导各界人士为{s}发展献计出力。"),
    ("place", "+中共{p}委高度重视，多次专题研究。"),
    ("place", "+积极宣传推介{s}的资源优势。"),
    ("place", "-联合{p}政协开展跨县视察。"),
    ("year", "+{y}年，各项工作取得新的进展。"),
    ("year", "+{y}年以来，履职能力不断提高。"),
    ("year", "+{y}年，是极不平凡的一年。"),
    ("year", "+{y}年是承上启下的关键之年。"),
    ("year", "+刚刚过去的{y}年，我们一路同行。"),
    ("year", "+回顾{y}年的工作，我们深有体会。"),
    ("year", "+{y}年度，委员履职档案全部建立。"),
    ("year", "+过去的{y}年，成绩来之不易。"),
    ("year", "+{y}年全年，各项任务如期完成。"),
    ("year", "-截至{y}年底，各项指标均已完成。"),
    ("year", "-这项制度自{y}年起施行，运行平稳。"),
    ("year", "-在{y}年的考核中名列前茅。"),
    ("term", "+自{t}会议以来，常委会认真履职。"),
    ("term", "+{t}会议确定的任务全面完成。"),
    ("term", "+向{t}会议报告工作，请予审议。"),
    ("term", "+政协{T}会议以来，工作有序推进。"),
    ("term", "+{T}会议期间，委员提出许多意见。"),
    ("term", "+落实{t}会议精神，细化工作举措。"),
    ("term", "-县委{t}全会作出了部署，大家深受鼓舞。"),
    ("speaker", "+主席{n}多次带队深入一线视察。"),
    ("speaker", "+{n}主席亲自领衔督办重点提案。"),
    ("speaker", "+{n}同志走访慰问困难委员。"),
    ("speaker", "+在{n}的带领下，工作扎实有序。"),
    ("body", "+{u}{b}坚持把政治建设摆在首位。"),
    ("body", "+{u}{b}充分发挥自身的职能作用。"),
    ("body", "+{b}始终坚持党的全面领导。"),
    ("body", "+{u}{b}认真办理各类意见建议。"),
    ("body", "-主动接受{u}{b}的指导和帮助。"),
    ("body", "-邀请{u}{b}有关负责同志到会通报。"),
    ("body", "-与{u}{b}共同研究，形成了机制。"),
];

fn said(sentence: &str, who: &Who) -> String {
    who.values.iter().fold(sentence.to_owned(), |text, (slot, value)| text.replace(slot, value))
}

#[test]
fn what_was_left_is_found_and_what_was_put_right_is_not() {
    let seeds = generator::seed_reports();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let text = generator::generate(&seeds, 600_000, 11).text;
    let is_plain = |line: &&str| {
        (70..200).contains(&generator::han_count(line)) && line.ends_with('。') && !line.contains(['（', '*', '年'])
    };
    let fillers: Vec<&str> = text.lines().filter(is_plain).take(3 * SENTENCES.len()).collect();
    assert_eq!(fillers.len(), 3 * SENTENCES.len());
    let reports = tempfile::tempdir().unwrap();
    // Before, behind and between sentences that name nobody.
    let paragraph = |n: usize, sentence: &str| {
        let filler = fillers[n];
        let middle = filler[..filler.len() - '。'.len_utf8()].rfind('。').map_or(0, |at| at + '。'.len_utf8());
        match n % 3 {
            0 => format!("{sentence}{filler}\n"),
            1 => format!("{filler}{sentence}\n"),
            _ => format!("{}{sentence}{}\n", &filler[..middle], &filler[middle..]),
        }
    };
    let all: Vec<(usize, &str, &str)> = (0..3)
        .flat_map(|round| {
            SENTENCES.iter().enumerate().map(move |(n, (kind, sentence))| (3 * n + round, *kind, *sentence))
        })
        .collect();
    let of = |is_wanted: &dyn Fn(&str) -> bool, who: &Who, front: &str| {
        let lines = all.iter().filter(|(_, kind, _)| is_wanted(kind));
        format!(
            "{front}{}",
            lines.map(|(n, _, sentence)| paragraph(*n, &said(&sentence[1..], who))).collect::<String>()
        )
    };
    std::fs::write(reports.path().join("临泽.txt"), of(&|kind| kind != "body", &OTHER, OTHER.front)).unwrap();
    std::fs::write(reports.path().join("法院.txt"), of(&|kind| kind == "body", &OTHER, COURT)).unwrap();
    let settings = Arc::new(Settings::default());
    let found = |text: &str| {
        let analysis = Analysis::of(text);
        let checked = Checked::with(&analysis, &settings, library::matches(&analysis, reports.path(), None));
        let found = checked.findings.iter().filter(|p| p.finding.rule == "duplicates/leftover");
        let lines = found.map(|p| analysis.rope.byte_to_line(p.finding.place.bytes(&analysis).expect("a place").start));
        lines.collect::<Vec<_>>()
    };
    let front = OWN.front.lines().count();
    let mut counts = BTreeMap::<&str, (usize, usize)>::new();
    // A body is told of only in a draft that was made from that body's report: each group is a draft.
    for is_body in [false, true] {
        let left = of(&|kind| (kind == "body") == is_body, &OTHER, OWN.front);
        let lines = found(&left);
        let own = all.iter().filter(|(_, kind, _)| (*kind == "body") == is_body);
        for (at, (_, kind, sentence)) in own.enumerate() {
            let is_found = lines.contains(&(front + at));
            if sentence.starts_with('+') {
                let sum = counts.entry(kind).or_default();
                *sum = (sum.0 + usize::from(is_found), sum.1 + 1);
            }
            if is_found != sentence.starts_with('+') {
                println!("{}: {}", if is_found { "wrong" } else { "missed" }, left.lines().nth(front + at).unwrap());
            }
            assert!(!is_found || sentence.starts_with('+'), "{sentence}");
        }
    }
    let taken = of(&|kind| kind == "body", &OTHER, "");
    let some = format!("{}{}{}", OWN.front, of(&|kind| kind != "body", &OWN, ""), taken.lines().next().unwrap());
    assert!(found(&some).is_empty(), "any report may speak of another body");
    println!("{counts:?}");
    assert!(counts.values().all(|(hit, due)| 10 * hit >= 9 * due), "{counts:?}");
    let right = of(&|_| true, &OWN, OWN.front);
    let wrong: Vec<&str> = found(&right).iter().filter_map(|line| right.lines().nth(*line)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
