//! A client for tests that drives the real server in process, over pipes. Its calls wait, so tests read from top to
//! bottom; dropping it asserts that the server says nothing more and ends cleanly.

#![allow(dead_code)] // each test file uses a part of it

use hegao::server::{self, transport};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Nothing that is awaited takes longer, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long silence is listened to.
const SILENCE: Duration = Duration::from_millis(150);

pub struct Client {
    runtime: Runtime,
    output: WriteHalf<DuplexStream>,
    input: mpsc::UnboundedReceiver<Value>,
    /// Messages that came while another was waited for.
    waiting: VecDeque<Value>,
    session: Option<JoinHandle<transport::Ended>>,
    next_id: i64,
    /// The result of `initialize`.
    pub server: Value,
}

impl Client {
    /// A client that is pushed to, counts in UTF-16 and speaks Chinese.
    pub fn start() -> Client {
        Client::with(json!({
            "locale": "zh-CN",
            "capabilities": {
                "textDocument": {
                    "publishDiagnostics": { "relatedInformation": true },
                    "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
                    "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
                },
                "workspace": { "workspaceEdit": { "documentChanges": true } },
            },
        }))
    }

    /// As `start`, for a client that pulls and has a folder open.
    pub fn pulling(folder: Option<&std::path::Path>) -> Client {
        let mut params = json!({
            "locale": "zh-CN",
            "capabilities": {
                "general": { "positionEncodings": ["utf-8", "utf-16"] },
                "textDocument": {
                    "diagnostic": {},
                    "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } },
                },
                "workspace": { "diagnostics": { "refreshSupport": true } },
            },
        });
        if let Some(folder) = folder {
            params["workspaceFolders"] = json!([{ "uri": url(folder), "name": "test" }]);
        }
        Client::with(params)
    }

    /// Starts a server and initializes it with `params`.
    pub fn with(params: Value) -> Client {
        let runtime = Runtime::new().expect("a runtime");
        let (ours, theirs) = tokio::io::duplex(1 << 16);
        let (read, output) = tokio::io::split(ours);
        let (sender, input) = mpsc::unbounded_channel();
        runtime.spawn(receive(read, sender));
        let session = runtime.spawn(async move {
            let (input, output) = tokio::io::split(theirs);
            let (service, socket, frames) = server::service();
            transport::serve_with_frames(transport::Settings::default(), input, output, service, socket, frames).await
        });
        let mut client = Client {
            runtime,
            output,
            input,
            waiting: VecDeque::new(),
            session: Some(session),
            next_id: 1,
            server: Value::Null,
        };
        client.server = client.request("initialize", params);
        client.notify("initialized", json!({}));
        client
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let output = &mut self.output;
        self.runtime.block_on(async { output.write_all(frame.as_bytes()).await }).expect("the server reads");
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// The reply to request `id`, an error included.
    pub fn reply(&mut self, id: i64) -> Value {
        self.wait(|m| m["id"] == id && m.get("method").is_none())
    }

    /// Sends a request and gives its result.
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        let reply = self.reply(id);
        assert!(reply.get("error").is_none(), "{method}: {reply}");
        reply["result"].clone()
    }

