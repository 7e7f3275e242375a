//! Headings across the workspace: `workspace/symbol`. Open drafts as they are in the editor, closed ones as they are on
//! disk; the headings of these are kept, so that the next query, a letter later, reads only what has changed.

use super::backend::content_modified;
use super::convert;
use super::document::{Superseded, Version};
use super::session::Session;
use super::symbols;
use super::workspace::{CancelOnDrop, Workspace};
use crate::analysis::Analysis;
use crate::checking::Cancel;
use crate::draft::Role;
use crate::text::Encoding;
use crate::text::query::{Query, Rank};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Location, Range, SymbolInformation, Url};

/// Nobody reads on beyond this many; a longer query finds the rest.
const MOST: usize = 500;

/// A file is kept once it has rested this long: within the same tick of a file system's clock (2 s on FAT) it could be
/// written again and look the same.
const SETTLED: Duration = Duration::from_secs(2);

/// A heading, placed for the client.
#[derive(Debug)]
struct Heading {
    role: Role,
    level: u8,
    title: String,
    container: Option<String>,
    range: Range,
}

type Headings = Arc<[Heading]>;

fn headings(analysis: &Analysis, encoding: Encoding) -> Headings {
    let placed = analysis.headings().into_iter().map(|heading| Heading {
        role: heading.role,
        level: heading.level,
        title: heading.title,
        container: heading.container,
        range: convert::range(&analysis.rope, heading.line, encoding),
    });
    placed.collect()
}

/// When a file was last written and how long it is: what is kept of it holds while this stays.
type Stamp = (SystemTime, u64);

/// The headings of closed files.
#[derive(Default)]
pub struct Shelf(Mutex<HashMap<PathBuf, (Stamp, Headings)>>);

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, (Stamp, Headings)>> {
        // A panic while it was held leaves a map that is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The headings of `file`, from the shelf or from disk; `None` if it cannot be read.
    fn headings(&self, file: &Path, encoding: Encoding) -> Option<Headings> {
        // Before the text is read: what is written after this makes another stamp.
        let metadata = std::fs::metadata(file).ok()?;
        let stamp = metadata.modified().ok().map(|modified| (modified, metadata.len()));
        if let Some((kept, headings)) = self.lock().get(file)
            && Some(*kept) == stamp
        {
            return Some(Arc::clone(headings));
        }
        let input = crate::files::read(file).ok()?;
        let headings = headings(&Analysis::of(&input.text), encoding);
        if let Some(stamp) = stamp.filter(|(modified, _)| modified.elapsed().is_ok_and(|age| age > SETTLED)) {
            self.lock().insert(file.to_owned(), (stamp, Arc::clone(&headings)));
        }
        Some(headings)
    }

    /// Forgets files that are gone, or open now.
    fn keep_only(&self, closed: &[(Url, PathBuf)]) {
        let closed: HashSet<&Path> = closed.iter().map(|(_, file)| file.as_path()).collect();
        self.lock().retain(|file, _| closed.contains(file.as_path()));
    }
}

/// The headings that answer `typed`, the best first; `ContentModified` if an open draft's text has moved on.
pub async fn symbols(session: &Arc<Session>, typed: &str) -> Result<Vec<SymbolInformation>> {
    let workspace = Workspace::of(session);
    let query = Query::new(typed);
    let mut open: Vec<(Url, Arc<Version>)> = Vec::with_capacity(workspace.open.len());
    for (document, snapshot) in &workspace.open {
        match document.at(*snapshot).await {
            Ok(version) => open.push((document.url.clone(), version)),
            Err(moved_on @ Superseded::ByText) => return Err(content_modified(moved_on)),
            // Closed meanwhile, or its analysis failed: the others still answer.
            Err(Superseded::Gone) => {}
        }
    }
    let cancel = CancelOnDrop::default();
    let (worker, stop) = (Arc::clone(session), cancel.0.clone());
    let found = tokio::task::spawn_blocking(move || find(&worker, &workspace, &open, &query, &stop)).await;
    found.map_err(|_| Error::internal_error())
}

fn find(
    session: &Session,
    workspace: &Workspace,
    open: &[(Url, Arc<Version>)],
    query: &Query,
    cancel: &Cancel,
) -> Vec<SymbolInformation> {
    let encoding = session.encoding();
    let closed = workspace.closed();
    session.headings.keep_only(&closed);
    let of_open = open.iter().map(|(url, version)| (url, headings(&version.checked.analysis, encoding)));
    let mut drafts: Vec<(&Url, Headings)> = of_open.collect();
    drafts.par_extend(closed.par_iter().filter_map(|(url, file)| {
        // A cancelled request has nobody who reads its answer.
        let headings = (!cancel.is_cancelled()).then(|| session.headings.headings(file, encoding))?;
        Some((url, headings?))
    }));
    drafts.sort_by_key(|(url, _)| *url);
    best(&drafts, query)
}

fn best(drafts: &[(&Url, Headings)], query: &Query) -> Vec<SymbolInformation> {
    let all = drafts.iter().flat_map(|(url, headings)| headings.iter().map(move |heading| (*url, heading)));
    let mut found: Vec<(Option<Rank>, &Url, &Heading)> = match query.is_empty() {
        // The tops of each draft, in the order of the text.
        true => all.filter(|(_, heading)| heading.level <= 1).map(|(url, heading)| (None, url, heading)).collect(),
        false => all.filter_map(|(url, heading)| Some((Some(query.rank(&heading.title)?), url, heading))).collect(),
    };
    // Stable: equals stay in the order of drafts and text.
    found.sort_by_key(|(rank, ..)| *rank);
    found.truncate(MOST);
    found.into_iter().map(|(_, url, heading)| symbol(url, heading)).collect()
}

#[allow(deprecated)] // `deprecated` is a required field of the type
fn symbol(url: &Url, heading: &Heading) -> SymbolInformation {
    SymbolInformation {
        name: heading.title.clone(),
        kind: symbols::kind(heading.role),
        tags: None,
        deprecated: None,
        location: Location { uri: url.clone(), range: heading.range },
        container_name: heading.container.clone(),
    }
}
