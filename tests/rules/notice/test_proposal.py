"""From checked rows to a proposal: numbers per place, sums that agree to the fen, and commitments that cover just what they say."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import kinds
from board.rules import digest
from board.rules.kind_file import parse
from board.rules.notice.proposal import (
    NumberedRow,
    Proposal,
    add_up,
    agrees,
    compose,
    exact,
    number_rows,
    part_digest,
    rostered,
    split_by_place,
)
from board.rules.sheet.cleaning import Person
from board.rules.sheet.reading import SheetRow

KIND = kinds.load()["cropland-subsidy"]
NAMES = {"wall": "full", "web": "masked"}
PLACES = ["510521116004", "510521116005", "510521116227"]

fen = st.integers(-(10**9), 10**12)
rows = st.lists(
    st.builds(
        lambda place, group, name, area, amount: SheetRow(
            line=1, place=place, group=group, name=name, values={"area": Decimal(area) / 1000, "amount": Decimal(amount) / 100}
        ),
        st.sampled_from(PLACES),
        st.sampled_from(["", "1组", "2组", "10组"]),
        st.sampled_from(["张小三", "李四", "买买提·吐尔逊", "䶮㼆"]),
        st.integers(0, 10**7),
        fen,
    ),
    max_size=30,
)


def salts():
    counter = itertools.count()
    return lambda: f"{next(counter):032x}"


def numbered(given_rows: list[SheetRow]) -> list[NumberedRow]:
    return number_rows(KIND, given_rows, "masked", salts())


def proposed(given_rows: list[SheetRow], kind=KIND, **more) -> Proposal:
    return compose(
        kind, rostered(kind, numbered(given_rows)), stated={}, home="510521116000", title="公示", facts={"standard": "93.6"},
        frozen={"names": NAMES, "kind": kind.source}, period=(date(2026, 11, 20), date(2026, 11, 27)), formed_on=date(2026, 11, 16),
        publish_by=date(2026, 12, 11), **more,
    )  # fmt: skip


def row(name: str = "张小三", place: str = PLACES[0], amount: str = "463.32", area: str = "4.95", **more) -> SheetRow:
    return SheetRow(line=4, place=place, name=name, values={"area": Decimal(area), "amount": Decimal(amount)}, **more)


@given(rows)
def test_the_totals_of_the_shares_are_the_total_of_the_notice_to_the_fen(given_rows):
    made = proposed(given_rows)
    for field in ("amount", "area"):
        assert sum((Decimal(part.totals[field]) for part in made.parts), Decimal()) == Decimal(made.totals.get(field, "0"))
    assert sum(line.amount or 0 for line in numbered(given_rows)) == Decimal(made.totals.get("amount", "0")) * 100
    assert sum(part.row_count for part in made.parts) == len(given_rows)


@given(rows)
def test_rows_are_numbered_from_one_without_a_gap_in_each_place(given_rows):
    by_place = defaultdict(list)
    for line in numbered(given_rows):
        by_place[line.place].append(line.no)

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_place.values())


@given(rows)
def test_the_rows_of_a_group_stand_together_in_the_sheets_order(given_rows):
    lines = numbered(given_rows)
    for place in PLACES:
        groups = [line.group for line in lines if line.place == place]
        assert len([key for key, _ in itertools.groupby(groups)]) == len(set(groups))
        for group in set(groups):
            written = [exact(one.values["amount"]) for one in given_rows if (one.place, one.group) == (place, group)]
            assert [line.measures["amount"] for line in lines if (line.place, line.group) == (place, group)] == written


def test_groups_stand_in_their_natural_order():
    given_rows = [row(group=group) for group in ("10组", "", "2组", "大屋组", "1组", "2组")]

    assert [line.group for line in numbered(given_rows)] == ["1组", "2组", "2组", "10组", "大屋组", ""]


def test_whoever_waits_is_told_of_every_thousand_rows_that_are_numbered():
    told: list[int] = []
    number_rows(KIND, [row(place=PLACES[number % 2]) for number in range(2500)], "masked", salts(), told.append)

    assert told == [1000, 2000]


@given(rows)
def test_numbering_loses_and_doubles_no_row(given_rows):
    before = sorted((one.place, one.group, one.name, exact(one.values["amount"])) for one in given_rows)

    assert sorted((line.place, line.group, line.name, line.measures["amount"]) for line in numbered(given_rows)) == before


@given(rows)
@settings(max_examples=30)
def test_a_proposal_comes_back_from_json_as_it_was(given_rows):
    made = proposed(given_rows)
    back = Proposal.from_json(json.loads(json.dumps(made.to_json())))

    assert back == made
    assert back.digest == made.digest


# ---- commitments

PERSON = {
    "name": "李四",
    "shown_name": "李*",
    "group": "9组",
    "person": "a" * 32,
    "account": "b" * 32,
    "minor": True,
    "person_salt": "f" * 32,
}
MONEY = {"amount": 1, "measures": {"amount": "0.01"}, "texts": {"amount": "一分"}, "money_salt": "f" * 32}
BOTH = {"place": "510521116005", "no": 9}


def test_every_field_of_a_line_is_covered_by_one_commitment_or_both():
    covered = PERSON.keys() | MONEY.keys() | BOTH.keys()
    assert {field.name for field in fields(NumberedRow) if field.init} - covered == {"line", "algorithm"}, "where and how"


@pytest.mark.parametrize("field", [*PERSON, *MONEY, *BOTH])
def test_a_commitment_changes_with_what_it_covers_and_only_then(field):
    (line,) = numbered([row()])
    other = replace(line, **{field: (PERSON | MONEY | BOTH)[field]})

    assert (other.person_digest != line.person_digest) is (field in PERSON or field in BOTH)
    assert (other.money_digest != line.money_digest) is (field in MONEY or field in BOTH)


def test_the_commitments_of_a_line_are_over_these_very_bytes():
    (line,) = numbered([row(group="1组", person=Person("a" * 32, "", True), texts={"area": '4.95 "约"'})])
    who = f'["{0:032x}","510521116004",1,"1组","张小三","张*三","{"a" * 32}",null,true]'
    how_much = f'["{1:032x}","510521116004",1,46332,{{"amount":"463.32","area":"4.95"}},{{"area":"4.95 \\"约\\""}}]'

    assert line.person_digest == hashlib.sha256(who.encode()).hexdigest()
    assert line.money_digest == hashlib.sha256(how_much.encode()).hexdigest()


def test_with_a_persons_salt_gone_the_money_is_still_proved():
    lines = numbered([row(), row("李四", amount="187.20", area="2")])
    totals = add_up(KIND, lines)
    agreed = part_digest("sha256", PLACES[0], lines, totals)

    class Erased:
        """What is left in the table of an erased person."""

        def __init__(self, line: NumberedRow) -> None:
            self.no, self.person_digest = line.no, line.person_digest  # the bare commitment: nothing says whose
            self.measures = line.measures
            self.money_digest = digest.commitment("sha256", line.money_salt, line.place, line.no, line.amount, line.measures, line.texts)

    left = [Erased(lines[0]), lines[1]]
    assert part_digest("sha256", PLACES[0], left, add_up(KIND, left)) == agreed


def test_a_commitment_cannot_be_guessed_from_the_name_without_the_salt():
    one, other = numbered([row(), row()])

    assert one.person_digest != other.person_digest
    assert one.money_digest != other.money_digest


@pytest.mark.parametrize(
    "change",
    [
        {"title": "另一份"}, {"facts": {"standard": "93.7"}}, {"starts": "2026-11-21"}, {"ends": "2026-11-28"}, {"formed_on": "2026-11-17"},
        {"publish_by": "2026-12-12"}, {"totals": {"amount": "1.00"}}, {"stated": {"amount": "1.00"}}, {"home": "510521117000"},
        {"kind": "grain-subsidy"}, {"frozen": {"names": {"wall": "full", "web": "full"}}}, {"parts": []},
    ],
)  # fmt: skip
def test_the_digest_that_is_approved_covers_everything_that_will_be_posted(change):
    made = proposed([row()])

    assert replace(made, **change).digest != made.digest


@pytest.mark.parametrize("change", [{"private": [{"where": "电话", "what": "phone", "count": 1}]}, {"warnings": [{"code": "all_same"}]}])
def test_what_only_the_reviewer_sees_is_not_in_the_digest(change):
    made = proposed([row()])

    assert replace(made, **change).digest == made.digest


def test_what_is_stored_of_a_proposal_is_read_by_the_program_before_there_were_other_algorithms(monkeypatch):
    """One may go back to it, and a draft that waits must still be reviewed there."""
    stored = proposed([row()]).to_json()
    assert "algorithm" not in stored
    assert all("algorithm" not in part for part in stored["shares"])

    monkeypatch.setitem(digest.ALGORITHMS, "sm3", hashlib.sha3_256)
    monkeypatch.setattr(digest, "CURRENT", "sm3")
    stored = proposed([row()]).to_json()
    assert (stored["algorithm"], {part["algorithm"] for part in stored["shares"]}) == ("sm3", {"sm3"})
    assert Proposal.from_json(stored).to_json() == stored


def test_every_field_of_a_proposal_is_in_its_digest_or_for_the_reviewer_alone():
    covered = {"home", "kind", "title", "facts", "formed_on", "publish_by", "totals", "stated", "frozen", "starts", "ends", "parts"}

    assert {field.name for field in fields(Proposal)} - covered == {"content", "private", "warnings", "algorithm"}  # rows: through parts


FORGED = [{"amount": 1}, {"name": "李五"}, {"no": 3}, {"place": PLACES[2]}, {"measures": {}}, {"person": "0" * 32}]


@pytest.mark.parametrize("change", FORGED, ids=lambda change: next(iter(change)))
def test_a_line_that_was_changed_behind_the_shares_is_found(change):
    first, second = lines = numbered([row(), row("李四", PLACES[1])])
    parts = split_by_place(KIND, lines, [])

    assert agrees(parts, lines)
    assert not agrees(parts, [first, replace(second, **change)])
    assert not agrees(parts, [first])
    assert not agrees(parts[:1], lines)
    assert not agrees([parts[0], replace(parts[1], row_count=2)], lines)


@pytest.mark.parametrize(("change", "right"), [
    (lambda lines: lines, True),
    (lambda lines: lines[:-1], False),
    (lambda lines: [*lines, replace(lines[0], no=9)], False),
    (lambda lines: [*lines, replace(lines[0], place=PLACES[2])], False),
    (lambda lines: [replace(lines[0], name="李五"), *lines[1:]], False),
    (lambda lines: [replace(lines[0], place=PLACES[1]), *lines[1:]], False),
    (lambda lines: [lines[1], lines[0], *lines[2:]], False),
    (lambda lines: [lines[2], *lines[:2]], True),  # which place comes first says nothing
])  # fmt: skip
def test_shares_agree_only_with_the_lines_that_they_were_made_of(change, right):
    lines = numbered([row(), row("李四"), row("王五", PLACES[1])])

    assert agrees(split_by_place(KIND, lines, []), change(lines)) is right


def test_a_changed_row_changes_only_its_own_share():
    salt = iter([f"{n:032x}" for n in range(100)])
    one = [row(), row("李四", PLACES[1])]
    lines = number_rows(KIND, one, "masked", lambda: next(salt))
    before, after = split_by_place(KIND, lines, []), split_by_place(KIND, [lines[0], replace(lines[1], name="李五")], [])

    assert [a.digest == b.digest for a, b in zip(before, after, strict=True)] == [True, False]


# ---- what is kept of a row


def test_a_name_is_kept_without_the_number_that_was_covered_beside_it():
    (line,) = numbered([row("李四 ●●●●●●●●●●●")])

    assert (line.name, line.shown_name) == ("李四", "李*")


def test_a_column_for_the_staff_alone_is_not_kept():
    (line,) = numbered([SheetRow(4, PLACES[0], name="张三", values={"amount": Decimal("1.00"), "note": "残疾"}, texts={"note": "残疾"})])

    assert line.measures == {"amount": "1.00"}
    assert line.texts == {}


def test_the_text_of_the_sheet_is_kept_where_it_differs():
    (line,) = numbered([row(texts={"amount": "463.32(含补发)", "area": "4.95"})])

    assert line.texts == {"amount": "463.32(含补发)"}


@pytest.mark.parametrize(("known", "children", "minor"), [
    (None, False, False), (True, False, True), (False, False, False), (None, True, True), (False, True, False),
])  # fmt: skip
def test_a_person_of_unknown_age_is_a_minor_only_where_the_kind_is_for_children(known, children, minor):
    (line,) = number_rows(replace(KIND, children=children), [row(person=Person(minor=known))], "full", salts())

    assert line.minor is minor
    assert (line.shown_name == "张小三") is not minor  # masked whatever the policy says


def test_a_kind_without_a_roster_hangs_an_empty_share_on_each_of_its_walls():
    kind = kinds.load()["land-pre-notice"]
    made = compose(
        kind, rostered(kind, [], PLACES[:2]), stated={}, home="510521000000", title="预公告", facts={}, frozen={"names": NAMES},
        period=(date(2026, 11, 20), date(2026, 12, 4)),
        formed_on=date(2026, 11, 16), publish_by=date(2026, 12, 11),
    )  # fmt: skip

    assert [(part.place, part.row_count, part.totals) for part in made.parts] == [(place, 0, {}) for place in PLACES[:2]]
    assert made.totals == {}


def test_a_running_balance_is_not_added_up_but_closes_with_its_last_figure():
    kind = kinds.load()["village-finance"]
    entries = [
        SheetRow(4, PLACES[0], values={"income": Decimal("10.00"), "balance": Decimal("110.00")}),
        SheetRow(5, PLACES[0], values={"spending": Decimal("30.50"), "balance": Decimal("79.50")}),
    ]

    assert add_up(kind, number_rows(kind, entries, "none", salts())) == {"income": "10.00", "spending": "30.50", "balance": "79.50"}


@pytest.mark.parametrize(
    ("value", "text"), [(Decimal("1E+3"), "1000"), (Decimal("0.10"), "0.10"), (date(2026, 1, 2), "2026-01-02"), ("4.9(约)", "4.9(约)")]
)
def test_a_value_is_stored_as_exact_text(value, text):
    assert exact(value) == text


def test_a_column_without_a_figure_and_one_for_staff_alone_have_no_total_anywhere():
    kind = kinds.load()["fund-allocation"]
    source = {**kind.source, "columns": [{**one, "show": "staff"} if one["id"] == "households" else one for one in kind.source["columns"]]}
    kind = parse("fund-allocation", source)
    rows = [SheetRow(line=1, place=PLACES[0], values={"households": Decimal(5), "amount": Decimal("9.00")})]
    made = proposed(rows, kind=kind)

    assert made.totals == made.parts[0].totals == {"amount": "9.00"}
