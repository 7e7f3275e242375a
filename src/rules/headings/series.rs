use crate::analysis::Block;
use crate::draft::series::{self, Item, Style};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Place, Related, Severity};
use crate::rules::{Check, Rule, View};
use crate::text::{Fold, Reading, numeral};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// 段内序号: a gap, a repeat or a change of style in a series of items inside one paragraph (一是…二是…四是).
pub static RULE: Rule = Rule {
    name: "headings/series",
    document: include_str!("series.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Block(check),
};

/// A series has an item behind its first. Most paragraphs have none, and need not be read.
static SECOND: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[二三四五六七八九十两]";
    let pattern = format!(r"{number}\s*[是要]|[第其]\s*{number}|其次|再次|[（(]\s*(?:{number}|[2-9２-９])|[②-⑳]");
    Regex::new(&pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    let structure = &block.facts.structure;
    if !structure.is_text() {
        return;
    }
    let content = &source[structure.content.clone()];
    if !SECOND.is_match(content) {
        return;
    }
    let reading = Reading::of(content, Fold::None);
    let text = Paragraph { text: reading.text(), items: series::items(reading.text()) };
    if text.items.len() < 2 {
        return;
    }
    let shown = Shown { view, block, source, reading: &reading, start: structure.content.start };
    findings.extend(text.faults().iter().map(|fault| shown.finding(&text, fault)));
}

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    Gap,
    Repeat,
    Reversal,
    /// Right in number and numbered in another style than the others.
    Mixed,
}

/// A break in a series: the item, the one before it, and the items that a fix would number anew (or, if the styles are
/// mixed, all items of the series).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    kind: Break,
    item: usize,
    before: Option<usize>,
    expected: u32,
    members: Vec<usize>,
}

/// The items of a paragraph and its text.
#[derive(Clone)]
struct Paragraph<'t> {
    text: &'t str,
    items: Vec<Item>,
}

/// More items than this are not lost at once: what looks like such a gap are two series.
const WIDEST_GAP: u32 = 3;

/// A repeated or a smaller number is one of a series only if it has words of its own (`二是关键` says something else).
const FEWEST_HAN: usize = 4;

