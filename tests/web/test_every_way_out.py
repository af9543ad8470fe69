"""One notice, one set of figures: whatever was paid and came back, every way out says it alike and says no other sum."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from board.rules.money import to_fen, yuan
from board.rules.rendering.spoken_chinese import aloud
from board.store import notices
from board.web import messages
from board.web.public.posted_pages import page_of
from board.web.public.share import shared
from tests.store.posted import GAODONG, NEXT, line, proposal
from tests.web.cards import prints
from tests.web.publishing import publishes

SUM = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d\d(?![\d.])|(?<![\d.,])\d+\.\d\d(?![\d.])")


class Payout:
    """A payout of some households by chance: a few bounced, one only in part."""

    def __init__(self, seed: int, places: tuple[str, ...]) -> None:
        chance = random.Random(seed)
        self.rows = {place: [self._row(chance) for _ in range(chance.randint(3, 9))] for place in places}
        self.granted = self.total("due", *places) + chance.choice([Decimal(0), Decimal("100.00"), Decimal("-0.50")])

    def _row(self, chance: random.Random) -> dict[str, Decimal]:
        due = Decimal(chance.randint(1, 3_000_00)) / 100
        back = chance.choice([Decimal(0), Decimal(0), due, (due / 2).quantize(Decimal("0.01"))])
        return {"due": due, "paid": due - back, "returned": back}

    def total(self, of: str, *places: str) -> Decimal:
        return sum((row[of] for place in places for row in self.rows[place]), Decimal())

    def sums(self, *places: str) -> dict[str, str]:
        """What must stand at the head of these places' pages, as printed."""
        found = {name: self.total(name, *places) for name in ("due", "paid", "returned")}
        return {name: yuan(to_fen(value)) for name, value in (found | {"left": found["due"] - found["paid"]}).items()}

    def publish(self) -> str:
        lines = [
            replace(
                line(place, no, f"张{no}", "1"),
                person=f"{place}{no}".rjust(32, "0"),
                amount=to_fen(one["due"]),
                measures={"amount": f"{one['due']:f}", "paid": f"{one['paid']:f}", "returned": f"{one['returned']:f}", "outcome": "退回"},
            )
            for place, own in self.rows.items()
            for no, one in enumerate(own, 1)
        ]
        made = proposal("cropland-payout", lines)
        totals = {id: f"{self.total(name, *self.rows):f}" for id, name in (("amount", "due"), ("paid", "paid"), ("returned", "returned"))}
        facts = made.facts | {"granted": f"{self.granted:f}", "paid_on": "2026-11-20", "if_returned": "到镇财政所补领。"}
        return publishes(replace(made, totals=totals, facts={id: text for id, text in facts.items() if id != "standard"}))

    def allowed(self, *places: str) -> set[str]:
        """All sums that may stand anywhere."""
        known = {yuan(to_fen(value)) for place in self.rows for row in self.rows[place] for value in row.values()}
        beyond = abs(self.granted - self.total("due", *self.rows))
        sums = {text for of in ((place,) for place in self.rows) for text in self.sums(*of).values()} | set(self.sums(*self.rows).values())
        return known | sums | {yuan(to_fen(self.granted)), yuan(to_fen(beyond))}


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture(params=[(seed, places) for seed in (1, 2, 3) for places in ((GAODONG,), (GAODONG, NEXT))], ids=str)
def payout(app, request):
    seed, places = request.param
    made = Payout(seed, places)
    return made, made.publish(), places


def test_every_figure_agrees_on_all_ways_out(app, villager, payout):
    made, number, places = payout
    posted = notices.find(number)
    page, here = page_of(posted, GAODONG), made.sums(GAODONG)
    told = {
        "place": villager.sees(f"/n/{number}/{GAODONG}").text,
        "large": villager.sees(f"/n/{number}/{GAODONG}?view=large").text,
        "english": villager.sees(f"/n/{number}/{GAODONG}?lang=en").text,
        "poster": text_of(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data),
        "booklet": text_of(villager.sees(f"/a/{GAODONG}/booklet/2026-q4.pdf").data),
        "area": villager.sees(f"/a/{GAODONG}").text,
        "group": messages.group_text(page, GAODONG),
        "picture": " ".join(f"{label} {value}" for label, value in shared(page, GAODONG).figures),
    }
    for way, text in told.items():
        assert set(SUM.findall(text)) <= made.allowed(), way
        assert here["paid"] in text, way
        assert text.index(here["paid"]) <= text.index(here["due"]) if way != "group" and here["due"] in text else True, way
    for way in ("place", "large", "english", "poster", "booklet", "picture"):
        assert all(here[name] in told[way] for name in ("due", "paid", "returned")), way
    for way in ("place", "large", "english"):
        assert re.search(rf"(还没发到户|Not yet received) {re.escape(here['left'])} ", told[way])

    whole = made.sums(*places)
    seen = villager.sees(f"/n/{number}").text
    assert set(SUM.findall(seen)) <= made.allowed()
    assert f"还没发到户 {whole['left']} 元" in seen
    assert all(whole[name] in seen for name in ("due", "paid", "returned"))


def test_the_files_and_the_script_have_the_same_sums(villager, payout):
    made, number, places = payout
    for path, of in ((f"/n/{number}", places), (f"/n/{number}/{GAODONG}", (GAODONG,))):
        sums = {"amount": made.total("due", *of), "paid": made.total("paid", *of), "returned": made.total("returned", *of)}
        data = villager.sees(f"{path}.json").json
        assert {name: Decimal(value) for name, value in data["totals"].items()} == sums
        for name, value in sums.items():
            assert sum(Decimal(row["values"][name]) for row in data["rows"]["list"]) == value
        head, *lines = csv.reader(io.StringIO(villager.sees(f"{path}.csv").data.decode("utf-8-sig"), newline=""))
        assert sum(Decimal(one[head.index("发到账金额（元）")]) for one in lines) == sums["paid"]
        assert sum(Decimal(one[head.index("应发金额（元）")]) for one in lines) == sums["amount"]
        script = villager.sees(f"{path}.txt").data.decode()
        printed = made.sums(*of)
        said = [aloud(f"{printed[name]} 元") for name in ("paid", "due", "returned")]
        assert all(one in script for one in said)
        assert script.index(said[0]) <= script.index(said[1])


def test_a_household_reads_on_its_card_what_its_row_says(with_slips, clerk, villager, cards, payout):
    made, number, _places = payout
    printed = text_of(prints(clerk).data)
    assert set(SUM.findall(printed)) <= made.allowed()
    own = {yuan(to_fen(row["paid"])): row for row in made.rows[GAODONG]}
    for _door, path in cards:
        seen = villager.sees(path).text
        paid = re.search(r"发到账金额 ([\d,.]+) 元", seen)[1]
        assert paid in own
        assert f"发到账{paid}元" in printed
        row = own[paid]
        if paid != "0.00":
            assert ("还没到您家" in seen) == (row["returned"] > 0)
    assert len(cards) == len(made.rows[GAODONG])
