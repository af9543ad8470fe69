"""An address as it is printed on posters and walls, in what somebody pasted."""

from __future__ import annotations

import re

from board.rules.text_width import narrow

_PATH = re.compile(r"/(?:[nNwW]/[0-9]{9}(?:/[0-9]{12}(?:/[0-9]{1,4}(?:/[0-9]{12})?)?)?|[aA]/[0-9]{12})(?![0-9])")


def path(pasted: str) -> str:
    """Return the path of the first printed address in a text, of a notice (/n/…), wall (/w/…) or area (/a/…), or "" if there is none.

    Host and scheme are not looked at: the address is opened here, and a number from elsewhere finds nothing.
    """
    found = _PATH.search(narrow(pasted))
    return found[0].lower() if found else ""
