"""From a notice that is posted to the next one: last year's to this year's, what was to be paid to what was paid."""

from __future__ import annotations

import re

import pytest

from board.models import Draft, Job, Row, db
from board.rules.numbers import spaced
from board.store import ledger, notices, people
from board.store.drafting import checking, staging, typed_rows
from board.work import once
from tests.actors import Page, Person
from tests.store.posted import AT, NEXT, line, post, proposal
from tests.store.posted import TOWN as POSTED_HOME
from tests.web.drafting import approves, begins, draft_of, facts_of, number_of, sends, sends_roster, states
from tests.web.publishing import publishes, rows_of

GAODONG, LAST_YEAR, THIS_YEAR = "510521116004", "2025-11-18", "2026-11-22"
AGAIN, PAID = "照这份再做一份", "接着公示“耕地地力保护补贴发放结果”"
TITLE = "高洞社区2025年耕地地力保护补贴公示"
DATES = {"formed_on": "2026-11-18", "display_start": "2026-11-23"}


@pytest.fixture
def last_year(once, at, clerk, reviewer):
    """The number of a notice that 高洞社区 posted a year ago, with the ID number of one of its three households known."""
    at(LAST_YEAR)
    number = once("last year", lambda: _last_year(clerk, reviewer))
    at(THIS_YEAR)
    for who, username in ((clerk, "baihe-clerk"), (reviewer, "baihe-reviewer")):
        who.is_signed_in(username)  # a login that was used at another time is over
    return number


def _last_year(clerk, reviewer):
    dates = {"formed_on": "2025-11-10", "display_start": LAST_YEAR}
    draft = sends_roster(clerk, title=TITLE, basis_document="泸县2025年实施方案", eligibility="种地的农民", **dates)
    number = number_of(approves(reviewer, draft))
    with_key = db.session.query(Row).filter_by(number=number, no=1).one()
    with_key.person_key, with_key.account_key = "k" * 32, "a" * 32
    db.session.commit()
    return number


def starts(clerk: Person, number: str, words: str = AGAIN) -> Page:
    return clerk.submits(f"/desk/notices/{number}", words)


