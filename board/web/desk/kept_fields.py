"""What a user typed while somebody else saved the draft: each field by the name that its page gives it, beside what is stored now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField, TelField

from board import kinds
from board.models import Draft
from board.rules.personal import detection
from board.rules.sheet import table_edits
from board.rules.sheet.table import text
from board.rules.sheet.typed_rows import FIRST
from board.rules.typed_dates import iso
from board.store import areas
from board.store.drafting import checking, drafts, staging, typed_rows
from board.web.desk import forms
from board.web.i18n import say, today

Form = MultiDict[str, str]

MOST = 60  # differing fields; more of them mean another table, and choosing one by one helps nobody
_OF_THE_PAGE = ("csrf_token", "revision", "seen", "gone")
_CHOICE = re.compile(r"(answer|column|place)-.+|whole|gone")
_ROW = re.compile(r"row-(\d{1,7})-(\w+)")


@dataclass(frozen=True)
class KeptField:
    """A field of the form: what was typed, what is stored now (None: nothing to compare), and both in words."""

    name: str
    label: str
    typed: str
    stored: str | None = None
    words: tuple[str, str] = ("", "")


def typed(draft: Draft, form: Form) -> list[KeptField]:
    """Return the fields in which somebody typed what is not stored, personal numbers masked."""
    found = [*_facts(draft, form), *_rows(draft, form), *_texts(draft, form)]
    return [one for one in found if one.typed != (one.stored or "")]


def along(draft: Draft, form: Form) -> list[tuple[str, str]]:
    """Return the other fields of the form, as (name, value), to be sent again with those that were chosen.

    What cannot be shown side by side goes as it is stored; the text that a cell had on the page is the one that it has now.
    """
    asked = {one.name for one in typed(draft, form)} | {"places"} | set(_OF_THE_PAGE)
    stored = {one.name: one.stored or "" for one in _rows(draft, form) if one.name}
    sent = [
        (name, stored.get(name.removeprefix("was-"), detection.mask(value)))
        for name, value in form.items(multi=True)
        if name not in asked and name.removeprefix("was-") not in asked
    ]
    before = [(f"was-{name}", stored[name]) for name in asked & set(stored) if f"was-{name}" in form]
    return [*sent, *_gone(draft, form), *before, *(("places", code) for code in draft.facts.get("places", "").split())]


def chosen(form: Form) -> bool:
    """Return whether something was chosen on the page that can be sent again."""
    return any(_CHOICE.fullmatch(name) and value for name, value in form.items())


def _seen(form: Form) -> dict[str, str]:
    """Return what the fields of a table's page held when it was opened, where the page says so: those are not the user's words."""
    try:
        seen = json.loads(form.get("seen", "{}"))
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _facts(draft: Draft, form: Form) -> list[KeptField]:
    """Return the fields of the page of facts; [] for the form of another page."""
    if "publisher" not in form or not draft.kind:
        return []
    page = forms.facts(checking.kind_of(draft), checking.level_of(draft.home), draft, areas.inside(draft.home), today())
    found, seen = [], _seen(form)
    for field in page:
        if field.name in _OF_THE_PAGE or field.name not in form:
            continue
        names = {choice.value: str(choice.label) for choice in getattr(field, "choices", ())}
        if isinstance(field, SelectMultipleField):
            sent = [code for code in form.getlist(field.name) if code in names]
            if sorted(sent) != sorted(field.object_data):
                found.append(KeptField(field.name, str(field.label.text), str(_("、")).join(names[code] for code in sent)))
            continue
        said, allowed = form[field.name].strip(), {"phone"} if isinstance(field, TelField) else set()
        said = detection.mask(said) if {one.what for one in detection.find(said)} - allowed else said
        said = (iso(said) or said) if isinstance(field, forms.Day) else said
        stored = str(field.object_data or "")
        said = stored if seen.get(field.name) == form[field.name] else said
        found.append(KeptField(field.name, str(field.label.text), said, stored, (names.get(said, said), names.get(stored, stored))))
    # Facts of another kind, if a colleague has changed it: they are given back to copy.
    others = {fact.id: say(fact.label) for kind in kinds.load().values() for fact in kind.facts if fact.id not in page}
    return found + [KeptField(id, label, detection.mask(form[id].strip())) for id, label in others.items() if form.get(id, "").strip()]


def same_lines(draft: Draft, form: Form) -> bool:
    """Return whether the lines of a table's page are still those of the draft, so that what was typed in one is of the same household.

    They are when each that was filled is still about the same: a colleague who took a row out, or another table, has moved them.
    """
    was = {name: said for name, said in _seen(form).items() if said and (_ROW.fullmatch(name) or forms.CELL.fullmatch(name))}
    if not was:  # a page of something else, or of empty rows, which must not take the place of a table that was uploaded since
        return not any(map(_ROW.fullmatch, form)) or _stored(draft, form) is not None
    now, about = _stored(draft, was), _about(draft, was)
    return now is not None and bool(about) and all(now.get(name, "") == was[name] for name in about)


def _about(draft: Draft, names: Iterable[str]) -> list[str]:
    """Return those fields of a table's page that hold whom or what their rows are about: the name, or the words of a kind without names."""
    words = [column.id for column in checking.kind_of(draft).columns if column.type in ("name", "text") and column.id != "note"]
    ids = {"name"} if "name" in words else set(words)
    found = checking.found(draft)
    columns = {found.indexes[id] for id in ids if id in found.indexes} if found else set()
    return [
        name
        for name in names
        if (row := _ROW.fullmatch(name)) and row[2] in ids or (cell := forms.CELL.fullmatch(name)) and int(cell[2]) in columns
    ]


