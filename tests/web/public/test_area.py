"""An area's page: what it posted and what concerns it, one plain line each, and the way down to a village."""

from __future__ import annotations

from board import kinds
from board.models import Area, db
from board.rules.notice.proposal import split_by_place
from board.rules.numbers import spaced
from board.store import notices, people, walls
from board.web.public import area
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, Made, line, proposal
from tests.web.publishing import COUNTY, publishes, text


def test_a_villages_page_lists_what_its_township_posted_about_it(villager, posted):
    assert posted.version.title in villager.sees(f"/a/{GAODONG}").text
    assert posted.version.title not in villager.sees("/a/510521117001").text


def test_a_list_says_of_each_notice_its_total_until_when_it_is_shown_and_whom_to_ask(villager, number):
    page = villager.sees(f"/a/{GAODONG}")

    assert "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。" in page.text
    assert "公示中，到2026年11月27日止\n有疑问打 0830-8191234" in page.text
    assert page.link("0830-8191234") == "tel:0830-8191234"


def test_what_is_shown_and_what_was_shown_stand_apart(villager, posted, at):
    assert "以前公示过的" not in villager.sees(f"/a/{GAODONG}").text
    at("2026-11-28")
    page = villager.sees(f"/a/{GAODONG}").text

    assert page.index("以前公示过的") < page.index(posted.version.title)


def test_what_a_page_cannot_list_any_more_is_found_by_searching(villager, monkeypatch, posted):
    assert "找更早的公示" not in villager.sees(f"/a/{GAODONG}").text
    monkeypatch.setattr(notices, "LISTED", 1)
    page = villager.follows(villager.sees(f"/a/{GAODONG}?view=large"), "找更早的公示")

    assert page.path == "/search"
    assert posted.version.title in page.text


def test_a_townships_places_stand_before_its_notices_which_are_listed_by_twenty(villager, posted, monkeypatch):
    publishes(proposal("cropland-subsidy", [line(NEXT, 1, "钱七", "5")]))
    page = villager.sees(f"/a/{TOWN}")
    assert page.text.index("找您的地方") < page.text.index("高洞社区") < page.text.index("正在公示")
    assert "看后面的" not in page.text

    monkeypatch.setattr(area, "A_PAGE", 1)
    first = villager.sees(f"/a/{TOWN}?after=0")
    second = villager.follows(first, "看后面的")
    assert "找您的地方" not in second.text
    listed = [address for one in (first, second) for _words, address in one.links if "/n/" in address]
    assert len(listed) == len(set(listed)) == 2


def test_a_villages_page_is_the_way_to_everything_of_it(villager, posted, app):
    wall = walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)
    page = villager.sees(f"/a/{GAODONG}")

    assert page.text.index("高洞社区：耕地补贴 4 户") < page.text.index(posted.version.title), "the plain sentence first"
    assert page.link(f"村委会门口 · 编号 {spaced(wall.number)}") == f"/w/{wall.number}"
    assert page.link("查进度") == "/receipt"
    assert "0830-8191234" in page.text[page.text.index("有疑问打电话") :]
    assert villager.follows(page, posted.version.title).heading.startswith("高洞社区")


def test_every_roster_leads_to_the_villages_page_and_says_how_many_others_there_are(villager, posted):
    place = f"/n/{posted.number}/{GAODONG}"
    assert villager.sees(place).link("看高洞社区的全部公示") == f"/a/{GAODONG}"

    publishes(proposal("grain-subsidy", [line(GAODONG, 1, "钱七", "5")]))
    assert villager.sees(place).link("高洞社区还有 1 份公示") == f"/a/{GAODONG}"


def test_a_withdrawn_notice_leads_to_the_village_whose_code_was_scanned(villager, posted):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    assert villager.sees(f"/n/{posted.number}/{GAODONG}").link("看高洞社区的其他公示") == f"/a/{GAODONG}"


def test_a_countys_notice_hangs_on_the_walls_it_names(villager, app):
    kind = kinds.load()["land-pre-notice"]
    parts = split_by_place(kind, [], [GAODONG, NEXT])
    frozen = {"kind": kind.source, "names": {"wall": "none", "web": "none"}, "publisher": "泸县人民政府", "level": "county",
              "areas": {COUNTY: "泸县", GAODONG: "高洞社区", NEXT: "旁边的村"}}  # fmt: skip
    made = Made(home=COUNTY, kind=kind.id, title="征收土地预公告", facts=FACTS, frozen=frozen, starts="2026-11-20", ends="2026-12-04",
                    formed_on="2026-11-16", publish_by="2026-12-11", totals={}, stated={}, parts=parts, content="")  # fmt: skip
    number = publishes(made, "luxian-clerk", "luxian-reviewer")

    whole = villager.sees(f"/n/{number}")
    assert "各地一览" not in whole.text
    assert whole.link("旁边的村") == f"/n/{number}/{NEXT}"
    assert whole.link("看公示单").endswith("/sheet.pdf")
    assert "村务监督委员会" not in text(villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").data)
    assert "征收土地预公告" in villager.sees(f"/a/{GAODONG}").text
    assert "征收土地预公告" not in villager.sees("/a/510521117001").text
    assert villager.sees(f"/n/{number}/{NEXT}").status == 200
    assert villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").status == 200


def test_an_area_that_was_merged_says_into_which_and_keeps_its_notices(villager, posted):
    area = db.session.get_one(Area, GAODONG)
    area.closed, area.merged_into = True, NEXT
    db.session.commit()
    page = villager.sees(f"/a/{GAODONG}")

    assert "已并入" in page.text
    assert posted.version.title in page.text
    assert f"/a/{NEXT}" in [address for _, address in page.links]


def test_a_printed_place_keeps_its_name_when_the_area_is_renamed(villager, posted):
    db.session.get_one(Area, GAODONG).name = "新名社区居民委员会"
    db.session.commit()

    assert villager.sees(f"/n/{posted.number}/{GAODONG}").heading == "高洞社区"
    assert "新名" in villager.sees(f"/a/{GAODONG}").heading


def test_a_notice_that_was_taken_down_leaves_a_line_with_its_reason_wherever_its_paper_may_hang(villager, posted, at):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    line = "耕地地力保护补贴 · 百和镇人民政府 · 2026年11月20日\n已撤下：数算错了"

    for place in (TOWN, GAODONG, NEXT):
        seen = villager.sees(f"/a/{place}").text
        assert line in seen
        assert posted.version.title not in seen
    assert line not in villager.sees("/a/510521117001").text
    at("2026-12-20")
    assert line in villager.sees(f"/a/{GAODONG}").text
    at("2026-12-21")
    assert line not in villager.sees(f"/a/{GAODONG}").text
    assert villager.sees(f"/n/{posted.number}/{GAODONG}").status == 410
