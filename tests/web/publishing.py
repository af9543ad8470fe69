"""A notice posted by the store alone, and what its pages and its papers say, for the tests of whatever shows it."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from board.rules.calendar import day_of
from board.rules.notice.opinion import Opinion
from board.store import people
from board.store.drafting import drafts, opinions, posting
from tests.store.posted import AT, GAODONG, TOWN, Made, line, proposal, submit

COUNTY = "510521000000"
NAMES = ("张小三", "李四", "王五", "赵六", "钱七")


def publishes(made: Made, clerk: str = "baihe-clerk", reviewer: str = "baihe-reviewer") -> str:
    """Post a proposal through its two people, and return its number."""
    users = [people.named(name).id for name in (clerk, reviewer)]
    draft = drafts.start(made.home, made.kind, made.title, users[0], AT)
    draft = submit(draft, draft.revision, users[0], AT, made)
    if opinions.asked(draft):  # a village's own: its committee signed
        said = Opinion(draft.proposal_digest or "", "agreed", "paper", day_of(AT))
        opinions.enter(draft, said, "监督委员会主任", b"", users[0], AT)
        return posting.post(draft, opinions.applied(draft, made).digest, draft.revision, users[1], {}, AT).number
    return posting.post(draft, made.digest, draft.revision, users[1], {}, AT).number


def addresses(number: str) -> list[str]:
    """Return addresses of a notice's public pages, wrong ones too, and of what leads to them."""
    place = f"/n/{number}/{GAODONG}"
    return ["/", f"/a/{GAODONG}", f"/a/{TOWN}", f"/a/{COUNTY}", f"/n/{number}", place, f"{place}/1", f"{place}/7", f"{place}?after=2",
            f"{place}/sheet.pdf", f"/N/{number}/{GAODONG}/1", f"/n/{number}/510521117001", "/n/123456789", "/n?number=123",
            f"{place}?lang=en", f"/n/{number}?lang=en", f"/n/{number}/ask"]  # fmt: skip


def rows_of(page) -> list[list[str]]:
    """The cells of each row of the roster on a page, without the sum that opens under an amount."""
    rows = re.findall(r'<tr id="r[^"]*">(.*?)</tr>', re.sub("</summary>.*?</details>", "", page.html), re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in re.findall("<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


def amounts_of(page) -> list[Decimal]:
    """What each row of the roster on a page was paid."""
    heads = [
        re.sub("<[^>]+>", "", head) for head in re.findall("<th[^>]*>(.*?)</th>", page.html.rsplit("<thead>", 1)[1].split("</thead>")[0])
    ]
    at = next(index for index, head in enumerate(heads) if head.startswith("补贴金额"))
    return [Decimal(row[at].replace(",", "")) for row in rows_of(page)]


def text(pdf: bytes) -> str:
    """Return the text of a PDF without its blanks."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def assistance() -> Made:
    """Return a roster of relief, which shows its rows for a short time only."""
    lines = [line(GAODONG, no, name, "10") for no, name in enumerate(NAMES[:2], 1)]
    return proposal("social-assistance", lines)


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF without its blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
