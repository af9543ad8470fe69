"""Cases (来件): filing, reading and answering them, their last days, their lists, and what happens to them by itself.

The door: the rest of the program takes ``cases.<name>`` from here, and the lists and the upkeep by their module.
"""

from board.rules.cases.log import CLOCK, VILLAGER
from board.store.cases.acting import (
    Barred,
    MovedOn,
    Unheard,
    able,
    above,
    act,
    barred,
    close,
    dispute,
    may_show,
    may_suggest,
    open_contact,
    rate,
    say_more,
    show,
    suggest,
    take_back_consent,
    write_down,
)
from board.store.cases.filing import Asked, Taken, file
from board.store.cases.last_days import NoTime, due, extended_due, petition_due, reply_by, why, why_due, whys
from board.store.cases.reading import (
    CaseMessage,
    about_notice,
    by_receipt,
    contact,
    digest,
    evidence,
    last_no,
    messages,
    one,
    receipt_evidence,
)

__all__ = [
    "CLOCK", "VILLAGER", "Asked", "Barred", "CaseMessage", "MovedOn", "NoTime", "Taken", "Unheard", "able", "above", "about_notice", "act",
    "barred", "by_receipt", "close", "contact", "digest", "dispute", "due", "evidence", "extended_due", "file", "last_no", "may_show",
    "may_suggest", "messages", "one", "open_contact", "petition_due", "rate", "receipt_evidence", "reply_by", "say_more", "show", "suggest",
    "take_back_consent", "why", "why_due", "whys", "write_down",
]  # fmt: skip
