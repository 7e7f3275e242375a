//! Files as bytes: which charset they are in, and writing them back in the same one.
//!
//! UTF-8 is tried first, then a byte order mark, then detection. Office machines still write GBK, and a GBK file that
//! grew an emoji is GB18030, so both are read and written as GB18030 (a superset). Binary files are refused.

use encoding_rs::{Encoding as Codec, GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The charset of a file as found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    /// GBK, GB2312 and GB18030 alike.
    Gb18030,
    /// Another legacy charset that detection is sure of (Big5, Shift_JIS …), by its WHATWG name.
    Other(&'static str),
}

impl Charset {
    pub fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf8Bom => "UTF-8 with BOM",
            Charset::Utf16Le => "UTF-16LE",
            Charset::Utf16Be => "UTF-16BE",
            Charset::Gb18030 => "GB18030",
            Charset::Other(name) => name,
        }
    }
}

/// Why bytes are no text, or text cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CharsetError {
    #[error("binary file (byte 0 at offset {offset}), not text; 二进制文件，不是文本")]
    Binary { offset: usize },
    #[error(
        "not valid text in UTF-8 nor in the detected {charset}; save it as UTF-8; 无法按 UTF-8 或 {charset} 解码，请另存为 UTF-8"
    )]
    Undecodable { charset: &'static str },
    #[error(
        "{charset} cannot write the character {character:?}; save it as UTF-8; {charset} 无法写出该字符，请另存为 UTF-8"
    )]
    Unencodable { charset: &'static str, character: char },
}

/// How many bytes detection looks at. chardetng reads 4 MB/s and is sure after a few hundred Han; 64 KB costs 16 ms.
const DETECT_BYTES: usize = 64 * 1024;

/// How far a zero byte is searched for: a binary format shows one in its header.
const BINARY_BYTES: usize = 64 * 1024;

/// Decodes a file's bytes; line ends are left as they are.
pub fn decode(bytes: &[u8]) -> Result<(String, Charset), CharsetError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok((text.to_owned(), Charset::Utf8Bom)),
            Err(_) => Err(CharsetError::Undecodable { charset: "UTF-8" }),
        };
    }
    for (mark, codec, charset) in [(b"\xFF\xFE", UTF_16LE, Charset::Utf16Le), (b"\xFE\xFF", UTF_16BE, Charset::Utf16Be)]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return decode_with(codec, rest, charset);
        }
    }
    if let Some(offset) = bytes[..bytes.len().min(BINARY_BYTES)].iter().position(|&b| b == 0) {
        return Err(CharsetError::Binary { offset });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Charset::Utf8));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let sample = &bytes[..bytes.len().min(DETECT_BYTES)];
    detector.feed(sample, sample.len() == bytes.len());
    let codec = detector.guess(None, chardetng::Utf8Detection::Deny);
    if codec == encoding_rs::GBK || codec == GB18030 {
        return decode_with(GB18030, bytes, Charset::Gb18030);
    }
    // A short or mixed file may be taken for a single-byte charset, which decodes anything. In this genre GB18030 that
    // decodes without an error is the better guess.
    decode_with(GB18030, bytes, Charset::Gb18030).or_else(|_| decode_with(codec, bytes, Charset::Other(codec.name())))
}

fn decode_with(codec: &'static Codec, bytes: &[u8], charset: Charset) -> Result<(String, Charset), CharsetError> {
    match codec.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text.into_owned(), charset)),
        None => Err(CharsetError::Undecodable { charset: charset.name() }),
    }
}

/// Encodes `text` as the file was; fails rather than write a substitute.
pub fn encode(text: &str, charset: Charset) -> Result<Cow<'_, [u8]>, CharsetError> {
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        let mut out = mark.to_vec();
        out.extend(text.encode_utf16().flat_map(bytes));
        Cow::Owned(out)
    };
    let codec = match charset {
        Charset::Utf8 => return Ok(Cow::Borrowed(text.as_bytes())),
        Charset::Utf8Bom => return Ok(Cow::Owned([b"\xEF\xBB\xBF", text.as_bytes()].concat())),
        Charset::Utf16Le => return Ok(utf16([0xFF, 0xFE], u16::to_le_bytes)),
        Charset::Utf16Be => return Ok(utf16([0xFE, 0xFF], u16::to_be_bytes)),
        Charset::Gb18030 => GB18030,
        Charset::Other(name) => Codec::for_label(name.as_bytes()).unwrap_or(GB18030),
    };
    let (bytes, _, failed) = codec.encode(text);
    if failed {
        let lost = |c: &char| codec.encode(c.encode_utf8(&mut [0; 4])).2;
        let character = text.chars().find(lost).unwrap_or('\u{FFFD}');
        return Err(CharsetError::Unencodable { charset: charset.name(), character });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charset_is_found_and_written_back() {
        let text = "一、县政协全年立案提案42件，办复率100%。\r\n二、继续努力㐂😀\r\n";
        for charset in [Charset::Utf8, Charset::Utf8Bom, Charset::Utf16Le, Charset::Utf16Be, Charset::Gb18030] {
            let bytes = encode(text, charset).unwrap();
            let (read, found) = decode(&bytes).unwrap();
            assert_eq!((read.as_str(), found), (text, charset), "{}", charset.name());
        }
    }

    #[test]
    fn a_short_gbk_file_is_gb18030() {
        let (bytes, ..) = encoding_rs::GBK.encode("工作报告");
        assert_eq!(decode(&bytes), Ok(("工作报告".to_owned(), Charset::Gb18030)));
    }

    #[test]
    fn binary_files_are_refused() {
        assert_eq!(decode(b"PK\x03\x04\x00\x00"), Err(CharsetError::Binary { offset: 4 }));
    }

    #[test]
    fn an_empty_file_is_utf8() {
        assert_eq!(decode(b""), Ok((String::new(), Charset::Utf8)));
    }
}
