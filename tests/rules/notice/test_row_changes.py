"""What a correction changed is told in numbers and figures; what a row said of somebody before is not told again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.notice.row_changes import Touched, changed_in, changes, heading, touched

ACCOUNTS = [column for column in kinds.load()["village-finance"].columns if column.show == "public"]
HERE, NEXT = "510521116004", "510521116005"


def row(no=1, place=HERE, group="1组", name="a", person=None, **measures):
    return SimpleNamespace(
        place=place, no=no, group=group, shown_name=name, name_key=name, person_key=person, account_key=None, measures=measures
    )


def told(old, new):
    return [
        (one.no, one.what, [(column.id, *pair) for column, *pair in one.figures], [column.id for column in one.words], one.who)
        for one in changes(ACCOUNTS, old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ([row(income="5")], [row(income="6")], [(1, "changed", [("income", "5", "6")], [], False)]),
        ([row(income="5")], [row(income="5.00")], []),
        ([row(item="某人看病")], [row(item="救助")], [(1, "changed", [], ["item"], False)]),
        ([row(date="2026-09-03")], [row(date="2026-09-04")], [(1, "changed", [("date", "2026-09-03", "2026-09-04")], [], False)]),
        ([row(income="5")], [row()], [(1, "changed", [("income", "5", "")], [], False)]),
        ([row(name="a")], [row(name="b")], [(1, "changed", [], [], True)]),
        ([row(person="k")], [row(person="m")], [(1, "changed", [], [], True)]),
        ([row(handler="甲")], [row(handler="乙")], []),  # a column that staff alone may see
        ([row(1)], [row(2)], [(1, "gone", [], [], False), (2, "new", [], [], False)]),
        ([row(2), row(1)], [], [(1, "gone", [], [], False), (2, "gone", [], [], False)]),
    ],
)
def test_a_row_is_told_by_its_figures(old, new, said):
    assert told(old, new) == said


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (1, {HERE: Touched([2], [5], [1, 3]), NEXT: Touched([], [], [1])}),
        (2, {HERE: Touched([2], [], [3, 6]), NEXT: Touched([], [], [1])}),
        (3, {}),
    ],
)
def test_the_numbers_since_a_version(since, found):
    spans = [(HERE, 1, 1, 2), (HERE, 2, 1, 2), (HERE, 2, 2, 3), (HERE, 2, 3, None), (HERE, 3, 1, 3), (HERE, 4, 1, None),
             (HERE, 5, 2, None), (HERE, 6, 2, 3), (NEXT, 1, 1, 3)]  # fmt: skip

    assert touched(spans, since) == found


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.none() | st.integers(2, 4)), max_size=12), st.integers(1, 3))
def test_a_row_that_is_told_stood_then_or_stands_now(spans, since):
    found = touched([(HERE, *span) for span in spans], since).get(HERE, Touched())
    then = {no for no, begins, ends in spans if begins <= since and (ends is None or ends > since)}
    now = {no for no, _begins, ends in spans if ends is None}

    assert set(found.new) == now - then
    assert set(found.gone) == then - now
    assert set(found.changed) <= then & now


FROZEN = {"publisher": "百和镇人民政府", "names": {"wall": "full", "web": "masked"}, "files": []}


@pytest.mark.parametrize(
    ("title", "facts", "frozen", "same"),
    [
        ("公示", {"standard": "93.6"}, FROZEN, True),
        ("公示", {"standard": "93.6"}, FROZEN | {"files": [{"no": 1}], "areas": {}}, True),  # neither stands on a sheet
        ("公告", {"standard": "93.6"}, FROZEN, False),
        ("公示", {"standard": "94"}, FROZEN, False),
        ("公示", {"standard": "93.6"}, FROZEN | {"publisher": "别的单位"}, False),
        ("公示", {"standard": "93.6"}, FROZEN | {"names": {"wall": "masked", "web": "masked"}}, False),
    ],
)
def test_what_stands_on_every_sheet(title, facts, frozen, same):
    assert (heading("公示", {"standard": "93.6"}, FROZEN) == heading(title, facts, frozen)) == same


@pytest.mark.parametrize(
    ("before", "same", "version"),
    [(("d", 1), True, 1), (("d", 2), True, 2), (("other", 1), True, 3), (("d", 1), False, 3), (None, True, 3)],
)
def test_the_version_in_which_a_sheet_last_changed(before, same, version):
    assert changed_in(3, "d", before, same) == version
