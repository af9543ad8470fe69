"""Drafts: from the choice of a kind to the facts and the submission for review; and what the other steps of a draft share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound
from wtforms import SelectChoice

from board import kinds
from board.models import Draft
from board.rules import areas as division
from board.rules.kind import DISPLAY_START, Kind
from board.rules.notice import carry_over, fact_sums, same_period
from board.rules.notice.attachment import named as named_files
from board.rules.notice.page_sources import of_proposal
from board.rules.notice.series import FOLLOWS
from board.rules.place_names import canonical
from board.store import areas, duties, holidays, notices, series
from board.store.clock import now
from board.store.drafting import (
    attachments,
    beginning,
    checking,
    correction,
    drafts,
    named_texts,
    opinions,
    proposing,
    secrecy,
    stopped_leaks,
)
from board.store.notices import Posted
from board.web.confirmation import unconfirmed
from board.web.desk import forms, kept_fields
from board.web.guard import may, needs
from board.web.i18n import link, say, today, tongue

pages = Blueprint("drafts", __name__, url_prefix="/desk")

WITHOUT_KIND = ("desk.kind_choice.choose", "desk.drafts.drop")  # what can be done with a draft whose sheet has come first


def own(action: str, home: str, id: str) -> Draft:
    """Return a draft with which the user may do ``action``, or answer 404. Raises Overtaken for what is sent to one that has ended."""
    draft = drafts.find(home, id, ended=True)
    if draft is None or not may(action, home) or action == "draft.write" and not writes(draft):
        abort(404)
    if draft.state in drafts.ENDED:
        raise drafts.Overtaken(draft) if request.method == "POST" else NotFound()
    if not draft.kind and request.endpoint not in WITHOUT_KIND:
        abort(step("kind_choice.choose", draft))
    return draft


def writes(draft: Draft) -> bool:
    """Return whether clerks write a draft: not what the village's supervisor writes himself."""
    return not draft.kind or kinds.load()[draft.kind].writer == "clerk"


def opened_at() -> int:
    """Return the draft's revision at the time the submitted page was rendered."""
    return request.form.get("revision", 0, type=int)


@contextmanager
def keeping(draft: Draft, did: str, revision: int | None = None) -> Iterator[tuple[Any, Draft]]:
    """Save the changes made to a draft within the block, then check the table at once if it is small. Raises Overtaken.

    ``revision`` is the one that is changed, if not that of the page.
    """
    with drafts.saving(draft.home, draft.id, revision or opened_at(), current_user.id, did, now()) as saving:
        yield saving
    checking.at_once(draft)


def keep(draft: Draft, did: str, **changes: Any) -> Draft:
    """Set these fields of a draft and save it. Raises Overtaken."""
    with keeping(draft, did) as (_, saved):
        for name, value in changes.items():
            setattr(saved, name, value)
    return saved


def step(name: str, draft: Draft) -> Any:
    """Redirect to a step of the draft; ``name`` is the endpoint without "desk.", such as ``sheet.rows``."""
    return redirect(link(f"desk.{name}", home=draft.home, id=draft.id))


STEPS = {
    "sheet": "sheet.sheet", "columns": "sheet.columns", "rows": "sheet.rows", "ready": "sheet.ready", "facts": "drafts.facts",
    "finish": "drafts.finish",
}  # fmt: skip


def pressed(draft: Draft) -> Any:
    """Redirect to the step whose tab was pressed, once what was typed on the page is saved; None where none was."""
    to = request.form.get("to", "")
    return redirect(link(f"desk.{STEPS[to]}", home=draft.home, id=draft.id, again=1 if to == "columns" else None)) if to in STEPS else None


def begun_from(listed: Iterable[Posted]) -> dict[str, list[Kind]]:
    """Return the kinds of which the user may start a draft from each posted notice, by its number: its own kind and those that follow."""
    listed, known = list(listed), kinds.load()
    homes = {area.code: area for area in areas.named({one.home for one in listed}) if not area.closed and may("draft.write", area.code)}
    return {
        one.number: carry_over.stages(known.values(), known[one.notice.kind], homes[one.home].level)
        if one.home in homes and one.notice.withdrawn_at is None and known[one.notice.kind].writer == "clerk"
        else []
        for one in listed
    }


