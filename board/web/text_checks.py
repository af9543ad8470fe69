"""Checks of free text before it is published: personal numbers, and descriptions of persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from board.rules.personal import detection, free_text
from board.web.i18n import say

PERSONAL = {"id_number": _("身份证号"), "bank_card": _("银行卡号"), "phone": _("手机号")}


def personal_fault(text: str) -> str:
    """Return the error for a text that contains personal numbers, naming their types, or ""."""
    named = str(_("、")).join(sorted({str(PERSONAL[finding.what]) for finding in detection.find(text)}))
    return str(_("这句话里有%(what)s，已用 ● 盖住。请改写，再点一次。", what=named)) if named else ""


@dataclass(frozen=True)
class FreeTextWarning:
    """A warning that a text seems to describe a person: ``words`` are shown to its writer only, ``what`` names their type."""

    words: str
    what: str


def free_text_warning(form: Mapping[str, str], text: str, kind_of: free_text.Text) -> FreeTextWarning | None:
    """Return the warning to confirm before a text is published; None without findings or if the form confirms it (``looked``)."""
    found = free_text.told_in(text, kind_of)
    words = str(_("、")).join(dict.fromkeys(text[one.start : one.end] for one in found))
    return FreeTextWarning(words, say(free_text.kinds_of(found))) if found and form.get("looked") != words else None
