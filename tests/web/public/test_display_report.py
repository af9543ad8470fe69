"""The link for whoever pastes a sheet up: it takes a day, a name, a spot and a photo without an account, and ends with its notice."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from board.models import Ledger, db
from board.web.public.display_report import A_POSTER
from tests.web.displaying import PHOTO_SIZE, photo, plain, says


def test_whoever_pastes_a_sheet_up_says_so_without_an_account_or_a_cookie(villager, clerk, number, link):
    page = says(villager, link, photo=photo())

    assert "收到了，谢谢您。" in page.text
    assert "2026年11月22日贴在村委会门口，村文书" in page.text
    assert "照片也收到了。" in page.text
    seen = clerk.sees(f"/desk/notices/{number}")
    assert "已贴 贴晚了 2 天" in plain(seen)
    assert "共 2 处，已打印 0 处，已贴 1 处。" in seen.text
    data = clerk.follows(seen, "看照片").data
    kept = Image.open(io.BytesIO(data))
    assert (kept.format, dict(kept.getexif()), b"13800138000" in data) == ("JPEG", {}, False)
    assert max(kept.size) < max(PHOTO_SIZE)


def test_a_form_sent_twice_is_heard_once(villager, link):
    says(villager, link, photo=photo())
    says(villager, link)

    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == 1


def test_a_link_that_travels_does_not_fill_the_ledger(villager, link, at):
    at("2026-11-22T10:00:00")
    answers = [says(villager, link, spot=f"第{no}面墙") for no in range(A_POSTER + 1)]
    late = answers.pop()

    assert {page.status for page in answers} == {200}
    assert (late.status, late.headers["Retry-After"]) == (429, "60")
    assert "请过一分钟再点一次。" in late.text
    assert f"第{A_POSTER}面墙" in late.html  # what was typed stands there again
    assert db.session.query(Ledger).filter_by(action="sheet.hung").count() == A_POSTER

    at("2026-11-22T10:01:00")
    assert "收到了，谢谢您。" in says(villager, link, spot="村委会门口").text


def test_whoever_takes_it_down_says_so(villager, person, at, link):
    says(villager, link)
    at("2026-11-24")
    page = villager.submits(link, "已取下", down="2026-11-24")

    assert "2026年11月24日取下" in page.text
    assert "取早了。请重新贴上，把缺的 5 天补满。" in page.text
    log = person("luxian-auditor").sees("/audit/ledger").text
    assert "公示单已取下" in log
    assert "贴单子的人" in log


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "a.b.c"])
def test_a_link_that_was_not_given_opens_nothing_and_says_whom_to_ask(villager, link, change):
    page = villager.sees("/hung/" + change(link.removeprefix("/hung/")))

    assert page.status == 404
    assert "这个链接不对" in page.text


def test_a_link_ends_with_its_notice(villager, reviewer, number, link):
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="第 2 号的面积写错了，重新核对", leak="0", sure=True)
    page = villager.sees(link)

    assert page.status == 410
    assert "请把墙上的单子取下来" in page.text


def test_a_link_goes_on_a_month_behind_the_last_day_for_taking_down(villager, at, link):
    says(villager, link)
    at("2026-12-29")
    assert villager.sees(link).status == 200
    at("2026-12-30")
    assert villager.sees(link).status == 410


def test_no_cache_keeps_the_page_of_a_link(villager, link):
    assert villager.sees(link).headers["Cache-Control"] == "no-store"
