//! The ledger as JSON, version 1: what `hegao figures --format json` prints and the request `hegao/figures` answers. They
//! differ in what a range is.

use crate::analysis::{Ledger, Located};
use crate::figures::{Bound, Decimal};
use serde::Serialize;
use serde_json::value::RawValue;
use std::ops::Range;

/// The ledger of a draft. Numbers are exact, as long as they are.
#[derive(Debug, Serialize)]
pub struct LedgerJson<R> {
    version: u32,
    mentions: Vec<MentionJson<R>>,
    figures: Vec<FigureJson>,
}

#[derive(Debug, Serialize)]
struct MentionJson<R> {
    text: String,
    class: &'static str,
    value: Option<Box<RawValue>>,
    /// `null` where there is no bound; an open end is said in `open`.
    min: Option<Box<RawValue>>,
    max: Option<Box<RawValue>>,
    /// Which of `min` and `max` the value cannot be.
    open: Vec<&'static str>,
    approximation: Option<String>,
    unit: Option<String>,
    metric: Option<String>,
    verb: Option<String>,
    scope: ScopeJson,
    period: Option<String>,
    range: R,
    bytes: [usize; 2],
    /// The `id` of the figure that it states.
    figure: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ScopeJson {
    body: Option<String>,
    marks: Vec<&'static str>,
}

/// A figure is named, counted and bounded as its first mention that says so.
#[derive(Debug, Serialize)]
struct FigureJson {
    id: usize,
    metric: Option<String>,
    unit: Option<String>,
    /// The period and the body.
    scope: Option<String>,
    /// Indices of `mentions`.
    mentions: Vec<usize>,
    status: &'static str,
}

impl<R> LedgerJson<R> {
    /// The mentions for which `shown` holds, which are all of figures at least; `range` gives the range of bytes.
    pub fn of(ledger: &Ledger, shown: impl Fn(&Located) -> bool, range: impl Fn(Range<usize>) -> R) -> LedgerJson<R> {
        let kept: Vec<usize> = (0..ledger.mentions.len()).filter(|&n| shown(&ledger.mentions[n])).collect();
        let mentions = kept.iter().map(|&n| {
            let located = &ledger.mentions[n];
            mention(located, range(located.bytes.clone()), ledger.figure(n))
        });
        let figures = ledger.figures.iter().enumerate().map(|(id, figure)| {
            let each = || figure.mentions.iter().map(|&n| &ledger.mentions[n]);
            let index = |n: &usize| kept.binary_search(n).ok();
            FigureJson {
                id,
                metric: each().find_map(Located::metric),
                unit: each().find_map(Located::unit),
                scope: each().find_map(scope),
                mentions: figure.mentions.iter().filter_map(index).collect(),
                status: figure.status.name(),
            }
        });
        LedgerJson { version: 1, mentions: mentions.collect(), figures: figures.collect() }
    }
}

/// The period and the body of a mention, as written.
pub fn scope(located: &Located) -> Option<String> {
    let scope = &located.mention.scope;
    let words: Vec<&str> =
        [&scope.period, &scope.body].into_iter().flatten().map(|range| located.words(range)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The bounds of what a mention's words leave possible.
pub fn bounds(located: &Located) -> (Option<Bound>, Option<Bound>) {
    located.mention.interval().map_or((None, None), |interval| (Some(interval.min), Some(interval.max)))
}

fn mention<R>(located: &Located, range: R, figure: Option<usize>) -> MentionJson<R> {
    let mention = &located.mention;
    let raw = |value: Option<Decimal>| value.and_then(|value| RawValue::from_string(value.to_string()).ok());
    let (min, max) = bounds(located);
    let open = [("min", min), ("max", max)].into_iter().filter(|(_, bound)| matches!(bound, Some(Bound::Open(_))));
    let words = |range: &Range<usize>| located.words(range).to_owned();
    MentionJson {
        text: located.text().to_owned(),
        class: mention.class.name(),
        value: raw(mention.value()),
        min: raw(min.and_then(Bound::value)),
        max: raw(max.and_then(Bound::value)),
        open: open.map(|(name, _)| name).collect(),
        approximation: located.approximation(),
        unit: located.unit(),
        metric: located.metric(),
        verb: located.verb(),
        scope: ScopeJson { body: mention.scope.body.as_ref().map(words), marks: mention.scope.marks.clone() },
        period: mention.scope.period.as_ref().map(words),
        range,
        bytes: [located.bytes.start, located.bytes.end],
        figure,
    }
}
