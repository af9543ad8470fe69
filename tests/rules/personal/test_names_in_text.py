"""Names in running text: those of a roster wherever they stand, others beside words of need; no place, thing or office is taken for one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds, policies
from board.rules.personal.name_masking import mask_name
from board.rules.personal.names_in_text import candidates, covered, findings, masked
from board.rules.surnames import COMPOUND, SINGLE

WORDS = policies.name_words()
ROSTER = {"张国强", "郝秀云", "李四", "欧阳明", "高明", "钭巧珍", "司马相如", "买买提·吐尔逊", "阿卓木呷"}


def nobody(_name: str) -> bool:
    return False


def names(text: str, known=ROSTER.__contains__, **more: bool) -> list[str]:
    return [one.name for one in findings(text, known, WORDS, **more)]


# ---- beside words of need, whoever it is

SHAPED = [
    ("郝秀云(低保户)为什么没领到", "郝秀云(低保户)", "郝*云(低保户)为什么没领到"),
    ("关于张建国低保的公示", "张建国", "关于张*国低保的公示"),
    ("付张国强家低保慰问金", "张国强", "付张*强家低保慰问金"),
    ("低保户李四", "李四", "低保户李*"),
    ("五保老人:王老五,下月起停发", "王老五", "五保老人:王*五,下月起停发"),
    ("对张三重病的情况说明", "张三", "对张*重病的情况说明"),
    ("残疾人欧阳明申请补贴", "欧阳明", "残疾人欧*明申请补贴"),
    ("患尿毒症的王永强家通过", "王永强", "患尿毒症的王*强家通过"),
    ("因病致贫的赵铁柱优先", "赵铁柱", "因病致贫的赵*柱优先"),
    ("残疾人王永强优先", "王永强", "残疾人王*强优先"),
    ("五保户李国民优先", "李国民", "五保户李*民优先"),
    ("周大明（困难户）", "周大明", "周*明（困难户）"),
    ("村民何小妹住院慰问", "何小妹", "村民何*妹住院慰问"),
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新增特困人员赵大友、孙小满", "新增特困人员赵*友、孙*满"),
        ("低保户郝秀云、患尿毒症的王永强家通过", "低保户郝*云、患尿毒症的王*强家通过"),
        ("低保户王永强和赵铁柱", "低保户王*强和赵*柱"),
        ("对低保户张三、李四、王五的补助", "对低保户张*、李*、王*的补助"),
        ("低保户王永强、水泥和沙石", "低保户王*强、水泥和沙石"),
        ("张建国、李小红两户低保", "张*国、李*红两户低保"),
        ("村里王德贵家和邓元珍家一起评议", "村里王*贵家和邓*珍家一起评议"),
        ("王德贵反映陶明远家的面积不对", "王*贵反映陶*远家的面积不对"),
        ("群众反映高中毕业回家的学生", "群众反映高中毕业回家的学生"),
        ("付贫困户张国强、李秀英、王五妹慰问金", "付贫困户张*强、李*英、王*妹慰问金"),
        ("低保对象名单：张建国、李小红、王五", "低保对象名单：张*国、李*红、王*"),
        ("给村民张国强、其妻李秀英低保", "给村民张*强、其妻李*英低保"),
    ],
)
def test_every_name_of_a_list_beside_a_word_of_need_is_found(text, shown):
    assert masked(text, findings(text, nobody, WORDS)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张建国3月工资", "张*国3月工资"), ("付 张建国", "付 张*国"), ("张建国", "张*国"), ("转张建国", "转张*国"),
        ("李建国、张大山误工费", "李*国、张*山误工费"), ("餐费张建国", "餐费张*国"),
        ("付水管款张国强", "付水管款张*强"), ("代张国强交社保", "代张*强交社保"),
        ("退张国强多交款", "退张*强多交款"), ("张建国 李小红 王五", "张*国 李*红 王*"), ("刘 伟 家丧葬慰问", "刘* 家丧葬慰问"),
        ("精神病人张国强看护费", "精神病人张*强看护费"), ("阿苦木呷工资", "阿**呷工资"),
        ("购管材", "购管材"), ("牛肉、羊肉", "牛肉、羊肉"), ("白菜、黄瓜、毛豆", "白菜、黄瓜、毛豆"), ("请石匠修路", "请石匠修路"),
        ("云龙垃圾清运", "云龙垃圾清运"), ("花坛维修", "花坛维修"), ("江北水电费", "江北水电费"),
        ("田坎 水沟", "田坎 水沟"), ("石子、水泥", "石子、水泥"),
        ("村道修补材料", "村道修补材料"), ("路灯电费", "路灯电费"), ("水费", "水费"), ("办公用品", "办公用品"),
    ],
)  # fmt: skip
def test_a_line_of_accounts_that_is_little_but_a_name_is_masked(text, shown):
    assert masked(text, findings(text, nobody, WORDS, accounts=True)) == shown


@pytest.mark.parametrize("text", ["因病致贫的农户优先", "困难群众基本生活", "低保户按季公示", "大病患者和残疾人", "残疾人康复工程"])
def test_words_of_need_without_a_name_are_left_alone(text):
    assert findings(text, nobody, WORDS) == []


@pytest.mark.parametrize(("text", "begin", "shown"), SHAPED)
def test_a_name_beside_a_word_of_need_is_found_without_a_roster(text, begin, shown):
    found = findings(text, nobody, WORDS)

    assert [begin.startswith(one.name) for one in found] == [True]
    assert masked(text, found) == shown


# ---- what only looks like a name

NO_NAMES = [
    "高洞社区低保公示", "高洞低保户名单", "张家沟残疾人补贴", "王家湾五保供养", "陈旧房屋救助", "黄豆种子慰问", "金额困难", "白条低保",
    "方案救助", "石子路段", "马上慰问困难群众", "安全住院", "高龄低保", "和困难家庭", "特困人员姓名", "2026年冬春救助资金", "温暖慰问",
    "石门孙家村低保", "文明户慰问", "杨树低保", "于困难群众", "百和镇2026年农村低保公示", "残疾人两项补贴 12 月 10 日发",
    "因病致贫的家庭", "城乡低保对象", "全村低保户", "江北2026年低保金", "云龙2026年低保", "低保有关政策", "低保证明办理", "金山9月低保",
]  # fmt: skip
EXEMPT = [
    "低保找王主任", "镇财政所 张老师", "低保专干张国强", "联系人：张国强", "经手人张国强", "张国强主任", "张国强（村文书）",
    "村支书李四", "负责人：张国强、李四", "张国强副镇长",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_place_or_a_thing_is_no_name(text):
    assert names(text) == []
    assert names(text, accounts=True) == []


@pytest.mark.parametrize("text", EXEMPT)
def test_an_officer_named_by_his_post_is_exempt(text):
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "组长张国强家",
        "经办人把张国强的卡号写错了",
        "找王主任问张国强的事",
        "低保专干张国强家低保",
        "张国强书记家低保",
        "张国强主任的低保",
        "张国强　会计的儿子残疾",
        "联系人张国强，他家是低保户",
        "张-国-强低保",
        "张.国.强低保",
        "张|国|强",
    ],
)
def test_a_post_in_the_sentence_does_not_exempt_a_household(text):
    assert names(text) == ["张国强"]


# ---- of a roster


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张国强家的面积量错了", "张国强"),
        ("把张 国 强的数改了", "张国强"),
        ("把张　国强的数改了", "张国强"),
        ("把张\u200b国\n强的数改了", "张国强"),
        ("高明家的地", "高明"),
        ("高明这两个字也是人名", "高明"),
        ("欧阳明领了两次", "欧阳明"),
        ("司马相如领了两次", "司马相如"),
        ("钭巧珍没有领到", "钭巧珍"),
        ("买买提·吐尔逊没有领到", "买买提·吐尔逊"),
        ("更正：阿卓木呷，3组", "阿卓木呷"),
    ],
)
def test_a_name_of_the_roster_is_found_wherever_it_stands(text, name):
    assert names(text) == [name]
    assert candidates([text]).count(name) == 1


def test_a_name_is_masked_with_its_blanks():
    text = "张 国强和李四家"

    assert masked(text, findings(text, ROSTER.__contains__, WORDS)) == "张*强和李*家"


def test_the_longer_name_is_taken():
    assert names("张国强", {"张国", "张国强"}.__contains__) == ["张国强"]
    assert names("张国家", {"张国", "张国强"}.__contains__) == ["张国"]


def test_what_a_person_chose_to_cover_is_covered_and_no_more():
    text = "张国强领了，李四没领，找张国强主任"

    assert covered(text, ["张国强"], WORDS) == "张*强领了，李四没领，找张国强主任"
    assert covered(text, ["张国强", "李四"], WORDS, lambda _name: "某某") == "某某领了，某某没领，找张国强主任"
    assert covered(text, ["领了"], WORDS) == text


# ---- lines of accounts

PAID = [
    ("付张国强家低保慰问金", "付张*强家低保慰问金"),
    ("付李明华修路工资", "付李*华修路工资"),
    ("付工资:王平", "付工资:王*"),
    ("误工费（李明华）", "误工费（李*华）"),
    ("收王老五承包费", "收王*五承包费"),
    ("退还周大明押金", "退还周*明押金"),
    ("张建国护林工资", "张*国护林工资"),
]
THINGS = [
    "付高洞社区水费", "付黄豆种子款", "付石子款", "付水管材料款", "付苗木款", "张家沟修路款", "王家湾堰塘维修", "收到土地租金",
    "付白水泥款", "付村干部误工补助", "付陈旧电线更换款", "付金华公司工程款", "付贺卡印刷费", "付管道款", "付电费", "付打印费",
    "收上级拨款", "付公益岗工资", "付安装费", "付常年法律顾问费", "付张师傅修车费", "路灯电费", "办公用品", "上级补助转入",
    "公益岗人员工资",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), PAID)
def test_who_got_or_gave_money_is_masked_in_accounts(text, shown):
    assert masked(text, findings(text, nobody, WORDS, accounts=True)) == shown


@pytest.mark.parametrize("text", THINGS)
def test_what_was_bought_stays_in_accounts(text):
    assert names(text, accounts=True) == []


def test_payment_is_looked_for_in_accounts_only():
    assert names("付李明华修路工资", nobody) == []


# ---- whole texts


def _texts(of: Any) -> Iterator[str]:
    if isinstance(of, str):
        yield of
    for one in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
        yield from _texts(one)


DEMO = Path(__file__).parents[3] / "board" / "demo" / "posts.toml"
OFFICIAL = [*_texts(tomllib.loads(DEMO.read_text("utf-8"))), *(text for kind in kinds.load().values() for text in _texts(kind.source))]


def test_official_texts_say_no_name():
    assert [(text, found) for text in OFFICIAL if (found := names(text, nobody))] == []


_given = st.text(st.sampled_from("国强秀云建明平华英老五小妹德成家高金石"), min_size=1, max_size=3)
PEOPLE = st.builds(str.__add__, st.sampled_from(sorted(SINGLE | COMPOUND)), _given)


@given(st.sampled_from([text for text in [*OFFICIAL, *NO_NAMES, *THINGS] if len(text) < 200]), PEOPLE, st.data())
def test_a_name_planted_in_any_text_is_found_and_masked(text, name, data):
    at = data.draw(st.integers(0, len(text)))
    planted = text[:at] + name + "家" + text[at:]

    assert name in candidates([planted])
    found = findings(planted, {name}.__contains__, WORDS)
    assert any(one.start <= planted.index(name) < one.end for one in found) or any(one.name == name for one in found)
    assert name not in masked(planted, found) or mask_name(name) == name


def test_a_long_text_is_looked_at_in_no_time():
    text = "张国强低保户和残疾人" * 20_000

    assert len(findings(text, ROSTER.__contains__, WORDS)) == 20_000
