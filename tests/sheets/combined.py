"""One plain roster drawn with any two or three quirks at once: whatever they are, its rows and totals stay those of the plain one.

A page is drawn as lines of cells by field; ``^`` is merged into the cell above, ``<`` into the one on the left. A quirk changes the page
and brings a warning at most. Quirks are applied in the order in which they stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from board.rules.sheet.table import Cell, Range, Table
from tests.sheets.making import made_card, made_id, made_phone

UP, LEFT = "^", "<"
PEOPLE = [
    ("高洞社区", "1组", "甲", "2"),
    ("高洞社区", "1组", "乙", "3.5"),
    ("高洞社区", "2组", "丙", "1"),
    ("东林村", "3组", "丁", "12"),
    ("东林村", "3组", "戊", "40.5"),
    ("东林村", "10组", "己", "6"),
]
RATE = Decimal(120)
AREA = sum((Decimal(area) for *_, area in PEOPLE), Decimal())
WORDS = {"village": "村", "group": "组", "name": "户主姓名", "area": "补贴面积", "rate": "补贴标准", "amount": "补贴金额"}
CAPITALS = ("贰佰肆拾元整", "肆佰贰拾元整", "壹佰贰拾元整", "壹仟肆佰肆拾元整", "肆仟捌佰陆拾元整", "柒佰贰拾元整")
WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
Line = dict[str, Cell]


@dataclass
class Page:
    """A roster being drawn: the ``fields`` of its columns, their ``heads``, ``units``, and lines ``above``, in its ``body``, ``below``."""

    fields: list[str] = field(default_factory=lambda: list(WORDS))
    heads: dict[str, str] = field(default_factory=lambda: dict(WORDS))
    units: dict[str, str] = field(default_factory=lambda: {"area": "亩", "rate": "元/亩", "amount": "元"})
    parents: dict[str, str] = field(default_factory=dict)
    in_heads: bool = True
    above: list[list[Cell]] = field(default_factory=list)
    under: list[Line] = field(default_factory=list)  # right below the header: units, column numbers
    body: list[Line] = field(default_factory=list)
    below: list[list[Cell]] = field(default_factory=list)
    hidden: int = 0
    hidden_field: str = ""
    beside: bool = False
    shift: int = 0

    def rows(self) -> list[Line]:
        """The lines that are rows of the roster."""
        return [line for line in self.body if "exact" in line]

    def total(self, word: str, rows: Sequence[Line]) -> Line:
        """A total line over some rows, in the page's own units."""
        amount = sum((one for row in rows if isinstance(one := row["exact"], Decimal)), Decimal())
        return {"first": word, "area": amount / RATE, "amount": amount / (10_000 if self.units["amount"] == "万元" else 1)}

    def header(self) -> list[Line]:
        """The header's lines, parents first."""
        own: Line = {id: f"{word}（{self.units[id]}）" if self.in_heads and id in self.units else word for id, word in self.heads.items()}
        if not self.parents:
            return [own]
        upper: Line = {id: own[id] for id in self.fields}
        lower: Line = dict.fromkeys(self.fields, UP)
        seen: set[str] = set()
        for id, word in self.parents.items():
            upper[id], lower[id] = LEFT if word in seen else word, own[id]
            seen.add(word)
        return [upper, lower]

    def table(self) -> Table:
        """The page as it was read from a file."""
        header = self.header()
        drawn = [self._cells(line) for line in (*header, *self.under, *self.body)]
        top = len(header) + len(self.under)
        if self.beside:
            half = top + (len(drawn) - top) // 2
            drawn = [one + other for one, other in zip(drawn[:half], [*drawn[:top], *drawn[half:]], strict=True)]
        above = [line if len(line) > 1 else [*line, *[LEFT] * (len(drawn[0]) - 1)] for line in self.above]
        lines = [[""] * self.shift + line for line in (*([[]] * self.shift), *above, *drawn, *self.below)]
        hidden = {self.shift + len(above) + top + self.hidden} if self.hidden else set()
        cells = [["" if cell in (UP, LEFT) else cell for cell in line] for line in lines]
        columns = {self.shift + self.fields.index(self.hidden_field)} if self.hidden_field else set()
        return Table("表", cells, list(_merged(lines)), hidden_rows=frozenset(hidden), hidden_columns=frozenset(columns))

    def _cells(self, line: Line) -> list[Cell]:
        cells = [line.get(id, "") for id in self.fields]
        return [line.get("first", cells[0]), *cells[1:]]


