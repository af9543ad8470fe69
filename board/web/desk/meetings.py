"""念名单会: a place's list read aloud before the village, a row a screen, and the minutes of it.

The page with the names is opened by POST alone and logged as a printing of the wall edition; no other page here holds a name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Meeting, MeetingObjection
from board.paper.minutes import ClosedSlips, Minutes, minutes_pdf, slips_pdf
from board.rules.bilingual import date_in_words
from board.rules.calendar import day_of
from board.rules.notice import meeting as rule
from board.rules.notice.formatting import cell, unit
from board.rules.notice.meeting import OBJECTIONS, Held
from board.rules.notice.page import Page, telling
from board.rules.notice.page_sources import of_version
from board.rules.personal import detection
from board.rules.rendering.spoken_row import spoken_row
from board.rules.typed_dates import typed_day
from board.store import known_names, meetings, notices, versions
from board.store.clock import now
from board.store.notices import Posted
from board.web import address_check, poster_text, text_checks
from board.web.desk.displays import own_poster
from board.web.downloads import pdf
from board.web.guard import needs
from board.web.i18n import link, say, today, tongue
from board.web.installation import absolute
from board.web.place_words import on_paper
from board.web.public.posted_pages import poster_page

pages = Blueprint("meetings", __name__, url_prefix="/desk/notices/<number:number>/<place:place>/meeting")

LONGEST = 60  # characters of who presides


@dataclass(frozen=True)
class Line:
    """One row as its screen shows it: ``spoken`` is what is read out, ``figures`` (label, value with unit); a child's row says neither."""

    no: int
    group: str
    name: str
    figures: tuple[tuple[str, str], ...]
    spoken: str
    minor: bool


@pages.get("")
@needs("meeting.hold")
def ahead(number: str, place: str) -> str:
    """Say what reading the list aloud is before it is opened, or why it is not read; list the meetings that there were."""
    posted = own(number, place)
    page = poster_page(posted, place)
    held = meetings.of_place(posted, place)
    return render_template("desk/meetings/ahead.html", page=page, place=place, refused=_refused(posted, page, place), held=held)


@pages.post("")
@needs("meeting.hold")
def read(number: str, place: str) -> Any:
    """Open the list with its full names, which is logged; leads back where it is not read aloud."""
    posted = own(number, place)
    if _refused(posted, poster_page(posted, place), place):
        return redirect(link("desk.meetings.ahead", number=number, place=place))
    no = meetings.opened(posted, place, current_user.id, now()).no
    names = notices.full_names(posted, [place], current_user.id, now())
    page, rows = poster_page(posted, place), notices.rows(posted, place)
    columns = telling(page, rows)
    lines = [_line(row, names.get((place, row.no), row.shown_name), columns) for row in rows]
    return render_template("desk/meetings/read.html", page=page, place=place, no=no, lines=lines, choices=OBJECTIONS.values())


@pages.get("/slips.pdf")
@needs("meeting.hold")
def slips(number: str, place: str) -> Response:
    """Return blank slips on which one writes what concerns another household."""
    posted = _printable(number, place)
    page = poster_page(posted, place)
    poster = poster_text.poster_of(page, place, [], {}, edition="wall")
    ask = absolute(f"/n/{number}/ask?place={place}&category=household")
    words = ClosedSlips(
        title=poster.title, place_name=poster.place_name, number=poster.number, address=ask, short_address=poster.short_address,
        straight=on_paper("不让镇村知道，直接交县里"), demo_mark=poster.demo_mark,
    )  # fmt: skip
    return pdf(slips_pdf(words), f"{number}-{place}-slips.pdf", _("条子"))


@pages.get("/<count:no>")
@needs("meeting.hold")
def one(number: str, place: str, no: str) -> str:
    """Show a meeting without names: what was objected to, and what is stated at its end."""
    posted, meeting = own_meeting(number, place, no)
    return _one(posted, meeting, {})


@pages.post("/<count:no>")
@needs("meeting.hold")
def finish(number: str, place: str, no: str) -> Any:
    """Keep what is stated at the end of a meeting; errors come back with everything typed."""
    posted, meeting = own_meeting(number, place, no)
    held = _typed()
    version = meetings.read_version(posted, meeting)
    wrong = _faults(posted, held, rule.faults(held, version.posted_on, today(), meetings.numbers(meeting)))
    if wrong:
        return _one(posted, meeting, wrong), 422
    meetings.finish(meeting, held, current_user.id, now())
    flash(_("记下了。可以打印会议记录，请到会的人签字。"), "good")
    return redirect(link("desk.meetings.one", number=number, place=place, no=no))


@pages.get("/<count:no>/minutes.pdf")
@needs("meeting.hold")
def minutes(number: str, place: str, no: str) -> Response:
    """Return the minutes of a finished meeting, to be signed."""
    posted = _printable(number, place)
    posted, meeting = own_meeting(number, place, no)
    if meeting.finished_at is None:
        abort(404)
    page = _read_page(posted, meeting)
    made = minutes_pdf(_minutes(page, meeting, meetings.objections(meeting), meetings.minors(posted, place, meeting.version)))
    return pdf(made, f"{number}-{place}-minutes-{no}.pdf", _("%(place)s念名单会记录", place=page.place_name(place)))


def own(number: str, place: str) -> Posted:
    """Return a notice, in full, of which the user may read a place's list aloud, or answer 404."""
    posted, _poster = own_poster("meeting.hold", number, place)
    return posted.in_full()


def own_meeting(number: str, place: str, no: str) -> tuple[Posted, Meeting]:
    """Return a notice, in full, and a meeting of a place about it, or answer 404."""
    posted = own(number, place)
    return posted, meetings.one(posted, place, int(no)) or abort(404)


