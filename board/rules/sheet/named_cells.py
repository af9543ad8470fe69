"""Names of persons in the text columns of a checked sheet: masked in columns that mask names, asked about in others.

A clerk who typed a cell over (an edit) has decided about it: it stays as it is, and a name in it is asked about in any column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from board.rules.bilingual import Words
from board.rules.kind import Column
from board.rules.personal.names_in_text import Named, NameWords, candidates, findings, masked, parties
from board.rules.sheet.check import Checked
from board.rules.sheet.problems import IN_CELL, Problem
from board.rules.sheet.reading import SheetRow
from board.rules.sheet.table_edits import Edits

MASKED = "name_masked"  # a note for the clerk: its text is the cell as the sheet has it

_SENTENCES = {
    MASKED: Words(
        "第 {line} 行“{column}”里的人名已盖住：{shown}。不是人名的，点“照原样写”",
        "Row {line}, “{column}”: a name in it is masked, {shown}. If it is no name, have the cell as it was",
    ),
    IN_CELL: Words(
        "第 {line} 行“{column}”里写着人名（{shown}），公开出去人人都看得到。请盖住；一定要写全名的，写明为什么",
        "Row {line}, “{column}” says a name in full ({shown}), for anybody to read. Mask it, or say why it has to stand",
    ),
}
_Cell = tuple[SheetRow, Column, str]


def without_names(checked: Checked, edits: Edits, known: Callable[[Collection[str]], Collection[str]], words: NameWords) -> Checked:
    """Return the checked sheet with names masked, and a warning for each cell with one.

    ``known`` returns those of some words that are names in a roster; the names of the sheet itself count as well. ``written`` of a
    warning MASKED is the cell's own text, of IN_CELL its text with the names masked.
    """
    cells = list(_cells(checked))
    if not cells:
        return checked
    possible = candidates({text for _row, _column, text in cells})
    own = {row.name for row in checked.rows if row.name} if checked.kind.names != "none" else set()
    names = own.intersection(possible) | set(known(possible))
    found: dict[tuple[str, str], Sequence[Named]] = {}
    problems, changed = list(checked.warnings), dict[int, SheetRow]()
    for row, column, text in cells:
        if (text, column.names) not in found:
            of_accounts = column.names == "masked"
            read = parties(text) if column.names == "party" else findings(text, names.__contains__, words, accounts=of_accounts)
            found[text, column.names] = read
        if not (named := found[text, column.names]):
            continue
        covered = masked(text, named)
        index = -1 if row.block else checked.indexes.get(column.id, -1)  # of tables side by side only the first can be edited here
        masks = bool(column.names) and (row.line, index) not in edits
        if masks:
            own_row = changed.get(id(row), row)
            changed[id(row)] = replace(own_row, values=own_row.values | {column.id: covered}, texts=own_row.texts | {column.id: covered})
        problems.append(_problem(checked, row, column, index, covered if masks else masked_names(named), text if masks else covered, masks))
    rows = [changed.get(id(row), row) for row in checked.rows]
    return replace(checked, rows=rows, warnings=sorted(problems, key=lambda one: (one.line, one.index)))


def masked_names(found: Sequence[Named]) -> str:
    """Return the different names of a text as a list shows them: 张*强、李*."""
    return "、".join(dict.fromkeys(masked(one.name, [Named(one.name, 0, len(one.name), one.known)]) for one in found))


def _cells(checked: Checked) -> Iterator[_Cell]:
    """Yield the public cells of text of a sheet without errors."""
    columns = [column for column in checked.kind.columns if column.type == "text" and column.show == "public"]
    for row in checked.rows if checked.ok and columns else ():
        for column in columns:
            if isinstance(text := row.values.get(column.id), str) and len(text) > 1:
                yield row, column, text


def _problem(checked: Checked, row: SheetRow, column: Column, index: int, shown: str, written: str, masks: bool) -> Problem:
    code, header = MASKED if masks else IN_CELL, checked.columns.get(column.id, column.label.zh)
    sentence = _SENTENCES[code]
    message = Words(
        *(one.format(line=row.line, column=header, shown=shown) + end for one, end in ((sentence.zh, "。"), (sentence.en, ".")))
    )
    return Problem(row.line, header, code, message, field=column.id, index=index, written=written)
