"""The people of the staff: who may be made what, where, and whose drafts go to whom."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from board.models import Ledger, User, db
from board.store import cases, displays, people
from board.store.drafting import drafts
from board.store.people import PersonRefused

LUXIAN, BAIHE, GAODONG = "510521000000", "510521116000", "510521116004"


def newest(home):
    """Return the newest entry of a home's ledger."""
    return db.session.scalars(select(Ledger).where(Ledger.home == home).order_by(Ledger.height.desc())).first()


def test_a_person_without_a_password_gets_a_readable_one_to_change(app):
    given = people.add(" Gaodong-Clerk ", "某人", "clerk", GAODONG, actor="luxian-admin", at=app.clock())
    person = people.named("gaodong-clerk")
    assert (person.role, person.level, person.area_name, person.must_change) == ("clerk", "village", "高洞社区居民委员会", True)
    stored = db.session.get(User, person.id).password
    assert people.matches(stored, given)
    assert given not in stored


def test_the_ledger_tells_the_username_and_no_name(app):
    people.add("gaodong-clerk", "钱多多", "clerk", GAODONG, actor="luxian-admin", at=app.clock())
    entry = newest(GAODONG)
    assert (entry.actor, entry.action, entry.subject, entry.body) == ("luxian-admin", "person.added", "gaodong-clerk", {"role": "clerk"})


def test_a_password_given_at_the_console_is_the_persons_own(app):
    people.add("gaodong-clerk", "某人", "clerk", GAODONG, "shuo-hua-suan-shu", at=app.clock())
    assert not people.named("gaodong-clerk").must_change


@pytest.mark.parametrize(
    ("username", "role", "area", "password", "reason"),
    [
        ("baihe-clerk", "clerk", BAIHE, "", "taken"),
        *((nobody, "clerk", BAIHE, "", "taken") for nobody in (people.CONSOLE, cases.VILLAGER, displays.THROUGH_LINK)),
        ("百和", "clerk", BAIHE, "", "username"),
        ("ab", "clerk", BAIHE, "", "username"),
        ("new-one", "mayor", BAIHE, "", "role"),
        ("new-one", "clerk", "999999999999", "", "area"),
        ("new-one", "auditor", BAIHE, "", "level"),
        ("new-one", "inspector", GAODONG, "", "level"),
        ("new-one", "admin", BAIHE, "", "level"),
        ("new-one", "clerk", BAIHE, "kurz", "short"),
        ("new-one", "clerk", BAIHE, "x-new-one-x", "username"),
        ("new-one", "clerk", BAIHE, "a123456789", "common"),
    ],
)
def test_a_person_who_cannot_be_is_refused(app, username, role, area, password, reason):
    with pytest.raises(PersonRefused, match=f"^{reason}$"):
        people.add(username, "某人", role, area, password, at=app.clock())


def test_both_desks_see_that_somebody_moved(app):
    people.move(people.named("baihe-clerk").id, "reviewer", LUXIAN, "luxian-admin", app.clock())
    assert [newest(home).action for home in (BAIHE, LUXIAN)] == ["person.moved"] * 2
    assert people.named("baihe-clerk").role == "reviewer"


@pytest.mark.parametrize("act", ["disable", "move"])
def test_nobody_disables_or_moves_himself(app, act):
    id = people.named("luxian-admin").id
    more = ("clerk", BAIHE) if act == "move" else ()
    with pytest.raises(PersonRefused, match="self"):
        getattr(people, act)(id, *more, "luxian-admin", app.clock())


def test_disabling_twice_is_told_once(app):
    id, before = people.named("baihe-clerk").id, newest(BAIHE).height
    for _ in range(2):
        people.disable(id, "luxian-admin", app.clock())
    assert newest(BAIHE).height == before + 1
    people.enable(id, "luxian-admin", app.clock())
    assert newest(BAIHE).action == "person.enabled"


def test_all_open_drafts_of_a_desk_pass_to_a_colleague(app):
    here, away = people.named("baihe-clerk"), people.named("xianshi-clerk")
    people.add("baihe-second", "某人", "clerk", BAIHE, at=app.clock())
    heir = people.named("baihe-second")
    mine = [drafts.start(home, "cropland-subsidy", "", here.id, app.clock()).id for home in (BAIHE, GAODONG)]
    dropped = drafts.start(BAIHE, "cropland-subsidy", "", here.id, app.clock())
    drafts.drop(BAIHE, dropped.id, 1, here.id, app.clock())
    assert [person.username for person in people.heirs(here.id)] == ["baihe-second"]
    assert people.hand_over(here.id, heir.id, "luxian-admin", app.clock()) == 2
    assert people.open_drafts(heir.id) == {BAIHE: 1, GAODONG: 1}
    assert people.open_drafts(here.id) == {}
    assert drafts.hands(BAIHE, mine[0])[heir.id] == {"took over"}
    assert newest(BAIHE).body == {"to": "baihe-second", "drafts": [mine[0]]}
    with pytest.raises(PersonRefused, match="drafts"):
        people.hand_over(heir.id, away.id, "luxian-admin", app.clock())


def test_whoever_moved_away_leaves_his_drafts_to_the_desk_he_left(app):
    here = people.named("baihe-clerk")
    people.add("baihe-second", "某人", "clerk", BAIHE, at=app.clock())
    drafts.start(BAIHE, "cropland-subsidy", "", here.id, app.clock())
    people.move(here.id, "clerk", LUXIAN, "luxian-admin", app.clock())
    assert [person.username for person in people.heirs(here.id)] == ["baihe-second"]


def test_a_department_has_a_group_of_kinds_and_nobody_else_has_one(app):
    for role, group in (("department", ""), ("department", "nonsense"), ("auditor", "subsidy")):
        with pytest.raises(people.PersonRefused, match="group"):
            people.add("somebody-new", "某人", role, "510521000000", group=group)
    people.add("somebody-new", "某人", "department", "510521000000", group="relief")
    found = people.named("somebody-new")
    assert found.group == "relief"
    people.move(found.id, "disclosure", "510521000000", "luxian-admin", app.clock())
    assert people.named("somebody-new").group is None
