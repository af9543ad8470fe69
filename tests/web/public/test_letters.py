"""领导信箱 as everybody reads it: a list and a page each, found from the office's own page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.store import cases, letters, people
from board.web.public import letters as pages
from tests.store.posted import AT, GAODONG, TOWN

LIST = f"/a/{TOWN}/letters"
COUNTY = "510521000000"


def publish(no: int) -> None:
    """Publish one letter of 百和镇, an hour after the last."""
    leader, reviewer = people.named("baihe-leader").id, people.named("baihe-reviewer").id
    asked = cases.Asked(TOWN, None, "letter", "路灯坏了。", "", date(2026, 11, 27), home=TOWN, consent=True)
    case, at = cases.file(None, f"{no:032}", asked, AT), AT + timedelta(hours=no)
    cases.act(TOWN, case.id, "answer", leader, "已经派人去修。", 1, AT)
    made = letters.draft(TOWN, case.id, letters.Wording(f"第 {no} 件事", "什么时候修路灯？", "本月修好。"), leader, at)
    letters.approve(TOWN, made.no, letters.digest(made), reviewer, at)


def test_an_office_with_a_leader_says_where_to_write_to_him(villager):
    page = villager.sees(f"/a/{TOWN}")
    assert "给领导写信\n看来信和答复" in page.text
    assert villager.follows(page, "给领导写信").heading == "给领导写信"
    assert "现在没有" in villager.follows(page, "看来信和答复").text


def test_an_office_without_one_says_nothing_and_its_letters_stay_when_he_leaves(app, villager):
    assert "领导信箱" not in villager.sees("/a/510521117000").text
    publish(1)
    people.disable(people.named("baihe-leader").id, "luxian-admin", AT)
    page = villager.sees(f"/a/{TOWN}")

    assert "看来信和答复" in page.text
    assert "给领导写信" not in page.text
    assert "给领导写信" not in villager.follows(villager.follows(page, "看来信和答复"), "第 1 件事").text


def test_a_village_has_no_leader_to_write_to(villager):
    assert "领导信箱" not in villager.sees(f"/a/{GAODONG}").text
    assert villager.sees(f"/a/{GAODONG}/letters").status == 404
    assert villager.sees("/a/999999999999/letters").status == 404


def test_a_new_letter_is_on_the_pages_that_were_kept(villager):
    assert "现在没有" in villager.sees(LIST).text
    publish(1)
    assert "第 1 件事" in villager.sees(LIST).text
    letters.withdraw(TOWN, 1, people.named("baihe-leader").id, AT, "写错了一个日子。")
    assert "现在没有" in villager.sees(LIST).text


def test_the_list_goes_on_behind_its_last_line(villager, monkeypatch):
    monkeypatch.setattr(pages, "A_PAGE", 2)
    for no in range(1, 6):
        publish(no)
    page, seen = villager.sees(LIST), []
    for _ in range(3):
        seen.append([words for words, _address in page.links if words.startswith("第 ")])
        page = villager.follows(page, "看后面的") if "看后面的" in page.text else page

    assert seen == [["第 5 件事", "第 4 件事"], ["第 3 件事", "第 2 件事"], ["第 1 件事"]]
    assert villager.follows(page, "回到开头").path == LIST


@pytest.mark.parametrize("no", ["1", "2", "9999"])
def test_what_nobody_approved_is_not_there(villager, no):
    leader = people.named("baihe-leader").id
    asked = cases.Asked(TOWN, None, "letter", "路灯坏了。", "", date(2026, 11, 27), home=TOWN, consent=True)
    case = cases.file(None, "a" * 32, asked, AT)
    cases.act(TOWN, case.id, "answer", leader, "已经派人去修。", 1, AT)
    letters.draft(TOWN, case.id, letters.Wording("路灯的事", "什么时候修？", "本月修好。"), leader, AT)

    assert villager.sees(f"{LIST}/{no}").status == 404


def test_a_phone_that_has_a_letter_fetches_it_no_second_time(villager):
    publish(1)
    tag = villager.client.get(f"{LIST}/1").headers["ETag"]

    assert villager.client.get(f"{LIST}/1", headers={"If-None-Match": tag}).status_code == 304


def test_letters_are_in_no_open_data(villager):
    publish(1)

    for address in (f"/a/{TOWN}/totals.json", f"/a/{TOWN}.atom", "/sitemap-areas-1.xml"):
        page = villager.sees(address)
        assert page.status == 200
        assert "件事" not in page.text
        assert "letters" not in page.text


def test_the_county_has_letters_of_its_own(villager):
    publish(1)

    assert "第 1 件事" not in villager.sees(f"/a/{COUNTY}/letters").text
