//! What the client can do, resolved once at `initialize`.

use crate::findings::Language;
use crate::text::Encoding;
use tower_lsp::lsp_types::{ClientCapabilities, InitializeParams, PositionEncodingKind};

/// The client's abilities, as far as the server asks for them.
#[derive(Clone, Debug, Default)]
pub struct Abilities {
    pub encoding: Encoding,
    pub language: Language,
    /// The client asks for diagnostics; otherwise they are pushed. Never both.
    pub pulls: bool,
    pub refreshes_diagnostics: bool,
    pub related_information: bool,
    pub hierarchical_symbols: bool,
    pub document_changes: bool,
    pub code_action_literals: bool,
    pub watches_files: bool,
    /// The client takes completions with places to fill in.
    pub snippets: bool,
    pub asks_configuration: bool,
    /// The client opens `hegao:` pages about rules (`"ruleDocumentation": true` in its initialization options).
    pub opens_rules: bool,
    pub shows_progress: bool,
    /// The client runs `hegao.compare`: it says so with `{"compare": true}` in its initialization options.
    pub compares: bool,
    /// How many folds the client takes of a draft.
    pub fold_limit: Option<usize>,
}

impl Abilities {
    pub fn of(params: &InitializeParams) -> Abilities {
        let client: &ClientCapabilities = &params.capabilities;
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let encodings = client.general.as_ref().and_then(|g| g.position_encodings.as_deref()).unwrap_or_default();
        Abilities {
            encoding: encoding(encodings),
            // A client that says nothing may still be an English editor on a Chinese desk: then the environment decides.
            language: match &params.locale {
                Some(locale) => Language::of_locale(locale),
                None => crate::config::environment_language(),
            },
            pulls: text.is_some_and(|t| t.diagnostic.is_some()),
            refreshes_diagnostics: workspace
                .and_then(|w| w.diagnostic.as_ref())
                .and_then(|d| d.refresh_support)
                .unwrap_or(false),
            related_information: text
                .and_then(|t| t.publish_diagnostics.as_ref())
                .and_then(|p| p.related_information)
                .unwrap_or(false),
            hierarchical_symbols: text
                .and_then(|t| t.document_symbol.as_ref())
                .and_then(|d| d.hierarchical_document_symbol_support)
                .unwrap_or(false),
            document_changes: workspace
                .and_then(|w| w.workspace_edit.as_ref())
                .and_then(|e| e.document_changes)
                .unwrap_or(false),
            code_action_literals: text
                .and_then(|t| t.code_action.as_ref())
                .is_some_and(|c| c.code_action_literal_support.is_some()),
            snippets: text
                .and_then(|t| t.completion.as_ref()?.completion_item.as_ref()?.snippet_support)
                .unwrap_or(false),
            watches_files: workspace
                .and_then(|w| w.did_change_watched_files.as_ref())
                .and_then(|d| d.dynamic_registration)
                .unwrap_or(false),
            asks_configuration: workspace.and_then(|w| w.configuration).unwrap_or(false),
            opens_rules: params
                .initialization_options
                .as_ref()
                .and_then(|options| options.get("ruleDocumentation")?.as_bool())
                .unwrap_or(false),
            shows_progress: client.window.as_ref().and_then(|w| w.work_done_progress).unwrap_or(false),
            compares: params.initialization_options.as_ref().is_some_and(|options| options["compare"] == true),
            fold_limit: text
                .and_then(|t| t.folding_range.as_ref())
                .and_then(|f| f.range_limit)
                .map(|limit| limit as usize),
        }
    }
}

/// UTF-8 if the client has it: it is the cheapest for a rope of UTF-8. UTF-16 is what every client has.
fn encoding(offered: &[PositionEncodingKind]) -> Encoding {
    match () {
        () if offered.contains(&PositionEncodingKind::UTF8) => Encoding::Utf8,
        () if offered.contains(&PositionEncodingKind::UTF16) || offered.is_empty() => Encoding::Utf16,
        () if offered.contains(&PositionEncodingKind::UTF32) => Encoding::Utf32,
        () => Encoding::Utf16,
    }
}

/// The protocol's name of `encoding`.
pub fn kind(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}
