"""The picture of one place's part of a notice, for the village's group: how much, until when and a code, and no names."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from board.store import notices
from board.web.public import share
from board.web.public.posted_pages import page_of
from tests.store.posted import GAODONG, NEXT
from tests.web.publishing import NAMES


def test_a_villages_picture_is_for_a_phone_and_its_code_opens_the_place(villager, number):
    picture = villager.sees(f"/n/{number}/{GAODONG}/share.png")
    drawn = Image.open(io.BytesIO(picture.data))

    assert (drawn.format, drawn.size) == ("PNG", (1080, 1440))
    assert zxingcpp.read_barcode(drawn).text == f"HTTPS://GK.EXAMPLE.CN/N/{number}/{GAODONG}/1"
    assert picture.headers["X-Robots-Tag"] == "noindex"
    assert picture.data == villager.sees(f"/n/{number}/{GAODONG}/share.png").data


@pytest.mark.parametrize(("place", "name", "total"), [(GAODONG, "高洞社区", "1,034.28 元"), (NEXT, "旁边的村", "468.00 元")])
def test_the_picture_says_the_figures_of_its_place_and_no_name(app, number, place, name, total):
    with app.test_request_context():
        said = share.shared(page_of(notices.find(number)), place)

    assert (said.place, said.period, said.phone) == (name, "公示到 2026年11月27日", "0830-8191234")
    assert total in [value for _label, value in said.figures]
    assert said.demo_mark == "演示数据"
    assert not [one for one in NAMES if one in str(said)]


def test_the_picture_is_gone_with_its_notice(villager, reviewer, number):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="第 2 号的面积写错了，重新核对", leak="0", sure=True)

    assert villager.sees(f"/n/{number}/{GAODONG}/share.png").status == 410
    assert reviewer.sees(f"/desk/notices/{number}/{GAODONG}").status == 404
    assert reviewer.sees(f"/desk/notices/{number}/official.txt").status == 404


def test_a_place_that_is_not_there_has_no_picture(villager, number):
    assert villager.sees(f"/n/{number}/510521116999/share.png").status == 404
