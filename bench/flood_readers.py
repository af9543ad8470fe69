"""What a person, or a script that was written for this form, does with the question about the page: reads the page and picks a choice."""

from __future__ import annotations

import re
from html import unescape

_CHOICE = re.compile(r'name="answer" form="\w+" value="(\w+)"[^>]*><span>([^<]+)')


def right_choice(html: str) -> str:
    """Return what is sent for the choice that stands elsewhere on the page, "" where no question is asked."""
    choices = [(value, unescape(label)) for value, label in _CHOICE.findall(html)]
    box = html.partition("<fieldset")[0] if choices else ""
    beside = re.sub(r"<[^>]+>", " ", unescape(box + html.partition("</fieldset>")[2]))
    legend = next(iter(re.findall(r"<legend>([^<]+)</legend>", html)), "")
    return max(choices, key=lambda one: _weight(one[1], legend, beside), default=("", ""))[0]


def _weight(label: str, legend: str, beside: str) -> int:
    """Return how well a choice fits: how often it stands on the page, most of all right where the question says."""
    near = {"交给": rf"交给{label}办|{label}</", "最晚": f"最晚{label}", "贴到": rf"贴到\s*{label}", "合计": rf"{label}\s*元"}
    asked = next((pattern for word, pattern in near.items() if word in legend), "")
    return 100 * bool(asked and re.search(asked, beside)) + beside.count(label)
