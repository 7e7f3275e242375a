//! How long after a keystroke its findings arrive, measured where the writer's editor stands: outside, through a real
//! stdio session of `hegao lsp`.
//!
//! The clock of one edit starts before the `didChange` is written and stops when the last byte of the
//! `publishDiagnostics` with that edit's version has been read; JSON is made before and parsed after. The next key is
//! typed only then, so nothing is coalesced: this is the latency of a keystroke, not the throughput of a burst.
//!
//! `cargo bench --bench keystroke`, and after `--`: `--quick` (10 KB and 1 MB, fewer edits), `--check-large` (proves of
//! the text of 10 MB too, not only of the smaller ones, that its only repeats are the planted ones).

#[path = "support/generator.rs"]
mod generator;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use generator::{Generated, PlantedKind, assert_no_other_near_pairs, generate, han_count, is_han, seed_reports};
use serde_json::{Value, json};

const SEED: u64 = 7;
const DOCUMENT: &str = "file:///bench/report.md";
const COLD_STARTS: usize = 20;
/// A server that does not do what it was asked for so long does not do it at all.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the watch over `PATIENCE` looks; it costs no more than a wake-up.
const WATCH_INTERVAL: Duration = Duration::from_millis(200);
/// From `exit` to the end of the process.
const TIME_TO_EXIT: Duration = Duration::from_secs(5);

type Outcome<T> = Result<T, String>;
/// The cells of a table's row.
type Row = Vec<String>;

struct Size {
    name: &'static str,
    bytes: usize,
    edits: usize,
}

const SIZES: [Size; 3] = [
    Size { name: "10 KB", bytes: 10_000, edits: 200 },
    Size { name: "1 MB", bytes: 1_000_000, edits: 200 },
    Size { name: "10 MB", bytes: 10_000_000, edits: 100 },
];
const QUICK_EDITS: usize = 40;
/// Up to this size the text is checked on every run: it takes 20 ms.
const ALWAYS_CHECKED_BYTES: usize = 1_000_000;

fn main() {
    // Cargo adds `--bench`; like anything else that is not known here, it changes nothing.
    let is_given = |option: &str| std::env::args().any(|argument| argument == option);
    if let Err(message) = run(is_given("--quick"), is_given("--check-large")) {
        eprintln!("keystroke: {message}");
        std::process::exit(1);
    }
}

fn run(quick: bool, check_large: bool) -> Outcome<()> {
    print_cold_starts()?;
    let reports = seed_reports();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let (mut latencies, mut costs) = (Vec::new(), Vec::new());
    for size in SIZES.iter().filter(|size| !quick || size.bytes < 10_000_000) {
        let generated = generate(&reports, size.bytes, SEED);
        if size.bytes <= ALWAYS_CHECKED_BYTES || check_large {
            assert_no_other_near_pairs(&generated);
        }
        let edits = if quick { QUICK_EDITS } else { size.edits };
        let desk = Desk::new(&generated)?;
        println!("{}: {}", size.name, desk.describe(&generated));
        for encoding in ["utf-16", "utf-8"] {
            let (of_places, of_opening) = measure(size, edits, encoding, &generated.text, &desk)
                .map_err(|message| format!("{} in {encoding}: {message}", size.name))?;
            latencies.extend(of_places);
            costs.push(of_opening);
        }
    }
    println!("\nKeystroke to publishDiagnostics, ms");
    print_table("size|encoding|place|edits|p50|p95|p99|max|published|last bytes", &latencies);
    println!("\nOpening, ms, and memory of the server, in MB and as a multiple of the text");
    print_table("size|encoding|first publish|RSS opened||RSS edited||HWM|", &costs);
    Ok(())
}

fn print_cold_starts() -> Outcome<()> {
    let mut starts = Vec::new();
    for _ in 0..COLD_STARTS {
        let session = Session::start("utf-16")?;
        starts.push(session.start_up);
        session.close()?;
    }
    let starts = Spread::of(&starts);
    println!("Cold start to the answer of initialize, ms: median {:.1}, p95 {:.1}\n", starts.at(50), starts.at(95));
    Ok(())
}

