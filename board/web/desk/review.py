"""Review of submitted drafts, the staff's page of a posted notice, and taking a notice down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound

from board.models import Draft
from board.paper import typesetting
from board.paper.poster import poster_pdf
from board.rules import payment_chain
from board.rules.bilingual import Words
from board.rules.duties.duty_period import MATTER
from board.rules.notice import resubmission
from board.rules.notice.page import Edition, Page
from board.rules.notice.page_sources import of_proposal
from board.rules.notice.proposal import Proposal
from board.rules.notice.purposes import purposes
from board.rules.personal import detection
from board.store import directives, displays, holidays, notices, people, understood
from board.store.cases import corrections, lists
from board.store.clock import now
from board.store.drafting import checking, correction, drafts, opinions, posting, proposing, secrecy, staging
from board.store.notices import Posted
from board.web import address_check, poster_text, text_checks
from board.web.desk import few_people, forms, leak_question
from board.web.desk.cases import homes, may_read
from board.web.desk.drafts import begun_from, opened_at, own, repeated
from board.web.downloads import pdf
from board.web.due_words import period_words
from board.web.guard import framed, may, needs
from board.web.i18n import link, today, tongue
from board.web.place_words import speak_of
from board.web.public import row_search
from board.web.public.posted_pages import page_of

pages = Blueprint("review", __name__, url_prefix="/desk")


def submitted(home: str, id: str) -> tuple[Draft, Proposal]:
    """Return a submitted draft and its proposal with what the supervision committee said of it, or answer 404. Raises Overtaken for what is
    sent to one that is no longer submitted."""
    draft = own("draft.read", home, id)
    proposal = drafts.proposal(draft)
    if draft.state != "submitted" or proposal is None:
        raise drafts.Overtaken(draft) if request.method == "POST" else NotFound()
    return draft, opinions.applied(draft, proposal)


def had_a_hand(draft: Draft) -> bool:
    """Return whether the user worked on this draft, and so may not review it."""
    return current_user.id in drafts.hands(draft.home, draft.id)


@pages.get("/<place:home>/<token:id>/review")
@needs("draft.review")
def one(home: str, id: str) -> str:
    """Show a submission to the reviewer: facts, totals, removed personal data, warnings by code, and the villager's page."""
    draft, proposal = submitted(home, id)
    return render_template("desk/review/one.html", **_shown(draft, proposal))


def _shown(draft: Draft, proposal: Proposal, problem: str = "", warning: text_checks.FreeTextWarning | None = None) -> dict[str, Any]:
    return {
        "draft": draft,
        "page": of_proposal(proposal),
        "proposal": proposal,
        "period": _period(proposal),
        "gravity": forms.by_gravity(proposal.warnings),
        "hand": had_a_hand(draft),
        "hands": sorted(person.name for id in drafts.hands(draft.home, draft.id) if (person := people.find(id))),
        "problem": problem,
        "told": warning,
        "before": drafts.returned(draft),
        "changed": _changed(draft, proposal),
        "twin": notices.alike(draft.home, draft.kind, proposal.row_count, proposal.totals, but=draft.corrects),
        "repeated": repeated(draft),
        "found": checking.found(draft),
        "few": few_people.proposed(proposal),
        "known": few_people.recognised(draft, proposal),
        "secrecy": secrecy.of(draft),
        "committee": {"asked": opinions.asked(draft), "said": opinions.of(draft), "signed": opinions.signed(draft)},
        "amended": correction.amended(draft, proposal, tongue()),
        "typed": {name: text_checks.covered(request.form, detection.mask(text)) for name, text in request.form.items()},
    }


def _period(proposal: Proposal) -> Words | None:
    """Return the period for which the notice settles what has to be published, in words; None where it goes by none."""
    key = proposal.frozen.get("period", "")
    return period_words(notices.titles([key.removeprefix(MATTER)]) if key.startswith(MATTER) else {})(key) if key else None


