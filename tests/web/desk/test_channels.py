"""A clerk notes where else a notice was published, with its proof; villagers read it on the notice's page."""

from __future__ import annotations

import pytest

from tests.web.displaying import photo

PAGE = "https://www.example.gov.cn/2026/11/t1.html"


@pytest.fixture
def channels(number):
    return f"/desk/notices/{number}/channels"


def test_a_clerk_notes_the_website_and_the_radio_and_a_villager_reads_both(clerk, villager, number, channels):
    page = clerk.sees(f"/desk/notices/{number}")
    assert "还没有登记" in clerk.sees(page.link("还在哪里公开：登记网站、广播、查阅点")).text
    page = clerk.submits(channels, "记下", channel="website", on="2026-11-22", detail="惠农补贴一栏", address=PAGE)
    assert "群众在公示页上看得到" in page.text
    clerk.submits(channels, "记下", channel="broadcast", on="2026.11.22", detail="村广播早上七点", photo=photo())

    seen = villager.sees(f"/n/{number}").text
    assert "还在哪里公开" in seen
    assert "政府网站，2026年11月22日" in seen
    assert PAGE in seen
    assert "广播电视，2026年11月22日（有照片存档）" in seen
    assert villager.sees(f"{channels}/2.jpg").path == "/sign-in"


def test_the_proof_is_for_staff_and_the_county(clerk, auditor, channels):
    clerk.submits(channels, "记下", channel="broadcast", on="2026-11-22", photo=photo())
    for one in (clerk, auditor):
        assert one.sees(f"{channels}/1.jpg").data[:3] == b"\xff\xd8\xff"
        assert one.sees(f"{channels}/2.jpg").status == 404


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"channel": ""}, "请选是在哪里公开的"),
        ({"on": "明天"}, "请写哪天公开的"),
        ({"on": "2027-01-01"}, "不能写以后的"),
        ({"address": ""}, "请把那一页的网址贴上来"),
        ({"address": "www.example.gov.cn"}, "要以 http:// 或 https:// 开头"),
        ({"channel": "broadcast", "address": ""}, "请传一张照片作凭据"),
        ({"detail": "请打 13800138000"}, "手机号"),
        ({"detail": "张小三家门口"}, "不要写人名：张小三"),
        ({"address": "https://www.example.gov.cn/%E5%BC%A0%E5%B0%8F%E4%B8%89/"}, "不要写人名：张小三"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(clerk, channels, said, told):
    page = clerk.submits(channels, "记下", **{"channel": "website", "on": "2026-11-22", "detail": "惠农补贴一栏", "address": PAGE} | said)
    assert page.status == 422
    assert told in page.text
    assert "13800138000" not in page.text
    assert "还没有登记" in page.text


def test_an_entry_noted_by_mistake_is_taken_off(clerk, villager, number, channels):
    clerk.submits(channels, "记下", channel="website", on="2026-11-22", address=PAGE)
    assert "已经去掉" in clerk.submits(channels, "登记错了，去掉").text
    assert "还在哪里公开" not in villager.sees(f"/n/{number}").text
