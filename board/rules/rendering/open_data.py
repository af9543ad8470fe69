"""A notice as open data: the cells of its CSV, the members of its JSON, and the totals of an area; names as the web shows them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from board.rules import money, row_units
from board.rules.bilingual import Language, Words, say
from board.rules.kind import Column
from board.rules.notice.formatting import NUMERIC, fact_text, unit
from board.rules.notice.page import Page
from board.rules.notice.series import Member

BOM = "\ufeff"  # without it WPS and Excel take UTF-8 for GBK, and every Chinese word is garbage
SUMMED = ("amount", "paid", "income", "spending")  # what may be added over notices of one kind; a balance may not
TERMS = Words(
    "政府依法公开的信息，可以免费使用、转载；请写明出处、编号和版本。不得用来认出、骚扰某个人。",
    "Published by law by a public office: free to use and pass on. Name the source, the number and the version. "
    "It may not be used to find out or trouble a person.",
)
MEMBERS = Words(
    "名单只给本村（社区）、本集体的人看：看公示墙上的纸，或者用手机扫那张纸上的码。这里只有总数。",
    "The list is for the members of the village, community or collective, on the sheet at the wall and by the code on it. "
    "Here are the totals.",
)
FEW = Words("人数少，名单只贴在公示墙上，网上不写。", "Too few people: the list hangs on the notice wall only, and is not on the web.")
ENDED = Words(
    "公示期已过，名单已收起，总数还在。",
    "The time of display is over: the list has been put away, the totals stay.",
)
NO_TABLE = Words("这类公示没有表格，要说的都在上面。", "Notices of this kind have no table: all that they say stands above.")
_PLACE, _CODE = Words("地方", "Place"), Words("区划代码", "Area code")
_NO, _GROUP, _NAME = Words("号", "No."), Words("组", "Group"), Words("户主", "Household head")

_FORMULA = re.compile(r"\s*[-=+@\uff1d\uff0b\uff0d\uff20]")
# Texts that a spreadsheet program would convert to a number or a date and write back changed: 0123, 510521116004, 1-2, 3E5.
_CHANGED = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+|\d+([-/.:]\d+)+")
_BREAKS = re.compile(r"[\t\r\n\v\f]+")
_EXACT_DIGITS = 15  # of a number that a spreadsheet program keeps; behind them it puts zeros


def exact(column: Column | None, value: str) -> str:
    """Return a measure as data: money with both its decimals (``463.30``), other figures and words as they are stored; never a float."""
    if column is None or column.type not in ("money", "balance"):
        return value
    try:
        return f"{money.from_fen(money.to_fen(Decimal(value)))}"
    except (ValueError, InvalidOperation):  # a total line may hold a part of a fen: given as it was written
        return value


def totals(page: Page, given: Mapping[str, str]) -> dict[str, str]:
    """Return the public totals of a notice or of one place's part, exact; of goods one for each unit (received:床)."""
    found: dict[str, str] = {}
    for column in page.total_columns():
        found |= {row_units.key(column, own): exact(column, value) for own, value in row_units.by_unit(column, given).items()}
        found |= {column.id: exact(column, given[column.id])} if column.id in given else {}
    return found


# ---- CSV


def record(cells: Iterable[str]) -> str:
    """Return one line of a CSV file, with the line end that WPS and Excel write themselves."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def cell(text: str) -> str:
    """Return words as a cell: what would run as a formula has a ``'`` before it, what would be read as a number and lose digits a tab."""
    text = _BREAKS.sub(" ", text)
    if _FORMULA.match(text):
        return f"'{text}"
    return f"\t{text}" if _CHANGED.fullmatch(text) else text


def _figure(column: Column, value: str) -> str:
    """Return a measure as a cell: a figure stays one, so that it can be added up, unless a spreadsheet program would round it."""
    value = exact(column, value)
    if column.type == "date":
        return value
    if column.type in NUMERIC and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value if sum(map(str.isdigit, value)) <= _EXACT_DIGITS else f"\t{value}"
    return cell(value)


