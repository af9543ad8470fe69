"""A list of 300 households read aloud: by the keyboard, with objections noted without a network, and minutes that agree with the poster."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from tests.actors import Browser, Person
from tests.browser.conftest import Served, Stage
from tests.browser.visitors import Visitor, plain
from tests.databases import NOW, ROOT, Databases, Filled
from tests.store.posted import GAODONG
from tests.web.drafting import approves, number_of, sends_roster
from tests.web.publishing import text

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what a browser sees is the same on either engine
HOUSEHOLDS = 300
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "一三五七九春夏秋冬东西南北中安平明亮正光"
OBJECTIONS = {17: "数不对", 40: "人不对", 41: "数不对", 120: "已经不在", 299: "别的"}


def names() -> list[str]:
    return [SURNAMES[no % 15] + GIVEN[no // 15 % 20] + GIVEN[no % 19] for no in range(HOUSEHOLDS)]


def table() -> str:
    """Return a roster as WPS copies it: 300 households in six groups at 93.6 yuan per mu."""
    lines = [("组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)")]
    tenths = [11 + no * 7 % 60 for no in range(HOUSEHOLDS)]
    for no, (name, area) in enumerate(zip(names(), tenths, strict=True)):
        lines.append((f"{no // 50 + 1}组", name, f"{area / 10}", "93.6", f"{area * 936 / 100:.2f}"))
    lines.append(("合计", "", f"{sum(tenths) / 10}", "", f"{sum(tenths) * 936 / 100:.2f}"))
    return "\n".join("\t".join(line) for line in lines)


class Stand:
    """The board with the list, served; and its number."""

    def __init__(self, served: Served, number: str) -> None:
        self.served, self.number = served, number
        self.meeting = f"/desk/notices/{number}/{GAODONG}/meeting"


@pytest.fixture(scope="module")
def stand(databases: Databases, filled: Filled, tmp_path_factory: pytest.TempPathFactory, stage: Stage) -> Iterator[Stand]:
    """A notice of 300 households in 高洞社区, made through the real import."""
    folder = tmp_path_factory.mktemp("meeting")
    with databases.copied(filled, folder / "instance") as app:
        app.test_client_class = Browser
        app.clock = lambda: NOW  # type: ignore[attr-defined]
        clerk, reviewer = (Person(app.test_client()).signs_in(f"baihe-{role}") for role in ("clerk", "reviewer"))
        number = number_of(approves(reviewer, sends_roster(clerk, table())))
        yield Stand(stage(folder / "instance", app.config["DATABASE_URL"]), number)


@pytest.fixture
def clerk(chromium: Chromium, stand: Stand) -> Iterator[Visitor]:
    """The township's clerk with a tablet before a projector."""
    visitor = Visitor(chromium, stand.served.address, "meeting", (1280, 800), True, ROOT / "test-output" / "meeting")
    yield visitor.comes_as("baihe-clerk")
    visitor.leaves()


def screen(page: Page) -> str:
    """Return what the one screen that is seen says."""
    seen = page.locator(".screen:visible")
    assert seen.count() == 1
    return plain(seen.inner_text())


def object_to(page: Page, choice: str, words: str = "") -> None:
    """Note an objection on the row that is seen: three taps."""
    seen = page.locator(".screen.now")
    seen.locator("summary").click()
    seen.get_by_role("button", name=choice, exact=True).click()
    if words:
        page.locator("#words").fill(words)
    page.locator("#say").get_by_role("button", name="记下", exact=True).click()


def reads(clerk: Visitor, stand: Stand) -> None:
    """The list is read to its end with the space bar; the network goes after the first objection."""
    page = clerk.page
    clerk.opens(f"/desk/notices/{stand.number}/{GAODONG}").taps("念名单会").presses("打开名单，开始念")
    clerk.taps("开始念")
    for no in range(1, HOUSEHOLDS + 1):
        if no in OBJECTIONS:
            object_to(page, OBJECTIONS[no], "我家是两亩三分，电话13800138000。" if no == 17 else "")
            page.locator("#waiting").get_by_text(f"未上传（{list(OBJECTIONS).index(no) + 1}）").wait_for()
        if no == 17:
            assert "第17户,共300户" in screen(page)
            assert names()[16] in screen(page)
            assert page.evaluate("getComputedStyle(document.querySelector('.now .spoken')).fontSize") == "40px"
            clerk.looks_at("row")
            page.keyboard.press("ArrowLeft")
            assert "第16户" in screen(page)
            page.keyboard.press("ArrowRight")
            clerk.context.set_offline(True)
        page.keyboard.press("Space" if no % 2 else "ArrowRight")
    assert "念完了" in screen(page)


