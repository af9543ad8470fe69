"""A Word file (.docx) rewritten from the parts that are visible on paper; every other part is dropped.

Dropped are comments, authors and times of changes, deleted and hidden text, document properties, embedded objects, custom data, external
links and the cropped edges of pictures. Source: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from board.attachments import digit_runs, docx_markup, picture
from board.attachments.limits import MOST_ENTRIES, MOST_UNPACKED, MOST_XML
from board.attachments.rewritten import Rewritten
from board.sheets.ooxml_parts import directory, pieces
from board.sheets.refusal import Refusal

_MAIN = "word/document.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Last word of a relationship's type -> content type of its part, and its name for a clerk ("": no text).
_KEPT = {
    "styles": (f"{_WORD}.styles+xml", ""),
    "numbering": (f"{_WORD}.numbering+xml", ""),
    "settings": (f"{_WORD}.settings+xml", ""),
    "fontTable": (f"{_WORD}.fontTable+xml", ""),
    "theme": ("application/vnd.openxmlformats-officedocument.theme+xml", ""),
    "header": (f"{_WORD}.header+xml", "页眉页脚"),
    "footer": (f"{_WORD}.footer+xml", "页眉页脚"),
    "footnotes": (f"{_WORD}.footnotes+xml", "脚注尾注"),
    "endnotes": (f"{_WORD}.endnotes+xml", "脚注尾注"),
}
_PLACES = (
    (re.compile(r"comments|people", re.I), "批注"),
    (re.compile(r"docProps/"), "文件属性"),
    (re.compile(r"embeddings/|activeX/|charts/|diagrams/"), "嵌入的对象"),
    (re.compile(r"customXml/|mailMerge|recipientData"), "附带的数据"),
    (re.compile(r"glossary/"), "文档部件"),
    (re.compile(r"\.rels$"), "链接"),
)
_PICTURES = ("JPEG", "PNG", "GIF", "BMP")
_DUMB = re.compile(r"\.(?:png|jpe?g|gif|[ew]mf|bmp|tiff?|svg|odttf|fntdata)$", re.I)


def rewritten(data: bytes) -> Rewritten:
    """Return a Word file with only what is visible on paper, and the texts kept and dropped. Raises Refusal."""
    letter = _Letter(_parts(data))
    try:
        served = letter.written()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        raise Refusal("damaged") from None
    return Rewritten(
        served, "docx", 0, letter.seen, [*letter.unseen, *letter.dropped()], left=letter.left, unread=list(range(1, len(letter.media) + 1))
    )


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts by name; the zip's directory is checked before anything is unpacked."""
    archive = directory(data, MOST_ENTRIES, MOST_UNPACKED)
    entries, names = archive.infolist(), set(archive.namelist())
    if _MAIN not in names:
        raise Refusal(_foreign(names))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("password")
    if any("vbaProject" in name for name in names):
        raise Refusal("macros")
    if any(entry.file_size > MOST_XML for entry in entries if entry.filename.endswith((".xml", ".rels"))):
        raise Refusal("bomb")
    try:
        return {entry.filename: archive.read(entry) for entry in entries if not entry.filename.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Refusal("damaged") from None


def _foreign(names: set[str]) -> str:
    """Return the refusal code for a zip that is no Word file."""
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "sheet"
    if "[Content_Types].xml" in names or "mimetype" in names:
        return "letter"
    return "not_taken"


def _parsed(data: bytes) -> Any:
    """Return a part as a DOM tree; one with entity definitions (an entity bomb) is refused unparsed."""
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Refusal("bomb")
        return minidom.parseString(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode())  # noqa: S318 - see above
    except (ValueError, ExpatError):
        raise Refusal("damaged") from None


@dataclass(frozen=True)
class _Relation:
    kind: str
    target: str  # "": outside the file


_NOWHERE = _Relation("", "")
_CALLED = ("header", "footer")  # parts that an element refers to; the others apply to the whole document


@dataclass
class _Letter:
    """A Word file being rewritten: its parts, and those of the new file."""

    parts: dict[str, bytes]
    seen: list[tuple[str, str]] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    media: dict[tuple[str, docx_markup.Crop], str] = field(default_factory=dict)
    out: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of the old part -> of the new one, relative to word/

    def written(self) -> bytes:
        """Return the new file: the document, and the kept parts that it refers to."""
        self._part(_MAIN, "document.xml", f"{_WORD}.document.main+xml", "正文")
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_entry("[Content_Types].xml"), self._types())
            archive.writestr(_entry("_rels/.rels"), _relations([("rId1", "officeDocument", _MAIN)]))
            for name, content in self.out.items():
                archive.writestr(_entry(f"word/{name}"), content)
        return held.getvalue()

    def dropped(self) -> Iterator[tuple[str, str]]:
        """Yield the texts of the parts that were dropped."""
        pictures = {target for target, _ in self.media}
        for name, content in self.parts.items():
            if name in self.names or name in pictures or _DUMB.search(name):
                continue
            where = next((word for pattern, word in _PLACES if pattern.search(name)), "文件的其他部分")
            if name.endswith((".xml", ".rels", ".vml")):
                yield from ((where, text) for text in pieces(content.decode("utf-8", "replace")))
            else:
                yield from ((where, text) for text in digit_runs.texts(content))

    def _part(self, name: str, new: str, type: str, where: str) -> None:
        """Write one part and those that it refers to."""
        self.names[name], self.types[f"/word/{new}"] = new, type
        tree, relations = _parsed(self.parts[name]), self._relations_of(name)
        if name == _MAIN and not docx_markup.is_letter(tree):
            raise Refusal("letter")
        self.unseen += ((f"{where or '样式'}里看不见的字", text) for text in docx_markup.clean(tree, new))
        kept = self._followed(tree, relations)
        if where:
            self.seen.append((where, "\n".join(docx_markup.paragraphs(tree))))
        content = _XML + tree.documentElement.toxml()
        self.left += (("文件的其他部分", text) for text in pieces(content))
        self.out[new] = content.encode()
        if kept:
            self.out[f"_rels/{new}.rels"] = _relations(kept)

    def _followed(self, tree: Any, relations: dict[str, _Relation]) -> list[tuple[str, str, str]]:
        """Return the kept relationships of a part as (id, kind, new name); references to dropped parts are removed from the tree."""
        kept: list[tuple[str, str, str]] = []

        def keep(kind: str, name: str) -> str:
            if name:
                kept.append((f"rId{len(kept) + 1}", kind, name))
            return kept[-1][0] if name else ""

        for shown, id, crop in docx_markup.pictures(tree):
            docx_markup.lead(shown, keep("image", self._picture(relations.get(id, _NOWHERE), crop)))
        for reference, id in docx_markup.references(tree):
            relation = relations.get(id, _NOWHERE)
            docx_markup.lead(reference, keep(relation.kind, self._other(relation) if relation.kind in _CALLED else ""))
        for relation in relations.values() if tree.documentElement.tagName == "w:document" else ():
            if relation.kind not in _CALLED:
                keep(relation.kind, self._other(relation))
        docx_markup.tidy(tree)
        return kept

    def _other(self, relation: _Relation) -> str:
        """Return the new name of a text or style part, written at its first reference; "" if such a part is not kept."""
        if relation.kind not in _KEPT or relation.target not in self.parts:
            return ""
        if relation.target not in self.names:
            type, where = _KEPT[relation.kind]
            self._part(relation.target, f"{relation.kind}{len(self.names)}.xml", type, where)
        return self.names[relation.target]

    def _picture(self, relation: _Relation, crop: docx_markup.Crop) -> str:
        """Return the new name of a picture, re-encoded; "" if its format is not supported."""
        target = relation.target
        if relation.kind != "image" or target not in self.parts:
            return ""
        if (target, crop) not in self.media:
            try:
                drawn, type = picture.drawn_anew(self.parts[target], _PICTURES, crop)
            except Refusal as refusal:
                if refusal.code == "large_picture":
                    raise
                return ""
            name = f"media/image{len(self.media) + 1}.{type}"
            self.media[target, crop], self.out[name] = name, drawn
        return self.media[target, crop]

    def _relations_of(self, name: str) -> dict[str, _Relation]:
        folder, _, last = name.rpartition("/")
        data = self.parts.get(f"{folder}/_rels/{last}.rels")
        if data is None:
            return {}
        found = {}
        for one in _parsed(data).getElementsByTagName("Relationship"):
            outside = one.getAttribute("TargetMode") == "External"
            path = one.getAttribute("Target")
            target = "" if outside else normpath(path.lstrip("/") if path.startswith("/") else f"{dirname(name)}/{path}")
            found[one.getAttribute("Id")] = _Relation(one.getAttribute("Type").rpartition("/")[2], target)
        return found

    def _types(self) -> str:
        known = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "jpeg": "image/jpeg", "png": "image/png"}
        defaults = "".join(f'<Default Extension="{ending}" ContentType="{type}"/>' for ending, type in known.items())
        overrides = "".join(f'<Override PartName="{name}" ContentType="{type}"/>' for name, type in self.types.items())
        return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(kept: list[tuple[str, str, str]]) -> bytes:
    lines = "".join(f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for id, kind, target in kept)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a zip member without time and system: the same file gives the same bytes."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
    return entry
