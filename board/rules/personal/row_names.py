"""The name of a row whose person may have agreed to be named, or may be an organisation: 泸县红十字会, 王*明, 不愿写名字的好心人."""

from __future__ import annotations

import re

from board.rules.kind import Column
from board.rules.personal.name_masking import Display, shown
from board.rules.surnames import whole_name
from board.rules.text_width import squeezed

ANONYMOUS = "不愿写名字的好心人"
AGREED = frozenset({"同意", "愿意", "是", "可以", "公开", "实名", "同意公开", "同意写名字", "愿意写名字"})
REFUSED = frozenset({"不同意", "不愿意", "不愿", "否", "不可以", "不公开", "匿名", "不同意公开", "不愿写名字", "不写名字"})
_NOBODY = re.compile(r".*(?:匿名|无名|不愿|不留名|不具名|未署名).*|(?:爱心|热心|好心)(?:人士?|市民|群众|村民)?")
# What is no person has the word of an organisation at its end, and more letters than a name.
_ORGANISATION = re.compile(
    r".{2,}(?:公司|集团|合作社|合作联社|家庭农场|专业户联合会|基金会|协会|学会|商会|红十字会|慈善会|慈善总会|委员会|银行|信用社|联社|学校|小学|中学|医院"
    r"|卫生院|工厂|政府|办公室|党支部|党委|工会|服务中心|服务站|局)(?:[(\uff08].*[)\uff09])?"
)


def is_organisation(name: str) -> bool:
    """Return whether a name is that of a company, an association or an office, and surely of no person."""
    bare = squeezed(name)
    return bool(_ORGANISATION.fullmatch(bare)) and not whole_name(bare)


def row_name(column: Column, name: str, said: str, policy: Display, minor: bool) -> str:
    """Return a row's name as readers see it: of a column without ``consent`` as its policy shows it, else by what its person ``said``.

    An organisation is named. Of persons, who agreed is named in full, who did not agree is 不愿写名字的好心人, and whoever was not asked
    is masked; minors never are in full.
    """
    if not column.consent:
        return shown(name, policy, minor)
    if is_organisation(name):
        return name
    if squeezed(said) in REFUSED or _NOBODY.fullmatch(squeezed(name)):
        return ANONYMOUS
    return shown(name, "full" if squeezed(said) in AGREED else policy, minor)
