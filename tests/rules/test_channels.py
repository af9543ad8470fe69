"""What a clerk says of where else a notice was published: a channel of the list, a day that can be, and a proof that fits."""

from __future__ import annotations

from datetime import date

import pytest

from board import policies
from board.rules import channels

FORMED, DAY, TODAY = date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 22)
PAGE = "https://www.example.gov.cn/2026/11/t1.html"


def fault(channel="website", day=DAY, detail="", address="", photo=False):
    return channels.fault(policies.channels(), channel, day, detail, address, photo=photo, formed=FORMED, today=TODAY)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"address": PAGE}, None),
        ({"channel": "broadcast", "photo": True}, None),
        ({"channel": "gazette", "address": PAGE}, None),
        ({"channel": "gazette", "photo": True}, None),
        ({"channel": "nowhere", "address": PAGE}, "channel"),
        ({"day": None, "address": PAGE}, "day"),
        ({"day": date(2026, 11, 23), "address": PAGE}, "future"),
        ({"day": TODAY, "address": PAGE}, None),
        ({"day": date(2026, 10, 31), "address": PAGE}, "early"),
        ({"day": FORMED, "address": PAGE}, None),
        ({"detail": "某" * 121, "address": PAGE}, "long"),
        ({"photo": True}, "no_address"),
        ({"channel": "broadcast", "address": PAGE}, "no_photo"),
        ({"channel": "gazette"}, "no_proof"),
        ({"channel": "broadcast", "photo": True, "address": "javascript:alert(1)"}, "address"),
    ],
)
def test_the_first_thing_wrong_is_named(said, wrong):
    assert fault(**said) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "ftp://a.cn/x",
        "http://",
        "https://localhost/x",
        "https://u:p@a.cn/",
        "https://a.cn/ x",
        "https://[",
        "a.cn/x",
        "https://a.cn/" + "x" * 200,
    ],
)
def test_only_the_address_of_a_web_page_is_one(text):
    assert not channels.is_address(text)


def test_the_list_is_that_of_the_standard_and_each_knows_its_proof():
    known = policies.channels()
    assert [one.label.zh for one in known.values()][:3] == ["政府网站", "政府公报", "两微一端（微博、微信、客户端）"]
    assert len(known) == 13
    assert {one.proof for one in known.values()} == {"address", "photo", "either"}
