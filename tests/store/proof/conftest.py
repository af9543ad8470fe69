"""A wall and a sheet that went all their ways, and somebody who changes tables behind the program's back."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from board.models import db
from board.store import displays, people, walls
from board.store.drafting import drafts
from tests.store.attached import KIND, PLAN, adds, posts
from tests.store.posted import AT, GAODONG, TOWN

FREE = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
BOUND = {"sqlite": "PRAGMA foreign_keys = ON", "postgresql": "SET session_replication_role = DEFAULT"}


@pytest.fixture
def wall(app):
    """The number of a wall that was photographed, checked and closed."""
    clerk = people.named("baihe-clerk").id
    wall = walls.add(GAODONG, "村委会门口", clerk, AT)
    walls.picture(wall, b"\xff\xd8\xff first", clerk, AT)
    walls.picture(wall, b"\xff\xd8\xff second", clerk, AT)
    walls.note(wall, "photo", [walls.Found("foreign", "http://x.example/pay"), walls.Found("good", "W")], clerk, AT.replace(microsecond=7))
    walls.close(wall, clerk, AT.replace(microsecond=7))
    return wall.number


@pytest.fixture
def hung(posted):
    """A sheet that was hung, said twice, and taken down."""
    for said in (
        displays.DisplayReport(AT.date(), "村文书", "村委会门口", b"photo"),
        displays.DisplayReport(AT.date(), "村文书", "小学门口"),
        displays.DisplayReport(AT.date(), "村文书", "小学门口", down=AT.date()),
    ):
        displays.report(posted, displays.poster(posted, GAODONG), said, "wall", AT.replace(microsecond=7))
    return posted.number


@pytest.fixture
def by_hand(engine):
    """Somebody at the database's own console, who puts foreign keys and triggers out of force first."""

    def does(statement: str, **values) -> None:
        db.session.rollback()
        with db.engine.connect() as console:
            driver = console.connection.driver_connection
            assert driver
            driver.execute(FREE[engine])
            if engine == "sqlite":
                for trigger in ("ledger_no_update", "ledger_no_delete"):
                    driver.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            done = console.execute(text(statement), values)
            assert done.rowcount >= 1, statement
            console.commit()
            driver.execute(BOUND[engine])
            if engine == "postgresql":
                driver.commit()
        db.session.expire_all()

    return does


@pytest.fixture
def with_file(app):
    """The number of a notice with a file beside it."""
    clerk, reviewer = people.named("baihe-clerk").id, people.named("baihe-reviewer").id
    return posts(adds(drafts.start(TOWN, KIND, "公示", clerk, AT), clerk, PLAN), clerk, reviewer).number
