"""From the printer to the wall: the clerk sends a link, whoever pastes the sheet up says so with a photo, the county sees what is late."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from board.models import Ledger, db
from board.store import displays, notices
from board.web.public.display_report import A_SHEET
from tests.store.posted import GAODONG, NEXT, post

NAMES = ("张小三", "张*三", "李四", "王五", "赵六", "钱七")
PHOTO_SIZE = (3000, 4000)


@pytest.fixture
def number(app):
    return post().number


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
    page = clerk.sees(f"/desk/notices/{number}/{place}")
    return page.html.split("https://gk.example.cn/hung/")[1].split("<")[0]


@pytest.fixture
def link(clerk, number):
    return f"/hung/{address_of(clerk, number)}"


def says(villager, link: str, **more):
    return villager.submits(link, "贴好了", **{"on": "2026-11-22", "by": "村文书", "spot": "村委会门口"} | more)


# ---- the link


def test_whoever_pastes_a_sheet_up_says_so_without_an_account_or_a_cookie(villager, clerk, number, link):
    page = says(villager, link, photo=photo())

    assert "收到了，谢谢您。" in page.text
    assert "2026年11月22日贴在村委会门口，村文书" in page.text
    assert "照片也收到了。" in page.text
    seen = clerk.sees(f"/desk/notices/{number}")
    assert "已贴 贴晚了 2 天" in plain(seen)
    assert "共 2 处，已打印 0 处，已贴 1 处。" in seen.text
    data = clerk.follows(seen, "看照片").data
    kept = Image.open(io.BytesIO(data))
    assert (kept.format, dict(kept.getexif()), b"13800138000" in data) == ("JPEG", {}, False)
    assert max(kept.size) < max(PHOTO_SIZE)


def test_a_form_sent_twice_is_heard_once(villager, link):
    says(villager, link, photo=photo())
    says(villager, link)

    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == 1


def test_a_link_that_travels_does_not_fill_the_ledger(villager, link, at):
    at("2026-11-22T10:00:00")
    answers = [says(villager, link, spot=f"第{no}面墙") for no in range(A_SHEET + 1)]
    late = answers.pop()

    assert {page.status for page in answers} == {200}
    assert (late.status, late.headers["Retry-After"]) == (429, "60")
    assert "请过一分钟再点一次。" in late.text
    assert f"第{A_SHEET}面墙" in late.html  # what was typed stands there again
    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == A_SHEET

    at("2026-11-22T10:01:00")
    assert "收到了，谢谢您。" in says(villager, link, spot="村委会门口").text


def test_whoever_takes_it_down_says_so(villager, person, at, link):
    says(villager, link)
    at("2026-11-24")
    page = villager.submits(link, "已取下", down="2026-11-24")

    assert "2026年11月24日取下" in page.text
    assert "取早了。请重新贴上，把缺的 5 天补满。" in page.text
    log = person("luxian-auditor").sees("/audit/ledger").text
    assert "公示单已取下" in log
    assert "贴单子的人" in log


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "2026-11-23"}, "贴的日子不能写以后的。"),
        ({"on": "2026-11-19"}, "这份公示 2026年11月20日 才公布，贴的日子不会更早。"),
        ({"on": "前天"}, "请写哪天贴的，例如 2026-11-22。"),
        ({"by": " "}, "请写您是谁：姓名或者职务都行。"),
        ({"spot": ""}, "请写贴在哪里，例如：村委会门口。"),
        ({"by": "老王" * 40}, "各最多 60 个字。"),
        ({"by": "老王 13800138000"}, "这句话里有手机号，已用 ● 盖住。"),
        ({"photo": (b"no picture", "a.jpg")}, "照片没有收下："),
        ({"photo": (b"%PDF-1.4\n%%EOF", "a.pdf")}, "照片没有收下："),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(villager, link, typed, words):
    page = says(villager, link, **typed)

    assert page.status == 422
    assert words in page.text
    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == 0


def test_everything_wrong_is_said_at_once_and_what_was_typed_stands_there_again(villager, link):
    page = says(villager, link, on="2026-11-23", by="", spot="小学门口")

    assert "贴的日子不能写以后的。" in page.text
    assert "请写您是谁" in page.text
    assert 'value="小学门口"' in page.html


def test_a_day_before_it_was_hung_is_no_day_to_take_it_down(villager, link):
    says(villager, link)

    assert villager.submits(link, "已取下", down="2026-11-21").status == 422


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "a.b.c"])
def test_a_link_that_was_not_given_opens_nothing_and_says_whom_to_ask(villager, link, change):
    page = villager.sees("/hung/" + change(link.removeprefix("/hung/")))

    assert page.status == 404
    assert "这个链接不对" in page.text


def test_a_link_ends_with_its_notice(villager, reviewer, number, link):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="第 2 号的面积写错了，重新核对", sure=True)
    page = villager.sees(link)

    assert page.status == 410
    assert "请把墙上的单子取下来" in page.text


def test_a_link_goes_on_a_month_behind_the_last_day_for_taking_down(villager, at, link):
    says(villager, link)
    at("2026-12-29")
    assert villager.sees(link).status == 200
    at("2026-12-30")
    assert villager.sees(link).status == 410


def test_no_cache_keeps_the_page_of_a_link(villager, link):
    assert villager.sees(link).headers["Cache-Control"] == "no-store"


# ---- the clerk


def test_the_clerk_says_it_himself_signed_in(clerk, number):
    page = clerk.submits(f"/desk/notices/{number}/{GAODONG}", "记下：已贴好", on="2026-11-20", by="镇里的小陈", spot="村委会门口")

    assert "记下了。" in page.text
    assert "2026年11月20日贴在村委会门口，镇里的小陈" in page.text
    assert db.session.query(Ledger.actor).filter_by(action="sheet.hung").scalar() == "baihe-clerk"
    assert "2026年11月22日取下" in clerk.submits(page, "记下：已取下", down="2026-11-22").text


def test_what_the_clerk_types_wrong_is_said_on_his_page(clerk, number):
    page = clerk.submits(f"/desk/notices/{number}/{GAODONG}", "记下：已贴好", on="2026-11-20", by="", spot="村委会门口")

    assert page.status == 422
    assert "请写您是谁" in page.text


def test_printing_the_wall_edition_is_noted(clerk, number):
    clerk.submits(f"/desk/notices/{number}", "打印贴墙版")
    page = clerk.sees(f"/desk/notices/{number}")

    assert "已打印 1 处" in page.text
    assert "打印过" in page.text


def test_each_village_has_a_text_a_message_and_a_picture_to_send(clerk, villager, number):
    page = clerk.sees(f"/desk/notices/{number}/{GAODONG}")

    assert f"看明细：https://gk.example.cn/n/{number}/{GAODONG}" in page.html
    assert "【演示】" in page.html
    assert "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。" in page.html
    picture = villager.sees(f"/n/{number}/{GAODONG}/share.png")
    drawn = Image.open(io.BytesIO(picture.data))
    assert (drawn.format, drawn.size) == ("PNG", (1080, 1440))
    assert zxingcpp.read_barcode(drawn).text == f"HTTPS://GK.EXAMPLE.CN/N/{number}/{GAODONG}/1"
    assert picture.data == villager.sees(f"/n/{number}/{GAODONG}/share.png").data
    assert not [name for name in NAMES if name in page.text]


def test_the_code_on_the_screen_opens_the_link(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}/{GAODONG}")

    assert "<svg" in page.html
    assert page.html.count("/hung/") == 1  # the link is on the screen once, and in the code


def test_the_picture_is_gone_with_its_notice(villager, reviewer, number):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="第 2 号的面积写错了，重新核对", sure=True)

    assert villager.sees(f"/n/{number}/{GAODONG}/share.png").status == 410
    assert reviewer.sees(f"/desk/notices/{number}/{GAODONG}").status == 404
    assert reviewer.sees(f"/desk/notices/{number}/official.txt").status == 404


def test_a_place_that_is_not_there_has_no_picture(villager, number):
    assert villager.sees(f"/n/{number}/510521116999/share.png").status == 404


def test_the_official_text_is_downloaded_under_the_number(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}/official.txt")

    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f'filename="{number}.txt"' in page.headers["Content-Disposition"]
    assert "百和镇2026年耕地地力保护补贴公示" in page.text
    assert not [name for name in NAMES if name in page.text]


# ---- the county


def test_the_county_sees_which_sheets_hang_late_or_not_at_all(villager, auditor, link):
    says(villager, link, photo=photo())
    page = auditor.follows(auditor.sees("/audit"), "没贴、贴晚、贴短的公示单")

    assert "高洞社区" in page.text
    assert "已贴 贴晚了 2 天 少公示 2 天" in plain(page)
    assert "还没贴 少公示 2 天" in plain(page)
    assert auditor.follows(page, "看照片").headers["Content-Type"] == "image/jpeg"


def test_another_countys_auditor_sees_no_photo(person, villager, number, link):
    says(villager, link, photo=photo())

    assert person("hejiang-auditor").sees(f"/desk/notices/{number}/{GAODONG}/photo.jpg").status == 404
    assert villager.sees(f"/desk/notices/{number}/{GAODONG}/photo.jpg").path == "/sign-in"


def test_a_village_without_a_photo_has_none_to_show(clerk, number):
    assert clerk.sees(f"/desk/notices/{number}/{NEXT}/photo.jpg").status == 404
    assert displays.photo(displays.poster(notices.find(number), NEXT)) is None
