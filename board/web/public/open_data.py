"""Open data: notices as CSV and JSON while their rows are shown, and an area's totals without a time limit (``docs/open-data.md``)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, stream_with_context
from flask_babel import gettext as _

from board import kinds
from board.models import Area
from board.rules.areas import prefix
from board.rules.notice.page import Page
from board.rules.place_names import canonical
from board.rules.rendering import open_data as rules
from board.rules.rendering import openapi
from board.store import areas, notices
from board.store import open_data as kept
from board.store.notices import Posted
from board.web.errors import problem
from board.web.guard import public
from board.web.i18n import day, link, say, tongue
from board.web.installation import absolute
from board.web.public.notice import Links, all_shown, find, heading, not_there, rows_shown
from board.web.public.posted_pages import page_of

pages = Blueprint("open_data", __name__)

FORM = "2"  # part of the ETag of long answers: raise it with every change of format, so that cached ones become stale
LINES_AT_ONCE = 500
ENDPOINTS = {
    "page": "public.notice.place",
    "csv": "public.open_data.place_csv",
    "json": "public.open_data.place_json",
    "sheet": "public.poster.web_edition",
}
OF_ALL = {"page": "public.notice.notice", "csv": "public.open_data.notice_csv", "json": "public.open_data.notice_json"}


@pages.get("/n/<number:number>.csv")
@public
def notice_csv(number: str) -> Response:
    """Return all rows of a notice as CSV for WPS or Excel, while they are shown."""
    return _csv(number, None)


@pages.get("/n/<number:number>/<place:place>.csv")
@public
def place_csv(number: str, place: str) -> Response:
    """Return one place's rows as CSV for WPS or Excel, while they are shown."""
    return _csv(number, place)


@pages.get("/n/<number:number>.json")
@public
def notice_json(number: str) -> Response:
    """Return a notice as JSON: facts and totals always (but of few people), rows while they are shown."""
    return _json(number, None)


@pages.get("/n/<number:number>/<place:place>.json")
@public
def place_json(number: str, place: str) -> Response:
    """Return one place's part as JSON: totals always (but of few people), rows while they are shown."""
    return _json(number, place)


def _csv(number: str, place: str | None) -> Response:
    posted = find(number)
    page = page_of(posted, place or "")
    if not page.kind.columns:
        abort(404)
    if place and not page.has(place):
        return not_there(posted, page, place)
    if not rows_shown(page if place else all_shown(posted, page), place):  # 404: a roster for members was never on the web
        gone = render_template("public/poster/put_away.html", page=page, links=Links(page), place=place or page.about())
        return Response(gone, 410 if page.rows_until() and not page.withholds(place) else 404)
    first = rules.BOM + rules.record(rules.header(page, tongue()))
    lines = (rules.record(rules.cells(page, row)) for row in kept.rows(posted, _one(page, place)))
    few = (rules.record(rules.left_out(page, one, tongue())) for one in sorted(page.withheld) if not place)
    return _sent(page, place, chain([first], lines, few), data([], "text/csv", f"{number}-{place}.csv" if place else f"{number}.csv"))


def _json(number: str, place: str | None) -> Response:
    posted = _standing(number)
    page = page_of(posted, place or "")
    going = page if place else all_shown(posted, page)
    if place and not page.has(place):
        abort(problem(404, _("这份公示里没有这个地方"), page.title))
    until = going.rows_until()
    document = {"demonstration": current_app.config["DEMO"]} | rules.document(page, tongue(), place, lambda *what: _address(page, *what))
    document["rows_until"] = until.isoformat() if until else None
    if until is None or not page.kind.columns or not rows_shown(going, place):
        document["rows"] = rules.put_away(going, tongue(), place)
        return data(_text(document), "application/json")
    first = f'{_text(document)[:-1]}, "rows": {{"shown": true, "until": "{until}", "list": ['
    rows = (_text(rules.row(page, row)) for row in kept.rows(posted, _one(page, place)))
    lines = (f",\n{row}" if behind else f"\n{row}" for behind, row in enumerate(rows))
    return _sent(page, place, chain([first], lines, ["\n]}}\n"]), data([], "application/json"))


