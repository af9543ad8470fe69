"""The facts, dates and places of a draft, what is still missing, and the proposal made of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app

from board import policies
from board.models import Attachment, Draft
from board.rules import community, period_rules, periods
from board.rules.bilingual import Words
from board.rules.calendar import Calendar
from board.rules.kind import DISPLAY_START, Fact, Kind, Period
from board.rules.notice import deadlines, fact_sums, same_period, suppression
from board.rules.notice.attachment import warnings as warnings_of
from board.rules.notice.check_result import Result
from board.rules.notice.proposal import Proposal, compose, rostered
from board.rules.notice.series import FOLLOWS
from board.rules.personal import free_text
from board.rules.personal.detection import REDACTION
from board.rules.personal.named_texts import NamedText
from board.rules.personal.named_texts import warnings as names_of
from board.rules.place_names import canonical
from board.rules.sheet.problems import GRAVE
from board.rules.typed_dates import iso, iso_moment, typed_day, typed_moment
from board.store import areas, holidays, lead_offices, notices, series
from board.store.cases import corrections
from board.store.drafting import attachments, checking, drafts, named_texts
from board.store.drafting.checking import kind_of, level_of
from board.store.duties import asking
from board.store.notices import Posted

DEMO = Path(__file__).resolve().parents[2] / "demo"  # the demo's sample files

# Facts of every notice of any kind, beside its first day of display: who publishes it, when the information was formed, and, for kinds
# without a roster, the places.
PUBLISHER, FORMED_ON, PLACES = "publisher", "formed_on", "places"


@dataclass(frozen=True)
class Schedule:
    """The display period and the deadline for publishing of a notice; counted dates come with their explanation.

    ``counted`` is the day from which the deadline runs: that of forming, the last day that accounts cover, or that of the fact ``since``.
    ``local`` is what the city asks for, None where it asks nothing, ``dated`` the days of the kind's schedule.
    """

    formed: date
    counted: date
    starts: date
    end: periods.Explained
    publish_by: periods.Explained
    in_holiday: str  # name of the long holiday in which most of the period lies; "" when none
    since: Words = Words("", "")
    local: periods.Explained | None = None
    local_basis: Words = Words("", "")
    dated: tuple[date, ...] = ()


def facts_of(draft: Draft) -> tuple[Fact, ...]:
    """Return the facts of a draft's kind for its home's level, without what the supervision committee says once it is submitted."""
    return tuple(fact for fact in kind_of(draft).facts_at(level_of(draft.home)) if fact.filled != "committee")


FIGURE = r"\d{1,12}(\.\d{1,5})?"
PHONE = r"[0-9+\-() 、转/]{1,60}"
_FORMS = {"rate": re.compile(FIGURE), "money": re.compile(FIGURE), "phone": re.compile(PHONE)}


def longest(fact: Fact) -> int:
    """Return the maximal length of a fact, in characters."""
    return 2000 if fact.type == "long" else 200


def fits(fact: Fact, text: str) -> bool:
    """Return whether a fact's text has the form of its type."""
    if fact.type == "choice":
        return text in {choice.id for choice in fact.choices}
    if fact.type == "date":
        return typed_day(text) is not None and iso(text) == text
    if fact.type == "moment":
        return typed_moment(text) is not None and iso_moment(text) == text
    form = _FORMS.get(fact.type)
    return len(text) <= longest(fact) and (form is None or form.fullmatch(text) is not None)


def _dates(facts: Mapping[str, str]) -> tuple[date, date] | None:
    """Return the day of forming and the first day of display, or None unless both are valid and in this order."""
    formed, starts = typed_day(facts.get(FORMED_ON, "")), typed_day(facts.get(DISPLAY_START, ""))
    return (formed, starts) if formed and starts and formed <= starts else None


