//! Deviations planted into fixed wordings, and the same wordings done right: what the rules of wording, of slogans and of
//! anniversaries find and leave alone. The sentences are the work of a grammar of their own, not the rules' tables.

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use hegao::checking::Checked;
use hegao::config::parse;
use hegao::findings::Language;
use hegao::rules::Settings;
use std::sync::Arc;

/// A sentence that is right, and one with a deviation.
type Pair = (String, String);

const FRAME: &str = "一年来，县政协认真履行职能，扎实开展协商议政。{}下一步，要巩固成果，再接再厉。\n";

/// The rules of this test that speak of `text`.
fn rules(text: &str, settings: &Arc<Settings>) -> Vec<&'static str> {
    let checked = Checked::of(text, settings);
    let own = |rule: &&str| rule.starts_with("wording/") || matches!(*rule, "figures/members" | "figures/anniversary");
    checked.findings.iter().map(|placed| placed.finding.rule).filter(own).collect()
}

/// Members in another order than theirs.
fn shuffled<'m>(dice: &mut Dice, members: &[&'m str]) -> Vec<&'m str> {
    loop {
        let mut left = members.to_vec();
        let mut other = Vec::new();
        while !left.is_empty() {
            other.push(left.remove(dice.roll(0..left.len() as u64) as usize));
        }
        if other != members {
            return other;
        }
    }
}

fn joined(members: &[&str], last: &str) -> String {
    let (end, others) = members.split_last().expect("members");
    format!("{}{last}{end}", others.join("、"))
}

const LISTS: [&[&str]; 12] = [
    &["政治协商", "民主监督", "参政议政"],
    &["创新", "协调", "绿色", "开放", "共享"],
    &["获得感", "幸福感", "安全感"],
    &["政治判断力", "政治领悟力", "政治执行力"],
    &["不敢腐", "不能腐", "不想腐"],
    &["学史明理", "学史增信", "学史崇德", "学史力行"],
    &["把方向", "管大局", "保落实"],
    &["长期共存", "互相监督", "肝胆相照", "荣辱与共"],
    &["产业振兴", "人才振兴", "文化振兴", "生态振兴", "组织振兴"],
    &["道路自信", "理论自信", "制度自信", "文化自信"],
    &["形式主义", "官僚主义", "享乐主义", "奢靡之风"],
    &["政治建设", "思想建设", "组织建设", "作风建设", "纪律建设"],
];

fn order(dice: &mut Dice) -> Pair {
    let members = LISTS[dice.roll(0..LISTS.len() as u64) as usize];
    let last = dice.pick(&["、", "和", "、", "与"]);
    let frame =
        dice.pick(&["围绕{}持续用力。", "县政协党组坚持{}，成效明显。", "我们深刻认识到，{}是有机整体。", "（{}）"]);
    let wrong = shuffled(dice, members);
    (frame.replace("{}", &joined(members, last)), frame.replace("{}", &joined(&wrong, last)))
}

const PAIRED: [&[(&str, &str)]; 6] = [
    &[("增强", "“四个意识”"), ("坚定", "“四个自信”"), ("做到", "“两个维护”")],
    &[("坚定", "拥护“两个确立”"), ("坚决", "做到“两个维护”")],
    &[("懂", "政协"), ("会", "协商"), ("善", "议政")],
    &[("守", "纪律"), ("讲", "规矩"), ("重", "品行")],
    &[("为国", "履职"), ("为民", "尽责")],
    &[("科学", "立法"), ("严格", "执法"), ("公正", "司法"), ("全民", "守法")],
];

fn pairing(dice: &mut Dice) -> Pair {
    let pairs = PAIRED[dice.roll(0..PAIRED.len() as u64) as usize];
    let verbs: Vec<&str> = pairs.iter().map(|(verb, _)| *verb).collect();
    let frame = dice.pick(&["教育引导委员{}，不断提高素质。", "全县上下{}。", "坚持以党建为引领，{}。"]);
    let said = |verbs: &[&str]| {
        let members: Vec<String> =
            verbs.iter().zip(pairs).map(|(verb, (_, object))| format!("{verb}{object}")).collect();
        frame.replace("{}", &members.join("、"))
    };
    let wrong = shuffled(dice, &verbs);
    (said(&verbs), said(&wrong))
}

