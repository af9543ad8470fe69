"""An address from a poster in what somebody pasted."""

from __future__ import annotations

import pytest

from board.rules.printed_address import path


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("https://gk.example.cn/n/123456789/510521116227/2", "/n/123456789/510521116227/2"),
        ("HTTPS://GK.EXAMPLE.CN/N/123456789", "/n/123456789"),
        ("gk.example.cn/w/123456789", "/w/123456789"),
        ("https://gk.example.cn/a/510521116227?view=large", "/a/510521116227"),
        ("【明白公开栏】点开看：https://gk.example.cn/n/123456789，转给家里人", "/n/123456789"),
        ("ｈｔｔｐｓ：／／ｇｋ．ｅｘａｍｐｌｅ．ｃｎ／ｎ／１２３４５６７８９", "/n/123456789"),
        ("123456789", ""),
        ("/n/12345678", ""),
        ("/n/1234567890", ""),
        ("https://elsewhere.example.cn/x/123456789", ""),
        ("", ""),
    ],
)
def test_an_address_is_read_out_of_what_was_pasted(pasted: str, found: str) -> None:
    assert path(pasted) == found
