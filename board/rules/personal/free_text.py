"""Warnings on texts before they are published: a birth date, an illness or a home address of a person, in words.

Numbers block (``detection``), and figures that may be one are asked about; descriptions only warn, for most of them are harmless on a
notice: a scheme that is named after an illness, a rule about an age, the address of an office. So an illness counts only where the text
says that a person has it, and an address only where a person lives there. The tests hold sentences of real notices. Source:
docs/sources.md: personal-fields, notices.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.personal import mentions
from board.rules.personal.detection import EVERYTHING, NUMBERS, WHAT_WORDS, Detected, asked, find
from board.rules.text_width import narrow

Text = Literal["title", "fact", "attachment", "reply", "reason", "answer"]
SPOKEN: tuple[Text, ...] = ("reply", "reason", "answer")  # written to or about one person, whom "he" or "your mother" then means
CODE = "fact_personal_words"

_NEAR = 40  # letters of the same sentence in which a person may be named
_END = re.compile(r"[。;!?\n]")
_OF = re.compile(r"(?:[早中晚]期)?(?:的?(?:患者|病人)|的)")
_LIVES = re.compile(r"(?:(?<!常)住(?!房|建|户)|居住|家在|户籍)[^,。;\n]{0,24}$")
_FLAT = re.compile(r"\d(?:单元|栋|幢|座|号楼|#)")
_ROW_OR_DOOR = re.compile(r"[组社队]\d{1,4}号$")  # a row of a roster is cited like a door: 3组12号
_OFFICE = re.compile(
    r"政府|委员会|[村居]委|大厅|中心(?![街路巷])|办公|信用社|银行|活动室|[小中]学|仓库|超市|[办局所站院校](?=[\s,(:在])"
    r"|地[址点]|联系人|负责人|咨询|受理|举报|监督|反映|意见箱"
)


def descriptions_in(text: str, kind_of: Text) -> list[Detected]:
    """Return the descriptions of a person in a text (birth, health, address), in its order; ``kind_of`` is the sort of text.

    Empty for words about a scheme, a rule or an office. Numbers are not looked for.
    """
    plain = narrow(text)
    return [one for one in find(text, EVERYTHING) if one.what not in NUMBERS and _is_somebodys(plain, one, kind_of)]


def told_in(text: str, kind_of: Text) -> list[Detected]:
    """Return what a text may tell of a person, in its order: descriptions, and figures that together may be a personal number."""
    return sorted((*descriptions_in(text, kind_of), *asked(text)), key=lambda one: one.start)


def kinds_of(found: Sequence[Detected]) -> Words:
    """Return the names of the classes found, in the order of the text: 病情或残疾情况、详细住址."""
    classes = dict.fromkeys(one.what for one in found)
    return Words("、".join(WHAT_WORDS[one].zh for one in classes), ", ".join(WHAT_WORDS[one].en for one in classes))


def warnings(title: str, facts: Mapping[str, str], kind: Kind, correction: str = "") -> list[dict[str, Any]]:
    """Return the warnings about a notice's title, facts and reason for a ``correction`` for its reviewer, in the form of
    ``Proposal.warnings``.

    ``facts`` by id; ``column`` is the Chinese label of the fact. The words that were found are not repeated.
    """
    stated = [(fact.label, facts[fact.id]) for fact in kind.facts if facts.get(fact.id) and fact.type in ("text", "long")]
    looked_at = [
        (Words("标题", "Title"), told_in(title, "title")),
        *((label, told_in(text, "fact")) for label, text in stated),
    ]
    looked_at.append((Words("更正的原因", "Reason for the correction"), told_in(correction, "reason")))
    return [_warning(label, kinds_of(found)) for label, found in looked_at if found]


def _warning(label: Words, what: Words) -> dict[str, Any]:
    zh = f"“{label.zh}”里像是写着某个人的{what.zh}。是的话请退回，让经办改写；说的是单位、政策或办法的，写明即可。"
    en = f"“{label.en}” seems to tell {what.en} of somebody. If so, send it back to be rewritten; if about an office or a rule, say so."
    return {"row": 0, "column": label.zh, "code": CODE, "zh": zh, "en": en}


def _is_somebodys(text: str, one: Detected, kind_of: Text) -> bool:
    """Return whether a description is about one person, by the words around it in its own sentence."""
    before = _END.split(text[max(one.start - _NEAR, 0) : one.start])[-1]
    after = _END.split(text[one.end : one.end + _NEAR])[0]
    if one.what == "address":
        return _is_home(before, text[one.start : one.end], after)
    if one.what == "birth":
        return not mentions.of_a_class(after)
    patient = _OF.match(after)
    if mentions.named(before) or (patient and mentions.named_first(after[patient.end() :])):
        return True
    return kind_of in SPOKEN and mentions.spoken_of(before) and not mentions.of_a_class(after)


def _is_home(before: str, address: str, after: str) -> bool:
    """Return whether an address is a home; a bare street and number may be an office's.

    A place may have any name, so words right before it are part of the matched address: 家住高洞村3组12号.
    """
    if _OFFICE.search(before + address):
        return False
    if _LIVES.search(before + address) or _FLAT.search(address) or mentions.household_first(after):
        return True
    return not _ROW_OR_DOOR.search(address) and (mentions.named_first(after) or mentions.named_last(before))
