"""A villager looks for a notice by words: the same notices in the same order on both engines, and nobody by his name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from board.models import Notice, Version, db
from board.rules import numbers
from board.store import areas, notices, people, search_index, walls
from board.store.drafting import drafts, posting
from board.store.engine import writing
from board.store.notices import Posted
from tests.actors import Page, Person
from tests.numbers import CARD
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, line, proposal, submit

NAMES = ("张小三", "欧阳建国", "李四")


def announce(
    title: str, kind: str = "cropland-subsidy", place: str = GAODONG, hour: int = 0, starts: str = "2026-11-20", **facts: str
) -> Posted:
    """Post a notice of 百和镇 with a part for one place, some hours after the last."""
    made = proposal(kind, [line(place, no, name, "2") for no, name in enumerate(NAMES, 1)])
    made = replace(made, title=title, facts=FACTS | facts, starts=starts, ends="2027-01-12")
    clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
    assert clerk
    assert reviewer
    at = AT + timedelta(hours=hour)
    draft = drafts.start(TOWN, kind, title, clerk.id, at)
    draft = submit(draft, draft.revision, clerk.id, at, made)
    return posting.post(draft, made.digest, draft.revision, reviewer.id, {}, at)


@pytest.fixture
def four(app: Flask) -> list[Posted]:
    """Four notices, the oldest first."""
    return [
        announce("百和镇2026年耕地地力保护补贴公示"),
        announce("百和镇2026年种粮补贴公示", "grain-subsidy", NEXT, 1, fund_source="省级种粮补贴资金", eligibility="种粮的农民"),
        announce(
            "低保对象救助名单",
            "social-assistance",
            GAODONG,
            2,
            how_decided="王主任主持评议",
            fund_source="城乡低保资金",
            eligibility="困难家庭",
        ),
        announce("百和镇2027年耕地地力保护补贴公示", hour=3, basis_document="川农发〔2027〕7号", starts="2027-01-04"),
    ]


def titles(page: Page) -> list[str]:
    """Return the titles that a page lists, from the top."""
    return [words for words, address in page.links if "/n/" in address]


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
    assert (titles(page), "没有找到" in page.text) == ([], True)


@pytest.mark.parametrize("typed", ["{0}", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]} {0[6]}{0[7]}{0[8]}", "full-width"])
def test_the_number_of_a_sheet_leads_straight_there(four: list[Posted], villager: Person, typed: str) -> None:
    number = four[0].number
    wide = number.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    page = villager.sees("/search", query_string={"q": wide if typed == "full-width" else typed.format(number)})
    assert (page.path, page.heading) == (f"/n/{number}", four[0].version.title)


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
    page = villager.sees("/search?q=100000000")
    assert "编号请对着公示单再看一遍" in page.text


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


def test_a_notice_that_was_taken_down_is_not_found(four: list[Posted], villager: Person) -> None:
    reviewer = people.named("baihe-reviewer")
    assert reviewer
    notices.take_down(four[3], reviewer.id, "金额有误", AT + timedelta(hours=5))
    assert found(villager, "耕地") == [0]


def test_a_renamed_place_is_found_by_both_names(four: list[Posted], villager: Person, app: Flask) -> None:
    areas.rename(GAODONG, "新高洞社区居民委员会", "luxian-admin", AT)
    assert found(villager, "新高洞") == [3, 2, 0]
    assert found(villager, "高洞社区") == [3, 2, 0]


def test_a_file_of_areas_renames_too(four: list[Posted], villager: Person, app: Flask) -> None:
    areas.load(f"code,name,level,parent\n{GAODONG},望江社区居民委员会,village,{TOWN}\n", "console", AT)
    assert found(villager, "望江社区") == [3, 2, 0]


def test_an_area_that_took_another_over_is_found_by_that_name(four: list[Posted], villager: Person, app: Flask) -> None:
    into = next(one for one in areas.children(TOWN) if one.code not in (GAODONG, NEXT))
    areas.merge(NEXT, into.code, "luxian-admin", AT)
    assert found(villager, "种粮", area=NEXT) == [1]


def test_a_correction_is_found_by_its_own_words_at_its_own_place_in_the_list(four: list[Posted], villager: Person, app: Flask) -> None:
    with writing() as session:
        notice = session.get_one(Notice, (TOWN, four[0].number))
        first = session.get_one(Version, (TOWN, four[0].number, 1))
        columns = {column.key: getattr(first, column.key) for column in Version.__mapper__.columns}
        session.add(Version(**columns | {"no": 2, "title": "百和镇2026年耕地补贴更正", "posted_at": AT + timedelta(hours=9)}))
        notice.current = 2
        session.flush()
        search_index.put([notice])
    assert found(villager, "更正") == [0]
    assert found(villager, "百和") == [0, 3, 2, 1]


def entries(app: Flask) -> list[tuple[Any, ...]]:
    """Return the whole index as the database has it."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(db.text("SELECT * FROM search_index ORDER BY 2, 3"))]


def test_an_index_made_anew_is_the_same_and_loses_what_does_not_belong(four: list[Posted], villager: Person, app: Flask) -> None:
    before = entries(app)
    with writing() as session:
        session.get_one(Notice, (TOWN, four[1].number)).withdrawn_at = AT
        session.execute(db.text("DELETE FROM search_index WHERE number = :number"), {"number": four[2].number})
    result: Result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.output.endswith("notices.\n"), result.output
    assert entries(app) == [entry for entry in before if four[1].number not in entry]
    assert found(villager, "百和") == [3, 2, 0]


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