/// One session: opens the text, types in a paragraph, then in a heading. Gives a row for each place and the row of
/// what opening and keeping the text cost.
fn measure(size: &Size, edits: usize, encoding: &str, text: &str, desk: &Desk) -> Outcome<(Vec<Row>, Row)> {
    let mut session = Session::start(encoding)?;
    let spoken = if session.encoding == encoding { encoding.to_owned() } else { format!("not {encoding}") };
    let opened = session.open(text)?;
    let memory_opened = session.memory();
    let units = Units::named(&session.encoding)?;
    let mut version = 1;
    let mut latencies = Vec::new();
    for (place, keys) in
        [("paragraph", desk.typing(text, units, edits)), ("heading", desk.retouching(text, units, edits))]
    {
        let mut times = Vec::new();
        let mut last = None;
        for change in keys {
            version += 1;
            let publish = session.change(version, change)?;
            times.push(publish.after);
            last = Some(publish);
        }
        let last = last.ok_or("there is nothing to type")?;
        let spread = Spread::of(&times);
        let mut row = vec![size.name.to_owned(), spoken.clone(), place.to_owned(), edits.to_string()];
        row.extend([50, 95, 99, 100].map(|percent| format!("{:.2}", spread.at(percent))));
        row.extend([last.diagnostics.to_string(), last.bytes.to_string()]);
        latencies.push(row);
    }
    let memory = session.memory();
    let mut row = vec![size.name.to_owned(), spoken, format!("{:.1}", milliseconds(opened.after))];
    for bytes in [memory_opened.map(|at| at.resident), memory.map(|at| at.resident), memory.map(|at| at.peak)] {
        let megabytes = bytes.map(|bytes| format!("{:.1}", bytes as f64 / 1e6));
        let multiple = bytes.map(|bytes| format!("×{:.1}", bytes as f64 / text.len() as f64));
        row.extend([megabytes, multiple].map(|cell| cell.unwrap_or_else(|| "unknown".to_owned())));
    }
    session.close()?;
    Ok((latencies, row))
}

/// Where the writer's cursor stands: in a long paragraph and in a heading, both near the middle of the text.
struct Desk {
    paragraph: Place,
    heading: Place,
}

/// A place between two characters, in bytes of the text and of its line.
struct Place {
    line: usize,
    start_of_line: usize,
    column: usize,
}

impl Desk {
    fn new(generated: &Generated) -> Outcome<Self> {
        let text = generated.text.as_str();
        let mut lines = Vec::new();
        let mut start = 0;
        for (number, line) in text.split_inclusive('\n').enumerate() {
            lines.push((number, start, line.trim_end()));
            start += line.len();
        }
        // From the middle on, then from the beginning.
        let middle = lines.partition_point(|(_, start, _)| *start < text.len() / 2);
        let from_middle = || lines[middle..].iter().chain(&lines[..middle]);

        // Typing in one of two planted copies would measure how a repeat comes undone.
        let is_planted =
            |at: usize| generated.planted.iter().any(|one| one.ranges.iter().any(|range| range.start == at));
        let paragraph = from_middle().find(|(_, start, line)| han_count(line) >= 200 && !is_planted(*start));
        let (number, start, line) = *paragraph.ok_or("the text has no paragraph of 200 characters")?;
        // After a clause, where one would add something, and never inside a number.
        let clause_ends = line.match_indices(['，', ',', '。']).map(|(at, mark)| at + mark.len());
        let column = clause_ends.min_by_key(|at| at.abs_diff(line.len() / 2)).ok_or("the paragraph has no clause")?;
        let paragraph = Place { line: number, start_of_line: start, column };

        let heading = from_middle().find(|(_, start, line)| is_heading(line) && !is_planted(*start));
        let (number, start, line) = *heading.ok_or("the text has no heading")?;
        // Before its last character, so that neither marker nor emphasis nor the space between two halves is touched.
        let column = line.rfind(is_han).unwrap_or(line.len());
        Ok(Self { paragraph, heading: Place { line: number, start_of_line: start, column } })
    }

    /// Characters of the text one after another, each at the end of what was typed before.
    fn typing(&self, text: &str, units: Units, keys: usize) -> Vec<Value> {
        let numerals = "〇零一二三四五六七八九十百千万亿两";
        let characters: Vec<char> = text.chars().filter(|c| is_han(*c) && !numerals.contains(*c)).collect();
        // Every 37th: far enough apart to be nobody's phrase.
        let typed = characters.iter().step_by(37).cycle().take(keys);
        let start = self.paragraph.position(text, units);
        let mut column = start;
        typed
            .map(|key| {
                let change = edit(self.paragraph.line, column..column, &key.to_string());
                column += units.length(&key.to_string());
                change
            })
            .collect()
    }

