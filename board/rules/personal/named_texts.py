"""The texts of a notice that say somebody's name: what its clerk masks or explains, and what its reviewer is warned of.

What is kept under whom to ask (``block = "contact"``) may name whoever answers, and is looked at for words of need only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.personal.name_masking import mask_name
from board.rules.personal.names_in_text import Named, masked

CODE = "name_in_text"
TITLE, PUBLISHER, CORRECTION, FILE = "title", "publisher", "correction", "file-"


@dataclass(frozen=True)
class Outgoing:
    """One text of a notice: ``id`` is a fact's id, or one of TITLE, CORRECTION and FILE with the number of an attachment whose title it
    is; in a ``contact`` a name is what is asked for."""

    id: str
    label: Words
    text: str
    contact: bool = False


@dataclass(frozen=True)
class NamedText:
    """A text with the names found in it."""

    of: Outgoing
    found: tuple[Named, ...]

    @property
    def names(self) -> list[str]:
        """The different names, in full, for its writer."""
        return list(dict.fromkeys(one.name for one in self.found))

    @property
    def shown(self) -> list[str]:
        """The same as a list shows them."""
        return list(dict.fromkeys(mask_name(one.name) for one in self.found))

    @property
    def masked(self) -> str:
        """The whole text with its names masked."""
        return masked(self.of.text, self.found)


def outgoing(
    title: str, facts: Mapping[str, str], kind: Kind, correction: str = "", files: Mapping[int, str] | None = None
) -> list[Outgoing]:
    """Return the texts of a notice that anybody may read: ``facts`` by id, ``files`` the titles of its attachments by number."""
    stated = [
        Outgoing(fact.id, fact.label, text, fact.block == "contact")
        for fact in kind.facts
        if fact.type in ("text", "long") and (text := facts.get(fact.id, ""))
    ]
    reason = [Outgoing(CORRECTION, Words("更正的原因", "Reason for the correction"), correction)] if correction else []
    titled = [Outgoing(f"{FILE}{no}", Words(f"附件 {no} 的名字", f"Name of attachment {no}"), name) for no, name in (files or {}).items()]
    signs = [Outgoing(PUBLISHER, Words("落款单位", "Publisher"), text)] if (text := facts.get(PUBLISHER, "")) else []
    return [Outgoing(TITLE, Words("标题", "Title"), title), *signs, *stated, *reason, *titled]


def warnings(named: Sequence[NamedText]) -> list[dict[str, Any]]:
    """Return the warnings about names for the reviewer, in the form of ``Proposal.warnings``; the names are masked in them."""
    return [_warning(one) for one in named]


def _warning(one: NamedText) -> dict[str, Any]:
    shown, label = one.shown, one.of.label
    zh = f"“{label.zh}”里写着人名（{'、'.join(shown)}），公开出去人人都看得到。不该写全名的，请退回，让经办盖住；该写的，写明理由。"
    en = f"“{label.en}” says a name in full ({', '.join(shown)}), for anybody to read. Send it back to be masked, or say why it may stand."
    return {"row": 0, "column": label.zh, "code": CODE, "zh": zh, "en": en}
