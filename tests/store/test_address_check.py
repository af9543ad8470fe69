"""An address is proven for a county once, and anew after it was changed; the ledger says by whom and how."""

from __future__ import annotations

from board.store import address_check, ledger
from tests.store.posted import AT, GAODONG, TOWN

COUNTY = "510521000000"


def test_an_address_is_proven_for_the_whole_county_and_no_other(app):
    assert not address_check.proven(TOWN, "https://gk.luxian.gov.cn")
    address_check.note(TOWN, "https://gk.luxian.gov.cn", "phone", "luxian-admin", AT)

    assert address_check.proven(GAODONG, "https://gk.luxian.gov.cn")
    assert not address_check.proven("510522000000", "https://gk.luxian.gov.cn")
    assert not address_check.proven(TOWN, "https://gk2.luxian.gov.cn")
    assert [address_check.proven_somewhere(f"https://{name}.luxian.gov.cn") for name in ("gk", "gk2")] == [True, False]


def test_it_is_logged_once(app):
    for _ in range(2):
        address_check.note(TOWN, "https://gk.luxian.gov.cn", "itself", "baihe-reviewer", AT)

    logged = [entry for entry in ledger.entries(COUNTY) if entry.action == "address.proven"]
    assert [(entry.actor, entry.subject, entry.body) for entry in logged] == [
        ("baihe-reviewer", "https://gk.luxian.gov.cn", {"way": "itself"})
    ]
