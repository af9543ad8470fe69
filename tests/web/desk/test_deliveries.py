"""A clerk lists in one tap what was not brought yet, prints it, and writes down who signed; only the office sees the name."""

from __future__ import annotations

import pytest

from board.store import notices, people
from tests.store.corrected import correct
from tests.store.posted import AT
from tests.store.reading import SIGNER, brings, point, signed
from tests.web.publishing import pages

LISTS = "/desk/deliveries"


@pytest.fixture
def library(app):
    """The number of 泸县's library, which takes paper and files."""
    return point()


def test_a_clerk_lists_prints_and_writes_down_who_signed_and_villagers_read_where_it_lies(clerk, villager, number, library):
    page = clerk.follows(clerk.sees("/desk"), "送到能看纸质的地方")
    assert "还没送：1 份" in page.text
    page = clerk.submits(page, "把还没送的列成一张清单")
    assert "在路上" in page.text
    (sheet,) = pages(clerk.sees(page.link("打印清单")).data)
    for words in (
        "〔2026〕1号",
        "泸县图书馆：",
        "百和镇人民政府",
        "百和镇2026年耕地地力保护补贴公示",
        "第1版，2026年11月20日公布",
        f"/n/{number}",
        "签收人：",
        "明细放到",
        "纸质2页",
    ):
        assert words in sheet, words
    assert "能看纸质的地方" not in villager.sees(f"/n/{number}").text

    page = clerk.submits(f"{LISTS}/1", "记下", name=SIGNER, on="2026-11-22")
    assert "2026年11月22日签收" in page.text
    assert f"由{SIGNER}签收" in clerk.sees(f"{LISTS}/1").text
    seen = villager.sees(f"/n/{number}")
    assert "能看纸质的地方 泸县图书馆 公开街2号，周二到周日 9:00—17:00 2026年11月22日起放在那里" in " ".join(seen.text.split())
    assert SIGNER not in seen.html


def test_a_list_that_is_printed_again_says_what_is_public_today(clerk, number, library):
    brings(library)
    correct(notices.find(number), lambda rows: rows[:-1], title="百和镇2026年耕地补贴公示（更正）")
    (sheet,) = pages(clerk.sees(f"{LISTS}/1.pdf").data)
    for words in ("百和镇2026年耕地补贴公示（更正）", "第1版，2026年11月20日公布", "已更正，现在是第2版"):
        assert words in sheet, words
    assert "百和镇2026年耕地地力保护补贴公示" not in sheet
    page = clerk.sees(f"{LISTS}/1").text
    assert "百和镇2026年耕地补贴公示（更正）" in page
    assert "已更正，现在是第 2 版" in page

    notices.take_down(notices.find(number), people.named("baihe-reviewer").id, "标题里写了病名", AT)
    (sheet,) = pages(clerk.sees(f"{LISTS}/1.pdf").data)
    assert "已撤下，不要放到架上" in sheet
    assert "已撤下，不要放到架上" in clerk.sees(f"{LISTS}/1").text
    told = [sheet, *(clerk.sees(path).text for path in (LISTS, f"{LISTS}/1"))]
    assert not [one for one in told if "耕地补贴公示" in one or "百和镇2026年耕地地力保护补贴公示" in one]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "请写签收人的姓名"), ({"name": "罗小暑13800138000"}, "只写姓名"), ({"on": "明天"}, "请写哪天签收的"),
        ({"on": "2026-11-23"}, "不能写以后的"), ({"on": "2026-11-19"}, "不会比列清单那天早"),
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_what_was_typed(clerk, number, library, typed, said):
    brings(library)
    page = clerk.submits(f"{LISTS}/1", "记下", **{"name": SIGNER, "on": "2026-11-22"} | typed)
    assert (page.status, said in page.text) == (422, True)
    assert "13800138000" not in page.html
    assert "在路上" in page.text


def test_a_list_that_was_not_brought_is_cancelled_and_can_not_be_signed_for(clerk, number, library):
    brings(library)
    open_elsewhere = clerk.sees(f"{LISTS}/1")
    page = clerk.submits(f"{LISTS}/1", "没有送，这张作废")
    assert "还没送：1 份" in page.text
    page = clerk.submits(open_elsewhere, "记下", name=SIGNER, on="2026-11-22")
    assert (page.status, "已经作废了" in page.text) == (409, True)


def test_a_signed_list_is_corrected_and_not_cancelled(clerk, number, library):
    open_elsewhere = (brings(library), clerk.sees(f"{LISTS}/1"))[1]
    clerk.submits(f"{LISTS}/1", "记下", name=SIGNER, on="2026-11-21")
    assert clerk.submits(open_elsewhere, "没有送，这张作废").status == 409
    page = clerk.submits(f"{LISTS}/1", "记下", name="罗大暑", on="2026-11-22")
    assert "2026年11月22日签收" in page.text
    assert "由罗大暑签收" in clerk.sees(f"{LISTS}/1").text


def test_what_was_withdrawn_is_on_the_next_list_without_its_title(clerk, number, library):
    signed(brings(library))
    notices.take_down(notices.find(number), people.named("baihe-reviewer").id, "面积登记错了", AT)
    assert "撤下的，要取走" in clerk.sees(LISTS).text
    clerk.submits(LISTS, "把还没送的列成一张清单")
    (sheet,) = pages(clerk.sees(f"{LISTS}/2.pdf").data)
    assert "撤下的，请从架上取走" in sheet
    assert number in sheet
    assert "百和镇2026年耕地地力保护补贴公示" not in sheet


def test_another_offices_list_and_point_are_not_there(person, number, library):
    brings(library)
    other = person("luxian-clerk")
    assert other.sees(f"{LISTS}/1").status == 404
    assert "还没送" not in other.sees(LISTS).text
    point("百和镇便民服务中心", sort="service_station", serves="510521116000")
    assert "百和镇便民服务中心" not in other.sees(LISTS).text
    assert "县里还没有登记能看纸质的地方" in person("zhaoyuan-clerk").sees(LISTS).text


def test_an_older_version_says_so_on_the_notices_page(villager, number, library):
    signed(brings(library))
    correct(notices.find(number), lambda rows: rows[:-1])
    assert "是第 1 版，新的还没送到" in villager.sees(f"/n/{number}").text
