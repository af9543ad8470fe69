"""A notice of relief about few people for the tests of its ways out: what was planted, and in which spellings it would be recognised."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from board.rules import money
from board.rules.personal.name_masking import mask_name
from board.rules.rendering import spoken_chinese, spoken_english
from tests.store.posted import GAODONG, NEXT, Made, line, proposal

THIRD = "510521116227"  # 军大丘村
FEW = [("鲜于柒洛", "10.37"), ("皮豌樨", "41.91")]  # the planted ones, in 高洞社区
JOINED = [("褚蓼蓝", "7.13"), ("蒯秫秸", "8.29"), ("亓葵芡", "9.77")]  # would tell them: the total less 军大丘村 less these
MANY = [("王五", "21"), ("赵六", "22"), ("钱七", "23"), ("孙八", "24")]
WORDS = "人数少，名单只贴在公示墙上"


def relief(*, third: bool = True, joined: bool = True, least: int | None = 3, kind: str = "social-assistance") -> Made:
    """Return a roster with two households in 高洞社区, three in the village beside it and four in 军大丘村, as a clerk submits it now."""
    villages = [(GAODONG, FEW), *([(NEXT, JOINED)] if joined else []), *([(THIRD, MANY)] if third else [])]
    made = proposal(kind, [line(place, no, name, area) for place, rows in villages for no, (name, area) in enumerate(rows, 1)])
    frozen = made.frozen | {"areas": made.frozen["areas"] | {THIRD: "军大丘村"}} | ({} if least is None else {"least_rows": least})
    return replace(made, title="百和镇2026年11月临时救助公示", frozen=frozen | {"names": {"wall": "masked", "web": "masked"}})


def amount(area: str) -> Decimal:
    """Return what ``tests.store.posted.line`` pays for an area."""
    return (Decimal(area) * Decimal("93.6")).quantize(Decimal("0.01"))


def tokens(rows: list[tuple[str, str]]) -> set[str]:
    """Return all by which these rows and their total would be recognised: names, and figures as pages, data and scripts write them."""
    figures = [amount(area) for _name, area in rows]
    figures.append(sum(figures, Decimal()))
    names = {one for name, _area in rows for one in (name, mask_name(name))}
    return names | {one for figure in figures for one in _spellings(figure)}


def _spellings(figure: Decimal) -> set[str]:
    fen = money.to_fen(figure)
    written = {f"{figure}", money.yuan(fen)}
    return written | {voice(f"{money.yuan(fen)} 元").split("元")[0] for voice in (spoken_chinese.aloud, spoken_english.aloud)}