def _changed(draft: Draft, proposal: Proposal) -> list[resubmission.Change]:
    """Return the differences from the draft that was last returned; [] if it never was."""
    before = drafts.returned(draft)
    now = resubmission.summary(proposal, draft.answers)
    return list(resubmission.changes(before, now, of_proposal(proposal).kind, tongue())) if before else []


@pages.post("/<place:home>/<token:id>/approve")
@needs("draft.review")
def approve(home: str, id: str) -> Any:
    """Post the notice if its digest is the one shown to the reviewer and each warning code has a reason. Answers 403 for an own draft."""
    draft, proposal = submitted(home, id)
    if had_a_hand(draft) or not may("draft.review", home):
        abort(403)
    given = forms.reasons(request.form)
    typed = {code: detection.mask(given.get(code, "").strip()) for code in forms.by_rule(proposal.warnings)}
    reasons = {code: text_checks.covered(request.form, reason) for code, reason in typed.items()}
    unanswered = [code for code, reason in reasons.items() if not reason]
    problem, warning = "", None
    if unanswered:
        problem = _("有 %(n)s 类提醒还没写您的理由，请写上再通过。", n=len(unanswered))
    elif problem := address_check.fault(home, current_user.username):
        pass
    elif not (warning := text_checks.free_text_warning(request.form, "\n".join(reasons.values()), "reason", home, draft=id)):
        return _post(draft, reasons)
    return render_template("desk/review/one.html", **_shown(draft, proposal, problem, warning)), 422


def _post(draft: Draft, reasons: dict[str, str]) -> Any:
    try:
        posted = posting.post(draft, request.form.get("digest", ""), opened_at(), current_user.id, reasons, now())
    except (posting.NotShown, drafts.Overtaken):
        return _sent_anew(draft)
    except posting.OwnHand:
        abort(403)
    except posting.TooLate:
        return _refused(draft, _("公示开始的日子已经过了，公示期会不够。请退回给经办，改成今天或以后。"))
    except posting.Unconfirmed:
        return _refused(draft, _("监督委员会还没有看过这份公示，不能公布。请经办登记他们签字的纸，或者写明为什么没有人确认。"))
    except posting.Unanswered:
        return _refused(draft, _("监督委员会有不同意见，还没有答复，不能公布。请经办逐条写答复，群众看得到；要改表就退回。"))
    except posting.Superseded:
        return _refused(draft, _("要更正的公示已经撤下，或者刚才有了新的一版，这一份不能再通过。请退回给经办，让他删掉。"))
    if posted.version.no > 1:
        flash(_("已更正，现在是第 %(no)s 版。有变化的村要换上新的公示单。", no=posted.version.no), "good")
    else:
        flash(_("已公布。现在可以打印各村公示单。"), "good")
    return redirect(link("desk.review.posted", number=posted.number))


def _sent_anew(draft: Draft) -> Any:
    """Show a draft that was submitted anew since the page was opened (409), with the typed reasons. Raises Overtaken if it was not."""
    now = drafts.find(draft.home, draft.id, ended=True) or draft
    proposal = drafts.proposal(now)
    if now.state != "submitted" or proposal is None:
        raise drafts.Overtaken(now)
    proposal = opinions.applied(now, proposal)
    problem = _("这一稿刚才改过，又送来了。下面是现在的样子，您写的还在：请看过，再点一次。")
    return render_template("desk/review/one.html", **_shown(now, proposal, problem)), 409


def _refused(draft: Draft, problem: str) -> Any:
    """Show the submission again (422), with the reason why it could not be posted."""
    proposal = drafts.proposal(draft)
    assert proposal is not None
    return render_template("desk/review/one.html", **_shown(draft, opinions.applied(draft, proposal), problem)), 422


