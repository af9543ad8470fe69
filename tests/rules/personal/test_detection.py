"""Finding personal numbers however they are written, and leaving alone what belongs on a notice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.personal.detection import EVERYTHING, What, asked, find, mask
from board.rules.personal.identifiers import check_digit, is_card
from tests.numbers import CARD, ID, ID_X, MOBILE, OLD_ID, cards, ids, mobiles


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


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("510521     18960504      3961", "id_number"),
        ("510521+18960504+3961", "id_number"),
        ("510521\n18960504\n3961", "id_number"),
        ("510,521,189,605,043,961", "id_number"),
        ("五一〇五二一一八九六〇五〇四三九六一", "id_number"),
        ("伍壹零伍贰壹壹捌玖陆零伍零肆叁玖陆壹", "id_number"),
        ("51052118\u200b96050\u200c43961", "id_number"),
        ("5\u20dd1052118960504396 1", "id_number"),
        ("6,299,992,677,354,684,877", "bank_card"),
        ("6299992+677354684877", "bank_card"),
        ("卡号\n6299992677\n354684877", "bank_card"),
        ("电话13900      000286", "phone"),
        ("手机 13,900,000,286", "phone"),
        ("一三九零零零零零二八六", "phone"),
        ("电话:一三九 零零零零 零二八六", "phone"),
        ("打1390000 0286找我", "phone"),
        ("账号88190120000000070", "bank_card"),
        ("户主身份证51052118960504****", "id_number"),
    ],
)
def test_no_spelling_hides_a_number(text: str, what: str) -> None:
    (finding,) = find(text)
    assert finding.what == what
    assert not any(letter.isdigit() or letter in "〇零一二三六九" for letter in mask(text)[finding.start : finding.end])
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1352000 4500", "phone"),
        ("分三段13520,004500", "phone"),
        ("13,520,004,500", "phone"),
        ("510521 18960504 3962", "id_number"),
        ("3200 1500 1800 2001", "bank_card"),
    ],
)
def test_figures_that_may_be_a_number_are_asked_about_and_kept(text: str, what: str) -> None:
    assert [one.what for one in asked(text)] == [what]
    assert mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2106-510521-04-01-196363",
        "水渠整治（2106-510521-04-01-208564）",
        "2106 510521 04 01 196363",
        "项目代码：2106510521040119",
        "105.4321,28.1234",
        "105.432187,28.123456",
        "E105.432187,N28.123456",
        "105°25′55.6″，28°07′24.2″",
        "105度25分55.61秒 28度07分24.12秒",
        "3112345.678,35412345.678",
        "1、3、5、7、9、11、13、15组",
        "第一、三、五、七、九、一一、一三、一五组",
        "二〇二六年十一月三日至二〇二六年十一月九日",
        "125733元(壹拾贰万伍仟柒佰叁拾叁元整)",
        f"合同编号 {CARD}",
        "账户余额123456789.00",
        "1,679.40 2,696.34 2026-07-02",
    ],
)
def test_codes_places_and_figures_are_not_even_asked_about(text: str) -> None:
    assert find(text) == asked(text) == []


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


YOUNG = "51052120150704396" + check_digit("51052120150704396")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ID + CARD, ["id_number", "bank_card"]),
        (CARD + ID, ["bank_card", "id_number"]),
        (ID_X + CARD, ["id_number", "bank_card"]),
        (CARD + ID_X, ["bank_card", "id_number"]),
        (MOBILE + ID, ["phone", "id_number"]),
        (ID + MOBILE, ["id_number", "phone"]),
        (ID + ID, ["id_number", "id_number"]),
        (ID + YOUNG + CARD, ["id_number", "id_number", "bank_card"]),
        (f"张三{ID}{CARD}", ["id_number", "bank_card"]),
        (f"17{ID}", ["id_number"]),
        (f"{ID}001", ["id_number"]),
        (YOUNG + CARD, ["id_number", "bank_card"]),
    ],
)
def test_an_id_right_beside_another_number_is_found(text: str, what: list[str]) -> None:
    assert [finding.what for finding in find(text)] == what
    assert not any(digits in mask(text) for digits in (ID, ID_X, YOUNG, CARD, MOBILE))


def test_a_serial_number_that_begins_with_an_area_and_a_day_is_no_id() -> None:
    assert [number for number in range(2_000) if find(f"51052120261122{number:08}")] == []


def test_a_long_figure_is_hardly_ever_taken_for_an_id() -> None:
    rand = random.Random(19)
    figures = ["".join(rand.choices("0123456789", k=rand.randint(20, 40))) for _ in range(5_000)]
    assert sum(bool(find(figure)) for figure in figures) < 10


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


@given(st.from_regex(r"[0-9]{10,21}[Xx]?", fullmatch=True) | ids() | cards() | mobiles())
def test_a_number_alone_in_its_cell_is_what_it_is_among_words(number: str) -> None:
    alone, among = find(number), find(f"户{number}户")
    assert [(one.what, one.start + 1, one.end + 1) for one in alone] == [tuple(one) for one in among]


@given(st.text("0123456789Xx 　+,-.、/\u200b〇一九三电话卡号账:\n", max_size=60))
def test_what_is_covered_holds_no_number_any_more(text: str) -> None:
    covered = mask(text)
    assert len(covered) == len(text)
    assert mask(covered) == covered
