"""One total everywhere: what the demo posts says the same sum, to the fen, on paper, on pages, in its rows, as data, and to the auditor.

Of places with few people the web says nothing; what it does not say is then what is missing to the notice's total, and nothing else.
"""

from __future__ import annotations

import csv
import io
import tomllib
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from board import demo
from board.rules.notice.formatting import written
from board.rules.notice.page_sources import of_version
from board.rules.rendering.open_data import SUMMED
from board.store import notices, open_data
from tests.store.corrected import all_of, correct, figure, without
from tests.store.posted import AT, GAODONG, post
from tests.web.publishing import amounts_of

POSTS = tomllib.loads((demo.FOLDER / "posts.toml").read_text("utf-8"))
WITH_ROWS = [post for post in POSTS["posts"] if "sheet" in post]


def summed(rows: list[dict[str, str]], name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in rows if row.get(name)), Decimal())


@pytest.mark.parametrize("post", WITH_ROWS, ids=[post["title"] for post in WITH_ROWS])
def test_poster_page_rows_csv_json_audit_and_totals_agree(app, villager, person, post):
    posted = demo.publish(post, POSTS["contacts"], AT)
    page = of_version(posted.version, notices.parts(posted), posted.notice.kind)
    told = villager.sees(f"/n/{posted.number}.json").json
    held = {name: Decimal(value) for name, value in told["totals"].items() if name in SUMMED}
    few = [part for part in notices.parts(posted) if part.place in page.withheld]
    left_out = {name: sum((Decimal(part.totals[name]) for part in few), Decimal()) for name in held}
    assert held

    if page.rows_until():
        rows = told["rows"]["list"]
        head, *lines = csv.reader(io.StringIO(villager.sees(f"/n/{posted.number}.csv").data.decode("utf-8-sig"), newline=""))
        lines, unsaid = [line for line in lines if line[2]], [line for line in lines if not line[2]]
        at = {column.id: len(head) - len(page.public_columns()) + index for index, column in enumerate(page.public_columns())}
        assert len(rows) == len(lines) == told["row_count"] - sum(part.row_count for part in few)
        assert len(unsaid) == len(few)
        for name, value in held.items():
            assert summed([row["values"] for row in rows], name) == value - left_out[name]
            assert sum((Decimal(line[at[name]]) for line in lines if line[at[name]]), Decimal()) == value - left_out[name]
    for name, value in held.items():
        assert summed([place["totals"] for place in told["places"]], name) == value - left_out[name]
        (total,) = villager.sees(f"/a/{post['home']}/totals.json").json["totals"]
        assert Decimal(total["sums"][name]) == value
        said = written(page.kind.column(name), str(value))
        assert said in villager.sees(f"/n/{posted.number}").text
        if post["home"].startswith("510521") and name == page.headline:
            assert said in person("luxian-auditor").sees("/audit").text
    place = next(place for place in told["places"] if not place["withheld"])
    said = [written(page.kind.column(name), place["totals"][name]) for name in held if name in place["totals"]]
    sheet = villager.sees(place["addresses"]["sheet"].removeprefix("https://gk.example.cn")) if page.rows_until() else None
    seen = villager.sees(f"/n/{posted.number}/{place['code']}").text
    paper = "".join("".join(one.extract_text() for one in PdfReader(BytesIO(sheet.data)).pages).split()) if sheet else seen
    assert [one for one in said if one not in seen or one not in paper] == []


def test_data_of_a_corrected_notice_are_those_of_its_page(app, villager):
    first = post()
    now = correct(first, all_of(figure("李四", "3", "280.80"), without("王五")))
    told, page = villager.sees(f"/n/{first.number}/{GAODONG}.json").json, villager.sees(f"/n/{first.number}/{GAODONG}")

    assert (told["version"], now.version.no) == (2, 2)
    assert [row["no"] for row in told["rows"]["list"]] == [1, 2, 4]
    paid = [Decimal(row["values"]["amount"]) for row in told["rows"]["list"]]
    assert paid == amounts_of(page)
    assert sum(paid) == Decimal(told["totals"]["amount"]) == Decimal("1024.92")
    (total,) = villager.sees(f"/a/{GAODONG}/totals.json").json["totals"]
    assert (total["notices"], total["rows"], total["sums"]) == (1, 3, {"amount": "1024.92"})
    assert "已更正（第 2 版）" in villager.sees(f"/a/{GAODONG}.atom").data.decode()


def test_a_roster_that_is_being_sent_stays_at_its_version(app, monkeypatch):
    monkeypatch.setattr("board.store.open_data.AT_ONCE", 1)
    posted = post()
    lines = open_data.rows(posted, None)
    sent = [next(lines)]
    correct(posted, without("王五"))  # approved while the rest is on its way

    assert sum(Decimal(row.measures["amount"]) for row in [*sent, *lines]) == Decimal("1502.28")
