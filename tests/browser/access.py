"""Whether everybody can use a page: what axe-core finds, and what can be measured besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.visitors import AS_BEFORE, LARGER, SMALL, STICKING_OUT, WIDER, Visitor, too_small
from tests.browser.walking import Found

PHONE, TABLET = (360, 740), (820, 1180)
AXE = Axe()
# Every rule of axe's that is on, its best practices among them; what passes is neither gathered nor brought over, which halves the time.
# A preview in a frame is looked at as a page of its own.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False, "iframes": False}
VIOLATIONS = "options => axe.run(document, options).then(results => results.violations)"

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

# Everything that the Tab key comes to, in the order in which it does as long as nothing has a tabindex of its own: where that jumps back
# up the page, and where one does not see that it is there.
FOCUS = """() => {
    const found = [], named = one => (one.textContent.trim() || one.id || one.name || one.tagName).slice(0, 30)
    let before = null
    for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
        if (one.tabIndex < 0 || one.disabled || one.type === 'hidden' || !one.checkVisibility()) continue
        if (one.tabIndex > 0) found.push(`a tabindex: ${one.outerHTML.slice(0, 80)}`)
        one.focus({focusVisible: true, preventScroll: true})
        const style = getComputedStyle(one), box = one.getBoundingClientRect()
        if (document.activeElement !== one || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
            found.push(`the focus is not seen on ${named(one)}`)
        if (before && box.bottom + scrollY < before.top) found.push(`the focus goes up from ${before.name} to ${named(one)}`)
        before = {top: box.top + scrollY, name: named(one)}
    }
    document.activeElement.blur()
    return found.slice(0, 5)
}"""


def inspecting(browser: Browser, address: str, name: str, folder: Path) -> Visitor:
    """Return somebody with a phone in whose pages axe-core is: the browser compiles it once, and not anew for each page."""
    visitor = Visitor(browser, address, name, PHONE, True, folder)
    visitor.context.add_init_script(AXE.axe_script)
    return visitor


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands, opened by somebody who is ``inspecting``: the rule, and where."""
    found = page.evaluate(VIOLATIONS, OPTIONS)
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


class Look(NamedTuple):
    """One way in which a page is looked at: what its address asks for, its window, and whether axe looks too.

    The other language and large type change words and sizes, and neither the elements nor what comes before what.
    """

    query: str
    window: tuple[int, int]
    large: bool = False
    axe: bool = False


def looks(one: Found, again: bool = False) -> list[Look]:
    """Return how a page is looked at: in both languages and on both devices, and what is for everybody in large type too.

    ``again`` is a page of a view that somebody else was shown before: axe and its English were looked at then.
    """
    both = [Look("", PHONE)] if again else [Look("lang=zh", PHONE, axe=True), Look("lang=en", TABLET)]
    return both if one.who else [*both, Look("view=large", PHONE, large=True)]


def faults(visitor: Visitor, one: Found, look: Look) -> list[str]:
    """Return what is wrong with a page as one looks at it, each fault with its place."""
    page, address = visitor.page, f"{one.address}{'&' if '?' in one.address else '?'}{look.query}"
    page.set_viewport_size({"width": look.window[0], "height": look.window[1]})
    visitor.opens(address)
    found = axe(page) if look.axe else []
    found += page.evaluate(FOCUS) if look.query in ("", "lang=zh") else []
    for window in (PHONE, TABLET):
        found += at(page, window, public=not one.who, large=look.large)
    return [f"{one.endpoint} {address}: {fault}" for fault in [*found, *half_again(page)]]
