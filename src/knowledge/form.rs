//! Fixed forms (规范写法): names and wordings that have one form, and how they come out wrong: 发展与改革委员会 for 发展和改革委员会.

use super::bare::Bare;
use super::dictionary::Dictionary;
use super::table::{TableError, rows};
use std::ops::Range;

const TABLE: &str = include_str!("forms.tsv");

/// A wrong form and the right one. Both are without quotes.
#[derive(Debug)]
pub struct Form {
    pub wrong: String,
    pub right: String,
    /// With these another phrase goes on.
    not_before: &'static str,
    pub source: &'static str,
}

/// Fixed forms, and where they stand wrong in a text.
#[derive(Debug)]
pub struct Forms(Dictionary<Form>);

impl Forms {
    pub fn builtin() -> Result<Forms, TableError> {
        let mut forms = Vec::new();
        for row in rows("forms.tsv", TABLE, ["wrong", "right", "not_before", "source"])? {
            let [wrong, right, not_before, source] = row.cells;
            let [wrong, right] = [wrong, right].map(|form| Bare::of(form).text().to_owned());
            if wrong.is_empty() || source.is_empty() || right.contains(&wrong) {
                return Err(
                    row.wrong("write a wrong form that the right one does not hold, and where the right one is fixed")
                );
            }
            forms.push((wrong.clone(), Form { wrong, right, not_before, source }));
        }
        Ok(Forms(Dictionary::of(forms)))
    }

    /// The wrong forms of `text`, which is without quotes.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &Form)> {
        let found = self.0.find(text).filter_map(|(range, forms)| Some((range, forms.first()?)));
        let goes_on =
            |range: &Range<usize>, form: &Form| text[range.end..].starts_with(|c| form.not_before.contains(c));
        found.filter(|(range, form)| !goes_on(range, form)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound_and_no_right_form_is_found() {
        let forms = Forms::builtin().unwrap();
        let rows = rows("forms.tsv", TABLE, ["wrong", "right", "not_before", "source"]).unwrap();
        assert!(rows.len() >= 30);
        for row in rows {
            let [wrong, right] = [row.cells[0], row.cells[1]].map(|form| Bare::of(form).text().to_owned());
            assert_eq!(forms.find(&wrong).len(), 1, "{wrong}");
            assert_eq!(forms.find(&right).len(), 0, "{right}");
        }
    }

    #[test]
    fn a_form_with_which_another_phrase_goes_on_is_none() {
        let forms = Forms::builtin().unwrap();
        assert_eq!(forms.find("筑牢中华民族共同体意识，").len(), 1);
        assert_eq!(forms.find("筑牢中华民族共同体意识的根基").len(), 0);
    }
}
