"""The poster that hangs on a village's wall: one notice's part of one place, on as many pages as its roster needs, or on one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import ceil
from typing import Any, Literal, NamedTuple

from board.paper import qr
from board.paper.formats import ROWS, Format, Measures
from board.paper.typesetting import typeset

Row = tuple[str, ...]

CELL_INSET = 4.0  # points: the blank at a cell's two ends
SMALLEST = 7.0  # points: what a roster of very many columns is set in at the least
PLAIN = Format()


class BigNumber(NamedTuple):
    """A figure to be read from afar; ``value`` carries its unit (``48,210.50 元``)."""

    label: str
    value: str


class Fact(NamedTuple):
    """One thing the notice states, such as 依据文件; the text may hold line breaks."""

    label: str
    text: str


class Phone(NamedTuple):
    """One line to ring: what for, the number, and who answers."""

    label: str
    number: str
    who: str = ""


class Column(NamedTuple):
    """One column of the roster; ``weight`` is its part of the width, and what is in a ``whole`` one (a date) never breaks."""

    header: str
    align: Literal["left", "center", "right"] = "left"
    weight: float = 1
    whole: bool = False


class Group(NamedTuple):
    """The rows of one 村民小组 and their sum; a roster without groups is one group without a name."""

    name: str
    rows: tuple[Row, ...]
    subtotal: Row | None = None


@dataclass(frozen=True, kw_only=True)
class Poster:
    """All that one printed poster says, in final words: names already masked or full, figures already set with commas and units.

    A draft (``draft_mark``, such as 送审稿) has neither QR code nor number, for its address would tell a stranger something;
    every other poster has both. ``demo_mark`` is a band on every page (演示数据 · 虚构). Rows have one text for each column.
    Raises ``ValueError`` for a draft with an address, a poster without one, and a row of the wrong length.
    """

    title: str
    place_name: str
    publisher: str
    date_line: str
    sentence: str = ""
    big_numbers: tuple[BigNumber, ...] = ()  # the first is the total, set largest; four at most
    equal_numbers: bool = False  # no number is before the others: the income and the spending of accounts
    facts: tuple[Fact, ...] = ()
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    total_row: Row | None = None
    period_line: str = ""
    phones: tuple[Phone, ...] = ()
    committee_line: str = ""  # "" leaves out the committee's signature, as on a county's poster
    how_computed: str = ""
    qr_text: str = ""
    short_address: str = ""
    number: str = ""  # as it is read aloud: 123 456 789
    version: int = 1
    rows_count: int = 0
    row_word: str = "行"  # what a row is, behind a number: 户, 笔
    total: str = ""
    fingerprint: str = ""
    edition: Literal["wall", "web"] = "wall"
    draft_mark: str = ""
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"

    def __post_init__(self) -> None:
        addressed = bool(self.qr_text and self.number and self.short_address)
        if self.draft_mark and (self.qr_text or self.number or self.short_address):
            raise ValueError("a draft carries no address")
        if not self.draft_mark and not addressed:
            raise ValueError("a poster that is not a draft needs its QR text, number and short address")
        if len(self.big_numbers) > 4:
            raise ValueError("four big numbers at most")
        if self.groups and not self.columns:
            raise ValueError("rows without columns")
        for row in self.all_rows():
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} texts under {len(self.columns)} columns")

    def all_rows(self) -> list[Row]:
        """Every line of the roster, sums included."""
        rows = [row for group in self.groups for row in group.rows]
        sums = [group.subtotal for group in self.groups if group.subtotal is not None]
        return rows + sums + ([self.total_row] if self.total_row is not None else [])


def poster_pdf(poster: Poster, form: Format = PLAIN) -> bytes:
    """The poster as a black-and-white PDF; equal sheets give equal bytes.

    On A4 the QR symbol measures 80 mm on the first page and 35 mm on every other (quiet zone not counted; it is 4 modules more all round).
    """
    wide = turned(poster, form)
    measures = form.paper.turned(wide)
    return typeset("poster", {**_plain(poster, form, wide), **layout(poster, measures, form.paper.rows)}, "pdf")


def summary_pdf(poster: Poster, form: Format = PLAIN) -> bytes:
    """What the poster comes to on one page, without a row of it: its sentence, its total and its code as large as the paper allows."""
    short = replace(poster, columns=(), groups=(), total_row=None, how_computed="")
    return typeset("summary", _plain(short, form, form.turn == "wide"), "pdf")


def turned(poster: Poster, form: Format = PLAIN) -> bool:
    """Whether the poster is printed on its side: as the clerk said, or because it has many columns or figures too long to be legible."""
    if form.turn != "by_columns":
        return form.turn == "wide"
    upright, wide = (form.paper.turned(side) for side in (False, True))
    if len(poster.columns) > upright.columns:
        return True
    as_it_is, on_its_side = (_rows_size(poster, measures, form.paper.rows) for measures in (upright, wide))
    return as_it_is < ROWS and on_its_side > as_it_is


def layout(poster: Poster, measures: Measures, largest: float) -> dict[str, Any]:
    """How its roster is set within those measures: the size of its type, and which of each group's rows stay together."""
    size = _rows_size(poster, measures, largest)
    heights = _heights(poster, measures, size)
    return {
        "rows_size": size,
        "ties": [_ties(rows, measures.lines, whole=len(heights) > 1) for rows in heights],
        "long_rows": any(height > measures.lines for rows in heights for height in rows),
    }


