"""Notices of several kinds, places and years, for the tests of the search and of its index."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from board.store import notices, people
from board.store.drafting import drafts, posting
from board.store.notices import Posted
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, line, proposal, submit

NAMES = ("张小三", "欧阳建国", "李四")


def announce(
    title: str, kind: str = "cropland-subsidy", place: str = GAODONG, hour: int = 0, starts: str = "2026-11-20", **facts: str
) -> Posted:
    """Post a notice of 百和镇 with a part for one place, some hours after the last."""
    made = proposal(kind, [line(place, no, name, "2") for no, name in enumerate(NAMES, 1)])
    made = replace(made, title=title, facts=FACTS | facts, starts=starts, ends="2027-01-12")
    clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
    assert clerk
    assert reviewer
    at = AT + timedelta(hours=hour)
    draft = drafts.start(TOWN, kind, title, clerk.id, at)
    draft = submit(draft, draft.revision, clerk.id, at, made)
    return posting.post(draft, made.digest, draft.revision, reviewer.id, {}, at)


def four() -> list[str]:
    """Post four notices and return their numbers, the oldest first."""
    posted = [
        announce("百和镇2026年耕地地力保护补贴公示"),
        announce("百和镇2026年种粮补贴公示", "grain-subsidy", NEXT, 1, fund_source="省级种粮补贴资金", eligibility="种粮的农民"),
        announce(
            "低保对象救助名单",
            "social-assistance",
            GAODONG,
            2,
            how_decided="王主任主持评议",
            fund_source="城乡低保资金",
            eligibility="困难家庭",
        ),
        announce("百和镇2027年耕地地力保护补贴公示", hour=3, basis_document="川农发〔2027〕7号", starts="2027-01-04"),
    ]
    return [one.number for one in posted]


def found(numbers: list[str]) -> list[Posted]:
    """Return the notices of these numbers."""
    return [posted for number in numbers if (posted := notices.find(number))]
