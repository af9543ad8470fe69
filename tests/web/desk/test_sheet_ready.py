"""What the clerk is told of his sheet before he goes on: hidden lines that are taken, tables left aside, what stood around the table."""

from __future__ import annotations

import io

import openpyxl
import pytest
from flask import Flask, render_template_string

from tests.numbers import ID
from tests.web.drafting import draft_of, pastes, uploads

GAODONG = "510521116004"
PIECE = "{% import 'parts/desk.html' as parts with context %}{{ parts.private(found) }}"


def hidden() -> tuple[bytes, str]:
    book = openpyxl.Workbook()
    for row in (["组", "户主姓名", "补贴面积(亩)", "补贴金额(元)"], ["1组", "张小三", 4.95, 463.32], ["1组", "李小四", 2, 187.2]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    held = io.BytesIO()
    book.save(held)
    return held.getvalue(), "花名册.xlsx"


def shown(app: Flask, found: list[dict[str, object]]) -> str:
    with app.test_request_context():
        return render_template_string(PIECE, found=found)


def test_hidden_lines_that_are_taken_are_said_and_explained(clerk):
    page = uploads(clerk, hidden(), "cropland-subsidy", GAODONG)

    assert "原表里有隐藏或被筛选掉的行，第一处是第 3 行，也一起读进来了" in page.text
    assert "原表里“补贴面积(亩)”这一列是隐藏的，也一起读进来了" in page.text
    explained = {address for words, address in page.links if words == "这是什么意思？"}
    assert explained == {"/desk/help#hidden_rows", "/desk/help#hidden_columns"}


@pytest.mark.parametrize(
    ("found", "said", "unsaid"),
    [
        ([], [], ["个人信息"]),
        ([{"where": "身份证号码", "what": "id_number", "count": 12}], ["身份证号码：身份证号 12 个", "只用来查重复"], ["表格外面"]),
        (
            [{"where": "批注", "what": "phone", "count": 3, "around": True}],
            ["表格外面也夹着个人信息", "批注：电话号码 3 个"],
            ["只用来查重复"],
        ),
    ],
)
def test_what_stood_around_the_table_is_told_apart_from_its_columns(app, found, said, unsaid):
    text = shown(app, found)

    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_a_list_of_disabled_people_under_full_names_is_asked_about(clerk):
    rows = ["甲\t肢体\t二级\t220", "乙\t精神\t一级\t200", "丙\t智力\t一级\t120"]
    page = pastes(clerk, "\n".join(["姓名\t残疾类别\t残疾等级\t补助金额(元)", *rows]), "disaster-relief")

    assert "表里有一列几乎每行都填了，列名写着“残疾类别”" in page.text
    assert "/desk/help#sensitive_roster" in {address for _words, address in page.links}
    assert "reason-sensitive_roster" in page.form("下一步").fields
    assert "肢体" not in page.html


def test_figures_that_may_be_a_number_stay_and_are_asked_about_and_numbers_in_odd_spellings_go(clerk):
    spelled = "  +  ".join((ID[:6], ID[6:14], ID[14:]))
    rows = ["1组\t甲\t2\t100\t分三段 1352000 4500", f"1组\t乙\t3\t150\t{spelled}", "1组\t丙\t3\t150\t账号88190120000000010"]
    page = pastes(clerk, "\n".join(["组\t户主姓名\t补贴面积(亩)\t补贴金额(元)\t备注", *rows]))

    assert "里的几个数连起来像是手机号" not in page.text  # 备注 is for staff only
    assert page.heading == "有 2 处要改"
    assert ID[6:14] not in page.html
    assert "88190120" not in page.html


def test_a_reason_holds_for_the_row_that_it_was_given_for(clerk):
    head = "户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)"
    page = pastes(clerk, "\n".join([head, "张小三\t2\t93.6\t190", "李四\t1\t93.6\t93.6"]))
    page = clerk.submits(page, "下一步", **{"reason-product_differs": "第2行零头不要"})
    assert page.path.endswith("/facts")

    table = clerk.sees(f"{draft_of(page)}/table")
    fields = table.form("存好，再核一遍").fields
    first, second = (next(name for name, values in fields.items() if values == [value]) for value in ("190", "93.6"))
    amounts = {first: "187.2", next(name for name in fields if name.startswith("cell-3-") and name.endswith(first[-2:])): "95"}
    clerk.submits(table, "存好，再核一遍", **amounts)
    ready = clerk.sees(f"{draft_of(page)}/ready")
    assert ready.form("下一步").fields["reason-product_differs"] == ["第2行零头不要"], "what was typed stays"
    assert "写好才能送审" in clerk.sees(f"{draft_of(page)}/finish").text, "but it was about another row"
    again = clerk.submits(ready, "下一步", **{"reason-product_differs": "第3行多给一块四"})
    assert again.path.endswith("/facts")
    assert second
