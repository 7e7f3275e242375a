//! Where the time of a check and of a keystroke goes, stage by stage.
//!
//! `cargo bench --bench check`. Throughput is of the text; the keystroke stages are one edit in the middle of a draft.

#[path = "support/generator.rs"]
mod generator;

use divan::{Bencher, counter::BytesCount};
use hegao::analysis::{Analysis, Engine};
use hegao::checking::{Cancel, Checked, Schedule};
use hegao::rules::Settings;
use hegao::text::{Fold, Hunks, Reading};
use ropey::Rope;
use std::sync::{Arc, OnceLock};

const MB: usize = 1_000_000;

fn main() {
    divan::main();
}

/// The benchmark's text: seeds under a keyed bijection, with few planted defects; see the generator.
fn text(bytes: usize) -> &'static str {
    static TEXTS: [OnceLock<String>; 2] = [OnceLock::new(), OnceLock::new()];
    TEXTS[usize::from(bytes > MB)].get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
        let mut paths: Vec<_> = std::fs::read_dir(folder).expect("seeds").map(|e| e.expect("entry").path()).collect();
        paths.sort();
        let seeds: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("a seed")).collect();
        let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
        generator::generate(&seeds, bytes, 7).text
    })
}

#[divan::bench(args = [MB, 10 * MB])]
fn a_rope(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = text(bytes);
    bencher.counter(BytesCount::new(bytes)).bench(|| Rope::from_str(text));
}

#[divan::bench(args = [MB, 10 * MB])]
fn b_analysis(bencher: Bencher<'_, '_>, bytes: usize) {
    let rope = Rope::from_str(text(bytes));
    bencher.counter(BytesCount::new(bytes)).bench(|| Engine::of(rope.clone()));
}

#[divan::bench(args = [MB, 10 * MB])]
fn c_rules(bencher: Bencher<'_, '_>, bytes: usize) {
    let analysis = Analysis::of(text(bytes));
    let settings = Arc::new(Settings::default());
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| Schedule::new(Arc::clone(&settings)).run(&analysis, &Cancel::default()));
}

#[divan::bench(args = [MB, 10 * MB])]
fn d_check(bencher: Bencher<'_, '_>, bytes: usize) {
    let (text, settings) = (text(bytes), Arc::new(Settings::default()));
    bencher.counter(BytesCount::new(bytes)).bench(|| Checked::of(text, &settings));
}

/// The mentions of figures: the grammar alone over readings made before, and with passages and readings.
#[divan::bench(args = [MB, 10 * MB])]
fn e_mentions(bencher: Bencher<'_, '_>, bytes: usize) {
    let readings: Vec<Reading> = text(bytes).lines().map(|line| Reading::of(line, Fold::None)).collect();
    let count =
        |all: &[Reading]| all.iter().map(|reading| hegao::figures::mentions(reading.text()).len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench(|| count(&readings));
}

#[divan::bench(args = [MB, 10 * MB])]
fn f_mentions_of_a_draft(bencher: Bencher<'_, '_>, bytes: usize) {
    let analysis = Analysis::of(text(bytes));
    bencher.counter(BytesCount::new(bytes)).bench(|| analysis.mentions().len());
}

/// Real reports, which are denser: `HEGAO_REPORTS` names a folder of them.
#[divan::bench]
fn g_mentions_of_reports(bencher: Bencher<'_, '_>) {
    let folder =
        std::env::var("HEGAO_REPORTS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/seeds").to_owned());
    let paths = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("entry").path());
    let texts: Vec<String> = paths.filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let lines = texts.iter().flat_map(|text| text.lines());
    let readings: Vec<Reading> = lines.map(|line| Reading::of(line, Fold::None)).collect();
    let count =
        |all: &[Reading]| all.iter().map(|reading| hegao::figures::mentions(reading.text()).len()).sum::<usize>();
    bencher.counter(BytesCount::new(bytes)).bench(|| count(&readings));
}

/// A draft open in an editor, with the place where one types.
struct Open {
    engine: Engine,
    schedule: Schedule,
    rope: Rope,
    byte: usize,
    present: bool,
}

impl Open {
    fn of(text: &str, in_heading: bool) -> Open {
        let engine = Engine::of(Rope::from_str(text));
        let mut schedule = Schedule::new(Arc::default());
        schedule.run(engine.analysis(), &Cancel::default());
        let analysis = engine.analysis();
        let middle = analysis.table.len() / 2;
        let wanted = analysis.table.iter_from(middle).find(|(_, block)| match in_heading {
            true => analysis.outline.index_of(block.id).is_some(),
            false => block.facts.han > 200,
        });
        let (location, block) = wanted.expect("such a block");
        let byte = location.byte + block.facts.structure.content.end - '。'.len_utf8();
        Open { rope: analysis.rope.clone(), engine, schedule, byte, present: false }
    }

    /// Types a character, or takes it back.
    fn edit(&mut self) -> Hunks {
        let (at, mut hunks) = (self.rope.byte_to_char(self.byte), Hunks::default());
        let length = '新'.len_utf8();
        match self.present {
            true => {
                self.rope.remove(at..at + 1);
                hunks.push(self.byte..self.byte + length, 0);
            }
            false => {
                self.rope.insert_char(at, '新');
                hunks.push(self.byte..self.byte, length);
            }
        }
        self.present = !self.present;
        hunks
    }
}

#[divan::bench(args = [(MB, false), (MB, true), (10 * MB, false), (10 * MB, true)])]
fn e_keystroke_apply(bencher: Bencher<'_, '_>, (bytes, in_heading): (usize, bool)) {
    let mut open = Open::of(text(bytes), in_heading);
    bencher.bench_local(|| {
        let hunks = open.edit();
        open.engine.apply(open.rope.clone(), &hunks)
    });
}

#[divan::bench(args = [(MB, false), (MB, true), (10 * MB, false), (10 * MB, true)])]
fn f_keystroke_apply_and_check(bencher: Bencher<'_, '_>, (bytes, in_heading): (usize, bool)) {
    let mut open = Open::of(text(bytes), in_heading);
    bencher.bench_local(|| {
        let hunks = open.edit();
        let delta = open.engine.apply(open.rope.clone(), &hunks);
        open.schedule.note(delta);
        open.schedule.run(open.engine.analysis(), &Cancel::default())
    });
}

/// A draft of 300 headings, fifteen sections of nineteen, with a paragraph under each.
fn headings() -> String {
    let han = |n: u32| hegao::text::numeral::print(n, hegao::text::numeral::NumeralForm::Han).expect("a numeral");
    let mut paragraphs = text(MB).lines().filter(|line| line.chars().count() > 100).cycle();
    let mut draft = String::from("# 报告\n");
    for section in 1..=15 {
        draft += &format!("## {}、部分{section}\n", han(section));
        for part in 1..=19 {
            let paragraph = paragraphs.next().expect("a paragraph");
            draft += &format!("### （{}）小节{section}之{part}\n{paragraph}\n", han(part));
        }
    }
    draft
}

#[divan::bench(args = [false, true])]
fn g_keystroke_among_300_headings(bencher: Bencher<'_, '_>, in_heading: bool) {
    let mut open = Open::of(&headings(), in_heading);
    bencher.bench_local(|| {
        let hunks = open.edit();
        let delta = open.engine.apply(open.rope.clone(), &hunks);
        open.schedule.note(delta);
        open.schedule.run(open.engine.analysis(), &Cancel::default())
    });
}
