"""What somebody asks by mouth is written down by a clerk or a supervisor, printed on A5, and done once he was told the answer."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from board.models import Case, Receipt, db
from board.rules import numbers
from board.store import cases
from tests.store.asked import replays
from tests.store.posted import GAODONG, NEXT, TOWN
from tests.web.asking import asks, looks_up, receipt_on

JUNDAQIU = "510521116227"
SAID = "我家的地少算了三分，请查一查。"
TYPED = {
    "source": "visit", "place": GAODONG, "category": "amount_wrong", "text": SAID, "first": "township", "how": "call",
    "contact": "0830-8190003",
}  # fmt: skip
FAULTS = {
    "source": {"source": []},
    "category": {"category": ""},
    "text": {"text": "少了"},
    "how": {"how": []},
    "first": {"first": []},
    "number": {"number": "123456789"},
    "row": {"row": "77"},
    "row that is no number": {"row": "二号"},
    "row beyond all numbers": {"row": "9" * 30},
    "contact": {"contact": "电" * 101},
    "name": {"category": "application", "form": "paper", "first": "township"},
    "form": {"category": "application", "name": "李四", "first": "township"},
    "consent": {"category": "letter", "first": "township"},
    "office": {"category": "letter", "consent": "no", "first": "village"},
}


@pytest.fixture
def supervisor(person):
    """军大丘村's supervisor."""
    return person("jundaqiu-supervisor")


def writes_down(who, **more):
    """Fill the form in, and send it."""
    return who.submits("/desk/cases/new", "记下，出查询单", **TYPED | more)


def the_case():
    return db.session.query(Case).one()


@pytest.mark.parametrize("source", ["call", "visit", "box"])
def test_a_clerk_writes_down_what_was_said_and_gives_a_receipt_to_hand_over(clerk, villager, posted, source):
    page = writes_down(clerk, source=source, number=numbers.spaced(posted.number), row="2")
    receipt = receipt_on(page)

    assert "归百和镇办，最晚2026年11月27日答复" in page.text
    case = the_case()
    assert (case.source, case.home, case.number, case.place, case.row) == (source, TOWN, posted.number, GAODONG, 2)
    assert cases.contact(case) == "0830-8190003 · 打电话"
    assert SAID in looks_up(villager, receipt).text
    assert replays(TOWN)


@pytest.mark.parametrize(("first", "home"), [("village", JUNDAQIU), ("township", TOWN), ("county", "510521000000")])
def test_a_supervisor_writes_down_for_whichever_office_is_asked(supervisor, posted, first, home):
    assert receipt_on(writes_down(supervisor, first=first, place=JUNDAQIU))

    assert (the_case().home, the_case().place, the_case().number) == (home, JUNDAQIU, None)


def test_a_supervisor_reads_no_case_that_he_wrote_down(supervisor, posted):
    receipt = receipt_on(writes_down(supervisor, place=JUNDAQIU))

    assert the_case().id not in supervisor.sees("/desk/cases").html
    assert supervisor.client.get(f"/desk/cases/{TOWN}/{the_case().id}").status_code == 404
    assert receipt not in supervisor.sees("/desk/cases/new").html


def test_the_form_of_a_supervisor_has_his_village_alone(supervisor):
    page = supervisor.sees("/desk/cases/new")

    assert page.form("记下").fields["place"] == [JUNDAQIU]
    assert writes_down(supervisor, place=NEXT).status == 404
    assert db.session.query(Case).count() == 0


@pytest.mark.parametrize("who", ["clerk", "supervisor"])
def test_the_receipt_is_printed_on_a5(request, who, posted):
    person = request.getfixturevalue(who)
    page = writes_down(person, **({"number": posted.number} if who == "clerk" else {"place": JUNDAQIU}))
    paper = person.submits(page, "打印查询单")

    assert (paper.status, paper.headers["Content-Type"]) == (200, "application/pdf")
    (sheet,) = PdfReader(io.BytesIO(paper.data)).pages
    assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx((148 / 25.4 * 72, 210 / 25.4 * 72), abs=1)
    words = "".join(sheet.extract_text().split())
    assert numbers.receipt_spaced(receipt_on(page)).replace(" ", "") in words
    assert "打电话" in words
    assert SAID not in words
    assert "8190003" not in words


