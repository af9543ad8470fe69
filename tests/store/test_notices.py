"""Posted notices: taking one down, and reading what is posted, by number, by place and by key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from board import kinds
from board.rules.notice.proposal import Proposal
from board.rules.personal.name_masking import shown
from board.store import ledger, notices, open_data, row_search, versions
from board.store.drafting import drafts, posting
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal, submit
from tests.web.few import THIRD, relief

KIND = "cropland-subsidy"


def posts(made: Proposal, clerk: int, reviewer: int):
    draft = drafts.start(TOWN, KIND, made.title, clerk, AT)
    draft = submit(draft, draft.revision, clerk, AT, made)
    return posting.post(draft, made.digest, draft.revision, reviewer, {}, AT)


def _fails(*_, **__):
    raise OSError("the plug was pulled")


# ---- taking down


def test_a_notice_is_taken_down_once_and_the_first_reason_stays(app, reviewer):
    posted = post()
    notices.take_down(posted, reviewer, "数算错了", AT)
    notices.take_down(posted, reviewer, "又一次", AT + timedelta(hours=1))

    assert notices.find(posted.number).notice.withdrawn_because == "数算错了"
    assert [entry.body for entry in ledger.entries(TOWN) if entry.action == "notice.taken_down"] == [{"reason": "数算错了"}]


def test_a_taking_down_that_fails_leaves_the_notice_up(app, reviewer, monkeypatch):
    posted = post()
    monkeypatch.setattr("board.store.notices.ledger.append", _fails)
    with pytest.raises(OSError, match="pulled"):
        notices.take_down(posted, reviewer, "数算错了", AT)

    assert notices.find(posted.number).notice.withdrawn_at is None


# ---- reading


def test_rows_go_by_key_without_loss_or_repeat(app):
    posted = post()
    seen, after = [], ("", 0)
    while page := notices.rows(posted, None, after, limit=2):
        seen += [(row.place, row.no) for row in page]
        after = seen[-1]

    assert seen == [(GAODONG, 1), (GAODONG, 2), (GAODONG, 3), (GAODONG, 4), (NEXT, 1)]


def named(posted, reviewer) -> dict[int, str]:
    """The names of 高洞社区 on its wall, by the number of their row."""
    return {no: name for (_place, no), name in notices.full_names(posted, [GAODONG], reviewer, AT).items()}


def test_printing_full_names_is_logged_without_a_name(app, reviewer):
    posted = post()
    assert named(posted, reviewer) == {1: "张小三", 2: "李四", 3: "王五", 4: "赵六"}
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.actor, entry.body) == ("names.printed", "baihe-reviewer", {"place": GAODONG, "rows": 4})


def test_a_minor_stays_masked_on_the_wall(clerk, reviewer):
    made = proposal(KIND, [replace(line(GAODONG, 1, "张小三", "4.95"), minor=True), line(GAODONG, 2, "李四", "2")])
    posted = posts(made, clerk, reviewer)

    assert named(posted, reviewer) == {1: "张*三", 2: "李四"}


def test_a_sensitive_kinds_wall_has_no_full_name_and_so_no_entry(clerk, reviewer):
    made = proposal(KIND, [line(GAODONG, 1, "张小三", "4.95")])
    made = replace(made, frozen=made.frozen | {"names": {"wall": "masked", "web": "masked"}})
    posted = posts(made, clerk, reviewer)
    before = len(list(ledger.entries(TOWN)))

    assert named(posted, reviewer) == {1: "张*三"}
    assert len(list(ledger.entries(TOWN))) == before


@pytest.mark.parametrize(("prefix", "found"), [("5105", 1), ("510521", 1), ("510521116", 1), ("510521117", 0), ("", 1)])
def test_a_scope_lists_its_own_notices(app, prefix, found):
    post()

    assert len(notices.listed(prefix)) == found


def test_a_village_page_concerns_what_its_township_posted_about_it(app):
    posted = post()

    assert [one.number for one in notices.concerning([GAODONG], GAODONG)] == [posted.number]
    assert notices.concerning(["510521117001"], "510521117001") == []


@pytest.mark.parametrize(
    ("web", "wall"), [("surname", {1: "张*三", 2: "李*"}), ("none", {1: "张*三", 2: "李*"}), ("masked", {1: "张*三", 2: "李*"})]
)
def test_a_wall_shows_what_its_own_policy_says_where_a_county_shows_less_on_the_web(clerk, reviewer, web, wall):
    lines = [
        replace(line(GAODONG, no, name, "4.95"), shown_name=shown(name, web, minor=False)) for no, name in ((1, "张小三"), (2, "李四"))
    ]
    made = proposal(KIND, lines)
    posted = posts(replace(made, frozen=made.frozen | {"names": {"wall": "masked", "web": web}}), clerk, reviewer)

    assert named(posted, reviewer) == wall


@pytest.fixture
def few(clerk, reviewer):
    """A notice of which the web may show one place of three."""
    return posts(relief(), clerk, reviewer)


def test_every_reader_of_rows_leaves_out_the_places_that_the_web_may_not_show(few):
    shown_rows, kind = [(THIRD, no) for no in (1, 2, 3, 4)], kinds.load()["social-assistance"]

    assert notices.withheld(few) == {GAODONG, NEXT}
    assert [(row.place, row.no) for row in notices.rows(few, None)] == shown_rows
    assert [(row.place, row.no) for row in open_data.rows(few, None)] == shown_rows
    for place in (GAODONG, NEXT):
        found = row_search.rows(few, place, 0, 9, group=None, wanted=None, shown=[])
        assert [notices.rows(few, place), notices.row(few, place, 1), row_search.groups(few, place, kind)] == [[], None, []]
        assert [row_search.heads(few, place, None), found, list(open_data.rows(few, place))] == [[], ([], 0), []]
        assert [row_search.count_with(few, place, "amount"), versions.changed(few, [], 0, place)] == [0, []]


def test_staff_and_paper_read_every_row(few, reviewer):
    full = few.in_full()

    assert notices.withheld(full) == frozenset()
    assert len(notices.rows(full, None)) == 9
    assert [row.place for row in notices.rows(full, GAODONG)] == [GAODONG] * 2
    assert named(few, reviewer) == {1: "鲜**洛", 2: "皮*樨"}


@pytest.mark.parametrize(
    ("prefix", "told"),
    [
        (TOWN[:9], [(GAODONG, 2, False), (NEXT, 3, False), (THIRD, 4, False)]),  # their sum follows from the notice's page
        (GAODONG, [(GAODONG, 0, True)]),
        (THIRD, [(THIRD, 4, False)]),
    ],
)
def test_the_parts_of_an_area_tell_withheld_places_only_all_together(few, prefix, told):
    assert [(part.rows, part.withheld, bool(part.totals)) for part in open_data.parts(prefix)] == [
        (rows, held, not held) for _, rows, held in told
    ]
