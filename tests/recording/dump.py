"""The dump that recordings are taken of: the demo, and what its people do further so that every page has something to show."""

from __future__ import annotations

import base64
import io
import json
import re
import secrets
from datetime import timedelta
from pathlib import Path
from unittest import mock

import openpyxl
from flask import Flask

from tests.actors import Page, Person
from tests.attachments.making import pdf, picture, shows
from tests.recording.standing import KNOWN, app_over, stop_clock
from tests.web.asking import asks
from tests.web.drafting import ROSTER, begins, draft_of, facts_of, pastes, states, uploads

VILLAGE, OTHER, TOWN = "510521116004", "510521116227", "510521116000"
ROSTER_FACTS = facts_of("baihe-cropland-roster.xlsx")


def make(folder: Path) -> None:
    """Fill a demo in ``folder`` and let its people go on; writes down the receipts and cards' addresses, of which only keys are stored."""
    folder.mkdir(parents=True)
    app = app_over(folder)
    runner = app.test_cli_runner()
    for command in (["db", "upgrade"], ["demo"]):
        done = runner.invoke(args=command)
        assert done.exit_code == 0, done.output
    moment = stop_clock(app, folder)
    day = moment.date()  # of UTC: in China it is that day or already the next
    ROSTER_FACTS.update(formed_on=day.isoformat(), display_start=(day + timedelta(2)).isoformat())
    known = go_on(app)
    (folder / KNOWN).write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")


def go_on(app: Flask) -> dict[str, list[str]]:
    """Make drafts in all states, files, cards, cases, a notice taken down, a closed wall; return the secrets by what they open."""
    clerk, reviewer, admin = (Person(app.test_client()).signs_in(name) for name in ("baihe-clerk", "baihe-reviewer", "luxian-admin"))
    drafts_in_all_states(clerk, reviewer)
    with_files = posted_with_files(clerk, reviewer)
    gone = number_of(reviewer.submits(f"{sends(clerk, pasted(clerk))}/review", "通过并公布"))
    corrections(clerk, reviewer, with_files)
    villager = Person(app.test_client())
    receipts = [asked(villager, number, more) for number in (with_files, gone) for more in ({}, {"contact": "0830-8190002"})]
    reviewer.submits(f"/desk/notices/{gone}", "马上撤下", reason="有一户金额录错", leak="0", sure=True)
    answers(clerk)
    walls(clerk)
    areas(admin)
    return {"receipts": receipts, "cards": cards(clerk), "hung": [hung(clerk, with_files)]}


def drafts_in_all_states(clerk: Person, reviewer: Person) -> None:
    """Leave a draft on every step of the desk."""
    begins(clerk, "cropland-subsidy", VILLAGE)
    pastes(clerk, ROSTER.replace("187.2", "一百多"), home=VILLAGE)  # an amount that is none
    pastes(clerk, ROSTER.replace("补贴面积(亩)", "面积或别的"), home=VILLAGE)  # a header to be told
    clerk.submits(clerk.follows(begins(clerk, "cropland-subsidy", VILLAGE), "手工填写"), "先存着", **{"row-0-name": "张小三"})
    ready = pasted(clerk)
    clerk.submits(f"{ready}/files", "加上", title="现场照片", file=(picture(), "IMG_0001.jpg"))
    returned = sends(clerk, pasted(clerk))
    reviewer.submits(f"{returned}/review", "退回修改", reason="请核对二组的面积")
    uploads(clerk, "baihe-grain.csv")
    uploads(clerk, workbook(), "cropland-subsidy", TOWN)
    waiting = pasted(clerk)
    clerk.submits(f"{waiting}/files", "加上", title="规划图", file=(pdf(shows("Plan"), shows("second page")), "plan.pdf"))
    sends(clerk, waiting)


def workbook() -> tuple[bytes, str]:
    """Return an .xlsx of two tables, of which the clerk has to choose."""
    book, held = openpyxl.Workbook(), io.BytesIO()
    for title in ("高洞社区", "土主社区"):
        sheet = book.create_sheet(title)
        for line in ROSTER.split("\n"):
            sheet.append(line.split("\t"))
    book.remove(book.worksheets[0])
    book.save(held)
    return held.getvalue(), "花名册.xlsx"


