"""What hangs on walls is whole while nobody changed it, and what somebody changed is named."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from board.models import Attachment, db
from board.store.proof import notices as proof
from tests.store.posted import GAODONG
from tests.store.proof.faults import fault


def test_what_was_said_of_a_sheet_and_not_changed_is_whole(hung):
    assert fault() == ""


def test_a_sheet_that_is_said_to_hang_without_an_entry_is_named(hung, by_hand):
    by_hand("UPDATE hanging SET down_on = NULL")

    assert fault() == f"notice {hung} version 1 place {GAODONG}: what was said of its sheet on the wall is not what the ledger says"


def test_a_wall_that_went_all_its_ways_is_whole(wall):
    assert fault() == ""


@pytest.mark.parametrize(
    ("statement", "differs"),
    [
        ("UPDATE wall SET spot = '别处'", "where it is"),
        ("UPDATE wall SET closed_at = NULL", "when it was taken away"),
        ("UPDATE wall_check SET finding = 'good' WHERE no = 1", "checks"),
        ("DELETE FROM wall_check WHERE no = 1", "checks"),
        ("UPDATE printed SET what = 'notice'", "its printed number"),
        ("DELETE FROM printed", "its printed number"),
    ],
)
def test_a_wall_changed_by_hand_is_named_with_what_was_changed(wall, by_hand, statement, differs):
    by_hand(statement)

    assert fault() == f"wall {wall}: it is not what the ledger says: {differs}"


def test_files_that_were_taken_over_by_a_correction_are_whole(with_two_files):
    assert fault() == ""


@pytest.mark.parametrize(
    "swapped",
    [("no",), ("title",), ("data", "sha256", "type", "size", "pages"), ("pages", "size")],
    ids=["numbers", "titles", "bytes", "sizes"],
)
def test_two_approved_files_that_changed_places_are_named(with_two_files, by_hand, swapped):
    own = (Attachment.number == with_two_files, Attachment.type.in_(["pdf", "docx"]))
    first, second = db.session.execute(select(*(getattr(Attachment, name) for name in ("id", *swapped))).where(*own)).all()
    for id, values in ((first[0], second[1:]), (second[0], first[1:])):
        pairs = ", ".join(f"{name} = :{name}" for name in swapped)
        by_hand(f"UPDATE attachment SET {pairs} WHERE id = :id", id=id, **dict(zip(swapped, values, strict=True)))  # noqa: S608

    found = [one.where.en for one in proof.faults()]
    assert {f"notice {with_two_files} version 1, attachment {no}" for no in (1, 2)} <= set(found)