impl Paragraph<'_> {
    fn faults(&self) -> Vec<Fault> {
        let all = self.series();
        // Items that stand for one of another style, with all items of their own series.
        let mut stand_ins = Vec::new();
        let mut faults: Vec<Fault> =
            all.iter().flat_map(|members| self.breaks(members, &all, &mut stand_ins)).collect();
        for members in &all {
            if !members.iter().any(|m| stand_ins.contains(m)) {
                faults.extend(self.orphan(members, &all));
            }
        }
        faults.sort_by_key(|fault| fault.item);
        faults
    }

    /// The items by style and series. A series restarts at 1; a number that goes on from an outer series ends the inner.
    fn series(&self) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = Vec::new();
        // The open series of each style, outermost first, as indexes into `all`.
        let mut open: Vec<(Style, usize)> = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let follows =
                |series: usize| all[series].last().is_some_and(|last| self.items[*last].number + 1 == item.number);
            let outer = open.iter().rposition(|(style, series)| *style == item.style && follows(*series));
            let inner = open.iter().rposition(|(style, _)| *style == item.style);
            match (outer, inner) {
                (Some(at), _) => {
                    let mut rank = 0;
                    open.retain(|(style, _)| {
                        rank += 1;
                        *style != item.style || rank <= at + 1
                    });
                    all[open[at].1].push(index);
                }
                (None, Some(at)) if item.number != 1 => all[open[at].1].push(index),
                _ => {
                    open.push((item.style, all.len()));
                    all.push(vec![index]);
                }
            }
        }
        all
    }

    /// The breaks of one series, one for each and not for every number behind it.
    fn breaks(&self, members: &[usize], all: &[Vec<usize>], stand_ins: &mut Vec<usize>) -> Vec<Fault> {
        let first = &self.items[members[0]];
        if !first.style.is_numbered() || members.iter().any(|m| self.items[*m].han == 0) {
            return Vec::new();
        }
        if first.number != 1 && first.behind.is_some() {
            return self.missing_first(members).into_iter().collect();
        }
        let (mut faults, mut right, mut n) = (Vec::new(), first.number, 1);
        while n < members.len() {
            let number = self.items[members[n]].number;
            let next = members.get(n + 1).map(|m| self.items[*m].number);
            let expected = right + 1;
            if number == expected {
                right = number;
                n += 1;
                continue;
            }
            // One wrong number between right ones (一、二、二、四), or two that changed places (一、三、二、四).
            let is_single = next == Some(expected + 1) && number != expected + 1;
            let is_swapped = number == expected + 1 && next == Some(expected);
            let kind = match number {
                _ if is_swapped => Break::Reversal,
                _ if number == right => Break::Repeat,
                _ if number > right => Break::Gap,
                _ => Break::Reversal,
            };
            faults.extend(self.judged(kind, members, n, expected, all, stand_ins));
            right = if is_single { expected } else { number };
            n += 1 + usize::from(is_swapped);
        }
        faults
    }

    /// Whether a break is one, and of which kind.
    fn judged(
        &self,
        kind: Break,
        members: &[usize],
        n: usize,
        expected: u32,
        all: &[Vec<usize>],
        stand_ins: &mut Vec<usize>,
    ) -> Option<Fault> {
        let (before, here) = (members[n - 1], members[n]);
        let fault = |kind, item, members: &[usize]| Fault {
            kind,
            item,
            before: Some(before),
            expected,
            members: members.to_vec(),
        };
        // A first item that stands behind a word is one only if the second follows.
        if self.items[members[0]].is_soft && n < 2 {
            return None;
        }
        if [before, here].iter().any(|item| self.items[*item].han < 2) {
            return None;
        }
        if kind != Break::Gap {
            // 其中，二是重中之重: what goes back to an item stands behind a comma, where items stand behind 。 or ；.
            let Item { han, behind, .. } = self.items[here];
            let stands_as_others = matches!(behind, Some('。' | '；' | ';')) || behind == self.items[before].behind;
            return (stands_as_others && han >= FEWEST_HAN).then(|| fault(kind, here, &members[n..]));
        }
        let missing = expected..self.items[here].number;
        if missing.end - missing.start > WIDEST_GAP {
            return None;
        }
        let mut mixed: Vec<usize> = Vec::new();
        for number in missing {
            let stands_for = |other: &usize| {
                let item = &self.items[*other];
                item.number == number && item.style != self.items[here].style && self.is_orphan(*other, all)
            };
            if let Some(other) = (before + 1..here).find(stands_for) {
                mixed.push(other);
            } else if self.is_written_between(before, here, number) {
                return None;
            }
        }
        let Some(first) = mixed.first().copied() else { return Some(fault(Break::Gap, here, &members[n..])) };
        for other in mixed {
            stand_ins.extend(all.iter().find(|series| series.contains(&other)).into_iter().flatten());
        }
        let mut together: Vec<usize> = members.iter().chain(&*stand_ins).copied().collect();
        together.sort_unstable();
        together.dedup();
        Some(fault(Break::Mixed, first, &together))
    }

    /// Whether an item belongs to no series that begins as a series does.
    fn is_orphan(&self, item: usize, all: &[Vec<usize>]) -> bool {
        let first = all.iter().find(|series| series.contains(&item)).map(|series| &self.items[series[0]]);
        first.is_some_and(|first| first.number != 1 && first.behind.is_some())
    }

    /// Whether item `number` stands between two others after all, in quotes, in brackets or behind a word.
    fn is_written_between(&self, before: usize, here: usize, number: u32) -> bool {
        let between = &self.text[self.items[before].marker.end..self.items[here].marker.start];
        let han = numeral::print(number, numeral::NumeralForm::Han).unwrap_or_default();
        let circled = numeral::print(number, numeral::NumeralForm::Circled);
        let written = match self.items[here].style {
            Style::HanParen => vec![format!("（{han}"), format!("({han}")],
            Style::ArabicParen => vec![format!("{number}）"), format!("{number})")],
            Style::Circled => circled.into_iter().collect(),
            _ => ["是", "要"]
                .map(|word| format!("{han}{word}"))
                .into_iter()
                .chain([format!("第{han}"), format!("其{han}")])
                .collect(),
        };
        written.iter().any(|marker| between.contains(marker))
            || self.items[before + 1..here].iter().any(|item| item.number == number && item.style == Style::Section)
    }

    /// A series that begins at 2 right behind a colon, with nothing before it that could be the first item.
    fn missing_first(&self, members: &[usize]) -> Option<Fault> {
        let first = &self.items[members[0]];
        let follow = members.windows(2).all(|pair| self.items[pair[0]].number + 1 == self.items[pair[1]].number);
        let before = &self.text[..first.marker.start];
        let could_begin = ["一", "首先", "①", "1）", "1)"].iter().any(|word| before.contains(word));
        let is_sure = first.number == 2 && matches!(first.behind, Some('：' | ':')) && members.len() >= 2 && follow;
        (is_sure && !could_begin).then(|| Fault {
            kind: Break::Gap,
            item: members[0],
            before: None,
            expected: 1,
            members: members.to_vec(),
        })
    }

    /// A series that goes on where one of another style stopped: 首先…其次…第三.
    fn orphan(&self, members: &[usize], all: &[Vec<usize>]) -> Option<Fault> {
        let first = &self.items[members[0]];
        let in_words =
            |style: Style| matches!(style, Style::Shi | Style::Yao | Style::Ordinal | Style::Qi | Style::Words);
        if !in_words(first.style) || !self.is_orphan(members[0], all) {
            return None;
        }
        let before = (0..members[0]).rev().find(|other| in_words(self.items[*other].style))?;
        let base = all.iter().find(|series| series.contains(&before))?;
        let begins = &self.items[base[0]];
        let goes_on = self.items[before].number + 1 == first.number && base.last() == Some(&before);
        let is_base = begins.number == 1 && !(begins.is_soft && base.len() < 2);
        (goes_on && is_base).then(|| Fault {
            kind: Break::Mixed,
            item: members[0],
            before: Some(before),
            expected: first.number,
            members: base.iter().chain(members).copied().collect(),
        })
    }

    /// The items with other numbers or styles, if that mends a fault and brings no other.
    fn mended(&self, changed: &[(usize, Style, u32)]) -> bool {
        let mut after = self.clone();
        for (item, style, number) in changed {
            (after.items[*item].style, after.items[*item].number) = (*style, *number);
        }
        after.faults().len() < self.faults().len()
    }
}