def missing(draft: Draft) -> list[Words]:
    """Return the labels of the facts that block a draft, those of every notice first: required ones that are empty, and invalid ones.

    (A save stores any text, so that nothing typed is lost; therefore a stored fact may be invalid.)
    """
    labels = {
        PUBLISHER: Words("落款单位", "Publisher"),
        FORMED_ON: Words("这些信息是哪天定下来的", "Day on which this was settled"),
        DISPLAY_START: Words("公示开始日期", "First day of display"),
    }
    formed, starts = (typed_day(draft.facts.get(name, "")) for name in (FORMED_ON, DISPLAY_START))
    before = formed is not None and starts is not None and starts < formed  # shown before it was settled
    right = {PUBLISHER: bool(draft.facts.get(PUBLISHER)), FORMED_ON: formed is not None, DISPLAY_START: starts is not None and not before}
    program = [label for name, label in labels.items() if not right[name]]
    if not draft.title:
        program.insert(0, Words("标题", "Title"))
    if draft.corrects and not draft.correction:
        program.insert(0, Words("更正的原因", "Reason for the correction"))
    if (
        right[DISPLAY_START]
        and not period_of(draft)
        and asking.is_needed(draft.kind, draft.home, draft.title, draft.facts, starts or date.max)
    ):
        program.append(Words("这是哪一期的", "For which period"))
    stated = {fact.id: draft.facts.get(fact.id, "") for fact in facts_of(draft)}
    return program + [fact.label for fact in facts_of(draft) if not _right(fact, stated[fact.id])]


def _right(fact: Fact, text: str) -> bool:
    """Return whether a fact is stated as it must be; a number covered with ● is to be rewritten first."""
    return (fits(fact, text) and REDACTION * 4 not in text) if text else not fact.required


def period_of(draft: Draft, corrected: Posted | None = None) -> str:
    """Return the period that a draft is for: the one that it says, the one chosen, or that of the notice it corrects; "": nobody told."""
    told = asking.told_period(draft.kind, draft.home, draft.title, draft.facts)
    if not told and (chosen := asking.chosen_period(draft.kind, draft.home, draft.facts)):
        return chosen
    posted = corrected or (notices.find(draft.corrects) if draft.corrects else None)
    if posted is None:
        return told
    before = posted.version
    kept: str = before.frozen.get("period", "")
    stated = {**before.facts, FOLLOWS: before.frozen.get("follows", {}).get("number", "")}
    said = asking.told_period(draft.kind, draft.home, before.title, stated)
    return told if told and kept in ("", said) else kept  # what somebody chose once stays


def schedule(draft: Draft, calendar: Calendar | None = None) -> Schedule | None:
    """Return the schedule of a draft's notice, or None until its dates are valid."""
    dates = _dates(draft.facts)
    if dates is None:
        return None
    calendar, kind = calendar or holidays.calendar(), publishers_kind(draft)
    formed, starts = dates
    end = periods.explain(starts, kind.display, calendar)
    if kind.display_until:
        if (until := typed_day(draft.facts.get(kind.display_until, ""))) is None:
            return None
        end = periods.lasting(end, until)
    run = periods.inside_long_holiday(starts, end.day, calendar)
    # What is corrected was settled later than the time that it covers: it has its own days from there.
    covered = same_period.covered_until(draft.facts) if kind.publish_within.after_covered and not draft.corrects else None
    counted = _from(kind.publish_within, draft, min(formed, covered or formed))
    local = _counted(kind.local_within, draft, formed, calendar) if kind.local_within else None
    dated = [_counted(one.period, draft, starts, calendar) for one in kind.schedule]
    if counted is None or (kind.local_within and local is None) or None in dated:
        return None  # a fact from which a day is counted is not stated yet
    since = kind.fact(kind.publish_within.since)
    return Schedule(
        formed,
        counted,
        starts,
        end,
        periods.explain(counted, kind.publish_within, calendar),
        run.name if run else "",
        since.label if since else Words("", ""),
        local,
        kind.local_within.basis if kind.local_within else Words("", ""),
        tuple(one.day for one in dated if one),
    )


