"""WordprocessingML reduced to what is visible on paper.

Elements and attributes of unlisted namespaces are removed: extensions record who wrote a paragraph and where it was saved. Source: ECMA-376
part 1, 17 (WordprocessingML) and part 3 (markup compatibility).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.dom import Node

_OOXML = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
_W, _R = f"{_OOXML}/wordprocessingml/2006/main", f"{_OOXML}/officeDocument/2006/relationships"
_A, _MC = f"{_OOXML}/drawingml/2006/main", f"{_OOXML}/markup-compatibility/2006"
_DRAWN = {
    f"{_OOXML}/drawingml/2006/picture",
    f"{_MICROSOFT}/wordprocessingShape",
    f"{_MICROSOFT}/wordprocessingGroup",
    f"{_MICROSOFT}/wordprocessingCanvas",
}
_VML = "urn:schemas-microsoft-com:vml"
_KNOWN = {
    _W, _R, _A, _MC, _VML, *_DRAWN, f"{_OOXML}/drawingml/2006/wordprocessingDrawing", f"{_OOXML}/officeDocument/2006/math",
    "urn:schemas-microsoft-com:office:office", "urn:schemas-microsoft-com:office:word", "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
}  # fmt: skip
_SHAPES = {"wps", "wpg", "wpc"}  # alternatives of a drawing that every program since 2010 supports
_GONE = {
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange",
    "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "bookmarkStart", "bookmarkEnd",
    "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
    "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "control", "altChunk", "subDoc", "contentPart", "delText", "delInstrText",
    "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "OLEObject", "hlinkClick", "hlinkHover", "extLst", "embedRegular", "embedBold",
    "embedItalic", "embedBoldItalic", "numPicBullet", "lvlPicBulletId", "movie", "objectEmbed", "objectLink", "dirtyWords",
}  # fmt: skip
_OPENED = {"ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink"}  # unwrapped: only their content stays
_SETTINGS = {
    "zoom", "defaultTabStop", "evenAndOddHeaders", "mirrorMargins", "characterSpacingControl", "footnotePr", "endnotePr", "compat",
    "themeFontLang", "clrSchemeMapping", "autoHyphenation", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
    "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "noLineBreaksAfter", "noLineBreaksBefore", "decimalSymbol",
    "listSeparator",
}  # fmt: skip
# The only fields that stay fields: number of pages, and page number.
_COUNT = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\\*\s*\w+)*\s*")
_HIDING = ("vanish", "hidden", "del")  # properties of a run or table row that hide it
_HIDES = {("rPr", "r"), ("trPr", "tr")}
_TEXT = (Node.TEXT_NODE, Node.CDATA_SECTION_NODE)
_OFF = ("0", "false", "off")
_SPOKEN = ("descr", "title", "alt", "href", "gfxdata")  # of a drawing: alternative text, and a copy for old programs


class Crop(NamedTuple):
    """How much of a picture's width and height is cropped at each edge, in hundred thousandths."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0


def is_letter(tree: Any) -> bool:
    """Return whether a part is a transitional WordprocessingML document; the strict form (ISO 29500) has other namespaces."""
    return bool(tree.documentElement.namespaceURI == _W)


def clean(tree: Any, name: str) -> list[str]:
    """Remove from a part, in place, all that is not visible on paper, and return the removed texts; ``name`` identifies the settings."""
    unseen = list[str]()
    if name.startswith("settings"):
        for child in _children(tree.documentElement):
            if child.localName not in _SETTINGS:
                _remove(child)
    if name.startswith("styles"):
        for mark in tree.getElementsByTagNameNS(_W, "vanish"):
            _remove(mark)  # text that a style hides becomes visible, and is scanned like any other
    _choose(tree, unseen)
    _hidden(tree, unseen)
    _fields(tree, unseen)
    _walk(tree.documentElement, unseen)
    return unseen


