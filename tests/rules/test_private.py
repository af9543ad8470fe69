"""Finding personal numbers however they are written, and what is left of a table when they are gone."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.rules.idcard import check_digit, is_card, is_minor
from board.rules.personal import EVERYTHING, What
from board.rules.private import Cleaned, Person, clean, column_kind, find, mask
from board.rules.table import Table

TODAY = date(2026, 11, 22)
ID = "510521189605043961"
ID_X = "51052118660904778X"
OLD_ID = "510521" + "890504396"  # in two parts: no test file looks as if it held somebody's numbers
CARD = "629999" + "2677354684877"
MOBILE = "139" + "00000286"


def key(what: str, canonical: str) -> str:
    """A key that gives away nothing but equality, as the vault's does."""
    return f"{what}-{sum(map(ord, canonical)) * 7919 % 99991}-{len(canonical)}"


def cleaned(*rows: list[object], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Cleaned:
    return clean(Table("表", [list(row) for row in rows], merged), key, TODAY)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ID, "id_number"),
        (ID_X, "id_number"),
        (ID_X.lower(), "id_number"),
        (OLD_ID, "id_number"),
        ("５１０５２１１８９６０５０４３９６１", "id_number"),
        ("510521 18960504 3961", "id_number"),
        ("510521-1896-05-04-3961", "id_number"),
        ("5 1 0 5 2 1 1 8 6 6 0 9 0 4 7 7 8 X", "id_number"),
        ("510521\u3000189605043961", "id_number"),
        ("510521\u200b189605043961", "id_number"),
        ("身份证510521189605043961号", "id_number"),
        ("'510521189605043961", "id_number"),
        ("510521189605043962", "id_number"),  # a slip in the last digit still names its owner
        (CARD, "bank_card"),
        ("6299 9926 7735 4684 877", "bank_card"),
        ("6299-9926-7735-4684-877", "bank_card"),
        (MOBILE, "phone"),
        ("139 0000 0286", "phone"),
        ("139-0000-0286", "phone"),
        ("139.0000.0286", "phone"),
        ("１３９００００028６", "phone"),
        ("8613900000286", "phone"),
        ("+86 139 0000 0286", "phone"),
        ("(139)0000-0286", "phone"),
        (f"本人电话{MOBILE},找我", "phone"),
    ],
)
def test_a_personal_number_is_found_however_it_is_written(text: str, what: str) -> None:
    assert [finding.what for finding in find(text)] == [what]
    assert not any(digits in mask(text) for digits in (ID, CARD, MOBILE))


@pytest.mark.parametrize(
    "text",
    [
        "监督电话:0830-8190000",
        "监督电话:12317 0830-8190000",
        "(0830)8190000转8001",
        "12345",
        "0830-5190000/0830-5190001",
        "(0830)8190000、(0830)8190001",
        "2026.11.03-2026.11.09",
        "2026-11-03 至 2026-11-09",
        "1,679.40 2,696.34",
        "收入1,679.40/2,696.3",
        "1500000.0000",
        "川府发〔2026〕12号",
        "记001",
        "139000002861",  # twelve digits: no mobile, and no boundary inside
        "",
    ],
)
def test_what_belongs_on_a_notice_is_no_finding(text: str) -> None:
    assert find(text) == []
    assert mask(text) == text


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u2800", "\u3164"])
def test_letters_without_ink_do_not_hide_a_number(unseen: str) -> None:
    for number in (ID, OLD_ID, CARD, MOBILE):
        assert len(find(unseen.join(number))) == 1


def test_digits_of_any_script_are_digits() -> None:
    for zero in "٠०๐０":
        assert [one.what for one in find(MOBILE.translate({ord("0") + n: ord(zero) + n for n in range(10)}))] == ["phone"]


