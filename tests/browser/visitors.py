"""Somebody with a device: opens pages, presses what stands on them, and at each step looks whether the page is fit to be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, ViewportSize

PASSWORD = "mingbai-demo"
WIDTHS = (360, 820, 1280)  # a cheap phone, a tablet, a desk computer
SMALL = (320, 640)  # with the text half again as large

# What stands out on the right of a page, outside the boxes that scroll by themselves: so that a failure names it.
STICKING_OUT = """() => [...document.body.querySelectorAll('*')]
    .filter(one => !one.closest('.scroll') && one.getBoundingClientRect().left + one.scrollWidth > window.innerWidth + 1)
    .map(one => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)"""

# What a finger has to hit, and cannot: under so many px high or wide. A box or a button inside a label is hit through the label; a link
# in a sentence is read in its line, and is no target of its own (WCAG 2.2, 2.5.8, "inline").
TOO_SMALL = """least => {
    const inSentence = one => one.tagName === 'A' && getComputedStyle(one).display === 'inline'
        && [...one.parentNode.childNodes].some(other => other !== one && other.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(other.textContent))
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(one => one.type !== 'hidden' && one.checkVisibility())
        .map(one => one.matches('input') && one.closest('label') || one)
        .filter(one => !inSentence(one))
        .map(one => ({one, box: one.getBoundingClientRect()}))
        .filter(({box}) => box.height < least - 0.5 || box.width < least - 0.5)
        .map(({one, box}) =>
            `${one.tagName.toLowerCase()} ${one.textContent.trim().slice(0, 30)} ${box.width.toFixed()}x${box.height.toFixed()}`)
}"""

# A villager reads 18 px at best (16 px on the staff's pages). What is not seen is not read.
TOO_LITTLE = """least => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set()
    for (let one; one = words.nextNode();) {
        const box = one.parentElement, size = parseFloat(getComputedStyle(box).fontSize)
        if (one.textContent.trim() && box.checkVisibility() && !box.closest('script, style, option') && size < least - 0.01)
            found.add(`${size} px: ${one.textContent.trim().slice(0, 20)}`)
    }
    return [...found].slice(0, 5)
}"""

# Half again as large as the page sets it, whichever of the two sets the size of its text.
LARGER = """() => {
    const large = one => { one.style.fontSize = parseFloat(getComputedStyle(one).fontSize) * 1.5 + 'px' }
    const before = getComputedStyle(document.body).fontSize
    large(document.documentElement)
    if (getComputedStyle(document.body).fontSize === before) large(document.body)
}"""

# In one go, since asking the browser takes longer than what it is asked; a size of 0 is not asked for.
MEASURED = f"""([finger, eye, larger]) => {{
    if (larger) ({LARGER})()
    const found = [], wider = document.documentElement.scrollWidth - window.innerWidth
    if (wider > 0) found.push(`${{wider}} px too wide: ${{({STICKING_OUT})().join(', ')}}`)
    if (finger) found.push(...({TOO_SMALL})(finger).map(one => `too small to tap: ${{one}}`))
    if (eye) found.push(...({TOO_LITTLE})(eye).map(one => `too small to read, ${{one}}`))
    if (larger) document.documentElement.style.fontSize = document.body.style.fontSize = ''
    return found
}}"""


def in_window(page: Page, size: tuple[int, int]) -> None:
    """Give a page a window of that size, unless it has it: that takes as long as a measurement."""
    wanted: ViewportSize = {"width": size[0], "height": size[1]}
    if page.viewport_size != wanted:
        page.set_viewport_size(wanted)


def measured(page: Page, size: tuple[int, int], finger: int = 0, eye: float = 0) -> list[str]:
    """Return what is wrong with a page in a window: what sticks out, what a finger misses, what is written too small."""
    in_window(page, size)
    return [f"at {size[0]}: {fault}" for fault in page.evaluate(MEASURED, [finger, eye, False])]


def half_again(page: Page, finger: int = 0) -> list[str]:
    """Return what is wrong in a very small window when the text is half again as large."""
    in_window(page, SMALL)
    return [f"text at 150%: {fault}" for fault in page.evaluate(MEASURED, [finger, 0, True])]


NARROW, WIDE = ",:;?!()", "，：；？！（）"  # a page may punctuate either way; a test reads both alike


def plain(text: str) -> str:
    """Return text without white space and with narrow punctuation, as ``Visitor.sees`` compares it."""
    return "".join(text.translate(str.maketrans(WIDE, NARROW)).split())


def spoken(words: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return what matches these words however they are punctuated, at the beginning of a label or (``whole``) as all of it."""
    narrow = words.translate(str.maketrans(WIDE, NARROW))
    pattern = "".join(f"[{one}{WIDE[NARROW.index(one)]}]" if one in NARROW else re.escape(one) for one in narrow)
    return re.compile(rf"^\s*{pattern}\s*$" if whole else rf"^\s*{pattern}")


# Rooms that somebody left: a new one costs four times what a page in it does, since the browser begins a window and a process for it.
_EMPTY: dict[tuple[Browser, bool], list[Page]] = {}


