"""Line break of a long title."""

from __future__ import annotations

import pytest

from board.rules.notice.headline import ONE_LINE, title_lines


@pytest.mark.parametrize(
    ("title", "name", "lines"),
    [
        ("百和镇2026年11月临时救助公示", "低保、特困、临时救助", ["百和镇2026年11月临时救助公示"]),
        ("泸县百和镇2026年耕地地力保护补贴发放公示", "耕地地力保护补贴", ["泸县百和镇2026年", "耕地地力保护补贴发放公示"]),
        ("胡市镇黄桷村2026年第三季度财务收支公开", "村级财务收支", ["胡市镇黄桷村2026年第三季度", "财务收支公开"]),
        ("北塔区2020年第一批中央财政扶贫专项资金安排公示", "衔接资金（扶贫）项目", ["北塔区2020年", "第一批中央财政扶贫专项资金安排公示"]),
        ("没有年份也没有事项名称的很长很长的一个标题", "耕地地力保护补贴", ["没有年份也没有事项名称的很长很长的一个标题"]),
    ],
)
def test_a_long_headline_breaks_between_words(title, name, lines):
    assert title_lines(title, name).split("\n") == lines


def test_a_title_that_fits_stays_on_one_line():
    title = "一" * ONE_LINE
    assert title_lines(title, "低保") == title
