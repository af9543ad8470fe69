"""Permissions: which role may do what, in one table."""

from __future__ import annotations

from typing import Literal

from board.rules.areas import prefix
from board.rules.cases.category import Answerer
from board.rules.kind import Level

Reach = Literal["desk", "scope", "self"]

# An action, then for each role that may do it, how far: at its own desk (a township's people work for the township and its
# villages, a county's for the county itself, so that the county never posts in a township's name), in its whole scope, or for itself.
TABLE: dict[str, dict[str, Reach]] = {
    "account":          dict.fromkeys(
        ("clerk", "reviewer", "supervisor", "leader", "auditor", "disclosure", "department", "inspector", "admin"), "self"),
    "draft.write":      {"clerk": "desk"},
    "draft.read":       {"clerk": "desk", "reviewer": "desk"},
    "draft.review":     {"reviewer": "desk"},
    "notice.print":     {"clerk": "desk", "reviewer": "desk"},
    "meeting.hold":     {"clerk": "desk", "reviewer": "desk"},  # reading a list aloud; a village's supervisor may be added here
    "hanging.look":     {"clerk": "desk", "reviewer": "desk", "auditor": "scope", "disclosure": "scope"},
    "notice.take_down": {"reviewer": "desk"},
    "channel.note":     {"clerk": "desk"},  # where else a notice was published
    "appraisal.keep":   {"clerk": "desk"},
    "appraisal.count":  {"clerk": "desk", "reviewer": "desk", "supervisor": "desk"},  # two people count the paper ballots
    "wall.keep":        {"clerk": "desk"},
    "wall.check":       {"clerk": "desk", "reviewer": "desk"},
    "case.enter":       {"clerk": "desk", "supervisor": "desk"},  # what somebody asks by mouth
    "case.read":        {
        "clerk": "desk", "reviewer": "desk", "leader": "desk", "supervisor": "desk", "auditor": "scope", "disclosure": "scope",
    },
    "case.answer":      {"clerk": "desk", "leader": "desk", "supervisor": "desk"},
    "template.write":   {"clerk": "self", "leader": "self"},  # an office's own texts for its answers
    "case.extend":      {"reviewer": "desk"},
    # What is written for everybody of a question, and of a letter.
    "answer.read":      {"clerk": "desk", "reviewer": "desk", "auditor": "scope", "disclosure": "scope"},
    "answer.draft":     {"clerk": "desk"},
    "answer.withdraw":  {"clerk": "desk", "reviewer": "desk"},
    "letter.read":      {"leader": "desk", "reviewer": "desk", "auditor": "scope", "disclosure": "scope"},
    "letter.draft":     {"leader": "desk"},
    "letter.withdraw":  {"leader": "desk", "reviewer": "desk"},
    "wording.approve":  {"reviewer": "desk"},  # an answer or a letter for everybody, which somebody else wrote
    "supervise":        {"supervisor": "desk"},  # confirms notices, sees what villagers show him, writes the half-year report
    "audit":            {"auditor": "scope", "disclosure": "scope"},  # 审计 reads and exports, 政务公开办 reads, urges and orders
    # What is due, late and missing, and the assessment: a department reads both of its own group of kinds.
    "due.read":         {"auditor": "scope", "disclosure": "scope", "department": "scope"},
    "audit.export":     {"auditor": "scope"},  # the cases of a figure as a file
    "directive.read":   {"clerk": "desk", "reviewer": "desk", "auditor": "scope", "disclosure": "scope"},  # the county's letters to offices
    "directive.answer": {"clerk": "desk"},
    "directive.write":  {"disclosure": "scope"},
    "duty.switch":      {"disclosure": "scope"},  # since when the county's offices owe what
    "catalogue.edit":   {"disclosure": "scope"},  # what the county changed in its catalogue
    "reading.keep":     {"disclosure": "scope"},  # the county's reading points
    "delivery.make":    {"clerk": "desk"},  # what an office brings there
    "group.read":       {"department": "scope"},  # 主管部门: the notices of its group of kinds, of all townships
    "group.remind":     {"department": "scope"},
    "slip.print":       {"clerk": "desk"},
    "inspect":          {"inspector": "scope"},
    "people":           {"admin": "scope"},
    "areas":            {"admin": "scope"},
    "holidays":         {"admin": "scope"},
    "switches":         {"admin": "scope"},
    "lead_offices":     {"admin": "scope"},
}  # fmt: skip

# Of the cases within reach: those that the office's clerks answer, the letters to its leader, or those to the village's supervisor
# (board/policies/cases.toml: answerer).
CASES: dict[str, tuple[Answerer, ...]] = {
    "clerk": ("clerk",), "leader": ("leader",), "supervisor": ("supervisor",), "reviewer": ("clerk", "leader"),
    "auditor": ("clerk", "leader", "supervisor"), "disclosure": ("clerk", "leader", "supervisor"),
}  # fmt: skip
# Those that the office above the first has now: there is no supervisor above the village, so that its clerks answer them.
RISEN: dict[str, tuple[Answerer, ...]] = {"clerk": ("supervisor",), "reviewer": ("supervisor",)}
ROLES = ("clerk", "reviewer", "supervisor", "leader", "auditor", "disclosure", "department", "inspector", "admin")
LEVELS: dict[str, tuple[Level, ...]] = {  # at which areas a role is given; others: anywhere
    "supervisor": ("village",), "leader": ("township", "county"), "auditor": ("county", "city"), "disclosure": ("county", "city"),
    "department": ("county", "city"), "inspector": ("county", "city"), "admin": ("county", "city"),
}  # fmt: skip


def holds(role: str, action: str) -> bool:
    """Return whether the role may do the action anywhere at all."""
    return role in TABLE[action]


def reads(role: str, answerer: Answerer, *, risen: bool) -> bool:
    """Return whether a role reads cases that ``answerer`` answers; ``risen``: another office than the first has them now."""
    return answerer in CASES.get(role, ()) or risen and answerer in RISEN.get(role, ())


def may(role: str, area: str, level: str, action: str, home: str) -> bool:
    """Return whether a person of this role, area and level of area may do the action for ``home`` (12 digits)."""
    reach = TABLE[action].get(role)
    if reach is None:
        return False
    if reach == "self":
        return True
    if reach == "scope" or level in ("township", "village"):
        return home.startswith(prefix(area, level))
    return home == area
