"""What everybody sees: totals that agree everywhere, names as the web may show them, and addresses that stay alive."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from board.store import notices, people
from tests.store.corrected import TWO_AND_ONE, correct, without
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal
from tests.web.drafting import sends
from tests.web.publishing import NAMES, addresses, amounts_of, assistance, publishes, rows_of, text

BAIHE = "baihe-cropland-roster.xlsx"


# ---- totals agree


def test_poster_page_rows_desk_and_audit_say_one_total(app, villager, person, number):
    app.config["PAGE_ROWS"] = 3
    part, page, seen, paid = "1,034.28", villager.sees(f"/n/{number}/{GAODONG}"), [], Decimal()
    while True:
        assert part in page.text
        seen, paid = seen + rows_of(page), paid + sum(amounts_of(page))
        if not [words for words, _ in page.links if "看后面的" in words]:
            break
        page = villager.follows(page, "看后面的")

    assert [row[0] for row in seen] == ["1", "2", "3", "4"]
    assert paid == Decimal(part.replace(",", ""))
    assert part in text(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data)
    for page in (
        villager.sees(f"/n/{number}"),
        person("baihe-clerk").sees(f"/desk/notices/{number}"),
        person("luxian-auditor").sees("/audit"),
    ):
        assert page.status == 200
    assert "1,502.28" in villager.sees(f"/n/{number}").text
    assert "1,502.28" in person("luxian-auditor").sees("/audit").text


def test_a_real_roster_agrees_to_the_fen_over_all_its_places_and_pages(person, villager):
    draft = sends(person("baihe-clerk"), BAIHE)
    page = person("baihe-reviewer").submits(f"{draft}/review", "通过并公布")
    number = page.path.split("/")[3]
    notice = villager.sees(f"/n/{number}")
    assert "552,578.07" in notice.text
    assert "演示数据 · 虚构" in notice.text  # the sheet is one of the demo's, and its people are made up
    places = [address for _, address in notice.links if re.fullmatch(rf"/n/{number}/\d{{12}}", address)]
    total, count = Decimal(), 0
    for address in places:
        page = villager.sees(address)
        said = Decimal(re.search(r"共 ([\d,.]+) 元", page.text)[1].replace(",", ""))
        paid = amounts_of(page)
        while [words for words, _ in page.links if "看后面的" in words]:
            page = villager.follows(page, "看后面的")
            paid += amounts_of(page)
        assert sum(paid) == said
        total, count = total + said, count + len(paid)

    assert (len(places), count, total) == (13, 1194, Decimal("552578.07"))


# ---- addresses


def test_a_place_that_is_not_in_the_notice_says_so_and_leads_on(villager, number):
    page = villager.sees(f"/n/{number}/510521117001")

    assert page.status == 404
    assert "这份公示里没有这个地方" in page.text
    assert villager.follows(page, "看整个公示").status == 200


# ---- names and rows


def test_no_whole_name_is_in_any_public_byte(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        held = text(page.data) if page.headers["Content-Type"] == "application/pdf" else page.html + str(page.headers)
        assert not [name for name in NAMES if name in held], address


def test_rows_are_not_for_search_engines(villager, number):
    assert '<meta name="robots" content="noindex">' in villager.sees(f"/n/{number}/{GAODONG}").html


def test_a_row_can_be_asked_about(villager, number):
    assert villager.follows(villager.sees(f"/n/{number}/{GAODONG}"), "不对").status == 200


def test_a_place_shows_how_an_amount_came_about_and_whom_to_ask(villager, number):
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "补贴面积 4.95 亩 × 补贴标准 93.6 元/亩 = 补贴金额 463.32 元" in page.text
    assert page.link("0830-8191234") == "tel:0830-8191234"
    assert "名单上没有我家" in page.text


@pytest.mark.parametrize("day", ["2026-11-27", "2026-11-28", "2027-11-27"])
def test_a_roster_for_everyone_stays_a_year_after_its_period(villager, number, at, day):
    at(day)

    assert len(rows_of(villager.sees(f"/n/{number}/{GAODONG}"))) == 4
    assert villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").status == 200


def test_after_that_year_the_rows_are_gone_and_the_sums_stay(villager, number, at):
    at("2027-11-28")
    page = villager.sees(f"/n/{number}/{GAODONG}/1")

    assert page.status == 200
    assert rows_of(page) == []
    assert "1,034.28" in page.text
    assert "名单已收起" in page.text
    sheet = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")
    assert sheet.status == 410
    assert "名单已收起，总数还在" in sheet.text
    assert sheet.link("0830-8191234") == "tel:0830-8191234"  # “请打下面的电话”


def test_a_sensitive_kinds_rows_go_when_its_period_ends(villager, app, at):
    number = publishes(assistance())
    at("2026-11-27")
    assert len(rows_of(villager.sees(f"/n/{number}/{GAODONG}"))) == 2

    at("2026-11-28")
    page = villager.sees(f"/n/{number}/{GAODONG}/1")
    assert rows_of(page) == []
    assert "张*三" not in page.html
    assert "1,872.00" in page.text
    sheet = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")
    assert sheet.status == 410
    assert "名单已收起，总数还在" in sheet.text


def test_two_hundred_rows_weigh_less_than_14_kilobytes(villager):
    number = publishes(proposal("cropland-subsidy", [line(GAODONG, no, f"{NAMES[no % 5]}{no}", f"{no % 9}.{no}") for no in range(1, 201)]))
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert len(rows_of(page)) == 200
    assert len(gzip.compress(page.html.encode(), 6)) < 14_000


def test_a_table_of_all_places_has_their_names_and_no_numbers(villager):
    number = publishes(proposal("fund-allocation", [line(GAODONG, 1, "", "10"), line(NEXT, 1, "", "5")]))
    page = villager.sees(f"/n/{number}/{TOWN}")

    assert [row[0] for row in rows_of(page)] == ["高洞社区", "旁边的村"]
    assert "名单上没有我家" not in page.text
    assert "每个地方都按同一个办法算" in page.text


def test_the_demo_says_on_every_page_that_it_is_one(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        if page.html:
            assert ("Demo data" if "lang=en" in address else "演示数据") in page.text, address


def test_a_corrected_place_hangs_anew_and_the_others_as_long_as_their_paper_says(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), TWO_AND_ONE, at=AT.replace(day=24))

    assert "2026年11月24日 至 2026年12月1日" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert "2026年11月20日 至 2026年11月27日" in villager.sees(f"/n/{number}/{NEXT}").text


def test_a_place_that_is_no_longer_in_the_notice_says_so_and_why(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), without("钱七"), "钱七是高洞社区的", at=AT)
    for address in (f"/n/{number}/{NEXT}", f"/N/{number}/{NEXT}/1"):
        page = villager.sees(address)
        assert page.status == 200
        assert "这份公示更正过，现在没有" in page.text
        assert "钱七是高洞社区的" in page.text
    script = villager.sees(f"/N/{number}/{NEXT}.txt")
    assert (script.status, script.text) == (200, "这份公示更正过，现在没有旁边的村了。\n更正的原因：钱七是高洞社区的。\n")


def test_every_row_opens_to_its_own_sum(villager, number):
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "187.20\n= 2 亩 × 93.6 元/亩" in page.text
    assert page.html.count("</summary>= ") == 4
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


def test_a_withdrawn_notice_leads_to_the_one_that_stands_in_its_place(villager, posted):
    notices.take_down(posted, people.named("baihe-reviewer").id, "标题写错了", AT)
    assert "看新的" not in villager.sees(f"/n/{posted.number}").text

    anew = post()
    for address, leads in ((f"/n/{posted.number}", f"/n/{anew.number}"), (f"/n/{posted.number}/{GAODONG}", f"/n/{anew.number}/{GAODONG}")):
        assert villager.sees(address).link("看新的公示") == leads
