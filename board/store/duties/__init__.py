"""What must be published: what a county switched on, what settles a place's period, and what is due, late and missing.

The door: the rest of the program takes ``duties.<name>`` from here, and what posting and drafting need by its module.
"""

from board.store.duties.asking import PeriodRefused, asked_period, asked_untold, say_period, untold
from board.store.duties.cells import Cell, Counts, Owed, acting, counted, first_year, lacking, late, listed, of_area, owes, owner, totals
from board.store.duties.settling import of_kind, recount
from board.store.duties.statements import SayingRefused, places_of, public_words, said, say, standing, take_back
from board.store.duties.switching import SwitchRefused, holding, of, switch

__all__ = [
    "Cell",
    "Counts",
    "Owed",
    "PeriodRefused",
    "SayingRefused",
    "SwitchRefused",
    "acting",
    "asked_period",
    "asked_untold",
    "counted",
    "first_year",
    "holding",
    "lacking",
    "late",
    "listed",
    "of",
    "of_area",
    "of_kind",
    "owes",
    "owner",
    "places_of",
    "public_words",
    "recount",
    "said",
    "say",
    "say_period",
    "standing",
    "switch",
    "take_back",
    "totals",
    "untold",
]
