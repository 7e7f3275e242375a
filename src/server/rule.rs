//! Pages about rules: the request `hegao/rule`, and the link from a finding's code to the page in editors that can open
//! it.

use super::session::Session;
use crate::config::parse::suggestion;
use crate::rules::{self, RULES};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{CodeDescription, Url};

/// The request's method. Parameters: `{"name": "duplicates/paragraph"}`; result: `{"markdown": "…"}`, which is what
/// `hegao rule NAME` prints.
pub const METHOD: &str = "hegao/rule";

#[derive(Debug, serde::Deserialize)]
pub struct Parameters {
    name: String,
}

#[derive(Debug, serde::Serialize)]
pub struct Page {
    markdown: &'static str,
}

pub fn page(parameters: &Parameters) -> Result<Page> {
    let name = &parameters.name;
    match rules::named(name) {
        Some(rule) => Ok(Page { markdown: rule.document }),
        None => {
            let near = suggestion(name, RULES.iter().map(|rule| rule.name));
            Err(Error::invalid_params(format!("没有规则 no such rule `{name}`{near}")))
        }
    }
}

/// `hegao:/GROUP/NAME.md`, for a client that said at `initialize` that it opens such pages: to any other the link would
/// be dead. The path ends in `.md` so that the editor takes the page for Markdown.
pub fn link(session: &Session, rule: &str) -> Option<CodeDescription> {
    let href = session.abilities().opens_rules.then(|| Url::parse(&format!("hegao:/{rule}.md")))?;
    Some(CodeDescription { href: href.ok()? })
}
