//! `[knowledge]` of hegao.toml: what a house knows beside the tables: its slogans, its fixed lists, its names.

use std::collections::BTreeMap;

/// `[knowledge]`
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default)]
pub struct Own {
    /// 本单位的提法及其内容 / slogans with their members, in order; one with a known name takes its place.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub slogans: BTreeMap<String, Vec<String>>,
    /// 固定排列，各项用“、”隔开 / lists that stand in one order, members divided by 、
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// 固定名称，差一个字也报 / names (5 characters or more) that are found when one character is off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

/// A name shorter than this is too near to others: of 县政协 and 省政协 neither is a slip of the other.
pub const SHORTEST_NAME: usize = 5;

impl Own {
    /// What cannot be used: the words that are wrong, and what to do. They are left out.
    pub fn problems(&self) -> Vec<(String, String)> {
        let slogans = self.slogans.iter().filter(|(_, members)| !is_members(members)).map(|(name, _)| {
            (name.clone(), format!("“{name}”至少要有两项，各不相同，项内不带“、，” write two members or more, each another, without 、，"))
        });
        let lists = self.lists.iter().filter(|list| !is_list(list)).map(|list| {
            (
                list.clone(),
                format!(
                    "“{list}”至少要有两项，各不相同，用“、”隔开 write two members or more, each another, divided by 、"
                ),
            )
        });
        let names = self.names.iter().filter(|name| !is_name(name)).map(|name| {
            (name.clone(), format!("“{name}”不足{SHORTEST_NAME}个字或带有标点 a name has {SHORTEST_NAME} characters or more, and no marks"))
        });
        slogans.chain(lists).chain(names).collect()
    }

    /// What can be used of it, with `under`, which gives way.
    pub fn over(&self, under: &Own) -> Own {
        let mut slogans = under.slogans.clone();
        slogans.extend(self.slogans.clone());
        let join = |own: &[String], under: &[String]| {
            let new = own.iter().filter(|word| !under.contains(word));
            under.iter().chain(new).cloned().collect()
        };
        Own { slogans, lists: join(&self.lists, &under.lists), names: join(&self.names, &under.names) }
    }
}

/// Whether all of `words` are words, at least two, and none stands twice.
fn are_several(words: &[&str]) -> bool {
    let mut sorted = words.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() == words.len() && words.len() >= 2 && words.iter().all(|word| !word.is_empty())
}

pub(super) fn is_members(members: &[String]) -> bool {
    let words: Vec<&str> = members.iter().map(String::as_str).collect();
    are_several(&words) && !words.iter().any(|word| word.contains(['、', '，']))
}

pub(super) fn is_list(list: &str) -> bool {
    are_several(&list.split('、').collect::<Vec<_>>())
}

pub(super) fn is_name(name: &str) -> bool {
    name.chars().count() >= SHORTEST_NAME && name.chars().all(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_used_is_named() {
        let own = Own {
            slogans: BTreeMap::from([("六有".to_owned(), vec!["有阵地".to_owned()])]),
            lists: vec!["甲、乙".to_owned(), "甲".to_owned(), "甲、甲".to_owned()],
            names: vec!["县政协".to_owned(), "红石榴驿站".to_owned()],
        };
        let wrong: Vec<String> = own.problems().into_iter().map(|(words, _)| words).collect();
        assert_eq!(wrong, ["六有", "甲", "甲、甲", "县政协"]);
    }

    #[test]
    fn the_upper_one_takes_the_place_of_the_lower() {
        let slogans = |members: [&str; 2]| BTreeMap::from([("两有".to_owned(), members.map(str::to_owned).to_vec())]);
        let under = Own { slogans: slogans(["甲", "乙"]), names: vec!["一".to_owned()], ..Own::default() };
        let own =
            Own { slogans: slogans(["丙", "丁"]), names: vec!["二".to_owned(), "一".to_owned()], ..Own::default() };
        let both = own.over(&under);
        assert_eq!(both.slogans["两有"], ["丙", "丁"]);
        assert_eq!(both.names, ["一", "二"]);
    }
}
