//! `hegao check`: files in parallel, output in the order of their paths.

use super::archive::{self, Archives};
use super::terminal::{Style, Terminal};
use super::{CLEAN, Color, Done, FINDINGS, LanguageArgument, TROUBLE, complain, json, language, machine, progress};
use crate::analysis::Analysis;
use crate::archive::Library;
use crate::checking::{Checked, fixing};
use crate::config::{Finder, Loaded, baseline, parse::suggestion};
use crate::files::{self, Input};
use crate::findings::{Applicability, Language, Severity};
use crate::rules::settings::names;
use crate::rules::{RULES, Settings};
use crate::text::charset::Charset;
use rayon::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    /// Files and folders; `-` for standard input. Default: the working directory.
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Apply safe fixes (with --unsafe-fixes, the others too) and write the files.
    #[arg(long)]
    fix: bool,
    /// Let --fix and --diff apply fixes that change what the draft says: repeated paragraphs, numbers.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change, write nothing.
    #[arg(long)]
    diff: bool,
    /// Exit with 1 for hints too.
    #[arg(long)]
    strict: bool,
    /// Run only these rules or groups.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// Do not run these rules or groups.
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
    /// Use this configuration file for all files.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Compare with other reports: those of FOLDER, else of `[archive]` in hegao.toml, else of the project's folder.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true)]
    archive: Option<Option<PathBuf>>,
    /// Language of messages.
    #[arg(long, value_enum)]
    lang: Option<LanguageArgument>,
    /// The name that text from standard input goes by.
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Accepted findings (default: hegao-baseline.txt beside hegao.toml).
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Accept all present findings: add them to the baseline.
    #[arg(long)]
    write_baseline: bool,
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// One file, checked and perhaps fixed.
struct Outcome {
    path: String,
    result: Result<Report, String>,
}

struct Report {
    is_stdin: bool,
    charset: Charset,
    text: String,
    checked: Checked,
    language: Language,
    fixed: usize,
    diff: Option<String>,
    baseline: PathBuf,
}

/// What to check: a name to show, a path to configure by, and how to read it.
struct Job {
    name: String,
    loaded: Arc<Loaded>,
    path: Option<PathBuf>,
    is_stdin: bool,
    library: Option<Arc<Library>>,
}

pub fn run(arguments: &CheckArguments) -> Done {
    for name in arguments.select.iter().chain(&arguments.ignore) {
        if !RULES.iter().any(|rule| names(name, rule.name)) {
            let near = suggestion(name, RULES.iter().map(|r| r.name));
            eprintln!("hegao: 没有规则 no such rule `{name}`{near}");
            return Ok(TROUBLE);
        }
    }
    let mut finder = Finder::new(arguments.config.as_deref());
    let (mut jobs, mut trouble) = jobs(arguments, &mut finder);
    let mut archives = Archives::default();
    for job in &mut jobs {
        job.library = archives.of(arguments.archive.as_ref(), &job.loaded);
    }
    trouble |= archives.trouble;
    for loaded in finder.files() {
        for problem in &loaded.problems {
            complain(loaded.path.as_deref().unwrap_or(Path::new("")), problem.line, &problem.message);
            trouble |= problem.is_error;
        }
    }
    let fixed_baseline = match arguments.baseline.as_deref().map(baseline::Baseline::read).transpose() {
        Ok(baseline) => baseline,
        Err(error) => {
            eprintln!("hegao: {error}");
            return Ok(TROUBLE);
        }
    };
    let bar = progress(jobs.len(), "核稿");
    let outcomes: Vec<Outcome> = jobs
        .par_iter()
        .map(|job| {
            let outcome = Outcome { path: job.name.clone(), result: check(arguments, job, fixed_baseline.as_ref()) };
            bar.inc(1);
            outcome
        })
        .collect();
    bar.finish_and_clear();
    for outcome in &outcomes {
        if let Err(message) = &outcome.result {
            complain(Path::new(&outcome.path), 0, message);
            trouble = true;
        }
    }
    if arguments.write_baseline {
        return write_baseline(&outcomes).map(|()| if trouble { TROUBLE } else { CLEAN });
    }
    show(arguments, &outcomes)?;
    let counts = |severity: Severity| severity < Severity::Hint || arguments.strict;
    let remain = reports(&outcomes).flat_map(|(_, r)| r.checked.findings.iter()).any(|p| counts(p.finding.severity));
    Ok(if trouble {
        TROUBLE
    } else if remain {
        FINDINGS
    } else {
        CLEAN
    })
}

