"""People at work, each in a thread: a clerk and her reviewer post and correct, villagers ask, a second clerk answers.

What one of them does is noted in ``Acknowledged`` when the page that answers says so, and never before. When the server dies they
wait, and go on where they were, as people do: an act without an answer is looked at again, and done again if it was not done.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bench.flood_readers import right_choice
from board.rules.calendar import day_of
from tests.actors import Page, Person
from tests.faults.acknowledged import VILLAGES, Acknowledged, Posted, Said
from tests.faults.browser import Lost, SocketBrowser
from tests.store.posted import TOWN
from tests.web.drafting import begins, draft_of, facts_of, number_of

NAMES = ("张小三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "郑小一", "冯小二", "陈小四", "褚小五")
RATE = Decimal("93.6")
OUTAGE = ("现在存不进东西", "现在办事的人多", "网站现在看不到内容", "网站的数据库连不上", "服务器现在存不进东西", "现在同时上传的人多")


class Refused(Exception):
    """The answer was not the page of somebody whose act was done."""


class Worker(threading.Thread):
    """Somebody who runs errands until he is told to stop; a server that is away or says that it cannot is tried again."""

    def __init__(self, name: str, errand: Callable[[], None], noted: Acknowledged, up: threading.Event, over: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.errand, self.noted, self.up, self.over = errand, noted, up, over

    def run(self) -> None:
        """Run errands, one after another."""
        while not self.over.is_set():
            if not self.up.wait(0.2):
                continue
            try:
                self.errand()
            except Lost:
                time.sleep(0.05)
            except (Refused, AssertionError, ValueError, IndexError, AttributeError) as error:
                said = str(error)
                words = next((one for one in OUTAGE if one in said), "")
                with self.noted.lock:
                    self.noted.troubles[words or f"{self.name}: {type(error).__name__} {said[:300]}"] += 1
                time.sleep(0.2 if words else 0.05)


def told(page: Page, *words: str) -> Page:
    """Return the page if it is that of an act that was done: no error, and with one of these words."""
    if page.status != 200 or (words and not any(one in page.text for one in words)):
        raise Refused(f"{page.status} {page.path} {page.text[:400]}")
    return page


class Signed:
    """Somebody of the staff, who signs in when he has to."""

    def __init__(self, port: int, username: str) -> None:
        self.username, self.person, self.signed = username, Person(SocketBrowser(port)), False
        self.person.committee_signs = False

    def here(self) -> Person:
        """Return him, signed in."""
        if not self.signed:
            self.person.signs_in(self.username)
            self.signed = True
        return self.person


class Posting:
    """A township's clerk and her reviewer: they import a roster, state its facts, send, approve, and later correct it."""

    def __init__(self, port: int, noted: Acknowledged, seed: str) -> None:
        self.clerk, self.reviewer = Signed(port, "baihe-clerk"), Signed(port, "baihe-reviewer")
        self.noted, self.draw, self.no, self.seed = noted, random.Random(seed), 0, seed
        self.steps: Iterator[Callable[[], None]] = iter(())
        self.step: Callable[[], None] | None = None
        self.own: list[str] = []  # the numbers that she posted: two who correct one notice would overtake each other
        self.touched: set[str] = set()  # notices whose correction had no answer: they may have one more version than was told

    def __call__(self) -> None:
        """Go one step on; a step without an answer is done again."""
        if self.step is None:
            self.step = next(self.steps, None)
        if self.step is None:
            self.no += 1
            self.steps = self.corrects() if self.no % 3 == 0 and self._correctable() else self.posts()
            self.step = next(self.steps)
        try:
            self.step()
        except Lost:
            raise
        except Exception as error:
            if not any(one in str(error) for one in OUTAGE):
                self.step, self.steps = None, iter(())  # this errand cannot go on: another
            raise
        self.step = None

    def _note(self, act: str, draft: str = "", **more: str) -> None:
        with self.noted.lock:
            self.noted.notes(act)
            if draft:
                _, _, home, id = draft.split("/")
                self.noted.drafts[home, id] = act
                if more:
                    self.noted.stated[home, id] = more["stated"]

    def posts(self) -> Iterator[Callable[[], None]]:
        """The steps from a roster to a posted notice."""
        rows = [(place, name, _area(self.draw)) for place in VILLAGES for name in self.draw.sample(NAMES, self.draw.choice((1, 2, 3)))]
        table = _table(rows)
        at = {"draft": ""}

        def begins_draft() -> None:
            at["draft"] = draft_of(told(begins(self.clerk.here(), "cropland-subsidy", TOWN)))

        def imports() -> None:
            clerk = self.clerk.here()
            page = clerk.sees(f"{at['draft']}/sheet")
            if self.no % 3:
                page = clerk.submits(page, "用粘贴的表格", table="\n".join("\t".join(line) for line in table))
            else:
                written = "\r\n".join(",".join(line) for line in table).encode("utf-8-sig")
                page = clerk.submits(page, "上传", file=(written, f"名单{self.no}.csv"))
            if page.path.endswith("/sheet"):
                raise Refused(f"{page.status} {page.path} {page.text[:400]}")
            self._note("imported", draft_of(told(page)))

        yield begins_draft
        yield imports
        yield from self._to_the_wall(at, [(place, name, _amount(area)) for place, name, area in rows], 1, "")

    def _to_the_wall(
        self, at: dict[str, str], rows: list[tuple[str, str, Decimal]], version: int, number: str
    ) -> Iterator[Callable[[], None]]:
        document = f"川农发〔2026〕{self.no + 1}号"

        def states() -> None:
            page = self.clerk.here().submits(f"{at['draft']}/facts", "存好", **_facts(document))
            if not told(page).path.endswith("/finish"):
                raise Refused(f"{page.path} {page.text[:400]}")
            self._note("stated", at["draft"], stated=document)

        def sends() -> None:
            page = self.clerk.here().sees(f"{at['draft']}/finish")
            if any("送审" in words for form in page.forms for words, *_ in form.buttons):
                page = self.clerk.here().submits(page, "送审")
            told(page, "等审核", "已送审")
            self._note("sent", at["draft"])

        def approves() -> None:
            if number:
                self.touched.add(number)
            page = self.reviewer.here().sees(f"{at['draft']}/review")
            if page.status == 404:
                return  # it was posted, and the answer was lost: nobody was told
            page = self.reviewer.here().submits(page, "通过并公布")
            posted = Posted(number_of(told(page)), version, tuple(rows))
            self._note("corrected" if number else "posted", at["draft"])
            with self.noted.lock:
                self.noted.posted.setdefault(posted.number, []).append(posted)
            self.touched.discard(number)
            if not number:
                self.own.append(posted.number)

        yield states
        yield sends
        yield approves

    def _correctable(self) -> list[str]:
        return [number for number in self.own if number not in self.touched]

    def corrects(self) -> Iterator[Callable[[], None]]:
        """The steps of a correction: another area for the first household."""
        number = self.draw.choice(self._correctable()[-5:])
        self.touched.add(number)
        last = self.noted.posted[number][-1]
        area = _area(self.draw)
        place, name, _ = last.rows[0]
        rows = [(place, name, _amount(area)), *last.rows[1:]]
        at = {"draft": ""}

        def begins_correction() -> None:
            clerk = self.clerk.here()
            page = clerk.follows(clerk.sees(f"/desk/notices/{number}"), "更正这份公示")
            page = (
                clerk.submits(page, "在名单上改几行", reason="一户的面积量错了，重新量过", leak="0")
                if "在名单上改几行" in page.text
                else page
            )
            at["draft"] = draft_of(told(page))

        def edits() -> None:
            clerk = self.clerk.here()
            page = told(clerk.sees(f"{at['draft']}/by-hand"))
            lines = dict(re.findall(r'name="row-(\d+)-name" value="([^"]+)"', page.html))
            index = next(index for index, household in lines.items() if household == name and _in(page, index, place))
            told(clerk.submits(page, "核对", **{f"row-{index}-area": area, f"row-{index}-amount": str(_amount(area))}))
            self._note("edited", at["draft"])

        yield begins_correction
        yield edits
        yield from self._to_the_wall(at, rows, last.version + 1, number)


