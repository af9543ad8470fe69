"""文书样本: the papers of an application for what is not published, as the office fills them in with a pen: the form, notices, answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset
from board.rules.bilingual import Language


@dataclass(frozen=True, kw_only=True)
class SampleWords:
    """The texts of a paper. In all of them ``____`` is left to a pen, and on a line of its own is as wide as the paper."""

    title: str
    kind: str  # of answer: 决定不公开，说明理由; "" on other papers
    to: str
    body: str  # a line is a paragraph
    fields: tuple[tuple[str, str, int], ...]  # of a form: label, what stands small in it, and how many lines it has room for
    basis: str
    remedies: tuple[str, ...]  # what whoever gets an answer can do about it
    signer: str  # the office, which stamps it; "": whoever fills it in signs
    date: str
    to_fill: tuple[str, ...]  # labels before the lines of a signature, where there is no signer
    mark: str  # 样本; "" on a form that is used as it is
    language: Language
    demo_mark: str = ""


def sample(words: SampleWords) -> bytes:
    """Return the paper as an A4 PDF; equal input gives equal bytes."""
    return typeset("sample", asdict(words), "pdf")
