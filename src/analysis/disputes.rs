//! Disputes: figures of one statement that cannot be the same number, though nothing says that they are of different
//! times, bodies or purposes.
//!
//! Government reports state the same clause of last year, of five years and of the plan, side by side; so a dispute needs
//! the same tense, the same period and the same words of degree, and a clause that is long enough or has another figure
//! beside it that agrees. Sections side by side tell of things side by side (（一）甲乡, （二）乙乡): a statement of one is none of
//! the other; that of a summary before them is. Where more than one figure differs, two things are told in one frame, and
//! nothing is wrong. Of the headline figures of a report (城镇新增就业, 粮食总产量) a shorter clause will do: there is one a year.

use super::digest;
use super::portrait::Portrait;
use super::quantities::{Quantities, Quantity};
use super::version::Analysis;
use crate::draft::BlockId;
use crate::draft::identity::Tense;
use crate::figures::scope::Scope;
use crate::figures::statement::characters;
use crate::figures::{Mention, Statement, StatementKey, headline, statements};
use std::collections::BTreeSet;
use std::ops::Range;

/// Clauses of at least so many characters of their own mean one thing when they are equal and led alike. Shorter ones are
/// said of several things (提出意见建议170余条, 6; 高校毕业生留省就业, 9, of one year and of five).
const SURE: usize = 12;

/// Clauses of so many mean one thing however their sentences begin: 绿色农产品流通等16个具体问题得到解决.
const SURE_ALONE: usize = 14;

/// What stands in more places is a frame.
const MOST: usize = 16;

/// A figure in one of the places that state it.
pub struct Voice<'q> {
    pub quantity: Quantity<'q>,
    pub statement: Statement,
}

/// The statements of a class, read again.
pub struct Class {
    passages: Vec<(Quantities, Vec<Statement>)>,
    key: StatementKey,
}

impl Class {
    /// The passages of `firsts`, which have statement `key` in common.
    pub fn of(analysis: &Analysis, key: StatementKey, firsts: &[BlockId]) -> Option<Class> {
        let mut firsts = firsts.to_vec();
        firsts.dedup();
        if firsts.len() > MOST {
            return None;
        }
        let read = |first: BlockId| {
            let quantities = Quantities::of(analysis, analysis.passage(first)?)?;
            let statements = statements(quantities.text(), &quantities.mentions);
            Some((quantities, statements))
        };
        Some(Class { passages: firsts.into_iter().filter_map(read).collect(), key })
    }

    /// The places of the statement, in document order.
    fn voices(&self) -> Vec<(usize, Voice<'_>)> {
        let each = self.passages.iter().enumerate().flat_map(|(n, (of, statements))| {
            statements.iter().filter(|statement| statement.key == self.key).filter_map(move |statement| {
                Some((n, Voice { quantity: of.quantity(statement.mention)?, statement: statement.clone() }))
            })
        });
        each.take(MOST + 1).collect()
    }

    /// Whether places gainsay one another wherever they stand: then their sections are worth a look. Of most statements with
    /// two figures the words around them say already that these are of two things.
    pub fn is_disputed(&self) -> bool {
        !self.disputes_where(None, |_, _| true).is_empty()
    }

