//! Configuration: `hegao.toml`, the closest one above a file. Which rules are on, how grave, with which options, and
//! overrides by glob. A broken file gives clear problems and the defaults for what could not be read; it never stops a
//! check.
//!
//! This room reads files when asked to, and nothing else: the core below takes `Settings`.

pub mod baseline;
pub mod model;
pub mod parse;
pub mod profile;
pub mod schema;

pub use baseline::Baseline;
pub use model::{Config, Override, RuleEntry};
pub use parse::{Problem, parse};

use crate::findings::Language;
use crate::profile::{Profile, builtin};
use crate::rules::Settings;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file's name.
pub const FILE_NAME: &str = "hegao.toml";

/// The language of LC_ALL, LC_MESSAGES or LANG.
pub fn environment_language() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    Language::of_locale(&named.into_iter().find(|value| !value.is_empty()).unwrap_or_default())
}

/// A configuration with where it came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// `None`: the defaults.
    pub path: Option<PathBuf>,
    /// Globs and the baseline are relative to it. Without a configuration file: where a baseline was found.
    pub folder: Option<PathBuf>,
    pub config: Config,
    pub problems: Vec<Problem>,
    pub baseline: Baseline,
    /// What is normal in good reports.
    pub profile: Arc<Profile>,
}

impl Default for Loaded {
    fn default() -> Self {
        Loaded {
            path: None,
            folder: None,
            config: Config::default(),
            problems: Vec::new(),
            baseline: Baseline::default(),
            profile: builtin(),
        }
    }
}

impl Loaded {
    /// Reads `path`; a file that cannot be read is a problem, with the defaults in its place.
    pub fn read(path: &Path) -> Loaded {
        // Globs are matched against absolute paths below this folder.
        let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (config, problems) = match std::fs::read_to_string(path) {
            Ok(text) => parse(&text),
            Err(error) => (Config::default(), vec![Problem { line: 0, message: format!("{error}"), is_error: true }]),
        };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Loaded { path: Some(path.to_owned()), config, problems, ..Loaded::default() }
            .with_profile(&folder)
            .with_baseline(folder)
    }

    /// With the profile that the configuration names. One that cannot be used is an error of the configuration: its
    /// message names the profile's own file and line.
    fn with_profile(mut self, folder: &Path) -> Loaded {
        let Some(entry) = &self.config.profile else { return self };
        match entry.read(folder) {
            Ok(profile) => self.profile = profile,
            Err(error) => {
                self.problems.push(Problem { line: 0, message: error.to_string(), is_error: true });
            }
        }
        self
    }

    /// The defaults, with the baseline that stands in `folder`.
    fn with_baseline(mut self, folder: PathBuf) -> Loaded {
        match Baseline::read(&folder.join(self.config.baseline_file())) {
            Ok(baseline) => self.baseline = baseline,
            Err(error) => self.problems.push(Problem { line: 0, message: error.to_string(), is_error: true }),
        }
        self.folder = Some(folder);
        self
    }

    /// The folder that globs and the baseline are relative to.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// `file` as seen from that folder, as globs are matched; absolute if it lies elsewhere.
    pub fn relative(&self, file: &Path) -> PathBuf {
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let below = self.folder().and_then(|folder| absolute.strip_prefix(folder).ok()).map(Path::to_owned);
        below.unwrap_or(absolute)
    }

    /// The baseline's file; `None` if there is no folder to keep one in.
    pub fn baseline_path(&self) -> Option<PathBuf> {
        self.folder().map(|folder| folder.join(self.config.baseline_file()))
    }

    /// The settings of `file` (`None`: text that has no path yet).
    pub fn settings(&self, file: Option<&Path>) -> Settings {
        self.settings_over(Settings::default().under(Arc::clone(&self.profile)), file)
    }

    /// As `settings`, on top of what an editor was told and of a profile that either names.
    pub fn settings_over(&self, base: Settings, file: Option<&Path>) -> Settings {
        let relative = file.map(|file| self.relative(file));
        let mut settings = self.config.settings_over(base, relative.as_deref());
        settings.baseline = Arc::clone(&self.baseline.fingerprints);
        settings
    }
}

/// Finds and keeps configurations, one per folder. Dropped and made anew when a configuration file changes.
#[derive(Debug, Default)]
pub struct Finder {
    /// A file given on the command line stands for all folders.
    fixed: Option<Arc<Loaded>>,
    by_folder: HashMap<PathBuf, Arc<Loaded>>,
    by_file: HashMap<PathBuf, Arc<Loaded>>,
    defaults: Arc<Loaded>,
}

impl Finder {
    pub fn new(fixed: Option<&Path>) -> Finder {
        let fixed = fixed.map(|path| Arc::new(Loaded::read(path)));
        Finder { fixed, ..Finder::default() }
    }

    /// The configuration for files in `folder` (absolute, or relative to the working directory).
    pub fn for_folder(&mut self, folder: &Path) -> Arc<Loaded> {
        if let Some(fixed) = &self.fixed {
            return Arc::clone(fixed);
        }
        if let Some(found) = self.by_folder.get(folder) {
            return Arc::clone(found);
        }
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let named = |name: &str| absolute.ancestors().map(|a| a.join(name)).find(|f| f.is_file());
        // Without a configuration a baseline alone marks the project.
        let file = named(FILE_NAME).or_else(|| named(baseline::FILE_NAME));
        let loaded = match file {
            None => Arc::clone(&self.defaults),
            Some(file) => {
                let read = || match file.ends_with(FILE_NAME) {
                    true => Loaded::read(&file),
                    false => Loaded::default().with_baseline(file.parent().unwrap_or(Path::new("")).to_owned()),
                };
                Arc::clone(self.by_file.entry(file.clone()).or_insert_with(|| Arc::new(read())))
            }
        };
        self.by_folder.insert(folder.to_owned(), Arc::clone(&loaded));
        loaded
    }

    /// The configuration of `file`.
    pub fn for_file(&mut self, file: Option<&Path>) -> Arc<Loaded> {
        match file {
            Some(file) => self.for_folder(file.parent().unwrap_or(Path::new("."))),
            None => self.fixed.clone().unwrap_or_else(|| Arc::clone(&self.defaults)),
        }
    }

    /// Every configuration file that was read.
    pub fn files(&self) -> impl Iterator<Item = &Arc<Loaded>> {
        self.fixed.iter().chain(self.by_file.values())
    }
}
