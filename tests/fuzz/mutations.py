"""Ways to spoil a file, each a function of a random source: the same source spoils it the same way."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.seeds import ROSTER, Seed
from tests.sheets.making import made_card, made_id, made_phone

EXTREMES = ("0", "-1", "1", "255", "65536", "1048576", "2147483647", "4294967296", "99999999999999999999", "1e308", "NaN", "")
REFERENCES = ("A1", "XFD1048576", "A0", "ZZZZZZ1", "A99999999999", "1A", "", "$A$1", "A1:XFD1048576", "Z9:A1")
WORDS = (
    "",
    " ",
    "合计",
    "小计",
    "1E+400",
    "-0",
    "１２３．４５",
    "壹佰元整",
    "=1+1",
    "\u200b\ufeff",
    "\U0001f600" * 9,
    "a" * 40_000,
    "9" * 400,
    "1." + "3" * 60,
    "2026-02-30",
    "<b>&amp;</b>",
    '"',
    '","',
    "单位：万元",
    "身份证号",
    "村",
    "(((((((((((((((((((((((",
    "第〇组",
    "东林村" * 30,
    "{0.__class__}%s{written}",
    "²³",
    "½",
    "٣٤٥",
)
BROKEN_XML = ("&lol;", "&#x110000;", "&#0;", "]]>", "<![CDATA[", "<b>" * 300, "<!--", "<?x", "</", "<", ">", '"', "\x00", "\ufffe")
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
_TAG = re.compile(r"<[^<>]{1,400}>")


def flipped(data: bytes, rand: Random) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(rand.choice((1, 1, 2, 4, 8, 32))):
        if out:
            out[rand.randrange(min(len(out), rand.choice((64, 512, len(out)))))] = rand.randrange(256)
    return bytes(out)


def numbered(data: bytes, rand: Random) -> bytes:
    """A length, an offset or a count is another: the fields of old containers."""
    out = bytearray(data)
    for _ in range(rand.choice((1, 2, 4))):
        form, value = rand.choice(
            (("<H", 0xFFFF), ("<H", 0), ("<I", 0xFFFFFFFF), ("<I", 0x7FFFFFFF), ("<I", 0), ("<I", rand.randrange(64)))
        )
        at = rand.randrange(max(1, len(out) - 4)) & ~1
        out[at : at + struct.calcsize(form)] = struct.pack(form, value)
    return bytes(out)


def cut(data: bytes, rand: Random) -> bytes:
    """The end, the beginning or a piece in the middle is gone."""
    one, other = sorted((rand.randrange(len(data) + 1), rand.randrange(len(data) + 1)))
    return rand.choice((data[:one], data[one:], data[:one] + data[other:]))


def repeated(data: bytes, rand: Random) -> bytes:
    """A piece stands there often."""
    one, other = sorted((rand.randrange(len(data) + 1), rand.randrange(len(data) + 1)))
    piece = data[one:other][:2000]
    return data[:one] + piece * rand.choice((2, 3, 50)) + data[other:]


def edited(text: str, rand: Random) -> str:
    """Markup with some edits."""
    for _ in range(rand.choice((1, 1, 2, 5))):
        text = rand.choice(_EDITS)(text, rand)
    return text


def _tag_gone(text: str, rand: Random) -> str:
    tags = list(_TAG.finditer(text))
    if not tags:
        return text
    one = rand.choice(tags)
    return text[: one.start()] + text[one.end() :]


def _element_often(text: str, rand: Random) -> str:
    tags = list(_TAG.finditer(text))
    if not tags:
        return text
    first = rand.randrange(len(tags))
    last = min(len(tags) - 1, first + rand.randrange(6))
    piece = text[tags[first].start() : tags[last].end()]
    return text[: tags[first].start()] + piece * rand.choice((2, 20, 2000)) + text[tags[last].end() :]


def _tags_swapped(text: str, rand: Random) -> str:
    tags = list(_TAG.finditer(text))
    if len(tags) < 2:
        return text
    one, other = sorted(rand.sample(tags, 2), key=lambda tag: tag.start())
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def _number_changed(text: str, rand: Random) -> str:
    return _changed(r'="(-?\d+)"', rand.choice(EXTREMES), text, rand)


def _reference_changed(text: str, rand: Random) -> str:
    return _changed(r'"(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"', rand.choice(REFERENCES), text, rand)


def _words_changed(text: str, rand: Random) -> str:
    return _changed(r">([^<>]+)<", rand.choice(WORDS), text, rand)


def _changed(pattern: str, new: str, text: str, rand: Random) -> str:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    one = rand.choice(found)
    return text[: one.start(1)] + new + text[one.end(1) :]


def _broken(text: str, rand: Random) -> str:
    at = rand.randrange(len(text) + 1)
    return text[:at] + rand.choice(BROKEN_XML) + text[at:]


def _entities(text: str, rand: Random) -> str:
    at = text.find("?>") + 2 if "?>" in text else 0
    return text[:at] + ENTITIES + text[at:].replace(">", ">&c;", rand.choice((1, 3, 50)))


def _encoding(text: str, rand: Random) -> str:
    said = rand.choice(("utf-16", "gbk", "utf-7", "nonsense", "UCS-4"))
    return re.sub(r'(encoding|charset)="?[\w-]+"?', rf'\1="{said}"', text, count=1)


_EDITS: Sequence[Callable[[str, Random], str]] = (
    _tag_gone,
    _element_often,
    _tags_swapped,
    _number_changed,
    _reference_changed,
    _words_changed,
    _broken,
    _entities,
    _encoding,
)


def as_text(data: bytes, rand: Random) -> bytes:
    """A text file with its markup or its words edited."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    return edited(data.decode(encoding, "replace"), rand).encode(encoding, "replace")


