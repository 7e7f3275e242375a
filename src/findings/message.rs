//! What is said to the writer, in both languages. Lines are filled in when a message is shown.

use crate::comparison::Elsewhere;

/// The language of messages.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Language {
    /// The language for a locale such as `zh-CN`, `zh_CN.UTF-8` or `en`: Chinese unless it names another.
    pub fn of_locale(locale: &str) -> Language {
        let tag = locale.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        if matches!(tag.as_str(), "zh" | "" | "c" | "posix") { Language::Zh } else { Language::En }
    }
}

/// A message in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub zh: Said,
    pub en: Said,
}

impl Message {
    pub fn new(zh: impl Into<Said>, en: impl Into<Said>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }

    /// The message in `language`; `line` gives the one-based line of the n-th related place.
    pub fn text(&self, language: Language, line: impl Fn(usize) -> usize) -> String {
        let said = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        let mut text = String::new();
        for part in &said.0 {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Line(related) => text.push_str(&line(*related).to_string()),
            }
        }
        text
    }
}

/// Words, with the lines of related places filled in when they are shown: lines move, findings stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Line(usize),
}

impl Said {
    pub fn text(mut self, words: impl Into<String>) -> Said {
        self.0.push(Part::Text(words.into()));
        self
    }

    /// The line of the n-th related place.
    pub fn line(mut self, related: usize) -> Said {
        self.0.push(Part::Line(related));
        self
    }
}

impl<S: Into<String>> From<S> for Said {
    fn from(words: S) -> Said {
        Said::default().text(words)
    }
}

/// What is said of a place in another report.
pub fn elsewhere(other: &Elsewhere) -> Message {
    let (name, line) = (other.report.name(), other.line());
    Message::new(format!("《{name}》第{line}行"), format!("{name}, line {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_fill_in_lines_when_they_are_shown() {
        let message = Message::new(Said::default().text("与第").line(0).text("行相同"), "same as {line}");
        assert_eq!(message.text(Language::Zh, |_| 57), "与第57行相同");
        assert_eq!(message.text(Language::En, |_| 57), "same as {line}");
    }

    #[test]
    fn locales_name_a_language() {
        assert_eq!(Language::of_locale("zh-CN"), Language::Zh);
        assert_eq!(Language::of_locale("en_US.UTF-8"), Language::En);
        assert_eq!(Language::of_locale("C"), Language::Zh);
    }
}
