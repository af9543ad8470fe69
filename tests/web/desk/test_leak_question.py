"""Who takes a notice down or corrects it says whether something was shown that must not be: neither is chosen for him."""

from __future__ import annotations

from board.models import Draft, db
from board.store import notices


def test_taking_down_wants_him_to_choose_whether_something_was_shown_that_must_not_be(reviewer, number):
    page = reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="有一户金额录错", sure=True)
    assert page.status == 422
    assert "露了不该公开的，还是别的原因" in page.text

    assert "已撤下" in reviewer.submits(page, "马上撤下", leak="1").text
    assert notices.find(number).notice.withdrawn_leak is True


def test_who_corrects_chooses_too_and_may_choose_anew(clerk, number):
    page = clerk.submits(f"/desk/notices/{number}/correct", "在名单上改几行", reason="有两户量错了")
    assert (page.status, "露了不该公开的，还是别的原因" in page.text) == (422, True)
    page = clerk.submits(page, "在名单上改几行", leak="0")
    draft = db.session.query(Draft).filter_by(corrects=number).one()
    assert draft.correction_leak is False
    clerk.submits(f"/desk/{draft.home}/{draft.id}/reason", "存好", leak="1")
    db.session.rollback()
    assert db.session.query(Draft).filter_by(corrects=number).one().correction_leak is True
