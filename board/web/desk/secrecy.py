"""保密审查: the filled form to print and sign, and the day and the photo of the signature, for staff only."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Draft
from board.paper import typesetting
from board.paper.secrecy import SecrecyForm, secrecy_form
from board.rules import digest
from board.rules.notice.page import Page
from board.rules.notice.proposal import Proposal
from board.rules.typed_dates import typed_day
from board.store.clock import now
from board.store.drafting import drafts, proposing, secrecy
from board.store.drafting.attachments import of_draft
from board.web.desk.drafts import own, step
from board.web.desk.review import proposed
from board.web.display_form import photo
from board.web.downloads import pdf
from board.web.guard import may, needs
from board.web.i18n import today
from board.web.place_words import on_paper

pages = Blueprint("secrecy", __name__, url_prefix="/desk")

BASIS = "依据：《中华人民共和国保守国家秘密法》第三十五条、《中华人民共和国政府信息公开条例》第十七条"
_STATED = "已逐项核对，公开内容与附后的送审稿一致。"


@pages.get("/<place:home>/<token:id>/secrecy.pdf")
@needs("draft.read")
def form(home: str, id: str) -> Response:
    """Return the filled form as an A4 PDF, to be signed."""
    draft = own("draft.read", home, id)
    proposal, page = proposed(draft, "web")
    with typesetting.STAFF.slot():
        made = secrecy_form(_words(draft, proposal, page), int(draft.changed.timestamp()))
    return pdf(made, f"secrecy-{id}.pdf", f"保密审查审批表 {page.title}")


def _words(draft: Draft, proposal: Proposal, page: Page) -> SecrecyForm:
    figures = "，".join(f"{one.label} {one.value}{one.unit}" for one in page.figures("zh", None))
    hidden = {"masked": "姓名只露姓和最后一个字", "surname": "姓名只露姓", "full": "姓名写全", "none": "没有姓名"}
    names = proposal.frozen["names"]
    dropped = f"；表里的证件号、卡号、电话共 {sum(one['count'] for one in proposal.private)} 个已去掉" if proposal.private else ""
    return SecrecyForm(
        basis=BASIS,
        publisher=page.publisher,
        title=page.title,
        kind=page.kind.name.zh,
        ways=on_paper("本站网页、村里公示墙"),
        places="、".join(page.place_name(part.place) for part in page.parts[:30]) + ("等" if len(page.parts) > 30 else ""),
        content=page.sentence("zh") or figures,
        files="、".join(file.title for file in of_draft(draft)) or "没有",
        grounds=page.facts.get("basis_document", "") or page.kind.basis.zh,
        personal=f"网上{hidden.get(names['web'], '姓名遮住')}，墙上{hidden.get(names['wall'], '姓名遮住')}{dropped}",
        clerk=_STATED,
        fingerprint=digest.short(proposal.digest),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )


@pages.route("/<place:home>/<token:id>/secrecy", methods=["GET", "POST"])
@needs("draft.write")
def note(home: str, id: str) -> Any:
    """Show the way to the form, or note the day on which it was signed and a photo of it."""
    draft = own("draft.write", home, id)
    if request.method == "GET":
        return _page(draft)
    signed = typed_day(request.form.get("signed_on", ""))
    picture, unfit = photo()
    problem = unfit or (_("请写领导是哪天签的，不能是以后的日子。") if signed is None or signed > today() else "")
    if problem or signed is None:
        return _page(draft, problem), 422
    secrecy.note(draft, signed, picture, current_user.id, now())
    flash(_("记下了。审核的人看得到，群众看不到。"), "good")
    return step("drafts.finish", draft)


def _page(draft: Draft, problem: str = "") -> str:
    ready = drafts.proposal(draft) or proposing.propose(draft)
    return render_template(
        "desk/secrecy/note.html", draft=draft, review=secrecy.of(draft), ready=ready is not None, problem=problem,
        typed=request.form.get("signed_on", "")[:40],
    )  # fmt: skip


@pages.get("/<place:home>/<token:id>/secrecy.jpg")
@needs("draft.read")
def signed(home: str, id: str) -> Response:
    """Return the photo of the signed form, of a posted draft too."""
    draft = drafts.find(home, id, ended=True)
    if draft is None or not may("draft.read", home):
        abort(404)
    return Response(secrecy.photo(home, id) or abort(404), mimetype="image/jpeg")
