"""Whoever answers a case opens its photos, which is logged, and deletes one that shows a number; others see how many there are."""

from __future__ import annotations

import pytest

from board.models import Case, db
from board.store import ledger
from board.store.proof import notices as proof
from tests.store.posted import TOWN
from tests.web.asking import answers, asks, looks_up, receipt_on
from tests.web.displaying import photo


@pytest.fixture
def receipt(villager, form):
    """The receipt of a case with one photo."""
    given = receipt_on(asks(villager, form))
    assert "照片加上了。" in villager.submits(looks_up(villager, given), "加上这张照片", photo=photo()).text
    return given


def reads(who):
    return who.follows(who.sees("/desk/cases"), "我家的数不对")


def photo_entries():
    return [(one.actor, one.action) for one in ledger.entries(TOWN) if one.action.startswith("case.photo_")]


def test_the_clerk_opens_a_photo_and_the_log_says_so(clerk, auditor, receipt):
    page = reads(clerk)
    assert "居民加了 1 张照片。" in page.text
    assert len(photo_entries()) == 1, "the page alone opens none"
    shown = clerk.submits(page, "看照片 1")

    assert shown.data.startswith(b"\xff\xd8\xff")
    assert (shown.headers["Content-Type"], shown.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert "Content-Disposition" not in shown.headers
    assert photo_entries()[-1] == ("baihe-clerk", "case.photo_opened")
    assert "打开来件的照片" in auditor.sees("/audit/ledger").text
    assert proof.first_fault(TOWN) is None


def test_the_clerk_deletes_a_photo_and_the_villager_reads_who_did(villager, clerk, receipt):
    old = reads(clerk)
    page = clerk.submits(old, "图里有证件号，删掉")
    assert "照片删掉了。" in page.text

    assert "居民加了 1 张照片。 删掉了 1 张。" in page.text
    assert "答复的人删掉了" in looks_up(villager, receipt).text

    gone = clerk.submits(old, "看照片 1")
    assert "照片删掉了。" in gone.text
    assert photo_entries()[1:] == [("baihe-clerk", "case.photo_removed")]


@pytest.mark.parametrize("username", ["luxian-auditor", "baihe-reviewer"])
def test_whoever_may_not_answer_sees_how_many_there_are_and_opens_none(person, receipt, username):
    who = person(username)
    page = reads(who)

    assert "居民加了 1 张照片。 只有答复的人打得开。" in " ".join(page.text.split())
    assert not [form for form in page.forms if "photos" in form.action]
    who.client.application.config["WTF_CSRF_ENABLED"] = False
    for path in (f"{page.path}/photos/1", f"{page.path}/photos/1/remove"):
        assert who.client.post(path).status_code == 403
    assert len(photo_entries()) == 1


def test_the_photos_go_up_with_the_case(villager, person, receipt):
    answers(person("baihe-clerk"))
    villager.submits(looks_up(villager, receipt), "没解决，请泸县来查", text="还是没有更正。")
    town, county = person("baihe-clerk"), person("luxian-clerk")
    theirs = town.follows(town.sees("/desk/cases?done=1"), "我家的数不对")
    assert "居民加了 1 张照片" in theirs.text
    town.client.application.config["WTF_CSRF_ENABLED"] = False
    assert town.client.post(f"{theirs.path}/photos/1").status_code == 404

    assert county.submits(reads(county), "看照片 1").data.startswith(b"\xff\xd8\xff")
    assert photo_entries()[-1] == ("luxian-clerk", "case.photo_opened")


def test_an_open_case_that_has_none_says_nothing_of_photos(villager, clerk, form):
    asks(villager, form)
    assert "照片" not in reads(clerk).text


def test_a_made_up_number_opens_nothing(clerk, receipt):
    case = db.session.query(Case).one()
    clerk.client.application.config["WTF_CSRF_ENABLED"] = False
    for path in ("photos/7", "photos/7/remove"):
        assert clerk.client.post(f"/desk/cases/{TOWN}/{case.id}/{path}").status_code == 302
    assert len(photo_entries()) == 1