    /// The disputes among the places: each place that gainsays what most of the others in its scope say, or, of two, the
    /// later one.
    pub fn disputes(&self, analysis: &Analysis, portrait: &Portrait) -> Vec<Dispute<'_>> {
        let tenses = self.tenses(analysis, portrait);
        let place = |n: usize| self.passages[n].0.passage().first;
        let introduced: Vec<_> = (0..self.passages.len()).map(|n| analysis.introduced_period(place(n))).collect();
        self.disputes_where(Some(portrait), |a, b| {
            let either = introduced[a].is_none() || introduced[b].is_none();
            let periods = introduced[a] == introduced[b] || either && !headline::is_headline(self.key);
            periods && may_be_one(tenses[a], tenses[b]) && !analysis.are_siblings(place(a), place(b))
        })
    }

    /// The disputes among the places of passages that `may_agree`, which are given by their index; without a portrait any
    /// year may be the one reported on.
    fn disputes_where(
        &self,
        portrait: Option<&Portrait>,
        may_agree: impl Fn(usize, usize) -> bool,
    ) -> Vec<Dispute<'_>> {
        let voices = self.voices();
        let values: Vec<_> = voices.iter().map(|(_, voice)| voice.quantity.value()).collect();
        let distinct = values.iter().enumerate().filter(|(n, value)| !values[..*n].contains(value)).count();
        // Three values are a series, not a slip. Headline figures are told of other years too, but these are further off.
        if voices.len() > MOST || distinct > 2 && !headline::is_headline(self.key) {
            return Vec::new();
        }
        let is_one_of_series = |(a, voice): &(usize, Voice<'_>)| {
            let near = voices.iter().filter(|(b, other)| (a == b || may_agree(*a, *b)) && are_near(voice, other));
            distinct > 2 && near.map(|(_, other)| other.quantity.value()).collect::<BTreeSet<_>>().len() > 2
        };
        let scoped = |(a, one): &(usize, Voice<'_>), (b, other): &(usize, Voice<'_>)| {
            may_agree(*a, *b) && self.is_one_scope(portrait, (*a, one), (*b, other))
        };
        let mut disputes: Vec<Dispute<'_>> = Vec::new();
        for (n, voice) in voices.iter().enumerate() {
            let agree = |a: &(usize, Voice<'_>), b: &(usize, Voice<'_>)| a.1.quantity.value() == b.1.quantity.value();
            let votes = |of: &(usize, Voice<'_>)| voices.iter().filter(|other| agree(of, other)).count();
            // 比重提高4.7个百分点，占比提高1.3个百分点, said twice: each has its like in the other passage.
            let meets = |of: &(usize, Voice<'_>), within: usize| {
                voices.iter().any(|(at, v)| *at == within && can_meet(v.quantity.mention, of.1.quantity.mention))
            };
            let against = voices.iter().enumerate().filter(|(m, other)| {
                let has_like = voice.0 != other.0 && (meets(voice, other.0) || meets(other, voice.0));
                let outvoted = (votes(other), n > *m) > (votes(voice), *m > n);
                *m != n && outvoted && !has_like && gainsay(&voice.1, &other.1) && scoped(voice, other)
            });
            let others: Vec<Voice<'_>> = against.map(|(_, (_, other))| other.again()).collect();
            if !others.is_empty() && !is_one_of_series(voice) {
                disputes.push(Dispute { voice: voice.1.again(), others });
            }
        }
        disputes
    }

    /// Pairs of places that state one number in one scope, in bytes of the draft.
    pub fn agreements(&self, analysis: &Analysis, portrait: &Portrait) -> Vec<[Range<usize>; 2]> {
        let voices = self.voices();
        if voices.len() > MOST {
            return Vec::new();
        }
        let tenses = self.tenses(analysis, portrait);
        let pairs = voices.iter().enumerate().flat_map(|(n, one)| voices[..n].iter().map(move |other| (other, one)));
        let agree = pairs.filter(|((a, one), (b, other))| {
            let meet = can_meet(one.quantity.mention, other.quantity.mention);
            meet && may_be_one(tenses[*a], tenses[*b]) && self.is_one_scope(Some(portrait), (*a, one), (*b, other))
        });
        agree.map(|((_, one), (_, other))| [one, other].map(|voice| voice.quantity.bytes())).collect()
    }

    fn tenses(&self, analysis: &Analysis, portrait: &Portrait) -> Vec<Option<Tense>> {
        let of = |(of, _): &(Quantities, _)| analysis.tense_at(of.passage().first, &portrait.identity);
        self.passages.iter().map(of).collect()
    }

    /// Whether nothing says that two places speak of different things.
    fn is_one_scope(
        &self,
        portrait: Option<&Portrait>,
        (a, one): (usize, &Voice<'_>),
        (b, other): (usize, &Voice<'_>),
    ) -> bool {
        let [scope, another] = [one, other].map(|voice| voice.quantity.scope());
        let words = |voice: &Voice<'_>, range: &Option<Range<usize>>| {
            range.clone().map(|range| voice.quantity.of.text()[range].to_owned())
        };
        let [body, second] = [words(one, &scope.body), words(other, &another.body)];
        let bodies = body.is_none() || second.is_none() || body == second;
        let limits =
            |scope: &Scope| scope.marks.iter().copied().filter(|mark| !TOTALS.contains(mark)).collect::<Vec<_>>();
        if !bodies
            || limits(&scope) != limits(&another)
            || is_aim(one) != is_aim(other)
            || is_origin(one) != is_origin(other)
        {
            return false;
        }
        let (agreeing, gainsaying) = self.beside(a, one, b, other);
        if gainsaying > 0 || a != b && (tells_of_a_case(one) || tells_of_a_case(other)) {
            return false;
        }
        let weight = one.statement.weight;
        if weight < SURE_ALONE && !lead_alike(one, other) {
            return false;
        }
        let is_supported = weight >= FEWEST_BESIDE && agreeing > 0;
        // What stands twice in a paragraph is told of two things, unless the sentences say more alike.
        let is_long = weight >= SURE || digest::are_of_one((one, &self.passages[a].1), (other, &self.passages[b].1));
        let is_sure = is_long && a != b || are_alike(one, other);
        let is_of_year = |period: &str| is_of_year(period, portrait);
        match (words(one, &scope.period), words(other, &another.period)) {
            (Some(period), Some(second)) if period != second && !(is_of_year(&period) && is_of_year(&second)) => false,
            // The other may be of another year.
            (Some(period), None) | (None, Some(period)) => {
                is_supported || (is_of_report(&period) || is_of_year(&period)) && is_sure
            }
            _ => is_supported || is_sure,
        }
    }

    /// How many statements of both sentences have the same figure, and how many another: in a frame for several things
    /// all figures differ. Elsewhere in the two passages only those count that mean one thing.
    fn beside(&self, a: usize, one: &Voice<'_>, b: usize, other: &Voice<'_>) -> (usize, usize) {
        let around = |n: usize, voice: &Voice<'_>| {
            let (of, statements) = &self.passages[n];
            let own = (voice.quantity.index, voice.quantity.mention.sentence.clone());
            let others = statements.iter().filter(move |s| s.mention != own.0 && s.key != self.key);
            others.map(move |s| (s, &of.mentions[s.mention])).collect::<Vec<_>>()
        };
        let (mut agreeing, mut gainsaying) = (0, 0);
        let others = around(b, other);
        let beside = |mention: &Mention, voice: &Voice<'_>| mention.sentence == voice.quantity.mention.sentence;
        for (statement, mention) in around(a, one) {
            for (_, second) in others.iter().filter(|(other, _)| other.key == statement.key) {
                let is_near = beside(mention, one) && beside(second, other);
                match can_meet(mention, second) {
                    true => agreeing += usize::from(is_near),
                    false => gainsaying += usize::from(is_near || statement.weight >= SURE),
                }
            }
        }
        (agreeing, gainsaying)
    }
}

