"""The words by which sheets call a total, as data; a line that has none of them is still asked about where its figures add up."""

from __future__ import annotations

import re

# Anywhere in a label of at most ``LONGEST`` letters, with anything around them: 金额合计（大写）, 全村补助金额总额, 共计3户.
CONTAINED = ("合计", "总计", "共计", "总数", "总额", "总和", "总金额", "总共", "合共", "大写", "总合计")
# The whole label, without what stands in brackets and a colon. 全镇 is none: a row may be for the whole township.
WHOLE = (
    "计", "总", "共", "合", "总合", "总量", "汇总", "累计", "累计数", "合记", "和计", "总户数", "户数合计", "以上", "∑", "Σ",
    "total", "grandtotal", "sum", "sumtotal",
)  # fmt: skip
# In the place of a person's name these are asked about.
PERHAPS = ("全村", "全组", "全社", "全乡", "全部", "本页", "本表", "本村", "本组", "户数", "人数", "共有", "总人数")
PART = ("小计", "subtotal")  # of a subtotal
ABOVE = "以上"  # begins a label of a line with figures: 以上3户, 以上各项
LONGEST = 20

_ENDS = re.compile(r"\(.*?\)|\[.*?\]|[:：。.\-—=]+$")
_SENTENCE = re.compile(r"[。;,!?]")
# What may follow the word: 总计生 is a person.
_CALLED = re.compile(rf"(?:{'|'.join(CONTAINED)})(?:$|[^\u4e00-\u9fff]|人民币|金额|资金|数|额|元|户|人|大写|小写|[零壹贰叁肆伍陆柒捌玖拾])")


def named(label: str, *, measured: bool) -> str:
    """Return "total" or "subtotal" for a squeezed label that is called so, else ""; ``measured``: figures stand on its line."""
    if len(label) > LONGEST or _SENTENCE.search(label):
        return ""
    bare = _ENDS.sub("", label).casefold()
    if bare.endswith(PART):
        return "subtotal"
    if bare in WHOLE or _CALLED.search(label) or (measured and bare.startswith(ABOVE)):
        return "total"
    return ""


def ends_with_total(label: str) -> bool:
    """Return whether a text that may be an entry of its own (3月工资合计) ends as a total does."""
    return len(label) <= LONGEST and _ENDS.sub("", label).endswith(CONTAINED)
