"""The description of our JSON interface (OpenAPI 3.1) as data; the tests check the responses against it."""

from __future__ import annotations

from typing import Any

from board.rules.bilingual import Language, Words
from board.rules.digest import ALGORITHMS

Tree = dict[str, Any]


def _text(zh: str, en: str, **more: Any) -> Tree:
    return {"type": "string", "description": Words(zh, en), **more}


def _object(**members: Any) -> Tree:
    """Return an object with exactly these members; those in ``may`` need not be there."""
    may = members.pop("may", {})
    return {"type": "object", "required": list(members), "properties": {**members, **may}, "additionalProperties": False}


def _list(of: Tree) -> Tree:
    return {"type": "array", "items": of}


def _schema(name: str) -> Tree:
    return {"$ref": f"#/components/schemas/{name}"}


_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}
_CODE = _text("区划代码", "Area code", pattern="^[0-9]{12}$")
_NUMBER = _text("公示的编号", "The notice's printed number", pattern="^[0-9]{9}$")
_ADDRESS = {"type": "string", "format": "uri"}
_FIGURES = {
    "type": "object",
    "description": Words(
        "列 → 精确小数（文字），单位是元、亩（宅基地是平方米）",
        "Column → exact decimal as text, in yuan and mu (homesteads: square metres)",
    ),
    "additionalProperties": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}
_NAMED = _object(id={"type": "string"}, name={"type": "string"})
_PLACE = _object(code=_CODE, name={"type": "string"})
_DEMONSTRATION = {"type": "boolean", "description": Words("演示数据，不是真的", "Of a demonstration: nothing of it is real")}
_TERMS = _text("使用条件", "Terms of use")

