"""The nine promises of the design, each as one function that looks for what would break it.

``whole`` looks everywhere, at the end of a history; without it a promise looks at what the last act can have touched. Each answers with
AssertionError. What was answered to anybody since the last look stands in ``world.heard``; ``looks`` adds a villager's own look around.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from board import policies
from board.models import Case, Ledger, Version, db
from board.rules import hash_chain
from board.rules.money import to_fen, yuan
from board.store import ledger
from board.store.proof import notices as proof
from tests import seeking
from tests.house import page as house
from tests.promises.model import COUNTY, Draft, Notice, masked
from tests.promises.world import Heard, World, instance
from tests.web.publishing import rows_of
from tests.web.publishing import text as words_of

LEAST = 3  # of a sensitive kind: a place with fewer households shows none of them on the web
TOWNSPEOPLE = ("baihe-clerk", "baihe-reviewer", "xianshi-clerk", "xianshi-reviewer")


def some(found: list[str], world: World, whole: bool, count: int) -> list[str]:
    """All of a list at the end of a history; after a step a few, others after the next."""
    return found if whole or len(found) <= count else [found[(world.steps * count + n) % len(found)] for n in range(count)]


def looks(world: World, whole: bool) -> None:
    """Let a villager open what the last act can have changed, and what leads there."""
    villager, notices = world.who(), world.model.notices if whole else world.touched[-1:]
    for notice in notices:
        for address in some(ways_out(notice), world, whole, 3):
            villager.sees(address)
    team = notices[0].team
    around = [f"/a/{team.town}", f"/a/{team.villages[0][0]}", f"/a/{team.town}.atom", "/search?q=公示", f"/a/{team.town}/totals.json"]
    for address in ["/", *some(around, world, whole, 1)]:
        villager.sees(address)


def ways_out(notice: Notice) -> list[str]:
    """Each public way out of a notice."""
    here, place = f"/n/{notice.number}", notice.lines[0].place
    return [here, f"{here}/{place}", f"{here}.csv", f"{here}.json", f"{here}/{place}.txt", f"{here}/{place}?lang=en"]


def public(world: World) -> Iterator[Heard]:
    """What somebody was answered who is not signed in."""
    return (one for one in world.heard if not one.who)


def promise_1_no_numbers_stored(world: World, whole: bool) -> None:
    """No ID number, card or telephone of a household is in the database, in a log, or in any answer to anybody."""
    known = frozenset(number.encode() for number in world.model.planted)
    kept = {str(file): file.read_bytes() for file in instance(world)}
    if whole:
        kept |= seeking.database(world.app, world.databases.cluster)
    kept |= {"the log": "\n".join(world.log.lines).encode()}
    kept |= {f"{one.path} for {one.who or 'a villager'}": one.said.encode() for one in world.heard}
    assert {place: some for place, data in kept.items() if (some := seeking.found(data, known))} == {}


def promise_2_nothing_unapproved_is_public(world: World, whole: bool) -> None:
    """What no second person approved is told to no stranger, and a draft's address tells him what an invented one does."""
    told = [(one.path, mark) for one in public(world) for mark in world.model.unapproved if mark in one.said]
    assert told == []
    waiting = [draft for draft in world.model.drafts if draft.address and draft.state != "posted"]
    for draft in waiting if whole else waiting[-1:]:
        assert _tells(world, draft, draft.id) == _tells(world, draft, "0" * len(draft.id))
    db.session.rollback()
    hands = {(one.number, one.no): one for one in db.session.scalars(select(Version))}
    known = {(notice.number, no) for notice in world.model.notices for no in range(1, len(notice.versions) + 1)}
    assert hands.keys() == known, "a version that nobody was told of, or one that is gone"
    names = {user.id: user.username for user in world.users()}
    assert [key for key, one in hands.items() if names[one.reviewer] in one.hands] == []


def _tells(world: World, draft: Draft, id: str) -> list[tuple[int, str]]:
    """What a stranger, and another township's clerk, are answered under a draft's addresses."""
    other = next(team for team in ("xianshi-clerk", "baihe-clerk") if team != draft.team.clerk)
    pages = [f"/desk/{draft.team.town}/{id}/{page}" for page in ("review", "preview", "rows")]
    answers = [world.who(who).client.get(page) for who in ("", other) for page in pages[: 3 if not who else 1]]
    return [(one.status_code, one.get_data(as_text=True).replace(id, "…")) for one in answers]


