"""Templates of answers: an office's own and its county's, and one tap that loses nothing typed."""

from __future__ import annotations

import pytest

from board.store import answer_templates, people
from board.store.answer_templates import Wording
from tests.store.asked import files
from tests.store.posted import AT, TOWN

COUNTY = "510521000000"
TEXT = "按面积乘标准算，标准全县一个。"


@pytest.fixture
def address(posted):
    case = files(posted, "amount_wrong")
    return f"/desk/cases/{case.home}/{case.id}"


def writes(who, **more):
    return who.submits("/desk/templates", "存下来", **{"category": "amount_wrong", "title": "怎么算的", "text": TEXT, **more})


def of_county(title="县里的话", text="请以县里的文件为准。"):
    return answer_templates.write(COUNTY, "", Wording("amount_wrong", title, text), people.named("luxian-clerk").id, AT)


def test_a_clerk_keeps_one_and_puts_it_behind_what_is_typed(clerk, address):
    assert "存好了" in writes(clerk).text
    page = clerk.submits(address, "怎么算的", text="您好，查过了。")
    assert page.form("答复").fields["text"] == [f"您好，查过了。\n{TEXT}"]
    page = clerk.submits(page, "怎么算的")
    assert page.form("答复").fields["text"] == [f"您好，查过了。\n{TEXT}"], "once is enough"
    assert "已答复" not in page.text


def test_a_village_and_a_township_use_the_countys_and_cannot_change_them(clerk, address):
    made = of_county()
    page = clerk.sees("/desk/templates")
    assert "上级的\n县里的话" in page.text
    assert "还没有。" in page.text
    assert clerk.sees(f"/desk/templates/{made.id}").status == 404
    assert clerk.submits(address, "县里的话").form("答复").fields["text"] == ["请以县里的文件为准。"]


def test_those_of_another_category_or_township_are_not_offered(person, clerk, address):
    answer_templates.write(TOWN, "", Wording("unclear", "别的一类", "说明白。"), people.named("baihe-clerk").id, AT)
    other = answer_templates.write("510521117000", "", Wording("amount_wrong", "别的镇", "说明白。"), people.named("baihe-clerk").id, AT)
    page = clerk.sees(address)
    assert "别的" not in page.text

    fields = {name: values[-1] for name, values in page.form("答复").fields.items()}
    page = clerk.client.post(f"{address}/template", data=fields | {"put": f"510521117000-{other.id}", "text": "写了一半"})
    assert "说明白。" not in page.get_data(as_text=True)
    assert "写了一半" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": "打 13800138000 问。"}, "手机号"),
        ({"title": "13800138000"}, "手机号"),
        ({"text": "短"}, "请写 4 到 2000 个字"),
        ({"title": "长" * 31}, "最多 30 个字"),
        ({"category": ""}, "请选一下，答复哪一类来件时用"),
        ({"category": "letter"}, "请选一下，答复哪一类来件时用"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(clerk, posted, more, told):
    page = writes(clerk, **more)
    assert (page.status, told in page.text) == (422, True)
    assert "13800138000" not in page.html
    assert answer_templates.listed([TOWN]) == []


def test_a_name_of_a_roster_is_looked_at_first(clerk, posted):
    page = writes(clerk, text="张小三家的面积量过了。")
    assert page.status == 422
    assert "您写的话里像是说到了某个人的" in page.text
    page = clerk.submits(page, "把名字换成")
    clerk.submits(page, "存下来")
    assert [one.text for one in answer_templates.listed([TOWN])] == ["张*三家的面积量过了。"]


def test_it_is_rewritten_and_removed_and_then_never_used_again(clerk, address):
    writes(clerk)
    page = clerk.follows(clerk.sees("/desk/templates"), "改")
    assert page.form("存下来").fields["text"] == [TEXT]
    clerk.submits(page, "存下来", text="面积乘标准。")
    before = clerk.sees(address)
    question = clerk.submits("/desk/templates", "删掉")
    assert "要删掉这一段吗？" in question.text
    assert "删掉了" in clerk.submits(question, "删掉").text

    page = clerk.submits(before, "怎么算的", text="写了一半")
    assert "这一段已经删掉了" in page.text
    assert page.form("答复").fields["text"] == ["写了一半"]
    late = clerk.submits(clerk.sees("/desk/templates"), "存下来", id="0123456789ab", category="amount_wrong", title="怎么算", text=TEXT)
    assert "刚才被删掉了" in late.text


def test_a_leader_keeps_texts_for_letters(leader):
    assert "存好了" in writes(leader, category="letter", title="谢谢来信").text
    assert "谢谢来信 · 给领导写信" in leader.sees("/desk/templates").text
