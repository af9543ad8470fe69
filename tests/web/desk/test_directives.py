"""The county's letters at the office: who reads them, what was typed stays, and what changed meanwhile is shown first."""

from __future__ import annotations

import pytest

from board.store import directives, people
from tests.actors import PASSWORD
from tests.store.posted import AT, GAODONG, TOWN

COUNTY = "510521000000"
ADDRESS = f"/desk/directives/{COUNTY}/1"


@pytest.fixture
def letter(app):
    """A letter to 百和镇 that wants an answer by 27 November."""
    words = directives.Words("urge", TOWN, "路灯的账没有公开", "请在墙上公布。", AT.date().replace(day=27))
    return directives.write(COUNTY, words, people.named("luxian-disclosure").id, AT)


@pytest.mark.parametrize(
    ("text", "said"),
    [("办", "请写清楚"), ("请打 13800138000。", "有手机号"), ("●●●● 办好了", "盖住的号码"), ("好" * 2001, "太长了")],
)
def test_an_answer_that_cannot_be_sent_stays_on_the_page(letter, clerk, text, said):
    page = clerk.submits(ADDRESS, "答复", text=text)
    assert page.status == 422
    assert said in page.text
    typed = page.form("答复").fields["text"][0]
    assert "13800138000" not in typed
    assert typed[:2] == text[:2]
    assert directives.one(COUNTY, 1).state == "sent"


def test_words_about_somebody_are_looked_at_twice(letter, clerk):
    page = clerk.submits(ADDRESS, "答复", text="他得了胃癌，耽误了几天，今天贴了。")
    assert "像是说到了某个人的" in page.text
    page = clerk.submits(page, "答复", looked="胃癌")
    assert "已答复" in page.text


def test_what_the_county_did_meanwhile_is_shown_before_an_answer_goes(letter, clerk):
    stale = clerk.sees(ADDRESS)
    directives.act(COUNTY, 1, "withdraw", people.named("luxian-disclosure").id, "写错了单位。", 1, AT)
    page = clerk.submits(stale, "答复", text="今天贴了。")
    assert page.status == 409
    assert "这封信刚才有了变化" in page.text
    assert "写错了单位。" in page.text
    assert "今天贴了。" in page.html, "what was typed is given back"


def test_a_letter_that_is_sent_again_from_the_same_page_is_one(letter, clerk):
    page = clerk.sees(ADDRESS)
    for _ in range(2):
        assert "已答复" in clerk.submits(page, "答复", text="今天贴了。").text
    assert len(directives.messages(directives.one(COUNTY, 1))) == 2


def test_a_reminder_is_noted_and_wants_no_answer(app, clerk, reviewer):
    words = directives.Words("remind", TOWN, "发完要公示结果", "请尽快公示。", None, group="subsidy")
    directives.write(COUNTY, words, people.named("luxian-finance").id, AT)
    page = clerk.sees(ADDRESS)
    assert "涉农补贴" in page.text
    assert "写给县里的话" not in page.text
    assert "看过了" not in reviewer.sees(ADDRESS).text
    assert "记下了：看过了" in clerk.submits(page, "看过了").text
    assert "县里来了" not in clerk.sees("/desk").text


def test_only_the_office_that_it_is_written_to_and_its_township_read_it(app, letter, person):
    people.add("gaodong-clerk", "某人", "clerk", GAODONG, PASSWORD, at=AT)
    for username in ("gaodong-clerk", "xianshi-clerk", "luxian-clerk"):
        who = person(username)
        assert who.sees(ADDRESS).status == 404
        assert who.sees(f"{ADDRESS}.pdf").status == 404
        assert "路灯" not in who.sees("/desk/directives").text
    for username in ("baihe-leader", "luxian-finance", "luxian-admin", "luxian-inspector", "jundaqiu-supervisor"):
        assert person(username).sees(ADDRESS).status == 403


def test_pages_of_letters_go_on_behind_the_last(app, clerk):
    writer = people.named("luxian-disclosure").id
    for no in range(1, 53):
        words = directives.Words("urge", TOWN, f"第 {no} 件事", "请办一办。", AT.date())
        directives.write(COUNTY, words, writer, AT)
        directives.act(COUNTY, no, "withdraw", writer, "不用办了。", 1, AT)
    page = clerk.sees("/desk/directives")
    assert "第 3 件事" in page.text
    assert "\n第 2 件事" not in page.text
    page = clerk.follows(page, "看更早的")
    assert "第 2 件事" in page.text
    assert clerk.sees("/desk/directives?before=nonsense").status == 200