class Asking:
    """Villagers who ask about what was posted, and ask on when they have an answer."""

    def __init__(self, port: int, noted: Acknowledged, seed: str) -> None:
        self.port, self.noted, self.draw, self.no = port, noted, random.Random(seed), 0

    def __call__(self) -> None:
        """One villager asks one question."""
        with self.noted.lock:
            posted = [one[-1] for one in self.noted.posted.values()]
        if not posted:
            time.sleep(0.1)
            return
        one = self.draw.choice(posted[-8:])
        self.no += 1
        villager = Person(
            SocketBrowser(self.port, f"10.{self.draw.randrange(256)}.{self.draw.randrange(256)}.{self.draw.randrange(1, 255)}")
        )
        text = (
            "".join(self.draw.sample("我家坡上苞谷地去年量过今年单子怎么没有请再看看河边那块水田也是去冬修路占了角", 18))
            + f"，第{self.no}回问。"
        )
        page = villager.submits(
            f"/n/{one.number}/ask?place={VILLAGES[one.rows[0][0]]}", "下一步", category="amount_wrong", text=text, first="township"
        )
        choice = right_choice(page.html)
        page = villager.submits(page, "交上去", **({"answer": choice} if choice else {}))
        found = re.search(r'class="receipt">([\d ]+)<', told(page).html)
        if not found:
            raise Refused(f"no receipt: {page.path} {page.text[:300]}")
        with self.noted.lock:
            self.noted.notes("asked")
            self.noted.said.append(Said(found[1].replace(" ", ""), text))


