//! Code actions on a heading that change the draft's structure: renumber, raise and lower, move past a neighbour. Each is
//! offered where it can be done and changes something, and carries its edit.

use super::actions::wanted;
use crate::analysis::Analysis;
use crate::draft::Role;
use crate::findings::Language;
use crate::revision;
use crate::text::Change;
use tower_lsp::lsp_types::CodeActionKind;

pub const REWRITE: CodeActionKind = CodeActionKind::REFACTOR_REWRITE;

/// A kind of LSP 3.18; the library knows those of 3.17.
pub const MOVE: CodeActionKind = CodeActionKind::new("refactor.move");

/// A revision as an editor offers it.
struct Offer {
    kind: CodeActionKind,
    zh: &'static str,
    en: &'static str,
    revise: fn(&Analysis, usize) -> Option<Vec<Change>>,
}

const OFFERS: [Offer; 6] = [
    Offer { kind: REWRITE, zh: "本组顺次重编", en: "Renumber this chain", revise: revision::renumber_chain },
    Offer {
        kind: REWRITE,
        zh: "全文序号重编",
        en: "Renumber all chains",
        revise: |analysis, _| revision::renumber_all(analysis),
    },
    Offer { kind: REWRITE, zh: "升一级", en: "Raise by one level", revise: revision::promote },
    Offer { kind: REWRITE, zh: "降一级", en: "Lower by one level", revise: revision::demote },
    Offer { kind: MOVE, zh: "上移本节", en: "Move this section up", revise: revision::move_up },
    Offer { kind: MOVE, zh: "下移本节", en: "Move this section down", revise: revision::move_down },
];

/// The revisions of the heading at byte `at`, as far as the client wants their kinds.
pub fn offers(
    analysis: &Analysis,
    at: usize,
    language: Language,
    only: Option<&[CodeActionKind]>,
) -> Vec<(&'static str, CodeActionKind, Vec<Change>)> {
    let Some(node) = heading_at(analysis, at) else { return Vec::new() };
    let made = |offer: Offer| {
        let title = if language == Language::Zh { offer.zh } else { offer.en };
        Some((title, offer.kind, (offer.revise)(analysis, node)?))
    };
    OFFERS.into_iter().filter(|offer| wanted(only, &offer.kind)).filter_map(made).collect()
}

/// The heading whose words hold byte `at`, its marks included; the text behind a run-in heading is not it.
fn heading_at(analysis: &Analysis, at: usize) -> Option<usize> {
    let (location, block) = analysis.table.at_byte(at)?;
    let node = analysis.outline.index_of(block.id)?;
    let structure = &block.facts.structure;
    let end = if structure.signature.run_in { structure.words(0).end } else { structure.content.end };
    let is_heading = analysis.outline.nodes[node].role == Role::Heading;
    (is_heading && at <= location.byte + end).then_some(node)
}
