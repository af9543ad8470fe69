"""``make screens``: every kind of public page at three sizes into docs/screens, from a demo whose day and numbers stay the same.

Those that villagers open most are also shown in large type, and in text half again as large.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, browser_found, serving
from tests.browser.standing import CROPLAND, GRAIN, TOWN, VILLAGE, Stand, standing
from tests.browser.visitors import LARGER, WIDTHS, Visitor
from tests.databases import NOW, ROOT, Databases

FOLDER = ROOT / "docs" / "screens"
HEIGHTS = dict(zip(WIDTHS, (740, 1180, 800), strict=True))
SCREENS, FEWER = 3, 2  # of a phone's page are shown, at most; a list of a hundred rows says no more than its first forty
COLOURS = 48  # our pages have twelve, and the edges of letters
AFTER = NOW + timedelta(days=400)
CHANGED = "510521116004"  # the village whose rows the demo corrects
PUBLIC = "https://gk.example.cn"


class Screen(NamedTuple):
    """One page: its file's name, what it shows, where it is, what is done there first, when, and how large its text is: as it is, ``large``
    type, or ``half`` again as large."""

    name: str
    words: str
    address: Callable[[Stand], str]
    first: Callable[[Visitor], object] = lambda _: None
    at: datetime = NOW
    text: str = ""


def asks(villager: Visitor) -> None:
    """Ask about a row and stay on the receipt."""
    villager.ticks("我家的数不对").types("请说清楚是什么事", "我家今年丈量是九亩。")
    villager.presses("下一步：看一看再交").presses("交上去")


def looks_up(villager: Visitor) -> None:
    """Ask, and look up how the question is getting on."""
    villager.opens(villager.page.url)
    asks(villager)
    receipt = villager.page.locator(".receipt").inner_text()
    villager.opens("/receipt").types("您的查询号", receipt).presses("查")


def notice(title: str, tail: str = "") -> Callable[[Stand], str]:
    """Return what finds the address of a notice of the demo."""
    return lambda stand: f"/n/{stand.numbers[title]}{tail}"


def view(endpoint: str) -> Callable[[Stand], str]:
    """Return what finds the first page of a view that the walk came by."""
    return lambda stand: next(one.address for one in stand.walks[""].pages if one.endpoint == endpoint)


PAGES = (
    Screen("home", "The first page", lambda _: "/"),
    Screen("area", "A township: what it shows now and before", lambda _: f"/a/{TOWN}"),
    Screen("village", "A village", lambda _: f"/a/{VILLAGE}"),
    Screen("wall", "The wall behind its plate", view("public.wall.wall")),
    Screen("kiosk", "The wall on a screen in the village", lambda stand: f"{view('public.wall.wall')(stand)}?view=kiosk"),
    Screen("notice", "A notice", notice(CROPLAND)),
    Screen("place", "A village's rows, from the sheet on its wall", notice(CROPLAND, f"/{VILLAGE}/1")),
    Screen("row", "One household's row, found by its number on the paper", notice(CROPLAND, f"/{VILLAGE}?find=17")),
    Screen("surname", "Rows found by a surname", notice(CROPLAND, f"/{VILLAGE}?find=郑")),
    Screen("after", "After the rows were put away: the totals stay", notice(CROPLAND, f"/{VILLAGE}"), at=AFTER),
    Screen("changed", "An old sheet was scanned: what changed since", notice(CROPLAND, f"/{CHANGED}/1")),
    Screen("slip", "A household's own page, behind its slip", view("public.slip.slip")),
    Screen("withdrawn", "A notice that was taken down says why", notice(GRAIN)),
    Screen("ask", "Asking about a row", notice(CROPLAND, f"/ask?row=17&place={VILLAGE}")),
    Screen("asked", "The receipt", notice(CROPLAND, f"/ask?row=17&place={VILLAGE}"), asks),
    Screen("progress", "How a question is getting on", notice(CROPLAND, f"/ask?row=18&place={VILLAGE}"), looks_up),
    Screen("search", "Searching", lambda _: "/search?q=耕地"),
    Screen("lost", "A number that nobody gave", lambda _: "/n?number=123"),
    Screen("english", "A notice in English", notice(CROPLAND, "?lang=en")),
    Screen("english-place", "A village's rows in English", notice(CROPLAND, f"/{VILLAGE}?lang=en")),
    Screen("sign-in", "Where staff sign in", lambda _: "/sign-in"),
)


MOST_OPENED = ("home", "area", "village", "notice", "place", "row", "ask", "asked", "search", "withdrawn")
TEXTS = {"large": "in large type", "half": "with text half again as large"}
VARIANTS = tuple(
    screen._replace(name=f"{screen.name}-{text}", words=f"{screen.words}, {words}", text=text)
    for screen in PAGES
    for text, words in TEXTS.items()
    if screen.name in MOST_OPENED
)


def opened(villager: Visitor, screen: Screen, stand: Stand) -> None:
    """Go to a page, do there what comes first, and make its text as large as it is shown."""
    address = screen.address(stand)
    if screen.text == "large":
        address += ("&" if "?" in address else "?") + "view=large"
    screen.first(villager.opens(address))
    if screen.text == "half":
        villager.page.evaluate(LARGER)


def take(villager: Visitor, file: Path, width: int, screens: int = SCREENS) -> None:
    """Keep a picture of the page in few colours: of a phone up to that many screens, of the others one."""
    whole = villager.page.evaluate("document.documentElement.scrollHeight")
    height = min(whole, screens * HEIGHTS[width]) if width == WIDTHS[0] else HEIGHTS[width]
    # Not the whole page: Chromium takes no picture of one of thirty thousand lines.
    area = {"x": 0, "y": 0, "width": width, "height": max(height, HEIGHTS[width])}
    data = villager.page.screenshot(full_page=True, clip=area, caret="initial", animations="allow")
    Image.open(BytesIO(data)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def index() -> str:
    """Return the page that shows them all."""
    head = "# Screens\n\nWritten by `make screens`, from a demo whose day stands still. Everybody on them is made up.\n\n"
    shown = (*PAGES, *VARIANTS)
    lines = [f"| {screen.words} | {' · '.join(f'[{width}]({screen.name}-{width}.png)' for width in WIDTHS)} |\n" for screen in shown]
    pictures = "".join(f'<img src="{name}-360.png" width="240" alt="{name}">\n' for name in ("wall", "place", "row", "place-large"))
    return f"{head}{pictures}\n| Page | Width |\n| --- | --- |\n{''.join(lines)}"


def main() -> int:
    """Take all pictures, or those whose names are given."""
    wanted = [screen for screen in (*PAGES, *VARIANTS) if not sys.argv[1:] or screen.name in sys.argv[1:]]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "README.md").write_text(index(), "utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver, patch("secrets.randbelow", random.Random(2026).randrange):
        chromium = driver.chromium.launch(executable_path=browser_found(), args=ARGUMENTS.split())
        later = Path(folder) / "later"
        later.mkdir()
        with (
            standing(Databases(Path(folder), None), Path(folder), PUBLIC) as stand,
            serving(stand.served.instance, "", later, PUBLIC, AFTER) as after,
        ):
            for screen in wanted:
                address = (after if screen.at == AFTER else stand.served).address
                for width in WIDTHS:
                    villager = Visitor(chromium, address, "villager", (width, HEIGHTS[width]), True, FOLDER)
                    opened(villager, screen, stand)
                    take(villager, FOLDER / f"{screen.name}-{width}.png", width, FEWER if screen.text else SCREENS)
                    villager.context.close()
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
