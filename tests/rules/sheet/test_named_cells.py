"""Names in the text columns of a checked sheet: masked in the lines of accounts, asked about elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from board import kinds, policies
from board.rules.sheet.check import Checked
from board.rules.sheet.named_cells import MASKED, without_names
from board.rules.sheet.problems import IN_CELL, problem
from board.rules.sheet.reading import SheetRow

WORDS = policies.name_words()
ROSTER = {"赵秀英"}


def checked(kind: str, field: str, *texts: str, name: str = "", **more) -> Checked:
    rows = [
        SheetRow(line, name=name, values={field: text, "amount": Decimal(1)}, texts={field: text}) for line, text in enumerate(texts, 2)
    ]
    return Checked(kinds.load()[kind], columns={field: "表头"}, indexes={field: 3}, rows=rows, **more)


def looked_at(found: Checked, edits=()) -> Checked:
    return without_names(found, dict.fromkeys(edits, ""), lambda names: ROSTER & set(names), WORDS)


def told(found: Checked) -> list[tuple[int, int, str, str]]:
    return [(one.line, one.index, one.code, one.written) for one in found.warnings]


def test_the_lines_of_accounts_mask_who_got_the_money():
    found = looked_at(checked("village-finance", "item", "办公用品", "付张国强家低保慰问金", "赵秀英的事"))

    assert [row.values["item"] for row in found.rows] == ["办公用品", "付张*强家低保慰问金", "赵*英的事"]
    assert [row.texts["item"] for row in found.rows] == ["办公用品", "付张*强家低保慰问金", "赵*英的事"]
    assert told(found) == [(3, 3, MASKED, "付张国强家低保慰问金"), (4, 3, MASKED, "赵秀英的事")]
    assert found.warnings[0].message.zh == "第 3 行“表头”里的人名已盖住：付张*强家低保慰问金。不是人名的，点“照原样写”。"


def test_of_the_parties_to_a_contract_persons_are_masked_and_bodies_stay():
    texts = ("柴家宝", "禾丰水稻专业合作社", "张国强(种粮大户)", "李四、王五", "泸县青果家庭农场", "吉克·芳成")
    found = looked_at(checked("land-transfer", "transferee", *texts))

    assert [row.values["transferee"] for row in found.rows] == [
        "柴*宝", "禾丰水稻专业合作社", "张*强", "李*、王*", "泸县青果家庭农场", "吉***成",
    ]  # fmt: skip


def test_a_party_typed_over_is_asked_about():
    found = looked_at(checked("land-transfer", "transferee", "柴家宝"), edits=[(2, 3)])

    assert found.rows[0].values["transferee"] == "柴家宝"
    assert told(found) == [(2, 3, IN_CELL, "柴*宝")]


def test_a_cell_typed_over_stays_and_is_asked_about():
    found = looked_at(checked("village-finance", "note", "付张国强家低保慰问金"), edits=[(2, 3)])

    assert found.rows[0].values["note"] == "付张国强家低保慰问金"
    assert told(found) == [(2, 3, IN_CELL, "付张*强家低保慰问金")]


def test_other_columns_are_asked_about_and_stay_as_they_are():
    found = looked_at(checked("relief-projects", "beneficiaries", "低保户张国强", "付李明华修路工资", "高洞社区 20 户"))

    assert [row.values["beneficiaries"] for row in found.rows] == ["低保户张国强", "付李明华修路工资", "高洞社区 20 户"]
    assert told(found) == [(2, 3, IN_CELL, "低保户张*强")]
    assert found.warnings[0].message.zh.startswith("第 2 行“表头”里写着人名（张*强），公开出去人人都看得到。")


def test_the_names_of_the_sheet_itself_are_known():
    found = looked_at(checked("cropland-payout", "outcome", "退给钭巧珍", name="钭巧珍"))

    assert told(found) == [(2, 3, IN_CELL, "退给钭*珍")]


@pytest.mark.parametrize("field", ["document_no"])
def test_what_staff_alone_read_is_not_looked_at(field):
    assert told(looked_at(checked("village-finance", field, "付张国强家低保慰问金"))) == []


def test_a_sheet_with_errors_is_left_as_it_is():
    broken = checked("village-finance", "item", "付张国强家低保慰问金", errors=[problem("no_rows")])

    assert looked_at(broken) == broken


def test_of_tables_side_by_side_the_second_cannot_be_typed_over_here():
    found = checked("village-finance", "item", "付张国强家低保慰问金")
    found.rows[0].block = 1

    assert told(looked_at(found)) == [(2, -1, MASKED, "付张国强家低保慰问金")]
