"""公开目录 of an area: a villager opens a line and what is posted under it; it prints, and programs read it."""

from __future__ import annotations

import csv
import io

import pytest

from board.rules.calendar import day_of
from board.rules.duties.catalogue import Edit
from board.rules.duties.switches import Switched
from board.store import catalogue, duties, people
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.duties import VILLAGE
from tests.web.publishing import COUNTY, pages, text

PAGE = f"/a/{GAODONG}/catalogue"


def test_a_village_s_page_leads_to_its_catalogue_and_a_line_to_what_is_posted(villager, posted):
    page = villager.follows(villager.sees(f"/a/{GAODONG}"), "这里该公开哪些事（公开目录）")
    assert page.heading == "高洞社区公开目录"
    assert "每年一次，这一期过完以后20个工作日以内" in page.text
    page = villager.follows(page, "1. 耕地地力保护补贴")
    assert "乡镇人民政府\n牵头单位：县农业农村局、县财政局" in page.text
    assert "每年一次，这一期过完以后20个工作日以内" in page.text
    assert posted.version.title in villager.follows(page, "看已经公布的").text
    assert villager.sees(f"{PAGE}/none").status == 404


def test_a_community_s_catalogue_has_its_own_words_and_law(villager, app):
    community, village = (villager.sees(f"/a/{code}/catalogue").text for code in (GAODONG, VILLAGE))

    assert "居民公约" in community
    assert "村规民约" not in community
    assert "《中华人民共和国村民委员会组织法》" not in community
    assert "村规民约" in village


def test_a_township_has_more_lines_than_a_village_and_a_city_none(villager, app):
    counts = [villager.sees(f"/a/{code}/catalogue").html.count("/catalogue/") for code in (GAODONG, TOWN, COUNTY)]
    assert counts[0] < counts[1] < counts[2]
    assert villager.sees("/a/510500000000/catalogue").status == 404
    assert villager.sees("/a/999999999999/catalogue.json").status == 404


def test_what_the_county_leaves_out_is_gone_and_said_without_its_reason(villager, app):
    writer = people.named("luxian-disclosure").id
    assert "种粮" in villager.sees(PAGE).text
    duties.switch(COUNTY, "grain_subsidy", Switched(False, day_of(AT), "县里没有这项资金"), writer, AT)
    catalogue.put(COUNTY, "cropland-subsidy", "township", Edit(office="各镇农业服务中心", note="每年九月底以前"), writer, AT)
    page = villager.sees(PAGE)
    assert "种粮" not in page.text
    assert "县里还有 1 项没有列入" in page.text
    assert "县里没有这项资金" not in page.html
    assert "各镇农业服务中心" in villager.sees(f"{PAGE}/cropland-subsidy").text
    assert "每年九月底以前" in page.text
    assert "种粮" in villager.sees("/a/510522104000/catalogue").text  # another county's


def test_it_prints_lying_with_every_line_and_its_pages_counted(villager, app):
    data = villager.client.get(f"/a/{COUNTY}/catalogue.pdf").data
    said = text(data).replace("\n", "")
    assert "泸县公开目录" in said
    assert "□县级■乡级□村级" in said
    sheets = pages(data)
    assert len(sheets) > 1
    assert all(f"第{no}页共{len(sheets)}页" in sheet for no, sheet in enumerate(sheets, 1))
    assert villager.client.get(f"/a/{COUNTY}/catalogue.pdf?lang=en").status_code == 200


@pytest.mark.parametrize(("lang", "header"), [("", "公开主体"), ("?lang=en", "Who publishes")])
def test_programs_read_it_as_a_table_and_as_json(villager, app, lang, header):
    lines = list(csv.reader(io.StringIO(villager.client.get(f"/a/{TOWN}/catalogue.csv{lang}").get_data(as_text=True).lstrip("\ufeff"))))
    assert header in lines[0]
    told = villager.sees(f"/a/{TOWN}/catalogue.json{lang}").json
    assert len(told["lines"]) == len(lines) - 1
    assert told["area"] == {"code": TOWN, "name": "百和镇", "level": "township"}
    assert told["left_out"] == 0
