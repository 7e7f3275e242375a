//! Who gives the report (报告人): a line of the front that holds an office and a name and nothing else, as `甘肃省省长 任振鹤`.

use super::front::Words;
use super::{Said, pattern};
use crate::knowledge::is_surname;
use regex::Regex;
use std::sync::LazyLock;

/// A person in office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    pub office: String,
    pub name: String,
}

/// Offices that give reports; `Speaker::office` is one of them.
pub const OFFICES: [&str; 16] = [
    "总理",
    "省长",
    "市长",
    "县长",
    "区长",
    "州长",
    "旗长",
    "盟长",
    "乡长",
    "镇长",
    "主席",
    "主任",
    "检察长",
    "院长",
    "局长",
    "厅长",
];

/// The whole line: whose office, the office, a name of two or three characters. Longer names, of other peoples, have marks in
/// them or are no longer told from words.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"^(?P<of>\p{{Han}}{{0,20}}?)(?P<office>{})(?P<name>\p{{Han}}{{2,3}})$", OFFICES.join("|")))
});

/// Units of the state that an office is of, or a place ends with.
const UNITS: [char; 8] = ['省', '市', '县', '区', '州', '旗', '乡', '镇'];

/// What no name is: 县政协主席会议, 市长致辞.
const NO_NAME: [&str; 12] =
    ["会议", "办公", "报告", "讲话", "致辞", "述职", "发言", "团", "令", "信箱", "会客", "助理"];

pub fn speaker(words: &Words) -> Option<Said<Speaker>> {
    let found = LINE.captures(words.text())?;
    let (of, office, name) = (found.name("of")?.as_str(), found.name("office")?, found.name("name")?);
    // 湖南省长沙县 is a place and 重庆市长寿区 another: who is 省长 or 市长 is that of a 省 or 市.
    let is_office =
        of.is_empty() || !office.as_str().starts_with(UNITS) || of.ends_with(UNITS) || of.ends_with(['代', '副']);
    let is_name = name.as_str().starts_with(is_surname)
        && !name.as_str().ends_with(UNITS)
        && !NO_NAME.iter().any(|word| name.as_str().contains(word));
    let speaker = Speaker { office: office.as_str().to_owned(), name: name.as_str().to_owned() };
    (is_office && is_name).then(|| words.said(speaker, name.range()))
}
