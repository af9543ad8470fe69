"""What stands before a number, or above its column, and says whose number it is: an account, a phone, an ID number.

A number that its label names needs no check digit: passbooks of rural banks have none. The words are those of docs/sources.md:
personal-fields, leaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from board.rules.personal.identifiers import Number

_ACCOUNT = (
    r"卡号|[账帐]号|折子?号|卡折|存折|折子|一[卡折本]通|一卡\(?折\)?通|卡\(折\)|[账帐]\(卡\)号|[账帐]户(?!余额|结余|资金|管理)"
    r"|(?:银行|社保|惠农|储蓄|借记|信用|医保|民政|补贴|金融|本人)卡"
)
_BANK = r"银行|信用社|信合|农商行|农信社?|邮储|开户行?|(?<![\u4e00-\u9fff])卡"
_PHONE = r"(?:电话|手机|小灵通)(?!费|补)|联系方式|联系人|联系|致电|拨打|微信|热线|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile"
_ID = r"身份证|公民身份|身份号|证件号|残疾证|(?<![权许可营凭保单])证号|户口[本簿]"
# What may stand between a label and its number: a few words, and then whatever is no word, other numbers among it.
_FILLER = r"(?:号码?|码|编号|[是为系在:()]|本人|户主|机主|[男女]方)*"
_LABELS: tuple[tuple[Number, re.Pattern[str]], ...] = (
    ("id_number", re.compile(rf"(?:{_ID}){_FILLER}[^\u4e00-\u9fffA-Za-z]{{0,60}}$")),
    ("bank_card", re.compile(rf"(?:{_ACCOUNT}){_FILLER}[^\u4e00-\u9fffA-Za-z]{{0,60}}$")),
    ("phone", re.compile(r"(?:打|拨|呼)[\s:]{0,2}$")),
    ("phone", re.compile(rf"(?:{_PHONE})(?:{_FILLER}|[^\d,。;\n]{{0,6}})[^\u4e00-\u9fff]{{0,40}}$")),
)
_NEAR = 80

# Digits right behind their label: an account has eight or more where its label says 号, twelve behind 一卡通 and other words that amounts
# follow as well; an ID number ten, so that one with a digit too few is caught.
_MORE = r"(?:[\s\-·|]{0,3}[\dX])"
_FOURS = r"\d{4}(?:[\s\-·|]{1,3}\d{4}){3,4}(?:[\s\-·|]{1,3}\d{1,3})?"  # as it is embossed on a card
_NAMED: tuple[tuple[Number, re.Pattern[str]], ...] = (
    ("id_number", re.compile(rf"(?:{_ID}){_FILLER}[\s:]*(?P<number>\d{_MORE}{{9,24}})(?![\d,.])")),
    (
        "bank_card",
        re.compile(
            rf"(?:卡号|[账帐]号|折子?号|(?:[账帐]户|存折|卡折|[卡折本]通|卡)号码?)码?{_FILLER}[\s:]*(?P<number>\d{_MORE}{{7,30}})(?![\d,.])"
        ),
    ),
    ("bank_card", re.compile(rf"(?:{_ACCOUNT}|{_BANK}){_FILLER}[\s:,、]*(?P<number>\d{{12,32}}|{_FOURS})(?![\d,.])")),
)
_ANY = re.compile(r"[号卡折户证银信农邮].*\d{2}", re.DOTALL)
_DAY = re.compile(r"(?:19|20)\d\d[-./ ][01]?\d[-./ ][0-3]?\d")

# The class of a column by its header. Checked in this order.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "id_number",
        re.compile(
            r"身份证|证件号|证件代码|身份号|公民身份|公民号|残疾证|社保卡号|户口本|户口簿号|^id\W?(?:no\.?|number|card)?$|identity",
            re.IGNORECASE,
        ),
    ),
    (
        "bank_card",
        re.compile(
            r"卡号|[账帐]号|折子?号|存折|折子|卡折|一[卡折本]通|一卡折通|[账帐]户(?!余额|结余|收入|支出|资金|金额)|(?:代发|领款人?|收款人?|打款|金融|信合|银行|个人|本人)[账帐](?:#|$)|^[账帐]#?$"
            r"|(?:银行|社保|社会保障|惠农|储蓄|借记|民政|补贴|工资|医保|金融|本人)卡|^卡$|支付宝|[打收]款信息|^account$|account\W?(?:no|num)|card\W?no",
            re.IGNORECASE,
        ),
    ),
    (
        "phone",
        re.compile(r"电话|手机|联系方[式法]|联系号码|微信|小灵通|^座机$|^(?:tel|phone|mobile|qq)\W*(?:no\.?)?$", re.IGNORECASE),
    ),
    ("birth", re.compile(r"出生|(?<!发)生日(?!期)|生于|生辰|^(?:dob|birth\w*)$", re.IGNORECASE)),
    (
        "health",
        re.compile(
            r"残疾(?!人)|残疾人(类别|类型|等级|级别|情况)|伤残|致残|残情|病(?!虫|害|险)|孕|诊断|婚姻|健康(?!码|教育|扶贫|小屋)"
            r"|身体(状况|情况|条件)|体况|劳动能力|自理(能力|情况)|失能|失智|精神状况|致[贫困]原因|返贫原因|病因|节育|避孕|护理(等级|级别)|用药|既往史|伤情|身心|劳力(?:情况|状况)|丧失劳力|^(?:智力|精神|身体|残疾人)$|传染病|HIV"
        ),
    ),
)
# A column that ends like this holds money or a count, whatever it is paid for or through: 残疾补贴金额, 一卡通发放金额, 大病救助人数.
_FIGURES = re.compile(
    r"(?:金额|[资税奖]金|补贴款?|补助款?|救助[金款]|慰问[金款]|费用?|标准|面积|人数|户数|数量|余额|结余|收入|支出|小计|合计|总[额数计]|应发|实发|月数)$"
)
_REMARK = re.compile(r"(?:\([^()]*\)|\[[^\]]*\])+$")
_BRACKETS = re.compile(r"[()\[\]]")
# Above a column of long numbers that are nobody's: what counts households, papers or goods.
_CODE = re.compile(
    r"代码|编码|编号|序号|凭证|发票|合同|文号|票据|流水|批号|条码|图斑|地块|宗地|小班|坐标|经度|纬度"
    r"|权证|林权|产权|证书|工号|学号|车架|出厂"
)
_OF_BANKS = re.compile(r"银行|信用社|农信|信合|邮储|农商|卡|折|[账帐]|开户|户名|备注|活期|存款|打款|收款|代发")
_NUMBERED = re.compile(r"[卡账帐折证]号|手机号|电话号")
# What a column of illness says of people who are well.
_WELL = re.compile(r"(?:[无否0×/—\-]|健康|身体健康|良好|较好|正常|一般|没有|未患病|无(?:残疾|疾?病|重病|大病)|不是|非残疾)?")
_ILL = re.compile(r"残|病|健康|身体|失能|护理|诊断")


def label(before: str) -> Number | None:
    """Return the class of number that the words before a number announce, in half-width letters; None without a label."""
    near = before[-_NEAR:]
    found = ((match.start(), what) for what, pattern in _LABELS if (match := pattern.search(near)))
    return max(found, default=(0, None))[1]


def named(text: str) -> Iterator[tuple[Number, int, int]]:
    """Yield class, start and end of each number in a half-width text that its label names, whatever its digits are."""
    for what, pattern in _NAMED if _ANY.search(text) else ():
        for match in pattern.finditer(text):
            if not _DAY.match(match["number"]):
                yield what, *match.span("number")


def header_class(header: str) -> str:
    """Return why a column with that header, without white space, is private: id_number, bank_card, phone, birth, health; or ""."""
    remark = _REMARK.search(header)
    if _FIGURES.search(_REMARK.sub("", header)) and not (remark and _NUMBERED.search(remark[0])):
        return ""
    bare = _BRACKETS.sub("", header)  # 一卡(折)通
    return next((what for what, pattern in _HEADERS if pattern.search(header) or pattern.search(bare)), "")


def of_accounts(header: str) -> bool:
    """Return whether long numbers without a check digit below that header, without white space, are accounts: it speaks of a bank."""
    return not header or (bool(_OF_BANKS.search(header)) and not _CODE.search(header))


def of_illness(header: str) -> bool:
    """Return whether a private column of health is about illness or disability, not about marriage or work."""
    return bool(_ILL.search(header))


def tells_illness(cell: str) -> bool:
    """Return whether a cell of such a column, without white space, says something else than that its person is well."""
    return not _WELL.fullmatch(cell)
