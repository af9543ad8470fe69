"""Cases in a browser, on days that pass: late and disputed, an application, straight to the county, and asked by mouth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from board.store import people
from board.store.drafting import drafts
from tests.actors import PASSWORD
from tests.browser.conftest import Served, Stage
from tests.browser.visitors import Visitor, plain
from tests.databases import ROOT, Databases, Filled
from tests.store.posted import AT, GAODONG, TOWN, line, post, proposal, submit

TEXT = "我家是两亩三分，表上只有两亩。"
Comes = Callable[..., Visitor]


class Days:
    """A board with one notice, on the days that a test comes to."""

    def __init__(self, browser: Browser, served: Served, engine: str) -> None:
        self.browser, self.served, self.engine = browser, served, engine
        self.number, self.waiting, self.visitors = "", "", dict[tuple[str, bool], Visitor]()

    @contextmanager
    def on(self, day: str) -> Iterator[Comes]:
        """Go to a day; yields what brings somebody with a device, who signs in anew each day."""
        self.served.clock.write_text(f"{day}T10:00:00+08:00")

        def come(name: str, width: int = 360, height: int = 740, *, script: bool = False) -> Visitor:
            if (name, script) not in self.visitors:
                shown = ROOT / "test-output" / self.engine
                self.visitors[name, script] = Visitor(self.browser, self.served.address, name, (width, height), script, shown)
            return self.visitors[name, script].comes_as("" if name == "villager" else name)

        yield come


def _roster_of_a_village() -> str:
    """Put a roster of 高洞社区 before the reviewer, give its supervisor an account, and return the draft's address."""
    clerk = people.named("baihe-clerk")
    assert clerk
    people.add("gaodong-supervisor", "某人", "supervisor", GAODONG, PASSWORD, at=AT)
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95"), line(GAODONG, 2, "李四", "2")])
    made = replace(made, home=GAODONG, frozen=made.frozen | {"level": "village"}, starts="2026-11-23", ends="2026-12-08")
    draft = drafts.start(GAODONG, made.kind, made.title, clerk.id, AT)
    submit(draft, draft.revision, clerk.id, AT, made)
    return f"/desk/{GAODONG}/{draft.id}"


# What a browser sees of these is the same on either engine; their SQL has tests of its own on both.
on_one_engine = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@contextmanager
def among_days(chromium: Browser, databases: Databases, filled: Filled, folder: Path, stage: Stage) -> Iterator[Days]:
    """A board over a copy of the filled database; whatever its visitors found wrong fails the test at its end."""
    with databases.copied(filled, folder / "instance") as app:
        days = Days(chromium, stage(folder / "instance", app.config["DATABASE_URL"]), "postgresql" if databases.cluster else "sqlite")
        yield days
        for visitor in days.visitors.values():
            visitor.leaves()
    assert [fault for visitor in days.visitors.values() for fault in visitor.faults] == []


@pytest.fixture
def days(chromium: Browser, databases: Databases, filled: Filled, tmp_path: Path, stage: Stage) -> Iterator[Days]:
    with among_days(chromium, databases, filled, tmp_path, stage) as days:
        days.number, days.waiting = post().number, _roster_of_a_village()
        yield days


def asks(villager: Visitor, address: str, **more: str) -> str:
    """Fill the form in, look at what will be seen of it, send it; returns the receipt."""
    villager.opens(address)
    for label, text in more.items():
        villager.types(label, text)
    villager.types("请说清楚是什么事", TEXT).presses("下一步：看一看再交")
    villager.sees("还没有交，请看一看", TEXT, "大家会看到").looks_at("check", public=True).presses("交上去")
    return plain(villager.page.locator(".receipt").inner_text())


def looks_up(villager: Visitor, receipt: str) -> Visitor:
    return villager.opens("/receipt").types("您的查询号", receipt).presses("查")


def opens_case(clerk: Visitor, words: str, page: str = "/desk/cases") -> Visitor:
    return clerk.opens(page).taps(words)


