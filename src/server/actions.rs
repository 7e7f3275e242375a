//! Code actions, made from our own findings by range (clients may send no diagnostics, or late ones): the fixes, the two
//! ways to say "this is intended", and `source.fixAll.hegao`, which applies safe fixes only, until none is left. On a
//! heading also the revisions of `restructuring`.

use super::convert;
use super::document::{Document, Version};
use super::restructuring;
use super::session::{Session, path};
use crate::checking::Placed;
use crate::checking::fixing::to_fixed_point;
use crate::config::baseline;
use crate::findings::{Applicability, Language};
use crate::rules::views::excerpt;
use crate::text::Change;
use ropey::Rope;
use serde_json::{Value, json};
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::*;

/// Writes a finding's fingerprint to the project's baseline. Arguments: the draft's URL, the fingerprint.
pub const ACCEPT: &str = "hegao.accept";

pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.hegao");

/// The kinds that are offered.
pub const KINDS: [CodeActionKind; 4] = [CodeActionKind::QUICKFIX, restructuring::REWRITE, restructuring::MOVE, FIX_ALL];

/// The actions for a range of a draft, as far as the client wants their kinds.
pub fn actions(
    session: &Session,
    document: &Document,
    version: &Version,
    range: Range,
    only: Option<&[CodeActionKind]>,
) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    let maker = Maker { session, document, version, language: version.language };
    if wanted(only, &CodeActionKind::QUICKFIX) {
        for placed in maker.touching(range) {
            maker.fixes(placed, &mut actions);
            maker.ignores(placed, &mut actions);
        }
    }
    actions.extend(maker.revisions(range, only));
    // Fix-all runs on save for whoever asks for it, and is not in the way of those who did not.
    if only.is_some() && wanted(only, &FIX_ALL) {
        actions.extend(maker.fix_all());
    }
    let usable = |a: &CodeActionOrCommand| {
        session.abilities().code_action_literals || matches!(a, CodeActionOrCommand::Command(_))
    };
    actions.retain(usable);
    actions
}

/// A kind asked for includes its sub-kinds: `source` asks for `source.fixAll.hegao`.
pub(super) fn wanted(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let covers = |asked: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || asked.as_str().is_empty())
    };
    only.is_none_or(|kinds| kinds.iter().any(covers))
}

struct Maker<'a> {
    session: &'a Session,
    document: &'a Document,
    version: &'a Version,
    language: Language,
}

impl<'a> Maker<'a> {
    fn rope(&self) -> &'a Rope {
        &self.version.checked.analysis.rope
    }

    /// Findings that touch `range`, the ends included: the cursor stands behind a word as often as in it.
    fn touching(&self, range: Range) -> impl Iterator<Item = &'a Placed> {
        let checked = &self.version.checked;
        let at = |p| convert::offset(&checked.analysis.rope, p, self.session.encoding());
        let (start, end) = (at(range.start), at(range.end));
        checked.findings.iter().filter(move |placed| {
            let bytes = placed.finding.place.bytes(&checked.analysis);
            bytes.is_some_and(|b| b.start <= end && start <= b.end)
        })
    }

    fn diagnostic(&self, placed: &Placed) -> Option<Vec<Diagnostic>> {
        let url = &self.document.url;
        let diagnostic = convert::diagnostic(self.session, url, &self.version.checked, placed, self.language)?;
        Some(vec![diagnostic])
    }

    fn fixes(&self, placed: &Placed, actions: &mut Vec<CodeActionOrCommand>) {
        for (n, fix) in placed.finding.fixes.iter().enumerate() {
            if fix.applicability == Applicability::DisplayOnly {
                continue;
            }
            let Some(changes) = fix.changes(&self.version.checked.analysis) else { continue };
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: fix.title.text(self.language, |_| 0),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: self.diagnostic(placed),
                edit: Some(convert::edit(self.session, &self.document.url, self.version, &changes)),
                is_preferred: (n == 0).then_some(true),
                ..CodeAction::default()
            }));
        }
    }

    /// A comment above the block where a comment is invisible, and the project's baseline where there is a project.
    fn ignores(&self, placed: &Placed, actions: &mut Vec<CodeActionOrCommand>) {
        let rule = placed.finding.rule;
        let in_zh = self.language == Language::Zh;
        if let Some(location) = placed.finding.location(&self.version.checked.analysis)
            && self.document.is_markdown
            && rule != crate::rules::suppressions::unused::NAME
        {
            let reason = if in_zh { "有意" } else { "intended" };
            let ending = if self.rope().len_lines() > 1 && self.rope().line(0).to_string().ends_with("\r\n") {
                "\r\n"
            } else {
                "\n"
            };
            let text = format!("<!-- hegao-ignore {rule} {reason} -->{ending}");
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: if in_zh {
                    format!("此处忽略 {rule}（加注释）")
                } else {
                    format!("Ignore {rule} here (comment)")
                },
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: self.diagnostic(placed),
                edit: Some(convert::edit(
                    self.session,
                    &self.document.url,
                    self.version,
                    &[Change { range: location.byte..location.byte, text }],
                )),
                ..CodeAction::default()
            }));
        }
        if self.session.configuration().baseline(&path(&self.document.url)).is_some() {
            let title =
                if in_zh { "有意如此：记入认可清单" } else { "Intended: add to the project's baseline" };
            let arguments = vec![json!(self.document.url), json!(format!("{:016x}", placed.fingerprint))];
            let command = Command { title: title.to_owned(), command: ACCEPT.to_owned(), arguments: Some(arguments) };
            actions.push(match self.session.abilities().code_action_literals {
                false => CodeActionOrCommand::Command(command),
                true => CodeActionOrCommand::CodeAction(CodeAction {
                    title: title.to_owned(),
                    kind: Some(CodeActionKind::QUICKFIX),
                    diagnostics: self.diagnostic(placed),
                    command: Some(command),
                    ..CodeAction::default()
                }),
            });
        }
    }

    /// What can be done with the heading that the range begins in.
    fn revisions(&self, range: Range, only: Option<&[CodeActionKind]>) -> impl Iterator<Item = CodeActionOrCommand> {
        let at = convert::offset(self.rope(), range.start, self.session.encoding());
        let offers = restructuring::offers(&self.version.checked.analysis, at, self.language, only);
        offers.into_iter().map(|(title, kind, changes)| {
            CodeActionOrCommand::CodeAction(CodeAction {
                title: title.to_owned(),
                kind: Some(kind),
                edit: Some(convert::edit(self.session, &self.document.url, self.version, &changes)),
                ..CodeAction::default()
            })
        })
    }

    fn fix_all(&self) -> Option<CodeActionOrCommand> {
        let safe = |p: &Placed| p.finding.fixes.iter().any(|f| f.applicability == Applicability::Safe);
        if !self.version.checked.findings.iter().any(safe) {
            return None;
        }
        let before = self.rope().to_string();
        let fixed = to_fixed_point(&before, &self.version.settings, Applicability::Safe);
        let changes = differences(&before, &fixed.text);
        let title = match self.language {
            Language::Zh => format!("改正全部可自动改的问题（{}处）", fixed.applied),
            Language::En => format!("Fix all that is safe to fix ({})", fixed.applied),
        };
        (!changes.is_empty()).then(|| {
            CodeActionOrCommand::CodeAction(CodeAction {
                title,
                kind: Some(FIX_ALL),
                edit: Some(convert::edit(self.session, &self.document.url, self.version, &changes)),
                ..CodeAction::default()
            })
        })
    }
}

