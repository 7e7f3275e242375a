//! Reading `hegao.toml`: everything that can be used is used, and everything that cannot is named with its line and, for
//! a misspelt name, the nearest right one.

use super::model::{Config, RuleEntry};
use crate::rules::settings::names;
use crate::rules::{RULES, Rule};
use globset::Glob;
use std::collections::BTreeMap;

/// Something wrong in a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// One-based; 0 if it is about the whole file.
    pub line: usize,
    pub message: String,
    /// The file could not be used at all.
    pub is_error: bool,
}

/// Parses a configuration. A syntax error gives the defaults.
pub fn parse(text: &str) -> (Config, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut unknown = Vec::new();
    let parsed = toml::Deserializer::parse(text)
        .and_then(|deserializer| serde_ignored::deserialize(deserializer, |path| unknown.push(path.to_string())));
    let config: Config = match parsed {
        Ok(config) => config,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_at(text, span.start));
            let message = format!("{}；配置未采用", error.message().trim());
            return (Config::default(), vec![Problem { line, message, is_error: true }]);
        }
    };
    let keys = [
        "language",
        "baseline",
        "profile",
        "exclude",
        "archive",
        "folders",
        "workspace",
        "knowledge",
        "slogans",
        "lists",
        "names",
        "rules",
        "overrides",
        "files",
        "level",
    ];
    for path in unknown {
        let key = path.rsplit('.').next().unwrap_or(&path);
        let message = format!("未知的键 unknown key `{path}`{}", suggestion(key, keys));
        problems.push(Problem { line: line_of(text, key), message, is_error: false });
    }
    for (words, message) in config.knowledge.iter().flat_map(|own| own.problems()) {
        problems.push(Problem { line: line_of(text, &words), message, is_error: false });
    }
    let overridden = config.overrides.iter().map(|part| &part.rules);
    for rules in std::iter::once(&config.rules).chain(overridden) {
        check_rules(text, rules, &mut problems);
    }
    let globs = config.exclude.iter().chain(config.overrides.iter().flat_map(|part| &part.files));
    for glob in globs {
        if let Err(error) = Glob::new(glob) {
            let message = format!("`{glob}` 不是通配式 is no glob: {}", error.kind());
            problems.push(Problem { line: line_of(text, glob), message, is_error: false });
        }
    }
    problems.sort_by_key(|p| p.line);
    (config, problems)
}

fn check_rules(text: &str, rules: &BTreeMap<String, RuleEntry>, problems: &mut Vec<Problem>) {
    let mut problem = |name: &str, message: String| {
        problems.push(Problem { line: line_of(text, name), message, is_error: false });
    };
    for (name, entry) in rules {
        let covered: Vec<&&Rule> = RULES.iter().filter(|rule| names(name, rule.name)).collect();
        if covered.is_empty() {
            let known = RULES.iter().map(|rule| rule.name);
            problem(name, format!("没有规则 no such rule `{name}`{}", suggestion(name, known)));
            continue;
        }
        let RuleEntry::Table { options, .. } = entry else { continue };
        for (option, value) in options {
            let declared: Vec<_> = covered.iter().flat_map(|rule| rule.options).collect();
            match declared.iter().find(|o| o.name == option) {
                None => {
                    let known = declared.iter().map(|o| o.name).chain(["level"]);
                    problem(option, format!("`{name}` 没有选项 has no option `{option}`{}", suggestion(option, known)));
                }
                Some(o) if !(o.range.0..=o.range.1).contains(value) => {
                    let (low, high) = o.range;
                    problem(option, format!("`{option}` 应在 must be within {low}..{high}；按最近的值采用"));
                }
                Some(_) => {}
            }
        }
    }
}

/// `，是否指 did you mean X?` if something is near.
pub fn suggestion<'k>(wrong: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    /// Below this Jaro-Winkler similarity a suggestion is a guess.
    const NEAR: f64 = 0.75;
    let scored = known.into_iter().map(|k| (strsim::jaro_winkler(wrong, k), k));
    let best = scored.filter(|(score, _)| *score >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or(String::new(), |(_, name)| format!("；是否指 did you mean `{name}`?"))
}

/// The first line that names `key`; 0 if none does.
fn line_of(text: &str, key: &str) -> usize {
    let named = |line: &str| {
        let code = line.split('#').next().unwrap_or("");
        code.match_indices(key).any(|(at, _)| {
            let free = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || c == '-' || c == '/'));
            free(code[..at].chars().next_back()) && free(code[at + key.len()..].chars().next())
        })
    };
    text.lines().position(named).map_or(0, |n| n + 1)
}

fn line_at(text: &str, byte: usize) -> usize {
    text[..byte.min(text.len())].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(usize, String)> {
        parse(text).1.into_iter().map(|p| (p.line, p.message)).collect()
    }

    #[test]
    fn unknown_names_come_with_line_and_suggestion() {
        let found = problems(
            "langage = \"zh\"\n\n[rules]\n\"duplicates/paragraf\" = \"off\"\n\"duplicates/paragraph\" = { minimum_han = 3, level = \"hint\" }\n",
        );
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].0 == 1 && found[0].1.contains("`language`?"), "{found:?}");
        assert!(found[1].0 == 4 && found[1].1.contains("`duplicates/paragraph`?"), "{found:?}");
        assert!(found[2].0 == 5 && found[2].1.contains("`minimum-han`?"), "{found:?}");
    }

    #[test]
    fn knowledge_that_cannot_be_used_is_named_with_its_line() {
        let text =
            "[knowledge]\nlists = [\"甲、乙\", \"丙\"]\nname = []\n\n[knowledge.slogans]\n\"六有\" = [\"有阵地\"]\n";
        let found = problems(text);
        let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 6], "{found:?}");
        assert!(found[1].1.contains("`names`?"), "{found:?}");
        assert_eq!(parse("[knowledge.slogans]\n\"两有\" = [\"有阵地\", \"有标识\"]\n").1, []);
    }

    #[test]
    fn a_syntax_error_names_its_line_and_gives_the_defaults() {
        let (config, found) = parse("[rules]\nduplicates = \n");
        assert_eq!(config, Config::default());
        assert!(found[0].is_error && found[0].line == 2, "{found:?}");
        assert!(parse("[rules]\nduplicates = \"loud\"\n").1[0].is_error);
    }

    #[test]
    fn a_value_outside_its_range_is_named_and_clamped() {
        let text = "[rules.\"duplicates/paragraph\"]\nminimum-han = 3\n";
        assert_eq!(problems(text)[0].0, 2);
        let settings = parse(text).0.settings(None);
        assert_eq!(settings.rule("duplicates/paragraph").map(|r| r.options.get("minimum-han")), Some(12));
        assert!(problems("exclude = [\"a{\"]\n")[0].1.contains("a{"));
    }
}
