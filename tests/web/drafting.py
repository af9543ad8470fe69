"""The way from a clerk's spreadsheet over the reviewer to a posted notice, step by step, for tests that begin somewhere on it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.actors import Page, Person
from tests.databases import DEMO

POSTS: dict[str, dict[str, Any]] = {
    post.get("sheet", post["kind"]): post for post in tomllib.loads((DEMO / "posts.toml").read_text("utf-8"))["posts"]
}
CONTACTS = {
    "objection_phone": "0830-8190000", "objection_person": "镇财政所 张老师", "report_phone": "0830-8190012",
    "objection_ways": "镇财政所窗口，工作日上午；到村委会口头说也行",
}  # fmt: skip
DATES = {"formed_on": "2026-11-18", "display_start": "2026-11-23"}


def begins(clerk: Person, kind: str, home: str = "") -> Page:
    """Begin a draft; the clerk then stands before the page that takes his table."""
    return clerk.submits("/desk/new", "下一步", kind=kind, **({"home": home} if home else {}))


def draft_of(page: Page) -> str:
    """Return the address of the draft that a page of the desk is about."""
    return "/".join(page.path.split("/")[:4])


def uploads(clerk: Person, sheet: str | Path | tuple[bytes, str], kind: str = "", home: str = "") -> Page:
    """Begin a draft of that kind and upload a table: a sample of the demo by its name, or a file of one's own."""
    if isinstance(sheet, str):
        kind, home, sheet = kind or POSTS[sheet]["kind"], home or POSTS[sheet]["home"], DEMO / sheet
    return clerk.submits(begins(clerk, kind, home), "上传", file=sheet)


def pastes(clerk: Person, table: str, kind: str = "cropland-subsidy", home: str = "510521116004") -> Page:
    """Begin a draft and paste a table, as WPS copies it."""
    return clerk.submits(begins(clerk, kind, home), "用粘贴的表格", table=table)


def facts_of(post: str) -> dict[str, str]:
    """Return the facts that the demo states with a sample."""
    return CONTACTS | POSTS[post]["facts"] | DATES


def states(clerk: Person, page: Page, **facts: str) -> Page:
    """Fill in what the notice must state and save it."""
    return clerk.submits(f"{draft_of(page)}/facts", "存好", **facts)


def explains(clerk: Person, draft: str) -> None:
    """Give a reason for each warning of a table that needs one."""
    ready = clerk.sees(f"{draft}/ready")
    clerk.submits(ready, "下一步", **{name: "按原表" for name in ready.form("下一步").names if name.startswith("reason-")})


def sends(clerk: Person, sheet: str) -> str:
    """Take a sample all the way to the reviewer, with reasons for what was asked; return the draft's address."""
    page = uploads(clerk, sheet)
    explains(clerk, draft_of(page))
    page = states(clerk, page, **facts_of(sheet))
    clerk.submits(page, "送审")
    return draft_of(page)


ROSTER = "\n".join("\t".join(line) for line in [
    ("组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"),
    ("1组", "张小三", "4.95", "93.6", "463.32"), ("1组", "李四", "2", "93.6", "187.2"), ("2组", "王老五", "1.1", "93.6", "102.96"),
    ("合计", "", "8.05", "", "753.48"),
])  # fmt: skip


def sends_roster(clerk: Person, table: str = ROSTER, home: str = "510521116004", **facts: str) -> str:
    """Paste three households of 高洞社区 and take them to the reviewer; return the draft's address."""
    page = states(clerk, pastes(clerk, table, home=home), **facts_of("baihe-cropland-roster.xlsx") | facts)
    clerk.submits(page, "送审")
    return draft_of(page)


def approves(reviewer: Person, draft: str, **more: str) -> Page:
    """Let a reviewer approve what waits."""
    return reviewer.submits(f"{draft}/review", "通过并公布", **more)


def forces(reviewer: Person, draft: str) -> Page:
    """Send a reviewer's approval though his page has no button for it."""
    page = reviewer.sees(f"{draft}/review")
    assert "通过并公布" not in page.text
    sent = page.form("退回修改").fields
    return Page(reviewer.client.post(f"{draft}/approve", data=sent, follow_redirects=True))


def number_of(page: Page) -> str:
    """Return the number of the notice that a page of the desk is about."""
    assert page.path.startswith("/desk/notices/"), page.text
    return page.path.split("/")[3]
