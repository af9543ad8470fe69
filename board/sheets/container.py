"""What a file is, by its content and never by its name; and the tables of a zip that holds several files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from board.sheets import delimited, oldbook, ole, spreadsheetml, webpage, workbook
from board.sheets.limits import MOST_BYTES, MOST_ENTRIES, MOST_FILES, MOST_UNPACKED
from board.sheets.ooxml_parts import directory
from board.sheets.refusal import Refusal

_OLD = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00", b"ID;P")  # BIFF2-5, SYLK
_PICTURES = re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|....ftyp(?:hei|mif|avif)|RIFF....WEBP|BM....\x00\x00\x00\x00", re.S)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_WEB = re.compile(r"(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body|meta|table|style|div|title)\b", re.I | re.S)
_XML_SHEET = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.S)
_KNOWN = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml", "_rels/.rels")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|Thumbs\.db$|desktop\.ini$)", re.I)


@dataclass
class Opened:
    """All that one file gave: tables as ``Table.to_json`` has them, (where, text) beside their cells, notes as (code, file, reason)."""

    tables: list[dict[str, Any]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def opened(data: bytes, name: str, most: int = MOST_BYTES, *, inside: bool = False) -> Opened:
    """Open a file of any kind; ``name`` names the table of a text file, ``inside`` says that it lies in a zip of such files.

    Raises Refusal, for one of more than ``most`` bytes too.
    """
    if not data.strip():
        raise Refusal("empty")
    if len(data) > most:
        raise Refusal("too_large")
    if data.startswith(b"PK"):
        return _zip(data, most, inside)
    if data.startswith(ole.MARK):
        if (inner := oldbook.unlocked_zip(data)) is not None:
            return opened(inner, name, most, inside=inside) if inner.startswith(b"PK") else _refused("password")
        return _workbook(oldbook.from_ole(data))
    if code := _foreign(data):
        raise Refusal(code)
    return _text(data, name)


def _refused(code: str) -> Opened:
    raise Refusal(code)


def _foreign(data: bytes) -> str:
    """The code of what can be told by its first bytes and holds no table; empty when nothing is known."""
    if data.lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(rb"{\rtf"):
        return "letter"
    if data.startswith(_OLD):
        return "old_sheet"
    if data.startswith(_ARCHIVES):
        return "archive"
    return "picture" if _PICTURES.match(data) else ""


def _workbook(parts: tuple[list[dict[str, Any]], list[tuple[str, str]], bool]) -> Opened:
    tables, texts, macros = parts
    texts += (("工作表名", table["name"]) for table in tables)
    return Opened(tables, texts, [("macros", "", "")] if macros else [])


def _text(data: bytes, name: str) -> Opened:
    text = delimited.decoded(data)
    head = text[:4000].lstrip()
    if _XML_SHEET.search(head):
        found = Opened(*spreadsheetml.tables(text))
    elif _WEB.match(head):
        found = Opened(*webpage.tables(text))
        for table in found.tables:
            table["name"] = table["name"] or PurePosixPath(name).stem
    elif head.startswith("<?xml") or head[:12].lower() == "mime-version":
        raise Refusal("not_a_sheet" if head.startswith("<?xml") else "web_page")
    else:
        cells = delimited.table(text)
        if max(map(len, cells), default=0) < 2 and any(map(any, cells)):
            raise Refusal("no_columns")
        found = Opened([{"name": PurePosixPath(name).stem, "cells": cells, "merged": [], "hidden": False}])
    if not any(any(map(any, table["cells"])) for table in found.tables):
        raise Refusal("no_cells")
    return found


def _zip(data: bytes, most: int, inside: bool) -> Opened:
    """A zip by its directory alone: a workbook, another program's file, or a bundle of sheets."""
    archive = directory(data, MOST_ENTRIES, MOST_UNPACKED)
    if usual := _usual_names(archive):
        data = _renamed(archive, usual)
        archive = directory(data, MOST_ENTRIES, MOST_UNPACKED)
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise Refusal("xlsb")
    if "content.xml" in names:
        return _open_document(data, archive)
    if "xl/workbook.xml" in names:
        return _workbook(workbook.from_zip(data, archive))
    if "word/document.xml" in names:
        raise Refusal("letter")
    if "[Content_Types].xml" in names:
        raise Refusal("not_a_sheet" if "xl/" not in "".join(names) else "damaged")
    if inside:
        raise Refusal("nested_zip")
    return _bundle(archive, most)


def _usual_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the names of a workbook's parts that are written otherwise than usual (xl\\workbook.xml, XL/Workbook.xml), and the usual."""
    usual = {name: name.replace("\\", "/").removeprefix("/") for name in archive.namelist()}
    for name, one in usual.items():
        known = next((part for part in _KNOWN if one.lower() == part.lower()), None)
        head, _, rest = one.partition("/")
        usual[name] = known or (f"xl/{rest}" if head == "XL" or head == "Xl" else one)
    is_workbook = usual.keys() != set(usual.values()) and _KNOWN[0] in usual.values()
    return usual if is_workbook and len(set(usual.values())) == len(usual) else {}


def _renamed(archive: zipfile.ZipFile, names: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name, usual in names.items():
            if not usual.endswith("/"):
                new.writestr(usual, _unpacked(archive, name))
    return out.getvalue()


def _open_document(data: bytes, archive: zipfile.ZipFile) -> Opened:
    """An OpenDocument file; what it is stands in ``mimetype``, and whether it is locked in its list of parts."""
    kind = _unpacked(archive, "mimetype").strip() if "mimetype" in archive.namelist() else b""
    if b"encryption-data" in (_unpacked(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""):
        raise Refusal("password")
    if kind and not kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise Refusal("letter" if b"text" in kind else "not_a_sheet")
    if b"<!ENTITY" in _unpacked(archive, "content.xml")[:5000]:
        raise Refusal("bomb")
    return _workbook(workbook.from_zip(data, archive))


def _bundle(archive: zipfile.ZipFile, most: int) -> Opened:
    """All tables of the sheets in a zip; a file that cannot be read is noted, unless none can."""
    files = list(_files(archive))
    if not files:
        raise Refusal("empty")
    if len(files) > MOST_FILES:
        raise Refusal("many_files")
    found, refusals = Opened(), list[Refusal]()
    for entry, name in files:
        try:
            one = opened(_unpacked(archive, entry), PurePosixPath(name).name, most, inside=True)
        except Refusal as refusal:
            refusals.append(refusal)
            found.notes.append(("not_read", name, refusal.code))
            continue
        found.tables += (table | {"file": name} for table in one.tables)
        found.texts += one.texts
        found.texts.append(("压缩包里的文件名", name))
        found.notes += ((code, name, reason) for code, _, reason in one.notes)
    if not found.tables:
        raise refusals[0]
    return found


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """The files of a bundle under their names; Chinese programs write names in GBK without saying so."""
    for entry in archive.infolist():
        name = entry.filename
        if not entry.flag_bits & 0x800:
            try:
                raw = name.encode("cp437")
                name = raw.decode("utf-8" if _is_utf8(raw) else "gb18030", "replace")
            except UnicodeEncodeError:
                name = entry.filename
        if entry.filename and not entry.is_dir() and not _LITTER.search(name):  # is_dir cannot look at an empty name
            yield entry, name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> bytes:
    """One member; only what all programs write is unpacked (stored, deflated), for others may ask for much memory."""
    info = archive.getinfo(entry) if isinstance(entry, str) else entry
    if info.flag_bits & 1:
        raise Refusal("password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refusal("damaged")
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Refusal("damaged") from None