def test_nobody_prints_the_receipt_of_somebody_elses_case(clerk, person, villager, posted, form):
    web = receipt_on(asks(villager, form))
    spoken = writes_down(clerk)
    other = person("zhaoyuan-clerk")
    for who, receipt in ((clerk, web), (clerk, "1" * 16), (clerk, ""), (other, receipt_on(spoken))):
        who.client.application.config["WTF_CSRF_ENABLED"] = False
        assert who.client.post("/desk/cases/new/receipt.pdf", data={"receipt": receipt}).status_code == 404


def test_it_is_done_only_once_he_was_told(clerk, villager, posted):
    receipt = receipt_on(writes_down(clerk, number=posted.number, row="2"))
    address = f"/desk/cases/{TOWN}/{the_case().id}"
    page = clerk.submits(address, "答复", text="量过了，少算三分，已经补上。")
    assert "还要告诉本人" in page.text
    told = looks_up(villager, receipt)
    assert "查好了，还没告诉本人" in told.text
    assert "解决了" not in [words for form in told.forms for words, *_ in form.buttons]

    page = clerk.submits(address, "已告诉本人", why="打了电话，他说知道了。")
    assert "记下了：已告诉本人" in page.text
    told = looks_up(villager, receipt)
    assert "您的事：已答复" in told.text
    assert "已告诉本人 · 2026年11月22日" in told.text
    assert "您的事：办结" in villager.submits(told, "解决了").text
    assert replays(TOWN)


def test_what_he_says_further_is_written_down(clerk, posted):
    writes_down(clerk)
    address = f"/desk/cases/{TOWN}/{the_case().id}"
    page = clerk.submits(address, "记成他说的话", text="还有去年的也少。电话13800138000")
    assert "还有去年的也少。" in page.text
    assert "13800138000" not in page.html
    assert "代写" in page.text

    assert "请多写几个字" in clerk.submits(address, "记成他说的话", text="少").text
    assert replays(TOWN)


@pytest.mark.parametrize("fault", FAULTS)
def test_errors_come_back_with_everything_typed(clerk, posted, fault):
    wrong = {"number": posted.number, "row": "2"} | ({"number": "", "row": ""} if "category" in FAULTS[fault] else {}) | FAULTS[fault]
    page = writes_down(clerk, **wrong)
    assert page.status == 422
    assert "还没有记下" in page.text
    assert (db.session.query(Case).count(), db.session.query(Receipt).count()) == (0, 0)

    fields = page.form("记下").fields
    for name, value in (TYPED | wrong).items():
        assert fields.get(name, []) == ([value] if value not in ([], "") or name in ("category", "number", "row") else []), name
    good = {"number": "", "row": "", "name": "李四", "form": "paper", "consent": "no"}
    assert receipt_on(clerk.submits(page, "记下", **TYPED | good))


def test_all_errors_are_said_at_once(clerk, posted):
    page = writes_down(clerk, source=[], category="", text="", first=[], how=[], number="000")

    for said in ("怎么来的", "哪一类", "多写几个字", "请谁来查", "怎么告诉本人", "没有这个编号的公示"):
        assert said in page.text


def test_a_form_tapped_twice_is_one_case_and_shows_the_same_receipt(clerk, posted):
    page = clerk.sees("/desk/cases/new")
    receipts = {receipt_on(clerk.submits(page, "记下", **TYPED)) for _ in range(3)}

    assert len(receipts) == 1
    assert len(cases.messages(the_case())) == 1


def test_a_row_belongs_to_its_notice_and_its_place(clerk, posted):
    assert writes_down(clerk, number=posted.number, place=NEXT, row="1").status == 200
    assert writes_down(clerk, number=posted.number, place=NEXT, row="2").status == 422
    assert writes_down(clerk, number="", row="1").status == 422
