"""What people do in a history, each on the pages that he has for it, and what the model then knows.

An act returns nothing. It is acknowledged when its last page says so; what an act asserts is what its person was told.
"""

from __future__ import annotations

import io
from decimal import Decimal
from operator import itemgetter
from typing import Any

import openpyxl
from sqlalchemy import select

from board.models import Message, db
from tests.actors import Page
from tests.promises.kills import Kill
from tests.promises.model import FACTS_OF, SUPERVISED, SUPERVISOR, TEAMS, Asked, Draft, Line, Notice, Team, table
from tests.promises.world import World
from tests.web import asking, drafting


def reasons(page: Page, press: str, said: str) -> dict[str, str]:
    """A reason in every field that asks for one."""
    return {name: said for name in page.form(press).names if name.startswith("reason-")}


def facts(world: World, draft: Draft) -> dict[str, str]:
    """What a draft states, with today's days and its mark."""
    day = world.today.isoformat()
    return drafting.facts_of(FACTS_OF[draft.kind]) | {"formed_on": day, "display_start": day}


# ---- drafts


def book(table: str) -> tuple[bytes, str]:
    """A table as a file of WPS, all its cells text."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for line in table.splitlines():
        made.active.append(line.split("\t"))
    made.save(out)
    return out.getvalue(), "花名册.xlsx"


def begins(
    world: World, team: Team, kind: str, lines: list[Line], kill: Kill | None = None, named: bool = False, file: bool = False
) -> None:
    """A clerk begins a draft, pastes his table (``file``: uploads it) and states what the notice must state; ``named``: the title says a
    household's name."""
    clerk, mark = world.who(team.clerk), world.model.mark()

    def does() -> Page:
        page = drafting.begins(clerk, kind, team.town)
        draft.address = drafting.draft_of(page)
        world.model.drafts.append(draft)
        rows = table(kind, team, lines)
        page = clerk.submits(page, "上传", file=book(rows)) if file else clerk.submits(page, "用粘贴的表格", table=rows)
        page = clerk.sees(f"{draft.address}/ready")
        page = clerk.submits(page, "下一步", **reasons(page, "下一步", "按原表"))
        page = drafting.states(clerk, page, **facts(world, draft), title=f"{lines[0].name if named else ''}公示{mark}")
        draft.starts = world.today
        return clerk.submits(page, "把名字都盖住") if named else page

    draft = Draft("", team, kind, lines, [mark])
    world.model.typed |= {lines[0].name} if named else set()
    page = world.does(does, kill)
    if page is None:
        world.model.drafts = [one for one in world.model.drafts if one is not draft]  # he begins another; its mark stays unapproved
    else:
        assert page.path.endswith("/finish"), page.text


def submits(world: World, draft: Draft, kill: Kill | None = None) -> None:
    """Its clerk puts it before the reviewer, with today's days."""
    clerk = world.who(draft.team.clerk)

    def does() -> Page:
        stated = {"formed_on": world.today.isoformat(), "display_start": world.today.isoformat()}
        clerk.submits(f"{draft.address}/facts", "存好", **stated)
        draft.starts = world.today
        return clerk.submits(f"{draft.address}/finish", "送审")

    page = world.does(does, kill)
    if page is not None:
        assert "送审" in page.text, page.text
        draft.state = "submitted"


def returns(world: World, draft: Draft, kill: Kill | None = None) -> None:
    """The reviewer sends it back."""
    reviewer = world.who(draft.team.reviewer)
    page = world.does(lambda: reviewer.submits(f"{draft.address}/review", "退回修改", reason="请再核对一遍面积"), kill)
    if page is not None:
        assert "已退回给经办" in page.text, page.text
        draft.state = "returned"
        world.model.entries.append((draft.team.town, "draft.returned"))


def approves(world: World, draft: Draft, kill: Kill | None = None) -> None:
    """The reviewer approves what he was shown; a correction of what was taken down, or corrected, meanwhile is refused."""
    reviewer = world.who(draft.team.reviewer)

    def does() -> Page:
        review = reviewer.sees(f"{draft.address}/review")
        draft.reviewed = review.text
        return reviewer.submits(review, "通过并公布", **reasons(review, "通过并公布", "看过了"))

    page = world.does(does, kill)
    if page is None:
        return
    if draft.corrects and world.notice(draft.corrects).why_withdrawn:
        assert "不能再通过" in page.text, page.text
        return
    assert page.path.startswith("/desk/notices/"), page.text
    world.posted(draft, drafting.number_of(page))
    world.model.entries.append((draft.team.town, "notice.corrected" if draft.corrects else "notice.posted"))


