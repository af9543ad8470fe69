"""The auditor's figures: each opens the cases that it counts, beside the middle of the townships, in the order of the codes."""

from __future__ import annotations

import re

import pytest

from board.store import cases
from board.web.county import figures
from tests.store.asked import ASKED, COUNTY, files
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import answers, asks, looks_up, receipt_on

OTHER = "510521100000"  # another township


def asked(villager, posted, text="我家的面积少算了。", **more):
    return receipt_on(asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row=2", text=text, **more))


def links(page) -> dict[str, list[str]]:
    """Figure -> addresses of the first page's links to its lists."""
    found: dict[str, list[str]] = {}
    for _words, address in page.links:
        if match := re.match(r"/audit/cases\?figure=(\w+)", address):
            found.setdefault(match[1], []).append(address)
    return found


def rows(page) -> list[str]:
    return re.findall(r"<tr><th scope=\"row\" class=\"d\">([^<]*)</th>", page.html)


def test_from_a_figure_to_its_case_it_is_two_taps(auditor, villager, posted, at, person):
    asked(villager, posted)
    at("2026-12-20")
    auditor = person("luxian-auditor")
    page = auditor.sees("/audit")
    assert len(links(page)["late"]) == 3, "百和镇's, all together, and the saved one"

    listed = auditor.sees(links(page)["late"][0])
    assert "百和镇：过期没答复：1 件" in listed.text
    case = auditor.follows(listed, "我家的数不对")
    assert "我家的面积少算了" in case.text
    assert not [words for form in case.forms for words, *_ in form.buttons if "答复" in words]


def test_every_figure_opens_as_many_cases_as_it_says(auditor, clerk, villager, posted, at, person):
    receipt = asked(villager, posted)
    answers(clerk)
    villager.submits(villager.submits(looks_up(villager, receipt), "没解决，请泸县来查", text="还是不对。"), "不满意")
    asked(villager, posted, "去年的也少了。")
    asked(villager, posted, "县里来看看。", first="county")
    at("2027-01-05")
    auditor = person("luxian-auditor")
    page, seen = auditor.sees("/audit"), set()
    for address, number in re.findall(r'<a class="tap" href="(/audit/cases[^"]+)">(\d+)</a>', page.html):
        listed = auditor.sees(address.replace("&amp;", "&"))
        assert f"{number} 件" in listed.heading, address
        assert listed.html.count("/desk/cases/510521") == int(number), address
        seen.add(re.search(r"figure=(\w+)", address)[1])
    assert {"received", "waiting", "late", "in_time", "disputed", "rated", "rated_2"} <= seen


def test_townships_stand_by_their_codes_whatever_the_figures_are(auditor, villager, posted):
    asked(villager, posted)
    found = rows(auditor.sees("/audit"))

    one = found[: found.index("合计")]
    assert one[0] == "泸县"
    assert one == rows(auditor.sees("/audit?figure=late&sort=late"))[: len(one)]
    assert one.index("百和镇") > 1


def test_what_is_chosen_is_counted_and_kept_in_the_address(auditor, villager, posted):
    asked(villager, posted)
    asked(villager, posted, "这一句看不懂。", category="unclear")
    page = auditor.sees(f"/audit?category=unclear&quarter=2026-q4&area={TOWN}&kind=cropland-subsidy")
    (address,) = links(page)["received"]
    assert all(one in address for one in ("category=unclear", "quarter=2026-q4", f"area={TOWN}", "kind=cropland-subsidy"))

    listed = auditor.sees(address)
    assert "1 件" in listed.heading
    assert auditor.sees(address.replace("unclear", "missing")).heading.endswith("0 件")
    assert [found for _, found in listed.links if found == address], "the address is there to be kept"


def test_a_long_list_goes_on_without_gap_or_repeat(auditor, posted, monkeypatch):
    monkeypatch.setattr(figures, "LISTED", 3)
    for n in range(8):
        cases.file(posted, f"{n:032}", ASKED, AT)
    page, seen = auditor.sees("/audit/cases?figure=received"), []
    while True:
        seen += re.findall(r"/desk/cases/(\w+/\w+)", page.html)
        if not [words for words, _ in page.links if "看后面的" in words]:
            break
        page = auditor.follows(page, "看后面的")
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    "query", ["figure=x&area=y&year=99999&quarter=2026-q9&kind=z&category=person", "after=x", "after=2026-01-01_%00_1", f"area={COUNTY}"]
)
def test_a_made_up_address_is_no_error(auditor, query):
    assert auditor.sees(f"/audit/cases?{query}").status == 200
    assert auditor.sees(f"/audit?{query}").status == 200


def test_another_countys_auditor_counts_none_of_it(villager, person, posted):
    asked(villager, posted)
    hejiang = person("hejiang-auditor")

    assert links(hejiang.sees("/audit")).get("received") is None
    assert hejiang.sees(f"/audit/cases?figure=received&area={TOWN}").heading.endswith("0 件")


def test_the_middle_is_of_the_townships_that_received_something(auditor, villager, posted):
    for n in range(3):
        asked(villager, posted, f"第{n}件。")
    assert '<tr class="middle">' not in auditor.sees("/audit").html, "one township has no middle"

    files(None, "suggestion", OTHER, "b" * 32, row=None, place=OTHER)
    page = auditor.sees("/audit")
    (middle,) = re.findall(r'<tr class="middle">.*?</small></th><td class="n">([^<]*)</td>', page.html)[:1]
    assert middle == "2", "eighteen townships received nothing, and do not make it 0"
    assert "2 个乡镇" in page.text


def test_the_page_says_why_a_line_need_not_add_up(auditor):
    assert "同一行的数不一定加得拢" in auditor.sees("/audit").text
