"""Doing with a case what its villager and its office may.

Every act of ``rules.cases.machine`` is a message, with or without words, and a ledger entry; from the entries the case replays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from board import policies
from board.models import Case, Message, Receipt, db
from board.rules import periods
from board.rules.calendar import day_of
from board.rules.cases import clock, log, machine, texts
from board.rules.cases.log import CLOCK, VILLAGER
from board.rules.kind import Level, Period
from board.store import approval, areas, holidays, ledger, letters, people
from board.store.cases import answer_drafts, counting, last_days, reading
from board.store.engine import writing


class MovedOn(Exception):
    """The case was changed after the page was opened; ``case`` is its present state."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


class Barred(Exception):
    """The answer is not for this person to give: the villager did not accept the one that he gave before."""


class Unheard(Exception):
    """The household that the case is about was not heard yet, and nobody said why not."""


def say_more(key: str, text: str, seen: int, at: datetime) -> Case:
    """Add a villager's message from the receipt page and return the case; an answered or closed one is opened again.

    ``seen`` is the newest message that the page showed: a text already sent after it is not added again.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = locked(receipt.home, receipt.case)
        _add_new(case, text, seen, at)
    return case


def _add_new(case: Case, text: str, seen: int, at: datetime) -> None:
    """Add what a villager's page holds beyond what it sent before."""
    if texts.new_words(text, reading.villager_texts(case, after=seen)):
        action = "case.reopened" if case.state in machine.ANSWERED else "case.added"
        words = add_villager_text(case, text, at)
        ledger.append(case.home, at, VILLAGER, action, case.id, **where(case), words=words)


def close(key: str, seen: int, at: datetime) -> Case:
    """Close a case as solved for its villager, and return it; a closed case stays as it is.

    Raises MovedOn when the case has no answer, or one that the villager's page (``seen``) did not show.
    """
    return _of_villager(key, "solve", seen, at, done=("closed",))


def dispute(key: str, seen: int, text: str, at: datetime) -> Case:
    """Take a case whose answer solved nothing to the office one level up, with all that was said and ``text`` ("": nothing more); at the
    county it stays unsolved. Returns the case. Raises MovedOn as ``close`` does, and when DISPUTE_DAYS are over."""
    return _of_villager(key, "dispute", seen, at, text=text, done=("unsolved",))


def suggest(key: str, seen: int, at: datetime) -> Case:
    """Keep that the applicant suggests to publish what he was given (条例 44); return the case. Raises MovedOn, also where nothing was
    given."""
    return _of_villager(key, "suggest", seen, at)


def take_back_consent(key: str, at: datetime) -> Case:
    """Take back that a villager's letter may be published, and return the case: what was made of it for everybody is withdrawn by itself,
    or never goes out. A case without consent stays as it is."""
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = locked(receipt.home, receipt.case)
        if case.consent:
            case.consent = False
            do(case, "retract", None, "", at, consent=False)
            approval.withdraw_by_itself(letters.SORT, letters.of_writer(case), at)
    return case


def rate(key: str, seen: int, rating: int, at: datetime) -> Case:
    """Keep how satisfied the villager is with the newest answer (5 to 1), once for each answer; return the case. Raises MovedOn."""
    return _of_villager(key, "rate", seen, at, rating=rating)


def _of_villager(key: str, act: machine.Act, seen: int, at: datetime, *, text: str = "", rating: int = 0, done: Sequence[str] = ()) -> Case:
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = locked(receipt.home, receipt.case)
        acts = [one.act for one in reading.messages(case)]
        if case.state in done or acts[seen : seen + 1] == [act] and set(acts[seen + 1 :]) <= {"add"}:  # the same form, sent twice
            _add_new(case, text, seen, at)
            return case
        over = act == "dispute" and case.answered and not machine.may_dispute(case.state, day_of(case.answered), day_of(at))
        ungiven = act == "suggest" and not may_suggest(case, acts)
        if len(acts) != seen or over or ungiven or act == "rate" and not machine.may_rate(acts):
            raise MovedOn(case)
        do(case, act, None, text, at, **({"rating": rating} if rating else {}))
    return case


def show(key: str, shown: bool, at: datetime) -> Case:
    """Show a case to its village's supervisor, or no longer, as its villager wants; return it, unchanged where it may not be shown."""
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = locked(receipt.home, receipt.case)
        if case.supervised != shown and (not shown or may_show(case.home, case.place, case.category)):
            case.supervised = shown
            ledger.append(case.home, at, VILLAGER, "case.shown" if shown else "case.unshown", case.id, supervised=shown)
    return case


def may_show(home: str, place: str, category: str) -> bool:
    """Return whether a case first asked of ``home`` about a place can be shown to a supervisor: there is one, and neither its category
    nor the way straight to the county forbids it."""
    allowed = policies.case_categories()[category].supervisable and areas.get(home).level in ("township", "village")
    return allowed and areas.get(place).level == "village" and people.supervised(place)


def may_suggest(case: Case, acts: Sequence[str]) -> bool:
    """Return whether an applicant has been given something and not yet suggested that everybody sees it."""
    outcome = policies.case_categories()[case.category].outcome(case.outcome)
    return bool(outcome and outcome.gives) and case.state in machine.ANSWERED and not machine.done("suggest", acts)