_ROW = _object(
    place=_CODE,
    no={"type": "integer", "minimum": 1, "description": Words("本地方名单上的号", "Its number on that place's list")},
    group={"type": "string"},
    name=_text("户主，按网上公开的写法，比如张*三", "Household head as shown on the web, such as 张*三"),
    values={
        "type": "object",
        "description": Words("列 → 文字；数字是精确小数", "Column → text; figures are exact decimals"),
        "additionalProperties": {"type": "string"},
    },
)
_ROWS = {
    "oneOf": [
        _object(shown={"const": True}, until=_DAY, list=_list(_schema("Row"))),
        _object(shown={"const": False}, until={"type": ["string", "null"], "format": "date"}, because={"type": "string"}),
    ],
    "description": Words(
        "名单公开的时候有 list；收起以后说明为什么、到哪天为止",
        "While the rows are shown they stand in list; afterwards it says why not, and until when they were",
    ),
}
_ADDRESSES = _object(page=_ADDRESS, json=_ADDRESS, may={"csv": _ADDRESS, "sheet": _ADDRESS, "text": _ADDRESS})
_COUNTED = {**_COUNT, "type": ["integer", "null"], "description": Words("行数；人数少、网上不写的是 null", "Rows; null where withheld")}
_WITHHELD = {
    "type": ["string", "null"],
    "description": Words("人数少、网上不写的，这里写明；别的是 null", "Why rows and totals are withheld, where people are few; else null"),
}
_SHARE = _object(code=_CODE, name={"type": "string"}, row_count=_COUNTED, withheld=_WITHHELD, totals=_FIGURES, addresses=_ADDRESSES)
_NOTICE: Tree = {
    "demonstration": _DEMONSTRATION,
    "number": _NUMBER,
    "version": {"type": "integer", "minimum": 1},
    "title": {"type": "string"},
    "kind": _NAMED,
    "publisher": _PLACE,
    "sentence": _text("一句话说清楚", "The plain sentence that sums it up"),
    "period": _object(starts=_DAY, ends=_DAY),
    "formed_on": _DAY,
    "posted_at": {"type": "string", "format": "date-time"},
    "rows_until": {"type": ["string", "null"], "format": "date", "description": Words("名单在网上公开到哪天", "The last day of its rows")},
    "made_up": {"type": "boolean", "description": Words("人物是虚构的", "Its people are invented")},
    "facts": _list(_object(id={"type": "string"}, label={"type": "string"}, value={"type": "string"}, text={"type": "string"})),
    "columns": _list(_object(id={"type": "string"}, label={"type": "string"}, type={"type": "string"}, unit={"type": "string"})),
    "row_count": _COUNTED,
    "withheld": _WITHHELD,
    "totals": _FIGURES,
    "series": _list(
        _object(
            number={"type": "string"},
            kind={"type": "string"},
            stage={"type": "string"},
            title={"type": ["string", "null"]},
            posted_on={"type": "string", "format": "date"},
            withdrawn={"type": "boolean"},
            this={"type": "boolean"},
        )
    ),
    "digest": _text("防改码", "The digest of what was approved", pattern="^[0-9a-f]{64}$"),
    "digest_algorithm": {"enum": [*ALGORITHMS], "description": Words("防改码的算法", "The algorithm of the digest")},
    "addresses": _schema("Addresses"),
    "terms": _TERMS,
    "rows": _schema("Rows"),
}
_TOTALS = _object(
    demonstration=_DEMONSTRATION,
    area=_object(code=_CODE, name={"type": "string"}, level={"enum": ["city", "county", "township", "village"]}),
    year={"type": ["integer", "null"], "description": Words("只要哪一年；null 是全部", "Only that year; null: all")},
    totals=_list(_object(year={"type": "integer"}, kind=_NAMED, notices=_COUNT, rows=_COUNT, sums=_FIGURES, withheld=_COUNT)),
    terms=_TERMS,
)
_WORDS = {"type": ["string", "null"]}
_PUBLISHER = _object(
    level={"enum": ["county", "township", "village"]},
    office=_text("公开主体", "Who publishes"),
    lead=_WORDS | {"description": Words("牵头单位；没有的是 null", "Its lead office; null where none is named")},
    within=_text("公开时限", "By when"),
    within_basis=_text("时限的依据", "The rule that sets it"),
    note=_WORDS | {"description": Words("县里的说明；没有的是 null", "The county's note; null where it has none")},
)
_LINE = _object(
    no={"type": "integer", "minimum": 1},
    kind=_NAMED,
    group=_NAMED,
    item=_text("二级事项：正式名称", "The official name of the matter"),
    content={"type": "array", "items": {"type": "string"}, "description": Words("公开内容（要素）", "What a notice states (elements)")},
    roster={"type": "array", "items": {"type": "string"}, "description": Words("明细的栏目", "The columns of its roster")},
    basis=_text("公开依据", "Legal basis"),
    publishers=_list(_schema("Publisher")),
    channels=_list(_NAMED),
    audience=_NAMED,
)
_CATALOGUE = _object(
    demonstration=_DEMONSTRATION,
    area=_object(code=_CODE, name={"type": "string"}, level={"enum": ["county", "township", "village"]}),
    lines=_list(_schema("Line")),
    left_out={**_COUNT, "description": Words("县里没有列入的有几项，一个层级算一项", "How many the county has taken out, a level each")},
    terms=_TERMS,
)
_PROBLEM = _object(
    status={"type": "integer"},
    title=_text("出了什么事", "What is the matter"),
    detail=_text("怎么办；撤下的，是撤下的原因", "What to do; of what was taken down, the reason"),
    may={"number": _NUMBER, "what": {"type": "string"}, "withdrawn_on": {"type": "string"}},
)


def _parameter(name: str, where: str, schema: Tree) -> Tree:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


