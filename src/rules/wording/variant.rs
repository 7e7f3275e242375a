use crate::analysis::FEWEST_OF_A_FORM;
use crate::draft::BlockId;
use crate::findings::{
    Applicability, Edit, Finding, Fix, MOST_RELATED, Message, Place, Related, Severity, stable_hash,
};
use crate::knowledge::{is_near, is_quote};
use crate::rules::{Check, Rule, View};
use crate::text::{Fold, Reading};
use crate::wording::{END, NameKey, plain};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// 两种写法: one name in two forms within a draft (县委、县政府 and 县委县政府).
pub static RULE: Rule = Rule {
    name: "wording/variant",
    document: include_str!("variant.md"),
    severity: Some(Severity::Hint),
    options: &[],
    check: Check::Names(check),
};

/// A form of a name, and where it stands: blocks and bytes of them, in document order. Only of forms that are told of are
/// the places in the draft worked out.
struct Form {
    text: String,
    is_quoted: bool,
    stands: Vec<(BlockId, Range<usize>)>,
}

impl Form {
    fn place(&self, view: &View<'_>, n: usize) -> Option<Place> {
        let (id, range) = self.stands.get(n)?;
        let (location, block) = view.analysis.table.find(*id)?;
        Some(view.place(block, &view.source(location, block), range.clone()))
    }
}

fn check(view: &View<'_>, key: NameKey, blocks: &[BlockId], findings: &mut Vec<Finding>) {
    let mut forms = forms(view, key, blocks);
    // The habit first: the form that stands more often, or of two the one that came first.
    forms.sort_by_key(|form| std::cmp::Reverse(form.stands.len()));
    for (n, form) in forms.iter().enumerate() {
        if let Some(habit) = forms[..n].iter().find(|habit| are_one(key, habit, form)) {
            findings.extend(finding(view, habit, form));
        }
    }
}

/// The forms of the name that stand often enough to be one.
fn forms(view: &View<'_>, key: NameKey, blocks: &[BlockId]) -> Vec<Form> {
    let (mut forms, mut by_form) = (Vec::<Form>::new(), FxHashMap::<u64, usize>::default());
    for (location, block) in blocks.iter().filter_map(|id| view.analysis.table.find(*id)) {
        for name in block.facts.names.iter().filter(|name| name.keys.contains(&key)) {
            let start = block.facts.structure.content.start;
            let range = start + name.range.start..start + name.range.end;
            let stand = (block.id, range.clone());
            if let Some(&form) = by_form.get(&name.form) {
                forms[form].stands.push(stand);
                continue;
            }
            by_form.insert(name.form, forms.len());
            let source = view.source(location, block);
            forms.push(Form {
                text: Reading::of(&source[range.clone()], Fold::None).text().to_owned(),
                is_quoted: source[..range.start].ends_with(is_quote),
                stands: vec![stand],
            });
        }
    }
    forms.retain(|form| form.stands.len() >= FEWEST_OF_A_FORM);
    forms
}

/// Whether two forms are of one name. Names that have only an end in common are if one character is off, the two never
/// stand side by side, and that character says no place, rank or direction.
fn are_one(key: NameKey, one: &Form, other: &Form) -> bool {
    let head = |form: &Form| form.text.chars().take(END).collect::<String>();
    match key {
        NameKey::Name(_) => true,
        // Names that begin alike are told of as such.
        NameKey::Tail(_) if head(one) == head(other) => false,
        NameKey::Head(_) | NameKey::Tail(_) => {
            // Where only marks and conjunctions differ the name has a key of its own.
            let is_slip = is_near(&one.text, &other.text) && plain(&one.text) != plain(&other.text);
            is_slip && !is_contrast(&one.text, &other.text) && !are_beside(one, other)
        }
    }
}

/// Whether the character that is off tells two names apart on purpose.
fn is_contrast(one: &str, other: &str) -> bool {
    let differ = one.chars().zip(other.chars()).find(|(a, b)| a != b);
    differ.is_some_and(|(a, b)| CONTRASTS.contains(a) || CONTRASTS.contains(b))
}

/// Whether two forms stand in one block: there they are two names.
fn are_beside(one: &Form, other: &Form) -> bool {
    let blocks: FxHashSet<BlockId> = one.stands.iter().map(|(block, _)| *block).collect();
    other.stands.iter().any(|(block, _)| blocks.contains(block))
}

/// What stands oftener than this is no slip that one edit should mend.
const MOST: usize = 100;

/// Characters that tell two names apart on purpose.
const CONTRASTS: &str = "省市县区乡镇村街州旗国校企局院部厅组户家年月日上中下左右前后内外东南西北大小多少高低新老男女党政军民工农商学首末左右增减进出升降";

fn finding(view: &View<'_>, habit: &Form, form: &Form) -> Option<Finding> {
    let (times, usually) = (form.stands.len(), habit.stands.len());
    // The same words, once in quotes and once without.
    let is_quoting = habit.text == form.text;
    let said = |form: &Form| match (is_quoting, form.is_quoted) {
        (true, false) => (format!("{}（不加引号）", form.text), format!("{} (without quotes)", form.text)),
        _ => (format!("“{}”", form.text), format!("“{}”", form.text)),
    };
    let ((here, here_en), (there, there_en)) = (said(form), said(habit));
    let message = Message::new(
        format!("同一名称有两种写法：{here}{times}次，{there}{usually}次；请统一"),
        format!("One name in two forms: {here_en} {times} times, {there_en} {usually} times. Keep to one."),
    );
    let related = |place: Place, (zh, en): &(String, String)| Related {
        place,
        message: Message::new(format!("这里是{zh}"), format!("here it is {en}")),
    };
    let (here, there) = ((here, here_en), (there, there_en));
    let places = (0..times.min(MOST)).map(|n| form.place(view, n)).collect::<Option<Vec<Place>>>()?;
    let usual = habit.place(view, 0).map(|place| related(place, &there));
    let others = usual.into_iter().chain(places[1..].iter().map(|place| related(*place, &here)));
    let edits = places.iter().map(|place| Edit::Replace { place: *place, text: habit.text.clone() });
    let fix = (!is_quoting && times <= MOST).then(|| Fix {
        title: Message::new(format!("都写成{}", there.0), format!("Write {} everywhere", there.1)),
        applicability: Applicability::Unsafe,
        key: stable_hash([view.rule.as_bytes(), habit.text.as_bytes()]),
        edits: edits.collect(),
    });
    Some(Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message,
        place: *places.first()?,
        related: others.take(MOST_RELATED).collect(),
        fixes: fix.into_iter().collect(),
        identity: stable_hash([view.rule.as_bytes(), habit.text.as_bytes(), here.0.as_bytes()]),
    })
}
