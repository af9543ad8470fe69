"""明白卡: a county turns them on, a clerk prints a village's, a household scans its own; two people's money is never on one."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from board.models import Ledger, Slip, db
from board.store import feature_flags, ledger, notices, people
from board.store.drafting import drafts, posting
from board.store.notices import Posted
from board.web.desk import slips as desk_slips
from tests.actors import Page, Person
from tests.store.posted import AT, FACTS, GAODONG, TOWN, line, proposal, submit

COUNTY = "510521000000"


def vault(app: Flask) -> Any:
    """Return the keys of the app."""
    return app.extensions["vault"]


def roster(rows: list[tuple[str, str, str, str]], kind: str = "cropland-subsidy", hour: int = 0, title: str = "公示") -> Posted:
    """Post a roster of 高洞社区: (group, name, ID number's key or "", mu)."""
    made_of = [
        replace(line(GAODONG, no, name, mu), group=group, person=person.rjust(32, "0") if person else None)
        for no, (group, name, person, mu) in enumerate(rows, 1)
    ]
    made = replace(proposal(kind, made_of), title=title, facts=FACTS | {"paid_on": "2026-11-20"})
    clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
    assert clerk
    assert reviewer
    draft = drafts.start(TOWN, kind, title, clerk.id, AT)
    draft = submit(draft, draft.revision, clerk.id, AT, made)
    return posting.post(draft, made.digest, draft.revision, reviewer.id, {}, AT + timedelta(hours=hour))


@pytest.fixture
def on(app: Flask) -> None:
    """泸县 has slips."""
    feature_flags.turn(feature_flags.SLIPS, COUNTY, True, "luxian-admin", AT)


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is printed: (door, path behind the QR code) of each card, the newest printing last."""
    printed: list[tuple[str, str]] = []
    real = desk_slips.sheets

    def note(cards: Any) -> bytes:
        printed[:] = [(card.door, re.sub(r"^HTTPS?://[^/]+", "", card.qr_text)) for card in cards.cards]
        return real(cards)

    monkeypatch.setattr(desk_slips, "sheets", note)
    return printed


def prints(clerk: Person, press: str = "打印全村的卡") -> Page:
    """Let a clerk print 高洞社区's cards."""
    return clerk.submits(f"/desk/slips/{GAODONG}", press=press)


def test_the_whole_way_from_the_switch_to_the_household(
    app: Flask, admin: Person, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    crop = roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2")])
    grain = roster([("2组", "李四", "b", "3"), ("1组", "张小三", "a", "1")], "grain-subsidy", 1)
    assert "县里没有开通明白卡" in clerk.sees("/desk/slips").text
    admin.submits("/admin/slips", press="开通明白卡")
    page = clerk.follows(clerk.sees("/desk/slips"), "高洞社区")
    assert "今年的公示里有 2 户" in page.text
    sheet = clerk.submits(page, press="打印全村的卡")
    assert (sheet.headers["Content-Type"], sheet.data[:5]) == ("application/pdf", b"%PDF-")
    assert [door for door, _ in addresses] == ["高洞社区 1组", "高洞社区 2组"]
    pages = [villager.sees(address) for _, address in addresses]
    mine = next(page for page in pages if "463.32" in page.text)
    assert "93.60" in mine.text
    assert "补贴面积 4.95 亩 × 补贴标准 93.6 元/亩 = 补贴金额 463.32 元" in mine.text
    assert "不要加在一起算" not in mine.text
    assert f"/n/{crop.number}/{GAODONG}?after=0#r1" in [address for _, address in mine.links]
    assert f"/n/{grain.number}/{GAODONG}?after=1#r2" in [address for _, address in mine.links]
    assert not [name for name in ("张小三", "张*三", "李四", "李*", "187.20") if name in mine.html]
    assert clerk.sees("/desk/slips").text.count("2026年11月22日 10:00") == 1


def test_a_page_is_kept_by_nobody_counted_nowhere_and_found_by_no_machine(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    for path in (addresses[0][1], addresses[0][1].lower(), addresses[0][1] + "?lang=en&view=large"):
        page = villager.sees(path)
        told = [page.headers.get(name) for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy", "ETag", "Set-Cookie")]
        assert (page.status, told) == (200, ["no-store", "noindex, nofollow", "no-referrer", None, None])
        assert 'content="noindex"' in page.html
    assert db.session.execute(db.text("SELECT count(*) FROM scan_count")).scalar() == 0


def test_only_a_key_of_the_token_is_kept_and_the_printing_is_logged(
    on: None, clerk: Person, addresses: list[tuple[str, str]], app: Flask
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("1组", "李四", "b", "2")])
    prints(clerk)
    db.session.rollback()
    tokens = [path.removeprefix("/S/") for _, path in addresses]
    assert {slip.key for slip in db.session.query(Slip)} == {vault(app).key("slip", token) for token in tokens}
    assert [len(token) for token in tokens] == [26, 26]
    entry = db.session.query(Ledger).filter_by(home=GAODONG).one()
    assert (entry.action, entry.body) == ("slips.printed", {"year": 2026, "cards": 2, "group": ""})
    assert list(ledger.entries(COUNTY))[-1].action == "switch.on"


def test_a_card_dies_when_it_is_printed_anew(on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2")])
    prints(clerk)
    old = dict(addresses)
    prints(clerk, "2组（1户）")
    assert [door for door, _ in addresses] == ["高洞社区 2组"]
    assert villager.sees(old["高洞社区 1组"]).status == 200
    dead = villager.sees(old["高洞社区 2组"])
    assert (dead.status, "请到村里领新卡" in dead.text, dead.headers["Cache-Control"]) == (404, True, "no-store")
    assert villager.sees(addresses[0][1]).status == 200


def test_a_household_that_moved_to_another_group_has_one_card(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("2组", "李四", "b", "2"), ("3组", "王五", "c", "3")])
    prints(clerk)
    old = dict(addresses)["高洞社区 1组"]
    roster([("2组", "张小三", "a", "1")], "grain-subsidy", 1)
    prints(clerk, "2组（2户）")
    new = [villager.sees(path) for _, path in addresses]
    assert (villager.sees(old).status, sum("463.32" in page.text for page in new)) == (404, 1)


def test_a_card_dies_with_the_year(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]], at: Callable[[Any], None]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    at("2026-12-31")
    assert villager.sees(addresses[0][1]).status == 200
    at("2027-01-01")
    dead = villager.sees(addresses[0][1])
    assert (dead.status, "卡到年底就作废" in dead.text) == (410, True)


def test_a_county_that_turns_slips_off_ends_them_at_once(
    on: None, admin: Person, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    prints(clerk)
    admin.submits("/admin/slips", press="关停")
    dead = villager.sees(addresses[0][1])
    assert (dead.status, "县里现在没有开通明白卡" in dead.text, "463.32" in dead.text) == (410, True, False)
    assert "县里没有开通明白卡" in clerk.sees(f"/desk/slips/{GAODONG}").text


def test_what_was_taken_down_or_put_away_is_left_out_with_a_word(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    gone = roster([("1组", "张小三", "a", "1")], "grain-subsidy", 1)
    prints(clerk)
    reviewer = people.named("baihe-reviewer")
    assert reviewer
    notices.take_down(gone, reviewer.id, "金额有误", AT + timedelta(hours=5))
    page = villager.sees(addresses[0][1])
    assert ("463.32" in page.text, "93.60" in page.text, "还有 1 份公示已撤下" in page.text) == (True, False, True)


def test_relief_is_on_no_card(on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    roster([("1组", "张小三", "a", "1"), ("1组", "王五", "c", "7")], "social-assistance", 1)
    prints(clerk)
    assert len(addresses) == 1
    page = villager.sees(addresses[0][1])
    assert ("463.32" in page.text, "93.60" in page.text, "已撤下" in page.text) == (True, False, False)


def test_namesakes_never_see_each_others_money(on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]) -> None:
    roster([("1组", "张伟", "a", "1"), ("1组", "张伟", "b", "2"), ("2组", "张伟", "", "3")])
    later = [("1组", "张伟", "", "4"), ("2组", "张伟", "", "5"), ("3组", "李四", "", "6"), ("3组", "李四", "", "7")]
    roster(later, "grain-subsidy", 1, "种粮")
    told = clerk.sees(f"/desk/slips/{GAODONG}").text.partition("没有卡的")[2]
    assert re.findall(r"种粮：(\S+) (\d) 号", told) == [("1组", "1"), ("3组", "3"), ("3组", "4")]
    prints(clerk)
    sums = {"a": "93.60", "b": "187.20", "2组": "280.80", "1组 later": "374.40", "2组 later": "468.00", "x": "561.60", "y": "655.20"}
    seen = [{who for who, money in sums.items() if money in villager.sees(path).text} for _, path in addresses]
    assert seen == [{"a"}, {"b"}, {"2组", "2组 later"}]


def test_a_namesake_who_turns_up_later_closes_the_card_that_could_be_either(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张伟", "", "1")])
    prints(clerk)
    roster([("1组", "张伟", "a", "2"), ("1组", "张伟", "b", "3")], "grain-subsidy", 1)
    dead = villager.sees(addresses[0][1])
    assert (dead.status, "请带上卡到村里核对" in dead.text, "93.60" in dead.text) == (410, True, False)


def test_a_notice_and_its_payout_are_not_to_be_added_up(
    on: None, clerk: Person, villager: Person, addresses: list[tuple[str, str]]
) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    roster([("1组", "张小三", "a", "4.95")], "cropland-payout", 1)
    prints(clerk)
    assert "公示和发放结果说的是同一笔钱，不要加在一起算。" in villager.sees(addresses[0][1]).text


def test_children_have_no_card(on: None, clerk: Person, app: Flask) -> None:
    posted = roster([("1组", "张小三", "a", "4.95")])
    db.session.execute(db.text("UPDATE row SET minor = true WHERE number = :number"), {"number": posted.number})
    db.session.commit()
    assert "今年还没有能上卡的公示" in clerk.sees(f"/desk/slips/{GAODONG}").text


def test_a_stranger_who_tries_tokens_keeps_nobody_from_his_card(
    on: None,
    clerk: Person,
    villager: Person,
    stranger: Person,
    addresses: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    app: Flask,
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("1组", "李四", "b", "2")])
    prints(clerk)
    app.extensions["slips"]["unknown"].most = 3
    app.extensions["slips"]["card"].most = 4
    tried = [stranger.sees(f"/s/{'A' * 25}{letter}").status for letter in "ABCDE"]
    assert tried == [404, 404, 404, 429, 429]
    one, other = addresses
    assert [villager.sees(one[1]).status for _ in range(5)] == [200, 200, 200, 200, 429]
    assert villager.sees(other[1]).status == 200
    waits = villager.sees(one[1])
    assert ("请过一分钟再扫一次" in waits.text, waits.headers["Retry-After"]) == (True, "60")


@pytest.mark.parametrize("path", ["/s/abc", "/s/" + "1" * 26, "/S/", "/s/" + "A" * 33])
def test_what_is_no_token_is_no_page(app: Flask, villager: Person, path: str) -> None:
    assert villager.sees(path).status == 404


def test_a_clerk_prints_his_own_villages_only(on: None, person: Callable[[str], Person]) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    assert person("zhaoyuan-clerk").sees(f"/desk/slips/{GAODONG}").status == 404
    assert person("baihe-reviewer").sees(f"/desk/slips/{GAODONG}").status == 403


def test_the_printed_sheet_has_eight_cards_whose_codes_all_open(on: None, clerk: Person, villager: Person, tmp_path: Any) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    roster(
        [
            (f"{group}组", name, f"{group}{no}", f"{group}.{no}")
            for group in (1, 2, 3)
            for no, name in enumerate(("张三", "李四", "王五"), 1)
        ]
    )
    pdf = tmp_path / "cards.pdf"
    pdf.write_bytes(prints(clerk).data)
    try:
        png = subprocess.run(["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", str(pdf)], capture_output=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("pdftoppm is not here")
    read = zxingcpp.read_barcodes(image.open(io.BytesIO(png)))
    paths = {re.sub(r"^HTTPS?://[^/]+", "", found.text) for found in read}
    assert len(paths) == 8
    assert {villager.sees(path).status for path in paths} == {200}
