"""The disclosure office keeps the county's reading points; the auditor counts what each office has brought there and has not."""

from __future__ import annotations

import pytest

from board.store import reading
from tests.store.posted import TOWN
from tests.store.reading import COUNTY, SIGNER, brings, point, signed

PAGE = f"/audit/reading/{COUNTY}"
TYPED = {
    "name": "泸县图书馆", "what": "library", "address": "公开街2号", "hours": "周二到周日 9:00—17:00", "phone": "0830-0000002",
    "serves": COUNTY, "since": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def writer(person):
    """泸县's office for disclosure."""
    return person("luxian-disclosure")


def test_the_office_adds_changes_and_closes_a_point_that_everybody_finds(writer, auditor, villager):
    page = writer.follows(writer.sees("/audit"), "能看纸质的地方")
    page = writer.submits(writer.follows(page, "加一个地方"), "存", **TYPED)
    assert "存好了" in page.text
    page = villager.follows(villager.sees(f"/a/{TOWN}"), "能看纸质的地方")
    assert "泸县图书馆" in page.text
    assert "开门：周二到周日 9:00—17:00" in page.text

    assert "改" not in [words for words, _address in auditor.sees(PAGE).links]
    writer.submits(f"{PAGE}/points/1", "存", hours="每天 9:00—20:00", closed_on="2026-12-01")
    seen = villager.sees(f"/a/{TOWN}/reading").text
    assert "开门：每天 9:00—20:00" in seen
    assert "2026年12月1日起不开了" in seen
    writer.submits(f"{PAGE}/points/1", "存", closed_on="2026-11-22")
    assert "泸县图书馆" not in villager.sees(f"/a/{TOWN}/reading").text
    assert "泸县图书馆" in auditor.sees(PAGE).text
    assert "改能看纸质的地方" in auditor.sees("/audit/ledger").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "请写名称"), ({"what": ""}, "请选是什么地方"), ({"since": "明天"}, "从哪天公布的起送"),
        ({"closed_on": "明天"}, "关门的日子不对"), ({"phone": "13800138000"}, "手机号"), ({"serves": "510522000000"}, "请选管哪里"),
        ({"address": "低保户涂春燕家"}, "不要写人名：涂春燕"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back_with_what_was_typed(writer, typed, said):
    page = writer.submits(f"{PAGE}/new", "存", **TYPED | typed)
    assert (page.status, said in page.text) == (422, True)
    assert "13800138000" not in page.html
    assert "还没有登记" in writer.sees(PAGE).text


def test_the_auditor_counts_each_office_and_opens_what_was_not_brought(auditor, number):
    archive = point("泸县档案馆", sort="archive")
    signed(brings(point()))
    assert "百和镇 1 2026年11月20日 0 1" in " ".join(auditor.sees(PAGE).text.split())
    page = auditor.follows(auditor.sees(PAGE), "1")
    assert page.heading == "百和镇：还没送的"
    assert "泸县档案馆 · 1 份" in page.text
    assert "泸县图书馆" not in page.text
    assert SIGNER not in page.text + auditor.sees(PAGE).text + auditor.sees("/audit/ledger").text
    brings(archive)
    assert "百和镇 0 — 1 1" in " ".join(auditor.sees(PAGE).text.split())


def test_a_point_that_takes_paper_alone_stays_so_when_it_is_changed(writer):
    point("百和镇便民服务中心", sort="service_station", serves=TOWN, file=False)
    writer.submits(f"{PAGE}/points/1", "存", hours="每天 9:00—17:00")
    kept = reading.one(COUNTY, 1)
    assert (kept.hours, kept.paper, kept.file) == ("每天 9:00—17:00", True, False)


def test_another_county_and_an_office_elsewhere_are_not_there(writer):
    assert writer.sees("/audit/reading/510522000000").status == 404
    assert writer.sees(f"{PAGE}/points/9").status == 404
    assert writer.sees(f"{PAGE}/offices/510522104000").status == 404