def promise_3_names_are_sealed_and_the_wall_has_its_policy(world: World, whole: bool) -> None:
    """A household's name, and how one who asks is reached, rest sealed; the wall edition has the name where its kind allows, and then the
    ledger says who printed it.

    What a clerk types into a title is a text of his draft, and is not sealed: he is asked to mask it before it is submitted.
    """
    kept = {str(file): file.read_bytes() for file in instance(world)}
    if whole:
        kept |= seeking.database(world.app, world.databases.cluster)
    kept |= {"the log": "\n".join(world.log.lines).encode()}
    names = (world.model.names - world.model.typed) | world.model.contacts
    assert {place: some for place, data in kept.items() if (some := seeking.names_in(data, names))} == {}
    for one in world.heard:
        if re.search(r"walls?\.pdf$", one.response.request.path) and one.response.status_code == 200:
            notice = world.notice(one.response.request.path.split("/")[3])
            shown = {line.name for version in notice.versions for line in version if line.name in one.said}
            assert bool(shown) is (notice.kind == "cropland-subsidy"), f"{notice.kind}: {shown}"


def promise_4_the_web_masks_every_name(world: World, whole: bool) -> None:
    """No public answer has a full name of a list, in its text, its address or its headers; rows of relief go when the period ends."""
    told = [(one.path, name) for one in public(world) for name in world.model.names if name in one.said or name in one.path]
    assert told == []
    for notice in _standing(world, whole):
        data = world.who().sees(f"/n/{notice.number}.json").json
        over = world.today.isoformat() > data["period"]["ends"]
        listed = [row["name"] for row in data["rows"].get("list", [])]
        if notice.kind == "social-assistance" and over:
            table = world.who().sees(f"/n/{notice.number}.csv").text
            shown = [line for line in notice.lines if masked(line) in f"{listed} {table}"]
            assert shown == [], "the period is over"
        assert set(listed) <= {masked(line) for line in notice.lines}


def promise_5_what_the_county_alone_knows_leaves_no_trace(world: World, whole: bool) -> None:
    """What is told to the county alone changes no figure, list, height or stamp of the township, and nobody there reads of it.

    The channel for reports against people is not built: what must hold of it until then is that no such report is taken as a case.
    """
    for before, after in world.traces:
        assert before == after, "the township could learn of it"
    readers = (*TOWNSPEOPLE, "luxian-admin")
    told = [(one.who, one.path) for one in world.heard if one.who in readers and any(word in one.said for word in world.model.county_only)]
    assert told == []
    logged = "\n".join(world.log.lines)
    assert [word for word in world.model.county_only if word in logged] == []
    against = [one.id for one in policies.case_categories().values() if one.to == "inspector"]
    db.session.rollback()
    assert against
    assert db.session.scalar(select(func.count()).select_from(Case).where(Case.category.in_(against))) == 0


def promise_6_a_printed_address_never_dies(world: World, whole: bool) -> None:
    """Each address that was ever printed is answered, with the page or (410) with why it is gone."""
    villager = world.who()
    for notice in world.model.notices if whole else [world.touched[-1], world.model.notices[world.steps % len(world.model.notices)]]:
        for address in some(notice.printed(), world, whole, 4):
            page = villager.sees(address)
            assert page.status == (410 if notice.why_withdrawn else 200), f"{address}: {page.status}"
            assert notice.why_withdrawn in page.text, address
            version = re.fullmatch(r"/[nN]/\d+/\d+/(\d+)", address)
            if version and not notice.why_withdrawn and int(version[1]) < len(notice.versions):
                assert re.search(r"您这张是最新的|您手里是第 \d+ 版", page.text), f"{address}: {page.text}"
    assert villager.sees(f"/W/{world.model.walls[world.steps % len(world.model.walls)]}").status == 200