def stored(page: Page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


def typed(page: Page) -> list[dict[str, str]]:
    return [dict(row.texts) for row in typed_rows.opened(stored(page)) or []]


def carried(home: str) -> list[dict]:
    db.session.rollback()
    return [entry.body for entry in ledger.entries(home) if entry.action == "names.carried"]


# ---- the same as last year


def test_a_clerk_starts_from_last_years_and_changes_two_amounts_and_the_villager_sees_this_years(clerk, reviewer, villager, last_year):
    page = starts(clerk, last_year)
    assert page.heading == "高洞社区2026年耕地地力保护补贴公示"
    page = clerk.submits(page, "核对", **{"row-0-area": "5", "row-0-amount": "468", "row-1-area": "3", "row-1-amount": "280.8"})
    assert page.heading == "数都对上了"
    assert f"和上次（编号 {spaced(last_year)}）比：新增 0 户、去掉 0 户、改了 2 户的数。" in page.text

    page = states(clerk, page, basis_document="泸县2026年实施方案", **DATES)
    clerk.submits(page, "送审")
    assert "改了 2 户的数" in reviewer.sees(f"{draft_of(page)}/review").text
    shown = villager.sees(f"/n/{number_of(approves(reviewer, draft_of(page)))}/{GAODONG}")
    assert [row[1] for row in rows_of(shown)] == ["张*三", "李*", "王*五"]
    assert "468.00" in shown.text
    assert "463.32" not in shown.text


def test_facts_that_still_hold_are_there_and_those_of_that_time_are_not(clerk, last_year):
    facts = stored(starts(clerk, last_year)).facts

    assert (facts["standard"], facts["eligibility"], facts["publisher"]) == ("93.6", "种地的农民", "高洞社区居民委员会")
    assert not {"formed_on", "display_start", "basis_document", "committee_opinion"} & set(facts)


def test_whoever_is_known_stays_known_until_his_name_is_another(clerk, last_year):
    page = clerk.submits(starts(clerk, last_year), "核对", **{"row-0-amount": "468", "row-0-area": "5"})
    kept = staging.rows(stored(page))[0]
    assert (kept.person_key, kept.account_key) == ("k" * 32, "a" * 32)

    page = clerk.submits(f"{draft_of(page)}/by-hand", "核对", **{"row-0-name": "张小四"})
    other = staging.rows(stored(page))[0]
    assert (other.person_key, other.account_key) == (None, None)
    assert "新增 1 户、去掉 1 户、改了 0 户的数" in page.text


def test_nothing_changed_is_said_so(clerk, last_year):
    assert "名单和数都没有变。" in clerk.submits(starts(clerk, last_year), "核对").text


def test_a_draft_begun_afresh_is_compared_with_nothing(clerk, reviewer):
    assert "和上次" not in reviewer.sees(f"{sends_roster(clerk)}/review").text


def test_a_new_notice_is_offered_the_last_of_its_kind(clerk, last_year):
    page = clerk.sees("/desk/new")
    assert "高洞社区：上次是 2025年11月18日公布的" in page.text

    begun = clerk.submits(page, AGAIN)
    assert begun.heading == "高洞社区2026年耕地地力保护补贴公示"
    assert [row["name"] for row in typed(begun)] == ["张小三", "李四", "王老五"]


def test_the_desk_offers_it_beside_what_is_posted_to_its_clerk_only(clerk, reviewer, last_year):
    assert AGAIN in clerk.sees("/desk").text
    assert AGAIN not in reviewer.sees("/desk").text
    assert AGAIN not in reviewer.sees(f"/desk/notices/{last_year}").text


def test_rows_of_places_are_carried_too(clerk):
    number = publishes(proposal("fund-allocation", [line(GAODONG, 1, "", "10"), line(NEXT, 1, "", "5")]))
    page = starts(clerk, number)

    assert [row["place"] for row in typed(page)] == ["高洞社区", "土主社区"]
    assert carried(POSTED_HOME) == []  # no names, nothing opened


def test_a_notice_without_a_roster_goes_on_with_its_walls(person):
    clerk, walls = person("luxian-clerk"), ["510521116227", "510521116228"]
    page = states(clerk, begins(clerk, "land-pre-notice"), places=walls, **facts_of("land-pre-notice"))
    clerk.submits(page, "送审")
    number = number_of(approves(person("luxian-reviewer"), draft_of(page)))

    page = starts(clerk, number, "接着公示“征地补偿安置公告”")
    assert page.path.endswith("/facts")
    assert page.heading == "泸县2026年征地补偿安置公告"
    assert (stored(page).facts["places"].split(), stored(page).facts["scope"][:3]) == (walls, "百和镇")


# ---- from what is to be paid to what was paid


def test_from_what_is_to_be_paid_to_what_was_paid(clerk, reviewer, villager, last_year):
    page = starts(clerk, last_year, PAID)
    assert page.heading == "高洞社区2025年耕地地力保护补贴发放结果公示"  # it is about that year's money
    assert [(row["amount"], row["paid"], row["outcome"]) for row in typed(page)][0] == ("463.32", "463.32", "已发放")

    back = {"row-1-paid": "0", "row-1-returned": "187.2", "row-1-outcome": "退回"}
    page = clerk.submits(page, "核对", **back)
    assert page.heading == "数都对上了"
    page = states(clerk, page, paid_on="2026-11-20", **DATES)
    clerk.submits(page, "送审")
    shown = villager.sees(f"/n/{number_of(approves(reviewer, draft_of(page)))}/{GAODONG}")
    assert "发到账 566.28 元；3 户该发 753.48 元" in shown.text
    assert shown.text.count("退回") >= 1


def test_what_came_back_must_add_up(clerk, last_year):
    page = clerk.submits(starts(clerk, last_year, PAID), "核对", **{"row-1-paid": "0", "row-1-outcome": "退回"})

    assert page.heading == "有 1 处对不上，请核对"
    assert "写的是“退回”，没有写退回多少，就按“应发金额”减“发到账金额”算退回的钱" in page.text


def test_the_same_papers_hold_for_what_was_paid(clerk, last_year):
    facts = stored(starts(clerk, last_year, PAID)).facts

    assert facts["basis_document"] == "泸县2025年实施方案"
    assert not {"standard", "paid_on", "committee_opinion"} & set(facts)


# ---- whose names, and who may


def test_that_names_were_opened_is_in_the_ledger_without_one(clerk, auditor, last_year):
    page = starts(clerk, last_year)

    assert carried(GAODONG) == [{"draft": stored(page).id, "rows": 3}]
    assert "照以前的公示做新的，带出姓名" in auditor.sees("/audit/ledger").text


def test_the_names_of_the_draft_are_nowhere_in_clear(clerk, last_year):
    draft = stored(starts(clerk, last_year))

    sheets = [bytes(held) for sheet in staging.tables(draft) for held in (sheet.cells, sheet.preview)]
    held = b"".join([*sheets, bytes(draft.result), str([vars(row) for row in staging.rows(draft)]).encode(), str(draft.facts).encode()])
    assert "王老五".encode() not in held
    assert "王老五" not in str(list(ledger.entries(GAODONG)))


def test_another_towns_notice_cannot_be_taken(person, last_year):
    other = person("xianshi-clerk")
    page = other.sees("/desk/new")  # where his form's token is
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.html)[1]
    answer = other.client.post(f"/desk/notices/{last_year}/carry", data={"csrf_token": token, "kind": "cropland-subsidy"})

    assert answer.status_code == 404
    assert carried(GAODONG) == []
    assert "高洞社区" not in page.text


