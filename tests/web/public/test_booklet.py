"""The booklet of a village's quarter, as a villager opens it: all that concerns the village, as the web may show it, while it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from board import kinds
from board.models import Notice, Version
from board.rules.notice.proposal import split_by_place
from board.rules.quarters import Quarter
from board.store import notices, people, walls
from board.store.engine import writing
from board.web.public import booklet
from tests.paper.conftest import Printer, codes
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, Made, line, proposal
from tests.web.publishing import COUNTY, NAMES, pages, publishes

Q4 = Quarter(2026, 4)
BOOK = f"/a/{GAODONG}/booklet/2026-q4"


def county_notice() -> str:
    """Post a notice of the county about land in 高洞社区, which has no roster."""
    kind = kinds.load()["land-pre-notice"]
    frozen = {"kind": kind.source, "names": {"wall": "none", "web": "none"}, "publisher": "泸县人民政府", "level": "county",
              "areas": {COUNTY: "泸县", GAODONG: "高洞社区"}}  # fmt: skip
    parts = split_by_place(kind, [], [GAODONG])
    made = Made(home=COUNTY, kind=kind.id, title="征收土地预公告", facts=FACTS, frozen=frozen, starts="2026-11-20", ends="2026-12-04",
                formed_on="2026-11-16", publish_by="2026-12-11", totals={}, stated={}, parts=parts, content="")  # fmt: skip
    return publishes(made, "luxian-clerk", "luxian-reviewer")


def test_a_booklet_holds_the_villages_notices_and_those_from_above_with_masked_names(villager, number):
    land = county_notice()
    answer = villager.sees(f"{BOOK}.pdf")
    cover, contents, *inside, back = pages(answer.data)
    whole = "".join(inside)

    assert answer.headers["Content-Disposition"] == f'inline; filename="{GAODONG}-2026-q4.pdf"'
    assert "泸县百和镇" in cover
    assert "高洞社区" in cover
    assert "有关的公示2项，排到2026年11月22日" in cover
    assert "征收土地预公告" in contents
    assert [name for name in NAMES if name in cover + contents + whole + back] == []
    assert "张*三" in whole
    assert "钱" not in whole  # the village beside it has its own
    assert "1,034.28元" in whole
    assert "1,034.28" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert land in "".join(whole.split("编号")).replace(" ", "")
    assert "0830-8191234" in back
    assert "本站从不索要银行卡号、密码、验证码。" in back


def test_the_code_on_a_booklet_opens_the_villages_wall_where_one_stands_and_else_its_page(villager, number, tmp_path):
    printer = Printer(tmp_path)
    first, *_ = printer.pictures(villager.sees(f"{BOOK}.pdf").data)
    assert codes(first) == [f"HTTPS://GK.EXAMPLE.CN/A/{GAODONG}"]
    wall = walls.add(GAODONG, "居委会门口", people.named("baihe-clerk").id, AT)

    answer = villager.sees(f"{BOOK}.pdf")
    first, *_ = printer.pictures(answer.data)
    assert codes(first) == [f"HTTPS://GK.EXAMPLE.CN/W/{wall.number}"]
    assert "扫一扫，看本社区公示墙（居委会门口）" in pages(answer.data)[0]
    assert villager.sees(f"/W/{wall.number}").status == 200

    walls.close(wall, people.named("baihe-clerk").id, AT)
    assert f"/a/{GAODONG}" in pages(villager.sees(f"{BOOK}.pdf").data)[0]


def test_a_corrected_notice_stands_in_the_booklets_of_both_quarters_as_it_is_now(app, at, villager, number):
    first, *_ = notices.concerning_between([TOWN, GAODONG], Q4.first, Q4.last)
    later = Quarter(2027, 1)
    assert notices.concerning_between([TOWN, GAODONG], later.first, later.last) == []
    with writing() as session:
        was = first.version
        held = {column.key: getattr(was, column.key) for column in Version.__table__.columns}
        session.add(Version(**held | {"no": 2, "posted_on": later.first, "posted_at": was.posted_at + timedelta(50)}))
        session.flush()
        session.get_one(Notice, (first.home, first.number)).current = 2
    for quarter in (Q4, later):
        (found,) = notices.concerning_between([TOWN, GAODONG], quarter.first, quarter.last)
        assert found.version.no == 2


def test_the_village_beside_it_has_its_own_rows_only(villager, number):
    whole = "".join(pages(villager.sees(f"/a/{NEXT}/booklet/2026-q4.pdf").data))
    assert "钱*" in whole
    assert "张*三" not in whole
    assert "468.00元" in whole


def test_rows_are_in_it_only_while_they_are_shown(at, villager, number):
    at("2027-11-27")
    assert "张*三" in "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    at("2027-11-28")
    whole = "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    assert "张*三" not in whole
    assert "名单的公示期过了，已经收起，这里只留总数。" in whole
    assert "1,034.28元" in whole


def test_a_roster_for_members_is_never_in_it(villager, app, monkeypatch):
    printed = []
    typeset = booklet.booklet
    monkeypatch.setattr(booklet, "booklet", lambda texts: printed.append(texts) or typeset(texts))
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")])
    publishes(replace(made, frozen=made.frozen | {"kind": made.frozen["kind"] | {"audience": "members"}}))
    whole = "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    assert "名单看公示墙上的纸，或者扫那张纸上的码，这里只有总数。" in whole
    assert not [name for name in ("张小三", "张*三", "4.95") if name in whole]
    (code,) = [entry.poster.qr_text for texts in printed for entry in texts.entries]
    assert code.endswith(f"/{GAODONG}/1"), "the code in it opens the totals, and not what the sheet at the wall opens"


def test_a_notice_that_was_taken_down_is_in_no_booklet(villager, reviewer, number):
    county_notice()
    assert "耕地地力保护补贴" in "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="数不对，重新核", leak="0", sure=True)
    whole = "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    assert "耕地地力保护补贴" not in whole
    assert "有关的公示1项" in whole


def test_a_villages_page_leads_to_its_newest_booklet_and_a_townships_to_none(villager, number):
    page = villager.sees(f"/a/{GAODONG}")
    assert page.link("2026年第四季度便民手册") == f"{BOOK}.pdf"
    assert page.link("折页打印版") == f"{BOOK}-folded.pdf"
    assert villager.follows(page, "便民手册").data.startswith(b"%PDF")
    assert "便民手册" not in villager.sees("/a/510521116000").text
    assert "便民手册" not in villager.sees("/a/510521117001").text


def test_a_quarter_without_notices_says_so_and_a_township_has_no_booklet(villager, number):
    page = villager.sees(f"/a/{GAODONG}/booklet/2026-q3.pdf")
    assert page.status == 404
    assert "2026年第三季度没有和本社区有关的公示" in page.text
    assert villager.follows(page, "看本社区的公示").status == 200
    assert villager.sees("/a/510521116000/booklet/2026-q4.pdf").status == 404
    assert villager.sees("/a/510521999999/booklet/2026-q4.pdf").status == 404
    assert villager.sees(f"/a/{GAODONG}/booklet/2026-q5.pdf").status == 404


def test_what_there_is_no_room_for_is_there_without_its_rows(villager, number, monkeypatch):
    monkeypatch.setattr(booklet, "MOST_ROWS", 3)
    whole = "".join(pages(villager.sees(f"{BOOK}.pdf").data))
    assert "名单有4户，这里印不下，请扫右上角的二维码看。" in whole
    assert "张*三" not in whole


def test_the_folded_booklet_is_printed_on_a4(villager, number):
    flat, folded = (villager.sees(f"{BOOK}{ending}.pdf") for ending in ("", "-folded"))
    sides = pages(folded.data)
    assert len(sides) == 2 * -(-len(pages(flat.data)) // 4)
    assert "便民手册" in sides[0]
    assert "怎么问" in sides[0]


def test_equal_rows_give_equal_bytes_and_a_phone_fetches_them_once(villager, number):
    first, again = (villager.client.get(f"{BOOK}.pdf") for _ in range(2))
    assert first.data == again.data
    assert villager.client.get(f"{BOOK}.pdf", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
