//! The transport's guards, each driven through a whole session over pipes.
//!
//! "Without it" says what tower-lsp 0.20 does alone; that is how each of these tests failed before.

#[path = "transport/client.rs"]
mod client;
#[path = "transport/server.rs"]
mod server;

use std::sync::atomic::Ordering;
use std::time::Duration;

use client::{Client, DOCUMENT, did_change, did_open, frame, framed, initialize, notification, request};
use hegao::server::transport::{Ended, Settings};
use serde_json::{Value, json};

const ECHO: &str = r#"{"jsonrpc":"2.0","id":77,"method":"test/version"}"#;

/// Waits until the backend has come to a point.
async fn until(reached: impl Fn() -> bool) {
    let waited = tokio::time::timeout(client::PATIENCE, async {
        while !reached() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    waited.await.expect("the backend comes to the point");
}

/// The session goes on: a request is answered.
async fn assert_alive(client: &mut Client) {
    let version = client.ask(5_000, "test/version", Value::Null).await;
    assert!(version.is_i64(), "{version}");
}

// ---------------------------------------------------------------------------------------- order

/// Without it: dozens to hundreds of inversions among 1,000 edits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_sees_the_edits_sent_before_it() {
    hostile_session().await;
}

/// tokio's budget bites differently on one thread.
#[tokio::test]
async fn a_request_sees_the_edits_sent_before_it_on_one_thread() {
    hostile_session().await;
}

async fn hostile_session() {
    const EDITS: i32 = 2_000;
    let mut client = Client::ready().await;
    let mut input = client.input.take().expect("the input is open");
    let writer = tokio::spawn(async move {
        for version in 1..=EDITS {
            let mut messages = vec![did_change(version.into(), "甲")];
            if version % 2 == 0 {
                messages.push(request(version.into(), "test/version", Value::Null));
            }
            let written = tokio::io::AsyncWriteExt::write_all(&mut input, &framed(&messages)).await;
            written.expect("the server reads");
        }
        input
    });
    for version in (2..=EDITS).step_by(2) {
        let reply = client.reply(version).await;
        assert_eq!(reply["result"], version, "the request behind edit {version}");
    }
    client.input = Some(writer.await.expect("the writer does not panic"));
    let stored = client.seen.versions.lock().unwrap().clone();
    assert_eq!(stored, (1..=EDITS).collect::<Vec<_>>());
}

/// Without it: the didOpen is dropped and the request refused with -32002.
#[tokio::test]
async fn messages_written_right_behind_initialize_are_heard() {
    let mut client = Client::new(Settings::default());
    let messages = [
        initialize(Value::Null),
        notification("initialized", json!({})),
        did_open("甲乙"),
        request(1, "test/text", Value::Null),
    ];
    client.write(framed(&messages)).await;
    assert_eq!(client.reply(0).await["result"]["capabilities"], json!({}));
    assert_eq!(client.reply(1).await["result"], "甲乙");
}

// --------------------------------------------------------------------------------- cancellation

/// Without it: with four requests in flight nothing more is read.
#[tokio::test]
async fn a_request_is_cancelled_while_hundreds_are_in_flight() {
    const BUSY: usize = 300;
    let mut client = Client::ready().await;
    for id in 1..=BUSY {
        client.request(id as i64, "test/forever", Value::Null).await;
    }
    let seen = client.seen.clone();
    until(|| seen.begun.load(Ordering::SeqCst) == BUSY).await;
    client.notify("$/cancelRequest", json!({"id": 150})).await;
    assert_eq!(client.reply(150).await["error"]["code"], -32800);
    until(|| seen.dropped.load(Ordering::SeqCst) == 1).await;
    assert_alive(&mut client).await;
}

/// Without it: the request is answered when it gets a slot, that is, never while the lane is held.
#[tokio::test]
async fn a_request_that_waits_for_its_turn_is_cancelled_without_being_run() {
    let mut client = Client::ready().await;
    client.notify("test/gate", Value::Null).await;
    client.request(1, "test/forever", Value::Null).await;
    client.notify("$/cancelRequest", json!({"id": 1})).await;
    assert_eq!(client.reply(1).await["error"]["code"], -32800);
    // The id may be used again at once, and means the new request.
    client.request(1, "test/version", Value::Null).await;
    // This reply shows that the lines before it were read.
    client.request(2, "test/forever", Value::Null).await;
    client.notify("$/cancelRequest", json!({"id": 2})).await;
    client.reply(2).await;
    client.seen.gate.notify_one();
    assert_eq!(client.reply(1).await["result"], 0);
    assert_eq!(client.seen.begun.load(Ordering::SeqCst), 0);
}

/// tower-lsp reads the id of a cancellation as i32 and ignores a larger one.
#[tokio::test]
async fn ids_may_be_large_or_words() {
    let mut client = Client::ready().await;
    let large = 1_i64 << 40;
    client.request(large, "test/forever", Value::Null).await;
    client.notify("$/cancelRequest", json!({"id": large})).await;
    assert_eq!(client.reply(large).await["error"]["code"], -32800);
    client.write(frame(r#"{"jsonrpc":"2.0","id":"a","method":"test/forever"}"#)).await;
    client.notify("$/cancelRequest", json!({"id": "a"})).await;
    assert_eq!(client.reply("a").await["error"]["code"], -32800);
    client.notify("$/cancelRequest", json!({"id": "unknown"})).await;
    assert_alive(&mut client).await;
}

/// Without it: the second one is answered with an error only if its turn comes while the first runs.
#[tokio::test]
async fn an_id_in_use_is_refused() {
    let mut client = Client::ready().await;
    client.request(1, "test/gated", Value::Null).await;
    client.request(1, "test/gated", Value::Null).await;
    assert_eq!(client.reply(1).await["error"]["code"], -32600);
    client.seen.gate.notify_one();
    assert_eq!(client.reply(1).await["result"], "done");
}

// --------------------------------------------------------------------------------------- panics

/// Without it: the process ends.
#[tokio::test]
async fn a_panic_in_a_request_is_its_answer() {
    let mut client = Client::ready().await;
    for (id, method) in [(1, "test/panic"), (2, "test/panicLater")] {
        client.request(id, method, Value::Null).await;
        assert_eq!(client.reply(id).await["error"]["code"], -32603, "{method}");
    }
    assert_alive(&mut client).await;
}

/// Without it: the process ends.
#[tokio::test]
async fn a_panic_in_a_notification_costs_that_notification() {
    let mut client = Client::ready().await;
    client.notify("test/panicNotification", Value::Null).await;
    assert_alive(&mut client).await;
}

/// Without it: no answer ever comes; tower-lsp swallows its own -32601.
#[tokio::test]
async fn an_unknown_protocol_request_is_answered() {
    let mut client = Client::ready().await;
    client.request(1, "$/unknown", Value::Null).await;
    assert_eq!(client.reply(1).await["error"]["code"], -32601);
}

// --------------------------------------------------------------------------------------- frames

/// Without it, for each row: one -32700 and the session is over. The row's message is lost, what was
/// written before and after it arrives, and the loss is reported in between.
#[tokio::test]
async fn a_bad_message_is_reported_and_costs_only_itself() {
    let uri = format!(r#""textDocument":{{"uri":"{DOCUMENT}"}}"#);
    let half = format!(r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{{uri},"#);
    let deep = format!(r#"{{"jsonrpc":"2.0","method":"m","params":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    let rows: Vec<(&str, Vec<u8>, &str, Value)> = vec![
        ("malformed JSON", frame(&half), "malformed", json!(DOCUMENT)),
        ("empty body", frame(""), "malformed", Value::Null),
        ("nesting beyond the parser", frame(&deep), "malformed", Value::Null),
        ("not JSON-RPC", frame(r#"{"a": 1}"#), "notJsonRpc", Value::Null),
        ("a number", frame("1"), "notJsonRpc", Value::Null),
        ("an id that is none", frame(r#"{"jsonrpc":"2.0","id":1.5,"method":"m"}"#), "notJsonRpc", Value::Null),
        ("no length", format!("X-Header: 1\r\n\r\n{half}").into_bytes(), "malformed", json!(DOCUMENT)),
        ("a length that is no number", b"Content-Length: abc\r\n\r\n{}".to_vec(), "malformed", Value::Null),
        ("a line of garbage", b"hello, world\r\n".to_vec(), "malformed", Value::Null),
        ("garbage without a line end", b"{{{{\x00\xff".to_vec(), "malformed", Value::Null),
    ];
    for (row, bytes, reason, uri) in rows {
        let mut client = Client::ready().await;
        let mut input = framed(&[did_open("甲")]);
        input.extend(bytes);
        input.extend(framed(&[did_change(1, "乙")]));
        client.write(input).await;
        assert_eq!(client.text().await, "乙", "{row}");
        let lost = client.lost().await;
        assert_eq!(lost.len(), 1, "{row}: {lost:?}");
        assert_eq!(lost[0]["reason"], reason, "{row}");
        assert_eq!(lost[0]["uri"], uri, "{row}");
        assert_alive(&mut client).await;
    }
}

/// Without it: the session is over at any of these headers, the first two excepted.
#[tokio::test]
async fn headers_are_read_generously() {
    let length = ECHO.len();
    let headers = [
        format!("Content-Length: {length}\r\n\r\n"),
        format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n"),
        format!("content-length: {length}\r\n\r\n"),
        format!("CONTENT-LENGTH:{length}\r\n\r\n"),
        format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n"),
        format!("Content-Type: text/plain; charset=gbk\r\nContent-Length: {length}\r\n\r\n"),
        format!("A: 1\r\nB: 2\r\nContent-Length: {length}\r\nC: 3\r\nD: 4\r\n\r\n"),
        format!("Content-Length: {length}\n\n"),
        format!("\r\n\r\nContent-Length: {length}\r\n\r\n"),
        format!("Content-Length: {length}\r\nContent-Length: {length}\r\n\r\n"),
        format!("Content-Length: 7\r\nContent-Length: {length}\r\n\r\n"),
    ];
    let mut client = Client::ready().await;
    for header in headers {
        client.write(format!("{header}{ECHO}")).await;
        assert_eq!(client.reply(77).await["result"], 0, "{header:?}");
    }
    assert_eq!(client.lost().await, Vec::<Value>::new());
}

/// Without it: the message behind the wrong length is swallowed and the session is over. Here even the
/// message with the wrong length is saved.
#[tokio::test]
async fn a_length_too_long_costs_nothing() {
    for excess in [1, 5, 40, 100, 5_000_000] {
        let mut client = Client::ready().await;
        let open = did_open("甲").to_string();
        let header = format!("Content-Length: {}\r\n\r\n", open.len() + excess);
        client.write(format!("{header}{open}")).await;
        assert_eq!(client.text().await, "甲", "{excess} too long");
        assert_eq!(client.lost().await, Vec::<Value>::new(), "{excess} too long");
    }
}

/// Without it: the session is over. Where the cut-off end names the document, it is reported too.
#[tokio::test]
async fn a_length_too_short_costs_its_message() {
    for (missing, reports) in [(1, 1), (2, 1), (50, 2)] {
        let mut client = Client::ready().await;
        let (open, change) = (did_open("甲").to_string(), did_change(1, "乙").to_string());
        let header = format!("Content-Length: {}\r\n\r\n", change.len() - missing);
        let wrong = format!("{header}{change}");
        client.write([frame(&open), wrong.into_bytes()].concat()).await;
        assert_eq!(client.text().await, "甲", "{missing} too short");
        let lost = client.lost().await;
        assert_eq!(lost.len(), reports, "{missing} too short: {lost:?}");
        assert!(lost.iter().all(|lost| lost["reason"] == "malformed"), "{lost:?}");
        assert!(lost.iter().any(|lost| lost["uri"] == DOCUMENT), "{lost:?}");
    }
}

/// Without it: whatever memory the number asks for is waited for, and nothing is answered again.
#[tokio::test]
async fn a_huge_length_takes_no_memory_and_is_reported() {
    for length in ["99999999999", "99999999999999999999999999"] {
        let mut client = Client::ready().await;
        let body = did_open("甲");
        client.write(format!("Content-Length: {length}\r\n\r\n{body}")).await;
        let lost = client.lost().await;
        assert_eq!(lost.len(), 1, "{lost:?}");
        assert_eq!((&lost[0]["reason"], &lost[0]["uri"]), (&json!("tooLarge"), &json!(DOCUMENT)));
        assert_alive(&mut client).await;
    }
}

/// Without it: there is no limit; 102 MB took 398 MB of memory.
#[tokio::test]
async fn a_message_beyond_the_limit_is_skipped_and_reported() {
    let settings = Settings { largest_body: 1 << 20, ..Settings::default() };
    let mut client = Client::ready_with(settings).await;
    let (small, large) = (did_open("甲"), did_change(1, &"乙".repeat(1 << 19)));
    let bytes = large.to_string().len();
    client.write(framed(&[small, large])).await;
    assert_eq!(client.text().await, "甲");
    let lost = client.lost().await;
    let expected = json!([{
        "reason": "tooLarge", "detail": "the message is too large", "uri": DOCUMENT, "bytes": bytes
    }]);
    assert_eq!(json!(lost), expected);
}

#[tokio::test]
async fn a_draft_of_ten_megabytes_arrives() {
    let text = "全年实现地区生产总值321.5亿元，增长6.8%。\n".repeat(10_000_000 / 54);
    let mut client = Client::ready().await;
    client.send(&did_open(&text)).await;
    let length = client.ask(1, "test/text", Value::Null).await;
    assert!(length.as_str() == Some(text.as_str()), "the text came through unchanged");
}

/// Without it: the session is over at the lone surrogate.
#[tokio::test]
async fn a_lone_surrogate_arrives_as_one_replacement_character() {
    // as JSON, as text, and its UTF-16 units
    let cases = [
        (r"\ud83d", "\u{fffd}", 1),
        (r"甲\uDE03乙", "甲\u{fffd}乙", 3),
        (r"\ud83d\ude03", "😃", 2),
        (r"\ud83d\ud83d\ude03", "\u{fffd}😃", 3),
        (r"\\ud83d", r"\ud83d", 6),
        (r"\ud83d\\ud83d", "\u{fffd}\\ud83d", 7),
    ];
    let mut client = Client::ready().await;
    for (written, expected, units) in cases {
        let open = did_open("@").to_string().replace('@', written);
        client.write(frame(&open)).await;
        let text = client.text().await;
        assert_eq!(text, expected, "{written}");
        assert_eq!(text.encode_utf16().count(), units, "{written}");
    }
    assert_eq!(client.lost().await, Vec::<Value>::new());
}

/// Without it: the session is over.
#[tokio::test]
async fn invalid_utf8_is_repaired() {
    let mut client = Client::ready().await;
    let open = did_open("甲@乙").to_string().into_bytes();
    let open: Vec<u8> = open.into_iter().map(|byte| if byte == b'@' { 0xff } else { byte }).collect();
    let header = format!("Content-Length: {}\r\n\r\n", open.len());
    client.write([header.into_bytes(), open].concat()).await;
    assert_eq!(client.text().await, "甲\u{fffd}乙");
}

/// Without it: the session is over.
#[tokio::test]
async fn a_batch_is_heard_in_its_order() {
    let mut client = Client::ready().await;
    let batch = json!([
        did_open("甲"),
        did_change(1, "乙"),
        request(1, "test/text", Value::Null),
        {"nothing": 1},
        did_change(2, "丙"),
    ]);
    client.send(&batch).await;
    assert_eq!(client.reply(1).await["result"], "乙");
    assert_eq!(client.text().await, "丙");
    assert_eq!(client.lost().await.len(), 1);
}

/// Without it: the notification is dropped without a word and the draft stays as it was.
#[tokio::test]
async fn a_change_with_wrong_params_is_reported() {
    let mut client = Client::ready().await;
    client.send(&did_open("甲")).await;
    let wrong = [
        ("textDocument/didChange", json!({"textDocument": {"uri": DOCUMENT, "version": "x"}})),
        ("textDocument/didOpen", json!({"textDocument": {"uri": DOCUMENT}})),
        ("textDocument/didClose", json!({"textDocument": {"uri": DOCUMENT, "_": 1}, "x": 2})),
        ("textDocument/didChange", Value::Null),
    ];
    for (method, params) in &wrong {
        client.notify(method, params.clone()).await;
    }
    let lost = client.lost().await;
    let seen: Vec<_> = lost.iter().map(|lost| (&lost["reason"], &lost["uri"])).collect();
    // The third is unusual, but can be read.
    let expected = [
        (&json!("badChange"), &json!(DOCUMENT)),
        (&json!("badChange"), &json!(DOCUMENT)),
        (&json!("badChange"), &Value::Null),
    ];
    assert_eq!(seen, expected);
    assert_eq!(client.text().await, "甲");
}

// -------------------------------------------------------------------------------------- replies

/// Without it: four handlers that wait for the client and a hundred messages before its replies stop
/// the server for ever, because the replies are not read.
#[tokio::test]
async fn replies_are_read_however_many_handlers_wait_for_them() {
    const ASKING: i64 = 8;
    let mut client = Client::ready().await;
    let mut asked = Vec::new();
    for id in 1..=ASKING {
        client.request(id, "test/configuration", Value::Null).await;
        asked.push(client.call("workspace/configuration").await);
    }
    for _ in 0..300 {
        client.send(&did_open("甲")).await;
    }
    for asked in asked {
        client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": [1]})).await;
    }
    for id in 1..=ASKING {
        assert_eq!(client.reply(id).await["result"], json!([1]));
    }
}

/// Without it: tower-lsp panics ("receiver already dropped") and the session is over.
#[tokio::test]
async fn a_reply_that_comes_too_late_is_dropped() {
    let mut client = Client::ready().await;
    client.notify("test/giveUp", Value::Null).await;
    let asked = client.call("workspace/configuration").await;
    assert_alive(&mut client).await;
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": []})).await;
    assert_alive(&mut client).await;
}

#[tokio::test]
async fn a_reply_to_nothing_is_dropped_however_often_it_comes() {
    let mut client = Client::ready().await;
    for _ in 0..2 {
        client.send(&json!({"jsonrpc": "2.0", "id": 4711, "result": null})).await;
        client.send(&json!({"jsonrpc": "2.0", "id": null, "result": null})).await;
    }
    assert_alive(&mut client).await;
}

/// Without it: tower-lsp takes the reply for a request, answers it, and the handler waits for ever.
#[tokio::test]
async fn an_error_in_other_words_is_an_answer() {
    let mut client = Client::ready().await;
    client.request(1, "test/configuration", Value::Null).await;
    let asked = client.call("workspace/configuration").await;
    let error = json!({"code": -32601, "message": "no", "stack": "somewhere"});
    client.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "error": error})).await;
    let reply = client.reply(1).await;
    assert!(reply["error"]["message"].to_string().contains("somewhere"), "{reply}");
}

// --------------------------------------------------------------------------- the session's end

/// Without it: the server reads on, and panics when the next reply is due.
#[tokio::test]
async fn a_closed_output_ends_the_session() {
    let mut client = Client::ready().await;
    drop(client.output.take());
    client.request(1, "test/version", Value::Null).await;
    let ended = client.ended().await;
    assert_eq!((ended, ended.code()), (Ended::OutputClosed, 1));
}

#[tokio::test]
async fn the_end_of_the_input_ends_the_session_when_replies_are_flushed() {
    let mut client = Client::ready().await;
    client.request(1, "test/gated", Value::Null).await;
    drop(client.input.take());
    client.seen.gate.notify_one();
    assert_eq!(client.reply(1).await["result"], "done");
    let ended = client.ended().await;
    assert_eq!(ended, Ended::InputClosed { after_shutdown: false });
    assert_eq!(ended.code(), 1);
}

/// Without it: `serve` waits for the handler for ever.
#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_session() {
    let mut client = Client::ready().await;
    client.request(1, "test/forever", Value::Null).await;
    client.request(2, "shutdown", Value::Null).await;
    client.reply(2).await;
    drop(client.input.take());
    let ended = client.ended().await;
    assert_eq!(ended, Ended::InputClosed { after_shutdown: true });
    assert_eq!(ended.code(), 0);
    let seen = client.seen.clone();
    until(|| seen.dropped.load(Ordering::SeqCst) == 1).await;
}

#[tokio::test]
async fn the_end_of_the_input_inside_a_message_ends_the_session() {
    let mut client = Client::ready().await;
    client.write("Content-Length: 100\r\n\r\n{\"a\"").await;
    drop(client.input.take());
    assert_eq!(client.ended().await, Ended::InputClosed { after_shutdown: false });
}

/// Without it: with the input left open the server never ends.
#[tokio::test]
async fn exit_ends_the_session_though_the_input_stays_open() {
    let mut client = Client::ready().await;
    client.request(1, "test/forever", Value::Null).await;
    assert_eq!(client.ask(2, "shutdown", Value::Null).await, Value::Null);
    client.notify("exit", Value::Null).await;
    assert_eq!(client.reply(1).await["error"]["code"], -32800);
    let ended = client.ended().await;
    assert_eq!((ended, ended.code()), (Ended::Exit { after_shutdown: true }, 0));
}

/// Without it: with the input left open the server never ends; with it closed the code is 0.
#[tokio::test]
async fn exit_without_shutdown_jumps_the_lane() {
    let mut client = Client::ready().await;
    client.notify("test/gate", Value::Null).await;
    client.request(1, "test/forever", Value::Null).await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.reply(1).await["error"]["code"], -32800);
    let ended = client.ended().await;
    assert_eq!((ended, ended.code()), (Ended::Exit { after_shutdown: false }, 1));
}

/// Without it (an `exit` that always jumps): the reply to `shutdown` is lost.
#[tokio::test]
async fn shutdown_is_answered_though_exit_comes_in_the_same_write() {
    for close in [false, true] {
        let mut client = Client::ready().await;
        let messages = [
            did_change(1, "甲"),
            request(1, "test/version", Value::Null),
            request(2, "shutdown", Value::Null),
            notification("exit", Value::Null),
        ];
        client.write(framed(&messages)).await;
        if close {
            drop(client.input.take());
        }
        assert_eq!(client.reply(1).await["result"], 1);
        assert_eq!(client.reply(2).await.get("result"), Some(&Value::Null));
        assert_eq!(client.ended().await, Ended::Exit { after_shutdown: true });
    }
}

/// Without it: -32602, "Unexpected params: null"; eglot writes it so.
#[tokio::test]
async fn shutdown_may_have_params() {
    for params in ["null", "{}", "[]"] {
        let mut client = Client::ready().await;
        client.write(frame(&format!(r#"{{"jsonrpc":"2.0","id":1,"method":"shutdown","params":{params}}}"#))).await;
        assert_eq!(client.reply(1).await.get("result"), Some(&Value::Null), "{params}");
    }
}

/// Without it: the server stays for as long as somebody holds the pipe open.
#[cfg(unix)]
#[tokio::test]
async fn a_client_that_vanished_ends_the_session() {
    let mut parent = std::process::Command::new("sleep").arg("60").spawn().expect("sleep runs");
    let settings = Settings { parent_period: Duration::from_millis(10), ..Settings::default() };
    let mut client = Client::new(settings);
    client.initialize(json!(parent.id())).await;
    assert_alive(&mut client).await;
    parent.kill().expect("it is ours");
    parent.wait().expect("it was there");
    let ended = client.ended().await;
    assert_eq!((ended, ended.code()), (Ended::ParentGone, 1));
}

/// Without it (watching whatever number is told): a server in a container ends at once.
#[cfg(unix)]
#[tokio::test]
async fn a_client_that_was_never_here_is_not_watched() {
    let mut gone = std::process::Command::new("true").spawn().expect("true runs");
    gone.wait().expect("it was there");
    for process in [gone.id(), u32::MAX, 0] {
        let settings = Settings { parent_period: Duration::from_millis(1), ..Settings::default() };
        let mut client = Client::new(settings);
        client.initialize(json!(process)).await;
        tokio::time::sleep(Duration::from_millis(30)).await;
        assert_alive(&mut client).await;
    }
}
