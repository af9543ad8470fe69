"""Staff stand before a wall and find out whose the codes on it are."""

from __future__ import annotations

import io

import pytest
import qrcode
from PIL import Image

from board import codes
from board.models import Ledger, WallCheck, db
from board.paper import qr
from board.store import notices, people, walls
from board.store.proof import notices as proof
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, NEXT, post

BASE = "https://gk.example.cn"
BAD = "https://qr.pay.example/fkx13800138000?payee=zhang"


@pytest.fixture
def posted(app):
    return post()


@pytest.fixture
def wall(posted):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def photo(*texts: str, kind: str = "JPEG") -> tuple[bytes, str]:
    """A tablet's photo of a wall with these codes on it."""
    picture, held = Image.new("RGB", (500 * max(len(texts), 1), 500), "#b0a898"), io.BytesIO()
    for place, text in enumerate(texts):
        code = qrcode.make(text).convert("RGB").resize((360, 360))
        picture.paste(code, (500 * place + 70, 70))
    picture.rotate(7, fillcolor="#b0a898").save(held, kind)
    return held.getvalue(), "IMG_1.jpg"


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


def test_a_strangers_code_pasted_over_ours_is_told_to_the_clerk_at_once_and_to_the_county(clerk, auditor, villager, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}/check", "认一认", photo=photo(BAD))
    assert "不是我们的码" in page.text
    assert "打 110 报警" in page.text
    assert BAD not in page.html
    assert not [address for _, address in page.links if "pay.example" in address]

    told = auditor.follows(auditor.sees("/audit/walls"), "查墙查出 1 个不是我们印的码")
    assert "https://qr.pay.example/fkx●●●●●●●●●●●" in told.text
    assert "打 110 报警" in told.text
    assert "还没有再查" in told.text
    assert not [address for _, address in told.links if "pay.example" in address]
    assert "2026年11月22日查出不是我们的码" in clerk.sees("/desk/walls").text
    assert "pay.example" not in villager.sees(f"/w/{wall.number}").text
    entry = db.session.query(Ledger).filter_by(home=GAODONG, action="wall.checked").one()
    assert entry.body == {"no": 1, "way": "photo", "finding": "foreign", "read": "https://qr.pay.example/fkx●●●●●●●●●●●"}


def test_after_it_was_torn_off_and_checked_again_the_county_sees_that_too(clerk, person, wall, at):
    clerk.submits(f"/desk/walls/{wall.number}/check", said=BAD)
    at("2026-11-23")
    person("baihe-clerk").submits(f"/desk/walls/{wall.number}/check", said=f"HTTPS://GK.EXAMPLE.CN/W/{wall.number}")
    assert "2026年11月23日又查过" in person("luxian-auditor").sees("/audit/walls/foreign").text


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
