"""A clerk looks after his township's walls."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from board.models import Ledger, db
from board.store import walls
from board.store.proof import notices
from tests.store.posted import GAODONG, TOWN

SPOT = "村委会门口"


def photo(kind: str = "JPEG") -> bytes:
    """A tablet's photo, with the place where it was taken."""
    picture, notes, held = Image.new("RGB", (640, 480), "#885533"), Image.Exif(), io.BytesIO()
    notes[0x010E] = "村民张小三"
    notes.get_ifd(0x8825)[2] = (28.0, 52.0, 1.0)
    picture.save(held, kind, exif=notes)
    return held.getvalue()


@pytest.fixture
def wall(clerk):
    """A wall as its clerk adds it."""
    page = clerk.submits(f"/desk/walls/{GAODONG}", "添上", spot=SPOT)
    assert page.heading == "高洞社区 · 村委会门口"
    return walls.of_place(GAODONG)[0]


def actions() -> list[str]:
    return [entry.action for entry in db.session.query(Ledger).filter_by(home=GAODONG).order_by(Ledger.height)]


def test_the_clerk_sees_which_village_has_no_wall_and_adds_one(clerk, wall):
    page = clerk.sees("/desk/walls")
    rows = re.findall(r"<tr><td class=\"d\">.*?</tr>", page.html, re.DOTALL)
    assert [SPOT in row for row in rows if "高洞社区" in row] == [True]
    assert len([row for row in rows if "还没有墙" in row]) == 13 - 1
    assert "还没有查过" in page.text
    assert actions() == ["wall.added"]


@pytest.mark.parametrize(
    ("spot", "said"), [("", "请写墙在哪里"), ("门", "请写墙在哪里"), ("门" * 31, "请写墙在哪里"), ("问13800138000", "已用 ● 盖住")]
)
def test_a_spot_that_tells_nothing_or_somebodys_phone_is_not_taken(clerk, spot, said):
    page = clerk.submits(f"/desk/walls/{GAODONG}", "添上", spot=spot)
    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert walls.of_place(GAODONG) == []


def test_a_photo_is_kept_without_the_place_where_it_was_taken_and_staff_alone_see_it(clerk, villager, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}", "存照片", photo=(photo(), "IMG_张小三.jpg"))
    assert "拍照地点已去掉" in page.text
    kept = clerk.sees(f"/desk/walls/{wall.number}/photo").data
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((640, 480), {})
    assert villager.sees(f"/desk/walls/{wall.number}/photo").path == "/sign-in"
    assert "照片" not in villager.sees(f"/w/{wall.number}").text
    assert actions() == ["wall.added", "wall.photo"]


@pytest.mark.parametrize(
    ("file", "said"), [((b"%PDF-1.4 x", "a.pdf"), "PDF"), ((b"not a picture", "a.jpg"), "附件只收"), ((b"", ""), "还没有选照片")]
)
def test_what_is_no_photo_is_not_kept(clerk, wall, file, said):
    page = clerk.submits(f"/desk/walls/{wall.number}", "存照片", photo=file)
    assert page.status == 422
    assert said in page.text
    assert walls.find(wall.number).photo is None


@pytest.mark.parametrize(("form", "kind", "begins"), [("pdf", "application/pdf", b"%PDF"), ("svg", "image/svg+xml", b"<svg")])
def test_the_plate_is_there_for_the_sign_maker(clerk, wall, form, kind, begins):
    made = clerk.sees(f"/desk/walls/{wall.number}/plate.{form}")
    assert made.headers["Content-Type"].split(";")[0] == kind
    assert made.data.startswith(begins)
    assert made.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_without_a_public_address_no_plate_is_printed(app, clerk, wall):
    app.config["PUBLIC_ADDRESS"] = ""
    assert "公开的网址还没有设" in clerk.sees(f"/desk/walls/{wall.number}").text
    assert clerk.sees(f"/desk/walls/{wall.number}/plate.pdf").status == 404


def test_a_wall_is_closed_only_when_the_clerk_says_that_it_is_really_gone(clerk, wall):
    page = clerk.submits(f"/desk/walls/{wall.number}", "记下墙撤掉了")
    assert "请先勾上" in page.text
    page = clerk.submits(f"/desk/walls/{wall.number}", "记下墙撤掉了", sure=True)
    assert "2026年11月22日撤掉" in page.text
    assert "还没有墙" in next(row for row in re.findall("<tr>.*?</tr>", clerk.sees("/desk/walls").html, re.DOTALL) if "高洞社区" in row)
    assert actions() == ["wall.added", "wall.closed"]
    assert notices.first_fault() is None


def test_the_reviewer_may_look_and_not_add_and_another_townships_clerk_sees_nothing(reviewer, person, wall):
    assert reviewer.sees(f"/desk/walls/{wall.number}").status == 200
    assert reviewer.sees(f"/desk/walls/{GAODONG}").status == 403
    stranger = person("hushi-clerk")
    for address in (f"/desk/walls/{wall.number}", f"/desk/walls/{GAODONG}", f"/desk/walls/{TOWN}", f"/desk/walls/{wall.number}/photo"):
        assert stranger.sees(address).status == 404
