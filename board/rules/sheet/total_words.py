"""The words by which sheets call a total, as data; a line that has none of them is still asked about where its figures add up."""

from __future__ import annotations

import re
import unicodedata

from board.rules.sheet.capitals import amounts_in
from board.rules.surnames import whole_name
from board.rules.text_width import squeezed

# Anywhere in a label of at most ``LONGEST`` letters, with anything around them: 金额合计（大写）, 全村补助金额总额, 共计3户.
CONTAINED = ("合计", "总计", "共计", "总数", "总额", "总和", "总金额", "总共", "合共", "大写", "总合计")
# The whole label, without what stands in brackets and a colon. 全镇 is none: a row may be for the whole township.
WHOLE = (
    "计", "总", "共", "合", "总合", "总量", "汇总", "汇总数", "累计", "累计数", "合记", "和计", "总记", "总户数", "户数合计", "以上",
    "∑", "Σ", "ttl", "total", "totals", "grandtotal", "sum", "sumtotal",
)  # fmt: skip
# In the place of a person's name these are asked about, and what ``like_a_total`` says of it besides.
PERHAPS = (
    "全村", "全组", "全社", "全乡", "全部", "全额", "本页", "本表", "本村", "本组", "户数", "人数", "共有", "一共", "上列", "综合", "统计",
    "总体", "合什", "amount", "all",
)  # fmt: skip
PART = ("小计", "小记", "subtotal")  # of a subtotal
ABOVE = "以上"  # begins a label of a line with figures: 以上3户, 以上各项
LONGEST = 20

_ENDS = re.compile(r"\(.*?\)|\[.*?\]|[:：。.\-—=]+$")
_SENTENCE = re.compile(r"[。;,!?]")
# What may follow the word: 总计生 is a person.
_CALLED = re.compile(rf"(?:{'|'.join(CONTAINED)})(?:$|[^\u4e00-\u9fff]|人民币|金额|资金|数|额|元|户|人|大写|小写|[零壹贰叁肆伍陆柒捌玖拾])")
_OLD = str.maketrans("計總數額萬", "计总数额万")
_ORNAMENT = re.compile(r"[^\w∑]+|_+")  # what is left between the letters of 合.计 and Sub-total once it is squeezed
# 三户合, 计3户, 共三户, 应发总, 本页计; 计小红, 何计 and 共和 are people.
_COUNTED = re.compile(r"(?:[共计合]*计?)(?:\d+|[一二两三四五六七八九十百千零壹贰叁肆伍陆柒捌玖拾佰仟]+)(?:户|人|笔|项|家)[合共计总]?")
_AMOUNT = re.compile(r"(?:人民币)?(?:\d+|[零壹贰叁肆伍陆柒捌玖拾佰仟万]+)元整?")
_COUNTING = re.compile(r"总|.计|累计|^共(?:计|有)|^[全本][村组社乡镇县表页项次期月年]|^[Σ∑σ]|total|ttl|^sum", re.IGNORECASE)


# Few names and entries have one of these letters; the others are no total, and are not looked at further: a roster has 100,000.
_HINT = re.compile("[计計总總共合全本累户人笔项家元额額数數统体综上列什写記记結结∑Σσ]|[A-Za-zＡ-Ｚａ-ｚ]")


def plain(label: str) -> str:
    """Return a label in the letters that ``named`` reads: without blanks, of half width, today's letters for 計 and 總."""
    return unicodedata.normalize("NFKC", squeezed(label)).translate(_OLD)


def named(label: str, *, measured: bool) -> str:
    """Return "total" or "subtotal" for a ``plain`` label that is called so, else ""; ``measured``: figures stand on its line."""
    if len(label) > LONGEST or _SENTENCE.search(label.rstrip("!。")):
        return ""
    bare = _ORNAMENT.sub("", _ENDS.sub("", label)).casefold()
    if bare.endswith(PART):
        return "subtotal"
    if bare in WHOLE or _CALLED.search(label) or _CALLED.fullmatch(bare) or (measured and bare.startswith(ABOVE)):
        return "total"
    return ""


def like_a_total(name: str) -> bool:
    """Return whether what stands in the place of a person's name may be a total, so that its clerk is asked: 本页计, 3户, 叁佰元整."""
    if not _HINT.search(name):
        return False
    bare = _ORNAMENT.sub("", plain(name)).casefold()
    if not bare or len(bare) > LONGEST:
        return False
    person = len(bare) == 2 and whole_name(bare)
    return bare in PERHAPS or bool(_COUNTED.fullmatch(bare) or not person and _COUNTING.search(bare) or amounts_in(bare))


def is_only_a_total(text: str) -> bool:
    """Return whether a text is a total's word and no more (合计, 全村, 共三项, 捌佰零壹元), where an entry or a project would be named."""
    if not _HINT.search(text):
        return False
    label = plain(text)
    bare = _ORNAMENT.sub("", label).casefold()
    return (
        bool(named(label, measured=True)) or bare in PERHAPS or bare == "小结" or bool(_COUNTED.fullmatch(bare) or _AMOUNT.fullmatch(bare))
    )


def ends_with_total(text: str) -> bool:
    """Return whether a text that may be an entry of its own (3月工资合计) ends as a total does."""
    if not _HINT.search(text):
        return False
    label = plain(text)
    return len(label) <= LONGEST and _ENDS.sub("", label).endswith(CONTAINED)
