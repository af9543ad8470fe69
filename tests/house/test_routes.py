"""Closed unless opened: every address is in a table of what everybody may open, or names what it needs; and printed ones live for ever."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from board import create_app
from board.rules import roles
from board.rules.duties.switches import Switched
from board.rules.notice.attachment import Attachment
from board.rules.notice.meeting import Held
from board.rules.notice.opinion import Opinion
from board.store import (
    answer_templates,
    answers,
    appraisals,
    cases,
    channels,
    directives,
    displays,
    duties,
    letters,
    meetings,
    people,
    walls,
)
from board.store.cases import causes
from board.store.drafting import attachments, drafts, opinions, secrecy
from tests.actors import PASSWORD
from tests.house.tree import ROOT
from tests.store.posted import AT, GAODONG, TOWN, line, post, proposal, submit
from tests.store.reading import brings, point

# What everybody may open, and who in a village opens it. A line more here is a decision.
PUBLIC = {
    "auth.sign_in": "works here, and signs in",
    "public.address_check.phone": "is the administrator, who tries the public address on a phone",
    "public.address_check.well_known": "is the board itself, which asks its own public address",
    "public.appraisal.appraisal": "says how satisfied he is with his village's disclosure",
    "public.appraisal.voted": "has said it",
    "public.area.area": "finds his village",
    "public.ask.area": "asks about his village",
    "public.ask.ask": "asks about a notice",
    "public.ask.first": "asks without knowing where",
    "public.ask.wall": "asks in front of a wall",
    "public.receipt.receipt": "looks how his question is getting on",
    "public.attachments.file": "opens a file beside a notice",
    "public.booklet.booklet_of": "takes his village's quarter home",
    "public.booklet.folded_booklet": "prints his village's quarter for his neighbours",
    "public.catalogue.catalogue": "sees what must be published in his village, by whom and by when",
    "public.catalogue.entry": "opens one of them, and what is posted under it",
    "public.catalogue.sheet": "prints the catalogue, as the national standard has it",
    "public.catalogue.table_csv": "compares the catalogues of two counties",
    "public.catalogue.table_json": "puts the catalogue on the county's portal",
    "public.display_report.hung": "pasted a sheet up, and says so through the link that the clerk gave him",
    "public.due.due": "looks what should be public in his village, and what is not",
    "public.feeds.feed": "is told of what is new in his village",
    "public.feeds.robots": "runs a search engine, and asks what to leave alone",
    "public.feeds.sitemap": "runs a search engine",
    "public.feeds.sitemap_part": "runs a search engine",
    "public.guide.document": "prints the form of an application, or sees what an answer looks like",
    "public.guide.guide": "wants to see what is not published, and reads how",
    "public.home.go": "types a printed number in",
    "public.home.home": "comes without a sheet",
    "public.letters.letter": "reads what was answered to a letter to the leader",
    "public.letters.listed": "looks what others have written to the leader, and what became of it",
    "public.notice.notice": "scans a sheet",
    "public.notice.place": "scans the sheet of his village",
    "public.open_data.api": "writes a program that reads the notices",
    "public.open_data.notice_csv": "adds a roster up himself",
    "public.open_data.notice_json": "puts notices into the county's statistics",
    "public.open_data.place_csv": "adds his village's roster up",
    "public.open_data.place_json": "puts a village's sheet on the village's own page",
    "public.open_data.totals_csv": "compares villages and years",
    "public.open_data.totals_json": "shows the county's totals on its portal",
    "public.poster.web_edition": "prints or sends a sheet on",
    "public.reading.reading_points": "has no phone that goes online, and asks where the notices lie on paper",
    "public.read_aloud.page": "reads a notice to his mother, a sentence a line",
    "public.read_aloud.script": "reads a notice out, or has it read to her",
    "public.search.search": "looks for a notice by words",
    "public.share.share": "sees a notice's picture in the village's group",
    "public.slip.slip": "scans his household's card",
    "public.understood.understood": "says whether he understood a notice",
    "public.answers_poster.poster": "prints what was asked in his village for its wall",
    "public.wall.wall": "scans the plate of his village's wall",
}  # fmt: skip
ADDRESSES = ROOT / "tests" / "house" / "addresses.txt"
# Somebody of each role who works elsewhere, as far as the demo's people go; nothing of 百和镇 is his.
ELSEWHERE = {
    "clerk": "zhaoyuan-clerk",
    "reviewer": "zhaoyuan-reviewer",
    "leader": "luxian-leader",
    "auditor": "hejiang-auditor",
    "admin": "hejiang-admin",
}
HERE = {
    "clerk": "baihe-clerk",
    "reviewer": "baihe-reviewer",
    "supervisor": "jundaqiu-supervisor",
    "leader": "baihe-leader",
    "auditor": "luxian-auditor",
    "disclosure": "luxian-disclosure",
    "department": "luxian-finance",
    "inspector": "luxian-inspector",
    "admin": "luxian-admin",
}


def _rules() -> list[Rule]:
    """Return the app's routes, as a bare app in a folder of its own has them."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(folder, DEMO=True)
        marks = {name: (getattr(view, "public", False), getattr(view, "needs", "")) for name, view in app.view_functions.items()}
        found = sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=str)
        for rule in found:
            rule.public, rule.needs = marks[rule.endpoint]  # type: ignore[attr-defined]
            rule.view = app.view_functions[rule.endpoint]  # type: ignore[attr-defined]
        return found


