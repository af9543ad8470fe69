"""Many rows at once: the ORM reads back just what went in, and of what did not go in nothing stays and nobody is named."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from board.models import Area, Draft, Holiday, SignInFailure, db
from board.store import bulk, people
from board.store.bulk import NotStored
from board.store.engine import outage, writing
from tests.store.posted import AT, TOWN

ODD = [
    "",
    "张三",
    "䶮㼆𠮷",
    "葛\U000e0100三",
    "a\tb",
    "a\nb\r\n",
    "\\",
    "\\N",
    "\\.",
    "'\"",
    "100%",
    "{}",
    "null",
    " 空 ",
    "\u2028",
    "x" * 5000,
]
PEOPLE = ("bucket", "count", "last")


def failure(bucket: str, count: int = 1, last: datetime = AT) -> tuple[Any, ...]:
    return bucket, count, last


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SignInFailure)) or 0


def put(*given: tuple[Any, ...]) -> None:
    puts(given)


def puts(given: Iterable[tuple[Any, ...]]) -> None:
    with writing() as session:
        bulk.insert(session, SignInFailure.__table__, PEOPLE, given)


@pytest.mark.parametrize("sealed", [None, b"", b"\x00\xff\\\t\n", bytes(range(256))], ids=["none", "empty", "awkward", "every byte"])
def test_texts_json_and_bytes_come_back_as_they_were(app, sealed):
    owner = people.named("baihe-clerk").id
    columns = (
        "home",
        "id",
        "kind",
        "state",
        "owner",
        "revision",
        "title",
        "facts",
        "edits",
        "columns",
        "answers",
        "chosen",
        "returned_because",
    )
    drafts = [
        (TOWN, f"odd{number}", "k", "draft", owner, number, text[:200], {text: text}, sealed, {}, {"a": [text, 1, None]}, [], text, AT, AT)
        for number, text in enumerate(ODD)
    ]
    with writing() as session:
        bulk.insert(session, Draft.__table__, (*columns, "made", "changed"), drafts)
    found = db.session.scalars(select(Draft).where(Draft.id.startswith("odd")).order_by(Draft.revision)).all()

    assert [tuple(getattr(one, name) for name in (*columns, "made", "changed")) for one in found] == drafts


def test_a_moment_a_day_and_a_yes_are_stored_as_the_orm_stores_them(app):
    china = datetime(2026, 11, 22, 7, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=8)))
    with writing() as session:
        bulk.insert(session, SignInFailure.__table__, PEOPLE, [failure("bulk", last=china)])
        bulk.insert(
            session, Holiday.__table__, ("day", "off", "name"), [(date(2031, 1, 1), True, "元旦"), (date(2031, 1, 4), False, "补班")]
        )
        session.add_all([SignInFailure(bucket="orm", count=1, last=china), Holiday(day=date(2031, 1, 2), off=True, name="元旦")])
    db.session.expire_all()

    same = select(SignInFailure.bucket).where(SignInFailure.last == china).order_by(SignInFailure.bucket)
    assert db.session.scalars(same).all() == ["bulk", "orm"]
    assert db.session.get(SignInFailure, "bulk").last == china.astimezone(UTC)
    off = select(Holiday.day).where(Holiday.off, Holiday.day >= date(2031, 1, 1)).order_by(Holiday.day)
    assert db.session.scalars(off).all() == [date(2031, 1, 1), date(2031, 1, 2)]


def test_what_the_session_still_holds_is_there_before_the_rows_that_refer_to_it(app):
    with writing() as session:
        session.add(Area(code="510521116999", name="新村", level="village", parent=TOWN, aliases=[]))
        bulk.insert(session, Area.__table__, ("code", "name", "level", "parent", "aliases", "closed"), [
            ("510521116998", "更新村", "village", "510521116999", ["新新村"], False),
        ])  # fmt: skip

    assert db.session.get(Area, "510521116998").aliases == ["新新村"]


def test_rows_go_as_they_come_and_no_rows_are_no_error(app):
    many = 20_000
    put(*[])
    put(*(failure(f"{number}") for number in range(many)))

    assert stored() == many


def test_who_gives_up_in_the_middle_leaves_nothing(app):
    class Cancelled(Exception):
        pass

    def coming() -> Iterator[tuple[Any, ...]]:
        yield from (failure(f"{number}") for number in range(3000))
        raise Cancelled

    with pytest.raises(Cancelled), writing() as session:
        bulk.insert(session, SignInFailure.__table__, PEOPLE, coming())

    assert stored() == 0
    put(failure("张三"))
    assert stored() == 1


@pytest.mark.parametrize(
    "bad",
    [failure("李四"), failure("王五", count=None), failure({"赵六": 1}), failure("钱七", count={"赵六": 1}), (None, 2, AT)],  # type: ignore[arg-type]
    ids=["twice", "empty", "no text", "no number", "no key"],
)
def test_a_row_that_is_refused_takes_all_back_and_names_nobody(app, bad):
    given = [failure("李四"), failure("张三"), bad]
    with pytest.raises(NotStored) as refused:
        put(*given)

    said = "".join(traceback.format_exception(refused.value))
    assert not [name for name in ("李四", "张三", "王五", "赵六", "钱七") if name in said]
    assert str(refused.value)
    assert stored() == 0


def test_a_database_that_goes_away_or_is_full_meanwhile_is_an_outage_and_names_nobody(app, databases):
    def coming() -> Iterator[tuple[Any, ...]]:
        yield from (failure(f"张三{number}") for number in range(3000))
        if databases.cluster:
            pid = db.session.connection().connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            databases.cluster.sql(f"SELECT pg_terminate_backend({pid}, 5000)")
        yield from (failure(f"李四{number}") for number in range(3000))

    if not databases.cluster:  # so much room is left
        db.session.execute(text(f"PRAGMA max_page_count = {db.session.scalar(text('PRAGMA page_count')) + 2}"))
    with pytest.raises(OperationalError) as ended:
        puts(coming())

    assert outage(ended.value) == ("away" if databases.cluster else "full")
    assert not [name for name in ("张三", "李四") if name in "".join(traceback.format_exception(ended.value))]
    db.engine.dispose()  # the limit was one connection's
    assert stored() == 0


def test_a_column_that_the_table_does_not_have_is_a_slip_of_the_programmer(app):
    with pytest.raises(KeyError, match="nickname"), writing() as session:
        bulk.insert(session, SignInFailure.__table__, ("nickname",), [("张三",)])
