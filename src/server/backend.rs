//! The protocol's methods. Each stores or takes its snapshot before its first await, and leaves the rest to the file of
//! its capability.

use super::client::{Abilities, kind};
use super::document::{Document, Superseded, Version};
use super::figures::{self, FiguresParams, Pointed};
use super::session::{Session, path};
use super::transport::lost::{Lost, Reason};
use super::{
    actions, archive, completion, copies, diagnostics, folding, hover, rule, selection, symbols, workspace_symbols,
};
use crate::findings::Language;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::*;
use tower_lsp::{Client, LanguageServer};

/// The server as tower-lsp sees it.
pub struct Backend {
    session: Arc<Session>,
}

/// -32801: the text has changed under the request.
pub(super) fn content_modified(_: Superseded) -> Error {
    Error { code: ErrorCode::ContentModified, message: "the text has changed".into(), data: None }
}

impl Backend {
    pub fn new(client: Client, frames: mpsc::Sender<Vec<u8>>) -> Backend {
        Backend { session: Arc::new(Session::new(client, frames)) }
    }

    /// A message of the client was lost before it could be understood: a draft may now differ from the writer's, and
    /// that must not pass in silence.
    pub async fn lost(&self, lost: Lost) {
        let file = lost.uri.as_deref().and_then(|u| Url::parse(u).ok()).map(|u| diagnostics::name(&u));
        let file = file.unwrap_or_default();
        let chinese = self.session.abilities().language == Language::Zh;
        let message = match (lost.reason, chinese) {
            (Reason::TooLarge, true) => {
                format!("hegao：编辑器发来的消息太大（{}字节），未处理。{file} 请关闭后重新打开。", lost.bytes)
            }
            (Reason::TooLarge, false) => format!(
                "hegao: a message of {} bytes is too large and was not read. Close and reopen {file}.",
                lost.bytes
            ),
            (_, true) => format!(
                "hegao：编辑器发来的一条消息无法读取，稿件可能已不同步。请关闭后重新打开{file}。（{}）",
                lost.detail
            ),
            (_, false) => format!(
                "hegao: a message from the editor could not be read; the draft may be out of step. Close and reopen {file}. ({})",
                lost.detail
            ),
        };
        self.session.tell(MessageType::ERROR, message);
    }

    /// `hegao/rule`
    pub async fn rule(&self, parameters: rule::Parameters) -> Result<rule::Page> {
        rule::page(&parameters)
    }

    /// The draft and the analysis of the text that the request saw. The snapshot is taken before the first await.
    async fn version(&self, url: &Url) -> Result<Option<(Arc<Document>, Arc<Version>)>> {
        let Some(document) = self.session.document(url) else { return Ok(None) };
        let snapshot = document.snapshot();
        let version = document.at(snapshot).await.map_err(content_modified)?;
        Ok(Some((document, version)))
    }

    fn set_folders(&self, folders: impl IntoIterator<Item = Url>) {
        let paths = folders.into_iter().filter_map(|url| path(&url)).collect();
        self.session.configuration().set_folders(paths);
    }
}

