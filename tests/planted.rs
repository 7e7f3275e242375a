//! Errors planted into statements about figures, and the same statements done right: what the rules of relations find and
//! leave alone. The statements are the work of a grammar of their own, not the examples of the rules.

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use hegao::checking::Checked;
use hegao::rules::Settings;
use std::sync::Arc;

/// A statement with its numbers: `right` is true of them, `wrong` is not.
struct Stated {
    template: &'static str,
    right: String,
    wrong: String,
}

/// Fills the places `{name}` of a template.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The statement, and the same with another value for `name`.
fn stated(template: &'static str, values: &[(&'static str, String)], name: &'static str, wrong: String) -> Stated {
    let others: Vec<_> =
        values.iter().map(|(n, value)| (*n, if *n == name { wrong.clone() } else { value.clone() })).collect();
    Stated { template, right: filled(template, values), wrong: filled(template, &others) }
}

fn percent(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 + whole) / (2 * whole);
    if tenths.is_multiple_of(10) { format!("{}%", tenths / 10) } else { format!("{}.{}%", tenths / 10, tenths % 10) }
}

const COUNTED: [(&str, &str); 6] = [
    ("提案立案数", "件"),
    ("社情民意信息", "条"),
    ("规上工业企业", "家"),
    ("高标准农田", "万亩"),
    ("养老床位", "张"),
    ("政协委员工作室", "个"),
];

fn growth(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 11] = [
        "五年来，{m}由{Y}年的{a}{u}增加到{Z}年的{b}{u}，增长{p}。",
        "{m}从{a}{u}增长到{b}{u}，增幅达{p}，为历年最高。",
        "通过持续努力，全县{m}由{a}{u}提高至{b}{u}，提高了{p}。",
        "{m}从上届的{a}{u}上升到{b}{u}、增长{p}。",
        "全年{m}{b}{u}，比上年增加{d}{u}，增长{p}。",
        "{m}达到{b}{u}，较去年同期增加{d}{u}（增长{p}）。",
        "{m}由{a}{u}增至{b}{u}，净增{d}{u}。",
        "与{Y}年相比，{m}从{a}{u}增加到{b}{u}，增加{d}{u}。",
        "{m}从{b}{u}压减到{a}{u}，减少{d}{u}。",
        "{m}从{Y}年的{a}{u}发展到{Z}年底的{b}{u}，增长{p}。",
        "{m}由{a}{u}扩大到{b}{u}，同比增长{p}。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let (metric, unit) = COUNTED[dice.roll(0..6) as usize];
    let (a, d) = (dice.roll(40..900), dice.roll(10..400));
    let values = [
        ("m", metric.to_owned()),
        ("u", unit.to_owned()),
        ("Y", "2016".to_owned()),
        ("Z", "2021".to_owned()),
        ("a", a.to_string()),
        ("b", (a + d).to_string()),
        ("d", d.to_string()),
        ("p", percent(d, a)),
    ];
    let wrong = if template.contains("{p}") { ("p", percent(d + a / 8 + 3, a)) } else { ("d", (d + 10).to_string()) };
    stated(template, &values, wrong.0, wrong.1)
}

fn points(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 6] = [
        "{m}由{Y}年的{a}%提高到{Z}年的{b}%，提高{d}个百分点。",
        "{m}从{a}%上升至{b}%，上升了{d}个百分点。",
        "全县{m}由{a}%提升到{b}%、提升{d}个百分点。",
        "{m}从五年前的{a}%提高到{b}%，累计提高{d}个百分点。",
        "{m}由{b}%下降到{a}%，下降{d}个百分点。",
        "{m}从{b}%降至{a}%，降低了{d}个百分点。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let (a, d) = (dice.roll(200..600), dice.roll(15..300));
    let tenths = |n: u64| format!("{}.{}", n / 10, n % 10);
    let values = [
        ("m", dice.pick(&["提案办复率", "城镇化率", "群众满意度", "森林覆盖率"]).to_owned()),
        ("Y", "2016".to_owned()),
        ("Z", "2021".to_owned()),
        ("a", tenths(a)),
        ("b", tenths(a + d)),
        ("d", tenths(d)),
    ];
    let wrong = tenths(d + dice.roll(4..60));
    stated(template, &values, "d", wrong)
}

