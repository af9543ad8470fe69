"""What a village's supervision committee says of a notice before it is posted, and how the notice then states it.

It holds for the proposal whose digest was shown, and for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

from board.rules.bilingual import date_in_words
from board.rules.kind import Kind
from board.rules.notice.proposal import Proposal

Result = Literal["agreed", "objected", "absent"]
Way = Literal["phone", "paper"]
RESULTS: tuple[Result, ...] = get_args(Result)
FROZEN = "opinion"  # its key among a version's frozen values
OPINION, NOTE = "committee_opinion", "committee_note"  # the facts that it fills, in every kind that a village publishes
WHOLE = "whole"
MOST, LONGEST = 5, 200  # objections to one notice; characters of one, and of the reply to it


@dataclass(frozen=True)
class Objection:
    """An objection to a line, a fact or the whole of a notice, and the office's reply ("": none yet).

    ``about`` is ``whole``, the number of a row, or the id of a fact; ``line`` says it in words.
    """

    about: str
    line: str
    words: str
    reply: str = ""


@dataclass(frozen=True)
class Opinion:
    """The committee's opinion of one proposal. ``reason`` says why nobody confirmed, where the result is ``absent``."""

    digest: str
    result: Result
    way: Way
    said_on: date
    reason: str = ""
    objections: tuple[Objection, ...] = ()

    @property
    def unanswered(self) -> tuple[Objection, ...]:
        """The objections to which the office has not replied: with one of them nothing is posted."""
        return tuple(one for one in self.objections if not one.reply)


def asked(kind: Kind, level: str) -> bool:
    """Return whether the committee is asked before a notice is posted: one of a village that the committee did not write itself."""
    return level == "village" and kind.writer != "supervisor"


def line_of(about: str, kind: Kind) -> str:
    """Return what an objection is about in words: 第 3 号, the label of a fact, or 整份公示."""
    fact = kind.fact(about)
    return fact.label.zh if fact else f"第 {about} 号" if about.isdecimal() else "整份公示"


def note(opinion: Opinion) -> str:
    """Return what the notice says of the opinion: when it was confirmed and how, each objection with its reply, or why nobody confirmed."""
    day = date_in_words(opinion.said_on, "zh")
    if opinion.result == "absent":
        return f"没有确认：{opinion.reason}"
    if opinion.result == "agreed":
        return f"{day}{'在手机上看过页面，确认。' if opinion.way == 'phone' else '在纸上签字确认。'}"
    told = (f"对{one.line}有不同意见：{_ended(one.words)}答复：{_ended(one.reply or '还没有')}" for one in opinion.objections)
    return f"{day}提出。" + "".join(told)


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text + "。"


def applied(proposal: Proposal, opinion: Opinion | None) -> Proposal:
    """Return a proposal with what the committee said of it, as it is reviewed and posted; as it is where the opinion is of another one."""
    if opinion is None or opinion.digest != proposal.digest:
        return proposal
    ids = {fact["id"] for fact in proposal.frozen["kind"].get("facts", ())}
    stated = {OPINION: opinion.result, NOTE: note(opinion)}
    frozen = proposal.frozen | {FROZEN: to_json(opinion)}
    return replace(proposal, facts=proposal.facts | {id: text for id, text in stated.items() if id in ids}, frozen=frozen)


def mark(opinion: Opinion | None) -> str:
    """Return the mark by which a form says which opinion its page showed; "" for none."""
    return hashlib.sha256(json.dumps(to_json(opinion), sort_keys=True).encode()).hexdigest()[:16] if opinion else ""


def to_json(opinion: Opinion) -> dict[str, Any]:
    """Return an opinion as plain JSON values."""
    return asdict(opinion) | {"said_on": opinion.said_on.isoformat(), "objections": [asdict(one) for one in opinion.objections]}


def from_json(data: Mapping[str, Any]) -> Opinion:
    """Return the opinion that ``to_json`` gave."""
    said_on, objections = date.fromisoformat(data["said_on"]), tuple(Objection(**one) for one in data["objections"])
    return Opinion(**dict(data) | {"said_on": said_on, "objections": objections})