    /// One character put in, then taken out again: the line stays a heading.
    fn retouching(&self, text: &str, units: Units, keys: usize) -> Vec<Value> {
        let column = self.heading.position(text, units);
        let key = "新";
        let put_in = edit(self.heading.line, column..column, key);
        let take_out = edit(self.heading.line, column..column + units.length(key), "");
        [put_in, take_out].into_iter().cycle().take(keys).collect()
    }

    /// What is measured, in a line for the reader of the table.
    fn describe(&self, generated: &Generated) -> String {
        let text = generated.text.as_str();
        let of = |kind: PlantedKind| generated.planted.iter().filter(|planted| planted.kind == kind).count();
        let heading = text[self.heading.start_of_line..].lines().next().unwrap_or_default();
        format!(
            "{} bytes; planted: {} repeats, {} numbering gaps, {} announced counts; typing in line {}, and in heading {} ({heading})",
            text.len(),
            of(PlantedKind::ExactRepeat),
            of(PlantedKind::NumberingGap),
            of(PlantedKind::AnnouncedCount),
            self.paragraph.line + 1,
            self.heading.line + 1,
        )
    }
}

impl Place {
    fn position(&self, text: &str, units: Units) -> usize {
        units.length(&text[self.start_of_line..self.start_of_line + self.column])
    }
}

/// Marked, numbered, or bare with two halves.
fn is_heading(line: &str) -> bool {
    let bare =
        || line.contains(' ') && line.chars().all(|c| is_han(c) || c == ' ') && (8..=30).contains(&han_count(line));
    let marked = || line.starts_with('#') || line.starts_with("**") && line.ends_with("**");
    (marked() || bare()) && han_count(line) >= 4
}

fn edit(line: usize, columns: std::ops::Range<usize>, text: &str) -> Value {
    let position = |character: usize| json!({ "line": line, "character": character });
    json!({ "range": { "start": position(columns.start), "end": position(columns.end) }, "text": text })
}

/// What a position counts.
#[derive(Clone, Copy)]
enum Units {
    Utf8,
    Utf16,
}

