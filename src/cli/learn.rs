//! `hegao learn`: a profile from exemplars, as a file or on standard output; with `--explain`, what was learned and from
//! where, to be read.

use super::{CLEAN, Done, LanguageArgument, TROUBLE, complain, explain, language, progress};
use crate::config::Finder;
use crate::files;
use crate::findings::Language;
use crate::learning::{self, Exemplar};
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct LearnArguments {
    /// Good reports: files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write the profile to FILE (hegao.toml then names it: profile = "FILE"). Default: standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many reports must share what is learned. Default: 2, and 3 from ten reports on.
    #[arg(long, value_name = "N")]
    min_support: Option<u32>,
    /// Tell what was learned and from where, instead of writing the profile to standard output.
    #[arg(long)]
    explain: bool,
    /// Language of what is told: zh or en. Default: LANG.
    #[arg(long, value_enum)]
    lang: Option<LanguageArgument>,
}

pub fn run(arguments: &LearnArguments) -> Done {
    let found = files::find(&arguments.paths, &mut Finder::default());
    let mut trouble = !found.problems.is_empty();
    for (path, message) in &found.problems {
        complain(path, 0, message);
    }
    let bar = progress(found.files.len(), "学习");
    let read: Vec<Result<Exemplar, (&Path, String)>> = found
        .files
        .par_iter()
        .map(|path| {
            let exemplar = exemplar(path).map_err(|message| (path.as_path(), message));
            bar.inc(1);
            exemplar
        })
        .collect();
    bar.finish_and_clear();
    let mut exemplars = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(exemplar) => exemplars.push(exemplar),
            Err((path, message)) => {
                complain(path, 0, &message);
                trouble = true;
            }
        }
    }
    if exemplars.is_empty() {
        eprintln!("hegao: 没有可学的范文 no reports to learn from (.md, .markdown, .txt)");
        return Ok(TROUBLE);
    }
    let learned = learning::learn(exemplars, arguments.min_support);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if let Some(file) = &arguments.output
        && let Err(error) = crate::replace::replace(file, learned.to_string().as_bytes())
    {
        complain(file, 0, &error.to_string());
        return Ok(TROUBLE);
    }
    if arguments.explain {
        explain::explain(&learned, language(arguments.lang.map(Language::from), None), &mut out)?;
    } else if arguments.output.is_none() {
        write!(out, "{learned}")?;
    }
    out.flush()?;
    Ok(if trouble { TROUBLE } else { CLEAN })
}

fn exemplar(path: &Path) -> Result<Exemplar, String> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(Exemplar::read(&name, &files::read(path)?.text))
}
