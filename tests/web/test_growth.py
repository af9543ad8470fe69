"""What a page asks of the database does not grow with what it shows: as many statements for twelve notices, villages, walls as for two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from board.store import answers, areas, cases, displays, feature_flags, notices, people, walls
from board.store.answers import QuestionAnswer
from board.store.displays import DisplayReport
from board.store.drafting import drafts
from board.store.notices import Posted
from tests.actors import Person
from tests.store import corrected
from tests.store.approved import tells_everybody
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal, submit
from tests.web.publishing import COUNTY, publishes

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # how many statements a page sends is the same on either

FEW, MANY = 2, 12


class Township:
    """百和镇, where more and more is posted: its first notice and its first wall are those whose pages are opened."""

    def __init__(self) -> None:
        self.count, self.latest = 0, ""
        self.clerk, self.reviewer = (self._id(name) for name in ("baihe-clerk", "baihe-reviewer"))
        self.villages = [area.code for area in areas.children(TOWN) if area.code not in (GAODONG, NEXT)]
        feature_flags.turn(feature_flags.SLIPS, COUNTY, True, "luxian-admin", AT)
        self.notice, self.wall = self._corrected(), walls.add(GAODONG, "村委会门口", self.clerk, AT)
        self.draft = self._submitted()

    def grows(self, count: int) -> None:
        """Let there be so many of everything."""
        for no in range(self.count, count):
            self._posts(self.villages[: no + 1])
            posted, wall = self._corrected(), walls.add(self.villages[no % len(self.villages)], "文化广场", self.clerk, AT)
            walls.note(wall, "photo", [walls.Found("foreign", "http://example.cn")], self.clerk, AT)
            walls.add(GAODONG, f"路口 {no}", self.clerk, AT)
            self._is_asked(self.notice, no)
            self._is_asked(posted, no)
            self._submitted()
            drafts.start(TOWN, "cropland-subsidy", f"草稿 {no}", self.clerk, AT)
            people.add(f"baihe-{no}", "某人", "clerk", TOWN, "a passing phrase", actor="luxian-admin", at=AT)
        self.count = count

    def _posts(self, villages: list[str]) -> None:
        rows = [line(GAODONG, no, "张小三", "1") for no in range(1, 2 + 10 * len(villages))]
        number = self.latest = publishes(proposal("cropland-subsidy", rows + [line(place, 1, "李四", "1") for place in villages]))
        posted = notices.find(number)
        assert posted
        displays.report(posted, displays.poster(posted, GAODONG), DisplayReport(date(2026, 11, 22), "村文书", "门口"), "baihe-clerk", AT)

    def _corrected(self) -> Posted:
        return corrected.correct(post(), lambda rows: [row for row in rows if row.texts["name"] != "李四"])

    def _submitted(self) -> str:
        made = proposal("cropland-subsidy", [line(GAODONG, no, "张小三", "1") for no in range(1, 3 + self.count)])
        draft = submit(drafts.start(TOWN, made.kind, made.title, self.clerk, AT), 1, self.clerk, AT, made)
        return f"/desk/{TOWN}/{draft.id}"

    def _is_asked(self, posted: Posted, no: int) -> None:
        asked = cases.Asked(GAODONG, 1, "amount_wrong", f"数不对 {no}", "", date(2026, 12, 20))
        cases.file(posted, f"{posted.number}-{no}", asked, AT)
        tells_everybody(posted, QuestionAnswer("什么时候发？", f"下个月 {no} 日左右发。", GAODONG))
        answers.draft(posted, QuestionAnswer("到哪里问？", f"到镇里问 {no} 号窗口。", GAODONG), None, self.clerk, AT)

    def _id(self, username: str) -> int:
        person = people.named(username)
        assert person
        return person.id


@pytest.fixture
def township(app: Flask) -> Township:
    return Township()


def addresses(township: Township) -> dict[str, list[str]]:
    """Return the main pages, by who opens them."""
    number, latest, wall = township.notice.number, township.latest, township.wall.number
    staff = [
        "/desk", "/desk/cases", "/desk/cases?done=1", "/desk/walls", f"/desk/walls/{wall}", f"/desk/notices/{number}",
        f"/desk/notices/{number}/{GAODONG}",
    ]  # fmt: skip
    return {
        "": [
            "/", f"/a/{TOWN}", f"/a/{GAODONG}", f"/a/{COUNTY}", f"/a/{TOWN}.atom", f"/n/{number}", f"/n/{number}/{GAODONG}",
            f"/n/{number}/{GAODONG}/1", f"/n/{number}/{GAODONG}.json", f"/n/{number}.csv", f"/w/{wall}", f"/w/{wall}?view=kiosk",
            f"/w/{wall}/answers.pdf",
            f"/n/{latest}", f"/n/{latest}/{GAODONG}", f"/n/{latest}.csv", f"/n/{latest}.json",
            "/search?q=百和镇", f"/search?area={GAODONG}", f"/a/{TOWN}/totals.json", "/sitemap-notices-1.xml",
        ],
        "baihe-clerk": [
            *staff, "/desk/new", f"/desk/walls/{GAODONG}", "/desk/slips", f"/desk/slips/{GAODONG}", f"/desk/notices/{number}/answers",
        ],
        "baihe-reviewer": [
            *staff, "/desk/approvals", f"/desk/notices/{number}/answers", f"{township.draft}/review",
            f"{township.draft}/preview?place={GAODONG}",
        ],
        "luxian-auditor": [
            "/audit", "/audit/walls", "/audit/walls/foreign", "/audit/scans", f"/audit/scans/{number}", "/audit/hanging", "/audit/ledger",
            "/desk/cases", "/audit/assessment?quarter=2026-q4", f"/audit/assessment/list?figure=posted&area={TOWN}&quarter=2026-q4",
            f"/audit/assessment/year?year=2026&area={TOWN}",
        ],
        "luxian-admin": ["/admin", "/admin/people/1", "/admin/areas", f"/admin/areas/{TOWN}", "/admin/holidays", "/admin/slips"],
    }  # fmt: skip


def counts(township: Township, person: Callable[[str], Person]) -> dict[str, int]:
    """Return how many statements each of the main pages sends."""
    found = {}
    for who, listed in addresses(township).items():
        somebody = person(who)
        for address in listed:
            page = somebody.sees(address)
            assert page.status == 200, (who, address, page.text)
            found[f"{who} {address.replace(township.latest, 'latest')}"] = len(somebody.client.asked.sent)  # type: ignore[attr-defined]
    return found


def test_no_page_asks_more_where_there_is_more(township: Township, person: Callable[[str], Person]) -> None:
    township.grows(FEW)
    few = counts(township, person)
    township.grows(MANY)
    many = counts(township, person)

    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert min(few.values()) > 0  # no page came from the cache
