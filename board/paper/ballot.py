"""The paper ballots (评议票) of a village's yearly appraisal: two alike on an A4 page, to be cut apart."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """The texts of a ballot: the questions, the words to tick one of, and where it goes. It has no field for who fills it."""

    title: str
    how: str
    questions: tuple[str, ...]
    words: tuple[str, ...]
    where: str
    demo_mark: str = ""


def ballots(words: Ballot) -> bytes:
    """Return a page of two ballots as an A4 PDF; equal input gives equal bytes."""
    return typeset("ballot", asdict(words), "pdf")