impl Units {
    fn named(encoding: &str) -> Outcome<Self> {
        match encoding {
            "utf-8" => Ok(Self::Utf8),
            "utf-16" => Ok(Self::Utf16),
            other => Err(format!("the server counts positions in {other}, which was not offered")),
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// A running server and the client's end of it. Dropping it kills the server.
struct Session {
    child: Arc<Mutex<Child>>,
    stdin: ChildStdin,
    frames: Receiver<Frame>,
    watch: Arc<Watch>,
    complaints: Arc<Mutex<Vec<u8>>>,
    requests: u64,
    /// The position encoding that the server chose.
    encoding: String,
    /// From before the spawn to the answer of `initialize`.
    start_up: Duration,
}

struct Frame {
    /// When its last byte had been read.
    arrived: Instant,
    body: Vec<u8>,
}

struct Publish {
    after: Duration,
    bytes: usize,
    diagnostics: usize,
}

/// In bytes.
#[derive(Clone, Copy)]
struct Memory {
    resident: u64,
    peak: u64,
}

impl Session {
    /// Spawns the server and initializes it, as a client that offers one encoding and cannot pull diagnostics.
    fn start(encoding: &str) -> Outcome<Self> {
        let begun = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_hegao"));
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("hegao cannot be started: {error}"))?;
        let (stdin, stdout, stderr) = match (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
            (Some(stdin), Some(stdout), Some(stderr)) => (stdin, stdout, stderr),
            _ => return Err("hegao was started without its pipes".to_owned()),
        };
        let child = Arc::new(Mutex::new(child));
        let (sender, frames) = mpsc::channel();
        thread::spawn(move || read_frames(stdout, &sender));
        let complaints = Arc::new(Mutex::new(Vec::new()));
        thread::spawn({
            let complaints = Arc::clone(&complaints);
            move || keep_last_words(stderr, &complaints)
        });
        let watch = Watch::over(Arc::clone(&child));
        let mut session = Self {
            child,
            stdin,
            frames,
            watch,
            complaints,
            requests: 0,
            encoding: "utf-16".to_owned(),
            start_up: Duration::ZERO,
        };
        let (arrived, result) = session.request(
            "initialize",
            json!({
                "processId": std::process::id(),
                "clientInfo": { "name": "hegao keystroke bench" },
                "rootUri": null,
                "capabilities": {
                    "general": { "positionEncodings": [encoding] },
                    "textDocument": {
                        "synchronization": {},
                        "publishDiagnostics": { "versionSupport": true, "relatedInformation": true }
                    }
                }
            }),
        )?;
        session.start_up = arrived - begun;
        // Absent, it is UTF-16 by the protocol.
        if let Some(chosen) = result["capabilities"]["positionEncoding"].as_str() {
            session.encoding = chosen.to_owned();
        }
        session.notify("initialized", json!({}))?;
        Ok(session)
    }

    fn open(&mut self, text: &str) -> Outcome<Publish> {
        let item = json!({ "uri": DOCUMENT, "languageId": "markdown", "version": 1, "text": text });
        self.publish_after("textDocument/didOpen", json!({ "textDocument": item }), 1)
    }

    fn change(&mut self, version: i64, change: Value) -> Outcome<Publish> {
        let parameters = json!({ "textDocument": { "uri": DOCUMENT, "version": version }, "contentChanges": [change] });
        self.publish_after("textDocument/didChange", parameters, version)
    }

    /// Sends a notification and waits for the findings of `version`. This is the clock of the whole bench.
    fn publish_after(&mut self, method: &str, parameters: Value, version: i64) -> Outcome<Publish> {
        let message = framed(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
        let awaited = format!("publishDiagnostics of version {version}");
        let begun = Instant::now();
        self.write(&message, &awaited)?;
        loop {
            let frame = self.read(&awaited)?;
            let message = self.parse(&frame)?;
            let published = &message["params"];
            let is_publish = message["method"] == "textDocument/publishDiagnostics" && published["uri"] == DOCUMENT;
            if is_publish && published["version"].is_null() {
                return Err("the server publishes diagnostics without the version they belong to".to_owned());
            }
            if is_publish && published["version"] == version {
                let diagnostics = published["diagnostics"].as_array().map_or(0, Vec::len);
                return Ok(Publish { after: frame.arrived - begun, bytes: frame.body.len(), diagnostics });
            }
            self.answer(&message)?;
        }
    }

    fn request(&mut self, method: &str, parameters: Value) -> Outcome<(Instant, Value)> {
        self.requests += 1;
        let id = self.requests;
        let awaited = format!("the answer of {method}");
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        // `shutdown` has none, and a strict server refuses a null.
        if !parameters.is_null() {
            message["params"] = parameters;
        }
        self.write(&framed(&message), &awaited)?;
        loop {
            let frame = self.read(&awaited)?;
            let mut message = self.parse(&frame)?;
            if message["id"] != id || message["method"].is_string() {
                self.answer(&message)?;
                continue;
            }
            if !message["error"].is_null() {
                return Err(format!("{method} failed: {}", message["error"]));
            }
            return Ok((frame.arrived, message["result"].take()));
        }
    }

    fn notify(&mut self, method: &str, parameters: Value) -> Outcome<()> {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if !parameters.is_null() {
            message["params"] = parameters;
        }
        self.write(&framed(&message), method)
    }

    /// What the server asks in between (a registration, a setting) is granted, or it would wait for ever.
    fn answer(&mut self, message: &Value) -> Outcome<()> {
        if message["id"].is_null() || !message["method"].is_string() {
            return Ok(());
        }
        // One null for each setting that is asked for; null for everything else.
        let settings = message["params"]["items"].as_array().filter(|_| message["method"] == "workspace/configuration");
        let result = settings.map_or(Value::Null, |items| items.iter().map(|_| Value::Null).collect());
        self.write(&framed(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result })), "an answer to be read")
    }

    fn write(&mut self, message: &[u8], awaited: &str) -> Outcome<()> {
        // A server that does not read blocks a large message in the pipe: the watch ends this too.
        self.watch.begin();
        let written = self.stdin.write_all(message);
        written.map_err(|_| self.failure(awaited))
    }

    /// The next frame. `PATIENCE` counts from the last `write`.
    fn read(&self, awaited: &str) -> Outcome<Frame> {
        let frame = self.frames.recv().map_err(|_| self.failure(awaited))?;
        Ok(frame)
    }

    fn parse(&self, frame: &Frame) -> Outcome<Value> {
        serde_json::from_slice(&frame.body)
            .map_err(|error| format!("the server sent a frame that is not JSON: {error}"))
    }

    fn failure(&self, awaited: &str) -> String {
        let cause = if self.watch.is_expired.load(Ordering::SeqCst) {
            format!("hegao lsp did not send {awaited} within {} s", PATIENCE.as_secs())
        } else {
            format!("hegao lsp ended, or closed a pipe, before {awaited}")
        };
        let complaints = locked(&self.complaints);
        if complaints.is_empty() {
            cause
        } else {
            format!("{cause}; it said:\n{}", String::from_utf8_lossy(&complaints))
        }
    }

    /// From /proc, so only on Linux.
    fn memory(&self) -> Option<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", locked(&self.child).id())).ok()?;
        let bytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok().map(|kibibytes: u64| kibibytes * 1024)
        };
        Some(Memory { resident: bytes("VmRSS:")?, peak: bytes("VmHWM:")? })
    }

    /// `shutdown`, its answer, `exit`, and the end of the process with code 0.
    fn close(mut self) -> Outcome<()> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", Value::Null)?;
        match self.wait_for_exit()? {
            Some(status) if status.success() => Ok(()),
            Some(status) => Err(format!("hegao lsp left with {status} after shutdown and exit")),
            None => Err(format!("hegao lsp was still there {} s after exit", TIME_TO_EXIT.as_secs())),
        }
    }

    fn wait_for_exit(&self) -> Outcome<Option<ExitStatus>> {
        let begun = Instant::now();
        while begun.elapsed() < TIME_TO_EXIT {
            let status = locked(&self.child).try_wait().map_err(|error| format!("hegao cannot be awaited: {error}"))?;
            if status.is_some() {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(None)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.watch.is_over.store(true, Ordering::SeqCst);
        let mut child = locked(&self.child);
        // After a clean exit there is nothing left to kill, and `kill` says so.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Kills a server that keeps the client waiting longer than `PATIENCE`. Killing it closes its pipes, which ends a
/// blocked write and a blocked read alike.
struct Watch {
    since: Mutex<Instant>,
    is_expired: AtomicBool,
    is_over: AtomicBool,
}

impl Watch {
    fn over(child: Arc<Mutex<Child>>) -> Arc<Self> {
        let since = Mutex::new(Instant::now());
        let watch = Arc::new(Self { since, is_expired: AtomicBool::new(false), is_over: AtomicBool::new(false) });
        thread::spawn({
            let watch = Arc::clone(&watch);
            move || {
                while !watch.is_over.load(Ordering::SeqCst) {
                    if locked(&watch.since).elapsed() > PATIENCE {
                        watch.is_expired.store(true, Ordering::SeqCst);
                        let _ = locked(&child).kill();
                        return;
                    }
                    thread::sleep(WATCH_INTERVAL);
                }
            }
        });
        watch
    }

    fn begin(&self) {
        *locked(&self.since) = Instant::now();
    }
}

/// A thread that panicked while it held the lock left nothing half done here.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads frames until the server closes its output or sends something that is no frame. Each is stamped here, so that
/// what the client does meanwhile adds nothing.
fn read_frames(stdout: ChildStdout, frames: &Sender<Frame>) {
    let mut stdout = BufReader::with_capacity(1 << 16, stdout);
    while let Some(body) = read_frame(&mut stdout) {
        if frames.send(Frame { arrived: Instant::now(), body }).is_err() {
            return;
        }
    }
}

fn read_frame(stdout: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = None;
    loop {
        let mut header = String::new();
        stdout.read_line(&mut header).ok().filter(|read| *read > 0)?;
        let header = header.trim_end();
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length?];
    stdout.read_exact(&mut body).ok()?;
    Some(body)
}

/// Empties the server's stderr, or it would block, and keeps the end of it for the error message.
fn keep_last_words(mut stderr: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut chunk = [0; 4096];
    while let Ok(read @ 1..) = stderr.read(&mut chunk) {
        let mut kept = locked(kept);
        kept.extend_from_slice(&chunk[..read]);
        let excess = kept.len().saturating_sub(chunk.len());
        kept.drain(..excess);
    }
}

fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Measured times in order, ms.
struct Spread(Vec<f64>);

impl Spread {
    fn of(times: &[Duration]) -> Self {
        let mut times: Vec<f64> = times.iter().copied().map(milliseconds).collect();
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    /// Nearest rank: a time that was measured, never one in between. 100 is the largest.
    fn at(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100);
        self.0[rank.max(1) - 1]
    }
}

/// `header` has its titles between bars. A column is as wide as its widest cell; numbers stand to the right.
fn print_table(header: &str, rows: &[Row]) {
    let titles: Row = header.split('|').map(str::to_owned).collect();
    let width = |column: usize| {
        let cells = rows.iter().chain([&titles]).map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..titles.len()).map(width).collect();
    for row in [&titles].into_iter().chain(rows) {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}"));
        println!("{}", cells.collect::<Vec<_>>().join("  "));
    }
}
