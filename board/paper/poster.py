"""The poster of one place's part of a notice: on as many pages as its roster needs, or a summary on one page."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import ceil
from typing import Any, Literal, NamedTuple

from board.paper import qr
from board.paper.formats import ROWS, Format, Measures
from board.paper.typesetting import typeset

Row = tuple[str, ...]

CELL_INSET = 4.0  # points: the padding on both sides of a cell
PAIRED, SHORT_FIELDS, GUTTER = 24, 4, 8.0  # rows and fields of a roster in two tables side by side, and points between these
SHORT = 16  # rows up to which a poster is set closer where that spares a page
MANY = 60  # rows beyond which they stand closer together: 110 households on three pages of A4 and not four
SMALLEST = 7.0  # points: the smallest type, for rosters of very many columns
PLAIN = Format()


class BigNumber(NamedTuple):
    """A figure in large type; ``value`` includes its unit (``48,210.50 元``)."""

    label: str
    value: str


class Fact(NamedTuple):
    """One fact of the notice, such as 依据文件; the text may contain line breaks."""

    label: str
    text: str


class Phone(NamedTuple):
    """One contact: what for, the number, and who answers."""

    label: str
    number: str
    who: str = ""


class Column(NamedTuple):
    """One column of the roster: ``weight`` is its share of the width; the cells of a ``whole`` column (a date) never break."""

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
    """The final texts of one poster: names as the edition shows them, figures with commas and units.

    A draft (``draft_mark``, such as 送审稿) has neither QR code nor number, because its address must not become known; every other poster
    has both. ``demo_mark`` is a band on every page (演示数据 · 虚构). Rows have one text for each column. Raises ``ValueError`` for a draft
    with an address, a poster without one, and a row of the wrong length.
    """

    title: str
    place_name: str
    publisher: str
    date_line: str
    sentence: str = ""
    big_numbers: tuple[BigNumber, ...] = ()  # the first is the total, set largest; four at most
    equal_numbers: bool = False  # no number is set larger: income and spending of accounts
    facts: tuple[Fact, ...] = ()
    columns: tuple[Column, ...] = ()
    groups: tuple[Group, ...] = ()
    total_row: Row | None = None
    period_line: str = ""
    phones: tuple[Phone, ...] = ()
    in_person: str = ""  # whom to see, where and when, for a summary without facts; "" in notices from before it was asked for
    committee_line: str = ""  # "": no line for the committee's signature, as for a county
    how_computed: str = ""
    qr_text: str = ""
    short_address: str = ""
    number: str = ""  # in groups: 123 456 789
    version: int = 1
    rows_count: int = 0
    row_word: str = "行"  # the unit of a row: 户, 笔
    total: str = ""
    fingerprint: str = ""
    checkpoint: str = ""  # of the public log at the time of printing, "" until there are any: the foot has room for it
    posted_at: int = 0  # of its version, in seconds since 1970, for the PDF's own date; 0 of a draft
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
        """Return every line of the roster, sums included."""
        rows = [row for group in self.groups for row in group.rows]
        sums = [group.subtotal for group in self.groups if group.subtotal is not None]
        return rows + sums + ([self.total_row] if self.total_row is not None else [])


def poster_pdf(poster: Poster, form: Format = PLAIN) -> bytes:
    """Return the poster as a black-and-white PDF; equal posters give equal bytes.

    On A4 the QR symbol measures 80 mm on the first page and 35 mm on every other (without its quiet zone of 4 modules).
    """
    wide = turned(poster, form)
    measures = form.paper.turned(wide)
    return typeset("poster", {**_plain(poster, form, wide), **layout(poster, measures, form.paper.rows)}, "pdf", made_at=poster.posted_at)


def summary_pdf(poster: Poster, form: Format = PLAIN) -> bytes:
    """Return a one-page summary without rows: sentence, total and QR code, as large as the paper allows."""
    short = replace(poster, columns=(), groups=(), total_row=None, how_computed="")
    return typeset("summary", _plain(short, form, form.turn == "wide"), "pdf", made_at=poster.posted_at)


def turned(poster: Poster, form: Format = PLAIN) -> bool:
    """Return whether the poster is set in landscape: as the clerk chose, or because of many columns or long figures."""
    if form.turn != "by_columns":
        return form.turn == "wide"
    upright, wide = (form.paper.turned(side) for side in (False, True))
    if len(poster.columns) > upright.columns:
        return True
    as_it_is, on_its_side = (_rows_size(poster, measures, form.paper.rows) for measures in (upright, wide))
    return as_it_is < ROWS and on_its_side > as_it_is


def layout(poster: Poster, measures: Measures, largest: float) -> dict[str, Any]:
    """Return how the roster is set within ``measures``: its type size, and which rows of each group stay together."""
    rows = sum(len(group.rows) for group in poster.groups)
    many = rows > MANY
    if pairs := paired(poster, measures, largest):
        return {"rows_size": pairs, "rows_inset": 2.2, "ties": [], "long_rows": False, "lines": _lines(poster), "short": False}
    size = _rows_size(poster, measures, largest - 1 if many else largest)
    heights = _heights(poster, measures, size)
    return {
        "rows_size": size,
        "rows_inset": 2.0 if many else 4.0,
        "lines": [],
        "short": rows <= SHORT,
        "ties": [_ties(rows, measures.lines, whole=len(heights) > 1) for rows in heights],
        "long_rows": any(height > measures.lines for rows in heights for height in rows),
    }


def paired(poster: Poster, measures: Measures, largest: float) -> float:
    """Return the type size of a roster that stands in two tables beside each other, 0 where it does not: it has few rows, more than four
    fields, or one that would not fit on a line of half the width."""
    rows = sum(len(group.rows) for group in poster.groups)
    if rows < PAIRED or not 1 < len(poster.columns) <= SHORT_FIELDS:
        return 0
    half = measures._replace(width=measures.width / 2 - GUTTER)
    size = largest
    for place, width in enumerate(_widths(poster, half)):
        longest = max(_ems(row[place]) for row in poster.all_rows())  # a header may take two lines
        size = min(size, width / max(longest, 1))
    return round(size - 0.05, 1) if size >= largest - 1.5 and not any("\n" in cell for row in poster.all_rows() for cell in row) else 0


def _lines(poster: Poster) -> list[tuple[str, Row]]:
    """Return every line of the roster in order as (group, row or sum; its cells)."""
    found: list[tuple[str, Row]] = []
    for group in poster.groups:
        found += [("group", (group.name,))] if group.name else []
        found += [("row", row) for row in group.rows]
        found += [("sum", group.subtotal)] if group.subtotal else []
    return [*found, *([("sum", poster.total_row)] if poster.total_row else [])]


def _plain(poster: Poster, form: Format, wide: bool) -> dict[str, Any]:
    paper = form.paper
    return {**plain(poster), "paper": form.size, "wide": wide, "margin": paper.margin, "k": paper.k}


def plain(poster: Poster) -> dict[str, Any]:
    """Return the poster's fields with its QR code as SVG, as the typst templates read them."""
    values = {field.name: getattr(poster, field.name) for field in fields(poster)}
    return {**values, "qr": code(poster.qr_text, poster.short_address)}