def repeated(draft: Draft) -> list[Posted]:
    """Return the standing notices of the draft's home and kind that are about the same time: a second one is probably a correction."""
    when = same_period.about(draft.title, draft.facts, draft.facts.get(DISPLAY_START) or today().isoformat())
    return notices.of_same_time(draft.home, draft.kind, when, but=draft.corrects)


@pages.app_errorhandler(drafts.Overtaken)
def overtaken(error: drafts.Overtaken) -> Any:
    """Show that another user saved the draft in the meantime (409): what was typed, by its names, beside what is stored now.

    Where both can be told apart, the same form is sent again with one of the two for each field; else the typed can be copied over.
    """
    draft, ended = error.draft, error.draft.state in drafts.ENDED
    kept = kept_fields.typed(draft, request.form)
    differing = [one for one in kept if one.stored is not None]
    again = not ended and may("draft.write", draft.home) and len(differing) <= kept_fields.MOST
    again = again and ("seen" not in request.form or kept_fields.same_lines(draft, request.form))
    again = again and (bool(differing) or kept_fields.chosen(request.form))
    return render_template(
        "desk/drafts/overtaken.html",
        draft=draft,
        ended=ended,
        again=again,
        differing=differing,
        others=[one for one in kept if one.typed and not (again and one in differing)],
        along=kept_fields.along(draft, request.form) if again else [],
    ), 409


@pages.route("/new", methods=["GET", "POST"])
@needs("draft.write")
def new() -> Any:
    """Start a draft: choose its kind and home."""
    homes = [area for area in areas.desk_of(current_user.area, current_user.level) if may("draft.write", area.code)]
    form = forms.New()
    levels = {area.level for area in homes}
    form.kind.choices = [
        SelectChoice(kind.id, say(kind.name)) for kind in kinds.load().values() if levels & set(kind.levels) and kind.writer == "clerk"
    ]
    form.home.choices = [SelectChoice(area.code, canonical(area.name)) for area in homes]
    if form.validate_on_submit():
        kind = kinds.load()[form.kind.data]
        level = areas.get(form.home.data).level
        if level in kind.levels:
            title, signs = forms.proposed_title(kind, form.home.data, today()), forms.proposed_publisher(form.home.data)
            draft = drafts.start(
                form.home.data,
                kind.id,
                title,
                current_user.id,
                now(),
                {proposing.PUBLISHER: signs} | beginning.proposed(form.home.data, kind),
            )
            if again := repeated(draft):
                flash(_("已经公布过一份，还挂着：%(title)s。要改它，请删掉这份草稿，用“更正”。", title=again[0].version.title), "warn")
            return step("sheet.sheet" if kind.columns else "drafts.facts", draft)
        form.home.errors = [_("这一类由%(levels)s发布，请换一个地方。", levels=forms.level_words(kind.levels))]
    earlier, places = _earlier({area.code for area in homes}), {area.code: canonical(area.name) for area in homes}
    return render_template("desk/drafts/new.html", form=form, earlier=earlier, kinds=kinds.load(), places=places, begun=begun_from(earlier))


def _earlier(homes: set[str]) -> list[Posted]:
    """Return the newest notice of each kind and home that was not taken down, newest first, to start a carry-over from."""
    found: dict[tuple[str, str], Posted] = {}
    for one in notices.listed(division.prefix(current_user.area, current_user.level), standing=True):
        if one.home in homes:
            found.setdefault((one.home, one.notice.kind), one)
    return list(found.values())


@pages.route("/<place:home>/<token:id>/facts", methods=["GET", "POST"])
@needs("draft.write")
def facts(home: str, id: str) -> Any:
    """Edit a draft's facts; every save keeps what was typed, with or without errors, except personal numbers."""
    draft = own("draft.write", home, id)
    kind = checking.kind_of(draft)
    before = series.candidates(home, kind, but=draft.corrects, present=draft.facts.get(FOLLOWS, ""))
    form = forms.facts(
        kind,
        checking.level_of(home),
        draft,
        areas.inside(home),
        today(),
        before,
        duties.asked_period(kind.id, home, draft.title, draft.facts, today()),
    )
    if request.method == "POST":
        right = form.validate()
        personal = form.hide_personal()
        whole = {name: value for name, value in draft.facts.items() if name == drafts.WHOLE_PLACE}
        draft = keep(draft, "edited", title=(form.title.data or "")[:200], facts=form.stated() | whole)
        for _fact, said in fact_sums.differences(kind, draft.facts):
            flash(say(said), "warn")
        stopped_leaks.note(home, id, "text", personal, now())
        if leads := pressed(draft):
            return leads
        form.revision.data = str(draft.revision)
        if right and not personal:
            return step("drafts.finish", draft)
    page = render_template(
        "desk/drafts/facts.html",
        draft=draft,
        form=form,
        kind=kind,
        schedule=proposing.schedule(draft),
        repeated=repeated(draft),
        seen={field.name: field.data for field in form if isinstance(field.data, str) and field.name != "csrf_token"},
    )
    return page, 422 if form.errors else 200


