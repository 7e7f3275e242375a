//! What can be folded away in a draft, in whole lines: sections, the front, lists, and the blocks that are no prose.

use super::{Analysis, Block, Section};
use crate::draft::{EndMark, Form, Kind, Role, Shape};
use rustc_hash::FxHashSet;

/// Why lines fold together. The order is that of importance: what is kept if not all can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// A section by its heading's level; a title's is 0.
    Section(u8),
    /// The front (题头) of a draft: from the title to the salutation.
    Front,
    /// Paragraphs of one list.
    List,
    /// A table or fence.
    Block,
    /// A comment or front matter.
    Comment,
}

/// Lines that fold together, the first and the last included; always two or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    pub kind: FoldKind,
    pub first: usize,
    pub last: usize,
}

/// Fewer paragraphs than this are read at a glance.
const LIST_PARAGRAPHS: usize = 3;

/// The front of a shorter draft than this is its title.
const FRONT_LINES: usize = 3;

/// The front is over after this many blocks, as for the outline.
const FRONT_BLOCKS: usize = 12;

/// A line of the front has fewer Han than this, or it is prose. As for the outline.
const FRONT_HAN: u8 = 30;

/// What the paragraphs of one list share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Dash,
    Bullet,
    Numbered(Form),
}

/// A list so far.
struct Run {
    item: Item,
    number: u32,
    paragraphs: usize,
    first: usize,
    last: usize,
}

impl Analysis {
    /// The folds in the order of their first lines, no two over the same lines. Where several begin on one line the
    /// front stands before its title's section, then the longer one: VS Code shows only the first of them, and folding
    /// the whole draft under its title serves nobody.
    pub fn folds(&self) -> Vec<Folded> {
        let mut folds = Vec::new();
        self.sections_folded(&mut folds);
        let headed: FxHashSet<usize> = folds.iter().map(|fold| fold.first).collect();
        self.lists_folded(&headed, &mut folds);
        folds.extend(self.front_folded());
        for (location, block) in self.table.iter() {
            let kind = match block.kind {
                Kind::Fence | Kind::Table => FoldKind::Block,
                Kind::Comment | Kind::FrontMatter => FoldKind::Comment,
                Kind::Line | Kind::Setext | Kind::Blank => continue,
            };
            push(&mut folds, kind, location.line, self.line(location.byte + block.facts.structure.content.end));
        }
        folds.sort_by_key(|f| (f.first, f.kind != FoldKind::Front, std::cmp::Reverse(f.last), f.kind));
        folds.dedup_by_key(|f| (f.first, f.last));
        folds
    }

    fn line(&self, byte: usize) -> usize {
        self.rope.byte_to_line(byte)
    }

    fn sections_folded(&self, folds: &mut Vec<Folded>) {
        let mut open = self.sections();
        while let Some(section) = open.pop() {
            if section.role != Role::LeadIn && !is_numbered_paragraph(&section) {
                let (first, last) = (self.line(section.bytes.start), self.line(section.bytes.end));
                push(folds, FoldKind::Section(section.level), first, last);
            }
            open.extend(section.children);
        }
    }

    /// Runs of list paragraphs. A comment between two of them (it may silence a rule there) does not part them; a
    /// paragraph whose line is in `headed` folds by itself and does.
    fn lists_folded(&self, headed: &FxHashSet<usize>, folds: &mut Vec<Folded>) {
        let mut run: Option<Run> = None;
        let mut before: Option<&Block> = None;
        let close = |run: Option<Run>, folds: &mut Vec<Folded>| {
            if let Some(run) = run.filter(|run| run.paragraphs >= LIST_PARAGRAPHS) {
                push(folds, FoldKind::List, run.first, run.last);
            }
        };
        for (location, block) in self.table.iter() {
            let goes_on = before.replace(block).is_some_and(|before| self.joins(before, block));
            if goes_on && let Some(run) = &mut run {
                run.last = location.line;
            }
            if goes_on || block.kind == Kind::Comment {
                continue;
            }
            let line = location.line;
            match (self.item(block).filter(|_| !headed.contains(&line)), &mut run) {
                (Some((item, number)), Some(run)) if run.item == item && (number == 0 || run.number < number) => {
                    (run.number, run.last) = (number, line);
                    run.paragraphs += 1;
                }
                (item, _) => {
                    let next = item.map(|(item, number)| Run { item, number, paragraphs: 1, first: line, last: line });
                    close(std::mem::replace(&mut run, next), folds);
                }
            }
        }
        close(run, folds);
    }

