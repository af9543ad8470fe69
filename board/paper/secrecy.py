"""保密审查审批表: the form that a leader signs before anything is published, filled in with what is to go out."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset


@dataclass(frozen=True, kw_only=True)
class SecrecyForm:
    """The texts of a form: what is to be published, where, on what grounds, and how personal data is hidden."""

    basis: str  # the rules that demand the review
    publisher: str
    title: str
    kind: str
    ways: str
    places: str
    content: str
    files: str
    grounds: str
    personal: str
    clerk: str  # what the clerk states by signing
    fingerprint: str  # of the content, so that the signature is for this one
    demo_mark: str = ""


def secrecy_form(words: SecrecyForm, made_at: int = 0) -> bytes:
    """Return the form as an A4 PDF, to be signed with a pen; equal input gives equal bytes. ``made_at`` is the draft's last change, in
    seconds since 1970."""
    return typeset("secrecy", asdict(words), "pdf", made_at=made_at)
