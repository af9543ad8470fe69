"""An attachment of a notice: the rewritten file, what was found in it, and what its clerk and its reviewer have to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, get_args

from board.rules.bilingual import Words
from board.rules.personal import named_texts
from board.rules.personal.detection import NUMBERS, WHAT_WORDS
from board.rules.personal.free_text import descriptions_in

Type = Literal["pdf", "jpeg", "png", "docx"]
TYPES: tuple[Type, ...] = get_args(Type)
EXTENSIONS: Mapping[str, str] = {"pdf": "pdf", "jpeg": "jpg", "png": "png", "docx": "docx"}
MIME: Mapping[str, str] = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
UNREAD, TOLD = "attachment_unread", "attachment_words"
OWN_NAME = "文件名"  # where: the name of the uploaded file, which is read and never kept
NAME = "name"  # among what is found: somebody on a roster, or beside a word of need


@dataclass(frozen=True)
class Attachment:
    """A file rewritten so that it holds only what its reader sees.

    ``found`` is what its reader sees, ``removed`` what was hidden and is gone, each as ``{"where", "what", "count"}``. ``unread`` are the
    pages of a PDF (from 1) or the pictures of a Word file that cannot be read by machine; a picture is one page. ``pages`` is 0 where
    only a word processor could say. ``data`` is empty where ``blocked``. ``said`` are its texts as (where, text), which are held against
    the rosters and never stored.
    """

    data: bytes
    type: Type
    pages: int
    found: Sequence[Mapping[str, Any]] = ()
    removed: Sequence[Mapping[str, Any]] = ()
    unread: Sequence[int] = ()
    said: Sequence[Sequence[str]] = field(default=(), repr=False)

    @property
    def numbers(self) -> list[Mapping[str, Any]]:
        """The personal numbers that its readers would see, counted."""
        return [one for one in self.found if one["what"] in NUMBERS]

    @property
    def stopped(self) -> list[Mapping[str, Any]]:
        """The personal numbers that would have been public but for us. The file's own name never is, whatever stands in it."""
        return [*self.numbers, *(one for one in self.removed if one["where"] != OWN_NAME)]

    @property
    def blocked(self) -> bool:
        """Whether a personal number is in it, so that it cannot be public."""
        return bool(self.numbers)


class Kept(Protocol):
    """The columns of a stored attachment that this module reads."""

    no: int
    title: str
    type: str
    unread: Sequence[int]
    found: Sequence[Mapping[str, Any]]


T = TypeVar("T", bound=Kept)


def served_name(number: str, no: int, type: str) -> str:
    """Return the name under which a file is served: 123456789-1.pdf. The file's own name may hold personal data."""
    return f"{number}-{no}.{EXTENSIONS[type]}"


def warnings(files: Sequence[Kept]) -> list[dict[str, Any]]:
    """Return the warnings about the files of a notice for its reviewer, in the form of ``Proposal.warnings``."""
    unread = [_warning(UNREAD, file, _unread(file)) for file in files if file.unread]
    told = [_warning(TOLD, file, words) for file in files if (words := _described(file))]
    return unread + told + [_warning(named_texts.CODE, file, _naming(file)) for file in named(files)]


def named(files: Iterable[T]) -> list[T]:
    """Return the files with names of people in them, which no program can mask there."""
    return [file for file in files if any(one["what"] == NAME for one in file.found)]


def _naming(file: Kept) -> Words:
    where = [(one["where"], one["count"]) for one in file.found if one["what"] == NAME]
    zh = "、".join(f"{place} {count} 个" for place, count in where)
    return Words(
        f"里面写着人名（{zh}），公开出去人人都看得到。不该写全名的，请在原来的文件里改好再传；该写的，写明理由",
        f"it says names in full ({sum(count for _place, count in where)}), for anybody to read. Mask them in the file and upload it again,"
        " or say why they may stand",
    )


def _warning(code: str, file: Kept, words: Words) -> dict[str, Any]:
    name = Words(f"附件 {file.no}《{file.title}》", f"Attachment {file.no}, “{file.title}”")
    return {"row": 0, "column": name.zh, "code": code, "zh": f"{name.zh}：{words.zh}。", "en": f"{name.en}: {words.en}."}


def _unread(file: Kept) -> Words:
    zh, en = _listed(file.unread, "、"), _listed(file.unread, ", ")
    in_pdf = Words(f"第 {zh} 页有图片或画出来的字，机器读不了", f"page {en} has pictures or drawn letters")
    in_word = Words("文档里有图片，机器读不了图片里的字", "there are pictures in it")
    where = {"pdf": in_pdf, "docx": in_word}.get(file.type, Words("机器读不了图片里的字", "it is a picture"))
    look = Words(
        f"{where.zh}，请自己看一遍：有没有身份证号、银行卡号、电话",
        f"{where.en}, which no machine can read. Look yourself for ID numbers, bank cards and telephone numbers",
    )
    if file.type not in ("pdf", "docx"):
        return look
    return Words(f"{look.zh}。只用色块盖住的不算，底下的还在", f"{look.en}. What is only covered with a patch of colour is still there")


def _listed(pages: Sequence[int], comma: str) -> str:
    """Return pages in a row, the first ten of them: 1、2、3."""
    return comma.join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")


def _described(file: Kept) -> Words | None:
    """Return the descriptions of persons in a file and in its title, in words; None where there are none."""
    inside = [(one["where"], one["what"]) for one in file.found if one["what"] not in (*NUMBERS, NAME)]
    titled = [("名字", one.what) for one in descriptions_in(file.title, "title")]
    if not inside and not titled:
        return None
    zh = "、".join(dict.fromkeys(f"{where}有{WHAT_WORDS[what].zh}" for where, what in [*titled, *inside]))
    en = ", ".join(dict.fromkeys(WHAT_WORDS[what].en for _where, what in [*titled, *inside]))
    return Words(
        f"像是写着某个人的情况（{zh}）。请打开核对；说的是单位、政策或办法的，写明即可",
        f"it seems to tell {en} of somebody. Open it and look; if it is about an office or a rule, say so",
    )