fn reports(outcomes: &[Outcome]) -> impl Iterator<Item = (&str, &Report)> {
    outcomes.iter().filter_map(|o| o.result.as_ref().ok().map(|r| (o.path.as_str(), r)))
}

fn jobs(arguments: &CheckArguments, finder: &mut Finder) -> (Vec<Job>, bool) {
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here[..] } else { &arguments.paths };
    let (stdin, named): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|p| p.as_os_str() == "-");
    let found = files::find(&named, finder);
    for (path, message) in &found.problems {
        complain(path, 0, message);
    }
    let file = |path: PathBuf, finder: &mut Finder| Job {
        name: path.display().to_string(),
        loaded: finder.for_file(Some(&path)),
        path: Some(path),
        is_stdin: false,
        library: None,
    };
    let mut jobs: Vec<Job> = found.files.into_iter().map(|path| file(path, finder)).collect();
    if !stdin.is_empty() {
        let path = arguments.stdin_filename.clone();
        let name = path.as_ref().map_or("<stdin>".to_owned(), |p| p.display().to_string());
        jobs.push(Job { name, loaded: finder.for_file(path.as_deref()), path, is_stdin: true, library: None });
    }
    (jobs, !found.problems.is_empty())
}

fn check(arguments: &CheckArguments, job: &Job, baseline: Option<&baseline::Baseline>) -> Result<Report, String> {
    let read =
        if job.is_stdin { files::read_stdin() } else { files::read(job.path.as_deref().unwrap_or(Path::new(""))) };
    let Input { text, charset } = read?;
    let settings = Arc::new(settings(arguments, job, baseline));
    let allowed = if arguments.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let (mut fixed, mut diff) = (0, None);
    let mut shown = text;
    let checked = |text: &str| checked(job, text, &settings);
    if arguments.fix || arguments.diff {
        let done = fixing::to_fixed_point_by(&shown, allowed, checked);
        if arguments.diff {
            diff = Some(difference(&job.name, &shown, &done.text));
        } else if done.text != shown {
            fixed = done.applied;
            if let (Some(path), false) = (&job.path, job.is_stdin) {
                files::write(path, &done.text, charset)?;
            }
            shown = done.text;
        }
    }
    let beside = || job.loaded.baseline_path().unwrap_or_else(|| PathBuf::from(baseline::FILE_NAME));
    let file = arguments.baseline.clone().unwrap_or_else(beside);
    Ok(Report {
        is_stdin: job.is_stdin,
        charset,
        checked: checked(&shown),
        text: shown,
        language: language(arguments.lang.map(Language::from), job.loaded.config.language),
        fixed,
        diff,
        baseline: file,
    })
}

/// A draft checked, with what the archive holds of it.
fn checked(job: &Job, text: &str, settings: &Arc<Settings>) -> Checked {
    let Some(library) = &job.library else { return Checked::of(text, settings) };
    let analysis = Analysis::of(text);
    let mut answer = library.look_up(&analysis, job.path.as_deref());
    if !answer.damaged.is_empty() {
        match archive::mended(library, &answer.damaged) {
            Ok(library) => answer = library.look_up(&analysis, job.path.as_deref()),
            Err(message) => complain(Path::new(&job.name), 0, &message),
        }
    }
    Checked::with(&analysis, settings, answer.matches)
}

fn settings(arguments: &CheckArguments, job: &Job, baseline: Option<&baseline::Baseline>) -> Settings {
    let mut settings = job.loaded.settings(job.path.as_deref());
    if !arguments.select.is_empty() {
        // A rule that was asked for by name runs even if it is off by default.
        for rule in RULES.iter().filter(|r| arguments.select.iter().any(|s| s == r.name)) {
            if let Some(target) = settings.rule_mut(rule.name) {
                target.severity = target.severity.or(Some(Severity::Warning));
            }
        }
        settings.retain(|rule| arguments.select.iter().any(|name| names(name, rule)));
    }
    settings.retain(|rule| !arguments.ignore.iter().any(|name| names(name, rule)));
    if let Some(baseline) = baseline {
        settings.baseline = Arc::clone(&baseline.fingerprints);
    }
    settings
}

fn difference(name: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().header(name, name).to_string()
}

fn write_baseline(outcomes: &[Outcome]) -> std::io::Result<()> {
    let mut by_file = std::collections::BTreeMap::<&Path, Vec<String>>::new();
    for (_, report) in reports(outcomes) {
        let lines = by_file.entry(&report.baseline).or_default();
        for placed in report.checked.findings.iter() {
            let bytes = placed.finding.place.bytes(&report.checked.analysis).unwrap_or_default();
            let words = crate::rules::views::excerpt(&report.text[bytes], 24);
            lines.push(baseline::line(placed.fingerprint, placed.finding.rule, &words));
        }
    }
    for (file, mut lines) in by_file {
        lines.sort();
        lines.dedup();
        baseline::append(file, &lines)?;
        eprintln!("hegao: {}: +{} 条", file.display(), lines.len());
    }
    Ok(())
}

