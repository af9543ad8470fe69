"""What is chosen beside the reason of a withdrawal or correction, for the assessment: whether something was shown that must not be."""

from __future__ import annotations

from flask import request
from flask_babel import gettext as _

_CHOICES = {"1": True, "0": False}


def answer() -> bool | None:
    """Return what the submitted form says: it told too much, or the reason is another; None if neither was chosen."""
    return _CHOICES.get(request.form.get("leak", ""))


def fault() -> str:
    """Return the error message where the form leaves it open, or ""."""
    return _("请选一下是哪一种：露了不该公开的，还是别的原因。") if answer() is None else ""
