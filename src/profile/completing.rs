//! What a profile offers a writer to go on with: the phrase whose beginning was typed, and behind a verb what it counts.
//! Few, and only on a clear beginning: a list that opens at every word is in the way.

use super::{Metric, Profile, Support};
use crate::text::han::fold_width;

/// Letters that must be typed before a phrase is offered: two begin any clause.
const BEGINNING: usize = 3;

/// Offers at one place.
const MOST: usize = 5;

/// Something to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<'p> {
    /// Bytes before the cursor that it stands for too.
    pub replaced: usize,
    pub what: Offered<'p>,
    pub support: &'p Support,
}

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered<'p> {
    Phrase(&'p str),
    /// Its noun, a number to be filled in, and its unit.
    Metric {
        noun: &'p str,
        unit: &'p str,
    },
}

impl Profile {
    /// What may follow `before`, the line up to the cursor; what most exemplars have comes first.
    pub fn offers<'p>(&'p self, before: &str) -> Vec<Offer<'p>> {
        let mut offers = self.phrases_begun(before);
        offers.extend(self.metrics.iter().filter_map(|metric| metric_behind(metric, before)));
        offers.sort_by_key(|offer| std::cmp::Reverse((offer.support.documents, offer.support.instances)));
        offers.truncate(MOST);
        offers
    }

    fn phrases_begun<'p>(&'p self, before: &str) -> Vec<Offer<'p>> {
        // The letters before the cursor with their places, marks between them left out; the last first.
        let letters: Vec<(usize, char)> = before.char_indices().rev().map(|(at, c)| (at, fold_width(c))).collect();
        let typed: Vec<(usize, char)> = letters
            .into_iter()
            .take_while(|(_, c)| !matches!(c, '。' | ';' | ':' | '!' | '?'))
            .filter(|(_, c)| c.is_alphanumeric())
            .collect();
        // The longest beginning first: 牢牢把握团结 rather than 把握团结.
        for length in (BEGINNING..=typed.len()).rev() {
            let beginning: Vec<char> = typed[..length].iter().rev().map(|(_, c)| *c).collect();
            let begun = self
                .phrases
                .opening(&beginning)
                .filter(|(_, letters)| letters.len() > length && letters.starts_with(&beginning));
            let offer = |(phrase, _): (&'p super::Phrase, _)| Offer {
                replaced: before.len() - typed[length - 1].0,
                what: Offered::Phrase(&phrase.text),
                support: &phrase.support,
            };
            let offers: Vec<Offer<'p>> = begun.map(offer).collect();
            if !offers.is_empty() {
                return offers;
            }
        }
        Vec::new()
    }
}

fn metric_behind<'p>(metric: &'p Metric, before: &str) -> Option<Offer<'p>> {
    let [unit, ..] = &metric.units[..] else { return None };
    let follows = metric.verbs.iter().any(|verb| before.ends_with(verb.as_str()));
    follows.then_some(Offer {
        replaced: 0,
        what: Offered::Metric { noun: &metric.noun, unit },
        support: &metric.support,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::builtin;

    fn offered(before: &str) -> Vec<(usize, String)> {
        let shown = |offer: &Offer<'_>| match offer.what {
            Offered::Phrase(text) => (offer.replaced, text.to_owned()),
            Offered::Metric { noun, unit } => (offer.replaced, format!("{noun}…{unit}")),
        };
        builtin().offers(before).iter().map(shown).collect()
    }

    #[test]
    fn a_phrase_is_offered_once_it_is_clear() {
        assert_eq!(offered("五年来，牢牢把握团"), [(15, "牢牢把握团结和民主两大主题".to_owned())]);
        assert_eq!(offered("围绕中心、服"), [(18, "围绕中心、服务大局".to_owned())]);
        for before in ["", "五年来，牢牢", "牢牢把握团结和民主两大主题", "牢牢把。握"] {
            assert_eq!(offered(before), [], "{before}");
        }
    }

    #[test]
    fn behind_a_verb_stands_what_it_counts() {
        assert_eq!(offered("全年共收到")[0], (0, "提案…件".to_owned()));
        assert_eq!(offered("全年共收到提案")[..], []);
    }
}