def test_a_late_answer_that_solves_nothing_goes_up_and_is_rated(days: Days) -> None:
    with days.on("2026-11-23") as comes:
        receipt = asks(comes("villager"), f"/n/{days.number}/ask?place={GAODONG}&row=2")
    with days.on("2026-12-02") as comes:
        villager = looks_up(comes("villager"), receipt).sees("说好最晚2026年11月30日答复，已经过了", "下一步怎么办", "12345")
        villager.looks_at("late", public=True)
        comes("luxian-auditor", 1280, 800).opens("/audit").sees("百和镇", "过期没答复")
        clerk = opens_case(comes("baihe-clerk", 820, 1180), "我家的数不对").sees("迟了 2 天")
        clerk.types("写给居民的话", "查过了，丈量表上是两亩。").presses("答复").sees("已答复")
        looks_up(villager, receipt).sees("查过了，丈量表上是两亩。", "解决了吗？").looks_at("answered", public=True)
        villager.types("没解决？还差什么", "丈量表是前年的。").presses("没解决，请泸县来查").sees("现在归泸县办", "最晚2026年12月9日答复")
        villager.presses("不满意").sees("您说：不满意")
    with days.on("2026-12-04") as comes:
        county = opens_case(comes("luxian-clerk", 820, 1180), "我家的数不对").sees("丈量表是前年的。", "查过了，丈量表上是两亩。")
        county.types("写给居民的话", "重新量过，是两亩三分，下个月补发。").presses("答复").sees("已答复")
        villager = looks_up(comes("villager"), receipt).presses("解决了").sees("办结")
        villager.presses("非常满意").sees("您说：非常满意")


@on_one_engine
def test_an_application_is_made_clearer_extended_and_answered_that_it_does_not_exist(days: Days) -> None:
    with days.on("2026-11-23") as comes:
        villager = comes("villager").opens(f"/a/{TOWN}").taps("申请看没公开的材料").looks_at("apply", public=True)
        villager.types("您的姓名", "吴小满").types("您的电话", "0830-8190002").ticks("纸的")
        villager.types("您要什么材料", "想看修村道的合同。").presses("下一步：看一看再交")
        villager.sees("《政府信息公开条例》第三十三条：二十个工作日内答复").presses("交上去")
        receipt = plain(villager.page.locator(".receipt").inner_text())
    with days.on("2026-11-24") as comes:
        clerk = opens_case(comes("baihe-clerk", 820, 1180), "申请看没公开的材料").looks_at("application")
        clerk.presses("和申请人确认过了，期限从今天起算").presses("看过身份证了（不留复印件）")
        clerk.types("写给村民的话", "村道有三条，请写明是哪一条。").page.locator("summary", has_text="还答不了").click()
        clerk.presses("请村民补充（期限先停着，最多 15 个工作日）").sees("等村民补充")
    with days.on("2026-11-26") as comes:
        villager = looks_up(comes("villager"), receipt).sees("村道有三条，请写明是哪一条。")
        villager.types("请在这里补充", "高洞社区到河边那条。").presses("补充").sees("最晚2026年12月24日答复")
    with days.on("2026-12-18") as comes:
        clerk = opens_case(comes("baihe-clerk", 820, 1180), "申请看没公开的材料")
        address = clerk.page.url.split("/", 3)[3]
        clerk.page.locator("summary", has_text="日子不够？要延期").click()
        clerk.types("为什么要延期", "合同在县档案室，要去查。").page.get_by_role("button", name="要延到").click()
        comes("baihe-reviewer", 820, 1180).opens(f"/{address}").presses("同意延期").sees("同意延期")
    with days.on("2027-01-20") as comes:
        clerk = opens_case(comes("baihe-clerk", 820, 1180), "申请看没公开的材料").ticks("查过了，没有这份材料（不存在）")
        clerk.presses("把这种答复的开头放进下面")
        clerk.types("写给村民的话", "我们查找了镇里和县里的档案，没有您要的材料。").ticks("查过了，没有这份材料（不存在）").presses(
            "答复"
        ).sees("已答复")
        villager = looks_up(comes("villager"), receipt).sees("没有您要的材料", "合同在县档案室，要去查。", "下一步怎么办", "没解决")
        villager.looks_at("not-existing", public=True)


