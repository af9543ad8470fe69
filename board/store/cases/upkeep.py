"""What happens to cases by itself: late ones about a household go one level up, receipts and contacts are deleted after their time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from board import policies
from board.models import Case, Message, Receipt, db
from board.rules.calendar import day_of
from board.rules.cases import clock, machine
from board.rules.cases.log import CLOCK
from board.store import areas, ledger
from board.store.cases import acting
from board.store.engine import writing


def lead_up_late(at: datetime) -> int:
    """Take the late cases of those categories that rise by themselves to the office one level up; return how many. The county's stay."""
    rising = [one.id for one in policies.case_categories().values() if one.rises_late]
    waits = list(machine.TABLE["overdue"].states)
    query = select(Case.home, Case.id).where(Case.category.in_(rising), Case.state.in_(waits), Case.due < day_of(at))
    led, failed = 0, list[Exception]()
    for home, id in list(db.session.execute(query)):
        try:
            with writing():
                case = acting.locked(home, id)
                level = areas.get(case.desk).level
                if clock.late(case.state, case.due, day_of(at)) and machine.move(case.state, "overdue", level):
                    acting.do(case, "overdue", None, "", at)
                    led += 1
        except Exception as error:  # one case that cannot be led up keeps no other down
            failed.append(error)
    if failed:
        raise failed[0]
    return led


def forget(at: datetime) -> int:
    """Delete the receipts and contacts of cases about which nothing was said for as long as their category keeps them; return how many.
    What was said and answered stays."""
    gone = 0
    for category in policies.case_categories().values():
        last = select(func.max(Message.at)).where(Message.home == Case.home, Message.case == Case.id).scalar_subquery()
        old = Case.category == category.id, last < at - timedelta(days=category.keep_days), Case.state.in_(machine.ANSWERED)
        kept = select(Receipt.key).where(Receipt.home == Case.home, Receipt.case == Case.id).exists()
        query = select(Case.home, Case.id).where(*old, kept)
        for home, id in list(db.session.execute(query)):
            with writing() as session:
                case = acting.locked(home, id)
                if session.execute(query.where(Case.home == home, Case.id == id)).first() is None:
                    continue  # asked on meanwhile, or forgotten by another process
                session.execute(delete(Receipt).where(Receipt.home == home, Receipt.case == id))
                case.contact = None
                ledger.append(home, at, CLOCK, "case.forgotten", id)
                gone += 1
    return gone
