"""A correction's rows keep the numbers that paper and cases cite, and what nobody changed keeps its digest."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules import digest
from board.rules.notice.proposal import NumberedRow, number_rows, rostered
from board.rules.notice.row_matching import RowInForce, matched
from board.rules.sheet.cleaning import Person
from board.rules.sheet.reading import SheetRow

CROPLAND, ACCOUNTS, FUNDS = (kinds.load()[id] for id in ("cropland-subsidy", "village-finance", "fund-allocation"))
HERE, NEXT = "510521116004", "510521116005"
DIGITS = itertools.count()


def salt() -> str:
    return f"{next(DIGITS):032x}"


def key(name: str) -> str:
    return f"key of {name}"


def rows(said: str, place: str = HERE) -> list[SheetRow]:
    """Rows as ``group:key/name=area``; group and key may be left out."""
    found = []
    for one in said.split():
        who, area = one.split("=")
        group, _, who = who.rpartition(":")
        person, _, name = who.rpartition("/")
        found.append(household(place, group, name, person, area))
    return found


def household(place: str, group: str, name: str, person: str, area: str) -> SheetRow:
    values = {"area": Decimal(area), "amount": Decimal(area) * 100}
    return SheetRow(line=1, place=place, group=group, name=name, person=Person(person, "", False if person else None), values=values)


def standing(line: NumberedRow) -> RowInForce:
    return RowInForce(
        line.place, line.no, line.group, line.shown_name, key(line.name) if line.name else None, line.person, line.account, line.minor,
        line.amount, line.measures, line.texts, line.person_salt, line.money_salt, line.algorithm,
    )  # fmt: skip


def posted(given_rows: list[SheetRow], kind=CROPLAND) -> list[NumberedRow]:
    return number_rows(kind, given_rows, "masked", salt)


def corrected(
    old: list[NumberedRow], given_rows: list[SheetRow], kind=CROPLAND, highest: dict[str, int] | None = None
) -> list[NumberedRow]:
    most = highest or {place: max(line.no for line in own) for place, own in itertools.groupby(old, key=lambda line: line.place)}
    return matched(kind, [standing(line) for line in old], posted(given_rows, kind), most, key, "masked")


def told(lines: list[NumberedRow]) -> str:
    return " ".join(f"{line.no}{line.name}" for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "numbers"),
    [
        ("a=1 b=2 c=3", "c=3 a=1 b=2", "1a 2b 3c"),
        ("a=1 b=2 c=3", "a=1 c=3", "1a 3c"),  # a number that is gone stays unused
        ("a=1 b=2 c=3", "a=1 x=9 b=2 c=3", "1a 2b 3c 4x"),
        ("a=1 b=2 c=3", "a=1 b=5 c=3", "1a 2b 3c"),
        ("k/a=1 m/b=2", "m/c=2 k/a=1", "1a 2c"),  # the key says that it is the same person under another name
        ("a=1 b=2", "a=1 c=2", "1a 3c"),  # nothing says so here: a number never passes to somebody else
        ("k/a=1", "m/a=1", "2a"),  # two people of one name
        ("k/a=1", "a=2", "1a"),  # the corrected sheet has no ID numbers
        ("a=1", "k/a=1", "1a"),
        ("k/a=1 k/a=2", "k/a=2", "2a"),  # two plots, one of them gone
        ("k/a=1 k/a=2", "k/a=2 k/a=3", "1a 2a"),
        ("1组:a=1 2组:a=2", "1组:a=3 2组:a=4", "1a 2a"),
        ("1组:a=1 2组:b=2", "2组:a=1 2组:b=2", "1a 2b"),  # moved to another group
        ("1组:a=1 2组:a=2", "2组:a=2 3组:a=1", "1a 2a"),
        ("a=1 a=2", "a=2 a=5", "1a 2a"),
        ("a=1 a=1", "a=1", "1a"),
    ],
)
def test_a_row_that_stays_keeps_its_number(old, new, numbers):
    assert told(corrected(posted(rows(old)), rows(new))) == numbers


def test_a_new_row_gets_a_number_above_every_number_that_ever_was():
    assert told(corrected(posted(rows("a=1 b=2")), rows("a=1 c=3"), highest={HERE: 40})) == "1a 41c"


def test_a_household_that_moved_to_another_village_is_new_there_and_gone_here():
    old = posted([*rows("a=1 b=2"), *rows("c=3", NEXT)])

    assert [(line.place, line.no, line.name) for line in corrected(old, [*rows("b=2"), *rows("c=3 a=1", NEXT)])] == [
        (HERE, 2, "b"), (NEXT, 1, "c"), (NEXT, 2, "a"),
    ]  # fmt: skip


def test_only_what_was_changed_gets_another_digest():
    old = posted(rows("k/a=1 m/b=2"))
    first, second = corrected(old, rows("k/a=1 m/b=5"))

    assert first == old[0]
    assert (second.person_digest, second.person_salt) == (old[1].person_digest, old[1].person_salt)
    assert second.money_digest != old[1].money_digest


@pytest.mark.parametrize("written", ["1", "1.0", "1.000"])
def test_a_figure_written_otherwise_is_no_change(written):
    old = posted(rows("a=1"))

    assert corrected(old, rows(f"a={written}")) == old


def test_what_the_new_sheet_leaves_out_is_known_from_before():
    child = SheetRow(line=1, place=HERE, name="张小三", person=Person("k", "card", True), values={"area": Decimal(1)})
    old = number_rows(CROPLAND, [child], "full", salt)
    (line,) = matched(
        CROPLAND,
        [standing(old[0])],
        number_rows(CROPLAND, [SheetRow(line=1, place=HERE, name="张小三", values={"area": Decimal(2)})], "full", salt),
        {HERE: 1}, key, "full",
    )  # fmt: skip

    assert (line.person, line.account, line.minor, line.shown_name) == ("k", "card", True, "张*三")
    assert line.person_digest == old[0].person_digest


def test_an_erased_person_is_nobody_again():
    old = standing(posted(rows("a=1"))[0])
    erased = RowInForce(**{name: getattr(old, name) for name in old.__slots__} | {"name": None, "shown_name": "", "person_salt": None})

    assert told(matched(CROPLAND, [erased], posted(rows("a=1")), {HERE: 1}, key, "masked")) == "2a"


# ---- rosters that name nobody


@dataclass(frozen=True)
class Entry:
    item: str
    balance: str


def accounts(*entries: Entry) -> list[SheetRow]:
    values = [{"item": one.item, "income": Decimal(5), "balance": Decimal(one.balance)} for one in entries]
    return [SheetRow(line=1, place=HERE, name="经手人", values=one) for one in values]


def test_accounts_keep_the_order_of_their_book():
    old = posted(accounts(Entry("a", "5"), Entry("b", "10"), Entry("c", "15")), ACCOUNTS)
    with_a_missed_one = accounts(Entry("a", "5"), Entry("new", "10"), Entry("b", "15"), Entry("c", "20"))
    found = corrected(old, with_a_missed_one, ACCOUNTS)

    assert [(line.no, line.measures["item"]) for line in found] == [(1, "a"), (4, "new"), (5, "b"), (6, "c")]
    assert rostered(ACCOUNTS, found).totals["balance"] == "20"


def test_an_account_with_another_figure_keeps_its_numbers():
    old = posted(accounts(Entry("a", "5"), Entry("b", "10")), ACCOUNTS)

    assert [line.no for line in corrected(old, accounts(Entry("a", "5"), Entry("b", "11")), ACCOUNTS)] == [1, 2]
    assert [line.no for line in corrected(old, accounts(Entry("a", "5"), Entry("b, in full", "10")), ACCOUNTS)] == [1, 2]


def test_a_table_of_places_keeps_each_places_one_number():
    old = posted([SheetRow(line=1, place=place, values={"amount": Decimal(5)}) for place in (HERE, NEXT)], FUNDS)
    new = corrected(old, [SheetRow(line=1, place=place, values={"amount": Decimal(7)}) for place in (NEXT, HERE)], FUNDS)

    assert [(line.place, line.no) for line in new] == [(NEXT, 1), (HERE, 1)]


# ---- whatever is corrected

households = st.builds(
    household,
    place=st.sampled_from([HERE, NEXT]), group=st.sampled_from(["", "1组", "2组"]), name=st.sampled_from(["张三", "李四", "王五"]),
    person=st.sampled_from(["", "k", "m"]), area=st.sampled_from(["1", "2", "2.50"]),
)  # fmt: skip
rosters = st.lists(households, max_size=12)


def digests(lines: list[NumberedRow], kind=CROPLAND) -> dict[str, str]:
    return {part.place: part.digest for part in rostered(kind, lines).parts}


@given(rosters, st.randoms(use_true_random=False))
def test_the_order_of_the_corrected_sheet_changes_nothing(roster, random):
    old = posted(roster)
    shuffled = list(roster)
    random.shuffle(shuffled)
    new = corrected(old, shuffled)

    assert {(line.place, line.no): line for line in new} == {(line.place, line.no): line for line in old}
    assert digests(new) == digests(old)


@given(st.lists(rosters, min_size=1, max_size=5))
def test_no_number_is_ever_given_twice(versions):
    lines, highest, given_to = list[NumberedRow](), dict[str, int](), dict[tuple[str, int], str]()
    for roster in versions:
        before = {(line.place, line.no) for line in lines}
        lines = matched(CROPLAND, [standing(line) for line in lines], posted(roster), highest, key, "masked")
        numbers = [(line.place, line.no) for line in lines]
        assert len(set(numbers)) == len(roster) == len(lines)
        for place, no in set(numbers) - before:
            assert no > highest.get(place, 0)
        for line in lines:  # and it never passes to somebody else
            assert line.person or given_to.setdefault((line.place, line.no), line.name) == line.name
            highest[line.place] = max(highest.get(line.place, 0), line.no)


def test_a_row_that_nobody_changed_keeps_its_algorithm_and_another_gets_the_new_one(monkeypatch):
    old = posted(rows("1组:张三=4 1组:李四=5"))
    monkeypatch.setitem(digest.ALGORITHMS, "sm3", hashlib.sha3_256)
    monkeypatch.setattr(digest, "CURRENT", "sm3")

    same, other = corrected(old, rows("1组:张三=4 1组:李四=6"))

    assert (same.algorithm, same.person_digest, same.money_digest) == ("sha256", old[0].person_digest, old[0].money_digest)
    assert (other.no, other.algorithm) == (2, "sm3")
    assert other.person_digest != old[1].person_digest


@given(rosters, rosters)
def test_a_place_in_which_nothing_changed_keeps_its_digest(here, there):
    old = posted([row for row in here if row.place == HERE] + [row for row in there if row.place == NEXT])
    changed = [row for row in there if row.place == HERE] + [row for row in there if row.place == NEXT]
    after = digests(corrected(old, changed))

    assert after.get(NEXT) == digests(old).get(NEXT)


@given(rosters, rosters)
def test_lines_stand_in_the_order_of_their_numbers_and_say_what_the_sheet_says(old, new):
    lines = corrected(posted(old), new)
    said = sorted((line.place, line.group, line.name, Decimal(line.measures["area"])) for line in lines)

    assert said == sorted((row.place, row.group, row.name, row.values["area"]) for row in new)
    for _place, own in itertools.groupby(lines, key=lambda line: line.place):
        numbers = [line.no for line in own]
        assert numbers == sorted(numbers)


@given(rosters)
def test_a_corrected_sheet_without_id_numbers_changes_nothing(roster):
    old = posted(roster)
    bare = [household(row.place, row.group, row.name, "", str(row.values["area"])) for row in roster]

    assert digests(corrected(old, bare)) == digests(old)
