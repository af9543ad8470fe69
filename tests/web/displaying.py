"""What whoever pastes a poster up sends through the link, for the tests of the link, of its form, of the desk and of the county."""

from __future__ import annotations

import io

from PIL import Image

from tests.store.posted import GAODONG

PHOTO_SIZE = (3000, 4000)


def photo() -> tuple[bytes, str]:
    """Return what a phone sends: a large JPEG that says with what it was taken, and has a remark in it."""
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "PHONEMAKER"
    Image.new("RGB", PHOTO_SIZE, "grey").save(held, "JPEG", exif=exif, comment=b"13800138000")
    return held.getvalue(), "IMG_高洞.jpg"


def plain(page) -> str:
    """Return a page's words in one line."""
    return " ".join(page.text.split())


def address_of(clerk, number: str, place: str = GAODONG) -> str:
    """Return the token of the link for one place's sheet."""
    page = clerk.sees(f"/desk/notices/{number}/{place}")
    return page.html.split("https://gk.example.cn/hung/")[1].split("<")[0]


def says(villager, link: str, **more):
    """Say through the link that a sheet hangs."""
    return villager.submits(link, "贴好了", **{"on": "2026-11-22", "by": "村文书", "spot": "村委会门口"} | more)
