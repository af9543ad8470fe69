"""A short summary of a draft that was sent back, and the changes of the next submission."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.rules.bilingual import Language, Words, date_in_words
from board.rules.kind import Kind
from board.rules.notice.formatting import fact_text, total
from board.rules.notice.proposal import Proposal

LABELS: Mapping[str, Words] = {
    "title": Words("标题", "Title"),
    "publisher": Words("落款单位", "Publisher"),
    "formed_on": Words("这些信息是哪天定下来的", "Day on which this was settled"),
    "starts": Words("公示开始日期", "First day of display"),
    "ends": Words("公示到", "Shown until"),
    "places": Words("贴在几个地方", "Number of places"),
    "rows": Words("名单行数", "Rows"),
    "reason": Words("更正的原因", "Reason for the correction"),
}
UNSEEN: Mapping[str, Words] = {
    "lines": Words("名单里的内容", "What the rows say"),
    "files": Words("附件", "Attachments"),
    "answers": Words("对提醒写的原因", "Reasons given for warnings"),
}
CHANGED = Words("改过", "changed")
DAYS = ("formed_on", "starts", "ends")


@dataclass(frozen=True)
class Change:
    """One thing that the next try says otherwise; ``old`` is "" where only the change is known, not what stood there."""

    label: Words
    old: str
    new: str


def summary(proposal: Proposal, answers: Mapping[str, str]) -> dict[str, Any]:
    """Return a summary of a proposal as plain JSON, equal when nothing was changed: the salts, new each time, are left out."""
    return {
        "title": proposal.title,
        "publisher": proposal.frozen["publisher"],
        "formed_on": proposal.formed_on,
        "starts": proposal.starts,
        "ends": proposal.ends,
        "places": len(proposal.parts),
        "rows": proposal.row_count,
        "totals": dict(proposal.totals),
        "facts": dict(proposal.facts),
        "lines": proposal.content,
        "files": proposal.frozen.get("files", []),
        "answers": dict(answers),
        "reason": proposal.frozen.get("correction", {}).get("reason", ""),
    }


def standing(version: Any, parts: Collection[Any], proposed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the summary of the version in force; days and the like, which a correction has of its own, are taken from ``proposed``.
    ``version`` and ``parts`` have the columns of their tables."""
    own = {"title": version.title, "publisher": version.frozen["publisher"], "places": len(parts), "rows": version.row_count}
    content = {"totals": dict(version.totals), "facts": dict(version.facts), "files": version.frozen.get("files", [])}
    return {**proposed, **own, **content}


def changes(old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind, language: Language) -> Iterator[Change]:
    """Yield the differences between two summaries of one draft, in the reader's words."""
    for id, label in LABELS.items():
        if old.get(id, "") != new[id]:  # a summary of an earlier version of the program has fewer members
            texts = [date_in_words(date.fromisoformat(one[id]), language) if id in DAYS else str(one.get(id, "")) for one in (old, new)]
            yield Change(label, *texts)
    for fact in kind.facts:
        if fact.filled == "committee":  # said of each proposal anew
            continue
        before, after = (one["facts"].get(fact.id, "") for one in (old, new))
        if before != after:
            yield Change(fact.label, *(fact_text(fact, one, language) if one else "—" for one in (before, after)))
    for column in kind.columns:
        before, after = (total(column, one["totals"], language) for one in (old, new))
        if before != after:
            yield Change(column.label, before or "—", after or "—")
    for id, label in UNSEEN.items():
        if old.get(id, []) != new[id]:
            yield Change(label, "", CHANGED.en if language == "en" else CHANGED.zh)
