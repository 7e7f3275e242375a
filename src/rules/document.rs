//! A rule's `.md`: fixed headings, in Chinese with an English summary. The text that a person reads with
//! `hegao rule NAME` and in the editor is the text whose examples the tests run.
//!
//! ```text
//! # duplicates/paragraph 重复段落
//! > English summary, one paragraph.
//! ## 查什么   ## 为什么   ## 例子   ## 怎么改   ## 选项   ## 出处
//! ```
//! In 例子 every fenced block is labelled ```` ```wrong ```` or ```` ```right ````; behind the label may stand options of the
//! rule under which it is so: ```` ```wrong minimum-han=300 ````.

/// The headings that every rule's text has, in this order.
pub const SECTIONS: [&str; 6] = ["查什么", "为什么", "例子", "怎么改", "选项", "出处"];

/// A parsed rule text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'d> {
    /// The rule's name, and its Chinese gloss.
    pub name: &'d str,
    pub gloss: &'d str,
    pub summary: String,
    pub sections: Vec<(&'d str, &'d str)>,
    /// Drafts that the rule must find fault with, and drafts that it must not.
    pub examples: Vec<Example>,
}

/// A draft in a rule's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub is_wrong: bool,
    /// The rule's options under which it is, where they are not the defaults.
    pub options: Vec<(String, i64)>,
    pub text: String,
}

impl<'d> Document<'d> {
    /// Parses a rule's text; what is missing is an error that names it.
    pub fn parse(text: &'d str) -> Result<Document<'d>, String> {
        let (title, body) = text.split_once('\n').ok_or("no title")?;
        let title = title.strip_prefix("# ").ok_or("the first line is no `# name gloss`")?;
        let (name, gloss) = title.split_once(' ').ok_or("the title has no gloss")?;
        let summary: Vec<&str> = body.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        if summary.is_empty() {
            return Err("no English summary (`> …`)".to_owned());
        }
        let sections = sections(body);
        let headings: Vec<&str> = sections.iter().map(|s| s.0).collect();
        if headings != SECTIONS {
            return Err(format!("its headings are {headings:?}, not {SECTIONS:?}"));
        }
        if let Some((heading, _)) = sections.iter().find(|s| s.1.is_empty()) {
            return Err(format!("the section {heading} is empty"));
        }
        let examples = examples(sections[2].1);
        for (is_wrong, label) in [(true, "wrong"), (false, "right")] {
            if !examples.iter().any(|e| e.is_wrong == is_wrong) {
                return Err(format!("no example labelled {label}"));
            }
        }
        Ok(Document { name, gloss, summary: summary.join(" "), sections, examples })
    }
}

/// The parts under `## ` headings. Lines inside an example are the example's, also where they look like headings.
fn sections(body: &str) -> Vec<(&str, &str)> {
    let (mut sections, mut heading, mut start, mut at, mut fenced) = (Vec::new(), None, 0, 0, false);
    for line in body.split_inclusive('\n') {
        fenced ^= line.starts_with(FENCE);
        if let Some(next) = line.strip_prefix("## ").filter(|_| !fenced) {
            sections.extend(heading.map(|h| (h, body[start..at].trim())));
            (heading, start) = (Some(next.trim()), at + line.len());
        }
        at += line.len();
    }
    sections.extend(heading.map(|h| (h, body[start..].trim())));
    sections
}

/// Four back quotes, so that an example may hold a fence of its own.
const FENCE: &str = "````";

fn examples(text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    for part in text.split(FENCE).skip(1).step_by(2) {
        let (label, body) = part.split_once('\n').unwrap_or((part, ""));
        let (label, options) = label.trim().split_once(' ').unwrap_or((label.trim(), ""));
        if let "wrong" | "right" = label {
            let option = |set: &str| set.split_once('=').and_then(|(name, v)| Some((name.to_owned(), v.parse().ok()?)));
            let options = options.split(' ').filter_map(option).collect();
            examples.push(Example { is_wrong: label == "wrong", options, text: body.to_owned() });
        }
    }
    examples
}
