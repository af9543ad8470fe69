"""What is sent of a notice: the lines for a village's group and the SMS, each with the way to the notice, and without a name."""

from __future__ import annotations

import pytest

from board.store import notices
from board.web import messages
from board.web.public.posted_pages import page_of
from tests.store.posted import GAODONG, NEXT
from tests.web.publishing import NAMES


@pytest.fixture
def page(app, number):
    """A notice as its readers see it, within a request."""
    with app.test_request_context():
        yield page_of(notices.find(number))


def test_each_village_has_a_text_and_a_message_to_send(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}/{GAODONG}")

    assert f"看明细：https://gk.example.cn/n/{number}/{GAODONG}" in page.html
    assert "【演示】" in page.html
    assert "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。" in page.html
    assert not [name for name in (*NAMES, "张*三") if name in page.text]


@pytest.mark.parametrize(
    ("place", "figures"), [(GAODONG, "高洞社区：耕地补贴 4 户，共 1,034.28 元"), (NEXT, "旁边的村：耕地补贴 1 户，共 468.00 元")]
)
def test_the_lines_for_the_group_are_those_of_the_place(page, place, figures):
    lines = messages.group_text(page, place).splitlines()

    assert lines[0] == "【演示数据】"
    assert lines[2].startswith(figures)
    assert f"看明细：https://gk.example.cn/n/{page.number}/{place}" in lines


@pytest.mark.parametrize(("demo", "starts"), [(True, "【演示】"), (False, "高洞社区")])
def test_the_sms_fits_and_leads_to_the_notice(app, page, demo, starts):
    app.config["DEMO"] = demo
    sent = messages.sms(page, GAODONG)

    assert sent.startswith(starts)
    assert len(sent) <= 70
    assert "4户共1034.28元" in sent
    assert page.number in sent
