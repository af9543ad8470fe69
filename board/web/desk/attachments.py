"""Attachments of a draft: the clerk adds and removes them, the reviewer opens them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import attachments
from board.models import Attachment, Draft
from board.rules.notice import attachment as rules
from board.rules.personal import detection
from board.slots import UPLOADS, Busy
from board.store.clock import now
from board.store.drafting import attachments as attachments_rules
from board.store.drafting import named_texts, stopped_leaks
from board.web import text_checks
from board.web.confirmation import unconfirmed
from board.web.desk.drafts import opened_at, own
from board.web.downloads import sent
from board.web.guard import needs
from board.web.i18n import link, say
from board.web.outages import uploads_busy

pages = Blueprint("attachments", __name__)

MOST_FILES, LONGEST_TITLE = 20, 60


@pages.route("/desk/<place:home>/<token:id>/files", methods=["GET", "POST"])
@needs("draft.write")
def files(home: str, id: str) -> Any:
    """Show the attachments of a draft and take one more; it is read and rewritten within this request, and only the result is stored."""
    draft = own("draft.write", home, id)
    if request.method == "GET":
        return _page(draft)
    upload, title = request.files.get("file"), request.form.get("title", "").strip()
    if problem := _fault(draft, title) or ("" if upload and upload.filename else _("还没有选文件。请先点“选择文件”。")):
        return _page(draft, problem), 422
    assert upload is not None
    try:
        with UPLOADS.slot():
            file = attachments.read(upload.read(), upload.filename or "")
    except Busy:
        return _page(draft, uploads_busy()), 503, {"Retry-After": "30"}
    except attachments.UnreadableAttachment as error:
        return _page(draft, say(error.message) + _("。")), 422
    stopped_leaks.note(home, id, "file", stopped_leaks.counted(file.stopped), now())
    if file.blocked:
        return _page(draft, blocked=file.numbers), 422
    attachments_rules.add(draft, opened_at(), current_user.id, now(), title, named_texts.in_file(draft, file))
    for one in file.removed:
        flash(
            _("“%(where)s”里的%(what)s已经去掉（%(n)s 个）。", where=one["where"], what=text_checks.PERSONAL[one["what"]], n=one["count"]),
            "warn",
        )
    flash(_("《%(title)s》加好了。请打开看看对不对。", title=title), "good")
    return redirect(link("desk.attachments.files", home=home, id=id))


def _page(draft: Draft, problem: str = "", blocked: Any = ()) -> str:
    typed = detection.mask(request.form.get("title", ""))[:LONGEST_TITLE]
    noted = [(file, rules.warnings([file])) for file in attachments_rules.of_draft(draft)]
    shown = {"files": noted, "problem": problem, "blocked": blocked, "typed": typed, "most": MOST_FILES, "longest": LONGEST_TITLE}
    return render_template("desk/attachments/files.html", draft=draft, **shown)


def _fault(draft: Draft, title: str) -> str:
    """Return the error message for a file under this title, or ""."""
    if len(attachments_rules.of_draft(draft)) >= MOST_FILES:
        return _("一份公示最多 %(n)s 个附件。请删掉不用的，或合成一个 PDF。", n=MOST_FILES)
    if not title:
        return _("请写这个文件叫什么，群众会看到这个名字。")
    if len(title) > LONGEST_TITLE:
        return _("名字太长了，最多 %(n)s 个字。", n=LONGEST_TITLE)
    return text_checks.personal_fault(title)


@pages.post("/desk/<place:home>/<token:id>/files/<count:no>/looked")
@needs("draft.write")
def looked(home: str, id: str, no: str) -> Any:
    """Record that the clerk has looked at the pages of an attachment that no program can check."""
    draft, file = _own("draft.write", home, id, no)
    if "sure" not in request.form:
        flash(_("请先打开附件看一遍，再勾上“我看过一遍了”。"), "wrong")
    else:
        attachments_rules.look(draft, opened_at(), current_user.id, now(), file.no)
    return redirect(link("desk.attachments.files", home=home, id=id))


@pages.post("/desk/<place:home>/<token:id>/files/<count:no>/remove")
@needs("draft.write")
def remove(home: str, id: str, no: str) -> Any:
    """Remove an attachment from a draft."""
    draft, file = _own("draft.write", home, id, no)
    back = link("desk.attachments.files", home=home, id=id)
    if question := unconfirmed(_("要删掉这个附件吗？"), _("删掉以后找不回来，要用得重新上传。"), _("删掉"), back):
        return question
    attachments_rules.remove(draft, opened_at(), current_user.id, now(), file.no)
    flash(_("附件已删掉。"), "good")
    return redirect(back)


@pages.get("/desk/<place:home>/<token:id>/files/<count:no>")
@needs("draft.read")
def proposed(home: str, id: str, no: str) -> Response:
    """Return a draft's attachment, with the same bytes that will be public."""
    _draft, file = _own("draft.read", home, id, no)
    return sent(file, f"draft-{file.no}.{rules.EXTENSIONS[file.type]}")


def _own(action: str, home: str, id: str, no: str) -> tuple[Draft, Attachment]:
    """Return a draft with which the user may do ``action``, and its attachment, or answer 404."""
    draft = own(action, home, id)
    return draft, attachments_rules.beside(draft, int(no)) or abort(404)