def paragraphs(tree: Any) -> Iterator[str]:
    """Return the text of each paragraph, runs joined; a text box within one is a paragraph of its own."""
    for paragraph in [*tree.getElementsByTagNameNS(_W, "p"), *tree.getElementsByTagNameNS(_A, "p")]:
        if text := "".join(_letters(paragraph)).strip():
            yield text


def pictures(tree: Any) -> list[tuple[Any, str, Crop]]:
    """Yield the elements that show a picture, each with its relationship id and crop."""
    found = [(blip, blip.getAttributeNS(_R, "embed"), _crop(blip)) for blip in tree.getElementsByTagNameNS(_A, "blip")]
    plain = [
        data
        for data in tree.getElementsByTagNameNS(_VML, "imagedata")
        if not any(name.startswith("crop") for name in dict(data.attributes))
    ]
    return found + [(data, data.getAttributeNS(_R, "id"), Crop()) for data in plain]


def references(tree: Any) -> list[tuple[Any, str]]:
    """Yield the elements that refer to a header or footer, each with its relationship id."""
    found = [*tree.getElementsByTagNameNS(_W, "headerReference"), *tree.getElementsByTagNameNS(_W, "footerReference")]
    return [(one, one.getAttributeNS(_R, "id")) for one in found]


def lead(element: Any, id: str) -> None:
    """Point an element to another relationship, or remove it if there is none."""
    if not id:
        _remove(element)
        return
    for name in ("embed", "link", "id", "pict", "href"):
        if element.hasAttributeNS(_R, name):
            element.removeAttributeNS(_R, name)
    element.setAttributeNS(_R, "r:embed" if element.localName == "blip" else "r:id", id)


def tidy(tree: Any) -> None:
    """Remove drawings without content, and every relationship attribute that was not replaced."""
    for drawing in list(tree.getElementsByTagNameNS(_W, "drawing")):
        drawn = [one for space in _DRAWN for one in drawing.getElementsByTagNameNS(space, "*")]
        blips = drawing.getElementsByTagNameNS(_A, "blip")
        framed = drawing.getElementsByTagNameNS(f"{_OOXML}/drawingml/2006/picture", "pic")
        if not drawn or (framed and not blips):
            _remove(drawing)
    for old in [*tree.getElementsByTagNameNS(_W, "pict"), *tree.getElementsByTagNameNS(_W, "object")]:
        if not old.getElementsByTagNameNS(_VML, "*"):
            _remove(old)
        elif old.localName == "object":
            tree.renameNode(old, _W, "w:pict")  # an embedded file is replaced by its picture
    root = tree.documentElement
    if not root.hasAttribute("xmlns:r"):
        root.setAttribute("xmlns:r", _R)


def _choose(tree: Any, unseen: list[str]) -> None:
    """Keep, of a drawing in two alternatives, the one that all programs support."""
    for either in list(tree.getElementsByTagNameNS(_MC, "AlternateContent")):
        if either.parentNode is None:
            continue
        choices = [one for one in _children(either) if one.localName == "Choice" and set(one.getAttribute("Requires").split()) <= _SHAPES]
        other = [one for one in _children(either) if one.localName == "Fallback"]
        for kept in (choices or other)[:1]:
            for child in list(kept.childNodes):
                either.parentNode.insertBefore(child, either)
        unseen.append("".join(_letters(either, inside=True)))
        _remove(either)


def _hidden(tree: Any, unseen: list[str]) -> None:
    """Remove runs and table rows that are hidden or deleted."""
    for mark in [mark for name in _HIDING for mark in tree.getElementsByTagNameNS(_W, name)]:
        properties = mark.parentNode
        owner = properties.parentNode if properties is not None else None
        if owner is None or mark.getAttributeNS(_W, "val") in _OFF or (properties.localName, owner.localName) not in _HIDES:
            continue
        unseen.append("".join(_letters(owner, inside=True)))
        _remove(owner)


