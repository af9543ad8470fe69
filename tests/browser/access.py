"""Whether everybody can use a page: what axe-core finds, and what can be measured besides."""

from __future__ import annotations

from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitors import AS_BEFORE, LARGER, SMALL, STICKING_OUT, WIDER, Visitor, too_small
from tests.browser.walking import Found

PHONE, TABLET = (360, 740), (820, 1180)
AXE = Axe()
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"]}  # every rule of axe's that is on, its best practices among them

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

# What the Tab key reaches before the others, whatever stands before it.
BEFORE_THE_OTHERS = """() =>
    [...document.querySelectorAll('[tabindex]')].filter(one => one.tabIndex > 0).map(one => one.outerHTML.slice(0, 80))"""

# Where the focus is: its place in the document, its place on the page, and whether one sees that it is there.
FOCUSED = """() => {
    const one = document.activeElement
    if (!one || one === document.body) return null
    const box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const line = box.bottom + scrollY
    return {
        order: [...document.querySelectorAll('*')].indexOf(one), line,
        name: (one.textContent.trim() || one.id || one.name || '').slice(0, 30),
        seen: one.matches('iframe') || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0
    }
}"""


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands: the rule, and where."""
    found = AXE.run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {node['target'][0]} {node['html'][:120]}" for one in found for node in one["nodes"][:3]]


def at(page: Page, size: tuple[int, int], *, public: bool, large: bool = False) -> list[str]:
    """Return what is wrong on a window of that size: what sticks out, what a finger misses, what is written too small."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found = [f"{wider} px too wide: {page.evaluate(STICKING_OUT)}"] if (wider := page.evaluate(WIDER)) > 0 else []
    found += [f"too small to tap: {target}" for target in page.evaluate(too_small(60 if large else 44))]
    found += [f"too small to read, {words}" for words in page.evaluate(TOO_LITTLE, 25.2 if large else 18 if public else 16)]
    return [f"at {size[0]}: {fault}" for fault in found]


def half_again(page: Page) -> list[str]:
    """Return what sticks out of a very small window when its text is half again as large."""
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    page.evaluate(LARGER)
    wider = page.evaluate(WIDER)
    found = [f"text at 150%: {wider} px too wide: {page.evaluate(STICKING_OUT)}"] if wider > 0 else []
    page.evaluate(AS_BEFORE)
    return found


def tabbed(page: Page, most: int) -> list[str]:
    """Press Tab up to ``most`` times, and return where the focus jumps back, or cannot be seen."""
    found, before = [f"a tabindex: {one}" for one in page.evaluate(BEFORE_THE_OTHERS)], {"order": -1, "line": 0.0, "name": "the top"}
    for _ in range(most):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now is None or now["order"] <= before["order"]:
            break  # round the end
        if not now["seen"]:
            found.append(f"the focus is not seen on {now['name']}")
        if now["line"] < before["line"] - 60:
            found.append(f"the focus goes up from {before['name']} to {now['name']}")
        before = now
    return found


class Look(NamedTuple):
    """One way in which a page is looked at: what its address asks for, and the window in which axe looks."""

    query: str
    window: tuple[int, int]
    large: bool = False


def looks(one: Found) -> list[Look]:
    """Return how a page is looked at: in both languages and on both devices, and what is for everybody in large type too."""
    both = [Look("lang=zh", PHONE), Look("lang=en", TABLET)]
    return both if one.who else [*both, Look("view=large", PHONE, large=True)]


def faults(visitor: Visitor, one: Found, look: Look) -> list[str]:
    """Return what is wrong with a page as one looks at it, each fault with its place."""
    page, address = visitor.page, f"{one.address}{'&' if '?' in one.address else '?'}{look.query}"
    page.set_viewport_size({"width": look.window[0], "height": look.window[1]})
    visitor.opens(address)
    found = axe(page)
    if "lang=en" not in look.query:  # the other language changes the words, and not what comes before what
        found += tabbed(page, 30)
    for window in (PHONE, TABLET):
        found += at(page, window, public=not one.who, large=look.large)
    return [f"{one.endpoint} {address}: {fault}" for fault in [*found, *half_again(page)]]
