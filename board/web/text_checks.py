"""Checks of free text before it goes out: personal numbers, and what it may tell of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from board.rules.personal import detection, free_text
from board.web.i18n import say

PERSONAL = {"id_number": _("身份证号"), "bank_card": _("银行卡号"), "phone": _("手机号")}


def personal_fault(text: str) -> str:
    """Return what is wrong with a reason that others will read, in words, or "": nobody's number belongs into it."""
    named = str(_("、")).join(sorted({str(PERSONAL[finding.what]) for finding in detection.find(text)}))
    return str(_("这句话里有%(what)s，已用 ● 盖住。请改写，再点一次。", what=named)) if named else ""


@dataclass(frozen=True)
class FreeTextWarning:
    """What a text that goes out seems to tell of somebody: the ``words`` themselves, for their writer only, and ``what`` they are."""

    words: str
    what: str


def free_text_warning(form: Mapping[str, str], text: str, kind_of: free_text.Text) -> FreeTextWarning | None:
    """Return what the writer of a text has to look at before it goes out, or None: nothing, or just what he ticked (``looked``)."""
    found = free_text.descriptions_in(text, kind_of)
    words = str(_("、")).join(dict.fromkeys(text[one.start : one.end] for one in found))
    return FreeTextWarning(words, say(free_text.kinds_of(found))) if found and form.get("looked") != words else None
