//! `hegao config`: what is in force for a file and where each value comes from; `--schema` for editors.

use super::{CLEAN, Done, TROUBLE, complain, language};
use crate::config::{Config, Finder, schema};
use crate::findings::Severity;
use crate::profile::BUILTIN;
use crate::rules::settings::RuleSettings;
use crate::rules::{RULES, Settings};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub struct ConfigArguments {
    /// The file to configure for. Default: any file of the working directory.
    file: Option<PathBuf>,
    /// Use this configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the JSON schema of hegao.toml.
    #[arg(long)]
    schema: bool,
}

pub fn run(arguments: &ConfigArguments) -> Done {
    let mut out = std::io::stdout().lock();
    if arguments.schema {
        serde_json::to_writer_pretty(&mut out, &schema::schema())?;
        writeln!(out)?;
        return Ok(CLEAN);
    }
    let file = arguments.file.clone().unwrap_or_else(|| PathBuf::from("draft.md"));
    let loaded = Finder::new(arguments.config.as_deref()).for_file(Some(&file));
    let path = loaded.path.clone().unwrap_or_default();
    for problem in &loaded.problems {
        complain(&path, problem.line, &problem.message);
    }
    let source = if loaded.path.is_some() { path.display().to_string() } else { "默认 default".to_owned() };
    writeln!(out, "# {source}")?;
    let configured = loaded.config.language;
    let from = if configured.is_some() { source.as_str() } else { "LANG" };
    writeln!(out, "language = {:?}  # {from}", format!("{:?}", language(None, configured)).to_lowercase())?;
    let from = if loaded.config.baseline.is_some() { source.as_str() } else { "默认 default" };
    writeln!(
        out,
        "baseline = {:?}  # {from}, {} 条",
        loaded.config.baseline_file(),
        loaded.baseline.fingerprints.len()
    )?;
    let names = loaded.config.profile.as_ref().map_or(BUILTIN.to_owned(), |entry| entry.names().join(" + "));
    let from = if loaded.config.profile.is_some() { source.as_str() } else { "默认 default" };
    writeln!(out, "profile = {names:?}  # {from}, {}份范文", loaded.profile.documents)?;
    if !loaded.config.exclude.is_empty() {
        writeln!(out, "exclude = {:?}  # {source}", loaded.config.exclude)?;
    }
    if let Some(archive) = &loaded.config.archive {
        let folders: Vec<String> = archive.folders(loaded.folder()).iter().map(|f| f.display().to_string()).collect();
        writeln!(out, "archive = {folders:?}  # {source}")?;
    }
    if let Some(known) = &loaded.config.knowledge {
        for (name, members) in &known.slogans {
            writeln!(out, "knowledge.slogans.{name:?} = {members:?}  # {source}")?;
        }
        for (key, values) in [("lists", &known.lists), ("names", &known.names)] {
            if !values.is_empty() {
                writeln!(out, "knowledge.{key} = {values:?}  # {source}")?;
            }
        }
    }
    writeln!(out, "\n[rules]")?;
    let settings = loaded.settings(Some(&file));
    let learned = Settings::default().under(Arc::clone(&loaded.profile));
    let base = Config { overrides: Vec::new(), ..loaded.config.clone() }.settings_over(learned.clone(), None);
    let defaults = Settings::default();
    for rule in RULES {
        let name = rule.name;
        let Some(set) = settings.rule(name) else { continue };
        let level = set.severity.map_or("off", Severity::name);
        let from = |value: &dyn Fn(&RuleSettings) -> Option<i64>| {
            let of = |settings: &Settings| settings.rule(name).and_then(value);
            match () {
                () if of(&base) != of(&settings) => format!("{source} [[overrides]]"),
                () if of(&learned) != of(&settings) => source.clone(),
                () if of(&defaults) != of(&settings) => format!("profile {names}"),
                () => "默认 default".to_owned(),
            }
        };
        let level_from = from(&|rule| rule.severity.map(|s| s as i64));
        writeln!(out, "{name:?}.level = {level:?}  # {level_from}")?;
        for option in rule.options {
            let option_from = from(&|rule| Some(rule.options.get(option.name)));
            writeln!(out, "{name:?}.{} = {}  # {option_from}", option.name, set.options.get(option.name))?;
        }
    }
    Ok(if loaded.problems.iter().any(|p| p.is_error) { TROUBLE } else { CLEAN })
}
