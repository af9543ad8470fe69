"""The check of a wall: what a QR code on it contains, whether it is ours, and whether it belongs there.

A foreign code stuck over ours is a known fraud, and an outdated poster misleads. A code is never opened: its content is read as text,
compared with what was printed, and stored only as far as it identifies its target.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlsplit

from board.rules import numbers
from board.rules.bilingual import Words
from board.rules.personal import detection

CHECK_EVERY = 90  # days: rain and hands take paper sooner, but a township has fifty walls
LONGEST = 60  # characters of a stranger's code that are kept: enough to tell the police where it leads
Verdict = Literal["good", "older", "over", "outdated", "other_place", "closed", "withdrawn", "unknown", "foreign", "unreadable"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
FINE = frozenset({"good", "older"})
REPORTED = frozenset({"foreign", "unknown"})  # what the county's auditor is told of at once
_PATH = re.compile(r"/(?:(?P<wall>w)|n)/(?P<number>[0-9]{9})(?(wall)|(?:/(?P<place>[0-9]{12})(?:/(?P<version>[0-9]{1,4}))?)?)/?", re.I)


@dataclass(frozen=True)
class ScannedCode:
    """The content of a code: whose address it is, and the parts of one of ours.

    ``whose`` is ours (in the form that we print), odd (our host, but nothing that we print) or foreign. ``wall`` is None where a bare
    number was typed, which does not say what it is printed on. ``version`` is None where none is given. ``shown`` is the text that may be
    stored.
    """

    whose: Literal["ours", "odd", "foreign"]
    shown: str
    wall: bool | None = None
    number: str = ""
    place: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Known:
    """The record of a number: of a wall, its place and whether it was closed; of a notice, its status for the place that is checked.

    ``changed_in`` is the version in which that place's part changed last, None where the notice has no part for it.
    """

    wall: bool
    gone: bool
    current: int = 0
    changed_in: int | None = None
    ends: date | None = None


def parse(text: str, base: str) -> ScannedCode:
    """Read what a code says; ``base`` is the public address (scheme and host) that ours begin with."""
    content = text.strip()
    root = base.rstrip("/")
    if content[: len(root)].lower() == root.lower() and (path := _PATH.fullmatch(content[len(root) :])):
        version = int(path["version"]) if path["version"] else None
        return ScannedCode("ours", cut(content), bool(path["wall"]), path["number"], path["place"] or "", version)
    return ScannedCode("odd" if _host(content) == _host(root) else "foreign", cut(content))


def typed(text: str, base: str) -> ScannedCode | None:
    """Read what a person typed from under a code: the number, or the address without its scheme.

    None for digits that are no number: a typing error, which needs no alarm.
    """
    number = numbers.compact(text)
    if number.isdecimal():
        return ScannedCode("ours", number, None, number) if numbers.valid(number) else None
    scheme = base.partition("://")[0]
    return parse(text if "://" in text else f"{scheme}://{text.strip()}", base)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:  # a code may hold any text
        return ""


def cut(text: str) -> str:
    """Return the text of a code that may be stored: its beginning, without what follows a question mark (in payment codes the payee) and
    with personal numbers masked. Characters that look like others are given by their code points, so that a Cyrillic а is not taken for
    a."""
    plain = "".join(char if _plain(char) else f"<U+{ord(char):04X}>" for char in text.split("?")[0].split("#")[0])
    masked = detection.mask(plain)
    return masked if len(masked) <= LONGEST else masked[: LONGEST - 1] + "…"


def _plain(char: str) -> bool:
    return " " <= char <= "~" or "\u4e00" <= char <= "\u9fff" or char in "，。：；！？（）、“”"


def judge(scanned: ScannedCode, known: Known | None, place: str, chain: Container[str], number: str, today: date) -> Verdict:
    """Return the verdict on a code on the wall ``number`` of ``place``; ``chain`` are the codes of that place and of its ancestors."""
    if scanned.whose != "ours":
        return "foreign" if scanned.whose == "foreign" else "unknown"
    if known is None or scanned.wall not in (None, known.wall):
        return "unknown"
    if known.wall:
        return _plate(scanned, known, number)
    if known.gone:
        return "withdrawn"
    if known.changed_in is None or (scanned.place and scanned.place not in chain):
        return "other_place"
    return _sheet(scanned.version, known.current, known.changed_in, known.ends, today)


def _plate(scanned: ScannedCode, known: Known, number: str) -> Verdict:
    if known.gone:
        return "closed"
    return "good" if scanned.number == number else "other_place"


def _sheet(version: int | None, current: int, changed_in: int, ends: date | None, today: date) -> Verdict:
    if version is not None and not 1 <= version <= current:
        return "unknown"  # not printed yet
    if ends is not None and ends < today:
        return "over"
    if version is None or version == current:
        return "good"
    return "older" if changed_in <= version else "outdated"


def due(last: date | None, made: date, today: date) -> bool:
    """Return whether a wall is to be checked: never since it was put up, a month ago or more, or not for CHECK_EVERY days."""
    return (today - made).days >= 30 if last is None else (today - last).days >= CHECK_EVERY


# The name of each verdict, and what the person at the wall has to do.
WORDS: dict[Verdict, Words] = {
    "good": Words("是我们的码，是最新的", "ours, and up to date"),
    "older": Words("是旧版的单子，本村没有变化", "an older sheet; nothing changed for this village"),
    "over": Words("公示期已满", "its time of display is over"),
    "outdated": Words("是旧版的单子，本村有变化", "an older sheet, and this village's figures have changed"),
    "other_place": Words("是我们的码，但不该贴在这面墙上", "ours, but it does not belong on this wall"),
    "closed": Words("是已经撤掉的墙的牌子", "the plate of a wall that was taken away"),
    "withdrawn": Words("这份公示已经撤下", "this notice was taken down"),
    "unknown": Words("冒用我们的网址，没有印过这个码", "it uses our address, but we never printed it"),
    "foreign": Words("不是我们的码", "not our code"),
    "unreadable": Words("扫不出来", "it cannot be read"),
}
TO_DO: dict[Verdict, Words] = {
    "good": Words("不用动。", "Leave it as it is."),
    "older": Words("可以不换。", "It may stay."),
    "over": Words("可以取下来；牌子不要动。", "It may come down; leave the plate."),
    "outdated": Words("请打印新的一版，今天换上。", "Print the new version and hang it today."),
    "other_place": Words("请取下来，换上本村的。", "Take it down and hang this village's own."),
    "closed": Words("请拆下这块牌子，换上这面墙自己的。", "Take that plate off and put up this wall's own."),
    "withdrawn": Words("请马上取下来。", "Take it down at once."),
    "unknown": Words(
        "不要用手机打开。先拍照，再撕下来收好；打 110 报警，并报县里。",
        "Do not open it on a phone. Take a photo, take the code off and keep it; ring 110, and tell the county.",
    ),
    "foreign": Words(
        "不要用手机打开。先拍照，再撕下来收好；打 110 报警，并报县里。",
        "Do not open it on a phone. Take a photo, take the code off and keep it; ring 110, and tell the county.",
    ),
    "unreadable": Words(
        "擦一擦、压平再扫一次；还不行就重新打印。", "Wipe it, smooth it and scan again; print it anew if that does not help."
    ),
}
