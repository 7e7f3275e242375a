//! Names of persons.

/// The commonest surnames.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘\
    杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文\
    包葛蓝詹欧阮柳鲍翟毕聂焦管柯童凌裴涂耿鲁韦霍翁苗柴卓骆倪庄岳齐殷庞章纪舒屈祝桂冉戚";

pub fn is_surname(character: char) -> bool {
    SURNAMES.contains(character)
}