def _printable(number: str, place: str) -> Posted:
    """Return the notice; says so instead while a printed code would lead nowhere."""
    posted = own(number, place)
    if problem := address_check.fault(posted.home, current_user.username):
        flash(problem, "wrong")
        abort(redirect(link("desk.meetings.ahead", number=number, place=place)))
    return posted


def _refused(posted: Posted, page: Page, place: str) -> rule.Refusal | None:
    return rule.refusal(page, posted.version.frozen["names"], place, len(meetings.minors(posted, place)))


def _line(row: Any, name: str, columns: Sequence[Any]) -> Line:
    if row.minor:
        return Line(row.no, row.group, "", (), "", minor=True)
    shown = ((say(one.label), f"{cell(one, row.measures[one.id], tongue())} {unit(one, tongue(), row.measures)}".strip())
             for one in columns if row.measures.get(one.id))  # fmt: skip
    return Line(row.no, row.group, name, tuple(shown), spoken_row(row, name, columns), minor=False)


def _read_page(posted: Posted, meeting: Meeting) -> Page:
    """Return the page of the version that a meeting read, as its poster states it."""
    version = meetings.read_version(posted, meeting)
    return of_version(version, versions.parts(posted, version.no), posted.notice.kind, "wall")


def _one(posted: Posted, meeting: Meeting, wrong: dict[str, str]) -> str:
    page, numbers_read, objected = _read_page(posted, meeting), meetings.numbers(meeting), meetings.objections(meeting)
    typed = {
        "held": (meeting.held or day_of(meeting.opened_at)).isoformat(), "present": meeting.present or "", "presider": meeting.presider,
        "first": meeting.first or numbers_read[0], "last": meeting.last or numbers_read[-1], "remarks": meeting.remarks,
    } | {name: detection.mask(text) for name, text in request.form.items() if name != "csrf_token"}  # fmt: skip
    told = [(one.row, say(OBJECTIONS[one.what].label)) for one in objected]
    return render_template(
        "desk/meetings/one.html", page=page, place=meeting.place, meeting=meeting, objected=told, typed=typed, wrong=wrong,
        rows=meetings.rows_of(objected), choices=OBJECTIONS.values(), newest=posted.version.no == page.no,
    )  # fmt: skip


def _typed() -> Held:
    form = {name: text.strip() for name, text in request.form.items()}
    whole = {
        name: int(form[name]) if form.get(name, "").isdecimal() and len(form[name]) < 6 else 0 for name in ("present", "first", "last")
    }
    return Held(on=typed_day(form.get("held", "")), presider=form.get("presider", ""), remarks=form.get("remarks", ""), **whole)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _faults(posted: Posted, held: Held, found: dict[str, rule.Fault]) -> dict[str, str]:
    """Return field -> what is wrong in words; names and personal numbers have no place in the remarks."""
    words: dict[rule.Fault, str] = {
        "no_day": _("请写哪天开的会，例如 2026-12-01。"),
        "day_later": _("开会的日子不能写以后的。"),
        "day_earlier": _("开会的日子不会比公布那天早，请改一下。"),
        "present": _("请写到会多少人。"),
        "presider": _("请写谁主持。"),
        "rows": _("请写从几号念到几号，要是名单上有的号。"),
    }
    wrong = {field: words[fault] for field, fault in found.items()}
    if len(held.presider) > LONGEST:
        wrong["presider"] = _("太长了，最多 %(n)s 个字。", n=LONGEST)
    named = known_names.findings(posted.home, [held.remarks], number=posted.number)[0]
    for field, fault in (
        ("presider", text_checks.personal_fault(held.presider)),
        ("remarks", text_checks.personal_fault(held.remarks) or (_("备注里有名单上的人名。请写行号，不写名字。") if named else "")),
    ):
        if fault:
            wrong[field] = fault
    return wrong


def _minutes(page: Page, meeting: Meeting, objected: Sequence[MeetingObjection], minors: Collection[int]) -> Minutes:
    """Return the texts of the minutes; what they say of the notice is taken from its poster."""
    poster = poster_text.poster_of(page, meeting.place, [], {}, edition="web")
    assert meeting.held
    assert meeting.first
    assert meeting.last
    assert meeting.finished_at
    numbers_read, rows = meetings.numbers(meeting), meetings.rows_of(objected)
    count, covered = (rule.rows_read(nos, meeting.first, meeting.last) for nos in (numbers_read, minors))
    whole = "，全部念完" if count == len(numbers_read) else f"，没有念完，名单共 {len(numbers_read):,} {poster.row_word}"
    whole += f"（其中 {covered:,} {poster.row_word}是未成年人，只念了行号）" if covered else ""
    return Minutes(
        title=poster.title, place_name=poster.place_name, publisher=poster.publisher, number=poster.number, version=poster.version,
        fingerprint=poster.fingerprint, rows=f"{poster.rows_count:,} {poster.row_word}", total=poster.total, qr_text=poster.qr_text,
        short_address=poster.short_address, demo_mark=poster.demo_mark, held=date_in_words(meeting.held, "zh"),
        present=f"{meeting.present:,} 人", presider=meeting.presider,
        read=f"第 {meeting.first} 号到第 {meeting.last} 号，共 {count:,} {poster.row_word}{whole}",
        objections=tuple((f"{one.row} 号", OBJECTIONS[one.what].label.zh) for one in objected),
        objected=f"{rows:,} {poster.row_word}有异议，行号在下面" if rows else "没有异议",
        remarks=meeting.remarks, supervisor=on_paper("村务监督"), villager=on_paper("村民"),
        made_at=int(meeting.finished_at.timestamp()),
    )  # fmt: skip
