"""What cannot be undone is asked about once: the first press asks, the second does it, and going back does nothing."""

from __future__ import annotations

import pytest

from board.models import Attachment, Draft, db
from board.store import people
from tests.web.attaching import PLAN, adds, drafted


@pytest.fixture
def draft(once, clerk):
    return once("stated", lambda: drafted(clerk))


def states(model) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def test_a_draft_is_deleted_after_one_question(clerk, draft):
    page = clerk.submits(f"{draft}/finish", "删掉这份草稿")
    assert page.heading == "要删掉这份草稿吗？"
    assert "找不回来" in page.text
    db.session.rollback()
    assert db.session.query(Draft).one().state == "draft"

    assert clerk.follows(page, "不了，回去").path == f"{draft}/finish"
    page = clerk.submits(page, "删掉")
    assert "草稿已删掉" in page.text
    db.session.rollback()
    assert db.session.query(Draft).one().state == "dropped"


def test_what_another_saved_meanwhile_is_not_deleted_by_the_answer(clerk, person, draft):
    page = clerk.submits(f"{draft}/finish", "删掉这份草稿")
    person("baihe-clerk").submits(f"{draft}/facts", "存好", fund_source="省级资金")
    assert "这份草稿刚才在别处改过" in clerk.submits(page, "删掉").text


def test_an_attachment_is_deleted_after_one_question(clerk, draft):
    adds(clerk, draft, PLAN)
    page = clerk.submits(f"{draft}/files", "删掉这个附件")
    assert (page.heading, states(Attachment)) == ("要删掉这个附件吗？", 1)
    clerk.submits(page, "删掉")
    assert states(Attachment) == 0


def test_an_account_is_closed_after_one_question(admin):
    page = admin.sees(f"/admin/people/{people.named('baihe-clerk').id}")
    asked = admin.submits(page, "停用")
    assert asked.heading == "要停用这个账号吗？"
    assert "恢复登录" not in admin.sees(page.path).text
    assert "已停用" in admin.submits(asked, "停用").text
