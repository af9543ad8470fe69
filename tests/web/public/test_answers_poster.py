"""答复上墙: the sheet with a village's answered questions, as anybody prints it from the wall's page, and in the booklet."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from board.store import answers, people, walls
from board.store.answers import QuestionAnswer
from tests.store.approved import tells_everybody
from tests.store.posted import AT, GAODONG, NEXT


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def wall(posted):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def test_a_villager_prints_what_was_asked_in_his_village(villager, posted, wall):
    tells_everybody(posted, QuestionAnswer("什么时候发到卡上？", "下月十号以前。", GAODONG))
    tells_everybody(posted, QuestionAnswer("隔壁村怎么发？", "一样。下月十号。", NEXT))
    answers.draft(posted, QuestionAnswer("还没有批的问题？", "等一等再说。"), None, people.named("baihe-clerk").id, AT)
    page = villager.sees(f"/w/{wall.number}")
    sheet = villager.follows(page, "打印成一张，贴在墙上")

    text = words(sheet.data)
    for said in ("高洞社区", "什么时候发到卡上？", "下月十号以前。", posted.number[:3], "村委会门口", "2026年11月22日打印"):
        assert said in text
    for said in ("隔壁村", "还没有批", "张小三", "张*三"):
        assert said not in text


def test_a_wall_without_answers_says_so_and_one_that_was_taken_away_prints_nothing(villager, clerk, posted, wall):
    assert "打印成一张" not in villager.sees(f"/w/{wall.number}").text
    assert "现在还没有公开的问答" in words(villager.sees(f"/w/{wall.number}/answers.pdf").data)
    walls.close(wall, people.named("baihe-clerk").id, AT)

    assert villager.sees(f"/w/{wall.number}/answers.pdf").status == 404


def test_staff_print_it_from_the_walls_page(clerk, reviewer, posted, wall):
    tells_everybody(posted, QuestionAnswer("什么时候发到卡上？", "下月十号以前。"))

    for who in (clerk, reviewer):
        assert "什么时候发到卡上" in words(who.follows(who.sees(f"/desk/walls/{wall.number}"), "大家问过的（PDF）").data)


def test_a_withdrawn_answer_is_on_no_sheet_any_more(villager, posted, wall):
    one = tells_everybody(posted, QuestionAnswer("什么时候发到卡上？", "下月十号以前。"))
    assert "什么时候发到卡上" in words(villager.sees(f"/w/{wall.number}/answers.pdf").data)
    answers.withdraw(one.home, one.number, one.no, people.named("baihe-clerk").id, AT, "日子写错了。")

    assert "什么时候发到卡上" not in words(villager.sees(f"/w/{wall.number}/answers.pdf").data)
    assert "什么时候发到卡上" not in villager.sees(f"/w/{wall.number}").text


def test_the_villages_booklet_has_them_too(villager, posted):
    tells_everybody(posted, QuestionAnswer("什么时候发到卡上？", "下月十号以前。"))
    tells_everybody(posted, QuestionAnswer("隔壁村怎么发？", "一样。下月十号。", NEXT))
    text = words(villager.sees(f"/a/{GAODONG}/booklet/2026-q4.pdf").data)

    assert "问：什么时候发到卡上？答：下月十号以前。" in text
    assert "隔壁村" not in text
