//! Reading a profile. A profile is edited by people, so what is wrong is named with its line; a profile that is not sound
//! is not used at all, because half of a house style would be another one.

use super::phrases::letters;
use super::{
    HeadingForm, LEAST_CHARACTERS, Layout, Likeness, Metric, Numbers, Phrase, Phrases, Profile, Siblings, Support,
    Topic,
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The form of the file. Another one is refused, not guessed at.
pub(super) const VERSION: u32 = 1;

/// Why a profile is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", if *.line > 0 { format!(":{}", .line) } else { String::new() })]
pub struct ProfileError {
    pub file: String,
    /// One-based; 0 if it is about the whole file.
    pub line: usize,
    pub message: String,
}

/// The file as it is laid out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    version: u32,
    documents: u32,
    #[serde(default)]
    characters: u64,
    #[serde(default)]
    phrases: Vec<Phrase>,
    #[serde(default)]
    headings: Vec<HeadingForm>,
    #[serde(default)]
    siblings: Siblings,
    #[serde(default)]
    metrics: Vec<Metric>,
    #[serde(default)]
    sections: Vec<Topic>,
    #[serde(default)]
    likeness: Likeness,
    #[serde(default)]
    layout: Layout,
    #[serde(default)]
    numbers: Numbers,
}

impl Profile {
    /// Reads the text of profile `file`.
    pub fn parse(file: &str, text: &str) -> Result<Profile, ProfileError> {
        let error = |line: usize, message: String| ProfileError { file: file.to_owned(), line, message };
        let read: File = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            error(line, e.message().trim().to_owned())
        })?;
        // An entry is known by its text, which stands on one line.
        let at = |said: &str| text.lines().position(|line| line.contains(said)).map_or(0, |line| line + 1);
        if read.version != VERSION {
            let message =
                format!("版本 version {}：只认 {VERSION}；请用 hegao learn 重新得出 learn it anew", read.version);
            return Err(error(at("version"), message));
        }
        let mut seen = BTreeSet::new();
        for phrase in &read.phrases {
            let words: String = letters(&phrase.text).collect();
            let problem = if words.chars().count() < LEAST_CHARACTERS {
                Some(format!(
                    "“{}”不足{LEAST_CHARACTERS}字：删去此行 too short for a phrase: delete the line",
                    phrase.text
                ))
            } else if !seen.insert(words) {
                Some(format!("“{}”重复：删去一行 stands twice: delete one", phrase.text))
            } else {
                unsupported(&phrase.support).map(|what| format!("“{}”：{what}", phrase.text))
            };
            if let Some(message) = problem {
                return Err(error(at(&phrase.text), message));
            }
        }
        let others = read.headings.iter().map(|form| (&form.form, &form.support));
        let others = others.chain(read.metrics.iter().map(|metric| (&metric.noun, &metric.support)));
        for (name, support) in others.chain(read.sections.iter().map(|topic| (&topic.name, &topic.support))) {
            if let Some(what) = unsupported(support) {
                return Err(error(at(&format!("\"{name}\"")), format!("“{name}”：{what}")));
            }
        }
        let (lowest, highest) = Likeness::THRESHOLDS.into_inner();
        if let Some(threshold) = read.likeness.threshold.filter(|t| !Likeness::THRESHOLDS.contains(t)) {
            let message = format!("threshold {threshold}：应在 must be within {lowest}..{highest}");
            return Err(error(at("threshold"), message));
        }
        Ok(Profile {
            documents: read.documents,
            characters: read.characters,
            phrases: Phrases::new(read.phrases),
            headings: read.headings,
            siblings: read.siblings,
            metrics: read.metrics,
            sections: read.sections,
            likeness: read.likeness,
            layout: read.layout,
            numbers: read.numbers,
        })
    }
}

fn unsupported(support: &Support) -> Option<&'static str> {
    let is_sound = support.documents >= 1 && support.instances >= support.documents;
    (!is_sound).then_some("support 应有 documents ≥ 1、instances ≥ documents")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASE: &str =
        "{ text = \"围绕中心、服务大局\", support = { documents = 2, instances = 3, example = \"甲.txt:4\" } },\n";

    fn problem(text: &str) -> String {
        Profile::parse("house.toml", text).expect_err("a broken profile").to_string()
    }

    #[test]
    fn a_profile_is_read() {
        let text = format!("version = 1\ndocuments = 2\nphrases = [\n{PHRASE}]\n");
        let profile = Profile::parse("house.toml", &text).expect("a sound profile");
        let phrase = profile.phrases.iter().next().expect("a phrase");
        assert_eq!((phrase.support.instances, phrase.support.example.as_str()), (3, "甲.txt:4"));
    }

    #[test]
    fn what_is_wrong_is_named_with_file_line_and_remedy() {
        assert!(problem("version = 1\ndocuments = two\n").starts_with("house.toml:2: "));
        assert!(problem("version = 1\ndocuments = 2\nlikeness = { threshold = 40, alarms = 0, inside = 0, across = 0, support = { documents = 2, instances = 2000, example = \"\" } }\n").starts_with("house.toml:3: threshold 40"));
        assert!(problem("version = 2\ndocuments = 2\n").contains("hegao learn"));
        let twice = format!("version = 1\ndocuments = 2\nphrases = [\n{PHRASE}{PHRASE}]\n");
        assert!(problem(&twice).starts_with("house.toml:4: “围绕中心、服务大局”重复"), "{}", problem(&twice));
        let short = twice.replace("围绕中心、服务大局", "围绕中心");
        assert!(problem(&short).starts_with("house.toml:4: “围绕中心”不足8字"), "{}", problem(&short));
        assert!(
            problem(&format!(
                "version = 1\ndocuments = 2\nphrases = [\n{}]\n",
                PHRASE.replace("documents = 2", "documents = 4")
            ))
            .contains("support")
        );
        assert!(
            problem(&format!("version = 1\ndocuments = 2\nphrases = [\n{}]\n", PHRASE.replace("example", "exemple")))
                .starts_with("house.toml:4: ")
        );
    }
}
