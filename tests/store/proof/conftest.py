"""What a proof is about, posted, asked, answered, put up and hung, and somebody who changes tables behind the program's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from board.rules.appraisal import Tally
from board.rules.duties.catalogue import Edit
from board.rules.notice.attachment import Attachment
from board.rules.notice.meeting import Held
from board.store import (
    answer_templates,
    answers,
    appraisals,
    cases,
    catalogue,
    channels,
    directives,
    displays,
    lead_offices,
    letters,
    meetings,
    people,
    walls,
)
from board.store.cases import case_photos, causes
from board.store.drafting import attachments, correction, drafts, posting
from tests.store.attached import KIND, LETTER, PHOTO, PLAN, adds, posts, proposed
from tests.store.by_hand import by_hand
from tests.store.corrected import NAMED, TWO_AND_ONE, approves, sends, types
from tests.store.posted import AT, GAODONG, TOWN, line, proposal, submit


@pytest.fixture
def number(posted):
    """Its number, as somebody has it on paper."""
    return posted.number


@pytest.fixture
def case(once, posted):
    """The id of what a villager asked about it, with two photos, of which he deleted the second."""
    return once("asked", lambda: _asked(posted))


def _asked(posted):
    asked = cases.Asked(GAODONG, 2, "amount_wrong", "我家是两亩三分。", "", date(2026, 11, 27))
    case = cases.file(posted, "c" * 32, asked, AT).id
    for photo in (b"the field by the river", b"the passbook"):
        case_photos.add(TOWN, case, photo, AT.replace(microsecond=7))
    case_photos.remove(TOWN, case, 2, None, AT.replace(microsecond=7))
    return case


@pytest.fixture
def cause(case, clerk):
    """The id of a cause to which the case is tied."""
    return causes.tie(TOWN, [case], clerk, AT, title="少了多少").id


@pytest.fixture
def letter(once):
    """The number of a letter that was sent back, rewritten and published."""
    return once("a letter", _letter)


def _letter():
    leader, reviewer = people.named("baihe-leader").id, people.named("baihe-reviewer").id
    asked = cases.Asked(TOWN, None, "letter", "路灯坏了两个月。", "", date(2026, 11, 27), home=TOWN, consent=True)
    case = cases.file(None, "d" * 32, asked, AT)
    cases.act(TOWN, case.id, "answer", leader, "已经派人去修。", 1, AT)
    for answer in ("马上修好。", "本月二十五日前修好。"):
        one = letters.draft(TOWN, case.id, letters.Wording("路灯什么时候修", "路灯坏了，什么时候修？", answer), leader, AT)
        if answer == "马上修好。":
            letters.send_back(TOWN, one.no, letters.digest(one), reviewer, AT, "请写明日子。")
    letters.approve(TOWN, one.no, letters.digest(one), reviewer, AT)
    return one.no


@pytest.fixture
def elsewhere(once, posted):
    """The village of an appraisal that one person counted and that is over; the notice was on the radio too."""
    return once("elsewhere", lambda: _elsewhere(posted))


def _elsewhere(posted):
    clerk = people.named("baihe-clerk").id
    channels.note(posted, "broadcast", AT.date(), "早上七点", "", b"JPEG", clerk, AT)
    appraisals.open_for(GAODONG, AT.date(), AT.date(), clerk, AT)
    counts = {"in_time": (1, 0, 0, 0, 0), "plain": (0, 1, 0, 0, 0), "answers": (0, 0, 1, 0, 0)}
    appraisals.count(GAODONG, AT.year, Tally(1, counts), clerk, AT)
    appraisals.publish_over(AT + timedelta(9))
    return GAODONG


@pytest.fixture
def template(once):
    """The id of a template of answers that was rewritten."""
    return once("a template", _template)


def _template():
    clerk, made = people.named("baihe-clerk").id, answer_templates.Wording("missing", "怎么算", "按面积算。")
    one = answer_templates.write(TOWN, "", made, clerk, AT)
    return answer_templates.write(TOWN, one.id, answer_templates.Wording("missing", "怎么算的", "面积乘标准。"), clerk, AT).id


@pytest.fixture
def because(once, posted, case):
    """The case that a version is because of."""
    once("because", lambda: _because(posted, case))
    return case


def _because(posted, case):
    clerk = people.named("baihe-clerk").id
    draft = correction.begin(posted, "两户的面积量错了", NAMED, clerk, AT, because=cases.one(TOWN, case))
    approves(sends(types(draft, TWO_AND_ONE)))


@pytest.fixture
def directive(once, posted, case):
    """The number of a county's letter about a notice and a case, which was answered; the county names a lead office."""
    return once("directed", lambda: _directive(posted, case))


def _directive(posted, case):
    writer, clerk = people.named("luxian-disclosure").id, people.named("baihe-clerk").id
    lead_offices.put("510521000000", "subsidy", "泸县财政局", "0830-8190020", "luxian-admin", AT)
    about = {"notice": (posted.home, posted.number), "case": (TOWN, case)}
    words = directives.Words("order", TOWN, "面积写错了", "请更正。", date(2026, 11, 19), "disclosure_53", **about)
    no = directives.write("510521000000", words, writer, AT).no
    directives.act("510521000000", no, "reply", clerk, "更正了。", 1, AT, version=1)
    return no


