"""Which addresses are opened, found with plain SQL: what everybody sees, what staff see, and the forms whose answer is a page or a paper.

Numbers, codes and ids come from the dump alone, so that the list is the same for every program that opens it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.recording.visitor import Address

STAFF = ("baihe-clerk", "baihe-reviewer", "luxian-clerk", "luxian-auditor", "luxian-inspector", "luxian-admin")
TONGUES = ("", "?lang=en", "?view=large", "?view=large&lang=en")
BARE_AREAS = 20  # areas without notices
UNKNOWN = "100000007"  # a number that nobody was given
FINDS = ("张", "李", "王小", "Z", "张三李四王五赵六", "3", "25", "没有这个人")


class Dump:
    """The database of a dump, asked in plain SQL."""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)

    def rows(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.database.execute(statement, given).fetchall()

    def one(self, statement: str, *given: Any) -> list[Any]:
        """Return the first column of a query."""
        return [row[0] for row in self.rows(statement, *given)]


def every(dump: Dump, known: dict[str, list[str]], root: Path) -> list[Address]:
    """Return every address in the order in which it is opened: what changes nothing first, what is logged last."""
    public = [Address("", path) for path in _public(dump, known, root)]
    staff = [Address(who, path) for who in STAFF for path in _staff(dump)]
    return list(dict.fromkeys([*public, *staff, *_forms(dump, known)]))


def _public(dump: Dump, known: dict[str, list[str]], root: Path) -> Iterator[str]:
    yield from _several("/")
    yield from ("/robots.txt", "/openapi.json", "/openapi.json?lang=en", "/sitemap.xml", "/sitemap-areas-1.xml", "/sitemap-areas-2.xml")
    yield from ("/sitemap-notices-1.xml", "/sign-in", "/sign-in?lang=en", "/receipt", "/receipt?lang=en", "/receipt?view=large")
    yield from ("/n", "/n?receipt=1", "/n?number=12345", "/no-such-page", "/no-such.json", "/desk", "/audit", "/admin", "/inspect")
    yield from (f"/static/{file.relative_to(root).as_posix()}" for file in sorted(root.rglob("*")) if file.is_file())
    yield from _areas(dump)
    for number, version in dump.rows("SELECT number, current FROM notice ORDER BY number"):
        yield from _notice(dump, number, version)
    yield from (f"/n/{UNKNOWN}", f"/n/{UNKNOWN}?lang=en", f"/n/{UNKNOWN}.json", f"/n/{UNKNOWN}.csv", f"/n/{UNKNOWN}.txt")
    yield from _walls(dump)
    yield from _searches(dump)
    yield from _cards(known["cards"])
    yield from (f"/hung/{token}{end}" for token in (*known["hung"], "no-such-token") for end in ("", "?lang=en", "?done=1"))


def _several(path: str) -> Iterator[str]:
    yield from (f"{path}{query}" for query in TONGUES)


def _areas(dump: Dump) -> Iterator[str]:
    parents = dict(dump.rows("SELECT code, parent FROM area"))
    told = set(dump.one("SELECT place FROM part UNION SELECT home FROM notice UNION SELECT code FROM area WHERE closed"))
    told |= {parents[code] for code in told} | {parents[parents[code]] for code in told if parents[code]}
    full = sorted(code for code in told if code)
    bare = sorted(set(parents) - set(full))
    for code in full:
        yield from _several(f"/a/{code}")
        yield from (f"/A/{code}", f"/a/{code}/", f"/a/{code}.atom")
        yield from (f"/a/{code}/totals{end}" for end in (".csv", ".json", ".csv?year=2026", ".json?lang=en"))
    for code in bare[:: max(1, len(bare) // BARE_AREAS)]:
        yield from (f"/a/{code}", f"/a/{code}?lang=en", f"/a/{code}.atom", f"/a/{code}/totals.json")
    town = full[len(full) // 2]
    yield from (f"/a/{town}{end}" for end in (".atom?lang=en", "/totals.csv?lang=en", "/totals.json?year=26", "/totals.csv?year=26"))
    yield from (f"/a/999999999999{end}" for end in ("", ".atom", "/totals.json", "/totals.csv"))
    villages = dump.one("SELECT DISTINCT place FROM part JOIN area ON area.code = place WHERE level = 'village' ORDER BY place")
    for quarter in _quarters(dump):
        yield from (f"/a/{code}/booklet/{quarter}.pdf" for code in villages[:: max(1, len(villages) // 8)])
        yield f"/a/{villages[0]}/booklet/{quarter}-folded.pdf"


def _quarters(dump: Dump) -> list[str]:
    days = [date.fromisoformat(day) for day in dump.one("SELECT DISTINCT posted_on FROM version")]
    return sorted({f"{day.year}-q{(day.month + 2) // 3}" for day in days})


def _notice(dump: Dump, number: str, version: int) -> Iterator[str]:
    yield from _several(f"/n/{number}")
    yield from (f"/N/{number}", f"/n/{number}/", f"/N/{number}.txt")
    yield from (f"/n/{number}{end}" for end in (".csv", ".csv?lang=en", ".json", ".json?lang=en", ".txt", ".txt?lang=en"))
    yield from (f"/n/{number}/ask", f"/n/{number}/ask?lang=en", f"/n?number={number}", f"/n/{number}/files/9")
    yield from (f"/n/{number}/files/{no}" for no in dump.one("SELECT no FROM attachment WHERE number = ? ORDER BY no", number))
    places = dict(dump.rows("SELECT place, max(row_count) FROM part WHERE number = ? GROUP BY place ORDER BY place", number))
    home = dump.one("SELECT home FROM notice WHERE number = ?", number)[0]
    for at, (place, count) in enumerate(({home: sum(places.values())} | places).items()):
        yield from _place(f"/n/{number}/{place}", version, count, more=at < 3)
    yield from (f"/n/{number}/110101001001{end}" for end in ("", ".csv", ".json", ".txt", "/sheet.pdf", "/share.png"))


def _place(base: str, version: int, count: int, *, more: bool) -> Iterator[str]:
    """Yield what there is of one place of a notice; of the first places also in all ways to read and to look for a row."""
    yield from (f"{base}{end}" for end in ("", ".csv", ".json", ".txt", "?lang=en", "/sheet.pdf"))
    yield from (f"{base}/{no}" for no in range(1, version + 1))
    if not more:
        return
    ways = (".csv?lang=en", ".json?lang=en", ".txt?lang=en", "?view=large", "?view=large&lang=en", "/share.png")
    yield from (f"{base}{end}" for end in ways)
    yield from (f"{base.replace('/n/', '/N/')}{end}" for end in ("", ".txt", f"/{version}", "/99"))
    yield from (f"{base}?{urlencode({'find': words})}" for words in FINDS)
    yield from (f"{base}?{urlencode(query)}" for query in ({"group": "1组"}, {"group": "1组", "find": "张"}, {"find": "张", "lang": "en"}))
    yield from (f"{base}?after={no}" for no in sorted({1, 5, count // 2, count, 100_000}))
    yield f"{base.rpartition('/')[0]}/ask?{urlencode({'place': base.rpartition('/')[2], 'row': 1})}"
    yield f"{base.rpartition('/')[0]}/ask?{urlencode({'place': base.rpartition('/')[2], 'row': 99999, 'category': 'missing'})}"


def _walls(dump: Dump) -> Iterator[str]:
    numbers = dump.one("SELECT number FROM wall ORDER BY home, number")
    for number in numbers:
        yield from (f"/w/{number}", f"/w/{number}?view=kiosk")
    for number in numbers[::4]:
        yield from _several(f"/w/{number}")
        yield from (f"/W/{number}", f"/n?number={number}", f"/w/{number}?view=kiosk&lang=en", f"/w/{number}?view=kiosk&after=3")
        yield from (f"/w/{number}?view=kiosk&notice={one}" for one in dump.one("SELECT number FROM notice ORDER BY number")[:6])
    yield from (f"/w/{UNKNOWN}", f"/w/{UNKNOWN}?view=kiosk")


def _searches(dump: Dump) -> Iterator[str]:
    yield from _several("/search")
    titles = dump.one("SELECT title FROM version ORDER BY number, no")
    words = ["补贴", "救助", "2026", "张小三", "百和 救助", "gk", "没有这样的公示", *(title[4:9] for title in titles)]
    yield from (f"/search?{urlencode({'q': one})}" for one in dict.fromkeys(words))
    number, home, kind = dump.rows("SELECT number, home, kind FROM notice ORDER BY number")[0]
    queries: Iterable[dict[str, Any]] = (
        {"q": number}, {"area": home}, {"kind": kind}, {"year": 2026}, {"fund": "中央"}, {"q": "补贴", "area": home, "lang": "en"},
        {"q": "补贴", "view": "large"}, {"q": "补贴 军大丘 救助", "pieces": 1}, {"q": "补贴", "before": 3}, {"q": "1234567890123456"},
    )  # fmt: skip
    yield from (f"/search?{urlencode(one)}" for one in queries)


def _cards(tokens: list[str]) -> Iterator[str]:
    for token in tokens[:20]:
        yield from (f"/S/{token}", f"/s/{token.lower()}?lang=en&view=large")
    yield from (f"/s/{'A' * 26}", f"/S/{'B' * 26}?lang=en")


def _staff(dump: Dump) -> Iterator[str]:
    """Yield every address of the signed-in, whoever may open it: who is refused is part of the recording."""
    desk = ("/desk", "/desk/new", "/desk/help", "/desk/blank", "/desk/cases", "/desk/cases?done=1", "/desk/slips", "/desk/walls")
    county = ("/audit", "/audit/hanging", "/audit/ledger", "/audit/scans", "/audit/walls", "/audit/walls/foreign", "/inspect")
    people = ("/admin", "/admin/people/add", "/admin/areas", f"/admin/areas?{urlencode({'q': '百和'})}")
    days = ("/admin/holidays", "/admin/holidays?year=2025", "/admin/slips")
    for path in ("/start", "/account", *desk, *county, *people, *days):
        yield from (path, f"{path}{'&' if '?' in path else '?'}lang=en")
    at, home, height = dump.rows("SELECT at, home, height FROM ledger ORDER BY home, height")[20]
    yield f"/audit/ledger?{urlencode({'before': f'{at}/{home}/{height}'})}"
    yield from _drafts(dump)
    yield from _desk_notices(dump)
    yield from (f"/desk/cases/{home}/{id}" for home, id in dump.rows('SELECT home, id FROM "case" ORDER BY home, id'))
    yield from _desk_walls(dump)
    yield from (f"/desk/slips/{code}" for code in ("510521116004", "510521116227", "510521116005", "370685000000"))
    yield from (f"/desk/blank/{home}/{kind}.xlsx" for home in ("510521116000", "510521116004") for kind in _kinds(dump))
    yield from (f"/desk/blank?home={code}" for code in ("510521116000", "510521116004"))
    yield from (f"/admin/people/{id}" for id in dump.one("SELECT id FROM user ORDER BY id"))
    yield from (f"/admin/areas/{code}" for code in ("510521000000", "510521116000", "510521116004", "510521116005", "510521116229"))


def _kinds(dump: Dump) -> list[str]:
    return dump.one("SELECT DISTINCT kind FROM notice ORDER BY kind")


STEPS = ("sheet", "choose", "columns", "rows", "by-hand", "ready", "facts", "files", "finish", "progress", "reason", "preview", "review")


def _drafts(dump: Dump) -> Iterator[str]:
    found = dump.rows("SELECT home, id FROM draft WHERE state NOT IN ('posted', 'dropped') ORDER BY made, id")
    found += dump.rows("SELECT home, id FROM draft WHERE state = 'posted' ORDER BY made, id LIMIT 2")
    for home, id in found:
        base = f"/desk/{home}/{id}"
        yield from (f"{base}/{step}" for step in STEPS)
        yield from (f"{base}/{end}" for end in ("columns?again=1", "by-hand?page=1&empty=20", f"preview?place={home}", f"{home}/proof.pdf"))
        yield from (f"{base}/files/{no}" for no in dump.one("SELECT no FROM attachment WHERE draft = ? ORDER BY no", id))
        places = dump.one("SELECT DISTINCT place FROM staged_row WHERE draft = ? ORDER BY place", id)
        yield from (f"{base}/{place}/proof.pdf" for place in places[:2])
    if found:
        yield f"/desk/{found[0][0]}/{found[0][1]}/ready?lang=en"


def _desk_notices(dump: Dump) -> Iterator[str]:
    for number in dump.one("SELECT number FROM notice ORDER BY number"):
        base = f"/desk/notices/{number}"
        yield from (f"{base}{end}" for end in ("", "?lang=en", "/answers", "/official.txt", "/correct"))
        yield f"/audit/scans/{number}"
        for place in dump.one("SELECT DISTINCT place FROM part WHERE number = ? ORDER BY place", number)[:3]:
            yield from (f"{base}/{place}", f"{base}/{place}/photo.jpg")
    yield f"/desk/notices/{UNKNOWN}"


def _desk_walls(dump: Dump) -> Iterator[str]:
    walls = dump.rows("SELECT home, number FROM wall WHERE home LIKE '510521116%' ORDER BY home, number")
    odd = dump.rows("SELECT home, number FROM wall WHERE photo IS NOT NULL OR closed_at IS NOT NULL ORDER BY home, number")
    for home, number in [*walls[:3], *odd]:
        base = f"/desk/walls/{number}"
        yield from (base, f"{base}/check", f"{base}/photo", f"{base}/plate.pdf", f"{base}/plate.svg", f"/desk/walls/{home}")


def _forms(dump: Dump, known: dict[str, list[str]]) -> Iterator[Address]:
    """Yield the forms whose answer is a page or a paper: what stands behind a receipt, the log verified, and what is printed."""
    for receipt in [*known["receipts"], "1000000000000000"]:
        yield from (Address("", f"/receipt{query}", (("receipt", receipt),)) for query in ("", "?lang=en"))
    yield Address("luxian-auditor", "/audit/ledger/verify", ())
    papers = [(paper, turn, what) for paper in ("a4", "a3") for turn in ("by_columns", "upright", "wide") for what in ("", "summary")]
    printed = dump.rows("SELECT number, min(place) FROM part WHERE home LIKE '510521116%' GROUP BY number ORDER BY number")
    for at, (number, place) in enumerate(printed):
        for paper, turn, what in papers if at == 0 else papers[::6]:
            form = (("paper", paper), ("turn", turn), ("what", what))
            yield Address("baihe-clerk", f"/desk/notices/{number}/{place}/wall.pdf", form)
        yield Address("baihe-clerk", f"/desk/notices/{number}/walls.pdf", (("which", "1"), ("what", "summary")))
    yield Address("baihe-clerk", "/desk/slips/510521116227/cards.pdf", ())
