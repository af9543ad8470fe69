"""Whether a cell names a body, such as a company or an office, and surely no person: in doubt it does not, and what it says is masked."""

from __future__ import annotations

import re

from board.rules.surnames import whole_name
from board.rules.text_width import squeezed

# The words with which the names of bodies end.
_ENDS = [
    "家庭农场",
    "养殖场",
    "加油站",
    "农场",
    "林场",
    "茶场",
    "果园",
    "种植园",
    "基地",
    "工厂",
    "企业",
    "经营部",
    "门市部",
    "商行",
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "公司",
    "集团",
    "股份经济合作社",
    "经济合作社",
    "专业合作社",
    "合作联社",
    "合作社",
    "联合社",
    "供销社",
    "信用社",
    "基金会",
    "协会",
    "学会",
    "商会",
    "红十字会",
    "慈善总会",
    "慈善会",
    "联合会",
    "银行",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "卫生院",
    "卫生室",
    "村民委员会",
    "居民委员会",
    "村委会",
    "居委会",
    "委员会",
    "村民小组",
    "政府",
    "办公室",
    "党支部",
    "党委",
    "工会",
    "服务中心",
    "服务站",
    "集体经济组织",
    "经济组织",
    "集体经济",
    "管理局",
    "农业农村局",
    "财政局",
    "民政局",
    "乡村振兴局",
    "应急管理局",
    "自然资源局",
]
_NAMED = re.compile(rf"(.{{2,}}?)(?:{'|'.join(sorted(_ENDS, key=len, reverse=True))})")
_BRACKET = re.compile(r"([^()]+)\(([^()]+)\)")
_REMARK = re.compile(r"\((?:演示|有限合伙|普通合伙|特殊普通合伙|个人独资|本级|集团)\)$")  # says nothing of whom
_FOR_SOMEBODY = re.compile(r"代表|法人|负责人|委托|联系人|经手|转交")


def is_body(text: str) -> bool:
    """Return whether a text names a body alone: it ends as one, what stands before is no person's name, and nobody is named beside it.

    张建国家庭农场 is called by its owner's name and so is none, nor is 兴旺公司（法人张建国）, 张建国代表兴旺公司 or 兴旺公司和张建国.
    """
    bare = _REMARK.sub("", squeezed(text))
    if in_brackets := _BRACKET.fullmatch(bare):
        return all(is_body(one) for one in in_brackets.groups())
    found = _NAMED.fullmatch(bare)
    if not found or len(squeezed(text)) != len(text.strip()) or _FOR_SOMEBODY.search(bare) or whole_name(bare):
        return False
    parts = re.split("[和与及、()]", found[1])
    return not any(whole_name(one) or (part := _NAMED.fullmatch(one)) and whole_name(part[1]) for one in parts)
