"""Birth dates, illnesses and home addresses described in words: personal data in free text beside numbers.

Source: docs/sources.md: personal-fields, leaks (出生日期, 病历, 身体缺陷, 门牌号). Narrow on purpose, since callers block a cell or warn:
a rule that names an age, a scheme that names an illness and the address of an office belong on a notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Description = Literal["birth", "health", "address"]

_NUMERAL = "[〇零一二三四五六七八九十]"
_DAY = (
    r"(?:(?:18|19|20)\d\d\s?[年./-]\s?[01]?\d(?:\s?[月./-]\s?(?:[0-3]?\d日?)?|(?!\d))|(?:18|19|20)\d\d[01]\d[0-3]\d(?!\d)|(?:18|19|20)\d\d年"
    rf"|[一二][〇零一二三四五六七八九]{{3}}年(?:{_NUMERAL}{{1,2}}月(?:{_NUMERAL}{{1,3}}日)?)?)"
)
# A rule of age (…以前出生的、…至…出生) is not about one person.
_RULE = r"(?!\s?(?:\(含\))?(?:以|之)?[前后]|\s?(?:\(含\))?[至到~—-])"
_BIRTHS = (
    re.compile(rf"(?:出生(?:日期|年月日?|时间)?|生日|(?<![发产])生于)[\s:为是在于,]{{0,3}}(?P<day>{_DAY}){_RULE}"),
    re.compile(
        rf"(?<![至到~—\d-])(?P<day>{_DAY})\s?(?:出生(?!的?(?:[^,。;]{{0,4}}(?:人员|村民|居民|儿童|公民|对象|婴|老人))|缺陷|证|人口|登记)|生(?=$|[\s,。;、)]))"
    ),
)

_ILLNESS = (
    r"(?:[胃肝肺肠食道管乳腺宫颈甲状直结膀胱胰鼻咽喉骨皮肤]{0,3}(?:癌症?|肿瘤)|白血病|尿毒症|血友病|艾滋病?|乙肝|丙肝|肝炎|肝硬化|肝腹水|糖尿病|高血压|冠心病|心脏病|心梗|脑梗塞?"
    r"|脑出血|脑瘤|脑瘫|中风|偏瘫|瘫痪|截肢|截瘫|癫痫|羊癫疯|抑郁症?|结核病?|尘肺病?|矽肺|肾衰竭?|肾病|透析|化疗|放疗|红斑狼疮|类风湿|帕金森|阿尔茨海默"
    r"|精神(?:疾?病|分裂症?|障碍|残疾)|智力(?:障碍|低下|残疾)|(?:肢体|视力|听力|言语|多重|重度|轻度)残疾(?:[一二三四1-4]级)?|残疾[一二三四1-4]级|[一二三四1-4]级残疾"
    r"|痴呆|弱智|聋哑人?|双目失明|(?:重大|严重|慢性|特殊|罕见)疾病|重病|大病|慢性病|患病|患有|因病|因残|(?<!发)生病(?!虫)|卧病|怀孕|孕期|孕妇|流产|精神病)"
)
# Behind or around these words it is a scheme, a service or an office, not a person's illness.
_SCHEME = (
    r"(?:人|患者|人员|病人)?等?(?:慢性病)?(?:健康)?(?:[\u4e00-\u9fff]{0,2}(?:防治|防控|防疫|预防|筛查|普查|监测|宣传|疫苗|检查|管理|随访|保险|救助|救治|补贴|补助|护理|津贴|医疗|报销"
    r"|保障|门诊|医院|专科|政策|项目|办法|规定|待遇|服务|帮扶|致贫|返贫|康复(?:中心|机构|训练|站))|病?院(?![内外]))"
)
_SOMEBODYS = f"(?:患有|(?:(?<=患)|(?<=查出)(?<!筛查出)|(?<=确诊为)|(?<=得了))){_ILLNESS}"  # 患癌症补助 says who has it
_HEALTH = re.compile(rf"{_SOMEBODYS}|{_ILLNESS}(?!{_SCHEME})")

_ROAD = r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|胡同|大道|道|里)(?:[东西南北中]段?|[一二三四五六七八九十]段)?"
_VILLAGE = r"[\u4e00-\u9fff]{1,6}(?:村|社区|小区|屯|寨|庄|新村|苑|花园|公寓)(?:第?[\d一二三四五六七八九十]{1,3}(?:村民小组|组|社|队))?"
_NOT_A_DOOR = r"(?!线|桥|公告|文|令|地块|宗地|机井|车|井|闸|泵|渠|塘|田|表|附件|店|门市)"
_DOOR = rf"\d{{1,4}}(?:-\d{{1,4}})?号{_NOT_A_DOOR}(?:附?\d{{1,3}}号|院)?"
_HOUSE = r"\d{1,3}(?:栋|幢|座|号楼|#楼?)"
_FLAT = (
    rf"{_HOUSE}(?:\s?[\d一二三四]{{1,2}}单元)?(?:\s?\d{{1,2}}[楼层])?\s?-?\d{{1,4}}(?:室|号|(?![\d户人套间]))"
    r"|\d{1,2}单元\s?\d{2,4}(?:室|户|号)?"
)
_ADDRESS = re.compile(rf"(?:{_ROAD}|{_VILLAGE})(?:{_DOOR}(?:\s?(?:{_FLAT}|\d{{2,4}}室))?|\s?(?:{_FLAT}))|{_FLAT}")
_OFFICE_BEFORE = re.compile(
    r"(?:(?:单位|办公|联系|通[信讯]|来访|受理|接访|监督|报名|服务|邮寄|公示)(?:地址|地点)[\s:为是在,]{0,3}|地[址点]:)[^,。;\n]{0,16}$"
)
_PERSON_BEFORE = re.compile(r"(?:家庭|居住|户籍|本人|住户|户口)(?:所在)?地[址点]?[\s:为是在,]{0,3}[^,。;\n]{0,16}$")
_OFFICE_AFTER = re.compile(r"[\s(,]{0,2}[^,。;\n]{0,12}(?:政府|委员会|村委|居委|大厅|中心|办公室|办公楼|局|所|站|信用社|银行|学校|卫生院)")

# What tells of an illness only where a person is named beside it: a scheme, a stay in hospital, a death.
_TREATED = re.compile(
    rf"(?:{_ILLNESS}|住院|出院|手术|看病|就医|治病|病[故逝重危人]|患者|残疾(?!人?联)|精神障碍|医[药疗]费|体检异常|精神病)"
    r"(?!院|联|协会|防治|宣传|随访|筛查|普查)"
)


def descriptions(text: str) -> Iterator[tuple[Description, int, int]]:
    """Yield class, start and end of each description of a person in a text in half-width letters. Two may overlap."""
    for pattern in _BIRTHS:
        yield from (("birth", *match.span("day")) for match in pattern.finditer(text))
    yield from (("health", *match.span()) for match in _HEALTH.finditer(text))
    for match in _ADDRESS.finditer(text):
        if not _is_office(text, match.start(), match.end()):
            yield "address", match.start(), match.end()


def treatments(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the words of a half-width text that tell an illness of a person who is named in it: 付李四住院慰问."""
    yield from (match.span() for match in _TREATED.finditer(text))


def _is_office(text: str, start: int, end: int) -> bool:
    """Return whether an address is that of an office: its label says so, or what follows names one."""
    before = text[max(start - 30, 0) : start + 1]
    if _PERSON_BEFORE.search(before):
        return False
    return bool(_OFFICE_BEFORE.search(before) or _OFFICE_AFTER.match(text, end))
