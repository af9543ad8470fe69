"""Files beside a notice as a clerk puts them there, for the tests of the desk and of the public pages."""

from __future__ import annotations

from board.models import Attachment, db
from tests.attachments.making import pdf, picture, shows
from tests.web.drafting import ROSTER, draft_of, facts_of, number_of, pastes, states

PLAN = pdf(shows("Plan of the village"), shows("second page"))


def adds(clerk, draft, data, title="规划图", name="原名.pdf"):
    """Put a file beside a draft under a name."""
    return clerk.submits(f"{draft}/files", "加上", title=title, file=(data, name))


def kept():
    """Return all files that are kept."""
    db.session.rollback()
    return db.session.query(Attachment).order_by(Attachment.no).all()


def sends(clerk, draft):
    """Put a draft before the reviewer."""
    return clerk.submits(f"{draft}/finish", "送审")


def drafted(clerk) -> str:
    """Return the address of a draft of 高洞社区 from which nothing is missing."""
    facts = facts_of("baihe-cropland-roster.xlsx")
    return draft_of(states(clerk, pastes(clerk, ROSTER), **facts))


def posts(clerk, reviewer, draft) -> str:
    """Post a draft with a plan and a photo beside it, and return the notice's number."""
    adds(clerk, draft, PLAN)
    adds(clerk, draft, picture(), "现场照片", "IMG_0001.jpg")
    clerk.submits(f"{draft}/files", "看过了", sure=True)
    sends(clerk, draft)
    return number_of(reviewer.submits(f"{draft}/review", "通过并公布", **{"reason-attachment_unread": "看过了，只有田地"}))
