"""The style sheets that pages carry inlined."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from markupsafe import Markup


def public_style(app: Flask) -> Markup:
    """Return the style sheet that every public page carries in it, without our notes: the colours and sizes of all pages, then theirs."""
    return _inlined(app, "tokens.css", "public.css")


def kiosk_style(app: Flask) -> Markup:
    """Return the style sheet of the pages that a screen on a wall shows."""
    return _inlined(app, "tokens.css", "kiosk.css")


def _inlined(app: Flask, *names: str) -> Markup:
    sheets = "".join(Path(app.root_path, "static", name).read_text("utf-8") for name in names)
    return Markup(re.sub(r"/\*.*?\*/\s*", "", sheets, flags=re.DOTALL))  # noqa: S704  (our own files)
