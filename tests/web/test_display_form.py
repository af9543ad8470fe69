"""The form that says of a sheet that it hangs or came down: every fault is said at once, and nothing typed is lost."""

from __future__ import annotations

import pytest

from board.models import Ledger, db
from tests.web.displaying import says


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "2026-11-23"}, "贴的日子不能写以后的。"),
        ({"on": "2026-11-19"}, "这份公示 2026年11月20日 才公布，贴的日子不会更早。"),
        ({"on": "前天"}, "请写哪天贴的，例如 2026-11-22。"),
        ({"by": " "}, "请写您是谁：姓名或者职务都行。"),
        ({"spot": ""}, "请写贴在哪里，例如：居委会门口。"),
        ({"by": "老王" * 40}, "各最多 60 个字。"),
        ({"by": "老王 13800138000"}, "这句话里有手机号，已用 ● 盖住。"),
        ({"photo": (b"no picture", "a.jpg")}, "照片没有收下："),
        ({"photo": (b"%PDF-1.4\n%%EOF", "a.pdf")}, "照片没有收下："),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(villager, link, typed, words):
    page = says(villager, link, **typed)

    assert page.status == 422
    assert words in page.text
    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == 0


def test_everything_wrong_is_said_at_once_and_what_was_typed_stands_there_again(villager, link):
    page = says(villager, link, on="2026-11-23", by="", spot="小学门口")

    assert "贴的日子不能写以后的。" in page.text
    assert "请写您是谁" in page.text
    assert 'value="小学门口"' in page.html


def test_a_day_before_it_was_hung_is_no_day_to_take_it_down(villager, link):
    says(villager, link)

    assert villager.submits(link, "已取下", down="2026-11-21").status == 422
