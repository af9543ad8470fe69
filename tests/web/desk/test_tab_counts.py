"""The number on a tab is that of the list behind it, for what this person acts on."""

from __future__ import annotations

import re

from board.store import answers, people
from tests.store.asked import AT, COUNTY, does, files
from tests.web.drafting import sends_roster


def tab(page, name):
    """The number on a tab of the menu, 0 for none."""
    found = [said for said, _address in page.links if re.fullmatch(rf"{name}( \d+)?", said)]
    return int(found[0].removeprefix(name) or 0)


def listed(page):
    return page.html.count('<p class="line">')


def test_a_clerk_sees_how_many_cases_wait_and_what_came_back(person, posted):
    user = people.named("baihe-clerk").id
    made = [files(posted, "amount_wrong", key=f"{n:032}") for n in range(4)]
    does(made[0], "answer", user, "查过了。")
    files(posted, "unclear", key="c" * 32, home=COUNTY)

    page = person("baihe-clerk").sees("/desk/cases")
    assert tab(page, "来件") == listed(page) == 3
    assert tab(page, "办事") == 0
    county = person("luxian-clerk").sees("/desk/cases")
    assert tab(county, "来件") == listed(county) == 1


def test_a_reviewer_sees_what_waits_for_his_word_and_the_tab_leads_there(person, posted):
    clerk, reviewer = people.named("baihe-clerk").id, person("baihe-reviewer")
    made = [files(posted, "amount_wrong", key=f"{n:032}") for n in range(3)]
    assert tab(reviewer.sees("/desk/cases"), "来件") == 0, "what others answer is not his"
    for case in made[:2]:
        does(case, "extend", clerk, "要到现场量一次。")

    page = reviewer.follows(reviewer.sees("/desk"), "来件 2")
    assert listed(page) == 2
    does(made[0], "grant", people.named("baihe-reviewer").id)
    page = reviewer.follows(reviewer.sees("/desk"), "来件 1")
    assert listed(page) == 1


def test_what_is_sent_for_review_is_on_the_reviewers_tab_until_it_comes_back(person):
    clerk, reviewer = person("baihe-clerk"), person("baihe-reviewer")
    draft = sends_roster(clerk)
    page = reviewer.sees("/desk")
    assert tab(page, "办事") == 1
    assert "有 1 份等您审核" in page.text
    reviewer.submits(f"{draft}/review", "退回修改", reason="日子不对，请改。")

    assert tab(reviewer.sees("/desk"), "办事") == 0
    page = clerk.sees("/desk")
    assert tab(page, "办事") == 1
    assert "1 份被退回" in page.text


def test_a_leader_sees_his_letters(person):
    files(None, "letter", row=None, consent=True)
    page = person("baihe-leader").sees("/desk/cases")
    assert tab(page, "来信") == listed(page) == 1
    assert tab(person("baihe-clerk").sees("/desk/cases"), "来件") == 0


def test_a_reviewer_sees_how_much_waits_for_everybody(person, posted):
    for question in ("荒地算不算？", "每亩多少钱？"):
        answers.draft(posted, answers.QuestionAnswer(question, "按确权证算。"), None, people.named("baihe-clerk").id, AT)
    reviewer = person("baihe-reviewer")
    page = reviewer.follows(reviewer.sees("/desk"), "待批 2")
    assert "荒地算不算？" in page.text
    reviewer.submits("/desk/approvals", "通过")
    assert tab(reviewer.sees("/desk"), "待批") == 1


def test_the_roles_without_lists_have_no_numbers(person, posted):
    files(posted, "amount_wrong")
    for username, address in (("luxian-admin", "/admin"), ("luxian-inspector", "/inspect")):
        assert 'class="count"' not in person(username).sees(address).html
