"""Adding, opening, deleting photos of a case and letting them expire, on both engines; and what was changed by hand is found."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from board.models import CasePhoto, db
from board.rules.cases.photos import MOST
from board.store import cases, ledger
from board.store.cases import case_photos
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.asked import AT, KEY
from tests.store.by_hand import by_hand
from tests.store.posted import TOWN

PHOTO = b"\xff\xd8\xff the villager's passbook"


def log():
    return [(one.actor, one.action, one.body) for one in ledger.entries(TOWN) if one.action.startswith("case.photo_")]


def add(case, *photos, at=AT):
    for photo in photos:
        case_photos.add(TOWN, case.id, photo, at)


def kept(case):
    return [one.no for one in case_photos.of(case) if not one.deleted_by]


def faults():
    return altered(SUBJECTS["case"], TOWN)


def test_a_photo_is_sealed_and_the_log_neither_shows_it_nor_tells_it(case):
    add(case, PHOTO)
    row = db.session.query(CasePhoto).one()

    assert b"passbook" not in row.photo
    [(actor, action, body)] = log()
    assert (actor, action, body["no"]) == ("villager", "case.photo_added", 1)
    assert row.sha256 not in body.values(), "who has the photo would find its case by a plain digest"
    assert faults() == {}


def test_a_case_has_three_photos_and_the_same_one_twice_is_one(case):
    add(case, b"one", b"two", b"two", b"three", b"one")
    assert kept(case) == [1, 2, 3]

    with pytest.raises(case_photos.Full):
        add(case, b"four")
    case_photos.remove(TOWN, case.id, 2, None, AT)
    add(case, b"four")
    assert kept(case) == [1, 3, 4], "a number is not given twice"
    assert faults() == {}


def test_a_photo_is_taken_only_while_an_office_has_to_answer(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了，已经更正。", 1, AT)
    with pytest.raises(cases.MovedOn):
        add(case, PHOTO)

    cases.say_more(KEY, "还有一张照片。", 2, AT)
    add(case, PHOTO)
    assert kept(case) == [1]


def test_whoever_opens_a_photo_is_logged(case, clerk):
    add(case, PHOTO)

    assert case_photos.open_one(TOWN, case.id, 1, clerk, AT) == PHOTO
    assert log()[-1] == ("baihe-clerk", "case.photo_opened", {"no": 1})
    assert case_photos.open_one(TOWN, case.id, 2, clerk, AT) is None
    assert len(log()) == 2
    assert faults() == {}


@pytest.mark.parametrize(("who", "actor", "why"), [(None, "villager", "villager"), ("clerk", "baihe-clerk", "office")])
def test_both_sides_delete_a_photo_once_and_its_bytes_are_gone(case, request, clerk, who, actor, why):
    add(case, PHOTO)
    for _ in range(2):
        case_photos.remove(TOWN, case.id, 1, request.getfixturevalue(who) if who else None, AT)

    assert log()[1:] == [(actor, "case.photo_removed", {"no": 1, "why": why})]
    assert db.session.query(CasePhoto.photo).scalar() is None
    assert case_photos.open_one(TOWN, case.id, 1, clerk, AT) is None
    assert [one.deleted_by for one in case_photos.of(case)] == [why]
    assert faults() == {}


def test_a_deleted_photo_that_is_sent_again_is_a_new_one(case):
    add(case, PHOTO)
    case_photos.remove(TOWN, case.id, 1, None, AT)
    add(case, PHOTO)
    assert kept(case) == [2]


def test_photos_go_thirty_days_after_the_villager_closed_the_case(case, clerk):
    add(case, b"one", b"two")
    case_photos.remove(TOWN, case.id, 1, None, AT)
    cases.act(TOWN, case.id, "answer", clerk, "查过了，已经更正。", 1, AT)
    cases.close(KEY, 2, AT + timedelta(days=1))
    assert case_photos.expire(AT + timedelta(days=30)) == 0
    assert kept(case) == [2]

    later = AT + timedelta(days=31)
    assert case_photos.expire(later) == 1
    assert case_photos.expire(later) == 0
    assert log()[-1] == ("clock", "case.photo_removed", {"no": 2, "why": "expired"})
    assert [one.deleted_by for one in case_photos.of(case)] == ["villager", "expired"]
    assert faults() == {}


def test_photos_go_sixty_days_after_an_answer_about_which_nothing_was_said(case, clerk):
    add(case, PHOTO)
    assert case_photos.expire(AT + timedelta(days=999)) == 0, "the office still has to answer"
    cases.act(TOWN, case.id, "answer", clerk, "查过了，已经更正。", 1, AT)
    assert case_photos.expire(AT + timedelta(days=59)) == 0
    assert case_photos.expire(AT + timedelta(days=60)) == 1


def test_a_case_that_was_opened_again_keeps_its_photos(case, clerk):
    add(case, PHOTO)
    cases.act(TOWN, case.id, "answer", clerk, "查过了，已经更正。", 1, AT)
    cases.close(KEY, 2, AT)
    cases.say_more(KEY, "还是不对，请再看看。", 3, AT + timedelta(days=5))
    assert case_photos.expire(AT + timedelta(days=999)) == 0


def at_once(app, count, do):
    """Do the same in several threads at once, as several processes would; return what each came to, exceptions too."""
    start, came = threading.Barrier(count), []

    def run(no):
        with app.app_context():
            start.wait()
            try:
                came.append(do(no))
            except case_photos.Full as full:
                came.append(full)

    db.session.rollback()
    threads = [threading.Thread(target=run, args=(no,)) for no in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_photos_sent_at_once_are_never_more_than_three(app, case):
    id = case.id
    came = at_once(app, 5, lambda no: case_photos.add(TOWN, id, b"photo %d" % no, AT))

    assert len(came) == 5
    assert kept(cases.one(TOWN, id)) == [1, 2, 3]
    assert len(log()) == MOST
    assert faults() == {}


def test_several_processes_let_a_photo_expire_once(app, case, clerk):
    id = case.id
    add(case, b"one", b"two")
    cases.act(TOWN, id, "answer", clerk, "查过了，已经更正。", 1, AT)
    came = at_once(app, 4, lambda no: case_photos.expire(datetime(2027, 6, 1, tzinfo=UTC)))

    assert len(came) == 4
    assert sum(came) == 2
    assert [action for _, action, _ in log()].count("case.photo_removed") == 2
    assert faults() == {}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_photo SET photo = NULL WHERE no = 1",
        "UPDATE case_photo SET photo = NULL, deleted_at = at, deleted_by = 'villager' WHERE no = 1",
        "UPDATE case_photo SET photo = (SELECT two.photo FROM case_photo two WHERE two.no = 2) WHERE no = 1",
        "UPDATE case_photo SET size = size + 1 WHERE no = 1",
        "UPDATE case_photo SET sha256 = (SELECT two.sha256 FROM case_photo two WHERE two.no = 2) WHERE no = 3",
        "UPDATE case_photo SET photo = (SELECT two.photo FROM case_photo two WHERE two.no = 2) WHERE no = 3",
        "UPDATE case_photo SET deleted_by = 'office' WHERE no = 3",
        "DELETE FROM case_photo WHERE no = 1",
        "DELETE FROM case_photo WHERE no = 3",
    ],
)
def test_a_photo_changed_deleted_or_put_back_by_hand_is_found(case, statement):
    id = case.id
    add(case, b"one", b"two", b"tri")
    case_photos.remove(TOWN, id, 3, None, AT)
    by_hand(statement)

    assert faults() == {(TOWN, id): ["photos"]}
