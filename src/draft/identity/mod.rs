//! Who a draft is (稿件身份): what kind of document, of which body and place, of which year and term, over which period, of
//! which date; each with the words that say so. And the tense of a section (`tense`).
//!
//! A pure function of the lines at the draft's two ends with their roles. What is not said stays `None`: a rule that takes
//! a wrong body for granted would mark every right name in the draft.
//!
//! Evidence, best first: the title; the subtitle; a line in brackets below; a document number or an issuing body on a line
//! of its own; the paragraph that opens a report (现在，我代表…); its speaker; the sign-off. A date that a web page or a
//! newspaper put there is not the draft's.

mod front;
mod issuer;
mod kind;
mod name;
mod speaker;
mod tense;
mod time;
mod when;

pub use front::{HEAD, Line, TAIL};
pub use kind::{Class, DocumentKind};
pub use name::{Body, Branch};
pub use speaker::{OFFICES, Speaker};
pub use tense::{Because, Tense, tense};
pub use time::{Date, Period, Term};

use crate::text::han::is_han;
use front::{Parts, Rank};
use regex::Regex;
use std::ops::Range;

/// Something said about the draft, and where: an index into the lines given, and bytes of that line's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    pub value: T,
    pub line: usize,
    pub range: Range<usize>,
}

/// Who a draft is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub kind: Option<Said<DocumentKind>>,
    /// The body that issues the draft or reports in it (发文机关), by its full name.
    pub body: Option<Said<Body>>,
    /// Who gives the report.
    pub speaker: Option<Said<Speaker>>,
    /// The body's place, the last unit only: 凉州区 for 武威市凉州区. None for national bodies.
    pub place: Option<Said<String>>,
    /// The year that the draft is named after, or was issued in.
    pub year: Option<Said<u32>>,
    pub term: Option<Said<Term>>,
    /// The time that it covers: for a report, the time that it looks back on.
    pub period: Option<Said<Period>>,
    pub date: Option<Said<Date>>,
}

impl Identity {
    /// Whether it tells of all that a 政协 does: its standing committee's report, a summary or survey of its work, or an
    /// article under its name that calls itself nothing. No report on proposals, plan, notice or study.
    pub fn tells_of_a_consultative_body(&self) -> bool {
        let is_whole = |kind: DocumentKind| matches!(kind.name, "政协常委会工作报告" | "工作报告" | "总结" | "综述");
        self.body.as_ref().is_some_and(|body| body.value.branch == Branch::Consultative)
            && self.kind.as_ref().is_none_or(|kind| is_whole(kind.value))
    }

    /// The last year that the draft looks back on; what it says of later years is a plan.
    pub fn past(&self) -> Option<u32> {
        let kind = self.kind.as_ref().map(|kind| kind.value);
        let looks_ahead = kind.is_some_and(|kind| kind.tense == Some(Tense::Plan));
        let covered = self.period.as_ref().filter(|_| !looks_ahead).and_then(|p| p.value.years());
        let looks_back = kind.is_some_and(|kind| kind.tense == Some(Tense::Review));
        let named = self.year.as_ref().map(|year| if looks_back { year.value } else { year.value - 1 });
        covered.map(|years| *years.end()).or(named)
    }
}

/// A constant pattern, compiled.
fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
}

