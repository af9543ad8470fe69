"""The reasons that a checked sheet gives for returned payments, in plain words; a text that is not known is a question for the clerk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.return_reasons import ReturnReasons
from board.rules.sheet.check import Checked
from board.rules.sheet.outcomes import SETTLED, is_settled
from board.rules.sheet.problems import Problem
from board.rules.sheet.reading import SheetRow

CODE = "return_unknown"
UNKNOWN = Words(
    "第 {line} 行“{column}”写的“{text}”不认识{more}，不会公布；村里看到的是“{instead}”。请问清银行是什么原因，在这一格改成平常话"
    "（例如“{example}”）再传；要常用这个说法，请县里加进退回原因表",
    "Row {line}, “{column}” says “{text}”, which is not known{more} and will not be published; villagers read “{instead}”. Ask the bank"
    " what it means and write it in plain words (such as “{example}”); if it is common, have the county add it to the table of reasons",
)


def in_plain_words(checked: Checked, reasons: ReturnReasons) -> Checked:
    """Return a checked sheet with the column of reasons in the words of ``reasons``, and a warning for each text that these do not know.

    Only the words of ``reasons`` go on from here: an unknown text, or one on a row of which nothing came back, is in no row.
    """
    chain = checked.kind.chain
    if chain is None or not chain.why:
        return checked
    rows: list[SheetRow] = []
    unknown: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in checked.rows:
        said, came_back = str(row.values.get(chain.why, "")), (row.figure(chain.returned) or 0) > 0
        outcome = str(row.values.get(chain.outcome, ""))  # which may say why as well: 失败（账户已销户）
        reason = (reasons.meant(said) or reasons.meant(outcome)) if came_back else None
        rows.append(_plain_outcome(_with(row, chain.why, reason.why.zh if reason else ""), checked.kind, reasons))
        own = ((chain.why, said), (chain.outcome, outcome))
        for id, text in own if came_back else own[:1]:
            if not reasons.is_silent(text) and not reasons.meant(text):
                unknown[id, text].append(row.line)
    warnings = [_unknown(checked, reasons, id, text, lines) for (id, text), lines in unknown.items()]
    return replace(checked, rows=rows, warnings=sorted([*checked.warnings, *warnings], key=lambda one: (one.line, one.index)))


def _plain_outcome(row: SheetRow, kind: Kind, reasons: ReturnReasons) -> SheetRow:
    """Return a row whose outcome is one of the kind's own words, or that it was settled.

    What a bank or a clerk wrote there (退回（户主死亡）, 被法院冻结) is in no row. Where it says neither, the figures do: something came
    back, or something was paid; of a row of which neither is so nothing is said.
    """
    chain, column = kind.chain, kind.column(kind.chain.outcome) if kind.chain else None
    said = str(row.values.get(column.id, "")) if column else ""
    if chain is None or column is None or len(column.choices) < 2 or not said or said in {one.label.zh for one in column.choices}:
        return row
    paid, sent_back = (choice.label.zh for choice in column.choices[:2])
    if is_settled(said):
        return _with(row, column.id, SETTLED)
    if (row.figure(chain.returned) or 0) > 0 or reasons.meant(said):
        return _with(row, column.id, sent_back)
    return _with(row, column.id, paid if row.figure(chain.paid) else "")  # 待发: neither paid nor sent back


def _with(row: SheetRow, id: str, words: str) -> SheetRow:
    """Return a row with other words in a column, of whose text in the sheet nothing is left."""
    values = {name: value for name, value in row.values.items() if name != id} | ({id: words} if words else {})
    return replace(row, values=values, texts={name: text for name, text in row.texts.items() if name != id})


def _unknown(checked: Checked, reasons: ReturnReasons, id: str, text: str, lines: Sequence[int]) -> Problem:
    head, line = checked.columns.get(id, _label(checked.kind, id)), lines[0]
    more = Words(f"（共 {len(lines)} 行）", f" ({len(lines)} rows)") if len(lines) > 1 else Words("", "")
    example = next((one.why for one in reasons.reasons), reasons.unsaid.why)
    given = {"line": line, "column": head, "text": text}
    zh = UNKNOWN.zh.format(**given, more=more.zh, instead=reasons.unsaid.why.zh, example=example.zh)
    en = UNKNOWN.en.format(**given, more=more.en, instead=reasons.unsaid.why.en, example=example.zh)
    index = checked.indexes.get(id, -1)
    return Problem(line, head, CODE, Words(zh + "。", en + "."), field=id, index=index, lines=tuple(lines))


def _label(kind: Kind, id: str) -> str:
    column = kind.column(id)
    return column.label.zh if column else id
