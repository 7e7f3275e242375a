//! The notifications that move a document, checked before they are delivered.
//!
//! tower-lsp 0.20 drops a notification whose params it cannot read, without a word. For these three
//! that would leave the server's copy of the draft different from the writer's.

use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::Request;
use tower_lsp::lsp_types as lsp;

use super::lost::{Lost, Reason};

type Check = fn(&Value) -> Result<(), serde_json::Error>;

const CHECKS: [(&str, Check); 3] = [
    ("textDocument/didOpen", reads_as::<lsp::DidOpenTextDocumentParams>),
    ("textDocument/didChange", reads_as::<lsp::DidChangeTextDocumentParams>),
    ("textDocument/didClose", reads_as::<lsp::DidCloseTextDocumentParams>),
];

fn reads_as<T: DeserializeOwned>(params: &Value) -> Result<(), serde_json::Error> {
    T::deserialize(params).map(drop)
}

/// The notification itself, or the report that takes its place.
pub fn checked(notification: Request) -> Request {
    let check = CHECKS.iter().find(|(method, _)| *method == notification.method());
    let Some((method, reads)) = check else {
        return notification;
    };
    let params = notification.params().unwrap_or(&Value::Null);
    let Err(error) = reads(params) else {
        return notification;
    };
    let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
    let bytes = params.to_string().len() as u64;
    let detail = format!("{method}: {error}");
    Lost::new(Reason::BadChange, detail, uri.map(str::to_owned), bytes).notification()
}
