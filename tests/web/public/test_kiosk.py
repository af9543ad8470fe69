"""A screen on a wall: it turns its pages by itself, shows everything that hangs, and returns to the start."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from board.store import notices, people, walls
from tests.store.corrected import correct, without
from tests.store.posted import AT, FACTS, GAODONG, NEXT, Made, line, proposal
from tests.web.publishing import publishes


@pytest.fixture
def wall(posted):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def onward(page) -> str:
    """Where the screen goes by itself, and after how many seconds."""
    found = re.search(r'<meta http-equiv="refresh" content="20;url=([^"]+)">', page.html)
    assert found, page.html[:600]
    return unescape(found[1])


def turns(villager, wall, limit: int = 60, **asked: str) -> list:
    """The pages of the screen from its start until it is there again."""
    start = f"/w/{wall.number}?" + "&".join(f"{name}={value}" for name, value in {**asked, "view": "kiosk"}.items())
    pages = [villager.sees(start)]
    while onward(pages[-1]).split("?")[1].count("=") > 1 + len(asked):
        pages.append(villager.sees(onward(pages[-1])))
        assert len(pages) < limit
    return pages


def test_the_screen_shows_the_sum_then_the_rows_and_returns_to_the_start(villager, wall):
    pages = turns(villager, wall)
    assert len(pages) == 2
    assert "1,034.28 元" in pages[0].text
    assert "张*三" in pages[1].text
    assert "张小三" not in pages[1].html
    assert onward(pages[-1]) == f"/w/{wall.number}?view=kiosk"


def test_every_row_of_a_long_roster_is_shown_once(villager, wall):
    long = proposal("cropland-subsidy", [line(GAODONG, no, f"户主{no}", "1.5") for no in range(1, 41)])
    publishes(Made(**{**vars(long), "title": "长名单公示"}))
    pages = [page for page in turns(villager, wall) if "长名单公示" in page.heading]
    shown = [int(no) for page in pages for no in re.findall(r"<tr><td>(\d+)</td>", page.html)]
    assert shown == list(range(1, 41))
    assert len(pages) == 1 + 4, "the name of the group takes a line of each half"


def test_each_group_stands_under_its_name(villager, wall):
    rows = [replace(line(GAODONG, no, f"户主{no}", "1.5"), group=f"{1 + no // 6}组") for no in range(1, 12)]
    publishes(Made(**{**vars(proposal("cropland-subsidy", rows)), "title": "分组公示"}))
    page = next(page for page in turns(villager, wall) if "分组公示" in page.heading and "户主" in page.text)
    assert re.findall(r'<th colspan="\d">(\d组)</th>|<tr><td>(\d+)</td>', page.html)[:7] == [
        ("1组", ""), ("", "1"), ("", "2"), ("", "3"), ("", "4"), ("", "5"), ("2组", ""),
    ]  # fmt: skip


def test_one_finds_ones_own_row_by_the_surnames_that_occur(villager, wall):
    page = villager.sees(f"/w/{wall.number}?view=kiosk")
    assert [words for words, address in page.links if "find=" in address] == ["李", "王", "张", "赵"]

    found = villager.follows(page, "张")
    assert "张*三" in found.text
    assert "李*" not in found.text
    assert '<meta http-equiv="refresh" content="60;' in found.html, "time to read"
    after = unescape(re.search(r"url=([^\"]+)", found.html)[1])
    assert villager.sees(after).heading == page.heading, "back to the notice, not on to the next"


@pytest.mark.parametrize("find", ["没有", "999", "<b>", "3组"])
def test_a_forged_search_shows_the_screen_and_goes_on(villager, wall, find):
    page = villager.client.get(f"/w/{wall.number}", query_string={"view": "kiosk", "find": find})
    assert (page.status_code, "张*三" in page.text, "refresh" in page.text) == (200, False, True)


def test_a_notice_that_starts_later_or_is_over_or_was_taken_down_is_not_on_the_screen(villager, posted, wall, at):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    page = villager.sees(f"/w/{wall.number}?view=kiosk&notice={posted.number}&after=0")
    assert "现在没有正在公示的" in page.text
    assert "已撤下：数算错了" in page.text, "its paper may hang beside the screen"
    assert onward(page) == f"/w/{wall.number}?view=kiosk"


@pytest.mark.parametrize("asked", ["notice=999999999", "after=99999", "after=x", "notice=1&after=510521116004.1", "after=9999999"])
def test_whatever_its_address_says_the_screen_shows_something_and_goes_on(villager, wall, asked):
    page = villager.sees(f"/w/{wall.number}?view=kiosk&{asked}")
    assert page.status == 200
    assert onward(page).startswith(f"/w/{wall.number}?view=kiosk")


def test_the_screen_has_the_day_and_the_time_and_is_kept_by_nobody(villager, wall, at):
    at("2026-11-22T10:05:00")
    page = villager.sees(f"/w/{wall.number}?view=kiosk")
    assert "2026年11月22日 星期日 10:05" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    at("2026-11-22T10:06:00")
    assert "星期日 10:06" in villager.sees(f"/w/{wall.number}?view=kiosk").text


def test_the_screen_in_english_stays_english(villager, wall):
    for page in turns(villager, wall, lang="en"):
        assert "Sunday" in page.text
        assert "lang=en" in onward(page)


def test_a_screen_whose_page_fails_tries_again_by_itself(villager, wall, monkeypatch, app):
    assert villager.sees("/w/123456789?view=kiosk").headers["Refresh"] == "60"
    assert "Refresh" not in villager.sees("/w/123456789").headers


def test_the_screens_style_is_the_only_one_that_its_page_may_use(villager, wall):
    policy = villager.sees(f"/w/{wall.number}?view=kiosk").headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "script-src" not in policy


def test_a_correction_in_another_village_keeps_no_rows_on_the_screen(app, villager, at):
    people_of = ((GAODONG, ("张小三", "李四", "王五", "赵六")), (NEXT, ("钱七", "孙八", "周九")))  # three are enough to be shown
    numbered = [(place, no, name) for place, names in people_of for no, name in enumerate(names, 1)]
    lines = [replace(line(place, no, name, "10"), measures={"amount": "936.00"}) for place, no, name in numbered]
    stated = {id: said for id, said in FACTS.items() if id != "standard"}
    stated |= {"stage": "approved", "relief_standard": "每人每月 93.6 元", "how_decided": "入户看过"}
    made = proposal("social-assistance", lines)
    number = publishes(replace(made, facts=stated, frozen=made.frozen | {"names": {"wall": "masked", "web": "masked"}}))
    here = walls.add(NEXT, "村委会门口", people.named("baihe-clerk").id, AT)
    at("2026-11-24")
    correct(notices.find(number), without("李四"), at=AT.replace(day=24))
    at("2026-11-27")
    assert "钱*" in "".join(page.html for page in turns(villager, here))

    at("2026-11-28")  # 高洞社区's new sheet hangs on, the one of the village beside it has come down
    assert "张*三" in villager.sees(f"/n/{number}/{GAODONG}").html
    assert "钱*" not in villager.sees(f"/n/{number}/{NEXT}").html
    assert "钱*" not in "".join(page.html for page in turns(villager, here))
    assert "公示期满" in villager.sees(f"/a/{NEXT}").text
