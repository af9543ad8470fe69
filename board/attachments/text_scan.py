"""Personal data in the text of documents, where words come without their columns.

Figures of several columns stand side by side on a page: 135 2000 4500 is a row of a plan and no telephone number. So beside unbroken digits
only the usual groupings are taken, a broken ID number only with the right check digit, and an account right behind its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from board.rules.personal.detection import What, find, number_in
from board.rules.personal.free_text import descriptions_in
from board.rules.personal.half_masked import half_masked
from board.rules.personal.identifiers import check_digit
from board.rules.personal.labels import named
from board.rules.sheet.hidden_numbers import scan
from board.rules.text_width import narrow

Texts = Iterable[tuple[str, str]]  # (where, as a clerk names it; text)
_LABEL = 16  # characters of a label such as 银行卡号码
_IDS: tuple[What, ...] = ("id_number",)
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\d.,])(?<!\d[ \-·])", r"(?![ \-·.,]{0,2}\d)"
_GROUPED = re.compile(
    rf"{_ALONE_BEFORE}(?:\d{{4}}(?P<card>[ \-·]{{1,2}})\d{{4}}(?P=card)\d{{4}}(?P=card)\d{{4}}(?:(?P=card)\d{{1,3}})?"
    rf"|\d{{6}}[ \-·]\d{{10,13}}|1[3-9]\d(?P<phone>[ \-·]{{1,2}})\d{{4}}(?P=phone)\d{{4}}){_ALONE_AFTER}"
)
# An office's phone belongs on a notice, and small offices use a mobile.
_OFFICES = re.compile(
    r"(?:监督|举报|投诉|咨询|服务|办公|受理|值班)(?:[/、和及]?(?:监督|举报|投诉|咨询|联系))?电话[\s:]{0,3}1[3-9]\d{9}(?!\d)"
)


def numbers(texts: Texts, leftovers: Texts = ()) -> list[dict[str, Any]]:
    """Return how many different personal numbers are where, as ``hidden_numbers.scan`` counts them; ``leftovers`` as there."""
    return list(scan(_pieces(texts), (), _pieces(leftovers)))


def words(texts: Texts) -> list[dict[str, Any]]:
    """Return how often descriptions of a person's birth, illness or address occur, in the same form."""
    found = Counter((where, one.what) for where, text in texts for one in descriptions_in(text, "attachment"))
    return [{"where": where, "what": what, "count": count} for (where, what), count in found.items()]


def _pieces(texts: Texts) -> Iterator[tuple[str, str]]:
    return ((where, one) for where, text in texts for one in pieces(text))


def pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that may each be one personal number."""
    plain = _OFFICES.sub("", narrow(text))
    yield from (word for word in plain.split() if sum(map(str.isdigit, word)) > 10)
    yield from (match[0] for match in _GROUPED.finditer(plain))
    for finding in find(plain, _IDS):
        number = number_in(plain, finding)
        if len(number) == 18 and check_digit(number[:17]) == number[17]:
            yield plain[finding.start : finding.end]
    yield from (plain[start:end] for start, end in half_masked(plain))
    yield from (plain[max(start - _LABEL, 0) : end] for _what, start, end in named(plain))