    /// The list that a block is a paragraph of, and its number, 0 where there are none.
    fn item(&self, block: &Block) -> Option<(Item, u32)> {
        let signature = &block.facts.structure.signature;
        match (signature.shape, signature.marker) {
            (Shape::Dash, _) if self.outline.role(block.id) != Role::Subtitle => Some((Item::Dash, 0)),
            (Shape::Bullet, _) => Some((Item::Bullet, 0)),
            (Shape::Line, Some((form, number))) if form.is_item() || (signature.run_in && !signature.is_doubtful) => {
                Some((Item::Numbered(form), number))
            }
            _ => None,
        }
    }

    /// From the title to the salutation; without one, to the last line that is told to belong to the front.
    fn front_folded(&self) -> Option<Folded> {
        let title = self.outline.nodes.iter().find(|node| node.role == Role::Title)?;
        let (start, _) = self.table.find(title.block)?;
        let mut last = start.line;
        for (location, block) in self.table.iter_from(start.ordinal + 1).take(FRONT_BLOCKS) {
            let signature = &block.facts.structure.signature;
            let is_short = signature.end == EndMark::None && signature.han < FRONT_HAN && signature.marker.is_none();
            match self.outline.role(block.id) {
                Role::Salutation => {
                    last = location.line;
                    break;
                }
                Role::Subtitle | Role::Byline | Role::Note => last = location.line,
                Role::Body if is_short && matches!(signature.shape, Shape::Line | Shape::Dash | Shape::Scrap) => {}
                Role::Body if block.kind == Kind::Comment => {}
                _ => break,
            }
        }
        (last + 1 >= start.line + FRONT_LINES).then_some(Folded { kind: FoldKind::Front, first: start.line, last })
    }
}

fn push(folds: &mut Vec<Folded>, kind: FoldKind, first: usize, last: usize) {
    if first < last {
        folds.push(Folded { kind, first, last });
    }
}

/// The `most` most important of `folds`, in the same order.
pub fn at_most(mut folds: Vec<Folded>, most: usize) -> Vec<Folded> {
    if folds.len() > most {
        let mut kinds: Vec<(FoldKind, usize)> = folds.iter().map(|fold| fold.kind).zip(0..).collect();
        kinds.sort_unstable();
        let mut kept: Vec<usize> = kinds.into_iter().take(most).map(|(_, index)| index).collect();
        kept.sort_unstable();
        folds = kept.into_iter().map(|index| folds[index]).collect();
    }
    folds
}

