"""The receipt as a picture: what a villager keeps on the phone by a long press, since the number is shown only once."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset

WIDTH = 1080  # pixels: a cheap phone's whole screen, so that nothing is scaled up and blurred
PAGE = 360  # points: the width that receipt.typ sets


@dataclass(frozen=True, kw_only=True)
class ReceiptWords:
    """The words round the number.

    There is no place for what was asked or of whom: pictures on a phone are looked through by others.
    """

    where: str
    due: str = ""
    got: str = "收到了"
    label: str = "您的查询号"
    keep: str = "请抄下来或截屏，丢了查不到"
    demo_mark: str = ""


def receipt_image(number: str, words: ReceiptWords) -> bytes:
    """A PNG 1080 pixels wide with ``number`` as large as the screen allows, two groups of digits a line.

    ``number`` is spaced as it is read aloud: ``1234 5678 9012 3456``.
    """
    groups = number.split()
    lines = [" ".join(groups[n : n + 2]) for n in range(0, len(groups), 2)]
    return typeset("receipt", {**asdict(words), "lines": lines}, "png", ppi=72 * WIDTH / PAGE)
