//! Pull diagnostics: one draft, and the workspace. A pull gets the list of the very text it saw, or is asked to come
//! again.

use super::document::{Superseded, Version};
use super::session::{Session, path};
use super::workspace::{CancelOnDrop, Workspace};
use crate::analysis::Analysis;
use crate::checking::{Cancel, Checked};
use crate::findings::Language;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;

/// -32802: the server gave the request up. `retriggerRequest` asks the client to pull again, which helps only if the text
/// has moved on.
fn come_again(why: Superseded) -> Error {
    let again = DiagnosticServerCancellationData { retrigger_request: why == Superseded::ByText };
    Error {
        code: ErrorCode::ServerError(-32802),
        message: "the text has changed".into(),
        data: serde_json::to_value(again).ok(),
    }
}

pub async fn document(session: &Session, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
    let document = session.document(&params.text_document.uri).map(|d| (d.snapshot(), d));
    let Some((snapshot, document)) = document else {
        return Ok(DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport::default()).into());
    };
    let version = document.at(snapshot).await.map_err(come_again)?;
    let result_id = version.result.to_string();
    let report = match params.previous_result_id {
        Some(previous) if previous == result_id => {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            })
        }
        _ => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: full(&version.diagnostics, result_id),
        }),
    };
    Ok(report.into())
}

fn full(items: &[Diagnostic], result_id: String) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport { result_id: Some(result_id), items: items.to_vec() }
}

/// Every draft of the workspace: open ones as they are in the editor, closed ones as they are on disk.
pub async fn workspace(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let workspace = Workspace::of(session);
    let progress = params.work_done_progress_params.work_done_token;
    if let Some(token) = &progress {
        let title = match session.abilities().language {
            Language::Zh => "核稿：检查工作区".to_owned(),
            Language::En => "hegao: checking the workspace".to_owned(),
        };
        let begin = WorkDoneProgressBegin { title, ..WorkDoneProgressBegin::default() };
        session.report(token, WorkDoneProgress::Begin(begin)).await;
    }
    let items = reports(session, workspace, params.previous_result_ids).await;
    if let Some(token) = &progress {
        session.report(token, WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
    }
    Ok(WorkspaceDiagnosticReport { items: items? }.into())
}

async fn reports(
    session: &Arc<Session>,
    workspace: Workspace,
    previous: Vec<PreviousResultId>,
) -> Result<Vec<WorkspaceDocumentDiagnosticReport>> {
    let mut previous: HashMap<Url, String> = previous.into_iter().map(|p| (p.uri, p.value)).collect();
    let cancel = CancelOnDrop::default();
    let (worker, stop) = (Arc::clone(session), cancel.0.clone());
    let read = tokio::task::spawn_blocking(move || (closed_files(&worker, &workspace, &stop), workspace)).await;
    let (closed, workspace) = read.map_err(|_| Error::internal_error())?;
    let mut items = Vec::new();
    for (url, diagnostics) in closed {
        let result = format!("closed-{:x}", digest(&diagnostics));
        items.push(report(url, None, &diagnostics, result, &mut previous));
    }
    for (document, snapshot) in workspace.open {
        let version: Arc<Version> = document.at(snapshot).await.map_err(come_again)?;
        let result = version.result.to_string();
        let number = Some(i64::from(version.version));
        items.push(report(document.url.clone(), number, &version.diagnostics, result, &mut previous));
    }
    // Files that were reported and are gone have nothing wrong any more.
    let gone: Vec<Url> = previous.keys().cloned().collect();
    items.extend(gone.into_iter().map(|url| report(url, None, &[], "gone".to_owned(), &mut previous)));
    Ok(items)
}

fn closed_files(session: &Session, workspace: &Workspace, cancel: &Cancel) -> Vec<(Url, Vec<Diagnostic>)> {
    let each = workspace.closed().into_par_iter().filter_map(|(url, file)| {
        if cancel.is_cancelled() {
            return None;
        }
        let diagnostics = closed_file(session, &url, &file)?;
        Some((url, diagnostics))
    });
    each.collect()
}

fn closed_file(session: &Session, url: &Url, file: &Path) -> Option<Vec<Diagnostic>> {
    let input = crate::files::read(file).ok()?;
    let (settings, language) = session.settings_of(url);
    let analysis = Analysis::of(&input.text);
    let matches = session.archive.library().map(|library| library.look_up(&analysis, Some(file)).matches);
    let checked = Checked::with(&analysis, &settings, matches.unwrap_or_default());
    Some(super::convert::diagnostics(session, url, &checked, language))
}

fn digest(diagnostics: &[Diagnostic]) -> u64 {
    let bytes = serde_json::to_vec(diagnostics).unwrap_or_default();
    crate::findings::stable_hash([bytes.as_slice()])
}

fn report(
    uri: Url,
    version: Option<i64>,
    diagnostics: &[Diagnostic],
    result_id: String,
    previous: &mut HashMap<Url, String>,
) -> WorkspaceDocumentDiagnosticReport {
    if previous.remove(&uri).as_ref() == Some(&result_id) {
        return WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        });
    }
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: full(diagnostics, result_id),
    })
}

/// The file that a URL names, for messages.
pub fn name(url: &Url) -> String {
    path(url).map_or_else(|| url.to_string(), |p| p.display().to_string())
}