@pytest.mark.parametrize(
    ("text", "what", "masked"),
    [
        ("张三,1958年3月生,在册", "birth", "张三,●●●●年●月生,在册"),
        ("出生日期:1958-03-12", "birth", "出生日期:●●●●-●●-●●"),
        ("出生：１９５８０３１２", "birth", "出生：●●●●●●●●"),
        ("2010.5.6出生", "birth", "●●●●.●.●出生"),
        ("生于一九五八年三月", "birth", "生于●●●●年●月"),
        ("(1966年5月生)", "birth", "(●●●●年●月生)"),
        ("张三患糖尿病", "health", "张三患●●●"),
        ("肢体残疾二级", "health", "●●●●●●"),
        ("张三肺癌晚期", "health", "张三●●晚期"),
        ("困难原因:因病", "health", "困难原因:●●"),
        ("住东林村3组17号", "address", "住东林村●组●●号"),
        ("人民路12号3栋2单元501室", "address", "人民路●●号●栋●单元●●●室"),
        ("现住3栋501室", "address", "现住●栋●●●室"),
        ("家庭地址:人民路5号", "address", "家庭地址:人民路●号"),
    ],
)
def test_what_words_tell_of_a_person_is_found_when_asked_for(text: str, what: What, masked: str) -> None:
    assert [finding.what for finding in find(text, [what])] == [what]
    assert mask(text, EVERYTHING) == masked
    assert find(text) == []
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "1966年12月31日以前出生的村民",
        "2026年1月1日至2026年6月30日出生",
        "2026年3月出生的儿童",
        "2026年生产补贴",
        "2026年生态林",
        "2026年11月3日生效",
        "病虫害防治",
        "残疾人联合会",
        "重度残疾人护理补贴",
        "大病医疗救助",
        "高血压等慢性病健康管理",
        "血吸虫病防治",
        "因病返贫监测对象",
        "3组17号",
        "3组/17号",
        "地址:白河乡人民路12号",
        "人民路12号(乡政府)",
        "联系地址:东林村17号村委会",
        "X001线3号桥",
        "白河村1号地块",
        "川府发〔2026〕12号",
        "第3号公告",
        "3栋12户",
        "东林村12户",
        "东林村3组",
        "监督电话:0830-8190000",
    ],
)
def test_rules_schemes_and_offices_tell_nothing_of_a_person(text: str) -> None:
    assert find(text, EVERYTHING) == []


def test_an_id_is_no_birth_date_though_it_holds_one() -> None:
    assert [finding.what for finding in find(f"出生证 {ID},1958年3月生", EVERYTHING)] == ["id_number", "birth"]


def test_one_text_may_hold_several_numbers_and_all_are_covered() -> None:
    text = f"张三 {ID} 卡{CARD} 电话{MOBILE}/{MOBILE}"
    assert [finding.what for finding in find(text)] == ["id_number", "bank_card", "phone", "phone"]
    assert not any(map(str.isdigit, mask(text)))
    assert mask(text).startswith("张三 ●●●●")


def test_an_id_that_passes_the_card_check_is_still_an_id() -> None:
    both = next(
        f"{body}{check_digit(body)}" for body in (f"51052118960504{n:03d}" for n in range(1000)) if is_card(body + check_digit(body))
    )
    assert [finding.what for finding in find(both)] == ["id_number"]


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


def test_words_of_a_total_survive_in_a_private_column() -> None:
    result = cleaned(HEAD, [Decimal(1), "张三", ID, CARD, MOBILE, Decimal(5), ""], ["", "", "合 计", "", "1户", Decimal(5), ""])
    assert result.table.cells[2] == ["", "", "合 计", "", "1户", Decimal(5), ""]


@pytest.mark.parametrize(("born", "minor"), [("20081122", False), ("20081123", True), ("18960504", False), ("20260101", True)])
def test_who_is_under_eighteen_today_is_a_minor(born: str, minor: bool) -> None:
    body = f"510521{born}396"
    assert is_minor(body + check_digit(body), TODAY) is minor


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


GAPS = st.sampled_from(["", " ", "-", "  ", "\u3000", "\u00a0", "–", "—", "·", "/", "\n", "\t", " - ", "\u200b", "_", "~"])
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@st.composite
def ids(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1850, 1, 1), date(2026, 1, 1)))
    body = f"{draw(st.integers(11, 65))}{draw(st.integers(0, 9999)):04d}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + check_digit(body)


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = "62" + draw(st.text("0123456789", min_size=13, max_size=16))
    return next(body + digit for digit in "0123456789" if is_card(body + digit))


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    return "1" + draw(st.sampled_from("3456789")) + draw(st.text("0123456789", min_size=9, max_size=9))


@st.composite
def written(draw: st.DrawFn, numbers: st.SearchStrategy[str]) -> tuple[str, str]:
    """A number and one of the ways to write it: one separator every so many digits, full-width or not."""
    number, gap, every = draw(numbers), draw(GAPS), draw(st.integers(1, 8))
    text = gap.join(number[start : start + every] for start in range(0, len(number), every))
    return number, text.translate(WIDE) if draw(st.booleans()) else text


@settings(max_examples=400, deadline=None)
@given(
    st.lists(written(st.one_of(ids(), cards(), mobiles())), min_size=1, max_size=4),
    st.sampled_from(["", "电话", "卡号:", "转给李四 "]),
    st.sampled_from(["", "号", ",已核", " 户"]),
    st.integers(0, 6),
)
def test_no_seeded_number_survives_anywhere(numbers: list[tuple[str, str]], before: str, after: str, column: int) -> None:
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
        assert all(number not in "".join(filter(str.isalnum, unicodedata.normalize("NFKC", cell))).upper() for cell in texts)


def test_a_letter_in_an_id_column_is_no_number_and_stops_nobody():
    table = Table("t", [["村", "户主姓名", "身份证号", "金额"], ["东林村", "赵甲", "5105211896O5043961", "1"]])
    cleaned = clean(table, lambda what, canonical: "k", date(2026, 11, 22))
    assert "5105211896O5043961" not in str(cleaned.to_json())
