"""该公开的: what an office still has to publish, begun from here; and what it says of it where there is nothing to post on this board."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import unquote

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, policies
from board.models import DutyStatement, Version
from board.rules.areas import prefix
from board.rules.bilingual import Words
from board.rules.duties import duty_period, statement
from board.rules.duties.duty import Duty
from board.rules.duties.duty_period import MATTER, parse
from board.rules.duties.statement import Said
from board.rules.notice import carry_over
from board.rules.notice.series import FOLLOWS, linkable
from board.rules.personal import detection
from board.rules.typed_dates import typed_day
from board.store import areas, duties, notices
from board.store.clock import now
from board.store.drafting import beginning, drafts
from board.store.duties import PeriodRefused, SayingRefused
from board.store.duties.asking import PERIOD
from board.web import text_checks
from board.web.desk import forms
from board.web.desk.drafts import step
from board.web.due_words import periods_in_words
from board.web.guard import may, needs
from board.web.i18n import link, today

pages = Blueprint("due", __name__, url_prefix="/desk/due")


SAID, ASKED = 50, 20  # of what the office said this year, and of the notices that are asked about at once


class Line(NamedTuple):
    """One duty and period that an office owes, with the names of the places that lack it and the offices that may begin it."""

    owed: duties.Owed
    duty: Duty
    name: Words
    period: Words
    lacking: list[tuple[str, str]]
    homes: list[tuple[str, str]]


@pages.get("")
@needs("draft.write")
def listed() -> str:
    """List what the office owes for this year and the last: what is missing first, then what is due within a month."""
    owed = [one for year in (today().year - 1, today().year) for one in duties.owes(current_user.area, year, today())]
    return render_template("desk/due/listed.html", lines=_lines(owed), said=_said_this_year(), untold=_untold())


def _said_this_year() -> list[tuple[DutyStatement, Words, Words, str]]:
    """Return what the office said this year that stands, the newest first: with the kind, the period and the names of the places."""
    found = duties.said(current_user.area, date(today().year, 1, 1), SAID)
    words, known = periods_in_words(one.period for one, _places in found), policies.duties()
    names = areas.labels({place for _one, places in found for place in places})
    return [
        (one, kinds.load()[known[one.duty].kind].name, words(one.period), str(_("、")).join(names[place] for place in places))
        for one, places in found
        if one.duty in known
    ]


def _untold() -> list[tuple[Version, dict[str, Words]]]:
    """Return the notices of the office of which nobody knows the period, the newest first, with the periods to choose from."""
    mine = prefix(current_user.area, current_user.level) if current_user.level == "township" else current_user.area
    return duties.asked_untold(mine, today(), ASKED)


@pages.post("/said/<count:no>/back")
@needs("draft.write")
def take_back(no: str) -> Any:
    """Take back what the office said by mistake."""
    if not duties.take_back(current_user.area, int(no), current_user.id, now()):
        abort(404)
    flash(_("收回了。这几个地方又是还没公开的了，除非另有公示。"), "good")
    return redirect(link("desk.due.listed"))


@pages.post("/period")
@needs("draft.write")
def say_period() -> Any:
    """Say which period a posted notice of the office is for that does not say so itself."""
    posted = notices.find(request.form.get("number", ""))
    if posted is None or not may("draft.write", posted.home):
        abort(404)
    try:
        duties.say_period(posted.home, posted.number, request.form.get("period", ""), current_user.id, now())
    except PeriodRefused:
        flash(_("没有记下：请选一期。自己写明了是哪一期的，不用再说。"), "wrong")
    else:
        flash(_("记下了。"), "good")
    return redirect(link("desk.due.listed"))


def _lines(owed: list[duties.Owed]) -> list[Line]:
    names = areas.labels({code for one in owed for code in one.lacking} | {current_user.area})
    words = periods_in_words(one.period for one in owed)
    found = []
    for one in owed:
        duty, lacking = policies.duties()[one.duty], [(code, names[code]) for code in one.lacking]
        own = lacking if duty.publisher == "village" else [(current_user.area, names[current_user.area])]
        found.append(Line(one, duty, kinds.load()[duty.kind].name, words(one.period), lacking, own))
    return found


@pages.post("/begin")
@needs("draft.write")
def begin() -> Any:
    """Start the draft of a duty's notice, with its period and what the last one of its kind stated."""
    duty, home, period = policies.duties().get(request.form.get("duty", "")), request.form.get("home", ""), request.form.get("period", "")
    area = areas.find(home) if may("draft.write", home) else None
    if duty is None or area is None or area.level != duty.publisher or not statement.is_of(period, duty):
        abort(404)
    kind, signs = kinds.load()[duty.kind], forms.proposed_publisher(home)
    before = period.removeprefix(MATTER) if period.startswith(MATTER) else ""
    earlier = notices.find(before) if before else None
    year = parse(period).year if duty.every else today().year
    when = parse(period).words.zh if duty.every else ""
    last = beginning.facts(home, kind, signs, year)
    if year < today().year:  # what was not yet written then is not stated of it
        last = {id: text for id, text in last.items() if max(carry_over.years(text), default=0) <= year}
    facts = last | {PERIOD: period, FOLLOWS: before if earlier and linkable(kind, earlier.notice.kind) else ""}
    facts |= {fact.id: when for fact in kind.facts if when and fact.id in duty_period.STATED}
    title = forms.proposed_title(kind, home, today(), when)
    draft = drafts.start(home, kind.id, title, current_user.id, now(), facts)
    flash(_("上次写过的情况已经带过来，只改不一样的。") if len(last) > 1 else _("草稿开好了。"), "good")
    return step("sheet.sheet" if kind.columns else "drafts.facts", draft)