@pytest.fixture
def edition(once):
    """A line of the catalogue of which the county says something."""
    once("an edition", _edition)


def _edition():
    writer = people.named("luxian-disclosure").id
    catalogue.put("510521000000", "cropland-subsidy", "township", Edit("", "农业服务中心", "九月底前"), writer, AT)


@pytest.fixture
def wall(once):
    """The number of a wall that was photographed, checked and closed."""
    return once("photographed", _wall)


def _wall():
    clerk = people.named("baihe-clerk").id
    wall = walls.add(GAODONG, "村委会门口", clerk, AT)
    walls.picture(wall, b"\xff\xd8\xff first", clerk, AT)
    walls.picture(wall, b"\xff\xd8\xff second", clerk, AT)
    walls.note(wall, "photo", [walls.Found("foreign", "http://x.example/pay"), walls.Found("good", "W")], clerk, AT.replace(microsecond=7))
    walls.close(wall, clerk, AT.replace(microsecond=7))
    return wall.number


@pytest.fixture
def answer(once, posted):
    """The number of what was answered about it for everybody: sent back, rewritten and published."""
    return once("answered", lambda: _answer(posted))


def _answer(posted):
    clerk, reviewer = people.named("baihe-clerk").id, people.named("baihe-reviewer").id
    one = answers.draft(posted, answers.QuestionAnswer("荒地算不算？", "不算。"), None, clerk, AT)
    answers.send_back(TOWN, posted.number, one.no, answers.shown(one), reviewer, AT, "请写明依据。")
    one = answers.draft(posted, answers.QuestionAnswer("荒地算不算？", "不算，按确权证算。"), None, clerk, AT, no=one.no)
    answers.approve(TOWN, posted.number, one.no, answers.shown(one), reviewer, AT)
    return one.no


@pytest.fixture
def hung(once, posted):
    """A sheet that was hung, said twice, and taken down."""
    once("hung", lambda: _hung(posted))
    return posted.number


def _hung(posted):
    for said in (
        displays.DisplayReport(AT.date(), "村文书", "村委会门口", b"photo"),
        displays.DisplayReport(AT.date(), "村文书", "小学门口"),
        displays.DisplayReport(AT.date(), "村文书", "小学门口", down=AT.date()),
    ):
        displays.report(posted, displays.poster(posted, GAODONG), said, "wall", AT.replace(microsecond=7))


@pytest.fixture
def held(once, posted):
    """A meeting that was finished, at which a household objected."""
    once("held", lambda: _held(posted))
    return posted.number


def _held(posted):
    clerk = people.named("baihe-clerk").id
    meeting = meetings.opened(posted, GAODONG, clerk, AT)
    asked = cases.Asked(GAODONG, 2, "amount_wrong", "数不对。", "", date(2026, 11, 27), source="meeting")
    meetings.object_to(meeting, 2, "figure", cases.file(posted, "e" * 32, asked, AT, clerk), clerk, AT)
    meetings.finish(meetings.one(posted, GAODONG, 1), Held(AT.date(), 86, "陈明", 1, 4), clerk, AT)


@pytest.fixture
def with_file(once):
    """The number of a notice with a file beside it."""
    return once("with file", _with_file)


def _with_file():
    clerk, made = people.named("baihe-clerk").id, proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")])
    draft = drafts.start(TOWN, made.kind, made.title, clerk, AT)
    draft = attachments.add(draft, draft.revision, clerk, AT, "地图", Attachment(b"%PDF-1.7 map", "pdf", 1))
    made = replace(made, frozen=made.frozen | {"files": attachments.frozen(attachments.of_draft(draft))})
    draft = submit(draft, draft.revision, clerk, AT, made)
    return posting.post(draft, made.digest, draft.revision, people.named("baihe-reviewer").id, {}, AT).number


@pytest.fixture
def with_two_files(once):
    """The number of a notice with two files, of which its second version lists the second and a new one."""
    return once("with two files", _with_two_files)


def _with_two_files():
    clerk, reviewer = people.named("baihe-clerk").id, people.named("baihe-reviewer").id
    draft = adds(drafts.start(TOWN, KIND, "两个附件", clerk, AT), clerk, PLAN, LETTER)
    posted = posts(draft, clerk, reviewer)
    draft = correction.begin(posted, "换附件", None, clerk, AT)
    draft = attachments.remove(draft, draft.revision, clerk, AT, 1)
    draft = adds(draft, clerk, PHOTO)
    correcting = {"correction": {"number": posted.number, "version": 2, "reason": "换附件"}}
    made = proposed(draft)
    made = replace(made, frozen=made.frozen | correcting)
    draft = submit(draft, draft.revision, clerk, AT, made)
    return posting.post(draft, made.digest, draft.revision, reviewer, {}, AT).number


@pytest.fixture(name="by_hand")
def _by_hand(app):
    """Somebody at the database's own console, who puts foreign keys and triggers out of force first."""
    return by_hand