def parts_of(data: bytes, rand: Random) -> bytes:
    """A zip whose members are gone, twice there, exchanged, renamed, or spoilt inside; packed again, so that a parser gets to see it."""
    try:
        held = zipfile.ZipFile(io.BytesIO(data))
        parts = [[entry.filename, held.read(entry)] for entry in held.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return flipped(data, rand)
    if not parts:
        return data
    one, other = rand.choice(parts), rand.choice(parts)
    match rand.choice(("gone", "twice", "exchanged", "renamed", "bytes", "cut", "xml", "xml", "xml", "xml")):
        case "gone":
            parts.remove(one)
        case "twice":
            parts.append([one[0], other[1]])
        case "exchanged":
            one[1], other[1] = other[1], one[1]
        case "renamed":
            one[0] = rand.choice(("", "/", "../" * 9 + "x", "xl/workbook.xml", "content.xml", "a" * 300, "xl\\workbook.xml"))
        case "bytes":
            one[1] = flipped(one[1], rand)
        case "cut":
            one[1] = cut(one[1], rand)
        case _:
            one[1] = edited(one[1].decode("utf-8", "replace"), rand).encode("utf-8", "replace")
    return _packed(parts)


def _packed(parts: Sequence[Sequence[str | bytes]]) -> bytes:
    """A zip of (name, content), names twice there and all."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(str(name))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.NameToInfo.pop(info.filename, None)  # or zipfile would warn of the second
            archive.writestr(info, content)
    return out.getvalue()


def cells(seed: Seed, rand: Random) -> bytes:
    """The roster with odd cells, lines and columns, built anew."""
    assert seed.build
    rows = [list(row) for row in ROSTER]
    numbers = (made_id(100), made_card(101), made_phone(102), f" {made_id(103)[:6]} {made_id(103)[6:]}", f"电话{made_phone(104)}")
    for _ in range(rand.choice((1, 3, 10))):
        row = rand.choice(rows)
        at = rand.randrange(len(row))
        match rand.randrange(6):
            case 0:
                row[at] = rand.choice((0.1 + 0.2, 1e300, -1e-300, 5.1e17, 45721.0, 1e15, 2.5e11))
            case 1:
                row[at] = rand.choice(numbers)
            case 2:
                rows.insert(rand.randrange(len(rows)), list(rand.choice(rows)))
            case 3:
                row.insert(at, rand.choice(WORDS))
            case 4:
                row.pop(at) if len(row) > 1 else row.append("")
            case _:
                row[at] = rand.choice(WORDS)
    try:
        return seed.build(rows)
    except (UnicodeEncodeError, ValueError, struct.error):  # what this container cannot hold
        return flipped(seed.data, rand)


def mutated(number: int, run: str, seeds: Sequence[Seed]) -> tuple[bytes, str, str]:
    """The bytes, the name and the way of one spoilt file; ``number`` and ``run`` alone decide it."""
    rand = Random(f"{run}:{number}")
    seed = rand.choice(seeds)
    ways: dict[str, Callable[[], bytes]] = {
        "flipped": lambda: flipped(seed.data, rand),
        "numbered": lambda: numbered(seed.data, rand),
        "cut": lambda: cut(seed.data, rand),
        "repeated": lambda: repeated(seed.data, rand),
        "joined": lambda: cut(seed.data, rand) + cut(rand.choice(seeds).data, rand),
    }
    if seed.data.startswith(b"PK"):
        ways |= dict.fromkeys(("parts", "parts ", "parts  "), lambda: parts_of(seed.data, rand))
    elif b"<" in seed.data[:100] or seed.file.endswith((".csv", ".txt")):
        ways |= dict.fromkeys(("markup", "markup "), lambda: as_text(seed.data, rand))
    if seed.build:
        ways |= dict.fromkeys(("cells", "cells "), lambda: cells(seed, rand))
    way = rand.choice(sorted(ways))
    return ways[way](), seed.file, f"{seed.name}, {way.strip()}"
