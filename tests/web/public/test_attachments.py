"""Files beside a posted notice: everybody may fetch them, once, until the notice is taken down."""

from __future__ import annotations

import pytest

from tests.web.attaching import drafted, posts


@pytest.fixture
def number(once, clerk, reviewer):
    draft = once("stated", lambda: drafted(clerk))
    return once("attached", lambda: posts(clerk, reviewer, draft))


def test_a_villager_fetches_the_files_of_a_notice(villager, number):
    page = villager.sees(f"/n/{number}")
    assert "附件" in page.text
    plan, photo = villager.follows(page, "规划图"), villager.follows(page, "现场照片")

    assert plan.path == f"/n/{number}/files/1"
    assert plan.data.startswith(b"%PDF")
    assert photo.data.startswith(b"\xff\xd8\xff")


def test_a_phone_that_has_the_file_fetches_it_no_second_time(villager, number):
    tag = villager.sees(f"/n/{number}/files/1").headers["ETag"]
    again = villager.client.get(f"/n/{number}/files/1", headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("no", ["3", "0", "0001x", "99999"])
def test_a_file_that_is_not_there_is_said_so(villager, number, no):
    assert villager.sees(f"/n/{number}/files/{no}").status == 404


def test_a_number_mistyped_leads_back_to_the_notice(villager, number):
    page = villager.sees(f"/n/{number}/files/7")

    assert page.heading == "没有这个附件"
    assert villager.follows(page, "看整个公示").path == f"/n/{number}"


def test_a_file_of_a_notice_taken_down_is_gone_with_words(villager, reviewer, number):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="规划图里有一户的地界画错了", leak="0", sure=True)
    gone = villager.sees(f"/n/{number}/files/1")

    assert gone.status == 410
    assert "规划图里有一户的地界画错了" in gone.text