@on_one_engine
def test_a_question_for_the_county_alone_is_nowhere_in_the_township(days: Days) -> None:
    pages = ("/desk", "/desk/cases", "/desk/cases?done=1", f"/desk/notices/{days.number}", f"/desk/notices/{days.number}/{GAODONG}")
    with days.on("2026-11-23") as comes:
        clerk = comes("baihe-clerk", 820, 1180)
        before = [clerk.opens(page).page.locator("main").inner_text() for page in pages]
        villager = comes("villager").opens(f"/n/{days.number}/ask?place={GAODONG}&row=2").ticks("不让镇里、社区知道，直接交县里")
        villager.ticks("这一户有问题").types("请说清楚是什么事", TEXT).presses("下一步：看一看再交")
        villager.sees("县里会看到", "连有没有这件事都不知道", "他可能猜到是谁问的").looks_at("county-first", public=True).presses("交上去")
        receipt = plain(villager.page.locator(".receipt").inner_text())
        assert [clerk.opens(page).page.locator("main").inner_text() for page in pages] == before

        county = opens_case(comes("luxian-clerk", 820, 1180), "这一户有问题").sees(TEXT)
        county.presses("听过了").ticks("不属实").types("写给居民的话", "查过了，这一户去年迁回来了，可以领。").presses("答复").sees(
            "已答复"
        )
        looks_up(villager, receipt).sees("这一户去年迁回来了")
        assert [clerk.opens(page).page.locator("main").inner_text() for page in pages] == before


@on_one_engine
def test_who_asks_by_mouth_has_an_answer_only_when_he_was_told(days: Days) -> None:
    with days.on("2026-11-23") as comes:
        clerk = comes("baihe-clerk", 820, 1180).opens("/desk/cases").taps("替人问一问").looks_at("spoken")
        clerk.ticks("当面说").types("他说的话", TEXT)
        clerk.page.select_option("#category", "amount_wrong")
        clerk.page.locator("#how").get_by_text("打电话").click()
        clerk.types("电话，或者住哪里", "0830-8190004").presses("记下，出查询单").looks_at("entered")
        receipt = plain(clerk.page.locator(".receipt").inner_text())
    with days.on("2026-11-24") as comes:
        clerk = opens_case(comes("baihe-clerk", 820, 1180), "我家的数不对").sees("当面说")
        clerk.types("写给村民的话", "丈量表上是两亩三分，已经改了。").presses("答复").sees("还没告诉本人")
        looks_up(comes("villager"), receipt).sees("查好了，还没告诉本人", "最晚2026年11月30日答复")
        clerk.types("怎么告诉的", "打电话告诉本人").presses("已告诉本人").sees("已答复")
        looks_up(comes("villager"), receipt).sees("已告诉本人", "解决了吗？").looks_at("told", public=True)


def test_a_supervisor_objects_to_a_line_and_the_township_cannot_overlook_it(days: Days) -> None:
    address = days.waiting
    with days.on("2026-11-22") as comes:
        supervisor = comes("gaodong-supervisor")
        supervisor.opens("/desk/supervision").sees("高洞社区居务监督").taps("去看").looks_at("confirming")
        supervisor.page.get_by_label("某一行").check()
        supervisor.page.get_by_label("第几号").fill("2")
        supervisor.types("哪里不对、您怎么看", "这一行的面积比丈量的多。").presses("提出不同意见").sees("还没有答复").looks_at("objected")

        reviewer = comes("baihe-reviewer", 820, 1180)
        reviewer.opens(f"{address}/review").sees("第 2 号", "现在不能公布").looks_at("refused")
        assert reviewer.page.get_by_role("button", name="通过并公布").count() == 0
        clerk = comes("baihe-clerk", 820, 1180)
        clerk.opens(f"{address}/opinion")
        clerk.page.locator("#reply-0").fill("重新量过，就是两亩。")
        clerk.presses("记下答复").sees("答复：重新量过")
        reviewer.opens(f"{address}/review").sees("重新量过").presses("通过并公布").sees("已公布")
        number = reviewer.page.url.partition("#")[0].rpartition("/")[2]
        villager = comes("villager")
        villager.opens(f"/n/{number}").sees(
            "看过，有不同意见", "对第 2 号有不同意见：这一行的面积比丈量的多。答复：重新量过，就是两亩。"
        ).looks_at("noticed")
