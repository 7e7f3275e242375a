use crate::analysis::Block;
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Severity};
use crate::rules::{Check, Rule, View};
use crate::text::han::{is_han, is_invisible, is_space};
use std::ops::Range;

/// 杂字: control characters, characters that were lost in a conversion, and stray Latin words inside Chinese text.
pub static RULE: Rule = Rule {
    name: "paragraphs/stray",
    document: include_str!("stray.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Block(check),
};

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    let structure = &block.facts.structure;
    if !structure.is_text() {
        return;
    }
    let text = &source[..structure.content.end];
    if text
        .chars()
        .all(|c| is_han(c) || matches!(c, '，' | '。' | '、' | '；' | '：' | '“' | '”' | '（' | '）' | '0'..='9'))
    {
        return;
    }
    for class in [Class::Control, Class::Invisible, Class::Lost] {
        findings.extend(of_class(view, block, source, text, class));
    }
    if !text.contains('`') {
        let tokens = tokens(text);
        findings.extend(words(text, &tokens).map(|range| word(view, block, source, range)));
        findings.extend(
            tokens.iter().filter(|t| is_misread_number(text, t)).map(|t| number(view, block, source, t.clone())),
        );
    }
}

/// A class of characters that have no business in a report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Control,
    /// Without a shape, inside a Chinese word: searching for the word does not find it.
    Invisible,
    /// Lost in a conversion, private, or a mark that combines with nothing.
    Lost,
}

/// What UTF-8 looks like when it was read as GBK or Latin-1, and the reverse.
const MOJIBAKE: [&str; 5] = ["锟斤拷", "锘縩", "ï»¿", "â€", "ã€"];

impl Class {
    /// The stretches of `text` in this class. Line ends and the breaks of word processors (VT, FF) are layout.
    fn of(self, text: &str) -> Vec<Range<usize>> {
        let belongs = |c: char, before: Option<char>| match self {
            Class::Control => c.is_control() && !matches!(c, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}'),
            Class::Invisible => is_invisible(c),
            Class::Lost => {
                matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
                    || (matches!(c, '\u{300}'..='\u{36F}') && before.is_some_and(is_han))
            }
        };
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut before = None;
        for (at, c) in text.char_indices() {
            if belongs(c, before) {
                match found.last_mut().filter(|last| last.end == at) {
                    Some(last) => last.end += c.len_utf8(),
                    None => found.push(at..at + c.len_utf8()),
                }
            }
            before = Some(c);
        }
        if self == Class::Invisible {
            let han = |c: Option<char>| c.is_some_and(is_han);
            found.retain(|r| han(text[..r.start].chars().next_back()) && han(text[r.end..].chars().next()));
        }
        if self == Class::Lost {
            found.extend(MOJIBAKE.iter().flat_map(|m| text.match_indices(m).map(|(at, m)| at..at + m.len())));
            found.sort_by_key(|r| r.start);
        }
        found
    }
}

/// One finding for all of a class in a block: where one is, there are often hundreds.
fn of_class(view: &View<'_>, block: &Block, source: &str, text: &str, class: Class) -> Option<Finding> {
    let found = class.of(text);
    let first = found.first()?.clone();
    let count = found.len();
    let code = source[first.clone()].chars().next().map_or(0, |c| c as u32);
    let (severity, zh, en) = match class {
        Class::Control => (
            Severity::Warning,
            format!("本段有控制字符{count}处（U+{code:04X}），打印和发布时会变成乱码；请删去"),
            format!("{count} control characters (U+{code:04X}) that print as rubbish. Remove them."),
        ),
        Class::Invisible => (
            Severity::Hint,
            format!("本段汉字之间有看不见的字符{count}处（U+{code:04X}），会使检索、比对落空；请删去"),
            format!(
                "{count} invisible characters (U+{code:04X}) inside words, which a search will not find. Remove them."
            ),
        ),
        Class::Lost => (
            Severity::Warning,
            format!("本段有乱码{count}处（U+{code:04X}），原来的字已丢失；请对照原稿补上"),
            format!(
                "{count} garbled characters (U+{code:04X}): what stood there is lost. Restore it from the original."
            ),
        ),
    };
    let removals =
        found.iter().map(|r| Edit::Replace { place: view.place(block, source, r.clone()), text: String::new() });
    let fix = (class != Class::Lost).then(|| Fix {
        title: Message::new(format!("删去这些字符（{count}处）"), format!("Remove them ({count} places)")),
        applicability: Applicability::Safe,
        key: view.exclusive(block.id),
        edits: removals.collect(),
    });
    Some(Finding {
        rule: view.rule,
        severity,
        message: Message::new(zh, en),
        place: view.place(block, source, first),
        related: Vec::new(),
        fixes: fix.into_iter().collect(),
        identity: view.identity(block, &format!("U+{code:04X}")),
    })
}

/// Runs of ASCII letters and digits, with what joins them to one name: `PM2.5`, `5G-A`, `a@b.cn`, `e_mail`.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let belongs =
        |c: char| c.is_ascii_graphic() && !matches!(c, ',' | ';' | ':' | '(' | ')' | '"' | '!' | '?' | '*' | '#' | '|');
    let mut tokens: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| belongs(*c)) {
        match tokens.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += c.len_utf8(),
            None => tokens.push(at..at + c.len_utf8()),
        }
    }
    tokens
}