def _merged(cells: Sequence[Sequence[Cell]]) -> Iterator[Range]:
    """The ranges that the marks ask for: across from a cell, or down from it."""
    for top, line in enumerate(cells):
        for left, cell in enumerate(line):
            right, bottom = left, top
            while cell not in (UP, LEFT) and right + 1 < len(line) and line[right + 1] == LEFT:
                right += 1
            while cell not in (UP, LEFT) and bottom + 1 < len(cells) and left < len(cells[bottom + 1]) and cells[bottom + 1][left] == UP:
                bottom += 1
            if (right, bottom) != (left, top):
                yield top, left, bottom, right


def plain() -> Page:
    """The roster without a quirk."""
    page = Page()
    for village, group, name, area in PEOPLE:
        amount = Decimal(area) * RATE
        page.body.append(
            {
                "place": village,
                "village": village,
                "group": group,
                "name": name,
                "area": Decimal(area),
                "rate": RATE,
                "amount": amount,
                "exact": amount,
            }
        )
    return page


def _in_ten_thousands(page: Page) -> None:
    page.units["amount"] = "万元"
    for row in page.rows():
        row["amount"] = Decimal(str(row["exact"])) / 10_000


def _with_yuan(page: Page) -> None:
    for row in page.rows():
        row["amount"] = f"{row['amount']:,}{page.units['amount']}"


def _full_width(page: Page) -> None:
    for row in page.rows():
        row["area"] = str(row["area"]).translate(WIDE)


def _groups_spelt(page: Page) -> None:
    for row, group in zip(page.rows(), ("一组", "第一村民小组", "二社", "３组", "第3组", "十组"), strict=True):
        row["group"] = group


def _serial(page: Page) -> None:
    page.fields.insert(0, "serial")
    page.heads["serial"] = "序号"
    for number, row in enumerate(page.rows(), 1):
        row["serial"] = Decimal(number)


def _bank_columns(page: Page) -> None:
    page.fields[3:3] = ["id", "card", "phone"]
    page.heads |= {"id": "身份证号码", "card": "一卡通账号", "phone": "联系电话"}
    for number, row in enumerate(page.rows()):
        row |= {"id": made_id(300 + number), "card": made_card(number), "phone": made_phone(number)}


def _remark(page: Page) -> None:
    page.fields.append("note")
    page.heads["note"] = "备注"
    page.rows()[1]["note"] = "患尿毒症，独居"


def _capitals(page: Page) -> None:
    page.fields.append("capitals")
    page.heads["capitals"] = "大写金额"
    for row, written in zip(page.rows(), CAPITALS, strict=True):
        row["capitals"] = written


def _share(page: Page) -> None:
    page.fields.append("share")
    page.heads["share"] = "占资金总额%"
    for row in page.rows():
        row["share"] = "16.7%"


def _header_breaks(page: Page) -> None:
    page.heads |= {"name": "户 主\n姓 名", "area": "补贴\n面积", "village": "村 名"}


def _parent(page: Page) -> None:
    page.parents = {id: "补贴情况" for id in page.fields if id in ("area", "rate", "amount")}


def _unit_line(page: Page) -> None:
    page.in_heads = False
    page.above.insert(0, ["填报单位：百和镇", "", "", f"单位：亩、元/亩、{page.units['amount']}"])


def _units_row(page: Page) -> None:
    page.in_heads = False
    page.under.append({id: f"（{unit}）" for id, unit in page.units.items()})


def _numbers_row(page: Page) -> None:
    page.under.insert(0, {id: Decimal(number) for number, id in enumerate(page.fields, 1)})


def _villages_merged(page: Page) -> None:
    for above, row in reversed(list(zip(page.body, page.body[1:], strict=False))):
        if "exact" in row and above.get("village") == row["village"]:
            row["village"] = UP


