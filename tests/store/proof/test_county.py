"""What the county writes is proven: every column of its tables is evidence, and each subject has its words in both languages."""

from __future__ import annotations

import pytest

from board.models import Base
from board.store.proof.county import COUNTY


@pytest.mark.parametrize("table", ["directive", "directive_message", "lead_office", "catalogue_line"])
def test_every_column_is_evidence(table):
    evidence = {name: columns for subject in COUNTY.values() for name, columns in subject.evidence.items()}
    assert evidence[table] == set(Base.metadata.tables[table].columns.keys())


@pytest.mark.parametrize("subject", COUNTY.values(), ids=list(COUNTY))
def test_a_fault_is_told_in_both_languages(subject):
    words = [subject.where, subject.what, *subject.labels.values()]
    assert all(one.zh and one.en for one in words)
