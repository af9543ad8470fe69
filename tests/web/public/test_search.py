"""A villager looks for a notice by words: the same notices in the same order, and nobody by his name; the queries are tried on both
engines by ``tests/store/test_search.py``."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from board.rules import numbers
from board.store import people, walls
from board.store.notices import Posted
from tests.actors import Page, Person
from tests.numbers import CARD
from tests.store import announced
from tests.store.announced import NAMES
from tests.store.posted import AT, GAODONG, NEXT, TOWN


@pytest.fixture
def four(once: Callable[..., list[str]]) -> list[Posted]:
    """Four notices, the oldest first."""
    return announced.found(once("four", announced.four))


def titles(page: Page) -> list[str]:
    """Return the titles that a page lists, from the top."""
    return [words.split()[-1] for words, address in page.links if "/n/" in address]


def found(villager: Person, words: str = "", **narrowed: str) -> list[int]:
    """Return which of the fixture's notices are found, from the top: 0 is the oldest."""
    page = villager.sees("/search", query_string={"q": words, **narrowed})
    known = {"百和镇2026年耕地": 0, "百和镇2026年种粮": 1, "低保": 2, "百和镇2027年": 3}
    return [next(no for start, no in known.items() if title.startswith(start)) for title in titles(page)]


@pytest.mark.parametrize(
    ("words", "narrowed", "right"),
    [
        ("耕地", {}, [3, 0]),
        ("耕地地力保护补贴", {}, [3, 0]),
        ("补贴", {}, [3, 1, 0]),
        ("补贴 2026", {}, [1, 0]),
        ("补贴2026年", {}, [1, 0]),  # by its pieces
        ("2026年耕地", {}, [0]),
        ("耕地补贴", {}, [3, 0]),  # by its pieces
        ("川农发〔2027〕7号", {}, [3]),
        ("川农发2027", {}, [3]),
        ("高洞社区", {}, [3, 2, 0]),
        ("高洞社区居民委员会", {}, [3, 2, 0]),
        ("高洞 救助", {}, [2]),
        ("百和", {}, [3, 2, 1, 0]),
        ("百和镇人民政府", {}, [3, 2, 1, 0]),
        ("泸县", {}, [3, 2, 1, 0]),
        ("泸县种粮", {}, [1]),
        ("CROPLAND", {}, [3, 0]),
        ("subsid", {}, [3, 1, 0]),
        ("粮", {}, [1]),
        ("ｃｒｏｐｌａｎｄ", {}, [3, 0]),
        ("没有的词", {}, []),
        ("耕地 没有的词", {}, []),
        ('"耕地" OR * NEAR(\'', {}, []),
        ("", {"kind": "grain-subsidy"}, [1]),
        ("补贴", {"kind": "cropland-subsidy"}, [3, 0]),
        ("补贴", {"kind": "nothing-of-ours"}, [3, 1, 0]),
        ("补贴", {"year": "2027"}, [3]),
        ("补贴", {"year": "1999"}, []),
        ("补贴", {"year": "now"}, [3, 1, 0]),
        ("", {"fund": "种粮补贴"}, [1]),
        ("", {"fund": "中央财政"}, [3, 0]),
        ("", {"area": GAODONG}, [3, 2, 0]),
        ("", {"area": NEXT}, [1]),
        ("", {"area": TOWN}, [3, 2, 1, 0]),
        ("", {"area": "510521000000"}, [3, 2, 1, 0]),
        ("", {"area": "510522000000"}, []),
        ("补贴", {"area": GAODONG, "year": "2026", "kind": "cropland-subsidy", "fund": "耕地建设"}, [0]),
    ],
)
def test_what_is_found_newest_first(four: list[Posted], villager: Person, words: str, narrowed: dict[str, str], right: list[int]) -> None:
    assert found(villager, words, **narrowed) == right


@pytest.mark.parametrize(
    "name",
    [*NAMES, "小三", "张小", "欧阳", "阳建", "建国", "张*三", "农业服务中心 张老师", "张老师", "老师", "王主任", "主任", "0830-8191234"],
)
def test_nobody_is_found_by_his_name_nor_by_a_part_of_it(four: list[Posted], villager: Person, name: str) -> None:
    page = villager.sees("/search", query_string={"q": name})
    assert titles(page) == []
    assert "没有找到" in page.text or name == "建国", "there is a village of this name"


@pytest.mark.parametrize(
    "typed", ["{0}", "编号 {0}", "公示编号：{0}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]} {0[6]}{0[7]}{0[8]}", "full-width"]
)
def test_the_number_of_a_sheet_leads_straight_there(four: list[Posted], villager: Person, typed: str) -> None:
    number = four[0].number
    wide = number.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    page = villager.sees("/search", query_string={"q": wide if typed == "full-width" else typed.format(number)})
    assert (page.path, page.heading) == (f"/n/{number}", four[0].version.title)


@pytest.mark.parametrize(
    "typed",
    ["https://gk.example.cn/n/{0}/{1}", "gk.example.cn/N/{0}/{1}", "【明白公开栏】百和镇公示 https://gk.example.cn/n/{0}/{1} 点开看"],
)
def test_an_address_that_was_pasted_leads_straight_there(four: list[Posted], villager: Person, typed: str) -> None:
    page = villager.sees("/search", query_string={"q": typed.format(four[0].number, GAODONG)})
    assert page.path == f"/n/{four[0].number}/{GAODONG}"


