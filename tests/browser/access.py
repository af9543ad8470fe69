"""Whether everybody can use a page: what axe-core finds, and what can be measured besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.visitors import SMALL, Visitor, half_again, measured
from tests.browser.walking import Found

PHONE, TABLET = (360, 740), (820, 1180)
AXE = Axe()
# Every rule of axe's that is on, its best practices among them; what passes is neither gathered nor brought over, which halves the time.
# A preview in a frame is looked at as a page of its own.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False, "iframes": False}
# Of all words that have the same colour, size and weight on the same ground it is asked once whether they can be told from it: on a list
# of a hundred rows that takes longer than everything else, and is the same each time.
VIOLATIONS = """options => {
    const grounds = new Map(), seen = new Set()
    const ground = one => {
        if (!one) return ''
        if (!grounds.has(one)) {
            const style = getComputedStyle(one)
            grounds.set(one, [ground(one.parentElement), style.backgroundColor, style.backgroundImage, style.opacity].join())
        }
        return grounds.get(one)
    }
    for (const one of document.body.querySelectorAll('*')) {
        const style = getComputedStyle(one), words = [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim())
        if (!words && !one.matches('input, select, textarea') || !one.checkVisibility()) continue
        const look = [one.tagName, style.color, style.fontSize, style.fontWeight, style.textShadow, style.position, ground(one)].join()
        if (!seen.has(look)) one.setAttribute('data-look', '')
        seen.add(look)
    }
    axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]})
    return axe.run(document, options).then(results => results.violations)
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
    visitor.page.add_init_script(AXE.axe_script)
    return visitor


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands, opened by somebody who is ``inspecting``: the rule, and where."""
    found = page.evaluate(VIOLATIONS, OPTIONS)
    return [f"{one['id']}: {node['target'][0]} {node['html'][:120]}" for one in found for node in one["nodes"][:3]]


class Look(NamedTuple):
    """One way in which a page is looked at: what its address asks for, in which windows, and whether axe looks too, and where the focus
    goes.

    The other language and large type change words and sizes, and neither the elements nor what comes before what.
    """

    query: str
    windows: tuple[tuple[int, int], ...] = (SMALL, PHONE, TABLET)
    large: bool = False
    axe: bool = False
    focus: bool = False


def looks(one: Found, again: bool = False) -> list[Look]:
    """Return how a page is looked at: in both languages, and what is for everybody in large type too.

    ``again`` is a page of a view that somebody else was shown before: axe and its English were looked at then. Not every language is looked
    at in every window, nor is large type (docs/decisions/0046-pages-on-one-engine.md).
    """
    both = [Look("", focus=True)] if again else [Look("lang=zh", axe=True, focus=True), Look("lang=en", (SMALL, TABLET))]
    return both if one.who else [*both, Look("view=large", (SMALL, PHONE), large=True)]


def faults(visitor: Visitor, one: Found, look: Look) -> list[str]:
    """Return what is wrong with a page as one looks at it, each fault with its place."""
    page, address = visitor.page, f"{one.address}{'&' if '?' in one.address else '?'}{look.query}"
    visitor.opens(address)
    found = []
    here = page.viewport_size["width"] if page.viewport_size else 0
    for window in sorted(look.windows, reverse=here > PHONE[0]):  # from the one that is there to the others: each takes as long as a look
        found += in_it(page, window, one, look)
    return [f"{one.endpoint} {address}: {fault}" for fault in found]


def in_it(page: Page, window: tuple[int, int], one: Found, look: Look) -> list[str]:
    """Return what is wrong with a page in one of its windows."""
    if window == SMALL:
        return half_again(page)
    found = measured(page, window, 60 if look.large else 44, 25.2 if look.large else 16 if one.who else 18)
    if window == PHONE:
        found += axe(page) if look.axe else []
        found += page.evaluate(FOCUS) if look.focus else []
    return found
