"""A notice as a script to read aloud, on the village loudspeaker or on the telephone. It holds no names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from board.rules.bilingual import Language, Words, say
from board.rules.bilingual import date_in_words as written_day
from board.rules.notice.big_figures import Figure
from board.rules.notice.formatting import fact_text
from board.rules.notice.page import Page
from board.rules.notice.returned import any_back, what_to_do
from board.rules.periods import state
from board.rules.rendering import spoken_chinese, spoken_english

LONGEST = 80  # letters of a fact that is read out: a longer one cannot be followed by ear
NOT_SAID = ("eligibility", "how_to_apply", "reasons")  # of the facts on who gets what: rules to look up, not how it was computed


@dataclass(frozen=True)
class Voice:
    """The spoken forms of figures and signs in one language."""

    aloud: Callable[[str], str]
    digits: Callable[[str], str]
    phone: Callable[[str], str]


VOICES: Mapping[Language, Voice] = {
    "zh": Voice(spoken_chinese.aloud, spoken_chinese.digits, spoken_chinese.phone),
    "en": Voice(spoken_english.aloud, spoken_english.digits, spoken_english.phone),
}
GREETING = Words("{place}的乡亲们，大家好。", "Hello, people of {place}.")
TITLE = Words("现在念一份公示：{title}。", "This is a public notice: {title}.")
FIGURE = Words("{label}，{value}。", "{label}: {value}.")
PRODUCT = Words("怎么算的：{result}，等于{terms}。", "How it was computed: {result} is {terms}.")
SUM = Words("怎么算的：{result}，等于{terms}加起来。", "How it was computed: {result} is {terms} added up.")
TIMES = Words("乘", " times ")
TODO = Words("钱退回来的怎么办：{todo}。", "If your money came back: {todo}.")
AND = Words("、", " and ")
FACT = Words("{label}：{text}。", "{label}: {text}.")
UNTIL = {
    "before": Words("公示从{start}开始，到{end}为止。", "It is shown from {start} until {end}."),
    "shown": Words("公示到{end}为止。", "It is shown until {end}."),
    "over": Words("公示时间到{end}，已经过了。", "It was shown until {end}. That time is over."),
}
WALL = Words(
    "公示单贴在公示墙上。用手机扫单子上的码，也能看。", "It hangs on the notice wall. Scan the code on it with a phone to read it there."
)
COMMA = Words("\uff0c", ", ")
WALL_ONLY = Words(
    "名单在公示墙上看，也可以用手机扫那张纸上的码。网上别处只看总数。",
    "Read the list on the notice wall, or scan the code on its sheet. Elsewhere on the web are the totals.",
)
FEW = Words("名单只贴在公示墙上，网上没有。", "The list hangs on the notice wall only; it is not on the web.")
AFTER = Words("名单在网上还能查到{day}。", "The list stays on the web until {day}.")
PUT_AWAY = Words("名单已经收起，总数在网上还能看。", "The list is put away; the totals are still on the web.")
NUMBER = Words("这份公示的编号是，{number}。再说一遍，{number}。", "The number of this notice is {number}. Once more: {number}.")
TYPE = Words("在明白公开栏的首页输入编号，就能找到。", "Type that number on the disclosure board to find it.")
ASK = Words("有疑问，请打电话，{phone}。再说一遍，{phone}。", "With questions, please ring {phone}. Once more: {phone}.")
IN_PERSON = Words("也可以当面说：{ways}。", "You may also say it in person: {ways}.")
REPORT = Words("监督举报，请打{phone}。", "To report a wrong, ring {phone}.")
NEVER = Words(
    "公示从不要您的银行卡号、密码、验证码。谁来要，都不要给。",
    "A notice never asks for your card number, password or code. Give them to nobody.",
)
END = Words("念完了，谢谢大家。", "That is all. Thank you.")
TAKEN_DOWN = Words("这份公示已经撤下了。撤下的原因是：{because}。", "This notice was taken down. The reason is: {because}.")


def read_out(page: Page, place: str | None, language: Language, today: date) -> str:
    """Return the script of a notice, or of one place's part of it: a sentence a line, every figure in words.

    It greets, then gives the subject, the amount, how it was computed, the last day of display, where to look and whom to call.
    """
    return _script([*_opening(page, place, language), *_matter(page, place, language), *_closing(page, place, language, today)], language)


def taken_down(page: Page, because: str, language: Language) -> str:
    """Return the script of a withdrawn notice: its subject, the reason, whom to call; not its title, which may be the reason itself."""
    lines = [
        say(TITLE, language).format(title=page.called(language)),
        say(TAKEN_DOWN, language).format(because=_unstopped(because)),
        *_whom(page, language),
    ]
    return _script(lines, language)


def _script(lines: list[str], language: Language) -> str:
    return "".join(f"{VOICES[language].aloud(line)}\n" for line in lines)


def _opening(page: Page, place: str | None, language: Language) -> Iterator[str]:
    yield say(GREETING, language).format(place=page.place_name(place or page.about()))
    named = page.title if language == "zh" else f"{page.kind.name.en}, {page.publisher}"  # titles are Chinese
    yield say(TITLE, language).format(title=named)


def _matter(page: Page, place: str | None, language: Language) -> Iterator[str]:
    sentence = page.sentence(language, place)
    yield sentence
    for figure in page.figures(language, place):
        if figure.value and (figure.note or figure.value not in sentence):
            yield say(FIGURE, language).format(label=figure.label, value=_noted(figure, language))
    yield from _computed(page, language)
    if any_back(page, place) and (todo := what_to_do(page)):
        yield say(TODO, language).format(todo=_unstopped(todo))
    for fact in page.kind.facts:
        stated = page.facts.get(fact.id, "")
        if fact.block == "standard" and fact.id not in NOT_SAID and 0 < len(stated) <= LONGEST:
            text = _unstopped(fact_text(fact, stated, language))
            yield say(FACT, language).format(label=say(fact.label, language), text=text)


def _noted(figure: Figure, language: Language) -> str:
    """Return a figure with its note, or the note alone where it has the figure in it (账上欠 1,200 元)."""
    if not figure.note or figure.value.removeprefix("-") in figure.note:
        return figure.note or _amount(figure)
    return f"{_amount(figure)}{say(COMMA, language)}{figure.note}"


def _amount(figure: Figure) -> str:
    return f"{figure.value} {figure.unit}".rstrip()


def _computed(page: Page, language: Language) -> Iterator[str]:
    """Yield how the amounts came about, in words: 补贴金额，等于补贴面积乘补贴标准."""
    added = {column.id for column in page.total_columns()}
    for check in page.kind.checks:
        columns = [page.kind.column(id) for id in (check.result, *check.of)]
        labels = [say(column.label, language) for column in columns if column and column.show == "public"]
        if not page.explains(check) or check.result not in added or len(labels) < len(columns):
            continue
        if check.type == "product":
            yield say(PRODUCT, language).format(result=labels[0], terms=say(TIMES, language).join(labels[1:]))
        elif check.type == "sum":
            yield say(SUM, language).format(result=labels[0], terms=say(AND, language).join(labels[1:]))


def _closing(page: Page, place: str | None, language: Language, today: date) -> Iterator[str]:
    now = state(page.starts, page.ends, today)
    yield say(UNTIL[now], language).format(start=written_day(page.starts, language), end=written_day(page.ends, language))
    if now != "over":
        yield say(FEW if page.withholds(place) else WALL if page.rows_until() else WALL_ONLY, language)
    elif not page.withholds(place) and (last := page.rows_until()) and page.kind.columns:
        yield say(AFTER if today <= last else PUT_AWAY, language).format(day=written_day(last, language))
    voice = VOICES[language]
    yield say(NUMBER, language).format(number=voice.digits(page.number))
    yield say(TYPE, language)
    yield from _whom(page, language)
    yield say(NEVER, language)
    yield say(END, language)


def _whom(page: Page, language: Language) -> Iterator[str]:
    voice = VOICES[language]
    if page.facts.get("objection_phone"):
        yield say(ASK, language).format(phone=voice.phone(page.facts["objection_phone"]))
    if 0 < len(ways := page.facts.get("objection_ways", "")) <= LONGEST:
        yield say(IN_PERSON, language).format(ways=_unstopped(ways))
    if page.facts.get("report_phone"):
        yield say(REPORT, language).format(phone=voice.phone(page.facts["report_phone"]))


def _unstopped(text: str) -> str:
    """Return a text without its own full stop."""
    return text.strip().rstrip("。.；;，,！!")
