//! `hegao archive`: what the archive of other reports holds, and bringing it up to date; and the archives that
//! `hegao check` asks.

use super::{CLEAN, Done, FINDINGS, TROUBLE, complain, terminal};
use crate::archive::{Archive, ArchiveError, Library, Progress, Update};
use crate::checking::Cancel;
use crate::config::{Finder, Loaded};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub struct ArchiveArguments {
    #[command(subcommand)]
    command: ArchiveCommand,
}

#[derive(Debug, Subcommand)]
enum ArchiveCommand {
    /// 状态 / Say where the archive lies and what it holds.
    Status(FoldersArgument),
    /// 更新 / Bring the archive up to date; only files that changed are read.
    Build(FoldersArgument),
    /// 校验 / Read every byte of the archive and compare it with its checksums.
    Verify(FoldersArgument),
    /// 删除 / Delete the archive; it can be built again at any time.
    Clean(FoldersArgument),
}

#[derive(Debug, clap::Args)]
struct FoldersArgument {
    /// Folders of reports. Default: `[archive]` of hegao.toml and the folder that it stands in.
    folders: Vec<PathBuf>,
    /// Use this configuration file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl FoldersArgument {
    fn archive(&self) -> Result<Archive, ArchiveError> {
        if !self.folders.is_empty() {
            return Archive::of(&self.folders);
        }
        let loaded = Finder::new(self.config.as_deref()).for_folder(Path::new("."));
        Archive::of(&folders(&loaded))
    }
}

pub fn run(arguments: &ArchiveArguments) -> Done {
    let done = match &arguments.command {
        ArchiveCommand::Status(of) => of.archive().and_then(|archive| status(&archive, false)),
        ArchiveCommand::Verify(of) => of.archive().and_then(|archive| status(&archive, true)),
        ArchiveCommand::Build(of) => of.archive().and_then(|archive| build(&archive)),
        ArchiveCommand::Clean(of) => of.archive().and_then(|archive| {
            archive.clean()?;
            Ok((format!("已删除 deleted {}\n", archive.folder.display()), CLEAN))
        }),
    };
    match done {
        Ok((text, code)) => {
            std::io::stdout().lock().write_all(terminal_lines(&text).as_bytes())?;
            Ok(code)
        }
        Err(error) => {
            eprintln!("hegao: {error}");
            Ok(TROUBLE)
        }
    }
}

fn terminal_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", terminal::clean(line))).collect()
}

type Said = Result<(String, u8), ArchiveError>;

fn status(archive: &Archive, whole: bool) -> Said {
    let status = archive.status(whole)?;
    let folders: Vec<String> = archive.reports.iter().map(|folder| folder.display().to_string()).collect();
    let mut text = format!(
        "报告库 archive   {}\n目录 folders     {}\n报告 reports     {}\n段落 passages    {}\n文件 segments    {}（{:.1} MB）\n代 generation    {}\n",
        archive.folder.display(),
        folders.join("  "),
        status.reports - status.unread,
        status.passages,
        status.segments,
        status.bytes as f64 / 1e6,
        status.generation,
    );
    if status.unread > 0 {
        text += &format!("不是文本 no text  {}\n", status.unread);
    }
    for damage in &status.damage {
        text += &format!("损坏 damaged: {damage}；hegao archive build 重建 rebuilds it\n");
    }
    if whole && status.damage.is_empty() {
        text += "校验无误 verified\n";
    }
    Ok((text, if status.damage.is_empty() { CLEAN } else { FINDINGS }))
}

fn build(archive: &Archive) -> Said {
    let update = updated(archive, &[])?;
    let code = if update.problems.is_empty() { CLEAN } else { TROUBLE };
    let (read, gone) = (update.read, update.gone);
    let (text, _) = status(archive, false)?;
    Ok((format!("读入{read}份，去掉{gone}份 read {read}, dropped {gone}\n{text}"), code))
}

/// Brings an archive up to date, with a bar on a terminal; tells what was wrong.
fn updated(archive: &Archive, suspects: &[String]) -> Result<Update, ArchiveError> {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("报告库 {bar:30} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let progress = |Progress { done, all }: Progress| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    };
    let update = archive.update(suspects, &Cancel::default(), &progress);
    bar.finish_and_clear();
    let update = update?;
    for line in &update.repaired {
        eprintln!(
            "hegao: 报告库有损坏，已从原文件重建 the archive was damaged and is rebuilt: {}",
            terminal::clean(line)
        );
    }
    for (path, message) in &update.problems {
        complain(path, 0, message);
    }
    Ok(update)
}

/// The folders whose reports a draft with this configuration is compared with.
fn folders(loaded: &Loaded) -> Vec<PathBuf> {
    let here = || PathBuf::from(".");
    match &loaded.config.archive {
        Some(configured) => configured.folders(loaded.folder()),
        None => vec![loaded.folder().map_or_else(here, Path::to_owned)],
    }
}

/// The archives that a check asks, each opened once.
#[derive(Default)]
pub struct Archives {
    libraries: HashMap<PathBuf, Arc<Library>>,
    /// Something was wrong with one; the drafts are checked all the same.
    pub trouble: bool,
}

impl Archives {
    /// The archive of drafts with this configuration: as `--archive` says, else `[archive]`.
    pub fn of(&mut self, asked: Option<&Option<PathBuf>>, loaded: &Loaded) -> Option<Arc<Library>> {
        let folders = match asked {
            Some(Some(folder)) => vec![folder.clone()],
            Some(None) => folders(loaded),
            None => loaded.config.archive.as_ref()?.folders(loaded.folder()),
        };
        let archive = Archive::of(&folders).map_err(|error| self.complain(&error)).ok()?;
        if let Some(library) = self.libraries.get(&archive.folder) {
            return Some(Arc::clone(library));
        }
        let opened = updated(&archive, &[]).and_then(|update| {
            self.trouble |= !update.problems.is_empty();
            Ok(Arc::new(archive.open()?.0))
        });
        let library = opened.map_err(|error| self.complain(&error)).ok()?;
        self.libraries.insert(archive.folder, Arc::clone(&library));
        Some(library)
    }

    fn complain(&mut self, error: &ArchiveError) {
        eprintln!("hegao: {error}");
        self.trouble = true;
    }
}

/// An archive whose pages turned out to be damaged, brought up to date and opened again.
pub fn mended(library: &Library, damaged: &[String]) -> Result<Library, String> {
    let mended = updated(&library.archive, damaged).and_then(|_| library.archive.open());
    mended.map(|(library, _)| library).map_err(|error| error.to_string())
}
