"""The program's own sentences in the words of the place: a street's clerk, a community's residents, and what stays as it is."""

from __future__ import annotations

import io

import openpyxl
import pytest

from board.blank_sheet import TABLE
from tests.store.by_hand import by_hand
from tests.web.desk.test_sheet import NO_PLACE
from tests.web.drafting import pastes

GAODONG, JUNDAQIU, TOWN = "510521116004", "510521116227", "510521116000"
STREET, IN_STREET, VILLAGE_IN_STREET = "510504005000", "510504005001", "510504005202"  # 罗汉街道, 罗汉场社区, 群丰村


@pytest.fixture
def of_street(person):
    """The clerk of a street that has communities and villages."""
    by_hand("UPDATE \"user\" SET area = :area WHERE username = 'hushi-clerk'", area=STREET)
    return person("hushi-clerk")


def test_a_streets_clerk_reads_of_both_villages_and_communities(of_street):
    assert "村（社区）名点一下就能选" in of_street.sees("/desk/blank").text
    page = of_street.sees("/desk/cases/new")
    assert "请街道查 · 罗汉街道" in page.text
    assert "镇里" not in page.text


def test_a_streets_clerk_works_on_a_communitys_sheet_in_its_words(of_street):
    assert "整张表都是一个村（社区）的？" in pastes(of_street, NO_PLACE, home=STREET).text
    assert "居委会门口" in of_street.sees(f"/desk/walls/{IN_STREET}").text
    assert "村委会门口" in of_street.sees(f"/desk/walls/{VILLAGE_IN_STREET}").text


def test_a_communitys_residents_read_of_it(villager):
    assert "您有什么要说的" in (page := villager.sees(f"/a/{GAODONG}/ask")).text
    assert "请社区查" in page.text
    assert "请镇里查" in page.text, "it lies in a town"
    assert "请村里查" in villager.sees(f"/a/{JUNDAQIU}/ask").text
    assert "不让街道、社区知道" in villager.sees(f"/a/{IN_STREET}/ask").text
    assert "不让街道、村里知道" in villager.sees(f"/a/{VILLAGE_IN_STREET}/ask").text
    english = villager.sees(f"/a/{GAODONG}/ask?lang=en").text
    assert "Let the community look into it" in english


def test_the_columns_of_a_sheet_are_called_the_same_everywhere(clerk):
    def header(home: str) -> list[list[object]]:
        book = openpyxl.load_workbook(io.BytesIO(clerk.client.get(f"/desk/blank/{home}/cropland-subsidy.xlsx").data))
        return [[cell.value for cell in line] for line in book[TABLE].iter_rows(max_row=3)]

    assert header(GAODONG) == header(JUNDAQIU)
