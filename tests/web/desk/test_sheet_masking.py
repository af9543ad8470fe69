"""One tap accepts a covered cell as it stands, another all of them; what was typed elsewhere in the form is never lost."""

from __future__ import annotations

import pytest

from board.models import Draft, db
from board.store.drafting import checking
from tests.actors import Page, Person
from tests.web.drafting import draft_of, pastes

PHONE = "139" + "00000286"
HEADER = "组\t户主姓名\t补贴面积(亩)\t补贴金额(元)\t备注"
ONE_TAP, ALL = "就这样遮住", "全部遮住"


def rows_page(clerk: Person) -> Page:
    lines = [f"1组\t张小三 {PHONE}\t4.95\t463.32\t", "1组\t李小四(肺癌晚期)\t两亩\t187.2\t", f"2组\t王小五\t1.1\t102.96\t打 {PHONE}"]
    return pastes(clerk, "\n".join([HEADER, *lines]))


def edits(page: Page) -> dict[tuple[int, int], str]:
    db.session.rollback()
    return checking.edits(db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True))


def taps(clerk: Person, page: Page, cell: str, **typed: str) -> Page:
    """Press the button of one covered cell, as a browser sends it."""
    form = page.form(ONE_TAP)
    assert (ONE_TAP, "mask", cell, "") in form.buttons
    sent = {name: values[0] for name, values in form.fields.items()} | typed | {"mask": cell}
    return Page(clerk.client.post(page.address, data=sent, follow_redirects=True))


def test_each_covered_cell_has_its_button_and_all_have_one(clerk):
    form = rows_page(clerk).form(ONE_TAP)

    assert [value for words, name, value, _ in form.buttons if name == "mask"] == ["all", "2-1", "3-1", "4-4"]
    assert [words for words, name, value, _ in form.buttons if value == "all"] == ["全部遮住（3 处）"]


def test_the_enter_key_masks_nothing(clerk):
    form = rows_page(clerk).form(ONE_TAP)

    assert form.enter == ("", "")


def test_one_tap_accepts_one_cell_and_leaves_the_others(clerk):
    page = taps(clerk, rows_page(clerk), "2-1")

    assert page.heading == "有 3 处要改"
    assert edits(page) == {(2, 1): "张小三 " + "●" * 11}
    assert PHONE not in page.html


def test_all_are_accepted_at_once_and_what_was_typed_elsewhere_is_saved(clerk):
    page = clerk.submits(rows_page(clerk), ALL, **{"cell-3-2": "2"})

    assert page.path.endswith("/ready")
    assert edits(page) == {(2, 1): "张小三 " + "●" * 11, (3, 1): "李小四(●●晚期)", (3, 2): "2", (4, 4): "打 " + "●" * 11}


@pytest.mark.parametrize("typed", ["李小四", f"李小四 {PHONE}"])
def test_what_was_typed_into_a_covered_cell_is_what_counts(clerk, typed):
    page = taps(clerk, rows_page(clerk), "3-1", **{"cell-3-1": typed})

    assert edits(page) == {(3, 1): typed.replace(PHONE, "●" * 11)}


def test_looking_again_accepts_nothing_by_itself(clerk):
    page = clerk.submits(rows_page(clerk), "改好了", **{"cell-3-2": "2"})

    assert page.heading == "有 3 处要改"
    assert edits(page) == {(3, 2): "2"}


def test_a_single_covered_cell_needs_no_button_for_all(clerk):
    page = pastes(clerk, f"{HEADER}\n1组\t张小三 {PHONE}\t4.95\t463.32\t")

    assert ALL not in page.text
    assert clerk.submits(page, ONE_TAP).path.endswith("/ready")