/// Beside a figure that agrees, and in sentences that are alike, a shorter clause is enough.
const FEWEST_BESIDE: usize = 4;

/// Words of degree that leave a figure what it counts.
const TOTALS: [&str; 4] = ["累计", "共计", "合计", "总计"];

/// Whether of two sentences one says all that the other says, and hardly more, but for their figures. Short ones are said of
/// five years and of one, with figures that are far apart.
fn are_alike(one: &Voice<'_>, other: &Voice<'_>) -> bool {
    const FEWEST: usize = 16;
    const FEWEST_OF_NEAR: usize = 8;
    let [a, b] = [one, other].map(|voice| characters_of(voice, voice.quantity.mention.sentence.clone()));
    let (less, more) = (a.len().min(b.len()), a.len().max(b.len()));
    let fewest = if are_near(one, other) { FEWEST_OF_NEAR } else { FEWEST };
    less >= fewest && less * 4 >= more * 3 && shared(&a, &b) == less
}

/// Whether one value is at most twice the other: a slip, and no figure of other years or places.
pub(super) fn are_near(one: &Voice<'_>, other: &Voice<'_>) -> bool {
    let (Some(a), Some(b)) = (one.quantity.value(), other.quantity.value()) else { return false };
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    less.plus(less).is_some_and(|double| more <= double)
}

/// Whether what stands before two clauses in their sentences may lead to one statement: one says nothing else than the
/// other, and at the same times. Else the sentences have their own subjects: 红星村…, 向阳村….
fn lead_alike(one: &Voice<'_>, other: &Voice<'_>) -> bool {
    let [a, b] = [one, other].map(|voice| characters_of(voice, voice.lead()));
    let [times, others] = [one, other].map(|voice| {
        let (of, lead) = (voice.quantity.of, voice.lead());
        let within = of.mentions.iter().filter(|m| m.class.is_time() && lead.contains(&m.range.start));
        within.map(|m| &of.text()[m.range.clone()]).collect::<Vec<_>>()
    });
    let same_times = times.is_empty() || others.is_empty() || times == others;
    same_times && shared(&a, &b) == a.len().min(b.len())
}

/// Whether a clause has a subject of its own that its sentence does not name: 该村…, 全镇…, 公司….
fn tells_of_a_case(voice: &Voice<'_>) -> bool {
    const CASES: [&str; 12] =
        ["该", "全村", "全镇", "全乡", "公司", "企业", "委员们", "小组", "我村", "我镇", "我乡", "社区"];
    let begins = |start: usize, words: &[&str]| {
        let text = voice.quantity.of.text()[start..].trim_start_matches(|c: char| !c.is_alphanumeric());
        words.iter().any(|word| text.starts_with(word))
    };
    let lead = voice.lead();
    begins(lead.end, &CASES)
        || begins(lead.start, &CASES)
        || begins(0, &["问：", "答："])
        || voice.words(lead).contains("小组")
}

fn characters_of(voice: &Voice<'_>, range: Range<usize>) -> Vec<char> {
    characters(voice.quantity.of.text(), &voice.quantity.of.mentions, range)
}

