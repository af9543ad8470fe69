"""What a printed sheet says: a notice's page put into the words and figures of ``board.paper``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from flask import current_app
from flask_babel import gettext as _

from board.paper import poster, qr
from board.rules import digest, numbers
from board.rules.page import NUMERIC, Page, fact_text, how, say, spoken, telling, unit, written
from board.web.words import CHINA


def sheet(
    page: Page,
    place: str,
    rows: Iterable[Any],
    names: Mapping[tuple[str, int], str],
    *,
    edition: Literal["wall", "web"],
    language: Literal["zh", "en"] = "zh",
    draft: bool = False,
) -> poster.PosterSheet:
    """Return one place's sheet; ``names`` are by (place, number), as the edition's name policy shows them."""
    rows = list(rows)
    totals, _rows = page.sum_of(place)
    columns = _columns(page, rows, place, language)
    return poster.PosterSheet(
        title=page.title,
        place_name=page.place_name(place),
        publisher=page.publisher,
        date_line=spoken(page.posted_at.astimezone(CHINA).date() if page.posted_at else page.starts, language),
        sentence=page.sentence(language, place),
        big_numbers=tuple(
            poster.BigNumber(figure.label, f"{figure.value} {figure.unit}".strip()) for figure in page.figures(language, place)
        ),
        facts=tuple(_facts(page, language)),
        columns=tuple(column for column, _text in columns),
        groups=_groups(page, rows, names, columns, language),
        total_row=_total(page, totals, columns, language) if rows else None,
        period_line=_("公示时间：%(start)s 至 %(end)s", start=spoken(page.starts, language), end=spoken(page.ends, language)),
        phones=tuple(_phones(page)),
        committee_line="" if page.place_name(place) == page.publisher else _("村务监督委员会（签字）："),
        how_computed=_how(page, rows, language),
        rows_count=len(rows),
        total=next((f"{figure.value} {figure.unit}".strip() for figure in page.figures(language, place)), ""),
        fingerprint=digest.short(page.digest),
        edition=edition,
        draft_mark=_("送审稿") if draft else "",
        demo_mark=_demo_mark(page),
        footer_words=_("本站从不索要银行卡号、密码、验证码"),
        version=page.no,
        **({} if draft else _address(page, place)),
    )


def _demo_mark(page: Page) -> str:
    if not current_app.config["DEMO"]:
        return ""
    return _("演示数据 · 虚构") if page.invented else _("演示数据")


def _address(page: Page, place: str) -> dict[str, str]:
    base = current_app.config["PUBLIC_ADDRESS"]
    host = base.split("://", 1)[-1].rstrip("/")
    return {
        "qr_text": qr.address(base, page.number, place, page.no),
        "number": numbers.spaced(page.number),
        "short_address": f"{host}/n/{page.number}",
    }


def _facts(page: Page, language: Literal["zh", "en"]) -> Iterable[poster.Fact]:
    for fact in page.kind.facts:
        if fact.block != "contact" and page.facts.get(fact.id):
            yield poster.Fact(say(fact.label, language), fact_text(fact, page.facts[fact.id], language))


def _phones(page: Page) -> Iterable[poster.Phone]:
    yield poster.Phone(_("有疑问"), page.facts.get("objection_phone", ""), page.facts.get("objection_person", ""))
    yield poster.Phone(_("监督举报"), page.facts.get("report_phone", ""))


def _how(page: Page, rows: list[Any], language: Literal["zh", "en"]) -> str:
    example = next((how(page, row.measures, language) for row in rows), "")
    return _("怎么算的，比如 %(no)s 号：%(how)s", no=rows[0].no, how=example) if example else ""


def _columns(page: Page, rows: list[Any], place: str, language: Literal["zh", "en"]) -> list[tuple[poster.Column, str]]:
    """The sheet's columns, each with the id of the measure it holds ("" for number, place and name)."""
    columns = [(poster.Column(_("号"), "center", 0.6), "no")] if rows else []
    if page.whole(place):
        columns.append((poster.Column(_("地方"), "left", 1.4), "place"))
    if any(row.shown_name for row in rows):
        columns.append((poster.Column(_("户主"), "left", 1.2), "name"))
    for column in telling(page, rows):
        named_unit = unit(column, language)
        header = say(column.label, language) + (f"({named_unit})" if named_unit else "")
        columns.append(
            (poster.Column(header, "right" if column.type in NUMERIC else "left", 1.2 if column.type in NUMERIC else 1.6), column.id)
        )
    return columns


def _cell(page: Page, row: Any, names: Mapping[tuple[str, int], str], id: str) -> str:
    if id == "no":
        return str(row.no)
    if id == "place":
        return page.place_name(row.place)
    if id == "name":
        return names.get((row.place, row.no), row.shown_name)
    return written(page.kind.column(id), row.measures.get(id, ""))


def _groups(
    page: Page,
    rows: list[Any],
    names: Mapping[tuple[str, int], str],
    columns: list[tuple[poster.Column, str]],
    language: Literal["zh", "en"],
) -> tuple[poster.Group, ...]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.group, []).append(row)
    return tuple(
        poster.Group(group, tuple(tuple(_cell(page, row, names, id) for _column, id in columns) for row in own))
        for group, own in grouped.items()
    )


def _total(
    page: Page, totals: Mapping[str, str], columns: list[tuple[poster.Column, str]], language: Literal["zh", "en"]
) -> tuple[str, ...]:
    cells = [written(page.kind.column(id), totals.get(id, "")) if id not in ("no", "place", "name") else "" for _column, id in columns]
    cells[0] = _("合计")
    return tuple(cells)
