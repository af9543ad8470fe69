"""The form of a draft's table, uploaded or typed: a page of its lines, each numbered and found as on paper, with what is wrong on top."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from board.models import Draft
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.sheet.figures import MEASURES
from board.rules.sheet.problems import Problem
from board.store import areas
from board.store.drafting import checking
from board.web.desk import line_search
from board.web.i18n import link

PAGE = 50  # lines a page
CARDS = 12  # problems on top of the page
NAMED = 10  # lines that are named when several are found
_TURN = re.compile(r"page-(\d{1,6})")
SELECT = 40  # most options of a select; above, they are offered as one types


@dataclass(frozen=True)
class Head:
    """A column of the form: its words, the type of the kind's column ("" if it is none), whether it must be filled, and what may be chosen
    as (value, words)."""

    words: str
    type: str = ""
    needed: bool = False
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Line:
    """A line of the form: its name in messages, the value of its tick, its place and number on paper ("" and 0: none yet), its cells by
    column, whether it is taken out, and whether it stands behind the others, to be filled."""

    no: int
    name: str
    tick: int
    place: str
    number: int
    cells: Mapping[int, str]
    gone: bool
    new: bool


class Grid(ABC):
    """A draft's table as the form shows it; uploads and typed rows each say how their lines are named, read and sent."""

    endpoint: str  # of the form's page
    heads: Mapping[int, Head]
    lines: Sequence[int]  # the numbers of those below the header, ascending
    new: range  # lines behind them, to be filled or filled already
    problems: Sequence[Problem]  # errors before warnings
    gone: frozenset[int] = frozenset()

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @abstractmethod
    def texts(self, line: int) -> Mapping[int, str]:
        """Return the texts of a line, by column."""

    @abstractmethod
    def field(self, line: int, column: int) -> str:
        """Return the name of the form's field for a cell."""

    def name(self, line: int) -> str:
        """Return how messages name a line."""
        return str(line)

    def tick(self, line: int) -> int:
        """Return the value with which the form says that a line is taken out."""
        return line

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-len(self.lines) // PAGE))

    @cached_property
    def numbers(self) -> Mapping[int, tuple[str, int]]:
        """Line -> (place, number on paper)."""
        return checking.lines_by_number(self.draft) if self.lines else {}

    def page_of(self, line: int) -> int:
        """Return the page that has a line; that of one behind the others is the last."""
        return min(bisect_left(self.lines, line) // PAGE + 1, self.pages)

    def hits(self, sought: str) -> list[int]:
        """Return the lines that are meant by what is sought: a number on paper, a line's number, a name with stars, words."""
        lines = ((line, list(self.texts(line).values())) for line in (*self.lines, *self.new))
        return line_search.hits(sought, self.draft.home, self.numbers, lines)

    def shown(self, lines: Sequence[int]) -> Iterator[Line]:
        """Yield lines as the form shows them."""
        labels = areas.labels({place for line in lines if (place := self.numbers.get(line, ("", 0))[0])})
        for line in lines:
            place, number = self.numbers.get(line, ("", 0))
            cells = self.texts(line)
            yield Line(
                line, self.name(line), self.tick(line), canonical(labels.get(place, "")), number, cells, line in self.gone, line in self.new
            )

    def wrong(self) -> dict[tuple[int, int], Problem]:
        """Return the first problem of each cell."""
        wrong: dict[tuple[int, int], Problem] = {}
        for one in self.problems:
            for line in one.lines or (one.line,):
                wrong.setdefault((line, one.index), one)
        return wrong

    def cards(self) -> list[tuple[Problem, int]]:
        """Return the first problems of single lines, each with the page that has it (0: the form has no such line)."""
        first = min(self.lines[0] if self.lines else self.new[0], self.new[0])
        return [(one, self.page_of(one.line) if one.line >= first else 0) for one in [one for one in self.problems if one.line][:CARDS]]


def page(grid: Grid, *, replaces: bool = False) -> Any:
    """Return the asked page of a form, or a redirect to the row that the reviewer named; ``replaces`` an upload: once it is saved."""
    draft = grid.draft
    meant = grid.hits(line_search.meant(draft.returned_because)) if draft.returned_at == draft.revision else []
    if meant and "page" not in request.args:
        return to_page(grid, grid.page_of(meant[0]), f"l{meant[0]}")
    no = min(max(request.args.get("page", 1, type=int), 1), grid.pages)
    lines = list(grid.shown([*grid.lines[(no - 1) * PAGE : no * PAGE], *(grid.new if no == grid.pages else ())]))
    return render_template(
        "desk/table_form/table.html",
        draft=draft,
        grid=grid,
        kind=checking.kind_of(draft),
        lines=lines,
        # What each field held, so that what somebody typed is told from it when a colleague was quicker.
        seen={grid.field(line.no, index): words for line in lines for index, words in line.cells.items()}
        | {"gone": " ".join(str(line.tick) for line in lines if line.gone)},
        cards=grid.cards(),
        wrong=grid.wrong(),
        meant=meant,
        page=no,
        figures=MEASURES,
        most=SELECT,
        replaces=replaces,
    )


def to_page(grid: Grid, no: int, anchor: str | None = None, **more: Any) -> Any:
    """Redirect to a page of a table's form; by way of the check where a long table waits for it."""
    if checking.found(grid.draft) is None and grid.draft.chosen:
        return redirect(link("desk.sheet.progress", home=grid.draft.home, id=grid.draft.id, page=no))
    return redirect(link(grid.endpoint, home=grid.draft.home, id=grid.draft.id, page=no, _anchor=anchor, **more))


def turned(grid: Grid) -> Any:
    """Redirect to the page or the row that the pressed button asks for; None where it asks for none.

    What is looked for, which may be a name, is in no address; of several rows it is the first on a later page.
    """
    go, now, sought = request.form.get("go", ""), request.form.get("page", 1, type=int), request.form.get("find", "").strip()[:40]
    if turn := _TURN.fullmatch(go):
        return to_page(grid, int(turn[1]))
    if go != "find" and (go or not sought):  # Enter in the box presses the form's first button, which has no name
        return None
    if checking.found(grid.draft) is None:  # what was changed is being checked: a long table has no numbers meanwhile
        return to_page(grid, now)
    hits = [(grid.page_of(line), line) for line in grid.hits(sought)]
    if not hits:
        flash(_("没有找到“%(sought)s”。", sought=detection.mask(sought)), "warn")
        return to_page(grid, now)
    if len(hits) > 1:
        named = str(_("、")).join(grid.name(line) for _page, line in hits[:NAMED]) + ("…" if len(hits) > NAMED else "")
        flash(_("找到 %(n)s 行：第 %(lines)s 行", n=len(hits), lines=named), "good")
    no, line = next((hit for hit in hits if hit[0] > now), hits[0])
    return to_page(grid, no, f"l{line}")
