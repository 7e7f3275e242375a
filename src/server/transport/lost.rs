//! The report of a message that could not be delivered.
//!
//! A lost `didChange` leaves the server's copy of the draft different from the writer's for ever, and
//! every finding after it may be wrong. So no guard drops a message silently: it puts a notification
//! `$/hegao/lost` in the message's place. The backend takes it with
//! `.custom_method(lost::METHOD, Backend::lost)` and tells the writer to reopen the file.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Request;

pub const METHOD: &str = "$/hegao/lost";

/// A detail longer than this helps nobody; serde's messages may quote a whole draft.
const DETAIL_CHARACTERS: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    pub reason: Reason,
    /// For people: what was wrong, at most 200 characters.
    pub detail: String,
    /// The document that the message was about, if that could be seen.
    pub uri: Option<String>,
    /// The size of what was lost, in bytes, as far as it is known.
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// Not JSON, or bytes that belong to no message.
    Malformed,
    /// Larger than the transport accepts.
    TooLarge,
    /// JSON, but neither request, notification nor response.
    NotJsonRpc,
    /// A `didOpen`, `didChange` or `didClose` whose params are not what the protocol says.
    BadChange,
}

impl Lost {
    pub fn new(reason: Reason, detail: impl ToString, uri: Option<String>, bytes: u64) -> Self {
        let detail = detail.to_string().chars().take(DETAIL_CHARACTERS).collect();
        let lost = Lost { reason, detail, uri, bytes };
        tracing::warn!(?lost, "a message was lost");
        lost
    }

    /// The notification that takes the lost message's place.
    pub fn notification(&self) -> Request {
        let params = serde_json::json!(self);
        Request::build(METHOD).params(params).finish()
    }
}

/// The first value of a member `uri`, in a text that need not be whole or valid JSON.
///
/// Text *inside* a JSON string cannot deceive it: there the quotes are escaped, and `\"uri\"` does
/// not contain `"uri"`.
pub fn find_uri(text: &str) -> Option<String> {
    const MEMBER: &str = "\"uri\"";
    let after = &text[text.find(MEMBER)? + MEMBER.len()..];
    let value = after.trim_start().strip_prefix(':')?;
    let mut values = serde_json::Deserializer::from_str(value).into_iter::<String>();
    values.next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_is_found_in_half_a_message() {
        let half = r#"{"params":{"textDocument":{"uri" : "file:///a%20b.txt","text":"甲"#;
        assert_eq!(find_uri(half).as_deref(), Some("file:///a%20b.txt"));
    }

    #[test]
    fn a_uri_inside_the_text_is_not_the_uri() {
        let half = r#"{"text":"{\"uri\":\"file:///wrong\"}","uri":"file:///right","#;
        assert_eq!(find_uri(half).as_deref(), Some("file:///right"));
        assert_eq!(find_uri(r#"{"uri":"file:///cut"#), None);
    }
}
