"""The table in a form, uploaded or pasted: read and cleaned within the request, its bytes in memory only."""

from __future__ import annotations

import hashlib

from flask import current_app, flash, request
from flask_babel import gettext as _

from board import sheets
from board.rules.sheet import cleaning, selection
from board.rules.sheet.cleaning import Cleaned
from board.slots import UPLOADS, Busy
from board.store import sealing
from board.web.i18n import say, today
from board.web.outages import uploads_busy


class Refused(Exception):
    """The form has no table that can be read; ``message`` says what to do, ``code`` is that of the help (or ""), ``status`` is HTTP's."""

    def __init__(self, message: str, code: str = "", status: int = 422) -> None:
        super().__init__(message)
        self.message, self.code, self.status = message, code, status

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        return {"Retry-After": "30"} if self.status == 503 else {}


def tables() -> tuple[list[Cleaned], str]:
    """Return the cleaned tables of the request's form (``file``, or ``table`` for a pasted one) and the SHA-256 of its bytes.

    What is to be said of the file is flashed. Raises Refused.
    """
    file, pasted = request.files.get("file"), request.form.get("table", "")
    named = file.filename if file else ""
    if not named and not pasted.strip():
        raise Refused(_nothing_given())
    data = file.read() if file and named else pasted.encode()
    try:
        with UPLOADS.slot():
            most = current_app.config["UPLOAD_MB"] << 20
            chosen = selection.select(book := sheets.read(data, named, most) if named else sheets.pasted(pasted, most))
            key = sealing.vault().key
            cleaned = selection.cleaned(book, chosen.tables, lambda table: cleaning.clean(table, key, today()))
    except (sheets.UnreadableSheet, selection.TooManyTables) as error:
        raise Refused(say(error.message) + _("。"), error.code) from error
    except Busy as error:
        raise Refused(uploads_busy(), status=503) from error
    for note in chosen.notes:
        flash(say(note), "warn")
    return cleaned, hashlib.sha256(data).hexdigest()


def _nothing_given() -> str:
    """Return the message for a form without a file or pasted table."""
    if "table" in request.form:
        return _("还没有粘贴表格。请先在 WPS 里选中表格，复制，再粘到框里。")
    return _("还没有选文件。请先点“选择文件”。")
