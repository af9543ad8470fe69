"""The name of a row whose person may have agreed to be named, or may be an organisation: 泸县红十字会, 王*明, 不愿写名字的好心人."""

from __future__ import annotations

import re

from board.rules.kind import Column
from board.rules.personal.bodies import is_body
from board.rules.personal.name_masking import Display, shown
from board.rules.text_width import squeezed

ANONYMOUS = "不愿写名字的好心人"
AGREED = frozenset({"同意", "愿意", "是", "可以", "公开", "实名", "同意公开", "同意写名字", "愿意写名字"})
_NOBODY = re.compile(r".*(?:匿名|无名|不愿|不留名|不具名|未署名).*|(?:爱心|热心|好心)(?:人士?|市民|群众|村民)?")
_NOT_ASKED = frozenset({"没有问", "没问", "未问", "未询问"})


def row_name(column: Column, name: str, said: str, policy: Display, minor: bool) -> str:
    """Return a row's name as readers see it: of a column without ``consent`` as its policy shows it, else by what its person ``said``.

    Whoever refused, a body too, and whoever said anything that is no consent, is 不愿写名字的好心人. Who agreed, and a body, is named in
    full, and whoever was not asked is masked. Minors never are in full.
    """
    if not column.consent:
        return shown(name, policy, minor)
    answer = squeezed(said)
    if answer not in AGREED | _NOT_ASKED | {""} or _NOBODY.fullmatch(squeezed(name)):
        return ANONYMOUS
    return shown(name, "full" if answer in AGREED or is_body(name) else policy, minor)
