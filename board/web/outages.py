"""Pages while the database does not answer or cannot store anything: what is the matter, whom to ring, and what was typed, kept."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, has_request_context, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from board.rules.personal.detection import mask
from board.store import engine
from board.web import errors, request_record

SOON, LATER = 5, 60  # seconds after which to try again: while others write, and while somebody has to mend something
# Sent again as they were: they hold no text about people, or it is the sender's own number, which its form shows again too.
AS_SENT = ("csrf_token", "token", "receipt", "contact", "revision", "seen")
NEVER = ("table", "password", "old_password", "new_password", "password_again")  # pasted tables hold ID and account numbers


def ring() -> str:
    """Return whom to ring about the site: its telephone number, else its operator, else who is named on every poster."""
    if phone := current_app.config["SITE_PHONE"]:
        return _("请打 %(phone)s，找管网站的人。", phone=phone)
    if office := current_app.config["OPERATOR"] or current_app.config["ORGANISER"]:
        return _("请告诉%(office)s。", office=office)
    return _("请打公示单上的电话，请他们转告管网站的人。")


def sign_in_words(reason: str) -> str:
    """Return why nobody can sign in now; ``reason`` is that of ``engine.outage``."""
    if reason == "full":
        return _("服务器现在存不进东西（多半是磁盘满了），所以登录不了。已经登录的人照常能看。%(ring)s", ring=ring())
    if reason == "busy":
        return _("现在办事的人多，没有登录成。请过几秒再点一次“登录”。")
    return _("网站的数据库连不上，所以登录不了。%(ring)s", ring=ring())


def _words(reason: str) -> tuple[str, str]:
    """Return (heading, advice)."""
    if reason == "full":
        return _("现在存不进东西"), _("不是您的问题：服务器的磁盘多半满了。看公示照常能看。请过一会儿再试；一直不行，%(ring)s", ring=ring())
    if reason == "busy":
        return _("现在办事的人多"), _("请过几秒再试一次。")
    return (
        _("网站现在看不到内容"),
        _("不是您的问题：网站的数据库连不上。贴在村里的公示单照样算数。请过一会儿再试；一直不行，%(ring)s", ring=ring()),
    )


def _kept() -> list[tuple[str, str]]:
    """Return the fields of the posted form, personal numbers masked, to be sent again."""
    try:
        fields = list(request.form.items(multi=True)) if request.method == "POST" else []
    except HTTPException:  # the form itself was too large or broken
        return []
    return [(name, text if name in AS_SENT else mask(text)) for name, text in fields if name not in NEVER]


def uploads_busy() -> str:
    """Return what is said to somebody whose upload waited in vain for those of others, and note that it was refused."""
    request_record.current().busy = "upload"
    return _("现在同时上传的人多，您的还没有读。请过半分钟再交一次；粘贴的表格，退回上一页还在。")


def page(reason: str) -> Any:
    """Return the page (503) for a reason of ``engine.outage``; it asks the database for nothing."""
    return answer(*_words(reason), SOON if reason == "busy" else LATER)


def answer(heading: str, advice: str, after: int) -> Any:
    """Return a page (503) with what the form held, to be sent again; ``after`` is the number of seconds to wait."""
    g.tabs = {}  # their counts are in the database
    reference = request_record.current().refer()
    if request.path.endswith(".json"):
        said = errors.problem(503, heading, advice, reference=reference)
    else:
        kept = _kept()
        typed = [text for name, text in kept if text and (name in ("contact", "text") or not text.isascii())]
        lost = bool(kept) and (bool(request.files) or any(name in NEVER for name in request.form))
        said = make_response(
            render_template("outages/page.html", heading=heading, advice=advice, reference=reference, kept=kept, typed=typed, lost=lost),
            503,
        )
    g.keeps = True  # no-store: the page holds what somebody typed, and is wrong in a minute
    said.headers["Retry-After"] = str(after)
    return said


def start(app: Flask) -> None:
    """Answer a database that is away, full or busy with a page in words; other database errors are errors of the program (500)."""

    @app.errorhandler(DBAPIError)
    @app.errorhandler(PendingRollbackError)
    @app.errorhandler(PoolTimeout)
    def unavailable(error: Exception) -> Any:
        if not has_request_context() or not (said := _outage(error)):
            raise error
        return said

    @app.errorhandler(500)
    def broken(error: Any) -> Any:
        if said := _outage(getattr(error, "original_exception", None)):  # the database went away while another error's page was made
            return said
        g.tabs = {}  # the database may be what failed
        advice = _("不是您的问题。请过一会儿再试；一直不行，请打公示单上的电话。")
        return errors.page(500, _("系统出错了"), advice, request_record.current().refer())


def _outage(error: BaseException | None) -> Any:
    """Return the page for an error that is an outage, and log it; else None."""
    reason = engine.outage(error)
    if not reason:
        return None
    record = request_record.current()
    record.outage = reason
    current_app.logger.error("%s the database is %s: %s", record.line(), reason, type(error).__name__)
    return page(reason)
