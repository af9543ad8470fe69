"""公开目录 as a table: the national standard's columns (国办发〔2019〕54号) for paper and CSV, and the members of its JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from board.rules.bilingual import Language, Words, say
from board.rules.channels import Channel
from board.rules.duties.catalogue import ALL, BY, MEMBERS, Catalogue, Line
from board.rules.kind import GROUPS, Level
from board.rules.rendering import open_data

ON, OFF = "■", "□"
COLUMNS = {
    "no": Words("序号", "No."),
    "group": Words("公开事项：一级事项", "Matter: first level"),
    "item": Words("公开事项：二级事项", "Matter: second level"),
    "content": Words("公开内容（要素）", "What is published (elements)"),
    "basis": Words("公开依据", "Basis"),
    "within": Words("公开时限", "By when"),
    "office": Words("公开主体", "Who publishes"),
    "channels": Words("公开渠道和载体", "Channels and media"),
    "audience": Words("公开对象", "For whom"),
    "way": Words("公开方式", "How"),
    "level": Words("公开层级", "Level"),
}
_ROSTER = Words("明细（{}）", "Roster ({})")
_OWN, _ASKED = Words("主动公开", "Published unasked"), Words("依申请公开", "On application")
_LEAD = Words("（牵头：{}）", " (lead: {})")


def headers(language: Language) -> list[str]:
    """Return the standard's column headers."""
    return [say(words, language) for words in COLUMNS.values()]


def cells(line: Line, channels: Iterable[Channel], used: Collection[str], language: Language) -> list[str]:
    """Return a line under ``headers``; ``used`` are the ids of the channels that are ticked."""
    return [
        str(line.no),
        say(GROUPS[line.kind.group], language),
        say(line.item, language),
        content(line, language),
        say(line.kind.basis, language),
        "\n".join(within(line, language, in_law=True)),
        "\n".join(offices(line, language)),
        ticked(((one.term, one.id in used) for one in channels), language).replace("\n", "  "),
        ticked(((ALL, line.audience is ALL), (MEMBERS, line.audience is MEMBERS)), language),
        ticked(((_OWN, True), (_ASKED, False)), language),
        ticked(((words, level in {one.level for one in line.by}) for level, words in BY.items()), language),
    ]


def ticked(choices: Iterable[tuple[Words, bool]], language: Language) -> str:
    """Return a closed list with ■ before what is chosen and □ before the rest."""
    return "\n".join(f"{ON if chosen else OFF}{say(words, language)}" for words, chosen in choices)


def content(line: Line, language: Language) -> str:
    """Return 公开内容（要素）: the facts, then the columns of the roster."""
    between = ", " if language == "en" else "、"
    facts = [say(words, language) for words in line.content]
    columns = between.join(say(words, language) for words in line.roster)
    return ("; " if language == "en" else "；").join([*facts, *([say(_ROSTER, language).format(columns)] if columns else [])])


def within(line: Line, language: Language, *, in_law: bool = False) -> list[str]:
    """Return 公开时限 of each level, with the county's note; once where the levels agree; plainly, or as the law words it."""
    each = {one.level: say(one.in_law if in_law else one.within, language) + _note(one.note, language) for one in line.by}
    return _by_level(each, language)


def offices(line: Line, language: Language) -> list[str]:
    """Return 公开主体 of each level, with the lead office of its duty."""
    each = {
        one.level: say(one.office, language) + (say(_LEAD, language).format(say(one.lead, language)) if one.lead.zh else "")
        for one in line.by
    }
    return _by_level(each, language)


def _note(note: str, language: Language) -> str:
    return (f" ({note})" if language == "en" else f"（{note}）") if note else ""


def _by_level(each: Mapping[Level, str], language: Language) -> list[str]:
    alike: dict[str, list[Level]] = {}
    for level, text in each.items():
        alike.setdefault(text, []).append(level)
    if len(alike) == 1:
        return list(alike)
    between, colon = (", ", ": ") if language == "en" else ("、", "：")
    return [f"{between.join(say(BY[level], language) for level in levels)}{colon}{text}" for text, levels in alike.items()]


def csv(found: Catalogue, channels: Iterable[Channel], used: Collection[str], language: Language) -> str:
    """Return a catalogue as a CSV file for WPS or Excel: a line of headers, then a line a matter."""
    known = list(channels)
    lines = [open_data.record(headers(language))]
    for line in found.lines:
        no, *texts = cells(line, known, used, language)
        lines.append(open_data.record([no, *(open_data.cell(text.replace("\n", " ")) for text in texts)]))
    return open_data.BOM + "".join(lines)


def document(found: Catalogue, channels: Iterable[Channel], used: Collection[str], language: Language) -> dict[str, Any]:
    """Return a catalogue as plain JSON values; ``left_out`` is how many matters, a level each, the county has taken out."""
    terms = {one.id: say(one.term, language) for one in channels if one.id in used}
    return {
        "lines": [_line(line, terms, language) for line in found.lines],
        "left_out": found.left_out,
        "terms": say(open_data.TERMS, language),
    }


def _line(line: Line, channels: Mapping[str, str], language: Language) -> dict[str, Any]:
    return {
        "no": line.no,
        "kind": {"id": line.kind.id, "name": say(line.kind.name, language)},
        "group": {"id": line.kind.group, "name": say(GROUPS[line.kind.group], language)},
        "item": say(line.item, language),
        "content": [say(words, language) for words in line.content],
        "roster": [say(words, language) for words in line.roster],
        "basis": say(line.kind.basis, language),
        "publishers": [
            {
                "level": one.level,
                "office": say(one.office, language),
                "lead": say(one.lead, language) or None,
                "within": say(one.in_law, language),
                "within_basis": say(one.within_basis, language),
                "note": one.note or None,
            }
            for one in line.by
        ],
        "channels": [{"id": id, "name": name} for id, name in channels.items()],
        "audience": {"id": "members" if line.for_members else "everyone", "name": say(line.audience, language)},
    }
