//! `hegao profile`: what a profile says, told to a reader, and how two of them differ.

use super::{CLEAN, Done, FINDINGS, TROUBLE, complain, terminal};
use crate::config::{Finder, profile};
use crate::profile::{HeadingForm, Layout, Metric, Phrase, Profile, Siblings, Support, Topic};
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
    },
    /// 比较 / What the second profile has and the first has not, and the other way round. Exits with 1 if they differ.
    Diff { old: PathBuf, new: PathBuf },
}

pub fn run(arguments: &ProfileArguments) -> Done {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let differ = match &arguments.command {
        ProfileCommand::Show { profile, toml } => {
            let Some(profile) = named(profile.as_deref()) else { return Ok(TROUBLE) };
            match toml {
                true => write!(out, "{profile}")?,
                false => explain(&profile, &mut out)?,
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

/// Tells what was learned, as an editor would tell it to another.
pub(super) fn explain(profile: &Profile, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "样本画像：{}份范文，{}字", profile.documents, profile.characters)?;
    writeln!(out, "\n规范表述（{}条，多份范文一字不差）：", profile.phrases.len())?;
    for Phrase { text, support, variants } in profile.phrases.iter() {
        line(out, text, support)?;
        if !variants.is_empty() {
            writeln!(out, "    也写作：{}", terminal::clean(&variants.join("；")))?;
        }
    }
    explain_headings(profile, out)?;
    writeln!(out, "\n指标（{}个）：", profile.metrics.len())?;
    for Metric { noun, units, verbs, least, most, support } in &profile.metrics {
        let verbs = if verbs.is_empty() { String::new() } else { format!("，常与{}连用", verbs.join("、")) };
        line(out, &format!("{noun}：以{}计{verbs}，{least}至{most}", units.join("、")), support)?;
    }
    writeln!(out, "\n内容（五份里至少四份写到，按通常先后）：")?;
    for Topic { name, position, support, .. } in &profile.sections {
        line(out, &format!("{name}，多在全文{position}%处"), support)?;
    }
    let Layout { wide_commas, narrow_commas, curly_quotes, straight_quotes } = profile.layout;
    writeln!(
        out,
        "\n标点：全角逗号{wide_commas}份、半角逗号{narrow_commas}份；弯引号{curly_quotes}份、直引号{straight_quotes}份"
    )
}

fn explain_headings(profile: &Profile, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "\n标题：")?;
    for heading in &profile.headings {
        let HeadingForm { level, form, share, characters: [shortest, middle, longest], parted, support, .. } = heading;
        let parted = if *parted >= 50 { "，多分两句" } else { "" };
        line(
            out,
            &format!("第{level}级 {form}：占{share}%，{shortest}至{longest}字，多为{middle}字上下{parted}"),
            support,
        )?;
    }
    let Siblings { alike, all_but_one } = profile.siblings;
    writeln!(out, "  四个以上并列标题：{alike}组句式全同，{all_but_one}组独有一个不同")
}

fn line(out: &mut dyn Write, said: &str, seen: &Support) -> std::io::Result<()> {
    let Support { documents, instances, example } = seen;
    writeln!(out, "  {}  〔{documents}份{instances}处，如 {}〕", terminal::clean(said), terminal::clean(example))
}
