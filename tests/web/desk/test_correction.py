"""A clerk corrects what hangs; a villager with the old sheet learns what changed, and one whose village did not change learns that."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from board.store import ledger, notices
from board.store.proof import notices as proof
from tests.actors import Page, Person
from tests.sheets.making import made_phone
from tests.store.corrected import begins, correct, figure
from tests.store.posted import GAODONG, NEXT, TOWN
from tests.web.drafting import draft_of
from tests.web.publishing import amounts_of, rows_of, text

REASON = "高洞社区两户的面积量错了，一户不该有"
SHEET = "\n".join("\t".join(line) for line in [
    ("村", "组", "户主姓名", "补贴面积(亩)", "补贴金额(元)"),
    ("土主社区", "1组", "钱七", "5", "468"), ("高洞社区", "1组", "赵六", "3", "280.8"), ("高洞社区", "1组", "王五", "1.2", "112.32"),
    ("高洞社区", "1组", "张小三", "5", "468"), ("合计", "", "", "14.2", "1329.12"),
])  # fmt: skip


@pytest.fixture(autouse=True)
def today(at):
    """The day on which all of this happens: everybody signs in on it."""
    at("2026-11-24")


def begin(clerk: Person, number: str, press: str = "在名单上改几行", reason: str = REASON) -> Page:
    """Press 更正 on the posted page, and say why."""
    page = clerk.follows(clerk.sees(f"/desk/notices/{number}"), "更正这份公示")
    return clerk.submits(page, press, reason=reason, leak="0")


def edits(clerk: Person, page: Page) -> Page:
    """Change 张小三 and 王五, and take 李四 out."""
    at = {name: index for index, name in re.findall(r'name="row-(\d+)-name" value="([^"]+)"', page.html)}
    fields = {f"row-{at['张小三']}-area": "5", f"row-{at['张小三']}-amount": "468"}
    fields |= {f"row-{at['王五']}-area": "1.2", f"row-{at['王五']}-amount": "112.32"}
    fields |= {f"row-{at['李四']}-{id}": "" for id in re.findall(rf'name="row-{at["李四"]}-([a-z_]+)"', page.html)}
    return clerk.submits(page, "核对", **fields)


def sends(clerk: Person, page: Page, **facts: str) -> str:
    """State the correction's days, and send it."""
    page = clerk.submits(f"{draft_of(page)}/facts", "存好", formed_on="2026-11-24", display_start="2026-11-24", **facts)
    clerk.submits(page, "送审")
    return draft_of(page)


def corrects(clerk: Person, reviewer: Person, number: str) -> Page:
    """Take the correction all the way by hand."""
    return reviewer.submits(f"{sends(clerk, edits(clerk, begin(clerk, number)))}/review", "通过并公布")


def test_two_rows_corrected_and_one_taken_out_from_the_desk_to_the_phone(clerk, reviewer, villager, person, number):
    draft = sends(clerk, edits(clerk, begin(clerk, number)))
    review = reviewer.sees(f"{draft}/review")
    for words in (REASON, "和现在公布的第 1 版比，改了什么", "1 号 张*三：补贴面积 4.95 → 5 亩，补贴金额 463.32 → 468.00 元",
                  "2 号：去掉了", "3 号 王*", "要换新公示单的地方：高洞社区。别的地方没有变化"):  # fmt: skip
        assert words in review.text
    page = reviewer.submits(review, "通过并公布")
    assert "已更正，现在是第 2 版" in page.text

    old = villager.sees(f"/N/{number}/{GAODONG}/1")
    assert "您手里是第 1 版，现在是第 2 版：改了 1 号、3 号，去掉了 2 号。" in old.text
    assert "已更正，看新的" in old.text
    assert "1 号 张*三：补贴金额 463.32 → 468.00 元" in old.text
    assert REASON in old.text
    assert "李" not in old.text
    assert (
        "您这张是最新的。 第 1 版\n别的地方更正过，现在整份公示是第 2 版：本社区没有变化。" in villager.sees(f"/N/{number}/{NEXT}/1").text
    )
    assert "您这张是最新的。 第 2 版" in villager.sees(f"/N/{number}/{GAODONG}/2").text
    assert [row[0] for row in rows_of(old)] == ["1", "3", "4"]
    assert proof.first_fault() is None


