//! Drafts with other reports behind them: what follows a line `<!-- 报告库：NAME -->` is the report NAME of the archive, not
//! part of the draft.

use hegao::analysis::Analysis;
use hegao::archive::Archive;
use hegao::checking::{Cancel, Checked};
use hegao::comparison::ArchiveMatches;
use hegao::rules::Settings;
use std::path::Path;
use std::sync::Arc;

const MARK: &str = "<!-- 报告库：";

/// The draft, and what the archive holds of it.
pub fn checked(text: &str, settings: &Arc<Settings>) -> Checked {
    let mut parts = text.split(MARK);
    let draft = parts.next().expect("split gives one part at least");
    let analysis = Analysis::of(draft);
    let others: Vec<(&str, &str)> = parts.map(|part| part.split_once(" -->\n").expect("a name")).collect();
    if others.is_empty() {
        return Checked::with(&analysis, settings, ArchiveMatches::default());
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (name, report) in others {
        std::fs::write(folder.path().join(name), report).expect("written");
    }
    Checked::with(&analysis, settings, matches(&analysis, folder.path(), None))
}

/// What the reports in `folder` hold of a draft; the index is made for this one question.
pub fn matches(analysis: &Analysis, folder: &Path, own: Option<&Path>) -> ArchiveMatches {
    let cache = tempfile::tempdir().expect("a folder");
    let archive = Archive::at(cache.path(), &[folder.to_owned()]);
    let update = archive.update(&[], &Cancel::default(), &|_| {}).expect("an index");
    assert_eq!((update.problems, update.repaired), (Vec::new(), Vec::new()));
    let answer = archive.open().expect("an archive").0.look_up(analysis, own);
    assert_eq!((answer.changed, answer.damaged), (Vec::new(), Vec::new()));
    answer.matches
}