def corrections(clerk: Person, reviewer: Person, number: str) -> None:
    """Leave one correction that waits for the reviewer and one that its clerk has just begun."""
    sends(clerk, corrected(clerk, number))
    corrected(clerk, number_of(reviewer.submits(f"{sends(clerk, pasted(clerk))}/review", "通过并公布")))


def corrected(clerk: Person, number: str) -> str:
    """Correct one household of a notice by hand; return the draft's address."""
    page = clerk.submits(f"/desk/notices/{number}/correct", "在名单上改几行", reason="一户的面积量错了", leak="0")
    page = clerk.submits(page, "核对", **{"row-1-area": "3", "row-1-amount": "280.8"})
    dates = {name: ROSTER_FACTS[name] for name in ("formed_on", "display_start")}
    return draft_of(states(clerk, page, **dates))


def pasted(clerk: Person, **facts: str) -> str:
    """Paste three households and state the facts; return the draft's address."""
    return draft_of(states(clerk, pastes(clerk, ROSTER, home=VILLAGE), **ROSTER_FACTS | facts))


def sends(clerk: Person, draft: str) -> str:
    """Send a draft for review; return its address."""
    page = clerk.submits(f"{draft}/finish", "送审")
    assert page.path == "/desk", page.text
    return draft


def number_of(page: Page) -> str:
    """Return the number of the notice that a page of the desk shows."""
    assert page.path.startswith("/desk/notices/"), page.text
    return page.path.split("/")[3]


def posted_with_files(clerk: Person, reviewer: Person) -> str:
    """Post a notice with a plan and a photo beside it; return its number."""
    draft = pasted(clerk)
    clerk.submits(f"{draft}/files", "加上", title="规划图", file=(pdf(shows("Plan of the village"), shows("second page")), "plan.pdf"))
    clerk.submits(f"{draft}/files", "加上", title="现场照片", file=(picture(), "IMG_0001.jpg"))
    clerk.submits(f"{draft}/files", "看过了", sure=True)
    sends(clerk, draft)
    return number_of(reviewer.submits(f"{draft}/review", "通过并公布", **{"reason-attachment_unread": "看过了，只有田地"}))


def asked(villager: Person, number: str, more: dict[str, str]) -> str:
    """Ask about a notice; return the receipt."""
    form = f"/n/{number}/ask?place={VILLAGE}&row=1"
    page = asks(villager, form, text="我家是两亩三分，只算了两亩。", **more)
    found = re.search(r'class="receipt">([\d ]+)<', page.html)
    assert found, page.text
    return found[1].replace(" ", "")


def answers(clerk: Person) -> None:
    """Answer one of the cases."""
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    clerk.submits(page, "答复", text="查过了，2 号更正为 2.3 亩。")


def walls(clerk: Person) -> None:
    """Put up two walls more, one with a photo and one that is closed again."""
    page = clerk.submits(f"/desk/walls/{VILLAGE}", "添上", spot="老学校门口")
    clerk.submits(page, "存照片", photo=(picture(), "IMG_0002.jpg"))
    page = clerk.submits(f"/desk/walls/{OTHER}", "添上", spot="旧晒场")
    clerk.submits(page, "记下墙撤掉了", sure=True)


def areas(admin: Person) -> None:
    """Rename a village, and merge another into its neighbour."""
    admin.submits("/admin/areas/510521116005", press="改名称", name="土主新社区")
    admin.submits("/admin/areas/510521116229", press="并过去", into="510521116228", sure_merge="y")


def cards(clerk: Person) -> list[str]:
    """Print a village's cards; return the tokens in their codes."""
    drawn: list[bytes] = []

    def noted(count: int) -> bytes:
        drawn.append(real(count))
        return drawn[-1]

    real = secrets.token_bytes
    with mock.patch("secrets.token_bytes", noted):
        page = clerk.submits(f"/desk/slips/{VILLAGE}", "打印全社区的卡")
    assert page.status == 200, page.text
    return [base64.b32encode(one).decode().rstrip("=") for one in drawn if len(one) == 16]


def hung(clerk: Person, number: str) -> str:
    """Return the token of the link for whoever pastes a notice's sheet up."""
    found = re.search(r"/hung/([^\"<\s]+)", clerk.sees(f"/desk/notices/{number}/{VILLAGE}").html)
    assert found
    return found[1]
