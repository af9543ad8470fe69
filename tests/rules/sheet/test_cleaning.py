"""What is left of a table when the personal numbers are gone from it."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import kinds
from board.rules.areas import Area
from board.rules.personal.detection import asked, find, mask
from board.rules.personal.identifiers import check_digit, is_mobile
from board.rules.personal.spellings import spelled_out
from board.rules.place_names import Places
from board.rules.sheet.check import check, report
from board.rules.sheet.cleaning import Cleaned, Person, clean, column_kind
from board.rules.sheet.table import Table
from tests.numbers import CARD, GAPS, ID, MOBILE, OLD_ID, WIDE, cards, ids, mobiles, spelled

TODAY = date(2026, 11, 22)
TOWN = "510521116000"
PLACES = Places([Area(TOWN, "百和镇", "township", ""), Area("510521116201", "东林村民委员会", "village", TOWN)], TOWN)


def key(what: str, canonical: str) -> str:
    """A key that gives away nothing but equality, as the vault's does."""
    return f"{what}-{sum(map(ord, canonical)) * 7919 % 99991}-{len(canonical)}"


def cleaned(*rows: list[object], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Cleaned:
    return clean(Table("表", [list(row) for row in rows], merged), key, TODAY)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("身份证号码", "id_number"),
        ("户主身份证号", "id_number"),
        ("证件\n号码", "id_number"),
        ("一卡通账号", "bank_card"),
        ("银行卡号", "bank_card"),
        ("帐户", "bank_card"),
        ("联系方式", "phone"),
        ("手 机", "phone"),
        ("出生日期", "birth"),
        ("残疾类别", "health"),
        ("病种", "health"),
        ("凭证号", ""),
        ("账户余额(元)", ""),
        ("病虫害防治面积", ""),
        ("户主姓名", ""),
        ("救助资金发放形式", ""),
    ],
)
def test_a_header_says_whether_its_column_is_private(header: str, what: str) -> None:
    assert column_kind(header) == what


HEAD: list[object] = ["序号", "姓名", "身份证号", "一卡通账号", "联系电话", "金额", "备注"]


def test_private_columns_become_keys() -> None:
    result = cleaned(HEAD, [Decimal(1), "张三", ID, CARD, MOBILE, Decimal(5), ""])
    assert result.table.cells[1] == [Decimal(1), "张三", "", "", "", Decimal(5), ""]
    assert result.people == {2: Person(key("person", ID), key("account", CARD), False)}
    assert result.findings == [
        {"where": "身份证号", "what": "id_number", "count": 1},
        {"where": "一卡通账号", "what": "bank_card", "count": 1},
        {"where": "联系电话", "what": "phone", "count": 1},
    ]
    assert result.private == {2: "id_number", 3: "bank_card", 4: "phone"}


def test_a_person_has_one_key_however_the_number_is_written() -> None:
    new = "510521198905043961"[:17]
    new += check_digit(new)
    spellings = [new, f"{new[:6]} {new[6:14]} {new[14:]}", "５" + new[1:], new[:6] + new[8:17]]
    result = cleaned(HEAD, *([Decimal(1), "张三", one, "", "", Decimal(5), ""] for one in spellings))
    assert len({person.person_key for person in result.people.values()}) == 1


def test_a_column_of_cards_under_remarks_is_found_by_its_content() -> None:
    rows = [[Decimal(n), "张三", "", "", "", Decimal(5), CARD] for n in range(4)]
    result = cleaned(HEAD, *rows)
    assert result.private[6] == "bank_card"
    assert result.findings == [{"where": "备注", "what": "bank_card", "count": 4}]
    assert result.people[2].account_key == key("account", CARD)


def test_a_number_inside_a_public_cell_is_covered_and_marked() -> None:
    result = cleaned(HEAD, [Decimal(1), f"张三{MOBILE}", "", "", "", Decimal(5), f"本人电话{MOBILE}"])
    assert result.table.cells[1][1] == "张三●●●●●●●●●●●"
    assert result.table.cells[1][6] == "本人电话●●●●●●●●●●●"
    assert result.masked == {(2, 1): "phone", (2, 6): "phone"}


def test_numbers_kept_as_numbers_are_found() -> None:
    result = cleaned(HEAD, [Decimal(1), "张三", Decimal(OLD_ID), "", Decimal(MOBILE), Decimal(5), Decimal(MOBILE)])
    assert [finding["what"] for finding in result.findings] == ["id_number", "phone", "phone"]
    assert MOBILE not in json.dumps(result.to_json())


@pytest.mark.parametrize("spoilt", [Decimal("510524" + "198001011300"), Decimal("5.105241980010113E+17"), "5.10524E+17"])
def test_an_id_that_the_program_rounded_is_told_and_gives_no_key(spoilt: object) -> None:
    result = cleaned(HEAD, [Decimal(1), "张三", spoilt, "", "", Decimal(5), ""])
    assert result.lost == [(2, 2)]
    assert result.people == {}
    assert result.table.cells[1][2] == ""


