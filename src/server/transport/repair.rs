//! Lone surrogate escapes, repaired.
//!
//! Some clients cut a large insertion into chunks at UTF-16 units and so split 😃 into `"\ud83d"` and
//! `"\ude03"`. serde_json refuses each half, and tower-lsp 0.20 ends the session at the first message
//! that it cannot decode. U+FFFD, like the half it stands for, is one UTF-16 unit: every position
//! that the client sends afterwards stays right.

use std::borrow::Cow;

/// `\ud83d`: a backslash, a `u` and four digits.
const ESCAPE: usize = 6;

/// Replaces every surrogate escape that has no partner by `\ufffd`. Borrowed if there was none.
/// An escaped backslash before a `u` (`\\ud83d`) is text and stays.
pub fn surrogates(json: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        at += found;
        at += match (unit(json, at), unit(json, at + ESCAPE)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 2 * ESCAPE,
            (Some(0xD800..=0xDFFF), _) => {
                repaired.push_str(&json[copied..at]);
                repaired.push_str("\\ufffd");
                copied = at + ESCAPE;
                ESCAPE
            }
            (Some(_), _) => ESCAPE,
            (None, _) => after_escape(json, at),
        };
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    repaired.push_str(&json[copied..]);
    Cow::Owned(repaired)
}

/// The length of the backslash at `at` and the character that it escapes, if there is one.
fn after_escape(json: &str, at: usize) -> usize {
    1 + json[at + 1..].chars().next().map_or(0, char::len_utf8)
}

/// The UTF-16 unit that is escaped at `at`.
fn unit(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lone_surrogate_is_replaced() {
        let cases = [
            (r"\ud83d", r"\ufffd"),
            (r"\uDE03", r"\ufffd"),
            (r"a\ud83d\ude03b", r"a\ud83d\ude03b"),
            (r"\ud83d\ud83d\ude03", r"\ufffd\ud83d\ude03"),
            (r"\ude03\ud83d", r"\ufffd\ufffd"),
            (r"\ud83d\n", r"\ufffd\n"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\\\ud83d", r"\\\ufffd"),
            (r"\u4e2d文\u+123", r"\u4e2d文\u+123"),
            (r"\ud83", r"\ud83"),
            (r"甲\", r"甲\"),
            (r"\文", r"\文"),
        ];
        for (given, expected) in cases {
            assert_eq!(surrogates(given), expected, "{given}");
        }
    }
}
