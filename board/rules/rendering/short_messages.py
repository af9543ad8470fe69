"""A notice as short messages: one by SMS, one for the village's WeChat group. In Chinese only; without names."""

from __future__ import annotations

from collections.abc import Iterator

from board.rules.bilingual import Language, date_in_words
from board.rules.notice.page import Page
from board.rules.notice.returned import any_back, what_to_do

MOST = 70  # UTF-16 units of one message in Chinese (3GPP TS 23.040: 140 bytes of UCS-2); a longer one is sent, and paid for, as two
ZH: Language = "zh"


def units(text: str) -> int:
    """Return how long the gateway counts a text: in UTF-16 units, of which a rare character takes two."""
    return len(text.encode("utf-16-le")) // 2


def sms(page: Page, place: str, address: str, mark: str = "") -> str:
    """Return one message about a place's part, of 70 units at most; ``mark`` comes before it and is counted (【演示】).

    The sum, the last day and the way to the notice (its ``address``, or else its number) always fit. The remaining room is for, in this
    order, the phone number, the number of rows, and as much of the title as fits.
    """
    room = MOST - units(mark)
    for tail in _tails(page, address):
        for body in _bodies(page, place):
            rest = "，".join(part for part in (body, tail) if part)
            for head in _heads(page, place):
                if units(f"{head}，{rest}。") <= room:
                    return f"{mark}{head}，{rest}。"
    *_others, body = _bodies(page, place)
    *_others, tail = _tails(page, address)
    rest = "，".join(part for part in ("", body, tail) if part)
    head = _cut(page.place_name(place) + page.kind.name.zh, room - units(f"，{rest}。"))
    return f"{mark}{head}，{rest}。" if head else f"{mark}{rest}。"


def _heads(page: Page, place: str) -> list[str]:
    """Return the title, in full and as the name of its kind."""
    name = page.place_name(place)
    return [page.title if page.title.startswith(name) else f"{name}：{page.title}", f"{name}{page.kind.name.zh}"]


def _bodies(page: Page, place: str) -> list[str]:
    """Return the total, with the number of rows and without."""
    if page.withholds(place):
        return [page.few(ZH)]
    sums = [one for one in page.figures(ZH, place) if one.unit == "元" and one.value]
    if not sums:  # goods have no one sum
        return [f"{page.sum_of(place)[1]}{page.row_word(ZH)}", ""] if page.kind.columns else [""]
    if page.equal:  # accounts: their income and their spending
        return ["".join(f"{one.label}{_plain(one.value)}元" for one in page.flows(ZH, place))]
    rows = page.sum_of(place)[1]
    if page.kind.chain:  # what arrived, then what came back
        back = any_back(page, place)
        arrived = f"发到账{_plain(sums[0].value)}元" + (f"，退回{_plain(back)}元" if back else "")
        return [f"{rows}{page.row_word(ZH)}{arrived}", arrived]
    amount = f"共{_plain(sums[0].value)}元"
    return [f"{rows}{page.row_word(ZH)}{amount}", amount] if page.kind.columns else [amount]


def _tails(page: Page, address: str) -> Iterator[str]:
    """Return the last day, the address and the phone number; the fullest first."""
    until = "公示到" + _short_day(page)
    phone = page.facts.get("objection_phone", "")
    ask = [f"，问{phone}", ""] if phone else [""]
    for asked in ask:
        yield f"{until}，看{address}{asked}"
        yield f"{until}，编号{page.number}{asked}"


def _short_day(page: Page) -> str:
    """Return the last day, with its year only where it is another one than the first day's."""
    full = date_in_words(page.ends, ZH)
    return full if page.ends.year != page.starts.year else full.partition("年")[2]


def _plain(figure: str) -> str:
    return figure.replace(",", "")


def _cut(text: str, room: int) -> str:
    """Return as much of a text as fits, with … where it was cut; "" where not one character fits."""
    if units(text) <= room:
        return text
    while text and units(text) >= room:
        text = text[:-1]
    return f"{text}…" if text else ""


def group_text(page: Page, place: str, address: str, mark: str = "") -> str:
    """Return a few lines for the village's WeChat group: subject, amount, last day, address, phone number.

    ``address`` is whole (https://…), so that a tap opens it; ``mark`` comes before all (演示数据 · 虚构).
    """
    lines = [
        f"【{mark}】" if mark else "",
        page.title,
        page.sentence(ZH, place),
        f"退回来 {back} 元。{what_to_do(page)}".rstrip() if (back := any_back(page, place)) else "",
        f"公示到 {date_in_words(page.ends, ZH)}。",
        f"{'看公示' if page.withholds(place) else '看明细'}：{address}",
        f"有疑问打电话：{page.facts['objection_phone']}" if page.facts.get("objection_phone") else "",
        "这里不写姓名。本站从不索要银行卡号、密码、验证码。",
    ]
    return "\n".join(line for line in lines if line)
