use super::*;
use proptest::prelude::*;

/// `class text value[..upper] unit metric` of every figure in `text`.
fn shown(text: &str) -> Vec<String> {
    let figures = mentions(text).into_iter().filter(|m| m.class.is_figure());
    figures
        .map(|m| {
            let words = |range: Option<&Range<usize>>| range.map(|r| text[r.clone()].to_owned()).unwrap_or("-".into());
            let others: Vec<String> = m.others.iter().map(|o| format!("..{}", o.value)).collect();
            let value = m.value().map(|v| v.to_string()).unwrap_or_default() + &others.concat();
            let unit = m.measure.as_ref().map(|measure| &measure.range);
            let metric = words(m.metric.noun.as_ref());
            format!("{} {} {value} {} {metric}", m.class.name(), &text[m.range.clone()], words(unit))
        })
        .collect()
}

#[test]
fn figures_are_read_with_unit_and_metric() {
    let cases: &[(&str, &[&str])] = &[
        ("立案提案42件，办复率100%。", &["figure 42件 42 件 立案提案", "rate 100% 100 % 办复率"]),
        ("167件情系发展和民生的提案", &["figure 167件 167 件 提案"]),
        ("2.2024年粮食产量26.2万吨", &["figure 26.2万吨 262000 吨 粮食产量"]),
        ("捐款捐物68多万元，", &["money 68多万元 680000 元 捐款捐物"]),
        ("由13万至17万增加", &["figure 13万至17万 130000..170000 - -"]),
        ("种植面积13万至17万亩", &["figure 13万至17万亩 130000..170000 亩 种植面积"]),
        ("办理3—5个项目", &["figure 3—5个 3..5 个 项目"]),
        ("占比10%～20%。", &["rate 10%～20% 10..20 % -"]),
        ("三次产业比调整为9.8∶66.7∶23.6。", &["rate 9.8∶66.7∶23.6 9.8..66.7..23.6 - 三次产业"]),
        ("超过三分之二的村", &["rate 超过三分之二 2 - 村"]),
        ("占百分之九十八点七", &["rate 百分之九十八点七 98.7 - -"]),
        (
            "满意率由65%提高到82%，提高17个百分点",
            &["rate 65% 65 % 满意率", "rate 82% 82 % 满意率", "rate 17个百分点 17 个百分点 满意率"],
        ),
        ("产值翻两番、增长1.5倍", &["rate 两番 2 番 产值", "rate 1.5倍 1.5 倍 产值"]),
        (
            "改造燃气管网800、600、300公里",
            &["figure 800 800 公里 燃气管网", "figure 600 600 公里 燃气管网", "figure 300公里 300 公里 燃气管网"],
        ),
        ("7条信息被全国政协采用，15条被省政协采用", &["figure 7条 7 条 信息", "figure 15条 15 条 信息"]),
        ("制造业、服务业分别增长18.6%、13.4%", &["rate 18.6% 18.6 % 制造业", "rate 13.4% 13.4 % 服务业"]),
        ("惠及群众上万人", &["figure 上万人 10000 人 群众"]),
        ("收集意见百余条，", &["figure 百余条 100 条 意见"]),
        ("解决三四个问题", &["announced-count 三四个 3 个 问题"]),
        ("《甲》《乙》等5篇稿件", &["list-count 5篇 5 篇 稿件"]),
        ("浓度36.2微克/立方米，", &["figure 36.2微克/立方米 36.2 微克/立方米 浓度"]),
        ("新增就业３．５万人", &["figure ３．５万人 35000 人 就业"]),
        ("历时两个半小时", &["announced-count 两个半 2.5 个 小时"]),
    ];
    let wrong = cases.iter().filter(|(text, expected)| shown(text) != *expected);
    let wrong: Vec<_> = wrong.map(|(text, _)| (text, shown(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_that_are_no_figures() {
    let texts = [
        "“1+1+2+N”机制",
        "国发〔2012〕10号",
        "电话0955-6012345",
        "3.1 总体要求",
        "3.1.2 任务",
        "5G基站",
        "PM2.5浓度",
        "COVID-19",
        "2020年4736号提案",
        "第九届",
        "第3位",
        "第三次会议",
        "十二届一次会议",
        "2016年至2021年",
        "5月3日",
        "1—11月",
        "五年来",
        "上半年",
        "“十四五”时期",
        "21世纪",
        "70周年",
        "增强“四个意识”",
        "一心一意",
        "进一步",
        "一批",
        "《四十年回顾》",
        "一是加强",
        "（二）工作",
        "1.加强",
        "地铁4号线",
        "世界500强",
        "5A级景区",
        "9时30分",
        "每周二",
        "前三季度",
        "全国前3",
        "二次污染",
        "一、二类水",
        "2022-01-09",
        "30万吨级码头",
        "v1.2.3",
        "12345热线",
        "双减",
        "两手抓",
        "三位一体",
        "海河“25·7”洪水",
        "3个月",
        "三年行动",
    ];
    let wrong: Vec<_> = texts.iter().map(|text| (text, shown(text))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Idioms and words of the genre; each must stay silent in a sentence.
const QUIET: &str = "一心一意 一体推进 一如既往 一以贯之 一脉相承 一鼓作气 一马当先 一目了然 一丝不苟 一往无前 一针见血 一蹴而就 \
    一成不变 一劳永逸 一举多得 一网通办 一站式 一件事 一村一品 一岗双责 一票否决 一点一滴 一席之地 一窝蜂 一刀切 一草一木 \
    一朝一夕 一言一行 一呼百应 一应俱全 一系列 一大批 一揽子 一盘棋 一张网 一把手 一条龙 二手房 三心二意 三令五申 三番五次 \
    三言两语 三天两头 三农 三门峡 三江源 四面八方 四通八达 四川 五湖四海 五彩缤纷 五花八门 五谷丰登 五台山 六盘山 七上八下 \
    七嘴八舌 八仙过海 八项规定 九牛一毛 九三学社 十全十美 十拿九稳 十年磨一剑 十堰 百花齐放 百家争鸣 百年大计 百折不挠 \
    百舸争流 百尺竿头 百姓 千方百计 千家万户 千军万马 千山万水 千丝万缕 千言万语 千头万绪 千变万化 千载难逢 千行百业 \
    千锤百炼 万众一心 万无一失 万象更新 万马奔腾 万水千山 万紫千红 万事如意 成千上万 数一数二 独一无二 首屈一指 举一反三 \
    接二连三 两手抓 两岸 两会 两全其美 进一步 统一战线 第一时间 一线 一流 统一思想 高度一致 最大公约数 大多数 半数 过半数 几代人 \
    数字 数据 一带一路 两个维护 四个意识 五位一体 三会一课 六稳 十分重要 一切 一起 一同 一度";

#[test]
fn idioms_stay_silent() {
    let words: Vec<&str> = QUIET.split_whitespace().collect();
    assert!(words.len() >= 80);
    for word in words {
        for text in [word.to_owned(), format!("我们坚持{word}，推动工作。"), format!("{word}个人")] {
            let only_word = |m: &&Mention| m.class.is_figure() && m.range.start < text.find(word).unwrap() + word.len();
            let found = mentions(&text);
            assert!(!found.iter().any(|m| only_word(&m)), "{text}: {found:?}");
        }
    }
}

#[test]
fn a_mention_knows_its_interval_and_rounding() {
    let interval = |text: &str| {
        let mention = mentions(text).into_iter().find(|m| m.class.is_figure()).unwrap();
        let end = |bound: super::super::Bound| bound.value().map(|v| v.to_string()).unwrap_or_default();
        let (exact, rounded) = (mention.interval().unwrap(), mention.rounded().unwrap());
        [exact.min, exact.max, rounded.min, rounded.max].map(end).join(" ")
    };
    assert_eq!(interval("满意率98.7%"), "98.7 98.7 98.65 98.75");
    assert_eq!(interval("满意率98.70%"), "98.7 98.7 98.695 98.705");
    assert_eq!(interval("投资40万元"), "400000 400000 395000 405000");
    assert_eq!(interval("建议160余条"), "160 170 159.5 170.5");
    assert_eq!(interval("近1万人"), "9000 10000 4000 15000");
    assert_eq!(interval("解决三四个问题"), "3 4 2.5 4.5");
    assert_eq!(interval("90%以上"), "90  89.5 ");
}

#[test]
fn scope_is_what_the_text_says() {
    let text = "2020年，全市共收到提案120件，其中委员提案90件，人均1.5件。";
    let found: Vec<Mention> = mentions(text).into_iter().filter(|m| m.class.is_figure()).collect();
    assert!(found.iter().all(|m| m.scope.period == Some(0..7)));
    assert_eq!(found.iter().map(|m| m.scope.marks.join(" ")).collect::<Vec<_>>(), ["", "其中", "人均"]);
    // A time compared with is no period.
    let found = mentions("2024年，浓度较2020年下降25%。");
    assert!(
        found.iter().any(|m| m.class == Class::Rate && m.scope.period == Some(0..7) && m.metric.noun == Some(10..16))
    );
}

proptest! {
    #[test]
    fn any_text_is_read_in_order_without_a_panic(
        text in "([0-9]{1,4}|[零〇一二两三四五六七八九十百千万亿几数半]{1,3}|第|年|月|日|[-—·.:∶,，、。；+/%]|至|到|近|约|超|余|多|以上|个|件|人次|万元|分之|百分之|百分点|等|其中|分别|的|提案|增长|[“”《》\"（）()]|N|km| |[^x]){0,24}"
    ) {
        let mut end = 0;
        for mention in mentions(&text) {
            let Range { start, end: next } = mention.range;
            prop_assert!(end <= start && start < next, "{}: {:?}", text, mention);
            prop_assert!(text.get(start..next).is_some());
            prop_assert!(mention.sentence.start <= start && next <= mention.sentence.end, "{}: {:?}", text, mention);
            let parts = [&mention.metric.noun, &mention.metric.verb, &mention.scope.period, &mention.scope.body];
            for part in parts.into_iter().flatten() {
                prop_assert!(text.get(part.clone()).is_some_and(|words| !words.is_empty()), "{}: {:?}", text, mention);
            }
            let _ = (mention.interval(), mention.rounded());
            end = next;
        }
    }
}
