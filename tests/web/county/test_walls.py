"""The county's view of its walls: which are read, where a stranger's code hung, and whether somebody looked again."""

from __future__ import annotations

from board.models import Ledger, db
from tests.store.posted import GAODONG
from tests.web.photographing import photo

BAD = "https://qr.pay.example/fkx13800138000?payee=zhang"


def test_the_county_sees_which_walls_are_read_and_which_notices(app, number, wall, scan, auditor, villager):
    for phone in ("1", "2"):
        scan(f"/N/{number}/{GAODONG}/1", phone)
    scan(f"/W/{wall.number}")
    for said in ("no", "yes"):
        villager.client.post(f"/n/{number}/{GAODONG}/understood", data={"said": said}, headers={"User-Agent": f"a phone of {said}"})
    app.extensions["scans"].flush()
    page = auditor.sees("/audit/walls")
    assert (
        "高洞社区（百和镇）\n村委会门口 " + " ".join((wall.number[:3], wall.number[3:6], wall.number[6:])) + "\n1\n2\n还没有查过"
        in page.text
    )
    page = auditor.follows(page, "各份公示扫了几次")
    assert "扫过 2 次，看懂 1，没看懂 1" in page.text
    page = auditor.follows(page, "耕地地力保护补贴")
    assert "高洞社区\n扫过 2 次，看懂 1，没看懂 1\n2026年11月22日：2" in page.text
    assert "旁边的村\n还没有人扫过" in page.text
    assert "%" not in page.text


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
