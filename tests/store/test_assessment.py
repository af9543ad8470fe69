"""The assessment of townships: whatever offices do, each figure counts exactly what its list shows, in the office whose act it was."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from board.models import CaseCorrection, Draft, Notice, Version, db
from board.rules.assessment import FIGURES
from board.rules.quarters import Quarter
from board.store import assessment, displays, notices, people
from board.store.displays import DisplayReport
from board.store.drafting import drafts, stopped_leaks
from board.store.notices import Posted
from tests.store.asked import does, files
from tests.store.assessed import holds
from tests.store.due import COUNTY, HERE, TOWN, moment, owes, publishes

Q3, DAY = Quarter(2026, 3), date(2026, 8, 3)
TODAY = date(2026, 11, 22)
ALL = [*HERE[:2], *(f"510521116{no}" for no in range(227, 238))]  # the thirteen of 百和镇


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id


def figures(office: str = TOWN, quarter: Quarter = Q3, today: date = TODAY) -> dict[str, int]:
    """Return the figures of an office that are not 0."""
    return {name: n for name, n in assessment.counted(COUNTY, quarter, today)[office].figures.items() if n}


def posts(day: date = DAY, places=HERE, home: str = TOWN, **more) -> Posted:
    return publishes("cropland-subsidy", "2026年耕地地力保护补贴", day, list(places), home=home, **more)


def says(posted: Posted, no: int, **values) -> None:
    """Let a version say something that the posting of these tests does not: its reason, or what its reviewer let stand."""
    db.session.query(Version).filter_by(home=posted.home, number=posted.number, no=no).update(values)
    db.session.commit()


def hangs(posted: Posted, place: str, on: date, down: date | None = None) -> None:
    report = DisplayReport(on, "村文书", "村委会", down=down)
    displays.report(posted, displays.poster(posted, place), report, "baihe-clerk", moment(TODAY))


def corrects_because(posted: Posted, case, day: date) -> None:
    """Post the next version because of a case."""
    now = posts(day, corrects=posted)
    draft = db.session.query(Draft).filter_by(home=now.home, corrects=now.number).order_by(Draft.changed.desc()).first()
    link = CaseCorrection(home=now.home, draft=draft.id, asked=case.home, case=case.id, number=now.number, version=now.version.no)
    db.session.add(link)
    db.session.commit()


def is_asked(posted: Posted, outcome: str, day: date, key: str = "a" * 32):
    """Ask about a notice, and let the township answer on the same day."""
    case = files(posted, "correction" if outcome else "amount_wrong", key=key, at=moment(day))
    return does(case, "answer", _id("baihe-clerk"), "查过了。", moment(day), outcome)


def test_a_notice_with_something_let_stand_is_not_complete_and_its_reason_is_on_the_list(app):
    posts()
    says(posts(), 1, acknowledged={"total_differs": "已看过银行回单"})
    posts(date(2026, 7, 1))

    assert {"posted": 3, "complete": 2, "open": 1}.items() <= figures().items()
    (item,) = assessment.listed("open", TOWN, Q3, TODAY)
    assert item.said == ("已看过银行回单",)


def test_a_sheet_says_which_village_is_not_on_it(app):
    owes("cropland_subsidy", date(2026, 1, 1))
    posts(date(2026, 12, 1), HERE)
    end = Quarter(2026, 4)

    assert {"sheets": 1, "partly": 1}.items() <= figures(quarter=end, today=date(2027, 3, 1)).items()
    (item,) = assessment.listed("sheets", TOWN, end, date(2027, 3, 1))
    assert (item.owed, item.settled, len(item.lacking)) == (13, 3, 10)


def test_a_poster_hung_to_the_end_is_long_enough_and_one_never_reported_or_hung_late_is_not(app):
    posted = posts()
    hangs(posted, HERE[0], DAY)
    hangs(posted, HERE[1], DAY + timedelta(2), DAY + timedelta(3))

    assert {"ended": 3, "enough": 1, "short": 2}.items() <= figures().items()
    assert [item.place for item in assessment.listed("short", TOWN, Q3, TODAY)] == HERE[1:]


def test_a_notice_taken_down_before_its_last_day_is_told_apart(app):
    posted = posts()
    notices.take_down(posted, _id("baihe-reviewer"), "面积算错", moment(DAY))
    late = posts()
    notices.take_down(late, _id("baihe-reviewer"), "里面有身份证号", moment(DAY + timedelta(9)))

    assert {"early": 3, "ended": 3, "short": 3, "leaked": 1}.items() <= figures().items()
    assert [item.number for item in assessment.listed("leaked", TOWN, Q3, TODAY)] == [late.number]


def test_a_leak_is_what_was_chosen_as_one_and_by_its_words_only_where_nobody_was_asked(app):
    for reason, leak in [("有一户金额录错", True), ("身份证号填错一位，金额没错", False), ("露了一户的住址", None), ("数算错了", None)]:
        notices.take_down(posts(), _id("baihe-reviewer"), reason, moment(DAY), leak)
    for reason, chosen in [
        ("改一处", {"leak": True}),
        ("里面写着电话号码的地方，字写错了", {"leak": False}),
        ("露了手机号", {}),
        ("改一处", {}),
    ]:
        says(posts(corrects=posts()), 2, reason=reason, frozen={"correction": chosen})

    assert figures()["leaked"] == 4
    told = {item.said[0] for item in assessment.listed("leaked", TOWN, Q3, TODAY)}
    assert told == {"有一户金额录错", "露了一户的住址", "改一处", "露了手机号"}


def test_an_error_that_was_found_is_mended_once_a_version_was_made_because_of_it(app):
    posted = posts()
    corrects_because(posted, is_asked(posted, "", DAY), DAY + timedelta(6))
    is_asked(posted, "corrected", DAY, "b" * 32)
    is_asked(posted, "not_wrong", DAY, "c" * 32)

    assert {"corrections": 1, "found": 2, "mended": 1, "unmended": 1}.items() <= figures().items()
    assert assessment.counted(COUNTY, Q3, TODAY)[TOWN].days == 6
    assert [item.days for item in assessment.listed("mended", TOWN, Q3, TODAY)] == [6]


def test_what_was_stopped_counts_once_a_draft_and_the_list_says_how_much_of_what(app):
    draft = drafts.start(TOWN, "cropland-subsidy", "草稿", _id("baihe-clerk"), moment(DAY))
    stopped_leaks.note(TOWN, draft.id, "file", {"id_number": 3}, moment(DAY))
    stopped_leaks.note(TOWN, draft.id, "text", {"phone": 1}, moment(DAY + timedelta(1)))

    assert figures() == {"stopped": 1}
    (item,) = assessment.listed("stopped", TOWN, Q3, TODAY)
    assert item.stopped == (("file", "id_number", 3), ("text", "phone", 1))


def test_what_the_county_has_to_publish_stands_in_its_own_line(app):
    owes("fund_allocation", date(2026, 1, 1))
    owes("village_accounts", date(2026, 1, 1))

    assert set(figures(COUNTY)) <= {"owed", "on_time", "late", "missing"}
    assert figures(TOWN) == {"owed": 13, "missing": 13}, "the accounts of its villages, and nothing of the county's"


class History:
    """A township through a year, as chance has it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.day, self.asked = chance, date(2026, 7, 1), 0

    def goes_on(self) -> None:
        self.day += timedelta(days=self.chance.choice([0, 3, 6]))
        acts = [self.posts, self.hangs, self.asks] * 2 + [self.corrects, self.withdraws, self.stops]
        self.chance.choice(acts)()

    def _one(self) -> Posted | None:
        there = db.session.query(Notice).filter(Notice.withdrawn_at.is_(None), Notice.home.startswith("510521116")).order_by(Notice.number)
        found = [one.number for one in there]
        return notices.find(self.chance.choice(found)) if found else None

    def posts(self) -> None:
        home = self.chance.choice([TOWN, TOWN, HERE[0]])
        places = self.chance.choice([HERE[:2], ALL]) if home == TOWN else [home]
        made = posts(self.day, places, home, by=self.day + timedelta(self.chance.choice([-3, 30])))
        if self.chance.random() < 0.2:
            notices.take_down(made, _id("baihe-reviewer"), "发错了", moment(self.day))
        if self.chance.random() < 0.4:
            says(made, 1, acknowledged={"same_name": "是两个人"})

    def hangs(self) -> None:
        posted = self._one()
        for place in displays.posters(posted) if posted else ():
            on = self.day + timedelta(self.chance.choice([-30, 0, 2]))
            hangs(posted, place, on, self.chance.choice([None, on + timedelta(1), on + timedelta(60)]))

    def corrects(self) -> None:
        if (posted := self._one()) and posted.home == TOWN:
            now = posts(self.day, corrects=posted)
            says(now, now.version.no, reason=self.chance.choice(["面积算错", "有两户的手机号没遮住"]))

    def withdraws(self) -> None:
        if posted := self._one():
            notices.take_down(posted, _id("baihe-reviewer"), self.chance.choice(["泄露了个人信息", "发错了"]), moment(self.day))

    def asks(self) -> None:
        if (posted := self._one()) and posted.home == TOWN:
            self.asked += 1
            outcome = self.chance.choice(["", "corrected", "corrected", "not_wrong"])
            case = is_asked(posted, outcome, self.day, f"{self.asked:032}")
            if self.chance.random() < 0.5:
                corrects_because(posted, case, self.day + timedelta(self.chance.choice([0, 9])))

    def stops(self) -> None:
        draft = drafts.start(TOWN, "cropland-subsidy", "草稿", _id("baihe-clerk"), moment(self.day))
        for source in self.chance.sample(["sheet", "file", "text"], 2):
            stopped_leaks.note(TOWN, draft.id, source, {"id_number": 2, "phone": self.chance.choice([0, 1])}, moment(self.day))


def test_whatever_offices_do_every_figure_equals_its_list(app):
    for duty in ("cropland_subsidy", "grain_subsidy", "forest_payment", "village_accounts", "fund_allocation"):
        owes(duty, date(2026, 1, 1))
    history, seen = History(random.Random(5)), Counter[str]()
    for _turn in range(30):
        history.goes_on()
    # What chance seldom comes to: all in time, some late, gone at once and for what it told.
    publishes("grain-subsidy", "2026年实际种粮农民补贴", history.day, ALL)
    publishes("forest-payment", "2026年森林生态效益补偿", history.day, HERE, by=DAY)
    notices.take_down(posts(date(2026, 8, 1)), _id("baihe-reviewer"), "泄露了个人信息", moment(date(2026, 8, 1)))
    for no, today in ((3, history.day), (3, date(2026, 10, 9)), (4, date(2027, 3, 1))):
        seen += holds(COUNTY, Quarter(2026, no), today)
    assert set(FIGURES) - set(seen) == set(), "all of them come to pass"
