"""The main path in a browser: a clerk's spreadsheet becomes a posted notice that a villager scans and answers, and an auditor reads."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from board.rules import numbers
from tests import seeking
from tests.browser.conftest import Served
from tests.browser.visitors import Visitor, plain
from tests.databases import DEMO
from tests.paper.conftest import codes, need, opened

VILLAGE, CODE = "军大丘村", "510521116227"
FACTS = {
    "这些信息是哪天定下来的": "2026-11-20",
    "公示开始日期": "2026-11-22",
    "依据文件": "泸县2026年耕地地力保护补贴实施方案(演示)",
    "资金来源": "中央财政耕地建设与利用资金(演示)",
    "资金文号": "演示财农〔2026〕8号",
    "哪些人能领": "拥有耕地承包权的种地农民。",
    "补贴标准": "93.6",
    "有疑问打电话": "0830-8190000",
    "谁来回答": "镇财政所(演示)",
    "监督举报电话": "0830-8190012",
    "当面说，找谁": "镇财政所窗口，工作日上午；到村委会口头说也行",
}
QUESTION = "我家今年丈量是九亩,表上只有八亩二分六。"
ANSWER = "已请村里复核:丈量表上是 8.26 亩,和公示一致。要看丈量表,请到镇财政所。"


def posts(clerk: Visitor) -> None:
    """The clerk makes a notice of the township's roster and puts it before the reviewer."""
    clerk.signs_in("baihe-clerk").looks_at("desk")
    clerk.taps("新的公示").ticks("耕地地力保护补贴").looks_at("new").presses("下一步").looks_at("sheet")
    clerk.page.get_by_label("上传表格").set_input_files(DEMO / "baihe-cropland-roster.xlsx")
    clerk.presses("上传").sees("数都对上了", within="h1")
    clerk.sees("名单行数 1,194", "补贴面积 5,903.61 亩", "补贴金额 552,578.07 元")
    clerk.sees("身份证号 1194 个", "银行卡号 1194 个", "电话号码 1194 个").looks_at("ready")
    clerk.taps("看看每一列").looks_at("columns").presses("下一步").presses("下一步:填情况")

    for label, text in FACTS.items():
        clerk.types(label, text)
    clerk.looks_at("facts").presses("存好,下一步").sees("公示到 2026年11月29日 止").looks_at("finish")
    clerk.presses("送审").sees("已送审", "等审核")


def approves(reviewer: Visitor) -> str:
    """The reviewer looks at what the villager will see, and posts it; returns the number."""
    reviewer.signs_in("baihe-reviewer").looks_at("desk").taps("百和镇2026年耕地地力保护补贴公示")
    reviewer.sees("经手的人:陶立秋", "1,194 户", "552,578.07").looks_at("review")
    address = reviewer.page.url
    reviewer.taps(VILLAGE).sees("47,315.75").looks_at("preview")

    reviewer.opens(address).presses("通过并公布").sees("已公布", "打印各村公示单").looks_at("posted")
    return reviewer.page.url.partition("#")[0].rpartition("/")[2]


def prints(reviewer: Visitor, served: Served, number: str, folder: Path) -> str:
    """The reviewer prints the village's sheet for the wall; returns what a phone reads in its first QR."""
    need("pdftoppm")
    form = reviewer.row(VILLAGE).locator("form")
    token = form.locator("input[name=csrf_token]").get_attribute("value")
    answer = reviewer.context.request.post(served.address + (form.get_attribute("action") or ""), form={"csrf_token": token or ""})
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")

    (folder / "wall.pdf").write_bytes(answer.body())
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "-f", "1", "-l", "1", "wall.pdf", "wall"], cwd=folder, check=True)
    (picture,) = folder.glob("wall-*.png")
    (read,) = codes(opened(picture))
    assert read == f"{served.address.upper()}/N/{number}/{CODE}/1"
    return read


def asks(villager: Visitor, scanned: str) -> str:
    """The villager scans the sheet, finds his row and says that it is wrong; returns his receipt."""
    villager.opens(scanned)
    assert villager.page.url.endswith(scanned.split("/", 3)[3])  # nothing stands between the scan and the page
    villager.sees(VILLAGE, within="h1").sees("您这张是最新的。", "公示中,到2026年11月29日止")
    villager.sees("110", "505.51", "47,315.75", within=".big")
    assert villager.page.locator("tbody tr[id]").count() == 110
    villager.sees("郑*娜", "8.26", "773.14", within=villager.row("17")).looks_at("place", public=True)
    assert "郑平娜" not in villager.page.content()

    villager.taps("不对？", within=villager.row("17"))
    villager.sees(f"您说的是:{VILLAGE} 2组 17 号 郑*娜, 773.14 元").looks_at("ask", public=True)
    villager.ticks("我家的数不对").types("请说清楚是什么事", QUESTION).presses("下一步：看一看再交")
    villager.sees("还没有交", QUESTION, "镇里会看到", "大家会看到").looks_at("check", public=True).presses("交上去")
    receipt = plain(villager.page.locator(".receipt").inner_text())
    assert numbers.receipt_valid(receipt)
    villager.sees("最晚2026年11月27日答复").looks_at("asked", public=True)
    assert receipt not in villager.page.url + villager.title
    return receipt


