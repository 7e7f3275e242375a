//! The profile that `hegao.toml` names: one file, or several in layers, the later over the earlier. `builtin` is the one
//! that is compiled in.

use crate::profile::{BUILTIN, Profile, ProfileError, builtin};
use std::path::Path;
use std::sync::Arc;

/// `profile = "FILE"`, or `profile = ["builtin", "FILE"]`: the later over the earlier.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum ProfileEntry {
    One(String),
    Layers(Vec<String>),
}

impl ProfileEntry {
    /// The names, the lowest layer first.
    pub fn names(&self) -> &[String] {
        match self {
            ProfileEntry::One(name) => std::slice::from_ref(name),
            ProfileEntry::Layers(names) => names,
        }
    }

    /// Reads the layers; files are relative to `folder`.
    pub fn read(&self, folder: &Path) -> Result<Arc<Profile>, ProfileError> {
        let layers = self.names().iter().map(|name| match name.as_str() {
            BUILTIN => Ok(builtin()),
            name => read(&folder.join(name)),
        });
        let over = |lower: Arc<Profile>, upper: Arc<Profile>| Arc::new(lower.under(&upper));
        Ok(layers.collect::<Result<Vec<_>, _>>()?.into_iter().reduce(over).unwrap_or_default())
    }
}

/// Reads a profile by its file, or `builtin`.
pub fn read(file: &Path) -> Result<Arc<Profile>, ProfileError> {
    if file.as_os_str() == BUILTIN {
        return Ok(builtin());
    }
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| ProfileError {
        file: name.clone(),
        line: 0,
        message: format!("读不到样本画像 cannot be read: {error}"),
    })?;
    Profile::parse(&name, &text).map(Arc::new)
}