/// How many characters two sorted bags have in common.
fn shared(a: &[char], b: &[char]) -> usize {
    let (mut shared, mut at) = (0, 0);
    for c in a {
        at += b[at..].iter().take_while(|other| *other < c).count();
        if b.get(at) == Some(c) {
            (shared, at) = (shared + 1, at + 1);
        }
    }
    shared
}

impl<'q> Voice<'q> {
    fn again(&self) -> Voice<'q> {
        Voice { quantity: self.quantity, statement: self.statement.clone() }
    }

    /// What stands before the clause in its sentence.
    pub(super) fn lead(&self) -> Range<usize> {
        let start = self.quantity.mention.sentence.start;
        start..self.statement.clause.start.max(start)
    }

    pub(super) fn words(&self, range: Range<usize>) -> &'q str {
        &self.quantity.of.text()[range]
    }

    /// The clause without its figure's neighbours: what the message shows.
    pub fn clause(&self) -> &'q str {
        self.words(self.statement.clause.clone()).trim_matches(|c: char| !c.is_alphanumeric())
    }
}

/// Whether a period may be all that the report tells of: 一年来, 全年, 本届, and no year of its own.
fn is_of_report(period: &str) -> bool {
    const OTHERS: [&str; 6] = ["去年", "上年", "明年", "上届", "前年", "近"];
    !period.contains(|c: char| c.is_ascii_digit() || c == '〇') && !OTHERS.iter().any(|word| period.contains(word))
}

/// Whether a period is the year that is reported on, in whatever words; without a portrait any year may be.
fn is_of_year(period: &str, portrait: Option<&Portrait>) -> bool {
    let year = period.strip_suffix('年').and_then(|year| year.parse::<u32>().ok());
    let is_past = |year: u32| portrait.is_none_or(|portrait| portrait.identity.past() == Some(year));
    year.map_or(["全年", "一年来", "过去一年", "今年", "本年度", "一年"].contains(&period), is_past)
}

/// Whether two places may be of one tense: what stands before the first section, where nothing tells, sums up.
fn may_be_one(one: Option<Tense>, other: Option<Tense>) -> bool {
    one == other || matches!((one, other), (None, Some(Tense::Review)) | (Some(Tense::Review), None))
}

fn can_meet(one: &Mention, other: &Mention) -> bool {
    match (one.possible(), other.possible()) {
        (Some(one), Some(other)) => one.meets(other),
        _ => true,
    }
}

/// Whether two places of one statement cannot mean one number, and stand in two sentences.
fn gainsay(one: &Voice<'_>, other: &Voice<'_>) -> bool {
    let (a, b) = (one.quantity, other.quantity);
    let apart = !std::ptr::eq(a.of, b.of) || a.mention.sentence != b.mention.sentence;
    let plain = |voice: &Quantity<'_>| voice.mention.others.is_empty() && voice.mention.denominator.is_none();
    apart && plain(&a) && plain(&b) && !can_meet(a.mention, b.mention)
}

/// Whether the sentence speaks of what is to be reached.
fn is_aim(voice: &Voice<'_>) -> bool {
    const AIMS: [&str; 19] = [
        "任务",
        "下达",
        "承诺",
        "考核",
        "底线",
        "力争",
        "确保",
        "目标",
        "计划",
        "预计",
        "预期",
        "争取",
        "拟",
        "将",
        "努力",
        "不低于",
        "不超过",
        "控制在",
        "到20",
    ];
    let sentence = voice.quantity.mention.sentence.clone();
    let text = voice.quantity.of.text();
    let before = &text[sentence.start..voice.quantity.mention.range.start.max(sentence.start)];
    AIMS.iter().any(|word| before.contains(word))
}

/// 由39个增加到91个: the first is what was, the second what is.
fn is_origin(voice: &Voice<'_>) -> bool {
    let before = &voice.quantity.of.text()[voice.statement.clause.start..voice.quantity.mention.range.start];
    before.contains(['由', '从', '较', '比'])
}

/// A place whose figure cannot be that of the others, which agree.
pub struct Dispute<'q> {
    pub voice: Voice<'q>,
    pub others: Vec<Voice<'q>>,
}

impl Dispute<'_> {
    /// How many times the one is the other: 1,000, 10,000 or 100,000,000 exactly, which is a slip of the unit.
    pub fn scale(&self) -> Option<u32> {
        let (a, b) = (self.voice.quantity.exact()?, self.others.first()?.quantity.exact()?);
        let (less, more) = if a < b { (a, b) } else { (b, a) };
        [3, 4, 8].into_iter().find(|power| less.shifted(*power as i16) == more).map(|power| 10u32.pow(power))
    }
}
