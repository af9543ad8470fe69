"""明白卡: a clerk prints the cards of his own villages; of each token only a key is kept, and the printing is logged."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from board.models import Ledger, Slip, db
from board.store import ledger
from tests.actors import Person
from tests.store.posted import GAODONG
from tests.web.cards import prints, roster, vault

COUNTY = "510521000000"


def test_only_a_key_of_the_token_is_kept_and_the_printing_is_logged(
    with_slips: None, clerk: Person, cards: list[tuple[str, str]], app: Flask
) -> None:
    roster([("1组", "张小三", "a", "4.95"), ("1组", "李四", "b", "2")])
    prints(clerk)
    db.session.rollback()
    tokens = [path.removeprefix("/S/") for _, path in cards]
    assert {slip.key for slip in db.session.query(Slip)} == {vault(app).key("slip", token) for token in tokens}
    assert [len(token) for token in tokens] == [26, 26]
    entry = db.session.query(Ledger).filter_by(home=GAODONG).one()
    assert (entry.action, entry.body) == ("slips.printed", {"year": 2026, "cards": 2, "group": ""})
    assert list(ledger.entries(COUNTY))[-1].action == "switch.on"


def test_children_have_no_card(with_slips: None, clerk: Person, app: Flask) -> None:
    posted = roster([("1组", "张小三", "a", "4.95")])
    db.session.execute(db.text("UPDATE row SET minor = true WHERE number = :number"), {"number": posted.number})
    db.session.commit()
    assert "今年还没有能上卡的公示" in clerk.sees(f"/desk/slips/{GAODONG}").text


def test_a_clerk_prints_his_own_villages_only(with_slips: None, person: Callable[[str], Person]) -> None:
    roster([("1组", "张小三", "a", "4.95")])
    assert person("zhaoyuan-clerk").sees(f"/desk/slips/{GAODONG}").status == 404
    assert person("baihe-reviewer").sees(f"/desk/slips/{GAODONG}").status == 403


def test_the_printed_sheet_has_eight_cards_whose_codes_all_open(with_slips: None, clerk: Person, villager: Person, tmp_path: Any) -> None:
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
