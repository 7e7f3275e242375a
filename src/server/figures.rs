//! Figures in the editor: hover, references, definition, highlights, rename, and the table (`hegao/figures`). All of them
//! read the ledger, which is made when it is asked for.

use super::convert;
use super::document::Version;
use super::session::Session;
use crate::analysis::{Ledger, Located, Status};
use crate::exchange::{LedgerJson, bounds, scope};
use crate::figures::{Bound, Decimal, attainable, number, print};
use crate::findings::Language;
use crate::text::Change;
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, Hover, HoverContents, Location, MarkupContent, MarkupKind, Position,
    PrepareRenameResponse, Range, TextDocumentIdentifier, Url, WorkspaceEdit,
};

/// A figure of a draft that a request is about.
pub struct Pointed<'v> {
    session: &'v Session,
    version: &'v Version,
    ledger: Ledger,
    /// The mention under the position, and all of its figure.
    here: usize,
    all: Vec<usize>,
}

impl<'v> Pointed<'v> {
    /// The figure at a position, if one is there.
    pub fn at(session: &'v Session, version: &'v Version, at: Position) -> Option<Pointed<'v>> {
        let analysis = &version.checked.analysis;
        let byte = convert::offset(&analysis.rope, at, session.encoding());
        let ledger = analysis.ledger();
        let here = ledger.at(byte)?;
        let all = ledger.figures[ledger.figure(here)?].mentions.clone();
        Some(Pointed { session, version, ledger, here, all })
    }

    fn mention(&self, index: usize) -> &Located {
        &self.ledger.mentions[index]
    }

    fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        convert::range(&self.version.checked.analysis.rope, bytes, self.session.encoding())
    }

    fn location(&self, url: &Url, index: usize) -> Location {
        Location { uri: url.clone(), range: self.range(self.mention(index).bytes.clone()) }
    }

    /// Every place that states the figure.
    pub fn references(&self, url: &Url, declaration: bool) -> Vec<Location> {
        let places = self.all.iter().skip(usize::from(!declaration));
        places.map(|&index| self.location(url, index)).collect()
    }

    /// Where it stands first; from there, where it stands next: digest and body.
    pub fn definition(&self, url: &Url) -> Option<Location> {
        let other = self.all.iter().find(|&&index| index != self.here)?;
        Some(self.location(url, *other))
    }

    pub fn highlights(&self) -> Vec<DocumentHighlight> {
        let each = self.all.iter().map(|&index| self.range(self.mention(index).bytes.clone()));
        each.map(|range| DocumentHighlight { range, kind: Some(DocumentHighlightKind::TEXT) }).collect()
    }

    /// How the figure is read, and where else it stands.
    pub fn hover(&self, url: &Url) -> Hover {
        let chinese = self.version.language == Language::Zh;
        let located = self.mention(self.here);
        let mut text = format!("**{}**", located.text());
        // Writing to a string cannot fail.
        let mut tell = |zh: &str, en: &str, what: &str| {
            let _ = write!(text, "\n- {}{what}", if chinese { zh } else { en });
        };
        if let Some(metric) = located.metric() {
            tell("指标：", "counts ", &(located.verb().map(|verb| verb + " ").unwrap_or_default() + &metric));
        }
        if let Some(value) = value(located, chinese) {
            tell("数值：", "value ", &(value + &located.unit().map(|unit| format!(" {unit}")).unwrap_or_default()));
        }
        if let Some(scope) = scope(located) {
            tell("范围：", "scope ", &scope);
        }
        if let Some((base, [(less, low), (more, high)])) = self.attainable() {
            tell(
                "比率：",
                "of ",
                &match chinese {
                    true => format!("如以“{base}”为总数，{less}是{low}%，{more}是{high}%"),
                    false => format!("“{base}”, if that is the whole, {less} are {low} % and {more} are {high} %"),
                },
            );
        }
        let others: Vec<String> = self
            .all
            .iter()
            .filter(|&&index| index != self.here)
            .map(|&index| {
                let place = self.location(url, index);
                let line = place.range.start.line + 1;
                let said = self.mention(index).text();
                let shown =
                    if chinese { format!("第{line}行“{said}”") } else { format!("line {line} “{said}”") };
                format!("[{shown}]({url}#L{line})")
            })
            .collect();
        let conflict = self.ledger.figure(self.here).is_some_and(|f| self.ledger.figures[f].status == Status::Conflict);
        match (others.is_empty(), conflict) {
            (true, _) => {}
            (_, true) => tell("前后不一致：", "in conflict with ", &others.join("、")),
            _ => tell("另见：", "also ", &others.join("、")),
        }
        let contents = MarkupContent { kind: MarkupKind::Markdown, value: text };
        Hover { contents: HoverContents::Markup(contents), range: Some(self.range(located.bytes.clone())) }
    }

    /// The whole numbers beside a percentage, of the count before it.
    fn attainable(&self) -> Option<(&str, [(i128, Decimal); 2])> {
        let base = self.ledger.base(self.here)?;
        let cases = base.mention.value().and_then(Decimal::whole)?;
        Some((base.text(), attainable::nearest(cases, &self.mention(self.here).mention, 2)?))
    }

    /// The number that a rename would change, without unit and approximation.
    pub fn prepare_rename(&self) -> Option<PrepareRenameResponse> {
        let located = self.mention(self.here);
        let number = located.mention.number.as_ref().filter(|number| number.vague.is_none())?;
        let range = self.range(located.place(&number.range));
        let placeholder = located.words(&number.range).to_owned();
        Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
    }

    /// Makes the figure `new` in every place, each in its form: 16个 and 十六个.
    ///
    /// # Errors
    /// `new` is no number, or one that the form of some place cannot write.
    pub fn rename(&self, url: &Url, new: &str) -> Result<WorkspaceEdit> {
        let chinese = self.version.language == Language::Zh;
        let refused = |zh: String, en: String| Error::invalid_params(if chinese { zh } else { en });
        let no_number = || refused(format!("“{new}”不是数；请写成16、十六、1.2万"), format!("“{new}” is no number"));
        let new = new.trim();
        let read = number::read(new, 0).filter(|number| number.vague.is_none() && number.upper.is_none());
        let value = read.ok_or_else(no_number)?.value;
        let changes: Result<Vec<Change>> = self
            .all
            .iter()
            .map(|&index| {
                let located = self.mention(index);
                let change = located.mention.number.as_ref().and_then(|number| {
                    let text = print::like(value, number, located.words(&number.range))?;
                    Some(Change { range: located.place(&number.range), text })
                });
                let said = located.text();
                change.ok_or_else(|| {
                    refused(
                        format!("“{said}”的写法写不出{value}，没有改动任何地方；请先把它改成数字"),
                        format!("“{said}” cannot say {value} in its form; nothing was changed"),
                    )
                })
            })
            .collect();
        Ok(convert::edit(self.session, url, self.version, &changes?))
    }
}

