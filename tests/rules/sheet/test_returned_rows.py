"""Why payments of a sheet came back: only plain words go on, and a text that is not known is a question for the clerk."""

from __future__ import annotations

from decimal import Decimal

from board import kinds, policies
from board.rules.return_reasons import read
from board.rules.sheet.check import Checked
from board.rules.sheet.reading import SheetRow
from board.rules.sheet.returned_rows import CODE, in_plain_words

PAYOUT = kinds.load()["cropland-payout"]
REASONS = read(policies.returns())


def row(line: int, returned: str, reason: str, outcome: str = "退回") -> SheetRow:
    values = {"amount": Decimal(10), "returned": Decimal(returned), "outcome": outcome, "return_reason": reason}
    return SheetRow(line, values=values, texts={"return_reason": reason, "outcome": outcome})


def told(*rows: SheetRow) -> Checked:
    columns = {"outcome": "发放情况", "return_reason": "退回原因"}
    return in_plain_words(Checked(PAYOUT, columns=columns, indexes={"outcome": 7, "return_reason": 8}, rows=rows), REASONS)


def test_the_words_of_a_bank_become_plain_words_and_nothing_else_is_kept():
    found = told(row(3, "10", "账户已销户"), row(4, "10", "退回"), row(5, "0", "", "已发放"))

    assert [one.values.get("return_reason") for one in found.rows] == ["收钱的卡（存折）注销了", None, None]
    assert {"return_reason" for one in found.rows if "return_reason" in one.texts} == set()
    assert found.warnings == []


def test_a_text_that_is_not_known_is_shown_to_the_clerk_once_and_published_nowhere():
    found = told(row(3, "10", "核心返回 99"), row(4, "5", "核心返回 99"))
    (one,) = found.warnings

    assert (one.code, one.line, one.lines, one.column, one.index) == (CODE, 3, (3, 4), "退回原因", 8)
    assert "第 3 行“退回原因”写的“核心返回 99”不认识（共 2 行），不会公布" in one.message.zh
    assert "“核心返回 99”, which is not known (2 rows)" in one.message.en
    assert ["核心返回" in str(row) for row in found.rows] == [False, False]


def test_a_banks_words_in_the_column_of_outcomes_become_the_kinds_own():
    said = ["退回（户主死亡）", "退回", "已补发", "户主吸毒被抓", "账户被法院冻结老赖"]
    found = told(*(row(line, "0" if text == "已补发" else "10", "", text) for line, text in enumerate(said, 3)))
    assert [one.values.get("outcome") for one in found.rows] == ["退回", "退回", "已补发", "退回", "退回"]
    assert [word for word in ("死亡", "吸毒", "法院") if word in str([(one.values, one.texts) for one in found.rows])] == []


def test_the_column_of_outcomes_is_asked_about_too_where_money_came_back():
    found = told(row(3, "10", "", "退回：核心返回 99"), row(4, "0", "", "补发成功"), row(5, "10", "", "退回（户名不符）"))

    assert [(one.line, one.column) for one in found.warnings] == [(3, "发放情况")]


def test_a_reason_on_a_row_of_which_nothing_came_back_is_asked_about_and_not_published():
    found = told(row(3, "0", "张国强生病住院", "已发放"), row(4, "0", "户名不符", "已发放"))

    assert [one.line for one in found.warnings] == [3]
    assert [one.values.get("return_reason") for one in found.rows] == [None, None]


def test_a_sheet_of_another_kind_stays_as_it_is():
    other = Checked(kinds.load()["cropland-subsidy"], rows=[SheetRow(3, values={"note": "销户"})])
    assert in_plain_words(other, REASONS) is other