def approves_his_own(world: World, draft: Draft) -> None:
    """The clerk sends the approval of his own draft, with what stands on the reviewer's page."""
    review = world.who(draft.team.reviewer).sees(f"{draft.address}/review")
    clerk = world.who(draft.team.clerk)
    sent: dict[str, Any] = dict(review.form("通过并公布").fields) | reasons(review, "通过并公布", "看过了")
    sent["csrf_token"] = clerk.sees("/desk/new").form("下一步").fields["csrf_token"]
    clerk.client.post(f"{draft.address}/approve", data=sent)


def approves_an_old_page(world: World, draft: Draft) -> None:
    """The reviewer approves a page that lies open since before the clerk changed what it shows."""
    reviewer, clerk = world.who(draft.team.reviewer), world.who(draft.team.clerk)
    old = reviewer.sees(f"{draft.address}/review")
    returns(world, draft)
    mark = world.model.mark()
    clerk.submits(f"{draft.address}/facts", "存好", basis_document=f"泸县补贴方案{mark}")
    draft.marks.append(mark)
    submits(world, draft)
    page = reviewer.submits(old, "通过并公布", **reasons(old, "通过并公布", "看过了"))
    assert page.status == 409, page.text


# ---- posted notices


def corrects(world: World, notice: Notice, row: int, area: Decimal, kill: Kill | None = None) -> None:
    """The clerk changes one household's area, on the rows of the posted notice."""
    clerk, mark = world.who(notice.team.clerk), world.model.mark("更正")
    lines = list(notice.lines)
    row %= len(lines)
    lines[row] = changed = lines[row].paid(area)
    draft = Draft("", notice.team, notice.kind, lines, [mark], corrects=notice.number)

    def does() -> Page:
        page = clerk.follows(clerk.sees(f"/desk/notices/{notice.number}"), "更正这份公示")
        if "一次只能有一份更正" in page.text:  # he began it, and the process ended before he was told
            half = f"{drafting.draft_of(clerk.follows(page, '打开那一份'))}/finish"
            clerk.submits(clerk.submits(half, "删掉这份草稿"), "删掉")
            page = clerk.sees(page.path)
        page = clerk.submits(page, "在名单上改几行", reason=f"面积量错了，见{mark}", leak="0")
        draft.address = drafting.draft_of(page)
        world.model.drafts.append(draft)
        at = page.html.partition(f'value="{changed.name}"')[0].rpartition('name="row-')[2].partition("-")[0]
        figures = {"area": str(changed.area)} if notice.kind == "cropland-subsidy" else {}
        page = clerk.submits(page, "核对", **{f"row-{at}-{id}": value for id, value in (figures | {"amount": str(changed.amount)}).items()})
        ready = clerk.sees(f"{draft.address}/ready")
        if asked := reasons(ready, "下一步", "按原表") if "下一步" in ready.text else {}:
            clerk.submits(ready, "下一步", **asked)
        day = world.today.isoformat()
        return clerk.submits(f"{draft.address}/facts", "存好", formed_on=day, display_start=day)

    page = world.does(does, kill)
    if page is None:
        world.model.drafts = [one for one in world.model.drafts if one is not draft]
    else:
        assert page.path.endswith("/finish"), page.text


def takes_down(world: World, notice: Notice, kill: Kill | None = None) -> None:
    """The reviewer takes a notice down, and says why."""
    reviewer = world.who(notice.team.reviewer)
    why = "有一户金额录错，改好再公布"
    page = world.does(lambda: reviewer.submits(f"/desk/notices/{notice.number}", "马上撤下", reason=why, leak="0", sure=True), kill)
    world.touched.append(notice)
    if page is not None:
        assert "已撤下" in page.text, page.text
        notice.why_withdrawn = why
        world.model.entries.append((notice.team.town, "notice.taken_down"))