/// A numbered paragraph that begins with its heading and holds no heading: an item, which folds with its list.
fn is_numbered_paragraph(section: &Section) -> bool {
    section.marker.is_some() && section.run_in && section.children.iter().all(|child| child.role != Role::Heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `first-last kind` of each fold but the sections.
    fn folds(text: &str) -> Vec<String> {
        let folds = Analysis::of(text).folds();
        let other = folds.iter().filter(|fold| !matches!(fold.kind, FoldKind::Section(_)));
        other.map(|fold| format!("{}-{} {:?}", fold.first, fold.last, fold.kind)).collect()
    }

    const PROSE: &str = "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效。";

    #[test]
    fn three_list_paragraphs_of_one_kind_fold() {
        assert_eq!(folds("文。\n——甲。\n\n——乙。\n——丙。\n\n文。\n"), ["1-4 List"]);
        assert_eq!(folds("文。\n——甲。\n——乙。\n文。\n——丙。\n"), Vec::<String>::new());
        assert_eq!(folds("- 甲\n  - 乙\n- 丙\n——丁\n——戊\n——己\n"), ["0-2 List", "3-5 List"]);
        assert_eq!(
            folds("一是甲。\n二是乙。\n<!-- 注 -->\n三是丙。\n一是丁。\n二是戊。\n三是己。\n"),
            ["0-3 List", "4-6 List"]
        );
        assert_eq!(folds("第一，甲。\n第二，乙。\n三是丙。\n"), Vec::<String>::new());
        assert_eq!(folds("**一是甲。**乙。\n**二是甲。**乙。\n**三是甲。**乙。\n"), ["0-2 List"]);
    }

    #[test]
    fn numbered_paragraphs_fold_as_a_list_and_not_one_by_one() {
        let text = format!("# 总\n\n{PROSE}\n（一）甲甲。{PROSE}\n{PROSE}\n（二）乙乙。{PROSE}\n{PROSE}\n");
        assert_eq!(Analysis::of(&text).folds(), [Folded { kind: FoldKind::Section(0), first: 0, last: 6 }]);
        let text = format!("{PROSE}\n1.甲甲。{PROSE}\n2.乙乙。{PROSE}\n3.丙丙。{PROSE}\n{PROSE}\n");
        assert_eq!(Analysis::of(&text).folds(), [Folded { kind: FoldKind::List, first: 1, last: 3 }]);
        // One that holds headings is a section.
        let text = format!("一、甲甲。{PROSE}\n（一）乙乙\n{PROSE}\n");
        assert!(Analysis::of(&text).folds().contains(&Folded { kind: FoldKind::Section(1), first: 0, last: 2 }));
    }

    #[test]
    fn the_front_folds_down_to_the_salutation() {
        let front = "政府工作报告\n\n（2022年1月5日在会议上）\n\n市长 张三\n\n各位代表：\n\n";
        assert_eq!(folds(&format!("{front}{PROSE}\n\n各位代表！\n")), ["0-6 Front"]);
        assert_eq!(folds(&format!("# 题目\n\n## ——履职答卷\n\n本报记者 罗鸣\n\n{PROSE}\n")), ["0-4 Front"]);
        assert_eq!(folds(&format!("# 题目\n本报记者 罗鸣\n{PROSE}\n")), Vec::<String>::new());
        assert_eq!(folds(&format!("# 题目\n\n{PROSE}\n\n各位代表：\n\n文。\n")), Vec::<String>::new());
    }

    #[test]
    fn the_front_stands_before_its_titles_section_and_lines_are_told_once() {
        let text = format!("# 题目\n\n各位代表：\n\n{PROSE}\n");
        let kinds: Vec<_> = Analysis::of(&text).folds().iter().map(|fold| (fold.kind, fold.last)).collect();
        assert_eq!(kinds, [(FoldKind::Front, 2), (FoldKind::Section(0), 4)]);
        assert_eq!(Analysis::of("# 题目\n\n各位代表：\n").folds().len(), 1);
    }

    #[test]
    fn a_limit_keeps_the_sections() {
        let text =
            format!("# 题目\n\n各位代表：\n\n## 一、甲\n\n- 一\n- 二\n- 三\n\n{PROSE}\n\n## 二、乙\n\n{PROSE}\n");
        let folds = Analysis::of(&text).folds();
        assert_eq!(folds.len(), 5);
        let kept: Vec<_> = at_most(folds.clone(), 3).iter().map(|fold| fold.kind).collect();
        assert_eq!(kept, [FoldKind::Section(0), FoldKind::Section(1), FoldKind::Section(1)]);
        assert_eq!(at_most(folds.clone(), 9), folds);
    }
}
