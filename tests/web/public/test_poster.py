"""The web edition of one place's sheet: names as the web shows them, as long as it shows them, and never the whole press for the public."""

from __future__ import annotations

from contextlib import ExitStack

from board.paper import typesetting
from board.slots import Slots
from board.store import notices
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, NEXT
from tests.web.publishing import text

PRINT = "打印这些公示单"


def test_the_sheet_of_a_place_that_did_not_change_is_the_very_same(villager, number, at):
    at("2026-11-24")
    before = villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").data
    correct(notices.find(number), TWO_AND_ONE, at=AT.replace(day=24))

    assert villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").data == before
    assert "第2版" in text(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data).replace("第 2 版", "第2版")


def test_who_comes_while_the_public_press_is_full_is_told_at_once_and_everything_else_goes_on(clerk, villager, number, monkeypatch):
    monkeypatch.setattr(typesetting, "PUBLIC", Slots(running=2, waiting=0, patience=60))
    address, other = (f"/n/{number}/{place}/sheet.pdf" for place in (GAODONG, NEXT))
    with ExitStack() as taken:
        taken.enter_context(typesetting.PUBLIC.slot())
        assert villager.sees(other).status == 200
        taken.enter_context(typesetting.PUBLIC.slot())
        page = villager.sees(address)
        assert (page.status, page.headers["Retry-After"]) == (503, "10")
        assert "请过十秒再点一次" in page.text
        assert villager.sees(address, query_string={"lang": "en"}).heading == "Many people are printing just now"
        assert villager.sees(f"/n/{number}/{GAODONG}").status == 200
        assert "张小三" in text(clerk.submits(f"/desk/notices/{number}", PRINT).data)
    assert villager.sees(address).status == 200
