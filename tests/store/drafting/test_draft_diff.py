"""What a draft's rows say otherwise than the notice that it was begun from: who is new, who is gone, whose figures changed."""

from __future__ import annotations

import pytest

from board import kinds
from board.models import Row, db
from board.rules.notice.roster_diff import RosterDiff
from board.store.drafting import carry_over, checking, draft_diff
from tests.store.corrected import NAMED, all_of, figure, types, with_one, without
from tests.store.posted import AT
from tests.store.uploading import checks

NEW = {"village": "高洞社区", "group": "1组", "name": "孙七", "area": "1", "amount": "93.6"}


def begun(posted, clerk, kind="cropland-subsidy"):
    return carry_over.carry(posted, kinds.load()[kind], "新的公示", NAMED, clerk, AT)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda rows: rows, RosterDiff(0, 0, 0)),
        (figure("张小三", "5", "468"), RosterDiff(0, 0, 1)),
        (without("李四"), RosterDiff(0, 1, 0)),
        (with_one(**NEW), RosterDiff(1, 0, 0)),
        (all_of(figure("张小三", "5", "468"), without("李四"), with_one(**NEW)), RosterDiff(1, 1, 1)),
    ],
    ids=["nothing", "figures", "gone", "new", "all"],
)
def test_rows_are_compared_with_those_in_force(posted, clerk, change, difference):
    draft = types(begun(posted, clerk), change)

    assert draft_diff.difference(draft) == difference
    assert checking.found(draft).difference == difference


def test_whoever_is_known_by_his_key_is_the_same_until_his_name_is_typed_anew(posted, clerk):
    db.session.query(Row).filter_by(number=posted.number, no=1).update({"person_key": "k" * 32})
    db.session.commit()
    draft = types(begun(posted, clerk), lambda rows: rows)
    assert draft_diff.difference(draft) == RosterDiff(0, 0, 0)
    draft = types(draft, lambda rows: [rows[0].retyped(rows[0].texts | {"name": "张小四"}), *rows[1:]])

    assert draft_diff.difference(draft) == RosterDiff(1, 1, 0)


def test_a_draft_that_was_begun_afresh_or_has_no_table_is_compared_with_nothing(posted, draft, clerk):
    assert draft_diff.difference(checks(draft, clerk)) is None
    fresh = begun(posted, clerk)
    fresh.chosen = []

    assert draft_diff.difference(fresh) is None
