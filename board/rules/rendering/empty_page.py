"""The empty page of a kind, as text for whoever writes its file: what a notice of it will ask for, show and check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from board.rules.bilingual import Words
from board.rules.kind import BLOCKS, Check, Column, Fact, Kind, Period

BLANK = "______"
_SHOWN = {"public": "", "masked": "（遮名）", "staff": "（只给工作人员看）"}
_NUMBERS = "一二三四五六七八九十"


def empty_page(kind: Kind) -> str:
    """Return the page of a notice of the kind with nothing filled in, in Chinese, one thing a line."""
    return "\n".join(_lines(kind))


def _lines(kind: Kind) -> Iterator[str]:
    yield f"{kind.name.zh} {_small(kind.term)}（{kind.name.en}）".replace(" （", "（")
    yield kind.sentence.zh.format_map(defaultdict(lambda: BLANK))
    for number, (block, heading) in enumerate(BLOCKS.items()):
        if own := [fact for fact in kind.facts if fact.block == block]:
            yield f"{_NUMBERS[number]}、{heading.zh}"
            yield from (f"  {_fact(fact)}" for fact in own)
    if kind.columns:
        yield f"明细，一行是一{kind.rows.zh or '行'}"
        yield from (f"  {_column(column)}" for column in kind.columns)
        yield from (f"  每一行要对得上：{_check(kind, check)}" for check in kind.checks)
    until = kind.fact(kind.display_until)
    yield f"公示多久：{_period(kind.display)}{f'，至少到“{until.label.zh}”那天' if until else ''}"
    yield f"最晚哪天公开：{_period(kind.publish_within)}"
    if kind.local_within:
        yield f"本市要求最晚哪天公开：{_period(kind.local_within)}"
    yield from (f"日程：{one.label.zh}，{_length(one.period)}" for one in kind.schedule)
    yield f"依据：{kind.basis.zh}"


def _small(term: Words) -> str:
    return f"（{term.zh}）" if term.zh else ""


def _fact(fact: Fact) -> str:
    typed = "（程序自己填）" if fact.filled else "（必填）" if fact.required else ""
    choices = "／".join(choice.label.zh for choice in fact.choices)
    return f"{fact.label.zh}{_small(fact.term)}：{choices or BLANK}{typed}{f'  {fact.hint.zh}' if fact.hint.zh else ''}"


def _column(column: Column) -> str:
    also = f"  表上也叫：{'、'.join(column.synonyms)}" if column.synonyms else ""
    return f"{column.label.zh}{f'，{column.unit}' if column.unit else ''}{_SHOWN[column.show]}{'（必有）' if column.required else ''}{also}"


def _check(kind: Kind, check: Check) -> str:
    name = {column.id: column.label.zh for column in kind.columns}
    if check.type == "running":
        return f"{name[check.result]} = 上一行的{name[check.result]} + {name[check.of[0]]} − {name[check.of[1]]}"
    sign = " × " if check.type == "product" else " + "
    return f"{name[check.result]} = {sign.join(name[id] for id in check.of)}"


def _period(period: Period) -> str:
    return f"{_length(period)}（{period.basis.zh}）"


def _length(period: Period) -> str:
    since = f"从 {period.since} 数，" if period.since else ""
    if period.hours:
        return f"{since}{period.hours} 小时内"
    if period.before:
        return f"{since}提前 {period.days} 天"
    if not period.days:
        return f"{since}当天"
    return f"{since}{period.days} {'个工作日' if period.unit == 'working' else '天'}"
