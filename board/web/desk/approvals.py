"""待批的公开话: what waits for a second person before everybody reads it, in full, one tap each; and what its pages have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import PublicAnswer, PublicLetter
from board.rules.cases import texts
from board.store import answers, approval, areas, letters
from board.web import text_checks
from board.web.desk.cases import homes
from board.web.guard import may, needs
from board.web.i18n import link

pages = Blueprint("approvals", __name__, url_prefix="/desk")

FIRST = 10  # on the desk's first page
SHORTEST = 4  # characters of a reason that everybody reads
Problem = tuple[str, text_checks.FreeTextWarning | None]


@dataclass(frozen=True)
class Waiting:
    """Something that waits, as a reviewer sees it: ``title`` is a letter's own, or that of an answer's notice; ``of`` is what its links
    need; ``warned`` are the words about somebody that its writer let stand."""

    one: PublicAnswer | PublicLetter
    letter: bool
    title: str
    place: str
    digest: str
    of: dict[str, Any]
    mine: bool
    warned: str = ""

    def leads(self, to: str) -> str:
        """Return the address of its page or of one of its forms."""
        return link(f"desk.{'letters' if self.letter else 'answers'}.{to}", **self.of)


def waiting(limit: int) -> list[Waiting]:
    """Return what waits for the user's approval, oldest first: one more than ``limit`` where there is more."""
    wanted = [one for one in approval.unpublished(answers.SORT, homes(), limit=limit + 1) if may("wording.approve", one.home)]
    written = [one for one in approval.unpublished(letters.SORT, homes(), limit=limit + 1) if may("wording.approve", one.home)]
    titles, places = answers.titles({one.number for one in wanted}), areas.labels({one.place or one.home for one in wanted})
    offices = areas.labels({one.home for one in written})
    found = [_answer(one, titles[one.number], places[one.place or one.home]) for one in wanted]
    found += [_letter(one, offices[one.home]) for one in written]
    return _warned(sorted(found, key=lambda shown: shown.one.drafted_at)[: limit + 1])


def _answer(one: PublicAnswer, title: str, place: str) -> Waiting:
    of = {"number": one.number, "no": one.no}
    return Waiting(one, False, title, place, answers.shown(one), of, one.drafted_by == current_user.id)


def _letter(one: PublicLetter, office: str) -> Waiting:
    of = {"home": one.home, "no": one.no}
    return Waiting(one, True, one.title, office, letters.digest(one), of, one.drafted_by == current_user.id)


def _warned(found: list[Waiting]) -> list[Waiting]:
    """Add the words about somebody that stand in each; one look-up of names for a home."""
    said: dict[str, list[Waiting]] = {}
    for shown in found:
        said.setdefault(shown.one.home, []).append(shown)
    words: dict[int, str] = {}
    for home, of_home in said.items():
        told = text_checks.let_stand([_text(shown) for shown in of_home], "reply", home)
        words |= {id(shown): each for shown, each in zip(of_home, told, strict=True)}
    return [replace(shown, warned=words[id(shown)]) for shown in found]


def _text(shown: Waiting) -> str:
    return "\n".join((shown.title if shown.letter else "", shown.one.question, shown.one.answer))


@pages.get("/approvals")
@needs("wording.approve")
def listed() -> str:
    """List what waits for the user's approval, in full, with a button each."""
    found = waiting(approval.PAGE)
    return render_template("desk/approvals/listed.html", waiting=found[: approval.PAGE], more=len(found) > approval.PAGE)


def approved(approve: Callable[[], None], page: Callable[[Problem], str], unfit: str) -> Any:
    """Publish something, and lead on to what else waits. Answers 403 for an own one, and 409 with its page for one that changed meanwhile
    or is no longer fit to go out."""
    try:
        approve()
    except approval.OwnHand:
        abort(403)
    except approval.NotShown:
        return page((moved_on(), None)), 409
    except approval.NotPublishable:
        return page((unfit, None)), 409
    flash(_("已通过，大家看得到了。"), "good")
    return redirect(link("desk.approvals.listed"))


def returned(send_back: Callable[[str], None], page: Callable[[Problem], str], home: str) -> Any:
    """Send something back with the typed reason, and lead on to what else waits. Answers 422 for a reason that cannot be sent, 409."""
    reason = typed_reason()
    problem = _fault(reason, 2, _("请写明为什么退回，写的人好改。"), home)
    if any(problem):
        return page(problem), 422
    try:
        send_back(reason)
    except approval.NotShown:
        return page((moved_on(), None)), 409
    flash(_("已退回，写的人看得到您的理由。"), "good")
    return redirect(link("desk.approvals.listed"))


def withdrawn(withdraw: Callable[[str], bool], page: Callable[[Problem], str], home: str, own: str) -> Any:
    """Withdraw something with the typed reason, which everybody reads, and lead to its ``own`` page. Answers 422 or 409 with its page."""
    reason = typed_reason()
    problem = _fault(reason, SHORTEST, _("请写明为什么撤下，群众会看到这句话。"), home)
    if any(problem):
        return page(problem), 422
    if not withdraw(reason):
        return page((moved_on(), None)), 409
    flash(_("已撤下，大家看不到内容了，只看得到您写的原因。"), "good")
    return redirect(own)


def typed_reason() -> str:
    """Return the reason in the form, as it is kept."""
    return text_checks.covered(request.form, texts.tidy(request.form.get("reason", "")[: texts.MOST]))


def _fault(reason: str, shortest: int, unsaid: str, home: str) -> Problem:
    problem = text_checks.personal_fault(reason) or (unsaid if len(reason) < shortest else "")
    return problem, text_checks.free_text_warning(request.form, reason, "reason", home)


def moved_on() -> str:
    """Return what somebody reads whose page is behind."""
    return _("这一份刚才有了变化，没有办。下面是现在的样子，请看过再点。")


def own_words(copied: str) -> str:
    """Return the error for words that are those of whoever asked, naming the passage."""
    return _("这一段和来件的原话一样：“%(words)s”。请换成单位自己的说法，写成谁都可能问的，再点一次。", words=copied[:40])
