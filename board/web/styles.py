"""The style sheets that pages inline."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask
from markupsafe import Markup


def public_style(app: Flask) -> Markup:
    """Return the style sheet inlined in every public page, without its comments: tokens.css, then public.css."""
    return _inlined(app, "tokens.css", "public.css")


def kiosk_style(app: Flask) -> Markup:
    """Return the style sheet inlined in the kiosk pages."""
    return _inlined(app, "tokens.css", "kiosk.css")


def _inlined(app: Flask, *names: str) -> Markup:
    sheets = "".join(Path(app.root_path, "static", name).read_text("utf-8") for name in names)
    return Markup(re.sub(r"/\*.*?\*/\s*", "", sheets, flags=re.DOTALL))  # noqa: S704  (our own files)
