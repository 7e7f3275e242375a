//! The language server as editors start it: the binary, over real pipes.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    /// Messages that came while another was waited for.
    kept: Vec<Value>,
}

/// Nothing that is waited for takes longer, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hegao"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(child.stdout.take().expect("piped"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Server { input: child.stdin.take(), output: messages, kept: Vec::new(), child }
    }

    fn send(&mut self, messages: &[Value]) {
        let mut bytes = Vec::new();
        for message in messages {
            let body = message.to_string();
            bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        }
        let input = self.input.as_mut().expect("open");
        input.write_all(&bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// The next message for which `wanted` holds; others are kept.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at);
        }
        loop {
            let message = self.output.recv_timeout(PATIENCE).expect("the server says something");
            if wanted(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    fn initialize(&mut self) {
        let params = json!({ "capabilities": {}, "locale": "zh-CN", "processId": std::process::id() });
        self.send(&[
            json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }),
            json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        ]);
        self.wait(|m| m["id"] == 1);
    }

    fn exit_code(&mut self) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }

    fn stderr(&mut self) -> String {
        let mut text = String::new();
        self.child.stderr.take().expect("piped").read_to_string(&mut text).expect("text");
        text
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next message; nothing at the output's end.
fn receive(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(n) = line.strip_prefix("Content-Length: ") {
            length = n.trim().parse().expect("a length");
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

fn open(text: &str) -> Value {
    let document = json!({ "uri": "file:///a.txt", "languageId": "plaintext", "version": 1, "text": text });
    json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } })
}

fn shutdown() -> Value {
    json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown" })
}

fn exit() -> Value {
    json!({ "jsonrpc": "2.0", "method": "exit" })
}

#[test]
fn a_whole_session_finds_the_repeated_paragraph_and_opens_no_socket() {
    let mut server = Server::start();
    server.initialize();
    server.send(&[open(&std::fs::read_to_string("seeds/001_27aa5a5a10930f29.txt").expect("a seed"))]);
    let published = server.wait(|m| m["method"] == "textDocument/publishDiagnostics");
    assert_eq!(published["params"]["diagnostics"].as_array().map(Vec::len), Some(1), "{published}");
    // Invariant 6: nothing leaves the machine. Linux shows what a process holds open.
    #[cfg(target_os = "linux")]
    {
        let folder = format!("/proc/{}/fd", server.child.id());
        let held =
            std::fs::read_dir(folder).expect("/proc").filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
        let (mut held, mut pipes) = (held.peekable(), 0);
        assert!(held.peek().is_some());
        for link in held {
            let link = link.display().to_string();
            // tokio's own wake-up pair is a unix socket pair; a network socket would be listed in /proc/net.
            if let Some(inode) = link.strip_prefix("socket:[").and_then(|l| l.strip_suffix(']')) {
                for table in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] {
                    let table = std::fs::read_to_string(format!("/proc/{}/net/{table}", server.child.id()));
                    let listed = table.unwrap_or_default().lines().any(|l| l.split_whitespace().nth(9) == Some(inode));
                    assert!(!listed, "a network socket: {link}");
                }
            }
            pipes += usize::from(link.starts_with("pipe:"));
        }
        assert!(pipes >= 3, "standard input, output and error");
    }
    server.send(&[shutdown(), exit()]);
    assert_eq!(server.wait(|m| m["id"] == 9)["result"], Value::Null);
    assert_eq!(server.exit_code(), Some(0));
    assert_eq!(server.stderr(), "");
}

#[test]
fn exit_without_shutdown_is_code_1_though_the_input_stays_open() {
    let mut server = Server::start();
    server.initialize();
    server.send(&[exit()]);
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn the_end_of_the_input_ends_the_server() {
    let mut server = Server::start();
    server.initialize();
    server.input = None;
    assert_eq!(server.exit_code(), Some(1));
}

#[test]
fn messages_behind_initialize_and_garbage_between_them_lose_nothing() {
    let mut server = Server::start();
    let initialize = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } });
    let initialized = json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} });
    server.send(&[initialize, initialized]);
    server
        .input
        .as_mut()
        .expect("open")
        .write_all(b"garbage\r\n\r\nContent-Length: 7\r\n\r\n{\"bad\":")
        .expect("written");
    server.send(&[open("# \u{7532}\n")]);
    server.wait(|m| m["method"] == "window/showMessage");
    let published = server.wait(|m| m["method"] == "textDocument/publishDiagnostics");
    assert_eq!(published["params"]["version"], 1);
    server.send(&[shutdown(), exit()]);
    assert_eq!(server.exit_code(), Some(0));
}
