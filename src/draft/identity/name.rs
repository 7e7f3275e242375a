//! Names of places (行政区划) and of bodies (机关) as they open a title, a session line or a sign-off.
//!
//! A place is told by its form, not by a list: three thousand counties would have to be kept up to date, and the drafts
//! to come name towns as well. What the form cannot tell from prose is refused by `NO_NAME`.

use super::pattern;
use super::speaker::OFFICES;
use crate::text::han::is_han;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The branch of the house that a body belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Branch {
    /// 党委
    Party,
    /// 人大 or its standing committee
    Congress,
    /// 政府 or its office
    Government,
    /// 政协 or its standing committee
    Consultative,
    Court,
    Procuratorate,
    Supervisory,
    /// A department, a people's organisation, a company.
    Other,
}

/// A body with its full name: 平罗县政协 is 政协平罗县委员会, 上海市政府 is 上海市人民政府.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub name: String,
    pub branch: Branch,
}

/// A body as a text opens with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub branch: Branch,
    pub place: Place,
    /// The full name, `{}` standing for the place.
    pub form: String,
    pub end: usize,
    /// The standing committee of a congress or of a 政协.
    pub is_standing: bool,
}

/// Whose body it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The nation's, or nobody's in particular: 国务院, 教育部.
    None,
    /// `县` of 县政协, empty for 政府工作报告: another line must say which.
    Relative(String),
    /// The name as written, and the range of its last unit.
    Of(String, Range<usize>),
}

impl Named {
    /// The body, if its place is known or there is none.
    pub fn body(&self) -> Option<Body> {
        match &self.place {
            Place::Relative(_) => None,
            Place::None => Some(self.at("")),
            Place::Of(place, _) => Some(self.at(place)),
        }
    }

    /// The same body of `place`, for one that only said `县` or nothing; levels must agree.
    pub fn of_place(&self, place: &Place) -> Option<Named> {
        let (Place::Relative(level), Place::Of(name, _)) = (&self.place, place) else { return None };
        // A district (区) calls itself so, and so does an autonomous region: both end in 区.
        name.ends_with(level.as_str()).then(|| Named { place: place.clone(), ..self.clone() })
    }

    /// Its standing committee.
    pub fn standing(self) -> Named {
        match self.is_standing {
            true => self,
            false => Named { form: format!("{}常务委员会", self.form), is_standing: true, ..self },
        }
    }

    fn at(&self, place: &str) -> Body {
        Body { name: self.form.replace("{}", place), branch: self.branch }
    }
}

/// Words for a unit (《宪法》第三十条), and how many characters stand before them in its name, measured on the names in
/// force in 2024: 津市市, 景德镇市, 代县, 黑龙江省, 锡林郭勒盟, 达尔罕茂明安联合旗. The first that fits is taken, so longer words stand
/// before those that they end in.
const UNITS: [(&str, usize, usize); 14] = [
    ("自治区", 3, 5),
    ("自治州", 2, 14),
    ("自治县", 2, 16),
    ("自治旗", 2, 8),
    ("开发区", 2, 9),
    ("园区", 2, 8),
    ("新区", 2, 4),
    ("省", 2, 3),
    ("市", 2, 4),
    ("县", 1, 4),
    ("区", 1, 4),
    ("州", 2, 4),
    ("盟", 2, 4),
    ("旗", 2, 9),
];

/// Units that only the name of a body's own place may end in: within other words they are too common (住房城乡建设部).
const TOWNS: [&str; 3] = ["镇", "乡", "街道"];

/// A place that is told from where the reader stands.
const RELATIVE: [&str; 15] =
    ["省", "市", "县", "区", "州", "旗", "盟", "乡", "镇", "街道", "自治区", "自治州", "自治县", "自治旗", "新区"];

/// What is in no name of a place, and often before one in a title.
const NO_NAME: [&str; 45] = [
    "的", "了", "与", "及", "在", "对", "把", "向", "是", "第", "届", "次", "我", "各", "该", "您", "关于", "工作",
    "推进", "推动", "加强", "支持", "服务", "聚焦", "助力", "打造", "建设", "奋进", "履职", "坚持", "围绕", "促进",
    "全面", "落实", "贯彻", "学习", "做好", "印发", "转发", "代表", "走进", "谱写", "发展", "国家", "中央",
];

