"""Somebody with a device: opens pages, presses what stands on them, and at each step looks whether the page is fit to be used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, Response

PASSWORD = "mingbai-demo"
WIDTHS = (360, 820, 1280)  # a cheap phone, a tablet, a desk computer
SMALL = (320, 640)  # with the text half again as large

WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"

# What stands out on the right of a page, outside the boxes that scroll by themselves: so that a failure names it.
STICKING_OUT = """() => [...document.body.querySelectorAll('*')]
    .filter(one => !one.closest('.scroll') && one.getBoundingClientRect().left + one.scrollWidth > window.innerWidth + 1)
    .map(one => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)"""

# Half again as large as the page sets it, whichever of the two sets the size of its text.
LARGER = """() => {
    const large = one => { one.style.fontSize = parseFloat(getComputedStyle(one).fontSize) * 1.5 + 'px' }
    const before = getComputedStyle(document.body).fontSize
    large(document.documentElement)
    if (getComputedStyle(document.body).fontSize === before) large(document.body)
}"""
AS_BEFORE = "() => { document.documentElement.style.fontSize = ''; document.body.style.fontSize = '' }"

# What a finger has to hit, and cannot: under so many px high or wide. A box or a button inside a label is hit through the label; a link
# in a sentence is read in its line, and is no target of its own (WCAG 2.2, 2.5.8, "inline").
TOO_SMALL = """() => {
    const least = LEAST - 0.5
    const inSentence = one => one.tagName === 'A' && getComputedStyle(one).display === 'inline'
        && [...one.parentNode.childNodes].some(other => other !== one && other.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(other.textContent))
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(one => one.type !== 'hidden' && one.checkVisibility())
        .map(one => one.matches('input') && one.closest('label') || one)
        .filter(one => !inSentence(one))
        .filter(one => { const box = one.getBoundingClientRect(); return box.height < least || box.width < least })
        .map(one => { const box = one.getBoundingClientRect()
            return `${one.tagName.toLowerCase()} ${one.textContent.trim().slice(0, 30)} ${box.width.toFixed()}x${box.height.toFixed()}` })
}"""


def too_small(least: int) -> str:
    """Return the script that names what is smaller than that."""
    return TOO_SMALL.replace("LEAST", str(least))


NARROW, WIDE = ",:;?!()", "，：；？！（）"  # a page may punctuate either way; a test reads both alike


def plain(text: str) -> str:
    """Return text without white space and with narrow punctuation, as ``Visitor.sees`` compares it."""
    return "".join(text.translate(str.maketrans(WIDE, NARROW)).split())


def spoken(words: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return what matches these words however they are punctuated, at the beginning of a label or (``whole``) as all of it."""
    narrow = words.translate(str.maketrans(WIDE, NARROW))
    pattern = "".join(f"[{one}{WIDE[NARROW.index(one)]}]" if one in NARROW else re.escape(one) for one in narrow)
    return re.compile(rf"^\s*{pattern}\s*$" if whole else rf"^\s*{pattern}")


class Visitor:
    """A browser of one's own, of one size; ``faults`` gathers what went wrong on any page."""

    def __init__(self, browser: Browser, address: str, name: str, size: tuple[int, int], script: bool, folder: Path) -> None:
        self.address, self.name, self.size, self.folder = address, name, size, folder
        self.viewport = {"width": size[0], "height": size[1]}
        self.context = browser.new_context(viewport=self.viewport, java_script_enabled=script, locale="zh-CN")
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.looks = 0
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

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
        """Keep a picture of the page, and hold it to what every page has to be on every device."""
        self.looks += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        # No hidden caret and no stopped animation: for these the driver would put a style sheet into the page, which our policy refuses.
        picture = self.folder / f"{self.name}-{self.looks:02}-{name}.png"
        self.page.screenshot(path=picture, full_page=True, caret="initial", animations="allow")
        found = [fault for width in WIDTHS for fault in self._at(width, 900, public)]
        self.page.evaluate(LARGER)
        found += [f"text at 150%: {fault}" for fault in self._at(*SMALL, public)]
        self.page.evaluate(AS_BEFORE)
        self.page.set_viewport_size(self.viewport)
        found += self._public() if public else []
        self.faults += [f"{self.name} at {name}: {fault}" for fault in found]
        return self

    def _at(self, width: int, height: int, public: bool) -> list[str]:
        self.page.set_viewport_size({"width": width, "height": height})
        found = []
        if (wider := self.page.evaluate(WIDER)) > 0:
            found.append(f"{wider} px too wide at {width}: {self.page.evaluate(STICKING_OUT)}")
        if public:
            found += [f"too small to tap at {width}: {target}" for target in self.page.evaluate(too_small(44))]
        return found

    def _public(self) -> list[str]:
        """Return what a page open to all must not have: a cookie, a script, a second file."""
        found = [f"cookie {cookie['name']}" for cookie in self.context.cookies()]
        if self.page.evaluate("() => document.scripts.length"):
            found.append("a script")
        files = self.page.evaluate("() => performance.getEntriesByType('resource').map(one => one.name)")
        return found + [f"asks for {name}" for name in files if not name.startswith("data:")]
