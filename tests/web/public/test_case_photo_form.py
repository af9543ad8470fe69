"""A villager adds photos behind his receipt, and deletes them; what cannot be taken is told with what to do."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from board.attachments.limits import MOST_BYTES
from board.models import CasePhoto, db
from board.store.cases import case_photos
from board.store.clock import now
from tests.store.posted import TOWN
from tests.web.asking import answers, asks, looks_up, receipt_on


def photo(shade: int = 0) -> tuple[bytes, str]:
    held = io.BytesIO()
    Image.new("RGB", (400, 300), (shade, 200, 240)).save(held, "JPEG")
    return held.getvalue(), "张小三.jpg"


def from_a_phone() -> tuple[bytes, str]:
    """Return a photo of 8 MB with the place where it was taken, held upright."""
    grain = Image.frombytes("RGB", (3000, 4000), random.Random(1).randbytes(36_000_000))
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x010F], exif[0x0112] = "PHONEMAKER", 6
    exif[0x8825] = {1: "N", 2: (28.0, 52.0, 1.0), 3: "E", 4: (105.0, 26.0, 1.0)}
    grain.save(held, "JPEG", quality=78, exif=exif, comment=b"13800138000")
    return held.getvalue(), "IMG_20261122.jpg"


@pytest.fixture
def receipt(villager, form):
    return receipt_on(asks(villager, form))


def stored() -> list[bytes]:
    found = []
    for row in db.session.query(CasePhoto).order_by(CasePhoto.no):
        found.append(case_photos.open_one(TOWN, row.case, row.no, 1, now()) or b"")
    return found


def test_three_photos_are_taken_one_at_a_time_and_a_fourth_is_not(villager, receipt):
    page = looks_up(villager, receipt)
    assert "别拍身份证、存折、孩子。" in page.text
    old = page
    for shade in (0, 50, 100):
        page = villager.submits(page, "加上这张照片", photo=photo(shade))
        assert "照片加上了。" in page.text
    assert page.text.count("图里有证件号，删掉") == 3
    assert "photo" not in page.form("补充").names, "there is no room for another"

    page = villager.submits(old, "加上这张照片", photo=photo(150))
    assert "已经有 3 张照片。要换一张，请先删掉一张。" in page.text
    assert len(stored()) == 3


def test_the_same_photo_sent_twice_is_one(villager, receipt):
    page = looks_up(villager, receipt)
    for _ in range(2):
        assert "照片加上了。" in villager.submits(page, "加上这张照片", photo=photo()).text
    assert len(stored()) == 1


def test_a_photo_of_eight_megabytes_is_kept_small_and_without_its_place(villager, receipt):
    sent = from_a_phone()
    assert 7_000_000 < len(sent[0]) < MOST_BYTES
    assert Image.open(io.BytesIO(sent[0])).getexif().get_ifd(0x8825)

    assert "照片加上了。" in villager.submits(looks_up(villager, receipt), "加上这张照片", photo=sent).text
    [data] = stored()
    assert len(data) < 300 * 1024
    kept = Image.open(io.BytesIO(data))
    assert (kept.format, dict(kept.getexif()), "exif" in kept.info, b"13800138000" in data) == ("JPEG", {}, False, False)
    assert kept.width > kept.height, "turned as it was held"


def test_he_deletes_a_photo_by_one_tap_and_may_add_another(villager, receipt):
    page = villager.submits(looks_up(villager, receipt), "加上这张照片", photo=photo())
    page = villager.submits(page, "图里有证件号，删掉", text="写了一半")

    assert "照片删掉了。" in page.text
    assert "您删掉了" in page.text
    assert page.form("补充").fields["text"] == ["写了一半"]
    assert stored() == [b""]
    assert "照片加上了。" in villager.submits(page, "加上这张照片", photo=photo(9)).text


def test_what_is_typed_beside_a_photo_survives_and_numbers_in_it_are_covered(villager, receipt):
    page = villager.submits(looks_up(villager, receipt), "加上这张照片", photo=photo(), text="见照片，打 13800138000")

    assert page.form("补充").fields["text"] == ["见照片，打 ●●●●●●●●●●●"]
    assert "见照片" not in page.text.split("还要补充")[0]


def test_a_photo_chosen_beside_words_goes_with_them(villager, receipt):
    page = villager.submits(looks_up(villager, receipt), "补充", photo=photo(), text="这是确权证上的面积。")
    assert "收到了，已经补进去。照片加上了。" in page.text
    assert len(stored()) == 1

    page = villager.submits(page, "补充", photo=photo(50))
    assert "照片加上了。" in page.text
    assert "请多写几个字" not in page.text
    page = villager.submits(page, "补充", photo=photo(100), text="短")
    assert "照片加上了。" in page.text
    assert "请多写几个字" in page.text
    assert page.form("补充").fields["text"] == ["短"]


def test_a_forgotten_photo_is_asked_for(villager, receipt):
    assert "还没有选照片。" in villager.submits(looks_up(villager, receipt), "加上这张照片").text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "打不开"),
        (b"%PDF-1.7 a", "这不是照片"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(99), "这不是照片，或者是打不开的一种照片"),
        (photo()[0][:700], "这张照片打不开，可能没有传完"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "这张照片太大（超过 10 MB）"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (50_000).to_bytes(4) * 2 + bytes(99), "打不开"),
    ],
    ids=["empty", "a PDF", "of the newest kind", "cut off", "too large", "50,000 by 50,000 dots"],
)
def test_what_is_no_photo_is_told_with_what_to_do(villager, receipt, data, told):
    page = villager.submits(looks_up(villager, receipt), "加上这张照片", photo=(data, "a.jpg"), text="写了一半")

    assert told in page.text
    assert "截个屏" in page.text
    assert page.form("补充").fields["text"] == ["写了一半"]
    assert stored() == []


def test_what_is_larger_than_any_upload_is_told_so_too(app, villager, receipt):
    page = looks_up(villager, receipt)
    app.config["MAX_CONTENT_LENGTH"] = 100
    told = villager.submits(page, "加上这张照片", photo=photo())

    assert told.status == 413
    assert "照片，请截个屏" in told.text


def test_a_photo_after_the_answer_needs_a_question_and_goes_with_it(villager, clerk, receipt):
    page = looks_up(villager, receipt)
    answers(clerk)
    told = villager.submits(page, "加上这张照片", photo=photo())
    assert "刚才已经答复了，照片没有加上。" in told.text
    assert "photo" not in told.form("还想问").names

    told = villager.submits(page, "补充", photo=photo(), text="还是不对，请看照片。")
    assert "照片加上了。" in told.text


@pytest.mark.parametrize("no", ["", "x", "99", "-1", "9" * 30])
def test_a_made_up_number_deletes_nothing(villager, receipt, no):
    page = villager.submits(looks_up(villager, receipt), "加上这张照片", photo=photo())
    fields = {name: values[0] for name, values in page.form("补充").fields.items()}
    assert villager.client.post("/receipt", data=fields | {"act": f"unphoto-{no}"}).status_code == 200
    assert stored() != [b""]


def test_without_the_receipt_nothing_is_added(stranger, receipt):
    data = {"act": "photo", "receipt": "1234567812345678", "photo": (io.BytesIO(photo()[0]), "a.jpg")}
    assert "您的事" not in stranger.client.post("/receipt", data=data).get_data(as_text=True)
    assert stored() == []


def test_the_page_behind_the_receipt_shows_no_photo_and_keeps_nothing(villager, receipt):
    page = villager.submits(looks_up(villager, receipt), "加上这张照片", photo=photo())
    assert "<img" not in page.html
    assert page.headers["Cache-Control"] == "no-store"
    assert "张小三.jpg" not in page.html
