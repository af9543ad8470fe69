"""A village's sheet as its clerk sees it: printed, hung and taken down, with the link to send, and the photo for staff only."""

from __future__ import annotations

from board.models import Ledger, db
from board.store import displays, notices
from tests.store.posted import GAODONG, NEXT
from tests.web.displaying import photo, says

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


def test_the_office_reads_who_understood_beside_the_scans(app, clerk, number, scan, villager):
    for phone in "123":
        scan(f"/N/{number}/{GAODONG}/1", phone)
    villager.submits(f"/n/{number}/{GAODONG}", "没看懂")
    app.extensions["scans"].flush()

    page = clerk.sees(f"/desk/notices/{number}")
    assert "扫过 3 次，看懂 0，没看懂 1" in page.text
    assert page.text.count("扫过") == 1
    assert "扫过 3 次，看懂 0，没看懂 1" in clerk.sees(f"/desk/notices/{number}/{GAODONG}").text
    assert "还没有人扫过" in clerk.sees(f"/desk/notices/{number}/{NEXT}").text


def test_the_code_on_the_screen_opens_the_link(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}/{GAODONG}")

    assert "<svg" in page.html
    assert page.html.count("/hung/") == 1  # the link is on the screen once, and in the code


def test_what_is_sent_to_all_villages_is_on_one_page(clerk, number):
    page = clerk.follows(clerk.sees(f"/desk/notices/{number}"), "发给各村")

    for place, name in ((GAODONG, "高洞社区"), (NEXT, "旁边的村")):
        assert page.text.index(name) < page.text.index(f"/n/{number}/{place}")
        assert f"/n/{number}/{place}/share.png" in page.html
    assert "高洞社区：耕地补贴 4 户，共 1,034.28 元" in page.text
    assert not [name for name in ("张小三", "李四") if name in page.html]


def test_the_first_buttons_after_posting_print_everything_and_send_it(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}")
    assert page.html.index("整镇打印</button>") < page.html.index("发给各村</a>") < page.html.index("群众看到的页面</a>")
    assert clerk.submits(page, "整镇打印").headers["Content-Type"] == "application/pdf"


# ---- the county


def test_another_countys_auditor_sees_no_photo(person, villager, number, link):
    says(villager, link, photo=photo())

    assert person("hejiang-auditor").sees(f"/desk/notices/{number}/{GAODONG}/photo.jpg").status == 404
    assert villager.sees(f"/desk/notices/{number}/{GAODONG}/photo.jpg").path == "/sign-in"


def test_a_village_without_a_photo_has_none_to_show(clerk, number):
    assert clerk.sees(f"/desk/notices/{number}/{NEXT}/photo.jpg").status == 404
    assert displays.photo(displays.poster(notices.find(number), NEXT)) is None
