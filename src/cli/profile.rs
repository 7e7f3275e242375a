//! `hegao profile`: what a profile says, told to a reader, and how two of them differ.

use super::explain::explain;
use super::{CLEAN, Done, FINDINGS, LanguageArgument, TROUBLE, complain, language};
use crate::config::{Finder, profile};
use crate::findings::Language;
use crate::profile::Profile;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub struct ProfileArguments {
    #[command(subcommand)]
    command: ProfileCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ProfileCommand {
    /// 说明 / Tell what a profile says and where it has it from.
    Show {
        /// A profile's file, or `builtin`. Default: what is in force in the working directory.
        profile: Option<PathBuf>,
        /// As the file that a profile is kept in.
        #[arg(long)]
        toml: bool,
        /// Language: zh or en. Default: the configuration's, else LANG.
        #[arg(long, value_enum)]
        lang: Option<LanguageArgument>,
    },
    /// 比较 / What the second profile has and the first has not, and the other way round. Exits with 1 if they differ.
    Diff { old: PathBuf, new: PathBuf },
}

pub fn run(arguments: &ProfileArguments) -> Done {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let differ = match &arguments.command {
        ProfileCommand::Show { profile, toml, lang } => {
            let Some(profile) = named(profile.as_deref()) else { return Ok(TROUBLE) };
            let configured = || Finder::default().for_file(Some(Path::new("draft.md"))).config.language;
            match toml {
                true => write!(out, "{profile}")?,
                false => explain(&profile, language(lang.map(Language::from), configured()), &mut out)?,
            }
            false
        }
        ProfileCommand::Diff { old, new } => {
            let (Some(old), Some(new)) = (named(Some(old)), named(Some(new))) else { return Ok(TROUBLE) };
            let (old, new) = (old.to_string(), new.to_string());
            let diff = similar::TextDiff::from_lines(&old, &new);
            write!(out, "{}", diff.unified_diff().context_radius(0))?;
            old != new
        }
    };
    out.flush()?;
    Ok(if differ { FINDINGS } else { CLEAN })
}

/// The profile called `name`; what keeps it from being read is told.
fn named(name: Option<&Path>) -> Option<Arc<Profile>> {
    match name {
        Some(name) => profile::read(name).map_err(|error| eprintln!("hegao: {error}")).ok(),
        None => {
            let loaded = Finder::default().for_file(Some(Path::new("draft.md")));
            for problem in &loaded.problems {
                complain(loaded.path.as_deref().unwrap_or(Path::new("")), problem.line, &problem.message);
            }
            Some(Arc::clone(&loaded.profile))
        }
    }
}
