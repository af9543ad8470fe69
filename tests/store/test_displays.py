"""What hangs: said once or twice, of the sheet of that version, sealed where names stand on it, and in the ledger."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from board.models import Hanging, Ledger, Part, Version, db
from board.rules.display import Hung
from board.store import displays, holidays, notices, people
from board.store.displays import DisplayReport
from board.store.engine import writing
from board.store.proof import notices as proof
from tests.store.posted import AT, GAODONG, NEXT

ON = date(2026, 11, 20)
SAID = DisplayReport(ON, "村文书", "村委会门口", b"a photo")


def entries(action: str) -> list[Ledger]:
    return list(db.session.query(Ledger).filter(Ledger.action == action).order_by(Ledger.height))


def tells(posted, said: DisplayReport, place: str = GAODONG, actor: str = "wall") -> None:
    displays.report(posted, displays.poster(posted, place), said, actor, AT)


def test_a_sheet_of_which_nobody_said_anything(posted):
    sheet = displays.poster(posted, GAODONG)

    assert (sheet.version, sheet.shown) == (1, (ON, date(2026, 11, 27)))
    assert (sheet.printed_at, sheet.hung, sheet.photo) == (None, Hung(), False)
    assert list(displays.posters(posted)) == [GAODONG, NEXT]


def test_who_printed_a_sheet_is_known(posted):
    clerk = people.named("baihe-clerk")
    displays.note_printed(posted, [GAODONG, NEXT], clerk.id, AT)

    assert [(one.printed_at, one.printed_by) for one in displays.posters(posted).values()] == [(AT, clerk.name)] * 2


def test_whoever_pasted_it_up_is_in_the_ledger_with_his_photo(posted):
    tells(posted, SAID)
    (entry,) = entries("sheet.hung")

    assert (entry.actor, entry.subject) == ("wall", posted.number)
    assert entry.body == {
        "place": GAODONG, "version": 1, "hung_on": "2026-11-20", "by": "村文书", "spot": "村委会门口",
        "photo": hashlib.sha256(b"a photo").hexdigest(),
    }  # fmt: skip
    assert proof.first_fault() is None


def test_the_same_word_sent_twice_stands_once(posted):
    tells(posted, SAID)
    tells(posted, SAID)
    tells(posted, DisplayReport(ON, "村文书", "村委会门口"))  # the phone's second try, without the photo

    assert len(entries("sheet.hung")) == 1
    assert displays.photo(displays.poster(posted, GAODONG)) == b"a photo"


def test_another_word_stands_beside_the_first_in_the_ledger(posted):
    tells(posted, SAID)
    tells(posted, DisplayReport(ON, "村文书", "小学门口", b"another"))

    assert [entry.body["spot"] for entry in entries("sheet.hung")] == ["村委会门口", "小学门口"]
    assert displays.photo(displays.poster(posted, GAODONG)) == b"another"


def test_a_sheet_that_came_down_says_when(posted):
    tells(posted, SAID)
    tells(posted, DisplayReport(ON, "村文书", "村委会门口", down=date(2026, 11, 25)))

    assert [entry.body["down_on"] for entry in entries("sheet.down")] == ["2026-11-25"]
    assert displays.poster(posted, GAODONG).hung == Hung(ON, date(2026, 11, 25))


def test_a_photo_is_sealed_for_a_whole_roster_stands_on_it(posted):
    tells(posted, SAID)
    kept = db.session.query(Hanging.photo).one()[0]

    assert b"a photo" not in kept


def test_nothing_is_said_of_a_notice_that_was_taken_down(posted):
    sheet = displays.poster(posted, GAODONG)
    notices.take_down(posted, people.named("baihe-reviewer").id, "写错了", AT)
    displays.report(posted, sheet, SAID, "wall", AT)

    assert not entries("sheet.hung")


def corrected(posted):
    """Post a second version, by hand, that changed something in 高洞社区 only."""
    with writing() as session:
        first = session.get_one(Version, (posted.home, posted.number, 1))
        columns = {column.name: getattr(first, column.name) for column in Version.__table__.columns}
        session.add(Version(**columns | {"no": 2, "starts": date(2026, 11, 24), "ends": date(2026, 12, 1)}))
        session.flush()
        for part in notices.parts(posted):
            copied = {column.name: getattr(part, column.name) for column in Part.__table__.columns}
            session.add(Part(**copied | {"version": 2, "changed_in": 2 if part.place == GAODONG else 1}))
        session.get_one(type(posted.notice), (posted.home, posted.number)).current = 2
    return notices.find(posted.number)


def test_a_version_that_changed_nothing_in_a_village_leaves_its_sheet_as_it_hangs(posted):
    tells(posted, SAID)
    tells(posted, SAID, NEXT)
    now = displays.posters(corrected(posted))

    assert (now[NEXT].version, now[NEXT].hung, now[NEXT].shown[1]) == (1, Hung(ON), date(2026, 11, 27))
    assert (now[GAODONG].version, now[GAODONG].hung, now[GAODONG].shown[1]) == (2, Hung(), date(2026, 12, 1))


def test_the_county_hears_of_what_is_late_short_or_missing_and_of_nothing_else(posted):
    def wrong(today: date) -> list[tuple[str, str, int]]:
        return [(one.place, one.finding.state, one.finding.lacking) for one in displays.wrong("5105", today, holidays.calendar())]

    assert wrong(ON) == []
    assert wrong(date(2026, 11, 22)) == [("高洞社区", "missing", 2), ("旁边的村", "missing", 2)]
    tells(posted, SAID)
    tells(posted, DisplayReport(date(2026, 11, 22), "村文书", "小学门口"), NEXT)
    assert wrong(date(2026, 11, 22)) == [("旁边的村", "hanging", 2)]
    tells(posted, DisplayReport(ON, "村文书", "村委会门口", down=date(2026, 11, 24)))
    assert wrong(date(2026, 11, 25)) == [("高洞社区", "down", 3), ("旁边的村", "hanging", 2)]
    assert displays.wrong("3706", date(2026, 11, 25), holidays.calendar()) == []
    assert wrong(date(2026, 11, 27) + timedelta(366)) == []
    notices.take_down(posted, people.named("baihe-reviewer").id, "写错了", AT)
    assert wrong(date(2026, 11, 25)) == []