def test_office_phones_around_the_table_stay_and_mobiles_go() -> None:
    result = cleaned(
        [f"发放表 联系人{MOBILE}", "", "", "", "", "", ""],
        HEAD,
        [Decimal(1), "张三", ID, CARD, MOBILE, Decimal(5), ""],
        [f"制表人:李四{MOBILE}", "", "", "", "监督电话:0830-8190000", "", ""],
    )
    assert result.table.cells[0][0] == "发放表 联系人●●●●●●●●●●●"
    assert result.table.cells[3] == ["制表人:李四●●●●●●●●●●●", "", "", "", "监督电话:0830-8190000", "", ""]
    assert {"where": "第1行", "what": "phone", "count": 1} in result.findings


def test_the_cell_on_the_left_announces_an_account_or_an_id() -> None:
    result = cleaned(
        ["开户行", "农商行", "账号：", "88190120000000010", "", "", ""],
        HEAD,
        [Decimal(1), "张三", ID, CARD, MOBILE, Decimal(5), ""],
        ["", "监督电话", "0830-8190000", "项目编号", "88190120000000010", "", ""],
    )
    assert result.table.cells[0][3] == "●" * 17
    assert result.masked == {(1, 3): "bank_card"}


def test_half_starred_numbers_of_a_private_column_match_nobody() -> None:
    starred = ["51052119520304****", "510521********3961", "6217********1234"]
    rows = [[Decimal(1), "张三", starred[0], starred[2], "", Decimal(5), ""], [Decimal(2), "李四", starred[1], "", "", Decimal(5), ""]]
    result = cleaned(HEAD, *rows)
    assert (result.people, result.table.cells[1][2], result.table.cells[2][2]) == ({}, "", "")
    assert {"where": "身份证号", "what": "id_number", "count": 2} in result.findings


def test_a_digit_a_box_is_one_number_with_its_key_and_nothing_of_it_is_staged() -> None:
    head: list[object] = ["姓名", "身份证号", *[""] * 17, "金额"]
    new = "51052118900101396" + check_digit("51052118900101396")
    rows = [["张三", *ID, Decimal(5)], ["李四", *map(Decimal, new[:-1]), new[-1], Decimal(6)], ["合计", *[""] * 18, Decimal(11)]]
    for merged in (((0, 1, 0, 18),), ()):
        result = cleaned(head, *rows, merged=merged)
        assert [list(line[1:19]) for line in result.table.cells[1:]] == [[""] * 18] * 3
        assert result.people == {2: Person(key("person", ID), "", False), 3: Person(key("person", new), "", False)}
        assert result.findings == [{"where": "身份证号", "what": "id_number", "count": 2}]


def test_words_of_a_total_survive_in_a_private_column() -> None:
    result = cleaned(HEAD, [Decimal(1), "张三", ID, CARD, MOBILE, Decimal(5), ""], ["", "", "合 计", "", "1户", Decimal(5), ""])
    assert result.table.cells[2] == ["", "", "合 计", "", "1户", Decimal(5), ""]


def test_what_is_cleaned_comes_back_from_json_the_same() -> None:
    result = cleaned(HEAD, [Decimal("1"), "张三", ID, CARD, MOBILE, Decimal("5.10"), date(2026, 7, 2)], merged=((0, 0, 0, 1),))
    again = Cleaned.from_json(json.loads(json.dumps(result.to_json())))
    assert again == Cleaned(
        Table(result.table.name, result.table.cells, [(0, 0, 0, 1)]),
        result.people,
        result.findings,
        result.private,
        result.masked,
        result.lost,
    )


@given(ids(), cards(), mobiles())
def test_a_roster_in_plain_digits_is_cleaned_as_one_in_wide_ones(id: str, card: str, mobile: str) -> None:
    plain, wide = ([Decimal(1), "张三", *numbers, Decimal(5), ""] for numbers in ([id, card, mobile], map(widened, (id, card, mobile))))
    assert cleaned(HEAD, plain) == cleaned(HEAD, wide)


def widened(number: str) -> str:
    return number.translate(WIDE)


@st.composite
def written(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """A number and one of the ways to write it: one separator every so many digits, full-width or not."""
    number, gap, every = draw(numbers), draw(GAPS), draw(st.integers(1, 8))
    text = gap.join(number[start : start + every] for start in range(0, len(number), every))
    return number, text.translate(WIDE) if draw(st.booleans()) else text


def digits_of(cell: object) -> str:
    """What of a cell a reader may take for digits, in plain ones."""
    plain = spelled_out(str(cell)) or unicodedata.normalize("NFKC", str(cell))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum()).upper()


