"""The view model of a poster: a notice's page as text and figures for ``board.paper``; in Chinese whatever the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from flask import current_app

from board.paper import bundle, poster, qr
from board.paper.formats import Format
from board.rules import digest, numbers, supervision
from board.rules.bilingual import date_in_words, say
from board.rules.calendar import day_of
from board.rules.kind import WHOM_TO_ASK
from board.rules.notice import deadlines
from board.rules.notice.big_figures import Figure
from board.rules.notice.formatting import NUMERIC, cell, fact_text, total, unit
from board.rules.notice.headline import title_lines
from board.rules.notice.page import Page, telling
from board.rules.notice.returned import came_back
from board.store import sealing
from board.web.installation import public_address, short_address

ZH: Literal["zh"] = "zh"


def poster_of(
    page: Page,
    place: str,
    rows: Iterable[Any],
    names: Mapping[tuple[str, int], str],
    *,
    edition: Literal["wall", "web"],
    draft: bool = False,
) -> poster.Poster:
    """Return the poster of one place; ``names`` are keyed by (place, row number), as the edition's name policy shows them."""
    rows = list(rows)
    totals, count = page.sum_of(place)
    columns = _columns(page, rows, place)
    return poster.Poster(
        title=title_lines(page.title, page.kind.name.zh),
        place_name=page.place_name(place),
        publisher=page.publisher,
        date_line=date_in_words(day_of(page.posted_at) if page.posted_at else page.starts, ZH),
        sentence=page.sentence(ZH, place),
        big_numbers=tuple(_big(figure) for figure in page.figures(ZH, place)),
        equal_numbers=page.equal,
        facts=(*_in_person(page), *_scheduled(page), *_facts(page), *_lead(page), *_came_back(page, rows)),
        columns=tuple(column for column, _text in columns),
        groups=_groups(page, rows, names, columns),
        total_row=_total(page, totals, columns) if rows and totals else None,
        period_line=_period(page),
        phones=tuple(_phones(page)),
        in_person=page.facts.get("objection_ways", ""),
        committee_line=f"{supervision.title(page.place_name(place)).zh}委员会（签字）" if _committee_signs(page, place) else "",
        how_computed=_how(page, place, rows),
        rows_count=count,
        row_word=page.row_word(ZH),
        total=page.summed(ZH, place),
        fingerprint=digest.short(page.digest) if page.digest else "",
        edition=edition,
        draft_mark="送审稿" if draft else "",
        demo_mark=demo_mark(page),
        footer_words="本站从不索要银行卡号、密码、验证码",
        version=page.no,
        posted_at=0 if draft or page.posted_at is None else int(page.posted_at.timestamp()),
        **({} if draft else _address(page, place, wall=edition == "wall")),
    )


def line(page: Page, place: str) -> bundle.CoverLine:
    """Return the line of one place in the cover list of a print batch."""
    return bundle.CoverLine(page.place_name(place), _counted(page, page.sum_of(place)[1]), page.summed(ZH, place))


def cover(page: Page, parts: Sequence[Any], form: Format, *, short: bool, volume: tuple[int, int]) -> bundle.CoverList:
    """Return the cover list of a print batch; ``volume`` is (number of this batch, number of batches)."""
    base = public_address()
    no, count = volume
    return bundle.CoverList(
        title=title_lines(page.title, page.kind.name.zh),
        place_name=page.publisher,
        number=numbers.spaced(page.number),
        version=page.no,
        qr_text=qr.front(base, "n", page.number),
        short_address=_short(page),
        period_line=_period(page),
        what=f"贴墙版，{'每个地方一页总表' if short else '全部明细'}，{form.size.upper()} 纸",
        rows=_counted(page, sum(part.row_count for part in parts)),
        total=page.summed(ZH) if count == 1 else "",
        volume=f"第 {no} 册，共 {count} 册" if count > 1 else "",
        fingerprint=digest.short(page.digest),
        posted_at=int(page.posted_at.timestamp()) if page.posted_at else 0,
        size=form.size,
        demo_mark=demo_mark(page),
    )


def _counted(page: Page, rows: int) -> str:
    return f"{rows:,} {page.row_word(ZH)}" if page.kind.columns else ""


def _big(figure: Figure) -> poster.BigNumber:
    note = f"（{figure.note}）" if figure.note else ""
    return poster.BigNumber(figure.label + note, f"{figure.value} {figure.unit}".strip())


def _committee_signs(page: Page, place: str) -> bool:
    """Return whether a village committee has to sign: on a village's poster posted by the village or its township, unless the township
    tells of itself."""
    if page.kind.group == "office":
        return False
    return page.level in ("township", "village") and not place.endswith("000")


def _period(page: Page) -> str:
    return f"公示时间：{date_in_words(page.starts, ZH)} 至 {date_in_words(page.ends, ZH)}"


