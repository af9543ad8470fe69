"""A notice as an official document in plain text, for the clerk to paste into the county's portal."""

from __future__ import annotations

NAMES = ("张小三", "张*三", "李四", "王五", "赵六", "钱七")


def test_the_official_text_is_downloaded_under_the_number(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}/official.txt")

    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f'filename="{number}.txt"' in page.headers["Content-Disposition"]
    assert "百和镇2026年耕地地力保护补贴公示" in page.text
    assert not [name for name in NAMES if name in page.text]
