"""Loading, renaming, merging and closing areas; what was printed under them stays alive."""

from __future__ import annotations

import csv
import io
import time

import pytest
from sqlalchemy import func, select

from board.models import Area, Ledger, PlaceAlias, db
from board.rules.areas import AreaErrors
from board.rules.place_names import Places
from board.store import areas, ledger, people
from tests.databases import DEMO
from tests.house.statements import counted

CITY, LUXIAN, BAIHE = "510500000000", "510521000000", "510521116000"
GAODONG, TUZHU = "510521116004", "510521116005"


def sheet(*rows):
    """Return the text of a file with these rows."""
    return "code,name,level,parent\n" + "".join(",".join(row) + "\n" for row in rows)


def newest(home):
    """Return the newest entry of a home's ledger."""
    return db.session.scalars(select(Ledger).where(Ledger.home == home).order_by(Ledger.height.desc())).first()


def renamed_file():
    """Return Luzhou's file with one village of 百和镇 called differently and one more in 泸县."""
    rows = list(csv.DictReader(io.StringIO((DEMO / "areas-luzhou.csv").read_text("utf-8"))))
    for row in rows:
        if row["code"] == GAODONG:
            row["name"] = "高峰社区居民委员会"
    rows.append({"code": "510521116299", "name": "新村村民委员会", "level": "village", "parent": BAIHE})
    out = io.StringIO()
    writer = csv.DictWriter(out, ["code", "name", "level", "parent"])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_an_empty_database_takes_a_city_in_seconds(empty_app):
    db.create_all()
    started = time.monotonic()
    done = areas.load((DEMO / "areas-luzhou.csv").read_text("utf-8-sig"), "console")
    assert time.monotonic() - started < 5
    assert (done.added, done.renamed, done.same) == (1622, 0, 0)
    assert db.session.scalar(select(func.count()).select_from(Area)) == 1622
    assert newest(LUXIAN).body["added"] == sum(area.code.startswith("510521") for area in db.session.scalars(select(Area)))


def test_loading_the_same_file_again_changes_nothing_and_says_nothing(app):
    before = list(ledger.homes())
    done = areas.load((DEMO / "areas-luzhou.csv").read_text("utf-8-sig"), "console", app.clock())
    assert (done.added, done.renamed, done.same) == (0, 0, 1622)
    assert ledger.homes() == before


def test_loading_again_adds_and_renames_but_deletes_nothing(app):
    done = areas.load(renamed_file(), "console", app.clock())
    assert (done.added, done.renamed) == (1, 1)
    assert areas.get(GAODONG).name == "高峰社区居民委员会"
    assert areas.get(GAODONG).aliases == ["高洞社区居民委员会"]
    assert areas.get("510521116299").parent == BAIHE
    assert newest(LUXIAN).body | {"sheet": ""} == {"sheet": "", "added": 1, "renamed": 1}
    one = areas.load(sheet((BAIHE, "百和镇", "township", LUXIAN)), "console", app.clock())
    assert (one.added, one.renamed, one.same) == (0, 0, 1)
    assert areas.find("510521116299")


def test_a_renamed_place_is_still_found_by_its_old_name(app):
    areas.load(renamed_file(), "console", app.clock())
    places = Places(areas.around(BAIHE), BAIHE)
    assert [place.code for place in places.find("高洞社区")] == [place.code for place in places.find("高峰社区居委会")] == [GAODONG]
    assert [area.code for area in areas.search("高洞", "510521116")] == [GAODONG]


