"""Containers that Excel and WPS open and other readers stumble over: part names, tabs, merges and errors of .ods, the built-in password."""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import zipfile

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from tests.sheets.making import ROWS, ods, ods_row, with_parts, xlsx
from tests.sheets.oldbooks import Page, compound, record, workbook

PASSWORD = "VelvetSweatshop"
_SALT = bytes(range(16))


def renamed(change: dict[str, str], data: bytes = b"") -> bytes:
    """A workbook whose part names are changed, by pieces of them."""
    old, out = zipfile.ZipFile(io.BytesIO(data or xlsx())), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            name = entry.filename
            for piece, other in change.items():
                name = name.replace(piece, other)
            new.writestr(name, old.read(entry))
    return out.getvalue()


def sheet_xml(cells: str) -> bytes:
    """A workbook whose first sheet has these rows as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_parts(xlsx(), {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'})


def inline(words: str) -> str:
    """A cell of words without a reference."""
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


def ods_merged() -> bytes:
    """An .ods whose village is merged over two lines, and whose last amount is an error."""
    text = 'office:value-type="string"'
    spans = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    wide = f"<table:table-cell {text} {spans}><text:p>东林村</text:p></table:table-cell>"
    failed = f'table:formula="of:=1/0" {text} office:string-value="" calcext:value-type="error"'
    lines = [
        ods_row("村", "姓名", "金额"),
        ods_row("张三", 12.5).replace("<table:table-row>", f"<table:table-row>{wide}"),
        ods_row("李四").replace("<table:table-row>", "<table:table-row><table:covered-table-cell/>"),
    ]
    lines[2] = lines[2].replace(
        "</table:table-row>", f"<table:table-cell {failed}><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return ods(f'<table:table table:name="发放表" {calc}>{"".join(lines)}</table:table>')


def _aes(key: bytes, iv: bytes, data: bytes) -> bytes:
    one = Cipher(AES(key), CBC(iv)).encryptor()
    return one.update(data.ljust(-(-len(data) // 16) * 16, b"\0")) + one.finalize()


def locked_xlsx(password: str = PASSWORD, data: bytes = b"") -> bytes:
    """A workbook in agile encryption, as Excel writes it, with few turns."""
    data = data or xlsx()
    first = hashlib.sha512(_SALT + password.encode("utf-16-le")).digest()
    for turn in range(10):
        first = hashlib.sha512(struct.pack("<I", turn) + first).digest()
    key, verifier = bytes(range(32)), bytes(range(16))

    def part(block: str, words: bytes) -> str:
        return base64.b64encode(_aes(hashlib.sha512(first + bytes.fromhex(block)).digest()[:32], _SALT, words)).decode()

    salt = base64.b64encode(_SALT).decode()
    shape = 'saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"'
    shape += f' hashAlgorithm="SHA512" saltValue="{salt}"'
    info = (
        f'<encryption><keyData {shape}/><p:encryptedKey spinCount="10" {shape}'
        f' encryptedVerifierHashInput="{part("fea7d2763b4b9e79", verifier)}"'
        f' encryptedVerifierHashValue="{part("d7aa0f6d3061344e", hashlib.sha512(verifier).digest())}"'
        f' encryptedKeyValue="{part("146e0be7abacd0d6", key)}"/></encryption>'
    )
    ivs = (hashlib.sha512(_SALT + struct.pack("<I", number)).digest()[:16] for number in range(len(data)))
    pieces = [_aes(key, iv, data[at : at + 4096]) for at, iv in zip(range(0, len(data), 4096), ivs, strict=False)]
    head = struct.pack("<HHI", 4, 4, 0x40)
    return compound({"EncryptionInfo": head + info.encode(), "EncryptedPackage": struct.pack("<Q", len(data)) + b"".join(pieces)})


def locked_xls(password: str = PASSWORD) -> bytes:
    """An old workbook in RC4 encryption of 40 bits."""
    half = hashlib.md5(password.encode("utf-16-le")).digest()[:5]  # noqa: S324
    base = hashlib.md5((half + _SALT) * 16).digest()[:5]  # noqa: S324

    def stirred(number: int, data: bytes) -> bytes:
        key = hashlib.md5(base + struct.pack("<I", number)).digest()  # noqa: S324
        return Cipher(ARC4(key), mode=None).encryptor().update(data)

    both = stirred(0, _SALT + hashlib.md5(_SALT).digest())  # noqa: S324
    plain = workbook([Page("发放表", ROWS)], locked=True)
    plain = plain.replace(record(0x2F, bytes(54)), record(0x2F, struct.pack("<HHH", 1, 1, 1) + _SALT + both))
    mixed = b"".join(stirred(at // 1024, plain[at : at + 1024]) for at in range(0, len(plain), 1024))
    out, at = bytearray(plain), 0
    while at + 4 <= len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        kept = length if kind in (0x809, 0x2F) else 4 if kind == 0x85 else 0
        out[at + 4 + kept : at + 4 + length] = mixed[at + 4 + kept : at + 4 + length]
        at += 4 + length
    return compound({"Workbook": bytes(out)})


def guarded(before: str, behind: str) -> bytes:
    """A text table whose exporter puts tabs around each value."""
    rows = [["序号", "村", "姓名", "金额"], ["1", "东林村", "张三", "12.5"], ["2", "西林村", "李四", "20"]]
    return "\r\n".join(",".join(f"{before}{cell}{behind}" for cell in row) for row in rows).encode("gbk")


def errors_without_references() -> bytes:
    """A sheet without r, as the standard allows, one of whose cells is an error."""
    return sheet_xml(f'<row>{inline("村")}{inline("户数")}</row><row>{inline("东林村")}<c t="e"><v>#REF!</v></c></row>')
