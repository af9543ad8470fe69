"""Find my row: by surname, by its first letter, by the number on the paper and by group, and never more than the page shows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.store.posted import GAODONG, NEXT, line, proposal
from tests.web.publishing import assistance, publishes, rows_of

PEOPLE = [("张小三", "1组"), ("李四", "1组"), ("欧阳小明", "2组"), ("曾五", "2组"), ("张六", "2组"), ("單七", ""), ("䢺八", "")]
MANY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹"  # more surnames than stand in four lines of a phone


def village(people: list[tuple[str, str]]) -> str:
    """Post a notice with these households in 高洞社区 and one in the village beside it; return the address of 高洞社区's page."""
    lines = [replace(line(GAODONG, no, name, f"{no}"), group=group) for no, (name, group) in enumerate(people, 1)]
    return f"/n/{publishes(proposal('cropland-subsidy', [*lines, line(NEXT, 1, '钱七', '5')]))}/{GAODONG}"


@pytest.fixture
def place(app):
    return village(PEOPLE)


def numbers_of(page) -> list[int]:
    """The numbers of the rows that a page's table shows."""
    return [int(row[0]) for row in rows_of(page)]


def chips(page) -> list[str]:
    """What a page gives to tap for a surname or a letter."""
    return [words for words, address in page.links if "find=" in address and words not in ("EN", "大字")]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("张", [1, 5]), ("李", [2]), ("z", [1, 4, 5]), ("Z", [1, 4, 5]), ("O", [3]), ("欧阳", [3]), ("欧", [3]), ("s", []), ("D", [6]),
     ("#", [7]), ("赵", []), ("C", [])],
)  # fmt: skip
def test_a_household_is_found_by_surname_and_by_letter(villager, place, typed, found):
    page = villager.submits(place, "找", find=typed)

    assert page.status == 200
    assert numbers_of(page) == found


def test_a_row_is_found_by_the_number_on_the_paper_with_its_sum_its_document_and_whom_to_ask(villager, place):
    page = villager.submits(place, "找", find=" 5 号")

    assert page.address.endswith("find=5")
    assert "5 号 张* · 2组" in page.text
    assert "补贴面积 5 亩 × 补贴标准 93.6 元/亩 = 补贴金额 468.00 元" in page.text
    assert "按这个文件：川农发〔2026〕12号" in page.text
    asked = villager.follows(page, "这行不对？问一问")
    assert "5 号" in asked.text
    assert "张*" in asked.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("张小三", "张*"), ("欧阳小明", "欧阳*"), ("zhang", "Z"), ("510521197001011234", "*"), ("13800138000", "*")],
)
def test_what_is_typed_too_much_stays_in_no_address_and_on_no_page(villager, place, typed, kept):
    answer = villager.client.get(place, query_string={"find": typed})
    assert answer.status_code == 302

    page = villager.sees(f"{place}?find={typed}")
    assert page.address == f"{place}?find={kept}".replace("张", "%E5%BC%A0").replace("欧阳", "%E6%AC%A7%E9%98%B3")
    assert typed not in page.html + answer.headers["Location"]


def test_a_whole_name_is_answered_kindly_and_looked_for_by_its_surname(villager, place):
    page = villager.sees(f"{place}?find=张小三")

    assert "只打姓就行，不用打全名。" in page.text
    assert numbers_of(page) == [1, 5]
    assert page.form("找").fields["find"] == ["张"]


def test_an_id_number_is_answered_with_what_to_type(villager, place):
    page = villager.sees(f"{place}?find=510521197001011234")

    assert "不要打身份证号" in page.text
    assert rows_of(page) == []


@pytest.mark.parametrize("typed", ["赵", "X", "99", "<b>"])
def test_who_is_not_found_is_told_what_to_do_next(villager, place, typed):
    page = villager.submits(place, "找", find=typed)

    assert "没有找到" in page.text
    assert "名单上没有我家" in villager.follows(page, "名单上没有我家").text
    assert len(rows_of(villager.follows(page, "看整张名单"))) == len(PEOPLE)


@pytest.mark.parametrize("typed", ["2组", "二组", "2社", "第二村民小组", "二 组"])
def test_a_group_is_found_however_it_is_typed(villager, place, typed):
    assert numbers_of(villager.submits(place, "找", find=typed)) == [3, 4, 5]


def test_a_group_that_is_not_there_is_named(villager, place):
    page = villager.submits(place, "找", find="九组")
    assert "9组：没有找到" in page.text


@pytest.mark.parametrize("typed", ["五", "第五号", "5 号", "05"])
def test_a_number_is_found_however_it_is_said(villager, place, typed):
    assert "5 号 张* · 2组" in villager.submits(place, "找", find=typed).text


def test_few_surnames_stand_side_by_side_in_the_order_of_a_dictionary(villager, place):
    page = villager.sees(place)
    assert chips(page) == ["單", "李", "欧", "曾", "张", "䢺"]
    assert numbers_of(villager.follows(page, "张")) == [1, 5]


