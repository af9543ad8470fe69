"""保密审查: the filled form is printed and signed; the day and the photo of it are kept with the draft, for staff only."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from board.models import SecrecyReview, db
from board.store import ledger
from tests.web.displaying import photo
from tests.web.drafting import approves, number_of

GAODONG = "510521116004"


def test_the_printed_form_says_what_goes_out_and_leaves_room_to_sign(clerk, draft):
    answer = clerk.sees(f"{draft}/secrecy.pdf")
    (page,) = PdfReader(BytesIO(answer.data)).pages
    text = "".join(page.extract_text().split())

    shown = ("信息公开保密审查审批表", "耕地地力保护补贴", "高洞社区", "涉及工作秘密吗", "要不要征求第三方意见", "第三十五条", "第十七条")
    for words in (*shown, "分管领导审批", "内容核对码"):
        assert words in text
    assert "张小三" not in text


def test_the_day_and_the_photo_are_kept_for_staff_only(clerk, reviewer, villager, draft):
    assert "还没有登记领导签字" in reviewer.sees(f"{draft}/review").text
    page = clerk.submits(f"{draft}/secrecy", "记下", signed_on="2026-11-21", photo=photo())
    assert "保密审查审批表 2026年11月21日 签过" in page.text

    seen = reviewer.sees(f"{draft}/review")
    assert "保密审查审批表 2026年11月21日 签过" in seen.text
    assert reviewer.sees(seen.link("看照片")).data[:3] == b"\xff\xd8\xff"
    assert villager.sees(f"{draft}/secrecy.jpg").path == "/sign-in"
    review = db.session.query(SecrecyReview).one()
    assert b"JFIF" not in review.photo, "sealed"
    (entry,) = [one for one in ledger.entries(GAODONG) if one.action == "secrecy.noted"]
    assert entry.body.keys() == {"signed_on", "photo"}


def test_it_outlives_the_posting_and_a_second_note_replaces_the_day(clerk, reviewer, person, draft):
    clerk.submits(f"{draft}/secrecy", "记下", signed_on="2026-11-21", photo=photo())
    clerk.submits(f"{draft}/secrecy", "记下", signed_on="2026-11-20")
    assert reviewer.sees(f"{draft}/secrecy.jpg").status == 200, "the photo stays"
    number = number_of(approves(reviewer, draft))
    posted = reviewer.sees(f"/desk/notices/{number}")
    assert "保密审查审批表 2026年11月20日 签过" in posted.text
    assert reviewer.sees(posted.link("看照片")).status == 200
    assert person("zhaoyuan-clerk").sees(f"{draft}/secrecy.jpg").status == 404
    review = db.session.query(SecrecyReview).one()
    assert (review.signed_on.isoformat(), review.photo is not None) == ("2026-11-20", True)


@pytest.mark.parametrize(("given", "told"), [({"signed_on": "2026-11-30"}, "领导是哪天签的"), ({"signed_on": ""}, "领导是哪天签的")])
def test_a_day_to_come_is_refused(clerk, draft, given, told):
    page = clerk.submits(f"{draft}/secrecy", "记下", **given)
    assert page.status == 422
    assert told in page.text
    assert db.session.query(SecrecyReview).count() == 0
