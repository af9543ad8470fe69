"""What a township's page says, refuses or counts tells nothing of what was written to the county alone; odd values break no page."""

from __future__ import annotations

import pytest

from board.models import Case, db
from board.store import people
from board.store.cases import corrections, floods
from board.store.drafting import correction
from tests.store.asked import AT, COUNTY, files
from tests.store.posted import GAODONG
from tests.web.asking import asks

WORDS = "村支书的弟弟不种地也领了三亩的钱"


def test_a_question_for_everybody_is_not_held_against_what_the_county_alone_was_written(villager, clerk, number):
    asks(villager, f"/n/{number}/ask?place={GAODONG}&row=1", category="unclear", text=WORDS, first="county")
    said = {"question": f"是不是{WORDS}呢？", "answer": "不是的，请看确权的面积表。"}
    assert "原话" not in clerk.submits(f"/desk/notices/{number}/answers", "送审", **said).text

    asks(villager, f"/n/{number}/ask?place={GAODONG}&row=1", category="unclear", text="为什么我们组每亩少了五块钱没人说", first="township")
    said["question"] = "为什么我们组每亩少了五块钱没人说？"
    assert "原话" in clerk.submits(f"/desk/notices/{number}/answers", "送审", **said).text


def test_a_letter_that_leaves_a_case_out_leaves_out_what_names_it(villager, person, clerk, number):
    asks(villager, f"/n/{number}/ask?place={GAODONG}&row=1", category="household", text="这一户去年就不在了。", first="county")
    case = db.session.query(Case).one()
    assert case.home == COUNTY
    writer = person("luxian-disclosure")
    page = writer.submits(f"/audit/directives/new?asked={case.home}&case={case.id}", "发出", desk="百和镇", text="请核对一下这个村的名单。")
    page = writer.submits(page, "不写这件来件")
    assert page.form("发出").fields["subject"] == [""]
    assert "这一户" not in clerk.sees("/desk/directives").text


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("luxian-auditor", "/audit?after=2026-99-01T00:00:00+00:00/123456789"),
        ("luxian-finance", "/audit/group?after=2026-99-01T00:00:00+00:00/123456789"),
        ("baihe-clerk", "/desk/directives?before=0001-01-01T00:00:00+14:00_510521000000_1"),
    ],
)
def test_an_address_that_no_page_gave_is_the_first_page(person, who, address):
    assert person(who).sees(address).status == 200


def test_a_correction_that_waits_for_its_reviewer_takes_no_case_on(posted):
    clerk = people.named("baihe-clerk").id
    draft = correction.begin(posted, "两户的面积量错了", None, clerk, AT)
    case = files(posted, "amount_wrong")
    draft.state = "submitted"
    db.session.commit()
    assert not corrections.tie(draft, case)
    draft.state = "returned"
    db.session.commit()
    assert corrections.tie(draft, case)


def test_a_case_taken_off_a_floods_line_stands_alone_for_good(posted):
    case = files(posted, "amount_wrong")
    case.fold = "a123456789ab"
    db.session.commit()
    floods.take_out(case.home, case.id, people.named("baihe-clerk").id, AT)
    db.session.expire_all()
    assert case.fold == "", "and not as one that was never folded"