/// Names that are told from where the reader stands: 全县, 本市, 高新区.
const NO_UNIT: [&str; 14] =
    ["全", "本", "此", "两", "全市", "全省", "城", "郊", "老", "社", "高新", "经开", "市", "地"];

/// The unit that `text` opens with: its length in bytes.
fn unit(text: &str, is_first: bool) -> Option<usize> {
    for (count, (at, _)) in text.char_indices().enumerate().skip(1) {
        for (word, least, most) in UNITS {
            if !text[at..].starts_with(word) || !(least..=most).contains(&count) {
                continue;
            }
            let (name, mut end) = (&text[..at], at + word.len());
            // 内蒙古自治区: 区 alone is found later than 自治区. 赣县区 is one name.
            if word == "县" && count == 1 && text[end..].starts_with('区') {
                end += '区'.len_utf8();
            }
            let is_no_name = NO_NAME.iter().any(|n| name.contains(n))
                || NO_UNIT.contains(&name) && (is_first || name == "全")
                || RELATIVE.contains(&name)
                || name == "自治";
            return (!is_no_name).then_some(end);
        }
        if count > 18 {
            break;
        }
    }
    None
}

/// The place that `text` opens with: where it ends, and its last unit. 武威市凉州区 is two units and one place.
pub fn place(text: &str) -> Option<(usize, Range<usize>)> {
    let (mut end, mut last) = (0, 0..0);
    while let Some(length) = unit(&text[end..], end == 0) {
        last = end..end + length;
        end += length;
    }
    (end > 0).then_some((end, last))
}

/// The place that the whole of `text` is, as its last unit; a town may be that.
fn whole_place(text: &str) -> Option<Range<usize>> {
    let (end, last) = place(text).unwrap_or((0, 0..0));
    let rest = &text[end..];
    if rest.is_empty() {
        return (end > 0).then_some(last);
    }
    let name = TOWNS.iter().find_map(|town| rest.strip_suffix(town))?;
    let is_name = (2..=5).contains(&name.chars().count()) && !NO_NAME.iter().any(|n| name.contains(n));
    is_name.then_some(end..text.len())
}

pub fn is_place(text: &str) -> bool {
    whole_place(text).is_some()
}

const TERM: &str = "(?:第?[一二三四五六七八九十0-9]{1,3}届)?";
const PLACE: &str = r"(?P<place>\p{Han}{1,24}?)";
const STANDING: &str = "(?P<standing>常务委员会|常委会)?";
const OFFICE: &str = "(?P<office>办公厅|办公室)?";

/// The branches' forms: how a text writes them, the full name, the branch. Sources: 《宪法》第三章, 《地方各级人民代表大会和地方
/// 各级人民政府组织法》, 《中国人民政治协商会议章程》, 《中国共产党地方委员会工作条例》. `{}` is the place.
static FORMS: LazyLock<[(Regex, &str, Branch); 14]> = LazyLock::new(|| {
    let form = |text: &str, name, branch| {
        let text =
            text.replace("PLACE", PLACE).replace("TERM", TERM).replace("STANDING", STANDING).replace("OFFICE", OFFICE);
        (pattern(&format!("^{text}")), name, branch)
    };
    [
        form("中共中央OFFICE", "中共中央", Branch::Party),
        form("国务院OFFICE", "国务院", Branch::Government),
        form("(?:中国人民政治协商会议|政协)TERM(?P<nation>全国)委员会STANDING", "政协全国委员会", Branch::Consultative),
        form("(?P<nation>全国)政协STANDING", "政协全国委员会", Branch::Consultative),
        form("TERM(?P<nation>全国)(?:人民代表大会|人大)STANDING", "全国人民代表大会", Branch::Congress),
        form("(?P<nation>最高)人民法院", "最高人民法院", Branch::Court),
        form("(?P<nation>最高)人民检察院", "最高人民检察院", Branch::Procuratorate),
        form("(?:中国人民政治协商会议|政协)TERM(?:PLACE)?TERM委员会STANDING", "政协{}委员会", Branch::Consultative),
        form("TERM(?:PLACE)?TERM政协TERMSTANDING", "政协{}委员会", Branch::Consultative),
        form("(?:PLACE)?TERM(?:人民代表大会|人大)STANDING", "{}人民代表大会", Branch::Congress),
        form("(?:中共|中国共产党)PLACETERM(?:委员会|委)OFFICE", "中共{}委员会", Branch::Party),
        form("(?:PLACE)?(?:人民)?政府OFFICE", "{}人民政府", Branch::Government),
        form("(?:PLACE)?(?P<grade>高级|中级)?人民法院", "{}人民法院", Branch::Court),
        form("(?:PLACE)?(?P<grade>)人民检察院", "{}人民检察院", Branch::Procuratorate),
    ]
});

