"""The proof of what the county writes: its letters to offices, the lead offices that it names, and what it changed in its catalogue."""

from __future__ import annotations

from sqlalchemy import select

from board import policies
from board.models import Ledger, db
from board.rules import directives as rule
from board.rules.bilingual import Words
from board.store import catalogue, directives, lead_offices
from board.store.proof.subject import State, Subject, entries


def _directives_logged(home: str) -> State:
    query = select(Ledger).where(Ledger.home == home, Ledger.action.startswith("directive.")).order_by(Ledger.height)
    found: dict[str, list[rule.Entry]] = {}
    for entry in db.session.scalars(query):
        found.setdefault(entry.subject, []).append(rule.Entry(entry.actor, entry.action.removeprefix("directive."), entry.at, entry.body))
    return {(home, no): rule.replay(entries, policies.letters_answered()) for no, entries in found.items()}


def _lead_offices_logged(home: str) -> State:
    query = select(Ledger).where(Ledger.home == home, Ledger.action == "lead_office.put").order_by(Ledger.height)
    named = {(home, entry.subject): {name: entry.body.get(name) for name in ("name", "phone")} for entry in db.session.scalars(query)}
    return {key: one for key, one in named.items() if one["name"]}


COUNTY = {
    "directive": Subject(
        _directives_logged,
        directives.evidence,
        {
            "directive": {
                "home", "no", "kind", "desk", "group", "publisher", "number", "asked", "case", "subject", "basis", "state", "made", "due",
                "answered", "late",
            },
            "directive_message": {"home", "directive", "no", "act", "user_id", "text", "at", "due", "version"},
        },
        Words("县里的信 {}/{}", "county's letter {}/{}"),
        Words("县里的信和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "kind": Words("是哪一种信", "kind of letter"),
            "desk": Words("写给哪里", "office that it is written to"),
            "group": Words("哪个主管部门写的", "department that wrote it"),
            "about": Words("关于什么", "what it is about"),
            "basis": Words("依据", "article"),
            "state": Words("办到哪一步", "state"),
            "made": Words("什么时候写的", "when it was written"),
            "due": Words("最晚答复", "last day for the answer"),
            "answered": Words("答复的时间", "when it was answered"),
            "late": Words("晚了几天", "days late"),
            "messages": Words("说过的话", "messages"),
        },
    ),
    "lead_office": Subject(
        _lead_offices_logged,
        lead_offices.evidence,
        {"lead_office": {"home", "group", "name", "phone"}},
        Words("牵头单位 {}/{}", "lead office {}/{}"),
        Words("牵头单位和日志不一样", "the lead office is not what the ledger says"),
    ),
    "catalogue": Subject(
        lambda home: catalogue.logged(home, entries(home, "catalogue.")),
        catalogue.evidence,
        {"catalogue_line": {"home", "kind", "level", "off_because", "office", "note", "user_id", "at"}},
        Words("公开目录 {} 的 {}（{}）", "catalogue of {}: {} ({})"),
        Words("目录和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "off_because": Words("为什么不列入", "why it is left out"),
            "office": Words("公开主体", "who publishes"),
            "note": Words("时限的说明", "the note beside by when"),
            "by": Words("谁在什么时候改的", "who changed it, and when"),
        },
    ),
}  # fmt: skip
