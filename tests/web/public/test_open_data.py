"""Notices as data: what a person sees on the page stands in the CSV and the JSON, as long as it stands on the page and no longer."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest

from board import kinds
from board.models import Area, db
from board.rules.notice.proposal import split_by_place
from board.store import notices
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, Made, line, proposal
from tests.web.publishing import COUNTY, NAMES, amounts_of, assistance, publishes, rows_of

WAYS = ["/n/{n}.csv", "/n/{n}.json", "/n/{n}/" + GAODONG + ".csv", "/n/{n}/" + GAODONG + ".json"]


def table(page) -> list[list[str]]:
    """The cells of a CSV file as a spreadsheet program reads them."""
    assert page.data.startswith(b"\xef\xbb\xbf")
    text = page.data.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(io.StringIO(text, newline="")))


# ---- what stands in it


def test_a_village_opens_its_roster_in_wps(villager, number):
    page = villager.sees(f"/n/{number}/{GAODONG}.csv")

    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"] == f'attachment; filename="{number}-{GAODONG}.csv"'
    head, *rows = table(page)
    assert head == ["村（社区）", "区划代码", "号", "组", "户主姓名", "补贴面积（亩）", "补贴标准（元/亩）", "补贴金额（元）"]
    assert rows[0] == ["高洞社区", f"\t{GAODONG}", "1", "1组", "张*三", "4.95", "", "463.32"]
    assert [row[2] for row in rows] == ["1", "2", "3", "4"]


def test_all_of_a_notice_is_one_table_of_all_its_places(villager, number):
    page = villager.sees(f"/n/{number}.csv")

    assert page.headers["Content-Disposition"] == f'attachment; filename="{number}.csv"'
    assert [(row[0], row[2]) for row in table(page)[1:]] == [
        ("高洞社区", "1"), ("高洞社区", "2"), ("高洞社区", "3"), ("高洞社区", "4"), ("旁边的村", "1")]  # fmt: skip


def test_the_header_is_there_in_english(villager, number):
    head = table(villager.sees(f"/n/{number}.csv?lang=en"))[0]

    assert head[:5] == ["Village", "Area code", "No.", "Group", "Household head"]
    assert head[-1].endswith("(yuan)")


def test_a_notice_as_json_says_what_its_page_says(villager, number):
    told = villager.sees(f"/n/{number}.json").json

    assert (told["number"], told["version"], told["title"]) == (number, 1, "百和镇2026年耕地地力保护补贴公示")
    assert told["totals"] == {"amount": "1502.28"}
    assert told["row_count"] == 5
    assert told["period"] == {"starts": "2026-11-20", "ends": "2026-11-27"}
    assert [(place["name"], place["row_count"]) for place in told["places"]] == [("高洞社区", 4), ("旁边的村", 1)]
    assert told["addresses"]["csv"] == f"https://gk.example.cn/n/{number}.csv"
    assert told["rows"]["until"] == told["rows_until"] == "2027-11-27"
    assert told["rows"]["list"][0] == {
        "place": GAODONG, "no": 1, "group": "1组", "name": "张*三", "values": {"area": "4.95", "amount": "463.32"}}  # fmt: skip
    assert told["demonstration"] is True
    assert told["sentence"] in villager.sees(f"/n/{number}").text
    assert "免费使用" in told["terms"]


def test_a_place_as_json_has_its_own_totals_and_rows(villager, number):
    told = villager.sees(f"/n/{number}/{NEXT}.json?lang=en").json

    assert told["place"] == {"code": NEXT, "name": "旁边的村"}
    assert told["totals"] == {"amount": "468.00"}
    assert [row["no"] for row in told["rows"]["list"]] == [1]
    assert told["addresses"]["page"] == f"https://gk.example.cn/n/{number}/{NEXT}?lang=en"
    assert "free to use" in told["terms"]


def test_page_csv_and_json_have_the_same_rows_and_the_same_sum(app, villager, number, monkeypatch):
    monkeypatch.setattr("board.store.open_data.AT_ONCE", 2)  # or a small roster would be read at one go
    page = villager.sees(f"/n/{number}/{GAODONG}")
    rows = table(villager.sees(f"/n/{number}/{GAODONG}.csv"))[1:]
    told = villager.sees(f"/n/{number}/{GAODONG}.json").json

    assert [row[0] for row in rows_of(page)] == [row[2] for row in rows] == [str(row["no"]) for row in told["rows"]["list"]]
    assert [row[1] for row in rows_of(page)] == [row[4] for row in rows] == [row["name"] for row in told["rows"]["list"]]
    paid = [Decimal(row[-1]) for row in rows]
    assert paid == amounts_of(page) == [Decimal(row["values"]["amount"]) for row in told["rows"]["list"]]
    assert sum(paid) == Decimal(told["totals"]["amount"]) == Decimal("1034.28")


def test_what_looks_like_a_formula_is_run_by_no_spreadsheet(villager):
    kind = "relief-projects"
    column = next(one.id for one in kinds.load()[kind].columns if one.type == "text" and one.show == "public")
    plain = line(GAODONG, 1, "", "10")
    odd = replace(plain, measures={**plain.measures, column: '=HYPERLINK("http://evil.example","看")'})
    number = publishes(proposal(kind, [odd]))
    assert "'=HYPERLINK" in villager.sees(f"/n/{number}.csv").html


def test_a_table_of_all_places_is_one_file(villager):
    number = publishes(proposal("fund-allocation", [line(GAODONG, 1, "", "10"), line(NEXT, 1, "", "5")]))

    assert [row[0] for row in table(villager.sees(f"/n/{number}/{TOWN}.csv"))[1:]] == ["高洞社区", "旁边的村"]
    assert [row["place"] for row in villager.sees(f"/n/{number}/{TOWN}.json").json["rows"]["list"]] == [GAODONG, NEXT]
    assert "户主" not in villager.sees(f"/n/{number}.csv").html


def test_no_whole_name_leaves_as_data(villager, number):
    for way in [*WAYS, f"/a/{TOWN}.atom", f"/a/{TOWN}/totals.json", f"/a/{TOWN}/totals.csv", "/sitemap.xml", "/sitemap-notices-1.xml"]:
        page = villager.sees(way.format(n=number))
        assert page.status == 200
        assert not [name for name in NAMES if name in page.data.decode() + str(page.headers)], way


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("at_once", [2_000, 2])  # with 2, these four rows are a long roster, written as it is read
def test_data_is_kept_by_no_search_engine_and_fetched_once(villager, number, way, at_once, monkeypatch):
    monkeypatch.setattr("board.store.open_data.AT_ONCE", at_once)
    page = villager.sees(way.format(n=number))
    assert page.headers["X-Robots-Tag"] == "noindex"
    again = villager.client.get(way.format(n=number), headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_table_is_one_tap_from_the_page(villager, number):
    for address in (f"/n/{number}", f"/n/{number}/{GAODONG}", f"/n/{number}?lang=en"):
        page = villager.sees(address)
        assert table(villager.follows(page, "Excel"))[1][4] == "张*三"


# ---- as long as it stands on the page, and no longer


def test_after_its_year_the_rows_are_in_no_data(villager, number, at):
    at("2027-11-28")
    gone, told = villager.sees(f"/n/{number}.csv"), villager.sees(f"/n/{number}.json").json

    assert gone.status == 410
    assert "名单已收起，总数还在" in gone.text
    assert told["totals"] == {"amount": "1502.28"}
    assert told["rows"] == {"shown": False, "until": "2027-11-27", "because": "公示期已过，名单已收起，总数还在。"}
    assert villager.sees(f"/n/{number}/{GAODONG}.csv").status == 410
    assert "张*三" not in villager.sees(f"/n/{number}/{GAODONG}.json").html


def test_a_sensitive_roster_is_gone_from_the_data_with_its_period(villager, app, at):
    number = publishes(assistance())
    assert len(table(villager.sees(f"/n/{number}.csv"))) == 3
    at("2026-11-28")
    assert villager.sees(f"/n/{number}.csv").status == 410
    assert "list" not in villager.sees(f"/n/{number}.json").json["rows"]


@pytest.mark.parametrize("way", WAYS)
def test_what_was_taken_down_is_gone_as_data_with_the_reason(villager, posted, way):
    notices.take_down(posted, 1, "表传错了，重新公示", AT)
    page = villager.sees(way.format(n=posted.number))

    assert page.status == 410
    assert "表传错了，重新公示" in page.data.decode()
    assert posted.version.title not in page.data.decode()


def test_a_notice_without_a_table_has_no_csv_and_says_so_in_its_json(villager, app):
    kind = kinds.load()["land-pre-notice"]
    frozen = {"kind": kind.source, "names": {"wall": "none", "web": "none"}, "publisher": "泸县人民政府", "level": "county",
              "areas": {COUNTY: "泸县", GAODONG: "高洞社区"}}  # fmt: skip
    made = Made(home=COUNTY, kind=kind.id, title="征收土地预公告", facts=FACTS, frozen=frozen, starts="2026-11-20", ends="2026-12-04",
                formed_on="2026-11-16", publish_by="2026-12-11", totals={}, stated={}, parts=split_by_place(kind, [], [GAODONG]),
                content="")  # fmt: skip
    number = publishes(made, "luxian-clerk", "luxian-reviewer")
    assert villager.sees(f"/n/{number}.csv").status == 404
    told = villager.sees(f"/n/{number}.json").json
    assert told["rows"]["because"] == "这类公示没有表格，要说的都在上面。"
    assert "csv" not in told["addresses"]


@pytest.mark.parametrize(
    "address",
    ["/n/123456789.csv", "/n/123456789.json", "/n/{n}/510521117001.csv", "/n/{n}/510521117001.json", "/n/1.json", "/n/{n}/%00.json",
     "/a/999999999999/totals.csv", "/a/999999999999/totals.json", "/a/999999999999.atom", "/n/" + "9" * 4000 + ".json",
     "/sitemap-areas-0.xml", "/sitemap-areas-9999.xml", "/sitemap-rows-1.xml"],
)  # fmt: skip
def test_a_made_up_address_has_no_data_and_no_crash(villager, number, address):
    page = villager.sees(address.format(n=number))
    assert page.status == 404
    if address.endswith(".json"):
        assert page.json["status"] == 404


# ---- totals


def test_an_areas_totals_are_those_of_its_pages(villager, posted):
    publishes(assistance())
    told = villager.sees(f"/a/{TOWN}/totals.json").json

    assert told["area"] == {"code": TOWN, "name": "百和镇", "level": "township"}
    assert [(one["kind"]["id"], one["year"], one["notices"], one["rows"], one["sums"]) for one in told["totals"]] == [
        ("cropland-subsidy", 2026, 1, 5, {"amount": "1502.28"}), ("social-assistance", 2026, 1, 2, {"amount": "1872.00"})]  # fmt: skip
    village = villager.sees(f"/a/{GAODONG}/totals.json").json["totals"]
    assert [(one["rows"], one["sums"]["amount"]) for one in village] == [(4, "1034.28"), (2, "1872.00")]
    assert villager.sees(f"/a/{COUNTY}/totals.json").json["totals"] == told["totals"]


def test_the_totals_open_in_wps(villager, posted):
    assert table(villager.sees(f"/a/{TOWN}/totals.csv")) == [
        ["年份", "事项", "公示数", "行数", "金额（元）", "其中发到账（元）", "收入（元）", "支出（元）", "人数少、没算全的公示数"],
        ["2026", "耕地地力保护补贴", "1", "5", "1502.28", "", "", "", "0"],
    ]
    assert table(villager.sees(f"/a/{TOWN}/totals.csv?lang=en"))[0][0] == "Year"


def test_totals_stay_when_the_rows_are_gone_and_go_when_the_notice_is_taken_down(villager, posted, at):
    at("2028-01-01")
    assert villager.sees(f"/a/{TOWN}/totals.json").json["totals"][0]["sums"] == {"amount": "1502.28"}
    notices.take_down(posted, 1, "表传错了", AT)
    assert villager.sees(f"/a/{TOWN}/totals.json").json["totals"] == []


@pytest.mark.parametrize(
    ("year", "status", "lines"), [("2026", 200, 1), ("2025", 200, 0), ("26", 400, 0), ("", 400, 0), ("x" * 3000, 400, 0)]
)
def test_a_year_is_asked_for_or_refused_in_words(villager, posted, year, status, lines):
    page = villager.sees(f"/a/{TOWN}/totals.json?year={year}")
    assert page.status == villager.sees(f"/a/{TOWN}/totals.csv?year={year}").status == status
    if status == 200:
        assert len(page.json["totals"]) == lines
    else:
        assert page.json["detail"] == "年份是 4 个数字，比如 2026。"


def test_a_renamed_area_keeps_its_totals(villager, posted):
    db.session.get_one(Area, GAODONG).name = "新名社区居民委员会"
    db.session.commit()
    assert villager.sees(f"/a/{GAODONG}/totals.json").json["area"]["name"] == "新名社区"


def test_no_file_of_rows_outlives_the_period_of_one_village(villager, number, at):
    at("2026-11-24")
    correct(notices.find(number), TWO_AND_ONE, at=AT.replace(day=24))
    at("2027-11-29")  # a year after its period, the unchanged village's rows are put away, and the corrected one's not yet

    assert villager.sees(f"/n/{number}/{GAODONG}.csv").status == 200
    assert villager.sees(f"/n/{number}/{NEXT}.csv").status == 410
    assert villager.sees(f"/n/{number}.csv").status == 410
    told = villager.sees(f"/n/{number}.json").json
    assert (told["rows"]["shown"], told["rows"]["until"], told["rows_until"]) == (False, "2027-11-27", "2027-11-27")
    assert "下载明细" not in villager.sees(f"/n/{number}").text  # no link leads to what is gone
    assert "下载明细" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert villager.sees(f"/n/{number}/files/1").status == 410  # a scan may show any village's names
