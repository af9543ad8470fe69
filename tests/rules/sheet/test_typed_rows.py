"""What is typed by hand comes back as it was typed, and is read for the figures that it says; nobody's number stays in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from board import kinds
from board.rules.areas import Area
from board.rules.personal.detection import REDACTION, find
from board.rules.place_names import Places
from board.rules.sheet import typed_rows
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import Person, clean, column_kind
from board.rules.sheet.table import Table
from board.rules.sheet.typed_rows import FIRST, TypedRow, cleaned, columns, fields, fingerprint, opened, rows_of, table_of
from tests.sheets.making import made_card, made_id, made_phone

TODAY = date(2026, 11, 22)
COUNTY, TOWN, GAODONG = "510521000000", "510521116000", "510521116004"
AREAS = [
    Area(COUNTY, "泸县", "county", ""),
    Area(TOWN, "百和镇", "township", COUNTY),
    Area(GAODONG, "高洞社区居民委员会", "village", TOWN),
    Area("510521116201", "东林村民委员会", "village", TOWN),
]
KINDS = kinds.load()
CROPLAND = KINDS["cropland-subsidy"]
WITH_ROSTER = [(kind.id, level) for kind in KINDS.values() if kind.columns for level in kind.levels]
each_roster = pytest.mark.parametrize(("id", "level"), WITH_ROSTER)

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12).map(lambda word: "".join(word.split()))
figures = st.decimals("0", "99999999", places=2).map(lambda figure: f"{figure:f}")


def key(what: str, number: str) -> str:
    return f"{what}-{len(number)}"


def checked(rows: list[TypedRow], kind=CROPLAND, level="township", area=TOWN) -> Checked:
    meant = {int(index): field for index, field in fields(kind, level).items()}
    return check(cleaned(kind, level, rows, key, TODAY), kind, Places(AREAS, COUNTY), area=area, columns=meant)


def household(**texts: str) -> TypedRow:
    return TypedRow({"village": "高洞社区", "group": "1组", "name": "张小三", "area": "4.95", "amount": "463.32"} | texts)


# ---- what is typed comes back


@each_roster
@settings(max_examples=8)  # of each kind at each level
@given(data=st.data())
def test_what_is_typed_comes_back_but_for_empty_rows(id, level, data):
    kind = KINDS[id]
    rows = data.draw(st.lists(st.fixed_dictionaries({column.id: words for column in columns(kind, level)}), max_size=5))
    filled = [{field: word for field, word in row.items() if word} for row in rows]

    assert rows_of(kind, level, Table.from_json(table_of(kind, level, rows).to_json())) == [row for row in filled if row]


@each_roster
def test_no_header_of_a_typed_table_is_taken_for_a_private_column(id, level):
    header = table_of(KINDS[id], level, []).cells[0]

    assert [word for word in header if column_kind(str(word))] == []


@each_roster
def test_each_column_is_the_field_that_it_is_headed_with(id, level):
    kind, area = KINDS[id], {"township": TOWN, "village": GAODONG}.get(level, COUNTY)
    found = check(cleaned(kind, level, [TypedRow({columns(kind, level)[-1].id: "1"})], key, TODAY), kind, Places(AREAS, COUNTY), area=area)

    meant = {field: int(at) for at, field in fields(kind, level).items() if field}
    assert dict(found.indexes) == meant


def test_a_village_is_not_asked_for_its_own_name():
    assert [column.id for column in columns(CROPLAND, "village")][:2] == ["group", "name"]
    assert [column.id for column in columns(CROPLAND, "township")][:2] == ["village", "group"]


@pytest.mark.parametrize("table", [
    Table("Sheet1", table_of(CROPLAND, "village", []).cells),
    Table(typed_rows.TYPED, [["组", "户主姓名"], ["1组", "张三"]]),
    Table(typed_rows.TYPED, []),
    table_of(KINDS["cropland-payout"], "village", []),
    table_of(CROPLAND, "township", []),
])  # fmt: skip
def test_a_table_that_was_not_typed_for_this_is_not_opened_for_typing(table):
    assert rows_of(CROPLAND, "village", table) is None


# ---- and is read for what it says


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(["area", "rate", "amount"], figures)), min_size=1, max_size=6))
def test_the_check_reads_the_figures_that_were_typed(typed):
    found = checked([household(**figures) for figures in typed])

    assert [{id: f"{row.figure(id):f}" for id in figures} for row, figures in zip(found.rows, typed, strict=True)] == typed
    assert found.units == {"area": "亩", "rate": "元/亩", "amount": "元"}
    assert not {one.code for one in found.warnings} & {"units_assumed", "unit_conflict"}


@given(st.lists(st.sets(st.sampled_from(["village", "group", "name", "area", "amount", "note"]), min_size=1), min_size=1, max_size=6))
def test_however_little_a_row_has_it_is_a_row_and_its_gaps_are_told(parts):
    rows = [TypedRow({id: text for id, text in household(note="1").texts.items() if id in part}) for part in parts]
    found = checked(rows)

    lacking = [(line, id) for line, part in enumerate(parts, FIRST) for id in ("village", "name", "area", "amount") if id not in part]
    assert [row.line for row in found.rows] == list(range(FIRST, FIRST + len(rows)))
    assert sorted((line, one.field) for one in found.errors if one.code == "missing" for line in one.lines or (one.line,)) == sorted(
        lacking
    )


def test_a_total_may_be_typed_too_and_is_compared():
    found = checked([household(), TypedRow({"name": "合计", "amount": "400"})])

    assert len(found.rows) == 1
    assert "total_differs" in {one.code for one in found.warnings}


# ---- nobody's numbers


@pytest.mark.parametrize(("number", "what"), [(made_id(), "id_number"), (made_card(), "bank_card"), (made_phone(), "phone")])
@pytest.mark.parametrize("field", ["name", "note", "amount"])
def test_a_number_that_is_typed_is_covered_and_blocks(number, what, field):
    row = household().retyped({**household().texts, field: f"{number}"})
    staged = cleaned(CROPLAND, "township", [row], key, TODAY)

    assert number not in str(staged.to_json())
    assert row.texts[field] == REDACTION * len(number)
    assert row.covered == {field: what}
    assert "personal_data" in {one.code for one in checked([row]).errors}


def test_what_is_covered_blocks_until_it_is_rewritten():
    row = household().retyped({**household().texts, "name": made_phone()})
    (again,) = opened(CROPLAND, "township", cleaned(CROPLAND, "township", [row], key, TODAY), {})
    kept, rewritten = again.retyped(again.texts), again.retyped({**again.texts, "name": "李四"})

    assert "personal_data" in {one.code for one in checked([kept]).errors}
    assert checked([rewritten]).errors == []


def test_a_cell_that_was_corrected_or_accepted_on_the_page_of_rows_comes_back_so():
    row = household(amount="x").retyped({**household(amount="x").texts, "note": made_phone()})
    staged = cleaned(CROPLAND, "township", [row], key, TODAY)
    at = {id: int(index) for index, id in fields(CROPLAND, "township").items()}
    edits = {(FIRST, at["amount"]): "463.32", (FIRST, at["note"]): row.texts["note"]}
    (again,) = opened(CROPLAND, "township", staged, edits)

    assert again.texts["amount"] == "463.32"
    assert checked([again.retyped(again.texts)]).errors == []


@given(st.lists(words.filter(bool), min_size=1, max_size=4))
def test_three_numbers_in_a_column_do_not_empty_it(notes):
    rows = [household().retyped({**household().texts, "note": note}) for note in [made_id(), made_id(), made_id(), *notes]]
    staged = cleaned(CROPLAND, "township", rows, key, TODAY)

    assert [row["note"] for row in rows_of(CROPLAND, "township", staged.table) or []][3:] == notes
    assert staged.private == {}


# ---- whose row it is


def test_who_a_row_belongs_to_goes_with_its_name():
    known = TypedRow(household().texts, Person("k1", "a1", True))

    assert known.retyped({**known.texts, "name": "张 小三", "amount": "1"}).person == Person("k1", "a1", True)
    assert known.retyped({**known.texts, "name": "张小四"}).person == Person()
    assert cleaned(CROPLAND, "township", [TypedRow({}), known], key, TODAY).people == {FIRST: Person("k1", "a1", True)}
    assert checked([known]).rows[0].person == Person("k1", "a1", True)


@given(st.lists(st.tuples(words, st.booleans()), max_size=5))
def test_what_is_staged_opens_as_it_was(rows):
    typed = [TypedRow({"name": name}, Person(f"k{name}") if known else Person()) for name, known in rows if name]
    assume(not any(find(row.texts["name"]) for row in typed))

    assert opened(CROPLAND, "township", cleaned(CROPLAND, "township", typed, key, TODAY), {}) == typed


def test_what_nobody_types_is_left_out_and_rare_letters_stay():
    rare = chr(0x845B) + chr(0xE0100)  # a variant form of 葛
    row = TypedRow({}).retyped({"name": f" \t{rare}\x00{chr(0x31350)}\ud800 ", "note": "一" * 600, "group": "\u3000"})

    assert row.texts["name"] == f"{rare}{chr(0x31350)}"
    assert len(row.texts["note"]) == typed_rows.LONGEST
    assert "group" not in row.texts


def test_a_typed_table_has_one_fingerprint():
    one, same, other = ([household(amount=amount)] for amount in ("1", "1", "2"))
    prints = [fingerprint(table_of(CROPLAND, "township", [row.texts for row in rows])) for rows in (one, same, other)]

    assert prints[0] == prints[1] != prints[2]
    assert Decimal(2) == table_of(CROPLAND, "township", [one[0].texts]).cells[1][0]


def test_a_sheet_that_is_only_called_like_a_typed_one_is_opened_without_its_other_columns():
    header = list(table_of(CROPLAND, "township", [{"name": "张小三"}]).cells[0])
    beyond = ["2", *[""] * (len(header) - 1), "电话 139" + "00000286"]
    found = clean(Table(typed_rows.TYPED, [header, beyond, ["3", "高洞社区"]]), key, TODAY)

    assert [row.covered for row in opened(CROPLAND, "township", found, {})] == [{}, {}]