@settings(max_examples=400)
@given(
    st.lists(written(st.one_of(ids(), cards(), mobiles())), min_size=1, max_size=4),
    st.sampled_from(["", "电话", "卡号:", "转给李四 "]),
    st.sampled_from(["", "号", ",已核", " 户"]),
    st.integers(0, 6),
)
def test_a_seeded_number_is_gone_or_asked_about(numbers: list[tuple[str, str]], before: str, after: str, column: int) -> None:
    rows: list[list[object]] = [["标题", before + numbers[0][1] + after], HEAD]
    for _, text in numbers:
        row: list[object] = [Decimal(1), "张三", "", "", "", Decimal("46.80"), ""]
        row[column] = before + text + after
        rows.append(row)
    result = cleaned(*rows)
    staged = unicodedata.normalize("NFKC", json.dumps(result.to_json(), ensure_ascii=False))
    texts = [str(cell) for row in result.table.cells for cell in row]
    for number, _ in numbers:
        assert number not in staged
        assert all(number not in digits_of(cell) or (is_mobile(number) and asked(cell)) for cell in texts)


LABELS = {
    "id_number": ["", "身份证号", "转给李四 "],
    "bank_card": ["卡号:", "账号", "存折号码 "],
    "phone": ["电话:", "手机号码", "联系人王五 "],
}


@settings(max_examples=500)
@given(st.data(), st.sampled_from(["id_number", "bank_card", "phone"]), st.sampled_from(["", "号", ",已核", "  户主"]), st.integers(0, 6))
def test_no_number_in_any_spelling_is_stored_logged_or_shown(data: st.DataObject, what: str, after: str, column: int) -> None:
    number = data.draw({"id_number": ids(), "bank_card": cards(), "phone": mobiles()}[what])
    text = data.draw(st.sampled_from(LABELS[what])) + data.draw(spelled(number)) + after
    row: list[object] = [Decimal(1), "张三", "", "", "", Decimal("46.80"), ""]
    row[column] = text
    result = cleaned([text], HEAD, row)
    found = check(result, kinds.load()["cropland-subsidy"], PLACES, area=TOWN)
    shown = [cell for line in (*result.table.cells, *found.table.cells) for cell in line]
    shown += [words for one in found.rows for words in one.texts.values()]
    shown += [json.dumps(report(found), ensure_ascii=False), mask(text), " ".join(mask(text).split())]
    assert not [cell for cell in shown if number in digits_of(cell)]


SEPARATE = st.decimals(0, 10**9, places=2) | st.integers(0, 10**9).map(Decimal) | st.dates(date(2000, 1, 1), date(2030, 1, 1))
WRITTEN = (
    st.integers(0, 10**9).map("{:,}".format)
    | st.decimals(0, 10**6, places=2).map("{:,}元".format)
    | st.dates(date(2000, 1, 1), date(2030, 1, 1)).map("{:%Y-%m-%d}".format)
    | st.integers(1, 999).map("川农发〔2026〕{}号".format)
    | st.integers(0, 9_999_999).map("0830-8{:07}".format)
    | st.lists(st.integers(1, 40), min_size=1, max_size=12, unique=True).map(lambda groups: "、".join(map(str, sorted(groups))) + "组")
    | st.tuples(st.integers(0, 999_999), st.integers(0, 99)).map("2106-510521-04-{0[1]:02}-{0[0]:06}".format)
    | st.tuples(st.decimals(97, 109, places=6), st.decimals(26, 35, places=6)).map("{0[0]},{0[1]}".format)
)


@settings(max_examples=150)
@given(
    st.lists(st.lists(SEPARATE | WRITTEN, min_size=14, max_size=14), min_size=1, max_size=2),
    st.sampled_from([(), ((0, 2, 0, 5),), ((0, 2, 0, 8), (0, 9, 0, 13))]),
)
def test_a_roster_of_figures_loses_no_cell(rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...]) -> None:
    head: list[object] = ["序号", "项目", *(f"面积{n}" for n in range(12))]
    if merged:
        head = ["序号", "项目", "补贴面积", *[""] * 6, "其他", *[""] * 4]
    result = cleaned(head, *rows, merged=merged)
    assert [list(line) for line in result.table.cells[1:]] == rows
    assert (result.masked, result.private) == ({}, {})


@settings(max_examples=150)
@given(st.lists(st.integers(0, 99_999), min_size=2, max_size=6), st.sampled_from([" ", "  ", "、", "+", ",", "/", "\n"]))
def test_figures_in_one_cell_are_kept_or_written_as_a_number_is(figures: list[int], gap: str) -> None:
    text = "分段" + gap.join(map(str, figures))
    (cell,) = cleaned(HEAD, [Decimal(1), "张三", "", "", "", Decimal(5), text]).table.cells[1][6:]
    lengths = [len(str(figure)) for figure in figures]
    is_written_so = lengths == [3, 4, 4] or set(lengths) == {1} or any(str(figure).startswith("62") for figure in figures)
    is_written_so |= gap == "," and set(lengths[1:]) == {3}  # one figure with thousands commas
    assert cell == text or is_written_so or find(text)[0].what == "id_number"


