"""Which lines of a sheet are its header: guessed without a kind, chosen by a score, and found again further down."""

from decimal import Decimal

import pytest

from board.rules.sheet.header_lines import (
    NONE,
    best,
    candidates,
    guess,
    has_words,
    header_end,
    header_word,
    is_figure,
    is_header,
    is_labelled,
    is_second,
    is_title,
)

ONE = [["2026年补贴汇总表"], ["填报单位:高洞村"], ["序号", "户主姓名", "金额"], [Decimal(1), "张三", Decimal(120)]]
TWO = [["序号", "补贴", "", "备注"], ["", "面积", "金额", ""], [Decimal(1), Decimal(2), Decimal(240), ""]]
VILLAGE = [["序号", "补贴", "", "备注"], ["", "面积", "金额", ""], ["", "高洞村", "", ""], [Decimal(1), Decimal(2), Decimal(240), ""]]
MERGED = [(0, 1, 0, 2)]


@pytest.mark.parametrize(
    ("cells", "merged", "lines"),
    [
        pytest.param(ONE, [], (2, 2), id="below a title and an office"),
        pytest.param(TWO, MERGED, (0, 1), id="below a merged cell"),
        pytest.param(TWO, [], (0, 1), id="filling the gaps of the line above"),
        pytest.param([["一份说明"], ["没有表"]], [], (-1, -1), id="no line with two words"),
        pytest.param([[Decimal(1), Decimal(2)]], [], (-1, -1), id="figures only"),
        pytest.param([], [], (-1, -1), id="an empty sheet"),
        pytest.param([[""]] * 20 + ONE, [], (22, 22), id="empty lines do not count"),
        pytest.param([["说明"]] * 15 + ONE, [], (-1, -1), id="not among the first fifteen lines"),
    ],
)
def test_without_a_kind_the_line_with_most_short_words_is_in_the_header(cells, merged, lines):
    assert guess(cells, merged) == lines


def test_a_third_line_with_one_word_is_a_village_unless_it_may_name_a_personal_column():
    assert header_end(VILLAGE, [*MERGED, (1, 1, 1, 2)], 0) == 1
    assert header_end(VILLAGE, [*MERGED, (1, 1, 1, 2)], 0, lenient=True) == 2


def test_the_highest_score_is_taken_and_of_equals_the_first():
    cells = [["甲", "乙"], ["丙", "丁"], ["戊", "己"]]
    assert best(list(candidates(cells, [])), lambda lines: [1, 2, 2.4][lines.first]) == (1, 1)
    assert best(list(candidates(cells, [])), lambda lines: 0.9) == NONE


def test_a_lower_line_of_a_header_begins_none_of_its_own():
    assert [lines.first for lines in candidates(TWO, MERGED)] == [0, 1]
    assert best(candidates(TWO, MERGED), lambda lines: [1, 9][lines.first]) == (0, 1)


@pytest.mark.parametrize(
    ("above", "below", "merged", "second"),
    [
        pytest.param(["序号", "补贴", ""], ["", "面积", "金额"], MERGED, True, id="below a merged cell"),
        pytest.param(["汇总表", "", ""], ["序号", "面积", "金额"], [(0, 0, 0, 2)], False, id="below a title that fills its line"),
        pytest.param(["序号", "姓名", ""], ["", "", "金额"], [], True, id="in a gap"),
        pytest.param(["序号", "姓名", "金额"], ["高洞村", "", ""], [], False, id="from the first column"),
        pytest.param(["序号", "姓名", ""], ["", "", Decimal(5)], [], False, id="a figure"),
        pytest.param(["序号", "姓名", ""], ["", "", "单位:元"], [], False, id="a label with its value"),
        pytest.param(["序号", "姓名", ""], ["", "", ""], [], False, id="an empty line"),
    ],
)
def test_a_second_header_line_stands_below_a_merged_cell_or_in_gaps(above, below, merged, second):
    assert is_second([above, below], merged, 0) is second


@pytest.mark.parametrize(
    ("rows", "index", "header"),
    [
        pytest.param([["序号", "金额"], [Decimal(1), Decimal(5)]], 0, True, id="the first line"),
        pytest.param([["合计", Decimal(5)], ["序号", "金额"], [Decimal(1), Decimal(5)]], 1, False, id="right below a row"),
        pytest.param([["第二批"], ["序号", "金额"], [Decimal(1), Decimal(5)]], 1, True, id="below a title"),
        pytest.param([["序号", "金额"], ["张三", "李四"]], 0, False, id="without figures below"),
        pytest.param([["张三", "李四"], [Decimal(1), Decimal(5)]], 0, False, id="without usual words"),
        pytest.param([["序号", "单位:元"], [Decimal(1), Decimal(5)]], 0, False, id="with a label and its value"),
    ],
)
def test_a_further_table_begins_with_a_line_of_usual_words_over_figures(rows, index, header):
    assert is_header(list(enumerate(rows, start=1)), index) is header


def test_an_empty_line_sets_a_header_apart():
    rows = [["张三", Decimal(5)], ["序号", "金额"], [Decimal(1), Decimal(5)]]
    assert is_header(list(zip((1, 3, 4), rows, strict=True)), 1)


@pytest.mark.parametrize(
    ("row", "title"),
    [(["汇总表", ""], True), (["单位:元", "2026-07-02"], True), (["合计", ""], False), (["12", ""], False), (["序号", "金额"], False)],
)
def test_a_title_is_one_text_alone_or_labels(row, title):
    assert is_title(row) is title


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("户主 姓名", "户主姓名"),
        ("金额:万元", "金额:万元"),
        ("金额(单位：元)", "金额(单位：元)"),
        ("监督电话:0830-8190000", ""),
        ("12,000", ""),
        (Decimal(3), ""),
        ("", ""),
    ],
)
def test_a_header_word_is_no_figure_and_no_label_with_a_value(cell, word):
    assert header_word(cell) == word
    assert has_words(["", cell]) is bool(word)


@pytest.mark.parametrize(
    ("cell", "figure"), [("1,234.50", True), ("2026-07-02", True), ("¥300", True), (Decimal(0), True), ("12户", False)]
)
def test_a_figure_is_a_number_or_a_date_and_nothing_else(cell, figure):
    assert is_figure(cell) is figure


@pytest.mark.parametrize(
    ("cell", "labelled"), [("填报单位：高洞村", True), ("补贴面积(单位:亩)", False), ("姓名", False), (Decimal(1), False)]
)
def test_a_label_with_its_value_is_told_from_a_header_with_its_unit(cell, labelled):
    assert is_labelled(cell) is labelled
