"""大家问过的: the clerk writes a question about a notice with its answer for everybody, a second person approves it or sends it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import PublicAnswer
from board.rules.cases import texts
from board.rules.cases.machine import OPEN
from board.rules.personal import detection, own_words, public_answer
from board.store import answers, approval, cases, notices, people
from board.store.answers import QuestionAnswer
from board.store.clock import now
from board.store.notices import Posted
from board.web import text_checks
from board.web.desk import approvals
from board.web.guard import may, needs
from board.web.i18n import link
from board.web.public.posted_pages import page_of

pages = Blueprint("answers", __name__, url_prefix="/desk/notices")


def own(number: str, action: str) -> Posted:
    """Return a posted notice with whose answers the user may do ``action``, or answer 404."""
    posted = notices.find(number)
    if posted is None or not may(action, posted.home):
        abort(404)
    return posted


def _find(number: str, no: str, action: str) -> tuple[Posted, PublicAnswer]:
    posted = own(number, action)
    return posted, answers.find(number, int(no)) or abort(404)


@pages.get("/<number:number>/answers")
@needs("answer.read")
def listed(number: str) -> str:
    """Show the answers of a notice, wherever they stand, and an empty form to add one, also when the user comes from a case."""
    return _list(own(number, "answer.read"), QuestionAnswer("", ""))


def _list(posted: Posted, given: QuestionAnswer, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    return render_template(
        "desk/answers/listed.html",
        posted=posted,
        page=page_of(posted),
        answers=answers.of_notice(posted),
        state=approval.state,
        drafts=may("answer.draft", posted.home),
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
@needs("answer.draft")
def draft(number: str) -> Any:
    """Put a question and its answer before the reviewer; ``again`` is the number of one that was sent back. Answers 422 with the typed
    text for an error, or for a warning that a person is described."""
    posted = own(number, "answer.draft")
    given = QuestionAnswer(_typed("question"), _typed("answer"), request.form.get("place", ""))
    before = answers.find(number, min(max(request.form.get("again", 0, type=int), 0), 10**6))
    text = f"{given.question}\n{given.answer}"
    if wrong := _fault(posted, given):
        covered = QuestionAnswer(detection.mask(given.question), detection.mask(given.answer), given.place)
        return _again(posted, before, covered, wrong=wrong), 422
    if warning := text_checks.free_text_warning(request.form, text, "reply", posted.home, posted.number, cover=text_checks.somebody):
        return _again(posted, before, given, warning=warning), 422
    told = text_checks.told(text, "reply", posted.home, posted.number)
    no = before.no if before else 0
    try:
        one = answers.draft(posted, given, _case(posted) or None, current_user.id, now(), looked_at=told, no=no)
    except approval.NotShown:
        return _again(posted, None, given, wrong=_("这一条刚才已经送审了，或者撤下了。您写的在下面，没有存。")), 409
    except approval.NotPublishable:
        return _list(posted, given, _gone()), 422
    flash(_("已送审。审核的人同意以后，大家才看得到。"), "good")
    return redirect(link("desk.answers.one", number=number, no=one.no))


def _again(
    posted: Posted,
    before: PublicAnswer | None,
    given: QuestionAnswer,
    wrong: str = "",
    warning: text_checks.FreeTextWarning | None = None,
) -> str:
    """Return the page from which somebody wrote: that of an answer that was sent back, or the notice's."""
    return _page(posted, before, given=given, wrong=wrong, told=warning) if before else _list(posted, given, wrong, warning)


def _typed(name: str) -> str:
    return text_checks.covered(request.form, texts.tidy(request.form.get(name, "")[: texts.HELD]), text_checks.somebody)


def _gone() -> str:
    return _("这份公示已经撤下，不能再公开问答。您写的在下面，可以复制到新的公示里。")


def _fault(posted: Posted, given: QuestionAnswer) -> str:
    """Return the error message for a question and answer that cannot be published, or ""."""
    if posted.notice.withdrawn_at:
        return _gone()
    if given.place and not notices.part(posted, given.place):
        return _("这份公示里没有这个地方，请重新选一下。")
    fault = public_answer.fault(given.question, given.answer)
    if fault == "personal":
        return text_checks.personal_fault(f"{given.question}\n{given.answer}")
    if fault:
        return {
            "short": _("问题和答复都要写，每一样至少 4 个字。"),
            "long": _("太长了，请每一样写在 2000 个字以内。"),
            "somebody": _("不要写是哪一户、哪一行（姓名、带 * 的姓名、几号）；日子请写成 15 日。写成大家都适用的话，再点一次。"),
        }[fault]
    page, said = page_of(posted), answers.asked_about(posted)
    known = (posted.version.title, page.kind.name.zh, *(page.place_name(part.place) for part in page.parts))
    copied = own_words.copied(given.question, said, known) or own_words.copied(given.answer, said, known)
    return approvals.own_words(copied) if copied else ""


@pages.get("/<number:number>/answers/<count:no>")
@needs("answer.read")
def one(number: str, no: str) -> str:
    """Show an answer as everybody reads it, where it stands, and what the user can do with it."""
    return _page(*_find(number, no, "answer.read"))


def _page(
    posted: Posted,
    one: PublicAnswer,
    problem: approvals.Problem = ("", None),
    given: QuestionAnswer | None = None,
    wrong: str = "",
    told: text_checks.FreeTextWarning | None = None,
) -> str:
    writer, second = people.find(one.drafted_by), people.find(one.approved_by) if one.approved_by else None
    return render_template(
        "desk/answers/one.html",
        posted=posted,
        page=page_of(posted),
        one=one,
        state=approval.state(one),
        digest=answers.shown(one),
        writer=writer.name if writer else "",
        second=second.name if second else "",
        hand=one.drafted_by == current_user.id,
        said=given or QuestionAnswer(one.question, one.answer, one.place or ""),
        wrong=wrong,
        told=told,
        problem=problem[0],
        warned=problem[1],
        typed=detection.mask(approvals.typed_reason()),
    )


@pages.post("/<number:number>/answers/<count:no>/approve")
@needs("wording.approve")
def approve(number: str, no: str) -> Any:
    """Publish an answer if it still reads as it was shown. Answers 403 for an own one, and 409 for one that changed meanwhile."""
    posted, found = _find(number, no, "wording.approve")
    return approvals.approved(
        lambda: answers.approve(posted.home, number, found.no, request.form.get("digest", ""), current_user.id, now()),
        lambda problem: _page(*_find(number, no, "wording.approve"), problem),
        _("这份公示已经撤下，不能再公开它的问答。"),
    )


@pages.post("/<number:number>/answers/<count:no>/return")
@needs("wording.approve")
def send_back(number: str, no: str) -> Any:
    """Send an answer back to whoever wrote it, with a reason."""
    posted, found = _find(number, no, "wording.approve")
    return approvals.returned(
        lambda reason: answers.send_back(
            posted.home, number, found.no, request.form.get("digest", ""), current_user.id, now(), reason
        ),
        lambda problem: _page(*_find(number, no, "wording.approve"), problem),
        posted.home,
    )  # fmt: skip


@pages.post("/<number:number>/answers/<count:no>/withdraw")
@needs("answer.withdraw")
def withdraw(number: str, no: str) -> Any:
    """Withdraw an answer at once, with a reason that everybody reads."""
    posted, found = _find(number, no, "answer.withdraw")
    return approvals.withdrawn(
        lambda reason: answers.withdraw(posted.home, number, found.no, current_user.id, now(), reason),
        lambda problem: _page(*_find(number, no, "answer.withdraw"), problem),
        posted.home,
        link("desk.answers.listed", number=number),
    )
