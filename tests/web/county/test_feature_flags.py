"""What a county's admin turns on for his county: household cards, from the switch to the household and back."""

from __future__ import annotations

from flask import Flask

from tests.actors import Person
from tests.store.posted import GAODONG
from tests.web.cards import prints, roster


def test_the_whole_way_from_the_switch_to_the_household(
    app: Flask, admin: Person, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    crop = roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2")])
    grain = roster([("2组", "李四", "b", "3"), ("1组", "张小三", "a", "1")], "grain-subsidy", 1)
    assert "县里没有开通明白卡" in clerk.sees("/desk/slips").text
    admin.submits("/admin/slips", press="开通明白卡")
    page = clerk.follows(clerk.sees("/desk/slips"), "高洞社区")
    assert "今年的公示里有 2 户" in page.text
    sheet = clerk.submits(page, press="打印全社区的卡")
    assert (sheet.headers["Content-Type"], sheet.data[:5]) == ("application/pdf", b"%PDF-")
    assert [door for door, _ in cards] == ["高洞社区 1组", "高洞社区 2组"]
    pages = [villager.sees(address) for _, address in cards]
    mine = next(page for page in pages if "463.32" in page.text)
    assert "93.60" in mine.text
    assert "补贴面积 4.95 亩 × 补贴标准 93.6 元/亩 = 补贴金额 463.32 元" in mine.text
    assert "不要加在一起算" not in mine.text
    assert f"/n/{crop.number}/{GAODONG}?after=0#r1" in [address for _, address in mine.links]
    assert f"/n/{grain.number}/{GAODONG}?after=1#r2" in [address for _, address in mine.links]
    assert not [name for name in ("张小三", "张*三", "李四", "李*", "187.20") if name in mine.html]
    assert clerk.sees("/desk/slips").text.count("2026年11月22日 10:00") == 1


def test_a_county_that_turns_slips_off_ends_them_at_once(
    with_slips: None, admin: Person, clerk: Person, villager: Person, cards: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    admin.submits(admin.submits("/admin/slips", press="关停"), "关停")
    dead = villager.sees(cards[0][1])
    assert (dead.status, "县里现在没有开通明白卡" in dead.text, "463.32" in dead.text) == (410, True, False)
    assert "县里没有开通明白卡" in clerk.sees(f"/desk/slips/{GAODONG}").text