def _from(period: Period, draft: Draft, otherwise: date) -> date | None:
    """Return the day from which a period is counted: its fact's, None while that is no day, or ``otherwise`` where it names none."""
    return typed_day(draft.facts.get(period.since, "")) if period.since and period.since != DISPLAY_START else otherwise


def _counted(period: Period, draft: Draft, otherwise: date, calendar: Calendar) -> periods.Explained | None:
    if period.hours:
        moment = typed_moment(draft.facts.get(period.since, ""))
        return periods.explain_hours(moment, period) if moment else None
    day = _from(period, draft, otherwise)
    return periods.explain(day, period, calendar) if day else None


def publishers_kind(draft: Draft) -> Kind:
    """Return the kind of a draft with the periods and the words that hold for its publisher, as they are frozen with the version."""
    home = areas.get(draft.home)
    kind = period_rules.for_publisher(kind_of(draft), policies.period_rules(), home.level, home.code)
    return community.in_its_words(kind, home.name, policies.community_words()) if home.level == "village" else kind


@cache
def _made_up() -> frozenset[str]:
    """Return the SHA-256 of each sample sheet of the demo with invented people; two are real, as ``posts.toml`` says."""
    found = tomllib.loads((DEMO / "posts.toml").read_text("utf-8"))
    sheets = {post["sheet"] for post in [*found["posts"], *found["waiting"]] if "sheet" in post and post.get("invented", True)}
    return frozenset(sha256((DEMO / sheet).read_bytes()).hexdigest() for sheet in sheets)


def overdue(homes: str, today: date, kinds: Collection[str] = ()) -> dict[str, int]:
    """Return home -> number of drafts past their deadline for publishing, under a code prefix, of these kinds (none: of all); the county
    sees no more of drafts."""
    calendar = holidays.calendar()
    late: dict[str, int] = {}
    for draft in drafts.listed(homes, ("draft", "returned", "submitted")):
        dates = schedule(draft, calendar) if not kinds or draft.kind in kinds else None
        if dates and dates.publish_by.day < today:
            late[draft.home] = late.get(draft.home, 0) + 1
    return late


def unexplained(draft: Draft, found: Result) -> list[str]:
    """Return the codes of grave warnings that the clerk has not explained yet, and of questions not answered, in the order of the sheet.

    A reason holds for the warnings that it was given for: where others of its kind have come, it is asked for again.
    """
    codes = dict.fromkeys(one.code for one in found.warnings if one.choices or one.code in GRAVE)
    return [code for code in codes if not draft.answers.get(code) or draft.answers.get(f"{code}{_OF}", "") not in ("", _told(found, code))]


_OF = ":of"


def given_for(found: Result, reasons: Mapping[str, str]) -> dict[str, str]:
    """Return a draft's answers with reasons by code, and for which warnings of the present check each was given."""
    return {**reasons, **{f"{code}{_OF}": _told(found, code) for code in reasons}}


def _told(found: Result, code: str) -> str:
    said = "\n".join(sorted(f"{one.line} {one.field} {one.message.zh}" for one in found.warnings if one.code == code))
    return sha256(said.encode()).hexdigest()[:16]


def _correction(draft: Draft, posted: Posted | None) -> dict[str, Any]:
    """Return the further frozen values of a correction (notice, version, reason); {} for a new notice."""
    posted = posted or (notices.find(draft.corrects) if draft.corrects else None)
    if posted is None:
        return {}
    correction = {"number": posted.number, "version": posted.version.no + 1, "reason": draft.correction}
    if corrections.told_to_all(draft.home, draft.id):
        correction["asked"] = True  # left out otherwise, as in versions from before cases were named
    if draft.correction_leak is not None:
        correction["leak"] = draft.correction_leak  # left out of versions from before it was asked
    local = deadlines.of_correction(posted.version.frozen.get(deadlines.FROZEN, {}), posted.version.posted_at)
    same: dict[str, Any] = {"invented": True} if posted.version.frozen.get("invented") else {}
    same |= deadlines.late_by_law(posted.version)
    return {"correction": correction} | same | ({deadlines.FROZEN: local} if local else {})


