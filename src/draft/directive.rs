//! Suppression comments: `<!-- hegao-ignore RULE 理由 -->` for the next block, `<!-- hegao-ignore-file RULE 理由 -->`
//! for the whole text. RULE is a rule (`duplicates/paragraph`), a group (`duplicates`), several joined by commas, or
//! `all`.

/// What a suppression comment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub whole_file: bool,
    /// Rules or groups; `all` stands for every rule. Never empty.
    pub names: Vec<String>,
}

impl Directive {
    /// Reads an HTML comment's source; `None` if it is an ordinary comment.
    pub fn parse(comment: &str) -> Option<Directive> {
        let body = comment.trim().strip_prefix("<!--")?.split("-->").next()?.trim();
        let rest = body.strip_prefix("hegao-ignore")?;
        let (whole_file, rest) = match rest.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '\n', '\u{3000}']) {
            return None;
        }
        let names = rest.split_whitespace().next().unwrap_or("all");
        let mut names: Vec<String> = names.split([',', '，']).filter(|n| !n.is_empty()).map(str::to_owned).collect();
        if names.is_empty() {
            names.push("all".to_owned());
        }
        Some(Directive { whole_file, names })
    }

    /// Whether it covers findings of `rule`.
    pub fn covers(&self, rule: &str) -> bool {
        self.names.iter().any(|name| name == "all") || self.names(rule)
    }

    /// Whether it covers findings of `rule` by name, not by `all`.
    pub fn names(&self, rule: &str) -> bool {
        self.names.iter().any(|name| names(name, rule))
    }
}

/// Whether `name` is `rule` itself or the group it is in.
pub fn names(name: &str, rule: &str) -> bool {
    name == rule || rule.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_names_rules_or_groups() {
        let one = Directive::parse("<!-- hegao-ignore duplicates/paragraph 有意重复 -->\n").unwrap();
        assert!(one.covers("duplicates/paragraph") && !one.covers("duplicates/sentence"));
        let group = Directive::parse("<!--hegao-ignore-file duplicates,figures/count-->").unwrap();
        assert!(group.whole_file && group.covers("duplicates/sentence") && group.covers("figures/count"));
        assert!(!group.covers("duplicatesx/y"));
        assert!(Directive::parse("<!-- hegao-ignore -->").unwrap().covers("a/b"));
        assert_eq!(Directive::parse("<!-- hegao-ignored -->"), None);
        assert_eq!(Directive::parse("<!-- 备注 -->"), None);
    }
}
