"""Every page that somebody can open, as its bytes, and all that the database lets the offices of 百和镇 count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from board import policies
from board.models import Ledger, Stamp, db
from board.rules.notice.attachment import Attachment
from board.store import answers, cases, directives, displays, letters, people, sealing, walls
from board.store.cases import figures, lists, quarter_shares
from board.store.cases.figures import Chosen
from board.store.drafting import attachments, drafts
from board.store.notices import Posted
from tests.actors import Person
from tests.house.test_routes import RULES
from tests.store.posted import AT, GAODONG, TOWN, line, proposal, submit
from tests.web.publishing import publishes

COUNTY = "510521000000"
PREFIX = "510521116"  # of everything that is the township's
AGENT = {"User-Agent": "spider"}  # its visits are not counted, so that looking changes nothing
# Drawn anew for each request, and of no case: the token of a session's forms and that of a form for asking.
DRAWN = re.compile(rb'name="(?:csrf_token|token)" value="[^"]*"|<meta name="csrf-token"[^>]*>')
ALSO = (
    "/desk/cases?done=1", "/desk/cases?area=510521116004", "/desk/cases?done=1&area=510521116004", "/search?q=百和镇", "/search?q=公示",
    "/w/{wall}?view=kiosk", "/n/{number}/ask?place=510521116004&row=2", "/n/{number}/510521116004?find=2",
    "/n/{number}/510521116004?lang=en", "/desk/notices/{number}/answers?case={case}", "/audit?area=510521116000", "/audit?kind=x&year=2026",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """A response, and what it asked of the database."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]


def given(posted: Posted) -> dict[str, Any]:
    """Make a draft, a wall, a report and a case of the township's own; return a value for every blank in an address."""
    clerk, leader = people.named("baihe-clerk"), people.named("baihe-leader")
    assert clerk
    assert leader
    draft = drafts.start(TOWN, "cropland-subsidy", "公示", clerk.id, AT)
    draft = attachments.add(draft, draft.revision, clerk.id, AT, "规划图", Attachment(b"%PDF-1.7", "pdf", 1))
    submit(draft, draft.revision, clerk.id, AT, proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")]))
    letter = cases.file(None, "1" * 32, cases.Asked(TOWN, None, "letter", "路灯坏了。", "", AT.date(), home=TOWN, consent=True), AT)
    cases.act(TOWN, letter.id, "answer", leader.id, "已经派人去修。", 1, AT)
    letters.draft(TOWN, letter.id, letters.Wording("路灯什么时候修", "什么时候修路灯？", "本月修好。"), leader.id, AT)
    case = cases.file(posted, "0" * 32, cases.Asked(GAODONG, 2, "amount_wrong", "少了一亩地。", "", AT.date()), AT)
    answers.draft(posted, answers.QuestionAnswer("荒地算不算？", "不算，按确权证算。"), None, clerk.id, AT)
    displays.report(
        posted, displays.poster(posted, GAODONG), displays.DisplayReport(AT.date(), "村文书", "门口", b"JPEG"), "baihe-clerk", AT
    )
    writer = people.named("luxian-disclosure")
    assert writer
    directives.write(COUNTY, directives.Words("urge", TOWN, "路灯的账没公开", "请公开。", AT.date()), writer.id, AT)
    wall = walls.add(GAODONG, "村委会门口", clerk.id, AT)
    members = proposal("collective-members", [line(GAODONG, 1, "张小三", "4.95")])
    return {
        "home": TOWN, "number": posted.number, "version": 1, "no": 1, "count": 1, "kind": "cropland-subsidy", "form": "svg",
        "draft": draft.id, "case": case.id, "person": clerk.id, "wall": wall.number, "quarter": "2026-4",
        "token": "a.b", "nonce": "a", "members": publishes(members),
        "card": "0" * 12, "level": "township", "duty": "village_accounts", "period": "2026-q3",
        "what": "notices", "letter": letter.id, "paper": "application", "office": TOWN,
    }  # fmt: skip


def addresses(values: dict[str, Any], *, public: bool) -> list[str]:
    """Return the address of every page for everybody or of every page for staff, its blanks filled, of the township and the village.

    A page for everybody is the same whoever opens it.
    """
    values = {"cause": "none", "template": "none"} | values
    found = {address.format(**values) for address in ALSO if address.startswith(("/desk", "/audit")) is not public}
    for rule in RULES:
        if "GET" not in (rule.methods or ()) or rule.public is not public:
            continue
        module = rule.endpoint.rpartition(".")[0]
        ids = dict.fromkeys(("desk.cases", "desk.case_photos", "desk.folds"), values["case"]) | {"desk.letters": values["letter"]}
        own = values | {"id": (ids | {"county.admin": values["person"]}).get(module, values["draft"])}
        if module.endswith(".directives"):
            own["home"] = COUNTY
        if "wall" in module or rule.endpoint == "public.ask.wall":
            own["number"] = values["wall"]
        for place in (TOWN, GAODONG):
            own |= {"place": place, "code": place}
            if "secret" in rule.arguments:  # the code on the sheet opens rows of what is for members alone
                own |= {"number": values["members"], "secret": sealing.wall_secret(values["members"], place)}
            blanks = re.sub(r"<(?:\w+(?:\([^>]*\))?:)?(\w+)>", lambda blank, own=own: str(own[blank[1]]), rule.rule)
            found.add(blanks)
    return sorted(found)


def opens(who: Person, paths: list[str]) -> dict[str, Answer]:
    """Return what somebody is answered under each address."""
    found = {}
    for path in paths:
        answer = who.client.get(path, headers=AGENT)
        headers = tuple(sorted((name, value) for name, value in answer.headers if name not in ("Set-Cookie", "Date", "Content-Length")))
        found[path] = Answer(answer.status_code, headers, DRAWN.sub(b"", answer.data), tuple(who.client.asked.sent))
    return found


def counted() -> dict[str, Any]:
    """Return all figures, lists, entries and stamps from which the offices of the township and its villages could learn of a case."""
    every = tuple(policies.case_categories())
    stamps = db.session.execute(select(Stamp.home, Stamp.value).order_by(Stamp.home)).all()
    entries = db.session.execute(select(Ledger).where(Ledger.home.startswith(PREFIX)).order_by(Ledger.home, Ledger.height)).scalars()
    return {
        "stamps": [tuple(one) for one in stamps],
        "ledger": [(one.home, one.height, one.action, one.subject, one.digest) for one in entries],
        **{
            f"{name} {homes}": found
            for homes in (PREFIX, TOWN, GAODONG)
            for name, found in (
                ("inbox", [one.case.id for one in lists.inbox(homes, every)]),
                ("done", [one.case.id for one in lists.inbox(homes, every, done=True)]),
                ("late", [one.case.id for one in figures.listed("late", [homes], Chosen(), AT.date())]),
                ("waiting", lists.waiting(homes, every)),
                ("figures", figures.counted([homes], Chosen(), AT.date())),
                ("shares", quarter_shares.of_place(homes, AT.date())),
            )
        },
    }
