"""What a text on its way out tells of somebody, sentence by sentence: real notices (docs/sources.md: notices) and invented leaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.kind import Kind
from board.rules.personal.detection import NUMBERS, What, find
from board.rules.personal.free_text import CODE, SPOKEN, Text, descriptions_in, told_in, warnings

EVERY: tuple[Text, ...] = ("title", "fact", "attachment", "reply", "reason", "answer")

# (what is told, the words that tell it, the sentence), whatever the sentence is for.
LEAKS: list[tuple[What, str, str]] = [
    ("health", "肺癌", "张三患肺癌"),
    ("health", "肺癌", "张三,男,肺癌晚期,住院治疗"),
    ("health", "肺癌", "关于给肺癌患者李四临时救助的公示"),
    ("health", "尿毒症", "17号因儿子患尿毒症住院"),
    ("health", "尿毒症", "第17号、王老五患尿毒症,开会同意救助"),
    ("health", "精神残疾", "李某某（精神残疾二级）"),
    ("health", "因病", "救助对象王老五因病住院,花了三万元"),
    ("health", "因病", "户主张*三因病去世,改由其子领取"),
    ("health", "残疾二级", "赵六，残疾二级，每月100元"),
    ("health", "肢体残疾一级", "赵小六系肢体残疾一级"),
    ("health", "瘫痪", "村民刘大富长期瘫痪在床"),
    ("health", "白血病", "陈小明家孩子得了白血病"),
    ("health", "怀孕", "发给何小妹怀孕慰问金"),
    ("health", "脑梗", "欧阳明脑梗后遗症"),
    ("health", "艾滋病", "给艾滋病患者吴小四的救助"),
    ("health", "重病", "对张三重病的情况说明"),
    ("health", "因病", "3组张三家因病欠债"),
    ("health", "重大疾病", "贫困户张三，因患重大疾病花费较大"),
    ("health", "乳腺癌", "脱贫户杨大有的妻子患乳腺癌"),
    ("health", "胃癌", "受助人:陈某某,事由:胃癌手术"),
    ("health", "肝癌", "向大海患肝癌去世"),
    ("health", "糖尿病", "万大爷患糖尿病"),
    ("health", "精神病", "张三、李四患有精神病"),
    ("birth", "1952年3月4日", "李四，1952年3月4日出生"),
    ("birth", "1952年3月", "李四(1952年3月生)已满70岁"),
    ("birth", "1958-03-12", "王五，出生日期：1958-03-12"),
    ("birth", "2015年6月1日", "本次救助的孩子2015年6月1日出生,读五年级"),
    ("birth", "一九五八年三月", "张三生于一九五八年三月"),
    ("address", "百和镇高洞村3组12号", "百和镇高洞村3组12号王五家"),
    ("address", "高洞村3组12号", "李四，家住高洞村3组12号"),
    ("address", "阳光小区3栋2单元502室", "李四（阳光小区3栋2单元502室）"),
    ("address", "3栋2单元502室", "危房改造对象在3栋2单元502室"),
    ("address", "兴隆街88号", "补给兴隆街88号张三"),
    ("address", "兴隆街88号", "张三(兴隆街88号)的房子已经验收"),
    ("address", "幸福路12号", "户籍在幸福路12号,人在外地"),
]  # fmt: skip

# Only in what is said to one person, or about him: his own case.
SPOKEN_LEAKS: list[tuple[What, str, str]] = [
    ("health", "胃癌", "您母亲查出胃癌,所以给了临时救助"),
    ("health", "尿毒症", "他家儿子得了尿毒症,镇里已核实"),
    ("health", "因病", "该户因病花了五万元,评议时大家同意"),
    ("health", "一级残疾", "您的老伴是一级残疾,补贴下月到账"),
    ("health", "精神病", "本人有精神病,由监护人代领"),
]

# What belongs on a notice or into an answer.
PLAIN = [
    # titles
    "2026年残疾人两项补贴公示",
    "百和镇2026年困难残疾人生活补贴和重度残疾人护理补贴发放公示",
    "重度残疾人护理补贴对象名单.pdf",
    "2026年11月大病医疗救助资金发放公示",
    "严重精神障碍患者监护人补助公示",
    "王场镇2026年重度残疾人护理补贴公示",
    "陈家桥村2026年一级残疾人护理补贴名单",
    "关于开展2026年慢性病患者医疗救助的通知",
    "2026年尘肺病患者救助资金公示",
    "血吸虫病防治经费安排表",
    "高龄、重病、失独老人慰问金发放公示",
    "2026年度农村妇女“两癌”免费检查经费公示",
    "罗汉镇肢体残疾人辅具采购公示",
    "徐州市癌症早筛项目",
    "石马镇因病返贫监测对象",
    "李子园村一级残疾补贴",
    "金龙村敬老院收住重度残疾老人12人",
    # whom a rule is for
    "对罗家村患大病的低保户给予补助。",
    "何时起患病可以申请,看医院证明。",
    "全镇有重病患者23人、一级残疾17人。",
    "镇民政办李四受理大病救助申请。",
    "由村医张三负责高血压患者随访。",
    "咨询:民政办王五,一级残疾每人每月100元。",
    "因病、因灾、因残返贫致贫的家庭,可以申请临时救助。",
    "重度残疾人、重病患者可以按单人户纳入低保。",
    "患有重大疾病、家庭困难的群众,由村里申报。",
    "一级、二级残疾人每人每月100元。",
    "方便患重病的群众就近办理。",
    "马上因病停发的,由镇里核实后补发。",
    "常年患病的家庭优先。",
    "家庭成员患重病的,附医院证明。",
    "成员患有尿毒症的低保家庭,每月加发200元。",
    "按川民发〔2026〕8号,患白血病、尿毒症的可以申请医疗救助。",
    "户主因病去世的,由共同生活的家庭成员继续领取。",
    "肺癌、胃癌等24种大病住院费用按60%报销。",
    "精神障碍患者由监护人代领。",
    "智力残疾、精神残疾人的补贴打入监护人账户。",
    "怀孕的妇女慰问时每人一份。",
    "合理诊疗,因病施治,不得过度检查。",
    "盲人和其他一级、二级残疾人凭残疾人证免费。",
    "对向智力残疾、精神残疾和其他重度残疾人提供托养的机构给予补助。",
    "林木发生病虫害的,由镇农业站统一防治。",
    "童工患病或者受伤的,由用人单位送医治疗。",
    # ages of a rule
    "承包关系发生于1987年1月1日以前的,按原合同。",
    "1966年12月31日以前出生的老人,每人每月100元。",
    "2026年3月至8月出生的儿童",
    "2010年9月1日后出生的学生不在这次名单里。",
    "年满60周岁(1966年11月30日前出生)的种地农民",
    "生于1960年以前的老年人",
    "2026年11月3日出生缺陷筛查",
    # offices and works
    "村委会设在高洞村3组12号。",
    "住户需自行清理兴隆街88号门前。",
    "12号楼后巷至88号路灯",
    "地址：泸县百和镇兴隆街88号",
    "请到百和镇兴隆街88号财政所反映。",
    "来信寄百和镇兴隆街88号镇政府。",
    "监督单位:县农业农村局,地址:玉蟾大道12号,电话0830-8190000",
    "联系人李四,兴隆街88号,电话0830-8190000",
    "镇便民服务中心(阳光小区3栋101室)受理",
    "幸福路12号至桥头排水沟整治300米",
    "百和镇军大丘村3组12号宗地,774平方米",
    "四至:东至幸福路,西至兴隆街88号围墙",
    "高洞社区3组12号更正为2.3亩。",
    "高洞社区3组12号张小三,面积更正为2.3亩。",
    # sentences of notices
    "本次共补助337户,1257.33亩,每亩100元,合计125733元(壹拾贰万伍仟柒佰叁拾叁元整)。",
    "公示时间:2026年11月3日至11月9日,共7天。如有异议,请来电、来访或书面反映。",
    "资金来源:2023年第二批中央和省级衔接资金,项目共6个,总投资1259万元。",
    "征收目的:修连接线公路;征收范围:百和镇军大丘村、朱巷村部分土地。",
    "从今天起抢栽、抢建的不补偿。",
    "2026年10月28日3组村民会议,到会79户,72户同意。",
    "拥有耕地承包权的种地农民;抛荒地、占用地不补。",
    "名单由户报、村评、镇审,冬春救助每户300元到900元。",
    "对受灾倒房的12户,按C级、D级分别补助。",
    # answers
    "查过了,2号更正为2.3亩。",
    "您家如果有人患重病,可以带医院证明到镇里申请临时救助。",
    "您问的残疾人两项补贴,12月10日发到卡上。",
    "经核实,您家没有因病支出,所以没有纳入。",
    "请带上身份证和病历到镇民政办,大病的报销比例是60%。",
]  # fmt: skip


@pytest.mark.parametrize(("what", "words", "sentence"), LEAKS)
def test_what_is_told_of_somebody_is_found_in_whatever_goes_out(what: What, words: str, sentence: str) -> None:
    for kind_of in EVERY:
        found = descriptions_in(sentence, kind_of)
        assert {one.what for one in found} == {what}
        assert words in sentence[found[0].start : found[-1].end]


@pytest.mark.parametrize(("what", "words", "sentence"), SPOKEN_LEAKS)
def test_he_and_your_mother_are_somebody_where_one_person_is_spoken_of(what: What, words: str, sentence: str) -> None:
    for kind_of in EVERY:
        found = [(one.what, sentence[one.start : one.end]) for one in descriptions_in(sentence, kind_of)]
        assert found == ([(what, words)] if kind_of in SPOKEN else [])


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_scheme_a_rule_and_an_office_tell_nothing(sentence: str) -> None:
    assert {kind_of: descriptions_in(sentence, kind_of) for kind_of in EVERY} == {kind_of: [] for kind_of in EVERY}


@pytest.mark.parametrize("sentence", [sentence for _what, _words, sentence in LEAKS])
@pytest.mark.parametrize("around", ["{}", "经核实，{}。", "一、资金来源：省级。\n二、{}\n三、监督电话：0830-8190000", "{}；其余各户不变。"])
def test_a_leak_is_found_wherever_it_stands_in_a_text(sentence: str, around: str) -> None:
    assert descriptions_in(around.format(sentence), "fact")


@given(
    st.text(alphabet=st.sampled_from("张三李四患肺癌的家住兴隆街村组号栋单元室88123,。;()\n 您户主因病残疾级出生年月日政府"), max_size=60)
)
def test_what_is_told_is_among_what_the_guard_finds_and_never_a_number(text: str) -> None:
    found = descriptions_in(text, "reply")
    assert set(found) <= set(find(text, ("birth", "health", "address")))
    assert set(descriptions_in(text, "fact")) <= set(found)
    assert not {one.what for one in found} & set(NUMBERS)


def test_figures_that_may_be_a_number_are_told_with_the_descriptions() -> None:
    told = told_in("张三患肺癌,分三段 1352000 4500", "fact")
    assert [one.what for one in told] == ["health", "phone"]
    assert told_in("起点105.432187,28.123456", "fact") == []


# ---- what the reviewer is told

KIND = kinds.load()["social-assistance"]
ELIGIBILITY = next(fact.label.zh for fact in KIND.facts if fact.id == "eligibility")


def test_the_reviewer_is_told_the_fact_and_the_class_and_never_the_words() -> None:
    facts = {"eligibility": "张三患肺癌,家住高洞村3组12号。", "how_decided": "村里核实,镇里审批。", "objection_phone": "0830-8190000"}
    (told_of,) = warnings("2026年11月临时救助公示", facts, KIND)
    assert (told_of["row"], told_of["column"], told_of["code"]) == (0, ELIGIBILITY, CODE)
    assert "病情或残疾情况、详细住址" in told_of["zh"]
    assert "words on illness or disability, an address to the door" in told_of["en"]
    assert "肺癌" not in str(told_of)
    assert "高洞村" not in str(told_of)


def test_a_title_is_told_first_and_a_fact_the_kind_does_not_ask_for_is_not_looked_at() -> None:
    found = warnings("给肺癌患者李四临时救助的公示", {"eligibility": "李四,1952年3月4日出生", "gone": "张三患肺癌"}, KIND)
    assert [one["column"] for one in found] == ["标题", ELIGIBILITY]


@pytest.mark.parametrize("kind", kinds.load().values(), ids=lambda kind: kind.id)
def test_a_kinds_own_words_tell_nothing(kind: Kind) -> None:
    assert warnings(f"百和镇2026年{kind.name.zh}公示", {fact.id: f"{fact.label.zh}：{fact.hint.zh}" for fact in kind.facts}, kind) == []
