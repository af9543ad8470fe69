"""Names of persons in texts that are posted already: a list for the clerk, who corrects, takes back or leaves them. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all

from board import kinds, policies
from board.models import Row, db
from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.kind_file import parse_frozen
from board.rules.personal import names_in_text
from board.rules.personal.named_texts import CODE, NamedText, Outgoing, outgoing
from board.rules.sheet.problems import IN_CELL
from board.store import answers, known_names, notices
from board.store.notices import Posted

ANSWER, ROWS, REASON = "answer-", "row-", "taken_down"  # beginnings of Outgoing.id, beside those of a draft's texts
_MOST = 100  # notices, newest first
_MOST_CELLS = 20_000  # different texts in their rows


@dataclass(frozen=True)
class PostedNames:
    """A notice with its public texts that say names."""

    posted: Posted
    texts: tuple[NamedText, ...]


def listed(home: str, homes: str) -> list[PostedNames]:
    """Return the newest notices under a code prefix whose texts say names, held against the rosters that ``home`` shows.

    What a reviewer let stand with a reason when it was posted is left out. Of a notice that was taken down only the reason is public.
    """
    found = notices.listed(homes, limit=_MOST)
    standing = [one for one in found if one.notice.withdrawn_at is None]
    given, cells = answers.published_of([one.number for one in standing]), _cells(standing)
    texts: dict[str, list[tuple[Outgoing, bool]]] = {one.number: [] for one in found}
    for one in standing:
        texts[one.number] = [(said, False) for said in _stated(one)] + cells.get(one.number, [])
        texts[one.number] += [(_said(f"{ANSWER}{own.no}", "大家问过的", "Public answer", f"{own.question}\n{own.answer}"), False)
                              for own in given[one.number]]  # fmt: skip
    for one in found:
        if one.notice.withdrawn_at is not None:
            texts[one.number] = [(_said(REASON, "撤下的原因", "Reason for taking down", one.notice.withdrawn_because), False)]
    possible = names_in_text.candidates(text.text for own in texts.values() for text, _accounts in own if not text.contact)
    known, words = known_names.known(home, possible), policies.name_words()

    def named(text: Outgoing, accounts: bool) -> NamedText:
        is_known = (lambda _name: False) if text.contact else known.__contains__
        return NamedText(text, tuple(names_in_text.findings(text.text, is_known, words, accounts=accounts)))

    told = [PostedNames(one, tuple(looked for text in texts[one.number] if (looked := named(*text)).found)) for one in found]
    return [one for one in told if one.texts]


def _stated(one: Posted) -> list[Outgoing]:
    """Return what a notice states beside its rows; nothing where its reviewer gave a reason for the names in it."""
    if CODE in one.version.acknowledged:
        return []
    files = {file["no"]: file["title"] for file in one.version.frozen.get("files", [])}
    return outgoing(one.version.title, one.version.facts, _kind(one), one.version.reason, files)


def _cells(standing: Sequence[Posted]) -> Mapping[str, list[tuple[Outgoing, bool]]]:
    """Return number -> the different texts in the rows of each notice, each with whether its column masks names today."""
    columns = {(one.number, column.id): column.label for one in standing for column in _kind(one).columns
               if column.type == "text" and column.show == "public" and IN_CELL not in one.version.acknowledged}  # fmt: skip
    own_kinds = {one.number: kinds.load().get(one.notice.kind) for one in standing}
    found: dict[str, list[tuple[Outgoing, bool]]] = {}
    for number, id, text, rows in _texts(columns):
        column = (kind := own_kinds[number]) and kind.column(id)
        label = columns[number, id]
        shown = Words(f"名单里的“{label.zh}”（{rows} 行）", f"“{label.en}” in the list ({rows} rows)")
        found.setdefault(number, []).append((Outgoing(f"{ROWS}{id}", shown, text), bool(column and column.names)))
    return found


def _texts(columns: Mapping[tuple[str, str], Words]) -> Iterator[tuple[str, str, str, int]]:
    """Yield number, column, text and how many rows have it; one statement for all."""
    parts = []
    for id in sorted({id for _number, id in columns}):
        text = Row.measures[id].as_string()
        own = (Row.number.in_([number for number, column in columns if column == id]), Row.until.is_(None), text.is_not(None))
        parts.append(select(Row.number, literal(id), text, func.count()).where(*own).group_by(Row.number, text))
    for number, id, said, rows in db.session.execute(union_all(*parts).limit(_MOST_CELLS)) if parts else ():
        yield number, id, said, rows


def _kind(one: Posted) -> Kind:
    return parse_frozen(one.notice.kind, one.version.frozen["kind"])


def _said(id: str, zh: str, en: str, text: str) -> Outgoing:
    return Outgoing(id, Words(zh, en), text)
