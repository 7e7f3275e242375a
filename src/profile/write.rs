//! A profile as its file: one entry a line, so that a person can read it, strike a line, and see in a diff what a new
//! report changed. `Profile::parse` reads it back.

use super::parse::VERSION;
use super::{HeadingForm, Layout, Likeness, Metric, Numbers, Phrase, Profile, Siblings, Support, Topic};
use std::fmt::{self, Display, Formatter};

impl Display for Profile {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "# 样本画像，由 hegao learn 从范文中得出；可以阅读、删改。A profile, learned from exemplars; read it, edit it."
        )?;
        writeln!(out, "# support：见于几份范文（documents）、几处（instances）、其中一处（example）。")?;
        writeln!(out, "version = {VERSION}")?;
        writeln!(out, "documents = {}", self.documents)?;
        writeln!(out, "characters = {}", self.characters)?;
        writeln!(out, "\n# 规范表述：多份范文一字不差的说法。variants：范文中也常见的另一写法，不算差错。")?;
        list(out, "phrases", self.phrases.iter().map(phrase))?;
        writeln!(
            out,
            "\n# 标题写法：层级、序号、占比（%）、字数（最短、居中、最长）、分两句以上的（%）、末尾带标点的（%）。"
        )?;
        list(out, "headings", self.headings.iter().map(heading))?;
        let Siblings { alike, all_but_one } = self.siblings;
        writeln!(out, "# 四个以上并列标题：句式全同的几组，独有一个不同的几组。")?;
        writeln!(out, "siblings = {{ alike = {alike}, all-but-one = {all_but_one} }}")?;
        writeln!(out, "\n# 指标：名称、单位、动词、最小和最大的数。")?;
        list(out, "metrics", self.metrics.iter().map(metric))?;
        writeln!(out, "\n# 内容：这类报告都写的事，按通常的先后（position：在全文的百分之几处；of：同类范文几份）。")?;
        list(out, "sections", self.sections.iter().map(topic))?;
        writeln!(
            out,
            "\n# 近似段落：threshold 为判作重复的最低相似度（段落不足一千时不学）；alarms 为照此误报的段落数；"
        )?;
        writeln!(out, "# inside、across：一份之内、两份之间并非重复的段落，最像的一对有多像（%）。")?;
        writeln!(out, "likeness = {{ {} }}", likeness(&self.likeness))?;
        let Layout { wide_commas, narrow_commas, curly_quotes, straight_quotes } = self.layout;
        writeln!(out, "\n# 标点习惯：几份范文用全角逗号、半角逗号、弯引号、直引号。")?;
        writeln!(
            out,
            "layout = {{ wide-commas = {wide_commas}, narrow-commas = {narrow_commas}, curly-quotes = {curly_quotes}, straight-quotes = {straight_quotes} }}"
        )?;
        let Numbers {
            arabic,
            han,
            myriads,
            digits,
            percent_signs,
            percent_words,
            range_words,
            range_marks,
            narrow,
            wide,
        } = self.numbers;
        writeln!(
            out,
            "\n# 数字习惯：几份范文的数量多用阿拉伯数字、汉字；上万的数写“万”、全用数字；写%、百分之；起止写“至”、用符号；半角、全角。"
        )?;
        writeln!(
            out,
            "numbers = {{ arabic = {arabic}, han = {han}, myriads = {myriads}, digits = {digits}, percent-signs = {percent_signs}, percent-words = {percent_words}, range-words = {range_words}, range-marks = {range_marks}, narrow = {narrow}, wide = {wide} }}"
        )
    }
}

/// A list of inline tables, one a line.
fn list(out: &mut Formatter<'_>, name: &str, entries: impl Iterator<Item = String>) -> fmt::Result {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return writeln!(out, "{name} = []");
    }
    writeln!(out, "{name} = [")?;
    for entry in entries {
        writeln!(out, "  {{ {entry} }},")?;
    }
    writeln!(out, "]")
}

fn phrase(phrase: &Phrase) -> String {
    let Phrase { text, support: seen, variants } = phrase;
    let mut entry = format!("text = {}, {}", quoted(text), support(seen));
    if !variants.is_empty() {
        entry += &format!(", variants = {}", strings(variants));
    }
    entry
}

fn heading(heading: &HeadingForm) -> String {
    let HeadingForm { level, form, share, characters: [shortest, middle, longest], parted, ended, support: seen } =
        heading;
    format!(
        "level = {level}, form = {}, share = {share}, characters = [{shortest}, {middle}, {longest}], parted = {parted}, ended = {ended}, {}",
        quoted(form),
        support(seen)
    )
}

fn metric(metric: &Metric) -> String {
    let Metric { noun, units, verbs, least, most, support: seen } = metric;
    format!(
        "noun = {}, units = {}, verbs = {}, least = {}, most = {}, {}",
        quoted(noun),
        strings(units),
        strings(verbs),
        quoted(least),
        quoted(most),
        support(seen)
    )
}

fn topic(topic: &Topic) -> String {
    let Topic { name, terms, position, of, support: seen } = topic;
    format!("name = {}, terms = {}, position = {position}, of = {of}, {}", quoted(name), strings(terms), support(seen))
}

fn likeness(likeness: &Likeness) -> String {
    let Likeness { threshold, alarms, inside, across, support: seen } = likeness;
    let threshold = threshold.map_or(String::new(), |threshold| format!("threshold = {threshold}, "));
    format!("{threshold}alarms = {alarms}, inside = {inside}, across = {across}, {}", support(seen))
}

fn strings(list: &[String]) -> String {
    let quoted: Vec<String> = list.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

fn support(support: &Support) -> String {
    let Support { documents, instances, example } = support;
    format!("support = {{ documents = {documents}, instances = {instances}, example = {} }}", quoted(example))
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