def act(home: str, id: str, act: machine.Act, user: int, text: str, seen: int, at: datetime, looked_at: int = 0, outcome: str = "") -> Case:
    """Do what an office does with a case, and return it; ``text`` is what the villager reads ("" for an act without words, and for a
    grant, whose words are the reason that was asked with).

    ``outcome`` is an id of the category's closed list of answers; one that rises is a ``send_up``. ``looked_at`` is the number of warnings
    about personal words that the clerk confirmed. Raises MovedOn, without doing anything, when the case changed after the clerk's page
    (``seen``) was opened or the act is not possible; Barred for a person whose answer the villager did not accept; Unheard before the
    household concerned was heard; NoTime when the law leaves no more.
    """
    with writing():
        case = locked(home, id)
        office_does(case, act, user, text, seen, at, looked_at, outcome)
    return case


def office_does(case: Case, act: machine.Act, user: int, text: str, seen: int, at: datetime, looked_at: int = 0, outcome: str = "") -> None:
    """Do an act of an office with a locked case, within a running transaction; raises what ``act`` raises."""
    said, category = reading.messages(case), policies.case_categories()[case.category]
    acts = [one.act for one in said]
    chosen = category.outcome(outcome) if act == "answer" else None
    act = "send_up" if chosen and chosen.rises else act
    unchosen = act in machine.WORDED and bool(category.outcomes) != bool(chosen)
    if len(said) != seen or unchosen or act in machine.TIES or not possible(case, act, acts, day_of(at)):
        raise MovedOn(case)
    if act == "answer" and user in barred(case, said):
        raise Barred
    if act in machine.WORDED and category.hears and "hear" not in acts:
        raise Unheard
    if act == "extend":
        last_days.extended_due(case)
    if act == "grant":
        text = next(one.text for one in reversed(said) if one.act == "extend")
    more = {"looked_at": looked_at} if looked_at else {}  # only the number: the log is public
    do(case, act, user, text, at, **more | ({"outcome": chosen.id} if chosen else {}))


def barred(case: Case, said: Sequence[reading.CaseMessage]) -> set[int]:
    """Return the people who do not answer a case, since the villager did not accept what they answered before.

    Where nobody is left above and he has asked on, anybody answers: else a county with one clerk could never answer again.
    """
    acts = [one.act for one in said]
    disputed = len(acts) - acts[::-1].index("dispute") if "dispute" in acts else 0
    if disputed and "add" in acts[disputed:] and above(case) is None:
        return set()
    return machine.decided((one.act, one.user) for one in said)


def above(case: Case) -> str | None:
    """Return the code of the office one level up that would decide a case; None above the county, and for a letter that no leader would
    read there."""
    return machine.up(case.desk, _level(case))


def _level(case: Case) -> Level:
    """Return the level of the office that has a case; ``county`` also where its category goes no higher, since no leader reads it there."""
    desk = areas.get(case.desk)
    higher = machine.up(case.desk, desk.level)
    led = policies.case_categories()[case.category].answerer != "leader" or higher is None or people.led(higher)
    return desk.level if led else "county"


def able(case: Case, acts: Sequence[str], day: date) -> set[machine.Act]:
    """Return the acts that can be done with a case on a day; ``acts`` are those done so far, oldest first."""
    level = _level(case)
    return {act for act in machine.TABLE if _possible(case, act, acts, day, level)}


def possible(case: Case, act: machine.Act, acts: Sequence[str], day: date) -> bool:
    """Return whether one act can be done with a case on a day, as ``able`` does of all."""
    return _possible(case, act, acts, day, _level(case))


def _possible(case: Case, act: machine.Act, acts: Sequence[str], day: date, level: Level) -> bool:
    category = policies.case_categories()[case.category]
    if not category.does(act) or machine.done(act, acts) or machine.move(case.state, act, level, spoken=case.source != "web") is None:
        return False
    if act in machine.TIES:
        return (case.tie is not None and not case.alone) == (act == "untie")
    if act in ("extend", "consult") and day < case.since or act == "extend" and "register" in acts:
        return False  # not yet confirmed, so that its clock does not run; a petition has its own fifteen days, which nobody extends
    if act == "ask_back":
        within = category.clocks.clearer_within
        return machine.may_ask_back(acts) and (within is None or day <= periods.due(case.since, within, holidays.calendar()))
    return machine.extension_waits(acts) if act in ("grant", "refuse") else True


def write_down(home: str, id: str, user: int, text: str, seen: int, at: datetime, *, disputes: bool = False) -> Case:
    """Add what somebody who asked by mouth says further, as a member of staff writes it down; ``disputes``: that nothing is solved, so that
    the case goes up. Raises MovedOn."""
    with writing():
        case = locked(home, id)
        over = disputes and not (case.answered and machine.may_dispute(case.state, day_of(case.answered), day_of(at)))
        if reading.last_no(case) != seen or case.source == "web" or over:
            raise MovedOn(case)
        if disputes:
            do(case, "dispute", user, text, at)
            return case
        action = "case.reopened" if case.state in machine.ANSWERED else "case.added"
        words = add_villager_text(case, text, at, user)
        ledger.append(home, at, people.username(user), action, id, **where(case), words=words)
    return case