/// Both bodies of a paper that two issue: 中共中央 国务院关于…. The first is the one in charge (主办).
pub fn joint(first: Named, second: Named) -> Option<Named> {
    let name = format!("{} {}", first.body()?.name, second.body()?.name);
    Some(Named { form: name, end: first.end + second.end, ..first })
}

/// The body that `text` opens with.
pub fn body(text: &str) -> Option<Named> {
    FORMS.iter().find_map(|(form, name, branch)| {
        let found = form.captures(text)?;
        let place = match found.name("place").filter(|p| !p.is_empty()) {
            _ if !name.contains("{}") => Place::None,
            None => Place::Relative(String::new()),
            Some(level) if RELATIVE.contains(&level.as_str()) => Place::Relative(level.as_str().to_owned()),
            Some(place) => {
                let last = whole_place(place.as_str())?;
                Place::Of(place.as_str().to_owned(), last.start + place.start()..last.end + place.start())
            }
        };
        let standing = found.name("standing").map(|_| "常务委员会");
        let office = found.name("office").map(|o| o.as_str());
        let form = match found.name("grade") {
            Some(grade) => name.replace("{}", &format!("{{}}{}", grade.as_str())),
            None => format!("{name}{}", standing.or(office).unwrap_or_default()),
        };
        Some(Named { branch: *branch, place, form, end: found.get(0)?.end(), is_standing: standing.is_some() })
    })
}

/// Whether the whole of `text` is a body's name.
pub fn is_body(text: &str) -> bool {
    body(text).is_some_and(|named| named.end == text.len()) || department(text).is_some()
}

/// What the name of a department, an organisation or a company ends in.
const DEPARTMENTS: [&str; 21] = [
    "厅",
    "局",
    "部",
    "署",
    "委",
    "会",
    "院",
    "办",
    "办公室",
    "中心",
    "公司",
    "银行",
    "大学",
    "学校",
    "医院",
    "党组",
    "支部",
    "小组",
    "指挥部",
    "总队",
    "支队",
];

/// A department by its whole name: 甘肃省财政厅, 教育部, 临泽县总工会.
pub fn department(name: &str) -> Option<Named> {
    let is_name = (3..=30).contains(&name.chars().count())
        && DEPARTMENTS.iter().any(|end| name.ends_with(end))
        && name.chars().all(is_han)
        && !["的", "了", "在", "我", "大会", "学习", "年"].iter().any(|n| name.contains(n));
    // 县财政局 says no more than that a county has one.
    let prefix = ORGANISATIONS.iter().find(|o| name.starts_with(**o)).map_or(0, |o| o.len());
    let found = place(&name[prefix..]);
    let is_relative = found.is_none() && RELATIVE.iter().any(|level| name.starts_with(level));
    if !is_name || is_relative {
        return None;
    }
    let place = found.map_or(Place::None, |(end, last)| {
        Place::Of(name[prefix..prefix + end].to_owned(), last.start + prefix..last.end + prefix)
    });
    Some(Named { branch: Branch::Other, place, form: name.to_owned(), end: name.len(), is_standing: false })
}

/// The department before 关于: the first part of a document's title is who issues it (《党政机关公文处理工作条例》第九条:
/// 标题由发文机关名称、事由和文种组成).
pub fn issuer(text: &str) -> Option<Named> {
    text.find("关于").and_then(|end| department(&text[..end]))
}

/// Organisations whose committees put the place behind the name: 共青团临泽县委, 民盟平罗县委.
const ORGANISATIONS: [&str; 11] = [
    "共青团",
    "民革",
    "民盟",
    "民建",
    "民进",
    "农工党",
    "致公党",
    "九三学社",
    "台盟",
    "中国民主同盟",
    "中国民主促进会",
];