def _widths(poster: Poster, measures: Measures) -> list[float]:
    """Return the width for text in each column, in points."""
    share = measures.width / sum(column.weight for column in poster.columns) if poster.columns else 0
    return [max(CELL_INSET, share * column.weight - 2 * CELL_INSET) for column in poster.columns]


def _rows_size(poster: Poster, measures: Measures, largest: float) -> float:
    """Return the largest type size in which no figure of the roster breaks and no name breaks before its fourth character."""
    size = largest
    for place, (column, width) in enumerate(zip(poster.columns, _widths(poster, measures), strict=True)):
        texts = [row[place] for row in poster.all_rows()]
        whole = column.align == "right" or column.whole
        ems = max((_ems(text if whole else text[:4]) for text in texts), default=0) or 1
        size = min(size, width / ems)
    return max(SMALLEST, round(size - 0.05, 1))


def _heights(poster: Poster, measures: Measures, size: float) -> list[list[int]]:
    """Return an upper estimate of the lines that each row of each group takes."""
    widths = _widths(poster, measures)

    def lines(text: str, width: float) -> int:
        return sum(max(1, ceil(_ems(line) * size / width)) for line in text.split("\n"))

    return [[max(map(lines, row, widths)) for row in group.rows] for group in poster.groups]


def _ties(heights: list[int], room: int, *, whole: bool) -> tuple[int, int]:
    """Return how many of a group's first and last rows are kept with its heading and with its sums.

    A short group among others stays whole; a long one breaks neither after its first row nor before its last two. Rows that are kept
    together must fit on one page with the signatures, so that fewer are when their cells are long.
    """
    last = len(heights) if whole and sum(heights) <= room else 2 if sum(heights[-2:]) <= room else 0
    last = min(last, len(heights))
    first = min(2, len(heights) - last) if sum(heights[:2]) <= room else 0
    return first, last


def _ems(text: str) -> float:
    """Return an upper estimate of the width of ``text`` in bold, in ems: ideographs 1, figures 0.6, commas and points 0.33."""
    return sum(0.33 if char in ",. " else 0.6 if char.isascii() else 1.0 for char in text)


def code(text: str, address: str) -> dict[str, Any] | None:
    """Return the symbol without its quiet zone as SVG, its width in modules, and its address; templates keep the quiet zone free."""
    if not text:
        return None
    return {"svg": qr.svg(text, border=0), "modules": len(qr.matrix(text, border=0)), "address": address}