RULES = _rules()


class Try(NamedTuple):
    """One route asked with one method."""

    endpoint: str
    rule: Rule
    method: str
    needs: str


TRIES = [
    Try(rule.endpoint, rule, method, rule.needs)  # type: ignore[attr-defined]
    for rule in RULES
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    if not rule.public  # type: ignore[attr-defined]
]
NAMES = [f"{one.method} {one.rule.rule}" for one in TRIES]


def test_every_route_is_public_or_says_what_it_needs() -> None:
    assert {rule.endpoint for rule in RULES if rule.public} == set(PUBLIC)  # type: ignore[attr-defined]
    assert [rule.rule for rule in RULES if not rule.public and rule.needs not in roles.TABLE] == []  # type: ignore[attr-defined]


def test_every_action_has_a_page() -> None:
    assert {one.needs for one in TRIES} == set(roles.TABLE)


def test_addresses_that_were_printed_or_kept_still_exist() -> None:
    kept = {line for line in ADDRESSES.read_text("utf-8").splitlines() if line and not line.startswith("#")}
    now = {rule.rule for rule in RULES}
    assert kept - now == set()
    assert now - kept == set(), "new addresses: add them to tests/house/addresses.txt"


@pytest.fixture
def values(app: Flask) -> dict[str, Any]:
    """A value for every blank in an address: 百和镇's own draft, notice, case and people."""
    posted = post()
    clerk = people.named("baihe-clerk")
    assert clerk
    draft = drafts.start(TOWN, "cropland-subsidy", "公示", clerk.id, AT)
    draft = attachments.add(draft, draft.revision, clerk.id, AT, "规划图", Attachment(b"%PDF-1.7", "pdf", 1))
    draft = submit(draft, draft.revision, clerk.id, AT, proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")]))
    paper = Opinion(draft.proposal_digest or "", "agreed", "paper", AT.date())
    opinions.enter(draft, paper, "监督委员会主任", b"\xff\xd8\xff", clerk.id, AT)
    case = cases.file(posted, "0" * 32, cases.Asked(GAODONG, 2, "amount_wrong", "少了。", "", AT.date()), AT)
    letter = cases.file(None, "1" * 32, cases.Asked(TOWN, None, "letter", "路灯坏了。", "", AT.date(), home=TOWN, consent=True), AT)
    leader = people.named("baihe-leader")
    assert leader
    cases.act(TOWN, letter.id, "answer", leader.id, "已经派人去修。", 1, AT)
    letters.draft(TOWN, letter.id, letters.Wording("路灯什么时候修", "什么时候修路灯？", "本月修好。"), leader.id, AT)
    asked = cases.Asked(TOWN, None, "letter", "再装一盏路灯。", "", AT.date(), home=TOWN, consent=True)
    again = cases.file(None, "2" * 32, asked, AT)
    cause = causes.tie(TOWN, [case.id], clerk.id, AT, title="少了多少")
    of_letters = causes.tie(TOWN, [again.id], leader.id, AT, title="路灯")
    answers.draft(posted, answers.QuestionAnswer("荒地算不算？", "不算，按确权证算。"), None, clerk.id, AT)
    writer = people.named("luxian-disclosure")
    assert writer
    directives.write("510521000000", directives.Words("urge", TOWN, "路灯的账没公开", "请公开。", AT.date()), writer.id, AT)
    said = displays.DisplayReport(AT.date(), "村文书", "村委会门口", b"JPEG")
    displays.report(posted, displays.poster(posted, GAODONG), said, "baihe-clerk", AT)
    meetings.finish(meetings.opened(posted, GAODONG, clerk.id, AT), Held(AT.date(), 86, "陈明", 1, 4), clerk.id, AT)
    wall = walls.add(TOWN, "政府门口", clerk.id, AT)
    walls.picture(wall, b"\xff\xd8\xff", clerk.id, AT)
    secrecy.note(draft, AT.date(), b"\xff\xd8\xff", clerk.id, AT)
    appraisals.open_for(GAODONG, AT.date(), AT.date() + timedelta(9), clerk.id, AT)
    channels.note(posted, "broadcast", AT.date(), "", "", b"\xff\xd8\xff", clerk.id, AT)
    template = answer_templates.write(TOWN, "", answer_templates.Wording("unclear", "怎么算的", "按面积乘标准算。"), clerk.id, AT)
    brings(point())
    app.config["WTF_CSRF_ENABLED"] = False  # who may do what is asked here; forms without their token are the next test's
    given = {"home": TOWN, "place": GAODONG, "number": posted.number, "version": 1, "no": 1, "kind": "cropland-subsidy"}
    duties.switch("510521000000", "village_accounts", Switched(True, date(2026, 7, 1)), writer.id, AT)
    given |= {"duty": "village_accounts", "period": "2026-q3"}
    given |= {"cause": cause.id, "leaders_cause": of_letters.id, "template": template.id}
    return given | {
        "draft": draft.id,
        "case": case.id,
        "letter": letter.id,
        "person": clerk.id,
        "wall": wall.number,
        "form": "svg",
        "level": "township",
        "office": TOWN,
    }


def path(app: Flask, one: Try, values: dict[str, Any]) -> str:
    """Return the route's address with its blanks filled."""
    module = one.endpoint.rpartition(".")[0]
    case = values["case"]
    of_case = ("desk.cases", "desk.case_photos", "desk.causes", "desk.folds", "desk.answer_drafts", "desk.extensions")
    ids = dict.fromkeys(of_case, case) | {"desk.letters": values["letter"], "county.admin": values["person"]}
    ids |= {"desk.answer_templates": values["template"]}
    given = values | {"id": case if one.endpoint == "desk.answer_templates.put" else ids.get(module, values["draft"])}
    if module.startswith("desk.wall"):
        given["number"] = values["wall"]
    if module.endswith(".directives"):
        given["home"] = "510521000000"
    given |= {
        "code": "510521000000" if module in ("county.lead_offices", "county.catalogue", "county.reading") else TOWN,
        "place": TOWN if module == "county.admin" else GAODONG,
    }
    with app.test_request_context():
        return app.url_for(one.endpoint, _method=one.method, **{name: given[name] for name in one.rule.arguments})


@pytest.fixture
def browsers(person: Callable[[str], Any]) -> dict[str, FlaskClient]:
    """A signed-in browser of each role, here and elsewhere."""
    return {name: person(name).client for name in (*HERE.values(), *ELSEWHERE.values())}


def test_a_stranger_is_sent_to_sign_in(app: Flask, values: dict[str, Any]) -> None:
    got = {}
    for one, name in zip(TRIES, NAMES, strict=True):
        answer = app.test_client().open(path(app, one, values), method=one.method)
        got[name] = (answer.status_code, answer.headers.get("Location", "").partition("?")[0])
    # What was posted after the sign-in ran out waits in the sign-in form, which is then the answer itself.
    right = {name: (401, "") if name.startswith("POST") else (302, "/sign-in") for name in NAMES}
    assert {name: answer for name, answer in got.items() if answer != right[name]} == {}


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # who is let in is the same on either engine
def test_a_wrong_role_is_refused(app: Flask, values: dict[str, Any], browsers: dict[str, FlaskClient]) -> None:
    got = {}
    for one, name in zip(TRIES, NAMES, strict=True):
        for role in roles.ROLES:
            if not roles.holds(role, one.needs):
                got[f"{role}: {name}"] = browsers[HERE[role]].open(path(app, one, values), method=one.method).status_code
    assert {name: status for name, status in got.items() if status != 403} == {}
    assert len(got) > len(TRIES)


def test_the_right_role_is_let_in(app: Flask, values: dict[str, Any], browsers: dict[str, FlaskClient]) -> None:
    got = {}
    for one, name in zip(TRIES, NAMES, strict=True):
        for role in roles.ROLES:
            if one.method == "GET" and roles.may(role, *_post(HERE[role]), one.needs, TOWN):
                his = values | {"case": values["letter"], "cause": values["leaders_cause"]} if role == "leader" else values
                got[f"{role}: {name}"] = browsers[HERE[role]].get(path(app, one, his)).status_code
    assert {name: status for name, status in got.items() if status not in (200, 302)} == {}


def test_the_right_role_from_elsewhere_is_refused(app: Flask, values: dict[str, Any], browsers: dict[str, FlaskClient]) -> None:
    got = {}
    for one, name in zip(TRIES, NAMES, strict=True):
        for role, username in ELSEWHERE.items():
            if one.rule.arguments and roles.holds(role, one.needs):
                got[f"{role}: {name}"] = browsers[username].open(path(app, one, values), method=one.method).status_code
    assert {name: status for name, status in got.items() if status != 404} == {}


def test_a_form_without_its_token_is_not_taken(app: Flask, values: dict[str, Any], browsers: dict[str, FlaskClient]) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    got = {}
    for one, name in zip(TRIES, NAMES, strict=True):
        role = next(role for role in roles.ROLES if roles.holds(role, one.needs))
        if one.method == "POST":
            got[name] = browsers[HERE[role]].post(path(app, one, values)).status_code
    assert {name: status for name, status in got.items() if status != 400} == {}


def _post(username: str) -> tuple[str, str]:
    """Return the area of one of the demo's people and its level."""
    found = people.named(username)
    assert found
    return found.area, found.level


def test_a_password_of_the_demo_opens_nothing_outside_a_demo(app: Flask) -> None:
    app.config["DEMO"] = False
    client = app.test_client()
    client.get("/sign-in")
    app.config["WTF_CSRF_ENABLED"] = False
    client.post("/sign-in", data={"username": "luxian-admin", "password": PASSWORD})
    assert client.get("/admin").status_code == 302