fn show(arguments: &CheckArguments, outcomes: &[Outcome]) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if arguments.diff {
        for (_, report) in reports(outcomes) {
            out.write_all(report.diff.as_deref().unwrap_or_default().as_bytes())?;
        }
        return out.flush();
    }
    // Fixed text from standard input goes to standard output, and findings out of its way.
    let piped = arguments.fix && arguments.paths.iter().any(|p| p.as_os_str() == "-");
    if piped {
        for (_, report) in reports(outcomes).filter(|(_, report)| report.is_stdin) {
            out.write_all(report.text.as_bytes())?;
        }
        out.flush()?;
        let mut err = std::io::stderr().lock();
        return text(arguments, outcomes, &mut err, false);
    }
    match arguments.format {
        Format::Text => {
            text(arguments, outcomes, &mut out, arguments.color.is_on())?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &json_report(outcomes))?;
            out.write_all(b"\n")?;
        }
        Format::Sarif => {
            serde_json::to_writer_pretty(&mut out, &machine::sarif(&json_report(outcomes)))?;
            out.write_all(b"\n")?;
        }
        Format::Github => machine::github(&json_report(outcomes), &mut out)?,
    }
    out.flush()
}

fn json_report(outcomes: &[Outcome]) -> json::Report {
    let files: Vec<json::File> = outcomes
        .iter()
        .map(|outcome| match &outcome.result {
            Ok(report) => json::File {
                path: outcome.path.clone(),
                encoding: Some(report.charset.name()),
                findings: json::findings(&outcome.path, &report.checked, report.language),
                error: None,
            },
            Err(error) => json::File {
                path: outcome.path.clone(),
                encoding: None,
                findings: Vec::new(),
                error: Some(error.clone()),
            },
        })
        .collect();
    let mut summary = json::Summary { files: files.len(), ..json::Summary::default() };
    for finding in files.iter().flat_map(|f| &f.findings) {
        summary.findings += 1;
        *summary.by_rule.entry(finding.rule).or_default() += 1;
    }
    json::Report { version: 1, files, summary }
}

fn text(arguments: &CheckArguments, outcomes: &[Outcome], out: &mut dyn Write, colored: bool) -> std::io::Result<()> {
    let mut totals = [0usize; 3];
    let (mut fixed, mut files, mut fixable) = (0, 0, [0usize; 2]);
    let mut spoken = language(arguments.lang.map(Language::from), None);
    for (path, report) in reports(outcomes) {
        spoken = report.language;
        (files, fixed) = (files + 1, fixed + report.fixed);
        if report.charset != Charset::Utf8 && !report.checked.findings.is_empty() {
            writeln!(out, "{}: {}", super::terminal::clean(path), report.charset.name())?;
        }
        let terminal =
            Terminal { path, text: &report.text, checked: &report.checked, language: report.language, colored };
        for placed in report.checked.findings.iter() {
            totals[placed.finding.severity as usize] += 1;
            if let Some(fix) = placed.finding.fixes.first() {
                fixable[usize::from(fix.applicability > Applicability::Safe)] += 1;
            }
            terminal.show(placed, out)?;
        }
    }
    let bold = Style::new(colored, "1");
    let [errors, warnings, hints] = totals;
    let sum = match spoken {
        Language::Zh => format!("检查{files}份稿件：{errors}处错误，{warnings}处警告，{hints}处提示"),
        Language::En => format!("{files} files: {errors} errors, {warnings} warnings, {hints} hints"),
    };
    writeln!(out, "{}", bold.paint(&sum))?;
    let notes = match spoken {
        Language::Zh => [
            (fixed, format!("已改{fixed}处")),
            (fixable[0], format!("{}处可用 --fix 修改", fixable[0])),
            (fixable[1], format!("{}处有改法，须人确认：--fix --unsafe-fixes，可先用 --diff 看", fixable[1])),
        ],
        Language::En => [
            (fixed, format!("{fixed} fixed")),
            (fixable[0], format!("{} fixable with --fix", fixable[0])),
            (
                fixable[1],
                format!("{} have fixes for you to judge: --fix --unsafe-fixes, or look first with --diff", fixable[1]),
            ),
        ],
    };
    for (_, note) in notes.iter().filter(|(count, _)| *count > 0) {
        writeln!(out, "{note}")?;
    }
    Ok(())
}