/// Reads who the draft is. Only the first `HEAD` and the last `TAIL` lines are looked at.
pub fn identify(lines: &[Line<'_>]) -> Identity {
    let parts = Parts::of(lines);
    let session = issuer::session(&parts);
    let kind = kind(&parts);
    let issuer = issuer::body(&parts, session.as_ref(), kind.as_ref().map(|kind| kind.value));
    let kind = kind.map(|said| match &issuer {
        Some(issuer) => Said { value: kind::of_session(said.value, &issuer.named), ..said },
        None => said,
    });
    let body = issuer.as_ref().and_then(|issuer| issuer.body());
    let place = match issuer {
        // A national body has no place, whatever its session's line says.
        Some(issuer) => issuer.place,
        None => session.and_then(|s| s.place).or_else(|| issuer::place(&parts)),
    };
    // 《某县 and 12月,县 are pieces of a sentence.
    let place = place.filter(|said| said.value.chars().all(is_han));
    let term = when::term(&parts);
    let date = when::date(&parts);
    let year = when::year(&parts, kind.as_ref().map(|kind| kind.value), date.as_ref());
    let period = when::period(&parts, kind.as_ref().map(|kind| kind.value), year.as_ref());
    let mut said_by = parts.front.iter().filter(|words| words.rank == Rank::Plain && !words.is_slogan);
    let speaker = said_by.find_map(speaker::speaker);
    Identity { kind, body, speaker, place, year, term, period, date }
}

fn kind(parts: &Parts) -> Option<Said<DocumentKind>> {
    parts.front.iter().filter(|words| words.rank != Rank::Note && !words.is_slogan).find_map(|words| {
        let (kind, range) = kind::kind(words.text(), words.rank != Rank::Plain)?;
        Some(words.said(kind, range))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{BlockId, Outline, segment, structure::Structure};
    use proptest::prelude::*;

    /// Who the draft `text` is.
    fn of(text: &str) -> Identity {
        let (mut at, mut blocks, mut contents) = (0, Vec::new(), Vec::new());
        while let Some(extent) = segment::next(&text[at..], at == 0, true) {
            let source = &text[at..at + extent.bytes];
            let structure = Structure::of(source, extent.kind);
            blocks.push((BlockId(blocks.len() as u64), structure.signature));
            contents.push(&source[structure.content]);
            at += extent.bytes;
        }
        let outline = Outline::of(&blocks);
        let lines = blocks.iter().zip(contents).map(|(block, text)| Line { role: outline.role(block.0), text });
        identify(&lines.collect::<Vec<_>>())
    }

    /// The identity in one line; what is not said is left out.
    fn shown(text: &str) -> String {
        let Identity { kind, body, place, year, term, period, date, .. } = of(text);
        let term = term.map(|t| match (t.value.session, t.value.meeting) {
            (session, Some(meeting)) => format!("{session}届{meeting}次"),
            (session, None) => format!("{session}届"),
        });
        let period = period.map(|p| match p.value {
            Period::Year(year) => format!("covers {year}"),
            Period::Span { from, to } => format!("covers {from}-{to}"),
            Period::Plan(number) => format!("covers plan {number}"),
            Period::Years(count) => format!("covers {count} years"),
        });
        let date = date.map(|d| match d.value {
            Date { year, month, day: Some(day) } => format!("{year}-{month}-{day}"),
            Date { year, month, day: None } => format!("{year}-{month}"),
        });
        let said = [
            kind.map(|k| k.value.name.to_owned()),
            body.map(|b| b.value.name),
            place.map(|p| p.value),
            year.map(|y| y.value.to_string()),
            term,
            period,
            date,
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" | ")
    }

    const PROSE: &str = "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效。\n";

    #[test]
    fn fronts_say_who_the_draft_is() {
        let cases = [
            // Governments.
            (
                "2026年上海市政府工作报告\n——2026年2月3日在上海市第十六届人民代表大会第四次会议上\n时间：2026-02-09\n上海市市长 龚 正\n各位代表：\n现在，我代表上海市人民政府，向大会报告工作，请予审议。\n一、2025年工作回顾\n",
                "政府工作报告 | 上海市人民政府 | 上海市 | 2026 | 16届4次 | covers 2025 | 2026-2-3",
            ),
            (
                "政府工作报告\n（2022年1月5日在临泽县第十九届人民代表大会第一次会议上）\n临泽县人民政府县长 张三\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n",
                "政府工作报告 | 临泽县人民政府 | 临泽县 | 2022 | 19届1次 | 2022-1-5",
            ),
            (
                "政府工作报告\n——二○二三年一月四日在桂林市第六届人民代表大会第三次会议上\n各位代表：\n我代表市人民政府，向大会作政府工作报告。\n",
                "政府工作报告 | 桂林市人民政府 | 桂林市 | 2023 | 6届3次 | 2023-1-4",
            ),
            (
                "沙河镇人民政府2021年工作总结\n2021年，镇党委、政府坚持以习近平新时代中国特色社会主义思想为指导，完成了各项任务。\n",
                "总结 | 沙河镇人民政府 | 沙河镇 | 2021 | covers 2021",
            ),
            (
                "李强作的政府工作报告（摘登）\n国务院总理李强3月5日在政府工作报告中指出，过去一年，是全面贯彻党的二十大精神的开局之年。\n",
                "政府工作报告 | 国务院",
            ),
            // 政协.
            (
                "# 中国人民政治协商会议第十五届代县委员会常务委员会工作报告\n(上接第二版)以实际行动为打赢脱贫攻坚战起到了不可或缺的作用，发挥了重要作用。\n",
                "政协常委会工作报告 | 政协代县委员会常务委员会 | 代县 | 15届",
            ),
            (
                "政协平罗县第十届委员会常务委员会工作报告\n（2023年1月4日在政协平罗县第十一届委员会第二次会议上）\n县政协主席 李四\n各位委员：\n我受政协平罗县第十一届委员会常务委员会委托，向大会报告工作。\n",
                "政协常委会工作报告 | 政协平罗县委员会常务委员会 | 平罗县 | 2023 | 10届 | 2023-1-4",
            ),
            (
                "中国人民政治协商会议临泽县第九届委员会\n常务委员会工作报告\n（2021年12月28日在政协临泽县第十届委员会第一次会议上）\n各位委员：\n",
                "政协常委会工作报告 | 政协临泽县委员会常务委员会 | 临泽县 | 2021 | 9届 | 2021-12-28",
            ),
            (
                "中国人民政治协商会议上海市委员会常务委员会工作报告（2026年2月2日在政协上海市第十四届委员会第四次会议上）\n",
                "政协常委会工作报告 | 政协上海市委员会常务委员会 | 上海市 | 2026 | 14届4次 | 2026-2-2",
            ),
            (
                "和衷共济谋发展 团结奋进铸辉煌\n——政协临泽县第九届委员会五年工作综述\n从2016年至2021年，第九届临泽县政协走过了五年的辉煌历程，取得了新的成绩。\n",
                "综述 | 政协临泽县委员会 | 临泽县 | 9届 | covers 2016-2021",
            ),
            (
                "政协交城县委员会\n履职尽责显担当 **砥砺奋进谱新篇**\n刚刚过去的2021年是\"十四五\"开局之年,也是推进交城县转型的关键之年。\n",
                "政协交城县委员会 | 交城县 | covers 2021",
            ),
            (
                "# 踔厉奋发启新程 凝心聚力谱新篇\n## ——２０２２年平 罗县政协履职答卷\n本报记者 罗鸣\n众力并则万钧举,人心齐则泰山移。一年来,县政协始终发挥统一战线功能作用。\n",
                "政协平罗县委员会 | 平罗县 | 2022 | covers 2022",
            ),
            (
                "政协第十四届全国委员会常务委员会关于政协十四届一次会议以来提案工作情况的报告\n（2024年3月4日在政协第十四届全国委员会第二次会议上）\n",
                "提案工作报告 | 政协全国委员会常务委员会 | 2024 | 14届2次 | 2024-3-4",
            ),
            // 人大, courts, procuratorates.
            (
                "平罗县人大常委会工作报告\n——2022年1月6日在平罗县第十八届人民代表大会第一次会议上\n",
                "人大常委会工作报告 | 平罗县人民代表大会常务委员会 | 平罗县 | 2022 | 18届1次 | 2022-1-6",
            ),
            (
                "临泽县人民法院工作报告\n2022年1月6日至8日在临泽县第十九届人民代表大会第一次会议上\n临泽县人民法院院长 王五\n",
                "法院工作报告 | 临泽县人民法院 | 临泽县 | 2022 | 19届1次 | 2022-1-6",
            ),
            (
                "人民检察院工作报告\n（在武威市凉州区第十九届人民代表大会第一次会议上）\n各位代表：\n现在，我代表区人民检察院，向大会报告工作。\n",
                "检察院工作报告 | 武威市凉州区人民检察院 | 凉州区 | 19届1次",
            ),
            ("最高人民法院工作报告\n", "法院工作报告 | 最高人民法院"),
            // Official papers.
            (
                "中共中央 国务院关于实施乡村振兴战略的意见\n（2018年1月2日）\n",
                "意见 | 中共中央 国务院 | 2018 | 2018-1-2",
            ),
            (
                "国务院办公厅关于印发\n“十四五”现代物流发展规划的通知\n国办发〔2022〕17号\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n《“十四五”现代物流发展规划》已经国务院同意，现印发给你们，请认真贯彻执行。\n国务院办公厅\n2022年5月17日\n",
                "通知 | 国务院办公厅 | 2022 | covers plan 14 | 2022-5-17",
            ),
            (
                "甘肃省财政厅关于做好2022年度预算编制工作的通知\n各市州财政局：\n现将有关事项通知如下，请认真抓好贯彻落实，确保完成任务。\n",
                "通知 | 甘肃省财政厅 | 甘肃省 | 2022 | covers 2022",
            ),
            (
                "中共平罗县委 平罗县人民政府关于加强新时代人民政协工作的意见\n",
                "意见 | 中共平罗县委员会 平罗县人民政府 | 平罗县",
            ),
            (
                "中共中央关于进一步全面深化改革\n推进中国式现代化的决定\n（2024年7月18日中国共产党第二十届中央委员会第三次全体会议通过）\n",
                "决定 | 中共中央 | 2024 | 20届3次 | 2024-7-18",
            ),
            (
                "关于表彰先进集体的通报\n各乡镇：\n为树立先进典型，经研究决定，对下列集体予以表彰，望再接再厉。\n临泽县总工会\n2021年12月30日\n",
                "通报 | 临泽县总工会 | 临泽县 | 2021 | 2021-12-30",
            ),
            // Reports that are no session's.
            (
                "关于临泽县2021年国民经济和社会发展计划执行情况与2022年国民经济和社会发展计划草案的报告\n——2022年1月5日在临泽县第十九届人民代表大会第一次会议上\n",
                "报告 | 临泽县 | 2022 | 19届1次 | covers 2021 | 2022-1-5",
            ),
            ("关于农村养老服务情况的调研报告\n县政协调研组\n2021年12月\n", "调研报告 | 2021-12"),
            ("平罗县政协关于农村养老服务情况的调研报告\n", "调研报告 | 政协平罗县委员会 | 平罗县"),
            (
                "2021年平罗县国民经济和社会发展统计公报\n平罗县统计局\n2022年4月20日\n",
                "公报 | 平罗县统计局 | 平罗县 | 2021 | covers 2021 | 2022-4-20",
            ),
            ("关于武威市2022年预算执行情况和2023年预算草案的报告\n", "报告 | 武威市 | covers 2022"),
            ("关于赴浙江省安吉县考察学习的报告\n", "报告"),
            ("××县人民政府工作报告\n", "政府工作报告"),
            ("2022年工作要点\n", "要点 | 2022 | covers 2022"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_with_an_office_and_a_name_says_who_speaks() {
        let front = |line: &str| format!("2026年甘肃省政府工作报告\n{line}\n各位代表：\n{PROSE}");
        let speaker = |line: &str| of(&front(line)).speaker.map(|said| (said.value.office, said.value.name));
        for (line, office, name) in [
            ("甘肃省省长 任振鹤", "省长", "任振鹤"),
            ("上海市市长 龚 正", "市长", "龚正"),
            ("自治区人民政府主席 包钢", "主席", "包钢"),
            ("临泽县人民检察院检察长 王五", "检察长", "王五"),
        ] {
            assert_eq!(speaker(line), Some((office.to_owned(), name.to_owned())), "{line}");
        }
        for line in ["县政协主席会议", "市长致辞", "省长任振鹤在大会上作政府工作报告", "时间：2026-02-03"]
        {
            assert_eq!(speaker(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_not_said_stays_unsaid() {
        let cases = [
            "",
            "巩固思想基础 增强政治定力\n",
            "凝心聚力谋发展 砥砺奋进新规划\n来源：平罗日报\n时间：2022-01-09\n",
            "聚焦全县政协工作\n2022年01月09日\n",
            "推进临泽县政协事业高质量发展\n",
            "县政协委员风采\n",
            "贯彻落实党的二十届三中全会精神\n",
            "向党和人民报告\n本报讯 2022年1月5日，平罗县政协召开第三次会议，听取了各方意见，通过了工作报告。\n",
            "（上接2022年1月5日第二版）\n",
            "在全县会议上\n各位同志：\n上海市人民政府2026年印发的方案，我们要学习借鉴，认真贯彻落实。\n",
        ];
        for text in cases {
            assert_eq!(shown(&format!("{text}{PROSE}")), "", "{text}");
        }
    }

    #[test]
    fn evidence_is_the_words_as_they_stand() {
        let text =
            "# ２０２６年**上 海市**政府工作报告\n——二〇二六年二月三日在上海市第十六届人民代表大会第四次会议上\n";
        let identity = of(text);
        let lines: Vec<&str> = text.lines().collect();
        let words = |line: usize, range: &Range<usize>| lines[line][range.clone()].to_owned();
        let said = identity.body.expect("a body");
        assert_eq!(words(said.line, &said.range), "上 海市**政府");
        let said = identity.year.expect("a year");
        assert_eq!(words(said.line, &said.range), "２０２６年");
        let said = identity.date.expect("a date");
        assert_eq!((said.line, words(said.line, &said.range)), (1, "二〇二六年二月三日".to_owned()));
    }

    #[test]
    fn the_past_ends_with_what_the_draft_looks_back_on() {
        assert_eq!(of("2026年上海市政府工作报告\n").past(), Some(2025));
        assert_eq!(of("2022年工作总结\n").past(), Some(2022));
        assert_eq!(of("2022年工作要点\n").past(), Some(2021));
        assert_eq!(of("五年工作综述\n").past(), None);
    }

    #[test]
    fn only_the_two_ends_are_read() {
        let middle = PROSE.repeat(HEAD);
        let close = "平罗县人民政府\n2022年5月17日\n";
        assert_eq!(shown(&format!("通知\n{middle}{close}{middle}")), "通知");
        assert_eq!(shown(&format!("通知\n{middle}{close}")), "通知 | 平罗县人民政府 | 平罗县 | 2022 | 2022-5-17");
    }

    proptest! {
        /// Any text is a draft, and what is said of it is said in it.
        #[test]
        fn any_text_is_read_without_a_panic(
            text in "([0-9０二〇]{4}年|[0-9]{1,2}月|[0-9]日|在|上海|市|临泽|县|区|自治|第|[一十]|届|次会议|政协|人大|人民政府|委员会|常务|关于|的|工作报告|通知|“|”|十四五|（|）| |\\*|——|# |。|\n){0,40}"
        ) {
            let Identity { kind, body, speaker, place, year, term, period, date } = of(&text);
            let ends = [
                kind.map(|s| s.range), body.map(|s| s.range), place.map(|s| s.range), year.map(|s| s.range),
                term.map(|s| s.range), period.map(|s| s.range), date.map(|s| s.range), speaker.map(|s| s.range),
            ];
            for range in ends.into_iter().flatten() {
                prop_assert!(range.start < range.end && range.end <= text.len());
            }
            if let Some((_, Because::Heading(range))) = tense(&text, &[&text], None, Some(2025)) {
                prop_assert!(text.get(range).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
