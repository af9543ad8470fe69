"""The receipt as a picture for a villager to save on the phone, because the number is shown only once."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset

WIDTH = 1080  # pixels: the width of a cheap phone's screen, so that the picture is not scaled
PAGE = 360  # points: the width that receipt.typ sets


@dataclass(frozen=True, kw_only=True)
class ReceiptWords:
    """The texts around the number; neither the question nor a name, because others may look through the phone's pictures."""

    where: str
    due: str = ""
    got: str = "收到了"
    label: str = "您的查询号"
    keep: str = "请抄下来或截屏，丢了查不到"
    demo_mark: str = ""


def receipt_image(number: str, words: ReceiptWords) -> bytes:
    """Return a PNG 1080 pixels wide with ``number`` as large as possible, two groups of digits a line.

    ``number`` is spaced in groups: ``1234 5678 9012 3456``.
    """
    groups = number.split()
    lines = [" ".join(groups[n : n + 2]) for n in range(0, len(groups), 2)]
    return typeset("receipt", {**asdict(words), "lines": lines}, "png", ppi=72 * WIDTH / PAGE)
