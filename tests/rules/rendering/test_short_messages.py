"""A notice in a few words: a message of 70 characters with all that must be in it, and the lines for a village's group."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from board import kinds
from board.rules.notice.proposal import ProposedPart
from board.rules.rendering.short_messages import MOST, group_text, sms, units
from tests.rules.notice.test_page import FACTS, GAODONG, TOWN, page

ADDRESS = "gk.luxian.gov.cn/n/123456789"
LONGEST_HOST = "w" * 32 + "/n/123456789"
TITLE = "泸县百和镇2026年耕地地力保护补贴发放公示"


def test_a_short_title_leaves_room_for_the_address_and_whom_to_ring():
    text = sms(page(number="123456789", title="补贴公示"), GAODONG, "gk.cn/n/123456789")

    assert text == "高洞社区：补贴公示，4户共1034.28元，公示到11月27日，看gk.cn/n/123456789，问0830-8191234。"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("gk.cn/n/123456789", "高洞社区耕地地力保护补贴，4户共1034.28元，公示到11月27日，看gk.cn/n/123456789，问0830-8191234。"),
        (ADDRESS, "高洞社区耕地地力保护补贴，4户共1034.28元，公示到11月27日，编号123456789，问0830-8191234。"),
    ],
)
def test_a_long_title_gives_way_to_its_kind_and_a_long_address_to_the_number(address, said):
    text = sms(page(number="123456789", title=TITLE), GAODONG, address)

    assert text == said
    assert units(text) <= MOST


def test_accounts_say_what_came_in_and_what_went_out():
    totals = {"income": "12000.00", "spending": "8000.50", "balance": "4000.00"}

    assert "收入12000.00元支出8000.50元" in sms(page("village-finance", number="123456789", totals=totals, parts=[]), TOWN, ADDRESS)


def test_a_notice_without_money_says_until_when():
    text = sms(page("land-pre-notice", number="123456789", totals={}, parts=[], title="征收土地预公告"), TOWN, ADDRESS)

    assert text.startswith("百和镇：征收土地预公告，公示到11月27日，看")


def test_a_period_that_ends_in_another_year_says_which():
    assert "公示到2027年1月3日" in sms(page(number="123456789", starts="2026-12-27", ends="2027-01-03"), GAODONG, ADDRESS)


def test_a_rare_character_counts_twice_as_the_gateway_counts_it():
    assert units("𠅤村") == 3


NAMES = st.text(st.sampled_from("村社区镇高洞𠅤𬭎一二三"), min_size=1, max_size=60)
YUAN = st.integers(0, 10**17).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")


@example("village-finance", "一", "一", "100000000000000.00", ADDRESS, "【演示】")  # sums that leave no room for a name
@given(
    st.sampled_from(sorted(kinds.load())), NAMES, NAMES, YUAN, st.sampled_from([ADDRESS, LONGEST_HOST]), st.sampled_from(["", "【演示】"])
)
def test_the_sum_the_last_day_and_the_way_always_fit(kind, place, title, amount, address, mark):
    totals = {"amount": amount} if kinds.load()[kind].column("amount") else {"income": amount, "spending": amount}
    frozen = {"kind": kinds.load()[kind].source, "areas": {GAODONG: place}, "publisher": ""}
    part = ProposedPart(GAODONG, 12_345, totals, "")
    shown = page(kind, number="123456789", title=title, frozen=frozen, parts=[part], totals=totals)
    text = sms(shown, GAODONG, address, mark)

    assert units(text) <= MOST
    assert text.startswith(mark)
    assert "11月27日" in text
    assert "编号123456789" in text or address in text
    assert f"{amount}元" in text or not any(column.type == "money" for column in kinds.load()[kind].columns)


def test_the_lines_for_the_group_say_it_all_and_name_nobody():
    facts = FACTS | {"objection_person": "张老师"}
    text = group_text(page(number="123456789", title=TITLE, facts=facts), GAODONG, f"https://{ADDRESS}/{GAODONG}", "演示数据")

    assert text.splitlines() == [
        "【演示数据】",
        TITLE,
        "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。",
        "公示到 2026年11月27日。",
        f"看明细：https://{ADDRESS}/{GAODONG}",
        "有疑问打电话：0830-8191234",
        "这里不写姓名。本站从不索要银行卡号、密码、验证码。",
    ]