def _villages_on_lines(page: Page) -> None:
    page.fields.remove("village")
    for village in dict.fromkeys(row["village"] for row in page.rows()):
        at = next(at for at, line in enumerate(page.body) if line.get("village") == village)
        page.body.insert(at, {"first": village})


def _groups_on_lines(page: Page) -> None:
    page.fields.remove("group")
    for row in reversed(page.rows()):
        at = page.body.index(row)
        above = next((line for line in reversed(page.body[:at]) if "exact" in line), {})
        if (above.get("place"), above.get("group")) != (row["place"], row["group"]):
            page.body.insert(at, {"first": row["group"]})


def _hidden_column(page: Page) -> None:
    page.hidden_field = "area"


def _rate_merged(page: Page) -> None:
    for above, row in zip(page.body, page.body[1:], strict=False):
        if "exact" in row and "exact" in above:
            row["rate"] = UP


def _subtotals(page: Page) -> None:
    cut = next(at for at, line in enumerate(page.body) if line.get("name") == "丙") + 1
    rows = page.rows()
    page.body.insert(cut, page.total("小　计", rows[:3]))
    page.body.append(page.total("小 计", rows[3:]))


def _repeated_header(page: Page) -> None:
    cut = next(at for at, line in enumerate(page.body) if line.get("name") == "乙") + 1
    page.body[cut:cut] = page.header()


def _total_first(page: Page) -> None:
    page.body.insert(0, page.total("合计", page.rows()))


def _total_last(page: Page) -> None:
    page.body.append(page.total("合  计", page.rows()))


def _fillers(page: Page) -> None:
    page.body += [{}, {"first": Decimal(7)}, {"first": Decimal(8)}]


def _title(page: Page) -> None:
    page.above[0:0] = [["百和镇2026年耕地地力保护补贴花名册（共6户）"], ["（第一批）"]]


def _foot(page: Page) -> None:
    page.below += [
        ["制表人：某某", "", "审核人：某某"],
        ["", "", "", "2026年7月2日"],
        ["备注：每亩120元，共6户。"],
        ["监督电话：0830-8190000"],
    ]


def _shifted(page: Page) -> None:
    page.shift = 2


def _hidden_row(page: Page) -> None:
    page.hidden = page.body.index(page.rows()[1]) + 1


def _side_by_side(page: Page) -> None:
    page.beside = True


# Each quirk with the warning that it brings, in the order in which they are drawn.
Quirk = Callable[[Page], None]
QUIRKS: dict[Quirk, str] = {
    _in_ten_thousands: "",
    _with_yuan: "",
    _full_width: "",
    _groups_spelt: "",
    _serial: "",
    _bank_columns: "",
    _remark: "",
    _capitals: "",
    _share: "",
    _header_breaks: "",
    _parent: "",
    _unit_line: "",
    _units_row: "",
    _subtotals: "",
    _repeated_header: "",
    _total_first: "",
    _total_last: "",
    _fillers: "",
    _villages_merged: "",
    _villages_on_lines: "filled_from_line",
    _groups_on_lines: "filled_from_line",
    _rate_merged: "",
    _numbers_row: "",
    _side_by_side: "two_tables",
    _title: "",
    _foot: "",
    _shifted: "",
    _hidden_row: "hidden_rows",
    _hidden_column: "hidden_columns",
}
_NEVER_TOGETHER = [
    {_unit_line, _units_row},
    {_villages_merged, _villages_on_lines},
    {_villages_merged, _groups_on_lines},
    {_side_by_side, _groups_on_lines},
    {_side_by_side, _hidden_column},  # of two such columns one is hidden
    *({_side_by_side, other} for other in (_villages_merged, _rate_merged, _villages_on_lines, _subtotals, _repeated_header)),
    *({_side_by_side, other} for other in (_total_first, _total_last, _fillers)),
]


def together(most: int = 3) -> list[tuple[Quirk, ...]]:
    """Every choice of up to ``most`` quirks that can be drawn on one page."""
    choices = (choice for count in range(1, most + 1) for choice in combinations(QUIRKS, count))
    return [choice for choice in choices if not any(few <= {*choice} for few in _NEVER_TOGETHER)]
