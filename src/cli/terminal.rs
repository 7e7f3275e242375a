//! Findings for people: the message, and the source lines with carets under them. A paragraph of this genre is a line of
//! hundreds of characters, so a line is shown as a window around the place. Columns are counted as a terminal draws
//! them: a Han takes two.

use crate::checking::{Checked, Placed};
use crate::findings::{Applicability, Finding, Language, Place, Severity};
use std::borrow::Cow;
use std::io::Write;
use unicode_width::UnicodeWidthChar;

/// Columns of source shown on a line: with the line number it fits a terminal of 100.
const WINDOW: usize = 84;

/// Columns shown before a place that does not begin its line.
const BEFORE: usize = 24;

/// A finding's surroundings.
pub struct Terminal<'a> {
    pub path: &'a str,
    pub text: &'a str,
    pub checked: &'a Checked,
    pub language: Language,
    pub colored: bool,
}

/// A way to colour, or not to.
#[derive(Clone, Copy)]
pub struct Style {
    colored: bool,
    code: &'static str,
}

impl Style {
    pub fn new(colored: bool, code: &'static str) -> Style {
        Style { colored, code }
    }

    pub fn paint<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.colored {
            true => Cow::Owned(format!("\u{1b}[{}m{text}\u{1b}[0m", self.code)),
            false => Cow::Borrowed(text),
        }
    }
}

impl Terminal<'_> {
    /// Shows one finding: head, message, both places, fixes.
    pub fn show(&self, placed: &Placed, out: &mut dyn Write) -> std::io::Result<()> {
        let finding = &*placed.finding;
        let Some(bytes) = finding.place.bytes(&self.checked.analysis) else { return Ok(()) };
        let (line, column) = self.line_and_column(bytes.start);
        let (name, style) = self.severity(finding.severity);
        let head = format!("{}:{line}:{column}", clean(self.path));
        let bold = Style::new(self.colored, "1");
        writeln!(out, "{} {} {}", bold.paint(&head), style.paint(name), finding.rule)?;
        for line in placed.message(self.checked, self.language).lines() {
            writeln!(out, "  {}", clean(line))?;
        }
        self.source(&finding.place, '^', style, "", out)?;
        for related in &finding.related {
            let note = related.message.text(self.language, |_| 0);
            self.source(&related.place, '-', Style::new(self.colored, "34"), &note, out)?;
        }
        for other in placed.elsewhere.iter() {
            let text: String = other.text.chars().take(WINDOW / 2).collect();
            writeln!(out, "{:>6} │ {}", other.line(), clean(&text))?;
            let path = other.report.path.display().to_string();
            writeln!(out, "       │ {}", Style::new(self.colored, "34").paint(&clean(&path)))?;
        }
        self.fixes(finding, out)?;
        writeln!(out)
    }

    fn severity(&self, severity: Severity) -> (&'static str, Style) {
        let (zh, en, code) = match severity {
            Severity::Error => ("错误", "error", "31;1"),
            Severity::Warning => ("警告", "warning", "33;1"),
            Severity::Hint => ("提示", "hint", "36"),
        };
        (if self.language == Language::Zh { zh } else { en }, Style::new(self.colored, code))
    }

    fn fixes(&self, finding: &Finding, out: &mut dyn Write) -> std::io::Result<()> {
        for (n, fix) in finding.fixes.iter().enumerate() {
            let title = fix.title.text(self.language, |_| 0);
            let lead = match (self.language, n) {
                (Language::Zh, 0) => "改法",
                (Language::Zh, _) => "或者",
                (Language::En, 0) => "fix",
                (Language::En, _) => "or",
            };
            let safe = match (self.language, fix.applicability) {
                (_, Applicability::Safe) => "",
                (Language::Zh, _) => "（须人确认）",
                (Language::En, _) => " (for you to judge)",
            };
            writeln!(out, "  {lead}: {}{safe}", clean(&title))?;
        }
        Ok(())
    }

    /// One-based line and column, the column in characters.
    fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let rope = &self.checked.analysis.rope;
        let line = rope.byte_to_line(byte);
        let start = rope.line_to_byte(line);
        (line + 1, self.text[start..byte].chars().count() + 1)
    }

    /// The first line of a place, with a row of `mark` under it.
    fn source(&self, place: &Place, mark: char, style: Style, note: &str, out: &mut dyn Write) -> std::io::Result<()> {
        let Some(bytes) = place.bytes(&self.checked.analysis) else { return Ok(()) };
        let (line, _) = self.line_and_column(bytes.start);
        let start = self.checked.analysis.rope.line_to_byte(line - 1);
        let (end, _) = crate::draft::segment::line_end(self.text, start);
        let source = &self.text[start..end];
        let shown = window(source, bytes.start - start..(bytes.end - start).min(source.len()));
        writeln!(out, "{line:>6} │ {}", shown.text)?;
        let marks: String = std::iter::repeat_n(mark, shown.marked.max(1)).collect();
        let pad = " ".repeat(shown.before);
        let note = if note.is_empty() { String::new() } else { format!(" {note}") };
        writeln!(out, "       │ {pad}{}{}", style.paint(&marks), clean(&note))
    }
}

/// A part of a line: its text, the columns before the place, and the columns of the place that can be seen.
struct Window {
    text: String,
    before: usize,
    marked: usize,
}

fn window(line: &str, place: std::ops::Range<usize>) -> Window {
    // The start of the window: so far left of the place that BEFORE columns are seen.
    let mut start = place.start;
    let mut columns = 0;
    for (at, c) in line[..place.start].char_indices().rev() {
        columns += width(c);
        if columns > BEFORE {
            break;
        }
        start = at;
    }
    let cut = start > 0;
    let mut window = Window { text: String::new(), before: 0, marked: 0 };
    if cut {
        window.text.push('…');
        window.before += 1;
    }
    let mut used = window.before;
    for (at, c) in line[start..].char_indices().map(|(at, c)| (start + at, c)) {
        let width = width(c);
        if used + width > WINDOW {
            window.text.push('…');
            break;
        }
        used += width;
        window.text.push(visible(c));
        match () {
            () if at < place.start => window.before += width,
            () if at < place.end => window.marked += width,
            () => {}
        }
    }
    window
}

fn width(c: char) -> usize {
    visible(c).width().unwrap_or(1)
}

/// A draft may hold anything, escape sequences for the terminal included; what is no text is shown as a blank.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() || crate::text::han::is_invisible(c) => '\u{FFFD}',
        c => c,
    }
}

/// `text` with nothing in it that a terminal would obey.
pub fn clean(text: &str) -> Cow<'_, str> {
    match text.chars().any(|c| visible(c) != c) {
        true => Cow::Owned(text.chars().map(visible).collect()),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_under_their_words_however_wide() {
        let line = "县政协😀立案提案42件，办复率100%。";
        let at = line.find("42件").unwrap();
        let shown = window(line, at..at + "42件".len());
        assert_eq!((shown.before, shown.marked), (6 + 2 + 8, 4));
        assert_eq!(shown.text, line);
    }

    #[test]
    fn a_long_line_is_a_window() {
        let line = "甲".repeat(300);
        let shown = window(&line, 300..303);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert_eq!((shown.before, shown.marked), (1 + BEFORE, 2));
        let columns: usize = shown.text.chars().filter_map(|c| c.width()).sum();
        assert!(columns <= WINDOW + 2, "{columns}");
    }

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(clean("甲\u{1b}[31m\u{200b}\t乙"), "甲\u{FFFD}[31m\u{FFFD} 乙");
    }
}