def _series(draft: Draft, posted: Posted | None) -> dict[str, Any]:
    """Return the frozen number and title of the notice that a draft's comes after; {} where it is the first of its matter.

    A correction that leaves it as it was keeps it, whatever became of that notice.
    """
    number = draft.facts.get(FOLLOWS, "")
    posted = posted or (notices.find(draft.corrects) if draft.corrects and number else None)
    kept = posted.version.frozen.get("follows") if posted else None
    if kept and kept["number"] == number:
        return {"follows": kept}
    title = series.title_of(number, draft.home, kind_of(draft), draft.corrects) if number else ""
    return {"follows": {"number": number, "title": title}} if title else {}


def propose(
    draft: Draft,
    named: Sequence[NamedText] | None = None,
    corrected: Posted | None = None,
    files: Sequence[Attachment] | None = None,
    calendar: Calendar | None = None,
) -> Proposal | None:
    """Return the proposal of a draft's present state, or None while errors, missing facts, unseen files or a running check block it.

    Where the caller has them: its texts with names in them (``named_texts.of_draft``), the notice that it corrects
    (``correction.corrected``), its files (``attachments.of_draft``), and the calendar.
    """
    kind, dates = kind_of(draft), schedule(draft, calendar)
    found, files = checking.found(draft) if kind.columns else None, attachments.of_draft(draft) if files is None else files
    if missing(draft) or attachments.unlooked(files) or dates is None or (kind.columns and (found is None or found.roster is None)):
        return None
    walls = [code for code in draft.facts.get(PLACES, "").split() if code] or [draft.home]
    home, policy = areas.get(draft.home), policies.name_policy(kind.names)
    roster = found.roster if found and found.roster else rostered(kind, [], walls)
    frozen = {
        "kind": publishers_kind(draft).source,
        "names": {"wall": policy.wall, "web": policy.web},
        suppression.FROZEN: policies.least_rows(kind),
        "areas": {area.code: canonical(area.name) for area in areas.named({draft.home, *(part.place for part in roster.parts)})},
        "publisher": draft.facts[PUBLISHER],
        "level": home.level,
        "files": attachments.frozen(files),
        "invented": bool(current_app.config["DEMO"]) and (draft.facts.get("invented") == "yes" or draft.sheet_digest in _made_up()),
    }
    frozen |= {deadlines.FROZEN: deadlines.frozen(dates.local)} if dates.local else {}
    frozen |= {deadlines.SCHEDULE: [day.isoformat() for day in dates.dated]} if dates.dated else {}
    frozen |= lead_offices.frozen(draft.home, kind.group) | _correction(draft, corrected) | _series(draft, corrected)
    frozen |= {"returns": checking.returns()} if kind.chain else {}
    frozen |= {"period": period} if (period := period_of(draft, corrected)) else {}
    text_warnings = free_text.warnings(draft.title, draft.facts, kind, draft.correction)
    text_warnings += fact_sums.warnings(kind, draft.facts)
    text_warnings += names_of(named_texts.of_draft(draft) if named is None else named)
    return compose(
        kind,
        roster,
        home=draft.home,
        title=draft.title,
        facts={fact.id: text for fact in facts_of(draft) if (text := draft.facts.get(fact.id, ""))},
        frozen=frozen,
        period=(dates.starts, dates.end.day),
        formed_on=dates.formed,
        publish_by=dates.publish_by.day,
        stated=found.stated if found else {},
        private=found.private if found else (),
        warnings=[*(checking.warnings(found) if found else ()), *text_warnings, *warnings_of(files)],
    )
