"""领导信箱, published: the leader writes an answered letter for everybody, a second person approves it or sends it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Case, PublicLetter
from board.rules.cases import texts
from board.rules.personal import detection, own_words, public_answer
from board.store import approval, areas, cases, letters, people
from board.store.clock import now
from board.store.letters import Wording
from board.web import text_checks
from board.web.desk import approvals
from board.web.desk.cases import homes, own_categories
from board.web.guard import may, needs
from board.web.i18n import link

pages = Blueprint("letters", __name__, url_prefix="/desk")

A_PAGE = 20
TITLE_MOST = 60  # characters: one line of a list on a phone is twenty


def _find(home: str, no: str, action: str) -> PublicLetter:
    """Return a letter with which the user may do ``action``, or answer 404."""
    letter = letters.find(home, int(no))
    if letter is None or not may(action, home):
        abort(404)
    return letter


def _case(home: str, id: str) -> Case:
    """Return an answered letter of the user's whose writer agreed that it is published, or answer 404."""
    case = cases.one(home, id)
    if case is None or not may("letter.draft", case.desk) or case.category not in own_categories() or not letters.publishable(case):
        abort(404)
    return case


@pages.get("/letters")
@needs("letter.read")
def listed() -> str:
    """List what waits for approval, what was sent back, and what the user's office published."""
    after = min(max(request.args.get("after", 0, type=int), 0), 10**4)
    found = letters.published(current_user.area, after=after, limit=A_PAGE + 1)
    waiting, returned = (
        ([], []) if after else [approval.unpublished(letters.SORT, homes(), returned=sent_back) for sent_back in (False, True)]
    )
    return render_template(
        "desk/letters/listed.html",
        waiting=waiting,
        returned=returned,
        published=found[:A_PAGE],
        following=found[A_PAGE - 1].no if len(found) > A_PAGE else None,
        places=areas.labels(letter.home for letter in (*waiting, *returned)),
        after=after,
    )


@pages.get("/cases/<place:home>/<token:id>/letter")
@needs("letter.draft")
def write(home: str, id: str) -> Any:
    """Show the form on which the leader writes a letter for everybody: empty, or as it was sent back."""
    case = _case(home, id)
    letter = letters.of_case(case)
    if letter and approval.state(letter) != "returned":
        return redirect(link("desk.letters.one", home=letter.home, no=letter.no))
    return _form(case, Wording(letter.title, letter.question, letter.answer) if letter else Wording("", "", ""))