def do(case: Case, act: machine.Act, user: int | None, text: str, at: datetime, **more: Any) -> None:
    """Do an act within a running transaction: the case moves, its message is added, and the ledger has it."""
    had = case.desk, case.due
    _granted(case, act, at)
    _move(case, act, at)
    if act in ("answer", "tell"):
        case.answered = at
    if act in machine.WORDED:
        case.rating, case.outcome = None, more.get("outcome")
    case.rating = more.get("rating", case.rating)
    answer_drafts.clear(case, act, user)
    counting.keep(case, act, had, at)
    role = machine.TABLE[act].role
    words = add_message(case, act, user, text, at, said_by=role if role in (CLOCK, VILLAGER) else "")
    logged = where(case) | ({"words": words} if text else {}) | more
    actor = CLOCK if role == CLOCK else actor_of(user)
    ledger.append(case.home, at, actor, log.ACTIONS[act], case.id, **logged)


def _granted(case: Case, act: machine.Act, at: datetime) -> None:
    """Set the days that an act gives an office, or takes from it."""
    calendar, day = holidays.calendar(), day_of(at)
    if act == "grant" and case.held:  # while the clock stands still
        case.held = last_days.extended_due(case)
        case.due = clock.stopped(case.held, _stop(case, case.state), calendar)
    elif act == "grant":
        case.due = last_days.extended_due(case)
    elif act == "confirm" and day < case.since:
        case.since, case.due = day, min(case.due, periods.due(day, last_days.answer_period(case.desk, case.category, day), calendar))
    elif act == "register":
        case.due = last_days.petition_due(case)


def open_contact(home: str, id: str, user: int, at: datetime) -> str:
    """Return the villager's contact and log who opened it; "" without an entry when there is none."""
    with writing():
        case = locked(home, id)
        found = reading.contact(case)
        if found:
            ledger.append(home, at, people.username(user), "case.contact_opened", id)
    return found


def add_villager_text(case: Case, text: str, at: datetime, writer: int | None = None) -> str:
    """Add a villager's message and return its digest; an answered case is opened again, and the clock of one that waits for him goes on."""
    _move(case, "add", at)
    counting.keep(case)
    return add_message(case, "add", writer, text, at, said_by="villager")


def _move(case: Case, act: machine.Act, at: datetime) -> None:
    """Lead a case to the state and the office of an act; where an answer is owed anew, its clock begins. Raises MovedOn."""
    level, was, day, calendar = _level(case), case.state, day_of(at), holidays.calendar()
    becomes = machine.move(was, act, level, spoken=case.source != "web")
    clocks = policies.case_categories()[case.category].clocks
    if becomes is None:
        raise MovedOn(case)
    if act in machine.RISES and becomes != "unsolved":
        case.desk = machine.up(case.desk, level, act) or case.desk
    case.state = becomes
    if case.tie and machine.leaves(was, act):
        case.alone = True
    if act in machine.STOPS:
        case.asked, case.held = day, case.due
        case.due = clock.stopped(case.due, _stop(case, was=becomes), calendar)
    elif case.held and becomes not in ("asked", "consulting"):
        if act != "forward" and case.asked and becomes in machine.OPEN:
            case.due = clock.resumed(case.held, case.asked, day, _stop(case, was=was), calendar)
        case.asked = case.held = None
    if becomes in machine.OPEN and becomes != "telling":
        case.answered = None
    if machine.reopens(was, act, level) or was == "asked" and act == "add" and clocks.restarts:
        case.since, case.due = day, periods.due(day, last_days.answer_period(case.desk, case.category, day), calendar)


def _stop(case: Case, was: str) -> Period:
    clocks = policies.case_categories()[case.category].clocks
    return clocks.third if was == "consulting" and clocks.third else clocks.clearer


def add_message(case: Case, act: str, user: int | None, text: str, at: datetime, said_by: str = "") -> str:
    """Add the message of an act and return its digest; ``said_by`` where it is not whoever ``user`` says (None: the villager)."""
    no, side = reading.last_no(case) + 1, said_by or ("villager" if user is None else "office")
    db.session.add(Message(home=case.home, case=case.id, no=no, side=side, act=act, user_id=user, text=text, at=at))
    db.session.flush()
    return reading.digest(case.home, case.id, no, text)


def where(case: Case) -> dict[str, Any]:
    """Return what every entry says of where a case stands after it."""
    since, held = case.since.isoformat(), case.held.isoformat() if case.held else None
    return {"state": case.state, "due": case.due.isoformat(), "desk": case.desk, "since": since, "held": held}


def locked(home: str, id: str) -> Case:
    """Return a case as it stands now, locked until the running transaction ends."""
    return db.session.get_one(Case, (home, id), with_for_update=True, populate_existing=True)


def actor_of(user: int | None) -> str:
    """Return who acted, as the ledger names him; None is the villager."""
    return people.username(user) if user else VILLAGER
