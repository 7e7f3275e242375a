//! Anniversaries (周年): the events that reports count years from, and the years in which they were.

use super::table::{TableError, parts, rows};
use std::sync::LazyLock;

const TABLE: &str = include_str!("anniversaries.tsv");

/// Something whose anniversaries are kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Event {
    pub name: &'static str,
    pub aliases: Vec<&'static str>,
    pub year: u32,
}

static EVENTS: LazyLock<Vec<Event>> =
    LazyLock::new(|| load().unwrap_or_else(|error| unreachable!("a table that the tests load: {error}")));

fn load() -> Result<Vec<Event>, TableError> {
    let row = |row: super::table::Row<3>| {
        let [name, year, aliases] = row.cells;
        let year = year.parse().ok().filter(|year| (1800..2100).contains(year) && !name.is_empty());
        let year = year.ok_or_else(|| row.wrong("write an event and its year"))?;
        Ok(Event { name, aliases: parts(aliases), year })
    };
    rows("anniversaries.tsv", TABLE, ["event", "year", "aliases"])?.into_iter().map(row).collect()
}

/// The events.
pub fn events() -> &'static [Event] {
    &EVENTS
}

/// The event that is called `name`.
pub fn event(name: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|event| event.name == name || event.aliases.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let events = load().unwrap();
        let mut names: Vec<&str> =
            events.iter().flat_map(|e| std::iter::once(e.name).chain(e.aliases.clone())).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert_eq!(event("建党").map(|event| event.year), Some(1921));
    }
}
