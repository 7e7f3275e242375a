//! The shape of a line: what its own first and last words say it is.

use super::structure::HAN_CAP;
use crate::text::han::{count_han, is_han, is_space};
use crate::text::numeral::is_han_digit;

/// The shape of a block, decided by its lines alone. Its role is the outline's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A line of text, short or long.
    Line,
    /// `#` to `######`, or a setext underline (1 or 2).
    Markdown(u8),
    /// Opens with `——`.
    Dash,
    /// Opens with `-`, `*`, `+` or a bullet.
    Bullet,
    /// Opens as an address to the hall: 各位代表：
    Salutation,
    /// Who wrote it, whence and when it came: 本报记者, 来源：
    Byline,
    /// A line that is all in brackets: （上接第二版）
    Note,
    /// 附件：1.… — it ends all numbering before it.
    Annex,
    /// 附件 or 附件2 alone on a line: what follows is a document with a title of its own.
    AnnexHead,
    /// 2022年5月17日 alone on a line, as under a signature.
    Date,
    /// 目录
    Contents,
    /// Where and when a report was given: 2026年1月14日在浙江省第十四届人民代表大会第四次会议上
    Occasion,
    /// One or two characters alone on a line.
    Scrap,
    Table,
    Fence,
    Comment,
    FrontMatter,
    Blank,
}

/// What the name of a body, or the head of its paper, ends with. No title does.
pub(super) const BODIES: [&str; 14] = [
    "人民政府",
    "委员会",
    "办公室",
    "办公厅",
    "联络组",
    "党组",
    "党委",
    "县委",
    "市委",
    "区委",
    "省委",
    "委员会文件",
    "政府文件",
    "办公室文件",
];

/// What a title ends with: the kinds of document (文种) of 《党政机关公文处理工作条例》 art. 8, and those of this genre.
pub(super) const DOCUMENTS: [&str; 30] = [
    "报告", "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "请示", "批复", "议案", "函",
    "纪要", "规划", "计划", "方案", "纲要", "要点", "综述", "总结", "讲话", "办法", "条例", "规定", "细则", "答卷",
    "建议", "实事",
];

const BYLINES: [&str; 14] = [
    "本报记者",
    "记者",
    "通讯员",
    "□",
    "来源：",
    "来源:",
    "时间：",
    "发布时间",
    "作者：",
    "文/",
    "撰稿",
    "合办",
    "图/",
    "编辑：",
];

const SALUTATIONS: [&str; 8] =
    ["各位代表", "各位委员", "各位领导", "各位同志", "同志们", "尊敬的", "主席、各位", "各位来宾"];

pub(super) fn line_shape(text: &str, dash: bool) -> Shape {
    if dash {
        return Shape::Dash;
    }
    let mut characters = text.chars();
    let (first, second, third) = (characters.next(), characters.next(), characters.next());
    match (first, second) {
        (Some('-' | '+' | '*'), Some(c)) if is_space(c) => return Shape::Bullet,
        (Some('•' | '●' | '·' | '■' | '◆'), Some(_)) => return Shape::Bullet,
        (Some(c), None) if is_han(c) => return Shape::Scrap,
        _ => {}
    }
    if let Some(number) = text.strip_prefix("附件")
        && number
            .trim_matches(|c| is_space(c) || matches!(c, '：' | ':'))
            .chars()
            .all(|c| c.is_ascii_digit() || is_han_digit(c))
    {
        return Shape::AnnexHead;
    }
    if matches!((first, text.chars().next_back()), (Some('目'), Some('录'))) && count_han(text) == 2 {
        return Shape::Contents;
    }
    if third.is_none() && text.chars().all(is_han) {
        return Shape::Scrap;
    }
    // Whatever follows is told by its first words, and is short: an address, a byline, a note.
    if text.chars().nth(usize::from(HAN_CAP)).is_some() {
        return Shape::Line;
    }
    if matches!(first, Some('（' | '(')) && text.ends_with(['）', ')']) {
        return Shape::Note;
    }
    if ["附件：", "附件:", "附："].iter().any(|a| text.starts_with(a)) {
        return Shape::Annex;
    }
    if is_date(text) {
        return Shape::Date;
    }
    if ["会议上", "大会上", "全会上"].iter().any(|end| text.ends_with(end)) {
        return Shape::Occasion;
    }
    if BYLINES.iter().any(|b| text.starts_with(b)) {
        return Shape::Byline;
    }
    let addressed = SALUTATIONS.iter().any(|s| text.starts_with(s));
    if addressed && text.ends_with(['：', ':', '！', '!']) { Shape::Salutation } else { Shape::Line }
}

/// 2022年5月17日, 二〇二二年五月十七日, with nothing behind but a remark in brackets.
fn is_date(text: &str) -> bool {
    let number = |text: &str| text.find(|c: char| !c.is_ascii_digit() && !is_han_digit(c)).filter(|&n| n > 0);
    let mut rest = text;
    for unit in ['年', '月', '日'] {
        let Some(after) = number(rest).and_then(|n| rest[n..].strip_prefix(unit)) else { return false };
        rest = after;
    }
    let rest = rest.trim_start_matches(is_space);
    rest.is_empty() || (rest.starts_with(['（', '(']) && rest.ends_with(['）', ')']))
}

/// —— and what is typed for it: -- — – － ─; a hyphen with a space behind it is a bullet.
pub(super) fn opens_with_dash(text: &str) -> bool {
    let rest = text.trim_start_matches(['-', '—', '–', '－', '─', '―']);
    let dashes = &text[..text.len() - rest.len()];
    // A hyphen is a bullet or a minus; a line of hyphens alone is a rule.
    let is_open = rest.starts_with(|c: char| is_han(c) || c.is_ascii_digit() || matches!(c, '“' | '《'));
    dashes.starts_with("——") || (is_open && dashes != "-" && (1..=4).contains(&dashes.chars().count()))
}