def _stored(draft: Draft, names: Iterable[str]) -> dict[str, str] | None:
    """Return what the draft holds now in the fields of a table's page; None where it has no such table any more."""
    names = list(names)
    if any(map(_ROW.fullmatch, names)):
        rows = typed_rows.opened(draft)
        if rows is None:
            return {} if not draft.chosen else None
        at = {name: match for name in names if (match := _ROW.fullmatch(name))}
        return {name: rows[int(m[1])].texts.get(m[2], "") if int(m[1]) < len(rows) else "" for name, m in at.items()}
    kept = staging.cleaned(draft) if draft.chosen and checking.found(draft) else None
    if kept is None:
        return None
    now = table_edits.edited(kept.table, {at: said for at, said in checking.edits(draft).items() if at[1] != table_edits.GONE})
    found = {}
    for name in names:
        if match := forms.CELL.fullmatch(name):
            line, column = int(match[1]), int(match[2])
            row = now.cells[line - 1] if 0 < line <= len(now.cells) else ()
            found[name] = text(row[column]).strip() if column < len(row) else ""
    return found


def _gone(draft: Draft, form: Form) -> list[tuple[str, str]]:
    """Return the ticks of lines taken out to send again: the user's where he changed one, else as they are stored."""
    was, mine = set(_seen(form).get("gone", "").split()), set(form.getlist("gone"))
    stored = {str(line) for line in table_edits.taken_out(checking.edits(draft))} & set(form.getlist("line"))
    return [("gone", line) for line in sorted((stored - (was - mine)) | (mine - was))]


def _rows(draft: Draft, form: Form) -> list[KeptField]:
    """Return the fields of a table's page, uploaded or typed; on a page that says what they held, only the changed ones."""
    sent = {name: value for name, value in form.items() if _ROW.fullmatch(name) or forms.CELL.fullmatch(name)}
    if not sent or not draft.kind:
        return []
    same, seen, ticked = same_lines(draft, form), _seen(form), set(form.getlist("gone")) ^ set(_seen(form).get("gone", "").split())
    now, result = _stored(draft, sent) or {}, checking.found(draft)
    labels = {column.id: say(column.label) for column in checking.kind_of(draft).columns}
    found = []
    for name, value in sent.items():
        stored = now.get(name, "") if same else None
        untouched = form.get(f"was-{name}", seen.get(name)) == value
        said = (stored or "") if untouched else detection.mask(value.strip())
        if row := _ROW.fullmatch(name):
            line, no, head = str(int(row[1]) + FIRST), int(row[1]) + FIRST, labels.get(row[2], "")
            who = seen.get(f"row-{row[1]}-name", "")
        else:
            no, index = (int(number) for number in name.split("-")[1:])
            line, head = (result.line_name(no) if result else str(no)), (result.shown_headers().get(index, "") if result else "")
            who = seen.get(f"cell-{no}-{result.indexes['name']}", "") if result and "name" in result.indexes else ""
        label = _("第 %(no)s 行 %(column)s", no=line, column=head) + (_("（%(who)s）", who=who) if who else "")
        found.append(KeptField(name, label, said, stored, (said, stored or "")))
    for tick in sorted(ticked):
        no = int(tick) + FIRST if any(map(_ROW.fullmatch, sent)) else int(tick)
        who = seen.get(f"row-{tick}-name", "")
        found.append(KeptField("", _("去掉或留下的行"), _("第 %(no)s 行", no=no) + (_("（%(who)s）", who=who) if who else "")))
    return found


def _texts(draft: Draft, form: Form) -> list[KeptField]:
    """Return the texts that nothing is stored beside: reasons, and the title of a file."""
    result, proposal = checking.found(draft), drafts.proposal(draft)
    told = {one.code: say(one.message) for one in (result.warnings if result else ())}
    told = {one["code"]: one["zh"] for one in (proposal.warnings if proposal else ())} | told
    labels = {"reason": _("理由"), "question": _("问题"), "answer": _("答复")} | ({} if "publisher" in form else {"title": _("标题")})
    found = [KeptField(name, label, detection.mask(form[name].strip())) for name, label in labels.items() if name in form]
    return found + [
        KeptField(f"reason-{code}", told.get(code, _("理由")), detection.mask(said.strip())) for code, said in forms.reasons(form).items()
    ]