fn form(dice: &mut Dice) -> Pair {
    const FORMS: [(&str, &str); 10] = [
        ("县人力资源和社会保障局", "县人力资源与社会保障局"),
        ("省住房和城乡建设厅", "省住房与城乡建设厅"),
        ("县农业农村局", "县农村农业局"),
        ("市文化和旅游局", "市文化与旅游局"),
        ("铸牢中华民族共同体意识", "筑牢中华民族共同体意识"),
        ("“五位一体”总体布局", "“五位一体”战略布局"),
        ("全国政协十四届二次会议精神", "十四届全国政协二次会议精神"),
        ("十四届全国人大三次会议精神", "全国人大十四届三次会议精神"),
        ("山水林田湖草沙系统治理", "山水田林湖草沙系统治理"),
        ("“两个确立”的决定性意义", "“两个确立”的决定意义"),
    ];
    let (right, wrong) = FORMS[dice.roll(0..FORMS.len() as u64) as usize];
    let frame = dice.pick(&["围绕{}开展工作。", "持续做好{}各项任务，协调{}。", "（{}）"]);
    (frame.replacen("{}", right, 1).replace("{}", "各方"), frame.replacen("{}", wrong, 1).replace("{}", "各方"))
}

fn members(dice: &mut Dice) -> Pair {
    const SLOGANS: [(&str, &str, &[&str]); 8] = [
        ("四个意识", "", &["政治意识", "大局意识", "核心意识", "看齐意识"]),
        ("四个自信", "", &["道路自信", "理论自信", "制度自信", "文化自信"]),
        ("五位一体", "总体布局", &["经济建设", "政治建设", "文化建设", "社会建设", "生态文明建设"]),
        ("放管服", "改革", &["简政放权", "放管结合", "优化服务"]),
        ("四风", "问题", &["形式主义", "官僚主义", "享乐主义", "奢靡之风"]),
        ("六稳", "工作", &["稳就业", "稳金融", "稳外贸", "稳外资", "稳投资", "稳预期"]),
        ("五个到位", "", &["认识到位", "责任到位", "措施到位", "督查到位", "考核到位"]),
        ("六有", "标准", &["有阵地", "有标识", "有制度", "有流程", "有活力", "有实效"]),
    ];
    let (name, noun, all) = SLOGANS[dice.roll(0..SLOGANS.len() as u64) as usize];
    let is_known = !matches!(name, "五个到位" | "六有");
    let frame = match (is_known, dice.roll(0..3)) {
        (true, 1) => "全面落实“{s}”{n}，即{m}。",
        (true, 2) => "全面落实“{s}”{n}：{m}。",
        _ => "全面落实“{s}”{n}（{m}），取得实效。",
    };
    let last = if is_known { dice.pick(&["、", "和"]) } else { "、" };
    let mut fewer = all.to_vec();
    fewer.remove(dice.roll(0..all.len() as u64) as usize);
    let said =
        |members: &[&str]| frame.replace("{s}", name).replace("{n}", noun).replace("{m}", &joined(members, last));
    (said(all), said(&fewer))
}

fn anniversary(dice: &mut Dice) -> Pair {
    const EVENTS: [(&str, u64); 6] = [
        ("中国共产党成立", 1921),
        ("新中国成立", 1949),
        ("改革开放", 1978),
        ("中国人民抗日战争胜利", 1945),
        ("香港回归祖国", 1997),
        ("建军", 1927),
    ];
    let (event, year) = EVENTS[dice.roll(0..EVENTS.len() as u64) as usize];
    let frame = dice.pick(&[
        "{Y}年是{e}{n}周年。",
        "{Y}年恰逢{e}{n}周年，意义重大。",
        "隆重纪念{e}{n}周年（{Y}年）。",
        "以{e}{n}周年的{Y}年为起点。",
    ]);
    let number = dice.roll(20..70);
    let said =
        |kept: u64| frame.replace("{Y}", &kept.to_string()).replace("{e}", event).replace("{n}", &number.to_string());
    (said(year + number), said(year + number + 1 + dice.roll(0..4)))
}

