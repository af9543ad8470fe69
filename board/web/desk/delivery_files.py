"""What a delivery list brings as files: data, and the sheets to be printed, each as everybody may download it today."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from flask import Response
from flask_babel import gettext as _
from pypdf import PdfReader
from werkzeug.exceptions import HTTPException

from board.paper import typesetting
from board.rules.notice.page import Page
from board.store.notices import Posted
from board.web.i18n import link
from board.web.installation import short_address
from board.web.public import open_data, poster
from board.web.public.notice import rows_shown
from board.web.public.posted_pages import pages_of, poster_page

MOST_SHEETS = 60  # set for one list, some seconds; those of the notices after them are printed from their pages
MOST_ROWS = 12_000  # on them together


@dataclass(frozen=True)
class Sheets:
    """The sheets of the notices on a list: number -> place -> PDF, and the numbers of those that were ``left_out`` as too many."""

    made: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def pages(self, number: str) -> int:
        """Return how many pages the sheets of a notice have; 0 where there are none, or they were left out."""
        return sum(len(PdfReader(io.BytesIO(sheet)).pages) for sheet in self.made.get(number, {}).values())


def sheets(listed: list[Posted]) -> Sheets:
    """Return the sheets of notices: of one whose publisher has a table of all places that alone, of another each place's whose rows the
    web shows. Nothing of a notice is left out in part."""
    made: dict[str, dict[str, bytes]] = {}
    left_out: list[str] = []
    sheets_left, rows_left = MOST_SHEETS, MOST_ROWS
    with typesetting.STAFF.slot():
        for posted, page in zip(listed, pages_of(listed), strict=True):
            found = _places(posted, page)
            rows = sum(own.sum_of(place)[1] for place, own in found.items())
            if len(found) > sheets_left or rows > rows_left:
                left_out.append(posted.number)
                continue
            sheets_left, rows_left = sheets_left - len(found), rows_left - rows
            made[posted.number] = {place: poster.made(posted, own, place) for place, own in found.items()}
    return Sheets(made, tuple(left_out))


def _places(posted: Posted, page: Page) -> dict[str, Page]:
    """Return place -> page of its poster, of those whose sheet everybody may print today."""
    places = [page.home] if page.whole(page.home) else [part.place for part in page.parts]
    found = {place: poster_page(posted, place, page) for place in places}
    return {place: own for place, own in found.items() if rows_shown(own, place)}


def packed(listed: list[Posted]) -> bytes:
    """Return a zip of the notices: each as JSON, its rows as CSV and its sheets as PDF while the web shows them, with their digests."""
    found = {name: data for posted in listed for name, data in _data(posted.number)}
    sheeted = sheets(listed)
    found |= {f"{number}-{place}.pdf": sheet for number, own in sheeted.made.items() for place, sheet in own.items()}
    if sheeted.left_out:
        lines = [short_address(link("public.notice.notice", number=number)) for number in sheeted.left_out]
        found["left-out.txt"] = "\n".join([_("公示单太多，这些没有放进来，请从它们的页面打印："), *lines, ""]).encode()
    found["sha256.txt"] = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in found.items()).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return made.getvalue()


def _data(number: str) -> Iterator[tuple[str, bytes]]:
    """Yield the public data of a notice as everybody may download them today."""
    views: tuple[tuple[str, Callable[[str], Response]], ...] = (("json", open_data.notice_json), ("csv", open_data.notice_csv))
    for ending, view in views:
        try:
            answer = view(number)
        except HTTPException:
            continue
        if answer.status_code == 200:
            yield f"{number}.{ending}", answer.get_data()
