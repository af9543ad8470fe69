"""What the ledger says of the templates of answers, and how a difference is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from board.models import Ledger
from board.rules.bilingual import Words

EVIDENCE = {"answer_template": {"home", "id", "category", "title", "text", "made_by", "at", "removed_at"}}
WHERE = Words("答复模板 {}/{}", "template of answers {}/{}")
WHAT = Words("答复模板和日志不一样\uff1a{}", "it is not what the ledger says: {}")
LABELS = {
    "category": Words("类别", "category"),
    "words": Words("写的话", "its words"),
    "written": Words("谁在什么时候写的", "who wrote it, and when"),
    "removed": Words("删掉的时间", "when it was removed"),
}


def logged(home: str, entries: Iterable[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, id) -> what the entries of a home, oldest first, say of each template, as ``answer_templates.evidence`` gives it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        one = found.setdefault((home, entry.subject), {"removed": None})
        if entry.action == "template.removed":
            one |= {"words": "", "removed": entry.at}
        else:
            one |= {"category": entry.body.get("category"), "words": entry.body.get("words"), "written": (entry.actor, entry.at)}
    return found
