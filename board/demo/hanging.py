"""The demo's displays: posters printed and hung with a photo, one hung late, and some not hung yet.

The photos are drawn, and labelled so.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from board.demo.staff import staff
from board.paper import fonts, qr
from board.rules.notice.page_sources import of_version
from board.store import displays, notices
from board.store.notices import Posted

SIZE = (1200, 1600)


Act = tuple[datetime, Callable[[], object]]  # what somebody does, and when


def hang(posted: Posted, said: Iterable[dict[str, Any]], clerk: str, at: datetime) -> Iterator[Act]:
    """Yield what is done with the posters of some places of a notice: its clerk prints them, and those with a ``spot`` are reported hung.

    Each entry has ``place``, and for a hung poster ``spot``, ``by``, ``late`` (days after the first day of display) and ``photo``.
    """
    entries = list(said)
    person = staff(clerk)
    printed = at + timedelta(minutes=1)
    yield printed, lambda: displays.note_printed(posted, [entry["place"] for entry in entries], person.id, printed)
    for entry in entries:
        if "spot" in entry:
            later = at + timedelta(entry.get("late", 0), minutes=2)
            yield later, partial(_report, posted, entry, later)


def _report(posted: Posted, entry: dict[str, Any], at: datetime) -> None:
    on = posted.version.starts + timedelta(entry.get("late", 0))
    picture = photo(posted, entry["place"], on) if entry.get("photo", True) else b""
    word = displays.DisplayReport(on, entry["by"], entry["spot"], picture)
    displays.report(posted, displays.poster(posted, entry["place"]), word, displays.THROUGH_LINK, at)


def photo(posted: Posted, place: str, day: date) -> bytes:
    """Return a drawn photo of a place's poster on a wall, slightly rotated and blurred like one from a phone."""
    page = of_version(posted.version, notices.parts(posted), posted.notice.kind, "wall")
    sheet = Image.new("RGB", (720, 1020), "#fbfaf5")
    draw = ImageDraw.Draw(sheet)
    draw.text((360, 60), page.place_name(place), "black", _font(34), anchor="mm")
    draw.multiline_text((360, 160), "\n".join(_wrapped(page.title, 13)), "black", _font(50), anchor="mm", align="center")
    draw.text((40, 290), page.summed("zh", place), "black", _font(56))
    _code(draw, qr.address("https://demo.invalid", posted.number, place, posted.version.no), (40, 400, 300))
    for line in range(12):
        draw.line((40, 740 + 20 * line, 680, 740 + 20 * line), "#999", 2)
    wall = Image.new("RGB", SIZE, "#b9b2a4")
    board = ImageDraw.Draw(wall)
    board.rectangle((90, 120, 1110, 1480), "#8c3b2a")
    board.rectangle((120, 150, 1080, 1450), "#d9d2bf")
    turned = sheet.rotate(-2, expand=True, fillcolor="#d9d2bf", resample=Image.Resampling.BICUBIC)
    wall.paste(turned, (230, 240))
    board.text((600, 1540), f"演示照片 {day.isoformat()}", "#333", _font(36), anchor="mm")
    held = io.BytesIO()
    wall.filter(ImageFilter.GaussianBlur(1.2)).save(held, "JPEG", quality=70)
    return held.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path()), size, index=fonts.FACE)


def _wrapped(text: str, most: int) -> list[str]:
    return [text[start : start + most] for start in range(0, len(text), most)]


def _code(draw: ImageDraw.ImageDraw, text: str, box: tuple[int, int, int]) -> None:
    left, top, side = box
    modules = qr.matrix(text)
    size = side / len(modules)
    for y, row in enumerate(modules):
        for x, black in enumerate(row):
            if black:
                draw.rectangle((left + x * size, top + y * size, left + (x + 1) * size, top + (y + 1) * size), "black")