def sends(clerk: Visitor, stand: Stand) -> list[str]:
    """Without a network nothing is lost; with it each objection gets one receipt, however often it is sent."""
    page = clerk.page
    page.locator("#upload").click()
    page.get_by_text("没有网，先留在这台机器上").wait_for()
    clerk.sees("未上传（5）", within="#waiting")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert [name for name in names() if name in kept] == []
    clerk.context.set_offline(False)
    clerk.faults.clear()  # the browser says that it could not send

    clerk.opens(f"{stand.meeting}/1").sees("17 号 · 数不对 · 未上传", "未上传（5）")  # the tablet was restarted meanwhile
    page.locator("#upload").click()
    page.get_by_text("都上传了。").wait_for()
    receipts = page.locator("#noted .receipt").all_text_contents()
    assert len(set(receipts)) == 5
    assert not page.locator("#noted .receipt").first.is_visible()  # the village sees what the projector shows
    clerk.looks_at("sent").opens(f"{stand.meeting}/1")
    page.get_by_role("button", name="再取查询号").click()
    page.locator("#receipts").wait_for()
    assert page.locator("#noted .receipt").all_text_contents() == receipts
    return receipts


def paper(clerk: Visitor, address: str, **form: str) -> str:
    """Return the words of a PDF that the clerk opens, or prints with a form."""
    token = clerk.page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    asked = clerk.context.request
    url = clerk.address + address
    answer = asked.post(url, form={"csrf_token": token, **form}) if form else asked.get(url)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf"), address
    return text(answer.body())


def test_a_list_of_300_is_read_aloud_and_its_minutes_agree_with_the_poster(clerk: Visitor, stand: Stand, chromium: Chromium) -> None:
    reads(clerk, stand)
    receipts = sends(clerk, stand)
    clerk.types("到会多少人", "86").types("谁主持（姓名）", "陈明").presses("记下").sees("到 86 人，陈明主持").looks_at("finished")

    minutes = paper(clerk, f"{stand.meeting}/1/minutes.pdf")
    poster = paper(clerk, f"/desk/notices/{stand.number}/{GAODONG}/wall.pdf", paper="a4")
    total = next(line for line in table().split("\n") if line.startswith("合计")).split("\t")[-1]
    for stated in ("300户", f"{float(total):,.2f}元", "第1版", f"{stand.number[:3]}{stand.number[3:6]}{stand.number[6:]}"):
        assert stated in minutes
        assert stated in poster
    assert "第1号到第300号,共300户,全部念完" in plain(minutes)
    assert "5户有异议" in minutes
    assert [no for no, what in OBJECTIONS.items() if f"{no}号{what}" not in minutes] == []
    assert [name for name in names() if name in minutes] == []
    assert [name for name in names() if name not in poster] == []
    slip = paper(clerk, f"{stand.meeting}/1/receipts.pdf", receipt=receipts[0])
    assert plain(receipts[0]) in slip

    clerk.opens("/desk/cases").sees("我家的数不对")
    villager = Visitor(chromium, stand.served.address, "villager", (390, 844), False, ROOT / "test-output" / "meeting")
    villager.opens(f"/n/{stand.number}/{GAODONG}").sees("开会念过名单，5 户当场有异议")
    villager.opens("/receipt").types("您的查询号", receipts[0]).presses("查").sees("数不对", "我家是两亩三分")
    assert "13800138000" not in villager.page.content()
    villager.leaves()
    assert clerk.faults + villager.faults == []


def test_without_a_script_an_objection_is_three_taps_on_a_page_of_its_own(chromium: Chromium, stand: Stand) -> None:
    clerk = Visitor(chromium, stand.served.address, "plain", (390, 844), False, ROOT / "test-output" / "meeting")
    clerk.comes_as("baihe-clerk").opens(stand.meeting).presses("打开名单，开始念")
    row = clerk.page.locator("#r2")
    row.locator("summary").click()
    with clerk.context.expect_page() as opened:
        row.get_by_role("button", name="数不对", exact=True).click()
    opened.value.get_by_role("button", name="记下", exact=True).click()
    opened.value.get_by_text("看查询号").click()
    assert len(plain(opened.value.locator(".receipt").inner_text())) == 16
    assert clerk.faults == []
    clerk.leaves()
