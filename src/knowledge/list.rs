//! Fixed lists (固定排列): members that stand in one order, 政治协商、民主监督、参政议政. A member may be a verb and what only that verb takes
//! (增强·四个意识), so that verbs that changed places are found too.
//!
//! A list is found only where all its members stand one behind the other in one enumeration, and nothing else in it:
//! what heads clauses of its own or has further members between is no fixed list.

use super::dictionary::Dictionary;
use super::table::{TableError, parts, rows};
use std::ops::Range;

const TABLE: &str = include_str!("lists.tsv");

/// A fixed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Verb and object; a member without a verb is all object.
    pub members: Vec<(String, String)>,
    /// The marks that may stand between members; none: they are written in one.
    separators: String,
    /// One of these follows, if there are any.
    suffixes: Vec<String>,
    /// It is not looked for in a sentence with one of these: it has another order there.
    unless: Vec<String>,
    /// Where it is fixed; empty: by the draft's own house.
    pub source: String,
}

/// A member as it stands: which verb and which object, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub verb: usize,
    pub object: usize,
    pub range: Range<usize>,
}

/// A list that stands in a text otherwise than it is fixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation<'l> {
    pub list: &'l List,
    pub items: Vec<Item>,
}

impl Deviation<'_> {
    /// Whether every verb has its own object: then only the order is another.
    pub fn is_order(&self) -> bool {
        self.items.iter().all(|item| self.list.members[item.verb].0 == self.list.members[item.object].0)
    }

    pub fn range(&self) -> Range<usize> {
        let last = self.items.last().map_or(0, |item| item.range.end);
        self.items.first().map_or(0, |item| item.range.start)..last
    }
}

impl List {
    /// A list of a house: its members divided by 、.
    pub fn own(members: &str) -> List {
        List {
            members: members.split('、').map(|member| (String::new(), member.to_owned())).collect(),
            separators: "、".to_owned(),
            suffixes: Vec::new(),
            unless: Vec::new(),
            source: String::new(),
        }
    }

    /// The list as it is fixed, for a message.
    pub fn written(&self) -> String {
        let members: Vec<String> = self.members.iter().map(|(verb, object)| format!("{verb}{object}")).collect();
        members.join(if self.separators.is_empty() { "" } else { "、" })
    }

    /// Whether `between` may stand between two members; before the last also a conjunction.
    fn divides(&self, between: &str, is_last: bool) -> bool {
        let conjunction = ["和", "与", "及", "以及"].contains(&between);
        match between.chars().next() {
            None => self.separators.is_empty(),
            Some(c) => between.len() == c.len_utf8() && self.separators.contains(c) || is_last && conjunction,
        }
    }

    /// The members of the list among `found`, the first words of which stand one behind the other; `None` unless they are
    /// all of it, and it stands alone.
    fn read(&self, text: &str, found: &[(Range<usize>, &[Member])], own: usize) -> Option<Vec<Item>> {
        let found = found.get(..self.members.len())?;
        let last = found.len() - 1;
        let gaps = found.windows(2).enumerate();
        let mut gaps = gaps.map(|(n, pair)| (n + 1 == last, &text[pair[0].0.end..pair[1].0.start]));
        if !gaps.all(|(is_last, between)| self.divides(between, is_last)) {
            return None;
        }
        let item = |(range, members): &(Range<usize>, &[Member])| {
            let member = members.iter().find(|member| member.list == own)?;
            Some(Item { verb: member.verb, object: member.object, range: range.clone() })
        };
        let items: Vec<Item> = found.iter().map(item).collect::<Option<_>>()?;
        let (before, behind) = (&text[..items[0].range.start], &text[items[last].range.end..]);
        let goes_on = !self.separators.is_empty()
            && (before.ends_with('、') || ["、", "和", "与", "及", "以及"].iter().any(|mark| behind.starts_with(mark)));
        let has_suffix =
            self.suffixes.is_empty() || self.suffixes.iter().any(|suffix| behind.starts_with(suffix.as_str()));
        (self.is_whole(&items) && has_suffix && !goes_on && !self.is_elsewhere(before, behind)).then_some(items)
    }

    /// Whether the items are all verbs and all objects, each once.
    fn is_whole<'s>(&'s self, items: &[Item]) -> bool {
        let sorted = |mut words: Vec<&'s str>| {
            words.sort_unstable();
            words
        };
        let members = &self.members;
        sorted(items.iter().map(|item| members[item.object].1.as_str()).collect())
            == sorted(members.iter().map(|(_, object)| object.as_str()).collect())
            && sorted(items.iter().map(|item| members[item.verb].0.as_str()).collect())
                == sorted(members.iter().map(|(verb, _)| verb.as_str()).collect())
    }

    /// Whether the sentence around speaks of what has another order.
    fn is_elsewhere(&self, before: &str, behind: &str) -> bool {
        const ENDS: [char; 4] = ['。', '；', '！', '？'];
        let before = before.rsplit(ENDS).next().unwrap_or(before);
        let behind = behind.split(ENDS).next().unwrap_or(behind);
        self.unless.iter().any(|word| before.contains(word.as_str()) || behind.contains(word.as_str()))
    }

    fn is_as_fixed(&self, items: &[Item]) -> bool {
        items.iter().enumerate().all(|(n, item)| item.object == n && self.members[item.verb].0 == self.members[n].0)
    }
}

/// A word of a list: the verb of one member and the object of one.
#[derive(Debug)]
struct Member {
    list: usize,
    verb: usize,
    object: usize,
}