def header(page: Page, language: Language) -> list[str]:
    """Return the first line: place, its code, the row's number, group and name where the kind has them, the public columns with units."""
    types = {column.type: column.label for column in page.kind.columns}
    words = [types.get("place", _PLACE), _CODE, _NO]
    words += [types.get("group", _GROUP)] if "group" in types else []
    words += [named.label if (named := page.kind.name_column) else _NAME] if page.kind.names != "none" else []
    return [cell(say(one, language)) for one in words] + [cell(_headed(column, language)) for column in page.public_columns()]


def _headed(column: Column, language: Language) -> str:
    label, named = say(column.label, language), unit(column, language)
    if not named:
        return label
    return f"{label} ({named})" if language == "en" else f"{label}\uff08{named}\uff09"


def cells(page: Page, row: Any) -> list[str]:
    """Return a row under ``header``: its name as the web policy shows it."""
    types = {column.type for column in page.kind.columns}
    own = [cell(page.place_name(row.place)), cell(row.place), str(row.no)]
    own += [cell(row.group)] if "group" in types else []
    own += [cell(row.shown_name)] if page.kind.names != "none" else []
    return own + [_figure(column, row.measures.get(column.id, "")) for column in page.public_columns()]


def left_out(page: Page, place: str, language: Language) -> list[str]:
    """Return the line under ``header`` in place of the rows of a place that is withheld."""
    types = {column.type for column in page.kind.columns}
    own = [cell(page.place_name(place)), cell(place), "", *([""] if "group" in types else []), page.few(language)]
    return own + [""] * len(page.public_columns())


# ---- JSON


def document(page: Page, language: Language, place: str | None, address: Callable[..., str]) -> dict[str, Any]:
    """Return all that a notice says but its rows, as plain JSON values; with ``place``, of that place's sheet.

    ``address(what, place)`` gives the absolute address of its page, csv, json or sheet. Figures are decimal texts, dates ISO texts.
    """
    given, count = page.sum_of(place)
    return {
        "number": page.number,
        "version": page.no,
        "title": page.title,
        "kind": {"id": page.kind.id, "name": say(page.kind.name, language)},
        "publisher": {"code": page.home, "name": page.publisher},
        **({"place": {"code": place, "name": page.place_name(place)}} if place else {}),
        "sentence": page.sentence(language, place),
        "period": {"starts": page.starts.isoformat(), "ends": page.ends.isoformat()},
        "formed_on": page.formed_on.isoformat(),
        "posted_at": page.posted_at.isoformat(timespec="seconds") if page.posted_at else None,
        "rows_until": _iso(page.rows_until()),
        "made_up": page.invented,
        "facts": _facts(page, language),
        "columns": [_column(column, language) for column in page.public_columns()],
        "row_count": None if place and page.withholds(place) else count,
        "withheld": page.few(language) if page.withholds(place) else None,
        "totals": totals(page, given),
        **({} if place else {"places": [_share(page, part, language, address) for part in page.parts]}),
        "series": [_member(one, page) for one in page.series],
        "digest": page.digest,
        "digest_algorithm": page.algorithm,
        "addresses": _addresses(page, place, address),
        "terms": say(TERMS, language),
    }


def _member(one: Member, page: Page) -> dict[str, Any]:
    """Return a notice of the same matter; the title of one that was taken down may be the problem, and is left out."""
    told = {"number": one.number, "kind": one.kind, "stage": one.stage, "title": None if one.withdrawn else one.title}
    return told | {"posted_on": one.posted_on.isoformat(), "withdrawn": one.withdrawn, "this": one.number == page.number}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _facts(page: Page, language: Language) -> list[dict[str, str]]:
    given = [fact for fact in page.kind.facts if page.facts.get(fact.id)]
    return [
        {
            "id": fact.id,
            "label": say(fact.label, language),
            "value": page.facts[fact.id],
            "text": fact_text(fact, page.facts[fact.id], language),
        }
        for fact in given
    ]


def _column(column: Column, language: Language) -> dict[str, str]:
    return {"id": column.id, "label": say(column.label, language), "type": column.type, "unit": unit(column, language)}


