//! Configuration: `hegao.toml`, the closest one above a file. Which rules are on, how grave, with which options, and
//! overrides by glob. A broken file gives clear problems and the defaults for what could not be read; it never stops a
//! check.
//!
//! This room reads files when asked to, and nothing else: the core below takes `Settings`.

pub mod baseline;
pub mod model;
pub mod parse;
pub mod schema;

pub use baseline::Baseline;
pub use model::{Config, Override, RuleEntry};
pub use parse::{Problem, parse};

use crate::rules::Settings;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file's name.
pub const FILE_NAME: &str = "hegao.toml";

/// A configuration with where it came from.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// `None`: the defaults.
    pub path: Option<PathBuf>,
    pub config: Config,
    pub problems: Vec<Problem>,
    pub baseline: Baseline,
}

impl Loaded {
    /// Reads `path`; a file that cannot be read is a problem, with the defaults in its place.
    pub fn read(path: &Path) -> Loaded {
        let (config, mut problems) = match std::fs::read_to_string(path) {
            Ok(text) => parse(&text),
            Err(error) => (Config::default(), vec![Problem { line: 0, message: format!("{error}"), is_error: true }]),
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let baseline = Baseline::read(&folder.join(config.baseline_file())).unwrap_or_else(|error| {
            problems.push(Problem { line: 0, message: error.to_string(), is_error: true });
            Baseline::default()
        });
        Loaded { path: Some(path.to_owned()), config, problems, baseline }
    }

    /// The folder that globs and the baseline are relative to.
    pub fn folder(&self) -> Option<&Path> {
        self.path.as_deref().and_then(Path::parent)
    }

    /// The settings of `file` (`None`: text that has no path yet).
    pub fn settings(&self, file: Option<&Path>) -> Settings {
        let relative = file.map(|f| self.folder().and_then(|folder| f.strip_prefix(folder).ok()).unwrap_or(f));
        let mut settings = self.config.settings(relative);
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
        let file = absolute.ancestors().map(|a| a.join(FILE_NAME)).find(|f| f.is_file());
        let loaded = match file {
            None => Arc::clone(&self.defaults),
            Some(file) => {
                let read = || Arc::new(Loaded::read(&file));
                Arc::clone(self.by_file.entry(file.clone()).or_insert_with(read))
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