def promise_7_totals_agree(world: World, whole: bool) -> None:
    """What was paid is the same, to the fen: for the model, on pages, in their rows, as data, on paper, at the desk, at the county's."""
    villager = world.who()
    for notice in _standing(world, whole):
        data, total = villager.sees(f"/n/{notice.number}.json").json, notice.total()
        few = {one["code"] for one in data["places"] if one["withheld"]}
        small = {place for place in notice.places if 0 < sum(line.place == place for line in notice.lines) < LEAST}
        assert notice.kind != "social-assistance" or small <= few
        if not data["withheld"]:
            assert Decimal(data["totals"]["amount"]) == total, "JSON"
            assert yuan(to_fen(total)) in villager.sees(f"/n/{notice.number}").text, "the page"
            assert yuan(to_fen(total)) in world.who(notice.team.auditor).sees("/audit").text, "the county's page"
        assert not notice.reviewed or yuan(to_fen(total)) in notice.reviewed, "what the reviewer approved"
        listed = data["rows"].get("list", [])
        head, *table = csv.reader(io.StringIO(villager.sees(f"/n/{notice.number}.csv").text.lstrip("\ufeff")))
        at = next((n for n, name in enumerate(head) if "金额" in name), 0)
        shown = sorted({line.place for line in notice.lines} - few) if data["rows"]["shown"] else []
        for place in some(shown, world, whole, 1):
            paid = notice.total(place)
            assert sum(Decimal(row["values"]["amount"]) for row in listed if row["place"] == place) == paid, "rows of JSON"
            seen = villager.sees(f"/n/{notice.number}/{place}")
            assert yuan(to_fen(paid)) in seen.text, "the place's page"
            assert sum(_fen(row) for row in rows_of(seen)) == to_fen(paid), "rows of the page"
            if whole or world.steps % 2:
                assert yuan(to_fen(paid)) in words_of(villager.sees(f"/n/{notice.number}/{place}/sheet.pdf").data), "the poster"
        if data["rows"]["shown"]:
            kept = sum((line.amount for line in notice.lines if line.place not in few), Decimal())
            assert sum((Decimal(row[at]) for row in table if row[at] and row[2]), Decimal()) == kept, "CSV"


def _fen(row: list[str]) -> int:
    """The amount of a row of a page: its first figure with two decimals."""
    return to_fen(Decimal(next(cell for cell in row if re.fullmatch(r"[\d,]+\.\d\d", cell)).replace(",", "")))


def _standing(world: World, whole: bool) -> list[Notice]:
    """Notices that were not taken down: all, or the one that was touched last."""
    return [one for one in (world.model.notices if whole else world.touched[-1:]) if not one.why_withdrawn]


def promise_8_public_pages_are_whole_without_cookie_or_script(world: World, whole: bool) -> None:
    """A public page sets no cookie, runs no script and fetches nothing from elsewhere; the rules of the house hold for it."""
    for one in public(world):
        if not one.public:
            continue
        assert house.faults(one.response, world.app) == [], one.path
        if one.response.mimetype == "text/html" and one.response.status_code < 300:
            html = one.response.get_data(as_text=True)
            assert not re.search(r"<(script|iframe|object|embed)\b|<link[^>]+stylesheet", html), one.path


def promise_9_the_ledger_only_grows(world: World, whole: bool) -> None:
    """What stood in a ledger stands there still, what was acknowledged has its entry, and a changed column of evidence is found."""
    db.session.rollback()
    rows = db.session.execute(select(Ledger.home, Ledger.height, Ledger.digest, Ledger.action)).all()
    now = {(row.home, row.height): row.digest for row in rows}
    assert {key: digest for key, digest in world.ledger.items() if now.get(key) != digest} == {}
    world.ledger = now
    for act in set(world.model.entries):
        noted = sum((row.home, row.action) == act for row in rows)
        assert noted >= world.model.entries.count(act), f"{act}: {noted} entries of {world.model.entries.count(act)}"
    if whole:
        assert proof.first_fault() is None
        for home in ledger.homes():
            assert hash_chain.first_broken(ledger.entries(home)) is None
        for n in range(2):
            _found(CHANGES[(world.steps + n) % len(CHANGES)])
        _refused()
    db.session.rollback()


CHANGES = (
    'UPDATE "row" SET amount = amount + 1', "UPDATE part SET row_count = row_count + 1", "UPDATE version SET title = 'x'",
    "UPDATE notice SET withdrawn_because = 'x' WHERE withdrawn_because IS NOT NULL", "UPDATE message SET text = 'x' WHERE text <> ''",
    "UPDATE \"case\" SET state = 'closed' WHERE state <> 'closed'", "UPDATE hanging SET spot = 'x' WHERE spot <> ''",
    "UPDATE public_answer SET answer = 'x'",
)  # fmt: skip


def _found(change: str) -> None:
    """Change a column as somebody at the console does, see that the proof names it, and take it back."""
    changed = db.session.execute(text(change)).rowcount
    db.session.expire_all()
    fault = proof.first_fault() if changed else None
    db.session.rollback()
    assert not changed or fault, f"nobody would learn of it: {change}"


def _refused() -> None:
    """See that the ledger's own table refuses a change."""
    for change in ("UPDATE ledger SET action = 'x'", "DELETE FROM ledger"):
        try:
            db.session.execute(text(change))
        except DBAPIError:
            db.session.rollback()
        else:
            raise AssertionError(f"the ledger took it: {change}")


PROMISES = tuple(found for name, found in list(globals().items()) if re.match(r"promise_\d_", name))
assert len(PROMISES) == 9
assert COUNTY
