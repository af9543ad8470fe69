"""A village's answered questions as they come out of the printer: one page, as large as all of them fit, or as many as fit."""

from __future__ import annotations

import re

import pytest

from board.paper import qr
from board.paper.answers_poster import Answered, AnswersPoster, answers_poster
from board.paper.poster import Phone
from tests.paper import posters
from tests.paper.conftest import Printer, codes

WALL = qr.wall_address(posters.ADDRESS, "377527858")


def asked(no: int, answer: str = "都不算。按确权证上的面积算；退耕还林、改成鱼塘、盖了房子的，也要减掉。") -> Answered:
    return Answered(
        f"第{no}问：新开的荒地、退耕还林的地算不算？", answer, "百和镇2026年耕地地力保护补贴公示", "377 527 858", "2026年11月22日"
    )


def poster(*answered: Answered) -> AnswersPoster:
    return AnswersPoster(
        place_name="高洞社区",
        spot="村委会门口",
        answered=answered,
        phones=(Phone("", "0830-8190001", "农业服务中心"),),
        qr_text=WALL,
        short_address="mingbai.example/w/377527858",
        printed="2026年11月22日",
    )


def said(made: AnswersPoster, printer: Printer) -> str:
    (text,) = printer.texts(answers_poster(made))
    return "".join(text.split())


@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_it_is_one_page_with_as_many_as_fit_and_says_how_many_more_there_are(printer: Printer, count: int) -> None:
    text = said(poster(*map(asked, range(1, count + 1))), printer)
    shown = [int(no) for no in re.findall(r"问：第(\d+)问", text)]
    more = re.search(r"还有(\d+)条", text)

    assert shown == list(range(1, len(shown) + 1))
    assert len(shown) + (int(more[1]) if more else 0) == count
    assert len(shown) >= min(count, 7)
    assert ("现在还没有公开的问答" in text) == (count == 0)


def test_an_answer_that_is_too_long_makes_room_for_the_next_and_alone_leads_to_the_web(printer: Printer) -> None:
    long = asked(1, "长" * 2000 + "\n" + "长" * 2000)
    text = said(poster(long, asked(2)), printer)
    assert "第2问" in text
    assert "第1问" not in text
    assert "还有1条" in text

    text = said(poster(long), printer)
    assert "第1问" in text
    assert "答复写得长，请扫码看" in text


def test_what_is_typed_is_text_and_the_code_opens_the_wall(printer: Printer) -> None:
    made = answers_poster(poster(asked(1, "#strong[不算] $x$")))

    assert "#strong[不算]$x$" in "".join(printer.texts(made)[0].split())
    assert codes(printer.pictures(made)[0]) == [WALL]
    assert made == answers_poster(poster(asked(1, "#strong[不算] $x$")))