def _form(case: Case, given: Wording, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    before = letters.of_case(case)
    shown = {"case": case, "said": cases.messages(case), "given": given, "before": before, "wrong": wrong, "told": warning}
    return render_template("desk/letters/write.html", **shown)


@pages.post("/cases/<place:home>/<token:id>/letter")
@needs("letter.draft")
def draft(home: str, id: str) -> Any:
    """Put a letter before the reviewer. Answers 422 with the typed text for an error, or for a warning that a person is described."""
    case = _case(home, id)
    given = Wording(" ".join(_typed("title").split()), _typed("question"), _typed("answer"))
    text = f"{given.title}\n{given.question}\n{given.answer}"
    if wrong := _fault(given) or _copied(case, given):
        return _form(case, Wording(*map(detection.mask, (given.title, given.question, given.answer))), wrong), 422
    if warning := text_checks.free_text_warning(request.form, text, "reply", case.desk, cover=text_checks.somebody):
        return _form(case, given, warning=warning), 422
    told = text_checks.told(text, "reply", case.desk, "")
    try:
        letter = letters.draft(home, id, given, current_user.id, now(), looked_at=told)
    except approval.NotPublishable:
        abort(404)
    except approval.NotShown:
        return _form(case, given, _("这封信刚才已经送审了，请到“公开的来信”里看。您写的在下面，没有存。")), 409
    flash(_("已送审。审核的人同意以后，大家才看得到。"), "good")
    return redirect(link("desk.letters.one", home=letter.home, no=letter.no))


def _typed(name: str) -> str:
    text = texts.tidy(request.form.get(name, "")[: texts.HELD])
    return text_checks.covered(request.form, text, text_checks.somebody)


def _fault(given: Wording) -> str:
    """Return the error message for a letter that cannot be published, or ""."""
    if len(given.title) > TITLE_MOST:
        return _("标题太长了，请写在 %(most)s 个字以内。", most=TITLE_MOST)
    fault = public_answer.fault(given.question, given.answer) or public_answer.fault(given.title, given.answer)
    if fault == "personal":
        return text_checks.personal_fault(f"{given.title}\n{given.question}\n{given.answer}")
    return {
        "": "",
        "short": _("标题、来信、答复都要写，每一样至少 4 个字。"),
        "long": _("太长了，请每一样写在 2000 个字以内。"),
        "somebody": _("不要写是哪一户、哪一行（姓名、带 * 的姓名、几号）；日子请写成 15 日。写成大家都适用的话，再点一次。"),
    }[fault]


def _copied(case: Case, given: Wording) -> str:
    """Return the error message for a letter in the words of whoever wrote it, or ""."""
    said = [one.text for one in cases.messages(case) if one.side == "villager" and one.text]
    known = (areas.label(case.home), areas.label(case.place))
    found = next(filter(None, (own_words.copied(text, said, known) for text in (given.question, given.title, given.answer))), "")
    return approvals.own_words(found) if found else ""


@pages.get("/letters/<place:home>/<count:no>")
@needs("letter.read")
def one(home: str, no: str) -> str:
    """Show a letter as everybody reads it, where it stands, and what the user can do with it."""
    return _page(_find(home, no, "letter.read"))


def _page(letter: PublicLetter, problem: approvals.Problem = ("", None)) -> str:
    case, writer = cases.one(letter.asked, letter.case), people.find(letter.drafted_by)
    second = people.find(letter.approved_by) if letter.approved_by else None
    return render_template(
        "desk/letters/one.html",
        letter=letter,
        state=approval.state(letter),
        digest=letters.digest(letter),
        writer=writer.name if writer else "",
        second=second.name if second else "",
        office=areas.label(letter.home),
        hand=letter.drafted_by == current_user.id,
        case=case,
        stands=case is not None and letters.publishable(case) and case.desk == letter.home,
        problem=problem[0],
        warned=problem[1],
        typed=detection.mask(approvals.typed_reason()),
    )


@pages.post("/letters/<place:home>/<count:no>/approve")
@needs("wording.approve")
def approve(home: str, no: str) -> Any:
    """Publish a letter if it still reads as it was shown. Answers 403 for an own one, and 409 for one that changed meanwhile."""
    letter = _find(home, no, "wording.approve")
    return approvals.approved(
        lambda: letters.approve(home, letter.no, request.form.get("digest", ""), current_user.id, now()),
        lambda problem: _page(_find(home, no, "wording.approve"), problem),
        _("写信的人又问了，或者没有同意公开，现在不能公开这一封。"),
    )


@pages.post("/letters/<place:home>/<count:no>/return")
@needs("wording.approve")
def send_back(home: str, no: str) -> Any:
    """Send a letter back to whoever wrote it, with a reason."""
    letter = _find(home, no, "wording.approve")
    return approvals.returned(
        lambda reason: letters.send_back(home, letter.no, request.form.get("digest", ""), current_user.id, now(), reason),
        lambda problem: _page(_find(home, no, "wording.approve"), problem),
        home,
    )


@pages.post("/letters/<place:home>/<count:no>/withdraw")
@needs("letter.withdraw")
def withdraw(home: str, no: str) -> Any:
    """Withdraw a letter at once, with a reason that everybody reads."""
    letter = _find(home, no, "letter.withdraw")
    return approvals.withdrawn(
        lambda reason: letters.withdraw(home, letter.no, current_user.id, now(), reason),
        lambda problem: _page(_find(home, no, "letter.withdraw"), problem),
        home,
        link("desk.letters.one", home=home, no=no),
    )
