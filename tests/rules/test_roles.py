"""Who may do what, typed again: a change of the table in board/rules/roles.py has to be made here as well."""

from __future__ import annotations

import pytest

from board.rules import roles

COUNTY, TOWN, VILLAGE = "510521000000", "510521116000", "510521116004"
OTHER_TOWN, OTHER_COUNTY = "510521117000", "510522000000"

ALLOWED = {
    "account": {"clerk", "reviewer", "supervisor", "leader", "auditor", "disclosure", "department", "inspector", "admin"},
    "draft.write": {"clerk"},
    "draft.read": {"clerk", "reviewer"},
    "draft.review": {"reviewer"},
    "notice.print": {"clerk", "reviewer"},
    "hanging.look": {"clerk", "reviewer", "auditor", "disclosure"},
    "notice.take_down": {"reviewer"},
    "channel.note": {"clerk"},
    "appraisal.keep": {"clerk"},
    "appraisal.count": {"clerk", "reviewer", "supervisor"},
    "meeting.hold": {"clerk", "reviewer"},
    "wall.keep": {"clerk"},
    "wall.check": {"clerk", "reviewer"},
    "case.enter": {"clerk", "supervisor"},
    "case.read": {"clerk", "reviewer", "leader", "supervisor", "auditor", "disclosure"},
    "case.answer": {"clerk", "leader", "supervisor"},
    "answer.read": {"clerk", "reviewer", "auditor", "disclosure"},
    "answer.draft": {"clerk"},
    "answer.withdraw": {"clerk", "reviewer"},
    "template.write": {"clerk", "leader"},
    "case.extend": {"reviewer"},
    "letter.read": {"leader", "reviewer", "auditor", "disclosure"},
    "letter.draft": {"leader"},
    "letter.withdraw": {"leader", "reviewer"},
    "wording.approve": {"reviewer"},
    "supervise": {"supervisor"},
    "audit": {"auditor", "disclosure"},
    "due.read": {"auditor", "disclosure", "department"},
    "audit.export": {"auditor"},
    "directive.read": {"clerk", "reviewer", "auditor", "disclosure"},
    "directive.answer": {"clerk"},
    "directive.write": {"disclosure"},
    "duty.switch": {"disclosure"},
    "catalogue.edit": {"disclosure"},
    "reading.keep": {"disclosure"},
    "delivery.make": {"clerk"},
    "group.read": {"department"},
    "group.remind": {"department"},
    "slip.print": {"clerk"},
    "inspect": {"inspector"},
    "people": {"admin"},
    "areas": {"admin"},
    "holidays": {"admin"},
    "switches": {"admin"},
    "lead_offices": {"admin"},
}
DESK = sorted(
    action
    for action in ALLOWED
    if action.startswith(("draft", "notice", "case", "letter", "wall", "slip", "hanging", "answer", "wording"))
    or action in ("directive.read", "directive.answer")
)


def test_the_table_has_these_actions_and_no_others():
    assert set(roles.TABLE) == set(ALLOWED)


@pytest.mark.parametrize("role", [*roles.ROLES, "villager", ""])
def test_a_role_may_do_what_it_is_allowed_and_nothing_else(role):
    right = {action: role in allowed for action, allowed in ALLOWED.items()}
    assert {action: roles.holds(role, action) for action in ALLOWED} == right
    assert {action: roles.may(role, COUNTY, "county", action, COUNTY) for action in ALLOWED} == right


@pytest.mark.parametrize(
    ("area", "level", "home", "allowed"),
    [
        (TOWN, "township", TOWN, True),
        (TOWN, "township", VILLAGE, True),
        (TOWN, "township", COUNTY, False),
        (TOWN, "township", OTHER_TOWN, False),
        (VILLAGE, "village", VILLAGE, True),
        (VILLAGE, "village", TOWN, False),
        (COUNTY, "county", COUNTY, True),
        (COUNTY, "county", TOWN, False),  # a county never posts in a township's name
        (COUNTY, "county", VILLAGE, False),
        (COUNTY, "county", OTHER_COUNTY, False),
    ],
)
def test_a_desk_reaches_its_own_home_and_a_townships_its_villages(area, level, home, allowed):
    whose = {action: next(role for role in ("reviewer", "clerk", "leader") if role in ALLOWED[action]) for action in DESK}
    assert [action for action, role in whose.items() if roles.may(role, area, level, action, home) is not allowed] == []


@pytest.mark.parametrize(
    ("role", "action"),
    [
        ("auditor", "audit"),
        ("auditor", "case.read"),
        ("auditor", "audit.export"),
        ("auditor", "directive.read"),
        ("disclosure", "audit"),
        ("disclosure", "case.read"),
        ("disclosure", "directive.write"),
        ("disclosure", "catalogue.edit"),
        ("disclosure", "directive.read"),
        ("department", "group.read"),
        ("department", "group.remind"),
        ("admin", "people"),
        ("admin", "areas"),
        ("admin", "lead_offices"),
        ("inspector", "inspect"),
    ],
)
@pytest.mark.parametrize(
    ("home", "allowed"), [(COUNTY, True), (TOWN, True), (VILLAGE, True), (OTHER_COUNTY, False), ("510500000000", False)]
)
def test_a_county_watches_over_its_whole_scope_and_no_further(role, action, home, allowed):
    assert roles.may(role, COUNTY, "county", action, home) is allowed


def test_a_code_that_only_looks_alike_is_out_of_reach():
    assert not roles.may("clerk", "510521100000", "township", "draft.write", "510521101000")


@pytest.mark.parametrize("role", roles.ROLES)
def test_everybody_has_his_own_account_wherever_he_works(role):
    assert roles.may(role, VILLAGE, "village", "account", OTHER_COUNTY)


def test_the_admin_and_the_auditor_see_no_report_against_a_person():
    assert [role for role in roles.ROLES if roles.holds(role, "inspect")] == ["inspector"]


def test_the_office_for_disclosure_urges_and_exports_nothing_and_the_audit_exports_and_urges_nobody():
    writes, exports = (tuple(role for role in roles.ROLES if roles.holds(role, action)) for action in ("directive.write", "audit.export"))
    assert (writes, exports) == (("disclosure",), ("auditor",))


def test_a_department_reads_no_case_and_no_letter_to_an_office():
    assert not any(roles.holds("department", action) for action in ("case.read", "directive.read", "letter.read", "audit"))
    assert "department" not in roles.CASES


@pytest.mark.parametrize("role", ["auditor", "disclosure", "department"])
def test_who_watches_over_a_county_works_for_a_county_or_a_city(role):
    assert roles.LEVELS[role] == ("county", "city")
