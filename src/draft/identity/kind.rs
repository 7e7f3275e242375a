//! The kind of a document (文种), from the last words of its title.

use super::name::{Branch, Named};
use super::tense::Tense;
use std::ops::Range;

/// Whence a kind has its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// 法定文种: 《党政机关公文处理工作条例》第八条.
    Statutory,
    /// 事务文书: working papers that the regulation does not list.
    Working,
    /// A report given to a session of a congress or of a 政协: it looks back and ahead.
    Session,
}

/// A kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentKind {
    pub name: &'static str,
    pub class: Class,
    /// The tense of its sections that say nothing else: a 综述 looks back, a 规划 ahead.
    pub tense: Option<Tense>,
}

/// What must stand before a kind's word, so that it is the kind and no word of a slogan (谱写发展新规划).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The word is unlike any other.
    Anything,
    /// `的`, or nothing: 关于…的通知, 通知.
    Of,
    /// `的`, nothing, or a noun that such papers are of: 工作要点, 实施方案.
    Noun,
}

const REVIEW: Option<Tense> = Some(Tense::Review);
const PLAN: Option<Tense> = Some(Tense::Plan);

/// Last words of a title, longest first among those that end alike; the name; the class; the tense. From
/// `doc_types.tsv` (the statutory fifteen are all in it), and the reports of sessions by the titles that the governments'
/// own pages give them. 调查报告, 考察报告 and 视察报告 are written like 调研报告.
const KINDS: [(&str, &str, Class, Option<Tense>, Before); 46] = [
    ("政府工作报告", "政府工作报告", Class::Session, None, Before::Anything),
    ("提案工作报告", "提案工作报告", Class::Session, None, Before::Anything),
    ("提案工作情况的报告", "提案工作报告", Class::Session, None, Before::Anything),
    ("提案工作情况报告", "提案工作报告", Class::Session, None, Before::Anything),
    ("工作报告", "工作报告", Class::Session, None, Before::Anything),
    ("述职报告", "述职报告", Class::Working, REVIEW, Before::Anything),
    ("述廉报告", "述职报告", Class::Working, REVIEW, Before::Anything),
    ("调研报告", "调研报告", Class::Working, None, Before::Anything),
    ("调查报告", "调研报告", Class::Working, None, Before::Anything),
    ("考察报告", "调研报告", Class::Working, None, Before::Anything),
    ("视察报告", "调研报告", Class::Working, None, Before::Anything),
    ("情况报告", "报告", Class::Statutory, None, Before::Anything),
    ("报告", "报告", Class::Statutory, None, Before::Of),
    ("决议", "决议", Class::Statutory, PLAN, Before::Of),
    ("决定", "决定", Class::Statutory, PLAN, Before::Of),
    ("命令", "命令（令）", Class::Statutory, PLAN, Before::Of),
    ("国务院令", "命令（令）", Class::Statutory, PLAN, Before::Anything),
    ("政府令", "命令（令）", Class::Statutory, PLAN, Before::Anything),
    ("统计公报", "公报", Class::Statutory, REVIEW, Before::Anything),
    ("公报", "公报", Class::Statutory, None, Before::Of),
    ("公告", "公告", Class::Statutory, None, Before::Of),
    ("政府公告", "公告", Class::Statutory, None, Before::Anything),
    ("通告", "通告", Class::Statutory, None, Before::Of),
    ("政府通告", "通告", Class::Statutory, None, Before::Anything),
    ("实施意见", "意见", Class::Statutory, PLAN, Before::Anything),
    ("意见", "意见", Class::Statutory, PLAN, Before::Of),
    ("通知", "通知", Class::Statutory, PLAN, Before::Of),
    ("通报", "通报", Class::Statutory, None, Before::Of),
    ("请示", "请示", Class::Statutory, None, Before::Of),
    ("批复", "批复", Class::Statutory, None, Before::Of),
    ("议案", "议案", Class::Statutory, None, Before::Of),
    ("函", "函", Class::Statutory, None, Before::Of),
    ("会议纪要", "纪要", Class::Statutory, None, Before::Anything),
    ("纪要", "纪要", Class::Statutory, None, Before::Of),
    ("总结", "总结", Class::Working, REVIEW, Before::Noun),
    ("综述", "综述", Class::Working, REVIEW, Before::Noun),
    ("要点", "要点", Class::Working, PLAN, Before::Noun),
    ("方案", "方案", Class::Working, PLAN, Before::Noun),
    ("计划", "计划", Class::Working, PLAN, Before::Noun),
    ("规划", "规划", Class::Working, PLAN, Before::Noun),
    ("办法", "办法", Class::Working, PLAN, Before::Noun),
    ("规定", "规定", Class::Working, PLAN, Before::Of),
    ("细则", "细则", Class::Working, PLAN, Before::Noun),
    ("讲话", "讲话", Class::Working, None, Before::Of),
    ("倡议书", "倡议书", Class::Working, PLAN, Before::Anything),
    ("汇报", "汇报", Class::Working, None, Before::Noun),
];

