//! A query over titles: the characters that were typed, in their order, with anything between (和谋 finds
//! 和衷共济谋发展). Case, width and spaces do not matter; Han is taken as it is.

use super::han::{fold_width, is_invisible, is_space};

/// What was typed, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(String);

/// How well a title answers; smaller is better: those that hold the query in one piece, then the shorter ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    pub is_scattered: bool,
    /// The title's characters, spaces left out.
    pub length: usize,
}

impl Query {
    pub fn new(typed: &str) -> Query {
        Query(folded(typed))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `None` if `title` does not answer. The empty query is answered by every title.
    pub fn rank(&self, title: &str) -> Option<Rank> {
        let title = folded(title);
        let mut rest = title.chars();
        let answers = self.0.chars().all(|wanted| rest.any(|c| c == wanted));
        answers.then(|| Rank { is_scattered: !title.contains(&self.0), length: title.chars().count() })
    }
}

fn folded(text: &str) -> String {
    let kept = text.chars().filter(|&c| !is_space(c) && !is_invisible(c));
    kept.flat_map(|c| fold_width(c).to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_one_piece_before_scattered_and_shorter_before_longer() {
        let query = Query::new("发 展");
        let mut titles =
            ["发挥作用 展现担当", "加快高质量发展", "谋发展", "稳中求进"].map(|t| (query.rank(t), t)).to_vec();
        titles.retain(|(rank, _)| rank.is_some());
        titles.sort();
        assert_eq!(titles.iter().map(|t| t.1).collect::<Vec<_>>(), ["谋发展", "加快高质量发展", "发挥作用 展现担当"]);
    }

    #[test]
    fn case_width_and_spaces_do_not_matter() {
        assert!(Query::new("gdp２０22").rank("2021年 ＧＤＰ 与 2022").is_some());
        assert_eq!(Query::new("展发").rank("发展"), None);
        assert!(Query::new(" 　").is_empty() && Query::new("").rank("甲").is_some());
    }
}