def test_children_may_stand_before_their_parents_in_the_file(app):
    village = ("510521199201", "某村村民委员会", "village", "510521199000")
    done = areas.load(sheet(village, ("510521199000", "某镇", "township", LUXIAN)), "console", app.clock())
    assert done.added == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("510521116299", "新村", "village", "510521999000"), "510521999000"),
        ((GAODONG, "高洞", "village", BAIHE), "重复"),
        (("51052111629", "新村", "village", BAIHE), "12 位"),
        (("５１０５２１１１６２９９", "新村", "village", BAIHE), "12 位"),
        (("510521116299", "", "village", BAIHE), "没有名称"),
        (("510521116299", "新村", "hamlet", BAIHE), "hamlet"),
        (("510521116299", "新村", "village", "510522100000"), "510522100000"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_loaded(app, row, said):
    with pytest.raises(AreaErrors) as refused:
        areas.load(sheet((GAODONG, "别的名称", "village", BAIHE), row), "console", app.clock())
    assert [line for line, _ in refused.value.problems] == [3]
    assert said in refused.value.problems[0][1].zh
    assert areas.get(GAODONG).name == "高洞社区居民委员会"


def test_the_chain_leads_from_the_city_to_the_village(app):
    assert [area.name for area in areas.chain(GAODONG)] == ["泸州市", "泸县", "百和镇", "高洞社区居民委员会"]
    assert areas.chain("990000000000") == []


def test_an_area_comes_with_those_above_it_in_one_select(app):
    with counted() as counts:
        assert [areas.get(code).name for code in (GAODONG, BAIHE, LUXIAN)] == ["高洞社区居民委员会", "百和镇", "泸县"]
        assert len(areas.chain(GAODONG)) == 4
    assert len(counts.sent) == 1


def test_a_renamed_area_keeps_its_code_and_its_old_name(app):
    areas.rename(GAODONG, "高峰社区", "luxian-admin", app.clock())
    areas.rename(GAODONG, "高洞社区居民委员会", "luxian-admin", app.clock())
    assert (areas.get(GAODONG).name, areas.get(GAODONG).aliases) == ("高洞社区居民委员会", ["高峰社区"])
    entry = newest(LUXIAN)
    assert (entry.actor, entry.action, entry.subject) == ("luxian-admin", "area.renamed", GAODONG)


def test_two_neighbours_may_not_be_called_the_same(app):
    with pytest.raises(areas.AreaRefused, match="taken"):
        areas.rename(GAODONG, "土主社区", "luxian-admin", app.clock())


def test_sheets_that_name_a_merged_place_mean_the_new_one(app):
    db.session.add(PlaceAlias(home=BAIHE, written="高洞那边", area=GAODONG))
    db.session.commit()
    areas.merge(GAODONG, TUZHU, "luxian-admin", app.clock())
    found = Places(areas.around(BAIHE), BAIHE).find("高洞社区居民委员会")
    assert [place.code for place in found] == [TUZHU]
    assert db.session.scalars(select(PlaceAlias.area)).all() == [TUZHU]
    assert newest(LUXIAN).body == {"into": TUZHU}


def test_a_merged_place_still_opens_and_says_where_it_went(app, villager):
    areas.merge(GAODONG, TUZHU, "luxian-admin", app.clock())
    page = villager.sees(f"/a/{GAODONG}")
    assert page.status == 200
    assert any(TUZHU in address for _, address in page.links)


def test_a_place_merged_twice_is_found_where_it_is_now(app):
    areas.merge(GAODONG, TUZHU, "luxian-admin", app.clock())
    areas.merge(TUZHU, "510521116227", "luxian-admin", app.clock())
    places = Places(areas.around(BAIHE), BAIHE)
    assert [place.code for place in places.find("高洞社区")] == ["510521116227"]


def test_a_closed_area_still_opens_from_its_label(app, villager):
    areas.close(GAODONG, "luxian-admin", app.clock())
    assert villager.sees(f"/a/{GAODONG}").status == 200
    assert GAODONG not in [area.code for area in areas.children(BAIHE)]
    assert Places(areas.around(BAIHE), BAIHE).find("高洞社区") == []


def test_what_is_closed_stays_closed_when_the_file_is_loaded_again(app):
    areas.close(GAODONG, "luxian-admin", app.clock())
    areas.load(renamed_file(), "console", app.clock())
    assert areas.get(GAODONG).closed


@pytest.mark.parametrize(
    ("code", "into", "reason"),
    [(GAODONG, GAODONG, "itself"), (GAODONG, BAIHE, "level"), (BAIHE, "510521100000", "children"), (GAODONG, "990000000000", "closed")],
)
def test_a_merger_that_cannot_be_is_refused(app, code, into, reason):
    with pytest.raises(areas.AreaRefused, match=reason):
        areas.merge(code, into, "luxian-admin", app.clock())


def test_an_area_where_somebody_works_is_not_closed(app):
    people.add("gaodong-clerk", "某人", "clerk", GAODONG, at=app.clock())
    with pytest.raises(areas.AreaRefused, match="people"):
        areas.close(GAODONG, "luxian-admin", app.clock())


def test_a_place_is_called_as_people_say_it(app):
    assert (areas.label(GAODONG), areas.label(CITY), areas.label("000000000000")) == ("高洞社区", "泸州市", "")


def test_many_places_are_called_so_in_one_select(app):
    codes = [GAODONG, CITY, GAODONG, "000000000000"]
    with counted() as counts:
        assert areas.labels(codes) == {GAODONG: "高洞社区", CITY: "泸州市", "000000000000": ""}
        assert areas.full_labels(iter(codes)) == {GAODONG: "高洞社区（百和镇）", CITY: "泸州市", "000000000000": ""}
        assert areas.labels([]) == {}
    assert len(counts.sent) == 2


def test_a_township_publishes_for_its_villages_and_a_county_for_itself(app):
    assert {BAIHE, GAODONG, TUZHU} <= {area.code for area in areas.desk_of(BAIHE, "township")}
    assert [area.code for area in areas.desk_of(LUXIAN, "county")] == [LUXIAN]
    areas.close(GAODONG, "luxian-admin", app.clock())
    assert GAODONG not in {area.code for area in areas.desk_of(BAIHE, "township")}
