//! Words that point at a section, and what must not stand before them.

use crate::text::han::is_han;
use regex::Regex;
use std::sync::LazyLock;

/// Words that point. Where several begin at one place the first that fits is taken.
pub static POINTERS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "本(?:报告|文|稿|意见|通知|方案|规划|计划|纲要|办法|规定|条例|决定|总结)(?:中的|中|的)?\
        |(?:详见|参见|参阅|参看|请见|另见|见)(?:[上下前后]文|文中)?(?:中的|中|的)?\
        |(?:[上前下]述|[上下前后]文)(?:中的|中|的)?\
        |如|按照|依照|依据|根据|按";
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// What kind of word points, and with it what must stand around the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// 本报告第二部分: the draft itself, whatever else was named before.
    Own,
    /// 详见, 见
    See,
    /// 上述, 前文
    Back,
    /// 如第一章所述: the number must be followed by 所述.
    Like,
    /// 按照第四条: also said of other documents, so none may be named before in the paragraph.
    By,
}

/// 见 alone points behind a mark, or behind one of these: 意见, 会见 and 落地见效 are words.
const BEFORE_SEE: [&str; 16] = [
    "内容", "情况", "数据", "安排", "任务", "措施", "说明", "具体", "分别", "部署", "详情", "要求", "均", "并", "也",
    "亦",
];

/// 本 behind one of these is the end of another word: 基本, 根本, 文本.
const BEFORE_OWN: [char; 10] = ['基', '根', '原', '版', '文', '标', '样', '日', '资', '成'];

/// Another document is spoken of: what is numbered behind may be its section.
const FOREIGN: [&str; 14] = [
    "》",
    "〕",
    "宪法",
    "党章",
    "章程",
    "条例",
    "原文",
    "该文",
    "该报告",
    "该意见",
    "该办法",
    "该方案",
    "该规划",
    "该文件",
];

impl Pointer {
    pub fn of(word: &str) -> Pointer {
        match word.chars().next() {
            Some('本') => Pointer::Own,
            Some('如') => Pointer::Like,
            Some('按' | '依' | '根') => Pointer::By,
            _ if word.contains('见') || word.contains('参') => Pointer::See,
            _ => Pointer::Back,
        }
    }
}

/// Whether the pointing word that begins at `start` is one, and points into the draft itself.
pub fn points(text: &str, start: usize, kind: Pointer) -> bool {
    let before = &text[..start];
    let sentence = before.rsplit(['。', '！', '？']).next().unwrap_or(before);
    let names_another = |words: &str| FOREIGN.iter().any(|word| words.contains(word));
    match kind {
        Pointer::Own => !before.ends_with(BEFORE_OWN),
        Pointer::See => {
            let is_alone = text[start..].starts_with('见');
            let is_free = before.chars().next_back().is_none_or(|c| !is_han(c))
                || BEFORE_SEE.iter().any(|word| before.ends_with(word));
            (!is_alone || is_free) && !names_another(sentence)
        }
        Pointer::Back => !names_another(sentence),
        Pointer::Like | Pointer::By => !names_another(before),
    }
}