/// The changed lines between two texts, as changes of the first.
fn differences(before: &str, after: &str) -> Vec<Change> {
    let diff = similar::TextDiff::from_lines(before, after);
    let starts = |text: &str| -> Vec<usize> {
        let ends = similar::DiffableStr::tokenize_lines(text).into_iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old, new) = (starts(before), starts(after));
    let changed = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    changed
        .map(|op| Change {
            range: old[op.old_range().start]..old[op.old_range().end],
            text: after[new[op.new_range().start]..new[op.new_range().end]].to_owned(),
        })
        .collect()
}

/// `workspace/executeCommand`.
pub async fn execute(session: &Arc<Session>, params: ExecuteCommandParams) -> Result<Option<Value>> {
    if params.command != ACCEPT {
        return Err(Error::invalid_params(format!("no such command: {}", params.command)));
    }
    let text = |n: usize| params.arguments.get(n).and_then(Value::as_str);
    let (url, wanted) = text(0)
        .and_then(|u| Url::parse(u).ok())
        .zip(text(1))
        .ok_or_else(|| Error::invalid_params("hegao.accept wants a draft's URL and a fingerprint"))?;
    let fingerprint = u64::from_str_radix(wanted, 16).map_err(|_| Error::invalid_params("not a fingerprint"))?;
    let Some(file) = session.configuration().baseline(&path(&url)) else {
        return Err(Error::invalid_params("the draft belongs to no folder"));
    };
    let document = session.document(&url).map(|d| (d.snapshot(), d));
    let version = match document {
        Some((snapshot, document)) => document.at(snapshot).await.ok(),
        None => None,
    };
    let line = version.as_ref().and_then(|version| {
        let checked = &version.checked;
        let placed = checked.findings.iter().find(|p| p.fingerprint == fingerprint)?;
        let bytes = placed.finding.place.bytes(&checked.analysis)?;
        let words = excerpt(&checked.analysis.source(bytes), 24);
        Some(baseline::line(fingerprint, placed.finding.rule, &words))
    });
    let Some(line) = line else {
        return Err(Error::invalid_params("the finding is gone: 该问题已不存在"));
    };
    let _alone = session.baseline.lock().await;
    let written = tokio::task::spawn_blocking({
        let file = file.clone();
        move || baseline::append(&file, &[line])
    });
    match written.await {
        Ok(Ok(())) => {
            session.configuration().reload();
            session.reconfigure();
            Ok(None)
        }
        Ok(Err(error)) => {
            session.tell(MessageType::ERROR, format!("{}: {error}", file.display()));
            Err(Error::internal_error())
        }
        Err(_) => Err(Error::internal_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_asked_for_covers_its_sub_kinds() {
        assert!(wanted(None, &FIX_ALL));
        assert!(wanted(Some(&[CodeActionKind::SOURCE]), &FIX_ALL));
        assert!(wanted(Some(&[CodeActionKind::SOURCE_FIX_ALL]), &FIX_ALL));
        assert!(!wanted(Some(&[CodeActionKind::QUICKFIX]), &FIX_ALL));
        assert!(!wanted(Some(&[CodeActionKind::from("source.fix")]), &FIX_ALL));
    }

    #[test]
    fn differences_rebuild_the_text() {
        let (before, after) = ("甲\n乙\r\n丙\n丁", "甲\n丙\n戊\n丁");
        assert_eq!(crate::findings::fix::apply(before, &differences(before, after)), after);
    }
}
