"""The administrator's page for the public address: what stands there in each state, and what to do."""

from __future__ import annotations

import pytest

from tests.web.proving import REAL, REAL_BOARD


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"DEMO": True}, "这是演示，网址不用试"),
        ({"PUBLIC_ADDRESS": ""}, "请在服务器的设置里写上 PUBLIC_ADDRESS"),
        ({"PUBLIC_ADDRESS": "https://gk.example.cn"}, "这是举例用的网址，谁也打不开"),
        ({}, "用手机（关掉 WiFi，用流量）扫这个码"),
    ],
    ids=["demo", "not set", "for examples", "not proven"],
)
def test_the_page_says_what_is_the_matter_and_what_to_do(app, admin, network, settings, words):
    app.config.update(REAL_BOARD | settings)
    page = admin.sees("/admin/address")

    assert words in page.text
    assert ("<svg" in page.html) == (not settings)  # the code for the phone
    assert network.asked == []  # a look at the page asks nobody


def test_the_administrator_lets_the_server_try(app, admin, network):
    app.config.update(REAL_BOARD)
    network.leads = "nowhere"
    assert f"公开网址 {REAL} 还没有证实打得开" in admin.submits("/admin/address", "让服务器自己试一次").text

    network.leads = "here"
    page = admin.submits("/admin/address", "让服务器自己试一次")
    assert "网址打得开" in page.text
    assert "试过了，打得开" in page.text
