"""Whatever a hand changes in the tables behind the program's back is found, and named."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, text

from board.models import Base, Row, db
from board.rules import hash_chain
from board.store import answers, cases, ledger, notices, people
from board.store.engine import writing
from board.store.proof import notices as proof
from tests.store.posted import AT, GAODONG, NEXT, TOWN
from tests.store.proof.faults import fault


@pytest.fixture
def number(posted):
    """Its number, as somebody has it on paper."""
    return posted.number


@pytest.fixture
def case(posted):
    """The id of what a villager asked about it."""
    asked = cases.Asked(GAODONG, 2, "amount_wrong", "我家是两亩三分。", "", date(2026, 11, 27))
    return cases.file(posted, "c" * 32, asked, AT).id


@pytest.fixture
def answer(posted):
    """The number of what was answered about it for everybody."""
    return answers.publish(posted, answers.QuestionAnswer("荒地算不算？", "不算，按确权证算。"), None, people.named("baihe-clerk").id, AT)


def test_what_was_posted_is_whole(posted):
    assert fault() == ""


def test_it_is_still_whole_when_names_were_printed_and_it_was_taken_down(posted):
    reviewer = people.named("baihe-reviewer").id
    notices.full_names(posted, GAODONG, reviewer, AT)
    notices.take_down(posted, reviewer, "数算错了", AT.replace(microsecond=5))

    assert fault() == ""


# ---- the list of evidence


@pytest.mark.parametrize(
    "table",
    ["notice", "version", "part", "row", "case", "message", "receipt", "wall", "wall_check", "public_answer", "hanging", "attachment"],
)
def test_every_column_is_evidence_or_has_a_reason_why_not(table):
    columns = set(Base.metadata.tables[table].columns.keys())
    excused = {name.removeprefix(f"{table}.") for name in proof.NOT_EVIDENCE if name.startswith(f"{table}.")}

    assert proof.EVIDENCE[table] | excused == columns
    assert not proof.EVIDENCE[table] & excused


def test_every_excuse_is_of_a_table_of_evidence_and_says_why():
    assert {name.split(".")[0] for name in proof.NOT_EVIDENCE} <= proof.EVIDENCE.keys()
    assert all(proof.NOT_EVIDENCE.values())


OTHER = {
    "home": "510521117000", "number": "999999999", "place": "510521117001", "kind": "grain-subsidy", "withdrawn_at": "2026-11-21 00:00:00",
    "withdrawn_because": "改了", "title": "改了", "starts": "2026-11-19", "ends": "2026-11-30", "reason": "改了", "formed_on": "2026-11-01",
    "publish_by": "2027-01-01", "posted_on": "2026-11-01",
    "posted_at": "2026-11-19 02:00:00", "digest": "0" * 64, "group": "9组", "shown_name": "别*",
    "person_key": "a" * 32,
    "account_key": "b" * 32, "person_salt": "c" * 32, "money_salt": "d" * 32, "person_digest": "e" * 64, "money_digest": "f" * 64,
    "facts": {"standard": "100"}, "frozen": {"kind": {}}, "totals": {"amount": "1.00"}, "stated": {"amount": "1.00"}, "hands": [],
    "acknowledged": {"all_same": "好"}, "measures": {"amount": "9999.00"}, "texts": {"amount": "九千"},
    "minor": True, "sealed_name": b"x" * 40, "id": "0123456789ab", "case": "0123456789ab", "category": "unclear", "state": "answered",
    "made": "2026-11-19 02:00:00", "due": "2031-01-01", "answered": "2026-11-21 02:00:00", "side": "office", "text": "别的话",
    "at": "2026-11-19 02:00:00", "key": "a" * 32, "spot": "别处", "photo": b"other", "closed_at": "2026-11-19 02:00:00", "way": "typed",
    "finding": "older", "read": "别的", "question": "别的话", "answer": "别的话", "hung_on": "2026-11-19", "hung_by": "别人",
    "told_at": "2026-11-19 02:00:00", "down_on": "2026-11-26", "type": "docx",
    "sha256": "a" * 64, "data": b"%PDF-1.7 another",
}  # fmt: skip
NUMBERS = {"current", "no", "row_count", "reviewer", "version", "since", "until", "amount", "row", "user_id", "changed_in", "made_by"}


def other(column: str):
    value = 9 if column in NUMBERS else OTHER[column]
    return json.dumps(value) if isinstance(value, dict | list) else value


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in proof.EVIDENCE for column in sorted(proof.EVIDENCE[table])])
def test_a_column_of_evidence_changed_by_hand_is_found_and_named(number, case, wall, answer, hung, by_hand, request, table, column):
    file = request.getfixturevalue("with_file") if table == "attachment" else ""
    one = {"row": "place = :at AND no = 2", "part": "place = :at", "wall_check": "no = 1 AND home = :at"}.get(table, ":at = :at")
    json_column = column in ("facts", "frozen", "totals", "stated", "hands", "acknowledged", "measures", "texts")
    value = "CAST(:value AS JSON)" if json_column and db.engine.dialect.name == "postgresql" else ":value"
    by_hand(f'UPDATE "{table}" SET "{column}" = {value} WHERE {one}', value=other(column), at=GAODONG)  # noqa: S608

    named = {"attachment": file, "case": case, "message": case, "receipt": case, "wall": wall, "wall_check": wall}.get(table, number)
    assert named in " ".join(fault.where.en for fault in proof.faults())


@pytest.mark.parametrize("column", ["number", "category", "place", "row", "version", "state", "made", "due", "answered"])
def test_a_case_changed_by_hand_is_named_with_what_was_changed(case, by_hand, column):
    by_hand(f'UPDATE "case" SET "{column}" = :value', value=other(column))  # noqa: S608

    names = {"number": "notice", "row": "row or version", "version": "row or version", "made": "when it came",
             "due": "last day for the answer", "answered": "when it was answered"}  # fmt: skip
    assert fault() == f"case {TOWN}/{case}: it is not what the ledger says: {names.get(column, column)}"


def test_a_case_that_went_all_its_ways_is_whole(posted, case):
    clerk, key, later = people.named("baihe-clerk").id, "c" * 32, AT + timedelta(days=2, microseconds=7)
    asked = cases.Asked(NEXT, 1, "unclear", "看不懂这个数。", "0830-8190000", date(2026, 11, 30))
    cases.file(posted, key, asked, AT)  # he went back, and changed everything that can be changed
    cases.take_up(TOWN, case, clerk, 2, later)
    cases.answer(TOWN, case, clerk, "查过了。", 3, later)
    cases.answer(TOWN, case, clerk, "再说一句：没有错。", 4, later)
    cases.open_contact(TOWN, case, clerk, later)
    cases.close(key, 5, later)
    cases.say_more(key, "还是不对，请再看看。", 6, date(2026, 12, 9), later)

    assert fault() == ""
    cases.answer(TOWN, case, clerk, "又查了一遍。", 7, later)
    assert fault() == ""


def test_the_log_has_no_row_no_receipt_and_no_words_of_a_case(case):
    body = next(entry.body for entry in ledger.entries(TOWN) if entry.action == "case.received")

    assert "row" not in body
    assert "c" * 32 not in body.values()
    assert not [value for value in body.values() if "两亩" in str(value)]


@pytest.mark.parametrize("column", ["sealed_name", "name_key", "person_salt"])
def test_a_person_emptied_but_not_erased_is_named(posted, by_hand, column):
    by_hand(f"UPDATE \"row\" SET {column} = NULL, shown_name = '别*人' WHERE place = :at AND no = 2", at=GAODONG)  # noqa: S608

    assert f"place {GAODONG} row 2" in fault()


def test_a_sealed_name_changed_is_named_and_no_crash(posted, by_hand):
    by_hand('UPDATE "row" SET sealed_name = :value WHERE place = :at AND no = 2', value=b"x" * 40, at=GAODONG)

    assert fault() == f"notice {posted.number} version 1 place {GAODONG} row 2: the sealed name was changed, or sealed with another key"


def test_a_sealed_name_that_is_too_short_to_be_one_is_no_crash_either(posted, by_hand):
    by_hand('UPDATE "row" SET sealed_name = :value WHERE place = :at AND no = 2', value=b"", at=GAODONG)

    assert posted.number in fault()


def test_two_rows_that_changed_names_are_named(posted, by_hand):
    names = dict(db.session.execute(text('SELECT no, sealed_name FROM "row" WHERE place = :at'), {"at": GAODONG}).all())
    by_hand('UPDATE "row" SET sealed_name = :value WHERE place = :at AND no = 1', value=names[2], at=GAODONG)

    assert fault() == f"notice {posted.number} version 1 place {GAODONG} row 1: the person is not who was approved"


def test_figures_moved_from_one_row_to_another_are_named_though_the_sum_agrees(posted, by_hand):
    by_hand('UPDATE "row" SET amount = amount - 100 WHERE place = :at AND no = 1', at=GAODONG)
    by_hand('UPDATE "row" SET amount = amount + 100 WHERE place = :at AND no = 2', at=GAODONG)

    assert fault() == f"notice {posted.number} version 1 place {GAODONG} row 1: the figures are not what was approved"


@pytest.mark.parametrize("table", ["row", "part", "version", "notice", "printed"])
def test_what_was_taken_out_is_missed(number, by_hand, table):
    by_hand(f'DELETE FROM "{table}"')  # noqa: S608

    assert number in fault()


def test_a_row_put_in_where_no_part_is_is_found(posted):
    with writing() as session:
        row = session.query(Row).filter_by(place=GAODONG, no=1).one()
        values = {column.key: getattr(row, column.key) for column in inspect(Row).columns} | {"place": "510521117001"}
        session.execute(Row.__table__.insert(), [values])

    assert fault() == f"notice {posted.number} place 510521117001 row 1: it belongs to no part"


def test_a_hidden_row_is_found(posted, by_hand):
    by_hand('UPDATE "row" SET until = 7 WHERE place = :at AND no = 2', at=GAODONG)

    assert fault() == f"notice {posted.number} version 1 place {GAODONG}: its rows, their number or its totals are not what was approved"


def test_a_version_that_cannot_even_be_read_is_named(posted, by_hand, engine):
    broken = "'[]'" if engine == "sqlite" else "CAST('[]' AS JSON)"
    by_hand(f"UPDATE version SET frozen = {broken}")  # noqa: S608

    assert posted.number in fault()


def test_a_notice_brought_back_after_it_was_taken_down_is_named(posted, by_hand):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    by_hand("UPDATE notice SET withdrawn_at = NULL, withdrawn_because = ''")

    assert fault() == f"notice {posted.number}: its withdrawal is not what the ledger says"


# ---- the ledger itself


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "body", "digest"])
def test_a_changed_entry_is_named(posted, by_hand, engine, column):
    notices.full_names(posted, GAODONG, people.named("baihe-reviewer").id, AT)
    value = {"body": "CAST('{}' AS JSON)" if engine == "postgresql" else "'{}'"}.get(column, "'2026-01-01T00:00:00+00:00'")
    by_hand(f"UPDATE ledger SET {column} = {value} WHERE home = :home AND height = 1", home=TOWN)  # noqa: S608

    assert fault() == f"ledger {TOWN} entry 1: it was changed"


def test_an_entry_taken_out_is_named(posted, by_hand):
    notices.full_names(posted, GAODONG, people.named("baihe-reviewer").id, AT)
    by_hand("DELETE FROM ledger WHERE home = :home AND height = 1", home=TOWN)

    assert fault() == f"ledger {TOWN} entry 1: the entry is missing"


def test_a_notice_whose_whole_ledger_was_taken_out_is_in_none(posted, by_hand):
    by_hand("DELETE FROM ledger WHERE home = :home", home=TOWN)

    assert fault() == f"notice {posted.number} version 1: it is in no ledger"


def test_an_entry_rewritten_with_all_its_digests_no_longer_fits_the_tables(posted, by_hand, engine):
    *_, entry = ledger.entries(TOWN)
    body = entry.body | {"rows": 99}
    forged = hash_chain.digest(hash_chain.Entry(**vars(entry) | {"body": body}))
    value = "CAST(:body AS JSON)" if engine == "postgresql" else ":body"
    by_hand(
        f"UPDATE ledger SET body = {value}, digest = :digest WHERE height = :height AND home = :home",  # noqa: S608
        body=json.dumps(body),
        digest=forged,
        height=entry.height,
        home=TOWN,
    )

    assert fault() == f"notice {posted.number} version 1: changed: rows"


# ---- the command


def test_the_command_says_whole_and_ends_with_0(app, posted):
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert (done.exit_code, done.output) == (0, "All is as it was written.\n")


def test_the_command_names_every_fault_and_ends_with_1(app, posted, by_hand):
    by_hand("UPDATE version SET title = '改了'")
    by_hand('UPDATE "row" SET amount = 1 WHERE place = :at AND no = 3', at=GAODONG)
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert done.exit_code == 1
    assert f"place {GAODONG} row 3: the figures are not what was approved" in done.output
    assert "its title, facts, kind, dates, totals or parts are not what was approved" in done.output


def test_the_command_survives_a_body_that_was_emptied(app, posted, case, wall, answer, hung, by_hand, engine):
    value = "CAST('{}' AS JSON)" if engine == "postgresql" else "'{}'"
    by_hand(f"UPDATE ledger SET body = {value} WHERE home = :home", home=TOWN)  # noqa: S608
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert f"ledger {TOWN} entry 1: it was changed" in done.output