def answers(clerk: Visitor) -> None:
    """The clerk finds the case on his desk and answers it."""
    clerk.opens("/desk").taps("有 1 件来件等着答复").looks_at("inbox").taps("我家的数不对")
    clerk.sees(QUESTION, f"{VILLAGE} 2组 17 号").looks_at("case").types("写给村民的话", ANSWER).presses("答复").sees("已答复")


def reads(villager: Visitor, receipt: str) -> None:
    """The villager looks his case up with the receipt, as it stood on the page: in fours."""
    villager.opens("/").looks_at("home", public=True).taps("查进度").looks_at("receipt", public=True)
    villager.types("您的查询号", numbers.receipt_spaced(receipt)).presses("查")
    villager.sees("已答复", within="h1").sees(ANSWER).looks_at("progress", public=True)
    assert receipt not in villager.page.url


def watches(auditor: Visitor, number: str) -> None:
    """The auditor sees the notice, the case and the log, and has the log checked."""
    auditor.signs_in("luxian-auditor").looks_at("audit")
    row = auditor.page.locator("tr", has_text=numbers.spaced(number))
    auditor.sees("百和镇2026年耕地地力保护补贴公示", "1,194", "552,578.07", "公示中", within=row)
    auditor.page.locator("a[href*='figure=in_time'][href*='area=510521116000']").first.click()  # one answer, and it was in time
    auditor.looks_at("answered").sees("1 件").taps("我家的数不对").sees(QUESTION, ANSWER, "已答复").looks_at("case")
    assert not auditor.page.locator("textarea").count()  # he reads, and answers for nobody
    auditor.taps("公开日志").sees("公布", "打印带姓名的公示单", "收到来件", "答复来件").looks_at("ledger")
    assert "郑平娜" not in auditor.page.content()
    auditor.presses("查一查日志有没有被改过").sees("日志是完整的").looks_at("verified")


def test_a_spreadsheet_becomes_a_notice_that_a_villager_scans_and_answers(
    comes: Callable[..., Visitor], served: Served, tmp_path: Path
) -> None:
    clerk = comes("clerk", 820, 1180)
    posts(clerk)
    reviewer = comes("reviewer", 820, 1180, script=False)  # every staff page works without script
    number = approves(reviewer)
    scanned = prints(reviewer, served, number, tmp_path)

    villager = comes("villager", 360, 740, script=False)
    receipt = asks(villager, scanned)
    answers(clerk)
    reads(villager, receipt)
    auditor = comes("auditor", 1280, 800)
    watches(auditor, number)

    assert served.log.read_text() == ""
    assert list(served.temporary.iterdir()) == []
    assert not [file for file in served.instance.rglob("*") if file.is_file() and seeking.found(file.read_bytes())]
    assert [fault for visitor in (clerk, reviewer, villager, auditor) for fault in visitor.faults] == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_what_everybody_may_open_is_whole_with_and_without_script(comes: Callable[..., Visitor], script: bool) -> None:
    visitor = comes("stranger" if script else "stranger-no-script", 360, 740, script=script)
    for name, address, words in [
        ("home", "/", "找您的地方"),
        ("county", "/a/510521000000", "百和镇"),
        ("town", "/a/510521116000", VILLAGE),
        ("village", f"/a/{CODE}", "现在没有。"),
        ("receipt", "/receipt", "您的查询号"),
        ("home-en", "/?lang=en", "中文"),
    ]:
        visitor.opens(address).sees(words).looks_at(name, public=True)
    assert visitor.faults == []


def test_a_page_that_does_not_fit_or_cannot_be_tapped_is_noticed(comes: Callable[..., Visitor]) -> None:
    visitor = comes("stranger", 360, 740).opens("/")
    visitor.page.evaluate("""() => {
        const wide = document.createElement('p'), small = document.createElement('button')
        wide.textContent = '元'.repeat(60), wide.style.whiteSpace = 'nowrap', small.textContent = 'x', small.style.minHeight = '0'
        small.style.padding = '0', document.querySelector('main').append(wide, small), console.error('broken')
        fetch('http://198.51.100.1/').catch(() => 0)
    }""")
    visitor.looks_at("broken", public=True)
    for fault in (
        "at 360: 734 px too wide",
        "p.: 元元",
        "text at 150%",
        "at 360: too small to tap: button x",
        "console: broken",
        "198.51.100.1",
    ):
        assert [one for one in visitor.faults if fault in one], f"{fault} is not among {visitor.faults}"


def test_nothing_of_a_visitor_is_left_for_the_next_in_the_room(comes: Callable[..., Visitor]) -> None:
    first = comes("clerk", 820, 1180).comes_as("baihe-clerk").opens("/desk").sees("退出")
    first.page.evaluate("localStorage.setItem('kept', 'words')")
    first.context.set_offline(True)
    first.leaves()
    second = comes("stranger", 360, 740).opens("/desk")
    assert second.page is first.page
    assert second.page.url.partition("?")[0].endswith("/sign-in")
    assert second.page.evaluate("[innerWidth, localStorage.length]") == [360, 0]
    second.opens("/nowhere")
    assert (len(second.faults) > 0, first.faults) == (True, [])
