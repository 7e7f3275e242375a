//! Mentions of figures against the annotated seeds: `cargo test --test figures -- --nocapture` prints the table.

use hegao::analysis::{Analysis, Located};
use hegao::figures::mention::Mention;

const GOLD: &str = include_str!("gold/figures_seeds.tsv");

/// A row of the gold: a figure to find, or a numeral to leave alone.
#[derive(Debug, Clone)]
struct Row {
    line: usize,
    text: String,
    value: String,
    approximation: String,
    unit: String,
    metric: String,
    class: String,
    /// In characters of the line.
    start: usize,
    end: usize,
    core: bool,
}

fn rows(file: &str) -> Vec<Row> {
    let of = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let start: usize = cells[9].parse().unwrap();
        Row {
            line: cells[1].parse().unwrap(),
            text: cells[2].to_owned(),
            value: cells[3].to_owned(),
            approximation: cells[4].to_owned(),
            unit: cells[5].to_owned(),
            metric: cells[6].to_owned(),
            class: cells[8].to_owned(),
            start,
            end: start + cells[2].chars().count(),
            core: cells[10] == "true",
        }
    };
    GOLD.lines().skip(1).filter(|line| line.starts_with(file)).map(of).collect()
}

/// A mention with its place in characters of its line.
struct Found {
    line: usize,
    start: usize,
    end: usize,
    mention: Mention,
    metric: String,
    unit: String,
    approximation: String,
    words: String,
}

fn found(analysis: &Analysis) -> Vec<Found> {
    let of = |located: Located| {
        let rope = &analysis.rope;
        let line = rope.byte_to_line(located.bytes.start);
        let first = rope.line_to_char(line);
        let character = |byte| rope.byte_to_char(byte) - first;
        Found {
            line: line + 1,
            start: character(located.bytes.start),
            end: character(located.bytes.end),
            metric: located.metric().unwrap_or_default(),
            unit: located.unit().unwrap_or_default(),
            approximation: located.approximation().unwrap_or_default(),
            words: analysis.source(located.bytes.clone()).into_owned(),
            mention: located.mention,
        }
    };
    analysis.mentions().into_iter().map(of).collect()
}

/// Whether the metric found names the head noun annotated, or is contained in the annotation.
fn same_metric(gold: &str, found: &str) -> bool {
    let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let last = |words: &str| words.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect::<String>();
    let core = plain(gold.split('（').next().unwrap_or(gold));
    let (gold, found) = (plain(gold), plain(found));
    !found.is_empty() && (gold.contains(&found) || found.contains(&last(&core)) || gold.contains(&last(&found)))
}

#[derive(Debug, Default, Clone, Copy)]
struct Score {
    gold: usize,
    found: usize,
    hits: usize,
    values: usize,
    approximations: usize,
    units: usize,
    metrics: usize,
}

impl Score {
    fn print(&self, name: &str) {
        let part = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        println!(
            "{name}  {:>5} {:>5} {:>5}  {:>6.3} {:>9.3}  {:>5.3} {:>6.3} {:>5.3} {:>6.3}",
            self.gold,
            self.found,
            self.hits,
            part(self.hits, self.gold),
            part(self.hits, self.found),
            part(self.values, self.hits),
            part(self.approximations, self.hits),
            part(self.units, self.hits),
            part(self.metrics, self.hits),
        );
    }
}

#[test]
fn the_figures_of_the_seeds_are_the_annotated_ones() {
    let mut names: Vec<_> =
        std::fs::read_dir("seeds").unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    println!("seed   gold found  hits  recall precision  value approx  unit metric");
    let mut sum = Score::default();
    for name in names {
        let analysis = Analysis::of(&std::fs::read_to_string(format!("seeds/{name}")).unwrap());
        let (rows, found) = (rows(&name), found(&analysis));
        let figures: Vec<&Found> = found.iter().filter(|f| f.mention.class.is_figure()).collect();
        let overlaps = |row: &Row, f: &Found| row.line == f.line && row.start < f.end && f.start < row.end;
        let mut score =
            Score { gold: rows.iter().filter(|r| r.core).count(), found: figures.len(), ..Score::default() };
        let mut notes = Vec::new();
        for row in rows.iter().filter(|row| row.core) {
            let Some(f) = figures.iter().find(|f| overlaps(row, f)) else {
                notes.push(format!("missed: {} {} {}", row.line, row.text, row.metric));
                continue;
            };
            score.hits += 1;
            let value = f.mention.value().map(|v| v.to_string()).unwrap_or_default();
            score.values += usize::from(value == row.value);
            score.approximations += usize::from(f.approximation == row.approximation);
            score.units += usize::from(f.unit == row.unit);
            let metric = same_metric(&row.metric, &f.metric);
            score.metrics += usize::from(metric);
            if value != row.value || f.approximation != row.approximation || f.unit != row.unit || !metric {
                notes.push(format!(
                    "differs: {} {} = {value} [{}] {} {} | gold {} [{}] {} {}",
                    row.line,
                    row.text,
                    f.approximation,
                    f.unit,
                    f.metric,
                    row.value,
                    row.approximation,
                    row.unit,
                    row.metric
                ));
            }
        }
        for f in figures.iter().filter(|f| !rows.iter().any(|row| row.core && overlaps(row, f))) {
            let class = rows.iter().find(|row| overlaps(row, f)).map_or("", |row| row.class.as_str());
            notes.push(format!("false: {} {} {} ({class})", f.line, f.words, f.metric));
        }
        score.print(&name[..3]);
        notes.iter().for_each(|note| println!("      {note}"));
        sum.gold += score.gold;
        sum.found += score.found;
        sum.hits += score.hits;
        sum.values += score.values;
        sum.approximations += score.approximations;
        sum.units += score.units;
        sum.metrics += score.metrics;
    }
    sum.print("all");
    let at_least = |part: usize, of: usize, percent: usize| assert!(part * 100 >= of * percent, "{sum:?}");
    at_least(sum.hits, sum.gold, 98);
    at_least(sum.hits, sum.found, 98);
    at_least(sum.values, sum.hits, 98);
    at_least(sum.approximations, sum.hits, 98);
    at_least(sum.units, sum.hits, 98);
    at_least(sum.metrics, sum.hits, 90);
}

#[test]
fn numbers_are_the_mentions_without_metric_and_scope() {
    let seeds = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap();
    let mut count = 0;
    for seed in seeds {
        let text = std::fs::read_to_string(seed.unwrap().path()).unwrap();
        for line in text.lines() {
            let mut told = hegao::figures::mentions(line);
            for mention in &mut told {
                (mention.metric, mention.scope) = Default::default();
            }
            assert_eq!(hegao::figures::numbers(line), told, "{line}");
            count += told.len();
        }
    }
    assert!(count > 300, "{count}");
}