def test_private_columns_are_found_below_a_header_of_three_lines() -> None:
    result = cleaned(
        ["发放表", "", "", "", "", ""],
        ["序号", "户主", "", "", "补助资金", ""],
        ["", "姓名", "证件", "", "应发", "实发"],
        ["", "", "身份证号", "账号", "(元)", "(元)"],
        [Decimal(1), "张三", "A1234567", "0000123456", Decimal(5), Decimal(5)],
        merged=((1, 0, 3, 0), (1, 1, 1, 3), (1, 4, 1, 5), (2, 1, 3, 1), (2, 2, 2, 3)),
    )
    assert result.private == {2: "id_number", 3: "bank_card"}
    assert result.table.cells[4] == [Decimal(1), "张三", "", "", Decimal(5), Decimal(5)]
    assert result.people == {5: Person(key("person", "A1234567"), key("account", "0000123456"))}


def test_a_header_with_its_unit_behind_a_colon_is_no_line_around_the_table() -> None:
    result = cleaned(
        ["填报单位:百和镇", "制表人:王五", "审核人:赵六"],
        ["证件号码(户主:本人)", "面积(单位:亩)", "金额(单位:元)"],
        ["A1234567", Decimal(1), Decimal(5)],
    )
    assert result.private == {0: "id_number"}


def test_a_private_column_that_is_named_above_the_widest_header_line_is_found() -> None:
    result = cleaned(
        ["姓名", "证件号码", "C级", "", "D级", ""],
        ["", "", "户数", "资金", "户数", "资金"],
        ["张三", "A1234567", Decimal(1), Decimal(2), Decimal(3), Decimal(4)],
        merged=((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)),
    )
    assert result.private == {1: "id_number"}


def test_people_of_tables_side_by_side_have_each_their_key() -> None:
    other = "51052118900101396" + check_digit("51052118900101396")
    half: list[object] = ["序号", "姓名", "身份证号", "金额"]
    result = cleaned([*half, *half], [Decimal(1), "张三", ID, Decimal(5), Decimal(2), "李四", other, Decimal(6)])
    assert result.people == {2: Person(key("person", ID), "", False)}
    assert result.beside == {(2, 1): Person(key("person", other), "", False)}
    assert Cleaned.from_json(json.loads(json.dumps(result.to_json()))).beside == result.beside


def test_a_letter_in_an_id_column_is_no_number_and_stops_nobody():
    table = Table("t", [["村", "户主姓名", "身份证号", "金额"], ["东林村", "赵甲", "5105211896O5043961", "1"]])
    cleaned = clean(table, lambda what, canonical: "k", date(2026, 11, 22))
    assert "5105211896O5043961" not in str(cleaned.to_json())


@pytest.mark.parametrize(
    ("header", "value"),
    [("病种", "类风湿"), ("残疾等级", "二级"), ("出生日期", "1962年3月"), ("银行账号", "见附表A12"), ("身份证号", "51052119620304xxxx")],
)
def test_a_private_column_is_blanked_where_every_header_carries_a_remark(header, value):
    rows = [["户主姓名(必填:汉字)", f"{header}(必填:照实)", "备注(选填:汉字)"], ["张三", value, "无"], ["王五", value, "无"]]
    assert value not in json.dumps(cleaned(*rows).to_json(), ensure_ascii=False)


@pytest.mark.parametrize("header", ["银行", "备注", "活期"])
def test_a_column_of_long_numbers_is_one_of_accounts_whatever_it_is_called(header: str) -> None:
    rows = [[Decimal(number), "张三", "", "", "", Decimal(5), f"8819012000{number:02}"] for number in range(3)]
    result = cleaned([*HEAD[:-1], header], *rows)
    assert [row[6] for row in result.table.cells[1:]] == ["", "", ""]
    assert {"where": header, "what": "bank_card", "count": 3} in result.findings


@pytest.mark.parametrize("header", ["项目编码", "农户代码", "发票号", "单据号", "保单号", "户号", "承包经营权证号", "村"])
def test_a_column_of_codes_stays(header: str) -> None:
    rows = [[Decimal(number), "张三", "", "", "", Decimal(5), f"8819012000{number:02}"] for number in range(3)]
    result = cleaned([*HEAD[:-1], header], *rows)
    assert [row[6] for row in result.table.cells[1:]] == [f"8819012000{number:02}" for number in range(3)]
