//! The archive at size: `cargo bench --bench archive`. Writes generated reports that share nothing into a temporary
//! folder, indexes them, and looks drafts up. `HEGAO_BENCH_REPORTS=1000,10000` says how many (default: 300,1000).
//!
//! Building, opening and asking each have a process of their own, so that memory is counted of that alone.

#[path = "support/generator.rs"]
mod generator;

use hegao::analysis::{Analysis, Engine};
use hegao::archive::Archive;
use hegao::rules::Cancel;
use hegao::text::Hunks;
use rayon::prelude::*;
use ropey::Rope;
use std::path::Path;
use std::time::{Duration, Instant};

/// A report of this many bytes is one of 10,000 characters.
const BYTES: usize = 30_000;

/// What a process of the bench is to do, and in which folder; none: all of it.
const STEP: &str = "HEGAO_BENCH_STEP";
const FOLDER: &str = "HEGAO_BENCH_FOLDER";

/// Drafts that are looked up.
const DRAFTS: usize = 200;

fn main() {
    if let Some((step, folder)) = std::env::var(STEP).ok().zip(std::env::var_os(FOLDER)) {
        return match step.as_str() {
            "build" => build(Path::new(&folder)),
            "open" => open(Path::new(&folder)),
            _ => ask(Path::new(&folder)),
        };
    }
    let counts = std::env::var("HEGAO_BENCH_REPORTS").unwrap_or_else(|_| "300,1000".to_owned());
    println!(
        "reports  MB text  build s  MB/s  peak MB  again s  segments  MB index  MB manifest  open ms  idle MB  draft ms p50 / p95  paragraph ms p50 / p95  asking MB"
    );
    for count in counts.split(',').filter_map(|count| count.trim().parse().ok()) {
        measure(count);
    }
}

fn archive(folder: &Path) -> Archive {
    Archive::at(folder, &[folder.join("reports")])
}

fn seeds() -> Vec<String> {
    generator::seed_reports()
}

fn generated(seeds: &[String], number: usize) -> String {
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    generator::generate(&seeds, BYTES, number as u64).text
}

/// What a process of its own prints of one step.
fn step(step: &str, folder: &Path) -> String {
    let own = std::env::current_exe().expect("this program");
    let output = std::process::Command::new(own).env(STEP, step).env(FOLDER, folder).output().expect("a process");
    assert!(output.status.success(), "{step}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}

fn measure(count: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let reports = folder.path().join("reports");
    std::fs::create_dir(&reports).expect("a folder");
    let seeds = seeds();
    let write = |n: usize| {
        let text = generated(&seeds, n);
        std::fs::write(reports.join(format!("{n}.txt")), &text).expect("written");
        text.len()
    };
    let bytes: usize = (0..count).into_par_iter().map(write).sum();
    // Files that were written just now would be read once more.
    std::thread::sleep(Duration::from_millis(2100));
    let megabytes = bytes as f64 / 1e6;
    let built = step("build", folder.path());
    let (seconds, peak) = built.split_once(' ').expect("seconds and megabytes");
    let seconds: f64 = seconds.parse().expect("a number");
    let again = step("build", folder.path());
    let again: f64 = again.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
    let archive = archive(folder.path());
    let status = archive.status(false).expect("a status");
    let manifest = std::fs::metadata(archive.folder.join("manifest")).expect("a manifest").len();
    println!(
        "{count:>7}  {megabytes:>7.1}  {seconds:>7.2}  {:>4.0}  {peak:>7}  {again:>7.2}  {:>8}  {:>8.1}  {:>11.2}  {}  {}",
        megabytes / seconds,
        status.segments,
        status.bytes as f64 / 1e6,
        manifest as f64 / 1e6,
        step("open", folder.path()),
        step("ask", folder.path()),
    );
}

fn build(folder: &Path) {
    let start = Instant::now();
    archive(folder).update(&[], &Cancel::default(), &|_| {}).expect("an index");
    println!("{:.2} {:.0}", start.elapsed().as_secs_f64(), memory("VmHWM"));
}

fn open(folder: &Path) {
    let start = Instant::now();
    let _library = archive(folder).open().expect("an archive");
    println!("{:>7.1}  {:>7.0}", 1e3 * start.elapsed().as_secs_f64(), memory("VmRSS"));
}

fn ask(folder: &Path) {
    let reports = folder.join("reports");
    let count = std::fs::read_dir(&reports).expect("a folder").count();
    let (library, seeds) = (archive(folder).open().expect("an archive").0, seeds());
    let (mut drafts, mut paragraphs) = (Vec::new(), Vec::new());
    for n in 0..DRAFTS {
        // A draft with a few paragraphs of a report in it.
        let own = generated(&seeds, count + n);
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
    println!("{:>18}  {:>22}  {:>9.0}", percentiles(drafts), percentiles(paragraphs), memory("VmRSS"));
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
