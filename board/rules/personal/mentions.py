"""Whether the words around a place in a text are about one person: by a name, by the number of a row, or as "he" and "your mother".

A name is a common surname with one or two letters, where a name may begin and end; words that only look like one are listed. All texts
are in half-width letters and of one sentence.
"""

from __future__ import annotations

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟颜倪严牛温季俞章鲁葛伍韦申尤"
    "毕聂焦柳邢路岳齐梅莫庄辛祝左涂谷祁舒耿牟卜詹苗凌费纪靳盛童欧甄游阳裴席屈鲍覃霍翁隋甘柏柯阮桂闵柴冉万向"
)
_NO_NAMES = (
    "白内|白血|毕业|常见|常年|常住|程度|程序|方案|方便|方法|方面|方式|费用|甘愿|高度|高额|高发|高龄|高位|高危|高血|高中|顾及|何人"
    "|何时|何种|洪涝|洪灾|黄疸|季度|纪委|江河|金额|金融|康复|康养|雷击|林地|林农|龙头|路段|路面|马上|毛病|梅毒|牛羊|齐全|钱款|范围|任何|任务|申报"
    "|申请|盛产|施工|施行|施治|石膏|史料|苏醒|孙女|孙子|汤药|田间|童工|童年|万[元亩户人一]|温饱|文[化件明书字体]|武装|席位|向[各全本该智精肢视听残涉接感患因困重贫农社村镇乡县市区民财有符]|谢绝|辛苦|许可|严格|严禁|严重|阳光|叶片"
    "|易地|易患|游客|于[今去前当本每其患因送实规法]|余额|余下|曾经|曾[患因有]|章程|周期|周岁|左右"
)
_LETTER = r"[^\W\d_a-zA-Z镇乡县市区村社街路桥]"  # 罗汉镇, 徐州市 are places
_GIVEN = rf"(?:{_LETTER}{{1,2}}|[*●×○某]{{1,2}}{_LETTER}?|{_LETTER}[*●×○某])"
_NAME = rf"(?!{_NO_NAMES})(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|夏侯|皇甫|令狐){_GIVEN}"
_BEGINS = (
    r"(?:^|(?<=[^\u4e00-\u9fff*●×○某])|(?<=村民|居民|户主|社员|学生|老人|同志|患者|病人|对象|妇女|其中|社区|慰问|看望|支付|探望|资助)"
    r"|(?<=[人家组社号户村为是给对由和与及向的付支补]))"
)
_ENDS = (
    r"(?=[\s,(:]|$|一?家|户|同志|本人|夫妇|夫妻|患|因|有|身患|身体|系|是|为|属|得|被|的|男|女|今年|现年|去年|前年|已|于|查|确诊|诊断|之"
    r"|长期|常年|多年|目前|住院|妻|丈夫|老伴|儿|父|母|生病|卧|瘫|怀孕|流产|残疾|[一二三四1-4]级|精神|智力|肢体|重病|大病|临时|救助|慰问|补"
    r"|领|申请|花|去世|死亡|看病|就医|治病|治疗|手术|出院|病[故逝重危]|[肺肝胃肠]?癌|脑|心脏|尿毒|白血|糖尿|高血压|医[药疗]费|丧葬|大额)"
)
_NAMED = re.compile(rf"{_BEGINS}{_NAME}(?:{_ENDS}|$)")
_NAMED_LAST = re.compile(rf"{_BEGINS}{_NAME}\s?[,(:的]?\s?$")
_NAMED_FIRST = re.compile(rf"\s?[的(,]?{_NAME}{_ENDS}")
_HOUSEHOLD_FIRST = re.compile(rf"\s?[的(,]?(?:{_NAME}(?:一?家|户主|住处)|家[中里]|户主|住户|一户人家)")
_ROW = re.compile(r"(?<![\d〕\])】〉])\d{1,4}号(?!文|令|公告|通知|线|楼|桥|宗|地块|机|井|台风|病|意见)")
_PRONOUN = re.compile(
    r"您|你|(?<!其)[他她](?!人)|[这该此本](?:户|家|人)|户主"
    r"|老伴|老婆|爱人|妻子|丈夫|老公|儿子|儿媳|女儿|女婿|父亲|母亲|爸|妈|爷爷|奶奶|公公|婆婆|孙子|孙女|哥|弟|姐|妹"
)
_OPEN = re.compile(r"如果|如有|如[您你]|若|假如|要是|凡|只要|是否|有无|没有|无|未|不属|应|须|需|可以|符合|对于|或者")
_CLASS_FIRST = re.compile(
    r"[^,。;:]{0,12}?(?:的(?:[,。;:]|$)|的?(?:困难|贫困|特困|农村|城乡|一般|普通|低保)?"
    r"(?:人员|群众|对象|家庭|居民|村民|农户|户(?!主)|学生|儿童|孩子|老人|老年人|职工|公民|者|条件|情况下))"
)


def named(before: str) -> bool:
    """Return whether what stands before names a person, or cites a row of a roster (17号)."""
    return bool(_NAMED.search(before) or _ROW.search(before))


def named_last(before: str) -> bool:
    """Return whether what stands before ends with a name: 张三(…"""
    return bool(_NAMED_LAST.search(before))


def named_first(after: str) -> bool:
    """Return whether what stands behind begins with a name: …的张三."""
    return bool(_NAMED_FIRST.match(after))


def household_first(after: str) -> bool:
    """Return whether the following text begins with a household: …王五家, …户主."""
    return bool(_HOUSEHOLD_FIRST.match(after))


def spoken_of(before: str) -> bool:
    """Return whether what stands before speaks of one person without a name: 您母亲, but not 您家如果."""
    return bool(_PRONOUN.search(before) and not _OPEN.search(before))


def of_a_class(after: str) -> bool:
    """Return whether the following text makes it a class of people: …的群众, …的, …家庭."""
    return bool(_CLASS_FIRST.match(after))
