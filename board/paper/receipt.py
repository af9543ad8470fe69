"""The receipt: as a picture for a villager to save on the phone, and on paper for somebody who asked by mouth. The number is shown only
once, and its QR code is the 16 digits alone, so that a phone shows them to be copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from board.paper import qr
from board.paper.typesetting import typeset

WIDTH = 1080  # pixels: the width of a cheap phone's screen, so that the picture is not scaled
PAGE = 360  # points: the width that receipt.typ sets


@dataclass(frozen=True, kw_only=True)
class ReceiptWords:
    """The texts around the number; neither the question nor a name, because others may look through the phone's pictures."""

    where: str
    due: str = ""
    phone: str = ""
    got: str = "收到了"
    label: str = "您的查询号"
    scan: str = "扫这个码，手机上就是这 16 个数字"
    keep: str = "请抄下来或截屏，丢了查不到"
    demo_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperReceipt:
    """The texts on paper around the number; neither the question nor a name, because others may find the paper."""

    notice: str  # its title
    place: str
    category: str
    office: str  # who looks into it
    due: str  # 2026年12月5日
    phone: str
    where: str  # that 查进度 stands on top of every page, and its address
    told: str = ""  # how the answer will be told, where the villager said: 打电话, 当面说, 托谁捎话
    keep: str = "请收好，丢了查不到"
    demo_mark: str = ""


def receipt_image(number: str, words: ReceiptWords) -> bytes:
    """Return a PNG 1080 pixels wide with ``number`` as large as possible, two groups of digits a line, and as a QR code.

    ``number`` is spaced in groups: ``1234 5678 9012 3456``.
    """
    return typeset("receipt", {**asdict(words), **_drawn(number)}, "png", ppi=72 * WIDTH / PAGE)


def receipt_pdf(number: str, words: PaperReceipt) -> bytes:
    """Return a receipt on a page of A5 for an office to print and hand over; ``number`` is spaced as for ``receipt_image``."""
    return receipts_pdf([(number, words)])


def receipts_pdf(receipts: Sequence[tuple[str, PaperReceipt]]) -> bytes:
    """Return several receipts, a page of A5 each, in their order."""
    return typeset("receipt_paper", {"receipts": [{**asdict(words), **_drawn(number)} for number, words in receipts]}, "pdf")


def _drawn(number: str) -> dict[str, object]:
    """Return the number in lines of two groups, and its QR code without quiet zone."""
    groups = number.split()
    return {"lines": [" ".join(groups[n : n + 2]) for n in range(0, len(groups), 2)], "qr": qr.svg("".join(groups), border=0)}
