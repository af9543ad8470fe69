"""``make taps``: how far each person's errand is, walked in a browser: a click, a chosen file or a typed field is one tap.

Scrolled is by how many screens the thing to tap lies below what is seen. Nothing is estimated: an errand that cannot be walked fails.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from playwright.sync_api import Browser, Locator, sync_playwright

from tests.browser.conftest import ARGUMENTS, Served, browser_found, serving
from tests.browser.visitors import Visitor, spoken
from tests.databases import DEMO, Databases
from tests.web.drafting import CONTACTS, DATES

TOWN, VILLAGE, CODE = "510521116000", "军大丘村", "510521116227"
ROSTER = DEMO / "baihe-cropland-roster.xlsx"
FACTS = CONTACTS | DATES | {
    "basis_document": "泸县2026年耕地地力保护补贴实施方案（演示）", "fund_source": "中央财政耕地建设与利用资金（演示）",
    "grant_number": "演示财农〔2026〕8号", "eligibility": "拥有耕地承包权的种地农民。", "standard": "93.6",
}  # fmt: skip


class Errand(NamedTuple):
    """One errand, the most taps that it may take (typed words beside them not counted), and how many it took."""

    who: str
    what: str
    most: int
    taps: int
    typed: int
    scrolled: int

    @property
    def short_enough(self) -> bool:
        """Whether it took no more taps than it may."""
        return self.taps <= self.most


@dataclass
class Counted:
    """A visitor whose taps are counted."""

    visitor: Visitor
    taps: int = 0
    typed: int = 0
    scrolled: int = 0

    def _reach(self, thing: Locator) -> Locator:
        box = thing.bounding_box()
        assert box, f"not to be seen at {self.visitor.page.url}"
        self.scrolled += abs(int(box["y"] // self.visitor.size[1]))
        return thing

    def tap(self, words: str, within: Locator | None = None) -> Self:
        """Tap the first link or button whose words begin so."""
        page = within or self.visitor.page.locator("body")
        self._reach(page.locator("a, button").filter(has_text=spoken(words, whole=len(words) == 1)).first).click()
        self.taps += 1
        self.visitor.page.wait_for_load_state()
        return self

    def type(self, selector: str, text: str) -> Self:
        """Type into a field."""
        self._reach(self.visitor.page.locator(selector).first).fill(text)
        self.taps, self.typed = self.taps + 1, self.typed + 1
        return self

    def choose(self, selector: str, file: Path) -> Self:
        """Choose a file."""
        self._reach(self.visitor.page.locator(selector).first).set_input_files(file)
        self.taps += 1
        return self

    def done(self, who: str, what: str, most: int, beside: int = 0) -> Errand:
        """Return the errand; ``beside`` typed words or numbers are not counted against its bar."""
        return Errand(who, what, most, self.taps - beside, self.typed, self.scrolled)


def errands(browser: Browser, served: Served, folder: Path) -> Iterator[Errand]:
    """Walk all errands, one after the other, and yield what each took; begins with a database of areas and people alone."""

    def comes(name: str, width: int, height: int) -> Visitor:
        return Visitor(browser, served.address, name, (width, height), True, folder)

    clerk, reviewer, villager = comes("clerk", 820, 1180), comes("reviewer", 820, 1180), comes("villager", 360, 740)
    clerk.comes_as("baihe-clerk")
    reviewer.comes_as("baihe-reviewer")

    _sent(clerk)  # the first sheet of a kind, with all its facts typed
    number, printing = _approved(reviewer)
    yield printing.done("reviewer", "approval → township printed", 5)

    again = _sent(clerk)
    yield again.done("clerk", "sheet → sent for review", 10)
    reviewer.opens("/desk").taps("泸县百和镇")
    reviewer.page.locator("textarea[name=reason]").fill(f"{VILLAGE}17号的面积写错了")
    reviewer.presses("退回修改")
    clerk.opens("/desk")
    mending = Counted(clerk).tap("去改")
    row = clerk.page.locator("tr.hit")
    cells = row.locator("input[type=text]")
    for at, text in ((3, "8.27"), (5, "774.07")):
        mending._reach(cells.nth(at)).fill(text)
        mending.taps += 1
    mending.tap("存好，再核一遍").tap("送审", clerk.page.locator("form"))
    clerk.sees("已送审")
    yield mending.done("clerk", "returned for one wrong number → sent again", 5)

    villager.opens(f"/n/{number}/{CODE}/1")
    found = Counted(villager).type("#typed", "17").tap("找")
    villager.sees("17 号", "8.26")
    yield found.done("villager", "scan → my row", 2)

    villager.opens("/")
    home = Counted(villager).type("#q", "军大丘").tap("找").tap(VILLAGE)
    villager.sees(f"{VILLAGE}公示墙", within="h1")
    yield home.done("villager", "first page → my village", 2, beside=1)

    notice = Counted(villager).tap(f"{VILLAGE}:")
    assert villager.page.url.endswith(f"/n/{number}/{CODE}")
    yield notice.done("villager", "my village → any of its notices", 1)

    villager.opens("/")
    photo = Counted(villager).type("#q", number).tap("找").tap(VILLAGE).tap("Z", villager.page.locator("nav.chips").first)
    villager.sees("郑*娜", "773.14")
    yield photo.done("villager", "photo with an unreadable code → my row", 3, beside=1)


def _sent(clerk: Visitor) -> Counted:
    """The clerk's sheet, from the desk until it waits for review."""
    clerk.opens("/desk")
    walk = Counted(clerk).tap("新的公示").choose("input[type=file]", ROSTER).tap("上传").tap("对，接着办").tap("下一步：填情况")
    for name, text in FACTS.items():
        box = clerk.page.locator(f"[name={name}]").first
        if not box.input_value():
            walk.type(f"[name={name}]", text)
    walk.tap("存好").tap("送审", clerk.page.locator("form"))
    clerk.sees("已送审")
    return walk


