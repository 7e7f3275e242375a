//! Learning (从范文中得出画像): reads exemplars with the core and writes down what is normal in them, as a `Profile`.
//!
//! Each exemplar is read on its own (`Exemplar::read`, in parallel), and what was read of all of them is put together here.
//! The same exemplars give the same profile, in whatever order they come and on however many threads: they are put in the
//! order of their names and contents first, and nothing below depends on the order of a map or of threads. Copies of one
//! report among the exemplars count once (`copies`).

mod copies;
mod corpus;
mod exemplar;
mod headings;
mod layout;
mod likeness;
mod metrics;
mod numbers;
mod phrases;
mod repeats;
mod sections;
mod seen;

pub use exemplar::Exemplar;

use crate::profile::Profile;
use corpus::Corpus;

/// How many exemplars must have an entry, unless somebody says otherwise: two, and three where there are many, because
/// two in twenty share wording by chance.
pub fn least_support(documents: usize) -> u32 {
    const MANY: usize = 10;
    if documents < MANY { 2 } else { 3 }
}

/// The profile of `exemplars`. `least` is the support that an entry needs, in documents.
pub fn learn(mut exemplars: Vec<Exemplar>, least: Option<u32>) -> Profile {
    exemplars.sort_by(|a, b| (&a.name, a.hash).cmp(&(&b.name, b.hash)));
    let documents = copies::documents(&exemplars);
    let count = documents.iter().max().map_or(0, |last| last + 1);
    let least = least.unwrap_or(least_support(count as usize)).max(1);
    let corpus = Corpus::of(&exemplars, &documents);
    let each: Vec<(u32, &Exemplar)> = documents.iter().copied().zip(&exemplars).collect();
    let of_each = |document: u32| documents.iter().position(|d| *d == document).map_or(0, |n| exemplars[n].characters);
    Profile {
        documents: count,
        characters: (0..count).map(of_each).sum(),
        phrases: phrases::phrases(&corpus, least),
        headings: headings::forms(&each, least),
        siblings: headings::siblings(&each),
        metrics: metrics::metrics(&each, least),
        sections: sections::topics(&each),
        likeness: likeness::likeness(&each),
        layout: layout::layout(&each),
        numbers: numbers::numbers(&each),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "# 工作报告\n一年来，县政协牢牢把握团结和民主两大主题，认真履行职能，收到提案42件。\n";
    const TWO: &str = "过去五年，市政协牢牢把握团结和民主两大主题，围绕中心、服务大局，开展调研28次。\n";
    const THREE: &str = "区政协坚持围绕中心，服务大局，组织视察16次，一批建议得到采纳，群众反映良好。\n";

    fn learned(texts: &[(&str, &str)]) -> Profile {
        learn(texts.iter().map(|(name, text)| Exemplar::read(name, text)).collect(), None)
    }

    fn phrases(profile: &Profile) -> Vec<(&str, u32, u32, &str)> {
        let shown = profile
            .phrases
            .iter()
            .map(|p| (p.text.as_str(), p.support.documents, p.support.instances, p.support.example.as_str()));
        shown.collect()
    }

    #[test]
    fn wording_that_two_exemplars_share_is_a_phrase() {
        let profile = learned(&[("甲.txt", ONE), ("乙.txt", TWO), ("丙.txt", THREE)]);
        let expected = [("围绕中心、服务大局", 2, 2, "乙.txt:1"), ("牢牢把握团结和民主两大主题", 2, 2, "乙.txt:1")];
        let mut found = phrases(&profile);
        found.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(profile.documents, 3);
    }

    #[test]
    fn order_makes_no_difference() {
        let one = learned(&[("甲.txt", ONE), ("乙.txt", TWO), ("丙.txt", THREE)]);
        let other = learned(&[("丙.txt", THREE), ("甲.txt", ONE), ("乙.txt", TWO)]);
        assert_eq!(one.to_string(), other.to_string());
    }

    #[test]
    fn a_copy_among_the_exemplars_proves_nothing() {
        let long = format!("{ONE}{}", THREE.repeat(2));
        let copy = long.replace("42件", "43件");
        let profile = learned(&[("甲.txt", &long), ("甲 副本.txt", &copy)]);
        assert_eq!((profile.documents, phrases(&profile)), (1, vec![]));
    }

    #[test]
    fn what_is_learned_is_read_back() {
        let profile = learned(&[("甲 \"一\".txt", ONE), ("乙.txt", TWO), ("丙.txt", THREE)]);
        assert_eq!(Profile::parse("house.toml", &profile.to_string()).as_ref(), Ok(&profile));
    }
}