@pages.post("/<place:home>/<token:id>/return")
@needs("draft.review")
def send_back(home: str, id: str) -> Any:
    """Return the draft to its clerk with a reason."""
    draft, proposal = submitted(home, id)
    reason = request.form.get("reason", "").strip()
    problem = text_checks.personal_fault(reason) or (_("请写明为什么退回，经办好改。") if len(reason) < 2 else "")
    warning = text_checks.free_text_warning(request.form, reason, "reason")
    if problem or warning:
        return render_template("desk/review/one.html", **_shown(draft, proposal, problem, warning)), 422
    try:
        drafts.send_back(draft, opened_at(), current_user.id, now(), reason)
    except drafts.Overtaken:
        return _sent_anew(draft)
    flash(_("已退回给经办。"), "good")
    return redirect(link("desk.home.home"))


class PreviewLinks:
    """The links of a preview: they lead within the preview, and asking is not possible."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    def notice(self) -> str:
        """Return the URL of the notice's preview."""
        return link("desk.review.preview", home=self.draft.home, id=self.draft.id)

    def place(self, code: str, **query: Any) -> str:
        """Return the URL of one place's preview."""
        return link("desk.review.preview", home=self.draft.home, id=self.draft.id, place=code, **query)

    def find(self, code: str, **query: Any) -> str:
        """Return "": the preview shows all rows and has no search."""
        return ""

    def after(self, code: str, no: int, **query: Any) -> str:
        """Return the URL of the place, whose preview shows all rows at once."""
        return self.place(code)

    def ask(self, code: str, row: int | None = None, category: str | None = None) -> str:
        """Return "": a draft cannot be asked about."""
        return ""

    def file(self, no: int) -> str:
        """Return the URL of an attachment, as it will be public."""
        return link("desk.attachments.proposed", home=self.draft.home, id=self.draft.id, no=no)

    def poster(self, code: str) -> str:
        """Return the URL of the proof of a place's poster."""
        return link("desk.review.proof", home=self.draft.home, id=self.draft.id, place=code)


def proposed(draft: Draft, edition: Edition) -> tuple[Proposal, Page]:
    """Return the proposal of a draft, as submitted or as it would be, and its page; answers 404 for an unfinished one."""
    proposal = drafts.proposal(draft) or proposing.propose(draft)
    if proposal is None:
        abort(404)
    proposal = opinions.applied(draft, proposal)
    return proposal, of_proposal(proposal, edition)


def _money_steps(page: Page, place: str | None, rows: Sequence[Any]) -> list[payment_chain.PaymentStep]:
    """Return the steps of the payment as the public page shows them, of staged rows; [] for a kind without one."""
    chain = page.kind.chain
    if chain is None:
        return []
    only = place if place and not page.whole(place) else None
    came_back = sum(Decimal(row.measures.get(chain.returned) or 0) > 0 for row in rows)
    return payment_chain.payment_steps(chain, page.sum_of(only)[0], "" if only else page.facts.get(chain.granted, ""), came_back)


@pages.get("/<place:home>/<token:id>/preview")
@needs("draft.read")
@framed
def preview(home: str, id: str) -> str:
    """Show the page as a villager will see it, of the whole notice or (``place``) of one place."""
    draft = own("draft.read", home, id)
    back = "desk.review.one" if may("draft.review", home) and draft.state == "submitted" else "desk.drafts.finish"
    return as_villagers_see(draft, PreviewLinks(draft), link(back, home=home, id=id))


def as_villagers_see(draft: Draft, links: PreviewLinks, back: str) -> str:
    """Return a draft's page, of the whole notice or (``place``) of one place, with a way ``back``; answers 404 for an unfinished one."""
    _proposal, page = proposed(draft, "web")
    place, band = request.args.get("place"), {"preview": back, "matter": None}  # a draft is of no matter yet
    if not place:
        return render_template(
            "public/notice/notice.html",
            page=page,
            links=links,
            place=None,
            shown=not page.small,
            steps=_money_steps(page, None, staging.rows(draft, None)),
            asked=[],
            also=[],
            channels={},
            lying=[],
            status=None,
            **band,
        )
    if not page.has(place):
        abort(404)
    shown = not page.for_members and not page.withholds(place)
    rows = staging.rows(draft, None if page.whole(place) else place) if shown else []
    return render_template(
        "public/notice/place.html",
        page=page,
        links=links,
        place=place,
        shown=shown,
        purposes=purposes(rows, page.kind),
        steps=_money_steps(page, place, rows),
        asked=[],
        held=[],
        roster=row_search.whole(page, rows) if shown else None,
        scanned=None,
        status=None,
        **band,
    )


