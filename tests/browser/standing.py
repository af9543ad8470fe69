"""The demo, filled and with drafts in every state, and a walk of each of its people through it: what the checks of all pages begin with."""

from __future__ import annotations

import fcntl
import pickle
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from flask import Flask

from board.demo.appraised import OPEN
from board.paper import typesetting, typst_process
from board.rules.calendar import day_of
from board.rules.notice import slips as rule
from board.store import notices, people, sealing, slips, walls
from board.store.drafting import correction
from board.store.notices import Posted
from board.web.desk.slips import items
from tests import filled_demo
from tests.actors import Browser, Person
from tests.browser.conftest import Served, Stage, serving
from tests.browser.walking import Walk, walk
from tests.databases import NOW, Databases
from tests.web.desk.test_table_choice import a_sheet_a_village
from tests.web.drafting import ROSTER, draft_of, facts_of, pastes, sends, states, uploads

TOWN, VILLAGE = "510521116000", "510521116227"
CROPLAND, GRAIN = "泸县百和镇2026年耕地地力保护补贴发放公示", "百和镇军大丘村2026年实际种粮农民一次性补贴公示"
SPOT = "村委会门口"
TAKEN_DOWN = "面积登记错了，重新公示。"
PEOPLE = (
    "", "baihe-clerk", "baihe-reviewer", "jundaqiu-supervisor", "baihe-leader", "luxian-auditor", "luxian-disclosure", "luxian-finance",
    "luxian-inspector", "luxian-admin",
)  # fmt: skip


class Stand(NamedTuple):
    """Where it is served, what a walk of each of the people ("" for everybody) came by, all views that there are, and numbers by title."""

    served: Served
    walks: dict[str, Walk]
    endpoints: set[str]
    numbers: dict[str, str]


def copied(databases: Databases, instance: Path, shared: Path, stage: Stage) -> Stand:
    """Put a copy of the demo on the stage; it is filled and walked through once for all who name the same ``shared`` folder."""
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "walks").exists():
            (shared / "walks").write_bytes(pickle.dumps(_walked(databases, shared / "instance", shared.parent / "demo")))
    shutil.copytree(shared / "instance", instance)
    return Stand(stage(instance, ""), *pickle.loads((shared / "walks").read_bytes()))  # noqa: S301  (our own)


@contextmanager
def standing(databases: Databases, folder: Path, public: str = "") -> Iterator[Stand]:
    """Fill the demo in a folder, walk through it and serve it; ``public`` is the address that it prints, if not its own."""
    walked = _walked(databases, folder / "instance", folder / "demo")
    with serving(folder / "instance", "", folder, public) as served:
        yield Stand(served, *walked)


def _walked(databases: Databases, instance: Path, filled: Path) -> tuple[dict[str, Walk], set[str], dict[str, str]]:
    """Fill the demo and return what ``Stand`` says of it."""
    with filled_demo.copied(databases, instance, filled) as app:
        begun = seeds(app)
        with unset():
            walks = {who: walk(app, who, own) for who, own in begun.items()}
        views = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        return walks, views, {one.version.title: one.number for one in notices.listed("", limit=1000)}


@contextmanager
def unset() -> Iterator[None]:
    """Typeset one paper of each form, which every other is answered with: a walk asks where pages lead, and papers are half of its time."""
    made, papers = typst_process.made, dict[str, bytes]()

    def once(order: dict[str, Any]) -> bytes:
        if order["form"] not in papers:
            papers[order["form"]] = made(order)
        return papers[order["form"]]

    with patch.object(typst_process, "made", once), patch.object(typesetting, "_apart", once):
        yield


def posted(title: str) -> Posted:
    """Return a notice of the demo."""
    return next(one for one in notices.listed("", limit=100) if one.version.title == title)


def seeds(app: Flask) -> dict[str, list[str]]:
    """Return for each of the people the pages that he looks at first; everything else has to be linked from somewhere."""
    crop, grain, reviewer = posted(CROPLAND).number, posted(GRAIN), people.named("baihe-reviewer")
    assert reviewer
    notices.take_down(grain, reviewer.id, TAKEN_DOWN, NOW)
    place = f"/n/{crop}/{VILLAGE}"
    public = ["/", f"/a/{TOWN}", f"/a/{VILLAGE}", f"/n/{crop}", place, f"{place}/1", f"/n/{crop}/ask?row=17&place={VILLAGE}"]
    lost = [f"/n/{grain.number}", "/n?number=123", "/n?receipt=1", "/nowhere", f"/n/{crop}/files/1", f"/n/{crop}/510521117001"]
    open_wall = f"/w/{walls.of_place(OPEN)[0].number}/appraisal"
    given = [walled(), open_wall, f"{open_wall}/thanks"]
    given += [at_the_wall(), *linked(app, crop), f"/n/{crop}.txt", f"{place}/share.png", f"{place}/understood?said=no"]
    return dict.fromkeys(PEOPLE, ["/start"]) | {
        "": [*public, *given, *lost],
        "baihe-clerk": [*begun(app), f"/desk/notices/{crop}/{VILLAGE}/meeting/1"],
    }


def walled() -> str:
    """Put a wall up; returns what its plate leads to."""
    clerk = people.named("baihe-clerk")
    assert clerk
    return f"/w/{walls.add(VILLAGE, SPOT, clerk.id, NOW).number}"


def at_the_wall() -> str:
    """Return what the code on a sheet for the members of a village leads to."""
    (found,) = notices.listed("", kind="collective-members")
    return f"/n/{found.number}/{found.home}/1/{sealing.wall_secret(found.number, found.home)}"


def linked(app: Flask, number: str) -> list[str]:
    """Return the pages that only a link or a card leads to: the one for whoever pastes a sheet up, and a household's own."""
    clerk = Person(Browser(app)).signs_in("baihe-clerk")
    hung = re.search(r"/hung/[\w.-]+", clerk.sees(f"/desk/notices/{number}/{VILLAGE}").html)
    assert hung
    token, books = rule.token(lambda size: bytes(range(size))), slips.books(VILLAGE, day_of(NOW))
    household = next(one for one in slips.village(VILLAGE, books).households if items(books, one))
    slips.renew(VILLAGE, NOW.year, [(app.extensions["vault"].key("slip", token), household)], None, "baihe-clerk", NOW)
    return [hung[0], f"/s/{token}"]


def begun(app: Flask) -> list[str]:
    """Have the clerk begin drafts and leave each at another step; returns their pages."""
    clerk = Person(Browser(app)).signs_in("baihe-clerk")
    roster = "baihe-cropland-roster.xlsx"
    sends(clerk, roster)
    ready = draft_of(states(clerk, uploads(clerk, roster), **facts_of(roster)))
    wrong = draft_of(pastes(clerk, ROSTER.replace("463.32", "46?"), home=TOWN))
    several = draft_of(uploads(clerk, a_sheet_a_village(), "cropland-subsidy", TOWN))
    first = draft_of(clerk.submits("/desk/new", "用粘贴的表格", table=ROSTER, home=TOWN))
    owner = people.named("baihe-clerk")
    assert owner
    amending = correction.begin(posted("百和镇2026年11月临时救助公示"), "有一笔记错了。", None, owner.id, NOW)
    steps = {
        ready: ("sheet", "columns", "ready", "facts", "finish", "files", "by-hand"),
        wrong: ("columns", "rows", "table"),
        several: ("choose",),
        first: ("kind",),
    }
    return ["/start", f"/desk/{amending.home}/{amending.id}/reason", *(f"{draft}/{step}" for draft, own in steps.items() for step in own)]