@pages.route("/<duty>/<period>", methods=["GET", "POST"])
@needs("draft.write")
def say(duty: str, period: str) -> Any:
    """Say of places, in one act, that there is no such item, that it was published elsewhere, or that it hung on paper only."""
    known = policies.duties().get(duty)
    mine = known is not None and statement.is_of(period, known) and statement.speaks(current_user.level, known)
    owed = duties.lacking(current_user.area, duty, period, today()) if mine else None
    if known is None or owed is None or not all(may("draft.write", duties.owner(known, code)) for code in owed.lacking):
        abort(404)
    typed = {name: detection.mask(request.form.get(name, ""))[:500] for name in ("sort", "day", "why", "address", "seen_by")}
    if request.method == "GET" and known.portal:
        typed["sort"] = "elsewhere"
    wrong = _said(duty, period, owed) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        flash(_("记下了。"), "good")
        return redirect(link("desk.due.listed"))
    alone = owed.lacking if len(owed.lacking) == 1 else ()  # of several none is ticked beforehand: too much is soon said
    chosen = request.form.getlist("places") if request.method == "POST" else alone
    page = render_template("desk/due/say.html", line=_lines([owed])[0], typed=typed, wrong=wrong, chosen=chosen)
    return page, 422 if wrong else 200


def _said(duty: str, period: str, owed: duties.Owed) -> str:
    """Keep what the form says, and return what is wrong with it in words, or ""."""
    form = request.form
    sort = form.get("sort", "")
    texts = {name: form.get(name, "").strip() for name in {"none": ["why"], "elsewhere": ["address"], "paper": ["seen_by"]}.get(sort, [])}
    if not texts:
        return str(_("请选一样：没有这项、已在别处公开，还是只贴了纸。"))
    if fault := text_checks.personal_fault("\n".join(texts.values())):
        return fault
    if named := text_checks.names_in(texts.get("why", "") + unquote(texts.get("address", "")), current_user.area, ""):
        return str(_("这里不要写人名：%(names)s。请改一下再记。", names=named))
    day = today() if sort == "none" else typed_day(form.get("day", ""))
    if day is None:
        return str(_("请写哪天公开的，例如 2026-11-22。"))
    copy = request.files.get("copy")
    if sort == "elsewhere" and copy and (data := copy.read()):
        texts["digest"] = sha256(data).hexdigest()
    places = tuple(code for code in form.getlist("places") if code in owed.lacking)
    try:
        duties.say(current_user.area, Said(sort, duty, period, places, day, **texts), current_user.id, now())  # type: ignore[arg-type]
    except SayingRefused as refused:
        return _words(refused.reason)
    return ""


def _words(fault: str) -> str:
    return str(
        {
            "duty": _("这一项有了才公开，不用说没有。"),
            "office": _("这一项不是本单位公开的，由公开它的单位来说。"),
            "places": _("请至少勾一个地方。"),
            "future": _("公开的日子不能写以后的。"),
            "early": _("这一期那天还没有开始，公开的日子不会更早。请改一下。"),
            "address": _("网址要以 https:// 开头，请从浏览器里整段复制。"),
            "seen_by": _("请写谁看见贴了。"),
            "why": _("请写为什么没有这一项。"),
            "long": _("写得太长了，最多 %(n)s 个字。", n=statement.LONGEST_REASON),
        }.get(fault, _("这一期不对，请回到清单重新点。"))
    )
