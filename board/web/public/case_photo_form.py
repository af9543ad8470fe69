"""The photos of a case on the page behind its receipt: added one a request, deleted by one tap, and never shown there."""

from __future__ import annotations

from typing import NamedTuple

from flask import request
from flask_babel import gettext as _

from board import attachments
from board.attachments.limits import MOST_BYTES
from board.models import Case
from board.rules.cases import photos
from board.slots import PHOTOS, Busy
from board.store import cases
from board.store.cases import case_photos
from board.store.clock import now
from board.web import request_record


class Told(NamedTuple):
    """What the page says of what was done with a photo; both are "" where no photo was sent."""

    good: str = ""
    wrong: str = ""


def added(case: Case, *, asked_for: bool) -> Told:
    """Add the photo in the submitted form to a case; ``asked_for``: whether the button for it was pressed, so that one is missed."""
    upload = request.files.get("photo")
    if not upload or not upload.filename:
        return Told(wrong=_("还没有选照片。请先选一张，再点“加上这张照片”。") if asked_for else "")
    try:
        with PHOTOS.slot():
            photo = attachments.photo(upload.read(), photos.LARGEST)
    except Busy:
        request_record.current().busy = "photo"
        return Told(wrong=_("现在加照片的人多，请过半分钟再点一次。您写的还在。"))
    except attachments.UnreadableAttachment as error:
        return Told(wrong=_unfit(error.code))
    try:
        case_photos.add(case.home, case.id, photo, now())
    except cases.MovedOn:
        return Told(wrong=_("刚才已经答复了，照片没有加上。还要加照片，请先写几句，再问一次。"))
    except case_photos.Full:
        return Told(wrong=_("已经有 %(n)s 张照片。要换一张，请先删掉一张。", n=photos.MOST))
    return Told(good=_("照片加上了。"))


def _unfit(code: str) -> str:
    """Return what to do about a photo that was refused."""
    if code == "too_large":
        return _("这张照片太大（超过 %(n)s MB）。请用手机截个屏，把截的图加上来。", n=MOST_BYTES >> 20)
    if code in ("picture_kind", "not_taken"):
        return _("这不是照片，或者是打不开的一种照片。请用手机再拍一张，或者截个屏，把截的图加上来。")
    return _("这张照片打不开，可能没有传完。请再选一次；还不行，就截个屏，把截的图加上来。")


def removed(case: Case, no: str) -> Told:
    """Delete a photo for the villager who sent it."""
    if no.isdecimal() and len(no) < 5:
        case_photos.remove(case.home, case.id, int(no), None, now())
    return Told(good=_("照片删掉了。"))
