"""What a code on a wall turns out to be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules import numbers, wall_check
from board.rules.wall_check import Known, cut, due, judge, parse, typed

BASE = "https://gk.example.cn"
PLACE, TOWN, COUNTY, NEXT = "510521116004", "510521116000", "510521000000", "510521116005"
CHAIN = (COUNTY, TOWN, PLACE)
NOTICE, WALL, OTHER = (numbers.make(lambda _n, start=start: start) for start in (1, 2, 3))
TODAY = date(2026, 11, 22)
SHEET = Known(wall=False, gone=False, current=3, changed_in=2, ends=date(2026, 11, 27))
PLATE = Known(wall=True, gone=False)


def found(text: str, known: Known | None) -> str:
    return judge(parse(text, BASE), known, PLACE, CHAIN, WALL, TODAY)


def sheet(version: int = 3, place: str = PLACE) -> str:
    return f"HTTPS://GK.EXAMPLE.CN/N/{NOTICE}/{place}/{version}"


@pytest.mark.parametrize(
    ("text", "known", "right"),
    [
        (f"HTTPS://GK.EXAMPLE.CN/W/{WALL}", PLATE, "good"),
        (f"https://gk.example.cn/w/{WALL}/", PLATE, "good"),
        (f"HTTPS://GK.EXAMPLE.CN/W/{OTHER}", PLATE, "other_place"),
        (f"HTTPS://GK.EXAMPLE.CN/W/{OTHER}", Known(wall=True, gone=True), "closed"),
        (f"HTTPS://GK.EXAMPLE.CN/W/{NOTICE}", SHEET, "unknown"),
        (f"HTTPS://GK.EXAMPLE.CN/W/{WALL}", None, "unknown"),
        (sheet(), SHEET, "good"),
        (sheet(2), SHEET, "older"),
        (sheet(1), SHEET, "outdated"),
        (sheet(4), SHEET, "unknown"),
        (sheet(0), SHEET, "unknown"),
        (sheet(place=NEXT), SHEET, "other_place"),
        (sheet(place=TOWN), SHEET, "good"),
        (sheet(), Known(wall=False, gone=False, current=3), "other_place"),
        (sheet(), Known(wall=False, gone=True, current=3, changed_in=1), "withdrawn"),
        (sheet(1), Known(wall=False, gone=False, current=3, changed_in=2, ends=date(2026, 11, 21)), "over"),
        (sheet(1), Known(wall=False, gone=False, current=3, changed_in=2, ends=TODAY), "outdated"),
    ],
)
def test_what_we_printed_is_told_by_where_and_when_it_hangs(text: str, known: Known | None, right: str) -> None:
    assert found(text, known) == right


@pytest.mark.parametrize(
    "text",
    [
        "https://qr.alipay.com/fkx123456",
        "wxp://f2f0abcdef",
        f"https://gk.example.cn.evil.example/N/{NOTICE}/{PLACE}/3",
        f"https://gk.example.cn@evil.example/N/{NOTICE}/{PLACE}/3",
        f"https://gk.ex\u0430mple.cn/N/{NOTICE}/{PLACE}/3",
        "https://[",
        "13800138000",
        "扫码领补贴",
        "",
    ],
)
def test_a_strangers_code_is_foreign_however_much_it_looks_like_ours(text: str) -> None:
    assert found(text, SHEET) == "foreign"


@pytest.mark.parametrize(
    "path",
    ["", "/", "/sign-in", f"/N/{NOTICE}?next=//evil.example", f"/N/{NOTICE}/{PLACE}/3/4", "/N/12345678", f"/W/{WALL}/1", f"//N/{NOTICE}"],
)
def test_our_host_with_what_we_never_print_is_nothing_of_ours(path: str) -> None:
    assert found(f"HTTPS://GK.EXAMPLE.CN{path}", SHEET) == "unknown"


def test_another_scheme_is_nothing_that_we_printed() -> None:
    assert found(f"http://gk.example.cn/W/{WALL}", PLATE) == "unknown"


@pytest.mark.parametrize("text", [WALL, numbers.spaced(WALL), f"gk.example.cn/w/{WALL}", f"https://gk.example.cn/w/{WALL}"])
def test_what_stands_below_the_code_may_be_typed(text: str) -> None:
    said = typed(text, BASE)
    assert said is not None
    assert judge(said, PLATE, PLACE, CHAIN, WALL, TODAY) == "good"


@pytest.mark.parametrize("text", [WALL[:-1] + str((int(WALL[-1]) + 1) % 10), WALL[:-1], WALL + "0", "110"])
def test_a_slip_of_the_finger_is_neither_ours_nor_a_strangers(text: str) -> None:
    assert typed(text, BASE) is None


def test_a_strangers_address_is_foreign_when_typed_too() -> None:
    said = typed("pay.example/fkx", BASE)
    assert said is not None
    assert said.whose == "foreign"


def test_of_a_strangers_address_the_host_is_kept_and_neither_payee_nor_phone() -> None:
    assert cut("https://pay.example/13800138000?payee=6217001234567890123#x") == "https://pay.example/●●●●●●●●●●●"
    assert cut("https://gk.ex\u0430mple.cn/") == "https://gk.ex<U+0430>mple.cn/"
    assert cut("\u202ehttps://evil.example") == "<U+202E>https://evil.example"
    assert len(cut("x" * 300)) == wall_check.LONGEST


@given(st.text(max_size=120))
def test_nothing_that_a_code_may_say_breaks_the_check_or_hides_in_what_is_kept(text: str) -> None:
    assert found(text, SHEET) in wall_check.REPORTED
    assert all(wall_check._plain(char) or char in "●…" for char in cut(text))


@pytest.mark.parametrize(
    ("last", "made", "right"),
    [
        (None, date(2026, 11, 21), False),
        (None, date(2026, 10, 23), True),
        (date(2026, 8, 25), date(2020, 1, 1), False),
        (date(2026, 8, 24), date(2020, 1, 1), True),
    ],
)
def test_a_wall_is_due_when_nobody_looked_at_it_for_long(last: date | None, made: date, right: bool) -> None:
    assert due(last, made, TODAY) is right


def test_every_finding_has_its_words() -> None:
    assert set(wall_check.WORDS) == set(wall_check.TO_DO) == set(wall_check.VERDICTS)
