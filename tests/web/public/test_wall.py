"""What a villager finds behind the plate of a wall."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.store import areas, notices, people, walls
from board.store.answers import QuestionAnswer
from tests.store.approved import tells_everybody
from tests.store.posted import AT, GAODONG, NEXT


@pytest.fixture
def user(app):
    return people.named("baihe-clerk").id


@pytest.fixture
def wall(posted, user):
    return walls.add(GAODONG, "村委会门口", user, AT)


def test_a_villager_scans_the_plate_and_sees_what_his_village_got_and_whom_to_ring(villager, wall):
    page = villager.sees(f"/W/{wall.number}")
    assert page.heading == "高洞社区公示墙"
    shown = page.text.split("正在公示\n")[1].split("\n镇里县里的事")[0]
    assert "1,034.28 元" in shown
    assert "有疑问打 0830-8191234" in shown
    assert "村委会门口" in page.text
    assert "0830-8195678" in page.text


def test_he_asks_about_it_straight_from_the_wall(villager, posted, wall):
    ask = f"/n/{posted.number}/ask?place={GAODONG}"
    assert ask in [address for _, address in villager.sees(f"/w/{wall.number}").links]
    assert "您说的是：高洞社区" in villager.sees(ask).text


def test_what_is_over_stands_below_by_year(villager, wall, at):
    at("2027-03-01")
    page = villager.sees(f"/w/{wall.number}")
    assert "正在公示\n现在没有。" in page.text
    assert "以前公示过的\n2026年（1 份）" in page.text
    assert "0830-8191234" in page.text.split("有疑问打电话")[1]


def test_what_was_taken_down_is_on_no_wall(villager, posted, wall):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    seen = villager.sees(f"/w/{wall.number}")
    assert posted.version.title not in seen.text
    assert "耕地地力保护补贴 · 百和镇人民政府 · 2026年11月20日\n已撤下：数算错了" in seen.text
    assert seen.link("耕地地力保护补贴 · 百和镇人民政府") == f"/n/{posted.number}"


def test_another_villages_rows_are_not_on_this_wall(villager, posted, user):
    next_door = walls.add(NEXT, "小卖部旁", user, AT)
    page = villager.sees(f"/w/{next_door.number}")
    assert "468" in page.text
    assert "1,034.28" not in page.text


def test_a_closed_wall_says_so_and_leads_to_the_one_that_stands(villager, wall, user):
    other = walls.add(GAODONG, "文化广场", user, AT)
    walls.close(wall, user, AT + timedelta(days=1))
    page = villager.sees(f"/w/{wall.number}")
    assert "这面墙已经在2026年11月21日撤掉了" in page.text
    assert villager.follows(page, "文化广场").path == f"/w/{other.number}"
    assert "1,034.28 元" in page.text


def test_the_wall_of_a_village_that_was_merged_leads_to_the_village_it_belongs_to_now(villager, wall):
    areas.merge(GAODONG, NEXT, "luxian-admin", AT)
    page = villager.sees(f"/w/{wall.number}")
    assert "已并入" in page.text
    assert f"/a/{NEXT}" in [address for _, address in page.links]


def test_a_number_that_no_wall_has_says_so_and_takes_another(villager, posted, wall):
    for number in ("123456789", posted.number):
        page = villager.sees(f"/w/{number}")
        assert (page.status, page.heading) == (404, "没有这个编号")


def test_the_plate_and_the_address_in_small_letters_open_the_same_page_in_both_languages(villager, wall):
    assert villager.sees(f"/W/{wall.number}").text == villager.sees(f"/w/{wall.number}/").text
    assert "On show until 27 November 2026" in villager.sees(f"/W/{wall.number}?lang=en").text


def test_what_was_asked_about_a_notice_is_answered_on_the_wall_too(villager, posted, wall, user):
    tells_everybody(posted, QuestionAnswer("为什么没有化肥钱？", "化肥补贴下个月发。", GAODONG))
    tells_everybody(posted, QuestionAnswer("隔壁村的事", "不在这里说。", NEXT))
    text = villager.sees(f"/w/{wall.number}").text.split("大家问过的")[1]
    assert "化肥补贴下个月发。" in text
    assert "隔壁村的事" not in text
