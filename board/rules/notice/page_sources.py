"""Where a page comes from: a proposal that waits for its reviewer, or a posted version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from board.rules import return_reasons
from board.rules.kind_file import parse_frozen
from board.rules.notice import deadlines, suppression
from board.rules.notice.page import Edition, Page
from board.rules.notice.proposal import Proposal


def of_proposal(proposal: Proposal, edition: Edition = "wall") -> Page:
    """Return the page of a proposal, as it will be after posting, but without a number; for its staff, unless ``edition`` is "web"."""
    no = proposal.frozen.get("correction", {}).get("version", 1)
    page = _page(
        vars(proposal), proposal.frozen, parts=tuple(proposal.parts), row_count=proposal.row_count, number="", no=no, posted_at=None
    )
    return page if edition == "wall" else _for_web(page, proposal.frozen)


def of_version(version: Any, parts: Iterable[Any], kind: str, edition: Edition = "web") -> Page:
    """Return the page of a posted version; ``version`` and ``parts`` have the columns of their tables.

    It is the web's, unless ``edition`` is "wall": what is not meant for the web has to say so.
    """
    stored = ("home", "title", "facts", "starts", "ends", "formed_on", "digest", "algorithm", "totals")
    content = {name: getattr(version, name) for name in stored}
    of_it = {name: getattr(version, name) for name in ("row_count", "number", "no", "posted_at")}
    page = _page(content | {"kind": kind, "publish_by": getattr(version, "publish_by", None)}, version.frozen, parts=tuple(parts), **of_it)
    return page if edition == "wall" else _for_web(page, version.frozen)


def _for_web(page: Page, frozen: Mapping[str, Any]) -> Page:
    """Return the page as the web may show it; a version that was posted before there was a threshold stays as it was posted."""
    rows, least = {part.place: part.row_count for part in page.parts}, frozen.get(suppression.FROZEN, 0)
    return page.without(suppression.withheld(rows, least), small=suppression.is_small(rows, least)) if least else page


def _page(content: Mapping[str, Any], frozen: Mapping[str, Any], **rest: Any) -> Page:
    as_date: Callable[[Any], date] = lambda value: date.fromisoformat(value) if isinstance(value, str) else value  # noqa: E731
    return Page(
        home=content["home"],
        kind=parse_frozen(content["kind"], frozen["kind"]),
        title=content["title"],
        facts=content["facts"],
        areas=frozen["areas"],
        publisher=frozen["publisher"],
        level=frozen.get("level", ""),
        invented=frozen.get("invented", False),
        files=tuple(frozen.get("files", ())),
        returns=return_reasons.read(frozen.get("returns", {})),
        lead=frozen.get("lead", {}),
        follows=frozen.get("follows", {}),
        lines=deadlines.read(content.get("publish_by"), frozen),
        starts=as_date(content["starts"]),
        ends=as_date(content["ends"]),
        formed_on=as_date(content["formed_on"]),
        digest=content.get("digest", ""),
        algorithm=content["algorithm"],
        totals=content["totals"],
        **rest,
    )
