//! Variants (两种写法): a name that has several forms, each of them right: 县委、县政府 and 县委县政府. A draft keeps to one.

use super::dictionary::Dictionary;
use super::table::{TableError, parts, rows};
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("variants.tsv");

/// Forms of names; each means the name that it is a form of, by its number.
#[derive(Debug)]
struct Variants(Dictionary<usize>);

static VARIANTS: LazyLock<Variants> =
    LazyLock::new(|| Variants::builtin().unwrap_or_else(|error| unreachable!("a table that the tests load: {error}")));

impl Variants {
    fn builtin() -> Result<Variants, TableError> {
        let mut forms = Vec::new();
        let mut groups = 0;
        for row in rows("variants.tsv", TABLE, ["forms", "for"])? {
            let [group, each] = row.cells;
            let group = parts(group);
            if group.len() < 2 || group.iter().any(|form| form.contains('*') == each.is_empty()) {
                return Err(row.wrong("write two forms or more, and for every * what it stands for"));
            }
            let characters = if each.is_empty() { vec![""] } else { each.split_inclusive(|_| true).collect() };
            for c in characters {
                forms.extend(group.iter().map(|form| (form.replace('*', c), groups)));
                groups += 1;
            }
        }
        Ok(Variants(Dictionary::of(forms)))
    }
}

/// Where `text` names what has several forms: the bytes, and the number of the name.
pub fn variants(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    VARIANTS.0.find(text).filter_map(|(range, groups)| Some((range, *groups.first()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_are_told_as_such() {
        assert!(Variants::builtin().is_ok());
        let text = "县委、县政府和市委市政府，县委县政府";
        let found: Vec<(&str, usize)> = variants(text).map(|(range, group)| (&text[range], group)).collect();
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), ["县委、县政府", "市委市政府", "县委县政府"]);
        assert!(found[0].1 == found[2].1 && found[0].1 != found[1].1);
    }
}
