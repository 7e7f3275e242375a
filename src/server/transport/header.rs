//! Where a header stands, told from the bytes alone.
//!
//! One fact makes this safe: the bytes `Content-Length: 12` and then a line break cannot occur inside a JSON
//! body. In a string the line break would be escaped, outside of strings the words are no JSON. So
//! where they stand, a header stands, also in the middle of what should have been a body.

/// No header that tells a length is longer: the name, a u64 and some spaces.
const LONGEST: usize = 64;

/// Where the first header that tells a length begins, of those whose line ends at or after `seen`.
pub fn first_after(bytes: &[u8], seen: usize) -> Option<usize> {
    let ends = bytes[seen..].iter().enumerate();
    let mut ends = ends.filter_map(|(at, byte)| (*byte == b'\n').then_some(seen + at));
    ends.find_map(|end| {
        let from = end.saturating_sub(LONGEST);
        let (start, _) = length_at_end(&bytes[from..end])?;
        Some(from + start)
    })
}

/// Where a header begins that stands behind a whole body, be it cut off. In JSON no letter follows a bracket.
pub fn behind(body: &[u8]) -> Option<usize> {
    let end = 1 + body.iter().rposition(|byte| matches!(byte, b'}' | b']'))?;
    let first = body[end..].trim_ascii_start().first()?;
    first.is_ascii_alphabetic().then_some(end)
}

/// `Content-Length: 12` at the end of a line: where it starts and the number. The tail of a body whose
/// length was too small may stand before it. A number beyond u64 is the largest u64.
pub fn length_at_end(line: &[u8]) -> Option<(usize, u64)> {
    const NAME: &[u8] = b"content-length";
    let line = line.trim_ascii_end();
    let digits = line.iter().rposition(|byte| !byte.is_ascii_digit())? + 1;
    let before = line[..digits].trim_ascii_end().strip_suffix(b":")?.trim_ascii_end();
    let start = before.len().checked_sub(NAME.len())?;
    let named = before[start..].eq_ignore_ascii_case(NAME) && !before[..start].ends_with(b"-");
    let digits = std::str::from_utf8(&line[digits..]).ok()?;
    let told = named && !digits.is_empty();
    told.then(|| (start, digits.parse().unwrap_or(u64::MAX)))
}

/// `Name: value`.
pub fn is_header(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    name.len() < line.len() && !name.is_empty() && name.trim_ascii_end().iter().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_of_that_name_is_no_header() {
        assert_eq!(length_at_end(b"  \"Content-Length\": 12"), None);
        assert_eq!(length_at_end(b"X-Content-Length: 12"), None);
        assert_eq!(length_at_end(b"Content-Length: "), None);
        assert_eq!(length_at_end(b"}Content-Length: 12\r"), Some((1, 12)));
    }
}
