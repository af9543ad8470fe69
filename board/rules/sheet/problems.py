"""Problems of a sheet as messages that say where, why and what to do next; they never quote a personal value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.rules.bilingual import Words


@dataclass(frozen=True)
class Problem:
    """One problem for the clerk: on ``line`` of the sheet (0: the whole sheet) under the header ``column`` ("" when it has none).

    ``index`` is the column's index (-1: none); ``lines`` all lines with the same problem, when they are reported together; ``offers`` the
    codes of places to choose from for ``written``, the text of the cell. ``ask`` is the key under which an answer is kept ("": it is no
    question), ``choices`` are its answers (``questions``).
    """

    line: int
    column: str
    code: str
    message: Words
    field: str = ""
    index: int = -1
    lines: tuple[int, ...] = ()
    offers: tuple[str, ...] = ()
    written: str = ""
    ask: str = ""
    choices: tuple[str, ...] = ()


# Code -> sentence, errors first: errors block the sheet, the others only warn.
ERRORS: Mapping[str, Words] = {
    "no_header": Words(
        "找不到表头。请看看表里有没有一行写着“{labels}”这样的列名，补上后重新上传",
        "No header line was found. See that one line names the columns, such as “{labels}”, and upload the sheet again",
    ),
    "no_rows": Words(
        "表头下面没有明细。请看看选的是不是这张表",
        "There are no rows below the header. See whether this is the right sheet",
    ),
    "no_column": Words(
        "看不出哪一列是“{label}”。请在下面指明；表里没有的，补上这一列后重新上传",
        "No column can be told to be “{label}”. Say below which it is; if the sheet lacks it, add it and upload again",
    ),
    "no_place": Words(
        "表里没有写明每一行是哪个{level}。整张表都属于同一个的，请在下面选定；不是的，请在表里加一列“{label}”后重新上传",
        "The rows do not say which {level} they belong to. If all belong to one, choose it below; if not, add a column “{label}” and"
        " upload again",
    ),
    "missing": Words(
        "第 {line} 行缺“{column}”{more}。请补上；如果这一行不该有，请在表里删掉后重新上传",
        "Row {line} lacks “{column}”{more}. Fill it in, or delete the row in the sheet if it should not be there",
    ),
    "blank_as_above": Words(
        "第 {line} 行起，“{column}”有 {count} 行空着，像是原来合并的格子拆开了。下面的空格都同上吗？请选一个",
        "Row {line} is the first of {count} that leave “{column}” blank, as if merged cells had been split. Are they all as above? Choose",
    ),
    "not_a_number": Words(
        "第 {line} 行“{column}”不是一个能认出的数{more}。请只写数字（例如 120.50），别的话放到备注里",
        "Row {line}, “{column}” is not a figure that can be read{more}. Write digits only (such as 120.50), and put words under remarks",
    ),
    "below_fen": Words(
        "第 {line} 行“{column}”有不到一分钱的零头，没法发放{more}。请改成两位小数，并核对合计",
        "Row {line}, “{column}” has a part of a fen, which cannot be paid{more}. Make it two decimals and check the total",
    ),
    "not_a_text": Words(
        "第 {line} 行“{column}”里是表格软件的出错标记“{written}”{more}。请改成原来该写的字，没有就留空",
        "Row {line}, “{column}” holds the spreadsheet's mark of an error, “{written}”{more}. Write what should stand there, or nothing",
    ),
    "formulas_not_calculated": Words(
        "“{column}”的公式像是没有算过，格子里都是 0 或空的{more}。请用 WPS 或 Excel 打开这张表，点一下“保存”，再上传",
        "The formulas of “{column}” seem never calculated: all are 0 or empty{more}. Open the sheet in WPS or Excel, save it, upload it",
    ),
    "turned_into_days": Words(
        "第 {line} 行“{column}”被表格软件改成了日期，原来写的多半是“{written}”{more}。是这样的话，在下面选“改回去”；不是的，请改写这一格",
        "Row {line}, “{column}” became a date; it probably said “{written}”{more}. If so, choose to turn it back; if not, rewrite it",
    ),
    "unit_unread": Words(
        "看不准“{column}”的单位：{why}。请选表里的数是什么单位；也可以在表头写明单位，再上传",
        "The unit of “{column}” is not sure: {why}. Choose the unit of its figures, or name it in the header and upload again",
    ),
    "like_total": Words(
        "第 {line} 行“{said}”像是合计，不像一行明细{why}。请选它是不是合计",
        "Row {line}, “{said}”, looks like a total and not like a row{why}. Choose whether it is a total",
    ),
    "places_elsewhere": Words(
        "表里写的 {count} 个地方不在{scope}（{named}），有 {more_rows} 行。是不是传了别处的表？传错了，请换一张；没传错，请在下面选",
        "The sheet names {count} places outside {scope} ({named}), on {more_rows} rows. If it is another office's sheet, upload yours; if"
        " not, choose below",
    ),
    "unknown_place": Words(
        "第 {line} 行“{column}”写的“{written}”不在{scope}现在的{level}名单里{more}。请从相近的名称里选一个，选过一次以后会记住",
        "Row {line}, “{column}” says “{written}”, which is no {level} of {scope} now{more}. Choose a name like it; it is remembered",
    ),
    "many_places": Words(
        "第 {line} 行“{column}”写的“{written}”在{scope}不止一个{more}。请选是哪一个",
        "Row {line}, “{column}” says “{written}”, of which {scope} has more than one{more}. Choose which it is",
    ),
    "personal_data": Words(
        "第 {line} 行“{column}”里夹着{what}，已用 ● 盖住。请改写这一格，或确认就用盖住以后的文字",
        "Row {line}, “{column}” has {what} in it, now covered with ●. Rewrite the cell, or accept it as covered",
    ),
}

WARNINGS: Mapping[str, Words] = {
    "answered": Words("{asked}：经办选了“{given}”。请核对", "{asked}: the clerk chose “{given}”. Please check"),
    "other_title": Words(
        "这张表的标题是“{said}”，您选的是“{ours}”{why}。请看看是不是传错了表",
        "The sheet's title is “{said}”, but you chose “{ours}”{why}. See whether it is the right sheet",
    ),
    "units_assumed": Words(
        "“{column}”没有写单位，按“{unit}”算。请核对；不对的话请在表头写明单位",
        "“{column}” names no unit and is taken as “{unit}”. Check this; if it is wrong, name the unit in the header",
    ),
    "picture_left_out": Words(
        "第 {line} 行“{column}”里是一张图片，没有用{more}。要公开的话，请作为附件上传",
        "Row {line}, “{column}” holds a picture, which is left out{more}. If it is to be posted, upload it as an attachment",
    ),
    "unit_conflict": Words(
        "第 {line} 行“{column}”的单位是“{unit}”，{where}却写着“{other}”{more}。已按“{unit}”算，请核对",
        "Row {line}, “{column}” is in “{unit}”, but {where} says “{other}”{more}. It is taken as “{unit}”; please check",
    ),
    "columns_alike": Words(
        "“{column}”和{others}都像是“{label}”，现在用的是“{column}”。请核对；不对的话，请在“这一列是什么？”那一页改",
        "“{column}” and {others} may each be “{label}”; “{column}” is taken. Check it, and change it on the page “What is this column?”",
    ),
    "two_tables": Words(
        "这张表左右并排放了 {count} 个表，已先读左边、再读右边。请核对行数和合计",
        "{count} tables stand side by side; the left is read first, then the right. Check rows and totals",
    ),
    "filled_from_line": Words(
        "有 {times} 行单独写着村名或组名，第一处是第 {line} 行“{said}”；下面没写明村组的 {rows} 行，都归到上面最近的这样一行。"
        "请核对每行归得对不对",
        "Lines with only a village or group on them: {times}, the first on row {line} (“{said}”). The {rows} rows below that name none"
        " are put under the nearest such line above. Check where each belongs",
    ),
    "hidden_rows": Words(
        "原表里有隐藏或被筛选掉的行{more}，第一处是第 {line} 行，也一起读进来了。不该公开的，请在原表里删掉后重新上传",
        "Some rows are hidden or filtered out{more}, the first being row {line}; they are read as well. Delete what is not to be posted",
    ),
    "hidden_columns": Words(
        "原表里“{column}”这一列是隐藏的，也一起读进来了。请核对该不该用这一列",
        "The column “{column}” is hidden in the sheet and is read as well. See whether it is the one to use",
    ),
    "personal_words": Words(
        "第 {line} 行“{column}”里像是写着{what}。如果说的是某个人，请改写这一格；说的是工程或单位的，写明即可",
        "Row {line}, “{column}” seems to have {what} in it. Rewrite the cell if it is about a person; if about works or an office, say so",
    ),
    "maybe_number": Words(
        "第 {line} 行“{column}”里的几个数连起来像是{what}{more}。是的话请改写这一格；不是的，写明是什么数",
        "Row {line}, “{column}”: its figures together look like {what}{more}. Rewrite the cell if they are; if not, say what they are",
    ),
    "sensitive_roster": Words(
        "{where}写着“{said}”，这像是残疾、患病或困难人员的名单，可是“{kind}”会把全名贴出来。请看看事项选得对不对；名字不该全写的，请换一个遮住名字的事项",
        "{where} says “{said}”: this looks like a list of people who are disabled, ill or in need, but “{kind}” shows full names."
        " See whether the kind is right; if names are to be masked, take a kind that masks them",
    ),
    "number_with_words": Words(
        "第 {line} 行“{column}”数字后面有说明文字，只取了前面的数 {value}。请核对",
        "Row {line}, “{column}” has words behind the figure; only {value} is taken. Please check",
    ),
    "not_a_date": Words(
        "第 {line} 行“{column}”不是完整的日期{more}，照原文保留。最好写成 2026-07-02 这样",
        "Row {line}, “{column}” is not a full date{more} and is kept as written. Better write it like 2026-07-02",
    ),
    "digits_lost": Words(
        "第 {line} 行“{column}”被表格软件存成了数字，后几位已经丢失，不能用来核对重复{more}。请把这一列设成“文本”格式重新填写",
        "Row {line}, “{column}” was kept as a number and lost its last digits{more}, so it matches nobody. Refill the column as text",
    ),
    "product_differs": Words(
        "第 {line} 行“{column}”是 {value}，但 {factors} = {expected}。请核对数量、标准和金额",
        "Row {line}, “{column}” is {value}, but {factors} = {expected}. Check quantity, rate and amount",
    ),
    "sum_differs": Words(
        "第 {line} 行“{column}”是 {value}，但各项相加是 {expected}。请核对",
        "Row {line}, “{column}” is {value}, but its parts add up to {expected}. Please check",
    ),
    "units_added": Words(
        "第 {line} 行合计把不同单位的数（{units}）加在了一起，这个数说明不了什么，不会公布。请按单位分开合计，或者删掉这一行的合计",
        "The total on row {line} adds up figures of different units ({units}); it says nothing and is not posted. Give a total for each"
        " unit, or delete this one",
    ),
    "returned_filled": Words(
        "第 {line} 行“{column}”写的是“{said}”，没有写退回多少{more}，就按“{due}”减“{paid}”算退回的钱。"
        "请核对；不对的话请在表里加一列“退回金额”",
        "Row {line}, “{column}” says “{said}” and not how much came back{more}: {due} less {paid} is taken."
        " Check it, or add a column of what came back",
    ),
    "outcome_differs": Words(
        "第 {line} 行“{column}”写的是“{said}”，可是退回的金额是 {returned} 元。请核对写的和数哪个对",
        "Row {line}, “{column}” says “{said}”, but {returned} yuan came back. Check which is right, the word or the figure",
    ),
    "running_differs": Words(
        "第 {line} 行“{column}”是 {value}，但按上一行余额加收减支应是 {expected}。请核对这几行的顺序和数字",
        "Row {line}, “{column}” is {value}; the balance above plus income minus spending is {expected}. Check these rows and their order",
    ),
    "total_differs": Words(
        "第 {line} 行合计的“{column}”写的是 {value}，各行相加是 {expected}，差 {difference}。请核对是哪一行多了或少了",
        "The total on row {line}, “{column}”, says {value}; the rows add up to {expected}, {difference} apart. Find the row that is off",
    ),
    "subtotal_differs": Words(
        "第 {line} 行小计的“{column}”写的是 {value}，这一段各行相加是 {expected}，差 {difference}。请核对是哪一行多了或少了",
        "The subtotal on row {line}, “{column}”, says {value}; its rows add up to {expected}, {difference} apart. Find the row that is off",
    ),
    "total_unread": Words(
        "第 {line} 行合计的“{column}”不是一个能认出的数，没有拿来核对。请改成数字",
        "The total on row {line}, “{column}”, is no figure that can be read and was not compared. Write it in digits",
    ),
    "count_differs": Words(
        "{where}写的是 {value} {unit}，表里实有 {expected}。请核对有没有漏行或重行",
        "{where} says {value} {unit}, but the sheet has {expected}. See whether rows are missing or repeated",
    ),
    "capitals_differ": Words(
        "{where}大写金额是 {value} 元，数字是 {expected} 元。请核对哪个对",
        "{where}: the amount in capital numerals is {value} yuan, in digits {expected} yuan. Check which is right",
    ),
    "capitals_unread": Words(
        "第 {line} 行“{column}”的大写写法不对，没有拿来核对。请照“壹佰贰拾元伍角整”这样写",
        "Row {line}, “{column}”: the capital numerals are not well formed and were not compared. Write them like 壹佰贰拾元伍角整",
    ),
    "rate_differs": Words(
        "第 {line} 行“{column}”是 {value}，和公示里写的标准 {expected} 不一样{more}。请核对哪个对",
        "Row {line}, “{column}” is {value}, unlike the standard {expected} that the notice states{more}. Check which is right",
    ),
    "same_person": Words(
        "第 {line} 行和第 {other} 行的证件号码相同。请核对是不是重复发放",
        "Rows {line} and {other} have the same ID number. Check whether somebody is paid twice",
    ),
    "same_name": Words(
        "第 {line} 行和第 {other} 行村组、姓名都相同。请核对是不是同一户写了两次",
        "Rows {line} and {other} have the same place, group and name. Check whether one household is there twice",
    ),
    "zero_amount": Words(
        "第 {line} 行“{column}”是 0。请核对这一行该不该在表里",
        "Row {line}, “{column}” is 0. Check whether this row belongs in the sheet",
    ),
    "negative_amount": Words(
        "第 {line} 行“{column}”是负数。请核对；如果是扣回或冲账，请在备注里写明",
        "Row {line}, “{column}” is negative. Check it; if money is taken back, say so under remarks",
    ),
    "above_ceiling": Words(
        "第 {line} 行“{column}”是 {value}，比一般最高的 {expected} 还高。请核对单位和小数点",
        "Row {line}, “{column}” is {value}, above {expected}, which is seldom passed. Check the unit and the decimal point",
    ),
    "all_same": Words(
        "每一行的“{column}”都是 {value}。如果本来就人人一样，写明即可；如果应按面积或人口算，请核对",
        "“{column}” is {value} on every row. If everybody is to get the same, say so; if it goes by area or people, check it",
    ),
}

IN_CELL = "name_in_cell"  # told by rules.sheet.named_cells, which looks at a checked sheet
# The warnings that figures disagree, are unlikely, that a person may be paid twice, or that somebody may be exposed: each needs a reason
# before the sheet goes on. The others tell how the sheet was read, and are to be seen.
GRAVE = frozenset({
    "columns_alike", "product_differs", "sum_differs", "running_differs", "total_differs", "subtotal_differs", "count_differs",
    "capitals_differ", "rate_differs", "same_person", "same_name", "zero_amount", "negative_amount", "above_ceiling", "all_same",
    "maybe_number", "sensitive_roster", "outcome_differs", "returned_filled", IN_CELL,
})  # fmt: skip

# The errors that one cause gives on many rows: from the fourth on they are one problem, which lists them.
TOLD_ONCE = frozenset({"missing", "not_a_number", "below_fen", "not_a_text"})
_FEW, _LISTED = 3, 12

LEVEL_WORDS: Mapping[str, Words] = {
    "city": Words("市", "city"),
    "county": Words("县（市、区）", "county"),
    "township": Words("乡镇（街道）", "township"),
    "village": Words("村（社区）", "village"),
}


def together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems with those that one cause gave on more than three rows as one, at the first of them."""
    alike: dict[tuple[str, int, str], list[Problem]] = {}
    for one in problems:
        alike.setdefault((one.code, one.index, one.written if one.code in TOLD_ONCE else f"{id(one)}"), []).append(one)
    for same in alike.values():
        if len(same) <= _FEW:
            yield from same
        else:
            first = same[0]
            lines = tuple(one.line for one in same)
            yield problem(first.code, first.line, first.column, lines=lines, written=first.written, field=first.field, index=first.index)


