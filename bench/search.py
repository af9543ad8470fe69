"""``make bench-search``: time of a search among 200,000 notices, compared with the bare index query.

Every notice is invented: a place of the demo's villages, a kind, a year, a fund. Measured is ``store.search.find``, which parses the typed
words, queries the index and fetches the first page of notices; the lower-bound baseline is the index query alone, in the same run. Printed
for each word: median and 99th percentile of a hundred runs, in milliseconds, and their ratio.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert, select, text

from bench.databases import databases
from board import create_app, kinds
from board.models import Area, Notice, User, Version, db
from board.rules import numbers
from board.rules.areas import prefix
from board.rules.notice import search_terms as rule
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_version
from board.rules.notice.search_terms import Filters
from board.store import search, search_index
from board.store.engine import writing

MANY, TIMES, BATCH = 200_000, 100, 1_000
FUNDS = (
    "中央财政耕地建设与利用资金",
    "省级财政衔接推进乡村振兴补助资金",
    "市级农田水利建设资金",
    "县级自然灾害生活救助资金",
    "村集体经济收益",
)
WORDS: tuple[tuple[str, str, Filters], ...] = (
    ("in nearly all", "公示", Filters()),
    ("common, 2", "补贴", Filters()),
    ("common, 4", "耕地地力", Filters()),
    ("common, 6", "耕地地力保护", Filters()),
    ("one character", "村", Filters()),
    ("rare, 3 (a village)", "黄桷村", Filters()),
    ("rare, 9 digits of a document", "川农发〔2026〕4711号", Filters()),
    ("common and rare", "补贴 黄桷村", Filters()),
    ("township and word", "百和镇 救助", Filters()),
    ("in pieces", "黄桷村耕地补贴", Filters()),
    ("nothing has it", "龙宫补贴", Filters()),
    ("common, in a county", "补贴", Filters(area="510521")),
    ("common, in a village", "补贴", Filters(area="510521116004")),
    ("common, kind and year", "公示", Filters(kind="grain-subsidy", year="2024")),
    ("common, with a fund", "公示", Filters(fund="救助资金")),
)


def page(kind: str) -> Page:
    """Return an empty page of that kind."""
    found = kinds.load()[kind]
    day = date(2026, 1, 1)
    version = SimpleNamespace(
        home="", title="", facts={}, starts=day, ends=day, formed_on=day, digest="", totals={}, row_count=0, number="", no=1,
        posted_at=None, frozen={"kind": found.source, "areas": {}, "publisher": ""},
    )  # fmt: skip
    return of_version(version, [], kind)


def made(many: int) -> Iterator[tuple[str, str, datetime, str, list[str]]]:
    """Yield invented notices, the oldest first: home, number, moment, kind, and the tokens of the text."""
    chance = random.Random(20261122)
    below = db.session.execute(select(Area.code, Area.name, Area.aliases).where(Area.level == "village").order_by(Area.code)).all()
    pages = [page(kind) for kind in kinds.load()]
    first = datetime(2021, 1, 1, tzinfo=UTC)
    for no in range(many):
        at, area, base = first + timedelta(minutes=15 * no), chance.choice(below), chance.choice(pages)
        facts = {fact.id: "按规定办理，公开透明，接受群众监督" for fact in base.kind.facts if fact.type in ("text", "long")}
        facts |= {rule.FUND: chance.choice(FUNDS), "basis_document": f"川农发〔{at.year}〕{chance.randrange(10_000)}号"}
        title = f"{area.name}{at.year}年{base.kind.name.zh}公示"
        own = replace(base, title=title, facts=facts, starts=at.date(), publisher=area.name)
        number = numbers.make(lambda _, no=no: no * 449 % 90_000_000)  # type: ignore[misc]
        yield area.code, number, at, base.kind.id, rule.tokens(own, {area.code: prefix(area.code, "village")}, [area.name, *area.aliases])


def fill(many: int) -> None:
    """Store the invented notices and their index entries."""
    reviewer = db.session.scalars(select(User.id)).first()
    fixed: dict[str, Any] = {
        "no": 1, "facts": {}, "frozen": {}, "totals": {}, "stated": {}, "row_count": 0, "hands": [], "reviewer": reviewer,
        "acknowledged": {}, "digest": "0" * 64,
    }  # fmt: skip
    source = made(many)
    while batch := [one for one, _ in zip(source, range(BATCH), strict=False)]:
        with writing() as session:
            session.execute(
                insert(Notice), [{"home": home, "number": number, "kind": kind, "current": 1} for home, number, _, kind, _ in batch]
            )
            session.execute(insert(Version), [
                fixed | {"home": home, "number": number, "title": kind, "posted_at": at}
                | dict.fromkeys(("starts", "ends", "posted_on", "formed_on", "publish_by"), at.date())
                for home, number, at, kind, _ in batch
            ])  # fmt: skip
            search_index.keep([search_index.entry(home, number, at, kept) for home, number, at, _, kept in batch])


def took(act: Callable[[], Any]) -> tuple[float, float]:
    """Return the median and the 99th percentile of a hundred runs, in milliseconds."""
    times = []
    for _ in range(TIMES):
        db.session.rollback()
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times), sorted(times)[-2]


def measured(engine: str, address: str, folder: Path, many: int) -> None:
    """Fill one engine and print its table."""
    with create_app(folder, DATABASE_URL=address, PUBLIC_ADDRESS="http://127.0.0.1").app_context():
        begun = time.perf_counter()
        fill(many)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        print(f"\n{engine}, {many:,} notices ({time.perf_counter() - begun:.0f} s to fill)\n")
        print("| what | typed | found | ms, median | ms, 99th | the index alone | ratio |\n| --- | --- | --- | --- | --- | --- | --- |")
        for what, words, filters in WORDS:
            found = search.find(words, filters, size=20)
            asked = rule.asked(words, filters, search.called(), loosely=found.loosely)
            assert asked
            floor, _ = took(lambda asked=asked: search_index.ask(asked, before=search_index.NEWEST, most=21))  # type: ignore[misc]
            median, slow = took(lambda words=words, filters=filters: search.find(words, filters, size=20))  # type: ignore[misc]
            count = f"{len(found.posted)}{'+' if found.next else ''}{', in pieces' if found.loosely else ''}"
            print(f"| {what} | {words} | {count} | {median:.1f} | {slow:.1f} | {floor:.1f} | {median / floor:.1f} |", flush=True)


if __name__ == "__main__":
    with databases() as filled:
        for engine, folder, address in filled:
            measured(engine, address, folder, int(sys.argv[1]) if len(sys.argv) > 1 else MANY)