/// What turns a fault into a finding.
struct Shown<'s> {
    view: &'s View<'s>,
    block: &'s Block,
    source: &'s str,
    reading: &'s Reading,
    /// Where the reading starts in the block.
    start: usize,
}

impl Shown<'_> {
    fn place(&self, range: Range<usize>) -> Place {
        let range = self.reading.source_range(range);
        self.view.place(self.block, self.source, self.start + range.start..self.start + range.end)
    }

    fn finding(&self, text: &Paragraph<'_>, fault: &Fault) -> Finding {
        let words =
            |item: usize| text.text[text.items[item].marker.clone()].trim_end_matches(['，', ',', '、', '：', ':']);
        let here = words(fault.item);
        let style = text.items[fault.before.unwrap_or(fault.item)].style;
        let wanted = style.print(fault.expected).unwrap_or_else(|| fault.expected.to_string());
        let wanted = wanted.trim_end_matches('，');
        let (before, before_en) = match fault.before.map(words) {
            Some(before) => (format!("“{before}”之后是“{here}”"), format!("“{before}” is followed by “{here}”")),
            None => (format!("这一组从“{here}”起"), format!("The series begins with “{here}”")),
        };
        let (severity, zh, en) = match fault.kind {
            Break::Mixed => (
                Severity::Warning,
                format!("同一组序号写法不一：{before}；请统一写法"),
                format!("Items of one series are numbered in different ways: {before_en}. Write them alike."),
            ),
            Break::Gap => (
                Severity::Error,
                format!("段内序号跳号：{before}，缺“{wanted}”；请补上缺的一项，或改序号"),
                format!("An item is missing: {before_en}, without “{wanted}”. Add it, or renumber."),
            ),
            Break::Repeat => (
                Severity::Error,
                format!("段内序号重复：{before}，此处应为“{wanted}”；请改序号，或并作一项"),
                format!(
                    "A number stands twice: {before_en}, where “{wanted}” is due. Renumber, or join the two items."
                ),
            ),
            Break::Reversal => (
                Severity::Error,
                format!("段内序号颠倒：{before}，此处应为“{wanted}”；请调整次序，或改序号"),
                format!("The numbers are out of order: {before_en}, where “{wanted}” is due. Reorder, or renumber."),
            ),
        };
        let related = fault.before.map(|before| Related {
            place: self.place(text.items[before].marker.clone()),
            message: Message::new("前一项", "the item before"),
        });
        Finding {
            rule: self.view.rule,
            severity,
            message: Message::new(zh, en),
            place: self.place(text.items[fault.item].marker.clone()),
            related: related.into_iter().collect(),
            fixes: match fault.kind {
                Break::Mixed => self.alike(text, fault),
                _ => self.renumbered(text, fault).into_iter().collect(),
            },
            identity: self.view.identity(self.block, here),
        }
    }

    fn fix(&self, zh: String, en: String, edits: Vec<Edit>) -> Fix {
        let key = self.view.exclusive(self.block.id);
        Fix { title: Message::new(zh, en), applicability: Applicability::Unsafe, key, edits }
    }

    /// Numbers the rest of the series from here on.
    fn renumbered(&self, text: &Paragraph<'_>, fault: &Fault) -> Option<Fix> {
        let numbered: Vec<(usize, Style, u32)> =
            fault.members.iter().zip(fault.expected..).map(|(item, n)| (*item, text.items[*item].style, n)).collect();
        let (mut edits, mut changed) = (Vec::new(), Vec::new());
        for (item, style, number) in numbered {
            let found = &text.items[item];
            if found.number != number {
                let printed = numeral::print(number, found.numeral_form)?;
                edits.push(Edit::Replace { place: self.place(found.numeral.clone()), text: printed });
                changed.push((item, style, number));
            }
        }
        let count = edits.len();
        (count > 0 && text.mended(&changed)).then(|| {
            self.fix(format!("从这里起顺次重编（改{count}处）"), format!("Renumber from here ({count} edits)"), edits)
        })
    }

    /// Writes all items of the series in one style: that of most of them, or another of theirs.
    fn alike(&self, text: &Paragraph<'_>, fault: &Fault) -> Vec<Fix> {
        let mut styles: Vec<(usize, Style)> = Vec::new();
        for item in &fault.members {
            let style = text.items[*item].style;
            match styles.iter_mut().find(|(_, s)| *s == style) {
                Some((count, _)) => *count += 1,
                None => styles.push((1, style)),
            }
        }
        styles.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let fix = |style: Style| {
            let (mut edits, mut changed) = (Vec::new(), Vec::new());
            for item in fault.members.iter().filter(|item| text.items[**item].style != style) {
                let found = &text.items[*item];
                edits.push(Edit::Replace { place: self.place(found.marker.clone()), text: style.print(found.number)? });
                changed.push((*item, style, found.number));
            }
            let sample = style.print(text.items[fault.item].number)?;
            let sample = sample.trim_end_matches('，');
            text.mended(&changed).then(|| {
                let count = edits.len();
                let en = format!("Number all items like “{sample}” ({count} edits)");
                self.fix(format!("统一写作“{sample}”一类（改{count}处）"), en, edits)
            })
        };
        styles.into_iter().filter_map(|(_, style)| fix(style)).take(2).collect()
    }
}