    /// The next message for which `wanted` holds; others are kept.
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).expect("just found");
        }
        loop {
            let input = &mut self.input;
            let next = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, input.recv()).await });
            let message = next.expect("the server says something").expect("the server is there");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// The diagnostics published for `version` of `url`.
    pub fn published(&mut self, url: &str, version: i64) -> Vec<Value> {
        let is_it = |m: &Value| {
            m["method"] == "textDocument/publishDiagnostics"
                && m["params"]["uri"] == url
                && m["params"]["version"] == version
        };
        let message = self.wait(is_it);
        // Lists of older versions that were overtaken are of no interest any more.
        self.waiting.retain(|m| m["method"] != "textDocument/publishDiagnostics" || m["params"]["uri"] != url);
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    pub fn open(&mut self, url: &str, language: &str, text: &str) {
        let document = json!({ "uri": url, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a range, given as [start line, start character, end line, end character].
    pub fn change(&mut self, url: &str, version: i64, range: [u32; 4], text: &str) {
        let changes = json!([{ "range": lsp_range(range), "text": text }]);
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": url, "version": version }, "contentChanges": changes }),
        );
    }

    pub fn close(&mut self, url: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": url } }));
    }

    pub fn actions(&mut self, url: &str, range: [u32; 4], context: Value) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": url }, "range": lsp_range(range), "context": context });
        self.request("textDocument/codeAction", params).as_array().cloned().unwrap_or_default()
    }

    /// Everything that was said and not waited for; listens for a moment.
    pub fn rest(&mut self) -> Vec<Value> {
        let input = &mut self.input;
        while let Ok(Some(message)) = self.runtime.block_on(async { tokio::time::timeout(SILENCE, input.recv()).await })
        {
            self.waiting.push_back(message);
        }
        self.waiting.drain(..).collect()
    }

    /// Ends the session and asserts that it ends as asked and that nothing was left unsaid.
    fn finish(&mut self) {
        let rest = self.rest();
        assert!(rest.is_empty(), "not waited for: {rest:?}");
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        let session = self.session.take().expect("ended once");
        let ended = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, session).await });
        let ended = ended.expect("the session ends").expect("without a panic");
        assert_eq!(ended, transport::Ended::Exit { after_shutdown: true });
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A test that has failed already says why itself.
        if !std::thread::panicking() {
            self.finish();
        }
    }
}

async fn receive(mut read: ReadHalf<DuplexStream>, sender: mpsc::UnboundedSender<Value>) {
    let mut bytes = Vec::new();
    loop {
        while let Some((header, length)) = header(&bytes).filter(|(h, n)| bytes.len() >= h + n) {
            let message = serde_json::from_slice(&bytes[header..header + length]).expect("JSON");
            bytes.drain(..header + length);
            if sender.send(message).is_err() {
                return;
            }
        }
        if matches!(read.read_buf(&mut bytes).await, Ok(0) | Err(_)) {
            return;
        }
    }
}

fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..end]).expect("ASCII");
    let length = text.split("Content-Length: ").nth(1)?.split("\r\n").next()?;
    Some((end, length.parse().expect("a length")))
}

pub fn url(path: &std::path::Path) -> String {
    tower_lsp::lsp_types::Url::from_file_path(path).expect("an absolute path").to_string()
}

pub fn lsp_range([a, b, c, d]: [u32; 4]) -> Value {
    json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } })
}

/// A range of the protocol as numbers.
pub fn numbers(range: &Value) -> [u64; 4] {
    let n = |p: &str, c: &str| range[p][c].as_u64().expect("a number");
    [n("start", "line"), n("start", "character"), n("end", "line"), n("end", "character")]
}

/// `text` after the edits of a code action, in UTF-16.
pub fn edited(text: &str, action: &Value) -> String {
    edited_in(text, action, hegao::text::Encoding::Utf16)
}

pub fn edited_in(text: &str, action: &Value, encoding: hegao::text::Encoding) -> String {
    let edits = action["edit"]["documentChanges"][0]["edits"].as_array().cloned().unwrap_or_else(|| {
        let changes = action["edit"]["changes"].as_object().expect("changes");
        changes.values().next().expect("one file").as_array().expect("edits").clone()
    });
    let rope = ropey::Rope::from_str(text);
    let at = |line: u64, character: u64| {
        let position = hegao::text::Position { line: line as u32, character: character as u32 };
        hegao::text::position::to_byte(&rope, position, encoding)
    };
    let mut changes: Vec<hegao::text::Change> = edits
        .iter()
        .map(|edit| {
            let [a, b, c, d] = numbers(&edit["range"]);
            let text = edit["newText"].as_str().expect("a text").to_owned();
            hegao::text::Change { range: at(a, b)..at(c, d), text }
        })
        .collect();
    changes.sort_by_key(|c| c.range.start);
    hegao::findings::fix::apply(text, &changes)
}