_IN_NUMBER = _parameter("number", "path", {"type": "string", "pattern": "^[0-9]{9}$"})
_IN_PLACE = _parameter("place", "path", {"type": "string", "pattern": "^[0-9]{12}$"})
_IN_CODE = _parameter("code", "path", {"type": "string", "pattern": "^[0-9]{12}$"})
_IN_LANG = _parameter("lang", "query", {"enum": ["zh", "en"]}) | {"description": Words("说中文还是英文", "The language of its words")}
_IN_YEAR = _parameter("year", "query", {"type": "string", "pattern": "^[12][0-9]{3}$"}) | {
    "description": Words("公示开始的那一年", "The year in which display began")
}
_NOINDEX = {"X-Robots-Tag": {"required": True, "schema": {"const": "noindex"}}}


def _problem(zh: str, en: str) -> Tree:
    return {"description": Words(zh, en), "headers": _NOINDEX, "content": {"application/problem+json": {"schema": _schema("Problem")}}}


_ABSENT = _problem("没有这个编号、这个地方", "No such number or place")
_WITHDRAWN = _problem("已撤下，说明原因", "It was taken down; the answer says why")
_NO_YEAR = _problem("年份看不懂", "The year cannot be read")


def _get(id: str, words: Words, schema: Tree, parameters: list[Tree], **refusals: Tree) -> Tree:
    given = {"description": words, "headers": _NOINDEX, "content": {"application/json": {"schema": schema}}}
    responses = {"200": given, **{name.removeprefix("with_"): refusal for name, refusal in refusals.items()}}
    return {"get": {"operationId": id, "summary": words, "parameters": [*parameters, _IN_LANG], "responses": responses}}


_DESCRIPTION: Tree = {
    "openapi": "3.1.0",
    "info": {
        "title": Words("明白公开栏的数据", "The data of Mingbai"),
        "version": "1",
        "description": Words(
            "公示的内容、总数和（公开期间的）名单。金额是精确小数，写成文字。",
            "What notices say, their totals, and, while they are shown, their rows. Money is an exact decimal, written as text.",
        ),
    },
    "paths": {
        "/n/{number}.json": _get(
            "notice", Words("一份公示", "A notice"), _schema("Notice"), [_IN_NUMBER], with_404=_ABSENT, with_410=_WITHDRAWN
        ),
        "/n/{number}/{place}.json": _get(
            "place", Words("一个地方的公示单", "One place's sheet"), _schema("Sheet"), [_IN_NUMBER, _IN_PLACE],
            with_404=_ABSENT, with_410=_WITHDRAWN,
        ),
        "/a/{code}/totals.json": _get(
            "totals", Words("一个地方各年各事项的总数", "An area's totals by year and kind"), _schema("Totals"), [_IN_CODE, _IN_YEAR],
            with_400=_NO_YEAR, with_404=_ABSENT,
        ),
        "/a/{code}/catalogue.json": _get(
            "catalogue", Words("一个地方的公开目录", "An area's catalogue of what must be published"), _schema("Catalogue"), [_IN_CODE],
            with_404=_ABSENT,
        ),
    },
    "components": {
        "schemas": {
            "Notice": _object(**_NOTICE, places=_list(_schema("Share"))),
            "Sheet": _object(**_NOTICE, place=_PLACE),
            "Share": _SHARE,
            "Rows": _ROWS,
            "Row": _ROW,
            "Addresses": _ADDRESSES,
            "Totals": _TOTALS,
            "Catalogue": _CATALOGUE,
            "Line": _LINE,
            "Publisher": _PUBLISHER,
            "Problem": _PROBLEM,
        }
    },
}  # fmt: skip


def description(server: str, language: Language) -> Tree:
    """Return the whole description in one language, as plain JSON values; ``server`` is the address that it is about."""
    description: Tree = _say(_DESCRIPTION, language)
    return description | {"servers": [{"url": server}]}


def _say(value: Any, language: Language) -> Any:
    if isinstance(value, Words):
        return value.en if language == "en" else value.zh
    if isinstance(value, dict):
        return {name: _say(one, language) for name, one in value.items()}
    return [_say(one, language) for one in value] if isinstance(value, list) else value
