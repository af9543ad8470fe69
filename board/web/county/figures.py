"""The auditor's figures of cases, each beside the middle of the townships, and the lists of the cases that they count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from board import policies
from board.models import Area
from board.rules import quarters
from board.rules.cases import figures as rule
from board.rules.cases import machine
from board.rules.cases.category import Category
from board.rules.cases.figures import FIGURES, Name, Standing
from board.rules.place_names import canonical
from board.store import areas
from board.store.cases import figures
from board.store.cases.figures import Line, Place
from board.web.county.chosen import Chosen, chosen, scope
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("figures", __name__, url_prefix="/audit")

LISTED = 50
YEARS = 6  # that are offered
ANSWERS: tuple[Name, ...] = ("received", "waiting", "late", "in_time", "told", "silent", "solved", "disputed", "unsolved")
RATED: tuple[Name, ...] = ("rated", "rated_5", "rated_4", "rated_3", "rated_2", "rated_1")


@dataclass(frozen=True)
class Table:
    """Each office with its figures, by code; the middle of the townships in scope, and how many of them it is made of; all together."""

    offices: list[tuple[Area, dict[Name, int]]]
    middle: dict[Name, float]
    share: float | None
    townships: int
    all: dict[Name, int]


def table(seen: Chosen) -> Table:
    """Return the figures of what is chosen; the middle is always that of all townships in scope."""
    offices = figures.offices(scope())
    counted = figures.counted([one.code for one in offices], seen.cases, today())
    towns = [counted[one.code] for one in offices if one.level == "township"]
    return Table(
        offices=[(one, counted[one.code]) for one in offices if not seen.area or one.code == row_of(seen)],
        middle=rule.middle(towns),
        share=rule.middle_share(towns),
        townships=sum(one["received"] > 0 for one in towns),
        all={name: sum(one[name] for one in counted.values()) for name in FIGURES},
    )


def row_of(seen: Chosen) -> str:
    """Return the office of the chosen area, "" for all."""
    return rule.office(seen.area) if seen.area else ""


def names() -> dict[Name, str]:
    """Return what each figure is called."""
    return {
        "received": _("收到"), "waiting": _("等答复"), "late": _("过期没答复"), "owed": _("该答复的"), "in_time": _("按时答复"),
        "told": _("答了，等村民说"), "silent": _("没表态"), "solved": _("解决了"), "disputed": _("没解决，转上一级"),
        "unsolved": _("最后也没解决"), "rated": _("评了的"), "rated_5": _("非常满意"), "rated_4": _("满意"), "rated_3": _("基本满意"),
        "rated_2": _("不满意"), "rated_1": _("非常不满意"),
    }  # fmt: skip


def class_names() -> dict[machine.Class, str]:
    """Return what each class of cases is called."""
    return {
        "waiting": _("等答复"), "late": _("过期没答复"), "asked": _("等村民补充"), "told": _("答了，等村民说"), "silent": _("没表态"),
        "unsolved": _("最后也没解决"), "solved": _("解决了"),
    }  # fmt: skip


def class_of(case: Standing) -> machine.Class:
    """Return the class in which a case is counted today."""
    return machine.class_of(case.state, case.due, case.answered, today())


def days_late(case: Standing) -> int:
    """Return by how many days a case is past its last day, 0 for one that is not."""
    return (today() - case.due).days if class_of(case) == "late" else 0


def with_committee(line: Line) -> bool:
    """Return whether a village's supervision committee has a case: it counts with the township, which can neither read nor answer it."""
    category = categories().get(line.standing.category)
    return category is not None and category.answerer == "supervisor" and line.case.desk == line.case.home


def figure() -> Name:
    """Return the figure that the query names; all that were received for none."""
    return next((name for name in FIGURES if name == request.values.get("figure")), "received")


def offices_of(seen: Chosen) -> list[str]:
    """Return the offices whose cases the chosen figure counts."""
    return [row_of(seen)] if seen.area else [one.code for one in figures.offices(scope())]


def offered() -> dict[str, Any]:
    """Return what a filter offers beside kinds: categories, quarters and years."""
    first = quarters.of(today())
    recent = [first, *rule.closed(today())]
    return {"categories": categories(), "quarters": recent, "years": list(range(first.year, first.year - YEARS, -1))}


def categories() -> dict[str, Category]:
    """Return the categories that the figures know, by id: reports against persons are none of them."""
    return {id: one for id, one in policies.case_categories().items() if one.to == "publisher"}


def saved(seen: Chosen) -> list[tuple[str, dict[str, Any]]]:
    """Return the filters that are asked for most, as (label, query): they keep the chosen area."""
    quarter = rule.closed(today())[0]
    return [
        (_("现在过期没答复的"), {"figure": "late", "area": seen.area or None}),
        (_("今年没解决、转上一级的"), {"figure": "disputed", "year": today().year, "area": seen.area or None}),
        (_("上个季度没表态的"), {"figure": "silent", "quarter": str(quarter), "area": seen.area or None}),
        (_("今年评了非常不满意的"), {"figure": "rated_1", "year": today().year, "area": seen.area or None}),
    ]


@pages.get("/cases")
@needs("audit")
def listed() -> str:
    """List the cases that a figure counts, the first received first, 50 a page; the address is the filter."""
    seen, which = chosen(), figure()
    found = figures.listed(which, offices_of(seen), seen.cases, today(), after=_after(), limit=LISTED + 1)
    lines = found[:LISTED]
    return render_template(
        "county/figures/listed.html",
        chosen=seen,
        figure=which,
        names=names(),
        lines=lines,
        more=lines[-1] if len(found) > LISTED else None,
        counted=figures.counted(offices_of(seen), seen.cases, today()),
        office=areas.label(row_of(seen)) if seen.area else "",
        offices=figures.offices(scope()),
        labels=areas.labels({code for line in lines for code in (line.standing.has, line.case.home)}),
        classes=class_names(),
        class_of=class_of,
        days_late=days_late,
        with_committee=with_committee,
        canonical=canonical,
        **offered(),
    )


def _after() -> Place | None:
    """Return the key of the last case on the page before, or None for the first page."""
    received, *key = request.args.get("after", "").split("_")
    try:
        home, id = key
        return (date.fromisoformat(received), home, id) if (home + id).isalnum() else None
    except ValueError:
        return None


def mark(line: Line) -> str:
    """Return the key of a case, as the next page's address has it."""
    return f"{line.standing.received.isoformat()}_{line.case.home}_{line.case.id}"


pages.add_app_template_filter(mark, "mark")
pages.add_app_template_filter(lambda n: f"{round(n, 1):g}", "middle")
