"""Small sheets in every container, made from rows; and numbers that look like somebody's and are nobody's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl

from board.rules.personal.identifiers import check_digit, is_card

Rows = Sequence[Sequence[str | float]]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ROWS: Rows = [["序号", "村", "姓名", "金额"], [1, "东林村", "张三", 12.5], [2, "西林村", "李四", 20]]
TEXTS = [["序号", "村", "姓名", "金额"], ["1", "东林村", "张三", "12.5"], ["2", "西林村", "李四", "20"]]


def made_id(no: int = 396) -> str:
    """An ID number of somebody born in 1896."""
    body = f"51052118960504{no:03d}"
    return body + check_digit(body)


def made_card(no: int = 0) -> str:
    """A card number of a bank that is not."""
    body = f"629999267735468{no:03d}"
    return next(body + digit for digit in "0123456789" if is_card(body + digit))


def made_phone(no: int = 286) -> str:
    """A mobile number that is given to nobody."""
    return f"1390000{no:04d}"


def zipped(parts: Mapping[str, str | bytes], *, as_gbk: bool = False) -> bytes:
    """A zip; ``as_gbk`` writes the names as Chinese programs do, in GBK and without a word about it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(parts.items()):
            archive.writestr(f"{number:04d}".ljust(len(name.encode("gbk")), "_") if as_gbk else name, content)
    data = held.getvalue()
    for number, name in enumerate(parts if as_gbk else ()):
        raw = name.encode("gbk")
        data = data.replace(f"{number:04d}".ljust(len(raw), "_").encode(), raw)
    return data


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A zip with further parts, or with some of its own replaced."""
    held, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in held.infolist():
            if entry.filename not in parts:
                archive.writestr(entry, held.read(entry))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx(rows: Rows = ROWS, change: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """An .xlsx of one sheet, after a change."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def ods(body: str, *, meta: str = "", styles: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """An .ods around the given tables; ``styles`` are its automatic ones."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("meta", "meta"),
            ("style", "style"),
            ("number", "datastyle"),
        )
    )
    content = f'<office:document-content{names} office:version="1.2">'
    content += f"<office:automatic-styles>{styles}</office:automatic-styles>" if styles else ""
    return zipped(
        {
            "mimetype": ODS,
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>',
            "content.xml": f"{content}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta{names}><office:meta>{meta}</office:meta></office:document-meta>",
            **(more or {}),
        }
    )


def ods_row(*cells: str | float, more: str = "", note: str = "") -> str:
    """One line of an .ods; ``note`` is a remark on its first cell."""
    out, note = "", f"<office:annotation><text:p>{note}</text:p></office:annotation>" if note else ""
    for value in cells:
        kind = 'office:value-type="string"' if isinstance(value, str) else f'office:value-type="float" office:value="{value}"'
        out, note = f"{out}<table:table-cell {kind}>{note}<text:p>{value}</text:p></table:table-cell>", ""
    return f"<table:table-row{more}>{out}</table:table-row>"


def ods_table(*rows: str, columns: str = "") -> str:
    """One table of an .ods."""
    return f'<table:table table:name="发放表">{columns}{"".join(rows)}</table:table>'


def html(rows: str = "", before: str = "", charset: str = "utf-8", after: str = "") -> bytes:
    """A web page with one table, as systems export it."""
    rows = rows or "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TEXTS)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    return f"<html><head>{head}</head><body>{before}<table border=1>{rows}</table>{after}</body></html>".encode(charset)


def xml(rows: str = "", before: str = "", after: str = "", attributes: str = "", styles: str = "") -> bytes:
    """A SpreadsheetML 2003 file of one sheet; ``styles`` are those of its cells."""
    plain = ("<Row>" + "".join(f'<Cell><Data ss:Type="{_kind(one)}">{one}</Data></Cell>' for one in row) + "</Row>" for row in ROWS)
    return (
        f'<?xml version="1.0"?>{before}\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f"{styles and f'<Styles>{styles}</Styles>'}"
        f'<Worksheet ss:Name="发放表"><Table{attributes}>{rows or "".join(plain)}</Table>{after}</Worksheet></Workbook>'
    ).encode()


def _kind(value: str | float) -> str:
    return "String" if isinstance(value, str) else "Number"


def delimited(encoding: str, delimiter: str = ",", rows: Sequence[Sequence[str]] = TEXTS) -> bytes:
    """A text table."""
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
