//! Invariant 8: fragments of real kinds on which a naive rule speaks. hegao must be silent on all of them.

use hegao::rules::{Checked, Language, Settings};
use std::sync::Arc;

/// Stands for an ordinary paragraph.
const PROSE: &str = "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效。";

/// Lines are parted by `/`; `P` is a paragraph of prose.
const FRAGMENTS: [&str; 39] = [
    "一、上半年工作/P/二、三季度安排/P/三、保障措施/P",
    "一、上半年/P/二、三农工作/P/三、保障/P",
    "一、甲/P/二、十四五时期发展成就/P/三、乙/P",
    "一、甲/P/二、二○二六年工作/P/三、乙/P",
    "一、回顾/P/一、二线岗位人员全部到位，值班值守不断档。/二、展望/P",
    "1.建设数字乡村。/2.5G基站建设全面提速。/3.推进智慧政务。",
    "1.甲事项/2.10件民生实事全部办结。/3.丙事项",
    "1.工业/2.农业/1、2月份，全县工业增加值增长8%。/3.服务业。",
    "1. A甲/   1. a子/   2. b子/2. B乙/   1. c子/3. C丙",
    "（1）甲事/1）选址/2）征地/（2）乙事",
    "1.甲/1、子/2、子/2.乙",
    "二、下步打算/1.抓好项目。/2.抓好民生。//附件：1.任务清单/      2.责任分工表/      3.联系人名单",
    "一、甲/P/二 、体会/P/三、丙/P",
    "（一）甲/P/（二 ）乙/P/（三）丙/P",
    "## 一、甲/P/**二、体会**/P/## 三、丙/P",
    "一、甲/P/<!-- 核对 -->二、农业/P/三、丙/P",
    "1.县长讲话/2.书记讲话/参会人员名单/1.张三/1.李四",
    "1./项目甲/2./项目乙/4./项目丁",
    "全年共立案提案42件：/——经济建设类20件；/——社会民生类22件。",
    "全年共办理提案42件：（1）经济类20件；（2）民生类22件。",
    "- 全年实施重点项目12个：/- 工业8个/- 农业4个",
    "上午9点：/——开幕式/——县长作报告",
    "出台5个方面15条措施：/一、甲/P/二、乙/P/三、丙/P/四、丁/P/五、戊/P",
    "三到五个方面：一是学习；三是改进。",
    "3-5项重点任务：一是学；二是改。",
    "至少抓好三项工作：/——A甲/——B乙/——C丙/——D丁",
    "另一个重点：一是学；二是改。",
    "做到三个一：一是学；二是改。",
    "抓好三个方面：/- 工业/  - 园区/  - 企业/- 农业/- 服务业",
    "抓好三项任务：/——A甲/——B乙/各乡镇要认真落实。/——C丙",
    "抓好三项任务：/一是抓工业。/二是抓农业；三是抓民生。",
    "查找三个问题：一是有没有学？二是实不实？三是改没改？",
    "抓好两项工作：/1.甲/2.乙/同时抓好两项任务：/3.丙/4.丁",
    "抓好三项工作：/——A甲/——B乙/<!-- hegao-ignore paragraphs/placeholder -->/——抓××民生。",
    "（补充医疗保险）已覆盖全县。",
    "（补充耕地指标1200亩）",
    "案件（待查处12件）",
    "签名：________",
    "规格3××4的板材",
];

#[test]
fn fragments_of_real_kinds_stay_silent() {
    let settings = Arc::new(Settings::default());
    for fragment in FRAGMENTS {
        let lines = fragment.split('/').map(|line| if line == "P" { PROSE } else { line });
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        let checked = Checked::of(&text, &settings);
        let said: Vec<String> = checked.findings.iter().map(|p| p.message(&checked, Language::En)).collect();
        assert_eq!(said, Vec::<String>::new(), "{fragment}");
    }
}