fn capabilities(abilities: &Abilities, has_archive: bool) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let code_actions =
        CodeActionOptions { code_action_kinds: Some(actions::KINDS.to_vec()), ..CodeActionOptions::default() };
    let pull = DiagnosticOptions {
        identifier: Some("hegao".to_owned()),
        inter_file_dependencies: has_archive,
        workspace_diagnostics: true,
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
    };
    ServerCapabilities {
        position_encoding: Some(kind(abilities.encoding)),
        text_document_sync: Some(sync.into()),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(true.into()),
        selection_range_provider: Some(true.into()),
        hover_provider: Some(true.into()),
        completion_provider: Some(CompletionOptions::default()),
        references_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        // A lens whose command nobody runs would be in the way.
        code_lens_provider: abilities.compares.then_some(CodeLensOptions { resolve_provider: None }),
        code_action_provider: Some(if abilities.code_action_literals { code_actions.into() } else { true.into() }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![actions::ACCEPT.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        diagnostic_provider: abilities.pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    #[allow(deprecated)] // clients from before workspace folders send `rootUri`
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&params);
        let has_archive = params.root_uri.is_some() || params.workspace_folders.as_ref().is_some_and(|f| !f.is_empty());
        let result = InitializeResult {
            capabilities: capabilities(&abilities, has_archive),
            server_info: Some(ServerInfo {
                name: "hegao".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.session.negotiate(abilities);
        match params.workspace_folders {
            Some(folders) if !folders.is_empty() => self.set_folders(folders.into_iter().map(|f| f.uri)),
            _ => self.set_folders(params.root_uri),
        }
        if let Some(options) = &params.initialization_options {
            self.session.configuration().set_initial(options);
        }
        Ok(result)
    }

    async fn initialized(&self, _: InitializedParams) {
        let abilities = self.session.abilities();
        if abilities.watches_files {
            let watcher =
                |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
            let names = ["**/*.toml", "**/hegao-baseline.txt", "**/*.{md,markdown,txt}"];
            let watchers = names.into_iter().map(watcher).collect();
            let registration = Registration {
                id: "hegao-files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok(),
            };
            let client = self.session.client.clone();
            tokio::spawn(async move {
                if let Err(error) = client.register_capability(vec![registration]).await {
                    tracing::warn!(%error, "the client does not watch files");
                }
            });
        }
        if abilities.asks_configuration {
            self.ask_configuration();
        }
        self.session.tell_problems();
        archive::refresh(&self.session);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, language_id, version, text } = params.text_document;
        let is_markdown = language_id == "markdown" || uri.path().ends_with(".md") || uri.path().ends_with(".markdown");
        self.session.open(uri, version, &text, is_markdown);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        match self.session.document(&uri) {
            Some(document) => document.change(&self.session, version, params.content_changes),
            None => tracing::warn!(%uri, "a change of a draft that is not open"),
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.close(&params.text_document.uri);
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        // A client that watches files tells of all that change, and not only of those that it saves.
        if !self.session.abilities().watches_files {
            self.session.configuration().reread();
            if self.session.configure_open() {
                self.session.refresh_diagnostics();
            }
            archive::refresh(&self.session);
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        match self.session.abilities().asks_configuration {
            true => self.ask_configuration(),
            false => {
                self.session.configuration().set_editor(&params.settings);
                self.session.reconfigure();
            }
        }
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let (drafts, others): (Vec<_>, Vec<_>) =
            params.changes.iter().partition(|change| archive::concerns(&change.uri) && !is_baseline(&change.uri));
        if !others.is_empty() || drafts.is_empty() {
            self.session.configuration().reload();
            self.session.reconfigure();
        }
        archive::refresh(&self.session);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let gone: Vec<_> = params.event.removed.iter().filter_map(|f| path(&f.uri)).collect();
        let mut folders = self.session.configuration().folders().to_vec();
        folders.retain(|folder| !gone.contains(folder));
        folders.extend(params.event.added.iter().filter_map(|f| path(&f.uri)));
        self.session.configuration().set_folders(folders);
        self.session.reconfigure();
        archive::refresh(&self.session);
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        diagnostics::document(&self.session, params).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        diagnostics::workspace(&self.session, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let url = params.text_document.uri;
        Ok(self.version(&url).await?.map(|(_, version)| symbols::symbols(&self.session, &url, &version)))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        workspace_symbols::symbols(&self.session, &params.query).await.map(Some)
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let limit = self.session.abilities().fold_limit;
        Ok(self.version(&params.text_document.uri).await?.map(|(_, version)| folding::ranges(&version, limit)))
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let found = self.version(&params.text_document.uri).await?;
        Ok(found.map(|(_, version)| selection::ranges(&version, &params.positions, self.session.encoding())))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let found = self.version(&text_document.uri).await?;
        Ok(found.and_then(|(_, version)| {
            // What is wrong comes first; then how a figure is read.
            let of_figure = || Some(Pointed::at(&self.session, &version, position)?.hover(&text_document.uri));
            hover::hover(&self.session, &version, position).or_else(of_figure)
        }))
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let found = self.version(&text_document.uri).await?;
        let items = found.map(|(_, version)| completion::items(&self.session, &version, position));
        // What is offered depends on more of the line than the word: it is asked for anew at every letter.
        Ok(items.map(|items| CompletionResponse::List(CompletionList { is_incomplete: true, items })))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let declaration = params.context.include_declaration;
        self.pointed(params.text_document_position, |pointed, url| pointed.references(url, declaration)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let found = self.pointed(params.text_document_position_params, |pointed, url| pointed.definition(url)).await?;
        Ok(found.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.pointed(params.text_document_position_params, |pointed, _| pointed.highlights()).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        Ok(self.pointed(params, |pointed, _| pointed.prepare_rename()).await?.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let new = params.new_name;
        self.pointed(params.text_document_position, |pointed, url| pointed.rename(url, &new)).await?.transpose()
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let Some((document, version)) = self.version(&params.text_document.uri).await? else { return Ok(None) };
        let session = Arc::clone(&self.session);
        // Fix-all checks the draft again and again.
        let made = tokio::task::spawn_blocking(move || {
            actions::actions(&session, &document, &version, params.range, params.context.only.as_deref())
        });
        made.await.map(Some).map_err(|_| Error::internal_error())
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let found = self.version(&params.text_document.uri).await?;
        Ok(found.map(|(_, version)| copies::links(&self.session, &version)))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let found = self.version(&params.text_document.uri).await?;
        Ok(found.map(|(document, version)| copies::lenses(&self.session, &document, &version)))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        actions::execute(&self.session, params).await
    }
}

/// A baseline is a text file, and no draft.
fn is_baseline(url: &Url) -> bool {
    url.path().ends_with(crate::config::baseline::FILE_NAME)
}

impl Backend {
    /// `hegao/figures`: the table of a draft's figures.
    pub async fn figures(&self, params: FiguresParams) -> Result<Option<Value>> {
        let found = self.version(&params.text_document.uri).await?;
        found.map(|(_, version)| figures::table(&self.session, &version)).transpose()
    }

    /// What `of` makes of the figure at a position, if there is one.
    async fn pointed<T>(
        &self,
        at: TextDocumentPositionParams,
        of: impl FnOnce(&Pointed<'_>, &Url) -> T,
    ) -> Result<Option<T>> {
        let url = at.text_document.uri;
        let found = self.version(&url).await?;
        Ok(found.and_then(|(_, version)| Some(of(&Pointed::at(&self.session, &version, at.position)?, &url))))
    }

    /// The user does not want to wait for what a progress bar shows; the archive is the only thing that has a token of
    /// ours.
    pub async fn cancel_progress(&self, _: WorkDoneProgressCancelParams) {
        self.session.archive.cancel();
    }

    /// Asks the client for the `hegao` section, without waiting for it here.
    fn ask_configuration(&self) {
        let session = Arc::clone(&self.session);
        let turn = session.asked.fetch_add(1, Ordering::Relaxed) + 1;
        tokio::spawn(async move {
            let item = ConfigurationItem { scope_uri: None, section: Some("hegao".to_owned()) };
            if let Ok(values) = session.client.configuration(vec![item]).await
                && session.asked.load(Ordering::Relaxed) == turn
            {
                session.configuration().set_editor(values.first().unwrap_or(&Value::Null));
                session.reconfigure();
            }
        });
    }
}
