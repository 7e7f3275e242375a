//! How long learning takes: reports of 30 KB, half of each its own, half wording that other reports have too.
//!
//! `cargo bench --bench learn`. The target: 1,000 reports (30 MB) in 10 s on two cores.

#[path = "support/generator.rs"]
mod generator;

use divan::{Bencher, counter::BytesCount};
use hegao::learning::{Exemplar, learn};
use rayon::prelude::*;

fn main() {
    divan::main();
}

const BYTES: usize = 30_000;

/// Report number `number`: paragraphs of its own between paragraphs of sentences from the seeds, in an order of its own.
fn report(seeds: &[String], sentences: &[&str], number: usize) -> String {
    let texts: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let own = generator::generate(&texts, BYTES / 2, number as u64 + 1).text;
    // A linear congruence (Knuth's MMIX) picks the sentences.
    let mut state = number as u64 * 7919 + 17;
    let mut text = String::with_capacity(BYTES + 1000);
    for paragraph in own.lines() {
        text.push_str(paragraph);
        text.push('\n');
        for _ in 0..4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(sentences[(state >> 33) as usize % sentences.len()]);
            text.push('。');
        }
        text.push('\n');
        if text.len() >= BYTES {
            break;
        }
    }
    text
}

fn reports(count: usize) -> Vec<String> {
    let seeds = generator::seed_reports();
    let sentences: Vec<&str> =
        seeds.iter().flat_map(|seed| seed.split(['。', '\n'])).filter(|s| s.len() > 30).collect();
    (0..count).into_par_iter().map(|number| report(&seeds, &sentences, number)).collect()
}

#[divan::bench(args = [100, 1000], sample_count = 3, sample_size = 1)]
fn learn_reports(bencher: Bencher<'_, '_>, count: usize) {
    let reports = reports(count);
    let bytes: usize = reports.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let read = |(number, text): (usize, &String)| Exemplar::read(&format!("{number}.txt"), text);
        learn(reports.par_iter().enumerate().map(read).collect(), None)
    });
}
