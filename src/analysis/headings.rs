//! The headings of a draft, one behind the other: what a search over many drafts looks through.

use super::{Analysis, Section};
use crate::draft::Role;
use crate::text::position;
use std::ops::Range;

/// A title or heading with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingLine {
    pub role: Role,
    /// As `Section::level`.
    pub level: u8,
    pub title: String,
    /// The title of the section that holds it.
    pub container: Option<String>,
    /// Bytes of the whole line, without its line break.
    pub line: Range<usize>,
}

impl Analysis {
    /// Titles and headings in the order of the text. Those without a word are left out.
    pub fn headings(&self) -> Vec<HeadingLine> {
        let mut headings = Vec::new();
        self.list(self.sections(), None, &mut headings);
        headings
    }

    fn list(&self, sections: Vec<Section>, container: Option<&str>, headings: &mut Vec<HeadingLine>) {
        for Section { role, level, title, title_bytes, children, .. } in sections {
            let is_heading = matches!(role, Role::Title | Role::Heading) && !title.is_empty();
            if is_heading {
                let line = position::line_bytes(&self.rope, self.rope.byte_to_line(title_bytes.start));
                let (title, container) = (title.clone(), container.map(str::to_owned));
                headings.push(HeadingLine { role, level, title, container, line });
            }
            self.list(children, if is_heading { Some(&title) } else { container }, headings);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_headings_with_their_lines_and_no_lead_ins() {
        let text = "# 总报告\r\n\r\n## 一、甲\r\n**乙乙乙乙。**丙。\r\n　　（一）丁。戊戊。\r\n";
        let analysis = Analysis::of(text);
        let headings = analysis.headings();
        let shown: Vec<_> =
            headings.iter().map(|h| (&*h.title, h.container.as_deref(), &text[h.line.clone()])).collect();
        assert_eq!(
            shown,
            [
                ("总报告", None, "# 总报告"),
                ("一、甲", Some("总报告"), "## 一、甲"),
                ("（一）丁", Some("一、甲"), "　　（一）丁。戊戊。"),
            ]
        );
    }
}