class Visitor:
    """A browser of one's own, of one size; ``faults`` gathers what went wrong on any page."""

    def __init__(self, browser: Browser, address: str, name: str, size: tuple[int, int], script: bool, folder: Path) -> None:
        self.address, self.name, self.size, self.folder = address, name, size, folder
        self.empty = _EMPTY.setdefault((browser, script), [])
        if self.empty:
            self.page = self.empty.pop()
            in_window(self.page, size)
        else:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, locale="zh-CN")
            context.set_default_timeout(15_000)
            self.page = context.new_page()
        self.context = self.page.context
        self.faults: list[str] = []
        self.looks = 0
        self.hears: dict[str, Callable[..., None]] = {
            "console": self._said,
            "pageerror": lambda error: self.faults.append(f"script: {error}"),
            "request": self._asked,
            "response": self._answered,
        }
        for what, told in self.hears.items():
            self.page.on(what, told)

    def leaves(self) -> None:
        """Go, and leave nothing for whoever comes into this room: no cookie, nothing kept by a page, no other window."""
        if not self.hears:  # gone already
            return
        while self.hears:
            self.page.remove_listener(*self.hears.popitem())
        for other in self.context.pages:
            if other != self.page:
                other.close()
        self.context.set_offline(False)
        if self.page.url.startswith(self.address):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.empty.append(self.page)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.faults.append(f"asked another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")

    def sees(self, *words: str, within: Locator | str = "body") -> Self:
        """Find all these words on the page, or in that part of it."""
        text = (self.page.locator(within) if isinstance(within, str) else within).inner_text()
        missing = [one for one in words if plain(one) not in plain(text)]
        assert not missing, f"{self.name} does not see {missing} at {self.page.url}:\n{text}"
        return self

    @property
    def title(self) -> str:
        """What stands on the tab."""
        return self.page.title()

    def opens(self, address: str) -> Self:
        """Open an address, of ours or a whole one."""
        self.page.goto(address if "://" in address else self.address + address)
        return self

    def signs_in(self, username: str) -> Self:
        """Sign in through the page."""
        self.opens("/sign-in").types("用户名", username).types("密码", PASSWORD).presses("登录")
        return self.sees("退出")

    def comes_as(self, username: str) -> Self:
        """Be signed in as somebody, or as nobody (""), without the page for it."""
        self.context.clear_cookies()
        if username:
            asked, address = self.context.request, f"{self.address}/sign-in"
            token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', asked.get(address).text())
            assert token, address
            answer = asked.post(address, form={"csrf_token": token[1], "username": username, "password": PASSWORD})
            assert not answer.url.endswith("/sign-in"), f"{username} is not let in"
        return self

    def presses(self, words: str, within: Locator | None = None) -> Self:
        """Press the button with just these words."""
        (within or self.page).get_by_role("button", name=spoken(words, whole=True)).first.click()
        return self

    def taps(self, words: str, within: Locator | None = None) -> Self:
        """Follow the first link that begins with these words."""
        (within or self.page).get_by_role("link", name=spoken(words)).first.click()
        return self

    def types(self, label: str, text: str) -> Self:
        """Fill in the field whose label begins with these words."""
        self.page.get_by_label(spoken(label)).first.fill(text)
        return self

    def ticks(self, label: str) -> Self:
        """Choose the option whose label begins with these words."""
        self.page.get_by_label(spoken(label)).first.check()
        return self

    def row(self, first: str) -> Locator:
        """Return the row of a table that begins with this."""
        return self.page.locator("tr").filter(has=self.page.locator(f"xpath=./td[1][starts-with(normalize-space(), '{first}')]")).first

    def looks_at(self, name: str, *, public: bool = False) -> Self:
        """Hold the page to what every page has to be on every device; of one that is not, keep a picture."""
        self.looks += 1
        self.page.wait_for_load_state()  # its style sheet
        finger = 44 if public else 0
        widths = sorted(WIDTHS, key=lambda width: width != self.size[0])  # its own first: that window is there already
        found = [fault for width in widths for fault in measured(self.page, (width, self.size[1]), finger)]
        found += half_again(self.page, finger)
        in_window(self.page, self.size)
        found += self._public() if public else []
        if found:
            self.folder.mkdir(parents=True, exist_ok=True)
            # No hidden caret and no stopped animation: for these the driver would put a style sheet into the page, against our policy.
            picture = self.folder / f"{self.name}-{self.looks:02}-{name}.png"
            self.page.screenshot(path=picture, full_page=True, caret="initial", animations="allow")
        self.faults += [f"{self.name} at {name}: {fault}" for fault in found]
        return self

    def _public(self) -> list[str]:
        """Return what a page open to all must not have: a cookie, a script, a second file."""
        found = [f"cookie {cookie['name']}" for cookie in self.context.cookies()]
        if self.page.evaluate("() => document.scripts.length"):
            found.append("a script")
        files = self.page.evaluate("() => performance.getEntriesByType('resource').map(one => one.name)")
        return found + [f"asks for {name}" for name in files if not name.startswith("data:")]
