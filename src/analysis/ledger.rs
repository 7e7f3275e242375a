//! The ledger (数据台账): every figure of a draft with all the places that state it. Made when it is asked for.
//!
//! Two places state one figure if their clauses say the same and nothing tells their scopes apart (`disputes`), or if they
//! count the same thing in the same unit, with the same number and in a scope that may be one. The first also finds the
//! places that ought to state it and do not: these are in conflict.

use super::disputes::Class;
use super::mentions::Located;
use super::version::Analysis;
use crate::figures::{Class as Kind, Decimal};
use rustc_hash::FxHashMap;

/// How the places of a figure stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It stands in one place.
    Single,
    Consistent,
    /// One of its places says another number.
    Conflict,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Single => "single",
            Status::Consistent => "consistent",
            Status::Conflict => "conflict",
        }
    }
}

/// A figure: the mentions that state it, by their index, in document order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub mentions: Vec<usize>,
    pub status: Status,
}

/// All numbers of a draft, and the figures that they state.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// In document order; times, names and idioms too, which belong to no figure.
    pub mentions: Vec<Located>,
    /// In the order of their first mentions.
    pub figures: Vec<Figure>,
    /// The figure of each mention.
    of: Vec<Option<usize>>,
}

impl Ledger {
    /// The figure that mention `index` states.
    pub fn figure(&self, index: usize) -> Option<usize> {
        self.of.get(index).copied().flatten()
    }

    /// The mention at byte `at` of the draft, if it is one of a figure; one that ends there counts too.
    pub fn at(&self, at: usize) -> Option<usize> {
        let next = self.mentions.partition_point(|mention| mention.bytes.start <= at);
        let near = [next.checked_sub(1)?, next.saturating_sub(2)];
        let here = near.into_iter().find(|&index| self.mentions[index].bytes.end >= at)?;
        self.figure(here).map(|_| here)
    }

    /// The count that stands before percentage `index` in its sentence, and may be what it is a percentage of.
    pub fn base(&self, index: usize) -> Option<&Located> {
        let share = &self.mentions[index];
        let before = self.mentions[..index].iter().rev();
        let mut beside =
            before.take_while(|other| other.start == share.start && other.mention.sentence == share.mention.sentence);
        let is_percent = share.unit().is_some_and(|unit| matches!(unit.as_str(), "%" | "％"));
        let counts = |other: &&Located| other.mention.class == Kind::Figure && other.mention.approximation.is_none();
        beside.find(counts).filter(|_| is_percent)
    }

    fn index_of(&self, start: usize) -> Option<usize> {
        self.mentions.binary_search_by_key(&start, |mention| mention.bytes.start).ok()
    }
}

/// Sets of mentions that are joined one by one.
struct Joined(Vec<usize>);

impl Joined {
    fn root(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    /// The earlier mention stands for both.
    fn join(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        self.0[a.max(b)] = a.min(b);
    }
}

impl Analysis {
    /// The ledger of this version.
    pub fn ledger(&self) -> Ledger {
        let mut ledger = Ledger { mentions: self.mentions(), ..Ledger::default() };
        let mut joined = Joined((0..ledger.mentions.len()).collect());
        let mut disputed = Vec::new();
        let portrait = self.portrait();
        for (key, firsts) in self.statements.iter() {
            let Some(class) = Class::of(self, *key, firsts) else { continue };
            let index = |bytes: std::ops::Range<usize>| ledger.index_of(bytes.start);
            for [one, other] in class.agreements(self, &portrait) {
                if let Some((one, other)) = index(one).zip(index(other)) {
                    joined.join(one, other);
                }
            }
            for dispute in class.disputes(self, &portrait) {
                let all = std::iter::once(&dispute.voice).chain(&dispute.others);
                let all: Vec<usize> = all.filter_map(|voice| index(voice.quantity.bytes())).collect();
                for pair in all.windows(2) {
                    joined.join(pair[0], pair[1]);
                }
                disputed.extend(all);
            }
        }
        join_equals(&ledger.mentions, &mut joined);
        let mut figures: Vec<Figure> = Vec::new();
        let mut of = vec![None; ledger.mentions.len()];
        for index in 0..ledger.mentions.len() {
            if !ledger.mentions[index].mention.class.is_figure() {
                continue;
            }
            let root = joined.root(index);
            let figure = *of[root].get_or_insert_with(|| {
                figures.push(Figure { mentions: Vec::new(), status: Status::Single });
                figures.len() - 1
            });
            of[index] = Some(figure);
            figures[figure].mentions.push(index);
        }
        for figure in figures.iter_mut().filter(|figure| figure.mentions.len() > 1) {
            figure.status = Status::Consistent;
        }
        for index in disputed {
            if let Some(figure) = of[index] {
                figures[figure].status = Status::Conflict;
            }
        }
        (ledger.figures, ledger.of) = (figures, of);
        ledger
    }
}

/// Joins mentions that count the same noun in the same unit with the same plain number, where neither period nor body
/// tells them apart. Nouns of fewer characters (件, 企业) are those of many figures.
fn join_equals(mentions: &[Located], joined: &mut Joined) {
    const SHORTEST: usize = 4;
    let mut known: FxHashMap<(&str, &str, Decimal), Vec<usize>> = FxHashMap::default();
    for (index, located) in mentions.iter().enumerate() {
        let mention = &located.mention;
        let counts = matches!(mention.class, Kind::Figure | Kind::Money | Kind::ListCount);
        let plain = mention.approximation.is_none() && mention.others.is_empty() && mention.denominator.is_none();
        let noun = mention.metric.noun.as_ref().map(|noun| located.words(noun));
        let Some((noun, unit)) = noun.filter(|_| counts && plain).zip(mention.unit()) else { continue };
        let Some(value) = mention.value().filter(|_| noun.chars().count() >= SHORTEST) else { continue };
        let others = known.entry((noun, unit, value)).or_default();
        if let Some(other) = others.iter().find(|&&other| may_be_one_scope(&mentions[other], located)) {
            joined.join(*other, index);
        }
        others.push(index);
    }
}

fn may_be_one_scope(one: &Located, other: &Located) -> bool {
    let agree = |a: Option<&str>, b: Option<&str>| a.is_none() || b.is_none() || a == b;
    let [(period, body), (second, another)] = [one, other].map(|located| {
        let scope = &located.mention.scope;
        let words = |range: &Option<std::ops::Range<usize>>| range.as_ref().map(|range| located.words(range));
        (words(&scope.period), words(&scope.body))
    });
    agree(period, second) && agree(body, another)
}