def test_rows_keep_their_numbers_of_the_paper_while_they_are_corrected(clerk, number):
    page = edits(clerk, begin(clerk, number))
    page = clerk.sees(f"{draft_of(page)}/by-hand")
    shown = re.findall(r"<small>[^<]* <span>(\d+) 号</span></small>.*?-name\" value=\"([^\"]+)\"", page.html, re.DOTALL)
    assert shown == [("1", "张小三"), ("3", "王五"), ("4", "赵六"), ("1", "钱七")], "2 was 李四, who was taken out"
    assert clerk.submits(page, "找", find="3 号").anchor == "l3"


def test_totals_agree_everywhere_after_a_correction(clerk, reviewer, villager, person, number):
    corrects(clerk, reviewer, number)
    part, whole = "861.12", "1,329.12"

    page = villager.sees(f"/n/{number}/{GAODONG}")
    assert sum(amounts_of(page)) == Decimal(part)
    assert part in page.text
    assert part in text(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data)
    assert part in villager.sees(f"/n/{number}").text
    for seen in (villager.sees(f"/n/{number}"), person("luxian-auditor").sees("/audit")):
        assert whole in seen.text
    found = notices.find(number)
    assert sum(Decimal(row.amount) for row in notices.rows(found, None)) / 100 == Decimal(found.version.totals["amount"])


def test_the_corrected_spreadsheet_says_the_same_as_rows_changed_by_hand(clerk, reviewer, villager, number):
    page = begin(clerk, number, "上传改好的整张表")
    page = clerk.submits(page, "用粘贴的表格", table=SHEET)
    reviewer.submits(f"{sends(clerk, page)}/review", "通过并公布", **reasons(reviewer, draft_of(page)))

    assert "改了 1 号、3 号，去掉了 2 号。" in villager.sees(f"/n/{number}/{GAODONG}/1").text
    assert "本社区没有变化" in villager.sees(f"/n/{number}/{NEXT}/1").text
    assert proof.first_fault() is None


def reasons(reviewer: Person, draft: str) -> dict[str, str]:
    """A reason for each rule that warns."""
    return dict.fromkeys(re.findall(r'name="(reason-[a-z_]+)"', reviewer.sees(f"{draft}/review").html), "核对过了")


# ---- the desk


def test_a_second_clerk_is_told_who_corrects_it(person, app, number):
    begins(notices.find(number))
    page = person("baihe-clerk").sees(f"/desk/notices/{number}/correct")

    assert "正在更正这份公示，一次只能有一份更正" in page.text
    assert page.link("打开那一份")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "请写明为什么更正"),
        ("错了", "请写明为什么更正"),
        ("张小三患肝癌，所以改了他家的数", "像是说到了某个人的"),
        (f"他的电话{made_phone()}登错了", "这句话里有手机号"),
    ],
)
def test_the_reason_is_for_everybody_to_read(clerk, number, reason, words):
    page = begin(clerk, number, reason=reason)

    assert page.status == 422
    assert words in page.text
    assert made_phone() not in page.html


def test_the_reason_can_be_said_better(clerk, number):
    page = begin(clerk, number)
    page = clerk.submits(f"{draft_of(page)}/reason", "存好", reason="量错了两户，改正", leak="1")

    assert "更正的原因：量错了两户，改正 露了不该公开的" in page.text, "what was chosen is as little hidden"


def test_what_is_the_same_is_not_sent(clerk, posted, number):
    correct(posted, figure("张小三", "5", "468"))
    page = begin(clerk, number)
    page = clerk.submits(f"{draft_of(page)}/facts", "存好", formed_on="2026-11-24", display_start="2026-11-24")
    assert "和现在公布的一模一样，还没有改什么" in page.text

    assert "和现在公布的一模一样，没有更正什么" in clerk.submits(page, "送审").text


def test_a_notice_taken_down_meanwhile_cannot_be_corrected(clerk, reviewer, number):
    draft = sends(clerk, edits(clerk, begin(clerk, number)))
    review = reviewer.sees(f"{draft}/review")
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="整张表都错了", leak="0", sure=True)
    page = reviewer.submits(review, "通过并公布")

    assert page.status == 422
    assert "已经撤下" in page.text
    assert "已经撤下，不能再更正" in clerk.sees(f"/desk/notices/{number}/correct").text
    assert proof.first_fault() is None


def test_nobody_elses_notice_is_corrected(person, number):
    assert person("zhaoyuan-clerk").sees(f"/desk/notices/{number}/correct").status == 404


def test_the_ledger_names_the_opening_of_names(clerk, number):
    begin(clerk, number)
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.body["rows"]) == ("names.carried", 5)
