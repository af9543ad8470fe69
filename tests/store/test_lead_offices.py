"""牵头单位: what a county names is kept by versions that are proposed from then on."""

from __future__ import annotations

from board.models import LeadOffice, db
from board.store import lead_offices, ledger
from board.store.proof import notices as proof
from board.store.proof.county import COUNTY as SUBJECTS
from board.store.proof.subject import altered
from tests.store.by_hand import by_hand
from tests.store.posted import AT, TOWN

COUNTY = "510521000000"


def test_a_department_is_named_changed_and_named_no_more(app):
    assert lead_offices.frozen(TOWN, "subsidy") == {}
    assert lead_offices.put(COUNTY, "subsidy", "泸县农业农村局", "0830-8190000", "luxian-admin", AT)
    assert not lead_offices.put(COUNTY, "subsidy", "泸县农业农村局", "0830-8190000", "luxian-admin", AT)
    assert lead_offices.frozen(TOWN, "subsidy") == {"lead": {"name": "泸县农业农村局", "phone": "0830-8190000"}}
    assert lead_offices.frozen("510522104000", "subsidy") == {}  # another county's
    assert lead_offices.put(COUNTY, "subsidy", "泸县财政局", "", "luxian-admin", AT)
    assert [one.name for one in lead_offices.of(COUNTY).values()] == ["泸县财政局"]
    assert lead_offices.put(COUNTY, "subsidy", "", "", "luxian-admin", AT)
    assert lead_offices.frozen(TOWN, "subsidy") == {}
    assert [entry.action for entry in ledger.entries(COUNTY) if entry.action.startswith("lead")] == ["lead_office.put"] * 3
    assert proof.first_fault() is None


def test_one_that_was_changed_behind_the_programs_back_is_found(app):
    lead_offices.put(COUNTY, "relief", "泸县民政局", "", "luxian-admin", AT)
    by_hand("UPDATE lead_office SET name = :value", value="别的局")
    assert db.session.get(LeadOffice, (COUNTY, "relief")).name == "别的局"
    assert list(altered(SUBJECTS["lead_office"], COUNTY)) == [(COUNTY, "relief")]
