"""What the words before a number, or above a column, say about it."""

from __future__ import annotations

import pytest

from board.rules.personal.labels import header_class, label, named, of_illness, tells_illness


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ("电话:", "phone"),
        ("联系人张三 ", "phone"),
        ("联系电话(本人):1380000 0123/", "phone"),
        ("手机号码是", "phone"),
        ("打", "phone"),
        ("卡号:", "bank_card"),
        ("开户行:农商行,账号 ", "bank_card"),
        ("惠农一折通 ", "bank_card"),
        ("身份证号码:", "id_number"),
        ("电话费", None),
        ("手机补贴 ", None),
        ("账户余额", None),
        ("转给李四 ", None),
        ("电话打不通,面积", None),
    ],
)
def test_the_nearest_label_says_what_follows(before: str, what: str | None) -> None:
    assert label(before) == what


@pytest.mark.parametrize(
    ("text", "what", "number"),
    [
        ("付工资,账号88190120000000070", "bank_card", "88190120000000070"),
        ("账号:8819 0120 0000 00070", "bank_card", "8819 0120 0000 00070"),
        ("折号8819012000", "bank_card", "8819012000"),
        ("存折号码:8819-0120-0001", "bank_card", "8819-0120-0001"),
        ("社保卡账号88190120", "bank_card", "88190120"),
        ("惠农一折通881901200000", "bank_card", "881901200000"),
        ("信用社 881901200000000", "bank_card", "881901200000000"),
        ("身份证51052118960504396", "id_number", "51052118960504396"),
        ("残疾证号:51052118960504396143", "id_number", "51052118960504396143"),
        ("折子号88190120011", "bank_card", "88190120011"),
        ("一卡(折)通 881901200000", "bank_card", "881901200000"),
        ("存折 8819 0120 0000 0001", "bank_card", "8819 0120 0000 0001"),
        ("开户行泸县农商行,8819012000000001", "bank_card", "8819012000000001"),
        ("卡 881901200000", "bank_card", "881901200000"),
    ],
)
def test_a_number_needs_no_check_digit_behind_its_label(text: str, what: str, number: str) -> None:
    assert [(one, text[start:end]) for one, start, end in named(text)][:1] == [(what, number)]


@pytest.mark.parametrize(
    "text",
    [
        "账户余额123456789012.00",
        "一卡通2026年3月发放1200.00元",
        "发放至一卡通 1200 1500 1800",
        "存折 2026-07-02 1234567",
        "账号尾号1234",
        "承包权证号510521116201010001",
        "农商行2026年利息125733元",
        "卡号 1234567.50",
    ],
)
def test_amounts_dates_and_certificates_are_no_accounts(text: str) -> None:
    assert list(named(text)) == []


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("惠农一折通", "bank_card"),
        *(
            (header, "bank_card")
            for header in ("一卡(折)通", "卡(折)", "折子号", "金融卡", "本人卡", "卡", "代发账", "打款信息", "AccountNo")
        ),
        *((header, "id_number") for header in ("ID", "ID No.", "公民号")),
        *((header, "birth") for header in ("生于", "DOB")),
        *((header, "health") for header in ("既往史", "伤情", "劳力情况", "HIV")),
        *(
            (header, "")
            for header in (
                "证件类型",
                "打卡天数",
                "身份类别",
                "账面数",
                "精神文明奖",
                "到账",
                "是否到账",
                "台账",
                "身份",
                "联系",
                "打卡",
                "发生日期",
            )
        ),
        ("存折号", "bank_card"),
        ("卡折号", "bank_card"),
        ("惠农一卡通", "bank_card"),
        ("社保卡账号", "bank_card"),
        ("银行帐户", "bank_card"),
        ("补贴资金发放账号", "bank_card"),
        ("一卡通账号(必填)", "bank_card"),
        ("惠农一本通", "bank_card"),
        ("补贴资金(一卡通账号)", "bank_card"),
        ("残疾证号", "id_number"),
        ("健康状况", "health"),
        ("身体状况", "health"),
        ("患病情况", "health"),
        ("病种", "health"),
        ("残疾类别", "health"),
        ("残疾等级", "health"),
        ("劳动能力", "health"),
        ("主要致贫原因", "health"),
        ("节育措施", "health"),
        ("一卡通发放金额(元)", ""),
        ("残疾补贴金额", ""),
        ("发放金额(一卡通)", ""),
        ("大病救助人数", ""),
        ("困难残疾人生活补贴", ""),
        ("账户余额(元)", ""),
        ("健康教育", ""),
        ("病虫害防治面积", ""),
        ("项目代码", ""),
        ("经度", ""),
    ],
)
def test_a_header_says_whether_its_column_is_private(header: str, what: str) -> None:
    assert header_class(header) == what


def test_a_column_of_health_tells_of_the_ill_only() -> None:
    assert of_illness("健康状况")
    assert not of_illness("婚姻状况")
    assert [cell for cell in ("健康", "", "无", "良好", "否", "长期慢性病", "二级") if tells_illness(cell)] == ["长期慢性病", "二级"]