class Answering:
    """The clerk at another desk, who keeps half an answer and then sends it."""

    def __init__(self, port: int, noted: Acknowledged, seed: str) -> None:
        self.clerk, self.port, self.noted, self.draw, self.no = Signed(port, "baihe-clerk"), port, noted, random.Random(seed), 0
        self.done: set[str] = set()

    def __call__(self) -> None:
        """Keep an answer to the first question of the list that has none, then send it."""
        clerk = self.clerk.here()
        listed = [address for _words, address in clerk.sees("/desk/cases").links if re.match(r"/desk/cases/\d+/\w+", address)]
        address = next((one for one in listed if one not in self.done), "")
        if not address:
            time.sleep(0.1)
            return
        page = told(clerk.sees(address))
        with self.noted.lock:
            talk = page.text.partition("说过的话")[2]
            asked = next((one for one in self.noted.said if one.text in talk), None)
        self.done.add(address)  # whatever comes of it: an answer without an answer page may have been sent
        if asked is None:
            return  # his receipt was lost with the server
        self.no += 1
        text = f"查过了，登记的没有错，这是第{self.no}个答复。"
        page = told(clerk.submits(page, "先存着，不发", text=text), "先存好了")
        with self.noted.lock:
            self.noted.notes("kept")
            self.noted.kept[asked.receipt] = text
        if self.no % 4 == 0:
            return  # it stays half written
        with self.noted.lock:
            del self.noted.kept[asked.receipt]  # the sent answer takes its place
        page = told(clerk.submits(page, "答复", text=text))
        if text not in page.text:
            raise Refused(f"{page.path} {page.text[:400]}")
        with self.noted.lock:
            self.noted.notes("answered")
            self.noted.said.append(Said(asked.receipt, text))


def _area(draw: random.Random) -> str:
    return f"{draw.randrange(10, 90) / 10:.1f}"


def _amount(area: str) -> Decimal:
    return (Decimal(area) * RATE).quantize(Decimal("0.01"))


def _table(rows: list[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    amounts = [_amount(area) for *_, area in rows]
    lines = [(place, "1组", name, area, str(RATE), str(_amount(area))) for place, name, area in rows]
    total = ("合计", "", "", str(sum(Decimal(area) for *_, area in rows)), "", str(sum(amounts)))
    return [("村", "组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"), *lines, total]


def _facts(document: str) -> dict[str, str]:
    today = day_of(datetime.now(UTC))
    stated = {"standard": str(RATE), "basis_document": document, "formed_on": str(today - timedelta(days=2)), "display_start": str(today)}
    return facts_of("baihe-cropland-roster.xlsx") | stated


def _in(page: Page, index: str, place: str) -> bool:
    found = re.search(rf'name="row-{index}-place" value="([^"]*)"', page.html)
    return found is None or found[1] == place