def hangs(world: World, notice: Notice, kill: Kill | None = None) -> None:
    """The clerk prints a place's sheet for the wall, with the names that its kind allows, and says that it hangs."""
    clerk, place = world.who(notice.team.clerk), notice.lines[0].place
    made = world.does(lambda: clerk.submits(f"/desk/notices/{notice.number}", "打印贴墙版"), kill)
    if made is None:
        return
    assert made.headers["Content-Type"] == "application/pdf", made.text
    if notice.kind == "cropland-subsidy":
        world.model.entries.append((notice.team.town, "names.printed"))
    spot = world.model.mark("村委会门口")  # another one each time: what was said before is no news
    world.model.unapproved -= {spot}
    said = {"on": world.today.isoformat(), "by": "村文书", "spot": spot}
    page = clerk.submits(f"/desk/notices/{notice.number}/{place}", "记下：已贴好", **said)
    assert "记下了" in page.text, page.text
    world.model.entries.append((notice.team.town, "sheet.hung"))


def reads_aloud(world: World, notice: Notice, kill: Kill | None = None) -> None:
    """The clerk opens a place's list before the village, with the full names that hang there; the ledger says so. A covered list is not
    read."""
    clerk, line = world.who(notice.team.clerk), notice.lines[0]
    ahead = clerk.sees(f"/desk/notices/{notice.number}/{line.place}/meeting")
    if notice.kind != "cropland-subsidy" or "打开名单，开始念" not in ahead.text:
        assert notice.kind == "cropland-subsidy" or "打开名单，开始念" not in ahead.text
        return
    page = world.does(lambda: clerk.submits(ahead, "打开名单，开始念"), kill)
    if page is not None:
        assert line.name in page.text, page.text
        world.model.entries.append((notice.team.town, "names.printed"))


# ---- questions and letters


def asks(world: World, notice: Notice, row: int, first: str, number_typed: bool, kill: Kill | None = None) -> None:
    """A villager asks about his row, perhaps of the county first, perhaps with his ID number among the words."""
    villager, line = world.who(), notice.lines[row % len(notice.lines)]
    words, contact = said(world, "来件"), said(world, "门牌")
    text = f"我家的地少算了，见{words}。" + (line.secrets[0] if number_typed else "")
    form = f"/n/{notice.number}/ask?place={line.place}"
    world.model.contacts.add(contact)
    if first == "county":
        world.model.county_only.add(words)
    page = world.does(lambda: asking.asks(villager, form, text=text, first=first, contact=contact), kill)
    county = first == "county"
    filed(world, page, words, contact, ("luxian-clerk" if notice.team == TEAMS[0] else "") if county else notice.team.clerk, county)


def said(world: World, word: str) -> str:
    """A mark in what a villager says, which nobody has to approve."""
    made = world.model.mark(word)
    world.model.unapproved -= {made}
    return made


def filed(world: World, page: Page | None, words: str, contact: str, by: str, for_county: bool = False) -> None:
    """Remember a question, or a letter, that got its receipt."""
    if page is None:
        return
    db.session.rollback()
    home, case = db.session.execute(select(Message.home, Message.case).where(Message.text.contains(words))).one()
    world.model.asked.append(Asked(asking.receipt_on(page), home, case, for_county, by, contact))
    world.model.entries.append((home, "case.received"))


def writes(world: World, kill: Kill | None = None) -> None:
    """A villager writes to the township's leader, and agrees that it may be published."""
    villager, words, team = world.who(), said(world, "来信"), TEAMS[0]
    typed = {"category": "letter", "text": f"街上的路灯坏了，见{words}。", "consent": "yes", "first": "township"}
    page = world.does(lambda: asking.asks(villager, villager.sees(f"/a/{team.town}/ask?category=letter"), **typed), kill)
    filed(world, page, words, "", team.leader)


def speaks_for(world: World, kill: Kill | None = None) -> None:
    """A village's supervisor writes down what somebody asks by mouth, for the township; he does not read what becomes of it."""
    supervisor, words, contact = world.who(SUPERVISOR), said(world, "口信"), said(world, "门牌")
    world.model.contacts.add(contact)
    typed = {
        "source": "visit", "place": SUPERVISED, "category": "amount_wrong", "text": f"我家的地少算了，见{words}。", "first": "township",
        "how": "call", "contact": contact,
    }  # fmt: skip
    page = world.does(lambda: supervisor.submits("/desk/cases/new", "记下，出查询单", **typed), kill)
    filed(world, page, words, contact, TEAMS[0].clerk)
    if page is not None:
        found = world.model.asked[-1]
        assert supervisor.sees(f"/desk/cases/{found.home}/{found.case}").status == 404