/// Nouns before the word of a working paper.
const NOUNS: [&str; 12] =
    ["工作", "实施", "行动", "发展", "管理", "情况", "保护", "履职", "建设", "试点", "年度", "考核"];

/// The session's report of each branch, by its full name in the standing committee or court.
const SESSION: [(Branch, bool, &str); 5] = [
    (Branch::Consultative, true, "政协常委会工作报告"),
    (Branch::Congress, true, "人大常委会工作报告"),
    (Branch::Government, false, "政府工作报告"),
    (Branch::Court, false, "法院工作报告"),
    (Branch::Procuratorate, false, "检察院工作报告"),
];

/// The kind that folded title `text` ends with, and where. A line that only may be a title (`is_title` false) must name
/// a kind that nothing else ends like.
pub fn kind(text: &str, is_title: bool) -> Option<(DocumentKind, Range<usize>)> {
    let text = without_note(text);
    KINDS.iter().find_map(|&(word, name, class, tense, before)| {
        let rest = text.strip_suffix(word)?;
        let is_kind = match before {
            Before::Anything => true,
            _ if rest.is_empty() || rest.ends_with('的') => true,
            Before::Of => false,
            Before::Noun => is_title && NOUNS.iter().any(|noun| rest.ends_with(noun)),
        };
        is_kind.then_some((DocumentKind { name, class, tense }, rest.len()..text.len()))
    })
}

/// A 工作报告 by whose it is: 政协常委会工作报告, 法院工作报告.
pub fn of_session(kind: DocumentKind, body: &Named) -> DocumentKind {
    let found = SESSION.iter().find(|(branch, standing, _)| *branch == body.branch && *standing == body.is_standing);
    match found {
        Some((_, _, name)) if kind.name == "工作报告" => DocumentKind { name, ..kind },
        _ => kind,
    }
}

/// `text` without notes in brackets behind it: （摘登）, （草案）, （征求意见稿）.
fn without_note(text: &str) -> &str {
    let mut text = text;
    while let Some(open) = text.strip_suffix(')').and_then(|rest| rest.rfind('(')) {
        text = &text[..open];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_with_its_kind() {
        let of = |text| kind(text, true).map(|(k, _)| k.name);
        for (text, name) in [
            ("2026年上海市政府工作报告", "政府工作报告"),
            ("李强作的政府工作报告(摘登)", "政府工作报告"),
            ("关于2021年提案工作情况的报告", "提案工作报告"),
            ("2021年度述职报告", "述职报告"),
            ("推进中国式现代化的决定", "决定"),
            ("五年工作综述", "综述"),
            ("\"十四五\"现代物流发展规划", "规划"),
            ("乡村振兴促进行动方案(试行)", "方案"),
        ] {
            assert_eq!(of(text), Some(name), "{text}");
        }
        for text in
            ["擘画高质量发展新规划", "认真听取各方意见", "凝心聚力谱新篇", "2022年平罗县政协履职答卷", "向党和人民报告"]
        {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(kind("县政协工作要点", false), None);
    }
}
