//! `hegao compare --format html`: both drafts side by side as one page that needs nothing else, no script, no other file:
//! to read in a browser, to send, to print. What differs is marked by lines as well as by colours, so that a black and
//! white copy tells it too.

use super::compare::Beside;
use super::terminal;
use crate::analysis::{Analysis, Passage};
use crate::comparison::pairing::Row;
use crate::comparison::{Text, Told};
use std::io::Write;
use std::ops::Range;

const STYLE: &str = "\
body { margin: 2em auto; max-width: 80em; padding: 0 1em; font-family: \"Noto Serif CJK SC\", \"Source Han Serif SC\", SimSun, serif; line-height: 1.7; color: #111; background: #fff; }
h1 { font-size: 1.3em; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: 1px solid #bbb; padding: .4em .7em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
.head { background: #f2f2f2; font: .8em sans-serif; padding: .1em .9em; }
.kept td { color: #666; }
.dropped td:first-child { background: #fdecea; }
.new td:last-child { background: #e9f6ec; }
del { background: #fbd0cb; text-decoration: line-through; }
ins { background: #c4ebcd; text-decoration: underline; }
.figure { font-weight: bold; outline: 1px solid #555; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; } .head { break-after: avoid; } del, ins, td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
";

impl Beside<'_> {
    /// Writes the page; every paragraph of both drafts stands in it.
    pub(super) fn html(&self, [old, new]: &[String; 2], out: &mut dyn Write) -> std::io::Result<()> {
        let (language, title) = (self.says("zh-CN", "en"), self.says("新旧稿对照", "Two drafts side by side"));
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
        // Whatever a draft holds, the page loads nothing and runs nothing.
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
        writeln!(out, "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>")?;
        writeln!(out, "<p>{}</p>\n<table>\n<thead>", escaped(&self.sum()))?;
        let [was, is] = [self.says("旧稿", "old"), self.says("新稿", "new")];
        writeln!(out, "<tr><th>{was} {}</th><th>{is} {}</th></tr>\n</thead>\n<tbody>", escaped(old), escaped(new))?;
        for row in &self.pairing.rows {
            let (kind, cells) = self.cells(row);
            writeln!(out, "<tr><td class=\"head\" colspan=\"2\">{}</td></tr>", escaped(&self.head(row)))?;
            writeln!(out, "<tr class=\"{kind}\"><td>{}</td><td>{}</td></tr>", cells[0], cells[1])?;
        }
        writeln!(out, "</tbody>\n</table>\n</body>\n</html>")
    }

    /// A row's class, and its two cells.
    fn cells(&self, row: &Row) -> (&'static str, [String; 2]) {
        let whole = |analysis: &Analysis, passages: &[Passage], n: usize| {
            marked(&Text::of(analysis, passages[n].clone()), analysis, &[], "")
        };
        let (old, new) = (|n| whole(self.old, &self.pairing.old, n), |n| whole(self.new, &self.pairing.new, n));
        match row {
            Row::Kept { old: o, new: n, .. } => ("kept", [old(*o), new(*n)]),
            Row::New(n) => ("new", [String::new(), new(*n)]),
            Row::Dropped(o) => ("dropped", [old(*o), String::new()]),
            Row::Changed { old: o, new: n, change, .. } => {
                let [old, new] = self.texts(*o, *n);
                let side = |range: fn(&Told) -> Range<usize>| {
                    let mut marks: Vec<Mark> = change.told.iter().map(|told| (range(told), told.is_figure)).collect();
                    marks.sort_by_key(|(range, _)| range.start);
                    marks
                };
                let taken = side(|told| told.difference.second.clone());
                let put = side(|told| told.difference.first.clone());
                ("changed", [marked(&old, self.old, &taken, "del"), marked(&new, self.new, &put, "ins")])
            }
        }
    }
}

/// A stretch that differs, in characters, and whether it is a figure.
type Mark = (Range<usize>, bool);

/// A paragraph with its marks in elements `tag`, as HTML.
fn marked(text: &Text, analysis: &Analysis, marks: &[Mark], tag: &str) -> String {
    let words = |range: Range<usize>| escaped(&text.written(analysis, range));
    // The `#` of a heading are layout.
    let (mut html, mut at) = (String::new(), text.characters.iter().take_while(|c| **c == '#').count());
    for (range, is_figure) in marks {
        // Two figures that differ may share what stands between them.
        let from = range.start.max(at);
        if range.end <= from {
            continue;
        }
        let class = if *is_figure { " class=\"figure\"" } else { "" };
        html += &words(at..from);
        html += &format!("<{tag}{class}>{}</{tag}>", words(from..range.end));
        at = range.end;
    }
    html + &words(at..text.characters.len())
}

/// Text as HTML shows it, in elements and in attributes; control characters made visible.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in terminal::clean(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