def opens_contact(world: World, asked: Asked, kill: Kill | None = None) -> None:
    """Who has a question opens how the villager is reached, which is sealed; the ledger says who did."""
    office = world.who(asked.by)
    page = office.sees(f"/desk/cases/{asked.home}/{asked.case}")
    assert asked.contact not in page.text
    page = world.does(lambda: office.submits(page, "留的联系方式"), kill)
    if page is not None:
        assert asked.contact in page.text, page.text
        world.model.entries.append((asked.home, "case.contact_opened"))


def answers(world: World, asked: Asked, kill: Kill | None = None) -> None:
    """The office that has the question answers it."""
    office = world.who(asked.by)
    page = world.does(lambda: office.submits(f"/desk/cases/{asked.home}/{asked.case}", "答复", text="查过了，和丈量表一致。"), kill)
    if page is not None:
        assert "已答复" in page.text, page.text
        asked.state = "answered"
        world.model.entries.append((asked.home, "case.answered"))


def disputes(world: World, asked: Asked, kill: Kill | None = None) -> None:
    """The villager is not content, and hands it to the office above; when his days for that are over, it is asked again where it was."""
    villager = world.who()
    page = world.does(lambda: villager.submits(asking.looks_up(villager, asked.receipt), "没解决", text="还是不对。"), kill)
    if page is not None:
        late = "收到了，已经补进去" in page.text
        assert late or "记下了：没解决" in page.text, page.text
        asked.state = "received" if late else "risen"


def tells_everybody(world: World, notice: Notice, kill: Kill | None = None) -> None:
    """The clerk writes an answer for everybody; it waits for a second person."""
    clerk, mark = world.who(notice.team.clerk), world.model.mark("大家问")
    typed = {"question": f"{mark}？", "answer": "不算，按确权证上的面积算。"}
    page = world.does(lambda: clerk.submits(f"/desk/notices/{notice.number}/answers", "送审", **typed), kill)
    assert page is None or "审核的人同意以后" in page.text, page.text
    world.model.told.append((notice, mark))


def publishes(world: World, letter: Asked, kill: Kill | None = None) -> None:
    """The leader writes an answered letter for everybody; it waits for a second person."""
    leader, mark = world.who(letter.by), world.model.mark("公开信")
    typed = {"title": f"{mark}路灯", "question": "街上的路灯坏了，什么时候修？", "answer": "线路老化，本月二十五日前换好。"}
    page = leader.sees(f"/desk/cases/{letter.home}/{letter.case}")
    if "写一份给大家看" not in page.text:  # he did, and the process ended before he was told
        return
    page = world.does(lambda: leader.submits(leader.follows(page, "写一份给大家看"), "送审", **typed), kill)
    assert page is None or "已送审" in page.text, page.text
    world.model.told.append((None, mark))


def approves_an_answer(world: World, team: Team, kill: Kill | None = None) -> None:
    """The reviewer approves the first answer or letter for everybody on his list, if there is one."""
    reviewer = world.who(team.reviewer)
    waiting = reviewer.sees("/desk/approvals")
    shown = [(waiting.text.index(mark), notice, mark) for notice, mark in world.model.told if mark in waiting.text]
    if not shown:
        return
    _, notice, mark = min(shown, key=itemgetter(0))
    page = world.does(lambda: reviewer.submits(waiting, "通过"), kill)
    world.touched += [notice] if notice else []
    if page is not None:
        assert "已通过" in page.text, page.text
        world.model.unapproved -= {mark}
        world.model.entries.append((team.town, "answer.published" if notice else "letter.published"))


def closes(world: World, team: Team, place: str) -> None:
    """The county's admin closes a village."""
    page = world.who("luxian-admin").submits(f"/admin/areas/{place}", press="关掉", sure="y")
    assert "已经关了" in page.text, page.text
    world.model.closed.add(place)
    world.model.entries.append((f"{team.town[:6]}000000", "area.closed"))
    world.touched += [one for one in world.model.notices if place in one.places][:1]
