"""Each promise would be seen broken: faults are put into the program, one at a time, and the promise that each breaks says so.

All are put into one installation, in which every promise holds before; each is taken out again.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import abort, request
from sqlalchemy import update

from board.models import Case, Row, Version, db
from board.rules import roles
from board.rules.notice.page import Page
from board.rules.rendering import open_data
from board.store import ledger, notices
from board.store.cases import lists
from board.store.drafting import drafts
from tests.promises import acts, promises
from tests.promises.model import COUNTY, TEAMS
from tests.promises.test_histories import begins_with
from tests.promises.world import World, standing

Break = pytest.MonkeyPatch


@pytest.fixture
def world(databases, filled):
    """The installation that every history begins with."""
    with standing(databases, filled, begins_with) as world:
        world.restarts()  # no page is kept that the walk opened
        yield world


def breaks(world: World, promise: Callable[[World, bool], None], whole: bool = False) -> None:
    """See that a promise is broken by what people are now answered, or by what is now kept."""
    world.touched = world.model.notices[:1]
    promises.looks(world, whole)
    with pytest.raises(AssertionError):
        promise(world, whole)


def views(world: World, broken: Break, endpoint: str, made: Callable[[Any], Any]) -> None:
    """Put a view that is open to all in the place of another."""
    new = made(world.app.view_functions[endpoint])
    new.public = True
    broken.setitem(world.app.view_functions, endpoint, new)


# ---- the faults, by the promise that each breaks


def an_upload_is_logged(world: World, broken: Break) -> None:
    heard = world.app.logger.warning
    broken.setitem(world.app.before_request_funcs, None, [*world.app.before_request_funcs[None], lambda: heard(dict(request.form))])
    acts.begins(world, TEAMS[0], "cropland-subsidy", world.model.lines([TEAMS[0].villages[0][0]], [100]))


def the_telephone_stays_in_a_text(world: World, broken: Break) -> None:
    _keeps(Version, reason=f"打 {next(iter(world.model.notices[0].lines)).secrets[2]}")


def the_first_page_lists_what_waits(world: World, broken: Break) -> None:
    mark = world.model.drafts[-1].marks[0]
    views(world, broken, "public.home.home", lambda view: lambda **given: view(**given) + mark)


def a_draft_opens_for_everybody(world: World, broken: Break) -> None:
    draft = world.model.drafts[-1].id
    views(world, broken, "desk.review.preview", lambda view: lambda home, id: "预览" if id == draft else abort(404))


def nobody_counts_as_its_author(world: World, broken: Break) -> None:
    broken.setattr(drafts, "hands", lambda home, id: {})
    broken.setitem(roles.TABLE, "draft.review", roles.TABLE["draft.review"] | {"clerk": "desk"})
    acts.approves_his_own(world, world.model.drafts[-1])


def names_are_kept_open(world: World, broken: Break) -> None:
    _keeps(Row, sealed_name=world.model.notices[0].lines[0].name.encode())


def how_one_is_reached_is_kept_open(world: World, broken: Break) -> None:
    acts.asks(world, world.model.notices[0], 0, "township", number_typed=False)
    _keeps(Case, contact=world.model.asked[-1].contact.encode())


def the_wall_of_relief_has_full_names(world: World, broken: Break) -> None:
    broken.setattr(notices, "name_on_wall", lambda row, names: notices.sealing.name_of(row))
    acts.hangs(world, world.model.notices[1])


def the_web_shows_full_names(world: World, broken: Break) -> None:
    _keeps(Row, shown_name=world.model.notices[0].lines[0].name)


def csv_names_in_full(world: World, broken: Break) -> None:
    name, cells = world.model.notices[0].lines[0].name, open_data.cells
    broken.setattr(open_data, "cells", lambda page, row: [*cells(page, row)[:-1], name])


def rows_of_relief_stay_for_ever(world: World, broken: Break) -> None:
    world.passes(40)
    world.model.notices.reverse()
    broken.setattr(Page, "rows_until", lambda page, at_the_wall=False: world.today)


def the_township_counts_the_countys_cases(world: World, broken: Break) -> None:
    inbox = lists.inbox
    broken.setattr(lists, "inbox", lambda homes, *more, **given: inbox(COUNTY[:6], *more, **given))
    with world.traced(secret=True):
        acts.asks(world, world.model.notices[0], 0, "county", number_typed=False)


def a_stamp_moves_for_the_county(world: World, broken: Break) -> None:
    broken.setattr(ledger, "UNSEEN", ())
    with world.traced(secret=True):
        acts.asks(world, world.model.notices[0], 0, "county", number_typed=False)


def an_old_sheet_leads_nowhere(world: World, broken: Break) -> None:
    acts.corrects(world, world.model.notices[0], 0, Decimal(7))
    acts.submits(world, world.model.drafts[-1])
    acts.approves(world, world.model.drafts[-1])
    views(world, broken, "public.notice.place", lambda view: lambda **given: abort(404) if given.get("version") == "1" else view(**given))


def what_was_taken_down_is_forgotten(world: World, broken: Break) -> None:
    acts.takes_down(world, world.model.notices[0])
    broken.setattr(notices, "find", lambda number: None)


def a_fen_more_on_the_page(world: World, broken: Break) -> None:
    sums = Page.sum_of

    def sum_of(page: Page, place: str | None) -> Any:
        totals, count = sums(page, place)
        return {**totals, "amount": str(Decimal(totals["amount"]) + Decimal("0.01"))}, count

    broken.setattr(Page, "sum_of", sum_of)


def csv_leaves_a_row_out(world: World, broken: Break) -> None:
    cells = open_data.cells
    broken.setattr(open_data, "cells", lambda page, row: [*cells(page, row)[:-1], "0.00"])


def a_cookie_for_visitors(world: World, broken: Break) -> None:
    def counts(response: Any) -> Any:
        response.set_cookie("visitor", "1")
        return response

    broken.setitem(world.app.after_request_funcs, None, [counts, *world.app.after_request_funcs.get(None, [])])


def a_script_on_a_page(world: World, broken: Break) -> None:
    views(world, broken, "public.home.home", lambda view: lambda **given: view(**given) + '<script src="/count.js"></script>')


def taking_down_leaves_no_entry(world: World, broken: Break) -> None:
    append = ledger.append
    broken.setattr(ledger, "append", lambda home, at, actor, action, *more, **body: (
        None if action == "notice.taken_down" else append(home, at, actor, action, *more, **body)))  # fmt: skip
    acts.takes_down(world, world.model.notices[0])


def opening_a_contact_leaves_no_entry(world: World, broken: Break) -> None:
    acts.asks(world, world.model.notices[0], 0, "township", number_typed=False)
    append = ledger.append
    broken.setattr(ledger, "append", lambda home, at, actor, action, *more, **body: (
        None if action == "case.contact_opened" else append(home, at, actor, action, *more, **body)))  # fmt: skip
    acts.opens_contact(world, world.model.asked[-1])


def a_title_is_rewritten(world: World, broken: Break) -> None:
    _keeps(Version, title="另一个标题")


def _keeps(table: Any, **values: Any) -> None:
    """Write what the program would never write."""
    db.session.rollback()
    db.session.execute(update(table).values(values))
    db.session.commit()


BROKEN = [
    (promises.promise_1_no_numbers_stored, an_upload_is_logged),
    (promises.promise_1_no_numbers_stored, the_telephone_stays_in_a_text),
    (promises.promise_2_nothing_unapproved_is_public, the_first_page_lists_what_waits),
    (promises.promise_2_nothing_unapproved_is_public, a_draft_opens_for_everybody),
    (promises.promise_2_nothing_unapproved_is_public, nobody_counts_as_its_author),
    (promises.promise_3_names_are_sealed_and_the_wall_has_its_policy, names_are_kept_open),
    (promises.promise_3_names_are_sealed_and_the_wall_has_its_policy, how_one_is_reached_is_kept_open),
    (promises.promise_3_names_are_sealed_and_the_wall_has_its_policy, the_wall_of_relief_has_full_names),
    (promises.promise_4_the_web_masks_every_name, the_web_shows_full_names),
    (promises.promise_4_the_web_masks_every_name, csv_names_in_full),
    (promises.promise_4_the_web_masks_every_name, rows_of_relief_stay_for_ever),
    (promises.promise_5_what_the_county_alone_knows_leaves_no_trace, the_township_counts_the_countys_cases),
    (promises.promise_5_what_the_county_alone_knows_leaves_no_trace, a_stamp_moves_for_the_county),
    (promises.promise_6_a_printed_address_never_dies, an_old_sheet_leads_nowhere),
    (promises.promise_6_a_printed_address_never_dies, what_was_taken_down_is_forgotten),
    (promises.promise_7_totals_agree, a_fen_more_on_the_page),
    (promises.promise_7_totals_agree, csv_leaves_a_row_out),
    (promises.promise_8_public_pages_are_whole_without_cookie_or_script, a_cookie_for_visitors),
    (promises.promise_8_public_pages_are_whole_without_cookie_or_script, a_script_on_a_page),
    (promises.promise_9_the_ledger_only_grows, taking_down_leaves_no_entry),
    (promises.promise_9_the_ledger_only_grows, opening_a_contact_leaves_no_entry),
    (promises.promise_9_the_ledger_only_grows, a_title_is_rewritten),
]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the faults are of the program, and not of an engine
@pytest.mark.parametrize(("promise", "fault"), BROKEN, ids=[fault.__name__ for _, fault in BROKEN])
def test_a_promise_says_when_it_is_broken(world, promise, fault):
    with pytest.MonkeyPatch.context() as broken:
        fault(world, broken)
        breaks(world, promise, whole=fault is a_title_is_rewritten)


def test_each_promise_has_a_fault_that_breaks_it():
    assert {promise for promise, _ in BROKEN} == set(promises.PROMISES)