/// The character before or behind, spaces left aside.
fn neighbours(text: &str, range: &Range<usize>) -> (Option<char>, Option<char>) {
    let before = text[..range.start].chars().rev().find(|c| !is_space(*c));
    let behind = text[range.end..].chars().find(|c| !is_space(*c));
    (before, behind)
}

/// Loan words and measures that are written in small letters.
const KNOWN: [&str; 120] = [
    "app", "apps", "wifi", "vlog", "plog", "blog", "plus", "pro", "max", "mini", "live", "online", "offline", "logo",
    "cosplay", "coser", "citywalk", "city", "walk", "hub", "mall", "show", "park", "club", "town", "lab", "labs",
    "token", "tokens", "demo", "bug", "vip", "ppt", "pdf", "doc", "docx", "xls", "xlsx", "txt", "csv", "jpg", "png",
    "mp3", "mp4", "excel", "word", "web", "www", "http", "https", "html", "email", "mail", "qq", "etc", "ktv", "led",
    "usb", "atm", "ipo", "gdp", "cpi", "ppi", "pmi", "lng", "cng", "ppp", "epc", "sci", "ai", "kpi", "okr", "mba",
    "nba", "cba", "ceo", "ufo", "vr", "iot", "saas", "paas", "iaas", "bim", "gis", "gps", "erp", "oa", "km", "kpa",
    "mpa", "hpa", "kwh", "mwh", "gwh", "ppm", "ppb", "rpm", "mol", "mmol", "lux", "cal", "kcal", "mmhg", "mah", "bps",
    "kbps", "mbps", "mrna", "siri", "cell", "nature", "science", "deepseek", "wps", "zoom", "ofo", "chatgpt",
    "bilibili", "cbd", "kimi",
];

/// Small Latin words of at least three letters between Han, which nothing around explains.
fn words<'t>(text: &'t str, tokens: &'t [Range<usize>]) -> impl Iterator<Item = Range<usize>> + 't {
    let is_stray = move |token: &&Range<usize>| {
        let word = &text[(*token).clone()];
        let (before, behind) = neighbours(text, token);
        let first = word.chars().next();
        word.len() >= 3
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && before.is_some_and(is_han)
            && behind.is_some_and(is_han)
            && !KNOWN.contains(&word)
            // xxx, iii: a blank or a Roman numeral.
            && !word.chars().all(|c| Some(c) == first)
            && !word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
            // 读作 hang, 拼音 zhong, 公众号 zhengxie.
            && !matches!(before, Some('读' | '念' | '作' | '音' | '拼' | '叫' | '称' | '写' | '名' | '即' | '号' | '码' | '网'))
            // A word that stands twice is a name, and so is one in quotes or brackets.
            && text.matches(word).count() == 1
            && !is_enclosed(&text[..token.start])
    };
    tokens.iter().filter(is_stray).cloned()
}

/// Whether a quote, bracket or tag that opened in `before` is still open.
fn is_enclosed(before: &str) -> bool {
    let open = |opening: &[char], closing: &[char]| {
        before.chars().filter(|c| opening.contains(c)).count() > before.chars().filter(|c| closing.contains(c)).count()
    };
    open(&['“', '‘', '《', '「', '（', '(', '【', '[', '<'], &['”', '’', '》', '」', '）', ')', '】', ']', '>'])
        || before.matches('"').count() % 2 == 1
}

/// l2万, 2O22年: a letter where a scanner should have read a digit. `O2` and `5l` mean something.
fn is_misread_number(text: &str, token: &Range<usize>) -> bool {
    let word = &text[token.clone()];
    let (before, behind) = (text[..token.start].chars().next_back(), text[token.end..].chars().next());
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'l' | b'O'))
        && digits > 0
        && digits < word.len()
        && !word.starts_with('O')
        && !word.ends_with(['l', 'O'])
        && before.is_some_and(is_han)
        && behind.is_some_and(is_han)
}

fn word(view: &View<'_>, block: &Block, source: &str, range: Range<usize>) -> Finding {
    let word = &source[range.clone()];
    Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!("汉字之间夹着外文词“{word}”，像是转换或误按留下的；请核对原文"),
            format!("The word “{word}” stands alone in Chinese text. Check whether it was left by a conversion."),
        ),
        place: view.place(block, source, range.clone()),
        related: Vec::new(),
        fixes: Vec::new(),
        identity: view.identity(block, word),
    }
}

fn number(view: &View<'_>, block: &Block, source: &str, range: Range<usize>) -> Finding {
    let written = &source[range.clone()];
    let digits = written.replace('l', "1").replace('O', "0");
    Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("“{written}”里有字母，疑为数字“{digits}”；请核对"),
            format!("“{written}” has a letter in it; “{digits}” may be meant. Check it."),
        ),
        place: view.place(block, source, range.clone()),
        related: Vec::new(),
        fixes: vec![Fix {
            title: Message::new(format!("改为“{digits}”"), format!("Write “{digits}”")),
            applicability: Applicability::Unsafe,
            key: view.exclusive(block.id),
            edits: vec![Edit::Replace { place: view.place(block, source, range.clone()), text: digits.clone() }],
        }],
        identity: view.identity(block, written),
    }
}