/// Fixed lists, and where they stand in a text.
#[derive(Debug)]
pub struct Lists {
    all: Vec<List>,
    words: Dictionary<Member>,
}

impl Lists {
    pub fn builtin() -> Result<Lists, TableError> {
        let mut all = Vec::new();
        for row in rows("lists.tsv", TABLE, ["members", "separators", "suffix", "unless", "source"])? {
            let [members, separators, suffix, unless, source] = row.cells;
            let owned = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect();
            let member = |member: &str| {
                let (verb, object) = member.split_once('·').unwrap_or(("", member));
                (verb.to_owned(), object.to_owned())
            };
            let members: Vec<(String, String)> = match separators.is_empty() {
                true => pairs(members).into_iter().map(|word| (String::new(), word)).collect(),
                false => members.split('、').map(member).collect(),
            };
            if members.len() < 2 || members.iter().any(|(_, object)| object.is_empty()) || source.is_empty() {
                return Err(row.wrong("write two members or more, divided by 、, and where they are fixed"));
            }
            let list = List {
                members,
                separators: separators.to_owned(),
                suffixes: owned(parts(suffix)),
                unless: owned(parts(unless)),
                source: source.to_owned(),
            };
            all.push(list);
        }
        Ok(Lists::of(all))
    }

    pub fn of(all: Vec<List>) -> Lists {
        let words = all.iter().enumerate().flat_map(|(list, of)| {
            let each = move |verb: usize| (0..of.members.len()).map(move |object| (verb, object));
            // Without verbs every member is itself and no other.
            let plain = move |(verb, object): &(usize, usize)| verb == object || !of.members[*verb].0.is_empty();
            (0..of.members.len()).flat_map(each).filter(plain).map(move |(verb, object)| {
                let word = format!("{}{}", of.members[verb].0, of.members[object].1);
                (word, Member { list, verb, object })
            })
        });
        let words = Dictionary::of(words);
        Lists { all, words }
    }

    /// Whether one of these lists is of the same members as `other`.
    pub fn orders(&self, other: &List) -> bool {
        let sorted = |list: &List| {
            let mut members: Vec<String> =
                list.members.iter().map(|(verb, object)| format!("{verb}{object}")).collect();
            members.sort_unstable();
            members
        };
        !self.all.is_empty() && self.all.iter().any(|list| sorted(list) == sorted(other))
    }

    /// The lists that stand in `text` otherwise than they are fixed. `text` is without quotes.
    pub fn deviations(&self, text: &str) -> Vec<Deviation<'_>> {
        let found: Vec<(Range<usize>, &[Member])> = self.words.find(text).collect();
        let (mut deviations, mut at) = (Vec::new(), 0);
        while let Some((_, members)) = found.get(at) {
            let read = members.iter().find_map(|member| {
                let list = &self.all[member.list];
                Some((list, list.read(text, &found[at..], member.list)?))
            });
            at += read.as_ref().map_or(1, |(_, items)| items.len());
            deviations.extend(
                read.filter(|(list, items)| !list.is_as_fixed(items)).map(|(list, items)| Deviation { list, items }),
            );
        }
        deviations
    }
}

/// A text cut into words of two characters.
fn pairs(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(2).map(|pair| pair.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviations(text: &str) -> Vec<(String, bool)> {
        let lists = Lists::builtin().unwrap();
        let found = lists.deviations(text);
        found.iter().map(|found| (text[found.range()].to_owned(), found.is_order())).collect()
    }

    #[test]
    fn the_table_is_sound() {
        let lists = Lists::builtin().unwrap();
        for list in &lists.all {
            assert_eq!(lists.deviations(&list.written()), [], "{}", list.written());
            let objects: std::collections::HashSet<_> = list.members.iter().collect();
            assert_eq!(objects.len(), list.members.len(), "{}", list.written());
        }
    }

    #[test]
    fn another_order_is_found_only_in_one_enumeration() {
        assert_eq!(
            deviations("认真履行民主监督、政治协商和参政议政职能"),
            [("民主监督、政治协商和参政议政".to_owned(), true)]
        );
        for right in [
            "履行政治协商、民主监督、参政议政职能",
            "政治协商聚焦大事、参政议政关注实事、民主监督紧盯难事",
            "民主监督、政治协商、凝聚共识、参政议政",
            "凝聚共识、民主监督、政治协商、参政议政",
            "民主监督、政治协商、参政议政和凝聚共识",
            "民主党派履行参政议政、民主监督、政治协商职能",
            "法治、自治、德治",
        ] {
            assert_eq!(deviations(right), [], "{right}");
        }
        assert_eq!(deviations("法治、自治、德治相结合").len(), 1);
        assert_eq!(deviations("共治共建共享的社会治理").len(), 1);
    }

    #[test]
    fn verbs_that_changed_places_are_told_from_an_order() {
        let found = deviations("坚定四个意识、增强四个自信、做到两个维护");
        assert_eq!(found, [("坚定四个意识、增强四个自信、做到两个维护".to_owned(), false)]);
        assert_eq!(deviations("坚定四个自信，增强四个意识，做到两个维护").len(), 1);
        assert_eq!(deviations("严以修身、严以用权，讲纪律、守规矩"), []);
        assert_eq!(deviations("守规矩、讲纪律、重品行"), [("守规矩、讲纪律、重品行".to_owned(), false)]);
        // Another verb is none of the fixed ones.
        assert_eq!(deviations("树牢四个意识、坚定四个自信、做到两个维护"), []);
    }
}
