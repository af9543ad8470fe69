"""Whatever cells a sheet may have, it is checked to the end: a clerk gets sentences, never a crash."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.check import accepted, check, report
from board.rules.sheet.cleaning import Cleaned, clean
from board.rules.sheet.table import Table

TOWN = "510521116000"
PLACES = Places([Area(TOWN, "百和镇", "township", ""), Area("510521116201", "东林村民委员会", "village", TOWN)], TOWN)
ROSTERS = sorted(id for id, kind in kinds.load().items() if kind.columns)
HEADERS = (
    "村",
    "村",
    "户主姓名",
    "补贴金额(元)",
    "大写金额",
    "C级",
    "户数",
    "村名",
    "户主姓名",
    "金额",
    "补贴金额(元)",
    "面积(亩)",
    "日期",
    "收入",
    "支出",
    "余额",
    "项目名称",
    "镇街",
    "备注",
)
WORDS = (
    "合计(大写)壹佰元整",
    "一、东林村（2户）",
    "二组",
    "百和镇",
    "本月合计",
    "过次页",
    "(单位:元)",
    "甲（残疾）",
    "壹佰元整",
    "贰佰佰元",
    "合计",
    "东林村合计",
    "本页小计",
    "共3户",
    "单位:亩/元",
    "100元(大写:壹佰元)",
    "小计",
    "单位:万元",
    "东林村",
    "东林村3组",
    "张三",
    "第组",
    "十十组",
    "(",
    ")",
    "-",
    "●",
    "",
)
FIGURES = ("139" + "00000286", "510521" + "189605043961", "1", "2", "3", "10(x)", "2026.7.2", "5e9", "1e99")
SEEN = HEADERS + WORDS + FIGURES
CELLS = st.one_of(st.sampled_from(SEEN), st.text(max_size=12), st.decimals(allow_nan=False, allow_infinity=False), st.dates())
RANGES = st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3))


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=10), st.lists(RANGES, max_size=3), st.sampled_from(ROSTERS))
def test_any_sheet_is_checked_to_the_end(rows: list[list[str]], ranges: list[tuple[int, int, int, int]], kind: str) -> None:
    merged = [(top, left, top + height, left + width) for top, left, height, width in ranges]
    cleaned = clean(Table("表", rows, merged), lambda what, number: what, date(2026, 11, 22))
    staged = Cleaned.from_json(json.loads(json.dumps(cleaned.to_json())))
    found = check(staged, kinds.load()[kind], PLACES, area=TOWN, edits=accepted(staged), facts={"standard": "x"})
    assert json.dumps(report(found))
    assert [line for line, _ in found.grid()] == list(dict.fromkeys(row.line for row in found.rows))