/// Names told in four paragraphs; in two of them in another form.
fn variant(dice: &mut Dice) -> Pair {
    const NAMES: [(&str, &str); 7] = [
        ("县委、县政府", "县委县政府"),
        ("市委、市政府", "市委政府"),
        ("“一带一路”", "一带一路"),
        ("县发展和改革局", "县发展与改革局"),
        ("“红石榴驿站建设工程”", "“红石留驿站建设工程”"),
        ("“有事好商量议事室”", "“有事好商议事室”"),
        ("《平罗县文史资料选编》", "《平罗县文史资科选编》"),
    ];
    let (right, wrong) = NAMES[dice.roll(0..NAMES.len() as u64) as usize];
    let said = |other: &str| {
        let sentences = [
            "一年来，{}取得进展。",
            "我们围绕{}开展协商。",
            "委员们就{}提出建议。",
            "今后要把{}抓紧抓好。",
            "对{}作出部署。",
        ];
        let each = sentences
            .iter()
            .enumerate()
            .map(|(n, sentence)| sentence.replace("{}", if n == 1 || n == 3 { other } else { right }));
        each.collect::<Vec<_>>().join("\n\n")
    };
    (said(right), said(wrong))
}

#[test]
fn planted_deviations_are_found_and_right_wordings_are_not() {
    type Grammar = fn(&mut Dice) -> Pair;
    let kinds: [(&str, Grammar); 6] = [
        ("wording/order", order),
        ("wording/pairing", pairing),
        ("wording/form", form),
        ("wording/variant", variant),
        ("figures/members", members),
        ("figures/anniversary", anniversary),
    ];
    const EACH: usize = 150;
    let settings = Arc::new(Settings::default());
    for (rule, grammar) in kinds {
        let mut dice = Dice(7);
        let (mut found, mut missed) = (0, Vec::new());
        for _ in 0..EACH {
            let (right, wrong) = grammar(&mut dice);
            assert_eq!(rules(&FRAME.replace("{}", &right), &settings), [""; 0], "{right}");
            match rules(&FRAME.replace("{}", &wrong), &settings).contains(&rule) {
                true => found += 1,
                false => missed.push(wrong),
            }
        }
        println!("{rule}: {found}/{EACH}");
        missed.sort();
        missed.dedup();
        assert!(found * 10 >= EACH * 9, "{rule}: recall {found}/{EACH}, missed {missed:#?}");
    }
}

#[test]
fn a_house_has_its_own_slogans_lists_and_names() {
    let (config, problems) = parse(
        "[knowledge]\nlists = [\"思想引领、协商议政、民主监督\"]\nnames = [\"红石榴驿站\"]\n[knowledge.slogans]\n\"双进双促\" = [\"进网络\", \"进村组\", \"促协商\", \"促落实\"]\n",
    );
    assert_eq!(problems, []);
    let (plain, house) = (Arc::new(Settings::default()), Arc::new(config.settings(None)));
    let drafts = [
        ("wording/order", "推进协商议政、思想引领、民主监督各项工作。\n"),
        ("wording/form", "新建红石留驿站12个。\n"),
        ("figures/members", "开展“双进双促”活动（详见附件）。落实“双进双促”（进网络、进村组、促协商）。\n"),
    ];
    for (rule, draft) in drafts {
        assert_eq!((rules(draft, &plain), rules(draft, &house)), (vec![], vec![rule]), "{draft}");
    }
}

#[test]
fn a_message_names_what_is_fixed_and_where() {
    let settings = Arc::new(Settings::default());
    let message = |text: &str| {
        let checked = Checked::of(text, &settings);
        checked.findings[0].message(&checked, Language::Zh)
    };
    let order = message("认真履行民主监督、政治协商、参政议政职能。\n");
    assert!(order.contains("“政治协商、民主监督、参政议政”（《中国人民政治协商会议章程》）"), "{order}");
    let members = message("增强“四个意识”（政治意识、大局意识、核心意识）。\n");
    assert!(members.contains("没有列出“看齐意识”"), "{members}");
    let year = message("2020年是中国共产党成立100周年。\n");
    assert!(year.contains("1921＋100＝2021"), "{year}");
}
