"""Atom feeds, sitemap and robots.txt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from flask import Blueprint, Response, abort, render_template, url_for
from flask_babel import gettext as _

from board.rules.areas import prefix
from board.rules.kind import Kind
from board.rules.notice.page import Page
from board.rules.place_names import canonical
from board.store import areas
from board.store import open_data as kept
from board.store.notices import Posted
from board.web.guard import public
from board.web.i18n import link, tongue
from board.web.installation import absolute
from board.web.public.notice import heading
from board.web.public.posted_pages import pages_of

pages = Blueprint("feeds", __name__)

ENTRIES = 100  # entries of a feed: more than an area posts between two polls
ADDRESSES = 49_999  # of one part of the sitemap; sitemaps.org allows 50,000, and the home page is added to one of them
# Not to be indexed: rows and names, files, forms and personal pages. Baidu ignores X-Robots-Tag, so that these paths are disallowed
# here; crawlers that fetch them in spite of it get "noindex" in the response.
CLOSED = (
    "/n/*/", "/N/*/", "/n/*.csv", "/n/*.json", "/n/*.txt", "/N/*.txt", "/n$", "/n?", "/*?*after=", "/*?*view=",
    "/a/*/totals.", "/a/*/booklet/", "/A/*/booklet/", "/receipt", "/search", "/s/", "/S/",
    "/ask", "/a/*/ask", "/w/*/", "/W/*/", "/a/*/guide/", "/a/*/letters", "/a/*/catalogue.", "/a/*/due",
    "/hung/", "/phone/", "/.well-known/", "/sign-in", "/openapi.json",
)  # fmt: skip
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
pages.add_app_template_filter(lambda text: _UNWRITABLE.sub("", text), "plain")


@dataclass(frozen=True)
class Change:
    """One entry of a feed: a notice that was posted, corrected or taken down; contains no person's name."""

    id: str
    address: str
    title: str
    at: datetime
    publisher: str
    kind: Kind
    words: str


@pages.get("/a/<place:code>.atom")
@public
def feed(code: str) -> Response:
    """Return the Atom feed of an area: the latest notices that concern it, posted, corrected or taken down."""
    area = areas.find(code) or abort(404)
    listed = kept.lately([code], prefix(code, area.level), ENTRIES)
    changes = [_change(posted, page) for posted, page in zip(listed, pages_of(listed), strict=True)]
    own, own_page = (absolute(link(endpoint, code=code)) for endpoint in ("public.feeds.feed", "public.area.area"))
    id = absolute(url_for("public.feeds.feed", code=code))
    head = {"id": id, "own": own, "page": own_page, "title": _("%(place)s公示墙", place=canonical(area.name))}
    text = render_template("public/feeds/feed.xml", changes=changes, epoch=datetime.fromtimestamp(0, UTC), **head)
    return Response(text, mimetype="application/atom+xml")


def _change(posted: Posted, page: Page) -> Change:
    gone = posted.notice.withdrawn_at
    title, words = heading(posted, page), page.sentence(tongue())
    if gone:
        title, words = _("已撤下：%(what)s", what=title), _("原因：%(reason)s", reason=posted.notice.withdrawn_because)
    elif page.no > 1:
        title = _("已更正（第 %(no)s 版）：%(title)s", no=page.no, title=title)
        words = _("更正的原因：%(reason)s", reason=posted.version.reason) + "\n" + words
    return Change(
        id=absolute(url_for("public.notice.notice", number=posted.number)),
        address=absolute(link("public.notice.notice", number=posted.number)),
        title=title,
        at=gone or posted.version.posted_at,
        publisher=page.publisher,
        kind=page.kind,
        words=words,
    )


@pages.get("/robots.txt")
@public
def robots() -> Response:
    """Return robots.txt."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {absolute(url_for('public.feeds.sitemap'))}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@pages.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """Return the sitemap index."""
    parts = [(what, no) for what in ("areas", "notices") for no in range(1, ceil(kept.count(what) / ADDRESSES) + 1)]
    entries = [absolute(url_for("public.feeds.sitemap_part", what=what, no=no)) for what, no in parts]
    return Response(render_template("public/feeds/sitemaps.xml", entries=entries), mimetype="application/xml")


@pages.get("/sitemap-<any(areas, notices):what>-<count:no>.xml")
@public
def sitemap_part(what: str, no: str) -> Response:
    """Return one part of the sitemap: areas (with the home page in part 1), or pages of notices in force, without rosters."""
    found = kept.listed(what, (int(no) - 1) * ADDRESSES, ADDRESSES) if int(no) else []
    if not found:
        abort(404)
    entries = [(absolute(_address(what, key)), at) for key, at in found]
    if (what, int(no)) == ("areas", 1):
        entries.insert(0, (absolute(url_for("public.home.home")), None))
    return Response(render_template("public/feeds/sitemap.xml", entries=entries), mimetype="application/xml")


def _address(what: str, key: str) -> str:
    return url_for("public.area.area", code=key) if what == "areas" else url_for("public.notice.notice", number=key)
