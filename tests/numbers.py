"""Numbers of people who never were: some to name, and any number of them for hypothesis to draw."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from board.rules.personal.identifiers import check_digit, is_card

ID = "510521189605043961"
ID_X = "51052118660904778X"
OLD_ID = "510521" + "890504396"  # in two parts: no test file looks as if it held somebody's numbers
CARD = "629999" + "2677354684877"
MOBILE = "139" + "00000286"

GAPS = st.sampled_from(["", " ", "-", "  ", "\u3000", "\u00a0", "–", "—", "·", "/", "\n", "\t", " - ", "\u200b", "_", "~"])
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@st.composite
def ids(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1850, 1, 1), date(2026, 1, 1)))
    body = f"{draw(st.integers(11, 65))}{draw(st.integers(0, 9999)):04d}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + check_digit(body)


@st.composite
def cards(draw: st.DrawFn) -> str:
    body = "62" + draw(st.text("0123456789", min_size=13, max_size=16))
    return next(body + digit for digit in "0123456789" if is_card(body + digit))


@st.composite
def mobiles(draw: st.DrawFn) -> str:
    return "1" + draw(st.sampled_from("3456789")) + draw(st.text("0123456789", min_size=9, max_size=9))


_WIDE_GAPS = ["", " ", "-", "     ", "\n", "\r\n", "\u3000", "\u200b", "\ufeff", "+", " + ", "·", "\t\t", "/", " — "]
_NUMERALS = ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○一二三四五六七八九", "０１２３４５６７８９", "0123456789"]


@st.composite
def spelled(draw: st.DrawFn, number: str) -> str:
    """A number in any spelling: parts of any length with any gap between each two, thousands commas, numerals, wide digits."""
    if draw(st.booleans()) and number.isdigit():
        lead = len(number) % 3 or 3
        parts = [number[:lead], *(number[at : at + 3] for at in range(lead, len(number), 3))]
        text = ",".join(parts)
    else:
        cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=len(number) - 1)))
        gaps = [draw(st.sampled_from(_WIDE_GAPS)) for _ in cuts]
        text = "".join(gap + number[start:end] for gap, start, end in zip(["", *gaps], [0, *cuts], [*cuts, len(number)], strict=True))
    return text.translate({ord(digit): ord(letter) for digit, letter in zip("0123456789", draw(st.sampled_from(_NUMERALS)), strict=True)})
