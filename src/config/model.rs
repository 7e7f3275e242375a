//! What `hegao.toml` can say. The JSON schema comes from these types.

use super::profile::ProfileEntry;
use crate::findings::{Language, Severity};
use crate::knowledge::{Knowledge, Own};
use crate::rules::settings::names;
use crate::rules::{RULES, Settings};
use globset::Glob;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// `hegao.toml`
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub struct Config {
    /// 消息的语言 / language of messages: zh or en. Default: the editor's locale or LANG.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// 认可清单 / file of accepted findings, relative to this file. Default: hegao-baseline.txt
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// 样本画像 / what good reports have: a file made by `hegao learn`, or several, the later over the earlier; `builtin`
    /// is the one that comes with hegao. Relative to this file; in an editor's settings, to the first folder of the
    /// workspace. Default: builtin
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileEntry>,
    /// 不检查的文件 / globs of files that are not checked, relative to this file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// 报告库 / other reports that drafts are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<ArchiveConfig>,
    /// 本单位的提法、固定排列和名称 / what the house knows beside the tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<Own>,
    /// 规则 / rules or groups: a level, or a table with level and options.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, RuleEntry>,
    /// 对部分文件另作规定 / other levels for some files; later ones win.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
}

/// `[archive]`
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub struct ArchiveConfig {
    /// 报告所在的目录 / folders of reports, relative to this file; `~` is the home folder.
    pub folders: Vec<String>,
    /// 本文件所在目录里的报告也算 / the reports beside this file too. Default: true
    pub workspace: bool,
}

impl Default for ArchiveConfig {
    fn default() -> Self {
        ArchiveConfig { folders: Vec::new(), workspace: true }
    }
}

impl ArchiveConfig {
    /// The folders, for a configuration in `beside`.
    pub fn folders(&self, beside: Option<&Path>) -> Vec<PathBuf> {
        let beside = beside.unwrap_or(Path::new("."));
        let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
        let named = self.folders.iter().map(|folder| match folder.strip_prefix('~').zip(home()) {
            Some((rest, home)) => home.join(rest.trim_start_matches(['/', '\\'])),
            None => beside.join(folder),
        });
        self.workspace.then(|| beside.to_owned()).into_iter().chain(named).collect()
    }
}

/// A rule or group as configured.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum RuleEntry {
    Level(Level),
    Table {
        #[serde(skip_serializing_if = "Option::is_none")]
        level: Option<Level>,
        #[serde(flatten)]
        options: BTreeMap<String, i64>,
    },
}

/// How grave a rule's findings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    /// As the rule itself says.
    On,
    Hint,
    Warning,
    Error,
}

/// `[[overrides]]`
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Override {
    /// Globs, relative to the configuration file.
    pub files: Vec<String>,
    #[serde(default)]
    pub rules: BTreeMap<String, RuleEntry>,
}

impl Config {
    /// The baseline's file name.
    pub fn baseline_file(&self) -> &str {
        self.baseline.as_deref().unwrap_or(super::baseline::FILE_NAME)
    }

    /// The settings of `file`, whose path is relative to the configuration file.
    pub fn settings(&self, file: Option<&Path>) -> Settings {
        self.settings_over(Settings::default(), file)
    }

    /// As `settings`, on top of others.
    pub fn settings_over(&self, mut settings: Settings, file: Option<&Path>) -> Settings {
        if let Some(own) = &self.knowledge {
            settings.knowledge = Arc::new(Knowledge::of(own.over(settings.knowledge.own())));
        }
        apply(&mut settings, &self.rules);
        for part in &self.overrides {
            if file.is_some_and(|file| matches(&part.files, file)) {
                apply(&mut settings, &part.rules);
            }
        }
        settings
    }

    /// Whether `file` is not to be checked.
    pub fn excludes(&self, file: &Path) -> bool {
        matches(&self.exclude, file)
    }
}

fn matches(globs: &[String], file: &Path) -> bool {
    // A glob that is no glob was reported when the file was parsed.
    globs.iter().filter_map(|g| Glob::new(g).ok()).any(|g| g.compile_matcher().is_match(file))
}

fn apply(settings: &mut Settings, entries: &BTreeMap<String, RuleEntry>) {
    // Groups first, so that a rule's own entry wins over its group's whatever their order.
    let groups = entries.iter().filter(|(name, _)| !name.contains('/'));
    let rules = entries.iter().filter(|(name, _)| name.contains('/'));
    for (name, entry) in groups.chain(rules) {
        for rule in RULES.iter().filter(|rule| names(name, rule.name)) {
            let Some(target) = settings.rule_mut(rule.name) else { continue };
            let (level, options) = match entry {
                RuleEntry::Level(level) => (Some(*level), None),
                RuleEntry::Table { level, options } => (*level, Some(options)),
            };
            match level {
                Some(Level::Off) => target.severity = None,
                Some(Level::On) => target.severity = rule.severity.or(Some(Severity::Warning)),
                Some(Level::Hint) => target.severity = Some(Severity::Hint),
                Some(Level::Warning) => target.severity = Some(Severity::Warning),
                Some(Level::Error) => target.severity = Some(Severity::Error),
                None => {}
            }
            for (name, value) in options.into_iter().flatten() {
                if let Some(option) = rule.options.iter().find(|o| o.name == name) {
                    target.options.set(name, (*value).clamp(option.range.0, option.range.1));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        let (config, problems) = crate::config::parse(text);
        assert_eq!(problems, []);
        config
    }

    #[test]
    fn knowledge_lies_over_that_of_the_editor() {
        let editor = config("[knowledge]\nnames = [\"有事好商量\"]\n").settings(None);
        let settings = config("[knowledge]\nlists = [\"甲、乙\"]\n").settings_over(editor, None);
        let own = settings.knowledge.own();
        assert_eq!((own.names.len(), own.lists.len()), (1, 1));
        assert_ne!(settings, Settings::default());
    }

    #[test]
    fn a_rule_wins_over_its_group_and_an_override_over_both() {
        let config = config(
            "[rules]\nduplicates = \"off\"\n\"duplicates/paragraph\" = { level = \"hint\", minimum-han = 50 }\n[[overrides]]\nfiles = [\"旧稿/**\"]\nrules = { duplicates = \"off\" }\n",
        );
        let own = config.settings(Some(Path::new("新稿/a.md")));
        let rule = own.rule("duplicates/paragraph").unwrap();
        assert_eq!((rule.severity, rule.options.get("minimum-han")), (Some(Severity::Hint), 50));
        assert!(!config.settings(Some(Path::new("旧稿/a.md"))).is_on("duplicates/paragraph"));
    }
}
