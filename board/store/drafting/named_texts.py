"""The texts of a draft that say somebody's name, held against the rosters; and masking the names in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from board import policies
from board.models import Attachment, Draft
from board.rules.notice import attachment as rules
from board.rules.personal import names_in_text
from board.rules.personal.named_texts import CODE, CORRECTION, FILE, TITLE, NamedText, Outgoing, outgoing
from board.store import known_names, sealing
from board.store.drafting import attachments, drafts
from board.store.drafting.checking import kind_of

EXPLAINED = f"{CODE}:of"  # beside the reason under CODE, among a draft's answers


def of_draft(draft: Draft, files: Sequence[Attachment] | None = None) -> list[NamedText]:
    """Return the texts of a draft with names in them: of its own roster, of those standing here, and beside words of need.

    ``files`` are its attachments, where the caller has them.
    """
    titles = {file.no: file.title for file in (attachments.of_draft(draft) if files is None else files)}
    texts = outgoing(draft.title, draft.facts, kind_of(draft), draft.correction, titles)
    open_to_all = [one for one in texts if not one.contact]
    found = dict(zip(open_to_all, known_names.findings(draft.home, [one.text for one in open_to_all], draft=draft.id), strict=True))
    named = [NamedText(one, tuple(found[one] if one in found else _in_contact(one))) for one in texts]
    return [one for one in named if one.found]


def _in_contact(one: Outgoing) -> list[names_in_text.Named]:
    return names_in_text.findings(one.text, lambda _name: False, policies.name_words())


def unsettled(draft: Draft, named: Sequence[NamedText], files: Sequence[Attachment]) -> bool:
    """Return whether names in these texts and files of a draft are neither masked nor explained yet, and so block its submission."""
    explained = draft.answers.get(CODE) and draft.answers.get(EXPLAINED) == _key(named, files)
    return bool(named or rules.named(files)) and not explained


def explained(draft: Draft, reason: str) -> dict[str, str]:
    """Return the answers of a draft with a reason why the names in its texts and files stay: it holds for these names, not for others."""
    return {**draft.answers, CODE: reason, EXPLAINED: _key(of_draft(draft), attachments.of_draft(draft))}


def _key(named: Sequence[NamedText], files: Sequence[Attachment]) -> str:
    """Return a keyed hash of the names and where they stand, so that a draft's answers hold no name."""
    said = [f"{one.of.id} {name}" for one in named for name in sorted(one.names)]
    return sealing.vault().key("named-texts", "\n".join([*said, *(f"{FILE}{file.no} {file.sha256}" for file in rules.named(files))]))


def in_file(draft: Draft, file: rules.Attachment) -> rules.Attachment:
    """Return an attachment with the names in it counted by place among what was ``found``, and without its texts."""
    named = known_names.findings(draft.home, [text for _where, text in file.said], draft=draft.id)
    counts = Counter[str]()
    for (where, _text), found in zip(file.said, named, strict=True):
        counts[where] += len({one.name for one in found})
    told = [{"where": where, "what": rules.NAME, "count": count} for where, count in counts.items() if count]
    return replace(file, found=[*file.found, *told], said=())


def cover(draft: Draft, revision: int, user: int, at: datetime) -> Draft:
    """Mask the names in all texts of a draft as a list masks them, and return the draft. Raises Overtaken."""
    covered = {one.of.id: one.masked for one in of_draft(draft)}
    with drafts.saving(draft.home, draft.id, revision, user, "edited", at) as (session, saved):
        saved.title = covered.pop(TITLE, saved.title)
        saved.correction = covered.pop(CORRECTION, saved.correction)
        for id in [id for id in covered if id.startswith(FILE)]:
            own = (Attachment.home == saved.home, Attachment.draft == saved.id, Attachment.no == int(id.removeprefix(FILE)))
            session.execute(update(Attachment).where(*own).values(title=covered.pop(id)))
        saved.facts = saved.facts | covered
    return saved
