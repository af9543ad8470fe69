"""Where else a notice was published: noted and removed with entries in the ledger, which the proof replays."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import OtherChannel, db
from board.store import cache_versions, channels, ledger
from tests.store.posted import AT, TOWN
from tests.store.proof.faults import fault

PAGE = "https://www.example.gov.cn/2026/11/t1.html"


@pytest.fixture
def noted(posted, clerk):
    channels.note(posted, "website", date(2026, 11, 20), "惠农补贴一栏", PAGE, b"", clerk, AT)
    return channels.note(posted, "broadcast", date(2026, 11, 19), "", "", b"JPEG", clerk, AT)


def test_entries_stand_by_their_day_and_the_photo_is_sealed(posted, noted):
    assert [(one.no, one.channel, one.photo) for one in channels.of(posted)] == [(2, "broadcast", True), (1, "website", False)]
    assert channels.photo(posted, 2) == b"JPEG"
    assert channels.photo(posted, 1) is None
    assert db.session.get(OtherChannel, (TOWN, posted.number, 2)).photo != b"JPEG"


def test_the_same_form_sent_twice_is_one_entry_and_another_photo_is_another(posted, noted, clerk):
    assert channels.note(posted, "broadcast", date(2026, 11, 19), "", "", b"JPEG", clerk, AT) == 2
    assert channels.note(posted, "website", date(2026, 11, 20), "惠农补贴一栏", PAGE, b"", clerk, AT) == 1
    assert channels.note(posted, "broadcast", date(2026, 11, 19), "", "", b"another", clerk, AT) == 3


def test_a_removed_entry_leaves_the_page_and_keeps_its_number(posted, noted, clerk):
    before = cache_versions.under(TOWN)
    channels.remove(posted, 2, clerk, AT)
    channels.remove(posted, 2, clerk, AT)
    assert [one.no for one in channels.of(posted)] == [1]
    assert cache_versions.under(TOWN) == before + 1, "cached pages are stale, once"
    assert channels.note(posted, "website", date(2026, 11, 20), "", PAGE, b"", clerk, AT) == 3
    assert [one.action for one in ledger.entries(TOWN) if one.action.startswith("channel.")] == [
        "channel.noted", "channel.noted", "channel.removed", "channel.noted",
    ]  # fmt: skip
    assert fault() == ""


@pytest.mark.parametrize(
    ("column", "value"),
    [("published_on", date(2026, 11, 1)), ("address", "https://other.example.cn/"), ("removed_at", AT), ("photo", None)],
)
def test_what_somebody_changed_in_the_table_is_found(posted, noted, column, value):
    setattr(db.session.get(OtherChannel, (TOWN, posted.number, 2)), column, value)
    db.session.commit()
    assert "published elsewhere 2" in fault()
