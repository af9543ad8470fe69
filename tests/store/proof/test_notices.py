"""Whatever a hand changes in the tables behind the program's back is found, and named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from board.models import Row, db
from board.rules import hash_chain
from board.store import ledger, notices, people
from board.store.engine import writing
from tests.store.posted import AT, GAODONG, TOWN
from tests.store.proof.faults import fault


def test_what_was_posted_is_whole(posted):
    assert fault() == ""


def test_it_is_still_whole_when_names_were_printed_and_it_was_taken_down(posted):
    reviewer = people.named("baihe-reviewer").id
    notices.full_names(posted, [GAODONG], reviewer, AT)
    notices.take_down(posted, reviewer, "数算错了", AT.replace(microsecond=5))

    assert fault() == ""


# ---- the ledger itself


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "body", "digest"])
def test_a_changed_entry_is_named(posted, by_hand, engine, column):
    notices.full_names(posted, [GAODONG], people.named("baihe-reviewer").id, AT)
    value = {"body": "CAST('{}' AS JSON)" if engine == "postgresql" else "'{}'"}.get(column, "'2026-01-01T00:00:00+00:00'")
    by_hand(f"UPDATE ledger SET {column} = {value} WHERE home = :home AND height = 1", home=TOWN)  # noqa: S608

    assert fault() == f"ledger {TOWN} entry 1: it was changed"


def test_an_entry_taken_out_is_named(posted, by_hand):
    notices.full_names(posted, [GAODONG], people.named("baihe-reviewer").id, AT)
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


def test_an_entry_dated_before_the_one_above_it_is_named(app, posted, auditor, monkeypatch):
    monkeypatch.setattr(hash_chain, "went_back", lambda *_: False)  # it was written by hand
    with writing():
        ledger.append(TOWN, AT - timedelta(days=3), "baihe-reviewer", "names.printed", posted.number)

    assert fault() == f"ledger {TOWN} entry 5: its time lies 259200 seconds before that of the entry above it"
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (done.exit_code, "时间比上一条早 259200 秒" in done.output) == (1, True)
    assert "请马上停止使用" in auditor.submits(auditor.sees("/audit/ledger"), "查一查日志有没有被改过").text


def test_a_clock_that_was_set_back_is_told_and_is_no_alarm(app, posted, auditor):
    with writing():
        ledger.append(TOWN, AT - timedelta(hours=1), "baihe-reviewer", "names.printed", posted.number)

    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (done.exit_code, "the server's clock was set back: its time lies 3600 seconds before" in done.output) == (0, True)
    page = auditor.submits(auditor.sees("/audit/ledger"), "查一查日志有没有被改过")
    assert "日志是完整的" in page.text
    assert "请留意：日志 510521116000 第 5 条，服务器的时钟往回调过，时间比上一条早 3600 秒" in page.text
    assert "服务器的时钟往回调过" in auditor.sees("/audit/ledger").text


def test_an_entry_of_a_request_that_began_a_little_earlier_is_told_and_is_no_alarm(app, posted, auditor):
    with writing():
        ledger.append(TOWN, AT - timedelta(seconds=4), "baihe-reviewer", "names.printed", posted.number)

    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (done.exit_code, "its time lies 4 seconds before" in done.output) == (0, True)
    page = auditor.submits(auditor.sees("/audit/ledger"), "查一查日志有没有被改过")
    assert "日志是完整的" in page.text
    assert "时间比上一条早 4 秒" in page.text
    assert "请马上停止使用" not in page.text


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


@pytest.mark.parametrize("body", ["{}", "null", "[1]", '{"no": "1", "version": [1], "place": [1]}'])
def test_the_command_survives_a_body_that_was_changed(app, posted, case, wall, answer, hung, by_hand, engine, body):
    value = f"CAST('{body}' AS JSON)" if engine == "postgresql" else f"'{body}'"
    by_hand(f"UPDATE ledger SET body = {value} WHERE home = :home", home=TOWN)  # noqa: S608
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert f"ledger {TOWN} entry 1: it was changed" in done.output


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


def test_a_leak_that_a_hand_denies_is_named(posted, by_hand):
    notices.take_down(posted, people.named("baihe-reviewer").id, "露了手机号", AT, leak=True)
    assert fault() == ""
    by_hand("UPDATE notice SET withdrawn_leak = NULL")

    assert fault() == f"notice {posted.number}: its withdrawal is not what the ledger says"


def test_a_notice_whose_number_was_made_a_walls_by_hand_is_named(number, by_hand):
    by_hand("UPDATE printed SET what = 'wall'")

    assert fault() == f"notice {number} version 1: its printed number does not lead to it"