def _plain(poster: Poster, form: Format, wide: bool) -> dict[str, Any]:
    paper = form.paper
    return {**plain(poster), "paper": form.size, "wide": wide, "margin": paper.margin, "k": paper.k}


def plain(poster: Poster) -> dict[str, Any]:
    """What the poster says, with its code drawn, as templates read it."""
    said = {field.name: getattr(poster, field.name) for field in fields(poster)}
    return {**said, "qr": code(poster.qr_text, poster.short_address)}


def _widths(poster: Poster, measures: Measures) -> list[float]:
    """The room for text in each column, in points."""
    part = measures.width / sum(column.weight for column in poster.columns) if poster.columns else 0
    return [max(CELL_INSET, part * column.weight - 2 * CELL_INSET) for column in poster.columns]


def _rows_size(poster: Poster, measures: Measures, largest: float) -> float:
    """The largest type in which no figure of the roster breaks and no name breaks before its fourth character."""
    size = largest
    for place, (column, width) in enumerate(zip(poster.columns, _widths(poster, measures), strict=True)):
        texts = [row[place] for row in poster.all_rows()]
        whole = column.align == "right" or column.whole
        ems = max((_ems(text if whole else text[:4]) for text in texts), default=0) or 1
        size = min(size, width / ems)
    return max(SMALLEST, round(size - 0.05, 1))


def _heights(poster: Poster, measures: Measures, size: float) -> list[list[int]]:
    """How many lines each row of each group takes, rather one too many than too few."""
    widths = _widths(poster, measures)

    def lines(text: str, width: float) -> int:
        return sum(max(1, ceil(_ems(line) * size / width)) for line in text.split("\n"))

    return [[max(map(lines, row, widths)) for row in group.rows] for group in poster.groups]


def _ties(heights: list[int], room: int, *, whole: bool) -> tuple[int, int]:
    """How many of a group's first and of its last rows may not be torn from its heading and from its sums.

    A short group among others stays whole; a long one breaks neither after its first row nor before its last two. What is tied must
    fit on one page with the signatures, so that long texts in the cells loosen the ties.
    """
    last = len(heights) if whole and sum(heights) <= room else 2 if sum(heights[-2:]) <= room else 0
    last = min(last, len(heights))
    first = min(2, len(heights) - last) if sum(heights[:2]) <= room else 0
    return first, last


def _ems(text: str) -> float:
    """How wide ``text`` runs at most in bold, in ems: ideographs are square, figures six tenths, commas and points a third."""
    return sum(0.33 if char in ",. " else 0.6 if char.isascii() else 1.0 for char in text)


def code(text: str, address: str) -> dict[str, Any] | None:
    """The symbol without its quiet zone, how many modules wide it is, and the address it stands for: templates keep the zone free."""
    if not text:
        return None
    return {"svg": qr.svg(text, border=0), "modules": len(qr.matrix(text, border=0)), "address": address}