def test_of_many_surnames_there_are_the_letters_first(villager):
    page = villager.sees(village([(f"{name}一", "1组") for name in MANY]))
    letters = chips(page)

    assert "".join(letters) == "CFHJKLQSWXYZ"
    page = villager.follows(page, "Z")
    assert chips(page) == ["张", "赵", "郑", "周", "朱", *letters]
    assert numbers_of(villager.follows(page, "郑")) == [7]


def test_groups_say_what_they_come_to_and_lead_to_their_rows(villager, place):
    page = villager.sees(place)

    assert "1组 · 2 户 · 280.80 元" in page.text
    assert "2组 · 3 户 · 1,123.20 元" in page.text
    assert "未分组 · 2 户 · 1,216.80 元" in page.text
    assert page.link("2组") == "#r3"


def test_on_a_long_list_a_group_is_looked_for_on_all_its_pages(app, villager, place):
    app.config["PAGE_ROWS"] = 2
    page = villager.follows(villager.sees(place), "2组")

    assert numbers_of(page) == [3, 4]
    assert "2组：有 3 户" in page.text
    assert numbers_of(villager.follows(page, "看后面的")) == [5]


def test_a_surname_is_looked_for_within_a_group(villager, place):
    page = villager.submits(f"{place}?group=2组", "找", find="张")

    assert numbers_of(page) == [5]
    assert "2组，姓“张”：有 1 户" in page.text


def test_all_of_a_surname_are_found_over_several_pages(app, villager):
    place = village([("张一" if no % 2 else "李二", "") for no in range(20)])
    app.config["PAGE_ROWS"] = 4
    page, found = villager.sees(f"{place}?find=张"), []
    while True:
        found += numbers_of(page)
        if not [words for words, _ in page.links if words == "看后面的"]:
            break
        page = villager.follows(page, "看后面的")

    assert found == list(range(2, 21, 2))


def test_the_totals_of_the_place_stand_under_the_whole_list_only(villager, place):
    assert "\n合计\n" in villager.sees(place).text
    assert "合计" not in villager.sees(f"{place}?find=张").text


def test_language_and_large_type_stay_with_whoever_looks(villager, place):
    page = villager.submits(f"{place}?lang=en&view=large", "Find", find="张")

    assert "lang=en" in page.address
    assert "view=large" in page.address
    assert "Surname “张”: 2 households" in page.text


@pytest.mark.parametrize("asked", ["find=张小三", "find=张", "find=1", "group=1组"])
def test_nothing_is_found_in_rows_that_were_put_away(villager, at, asked):
    number = publishes(assistance())
    at("2026-11-28")
    page = villager.sees(f"/n/{number}/{GAODONG}?{asked}")

    assert page.status == 200
    assert "张*" not in page.html.replace("find=%E5%BC%A0*", "")
    assert rows_of(page) == []
    assert not [form for form in page.forms if "find" in form.names]


def test_rows_without_names_are_found_by_their_number_only(villager):
    lines = [replace(line(GAODONG, no, "", str(no)), group="") for no in range(1, 4)]
    number = publishes(replace(proposal("village-finance", lines), home=GAODONG))
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "打纸上的号" in page.text
    assert "按姓" not in page.text
    assert numbers_of(villager.submits(page, "找", find="2")) == []  # it stands alone, as a card
    assert "2 号" in villager.submits(page, "找", find="2").text


def test_long_accounts_say_what_each_purpose_came_to_above_their_entries(villager):
    def entry(no: int):
        item, column = ("水费", "spending") if no % 3 else ("租金", "income")
        return replace(line(GAODONG, no, "", "1"), group="", measures={"area": "1", "amount": "1", "item": item, column: "10.50"})

    lines = [entry(no) for no in range(1, 25)]
    number = publishes(replace(proposal("village-finance", lines), home=GAODONG))
    page = villager.sees(f"/n/{number}/{GAODONG}").text

    assert page.index("每样花了多少") < page.index("水费") < page.index("明细")
    assert re.search(r"水费\s+16\s+168\.00\s+租金\s+8\s+84\.00", page)


def test_in_large_type_whom_to_call_stands_before_the_list_and_behind_what_somebody_looked_for(villager, place):
    whole, found = villager.sees(f"{place}?view=large").text, villager.sees(f"{place}?view=large&find=5").text

    assert whole.index("有疑问打电话") < whole.index("明细") < whole.index("468.00")
    assert found.index("5 号 张* · 2组") < found.index("468.00 元") < found.index("有疑问打电话")
    assert found.count("有疑问打电话") == whole.count("有疑问打电话") == 1


def test_a_row_says_where_its_area_comes_from(app, villager):
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "2")])
    number = publishes(replace(made, facts=dict(made.facts) | {"quantity_source": "registered", "quantity_year": "2019年"}))

    found, whole = (villager.sees(f"/n/{number}/{GAODONG}{asked}").text for asked in ("?find=1", ""))
    assert "补贴面积：按确权证上的面积，2019年" in found.partition("这个数怎么来的")[2]
    assert "补贴面积：按确权证上的面积，2019年" in whole.partition("这个数怎么来的")[2]
    assert "面积按什么算：按确权证上的面积" in villager.sees(f"/n/{number}/{GAODONG}.txt").text