/// The number, or the least and the most that its words leave possible.
fn value(located: &Located, chinese: bool) -> Option<String> {
    let value = located.mention.value()?;
    if located.mention.is_ratio() {
        return None;
    }
    let (min, max) = bounds(located);
    let (from, to) = if chinese { ("大于", "小于") } else { ("above ", "below ") };
    Some(match (min?, max?) {
        (Bound::Closed(min), Bound::Closed(max)) if min == max => value.to_string(),
        (min, max) => {
            let end = |bound: Bound, open: &str, closed: &str| match bound {
                Bound::Closed(value) => Some(format!("{closed}{value}")),
                Bound::Open(value) => Some(format!("{open}{value}")),
                Bound::Unbounded => None,
            };
            [end(min, from, "≥"), end(max, to, "≤")].into_iter().flatten().collect::<Vec<_>>().join("，")
        }
    })
}

/// The request for the table.
pub const METHOD: &str = "hegao/figures";

/// Its parameters.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FiguresParams {
    pub text_document: TextDocumentIdentifier,
}

/// The ledger of a draft, with ranges of the protocol.
pub fn table(session: &Session, version: &Version) -> Result<Value> {
    let analysis = &version.checked.analysis;
    let range = |bytes| convert::range(&analysis.rope, bytes, session.encoding());
    let ledger = LedgerJson::of(&analysis.ledger(), |located| located.mention.class.is_figure(), range);
    serde_json::to_value(ledger).map_err(|_| Error::internal_error())
}
