"""A table in a form: what is refused, and what is said of a file, whether it begins a draft or replaces a table."""

from __future__ import annotations

import pytest

from board.slots import Slots
from tests.web.drafting import begins

TABLE = "组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)\n1组\t甲\t2\t93.6\t187.2"


@pytest.fixture(params=["first", "later"])
def form(request, clerk):
    """The page with a form for a table: that begins a draft, or of a draft."""
    return "/desk/new" if request.param == "first" else begins(clerk, "cropland-subsidy", "510521116004").path


def test_nothing_is_asked_for(clerk, form):
    assert "还没有选文件。请先点“选择文件”。" in clerk.submits(form, "上传").text
    assert "还没有粘贴表格。" in clerk.submits(form, "用粘贴的表格", table=" ").text


def test_what_is_no_sheet_is_told_with_what_to_do(clerk, form):
    page = clerk.submits(form, "上传", file=(b"%PDF-1.7 nothing", "a.pdf"))
    assert page.status == 422
    assert [address for words, address in page.links if words == "这是什么意思？"]


def test_with_too_many_uploads_at_once_one_is_asked_to_wait(clerk, form, monkeypatch):
    full = Slots(running=1, waiting=0, patience=0)
    monkeypatch.setattr("board.web.desk.upload.UPLOADS", full)
    with full.slot():
        page = clerk.submits(form, "用粘贴的表格", table=TABLE)
    assert (page.status, page.headers["Retry-After"]) == (503, "30")
