"""The corrections of notices that cases led to: which draft is for which case, and which version it became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from board import policies
from board.models import Case, CaseCorrection, Draft, Version, db
from board.rules.cases import said_in_public
from board.store import areas, ledger
from board.store.engine import writing


@dataclass(frozen=True)
class Correction:
    """A correction of a notice because of a case; ``version`` None: it is being made, ``state`` is then that of its draft."""

    home: str
    draft: str
    number: str
    version: int | None
    state: str
    owner: int


def of_case(case: Case) -> list[Correction]:
    """Return the corrections that a case led to and that were not given up, the oldest version first."""
    columns = (CaseCorrection.home, CaseCorrection.draft, CaseCorrection.number, CaseCorrection.version, Draft.state, Draft.owner)
    query = select(*columns).join(Draft, (Draft.home == CaseCorrection.home) & (Draft.id == CaseCorrection.draft))
    query = query.where(CaseCorrection.asked == case.home, CaseCorrection.case == case.id, Draft.state != "dropped").order_by(Draft.made)
    return [Correction(*row) for row in db.session.execute(query)]


def versions_of(case: Case) -> list[int]:
    """Return the numbers of the versions that corrected the notice because of a case, in their order."""
    query = select(CaseCorrection.version).where(CaseCorrection.asked == case.home, CaseCorrection.case == case.id)
    return sorted(no for no in db.session.scalars(query) if no is not None)


def of_draft(home: str, draft: str) -> list[Case]:
    """Return the cases for which a draft is a correction."""
    same = (Case.home == CaseCorrection.asked) & (Case.id == CaseCorrection.case)
    query = select(Case).join(CaseCorrection, same).where(CaseCorrection.home == home, CaseCorrection.draft == draft)
    return list(db.session.scalars(query.order_by(Case.made)))


def of_notice(home: str, number: str) -> list[tuple[int, Case]]:
    """Return (version, case) for each version of a notice that was made because of a case, oldest first."""
    same = (Case.home == CaseCorrection.asked) & (Case.id == CaseCorrection.case)
    query = select(CaseCorrection.version, Case).join(Case, same).where(CaseCorrection.home == home, CaseCorrection.number == number)
    rows = db.session.execute(query.where(CaseCorrection.version.is_not(None)).order_by(CaseCorrection.version, Case.made))
    return [(no, case) for no, case in rows if no is not None]


def note(session: Session, draft: Draft, case: Case) -> None:
    """Note within a running transaction that a draft corrects a notice because of a case; once."""
    assert draft.corrects
    if session.get(CaseCorrection, (draft.home, draft.id, case.home, case.id)) is None:
        session.add(CaseCorrection(home=draft.home, draft=draft.id, asked=case.home, case=case.id, number=draft.corrects))


def tie(draft: Draft, case: Case) -> bool:
    """Note that a correction that is being made is for this case too; False once it waits for its reviewer, who approves what he saw."""
    with writing() as session:
        now = session.get_one(Draft, (draft.home, draft.id), with_for_update=True, populate_existing=True)
        if now.state not in ("draft", "returned"):
            return False
        note(session, now, case)
    return True


def told_to_all(home: str, draft: str) -> bool:
    """Return whether the version may tell everybody that it was made since somebody asked: the office asked first was the publisher's or
    one under it, and the category may be published in the office's words."""
    inside, categories = areas.get(home), policies.case_categories()
    return any(
        said_in_public.of_correction(categories[case.category], case.home, inside.code, inside.level) for case in of_draft(home, draft)
    )


def post(session: Session, draft: Draft, version: Version, actor: str, at: datetime) -> None:
    """Note within the posting transaction which version a draft became; the ledger of each case has it."""
    mine = (CaseCorrection.home == draft.home, CaseCorrection.draft == draft.id)
    for one in session.scalars(select(CaseCorrection).where(*mine).order_by(CaseCorrection.asked, CaseCorrection.case)):
        one.version = version.no
        ledger.append(one.asked, at, actor, "case.corrected", one.case, by=[one.home, one.number, version.no])


def evidence(home: str) -> dict[str, list[list[str | int]]]:
    """Return case -> [home, number, version] of each version that a case of this home led to, as the ledger tells it."""
    query = select(CaseCorrection).where(CaseCorrection.asked == home, CaseCorrection.version.is_not(None))
    found: dict[str, list[list[str | int]]] = {}
    for one in db.session.scalars(query.order_by(CaseCorrection.home, CaseCorrection.number, CaseCorrection.version)):
        found.setdefault(one.case, []).append([one.home, one.number, one.version or 0])
    return found