/// Offices that head a people's government (《宪法》第一百零五条).
const HEADS: [(&str, &str); 8] = [
    ("省长", "省"),
    ("市长", "市"),
    ("县长", "县"),
    ("区长", "区"),
    ("州长", "州"),
    ("旗长", "旗"),
    ("盟长", "盟"),
    ("主席", "自治区"),
];

/// Who speaks for a body, behind its name: an office, or 代理 before one.
fn speaks(text: &str) -> bool {
    text.starts_with("代理") || OFFICES.iter().any(|office| text.starts_with(office))
}

/// The body that `text` opens with as the office of a speaker: `河北省人民政府省长`, `上海市市长`, `临泽县人民法院院长`.
pub fn speaker(text: &str) -> Option<Named> {
    if let Some(named) = body(text).filter(|named| named.body().is_some()) {
        return speaks(&text[named.end..]).then_some(named);
    }
    let (end, last) = place(text)?;
    let (_, level) = HEADS.iter().find(|(office, _)| text[end..].starts_with(office))?;
    let place = Place::Of(text[..end].to_owned(), last);
    let is_head = text[..end].ends_with(level);
    let form = "{}人民政府".to_owned();
    is_head.then_some(Named { branch: Branch::Government, place, form, end, is_standing: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_form() {
        let last = |text: &str| place(text).map(|(end, last)| (text[..end].to_owned(), text[last].to_owned()));
        for (text, whole, unit) in [
            ("上海市市长龚正", "上海市", "上海市"),
            ("武威市凉州区人民法院", "武威市凉州区", "凉州区"),
            ("广西壮族自治区人民政府", "广西壮族自治区", "广西壮族自治区"),
            ("内蒙古自治区政府", "内蒙古自治区", "内蒙古自治区"),
            ("景德镇市", "景德镇市", "景德镇市"),
            ("津市市", "津市市", "津市市"),
            ("常德市鼎城区", "常德市鼎城区", "鼎城区"),
            ("克孜勒苏柯尔克孜自治州", "克孜勒苏柯尔克孜自治州", "克孜勒苏柯尔克孜自治州"),
            ("代县", "代县", "代县"),
            ("上海市浦东新区", "上海市浦东新区", "浦东新区"),
            ("赣州市赣县区人民政府", "赣州市赣县区", "赣县区"),
            ("积石山保安族东乡族撒拉族自治县", "积石山保安族东乡族撒拉族自治县", "积石山保安族东乡族撒拉族自治县"),
        ] {
            assert_eq!(last(text), Some((whole.to_owned(), unit.to_owned())), "{text}");
        }
        for text in [
            "全县政协",
            "我市",
            "各县区",
            "县人民政府",
            "自治区人民政府",
            "推进临泽县",
            "市场监管总局",
            "住房城乡建设部",
            "城市管理局",
        ] {
            assert_eq!(last(text), None, "{text}");
        }
    }

    #[test]
    fn bodies_get_their_full_names() {
        let of = |text: &str| body(text).or_else(|| issuer(text)).and_then(|n| n.body()).map(|b| b.name);
        for (text, name) in [
            ("平罗县政协履职答卷", "政协平罗县委员会"),
            ("政协临泽县第九届委员会", "政协临泽县委员会"),
            ("中国人民政治协商会议第十五届代县委员会常务委员会工作报告", "政协代县委员会常务委员会"),
            ("上海市人大常委会工作报告", "上海市人民代表大会常务委员会"),
            ("临泽县第十九届人民代表大会常务委员会", "临泽县人民代表大会常务委员会"),
            ("内蒙古自治区政府工作报告", "内蒙古自治区人民政府"),
            ("甘肃省高级人民法院工作报告", "甘肃省高级人民法院"),
            ("最高人民检察院工作报告", "最高人民检察院"),
            ("国务院办公厅关于印发", "国务院办公厅"),
            ("中共平罗县委办公室关于", "中共平罗县委员会办公室"),
            ("沙河镇人民政府工作报告", "沙河镇人民政府"),
            ("甘肃省财政厅关于", "甘肃省财政厅"),
            ("教育部关于", "教育部"),
        ] {
            assert_eq!(of(text).as_deref(), Some(name), "{text}");
        }
        for text in ["县政协工作报告", "政府工作报告", "县财政局关于", "全县政协工作", "凝心聚力谋发展"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