def _one(page: Page, place: str | None) -> str | None:
    """Return whose rows a place's poster has: its own, or (None) those of all places."""
    return None if place and page.whole(place) else place


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _standing(number: str) -> Posted:
    """Return a notice; answers with a JSON problem: 404 for an unknown number, 410 with the reason for one that was taken down."""
    posted = notices.find(number)
    if posted is None:
        abort(problem(404, _("没有这个编号"), _("编号印在公示单上，是 9 个数字。")))
    if posted.notice.withdrawn_at:
        details = {"what": heading(posted, page_of(posted)), "withdrawn_on": day(posted.notice.withdrawn_at)}
        abort(problem(410, _("这份公示已撤下"), posted.notice.withdrawn_because, number=number, **details))
    return posted


def _address(page: Page, what: str, place: str | None) -> str:
    if place:
        return absolute(link(ENDPOINTS[what], number=page.number, place=place))
    return absolute(link(OF_ALL[what], number=page.number))


def data(text: Iterable[str], mimetype: str, name: str = "") -> Response:
    """Return a data response, with a file name if ``name`` is given (numbers only); noindex, since search engines index the pages."""
    headers = {"X-Robots-Tag": "noindex"} | ({"Content-Disposition": f'attachment; filename="{name}"'} if name else {})
    return Response(text, mimetype=mimetype, headers=headers)


def _sent(page: Page, place: str | None, lines: Iterator[str], response: Response) -> Response:
    """Return a response of these lines: complete, so that it is cached and compressed, or streamed for a long roster."""
    if page.sum_of(place)[1] <= kept.AT_ONCE:
        response.set_data("".join(lines))
        return response
    first = next(lines)
    response.response = stream_with_context(chain([first], _batches(lines)))
    response.set_etag(hashlib.sha256(f"{FORM}\n{first}\n{page.digest}".encode()).hexdigest()[:20])
    return response


def _batches(lines: Iterator[str]) -> Iterator[str]:
    while batch := "".join(islice(lines, LINES_AT_ONCE)):
        yield batch


@pages.get("/a/<place:code>/totals.csv")
@public
def totals_csv(code: str) -> Response:
    """Return an area's totals by kind and year as CSV; it has no names, and so no time limit. Answers 400 for a malformed year."""
    area, year = areas.find(code) or abort(404), _year()
    if year is None and "year" in request.args:
        abort(400)
    found = _totals(area, year)
    names = {total.kind: _kind(total.kind) for total in found}
    return data(rules.totals_csv(found, names, tongue()), "text/csv", f"{code}-{year}.csv" if year else f"{code}.csv")


@pages.get("/a/<place:code>/totals.json")
@public
def totals_json(code: str) -> Response:
    """Return an area's totals by kind and year as JSON. Answers 404 and 400 with a JSON problem."""
    area, year = areas.find(code), _year()
    if area is None:
        abort(problem(404, _("没有这个地方"), _("区划代码是 12 个数字。")))
    if year is None and "year" in request.args:
        abort(problem(400, _("年份看不懂"), _("年份是 4 个数字，比如 2026。")))
    document = {
        "demonstration": current_app.config["DEMO"],
        "area": {"code": area.code, "name": canonical(area.name), "level": area.level},
        "year": year,
        "totals": [
            {"year": one.year, "kind": {"id": one.kind, "name": _kind(one.kind)}, "notices": one.notices, "rows": one.rows,
             "withheld": len(one.withheld), "sums": {name: rules.yuan(value) for name, value in one.sums.items()}}
            for one in _totals(area, year)
        ],
        "terms": say(rules.TERMS),
    }  # fmt: skip
    return data(_text(document), "application/json")


def _year() -> int | None:
    """Return the year in the query; None if it is missing or malformed."""
    typed = request.args.get("year", "")
    return int(typed) if re.fullmatch("[12][0-9]{3}", typed) else None


def _totals(area: Area, year: int | None) -> list[rules.Total]:
    return rules.add_up(kept.parts(prefix(area.code, area.level), year))


def _kind(id: str) -> str:
    """Return a kind's name, or its id if its file no longer exists."""
    found = kinds.load().get(id)
    return str(say(found.name)) if found else id


@pages.get("/openapi.json")
@public
def api() -> Response:
    """Return the OpenAPI 3.1 description of the JSON."""
    return data(_text(openapi.description(absolute("") or "/", tongue())), "application/json")
