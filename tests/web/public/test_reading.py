"""Whoever does not go online finds where notices lie on paper; the catalogue has these places ticked."""

from __future__ import annotations

from datetime import date

from tests.store.posted import GAODONG, TOWN
from tests.store.reading import COUNTY, OTHER, point


def test_a_township_shows_the_countys_places_and_its_own(villager):
    assert "能看纸质的地方" not in villager.sees(f"/a/{TOWN}").text
    assert "县里还没有登记" in villager.sees(f"/a/{TOWN}/reading").text
    point()
    point("百和镇便民服务中心", sort="service_station", serves=TOWN, file=False, phone="")
    for code in (TOWN, GAODONG, COUNTY):
        page = villager.follows(villager.sees(f"/a/{code}"), "能看纸质的地方")
        assert "百和镇便民服务中心 便民服务站 · 百和镇的公示" in " ".join(page.text.split())
    assert "百和镇便民服务中心" not in villager.sees(f"/a/{OTHER}/reading").text
    assert "Where to read on paper" in villager.sees(f"/a/{TOWN}?lang=en").text
    assert villager.sees("/a/510500000000/reading").status == 404


def test_a_catalogue_ticks_the_reading_points_that_are_open(villager):
    line = f"/a/{TOWN}/catalogue/cropland-subsidy"
    assert "公开查阅点" not in villager.sees(line).text
    point("老图书馆", closed_on=date(2026, 11, 22))
    assert "公开查阅点" not in villager.sees(line).text
    point("泸县政务服务中心", sort="service_centre")
    assert "公开查阅点、政务服务中心" in villager.sees(line).text
    assert "■公开查阅点" in villager.sees(f"/a/{TOWN}/catalogue.csv").data.decode()
