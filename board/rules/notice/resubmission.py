"""What a draft said when its reviewer sent it back, kept in a few lines, and what the next try says instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.rules.bilingual import Language, Words, date_in_words
from board.rules.kind import Kind
from board.rules.notice.formatting import fact_text, written
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
    """Return what a proposal says, as plain JSON: two are equal when nothing of it was changed. The salts, new each time, are left out."""
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
    """Return what the version in force says, as ``summary`` puts it; of the days and the like, which are a correction's own, what is
    ``proposed``. ``version`` and ``parts`` have the columns of their tables.
    """
    own = {"title": version.title, "publisher": version.frozen["publisher"], "places": len(parts), "rows": version.row_count}
    said = {"totals": dict(version.totals), "facts": dict(version.facts), "files": version.frozen.get("files", [])}
    return {**proposed, **own, **said}


def changes(old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind, language: Language) -> Iterator[Change]:
    """Yield what differs between two summaries of one draft, in the reader's words."""
    for id, label in LABELS.items():
        if old.get(id, "") != new[id]:  # one that was sent back by an earlier version of the program says less
            said = [date_in_words(date.fromisoformat(one[id]), language) if id in DAYS else str(one.get(id, "")) for one in (old, new)]
            yield Change(label, *said)
    for fact in kind.facts:
        before, after = (one["facts"].get(fact.id, "") for one in (old, new))
        if before != after:
            yield Change(fact.label, *(fact_text(fact, one, language) if one else "—" for one in (before, after)))
    for column in kind.columns:
        before, after = (one["totals"].get(column.id, "") for one in (old, new))
        if before != after:
            yield Change(column.label, written(column, before) or "—", written(column, after) or "—")
    for id, label in UNSEEN.items():
        if old.get(id, []) != new[id]:
            yield Change(label, "", CHANGED.en if language == "en" else CHANGED.zh)
