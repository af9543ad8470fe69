"""The supervision committee's half-year report: written by its supervisor, with the program's own figures, reviewed by the township."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds
from board.models import Draft
from board.rules import supervision as rule
from board.rules.kind import DISPLAY_START, Fact
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.store import notices
from board.store.clock import now
from board.store.drafting import committee_figures, drafts, proposing
from board.web import text_checks
from board.web.guard import needs
from board.web.i18n import link, say, today

pages = Blueprint("supervision_report", __name__, url_prefix="/desk/supervision/report")

WAITS = timedelta(3)  # for the reviewer, before the display begins
LONG = 2000  # characters of what is counted
FILLED = ("period",)  # the half-year itself is not typed


@pages.get("")
@needs("supervise")
def write() -> Any:
    """Show the report of the half-year that is over, as far as it is written."""
    half = rule.last_half(today())
    found = committee_figures.report(current_user.area, half)
    if found is not None and not isinstance(found, Draft):
        return redirect(link("public.notice.notice", number=found.number))
    return _page(half, found, _begun(found))


def _begun(draft: Draft | None) -> dict[str, str]:
    """Return what the form starts with: what was written, else whom to ask, as the village's newest notice says."""
    if draft is not None:
        return dict(draft.facts)
    latest = notices.listed(current_user.area, limit=1, standing=True)
    stated = latest[0].version.facts if latest else {}
    return {name: stated[name] for name in ("report_phone",) if name in stated}


def typed_facts() -> tuple[Fact, ...]:
    """Return the facts of the report that the supervisor types."""
    return tuple(fact for fact in kinds.load()[rule.REPORT].typed_at("village") if fact.id not in FILLED)


def _page(half: rule.HalfYear, draft: Draft | None, facts: dict[str, str], wrong: str = "", told: Any = None) -> str:
    figures = counted(half)
    return render_template(
        "desk/supervision_report/write.html",
        half=half,
        draft=draft,
        facts=facts,
        asked=typed_facts(),
        counted=[(fact.label, text) for fact in kinds.load()[rule.REPORT].facts if (text := figures.get(fact.id))],
        wrong=wrong,
        told=told,
    )


@pages.post("")
@needs("supervise")
def send() -> Any:
    """Keep what was written, and (``act``: submit) send it to the township's reviewer."""
    half, village = rule.last_half(today()), current_user.area
    draft = committee_figures.report(village, half)
    if draft is not None and not isinstance(draft, Draft):
        return redirect(link("desk.supervision.home"))
    typed = {fact.id: request.form.get(fact.id, "").strip()[: proposing.longest(fact)] for fact in typed_facts()}
    typed = {id: text_checks.covered(request.form, text) for id, text in typed.items()}
    texts = "\n".join(text for id, text in typed.items() if not id.endswith("_phone"))
    if wrong := text_checks.personal_fault(texts):
        return _page(half, draft, {id: text if id.endswith("_phone") else detection.mask(text) for id, text in typed.items()}, wrong), 422
    if warning := text_checks.free_text_warning(request.form, texts, "fact", village):
        return _page(half, draft, typed, told=warning), 422
    day = today()
    facts = typed | counted(half) | {
        "period": half.name,
        proposing.PUBLISHER: f"{canonical(current_user.area_name)}{rule.title(current_user.area_name).zh}委员会",
        proposing.FORMED_ON: day.isoformat(),
        DISPLAY_START: (day + WAITS).isoformat(),
    }  # fmt: skip
    name = f"{canonical(current_user.area_name)}{half.name}{rule.title(current_user.area_name).zh}报告"
    if draft is None:
        draft = drafts.start(village, rule.REPORT, name, current_user.id, now(), facts)
    else:
        draft = drafts.save(village, draft.id, draft.revision, current_user.id, "edited", now(), facts=facts, title=name)
    if request.form.get("act") != "submit":
        flash(_("存好了。"), "good")
        return redirect(link("desk.supervision_report.write"))
    proposal = proposing.propose(draft)
    if proposal is None:
        lacking = _("、").join(say(label) for label in proposing.missing(draft))
        return _page(half, draft, facts, _("还没有填，或者填得不对：%(what)s", what=lacking)), 422
    try:
        drafts.submit(draft, draft.revision, current_user.id, now(), proposal)
    except drafts.Unchanged:
        return _page(half, draft, facts, _("还没有改动，不能再送审。请先按退回的理由改一改。")), 422
    flash(_("送上去了。镇里审核的人看过，就公布。"), "good")
    return redirect(link("desk.supervision.home"))


def counted(half: rule.HalfYear) -> dict[str, str]:
    """Return what the program has counted of a half-year, as the report states it; what stands in public words is in Chinese."""
    found = committee_figures.figures(current_user.area, half)
    told = "".join(f"《{title}》{line}：{words}（答复：{reply or '没有'}）；" for title, line, words, reply in found.objected)
    read = found.confirmed + len({title for title, *_ in found.objected})
    return {
        "confirmed": f"公布前看过 {read} 份公示，{found.confirmed} 份没有意见。另有 {found.absent} 份没有人确认。",
        "objections": (f"提出 {len(found.objected)} 条不同意见：{told}" if found.objected else "没有提出不同意见。")[:LONG],
        "letters": f"收到 {found.letters} 件，答复 {found.answered} 件，其中按时 {found.in_time} 件；"
        f"没按时或没解决、转给镇里 {found.risen} 件。",
    }
