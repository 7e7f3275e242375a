//! One body, judged: will tower-lsp be able to decode it, and if not, what can be saved?
//!
//! tower-lsp 0.20 stops reading at the first body that it cannot decode (measured: exit code 0 after
//! one -32700). So this must refuse everything that tower-lsp would refuse, and it may refuse
//! nothing else. The common path parses once and builds nothing.

use std::collections::HashMap;

use serde::de::{Deserialize, Deserializer, IgnoredAny};
use serde_json::value::RawValue;
use tower_lsp::jsonrpc::{Error, Id, Response};

use super::lost::{self, Lost, Reason};
use super::repair;
use super::walked::Walked;

/// What becomes of one message.
#[derive(Debug)]
pub enum Outcome {
    /// A body that tower-lsp decodes.
    Pass(String),
    Lost(Lost),
}

/// Judges a body, which is one message or a batch.
pub fn judge(body: Vec<u8>) -> Vec<Outcome> {
    let mut text =
        String::from_utf8(body).unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned());
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        text = rest.to_owned();
    }
    if text.trim_start().starts_with('[') {
        return unpack(&text);
    }
    vec![single(text)]
}

/// LSP has no batches, JSON-RPC has; a batch becomes its messages in their order.
fn unpack(batch: &str) -> Vec<Outcome> {
    match serde_json::from_str::<Vec<&RawValue>>(batch) {
        Ok(messages) if messages.is_empty() => {
            let fault = Fault::not_json_rpc("an empty batch");
            vec![Outcome::Lost(fault.report(batch))]
        }
        Ok(messages) => messages.into_iter().map(|message| single(message.get().to_owned())).collect(),
        Err(error) => vec![Outcome::Lost(Fault::from(error).report(batch))],
    }
}

fn single(text: String) -> Outcome {
    let fault = match examine(&text) {
        Ok(Verdict::Fine) => return Outcome::Pass(text),
        Ok(Verdict::Instead(other)) => return Outcome::Pass(other),
        Err(fault) => fault,
    };
    // Only a body that failed is searched for lone surrogates: they are what serde_json refuses.
    let repaired = repair::surrogates(&text);
    match examine(&repaired) {
        Ok(Verdict::Fine) => Outcome::Pass(repaired.into_owned()),
        Ok(Verdict::Instead(other)) => Outcome::Pass(other),
        Err(_) => Outcome::Lost(fault.report(&text)),
    }
}

enum Verdict {
    Fine,
    /// tower-lsp would misread it; this says the same in words that it understands.
    Instead(String),
}

struct Fault {
    reason: Reason,
    detail: String,
}

impl Fault {
    fn not_json_rpc(detail: &str) -> Self {
        Fault { reason: Reason::NotJsonRpc, detail: detail.to_owned() }
    }

    fn report(self, text: &str) -> Lost {
        Lost::new(self.reason, self.detail, lost::find_uri(text), text.len() as u64)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        let reason = if error.is_data() { Reason::NotJsonRpc } else { Reason::Malformed };
        Fault { reason, detail: error.to_string() }
    }
}

/// The members that decide what a message is.
#[derive(serde::Deserialize)]
struct Head<'a> {
    #[serde(borrow, default)]
    jsonrpc: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    method: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    error: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Walked>,
    #[serde(default, rename = "params")]
    _params: Walked,
    /// Any further member; tower-lsp parses these too, so they must be sound.
    #[serde(flatten)]
    _rest: HashMap<String, IgnoredAny>,
}

/// A member that is there, even if it is `null`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(member: D) -> Result<Option<T>, D::Error> {
    T::deserialize(member).map(Some)
}

fn examine(text: &str) -> Result<Verdict, Fault> {
    let head: Head = serde_json::from_str(text)?;
    if !is_version_2(head.jsonrpc) {
        return Err(Fault::not_json_rpc("the member jsonrpc is not \"2.0\""));
    }
    // An id that is not i64, string or null (1.5, say) would end tower-lsp's reader.
    let id = head.id.map(|id| serde_json::from_str::<Id>(id.get()));
    let id = id.transpose().map_err(|_| Fault::not_json_rpc("the id is no id"))?;
    match (head.method, id, head.result, head.error) {
        (Some(method), _, None, None) => match serde_json::from_str::<String>(method.get()) {
            Ok(_) => Ok(Verdict::Fine),
            Err(_) => Err(Fault::not_json_rpc("the method is no name")),
        },
        (None, Some(_), Some(_), None) => Ok(Verdict::Fine),
        (None, Some(id), result, Some(error)) => {
            // RawValue looked at `error` less closely than tower-lsp will.
            serde_json::from_str::<Walked>(text)?;
            Ok(failed_response(id, result.is_some(), error))
        }
        _ => Err(Fault::not_json_rpc("neither a request nor a response")),
    }
}

fn is_version_2(jsonrpc: Option<&RawValue>) -> bool {
    jsonrpc.is_some_and(|version| version.get() == "\"2.0\"")
}

