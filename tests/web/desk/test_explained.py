"""What a page says of its own figures: how each came about, whose they are, and what is left of a notice that was taken down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.store import notices, people
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal
from tests.web.public.test_notice import NAMES, publishes, rows_of


@pytest.fixture
def posted(app):
    return post()


@pytest.fixture
def number(posted):
    return posted.number


def test_every_row_opens_to_its_own_sum(villager, number):
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "187.20\n= 2 亩 × 93.6 元/亩" in page.text
    assert page.html.count("<details><summary>") == 4
    assert "每户都按同一个办法算。" in page.text


def test_all_rows_are_said_to_agree_only_when_they_do(villager):
    lines = [line(GAODONG, no, name, "2") for no, name in enumerate(NAMES, 1)]
    lines = [replace(one, measures=one.measures | {"amount": "99.00"}) if one.no in (2, 4) else one for one in lines]
    page = villager.sees(f"/n/{publishes(proposal('cropland-subsidy', lines))}/{GAODONG}")

    assert "都按同一个办法算" not in page.text
    assert "有 2 行和这个算法对不上，已由审核的人看过：2 号、4 号" in page.text
    assert page.html.count("= 2 亩 × 93.6 元/亩") == 3


def test_a_page_speaks_only_of_the_rows_it_shows(app, villager, number):
    app.config["PAGE_ROWS"] = 3

    assert "这一页上，每户都按同一个办法算。" in villager.sees(f"/n/{number}/{GAODONG}").text


def test_a_publishers_own_row_is_no_link_to_the_table_of_all_places(villager):
    number = publishes(proposal("fund-allocation", [line(TOWN, 1, "", "10"), line(NEXT, 1, "", "5")]))
    notice = villager.sees(f"/n/{number}")

    assert [address for words, address in notice.links if "本级" in words] == []
    assert "本级" in notice.text
    assert [row[0] for row in rows_of(villager.follows(notice, "看全部明细"))] == ["本级", "旁边的村"]


def test_a_place_of_a_table_of_places_says_its_own_figures(villager):
    number = publishes(proposal("fund-allocation", [line(GAODONG, 1, "", "10"), line(NEXT, 1, "", "5")]))
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "高洞社区：金额 936.00 元。" in page.text
    assert "分给" not in page.text


def test_a_title_goes_with_what_was_taken_down(villager, posted):
    notices.take_down(posted, people.named("baihe-reviewer").id, "标题写错了", AT)

    for address in (f"/n/{posted.number}", f"/n/{posted.number}/{GAODONG}", f"/n/{posted.number}/{GAODONG}/sheet.pdf"):
        page = villager.sees(address)
        assert page.status == 410
        assert posted.version.title not in page.html
        assert "耕地地力保护补贴 · 百和镇人民政府 · 2026年11月20日" in page.text
    assert posted.version.title not in villager.sees(f"/n/{posted.number}/ask").html


@pytest.mark.parametrize("address", ["/n/{n}/", "/N/{n}/", "/n/{n}/{p}/", "/N/{n}/{p}/1/", "/A/{p}", "/a/{p}/"])
def test_a_slash_too_many_and_a_capital_find_the_page_without_a_redirect(villager, number, address):
    assert villager.client.get(address.format(n=number, p=GAODONG)).status_code == 200
