//! Habits of layout: the width of commas and the kind of quotes that an exemplar has.

use super::seen::Numbered;
use crate::profile::Layout;

/// Marks of an exemplar, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    wide_commas: usize,
    narrow_commas: usize,
    curly_quotes: usize,
    straight_quotes: usize,
}

impl Marks {
    pub fn of(text: &str) -> Marks {
        let count = |mark: char| text.matches(mark).count();
        Marks {
            wide_commas: count('，'),
            narrow_commas: count(','),
            curly_quotes: count('“') + count('”'),
            straight_quotes: count('"'),
        }
    }
}

/// How many exemplars have most of their marks so.
pub(super) fn layout(exemplars: &[Numbered<'_>]) -> Layout {
    let have =
        |is: &dyn Fn(&Marks) -> bool| exemplars.iter().filter(|(_, exemplar)| is(&exemplar.marks)).count() as u32;
    Layout {
        wide_commas: have(&|marks| marks.wide_commas > marks.narrow_commas),
        narrow_commas: have(&|marks| marks.narrow_commas > marks.wide_commas),
        curly_quotes: have(&|marks| marks.curly_quotes > marks.straight_quotes),
        straight_quotes: have(&|marks| marks.straight_quotes > marks.curly_quotes),
    }
}
