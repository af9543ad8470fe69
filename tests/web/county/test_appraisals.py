"""The county's auditor sees which villages were appraised, by code and without any order."""

from __future__ import annotations

from datetime import timedelta

from board.store import appraisals, people
from tests.store.posted import AT, GAODONG


def test_the_auditor_reads_who_has_one_and_how_many_voted(app, auditor):
    appraisals.open_for(GAODONG, AT.date(), AT.date() + timedelta(9), people.named("baihe-clerk").id, AT)
    page = auditor.sees("/audit/appraisals").text
    assert "开了的 1 个村" in page
    assert "正在评，2026年11月29日截止，手机上 0 人" in page
    assert page.index("高洞社区") < page.index("军大丘村")
    assert "村和村不比" in page
    assert "开了的 0 个村" in auditor.sees("/audit/appraisals?year=2025").text