def _share(page: Page, part: Any, language: Language, address: Callable[..., str]) -> dict[str, Any]:
    held = page.withholds(part.place)
    data = {"code": part.place, "name": page.place_name(part.place), "row_count": None if held else part.row_count}
    data |= {"withheld": page.few(language) if held else None}
    return data | {"totals": totals(page, part.totals), "addresses": _addresses(page, part.place, address)}


def _addresses(page: Page, place: str | None, address: Callable[..., str]) -> dict[str, str]:
    files = [] if page.withholds(place) else (["csv"] if page.kind.columns and page.rows_until() else []) + (["sheet"] if place else [])
    what = ["page", "json", *files]
    return {one: address(one, place) for one in what}


def row(page: Page, one: Any) -> dict[str, Any]:
    """Return a row as plain JSON values: its name as the web policy shows it, its figures as decimal texts."""
    values = {column.id: exact(column, one.measures[column.id]) for column in page.public_columns() if one.measures.get(column.id)}
    return {"place": one.place, "no": one.no, "group": one.group, "name": one.shown_name, "values": values}


def put_away(page: Page, language: Language, place: str | None = None) -> dict[str, Any]:
    """Return the text in place of the rows when they are not on the web: the reason, and the last day that they were."""
    why = FEW if page.withholds(place) else ENDED if page.rows_until() else MEMBERS
    why = why if page.kind.columns else NO_TABLE
    return {"shown": False, "until": _iso(page.rows_until()), "because": say(why, language)}


# ---- totals of an area


@dataclass
class Total:
    """One kind's notices of one year: how many, how many rows, and sums in yuan by measure (those of SUMMED that the kind has).

    ``withheld`` are the numbers of those of which something is left out, since it is about few people.
    """

    year: int
    kind: str
    rows: int = 0
    numbers: set[str] = field(default_factory=set)
    sums: dict[str, Decimal] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)

    @property
    def notices(self) -> int:
        """How many notices it is made of."""
        return len(self.numbers)


def add_up(parts: Iterable[tuple[date, str, str, int, Mapping[str, str], bool]]) -> list[Total]:
    """Return the totals of parts (first day of display, kind, number, rows, totals, withheld) by year and kind, the newest year first.

    Different kinds are never added: money that is first shared out and then paid would count twice.
    """
    found: dict[tuple[int, str], Total] = {}
    for starts, kind, number, count, given, withheld in parts:
        total = found.setdefault((starts.year, kind), Total(starts.year, kind))
        total.numbers.add(number)
        total.rows += count
        total.withheld |= {number} if withheld else set()
        for name in SUMMED:
            if name in given:
                total.sums[name] = total.sums.get(name, Decimal()) + Decimal(given[name])
    return sorted(found.values(), key=lambda total: (-total.year, total.kind))


def yuan(value: Decimal) -> str:
    """Return a sum as data, with both its decimals where it is whole fen: ``552578.07``."""
    return f"{value:.2f}" if value == round(value, 2) else f"{value:f}"


def totals_csv(found: Sequence[Total], names: Mapping[str, str], language: Language) -> str:
    """Return the totals as a CSV file; ``names`` are the kinds' by id."""
    zh = (
        "年份", "事项", "公示数", "行数", "金额\uff08元\uff09", "其中发到账\uff08元\uff09", "收入\uff08元\uff09", "支出\uff08元\uff09",
        "人数少、没算全的公示数",
    )  # fmt: skip
    en = (
        "Year", "Kind", "Notices", "Rows", "Amount (yuan)", "of which paid (yuan)", "Income (yuan)", "Spending (yuan)",
        "Notices not counted in full: few people",
    )  # fmt: skip
    lines = [record(en if language == "en" else zh)]
    for one in found:
        sums = [yuan(one.sums[name]) if name in one.sums else "" for name in SUMMED]
        lines.append(record([str(one.year), cell(names[one.kind]), str(one.notices), str(one.rows), *sums, str(len(one.withheld))]))
    return BOM + "".join(lines)
