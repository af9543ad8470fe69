"""Whether everybody can use a page: what axe-core finds, and what can be measured besides."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.visitors import SMALL, Visitor, half_again, in_window, measured
from tests.browser.walking import Found

PHONE, TABLET = (360, 740), (820, 1180)
AXE = Axe()
# Every rule of axe's that is on, its best practices among them; what passes is neither gathered nor brought over, which halves the time.
# A preview in a frame is looked at as a page of its own.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False, "iframes": False}
VIOLATIONS = "options => axe.run(document, options).then(results => results.violations)"

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
    """One way in which a page is looked at: what its address asks for, and whether axe looks too, and the keyboard's focus.

    The other language and large type change words and sizes, and neither the elements nor what comes before what.
    """

    query: str
    large: bool = False
    axe: bool = False
    focus: bool = False


def looks(one: Found, again: bool = False) -> list[Look]:
    """Return how a page is looked at: in both languages, and what is for everybody in large type too.

    ``again`` is a page of a view that somebody else was shown before: axe and its English were looked at then.
    """
    both = [Look("", focus=True)] if again else [Look("lang=zh", axe=True, focus=True), Look("lang=en")]
    return both if one.who else [*both, Look("view=large", large=True)]


def faults(visitor: Visitor, one: Found, look: Look) -> list[str]:
    """Return what is wrong with a page as one looks at it on each device, each fault with its place."""
    page, address = visitor.page, f"{one.address}{'&' if '?' in one.address else '?'}{look.query}"
    visitor.opens(address)
    finger, eye, found = 60 if look.large else 44, 25.2 if look.large else 16 if one.who else 18, []
    windows = (SMALL, PHONE, TABLET)  # from one end to the other, and the next look the other way: each window is made once
    for window in windows if page.viewport_size["width"] < TABLET[0] else windows[::-1]:
        found += half_again(page) if window == SMALL else measured(page, window, finger, eye)
        if window == PHONE:
            found += axe(page) if look.axe else []
            found += page.evaluate(FOCUS) if look.focus else []
    return [f"{one.endpoint} {address}: {fault}" for fault in found]
