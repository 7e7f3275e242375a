//! Settings in an editor: what the editor was told (`hegao.*`), under the closest `hegao.toml`. A broken file is told
//! once, and the last good one stays in force.

use crate::config::{Config, Finder, Loaded};
use crate::findings::Language;
use crate::profile::{Profile, builtin};
use crate::rules::Settings;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Settings that are tables.
const TABLES: [&str; 3] = ["rules", "knowledge", "archive"];

/// The configuration of a session.
#[derive(Default)]
pub struct Configuration {
    /// What the editor said when it started the server; what it says later counts before it, setting by setting.
    initial: Map<String, Value>,
    editor: Config,
    folders: Vec<PathBuf>,
    finder: Finder,
    last_good: HashMap<PathBuf, Arc<Loaded>>,
    told: HashSet<String>,
    untold: Vec<String>,
    /// What `hegao.profile` names, once it was read; the last one that could be.
    profile: Option<Arc<Profile>>,
    is_read: bool,
}

impl Configuration {
    pub fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
        self.reload();
    }

    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Takes the editor's settings as they are when it starts the server, `{…}` or `{"hegao": {…}}`.
    pub fn set_initial(&mut self, value: &Value) {
        if self.set_editor(value) {
            self.initial = ours(value).cloned().unwrap_or_default();
        }
    }

    /// Takes the editor's settings, `{…}` or `{"hegao": {…}}`; whether they could be read.
    pub fn set_editor(&mut self, value: &Value) -> bool {
        let Some(later) = ours(value) else { return false };
        let mut all = self.initial.clone();
        all.extend(later.clone().into_iter().filter(|(_, value)| !value.is_null()));
        // An empty table of Lua comes as an empty list.
        all.retain(|name, value| !(TABLES.contains(&name.as_str()) && value.as_array().is_some_and(Vec::is_empty)));
        match serde_json::from_value::<Config>(Value::Object(all)) {
            Ok(config) => {
                self.editor = config;
                self.is_read = false;
                true
            }
            Err(error) => {
                self.problem(format!("hegao: 编辑器设置有误，未采用 editor settings not used: {error}"));
                false
            }
        }
    }

    /// Forgets what was read from files, which are known to be others.
    pub fn reload(&mut self) {
        self.reread();
        self.told.clear();
    }

    /// Forgets what was read from files, which may be as they were: what was told of them is not told again.
    pub fn reread(&mut self) {
        self.finder = Finder::default();
        self.is_read = false;
    }

    /// The configuration of a file; of a draft without a file, that of the first workspace folder.
    pub fn loaded(&mut self, path: &Option<PathBuf>) -> Arc<Loaded> {
        let loaded = match (path, self.folders.first()) {
            (Some(path), _) => self.finder.for_file(Some(path)),
            (None, Some(folder)) => self.finder.for_folder(folder),
            (None, None) => self.finder.for_file(None),
        };
        for problem in &loaded.problems {
            let file = loaded.path.as_deref().unwrap_or(Path::new("")).display().to_string();
            let place = if problem.line > 0 { format!("{file}:{}", problem.line) } else { file };
            self.problem(format!("{place}: {}", problem.message));
        }
        let Some(file) = &loaded.path else { return loaded };
        match loaded.problems.iter().any(|p| p.is_error) {
            true => self.last_good.get(file).map_or(Arc::clone(&loaded), Arc::clone),
            false => {
                self.last_good.insert(file.clone(), Arc::clone(&loaded));
                loaded
            }
        }
    }

    /// The folders whose reports drafts are compared with: the workspace's, and those that it configures.
    pub fn archive_folders(&mut self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for folder in self.folders.clone() {
            let loaded = self.loaded(&Some(folder.join("draft.md")));
            match loaded.config.archive.as_ref().or(self.editor.archive.as_ref()) {
                None => found.push(folder),
                Some(archive) => {
                    // A configuration above the workspace speaks of its own folder.
                    let beside = loaded.folder().filter(|_| loaded.config.archive.is_some()).unwrap_or(&folder);
                    found.extend(archive.folders(Some(beside)));
                }
            }
        }
        found
    }

    pub fn settings(&mut self, path: &Option<PathBuf>) -> Settings {
        let loaded = self.loaded(path);
        let profile = match loaded.config.profile {
            Some(_) => Arc::clone(&loaded.profile),
            None => self.profile(),
        };
        let base = self.editor.settings_over(Settings::default().under(profile), path.as_deref());
        loaded.settings_over(base, path.as_deref())
    }

    /// The profile that the editor's settings name, relative to the first folder of the workspace. One that cannot be used
    /// is told, and the last good one stays in force.
    fn profile(&mut self) -> Arc<Profile> {
        if !self.is_read {
            self.is_read = true;
            let folder = self.folders.first().cloned().unwrap_or_default();
            // A setting that was cleared is an empty string.
            let named = self.editor.profile.clone().filter(|entry| entry.names().iter().any(|name| !name.is_empty()));
            match named.map(|entry| entry.read(&folder)) {
                None => self.profile = None,
                Some(Ok(profile)) => self.profile = Some(profile),
                Some(Err(error)) => self.problem(error.to_string()),
            }
        }
        self.profile.clone().unwrap_or_else(builtin)
    }

    pub fn language(&mut self, path: &Option<PathBuf>) -> Option<Language> {
        self.loaded(path).config.language.or(self.editor.language)
    }

    /// Where findings of a file that are intended are written down.
    pub fn baseline(&mut self, path: &Option<PathBuf>) -> Option<PathBuf> {
        let loaded = self.loaded(path);
        let beside = || {
            let holds = |folder: &&PathBuf| path.as_ref().is_none_or(|p| p.starts_with(folder));
            let folder = self.folders.iter().find(holds).map(PathBuf::as_path);
            let folder = folder.or_else(|| path.as_deref().and_then(Path::parent))?;
            Some(folder.join(loaded.config.baseline_file()))
        };
        loaded.baseline_path().or_else(beside)
    }

    pub fn take_problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.untold)
    }

    fn problem(&mut self, message: String) {
        if self.told.insert(message.clone()) {
            self.untold.push(message);
        }
    }
}

/// What a client says of us, with or without our name on it.
fn ours(value: &Value) -> Option<&Map<String, Value>> {
    value.get("hegao").unwrap_or(value).as_object()
}
