"""What a clerk does while another one works at the same draft, and what an upload of many sheets leaves behind."""

from __future__ import annotations

import io

import openpyxl

from board.models import Draft, db
from board.store.drafting import checking, jobs
from board.store.engine import writing
from tests.web.drafting import ROSTER, draft_of, pastes, uploads


def draft(page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:]), populate_existing=True)


def test_a_clerk_whose_colleague_saves_during_his_check_reads_that_it_goes_on(clerk, monkeypatch):
    checked = checking._checked

    def meanwhile(found, *given):
        with writing() as session:
            jobs.order(session, found.home, found.id, found.changed)
        return checked(found, *given)

    monkeypatch.setattr(checking, "_checked", meanwhile)

    assert pastes(clerk, ROSTER).heading == "正在核对这张表"


def test_an_error_of_ours_in_the_check_of_a_small_table_is_said_and_quotes_nobody(clerk, monkeypatch, caplog):
    monkeypatch.setattr(checking, "rostered", lambda _, lines: int(lines[0].name))

    assert pastes(clerk, ROSTER).heading == "这张表没有核对完"
    assert "张小三" not in caplog.text


def test_what_was_typed_over_a_table_goes_with_it(clerk):
    page = pastes(clerk, ROSTER.replace("187.2", "很多"))
    page = clerk.submits(f"{draft_of(page)}/rows", "再查一遍", **{"cell-3-4": "187.3"})
    hidden = clerk.sees(f"{draft_of(page)}/facts").form("存好").fields
    clerk.client.post(f"{draft_of(page)}/cancel", data={name: hidden[name][0] for name in ("csrf_token", "revision")} | {"sure": "yes"})

    assert (draft(page).chosen, draft(page).edits, draft(page).columns) == ([], None, {})


def test_sixty_sheets_are_named_in_a_cookie_that_browsers_take(clerk):
    book = openpyxl.Workbook()
    for line in ROSTER.split("\n"):
        book.active.append(line.split("\t"))
    for number in range(60):
        sheet = book.create_sheet("".join(chr(0x4E00 + (number * 997 + at * 31) % 20_000) for at in range(28)) + str(number))
        sheet.append(["只有一格"])
        sheet.sheet_state = "hidden" if number % 2 else "visible"
    out = io.BytesIO()
    book.save(out)
    page = uploads(clerk, (out.getvalue(), "表.xlsx"), "cropland-subsidy", "510521116004")  # werkzeug warns of a larger cookie

    assert "，还有 22 张（不像表格）" in page.text
