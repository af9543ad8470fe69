"""Cases (来件): filing, reading and answering them, their last days, their lists, and what happens to them by itself.

The door: the rest of the program takes ``cases.<name>`` from here, and the lists and the upkeep by their module.
"""

from board.store.cases.acting import (
    CLOCK,
    VILLAGER,
    Barred,
    MovedOn,
    Unheard,
    act,
    close,
    dispute,
    open_contact,
    possible,
    rate,
    say_more,
    write_down,
)
from board.store.cases.filing import Asked, Taken, file
from board.store.cases.last_days import NoTime, due, extended_due, petition_due, why, why_due
from board.store.cases.reading import (
    CaseMessage,
    by_receipt,
    contact,
    digest,
    evidence,
    last_no,
    messages,
    newest,
    one,
    receipt_evidence,
)

__all__ = [
    "CLOCK", "VILLAGER", "Asked", "Barred", "CaseMessage", "MovedOn", "NoTime", "Taken", "Unheard", "act", "by_receipt", "close", "contact",
    "digest", "dispute", "due", "evidence", "extended_due", "file", "last_no", "messages", "newest", "one", "open_contact", "petition_due",
    "possible", "rate", "receipt_evidence", "say_more", "why", "why_due", "write_down",
]  # fmt: skip
