"""The objects that a PDF is made of: every text that stands in them, and their stripping down to what is drawn with."""

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

OTHER, DRAWN = "文件的其他部分", ""  # what is drawn is read page by page (``pdftext``)
# The words for what hangs below a key, as a clerk knows it.
_PLACES = {
    "/Info": "文件属性", "/Metadata": "文件属性", "/Annots": "批注和链接", "/AcroForm": "表单", "/Outlines": "书签",
    "/EmbeddedFiles": "夹带的文件", "/EF": "夹带的文件", "/AF": "夹带的文件", "/JavaScript": "脚本和动作", "/AA": "脚本和动作",
    "/OpenAction": "脚本和动作", "/A": "脚本和动作", "/PieceInfo": "别的程序留下的数据", "/StructTreeRoot": "标签和替代文字",
    "/OCProperties": "图层", "/Resources": DRAWN,
}  # fmt: skip
# What draws nothing, wherever it stands below a page's resources: a broken file may lead from a font to its catalogue.
_NEEDLESS = {
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/EF", "/OPI", "/Ref", "/StructParent", "/StructParents", "/Thumb", "/AA", "/A",
    "/OC", "/ID", "/Measure", "/PtData", "/Properties", "/Parent", "/Alternates", "/Annots", "/Names", "/AcroForm", "/Outlines", "/Dests",
    "/OpenAction", "/JS", "/StructTreeRoot", "/OCProperties", "/Pages", "/Kids", "/Info", "/V", "/DV",
}  # fmt: skip
_FILTERS = {
    "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode",
    "/JPXDecode",
}  # fmt: skip
# Dictionaries whose keys are names that the page's author chose: a picture may be called /OC.
_NAMED = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/CharProcs", "/Colorants")
_SPOKEN = re.compile(rb"%|<<[^<>]*[(<][^>]*>>?\s*(?:BDC|DP)\b")  # a remark, or a mark with a text in its properties
_STRING = re.compile(rb"\(((?:[^()\\]|\\.){0,4000})\)", re.S)
_SILENT = {b"BDC": b"BMC", b"DP": b"MP"}  # marks with properties, and the same without


def objects(start: Any) -> Iterator[tuple[str, Any]]:
    """Every dictionary, list and string below an object, once each, with the word for where it is.

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
    """Every string of a PDF and the text of each stream that draws nothing, with the word for where it is."""
    for where, one in objects(reader.trailer):
        if where == DRAWN:
            continue
        if isinstance(one, TextStringObject | ByteStringObject):
            yield where, _string(one)
        elif isinstance(one, StreamObject) and not _draws(one):
            yield from ((where, text) for text in digit_runs.texts(_data(one)))


def left(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """What might still be told by a PDF that was written anew: strings outside its pages' text, and those in forms that no page draws."""
    for _, one in objects(reader.trailer):
        if isinstance(one, TextStringObject | ByteStringObject):
            yield OTHER, _string(one)
        elif isinstance(one, StreamObject) and held(one, "/Subtype") != "/Image" and "/Length1" not in one:
            yield OTHER, "\n".join(match[1].decode("latin-1") for match in _STRING.finditer(_data(one)))


def bare(resources: DictionaryObject) -> None:
    """Take out of a page's resources all that draws nothing, in place: also what a camera wrote into a photo. Raises Refusal."""
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
    """A page's drawing without remarks and without what is only spoken (ActualText)."""
    data = contents.get_data() if contents is not None else b""
    if contents is None or not _SPOKEN.search(data):
        return data
    silent = ContentStream(None, None)
    silent.operations = [
        (operands[:1], _SILENT[operator]) if operator in _SILENT else (operands, operator) for operands, operator in contents.operations
    ]
    return silent.get_data()


def held(one: DictionaryObject, key: str, default: Any = None) -> Any:
    """What a dictionary holds under a key, wherever in the file it stands; ``get`` would give the way there."""
    return one[key] if key in one else default  # noqa: SIM401 - see above


def _strip(stream: StreamObject) -> None:
    """Take a picture's notes and a form's spoken texts out of its stream."""
    filters = held(stream, "/Filter", ())
    coded = [filters] if isinstance(filters, str) else [one.get_object() for one in filters]
    if set(coded) - _FILTERS:
        raise Refusal("damaged")  # whatever is packed in a way that nobody knows is not looked at, and so not served
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
    """Whether a stream is a picture, a font or a drawing: what it shows is found where pages are read."""
    return held(stream, "/Subtype") in ("/Image", "/Form") or bool({"/Length1", "/Length2", "/PatternType", "/FunctionType"} & set(stream))


def _data(stream: StreamObject) -> bytes:
    try:
        return stream.get_data()
    except (PyPdfError, ValueError, KeyError, TypeError, zlib.error, NotImplementedError):
        return b""


def _string(one: TextStringObject | ByteStringObject) -> str:
    return str(one) if isinstance(one, TextStringObject) else "\n".join(numerals(bytes(one)))
