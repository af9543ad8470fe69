"""Everybody can use every page: axe-core finds nothing in either language, fingers hit, eyes read, and the keyboard alone is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import access
from tests.browser.access import Look
from tests.browser.conftest import Stage
from tests.browser.standing import CROPLAND, PEOPLE, VILLAGE, Stand, copied
from tests.browser.visitors import Visitor
from tests.browser.walking import Found
from tests.databases import ROOT, Databases
from tests.filled_demo import run_folder

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what a browser sees is the same on either engine
SHARES = {"": 4, "baihe-clerk": 4, "luxian-auditor": 2}
VILLAGE_NAME = "军大丘村"
FOLDER = ROOT / "test-output" / "access"
# Views that give no page to look at, each with the reason. A view that is neither here nor come by is a fault of the walk.
NOT_WALKED = {
    "desk.walls.photo": "a picture on the wall's own page",
    "desk.channels.proof": "a photo that proves another channel",
    "desk.opinions.paper": "a photo of what the committee signed",
    "desk.secrecy.signed": "a photo of the signed form",
    "desk.attachments.proposed": "a file that the reviewer opens, and no page",
    "public.address_check.phone": "opens once, from the admin's phone",
    "public.address_check.well_known": "answers the server's own nonce, and is no page",
    "desk.sheet.progress": "stands only while a large table is being checked",
}


@pytest.fixture(scope="module")
def stand(databases: Databases, tmp_path_factory: pytest.TempPathFactory, stage: Stage) -> Stand:
    """The demo, served, and walked through by its people."""
    return copied(databases, tmp_path_factory.mktemp("access") / "instance", run_folder(tmp_path_factory) / "stand", stage)


@pytest.fixture(scope="module")
def inspector(chromium: Browser, stand: Stand) -> Iterator[Visitor]:
    """Somebody with axe-core, who signs in as one after the other."""
    visitor = access.inspecting(chromium, stand.served.address, "inspector", FOLDER)
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module")
def reader(chromium: Browser, stand: Stand) -> Iterator[Visitor]:
    """Somebody whose pages are opened without axe."""
    visitor = Visitor(chromium, stand.served.address, "reader", access.PHONE, True, FOLDER)
    yield visitor
    visitor.leaves()


def test_a_walk_through_the_app_comes_by_every_page(stand: Stand) -> None:
    come_by = {view for one in stand.walks.values() for view in one.answered}
    pages = {
        view for view in stand.endpoints - come_by if not view.startswith(("public.open_data.", "public.feeds."))
    }  # for programs: their own tests read them
    assert sorted(pages - {"static"}) == sorted(NOT_WALKED)


def shares(who: str) -> list[int]:
    """Return the shares of somebody's pages: who has many goes through them in tests of a like length, which two workers can divide."""
    return list(range(SHARES.get(who, 1)))


@pytest.mark.parametrize(
    ("who", "share"), [pytest.param(who, share, id=f"{who or 'villager'}-{share + 1}") for who in PEOPLE for share in shares(who)]
)
def test_everybody_can_use_every_page(inspector: Visitor, reader: Visitor, stand: Stand, who: str, share: int) -> None:
    for visitor in (inspector, reader):
        visitor.faults.clear()
        visitor.comes_as(who)
    before = [one for name in PEOPLE[: PEOPLE.index(who)] for one in stand.walks[name].pages]
    found = []
    for one in stand.walks[who].pages[share :: len(shares(who))]:
        known = [other.parts for other in before if other.endpoint == one.endpoint]
        if any(one.parts <= parts for parts in known):  # somebody else was shown all that it is made of
            continue
        for look in access.looks(one, again=bool(known)):
            found += access.faults(inspector if look.axe else reader, one, look)
    for visitor in (inspector, reader):
        found += [fault for fault in visitor.faults if not fault.startswith(("404", "410", "console: Failed to load"))]  # pages that say so
    assert not found, "\n".join(found)


# Words that are too pale, the second of their kind on a page; a picture without words; a field without a label; a link that is small, in
# small type and jumps up the page; and a line that is too long.
HARD_TO_USE = """() => {
    const main = document.querySelector('main'), words = ['Too pale', 'Too pale as well'].map(text => {
        const one = document.createElement('p')
        one.textContent = text, one.style.color = '#ccc'
        return one
    })
    main.append(...words, document.createElement('img'), document.createElement('input'))
    const link = document.createElement('a'), long = document.createElement('p')
    link.href = '/', link.textContent = 'up', link.tabIndex = 3
    link.style.cssText = 'display: block; width: 20px; height: 20px; font-size: 9px'
    long.textContent = '元'.repeat(60), long.style.whiteSpace = 'nowrap'
    main.append(link, long)
}"""