def _approved(reviewer: Visitor) -> tuple[str, Counted]:
    """The reviewer's approval and the printing of all posters; returns the notice's number and what the printing took."""
    reviewer.opens("/desk").taps("泸县百和镇")
    for reason in reviewer.page.locator("input[name^=reason-]").all():
        reason.fill("看过")
    reviewer.presses("通过并公布")
    number = reviewer.page.url.partition("#")[0].rpartition("/")[2]
    walk = Counted(reviewer)
    with reviewer.context.expect_page() as opened:
        walk.tap("整镇打印")
    assert opened.value
    opened.value.close()
    return number, walk


def table(found: list[Errand]) -> str:
    """Return the errands as a Markdown table."""
    lines = ["| who | errand | taps | at most | of these typed | screens scrolled |", "| --- | --- | ---: | ---: | ---: | ---: |"]
    lines += [f"| {one.who} | {one.what} | {one.taps} | {one.most} | {one.typed} | {one.scrolled} |" for one in found]
    return "\n".join(lines)


@contextmanager
def standing(folder: Path) -> Iterator[Served]:
    """Serve a database of areas and people alone, on SQLite."""
    databases = Databases(folder, None)
    with (
        databases.copied(databases.fill(), folder / "instance") as app,
        serving(folder / "instance", app.config["DATABASE_URL"], folder) as served,
    ):
        yield served
    databases.close()


def main() -> None:
    """Walk and print; exit code 1 if an errand is longer than it may be."""
    with tempfile.TemporaryDirectory(prefix="mingbai-taps-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_found(), args=ARGUMENTS.split())
        with standing(Path(folder)) as served:
            found = list(errands(browser, served, Path(folder)))
        browser.close()
    sys.stdout.write(table(found) + "\n")
    raise SystemExit(not all(one.short_enough for one in found))


if __name__ == "__main__":
    main()
