"""念名单会: a list read aloud; names by POST alone, refused where they are covered, and minutes that agree with the poster."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.store import displays, ledger, meetings, notices, people
from tests.store.corrected import correct, figure
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.publishing import NAMES, assistance, publishes, text

FINISHED = {"held": "2026-11-22", "present": "86", "presider": "陈明", "first": "1", "last": "4"}


def address(number: str, tail: str = "") -> str:
    return f"/desk/notices/{number}/{GAODONG}/meeting{tail}"


def opens(who, number: str):
    """Open the list, as at the meeting."""
    return who.submits(address(number), "打开名单，开始念")


def finishes(who, number: str, **more: str):
    return who.submits(address(number, "/1"), "记下", **FINISHED | more)


def test_the_way_to_a_meeting_stands_on_the_villages_poster_and_says_what_it_is_without_a_name(clerk, number):
    page = clerk.follows(clerk.sees(f"/desk/notices/{number}/{GAODONG}"), "念名单会")

    assert page.path == address(number)
    assert "记在公开日志里，和打印贴墙的公示单一样" in page.text
    assert "只有本户能对自己家那一行说" in page.text
    assert [name for name in NAMES if name in page.html] == []


@pytest.mark.parametrize("who", ["clerk", "reviewer"])
def test_the_list_is_opened_with_full_names_a_row_a_screen_and_logged_as_a_printing_is(request, who, number):
    page = opens(request.getfixturevalue(who), number)

    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "第 2 户，共 4 户" in page.text
    assert "一组，李四，两亩，一百八十七元二角" in page.text
    assert [name for name in NAMES[:4] if name not in page.text] == []
    assert "钱七" not in page.html
    printed = [(entry.actor, entry.body) for entry in ledger.entries(TOWN) if entry.action == "names.printed"]
    assert printed == [(f"baihe-{who}", {"place": GAODONG, "rows": 4})]


def test_names_are_never_given_to_a_get(clerk, number):
    opens(clerk, number)
    finishes(clerk, number)
    for tail in ("", "/1", "/1/minutes.pdf", "/slips.pdf"):
        page = clerk.sees(address(number, tail))
        words = text(page.data) if page.data.startswith(b"%PDF") else page.html
        assert page.status == 200
        assert [name for name in NAMES if name in words] == []
    assert clerk.client.get(address(number, "/1/objection")).status_code == 405


def test_without_a_script_each_row_has_the_same_buttons_and_links_to_the_next(clerk, number):
    page = opens(clerk, number)

    assert [address for words, address in page.links if words == "下一个"] == ["#r2", "#r3", "#r4", "#end"]
    assert [address for words, address in page.links if words == "上一个"] == ["#start", "#r1", "#r2", "#r3", "#r4"]
    for what in ("数不对", "人不对", "已经不在", "别的"):
        assert page.html.count(f">{what}</button>") == 4


def test_a_list_that_is_covered_on_the_wall_is_not_read_and_the_page_says_what_to_do(clerk, app):
    relief = assistance()
    number = publishes(replace(relief, frozen=relief.frozen | {"names": {"wall": "masked", "web": "masked"}}))
    page = clerk.sees(address(number))

    assert "这份名单不在会上念" in page.text
    assert "请照样贴墙" in page.text
    assert page.link("打开念的稿子") == f"/n/{number}/{GAODONG}.txt"
    assert "开始念" not in page.text
    app.config["WTF_CSRF_ENABLED"] = False
    answer = clerk.client.post(address(number))
    assert (answer.status_code, answer.headers["Location"]) == (302, address(number))
    assert [entry for entry in ledger.entries(TOWN) if entry.action in ("names.printed", "meeting.opened")] == []


def test_a_meeting_of_today_is_gone_on_with_and_one_that_is_over_is_not(clerk, person, number, at):
    opens(clerk, number)
    opens(clerk, number)
    assert len(meetings.of_place(notices.find(number), GAODONG)) == 1
    finishes(clerk, number)
    opens(clerk, number)
    at("2026-11-24")
    opens(person("baihe-clerk"), number)
    assert [one.no for one in meetings.of_place(notices.find(number), GAODONG)] == [3, 2, 1]


def test_the_minutes_state_the_notice_as_its_poster_does(clerk, number):
    opens(clerk, number)
    page = finishes(clerk, number, last="3", remarks="下雨，改在村委会里面开。")
    paper = text(clerk.follows(page, "打印会议记录").data)
    poster = text(clerk.submits(f"/desk/notices/{number}", "打印这些公示单", which=GAODONG).data)

    for stated in ("高洞社区", "百和镇2026年耕地地力保护补贴公示", "4户", "1,034.28元", notices.find(number).version.digest[:4].upper()):
        assert stated in paper
        assert stated in poster
    for stated in (
        "第1版",
        "2026年11月22日",
        "86人",
        "陈明",
        "第1号到第3号，共3户，没有念完，名单共4户",
        "没有异议",
        "居务监督",
        "记录人",
        "下雨",
    ):
        assert stated in paper


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("held", "2026-11-30", "不能写以后的"),
        ("held", "2026-11-01", "不会比公布那天早"),
        ("held", "", "请写哪天开的会"),
        ("present", "很多", "到会多少人"),
        ("presider", "", "请写谁主持"),
        ("presider", "长" * 61, "太长了"),
        ("presider", "陈明13800138000", "手机号"),
        ("last", "77", "要是名单上有的号"),
        ("remarks", "张小三没来", "名单上的人名"),
    ],
)
def test_what_cannot_be_is_not_stated_and_what_was_typed_stays(clerk, number, field, wrong, said):
    opens(clerk, number)
    page = finishes(clerk, number, **{field: wrong})

    assert page.status == 422
    assert said in page.text
    assert page.form("记下").fields["present"] == ["很多" if field == "present" else "86"]
    assert meetings.of_place(notices.find(number), GAODONG)[0].finished_at is None


def test_what_was_stated_wrong_is_stated_again_and_both_are_logged(clerk, number):
    opens(clerk, number)
    finishes(clerk, number, present="68")
    page = finishes(clerk, number)

    assert "到 86 人，陈明主持" in page.text
    assert [entry.body["present"] for entry in ledger.entries(TOWN) if entry.action == "meeting.finished"] == [68, 86]


def test_everybody_reads_the_fact_and_no_more(clerk, villager, number):
    place = f"/n/{number}/{GAODONG}"
    opens(clerk, number)
    assert "念过名单" not in villager.sees(place).text
    finishes(clerk, number)

    assert "2026年11月22日开会念过名单。" in villager.sees(place).text
    assert "On 22 November 2026 the list was read aloud at a meeting" in villager.sees(f"{place}?lang=en").text
    assert "陈明" not in villager.sees(place).html


def test_a_meeting_is_of_the_version_that_was_read(clerk, villager, number):
    opens(clerk, number)
    correct(notices.find(number), figure("李四", "3", "280.8"))
    page = finishes(clerk, number)

    assert "念的是第 1 版，4 户，合计 1,034.28 元" in page.text
    assert "后来更正过" in page.text
    paper = text(clerk.sees(address(number, "/1/minutes.pdf")).data)
    assert "第1版" in paper
    assert "1,034.28元" in paper
    assert "念的是第 1 版。" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert "二百八十元八角" in opens(clerk, number).text
    assert [one.version for one in meetings.of_place(notices.find(number), GAODONG)] == [2, 1]


def test_minutes_wait_until_the_meeting_is_finished(clerk, number):
    opens(clerk, number)
    assert clerk.sees(address(number, "/1/minutes.pdf")).status == 404
    assert clerk.sees(address(number, "/2")).status == 404


def test_a_slip_for_what_concerns_another_household_is_blank_and_leads_to_the_county(clerk, number):
    page = clerk.sees(address(number, "/slips.pdf"))
    words = text(page.data)

    assert page.headers["Content-Type"] == "application/pdf"
    assert words.count("别家的事，写在这里") == 4
    assert "折好，投进意见箱" in words
    assert "不让镇里、社区知道，直接交县里" in words


def test_a_notice_that_was_taken_down_is_read_no_more(clerk, reviewer, number):
    page = clerk.sees(address(number))
    notices.take_down(notices.find(number), people.named("baihe-reviewer").id, "数不对，重新核", AT)

    assert clerk.submits(page, "打开名单，开始念").status == 404
    assert displays.posters(notices.find(number))[GAODONG].printed_at is None


@pytest.mark.parametrize("username", ["xianshi-clerk", "luxian-clerk"])
def test_another_homes_clerk_reads_nothing(app, person, number, username):
    app.config["WTF_CSRF_ENABLED"] = False
    assert person(username).client.post(address(number)).status_code == 404
