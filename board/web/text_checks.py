"""Checks of free text before it is published: personal numbers, descriptions of persons, and their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from board import policies
from board.rules.personal import detection, free_text, names_in_text
from board.rules.personal.name_masking import mask_name
from board.store import known_names
from board.web.i18n import say

SEPARATOR = "、"  # between words and names in the fields of a form
PERSONAL = {"id_number": _("身份证号"), "bank_card": _("银行卡号"), "phone": _("手机号")}


def personal_fault(text: str) -> str:
    """Return the error for a text that contains personal numbers, naming their types, or ""."""
    named = str(_("、")).join(sorted({str(PERSONAL[finding.what]) for finding in detection.find(text)}))
    return str(_("这句话里有%(what)s，已用 ● 盖住。请改写，再点一次。", what=named)) if named else ""


@dataclass(frozen=True)
class FreeTextWarning:
    """A warning that a text seems to tell of a person: ``words`` are shown to its writer only, ``what`` names their type.

    ``names`` are those of them that are names, ``shown`` what the button to cover them puts in their place; ``covered``: it was pressed.
    ``firm``: a list masks one of the names, and nobody may let it stand.
    """

    words: str
    what: str
    names: tuple[str, ...] = ()
    shown: str = ""
    covered: bool = False
    firm: bool = False


def somebody(_name: str) -> str:
    """Return what stands for a name where not even a masked one may: 某某."""
    return "某某"


def covered(form: Mapping[str, str], text: str, cover: Callable[[str], str] = mask_name) -> str:
    """Return a typed text, with the names covered that the form's button (``cover``) lists; no button pressed: as it was typed."""
    names = form.get("cover", "").split(SEPARATOR)
    return names_in_text.covered(text, names, policies.name_words(), cover) if "cover" in form else text


def free_text_warning(
    form: Mapping[str, str],
    text: str,
    kind_of: free_text.Text,
    home: str = "",
    number: str = "",
    draft: str = "",
    cover: Callable[[str], str] = mask_name,
    also: Collection[str] = (),
) -> FreeTextWarning | None:
    """Return the warning to confirm before a text is published; None without findings or if the form confirms it (``looked``).

    With a ``home`` names are looked for as well, in its rosters and in that of its notice ``number`` (and of the notices ``also``) or its
    ``draft``. A text whose names were just covered is shown once more before it goes.
    """
    named = _named(text, home, number, draft, also) if home else []
    names = tuple(dict.fromkeys(one.name for one in named))
    found = free_text.told_in(text, kind_of)
    words = SEPARATOR.join(dict.fromkeys([*names, *(text[one.start : one.end] for one in found)]))
    pressed = "cover" in form
    if not words or form.get("looked") == words:
        return FreeTextWarning("", "", covered=True) if pressed else None
    kinds = [*([str(_("全名"))] if names else []), *([say(free_text.kinds_of(found))] if found else [])]
    shown = SEPARATOR.join(dict.fromkeys(map(cover, names)))
    return FreeTextWarning(words, str(_("、")).join(kinds), names, shown, covered=pressed)


def let_stand(texts: Sequence[str], kind_of: free_text.Text, home: str) -> list[str]:
    """Return for each text the names and other words about somebody that stand in it, "" where there are none; one look-up for all."""
    named = known_names.findings(home, texts)
    found = [
        [*(one.name for one in names), *(text[one.start : one.end] for one in free_text.told_in(text, kind_of))]
        for text, names in zip(texts, named, strict=True)
    ]
    return [SEPARATOR.join(dict.fromkeys(words)) for words in found]


def names_in(text: str, home: str, number: str) -> str:
    """Return the full names of a home's rosters that stand in a text, for an error that nobody can let stand; "" for none."""
    return SEPARATOR.join(dict.fromkeys(one.name for one in _named(text, home, number, "", ())))


def told(text: str, kind_of: free_text.Text, home: str, number: str, also: Collection[str] = ()) -> int:
    """Return how many names and other words about somebody are in a text that its writer let stand: only the number is logged."""
    return len(free_text.told_in(text, kind_of)) + len(_named(text, home, number, "", also))


def _named(text: str, home: str, number: str, draft: str, also: Collection[str]) -> list[names_in_text.Named]:
    """Return the names in a text, in its order, found in the rosters of a home and of one or several notices."""
    found = {one.start: one for other in also for one in known_names.findings(home, [text], number=other)[0]}
    found |= {one.start: one for one in known_names.findings(home, [text], number=number, draft=draft)[0]}
    return [found[start] for start in sorted(found)]
