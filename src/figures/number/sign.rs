//! The characters of Han numerals.

/// What a Han character is in a numeral.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Digit(u8),
    /// 十, 百, 千 as powers of ten.
    Unit(i16),
    /// 廿, 卅
    Tens(u8),
    /// 万, 亿
    Myriad(i16),
}

#[inline]
fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '零' | '〇' | '○' => Sign::Digit(0),
        '一' => Sign::Digit(1),
        '二' | '两' => Sign::Digit(2),
        '三' => Sign::Digit(3),
        '四' => Sign::Digit(4),
        '五' => Sign::Digit(5),
        '六' => Sign::Digit(6),
        '七' => Sign::Digit(7),
        '八' => Sign::Digit(8),
        '九' => Sign::Digit(9),
        '十' => Sign::Unit(1),
        '百' => Sign::Unit(2),
        '千' => Sign::Unit(3),
        '廿' => Sign::Tens(2),
        '卅' => Sign::Tens(3),
        '万' => Sign::Myriad(4),
        '亿' => Sign::Myriad(8),
        _ => return None,
    })
}

/// Whether `c` can open a Han numeral (几 and 数 only before 十, 百, 千, 万, 亿).
pub fn is_numeral(c: char) -> bool {
    sign(c).is_some()
}

/// What the character at byte `at` is, and its length.
pub fn sign_at(text: &str, at: usize) -> Option<(Sign, usize)> {
    let c = text[at..].chars().next()?;
    Some((sign(c)?, c.len_utf8()))
}