def test_what_somebody_cannot_use_is_noticed(inspector: Visitor) -> None:
    page = inspector.comes_as("").opens("/").page
    page.evaluate(HARD_TO_USE)
    one, look = Found("public.home.home", "", "/", frozenset()), Look("", axe=True, focus=True)
    found = [fault for window in look.windows for fault in access.in_it(page, window, one, look)]
    for fault in (
        "color-contrast: ", "image-alt: ", "label: ", "a tabindex: ", "at 360: too small to tap: a up",
        "at 360: too small to read, 9 px: up", "at 820: ", "px too wide: ", "text at 150%: ",
    ):  # fmt: skip
        assert [one for one in found if fault in one], f"{fault} is not among {found}"


@pytest.fixture
def villager(chromium: Browser, stand: Stand) -> Iterator[Visitor]:
    """Somebody with a phone before the demo."""
    visitor = Visitor(chromium, stand.served.address, "villager", access.PHONE, True, FOLDER)
    yield visitor
    visitor.context.close()  # what it speaks with stays in its pages


def tabs_to(visitor: Visitor, words: str, most: int = 60) -> None:
    """Press Tab until the focus is on what has these words, or a label with them."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        if words in visitor.page.evaluate(FOCUSED_WORDS):
            return
    raise AssertionError(f"Tab does not come to {words} at {visitor.page.url}")


FOCUSED_WORDS = """() => {
    const one = document.activeElement
    return [one.textContent, ...[...(one.labels || [])].map(label => label.textContent)].join(' ')
}"""


def enters(visitor: Visitor) -> None:
    """Press Enter and wait for the page to which it leads."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def test_a_villager_goes_the_whole_way_with_the_keyboard_alone(villager: Visitor, stand: Stand) -> None:
    keys = villager.page.keyboard
    villager.opens(f"/n/{stand.numbers[CROPLAND]}/{VILLAGE}/1")
    tabs_to(villager, "纸上的号")
    keys.type("17")
    enters(villager)
    villager.sees("17 号 郑*娜")
    tabs_to(villager, "这行不对")
    enters(villager)
    villager.sees("您说的是")
    tabs_to(villager, "我家的数不对")
    keys.press("Space")
    tabs_to(villager, "请说清楚是什么事")
    keys.type("我家今年丈量是九亩。")
    tabs_to(villager, "下一步")
    enters(villager)
    villager.sees("还没有交")
    tabs_to(villager, "交上去")
    enters(villager)
    villager.sees("收到了", "您的查询号")
    assert villager.faults == []


# A browser that speaks: what it is told is kept, and the test says when a sentence is over.
SPEAKS = """([voices]) => {
    window.said = []
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
    const speak = one => { window.said.push(one.text); window.now = one }
    const speech = {getVoices: () => voices, cancel() {}, addEventListener() {}, speak}
    Object.defineProperty(window, 'speechSynthesis', {value: speech})
}"""


def speaks(visitor: Visitor, *languages: str) -> None:
    """Give the visitor's browser voices of these languages."""
    voices = [{"lang": language} for language in languages]
    visitor.page.add_init_script(f"({SPEAKS})([{json.dumps(voices)}])")


def test_large_type_reads_itself_aloud_and_shows_where_it_is(villager: Visitor, stand: Stand) -> None:
    speaks(villager, "en-US", "zh-HK", "zh-CN")
    villager.opens(f"/n/{stand.numbers[CROPLAND]}/{VILLAGE}?view=large").presses("念给我听")
    page, said = villager.page, []
    for _ in range(4):
        said.append(page.evaluate("window.now.text"))
        assert page.locator(".reading").count() == 1
        assert page.evaluate("window.now.voice.lang") == "zh-CN"
        page.evaluate("window.now.onend()")
    assert said[0] == VILLAGE_NAME
    assert any("四万七千三百一十五元七角五分" in one for one in said), said

    villager.presses("先停一下")
    waiting = page.evaluate("window.said.length")
    page.evaluate("window.now.onend && window.now.onend()")  # the end of what was stopped moves nothing
    assert page.evaluate("window.said.length") == waiting
    villager.presses("接着念")
    assert page.evaluate("window.said.slice(-1)[0] === window.said.slice(-2)[0]")
    for _ in range(200):
        if page.get_by_role("button", name="念给我听").count():
            break
        page.evaluate("window.now.onend()")
    assert page.locator(".reading").count() == 0
    assert villager.faults == []


@pytest.mark.parametrize(("languages", "query"), [((), ""), (("en-US",), ""), (("zh-CN",), "&lang=en")])
def test_without_a_voice_of_its_language_a_page_offers_none(villager: Visitor, languages: tuple[str, ...], query: str) -> None:
    speaks(villager, *languages)
    villager.opens(f"/?view=large{query}")
    assert villager.page.locator("#aloud").is_hidden()