@pages.get("/<place:home>/<token:id>/<place:place>/proof.pdf")
@needs("draft.read")
def proof(home: str, id: str, place: str) -> Response:
    """Return the proof (送审稿) of one place's poster, with a watermark and without number and QR code."""
    draft = own("draft.read", home, id)
    proposal, page = proposed(draft, "wall")
    if not page.has(place):
        abort(404)
    typesetting.bounded(page.sum_of(place)[1])
    with typesetting.STAFF.slot():
        rows = staging.rows(draft, None if page.whole(place) else place)
        names = {(row.place, row.no): notices.name_on_wall(row, proposal.frozen["names"]) for row in rows}
        made = poster_pdf(poster_text.poster_of(page, place, rows, names, edition="wall", draft=True))
    return pdf(made, "proof.pdf")


def own_posted(action: str, number: str) -> Posted:
    """Return a posted notice, in full, with which the user may do ``action``, or answer 404."""
    posted = notices.find(number)
    if posted is None or not may(action, posted.home):
        abort(404)
    speak_of(posted.home)
    return posted.in_full()


@pages.get("/notices/<number:number>")
@needs("notice.print")
def posted(number: str) -> str:
    """Show a posted notice to its staff: posters to print, display status, cases, and the form to take it down."""
    return _posted_page(own_posted("notice.print", number))


def _posted_page(found: Posted, problem: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    typed = {"typed": text_checks.covered(request.form, detection.mask(request.form.get("reason", ""))), "sure": "sure" in request.form}
    typed["leak"] = leak_question.answer()
    page, posters = page_of(found), list(displays.posters(found).values())
    if page.whole(page.home) and page.part(page.home) is None:
        posters.append(displays.poster(found, page.home))
    walls = {
        "posters": posters,
        "findings": displays.statuses(found, posters, today(), holidays.calendar()),
        "cases": lists.counts_by_place(found),
        "read": understood.of_notice(found.home, found.number),
        "secrecy": secrecy.of_notice(found.home, found.number),
        "asked": [(no, case) for no, case in corrections.of_notice(found.home, found.number) if may_read(case)],
        "directives": directives.of_notice(found.home, found.number, homes()),
    }
    shown = {"begun": begun_from([found])[found.number], "few": few_people.posted(found, page), "problem": problem, "told": warning}
    return render_template("desk/review/posted.html", posted=found, page=page, **shown, **walls, **typed)


@pages.post("/notices/<number:number>/take-down")
@needs("notice.take_down")
def take_down(number: str) -> Any:
    """Take a notice down at once, with a reason that is public."""
    found = own_posted("notice.take_down", number)
    reason = text_checks.covered(request.form, request.form.get("reason", "").strip())
    if problem := _take_down_fault(reason):
        return _posted_page(found, problem), 422
    if warning := text_checks.free_text_warning(request.form, reason, "reason", found.home, found.number):
        return _posted_page(found, warning=warning), 422
    if not notices.take_down(found, current_user.id, reason, now(), leak_question.answer()):
        return _posted_page(found, _("刚才已经有人撤下了，写的是他的原因。您写的“%(reason)s”没有存。", reason=detection.mask(reason))), 409
    flash(_("已撤下。扫码的人会看到您写的原因。"), "good")
    return redirect(link("desk.review.posted", number=number))


def _take_down_fault(reason: str) -> str:
    """Return the error message for taking a notice down, or ""."""
    if len(reason) < 4:
        return _("请写明为什么撤下，群众会看到这句话。")
    if fault := text_checks.personal_fault(reason):
        return fault
    if fault := leak_question.fault():
        return fault
    return "" if "sure" in request.form else _("请先勾上“我知道撤下以后群众马上看不到名单”，再点一次。")
