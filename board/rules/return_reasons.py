"""What a bank's text about a returned payment means: why the money came back and what to bring where, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from board.rules.bilingual import Words
from board.rules.datafile import DataError, Table
from board.rules.text_width import squeezed

_DENIED = ("未", "没", "非", "不", "无")


@dataclass(frozen=True)
class ReturnReason:
    """One reason: ``says`` are the wordings of banks that mean it, ``why`` and ``bring`` what a villager reads; one that ``leads`` is meant
    whatever else a text says: who has died needs no account opened."""

    id: str
    says: tuple[str, ...]
    why: Words
    bring: Words
    leads: bool = False


@dataclass(frozen=True)
class ReturnReasons:
    """The reasons that are known. ``silent`` are texts that say only that money came back; ``unsaid`` is read where no more is
    known."""

    silent: tuple[str, ...] = ()
    unsaid: ReturnReason = ReturnReason("unsaid", (), Words("", ""), Words("", ""))
    reasons: tuple[ReturnReason, ...] = ()

    def meant(self, text: str) -> ReturnReason | None:
        """Return the reason that a text states: one that leads, or that of the longest wording in it; None for a text that is silent, empty
        or unknown."""
        said = squeezed(text)
        wordings = ((one, reason) for reason in self.reasons for one in (*reason.says, reason.why.zh))
        found = [((reason.leads, len(one)), reason) for one, reason in wordings if _says(said, squeezed(one))]
        return max(found, key=lambda one: one[0])[1] if found and not self.is_silent(text) else None

    def is_silent(self, text: str) -> bool:
        """Return whether a text says no more than that the money came back."""
        return squeezed(text) in {"", *map(squeezed, self.silent)}

    def of(self, texts: Iterable[str]) -> ReturnReason:
        """Return the reason that the first of some texts to state one states, or else ``unsaid``."""
        return next((reason for text in texts if (reason := self.meant(text))), self.unsaid)


def _says(text: str, wording: str) -> bool:
    """Return whether a wording stands in a text and is not denied there: 账号未冻结 does not say 冻结."""
    at = text.find(wording)
    while at >= 0:
        if text[max(at - 1, 0) : at] not in _DENIED:
            return True
        at = text.find(wording, at + 1)
    return False


def read(source: Mapping[str, Any]) -> ReturnReasons:
    """Return the reasons that a TOML file, already read, or the frozen copy of a version describes; none for {}.

    Raises DataError with every fault.
    """
    return _read(json.dumps(source, ensure_ascii=False))


@lru_cache(maxsize=64)  # a page asks for each of its rows, a list of notices for each of them
def _read(text: str) -> ReturnReasons:
    source = json.loads(text)
    if not source:
        return ReturnReasons()
    faults: list[str] = []
    table = Table(source, "", faults)
    unsaid = table.table("unsaid")
    known = ReturnReasons(table.strings("silent"), _reason(unsaid, "unsaid"), table.each("reasons", _reason))
    unsaid.close()
    table.close()
    ids = [one.id for one in known.reasons]
    faults += [f"reasons[{at}].id is there twice: {id!r}" for at, id in enumerate(ids) if id in ids[:at]]
    faults += [f"reasons[{at}].says is empty: no text would ever mean it" for at, one in enumerate(known.reasons) if not one.says]
    if faults:
        raise DataError(sorted(faults))
    return known


def _reason(table: Table, id: str = "") -> ReturnReason:
    return ReturnReason(
        id or table.id(), table.strings("says"), table.words("why"), table.words("bring"), table.flag("leads", default=False)
    )


def added(own: Mapping[str, Any], county: Mapping[str, Any]) -> dict[str, Any]:
    """Return the program's table with a county's silent texts and reasons added; a reason of a known id stands in its place."""
    theirs, silent = county.get("reasons", []), county.get("silent", [])
    if not isinstance(theirs, list) or not isinstance(silent, list):
        return {**own, **county}  # ``read`` says what is wrong with it
    ids = {one.get("id") for one in theirs if isinstance(one, dict)}
    reasons = [*theirs, *(one for one in own["reasons"] if one["id"] not in ids)]
    return {**own, **county, "silent": list(dict.fromkeys([*own["silent"], *silent])), "reasons": reasons}