@pytest.mark.parametrize("typed", ["高洞社区", "高洞社区居民委员会", "高洞社区 耕地", "高洞社区耕地"])
def test_a_place_is_found_first_and_the_hits_lead_to_its_share(four: list[Posted], villager: Person, typed: str) -> None:
    page = villager.sees("/search", query_string={"q": typed})
    places = [(words, address) for words, address in page.links if address.startswith("/a/")]
    assert places == [("高洞社区（百和镇）", f"/a/{GAODONG}")]
    hits = [address for _words, address in page.links if "/n/" in address]
    assert page.html.index(f"/a/{GAODONG}") < page.html.index(hits[0])
    assert f"/n/{four[0].number}/{GAODONG}" in hits


def test_a_place_without_notices_is_found_all_the_same(app: Flask, villager: Person) -> None:
    page = villager.sees("/search", query_string={"q": "楼方咀"})
    assert "没有找到" not in page.text
    assert villager.follows(page, "楼方咀村（百和镇）").heading == "楼方咀村公示墙"


def test_a_village_is_looked_for_inside_its_county(app: Flask, villager: Person) -> None:
    page = villager.submits("/a/510521000000", "找", q="东岳")
    assert [address for _words, address in page.links if address.startswith("/a/")] == ["/a/510521116236"]


def test_the_number_of_a_plate_leads_to_its_wall(app: Flask, villager: Person) -> None:
    clerk = people.named("baihe-clerk")
    assert clerk
    wall = walls.add(GAODONG, "居委会门口", clerk.id, AT)
    assert villager.sees("/search", query_string={"q": numbers.spaced(wall.number)}).path == f"/w/{wall.number}"


def test_a_receipt_leads_to_the_way_to_a_case_and_stays_in_no_address(app: Flask, villager: Person) -> None:
    receipt = numbers.receipt(b"16 bytes, or more")
    answer = villager.client.get("/search", query_string={"q": numbers.receipt_spaced(receipt)})
    assert (answer.status_code, receipt in answer.headers["Location"].replace("%20", "")) == (302, False)
    page = villager.sees(answer.headers["Location"])
    assert "这是查询号" in page.text
    assert page.link("查进度") == "/receipt"


def test_a_number_that_was_never_given_says_what_to_do(four: list[Posted], villager: Person) -> None:
    page = villager.sees("/search?q=1000 0000 0")
    assert (page.status, page.heading) == (404, "没有这个编号")
    assert "您输入的是“100000000”" in page.text


def test_what_is_typed_is_masked_cut_and_in_no_title(app: Flask, villager: Person) -> None:
    card = CARD
    page = villager.sees("/search", query_string={"q": f"{card} " + "补" * 500})
    assert card not in page.html
    assert [len(run) for run in re.findall("补{6,}", page.html)] == [60 - len(card) - 1]
    title = page.html.partition("<title>")[2].partition("</title>")[0]
    assert title == "找公示 · 明白公开栏"
    assert '<meta name="robots" content="noindex">' in page.html


def test_what_is_typed_is_no_markup(app: Flask, villager: Person) -> None:
    assert "<b>x" not in villager.sees("/search", query_string={"q": '"><b>x', "fund": '"><b>x'}).html


def test_a_page_is_followed_by_the_next(four: list[Posted], villager: Person, app: Flask) -> None:
    app.config["PAGE_NOTICES"] = 3
    page = villager.sees("/search?q=百和镇&lang=en")
    assert len(titles(page)) == 3
    later = villager.follows(page, "Next page")
    assert ([title[:10] for title in titles(later)], "Next page" in later.text) == ([four[0].version.title[:10]], False)
    assert "lang=en" in later.link(four[0].version.title)


def test_pieces_are_followed_by_pieces(four: list[Posted], villager: Person, app: Flask) -> None:
    app.config["PAGE_NOTICES"] = 1
    page = villager.sees("/search?q=补贴2026年")
    assert "都分开出现过" in page.text
    later = villager.follows(page, "看后面的")
    assert [titles(page)[0][:10], titles(later)[0][:10]] == [four[1].version.title[:10], four[0].version.title[:10]]


def test_the_form_works_from_the_header_in_both_languages(four: list[Posted], villager: Person) -> None:
    page = villager.follows(villager.sees("/?lang=en&view=large"), "Find a notice")
    page = villager.submits(page, q="cropland", kind="cropland-subsidy")
    assert len(titles(page)) == 2
    assert "view=large" in page.link("百和镇2027年")
    assert "lang=en" in page.link("百和镇2027年")


def test_the_form_narrows_step_by_step(four: list[Posted], villager: Person) -> None:
    page = villager.submits("/search", area="510521000000")
    page = villager.submits(page, area=TOWN)
    page = villager.submits(page, area=GAODONG, q="救助")
    assert titles(page) and "低保" in titles(page)[0]  # noqa: PT018
    assert f"/{GAODONG}" in page.link("低保")
