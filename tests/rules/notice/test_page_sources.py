"""A page is made of a proposal, or of a version that was posted: both say the same."""

from __future__ import annotations

from dataclasses import replace

from board.rules.notice.page_sources import of_proposal, of_version
from tests.store.posted import GAODONG, line, proposal


def test_a_proposal_and_the_version_made_of_it_have_one_page():
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")])
    version = type("Version", (), vars(made) | {"row_count": 1, "number": "1", "no": 1, "posted_at": None, "digest": made.digest})()
    shown, posted = of_proposal(made), of_version(version, made.parts, made.kind, "wall")

    assert replace(posted, number="", no=shown.no, digest="") == shown
    assert (shown.title, shown.sentence("zh")) == (made.title, posted.sentence("zh"))