fn share(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 7] = [
        "全年共收到提案{n}件，其中委员个人提案{a}件，占提案总数的{p}。",
        "审查立案{n}件，经济建设方面{a}件，占立案总数的{p}。",
        "十届一次会议以来共提交提案{n}件。其中，民生类{a}件，占总数的{p}。",
        "已解决{a}件，占{n}件的{p}。",
        "现有委员{n}名，其中非中共委员{a}名，占{p}。",
        "共征集社情民意信息{n}条，采用{a}条，约占总数的{p}。",
        "全县总人口{n}人，其中农村人口{a}人，占总人数的{p}。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let n = dice.roll(120..900);
    let a = dice.roll(10..n - 20);
    let values = [("n", n.to_string()), ("a", a.to_string()), ("p", percent(a, n))];
    stated(template, &values, "p", percent(a + 3 + n / 20, n))
}

fn sum(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 10] = [
        "全年共立案提案{n}件，其中委员提案{a}件、集体提案{b}件。",
        "收到提案{n}件，其中集体提案{a}件，委员提案{b}件，办复率100%。",
        "召开常委会会议{a}次、主席会议{b}次，合计{n}次。",
        "开展专题视察{a}次，民主评议{b}次，共计{n}次。",
        "全区现有委员{n}名，其中男委员{a}名、女委员{b}名。",
        "评出优秀提案{n}件，分别为委员提案{a}件、集体提案{b}件。",
        "编发简报{n}期，分为工作简报{a}期和信息专报{b}期。",
        "共有代表{n}人，其中城镇{a}人、农村{b}人。",
        "走访企业{a}家、乡村{b}家，总计{n}家。",
        "（委员提案{a}件、集体提案{b}件，共{n}件）",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let (a, b) = (dice.roll(12..300), dice.roll(12..300));
    let values = [("n", (a + b).to_string()), ("a", a.to_string()), ("b", b.to_string())];
    let (name, wrong) = match dice.roll(0..3) {
        0 => ("n", a + b - dice.roll(1..10)),
        1 => ("a", a + dice.roll(1..30)),
        _ => ("b", b + dice.roll(1..30)),
    };
    stated(template, &values, name, wrong.to_string())
}

fn attainable(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 6] = [
        "全年共立案提案{n}件，办复率100%，办结率{p}。",
        "五年来交办提案{n}件，按期办复率达到{p}。",
        "共办理政协提案{n}件，办结率达{p}，受到好评。",
        "十届二次会议立案的{n}件提案，办复率为{p}。",
        "{n}件提案全部交办，办结率{p}。",
        "审查立案{n}件，目前办复率已达{p}。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    // With fewer than a hundred cases, some whole percentages are those of no number of them.
    let n = dice.roll(15..60);
    let is_possible = |share: u64| (0..=n).any(|k| [(200 * k + n) / (2 * n), 100 * k / n].contains(&share));
    let mut next = |possible: bool| loop {
        let share = dice.roll(40..100);
        if is_possible(share) == possible {
            break format!("{share}%");
        }
    };
    let values = [("n", n.to_string()), ("p", next(true))];
    stated(template, &values, "p", next(false))
}

fn funnel(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 5] = [
        "全年共收到提案{a}件，经审查立案{b}件。",
        "征集提案{a}件，立案{b}件，全部交有关部门办理。",
        "共收到委员提案{a}件，予以立案{b}件，已全部办复。",
        "审查立案提案{a}件，已办复{b}件。",
        "提交提案{a}件，审查立案{b}件，交办{b}件，办复{b}件。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let a = dice.roll(60..400);
    let b = a - dice.roll(0..40);
    let values = [("a", a.to_string()), ("b", b.to_string())];
    stated(template, &values, "b", (a + dice.roll(1..90)).to_string())
}

fn total(dice: &mut Dice) -> Stated {
    const TEMPLATES: [&str; 4] = [
        "三次产业结构调整为{a}∶{b}∶{c}。",
        "三次产业比例由上年的10.2∶60.1∶29.7优化为{a}∶{b}∶{c}，结构更趋合理。",
        "一、二、三产业占比分别为{a}%、{b}%、{c}%。",
        "第一、第二、第三产业比重为{a}%、{b}%和{c}%。",
    ];
    let template = TEMPLATES[dice.roll(0..TEMPLATES.len() as u64) as usize];
    let (a, b) = (dice.roll(50..200), dice.roll(300..500));
    let tenths = |n: u64| format!("{}.{}", n / 10, n % 10);
    let c = 1000 - a - b;
    let values = [("a", tenths(a)), ("b", tenths(b)), ("c", tenths(c))];
    stated(template, &values, "c", tenths(c + dice.roll(5..90)))
}

