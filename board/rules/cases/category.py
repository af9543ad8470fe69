"""What a villager may bring, as data: each category of cases with its clocks, its answers, and who may see what of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from board.rules.bilingual import Words
from board.rules.kind import Level, Period

To = Literal["publisher", "inspector"]
About = Literal["row", "notice", "area", "wall", "nothing"]
Answerer = Literal["clerk", "leader", "supervisor"]
Publish = Literal["never", "reworded", "consent"]
Ask = Literal["name", "contact", "form"]
NONE = Words("", "")


@dataclass(frozen=True)
class Clocks:
    """The periods of a category; an act whose period is None is not possible in it.

    ``confirm``: until office and villager have both confirmed what is asked for, from which the answer's clock counts; ``clearer``: how
    long a question to the villager stops the clock at most, and ``clearer_within`` until when it may be put; ``restarts``: what he then
    says starts the clock anew; ``third``: how long third parties may take, which is not counted; ``petition``: until when the villager is
    told whether a petition is taken up; ``by_area``: ``[[answer]]`` of periods.toml makes the answer's clock stricter.
    """

    answer: Period
    extension: Period
    clearer: Period
    clearer_within: Period | None = None
    restarts: bool = False
    confirm: Period | None = None
    third: Period | None = None
    petition: Period | None = None
    by_area: bool = False
    named_only: bool = False  # only who gives a name is owed an answer


@dataclass(frozen=True)
class Outcome:
    """One of the answers that a category allows; ``template`` starts the text. With ``rises`` the case goes to the county; with ``gives``
    the applicant has what he asked for, and may suggest that everybody sees it (条例 44)."""

    id: str
    label: Words
    template: Words
    basis: Words = NONE
    rises: bool = False
    gives: bool = False


@dataclass(frozen=True)
class Category:
    """One category of cases. ``first`` names the levels of offices that may be asked to look first, ``outcomes`` a closed list of answers
    (empty: free text), ``asks`` what the form needs beside the text, ``warning`` what the villager reads before he sends.

    ``publish``: never, as the office words it, or only with the writer's consent. ``hears``: the household concerned is heard before the
    answer, or the office says why not. ``rises_late``: what is late goes one level up by itself. ``keep_days`` after its last act the
    receipt and the contact are deleted.
    """

    id: str
    label: Words
    hint: Words
    to: To
    about: tuple[About, ...]
    first: tuple[Level, ...]
    clocks: Clocks
    publish: Publish
    keep_days: int
    answerer: Answerer = "clerk"
    outcomes: tuple[Outcome, ...] = ()
    asks: tuple[Ask, ...] = ()
    warning: Words = NONE
    hears: bool = False
    rises_late: bool = False

    @property
    def supervisable(self) -> bool:
        """Whether the villager may show such a case to his village's supervisor: never one about a household, nor a form of its own,
        nor a report against a person."""
        return self.to == "publisher" and self.answerer == "clerk" and not self.hears and not self.alone

    @property
    def alone(self) -> bool:
        """Whether it has a form of its own, since it needs more than a text, or goes to somebody else than the rest."""
        return bool(self.asks) or self.publish == "consent" or self.answerer == "supervisor"

    def outcome(self, id: str | None) -> Outcome | None:
        """Return the answer with this id, or None."""
        return next((one for one in self.outcomes if one.id == id), None)

    def does(self, act: str) -> bool:
        """Return whether cases of this category know an act: one with a period of its own needs it, and hearing needs a household."""
        own = {
            "confirm": self.clocks.confirm, "consult": self.clocks.third, "consulted": self.clocks.third,
            "register": self.clocks.petition, "hear": self.hears, "verify": "name" in self.asks, "overdue": self.rises_late,
            "suggest": any(one.gives for one in self.outcomes), "retract": self.publish == "consent",
            # What is written to the supervisor in confidence he hands to no office, and no reviewer above him gives him more time.
            "forward": self.answerer != "supervisor", "extend": self.answerer != "supervisor",
        }  # fmt: skip
        return bool(own.get(act, True))


def offered(categories: Iterable[Category], about: About) -> list[Category]:
    """Return the categories that can be brought about something, in their order; reports against a person have a channel of their own."""
    return [one for one in categories if one.to == "publisher" and about in one.about]
