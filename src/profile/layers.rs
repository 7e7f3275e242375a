//! Layers: a house's profile over another one. What the upper one has learned counts; what only the lower one knows stays.

use super::phrases::letters;
use super::{Layout, Numbers, Phrase, Phrases, Profile};
use std::collections::BTreeSet;

impl Profile {
    /// This profile with `upper` laid over it. Phrases and metrics of both count, each as the
    /// upper one has it; of the habits of headings, sections, layout and numbers the upper one's count, if it has any;
    /// so does its threshold of likeness.
    pub fn under(&self, upper: &Profile) -> Profile {
        let words = |phrase: &Phrase| letters(&phrase.text).collect::<String>();
        let known: BTreeSet<String> = upper.phrases.iter().map(words).collect();
        let below = self.phrases.iter().filter(|phrase| !known.contains(&words(phrase)));
        let phrases: Phrases = upper.phrases.iter().chain(below).cloned().collect();
        let headings = if upper.headings.is_empty() { self } else { upper };
        let metrics =
            |profile: &Profile| profile.metrics.iter().map(|metric| metric.noun.clone()).collect::<BTreeSet<_>>();
        let (known, mut all) = (metrics(upper), upper.metrics.clone());
        all.extend(self.metrics.iter().filter(|metric| !known.contains(&metric.noun)).cloned());
        Profile {
            documents: upper.documents,
            characters: upper.characters,
            phrases,
            headings: headings.headings.clone(),
            siblings: headings.siblings,
            metrics: all,
            sections: if upper.sections.is_empty() { &self.sections } else { &upper.sections }.clone(),
            likeness: if upper.likeness.threshold.is_some() { &upper.likeness } else { &self.likeness }.clone(),
            layout: if upper.layout == Layout::default() { self } else { upper }.layout,
            numbers: if upper.numbers == Numbers::default() { self } else { upper }.numbers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Support;

    fn profile(documents: u32, phrases: &[&str]) -> Profile {
        let support = Support { documents, instances: documents, example: String::new() };
        let phrase = |text: &&str| Phrase { text: (*text).to_owned(), support: support.clone(), variants: Vec::new() };
        Profile { documents, phrases: phrases.iter().map(phrase).collect(), ..Profile::default() }
    }

    #[test]
    fn the_upper_layer_wins_and_the_lower_one_stays() {
        let lower = profile(5, &["围绕中心、服务大局", "牢牢把握团结和民主两大主题"]);
        let upper = profile(2, &["围绕中心，服务大局", "书写履职为民新答卷"]);
        let both = lower.under(&upper);
        let texts: Vec<(&str, u32)> = both.phrases.iter().map(|p| (p.text.as_str(), p.support.documents)).collect();
        assert_eq!(texts, [("围绕中心，服务大局", 2), ("书写履职为民新答卷", 2), ("牢牢把握团结和民主两大主题", 5)]);
        assert_eq!(both.documents, 2);
    }
}
