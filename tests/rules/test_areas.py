"""Areas: their codes, and the check of a file of them."""

from __future__ import annotations

import pytest

from board.rules.areas import Area, AreaErrors, load_rows, prefix, upwards


@pytest.mark.parametrize(
    ("level", "digits"), [("city", "5105"), ("county", "510500"), ("township", "510500100"), ("village", "510500100200")]
)
def test_a_prefix_goes_by_level_and_never_by_zeros(level: str, digits: str) -> None:
    assert prefix("510500100200", level) == digits


def test_the_areas_above_have_the_beginnings_of_a_code() -> None:
    assert upwards("510521116004") == ["510500000000", "510521000000", "510521116000", "510521116004"]
    assert upwards("510500000000") == ["510500000000"]
    assert upwards("") == ["000000000000", ""]


HEAD = "code,name,level,parent\n"


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("51050000000,泸州市,city,\n", [(2, "12 位")]),
        ("510500000000,泸州市,city,\n510500000000,泸州市,city,\n", [(3, "重复")]),
        ("510500000000,泸州市,city,\n510504000000,龙马潭区,county,510600000000\n", [(3, "上级 510600000000")]),
        ("510500000000,泸州市,city,\n510604000000,龙马潭区,county,510500000000\n", [(3, "不属于")]),
        ("510504103204,黄桷村,township,\n", [(2, "形式")]),
        ("510504103000,胡市镇,village,\n", [(2, "形式")]),
        ("510504103204,黄桷村,hamlet,\n", [(2, "级别")]),
        ("510504103204,,village,\n", [(2, "没有名称")]),
        ("510504103204,甲村,village,\n510504103205,乙村,village,510504103204\n", [(3, "之上")]),
        ("x,泸州市,city,\ny,泸州市,city,\n", [(2, "12 位"), (3, "12 位")]),
    ],
)
def test_every_fault_of_a_file_is_told_with_its_line(rows: str, faults: list[tuple[int, str]]) -> None:
    with pytest.raises(AreaErrors) as caught:
        load_rows(HEAD + rows)
    told = [(line, str(message)) for line, message in caught.value.problems]
    assert [line for line, _ in told] == [line for line, _ in faults]
    assert all(word in message for (_, message), (_, word) in zip(told, faults, strict=True))


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(AreaErrors):
        load_rows("代码,名称\n1,2\n")


def test_a_parent_may_have_been_loaded_before() -> None:
    known = [Area("510504103000", "胡市镇", "township", "")]
    assert load_rows(HEAD + "510504103204,黄桷村,village,510504103000\n", known)[0].name == "黄桷村"


def test_aliases_and_a_closed_area_are_read() -> None:
    text = "\ufeffcode,name,level,parent,aliases,closed\n510504103204,黄桷村,village,,老黄桷|黄桷大队,1\n"
    assert load_rows(text) == [Area("510504103204", "黄桷村", "village", "", ("老黄桷", "黄桷大队"), closed=True)]
