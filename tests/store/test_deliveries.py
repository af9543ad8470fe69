"""What was not brought to a reading point yet, is on the way, was signed for: each version once, and what was withdrawn is told too."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import DeliveryList, db
from board.store import deliveries, ledger, notices, reading
from board.store.deliveries import Counts
from tests.store.corrected import correct
from tests.store.posted import AT, TOWN, post
from tests.store.proof.faults import fault
from tests.store.reading import COUNTY, OTHER, SIGNER, brings, closes, point, signed, waits

DAY = date(2026, 11, 20)
TODAY = date(2026, 11, 22)


@pytest.fixture
def library(posted):
    return point()


def test_a_notice_waits_until_it_is_listed_and_is_listed_once(posted, library, clerk):
    assert waits() == [(library, posted.number, 1, False)]
    made = brings(library)
    assert [(item.number, version.no) for item, version in deliveries.items(made)] == [(posted.number, 1)]
    assert (waits(), brings(library), deliveries.signer(made)) == ([], None, "")
    signed(made)
    assert (waits(), deliveries.signer(made)) == ([], SIGNER)
    assert [(one.no, count) for one, count in deliveries.listed(TOWN)] == [(1, 1)]


def test_a_new_version_waits_again_and_what_was_withdrawn_is_told_where_it_lies(posted, library, reviewer):
    archive = point("泸县档案馆", since=date(2026, 11, 21))
    assert waits(archive) == [], "it takes what is posted from the day after"
    signed(brings(library))
    correct(posted, lambda rows: rows[:-1])
    assert waits(library) == [(library, posted.number, 2, False)]
    signed(brings(library))
    notices.take_down(notices.find(posted.number), reviewer, "面积登记错了", AT)
    assert waits() == [(library, posted.number, 2, True)]
    brings(library)
    assert waits() == []


def test_a_point_takes_what_it_serves_while_it_is_open(posted):
    point("旁边镇的站", serves=OTHER)
    point("老图书馆", closed_on=TODAY)
    here = point("百和镇便民服务中心", serves=TOWN)
    assert waits() == [(here, posted.number, 1, False)]
    assert waits(office=OTHER) == waits(office=COUNTY, level="county") == []


def test_a_second_entry_corrects_who_signed_and_both_are_in_the_log(library, clerk):
    made = brings(library)
    signed(made)
    signed(made)
    signed(made, "罗大暑", TODAY)
    assert (deliveries.signer(made), made.signed_on) == ("罗大暑", TODAY)
    said = [one for one in ledger.entries(TOWN) if one.action == "delivery.signed"]
    assert [one.body["on"] for one in said] == ["2026-11-20", "2026-11-22"]
    assert not [one for one in said if SIGNER in str(one.body)]
    assert fault() == ""


def test_a_list_that_never_left_is_cancelled_and_what_is_on_it_waits_again(posted, library, clerk):
    made = brings(library)
    deliveries.cancel(TOWN, made.no, clerk, AT)
    deliveries.cancel(TOWN, made.no, clerk, AT)
    assert waits() == [(library, posted.number, 1, False)]
    with pytest.raises(deliveries.Refused):
        signed(made)
    again = brings(library)
    signed(again)
    with pytest.raises(deliveries.Refused):
        deliveries.cancel(TOWN, again.no, clerk, AT)
    assert fault() == ""


def test_the_county_counts_each_office_at_each_point(library, clerk):
    archive = point("泸县档案馆", sort="archive")
    signed(brings(library))
    post("grain-subsidy")
    brings(library)
    assert deliveries.counts(COUNTY, TODAY) == {(TOWN, library): Counts(0, None, 1, 1), (TOWN, archive): Counts(2, DAY)}


def test_a_signers_name_lies_sealed(library):
    signed(brings(library))
    assert SIGNER.encode() not in db.session.get(DeliveryList, (TOWN, 1)).signed_by


def test_the_successor_of_a_closed_township_brings_what_that_one_has_not(posted, library, clerk):
    own = point("百和镇便民服务中心", sort="service_station", serves=TOWN)
    brings(library)  # and nobody signed
    signed(brings(own))
    closes(into=OTHER)

    assert waits() == []
    assert waits(office=OTHER) == [(library, posted.number, 1, False)]
    assert [point.no for point in reading.of_office(OTHER, TODAY)] == [library, own]
    assert deliveries.counts(COUNTY, TODAY) == {(OTHER, library): Counts(1, DAY), (TOWN, own): Counts(signed=1)}
    made = deliveries.make(OTHER, "township", library, clerk, AT)
    assert [item.publisher for item, _version in deliveries.items(made)] == [TOWN]
    signed(made)
    assert waits(office=OTHER) == []
    assert fault() == ""


def test_what_a_township_that_went_into_none_has_not_brought_waits_no_more(posted, library):
    closes()
    assert (waits(), deliveries.counts(COUNTY, TODAY)) == ([], {})
    assert fault() == ""
