//! The archive at size: `cargo bench --bench archive`. Writes generated reports that share nothing into a temporary
//! folder, indexes them, and looks drafts up. `HEGAO_BENCH_REPORTS=1000,10000` says how many (default: 300,1000).

#[path = "support/generator.rs"]
mod generator;

use hegao::analysis::{Analysis, Engine};
use hegao::archive::Archive;
use hegao::checking::Cancel;
use hegao::text::Hunks;
use ropey::Rope;
use std::path::Path;
use std::time::{Duration, Instant};

/// A report of this many bytes is one of 10,000 characters.
const BYTES: usize = 30_000;

fn main() {
    let counts = std::env::var("HEGAO_BENCH_REPORTS").unwrap_or_else(|_| "300,1000".to_owned());
    println!(
        "reports  MB text  build s  MB/s  segments  MB index  MB manifest  peak MB  draft ms p50 / p95  paragraph ms p50 / p95  idle MB"
    );
    for count in counts.split(',').filter_map(|count| count.trim().parse().ok()) {
        measure(count);
    }
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).expect("a folder");
    let seeds = generator::seed_reports();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let mut bytes = 0;
    for n in 0..count {
        let text = generator::generate(&seeds, BYTES, n as u64).text;
        bytes += text.len();
        std::fs::write(reports.join(format!("{n}.txt")), text).expect("written");
    }
    // Files that were written just now would be read once more.
    std::thread::sleep(Duration::from_millis(2100));
    let archive = Archive::at(folder.path(), std::slice::from_ref(&reports));
    let start = Instant::now();
    archive.update(&[], &Cancel::default(), &|_| {}).expect("an index");
    let built = start.elapsed();
    let peak = memory("VmHWM");
    let status = archive.status(false).expect("a status");
    let manifest = std::fs::metadata(archive.folder.join("manifest")).expect("a manifest").len();
    let (library, _) = archive.open().expect("an archive");
    let (mut drafts, mut paragraphs) = (Vec::new(), Vec::new());
    for n in 0..50 {
        // A draft with a few paragraphs of a report in it.
        let own = generator::generate(&seeds, BYTES, (count + n) as u64).text;
        let other = read(&reports.join(format!("{}.txt", n * 7919 % count)));
        let pasted: Vec<&str> = other.lines().filter(|line| line.len() > 400).take(3).collect();
        let text = format!("{own}\n{}\n", pasted.join("\n"));
        let analysis = Analysis::of(&text);
        let start = Instant::now();
        let mut answer = library.look_up(&analysis, None);
        drafts.push(start.elapsed());
        assert!(pasted.is_empty() || !answer.matches.is_empty());
        // A keystroke in the last paragraph.
        let mut engine = Engine::of(Rope::from_str(&text));
        let at = text.trim_end().len();
        let mut hunks = Hunks::default();
        hunks.push(at..at, "又".len());
        let mut rope = engine.analysis().rope.clone();
        rope.insert(rope.byte_to_char(at), "又");
        let delta = engine.apply(rope, &hunks);
        let start = Instant::now();
        library.look_up_again(engine.analysis(), &delta.copies, None, &mut answer);
        paragraphs.push(start.elapsed());
    }
    println!(
        "{count:>7}  {:>7.1}  {:>7.2}  {:>4.0}  {:>8}  {:>8.1}  {:>11.2}  {peak:>7.0}  {:>18}  {:>22}  {:>7.0}",
        bytes as f64 / 1e6,
        built.as_secs_f64(),
        bytes as f64 / 1e6 / built.as_secs_f64(),
        status.segments,
        status.bytes as f64 / 1e6,
        manifest as f64 / 1e6,
        percentiles(drafts),
        percentiles(paragraphs),
        memory("VmRSS"),
    );
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a report")
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |percent: usize| 1e3 * times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64();
    format!("{:.2} / {:.2}", at(50), at(95))
}

/// A line of this process's status, in MB; 0 where the system has none.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|n| n.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1e3
}
