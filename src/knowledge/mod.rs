//! Knowledge (通识): what every reader of such reports knows, as tables. Slogans with their members, lists that stand in one
//! order, names that have one form or several, anniversaries. With it what a house knows of its own (`[knowledge]` of
//! hegao.toml).
//!
//! These are facts about wording: how many members, in which order, written how, since when, fixed where. Nothing here
//! says what a draft should think. A row that is doubtful does not stand in a table.

mod anniversary;
mod bare;
mod dictionary;
mod form;
mod list;
mod name;
mod own;
mod person;
mod slogan;
mod table;
mod variant;

pub use anniversary::{Event, event, events};
pub use bare::{Bare, is_quote};
pub use form::Form;
pub use list::{Deviation, List};
pub use name::is_near;
pub use own::Own;
pub use person::is_surname;
pub use slogan::Slogan;
pub use variant::variants;

use form::Forms;
use list::Lists;
use name::Names;
use slogan::Slogans;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// The tables that come with the program, read once.
struct Builtin {
    slogans: Slogans,
    lists: Lists,
    forms: Forms,
}

static BUILTIN: LazyLock<Builtin> = LazyLock::new(|| {
    let read = || Ok(Builtin { slogans: Slogans::builtin()?, lists: Lists::builtin()?, forms: Forms::builtin()? });
    read().unwrap_or_else(|error: table::TableError| unreachable!("tables that the tests load: {error}"))
});

static PLAIN: LazyLock<Arc<Knowledge>> = LazyLock::new(|| Arc::new(Knowledge::of(Own::default())));

/// The slogans of the table that are usually written in quotes, with their places in `text`.
pub fn quoted_slogans(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let found = BUILTIN.slogans.find(text).into_iter();
    found.filter_map(|(range, slogans)| Some((range, slogans.first().filter(|s| s.is_quoted)?.name.as_str())))
}

/// The tables, and what a house knows beside them. Equal if the house's part is.
#[derive(Debug)]
pub struct Knowledge {
    own: Own,
    slogans: Slogans,
    lists: Lists,
    names: Names,
}

impl PartialEq for Knowledge {
    fn eq(&self, other: &Knowledge) -> bool {
        self.own == other.own
    }
}

impl Eq for Knowledge {}

impl Knowledge {
    /// The tables, and what can be used of `own`.
    pub fn of(own: Own) -> Knowledge {
        let slogan = |(name, members): (&String, &Vec<String>)| Slogan {
            name: name.clone(),
            aliases: Vec::new(),
            members: members.clone(),
            since: String::new(),
            until: String::new(),
            is_quoted: false,
            source: String::new(),
        };
        let slogans = own.slogans.iter().filter(|(_, members)| own::is_members(members)).map(slogan);
        let lists = own.lists.iter().filter(|list| own::is_list(list)).map(|list| List::own(list));
        let names = own.names.iter().filter(|name| own::is_name(name)).cloned();
        let (slogans, lists) = (Slogans::of(slogans.collect()), Lists::of(lists.collect()));
        Knowledge { slogans, lists, names: Names::of(names.collect()), own }
    }

    /// The tables alone.
    pub fn plain() -> Arc<Knowledge> {
        Arc::clone(&PLAIN)
    }

    pub fn own(&self) -> &Own {
        &self.own
    }

    /// Where slogans are named in `text`, each with its versions. The house's own come before those of the table, and
    /// hide those of the same name.
    pub fn slogans(&self, text: &str) -> Vec<(Range<usize>, Vec<&Slogan>)> {
        let mut found = self.slogans.find(text);
        let known = BUILTIN.slogans.find(text).into_iter();
        found.extend(known.filter(|(_, slogans)| slogans.iter().all(|slogan| !self.slogans.holds(&slogan.name))));
        found
    }

    /// The fixed lists that stand otherwise in `text`, which is without quotes.
    pub fn deviations(&self, text: &str) -> Vec<Deviation<'_>> {
        let own = self.lists.deviations(text);
        let known = BUILTIN.lists.deviations(text);
        // Where the house has an order of its own for these words, the table's does not count.
        let is_own = |deviation: &Deviation<'_>| self.lists.orders(deviation.list);
        own.into_iter().chain(known.into_iter().filter(|deviation| !is_own(deviation))).collect()
    }

    /// The wrong forms of fixed names and wordings in `text`, which is without quotes.
    pub fn forms(&self, text: &str) -> Vec<(Range<usize>, &'static Form)> {
        BUILTIN.forms.find(text)
    }

    /// Words of `text` that are one character off a name of the house.
    pub fn slips(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        self.names.slips(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_a_house_says_comes_before_the_tables() {
        let own = Own {
            slogans: BTreeMap::from([("四个意识".to_owned(), ["甲", "乙"].map(str::to_owned).to_vec())]),
            lists: vec!["民主监督、政治协商、参政议政".to_owned(), "丙、丁".to_owned()],
            names: Vec::new(),
        };
        let (house, plain) = (Knowledge::of(own), Knowledge::plain());
        assert_eq!(plain.slogans("四个意识")[0].1[0].members.len(), 4);
        assert_eq!(house.slogans("四个意识").iter().map(|(_, s)| s[0].members.len()).collect::<Vec<_>>(), [2]);
        assert_eq!((plain.deviations("丁、丙").len(), house.deviations("丁、丙").len()), (0, 1));
        let text = "民主监督、政治协商、参政议政";
        assert_eq!((plain.deviations(text).len(), house.deviations(text).len()), (1, 0));
        assert!(house != *plain && *plain == Knowledge::of(Own::default()));
    }
}
