"""The check of an answer that is published: general words, without any person's data and without the case that it came from."""

from __future__ import annotations

import re
from typing import Literal

from board.rules.cases.texts import length_fault
from board.rules.personal import detection
from board.rules.text_width import narrow

# A masked name, and a row as the paper numbers it (17 号 and 3组17号; a line's 12345 and a document's 12号文 are none).
_MASKED = re.compile(r"[\u3400-\u9fff]\*")
_ROW = re.compile(r"(?<![\d月])\d{1,4} ?号(?![文楼令公线店])")
_CITED = re.compile(r"[〕\])] ?\d{1,4} ?号|第 ?\d{1,4} ?号")  # 川农发〔2026〕12号, 第5号令


def fault(question: str, answer: str) -> Literal["", "short", "long", "personal", "somebody"]:
    """Return the first fault of a question and its answer, both tidied, for publication; "" when there is none."""
    for text in (question, answer):
        if wrong := length_fault(text):
            return wrong
    text = f"{question}\n{answer}"
    if detection.find(text):
        return "personal"
    plain = _CITED.sub("", narrow(text))
    return "somebody" if _MASKED.search(plain) or _ROW.search(plain) else ""
