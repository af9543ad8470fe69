"""Words about somebody in a notice and in the reasons around it: the reviewer is told of them, and who writes a reason looks twice."""

from __future__ import annotations

import pytest

from tests.web.drafting import ROSTER, approves, number_of, pastes, sends_roster

TELLING, TICK = "李四患肺癌住院，这一行先不发", "肺癌"
ASKED = "像是说到了某个人的病情或残疾情况：“肺癌”"
BOTH, BOTH_TICKED = "像是说到了某个人的全名、病情或残疾情况：“李四、肺癌”", "李四、肺癌"  # 李四 is on the roster


# ---- the title and the facts


def test_the_reviewer_answers_for_words_about_somebody_in_a_fact(clerk, reviewer):
    draft = sends_roster(clerk, eligibility="赵大友，1952年3月4日出生，也算在内。")
    page = reviewer.sees(f"{draft}/review")

    assert "“哪些人能领”里像是写着某个人的出生日期" in page.text
    assert "还没写您的理由" in approves(reviewer, draft).text
    assert "打印各社区公示单" in approves(reviewer, draft, **{"reason-fact_personal_words": "本人同意写明"}).text


def test_a_notice_about_a_scheme_and_an_office_has_nothing_to_answer_for(reviewer, clerk):
    draft = sends_roster(
        clerk,
        title="2026年残疾人两项补贴公示",
        eligibility="一级、二级残疾人，因病致贫的家庭。",
        objection_ways="来访：百和镇兴隆街88号财政所。",
    )

    assert "fact_personal_words" not in reviewer.sees(f"{draft}/review").html


# ---- reasons


def test_a_reason_for_sending_back_is_looked_at_twice(clerk, reviewer, draft):
    page = reviewer.submits(f"{draft}/review", "退回修改", reason=TELLING)
    assert ASKED in page.text
    assert page.form("退回修改").fields["reason"] == [TELLING]
    assert "已退回给经办" not in page.text

    assert "已退回给经办" in reviewer.submits(page, "退回修改", looked=TICK).text


def test_a_reason_for_taking_down_is_looked_at_twice(villager, reviewer, draft):
    number = number_of(approves(reviewer, draft))
    page = reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason=TELLING, leak="0", sure=True)
    assert BOTH in page.text
    assert page.form("马上撤下").fields["reason"] == [TELLING]
    assert villager.sees(f"/n/{number}").status == 200

    reviewer.submits(page, "马上撤下", looked=BOTH_TICKED, sure=True)
    assert villager.sees(f"/n/{number}").status == 410


def test_a_reason_for_posting_in_spite_of_a_warning_is_looked_at_twice(clerk, reviewer):
    draft = sends_roster(clerk, eligibility="赵大友，1952年3月4日出生，也算在内。")
    page = approves(reviewer, draft, **{"reason-fact_personal_words": TELLING})
    assert BOTH in page.text

    assert "打印各社区公示单" in reviewer.submits(page, "通过并公布", looked=BOTH_TICKED).text


def test_a_clerks_reason_is_looked_at_twice_and_kept_meanwhile(clerk):
    page = pastes(clerk, ROSTER.replace("753.48", "753.47"))
    page = clerk.submits(page, "下一步", **{"reason-total_differs": TELLING})
    assert ASKED in page.text
    assert page.form("下一步").fields["reason-total_differs"] == [TELLING]

    assert clerk.submits(page, "下一步", looked=TICK).path.endswith("/facts")


@pytest.mark.parametrize("press", ["马上撤下", "通过并公布"])
def test_the_names_in_a_reason_are_masked_with_one_tap_and_read_before_they_go(clerk, reviewer, draft, press):
    if press == "马上撤下":
        page = reviewer.submits(
            f"/desk/notices/{number_of(approves(reviewer, draft))}", press, reason="张小三的数错了", leak="0", sure=True
        )
        field = "reason"
    else:
        draft = sends_roster(clerk, eligibility="赵大友，1952年3月4日出生，也算在内。")
        page, field = approves(reviewer, draft, **{"reason-fact_personal_words": "张小三的数错了"}), "reason-fact_personal_words"
    assert "像是说到了某个人的全名：“张小三”" in page.text

    page = reviewer.submits(page, "把名字换成 张*三")
    assert "名字盖住了。请看一看您写的话，再点一次。" in page.text
    assert page.form(press).fields[field] == ["张*三的数错了"]

    page = reviewer.submits(page, press)
    assert "像是说到了" not in page.text
    assert page.path.startswith("/desk/notices/")
