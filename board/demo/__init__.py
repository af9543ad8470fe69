"""The demo: sample sheets taken through the real import, review and posting by the demo's people, and some cases.

``posts.toml`` lists which sheet is posted where with what facts; the two real tables are posted in their real counties.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask import current_app

from board import sheets
from board.demo import answering, appraised, committee, corrected, directives, due, hanging, meeting, reading, slips, walls
from board.demo.hanging import Act
from board.demo.staff import staff
from board.models import Draft
from board.rules.calendar import CHINA, day_of
from board.rules.kind import DISPLAY_START
from board.rules.notice.proposal import Proposal
from board.rules.notice.series import FOLLOWS
from board.rules.numbers import receipt
from board.rules.sheet import cleaning
from board.store import answers, areas, cases, holidays, letters, notices, people, sealing
from board.store.cases import causes, quarter_shares, upkeep
from board.store.drafting import checking, drafts, opinions, posting, proposing, staging
from board.store.drafting.proposing import FORMED_ON, PLACES, PUBLISHER
from board.store.duties.asking import PERIOD
from board.store.notices import Posted
from board.web.desk.forms import by_rule, proposed_publisher

FOLDER = Path(__file__).parent
PASSWORD = "mingbai-demo"  # noqa: S105  (known to everybody, and refused outside a demo)


def load(at: datetime, say: Callable[[str], None]) -> list[Posted]:
    """Fill an empty demo instance and return what it posted; ``at`` is the demo's first moment, an hour before its visitors'.

    Acts run in the order of their times, since the ledger tells of an entry dated before the one above it.
    Raises RuntimeError outside a demo, because the demo's password is public.
    """
    if not current_app.config["DEMO"]:
        raise RuntimeError("the demo is loaded into a demo instance only: set BOARD_DEMO=true")
    posts, asked_of = (tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in ("posts", "cases"))
    posts["posts"] += samples()
    prepare(first := at - timedelta(7 + max(one.get("days_ago", 0) for one in (*posts["posts"], *asked_of["cases"]))))
    directives.name_leads(first)
    due.hire(PASSWORD, first)
    reading.open_points(first)
    posted = dict[str, Posted]()
    later = [act for case in asked_of["cases"] if "title" not in case for act in ask(None, case, _asked(case, at))]
    later += [*appraised.appraise(at), *directives.acts(posted, at), *due.switch_on(at), *due.say(at)]
    for post in sorted(posts["posts"], key=lambda post: -post.get("days_ago", 0)):  # in the order of the log: the oldest first
        day = at - timedelta(post.get("days_ago", 0))
        _do(later, day)
        before = posted[post["follows"]].number if "follows" in post else ""
        posted[post["title"]] = publish(post, posts["contacts"], day, before)
        later += hanging.hang(posted[post["title"]], post.get("hung", ()), post["clerk"], day)
        if post.get("read_aloud"):
            later += meeting.hold(posted[post["title"]], post["clerk"], day + timedelta(minutes=10))
        for case in asked_of["cases"]:
            if case.get("title") == post["title"]:
                later += ask(posted[post["title"]], case, _asked(case, at))
        say(f"{post['title']}: {current_app.config['PUBLIC_ADDRESS']}/n/{posted[post['title']].number}")
    _do(later, asked := at + timedelta(minutes=5))
    for one in posts["answers"]:
        tell(posted[one["title"]], one, asked)
    answering.keep(asked_of["templates"], asked)
    slips.turn_on(asked)
    _do(later, at + timedelta(minutes=30))
    upkeep.lead_up_late(at + timedelta(minutes=30))
    reading.bring(at + timedelta(minutes=30))  # before the corrections, which wait to be brought anew
    for correction in posts["corrections"]:
        one, title = corrected.of_posts(correction), correction["title"]
        clerk, reviewer = staff(correction["clerk"]).id, staff(correction["reviewer"]).id
        posted[title] = corrected.correct(posted[title], one, correction["acknowledged"], clerk, reviewer, at + timedelta(minutes=30))
    for withdrawal in posts["withdrawals"]:
        moment = at + timedelta(minutes=35)
        notices.take_down(posted[withdrawal["title"]], staff(withdrawal["reviewer"]).id, withdrawal["reason"], moment, leak=False)
    walls.put_up([(posted[post["title"]], post["clerk"]) for post in posts["posts"]], at + timedelta(minutes=40))
    appraised.open_at_wall(at + timedelta(minutes=41))
    appraised.publish_elsewhere(posted["泸县百和镇2026年耕地地力保护补贴发放公示"], at + timedelta(minutes=42))
    for waiting in posts["waiting"]:
        submit(waiting, posts["contacts"], at + timedelta(minutes=42))
    for no, letter in enumerate(posts["letters"]):
        write(letter, at + timedelta(minutes=45 + 3 * no))
    quarter_shares.count(at + timedelta(minutes=58))
    return list(posted.values())


def samples() -> list[dict[str, Any]]:
    """Return the notices of ``samples/``, a file a kind, in the form of those in ``posts.toml``; their sheets lie beside them."""
    files = sorted((FOLDER / "samples").glob("*.toml"))
    found = [{"kind": file.stem} | one for file in files for one in tomllib.loads(file.read_text("utf-8"))["posts"]]
    return [one | {"sheet": f"samples/{one['sheet']}"} if "sheet" in one else one for one in found]


def _do(later: list[Act], until: datetime) -> None:
    """Run the acts that are due by a moment, oldest first, and take them off the list."""
    due = sorted((act for act in later if act[0] <= until), key=lambda act: act[0])
    later[:] = [act for act in later if act[0] > until]
    for _moment, act in due:
        act()


def prepare(at: datetime) -> None:
    """Load the areas, the holidays and the people of the demo."""
    for file in sorted(FOLDER.glob("areas-*.csv")):
        areas.load(file.read_text("utf-8"), people.CONSOLE, at)
    holidays.load(people.CONSOLE, at)
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as people_file:
        for row in csv.DictReader(people_file):
            people.add(row["username"], row["name"], row["role"], row["area"], PASSWORD, at=at, group=row["group"])


def publish(post: dict[str, Any], contacts: dict[str, str], at: datetime, before: str = "") -> Posted:
    """Take one notice through import, facts, review and posting as its clerk and reviewer would; ``before`` is the number of the notice
    that it comes after."""
    draft, proposal = submit(post, contacts, at, before)
    if opinions.asked(draft):
        committee.says(draft, post["committee"], staff(post["clerk"]).id, at)
        proposal = opinions.applied(draft, proposal)
    reasons = dict.fromkeys(by_rule(proposal.warnings), post["reason"])
    return posting.post(draft, proposal.digest, draft.revision, staff(post["reviewer"]).id, reasons, at)


def submit(post: dict[str, Any], contacts: dict[str, str], at: datetime, before: str = "") -> tuple[Draft, Proposal]:
    """Take one notice through import and facts to its reviewer, as its clerk would."""
    clerk = staff(post["clerk"]).id
    draft = drafts.start(post["home"], post["kind"], post["title"], clerk, at)
    if "sheet" in post:
        upload(draft, FOLDER / post["sheet"], post.get("places", {}), clerk, at)
    today = day_of(at)
    counted = {name: (today + timedelta(days)).isoformat() for name, days in post.get("days", {}).items()}
    counted |= {name: f"{(at + timedelta(hours=hours)).astimezone(CHINA):%Y-%m-%dT%H:%M}" for name, hours in post.get("hours", {}).items()}
    facts = contacts | post["facts"] | counted | {
        PUBLISHER: post.get("publisher") or proposed_publisher(draft.home),
        FORMED_ON: (today - timedelta(post.get("formed_days_ago", 4))).isoformat(),
        DISPLAY_START: today.isoformat(),
        PLACES: " ".join(post.get("walls", [])),
        FOLLOWS: before,
        PERIOD: post.get("period", ""),
        "invented": "yes" if post.get("invented", True) else "",
    }  # fmt: skip
    drafts.save(draft.home, draft.id, draft.revision, clerk, "edited", at, facts=facts)
    checking.at_once(draft)
    proposal = proposing.propose(draft)
    if proposal is None:
        found = checking.found(draft)
        faults = [label.zh for label in proposing.missing(draft)] + [one.message.zh for one in (found.errors if found else ())]
        raise RuntimeError(f"{post['title']}: {faults}")
    return drafts.submit(draft, draft.revision, clerk, at, proposal), proposal


def upload(draft: Draft, file: Path, places: dict[str, str], clerk: int, at: datetime) -> None:
    """Read, clean and stage a sheet as the upload request does, and confirm the places that it asks about."""
    data = file.read_bytes()
    cleaned = cleaning.clean(sheets.read(data, file.name).table(None), sealing.vault().key, day_of(at))
    with drafts.saving(draft.home, draft.id, draft.revision, clerk, "uploaded", at) as (session, saved):
        staging.keep(session, saved, [cleaned], hashlib.sha256(data).hexdigest())
        drafts.remember(session, saved, {}, places)


def _asked(case: dict[str, Any], at: datetime) -> datetime:
    """Return when a sample case was asked."""
    return at - timedelta(case.get("days_ago", 0)) + timedelta(minutes=5)


def ask(posted: Posted | None, case: dict[str, Any], at: datetime) -> Iterator[Act]:
    """Yield what a villager asks, and what he and the office do then: each depends on the case as the act before left it."""
    place = case.get("place") or (posted.home if posted else "")
    home = case.get("home") or (posted.home if posted else place)
    key = _key(place, case["text"])
    yield at, partial(_file, posted, key, place, home, case, at)
    for no, one in enumerate(case.get("acts", ()), 1):
        moment = at + timedelta(one.get("days", 0), minutes=5 * no)
        yield moment, partial(_act, key, one, moment)


def _key(place: str, text: str) -> str:
    """Return the receipt key of a sample case."""
    return sealing.vault().key("receipt", receipt(hashlib.sha256(f"{place}{text}".encode()).digest()))


def _file(posted: Posted | None, key: str, place: str, home: str, case: dict[str, Any], at: datetime) -> None:
    """File a sample case; with ``writer`` it was asked by mouth."""
    told = {name: case[name] for name in ("source", "consent", "supervised") if name in case}
    due = cases.due(home, case["category"], day_of(at))
    asked = cases.Asked(place, case.get("row"), case["category"], case["text"], case.get("contact", ""), due, home=home, **told)
    cases.file(posted, key, asked, at, staff(case["writer"]).id if "writer" in case else None)


def tell(posted: Posted, one: dict[str, Any], at: datetime) -> None:
    """Write an answer for everybody; a ``reviewer`` approves it, or sends it back with what it ``lacks``, without one it waits."""
    drafted = answers.draft(posted, answers.QuestionAnswer(one["question"], one["answer"]), None, staff(one["clerk"]).id, at)
    if "reviewer" in one:
        decide: Any = answers.send_back if "lacks" in one else answers.approve
        said = (one["lacks"],) if "lacks" in one else ()
        decide(posted.home, posted.number, drafted.no, answers.shown(drafted), staff(one["reviewer"]).id, at, *said)


def write(letter: dict[str, Any], at: datetime) -> None:
    """Write to a leader, who answers and writes it for everybody; with a ``reviewer`` it is approved, without it waits."""
    home, leader, day = letter["home"], staff(letter["leader"]).id, day_of(at)
    number = receipt(hashlib.sha256(letter["text"].encode()).digest())
    asked = cases.Asked(home, None, "letter", letter["text"], "", cases.due(home, "letter", day), home=home, consent=True)
    case = cases.file(None, sealing.vault().key("receipt", number), asked, at)
    cases.act(home, case.id, "answer", leader, letter["reply"], cases.last_no(case), at)
    wording = letters.Wording(letter["title"], letter["question"], letter["answer"])
    drafted = letters.draft(home, case.id, wording, leader, at)
    if "reviewer" in letter:
        letters.approve(home, drafted.no, letters.digest(drafted), staff(letter["reviewer"]).id, at)


def _act(key: str, one: dict[str, Any], at: datetime) -> None:
    """Do one act of a sample case: an office's person's (``by``), or its villager's."""
    case = cases.by_receipt(key)
    assert case is not None
    seen = cases.last_no(case)
    if one["act"] == "tie":
        other = cases.by_receipt(_key(**one["with"]))
        assert other is not None
        causes.tie(case.home, [case.id, other.id], staff(one["by"]).id, at, title=one["title"])
    elif "by" in one:
        cases.act(case.home, case.id, one["act"], staff(one["by"]).id, one.get("text", ""), seen, at, outcome=one.get("outcome", ""))
    elif one["act"] == "rate":
        cases.rate(key, seen, one["rating"], at)
    elif one["act"] == "dispute":
        cases.dispute(key, seen, one.get("text", ""), at)
    elif one["act"] == "add":
        cases.say_more(key, one["text"], seen, at)
    else:
        cases.close(key, seen, at)
