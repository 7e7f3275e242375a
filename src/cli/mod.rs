//! The command line: a thin face over the core, one file per subcommand. It reads files, shows findings and writes
//! fixes; what is a finding is not decided here.

mod archive;
mod check;
mod compare;
mod compare_html;
mod completions;
mod configuration;
mod explain;
mod figures;
mod json;
mod learn;
mod machine;
mod outline;
mod profile;
mod rule;
mod terminal;

use crate::files;
use crate::findings::Language;
use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// hegao 核稿: checks drafts of Chinese work reports. Offline; nothing that it reads leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "hegao", version, about, long_about = None, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查稿件 / Check files and folders (.md, .markdown, .txt; - for standard input).
    Check(check::CheckArguments),
    /// 对照 / Set a draft beside an earlier one: what was kept, changed, written anew, dropped, moved.
    Compare(compare::CompareArguments),
    /// 提纲 / Show the outline of a file.
    Outline(outline::OutlineArguments),
    /// 数据 / Show the figures of a file: what is counted, how many, of what, within what.
    Figures(figures::FiguresArguments),
    /// 报告库 / Look after the index of other reports that drafts are compared with.
    Archive(archive::ArchiveArguments),
    /// 从范文学习 / Learn a profile (house style) from good reports.
    Learn(learn::LearnArguments),
    /// 样本画像 / Show the profile in force, or how two profiles differ.
    Profile(profile::ProfileArguments),
    /// 规则 / List the rules, or show the text of one.
    Rule(rule::RuleArguments),
    /// 配置 / Show the effective configuration and where each value comes from.
    Config(configuration::ConfigArguments),
    /// 语言服务器 / Run the language server over standard input and output.
    Lsp(LspArguments),
    /// Print shell completions.
    Completions(completions::CompletionsArguments),
}

#[derive(Debug, clap::Args)]
struct LspArguments {
    /// Accepted because editors pass it; standard input and output are the only transport.
    #[arg(long)]
    stdio: bool,
    /// Accepted because some clients pass it; the process is taken from `initialize`.
    #[arg(long = "clientProcessId", hide = true)]
    client_process_id: Option<u32>,
}

/// Exit codes: nothing to say; findings remain; something could not be done.
pub const CLEAN: u8 = 0;
pub const FINDINGS: u8 = 1;
pub const TROUBLE: u8 = 2;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Outline(arguments) => outline::run(&arguments),
        Command::Figures(arguments) => figures::run(&arguments),
        Command::Archive(arguments) => archive::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Profile(arguments) => profile::run(&arguments),
        Command::Rule(arguments) => rule::run(&arguments),
        Command::Config(arguments) => configuration::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Lsp(_) => Ok(crate::server::run_stdio()),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever closes the pipe has seen enough (`hegao check | head`).
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(CLEAN),
        Err(error) => {
            eprintln!("hegao: {error}");
            ExitCode::from(TROUBLE)
        }
    }
}

/// The result of a subcommand: an exit code, or trouble with the output itself.
type Done = std::io::Result<u8>;

/// The language asked for, else the configuration's, else that of the environment.
fn language(asked: Option<Language>, configured: Option<Language>) -> Language {
    asked.or(configured).unwrap_or_else(crate::config::environment_language)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum LanguageArgument {
    Zh,
    En,
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Language {
        match argument {
            LanguageArgument::Zh => Language::Zh,
            LanguageArgument::En => Language::En,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether standard output is to be coloured.
    fn is_on(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        }
    }
}

/// The text of the one file that a command is about; `-` is standard input. What keeps it from being read is told.
fn read(path: &Path) -> Option<files::Input> {
    let read = if path.as_os_str() == "-" { files::read_stdin() } else { files::read(path) };
    read.map_err(|message| complain(path, 0, &message)).ok()
}

/// A message about a file that the user should see, on standard error.
fn complain(path: &Path, line: usize, message: &str) {
    let path = path.display().to_string();
    let place = if line > 0 { format!("{path}:{line}") } else { path };
    eprintln!("hegao: {}: {}", terminal::clean(&place), terminal::clean(message));
}

/// A bar for work on so many files, on a terminal.
fn progress(files: usize, work: &str) -> ProgressBar {
    /// Fewer files are done before a bar could be read.
    const WORTH_A_BAR: usize = 50;
    let target = if files < WORTH_A_BAR { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    if let Ok(style) = ProgressStyle::with_template(&format!("{work} {{bar:30}} {{pos}}/{{len}} {{eta}}")) {
        bar.set_style(style);
    }
    bar
}