/// What is found of each kind: the share of wrong statements at which the rule speaks must reach the recall, and at no
/// right one may any rule of figures.
#[test]
fn planted_errors_are_found_and_right_statements_are_not() {
    type Grammar = fn(&mut Dice) -> Stated;
    let kinds: [(&str, Grammar); 7] = [
        ("figures/growth", growth),
        ("figures/points", points),
        ("figures/share", share),
        ("figures/sum", sum),
        ("figures/attainable", attainable),
        ("figures/funnel", funnel),
        ("figures/total", total),
    ];
    const EACH: usize = 200;
    const FRAME: &str = "一年来，县政协认真履行职能，扎实开展协商议政。{}下一步，要巩固成果，再接再厉。\n";
    let settings = Arc::new(Settings::default());
    for (rule, grammar) in kinds {
        let mut dice = Dice(7);
        let (mut found, mut missed) = (0, Vec::new());
        for _ in 0..EACH {
            let Stated { template, right, wrong } = grammar(&mut dice);
            let rules = |statement: &str| -> Vec<&'static str> {
                let checked = Checked::of(&FRAME.replace("{}", statement), &settings);
                checked
                    .findings
                    .iter()
                    .map(|placed| placed.finding.rule)
                    .filter(|r| r.starts_with("figures/"))
                    .collect()
            };
            assert_eq!(rules(&right), Vec::<&str>::new(), "{right}");
            if rules(&wrong).contains(&rule) {
                found += 1;
            } else if !missed.iter().any(|(other, _)| *other == template) {
                missed.push((template, wrong));
            }
        }
        println!("{rule}: {found}/{EACH}");
        for (template, wrong) in &missed {
            println!("  missed of {template}: {wrong}");
        }
        assert!(found * 10 >= EACH * 9, "{rule}: recall {found}/{EACH}");
    }
}

/// A sentence of a report that states figures, said again in the paragraph behind with one of them changed. In the seeds, and
/// in the folder that `HEGAO_REPORTS` names.
#[test]
fn a_figure_changed_in_a_sentence_said_again_is_found() {
    let settings = Arc::new(Settings::default());
    let mut dice = Dice(11);
    let (mut planted, mut found, mut missed) = (0, 0, Vec::new());
    let folders = [Some(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds").to_owned()), std::env::var("HEGAO_REPORTS").ok()];
    for path in folders.into_iter().flatten().flat_map(|folder| std::fs::read_dir(folder).expect("a folder of reports"))
    {
        let seed = std::fs::read_to_string(path.expect("a report").path()).expect("a report in UTF-8");
        for line in seed.lines() {
            for sentence in line.split_inclusive('。').filter(|s| s.contains(|c: char| c.is_ascii_digit())) {
                let statements = said(sentence);
                let Some(number) = (!statements.is_empty())
                    .then(|| statements[dice.roll(0..statements.len() as u64) as usize].clone())
                else {
                    continue;
                };
                let again = |sentence: &str| seed.replacen(line, &format!("{line}\n\n回顾起来，{sentence}"), 1);
                let conflicts = |text: &str| {
                    let checked = Checked::of(text, &settings);
                    let rules = checked.findings.iter().map(|placed| placed.finding.rule);
                    rules.filter(|rule| matches!(*rule, "figures/conflict" | "figures/scale")).count()
                };
                assert_eq!(conflicts(&again(sentence)), 0, "{sentence}");
                let value: u64 = sentence[number.clone()].parse().expect("digits");
                let start = number.start;
                let mut wrong = sentence.to_owned();
                wrong.replace_range(number, &(value + 1 + value / 4).to_string());
                // At least 101 and at least 126 may both be true.
                if possible(sentence, start).zip(possible(&wrong, start)).is_none_or(|(one, other)| one.meets(other)) {
                    continue;
                }
                planted += 1;
                match conflicts(&again(&wrong)) {
                    0 => missed.push(wrong),
                    _ => found += 1,
                }
            }
        }
    }
    println!("figures/conflict: {found}/{planted}");
    for wrong in &missed {
        println!("  missed: {wrong}");
    }
    assert!(planted >= 30 && found * 5 >= planted * 4, "recall {found}/{planted}");
}

/// What the figure whose number stands at byte `at` leaves possible.
fn possible(sentence: &str, at: usize) -> Option<hegao::figures::Interval> {
    let mentions = hegao::figures::mentions(sentence);
    mentions.iter().find(|m| m.number.as_ref().is_some_and(|number| number.range.start == at))?.possible()
}

/// Where the plain digits of the figures of `sentence` stand.
fn said(sentence: &str) -> Vec<std::ops::Range<usize>> {
    let mentions = hegao::figures::mentions(sentence);
    let figures = mentions.iter().filter(|m| m.class.is_figure() && m.others.is_empty() && m.denominator.is_none());
    let digits = figures.filter_map(|m| Some(m.number.as_ref()?.range.clone()));
    digits.filter(|range| sentence[range.clone()].bytes().all(|b| b.is_ascii_digit())).collect()
}
