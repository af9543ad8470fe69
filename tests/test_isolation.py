"""No test sees what another did: the app that tests share is each time as ``create_app`` made it, over a copy of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from board.models import Area, db
from board.store import people, walls
from tests.databases import Databases, Filled
from tests.reuse import parts
from tests.store.posted import GAODONG, TOWN, post

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)


def held(app: Flask) -> dict[str, Any]:
    """All that the database, the instance folder and the app's own objects hold."""
    tables = {table.name: sorted(map(repr, db.session.execute(table.select()))) for table in db.metadata.sorted_tables}
    folder = Path(app.instance_path)
    db.session.rollback()
    files = {file.name for file in folder.iterdir()} - {"mingbai.sqlite-wal", "mingbai.sqlite-shm"}
    return {"tables": tables, "files": files, "app": own(app), "config": dict(app.config), "globals": sorted(app.jinja_env.globals)}


def own(app: Flask) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the app and each object of ours behind it hold."""
    return [(type(part).__qualname__, sorted((name, _plain(value)) for name, value in vars(part).items())) for part in parts(app)]


def _plain(value: Any) -> str:
    """What a value holds, without the places in memory of what holds nothing of its own."""
    if isinstance(value, dict):
        return repr({str(name): _plain(one) for name, one in value.items()})
    if isinstance(value, list | tuple | set):
        return repr([_plain(one) for one in value])
    return repr(value) if isinstance(value, str | bytes | int | float | date | None) else type(value).__qualname__


def changes(app: Flask, schema: bool = False) -> None:
    """Do what tests do: write, open pages, count, set the clock and the settings, and break the ``schema`` too."""
    app.clock = lambda: AT  # type: ignore[attr-defined]
    number = post().number
    walls.add(GAODONG, "村委会门口", 1, AT)
    people.add("gaodong-clerk", "某人", "clerk", GAODONG, "shuo-hua-suan-shu", at=AT)
    db.session.execute(Area.__table__.update().values(name="别处").where(Area.code == TOWN))  # type: ignore[attr-defined]
    if schema:
        db.session.execute(text('DROP TABLE "switch"'))
    db.session.commit()
    phone = {"User-Agent": "a phone"}
    assert app.test_client().get(f"/N/{number}/{GAODONG}", headers=phone, follow_redirects=True).status_code == 200
    assert app.test_client().get("/").status_code == 200
    app.config.update(PAGE_ROWS=1, DEMO=False)
    app.extensions["slips"]["card"].most = 1
    app.extensions["hung"].full("x", AT)
    app.jinja_env.globals["left"] = "behind"
    app.before_request_funcs[None].append(lambda: None)
    app.extensions["vault"] = None
    (Path(app.instance_path) / "left-behind").write_text("x")


@pytest.mark.parametrize("schema", [False, True], ids=["rows", "schema"])
def test_what_a_test_changes_is_gone_in_the_next(databases: Databases, filled: Filled, schema: bool) -> None:
    with databases.fresh(filled) as app:
        before, address = held(app), app.config["SQLALCHEMY_DATABASE_URI"]
        changes(app, schema)
        assert own(app) != before["app"]
    with databases.fresh(filled) as app:
        assert app.config["SQLALCHEMY_DATABASE_URI"] == address
        assert held(app) == before


def test_the_app_that_tests_share_is_as_a_new_one(databases: Databases, filled: Filled) -> None:
    with databases.fresh(filled) as app:
        changes(app)
    with databases.fresh(filled) as app:
        new = databases._create(Path(app.instance_path), databases.kept.name if databases.kept else "")
        # Flask itself notes on the way what it was asked for (its name, its logger): that is in the test before this one.
        assert [one for one in own(app) if one[0] != "Flask"] == [one for one in own(new) if one[0] != "Flask"]


def test_what_another_connection_wrote_or_holds_is_gone_too(databases: Databases, filled: Filled) -> None:
    with databases.fresh(filled) as app:
        before = held(app)
        other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
        with other.begin() as connection:
            connection.execute(text("DELETE FROM holiday"))
            connection.execute(text("UPDATE area SET name = '别处'"))
        held_open = other.connect()
        held_open.execute(text("UPDATE area SET name = '他处'"))
    with databases.fresh(filled) as app:
        assert held(app) == before
    held_open.invalidate()
    other.dispose()


def test_one_copy_begins_its_numbers_where_the_other_did(databases: Databases, filled: Filled) -> None:
    ids = []
    for _ in range(2):
        with databases.fresh(filled):
            ids.append(people.named(_added()).id)  # type: ignore[union-attr]
    assert ids[0] == ids[1]


def _added() -> str:
    people.add("gaodong-clerk", "某人", "clerk", GAODONG, "shuo-hua-suan-shu", at=AT)
    return "gaodong-clerk"
