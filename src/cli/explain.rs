//! A profile told to a reader, as an editor would tell it to another: what was learned, how many reports have it, and
//! where one can look it up. In Chinese or in English; what was learned stays as the reports have it.

use super::terminal;
use crate::findings::Language;
use crate::profile::{HeadingForm, Layout, Likeness, Metric, Numbers, Phrase, Profile, Siblings, Support, Topic};
use std::io::{Result, Write};

/// Tells what `profile` holds.
pub(super) fn explain(profile: &Profile, language: Language, out: &mut dyn Write) -> Result<()> {
    let mut told = Told { language, out };
    let (documents, characters, phrases) = (profile.documents, profile.characters, profile.phrases.len());
    told.head(
        &format!("样本画像：{documents}份范文，{characters}字"),
        &format!("A profile of {documents} reports, {characters} characters"),
    )?;
    told.head(
        &format!("\n规范表述（{phrases}条，多份范文一字不差）："),
        &format!("\nFixed phrases ({phrases}, the same to the letter in several reports):"),
    )?;
    for Phrase { text, support, variants } in profile.phrases.iter() {
        told.entry(text, text, support)?;
        if !variants.is_empty() {
            let variants = terminal::clean(&variants.join("；")).into_owned();
            told.head(&format!("    也写作：{variants}"), &format!("    also written: {variants}"))?;
        }
    }
    told.headings(profile)?;
    let metrics = profile.metrics.len();
    told.head(&format!("\n指标（{metrics}个）："), &format!("\nWhat is counted ({metrics}):"))?;
    for metric in &profile.metrics {
        told.metric(metric)?;
    }
    told.head(
        "\n内容（同类范文五份里至少四份写到，按通常先后）：",
        "\nTopics (in four of five reports of the kind and more, in their usual order):",
    )?;
    for Topic { name, position, of, support, .. } in &profile.sections {
        told.entry(
            &format!("{name}，多在全文{position}%处（同类范文{of}份）"),
            &format!("{name}, mostly at {position} % of the text ({of} reports are of the kind)"),
            support,
        )?;
    }
    told.likeness(&profile.likeness)?;
    told.habits(profile)
}

/// Where it is told, and in which language.
struct Told<'o> {
    language: Language,
    out: &'o mut dyn Write,
}

impl Told<'_> {
    fn head(&mut self, zh: &str, en: &str) -> Result<()> {
        writeln!(self.out, "{}", if self.language == Language::Zh { zh } else { en })
    }

    /// An entry with its evidence.
    fn entry(&mut self, zh: &str, en: &str, seen: &Support) -> Result<()> {
        let Support { documents, instances, example } = seen;
        let (zh, en, example) = (terminal::clean(zh), terminal::clean(en), terminal::clean(example));
        let line = match self.language {
            Language::Zh => format!("  {zh}  〔{documents}份{instances}处，如 {example}〕"),
            Language::En => format!("  {en}  [{instances} times in {documents} reports, as in {example}]"),
        };
        writeln!(self.out, "{line}")
    }

    fn headings(&mut self, profile: &Profile) -> Result<()> {
        self.head("\n标题：", "\nHeadings:")?;
        for heading in &profile.headings {
            let HeadingForm { level, form, share, characters: [shortest, middle, longest], parted, support, .. } =
                heading;
            let is_parted = *parted >= 50;
            self.entry(
                &format!(
                    "第{level}级 {form}：占{share}%，{shortest}至{longest}字，多为{middle}字上下{}",
                    if is_parted { "，多分两句" } else { "" }
                ),
                &format!(
                    "level {level}, {form}: {share} % of the level, {shortest} to {longest} characters, mostly about {middle}{}",
                    if is_parted { ", mostly in two parts" } else { "" }
                ),
                support,
            )?;
        }
        let Siblings { alike, all_but_one } = profile.siblings;
        self.head(
            &format!("  四个以上并列标题：{alike}组句式全同，{all_but_one}组独有一个不同"),
            &format!("  four siblings and more: {alike} families built alike, {all_but_one} with one that differs"),
        )
    }

    fn metric(&mut self, metric: &Metric) -> Result<()> {
        let Metric { noun, units, verbs, least, most, support } = metric;
        let (units, verbs) = (units.join("、"), verbs.join("、"));
        let (with_zh, with_en) = match verbs.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("，常与{verbs}连用"), format!(", often with {verbs}")),
        };
        self.entry(
            &format!("{noun}：以{units}计{with_zh}，{least}至{most}"),
            &format!("{noun}: in {units}{with_en}, {least} to {most}"),
            support,
        )
    }

    fn likeness(&mut self, likeness: &Likeness) -> Result<()> {
        let Likeness { threshold, alarms, inside, across, support } = likeness;
        let paragraphs = support.instances;
        self.head(
            &format!("\n近似段落（读了{paragraphs}段，四十字以上）："),
            &format!("\nLike paragraphs ({paragraphs} of 40 Han and more were read):"),
        )?;
        let standard = Likeness::STANDARD;
        let (zh, en) = match threshold {
            Some(threshold) => (
                format!("  {threshold}%以上判作重复；照此误报{alarms}段"),
                format!("  taken for copies from {threshold} % on; {alarms} of these reports' own would be marked"),
            ),
            None => (
                format!("  段落太少，不学阈值，仍用{standard}%；照此误报{alarms}段"),
                format!(
                    "  too few to learn a threshold, {standard} % stays; {alarms} of these reports' own would be marked"
                ),
            ),
        };
        self.head(&zh, &en)?;
        let likest = |percent: u32| {
            if percent == 0 { format!("<{standard}") } else { percent.to_string() }
        };
        let (inside, across) = (likest(*inside), likest(*across));
        let (at_zh, at_en) = match support.example.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("（{}）", support.example), format!(" ({})", support.example)),
        };
        self.head(
            &format!("  并非重复而最像的两段：一份之内{inside}%{at_zh}，两份之间{across}%"),
            &format!("  the likest that are no copies: {inside} % inside a report{at_en}, {across} % across two"),
        )
    }

    fn habits(&mut self, profile: &Profile) -> Result<()> {
        let Layout { wide_commas, narrow_commas, curly_quotes, straight_quotes } = profile.layout;
        self.head(
            &format!(
                "\n标点：全角逗号{wide_commas}份、半角逗号{narrow_commas}份；弯引号{curly_quotes}份、直引号{straight_quotes}份"
            ),
            &format!(
                "\nMarks: wide commas in {wide_commas} reports, narrow ones in {narrow_commas}; curly quotes in {curly_quotes}, straight ones in {straight_quotes}"
            ),
        )?;
        let Numbers { arabic, han, myriads, digits, .. } = profile.numbers;
        let Numbers { percent_signs, percent_words, range_words, range_marks, narrow, wide, .. } = profile.numbers;
        self.head(
            &format!(
                "数字：数量用阿拉伯数字{arabic}份、汉字{han}份；上万的数写“万”{myriads}份、全用数字{digits}份；%{percent_signs}份、百分之{percent_words}份；起止用“至”{range_words}份、用符号{range_marks}份；半角{narrow}份、全角{wide}份"
            ),
            &format!(
                "Numbers: Arabic quantities in {arabic} reports, Han in {han}; 万 in {myriads}, all digits in {digits}; % in {percent_signs}, 百分之 in {percent_words}; ranges with 至 in {range_words}, with a mark in {range_marks}; narrow digits in {narrow}, wide in {wide}"
            ),
        )
    }
}