@pytest.mark.parametrize("kind", ["grain-subsidy", "", "no-such-kind"])
def test_a_kind_that_does_not_follow_is_not_begun(clerk, last_year, kind):
    token = re.search(r'name="csrf_token" value="([^"]+)"', clerk.sees("/desk/new").html)[1]

    assert clerk.client.post(f"/desk/notices/{last_year}/carry", data={"csrf_token": token, "kind": kind}).status_code == 404


def test_what_was_taken_down_is_not_begun_from(clerk, last_year):
    page = clerk.sees("/desk/new")
    notices.take_down(notices.find(last_year), people.named("baihe-reviewer").id, "名单写错了", AT)

    assert clerk.submits(page, AGAIN).status == 404
    assert AGAIN not in clerk.sees("/desk").text + clerk.sees("/desk/new").text + clerk.sees(f"/desk/notices/{last_year}").text


def test_an_erased_person_leaves_his_figures_and_no_name(clerk, last_year):
    erased = db.session.query(Row).filter_by(number=last_year, no=1).one()
    erased.person_salt = None  # whatever else of him should have been left behind
    db.session.commit()
    page = starts(clerk, last_year)

    assert [row.get("name", "") for row in typed(page)] == ["", "李四", "王老五"]
    assert typed(page)[0]["amount"] == "463.32"
    assert page.text.count("缺户主姓名") == 1
    assert carried(GAODONG)[0]["rows"] == 2
    page = clerk.submits(page, "核对", **{"row-0-name": "张小三"})
    assert staging.rows(stored(page))[0].person_key is None


# ---- a long roster


def test_a_long_roster_is_carried_over_and_checked_in_the_background(app, clerk, monkeypatch):
    number, names = post().number, ["张小三", "李四", "王五", "赵六", "钱七"]
    monkeypatch.setattr(checking, "AT_ONCE", 3)
    page = starts(clerk, number)
    assert [row["name"] for row in typed(page)] == names
    assert db.session.get(Job, (POSTED_HOME, stored(page).id)).state == "waiting"
    assert clerk.submits(page, "核对").heading == "正在核对这张表"

    assert once(app)
    assert clerk.sees(f"{draft_of(page)}/ready").heading == "数都对上了"


def test_a_whole_towns_roster_is_carried_over_row_for_row(clerk, reviewer):
    number = number_of(approves(reviewer, sends(clerk, "baihe-cropland-roster.xlsx")))
    page = clerk.submits(starts(clerk, number), "核对")

    assert "第 1 页，共 24 页" in clerk.sees(f"{draft_of(page)}/by-hand").text
    assert "5,903.61" in page.text
    assert "名单和数都没有变。" in page.text
