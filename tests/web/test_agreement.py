"""One total everywhere: what the demo posts says the same sum, to the fen, on paper, on pages, in its rows, as data, and to the auditor."""

from __future__ import annotations

import csv
import io
import tomllib
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from board import demo
from board.rules.opendata import SUMMED
from board.rules.page import of_version, written
from board.store import notices
from tests.store.posted import AT

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
    assert held

    if page.rows_until():
        rows = told["rows"]["list"]
        head, *lines = csv.reader(io.StringIO(villager.sees(f"/n/{posted.number}.csv").data.decode("utf-8-sig"), newline=""))
        at = {column.id: len(head) - len(page.public_columns()) + index for index, column in enumerate(page.public_columns())}
        assert len(rows) == len(lines) == told["row_count"]
        for name, value in held.items():
            assert summed([row["values"] for row in rows], name) == value
            assert sum((Decimal(line[at[name]]) for line in lines if line[at[name]]), Decimal()) == value
    for name, value in held.items():
        assert summed([place["totals"] for place in told["places"]], name) == value
        (total,) = villager.sees(f"/a/{post['home']}/totals.json").json["totals"]
        assert Decimal(total["sums"][name]) == value
        said = written(page.kind.column(name), str(value))
        assert said in villager.sees(f"/n/{posted.number}").text
        if post["home"].startswith("510521"):
            assert said in person("luxian-auditor").sees("/audit").text
    place = told["places"][0]
    said = [written(page.kind.column(name), place["totals"][name]) for name in held if name in place["totals"]]
    sheet = villager.sees(place["addresses"]["sheet"].removeprefix("https://gk.example.cn")) if page.rows_until() else None
    seen = villager.sees(f"/n/{posted.number}/{place['code']}").text
    paper = "".join("".join(one.extract_text() for one in PdfReader(BytesIO(sheet.data)).pages).split()) if sheet else seen
    assert [one for one in said if one not in seen or one not in paper] == []