def _short(page: Page) -> str:
    return short_address(f"/n/{page.number}")


def demo_mark(page: Page) -> str:
    """Return the mark printed on everything of a demo; "" outside a demo."""
    if not current_app.config["DEMO"]:
        return ""
    return "演示数据 · 虚构" if page.invented else "演示数据"


def _address(page: Page, place: str, *, wall: bool) -> dict[str, Any]:
    secret = sealing.wall_secret(page.number, place) if wall and page.for_members else ""  # what everybody may print has none
    return {
        "qr_text": qr.address(public_address(), page.number, place, page.no, secret),
        "number": numbers.spaced(page.number),
        "short_address": _short(page),
    }


def _facts(page: Page) -> Iterable[poster.Fact]:
    for fact in page.kind.facts:
        if fact.id not in WHOM_TO_ASK and page.facts.get(fact.id):
            yield poster.Fact(say(fact.label, ZH), fact_text(fact, page.facts[fact.id], ZH))


def _in_person(page: Page) -> Iterable[poster.Fact]:
    if ways := page.facts.get("objection_ways", ""):
        yield poster.Fact("有疑问当面说", ways)


def _scheduled(page: Page) -> Iterable[poster.Fact]:
    if days := deadlines.scheduled(page, ZH):
        yield poster.Fact("哪天做什么", "\n".join(f"{date_in_words(day, ZH)}：{what}" for what, day, _basis in days))


def _lead(page: Page) -> Iterable[poster.Fact]:
    if page.lead:
        yield poster.Fact("牵头单位", f"{page.lead['name']} {page.lead['phone']}".strip())


def _came_back(page: Page, rows: Iterable[Any]) -> Iterable[poster.Fact]:
    """Yield why the money of which rows came back, and what to bring where; below the facts, which say what to do in general."""
    told = [
        f"{'、'.join(f'{row.no} 号' for row in one.rows)}：{one.why.zh}。{one.bring.zh}。" for one in came_back(page, rows) if one.why.zh
    ]
    if told:
        yield poster.Fact("谁的钱退回来了", "\n".join(told))


def _phones(page: Page) -> Iterable[poster.Phone]:
    yield poster.Phone("有疑问", page.facts.get("objection_phone", ""), page.facts.get("objection_person", ""))
    yield poster.Phone("监督举报", page.facts.get("report_phone", ""))


def _how(page: Page, place: str, rows: list[Any]) -> str:
    example = page.example(rows, ZH)
    if example is None:
        return ""
    row, text = example
    source = f"。{page.quantity_source(ZH)}" if page.quantity_source(ZH) else ""
    return f"怎么算的，比如{page.place_name(row.place) if page.whole(place) else f' {row.no} 号'}：{text}{source}"


def _columns(page: Page, rows: list[Any], place: str) -> list[tuple[poster.Column, str]]:
    """Return (column, id of its measure) in order: the row number first, or the place in a table of all places.

    Rows are numbered within their place, so that in a table of all places each number would occur many times.
    """
    first = (poster.Column("地方", "left", 1.4, True), "place") if page.whole(place) else (poster.Column("号", "center", 0.6), "no")
    columns = [first] if rows else []
    if any(row.shown_name for row in rows):
        columns.append((poster.Column(page.name_word(ZH), "left", 1.2), "name"))
    for column in telling(page, rows):
        named_unit = unit(column, ZH)
        header = say(column.label, ZH) + (f"（{named_unit}）" if named_unit else "")
        align: Literal["left", "right"] = "right" if column.type in NUMERIC else "left"
        weight = {"date": 1.5, "text": 1.6}.get(column.type, 1.2)
        columns.append((poster.Column(header, align, weight, column.type == "date"), column.id))
    return columns


def _cell(page: Page, row: Any, names: Mapping[tuple[str, int], str], id: str) -> str:
    if id == "no":
        return str(row.no)
    if id == "place":
        return "本级" if row.place == page.home else page.place_name(row.place)  # only the table of all places has this column
    if id == "name":
        return names.get((row.place, row.no), row.shown_name)
    column = page.kind.column(id)
    assert column is not None
    return cell(column, row.measures.get(id, ""), ZH)


def _groups(
    page: Page,
    rows: list[Any],
    names: Mapping[tuple[str, int], str],
    columns: list[tuple[poster.Column, str]],
) -> tuple[poster.Group, ...]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.group, []).append(row)
    return tuple(
        poster.Group(group, tuple(tuple(_cell(page, row, names, id) for _column, id in columns) for row in own))
        for group, own in grouped.items()
    )


def _total(page: Page, totals: Mapping[str, str], columns: list[tuple[poster.Column, str]]) -> tuple[str, ...]:
    known = {column.id: column for column in page.kind.columns}
    cells = [total(known[id], totals, ZH) if id not in ("no", "place", "name") else "" for _column, id in columns]
    cells[0] = "合计"
    return tuple(cells)
