"""Error pages: not found, not allowed, too large, busy, failed; each says what to do next.

Those of a failure on our side (500, 503) show a reference, which is in the log beside the place of the failure.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from board.paper import typesetting
from board.slots import Busy
from board.web import request_record


def problem(status: int, title: str, detail: str, **more: str) -> Response:
    """Return an error as JSON (RFC 9457, application/problem+json) with the text of the error page."""
    body = {"status": status, "title": title, "detail": detail, **more}
    return Response(
        json.dumps(body, ensure_ascii=False) + "\n", status, mimetype="application/problem+json", headers={"X-Robots-Tag": "noindex"}
    )


def log(failed: Any) -> None:
    """Log an error of the program, as ``sys.exc_info()`` has it: Flask's own line would have the path."""
    _type, error, _trace = failed
    words = "%s %s", request_record.current().line(), type(error).__name__
    current_app.logger.error(*words, exc_info=None if request_record.sealed() else error)


def page(code: int, heading: str, advice: str, reference: str = "") -> Any:
    """Return an error page, or for ``.json`` URLs a JSON answer."""
    if request.path.endswith(".json"):
        return problem(code, heading, advice, **({"reference": reference} if reference else {}))
    return render_template("error.html", heading=heading, advice=advice, reference=reference), code


def start(app: Flask) -> None:
    """Register the page of each kind of failure but 500, which is that of ``outages``."""

    @app.errorhandler(404)
    @app.errorhandler(405)
    def missing(error: Any) -> Any:
        response = make_response(page(error.code, _("没有这个页面"), _("请看看网址有没有抄错，或者从首页找您的村。")))
        if methods := getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(methods))  # required by RFC 9110, 15.5.6
        return response

    @app.errorhandler(403)
    def refused(error: Any) -> Any:
        return page(403, _("您不能做这件事"), _("您的身份不管这一项。要办的话，请找县里的管理员。"))

    @app.errorhandler(400)
    def bad(error: Any) -> Any:
        return page(400, _("提交的内容看不懂"), _("请退回上一页，检查后再提交一次。"))

    @app.errorhandler(413)
    def large(error: Any) -> Any:
        advice = _("一次不能超过 %(n)s MB。表格，请把别的工作表、图片删掉再上传；照片，请截个屏，传截的图。", n=app.config["UPLOAD_MB"])
        return page(413, _("文件太大了"), advice)

    @app.errorhandler(typesetting.TooLong)
    def long(error: Any) -> Any:
        # 404 (RFC 9110, 15.5.5): nothing can be sent under this URL. It is neither a bad request (400) nor a temporary state (503).
        return page(404, _("这份公示太长，排不成一份可打印的文件"), _("明细请在网页上看。要贴到墙上，请打印各村自己的公示单。"))

    @app.errorhandler(Busy)
    def busy(error: Any) -> Any:
        record = request_record.current()
        record.busy = "print"
        words = page(503, _("打印的人多，正在排队"), _("请过十秒再点一次。急着看的，先看网页上的明细。"), record.refer())
        return (*words, {"Retry-After": "10"})

    app.log_exception = log  # type: ignore[assignment, method-assign]
