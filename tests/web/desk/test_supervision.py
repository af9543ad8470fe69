"""A village's supervisor, on his phone: he confirms a notice before it is posted, or objects to a line that nobody can overlook."""

from __future__ import annotations

import pytest

from board.models import CommitteeOpinion, db
from board.store import people
from tests.actors import PASSWORD
from tests.store.posted import AT
from tests.web.drafting import approves, forces, number_of, sends_roster

GAODONG = "510521116004"


@pytest.fixture
def draft(once, clerk):
    """A roster of 高洞社区 before the reviewer, and the account of its supervisor."""

    def sent() -> str:
        people.add("gaodong-supervisor", "某人", "supervisor", GAODONG, PASSWORD, at=AT)
        clerk.committee_signs = False
        return sends_roster(clerk)

    return once("roster for its supervisor", sent)


@pytest.fixture
def supervisor(draft, person):
    return person("gaodong-supervisor")


def test_he_confirms_what_villagers_will_see(supervisor, reviewer, villager, draft):
    home = supervisor.sees("/desk/supervision")
    assert home.heading == "高洞社区居务监督"
    page = supervisor.follows(home, "去看")
    preview = supervisor.follows(page, "打开整页")
    assert "补贴面积" in preview.text
    assert "张小三" not in supervisor.follows(page, "名单").text, "as on the web: masked"
    assert "现在没有要确认的公示" in supervisor.submits(page, "确认").text
    number = number_of(approves(reviewer, draft))
    assert "在手机上看过页面，确认。" in villager.sees(f"/n/{number}").text


def test_he_objects_to_a_line_and_withdraws_it(supervisor, clerk, reviewer, draft):
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    told = supervisor.submits(page, "提出不同意见", about="row", row="1", words="这一户的面积不对。")
    assert "第 1 号：这一户的面积不对。" in told.text
    assert "还没有答复，不能公布" in forces(reviewer, draft).text
    again = supervisor.submits(told, "提出不同意见", about="standard", words="标准和文件上的不一样。")
    assert "补贴标准：标准和文件上的不一样。" in again.text
    assert "有不同意见，等答复" in supervisor.sees("/desk/supervision").text
    supervisor.submits(again, "确认")
    assert number_of(approves(reviewer, draft))


def test_no_paper_of_the_township_erases_what_he_said(supervisor, clerk, reviewer, draft):
    opened = clerk.sees(f"{draft}/opinion")
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    supervisor.submits(page, "提出不同意见", about="row", row="1", words="这一户的面积不对。")
    paper = ("纸上写的是：看过，同意公开", {"name": "某主任", "signed_on": "2026-11-22"})
    for button, typed in (paper, ("写明没有人确认", {"reason": "委员会的人都在外地。"})):
        told = clerk.submits(opened, button, **typed)
        assert told.status == 409
        assert "已经在手机上说过了" in told.text
    now = clerk.sees(f"{draft}/opinion")
    assert "不用再登记纸上的" in now.text
    assert "记下答复" in now.text
    assert "还没有答复，不能公布" in forces(reviewer, draft).text


def test_nobody_takes_back_the_objection_of_another(person, supervisor, draft):
    people.add("gaodong-second", "某人", "supervisor", GAODONG, PASSWORD, at=AT)
    second = person("gaodong-second")
    before = second.follows(second.sees("/desk/supervision"), "去看")
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    stale = supervisor.submits(page, "提出不同意见", about="row", row="1", words="这一户的面积不对。")
    told = second.submits(before, "确认")
    assert told.status == 409
    assert "不能替他收回" in told.text
    assert "意见刚才变了" in supervisor.submits(page, "提出不同意见", about="row", row="1", words="这一户的面积不对。").text
    assert len(db.session.query(CommitteeOpinion).one().objections) == 1, "pressed twice, said once"
    supervisor.submits(stale, "确认")
    assert db.session.query(CommitteeOpinion).one().result == "agreed"


def test_the_clerk_reads_at_once_that_a_reply_is_wanted(supervisor, clerk, reviewer, draft):
    wanted = "监督委员会有不同意见，要答复"
    assert wanted not in clerk.sees("/desk").text
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    supervisor.submits(page, "提出不同意见", about="row", row="1", words="这一户的面积不对。")
    assert wanted not in reviewer.sees("/desk").text
    home = clerk.sees("/desk")
    assert wanted in home.text
    clerk.submits(clerk.follows(home, "去答复"), "记下答复", **{"reply-0": "重新量过，没有多。"})
    assert wanted not in clerk.sees("/desk").text


def test_he_reads_which_paper_the_township_entered(supervisor, clerk, draft):
    clerk.submits(f"{draft}/opinion", "看过，同意公开", name="李四", signed_on="2026-11-22")
    home = supervisor.sees("/desk/supervision")
    assert "镇里登记了一张纸质意见：李四，2026年11月22日签的。" in home.text
    page = supervisor.follows(home, "再看")
    assert "李四" in page.text
    assert "还没有答复" in supervisor.submits(page, "提出不同意见", about="whole", words="这张纸不是我们签的。").text


def test_he_confirms_only_what_he_was_shown(supervisor, clerk, draft):
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    clerk.submits(f"{draft}/facts", "存好", standard="93.60")
    clerk.committee_signs = False
    clerk.submits(f"{draft}/finish", "送审")
    told = supervisor.submits(page, "确认")
    assert told.status == 409
    assert "刚才改过" in told.text
    assert db.session.query(CommitteeOpinion).count() == 0


def test_an_objection_says_where_and_what_and_no_name(supervisor, draft):
    page = supervisor.follows(supervisor.sees("/desk/supervision"), "去看")
    for given, told in (({}, "哪一行"), ({"about": "whole", "words": "错"}, "写明哪里不对"), ({"about": "row", "row": "99"}, "没有这个号")):
        assert told in supervisor.submits(page, "提出不同意见", **given).text
    assert "张*三" in supervisor.submits(page, "提出不同意见", about="whole", words="张小三家多了半亩。").text
    assert db.session.query(CommitteeOpinion).count() == 0


def test_the_draft_of_another_village_is_not_there(person, supervisor, draft):
    other = person("jundaqiu-supervisor")
    assert "现在没有要确认的公示" in other.sees("/desk/supervision").text
    id = draft.rpartition("/")[2]
    for address in (f"/desk/supervision/{GAODONG}/{id}", f"/desk/supervision/{GAODONG}/{id}/preview"):
        assert other.sees(address).status == 404


def test_his_page_has_a_door_to_the_county_office_for_reports(app, supervisor):
    app.config.update(COUNTY_REPORT_OFFICE="泸县纪委监委信访室", COUNTY_REPORT_PHONE="0830-8190099", COUNTY_REPORT_ADDRESS="泸县某街 1 号")
    page = supervisor.sees("/desk/supervision")
    for words in ("泸县纪委监委信访室", "0830-8190099", "泸县某街 1 号"):
        assert words in page.text
