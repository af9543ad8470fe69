"""Staff stand before a wall and find out whose the codes on it are."""

from __future__ import annotations

import pytest

from board import codes
from board.models import WallCheck, db
from board.paper import qr
from board.store import notices, people, walls
from board.store.proof import notices as proof
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, NEXT
from tests.web.photographing import photo

BASE = "https://gk.example.cn"


@pytest.fixture
def wall(posted):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def findings() -> list[tuple[str, str, str]]:
    db.session.rollback()
    return [(one.way, one.finding, one.read) for one in db.session.query(WallCheck).order_by(WallCheck.no)]


def test_the_clerk_photographs_plate_and_sheet_and_both_are_right(clerk, posted, wall):
    sheet = qr.address(BASE, posted.number, GAODONG, 1)
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "认一认", photo=photo(qr.wall_address(BASE, wall.number), sheet))
    assert page.text.count("是我们的码，是最新的") == 2
    assert sorted(findings()) == sorted([("photo", "good", qr.wall_address(BASE, wall.number)), ("photo", "good", sheet)])
    assert "2026年11月22日查过" in clerk.sees("/desk/walls").text
    assert proof.first_fault() is None


def test_the_camera_sends_what_it_read(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", said=f"HTTPS://GK.EXAMPLE.CN/W/{wall.number}")
    assert "是我们的码，是最新的" in page.text
    assert findings()[0][:2] == ("camera", "good")


def test_another_villages_sheet_and_one_that_was_taken_down_do_not_belong_here(clerk, posted, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", said=qr.address(BASE, posted.number, NEXT, 1))
    assert "不该贴在这面墙上" in page.text
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    page = clerk.submits(f"/desk/walls/{wall.number}/check", said=qr.address(BASE, posted.number, GAODONG, 1))
    assert "这份公示已经撤下" in page.text
    assert "请马上取下来" in page.text


def test_a_sheet_that_a_correction_elsewhere_left_alone_is_over_on_its_own_day(app, person, posted, at):
    here = walls.add(NEXT, "村委会门口", people.named("baihe-clerk").id, AT)
    correct(posted, TWO_AND_ONE, at=AT.replace(day=24))  # 高洞社区's new sheet hangs till 12-01
    at("2026-11-28")
    said = f"HTTPS://GK.EXAMPLE.CN/N/{posted.number}/{NEXT}/1"

    assert "公示期已满" in person("baihe-clerk").submits(f"/desk/walls/{here.number}/check", said=said).text


def test_a_typed_number_is_compared_and_said_to_prove_little(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "对一对", typed=f"{wall.number[:3]} {wall.number[3:]}")
    assert "只对了编号，没有扫码" in page.text
    assert findings()[0][:2] == ("typed", "good")
    assert "还没有查过" in clerk.sees("/desk/walls").text


def test_a_photo_without_a_code_is_taken_again_or_noted_as_unreadable(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "认一认", photo=photo())
    assert page.status == 422
    assert "照片上没有认出二维码" in page.text
    assert findings() == []
    page = clerk.submits(page, "试了几次都扫不出来")
    assert "扫不出来" in page.text
    assert findings() == [("photo", "unreadable", "")]


@pytest.mark.parametrize(
    ("file", "said"),
    [((b"%PDF-1.4", "a.jpg"), "不是照片"), ((b"\xff\xd8\xff\xe0 cut", "a.jpg"), "照片不完整"), ((b" ", "a.jpg"), "空的")],
)
def test_a_file_that_is_no_photo_says_what_to_do(clerk, wall, file, said):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "认一认", photo=file)
    assert page.status == 422
    assert said in page.text


def test_a_slip_of_the_finger_calls_nobody(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "对一对", typed=wall.number[:-1] + str((int(wall.number[-1]) + 1) % 10))
    assert page.status == 422
    assert "可能打错了" in page.text
    assert "110" not in page.text
    assert findings() == []


def test_nothing_read_nothing_noted(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "对一对", typed=" ")
    assert "请扫码、拍照，或者输码下面的编号" in page.text
    assert findings() == []


def test_only_this_page_may_ask_for_the_camera_and_its_script_is_ours(clerk, wall):
    page = clerk.sees(f"/desk/walls/{wall.number}/check")
    assert page.headers["Permissions-Policy"] == "camera=(self), geolocation=(), microphone=()"
    assert clerk.sees("/desk").headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert '<script src="/static/wallscan.js" defer></script>' in page.html


def test_a_png_is_read_as_well_and_each_code_once():
    text = qr.wall_address(BASE, "123456789")
    assert codes.read(photo(text, text, kind="PNG")[0]) == [text]
