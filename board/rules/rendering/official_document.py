"""A notice as an official document (公文), as plain text to paste into the county's portal: GB/T 9704-2012, in its order and layout.

The millimetres of the standard become characters: a page has lines of 28, a paragraph is indented by two, the first two levels of
headings are 一、 and （一）, the list of attachments follows the text, then signature and date at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from board.rules.bilingual import date_in_words
from board.rules.kind import BLOCKS, WHOM_TO_ASK
from board.rules.notice.formatting import fact_text, total, unit
from board.rules.notice.page import Page
from board.rules.rendering.spoken_chinese import whole
from board.rules.supervision import community

LINE = 28  # characters of a line (GB/T 9704-2012, 5.2.3)
INDENT = "\u3000\u3000"
# The headings of an official text; ``page.BLOCKS`` asks a villager's questions.
HEADINGS = {
    "policy": "公示依据",
    "money": "资金来源及发放",
    "standard": "对象和标准",
    "plan": "范围和安排",
    "review": "审核情况",
}
TO = {"village": "全体村民：", "township": "各村（社区）村民：", "county": "各镇（街道）、村（社区）群众：", "city": "各县（区）群众："}
assert HEADINGS.keys() == BLOCKS.keys() - {"contact"}


def _addressed(page: Page) -> str:
    """Return whom it addresses: those who live where the publisher is; of a community the residents."""
    if page.level == "village" and community(page.place_name(page.home)):
        return "全体居民："
    return TO.get(page.level, "广大群众：")


def official(page: Page, posted_on: date) -> str:
    """Return the whole text of a notice: title, addressees, body, list of attachments, signature, and the day of posting (``posted_on``).

    No recipient is named, as in every summary; the contact for questions is, as part of their office.
    """
    parts = [_title(page.title), [_addressed(page)], _body(page), _attached(page), _signed(page.publisher, posted_on)]
    return "\n".join("\n".join(part) + "\n" for part in parts if part)


def _title(title: str) -> list[str]:
    """Return the title in the middle of its line, in two lines where one is too short for it."""
    lines = [title] if _wide(title) <= LINE else _halved(title)
    return ["\u3000" * int((LINE - _wide(line)) // 2) + line for line in lines]


def _halved(title: str) -> list[str]:
    """Return a title in two lines, the upper one longer; not torn within figures or Latin words."""
    place = (len(title) + 1) // 2
    while place < len(title) and title[place - 1].isascii() and title[place].isascii():
        place += 1
    return [title[:place], title[place:]] if title[place:] else [title]


def _wide(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def _body(page: Page) -> list[str]:
    basis = page.facts.get("basis_document", "").strip().rstrip("。")
    opening = f"根据{basis}，" if basis else ""
    lines = [
        f"{opening}现将有关情况公示如下。",
        *_sections([("总体情况", [_sentence(page.sentence("zh"))]), *_stated(page), *_places(page), *_period(page)]),
    ]
    return [INDENT + line for line in lines]


def _sections(sections: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """Return the sections under 一、二、三…; of several paragraphs each is numbered （一）（二）…."""
    for no, (heading, paragraphs) in enumerate(sections, 1):
        yield f"{whole(no)}、{heading}"
        for number, paragraph in enumerate(paragraphs, 1):
            yield f"（{whole(number)}）{paragraph}" if len(paragraphs) > 1 else paragraph


def _stated(page: Page) -> Iterator[tuple[str, list[str]]]:
    for block, heading in HEADINGS.items():
        if stated := _sentences(page, block):
            yield heading, stated


def _sentences(page: Page, block: str) -> list[str]:
    """Return the facts of a block that are given, a sentence each; whom to ask has sentences of its own."""
    given = (fact for fact in page.kind.facts if fact.block == block and fact.id not in WHOM_TO_ASK and page.facts.get(fact.id, "").strip())
    return [_sentence(f"{fact.label.zh}：{_one_line(fact_text(fact, page.facts[fact.id], 'zh'))}") for fact in given]


def _places(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Yield each place's figures, of a notice that concerns several."""
    if len(page.parts) > 1 and page.kind.columns:
        yield "各地情况", [_share(page, part) for part in page.parts]
    elif len(page.parts) > 1:
        yield "公示地点", [_sentence("、".join(page.place_name(part.place) for part in page.parts))]


def _share(page: Page, part: object) -> str:
    place, count, totals = (getattr(part, name) for name in ("place", "row_count", "totals"))
    if page.withholds(place):
        return page.sentence("zh", place)
    rows = [f"{count} {page.row_word('zh')}"] if page.kind.names != "none" else []
    figures = [
        f"{column.label.zh} {said} {unit(column, 'zh')}".rstrip()
        for column in page.total_columns()
        if (said := total(column, totals, "zh"))
    ]
    return _sentence(f"{page.place_name(place)}：{'，'.join([*rows, *figures])}")


def _period(page: Page) -> Iterator[tuple[str, list[str]]]:
    yield "公示时间", [f"{date_in_words(page.starts, 'zh')}至{date_in_words(page.ends, 'zh')}。"]
    facts = page.facts
    ways = [
        f"对公示内容有异议的，请在公示期内向{page.publisher}反映。",
        _sentence("，".join(filter(None, (f"联系电话：{facts['objection_phone']}", facts.get("objection_person", "")))))
        if facts.get("objection_phone") else "",
        _sentence(f"来人来信：{_one_line(facts['objection_ways'])}") if facts.get("objection_ways") else "",
        _sentence(f"监督举报电话：{facts['report_phone']}") if facts.get("report_phone") else "",
    ]  # fmt: skip
    yield "意见反映", [way for way in [*ways, *_sentences(page, "contact")] if way]


def _attached(page: Page) -> list[str]:
    """Return 附件：1. … with the others below the first, their numbers in one column."""
    names = [str(file["title"]).rstrip("。；，") for file in page.files]
    if len(names) == 1:
        return [f"{INDENT}附件：{names[0]}"]
    return [f"{INDENT}{'附件：' if no == 1 else chr(0x3000) * 3}{no}. {name}" for no, name in enumerate(names, 1)]


def _signed(publisher: str, day: date) -> list[str]:
    """Return the signature, two characters from the right, and below it the day, two characters further in; the longer one sets the edge
    (7.3.5.2)."""
    date_line = date_in_words(day, "zh")
    name, below = _wide(publisher), _wide(date_line)
    start = LINE - 2 - max(name, below + 2)
    return ["\u3000" * max(int(start), 0) + publisher, "\u3000" * max(int(start) + 2, 0) + date_line]


def _one_line(text: str) -> str:
    return "；".join(line.strip().rstrip("。；") for line in text.splitlines() if line.strip())


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text + "。"
