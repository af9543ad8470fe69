"""The objects of a PDF: every text in them, and their reduction to what drawing needs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from board.attachments import digit_runs
from board.attachments.image_metadata import bare_jpeg, bare_jpeg2000
from board.attachments.limits import MOST_OBJECTS, MOST_UNPACKED
from board.sheets.biff import numerals
from board.sheets.refusal import Refusal

OTHER, DRAWN = "文件的其他部分", ""  # page contents are read page by page (``pdf_text``)
# The name for a clerk of what a key holds.
_PLACES = {
    "/Info": "文件属性", "/Metadata": "文件属性", "/Annots": "批注和链接", "/AcroForm": "表单", "/Outlines": "书签",
    "/EmbeddedFiles": "夹带的文件", "/EF": "夹带的文件", "/AF": "夹带的文件", "/JavaScript": "脚本和动作", "/AA": "脚本和动作",
    "/OpenAction": "脚本和动作", "/A": "脚本和动作", "/PieceInfo": "别的程序留下的数据", "/StructTreeRoot": "标签和替代文字",
    "/OCProperties": "图层", "/Resources": DRAWN,
}  # fmt: skip
# Keys that drawing does not need, at any depth of a page's resources: a broken file may lead from a font to its catalogue.
_NEEDLESS = {
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/OPI", "/Ref", "/StructParent", "/StructParents", "/Thumb", "/AA", "/A",
    "/OC", "/ID", "/Measure", "/PtData", "/Properties", "/Parent", "/Alternates", "/Annots", "/Names", "/AcroForm", "/Outlines", "/Dests",
    "/OpenAction", "/JS", "/StructTreeRoot", "/OCProperties", "/Pages", "/Kids", "/Info", "/V", "/DV",
}  # fmt: skip
_FILTERS = {
    "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode",
    "/JPXDecode",
}  # fmt: skip
# Dictionaries with arbitrary keys: a picture may be named /OC.
_NAMED = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs", "/Colorants")
_SPOKEN = re.compile(rb"%|<<[^<>]*[(<][^>]*>>?\s*(?:BDC|DP)\b")  # a comment, or marked content with a text in its properties
_STRING = re.compile(rb"\(((?:[^()\\]|\\.){0,4000})\)", re.S)
_SILENT = {b"BDC": b"BMC", b"DP": b"MP"}  # marked content with properties -> without


def objects(start: Any) -> Iterator[tuple[str, Any]]:
    """Yield every dictionary, list and string below an object, once each, with its place for a clerk.

    Raises Refusal when there are too many.
    """
    waiting, seen = [(OTHER, start)], set[tuple[int, int]]()
    count = 0
    while waiting:
        where, one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        count += 1
        if count > 40 * MOST_OBJECTS or len(seen) > MOST_OBJECTS:
            raise Refusal("bomb")
        yield where, one
        if isinstance(one, DictionaryObject):
            own = {"/Contents": DRAWN} if held(one, "/Type") == "/Page" else {}
            waiting += ((own.get(key, _PLACES.get(key, where)), one.raw_get(key)) for key in one if key != "/Parent")
        elif isinstance(one, ArrayObject):
            waiting += ((where, item) for item in list.__iter__(one))


def texts(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Yield every string of a PDF and the text of each stream that is not drawn, with its place for a clerk."""
    for where, one in objects(reader.trailer):
        if where == DRAWN:
            continue
        if isinstance(one, TextStringObject | ByteStringObject):
            yield where, _string(one)
        elif isinstance(one, StreamObject) and not _draws(one):
            yield from ((where, text) for text in digit_runs.texts(_data(one)))


def left(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """Yield texts that may remain in a rewritten PDF: strings outside its pages' text, and those in forms that no page draws."""
    for _, one in objects(reader.trailer):
        if isinstance(one, TextStringObject | ByteStringObject):
            yield OTHER, _string(one)
        elif isinstance(one, StreamObject) and held(one, "/Subtype") != "/Image" and "/Length1" not in one:
            yield OTHER, "\n".join(match[1].decode("latin-1") for match in _STRING.finditer(_data(one)))


def bare(resources: DictionaryObject) -> None:
    """Remove from a page's resources, in place, all that drawing does not need, including photo metadata. Raises Refusal."""
    for key in set(resources) - {*_NAMED, "/ProcSet"}:
        del resources[key]
    named = set[int]()
    for _, one in objects(resources):
        if isinstance(one, DictionaryObject):
            named |= {id(one[key]) for key in _NAMED if key in one}
            for key in _NEEDLESS & set(one) if id(one) not in named else ():
                del one[key]
        if isinstance(one, StreamObject):
            _strip(one)


def plain(contents: ContentStream | None) -> bytes:
    """Return a page's contents without comments and ActualText."""
    data = contents.get_data() if contents is not None else b""
    if contents is None or not _SPOKEN.search(data):
        return data
    silent = ContentStream(None, None)
    silent.operations = [
        (operands[:1], _SILENT[operator]) if operator in _SILENT else (operands, operator) for operands, operator in contents.operations
    ]
    return silent.get_data()


def held(one: DictionaryObject, key: str, default: Any = None) -> Any:
    """Return the value of a dictionary's key, resolved (``get`` would return the indirect reference)."""
    return one[key] if key in one else default  # noqa: SIM401 - see above


def _strip(stream: StreamObject) -> None:
    """Remove a picture's metadata and a form's ActualText from its stream."""
    filters = held(stream, "/Filter", ())
    coded = [filters] if isinstance(filters, str) else [one.get_object() for one in filters]
    if set(coded) - _FILTERS:
        raise Refusal("damaged")  # a stream with an unknown filter cannot be scanned, so it is not served
    if coded == ["/FlateDecode", "/DCTDecode"]:
        stream._data = zlib.decompressobj().decompress(stream._data, MOST_UNPACKED)
        stream[NameObject("/Filter")] = NameObject("/DCTDecode")
        stream.pop("/DecodeParms", None)
    if coded[-1:] == ["/DCTDecode"] or (not coded and stream._data.startswith(b"\xff\xd8\xff")):
        stream._data = bare_jpeg(stream._data)
    elif coded == ["/JPXDecode"]:
        stream._data = bare_jpeg2000(stream._data)
    elif held(stream, "/Subtype") == "/Form" and _SPOKEN.search(_data(stream)):
        stream.set_data(plain(ContentStream(stream, None)))


def _draws(stream: StreamObject) -> bool:
    """Return whether a stream is a picture, a font or a form: its content is scanned where pages are read."""
    return held(stream, "/Subtype") in ("/Image", "/Form") or bool({"/Length1", "/Length2", "/PatternType", "/FunctionType"} & set(stream))


def _data(stream: StreamObject) -> bytes:
    try:
        return stream.get_data()
    except (PyPdfError, ValueError, KeyError, TypeError, zlib.error, NotImplementedError):
        return b""


def _string(one: TextStringObject | ByteStringObject) -> str:
    return str(one) if isinstance(one, TextStringObject) else "\n".join(numerals(bytes(one)))
