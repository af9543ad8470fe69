"""Whatever a hand changes in a table of evidence is found: the subject that it belongs to, and what of it was changed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from board.models import Base, db
from board.store import cases, ledger, people
from board.store.proof import notices as proof
from tests.store.posted import AT, GAODONG, NEXT, TOWN
from tests.store.proof.faults import fault

COUNTY = "510521000000"
OTHER = {
    "home": "510521117000", "number": "999999999", "place": "510521117001", "kind": "grain-subsidy", "withdrawn_at": "2026-11-21 00:00:00",
    "withdrawn_because": "改了", "title": "改了", "starts": "2026-11-19", "ends": "2026-11-30", "reason": "改了", "formed_on": "2026-11-01",
    "publish_by": "2027-01-01", "posted_on": "2026-11-01",
    "posted_at": "2026-11-19 02:00:00", "digest": "0" * 64, "algorithm": "sm3", "group": "9组", "shown_name": "别*",
    "person_key": "a" * 32,
    "account_key": "b" * 32, "person_salt": "c" * 32, "money_salt": "d" * 32, "person_digest": "e" * 64, "money_digest": "f" * 64,
    "facts": {"standard": "100"}, "frozen": {"kind": {}}, "totals": {"amount": "1.00"}, "stated": {"amount": "1.00"}, "hands": [],
    "acknowledged": {"all_same": "好"}, "measures": {"amount": "9999.00"}, "texts": {"amount": "九千"},
    "minor": True, "sealed_name": b"x" * 40, "id": "0123456789ab", "case": "0123456789ab", "category": "unclear", "state": "answered",
    "act": "forward", "desk": "510521000000", "publisher": "510521117000", "wall": "987654321", "source": "call", "consent": True,
    "held": "2026-11-21", "outcome": "given",
    "made": "2026-11-19 02:00:00", "due": "2031-01-01", "answered": "2026-11-21 02:00:00", "side": "office", "text": "别的话",
    "at": "2026-11-19 02:00:00", "key": "a" * 32, "spot": "别处", "photo": b"other", "closed_at": "2026-11-19 02:00:00", "way": "typed",
    "finding": "older", "read": "别的", "question": "别的话", "answer": "别的话", "hung_on": "2026-11-19", "hung_by": "别人",
    "asked": "2026-11-21", "told_at": "2026-11-19 02:00:00", "down_on": "2026-11-26", "type": "docx",
    "deleted_at": "2026-11-21 02:00:00", "deleted_by": "expired", "sha256": "a" * 64, "data": b"%PDF-1.7 another", "size": 9, "pages": 9,
    "opened_at": "2026-11-19 02:00:00", "finished_at": "2026-11-19 02:00:00", "presider": "别人", "remarks": "改了",
    "what": "other",
    "tie": "0123456789ab", "alone": True, "supervised": True,
    "drafted_at": "2026-11-19 02:00:00", "approved_at": "2026-11-19 02:00:00", "returned": "改了",
    "published_on": "2026-11-01", "detail": "改了", "address": "http://b.example/", "noted_at": "2026-11-19 02:00:00",
    "removed_at": "2026-11-21 02:00:00", "channel": "gazette", "opens": "2026-11-01", "closes": "2026-12-30",
    "result": {"web": {}}, "counted": {"plain": [1]},
}  # fmt: skip
NUMBERS = {
    "current",
    "no",
    "row_count",
    "reviewer",
    "version",
    "since",
    "until",
    "amount",
    "row",
    "user_id",
    "changed_in",
    "made_by",
    "rating",
    "drafted_by",
    "approved_by",
    "noted_by",
    "opened_by",
    "ballots",
    "year",
    "finished_by",
    "present",
    "first",
    "last",
    "meeting",
}

DIRECTED = {  # where a column of these tables holds something else than that of its name elsewhere
    ("directive", "kind"): "urge", ("directive", "group"): "relief", ("directive", "asked"): "510521117000", ("directive", "late"): 0,
    ("directive", "basis"): "disclosure_47", ("directive", "subject"): "别的事", ("directive", "state"): "closed",
    ("directive_message", "directive"): 9, ("directive_message", "act"): "accept", ("lead_office", "group"): "relief",
    ("catalogue_line", "user_id"): 3, ("notice", "withdrawn_leak"): True,
    ("catalogue_line", "level"): "village", ("catalogue_line", "off_because"): "改了", ("catalogue_line", "office"): "别的局",
    ("catalogue_line", "note"): "改了", ("lead_office", "name"): "别的局", ("lead_office", "phone"): "0830-1",
}  # fmt: skip


# What is said of duties, and reading points with what is brought there, have tests of their own beside this file.
TABLES = [table for table in proof.EVIDENCE if not table.startswith(("duty_", "notice_period", "reading_", "delivery_"))]


def other(column: str, table: str = ""):
    if (table, column) == ("meeting_objection", "asked"):
        return "510521117000"  # an office, as in a letter
    if (table, column) == ("case", "since"):
        return "2026-11-19"  # a day; of a row it is a version
    if (table, column) in (("public_letter", "asked"), ("case_correction", "asked")):
        return "510521117000"  # an office; of a case it is a day
    if (table, column) in DIRECTED:
        return DIRECTED[table, column]
    value = 9 if column in NUMBERS else OTHER[column]
    return json.dumps(value) if isinstance(value, dict | list) else value


@pytest.mark.parametrize(
    "table",
    [
        "notice", "version", "part", "row", "case", "message", "receipt", "case_photo", "wall", "wall_check", "public_answer",
        "public_letter", "answer_template", "case_correction", "hanging", "attachment", "other_channel", "appraisal", "appraisal_count",
        "meeting", "meeting_objection",
        "directive", "directive_message", "lead_office", "catalogue_line",
        "cause",
    ],
)  # fmt: skip
def test_every_column_is_evidence_or_has_a_reason_why_not(table):
    columns = set(Base.metadata.tables[table].columns.keys())
    excused = {name.removeprefix(f"{table}.") for name in proof.NOT_EVIDENCE if name.startswith(f"{table}.")}

    assert proof.EVIDENCE[table] | excused == columns
    assert not proof.EVIDENCE[table] & excused


def test_every_excuse_is_of_a_table_of_evidence_and_says_why():
    assert {name.split(".")[0] for name in proof.NOT_EVIDENCE} <= proof.EVIDENCE.keys()
    assert all(proof.NOT_EVIDENCE.values())


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the comparison is the same on either engine
@pytest.mark.parametrize(("table", "column"), [(table, column) for table in TABLES for column in sorted(proof.EVIDENCE[table])])
def test_a_column_of_evidence_changed_by_hand_is_found_and_named(number, case, wall, answer, hung, by_hand, request, table, column):
    file = request.getfixturevalue("with_file") if table == "attachment" else ""
    kept = request.getfixturevalue("elsewhere") if table in ("other_channel", "appraisal", "appraisal_count") else ""
    letter = request.getfixturevalue("letter") if table == "public_letter" else ""
    template = request.getfixturevalue("template") if table == "answer_template" else ""
    own = request.getfixturevalue("directive") if table in ("directive", "directive_message", "lead_office") else ""
    if table == "catalogue_line":
        request.getfixturevalue("edition")
    if table == "case_correction":
        request.getfixturevalue("because")
    if table.startswith("meeting"):
        request.getfixturevalue("held")
    cause = request.getfixturevalue("cause") if table == "cause" else ""
    first = "no = 1 AND :at = :at"
    one = {"row": "place = :at AND no = 2", "part": "place = :at", "wall_check": "no = 1 AND home = :at", "case_photo": first,
           "directive_message": "no = 2 AND :at = :at"}  # fmt: skip
    json_column = column in ("facts", "frozen", "totals", "stated", "hands", "acknowledged", "measures", "texts", "result", "counted")
    value = "CAST(:value AS JSON)" if json_column and db.engine.dialect.name == "postgresql" else ":value"
    by_hand(f'UPDATE "{table}" SET "{column}" = {value} WHERE {one.get(table, ":at = :at")}', value=other(column, table), at=GAODONG)  # noqa: S608

    named = {"attachment": file, **dict.fromkeys(("case", "message", "receipt", "case_photo"), case), "wall": wall, "wall_check": wall,
             "public_letter": f"{TOWN}/{letter}", **dict.fromkeys(("appraisal", "appraisal_count"), kept),
             "answer_template": template, "cause": f"{TOWN}/{cause}", "case_correction": case, "lead_office": "lead office",
             "catalogue_line": f"catalogue of {COUNTY}",
             **dict.fromkeys(("directive", "directive_message"), f"county's letter {COUNTY}/{own}")}  # fmt: skip
    assert any(named.get(table, number) in fault.where.en for fault in proof.faults("510521"))  # which looks no further than that


@pytest.mark.parametrize("column", ["number", "category", "place", "row", "version", "state", "made", "due", "answered"])
def test_a_case_changed_by_hand_is_named_with_what_was_changed(case, by_hand, column):
    by_hand(f'UPDATE "case" SET "{column}" = :value', value=other(column))  # noqa: S608

    names = {"number": "notice", "row": "row, version or wall", "version": "row, version or wall", "made": "when it came",
             "due": "last day for the answer", "answered": "when it was answered"}  # fmt: skip
    assert fault() == f"case {TOWN}/{case}: it is not what the ledger says: {names.get(column, column)}"


def test_a_case_that_went_all_its_ways_is_whole(posted, case):
    clerk, key, later = people.named("baihe-clerk").id, "c" * 32, AT + timedelta(days=2, microseconds=7)
    asked = cases.Asked(NEXT, 1, "unclear", "看不懂这个数。", "0830-8190000", date(2026, 11, 30))
    cases.file(posted, key, asked, AT)  # he went back, and changed everything that can be changed
    cases.act(TOWN, case, "work", clerk, "", 2, later)
    cases.act(TOWN, case, "answer", clerk, "查过了。", 3, later)
    cases.act(TOWN, case, "answer", clerk, "再说一句：没有错。", 4, later)
    cases.open_contact(TOWN, case, clerk, later)
    cases.close(key, 5, later)
    cases.say_more(key, "还是不对，请再看看。", 6, later)

    assert fault() == ""
    cases.act(TOWN, case, "answer", clerk, "又查了一遍。", 7, later)
    assert fault() == ""


def test_the_log_has_no_row_no_receipt_and_no_words_of_a_case(case):
    body = next(entry.body for entry in ledger.entries(TOWN) if entry.action == "case.received")

    assert "row" not in body
    assert "c" * 32 not in body.values()
    assert not [value for value in body.values() if "两亩" in str(value)]
