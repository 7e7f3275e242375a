//! The archive at size: `cargo bench --bench archive`. Writes generated reports that share nothing into a temporary
//! folder, indexes them, and looks drafts up. `HEGAO_BENCH_REPORTS=1000,10000` says how many (default: 300,1000).
//!
//! Building, opening and asking each have a process of their own, so that memory is counted of that alone. Where other work
//! takes the cores, the times by the clock say little: beside them stand the seconds that the cores worked on it, so that
//! MB/s on two free cores are at most twice the text by these.

#[path = "support/generator.rs"]
mod generator;

use hegao::analysis::{Analysis, Engine};
use hegao::archive::Archive;
use hegao::checking::Cancel;
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
        "reports  MB text  build s  MB/s  cores' s  peak MB  again s  segments  MB index  MB manifest  open ms  idle MB  draft ms p50 / p95  core's ms p50 / p95  paragraph ms p50 / p95  asking MB"
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
    let [seconds, worked, peak] = built.split(' ').collect::<Vec<_>>()[..] else {
        panic!("not three numbers: {built}")
    };
    let seconds: f64 = seconds.parse().expect("a number");
    let again = step("build", folder.path());
    let again: f64 = again.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
    let archive = archive(folder.path());
    let status = archive.status(false).expect("a status");
    let manifest = std::fs::metadata(archive.folder.join("manifest")).expect("a manifest").len();
    println!(
        "{count:>7}  {megabytes:>7.1}  {seconds:>7.2}  {:>4.0}  {worked:>8}  {peak:>7}  {again:>7.2}  {:>8}  {:>8.1}  {:>11.2}  {}  {}",
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
    println!("{:.2} {:.2} {:.0}", start.elapsed().as_secs_f64(), worked("self/task").as_secs_f64(), memory("VmHWM"));
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
    let (mut drafts, mut on_core, mut paragraphs) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..DRAFTS {
        // A draft with a few paragraphs of a report in it.
        let own = generated(&seeds, count + n);
        let other = read(&reports.join(format!("{}.txt", n * 7919 % count)));
        let pasted: Vec<&str> = other.lines().filter(|line| line.len() > 400).take(3).collect();
        let text = format!("{own}\n{}\n", pasted.join("\n"));
        let analysis = Analysis::of(&text);
        let (start, before) = (Instant::now(), worked("thread-self"));
        let mut answer = library.look_up(&analysis, None);
        drafts.push(start.elapsed());
        on_core.push(worked("thread-self").saturating_sub(before));
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
    let [drafts, on_core, paragraphs] = [drafts, on_core, paragraphs].map(percentiles);
    println!("{drafts:>18}  {on_core:>19}  {paragraphs:>22}  {:>9.0}", memory("VmRSS"));
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

/// How long a core has worked on this thread (`thread-self`), or on all that live (`self/task`); zero where the system does not
/// say.
fn worked(of: &str) -> Duration {
    let folder = Path::new("/proc").join(of);
    let threads = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|thread| thread.path());
    let folders: Vec<_> = if of == "thread-self" { vec![folder.clone()] } else { threads.collect() };
    let each = folders.iter().filter_map(|thread| std::fs::read_to_string(thread.join("schedstat")).ok());
    each.filter_map(|line| line.split(' ').next()?.parse().ok()).map(Duration::from_nanos).sum()
}
