"""大家问过的: staff publish a question about a notice with its answer, without personal data, and withdraw it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.rules.cases import texts
from board.rules.cases.machine import OPEN
from board.rules.personal import detection, public_answer
from board.store import answers, cases, notices
from board.store.answers import QuestionAnswer
from board.store.clock import now
from board.store.notices import Posted
from board.web import text_checks
from board.web.confirmation import unconfirmed
from board.web.guard import may, needs
from board.web.i18n import link
from board.web.public.posted_pages import page_of

pages = Blueprint("answers", __name__, url_prefix="/desk/notices")


def own(number: str) -> Posted:
    """Return a posted notice whose cases the user may answer, or answer 404."""
    posted = notices.find(number)
    if posted is None or not may("answer.publish", posted.home):
        abort(404)
    return posted


@pages.get("/<number:number>/answers")
@needs("answer.publish")
def listed(number: str) -> str:
    """Show the public answers of a notice and an empty form to add one, also when the user comes from a case."""
    return _page(own(number), QuestionAnswer("", ""))


def _page(posted: Posted, given: QuestionAnswer, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    found = answers.published(posted)
    return render_template(
        "desk/answers/listed.html",
        posted=posted,
        page=page_of(posted),
        answers=found,
        said=given,
        wrong=wrong,
        told=warning,
        case=_case(posted),
    )


def _case(posted: Posted) -> str:
    """Return the id of the answered case of this notice from which the user came, or ""."""
    id = request.values.get("case", "")
    case = cases.about_notice(posted.home, posted.number, id) if id.isalnum() else None
    return case.id if case and case.state not in OPEN and _reworded(case.category) else ""


def _reworded(category: str) -> bool:
    return policies.case_categories()[category].publish == "reworded"


@pages.post("/<number:number>/answers")
@needs("answer.publish")
def publish(number: str) -> Any:
    """Publish a question and its answer. Answers 422 with the typed text for an error, or for a warning that a person is described."""
    posted = own(number)
    given = QuestionAnswer(_typed("question"), _typed("answer"), request.form.get("place", ""))
    text = f"{given.question}\n{given.answer}"
    if wrong := _fault(posted, given):
        return _page(posted, QuestionAnswer(detection.mask(given.question), detection.mask(given.answer), given.place), wrong), 422
    if warning := text_checks.free_text_warning(request.form, text, "reply", posted.home, posted.number, cover=text_checks.somebody):
        return _page(posted, given, warning=warning), 422
    told = text_checks.told(text, "reply", posted.home, posted.number)
    answers.publish(posted, given, _case(posted) or None, current_user.id, now(), looked_at=told)
    flash(_("已公开，大家在这份公示下面都能看到。"), "good")
    return redirect(link("desk.answers.listed", number=number))


def _typed(name: str) -> str:
    return text_checks.covered(request.form, texts.tidy(request.form.get(name, "")), text_checks.somebody)


def _fault(posted: Posted, given: QuestionAnswer) -> str:
    """Return the error message for a question and answer that cannot be published, or ""."""
    if posted.notice.withdrawn_at:
        return _("这份公示已经撤下，不能再公开问答。您写的在下面，可以复制到新的公示里。")
    if given.place and not notices.part(posted, given.place):
        return _("这份公示里没有这个地方，请重新选一下。")
    fault = public_answer.fault(given.question, given.answer)
    if fault == "personal":
        return text_checks.personal_fault(f"{given.question}\n{given.answer}")
    return {
        "": "",
        "short": _("问题和答复都要写，每一样至少 4 个字。"),
        "long": _("太长了，请每一样写在 2000 个字以内。"),
        "somebody": _("不要写是哪一户、哪一行（姓名、带 * 的姓名、几号）；日子请写成 15 日。写成大家都适用的话，再点一次。"),
    }[fault]


@pages.post("/<number:number>/answers/<count:no>/withdraw")
@needs("answer.publish")
def withdraw(number: str, no: str) -> Any:
    """Withdraw a public answer; it disappears at once."""
    posted = own(number)
    back = link("desk.answers.listed", number=number)
    if question := unconfirmed(_("要收回这一条吗？"), _("收回以后大家马上看不到，不能恢复。"), _("收回"), back):
        return question
    answers.withdraw(posted, int(no), current_user.id, now())
    flash(_("已收回，大家看不到了。"), "good")
    return redirect(back)