@pages.get("/<place:home>/<token:id>/finish")
@needs("draft.write")
def finish(home: str, id: str) -> str:
    """Show the whole draft before submission: what is missing, or the page as villagers will see it."""
    draft = own("draft.write", home, id)
    files, found = attachments.of_draft(draft), checking.found(draft)
    named = named_texts.of_draft(draft, files)
    posted = correction.corrected(draft)
    calendar, asked = holidays.calendar(), opinions.asked(draft)
    proposal = proposing.propose(draft, named, posted, files, calendar)
    return render_template(
        "desk/drafts/finish.html",
        draft=draft,
        repeated=repeated(draft),
        page=of_proposal(proposal) if proposal else None,
        amended=correction.amended(draft, proposal, tongue(), posted) if proposal else None,
        missing=proposing.missing(draft),
        named=named,
        named_files=named_files(files),
        unsettled=named_texts.unsettled(draft, named, files),
        files=files,
        unlooked=attachments.unlooked(files),
        found=found,
        unexplained=proposing.unexplained(draft, found) if found else [],
        kind=checking.kind_of(draft),
        schedule=proposing.schedule(draft, calendar),
        secrecy=secrecy.of(draft),
        committee={"asked": asked, "said": opinions.of(draft) if asked else None},
    )


@pages.post("/<place:home>/<token:id>/submit")
@needs("draft.write")
def submit(home: str, id: str) -> Any:
    """Submit the draft for review exactly as shown; a returned draft is accepted only after a change.

    A check that a save ordered is waited for.
    """
    draft = own("draft.write", home, id)
    if not checking.settled(draft):
        flash(_("还没有送审：这张表大，还在核对。核对好了，再点一次“送审”。"), "warn")
        return step("drafts.finish", draft)
    files, found = attachments.of_draft(draft), checking.found(draft)
    named = named_texts.of_draft(draft, files)
    proposal = proposing.propose(draft, named, files=files)
    if proposal is None or named_texts.unsettled(draft, named, files) or (found and proposing.unexplained(draft, found)):
        return step("drafts.finish", draft)
    if (amended := correction.amended(draft, proposal, tongue())) and amended.nothing:
        flash(_("和现在公布的一模一样，没有更正什么。请先改，再送审；不用更正了，就删掉这份草稿。"), "wrong")
        return step("drafts.finish", draft)
    if proposal.starts < today().isoformat() or proposal.formed_on > today().isoformat():
        flash(_("公示要从今天或以后开始，信息不能是以后才定的。请改日期。"), "wrong")
        return step("drafts.facts", draft)
    try:
        drafts.submit(draft, opened_at(), current_user.id, now(), proposal)
    except drafts.Unchanged:
        flash(_("还没有改动，不能再送审。请先按退回的理由改一改。"), "wrong")
        return step("drafts.finish", draft)
    flash(_("已送审。审核的人通过以后就会公布。"), "good")
    return redirect(link("desk.home.home"))


@pages.post("/<place:home>/<token:id>/drop")
@needs("draft.write")
def drop(home: str, id: str) -> Any:
    """Discard a draft."""
    draft = own("draft.write", home, id)
    back = link("desk.drafts.finish", home=home, id=draft.id)
    if question := unconfirmed(_("要删掉这份草稿吗？"), _("删掉以后找不回来，填的和上传的都没有了。"), _("删掉"), back):
        return question
    drafts.drop(home, id, opened_at(), current_user.id, now())
    flash(_("草稿已删掉。"), "good")
    return redirect(link("desk.home.home"))