def _rows(lines: Sequence[int], *, listed: bool) -> Words:
    """Return how many rows a problem has, and which where they are ``listed``: the first twelve."""
    numbers = "、".join(map(str, lines[:_LISTED])) + ("…" if len(lines) > _LISTED else "")
    which = Words(f"：{numbers}", f": {numbers.replace('、', ', ')}") if listed else Words("", "")
    return Words(f"（共 {len(lines)} 行{which.zh}）", f" ({len(lines)} rows{which.en})")


def problem(code: str, line: int = 0, column: str = "", *, lines: tuple[int, ...] = (), written: str = "", **values: Any) -> Problem:
    """Return a problem of that code; ``field``, ``index``, ``offers``, ``ask`` and ``choices`` go into it, all other values fill its
    sentence. A value that is Words fills each sentence in its own language.
    """
    place: dict[str, Any] = {name: values.pop(name) for name in ("field", "index", "offers", "ask", "choices") if name in values}
    more = _rows(lines, listed=code in TOLD_ONCE) if len(lines) > 1 else Words("", "")
    placeholders = {"line": line, "column": column, "written": written, "more": more, **values}
    sentence = ERRORS.get(code) or WARNINGS[code]
    zh = sentence.zh.format_map({name: value.zh if isinstance(value, Words) else value for name, value in placeholders.items()})
    en = sentence.en.format_map({name: value.en if isinstance(value, Words) else value for name, value in placeholders.items()})
    return Problem(line, column, code, Words(zh + "。", en + "."), lines=lines, written=written, **place)
