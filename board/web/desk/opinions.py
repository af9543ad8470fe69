"""What a village's supervision committee says of a draft, at the desk: its paper, why nobody confirmed, replies to objections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Draft
from board.rules.calendar import day_of
from board.rules.notice import opinion as rule
from board.rules.notice.opinion import Objection, Opinion
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_proposal
from board.rules.personal import detection
from board.rules.typed_dates import typed_day
from board.store import areas, known_names, people
from board.store.clock import now
from board.store.drafting import drafts, opinions, staging
from board.web import text_checks
from board.web.desk.drafts import opened_at, own, step
from board.web.display_form import photo
from board.web.guard import may, needs
from board.web.i18n import today

pages = Blueprint("opinions", __name__, url_prefix="/desk")

NAME = 40  # characters of who signed


@pages.get("/<place:home>/<token:id>/opinion")
@needs("draft.write")
def one(home: str, id: str) -> Any:
    """Show what the committee said of a submitted draft, and the forms for its paper, for its absence and for the replies; of a draft
    about which it is not asked now, its last step."""
    draft = own("draft.write", home, id)
    return _page(draft) if draft.state == "submitted" and opinions.asked(draft) else step("drafts.finish", draft)


def _asked(home: str, id: str) -> Draft:
    """Return a submitted draft about which the committee is asked, or answer 404."""
    draft = own("draft.write", home, id)
    return draft if draft.state == "submitted" and opinions.asked(draft) else abort(404)


def _page(draft: Draft, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    said, (name, pictured) = opinions.of(draft), opinions.signed(draft)
    return render_template(
        "desk/opinions/one.html",
        draft=draft,
        said=said,
        seen=rule.mark(said),
        signed={"name": name, "photo": pictured},
        page=page_of(draft),
        has_account=people.supervised(draft.home),
        place=areas.get(draft.home),
        wrong=wrong,
        told=warning,
        typed={name: detection.mask(text) for name, text in request.form.items()},
        most=rule.LONGEST,
    )


def page_of(draft: Draft) -> Page:
    """Return the page of a submitted draft."""
    return of_proposal(drafts.proposal(draft) or abort(404))


@pages.post("/<place:home>/<token:id>/opinion")
@needs("draft.write")
def enter(home: str, id: str) -> Any:
    """Keep what a signed paper says, or why there is none (``act``)."""
    draft, act = _asked(home, id), request.form.get("act", "")
    result = next((one for one in rule.RESULTS if one == act), None) or abort(404)
    if result == "absent":
        return _absent(draft)
    picture, unfit = photo()
    name, signed_on = request.form.get("name", "").strip()[:NAME], typed_day(request.form.get("signed_on", ""))
    objection, wrong = objection_typed(draft) if result == "objected" else (None, "")
    unsigned = _("请写是谁签的字。") if not name or detection.find(name) else ""
    sent = day_of(draft.changed)
    undated = _("请写是哪天签的：不能早于送审那天，也不能是以后的日子。") if signed_on is None or not sent <= signed_on <= today() else ""
    if wrong := unfit or unsigned or undated or wrong:
        return _page(draft, wrong), 422
    if objection and (warning := looked_at(draft, objection.words)):
        return _page(draft, warning=warning), 422
    said = Opinion(draft.proposal_digest or "", result, "paper", signed_on or today(), objections=(objection,) if objection else ())
    return _kept(draft, said, name, picture, _("记下了：纸上的意见。"))


def _absent(draft: Draft) -> Any:
    reason = text_checks.covered(request.form, request.form.get("reason", "").strip())[: rule.LONGEST]
    if wrong := text_checks.personal_fault(reason) or (_("请写明为什么没有人确认，群众看得到。") if len(reason) < 4 else ""):
        return _page(draft, wrong), 422
    if warning := looked_at(draft, reason):
        return _page(draft, warning=warning), 422
    said = Opinion(draft.proposal_digest or "", "absent", "paper", today(), reason)
    return _kept(draft, said, "", b"", _("记下了。公示上会写明没有人确认，和您写的原因。"))


def _kept(draft: Draft, said: Opinion, name: str, picture: bytes, good: str) -> Any:
    _unmoved(draft)
    try:
        opinions.enter(draft, said, name, picture, current_user.id, now(), seen=request.form.get("seen", ""))
    except opinions.Stands as error:
        return _page(draft, stands(error)), 409
    except opinions.TooMany:
        return _page(draft, too_many()), 422
    flash(good, "good")
    return step("opinions.one", draft)


def _unmoved(draft: Draft) -> None:
    """Raise Overtaken when the draft was saved after the page was opened."""
    if draft.revision != opened_at():
        raise drafts.Overtaken(draft)


@pages.post("/<place:home>/<token:id>/opinion/replies")
@needs("draft.write")
def reply(home: str, id: str) -> Any:
    """Keep the office's replies to the committee's objections; they are posted beside them once the reviewer approved."""
    draft = _asked(home, id)
    said = opinions.of(draft) or abort(404)
    typed = {no: text_checks.covered(request.form, request.form.get(f"reply-{no}", "").strip()) for no in range(len(said.objections))}
    whole = "\n".join(typed.values())
    if not all(typed.values()):
        return _page(draft, _("每一条都要写答复，群众看得到。")), 422
    if any(len(text) > rule.LONGEST for text in typed.values()):
        return _page(draft, _("写得太长了，最多 %(most)s 个字。", most=rule.LONGEST)), 422
    if wrong := text_checks.personal_fault(whole):
        return _page(draft, wrong), 422
    if warning := looked_at(draft, whole):
        return _page(draft, warning=warning), 422
    _unmoved(draft)
    try:
        opinions.reply(draft, said.digest, typed, current_user.id, now(), seen=request.form.get("seen", ""))
    except opinions.Stands as error:
        return _page(draft, stands(error)), 409
    flash(_("答复记下了，和不同意见一起公布。"), "good")
    return step("opinions.one", draft)


@pages.get("/<place:home>/<token:id>/opinion.jpg")
@needs("draft.read")
def paper(home: str, id: str) -> Response:
    """Return the photo of the signed paper, of a posted draft too."""
    draft = drafts.find(home, id, ended=True)
    if draft is None or not may("draft.read", home):
        abort(404)
    return Response(opinions.photo(home, id) or abort(404), mimetype="image/jpeg")


def objection_typed(draft: Draft) -> tuple[Objection | None, str]:
    """Return (objection, error) of the submitted form: about a row by its number, a fact, or the whole."""
    about, words = request.form.get("about", ""), text_checks.covered(request.form, request.form.get("words", "").strip())
    kind = page_of(draft).kind
    if about == "row":
        about = request.form.get("row", "").strip()
        if not (about.isdecimal() and len(about) < 7 and staging.has_row(draft, int(about))):
            return None, _("表上没有这个号。请看第一栏的编号，再写一次。")
        about = str(int(about))
    elif about != rule.WHOLE and (kind.fact(about) is None):
        return None, _("请点一下，是对哪一行、哪一项有意见。")
    if len(words) < 4:
        return None, _("请写明哪里不对、您怎么看，群众看得到这句话。")
    if len(words) > rule.LONGEST:
        return None, _("写得太长了，最多 %(most)s 个字。", most=rule.LONGEST)
    if wrong := text_checks.personal_fault(words):
        return None, wrong
    return Objection(about, rule.line_of(about, kind), words), ""


def looked_at(draft: Draft, text: str) -> text_checks.FreeTextWarning | None:
    """Return the warning before a text about a draft is posted with it: to confirm, or ``firm`` where a list masks a name in it."""
    names = [one.name for one in known_names.findings(draft.home, [text], draft=draft.id)[0]]
    firm = bool(known_names.known(draft.home, names, draft=draft.id))
    form = {name: value for name, value in request.form.items() if not (firm and name == "looked")}
    warning = text_checks.free_text_warning(form, text, "reason", draft.home, draft=draft.id)
    return replace(warning, firm=firm) if warning else None


def too_many() -> str:
    """Return the message that no further objection can be stated."""
    return _("最多写 %(n)s 条，请把要紧的写在一起。", n=rule.MOST)


def stands(error: opinions.Stands) -> str:
    """Return why what the committee has said is not overwritten."""
    return {
        "phone": _("监督委员会已经在手机上说过了，不能再登记纸上的。要改由他们自己在手机上改；有不同意见的，请写答复，或者改了重新送审。"),
        "objected": _("纸上的不同意见已经记下了，不能改成同意，也不能改成没有人确认。请写答复，或者改了重新送审。"),
        "another": _("有不同意见是别人提的，您不能替他收回。可以请他自己收回；没有收回的，镇里要写答复才能公布。"),
        "newer": _("监督委员会的意见刚才变了。下面是现在的样子，请看过再点一次。"),
    }[error.why]
