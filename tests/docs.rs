//! What is generated, and what the README shows, is what the program says. `HEGAO_BLESS=1 cargo test --test docs` writes
//! it anew.

use hegao::config::schema::schema;
use hegao::rules::RULES;
use hegao::rules::document::Document;
use std::path::Path;

fn assert_is(path: &str, wanted: &str) {
    if std::env::var_os("HEGAO_BLESS").is_some() {
        let folder = Path::new(path).parent().expect("a folder");
        std::fs::create_dir_all(folder).expect("a folder");
        std::fs::write(path, wanted).expect("written");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "{path} is not what is generated; HEGAO_BLESS=1 cargo test --test docs writes it");
}

#[test]
fn the_rule_pages_are_the_texts_beside_the_rules() {
    let mut index = String::from(
        "# 规则 Rules\n\nGenerated from the `.md` beside each rule in `src/rules`; do not edit here.\n\n| 规则 | 默认 | |\n|---|---|---|\n",
    );
    for rule in RULES {
        let document = Document::parse(rule.document).expect("a rule text");
        let severity = rule.severity.map_or("off", |s| s.name());
        index += &format!("| [{0}]({0}.md) | {severity} | {1} |\n", rule.name, document.gloss);
        assert_is(&format!("docs/rules/{}.md", rule.name), rule.document);
    }
    assert_is("docs/rules/README.md", &index);
}

#[test]
fn the_schema_is_that_of_the_types() {
    let text = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    assert_is("docs/hegao.toml.schema.json", &text);
}

/// What stands between `open` and `close` of `text`, put anew.
fn replaced(text: &str, open: &str, close: &str, wanted: &str) -> String {
    let start = text.find(open).unwrap_or_else(|| panic!("the README has no {open}")) + open.len();
    let end = start + text[start..].find(close).unwrap_or_else(|| panic!("the README has no {close}"));
    format!("{}{wanted}{}", &text[..start], &text[end..])
}

/// The first findings and the sums at the end.
fn excerpt(printed: &str) -> String {
    const FIRST: usize = 3;
    let parts: Vec<&str> = printed.split("\n\n").collect();
    let (sums, findings) = parts.split_last().expect("some output");
    let rest = findings.len().saturating_sub(FIRST);
    let first = findings[..FIRST.min(findings.len())].join("\n\n");
    format!("{first}\n\n[{rest} more findings]\n\n{sums}")
}

#[test]
fn the_readme_shows_what_check_seeds_prints_and_every_rule() {
    let output = assert_cmd::Command::cargo_bin("hegao")
        .expect("the program")
        .args(["check", "seeds"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("text");
    let readme = std::fs::read_to_string("README.md").expect("a README");
    let open = "```console\n$ cargo run --release -- check seeds\n";
    let readme = replaced(&readme, open, "```\n", &excerpt(&printed));
    let row = |rule: &&hegao::rules::Rule| {
        let document = Document::parse(rule.document).expect("a rule text");
        let severity = rule.severity.map_or("off", |s| s.name());
        format!("| `{}` | {severity} | {} |\n", rule.name, document.summary)
    };
    let rows: String = RULES.iter().map(row).collect();
    assert!(readme.contains("cargo test\n"));
    assert_is("README.md", &replaced(&readme, "| rule | level | finds |\n|---|---|---|\n", "\n\n", rows.trim_end()));
}
