"""A posted notice for tests that start where posting ends: 高洞社区's cropland subsidy, through the real drafts and the real posting."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from board import kinds
from board.models import Draft
from board.rules.notice.proposal import NumberedRow, Proposal, rostered
from board.rules.personal.name_masking import shown
from board.store import people
from board.store.drafting import drafts, posting, staging
from board.store.engine import writing
from board.store.notices import Posted

TOWN, GAODONG, NEXT = "510521116000", "510521116004", "510521116005"
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
FACTS = {
    "basis_document": "川农发〔2026〕12号",
    "fund_source": "中央财政耕地建设与利用资金",
    "eligibility": "拥有耕地承包权的种地农民",
    "standard": "93.6",
    "objection_person": "农业服务中心 张老师",
    "objection_phone": "0830-8191234",
    "report_phone": "0830-8195678",
    "objection_ways": "农业服务中心窗口，工作日上午；到村委会口头说也行",
}


def line(place: str, no: int, name: str, area: str) -> NumberedRow:
    """Return one household's row at 93.6 yuan per mu."""
    amount = (Decimal(area) * Decimal("93.6")).quantize(Decimal("0.01"))
    return NumberedRow(
        place=place,
        no=no,
        group="1组",
        name=name,
        shown_name=shown(name, "masked", False),
        person=None,
        account=None,
        minor=False,
        amount=int(amount * 100),
        measures={"area": area, "amount": str(amount)},
        texts={},
        person_salt=secrets.token_hex(16),
        money_salt=secrets.token_hex(16),
    )


@dataclass(frozen=True)
class Made(Proposal):
    """A proposal with the lines that are staged for it."""

    lines: list[NumberedRow] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the proposal without its lines: they are kept in their own table."""
        return {name: value for name, value in super().to_json().items() if name != "lines"}


def proposal(kind: str, lines: list[NumberedRow]) -> Made:
    """Return what is put before the reviewer."""
    found = kinds.load()[kind]
    roster = rostered(found, lines)
    frozen = {
        "kind": found.source, "names": {"wall": "full", "web": "masked"}, "publisher": "百和镇人民政府", "level": "township",
        "areas": {TOWN: "百和镇", GAODONG: "高洞社区", NEXT: "旁边的村"},
    }  # fmt: skip
    total = str(sum((Decimal(one.measures["amount"]) for one in lines), Decimal()))
    return Made(
        home=TOWN, kind=kind, title="百和镇2026年耕地地力保护补贴公示", facts=FACTS, frozen=frozen, starts="2026-11-20", ends="2026-11-27",
        formed_on="2026-11-16", publish_by="2026-12-11", totals={"amount": total}, stated={}, parts=roster.parts,
        content=roster.content, lines=lines,
    )  # fmt: skip


def submit(draft: Draft, revision: int, user: int, at: datetime, made: Made) -> Draft:
    """Stage a proposal's lines as the check of a table does, and put it before the reviewers."""
    with writing() as session:
        staging.clear_rows(session, draft.home, draft.id)
        if made.lines:
            staging.store(session, draft.home, draft.id, made.lines)
    return drafts.submit(draft, revision, user, at, made)


def post(kind: str = "cropland-subsidy") -> Posted:
    """Post a notice of 百和镇 with four rows in 高洞社区 and one in the village beside it."""
    households = [("张小三", "4.95"), ("李四", "2"), ("王五", "1.1"), ("赵六", "3")]
    lines = [line(GAODONG, no, name, area) for no, (name, area) in enumerate(households, 1)]
    made = proposal(kind, [*lines, line(NEXT, 1, "钱七", "5")])
    clerk, reviewer = (_id(name) for name in ("baihe-clerk", "baihe-reviewer"))
    draft = drafts.start(TOWN, kind, made.title, clerk, AT)
    draft = submit(draft, draft.revision, clerk, AT, made)
    return posting.post(draft, made.digest, draft.revision, reviewer, {}, AT)


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id