/// tower-lsp takes a response whose error has an unknown member, or no message, for a *request*
/// without a name, and answers it.
fn failed_response(id: Id, has_result: bool, error: &RawValue) -> Verdict {
    let understood = has_result || serde_json::from_str::<Error>(error.get()).is_ok();
    if understood {
        return Verdict::Fine;
    }
    let response = if error.get() == "null" {
        Response::from_ok(id, serde_json::Value::Null)
    } else {
        let mut failure = Error::internal_error();
        failure.message = error.get().to_owned().into();
        Response::from_error(id, failure)
    };
    Verdict::Instead(serde_json::json!(response).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of each message of a body: itself, or the reason of its loss.
    fn outcomes(body: &str) -> Vec<String> {
        let told = |outcome| match outcome {
            Outcome::Pass(text) => text,
            Outcome::Lost(lost) => format!("{:?}", lost.reason),
        };
        judge(body.as_bytes().to_vec()).into_iter().map(told).collect()
    }

    fn nested(depth: usize) -> String {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(r#"{{"jsonrpc":"2.0","method":"m","params":{open}{close}}}"#)
    }

    #[test]
    fn sound_messages_pass_unchanged() {
        let bodies = [
            r#"{"jsonrpc":"2.0","method":"m"}"#.to_owned(),
            r#"{"id":"a","method":"m","jsonrpc":"2.0","params":{"x":[1,-2,3.5,null,true]}}"#.into(),
            r#"{"jsonrpc":"2.0","id":null,"method":"m","more":{"a":"b"}}"#.into(),
            r#"{"jsonrpc":"2.0","id":1,"result":null}"#.into(),
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#.into(),
            r#"{"jsonrpc":"2.0","id":1,"result":2,"error":null}"#.into(),
            nested(126),
        ];
        for body in bodies {
            assert_eq!(outcomes(&body), [body.as_str()]);
            assert!(decodes(&body), "tower-lsp refuses {body}");
        }
    }

    /// Whether the types that tower-lsp reads into accept the body.
    fn decodes(body: &str) -> bool {
        serde_json::from_str::<Response>(body).is_ok()
            || serde_json::from_str::<tower_lsp::jsonrpc::Request>(body).is_ok()
    }

    #[test]
    fn what_ends_tower_lsp_is_kept_from_it() {
        let cases = [
            (r#"{"jsonrpc":"2.0","method":"m","#.to_owned(), "Malformed"),
            (r#"{"jsonrpc":"2.0","method":"m","params":1e999}"#.into(), "Malformed"),
            (nested(127), "Malformed"),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#.into(), "NotJsonRpc"),
            (r#"{"jsonrpc":"2.0","id":[1],"method":"m"}"#.into(), "NotJsonRpc"),
            (r#"{"jsonrpc":"1.0","method":"m"}"#.into(), "NotJsonRpc"),
            (r#"{"jsonrpc":"2.0","method":7}"#.into(), "NotJsonRpc"),
            (r#"{"jsonrpc":"2.0","method":"m","method":"m"}"#.into(), "NotJsonRpc"),
            ("7".into(), "NotJsonRpc"),
            ("".into(), "Malformed"),
        ];
        for (body, reason) in cases {
            assert_eq!(outcomes(&body), [reason], "{body}");
            assert!(!decodes(&body), "tower-lsp accepts {body}");
        }
    }

    #[test]
    fn what_tower_lsp_would_misread_is_refused() {
        for body in [
            r#"{"jsonrpc":"2.0","id":1}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"m","result":2}"#,
            r#"{"jsonrpc":"2.0","result":1}"#,
        ] {
            assert_eq!(outcomes(body), ["NotJsonRpc"], "{body}");
        }
    }

    #[test]
    fn an_error_in_other_words_stays_a_response() {
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no","stack":"x"}}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":"no"}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":null}"#,
        ] {
            let [written] = outcomes(body).try_into().expect("one message");
            serde_json::from_str::<Response>(&written).expect(&written);
        }
    }

    #[test]
    fn a_surrogate_is_repaired_wherever_it_stands() {
        let body = r#"{"jsonrpc":"2.0","id":"\ud83d","method":"m","more":"\ude03"}"#;
        let expected = r#"{"jsonrpc":"2.0","id":"\ufffd","method":"m","more":"\ufffd"}"#;
        assert_eq!(outcomes(body), [expected]);
    }

    #[test]
    fn a_batch_is_its_messages_in_order() {
        let body = r#"[{"jsonrpc":"2.0","method":"a"}, 3, {"jsonrpc":"2.0","method":"b"}]"#;
        let (a, b) = (r#"{"jsonrpc":"2.0","method":"a"}"#, r#"{"jsonrpc":"2.0","method":"b"}"#);
        assert_eq!(outcomes(body), [a, "NotJsonRpc", b]);
        assert_eq!(outcomes("[]"), ["NotJsonRpc"]);
        assert_eq!(outcomes("[[]]"), ["NotJsonRpc"]);
    }
}