def _fields(tree: Any, unseen: list[str]) -> None:
    """Replace each field by its current result, because its code may name a file, a person's address or a program. Page numbers stay
    fields.
    """
    for simple in list(tree.getElementsByTagNameNS(_W, "fldSimple")):
        if not _COUNT.fullmatch(simple.getAttributeNS(_W, "instr")):
            unseen.append(simple.getAttributeNS(_W, "instr"))
            _open(simple)
    open_fields: list[list[Any]] = []
    for mark in [one for one in _all(tree.documentElement) if one.namespaceURI == _W and one.localName in ("fldChar", "instrText")]:
        kind = mark.getAttributeNS(_W, "fldCharType") if mark.localName == "fldChar" else "code"
        if kind == "begin":
            open_fields.append([])
        for one in open_fields[-1:] or [[]]:
            one.append(mark)
        if kind == "end" and open_fields:
            _settle(open_fields.pop(), unseen)
    for rest in open_fields:
        _settle(rest, unseen)


def _settle(marks: list[Any], unseen: list[str]) -> None:
    code = "".join(_said(mark) for mark in marks if mark.localName == "instrText")
    if _COUNT.fullmatch(code):
        return
    unseen.append(code)
    for mark in marks:
        _remove(mark)


def _walk(element: Any, unseen: list[str]) -> None:
    """Clean an element and its descendants."""
    if element.namespaceURI not in _KNOWN or element.localName in _GONE:
        unseen.append("".join(_letters(element, inside=True)))
        _remove(element)
        return
    _attributes(element)
    for child in list(element.childNodes):
        if child.nodeType == Node.ELEMENT_NODE:
            _walk(child, unseen)
        elif child.nodeType not in _TEXT:
            element.removeChild(child)
    if element.namespaceURI == _W and element.localName in _OPENED:
        _open(element)


def _attributes(element: Any) -> None:
    for attribute in list(element.attributes.values()):
        space, local = attribute.namespaceURI, attribute.localName
        foreign = (space and space not in _KNOWN) or space == _MC
        declared = attribute.name.startswith("xmlns") and attribute.value not in _KNOWN
        if foreign or declared or local.startswith("rsid") or local in _SPOKEN:
            element.removeAttributeNode(attribute)
    if element.localName in ("docPr", "cNvPr") and element.hasAttribute("name"):
        element.setAttribute("name", element.localName)


def _letters(element: Any, *, inside: bool = False) -> Iterator[str]:
    """Return the text of a paragraph; with ``inside`` also that of nested paragraphs and deleted runs."""
    for child in element.childNodes:
        if child.nodeType != Node.ELEMENT_NODE:
            continue
        local = child.localName
        if local == "t" or (inside and local in ("delText", "instrText", "delInstrText")):
            yield _said(child)
        elif local in ("tab", "br", "cr"):
            yield " "
        elif local == "noBreakHyphen":
            yield "-"
        elif inside or local != "p":
            yield from _letters(child, inside=inside)


def _said(element: Any) -> str:
    return "".join(child.data for child in element.childNodes if child.nodeType in _TEXT)


def _crop(blip: Any) -> Crop:
    for beside in _children(blip.parentNode):
        if beside.localName == "srcRect":
            sides = (beside.getAttribute(side) for side in "ltrb")
            crop = Crop(*(min(max(int(side), 0), 99_000) if side.lstrip("-").isdigit() else 0 for side in sides))
            _remove(beside)
            return crop
    return Crop()


def _children(element: Any) -> list[Any]:
    return [child for child in element.childNodes if child.nodeType == Node.ELEMENT_NODE]


def _all(element: Any) -> Iterator[Any]:
    """Yield every descendant, in document order."""
    for child in _children(element):
        yield child
        yield from _all(child)


def _remove(element: Any) -> None:
    if element.parentNode is not None:
        element.parentNode.removeChild(element)


def _open(element: Any) -> None:
    """Replace an element by its children."""
    for child in list(element.childNodes):
        element.parentNode.insertBefore(child, element)
    _remove(element)
