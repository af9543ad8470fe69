"""The files that are mutated: a roster of people who never were in each container, and all of ``tests/sheets/containers``."""

from __future__ import annotations

import html as web
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from tests.sheets.containers import FILES
from tests.sheets.making import html, made_card, made_id, made_phone, ods, ods_row, ods_table, xlsx, xml, zipped
from tests.sheets.oldbooks import Page, xls

Rows = Sequence[Sequence[str | float]]
HEAD = (
    "序号",
    "村",
    "组",
    "户主姓名",
    "身份证号",
    "一卡通账号",
    "联系电话",
    "补贴面积（亩）",
    "补贴标准（元/亩）",
    "补贴金额（元）",
    "备注",
)
NUMBERS = frozenset(make(no) for make in (made_id, made_card, made_phone) for no in range(100, 108))


def _roster() -> list[list[str | float]]:
    """Eight people, a number in a remark, and a line of totals."""
    rows: list[list[str | float]] = [["2026年耕地地力保护补贴花名册"], list(HEAD)]
    for at, no in enumerate(range(100, 108)):
        numbers = made_id(no), made_card(no), made_phone(no)
        village = "东林村" if at < 4 else "西林村"
        rows.append(
            [at + 1, village, f"{at % 3 + 1}组", f"赵{'甲乙丙丁戊己庚辛'[at]}", *numbers, 1.5 + at, 93.6, (150 + 100 * at) * 0.936, ""]
        )
    rows[4][-1] = f"由{made_phone(101)}代领"
    return [*rows, ["合计", "", "", "", "", "", "", 40.0, "", 3744.0, ""]]


ROSTER = _roster()


@dataclass(frozen=True)
class Seed:
    """One valid (or already odd) file; ``build`` makes it of other rows, where it is a roster."""

    name: str
    file: str
    data: bytes
    build: Callable[[Rows], bytes] | None = None


def _page(rows: Rows) -> bytes:
    return html("".join("<tr>" + "".join(f"<td>{web.escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows))


def _sheet_2003(rows: Rows) -> bytes:
    def cell(value: str | float) -> str:
        return f'<Cell><Data ss:Type="{"String" if isinstance(value, str) else "Number"}">{web.escape(str(value))}</Data></Cell>'

    return xml("".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows))


def _ods(rows: Rows) -> bytes:
    return steady(ods(ods_table(*(ods_row(*(web.escape(cell) if isinstance(cell, str) else cell for cell in row)) for row in rows))))


def _text(encoding: str, delimiter: str) -> Callable[[Rows], bytes]:
    def build(rows: Rows) -> bytes:
        return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding, "replace")

    return build


def _bundle(rows: Rows) -> bytes:
    data = bytearray(zipped({"东林村.xlsx": _xlsx(rows), "西林村.csv": _text("gb18030", ",")(rows)}, as_gbk=True))
    for mark, at in ((b"PK\x03\x04", 10), (b"PK\x01\x02", 12)):  # the time of day and the day, which stand in the headers of a zip
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + at : found.start() + at + 4] = b"\0\0\x21\0"
    return bytes(data)


def _xlsx(rows: Rows) -> bytes:
    return steady(xlsx(rows))


BUILDERS: dict[str, Callable[[Rows], bytes]] = {
    "花名册.xlsx": _xlsx,
    "花名册.xls": lambda rows: xls(Page("花名册", rows)),
    "花名册95.xls": lambda rows: xls(Page("花名册", rows), version=5),
    "花名册.ods": _ods,
    "导出.xls": _page,
    "花名册2003.xls": _sheet_2003,
    "花名册.csv": _text("gb18030", ","),
    "花名册8.csv": _text("utf-8-sig", ","),
    "花名册.txt": _text("utf-16", "\t"),
    "两个村.zip": _bundle,
}


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, the rosters counted often: they have the most to lose."""
    rosters = [Seed(name, name, build(ROSTER), build) for name, build in BUILDERS.items()]
    others = [Seed(name, file, steady(make())) for name, make, file, _ in FILES]
    return (*rosters * (len(others) // len(rosters)), *(one for one in others if 0 < len(one.data) < 200_000))


def steady(data: bytes) -> bytes:
    """The same file each time: without the moment at which its zip was made, so that a number alone makes a mutation again.

    Nothing where that moment cannot be taken out: a broken zip, a zip in a zip, or an encrypted one.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        return b""
    if b"PK\x05\x06" not in data and not data.startswith(b"PK"):
        return data
    try:
        held = zipfile.ZipFile(io.BytesIO(data))
        parts = {entry: held.read(entry) for entry in held.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return b""
    if any(content.startswith(b"PK") for content in parts.values()):
        return b""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            made = zipfile.ZipInfo(entry.filename)
            made.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(made, re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z", content))
    return out.getvalue()
