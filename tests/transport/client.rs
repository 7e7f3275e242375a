//! The client's side of a session: pipes, frames, and awaits that give up after ten seconds.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use hegao::server::transport::{Ended, Settings, serve_with};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream};
use tokio::task::JoinHandle;

use crate::server::{self, Seen};

/// Nothing here is slow; this only keeps a test that fails from hanging.
pub const PATIENCE: Duration = Duration::from_secs(10);

pub struct Client {
    pub input: Option<DuplexStream>,
    pub output: Option<BufReader<DuplexStream>>,
    pub seen: Arc<Seen>,
    session: JoinHandle<Ended>,
    /// Messages that came while another was waited for.
    waiting: VecDeque<Value>,
}

impl Client {
    /// A session in which nothing was said yet.
    pub fn new(settings: Settings) -> Client {
        let (input, server_input) = tokio::io::duplex(1 << 16);
        let (output, server_output) = tokio::io::duplex(1 << 16);
        let (service, socket, seen) = server::fake();
        Client {
            input: Some(input),
            output: Some(BufReader::new(output)),
            seen,
            session: tokio::spawn(serve_with(settings, server_input, server_output, service, socket)),
            waiting: VecDeque::new(),
        }
    }

    /// A session that is initialized.
    pub async fn ready() -> Client {
        Client::ready_with(Settings::default()).await
    }

    pub async fn ready_with(settings: Settings) -> Client {
        let mut client = Client::new(settings);
        client.initialize(Value::Null).await;
        client
    }

    pub async fn initialize(&mut self, process: Value) {
        self.send(&initialize(process)).await;
        self.reply(0).await;
        self.notify("initialized", json!({})).await;
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        let input = self.input.as_mut().expect("the input is open");
        let written = tokio::time::timeout(PATIENCE, input.write_all(bytes.as_ref())).await;
        written.expect("the server reads").expect("the server is there");
    }

    pub async fn send(&mut self, message: &Value) {
        self.write(frame(&message.to_string())).await;
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&notification(method, params)).await;
    }

    pub async fn request(&mut self, id: i64, method: &str, params: Value) {
        self.send(&request(id, method, params)).await;
    }

    /// Asks and waits for the result.
    pub async fn ask(&mut self, id: i64, method: &str, params: Value) -> Value {
        self.request(id, method, params).await;
        self.reply(id).await["result"].take()
    }

    /// The reply with this id, whatever comes before it.
    pub async fn reply(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into();
        self.wait_for(|message| message["id"] == id && message.get("method").is_none()).await
    }

    /// The server's next request or notification with this method.
    pub async fn call(&mut self, method: &str) -> Value {
        self.wait_for(|message| message["method"] == method).await
    }

    async fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).expect("it stands there");
        }
        loop {
            let message = tokio::time::timeout(PATIENCE, self.message()).await;
            let message = message.expect("the server says something").expect("the server is there");
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// The server's next message; `None` when it closed its output.
    async fn message(&mut self) -> Option<Value> {
        let output = self.output.as_mut().expect("the output is open");
        let mut header = String::new();
        output.read_line(&mut header).await.ok()?;
        let length = header.trim().strip_prefix("Content-Length: ")?;
        let mut body = vec![0; length.parse().ok()?];
        output.read_line(&mut header).await.ok()?;
        output.read_exact(&mut body).await.ok()?;
        serde_json::from_slice(&body).ok()
    }

    /// What was reported as lost before this.
    pub async fn lost(&mut self) -> Vec<Value> {
        let lost = self.ask(9_999, "test/lost", Value::Null).await;
        lost.as_array().expect("a list").clone()
    }

    /// The text of the document that the tests open.
    pub async fn text(&mut self) -> String {
        let text = self.ask(9_998, "test/text", Value::Null).await;
        text.as_str().expect("the document is open").to_owned()
    }

    /// Why the session ended.
    pub async fn ended(&mut self) -> Ended {
        let ended = tokio::time::timeout(PATIENCE, &mut self.session).await;
        ended.expect("the session ends").expect("serve does not panic")
    }
}

pub const DOCUMENT: &str = "file:///draft.txt";

pub fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

pub fn framed(messages: &[Value]) -> Vec<u8> {
    messages.iter().flat_map(|message| frame(&message.to_string())).collect()
}

/// A message without params has no member `params`.
pub fn notification(method: &str, params: Value) -> Value {
    let mut message = json!({"jsonrpc": "2.0", "method": method});
    if !params.is_null() {
        message["params"] = params;
    }
    message
}

pub fn request(id: i64, method: &str, params: Value) -> Value {
    let mut message = notification(method, params);
    message["id"] = json!(id);
    message
}

pub fn initialize(process: Value) -> Value {
    request(0, "initialize", json!({"capabilities": {}, "processId": process}))
}

pub fn did_open(text: &str) -> Value {
    let document = json!({"uri": DOCUMENT, "languageId": "text", "version": 0, "text": text});
    notification("textDocument/didOpen", json!({"textDocument": document}))
}

/// A change of the whole text.
pub fn did_change(version: i64, text: &str) -> Value {
    let document = json!({"uri": DOCUMENT, "version": version});
    let changes = json!([{"text": text}]);
    notification("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}))
}
