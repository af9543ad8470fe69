"""The demo's walls: one in each village with posters, one checked, one with a foreign code on it, and a week of scans and answers."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app

from board.paper import qr
from board.rules import wall_check
from board.rules.calendar import day_of
from board.store import areas, notices, people, scans, understood, walls
from board.store.notices import Posted

SPOTS = ("村委会门口", "文化广场", "小卖部旁", "卫生室对面")
STRANGER = "https://butie-lingqu.example/pay?to=nobody"  # a reserved host name
DAYS = 7


def put_up(posted: Iterable[tuple[Posted, str]], at: datetime) -> None:
    """Add a wall in each village with a poster of a notice, by that notice's clerk; check two of them, and count scans of all."""
    clerks: dict[str, int] = {}
    sheets: dict[str, list[Posted]] = {}
    for one, username in posted:
        clerk = people.named(username)
        for part in notices.parts(one):
            if clerk and areas.get(part.place).level == "village":
                clerks.setdefault(part.place, clerk.id)
                sheets.setdefault(part.place, []).append(one)
    made = [walls.add(place, SPOTS[no % len(SPOTS)], clerks[place], at) for no, place in enumerate(sorted(clerks))]
    base = current_app.config["PUBLIC_ADDRESS"]
    right, wrong = [wall for wall in made if wall.home.startswith("510521116")][:2]
    says = [qr.wall_address(base, right.number), *(qr.address(base, one.number, right.home, one.version.no) for one in sheets[right.home])]
    walls.note(right, "camera", [walls.Found("good", said) for said in says], clerks[right.home], at)
    walls.note(wrong, "photo", [walls.Found("foreign", wall_check.cut(STRANGER))], clerks[wrong.home], at)
    chance = random.Random("scans")  # noqa: S311 - figures of a demo, the same each time
    days = [day_of(at - timedelta(back)) for back in range(DAYS)]
    counted = {(wall.number, "", day): chance.randint(1, 9) for wall in made[:-2] for day in days}
    counted |= {(one.number, place, day): chance.randint(2, 30) for place, own in sheets.items() for one in own for day in days}
    scans.add(counted)
    homes = {one.number: one.home for own in sheets.values() for one in own}
    read = [(homes[number], number, place, day) for number, place, day in counted if number in homes]
    understood.add((code, said) for code in read for said in (True, True, False)[: chance.randint(0, 3)])
