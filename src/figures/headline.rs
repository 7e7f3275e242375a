//! Headline figures (主要指标): what a report has one figure of for its place and its year, so that a short clause already
//! means one thing: 城镇新增就业5200人, 粮食总产量26.8万吨.

use super::mentions;
use super::statement::{StatementKey, statements};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// One clause a line, with a number where the figure stands. Sources: the main targets of the five-year plans, the
/// statistical communiqués of the places in the reports, and the work of a 政协 as its reports count it.
static HEADLINES: LazyLock<FxHashSet<StatementKey>> = LazyLock::new(|| {
    let keys = |clause: &str| statements(clause, &mentions(clause)).into_iter().map(|statement| statement.key);
    include_str!("headlines.txt").lines().filter(|line| !line.starts_with('#')).flat_map(keys).collect()
});

/// Whether a statement is one of a headline figure.
pub fn is_headline(key: StatementKey) -> bool {
    HEADLINES.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_statement_and_none_stands_twice() {
        let lines: Vec<&str> = include_str!("headlines.txt").lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            assert_eq!(statements(line, &mentions(line)).len(), 1, "{line}");
        }
        assert_eq!(lines.len(), HEADLINES.len());
    }

    #[test]
    fn words_of_the_report_around_it_leave_it_what_it_is() {
        let is = |clause: &str| statements(clause, &mentions(clause)).iter().any(|s| is_headline(s.key));
        assert!(is("全年审查立案提案218件") && is("共提案立案208件") && is("全县城镇新增就业5200人"));
        assert!(!is("清水镇城镇新增就业5200人") && !is("新增就业5200人") && !is("立案218件"));
    }
}
