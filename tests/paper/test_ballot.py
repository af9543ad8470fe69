"""A page of ballots: two alike, on one page, with a box for each word."""

from __future__ import annotations

from board.paper.ballot import Ballot, ballots
from tests.paper.conftest import Printer

WORDS = Ballot(
    title="高洞社区 2026年村务公开评议票",
    how="在方框里打勾。",
    questions=("及时吗？", "看得懂吗？", "答复得清楚吗？"),
    words=("非常满意", "满意", "基本满意", "不满意", "非常不满意"),
    where="投到意见箱。",
    demo_mark="演示数据",
)


def test_two_ballots_fit_one_page(printer: Printer) -> None:
    (text,) = printer.texts(ballots(WORDS))
    plain = "".join(text.split())
    for words in (WORDS.how, *WORDS.questions, WORDS.where, WORDS.demo_mark):
        assert plain.count("".join(words.split())) == 2
    assert plain.count("基本满意") == 6
