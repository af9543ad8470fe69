"""A second person looks: exactly what he was shown is posted, with his reasons, and not before; then it can be printed and taken down."""

from __future__ import annotations

import pytest
import zxingcpp

from board.models import Draft, Hand, Ledger, Notice, db
from board.store import ledger, people
from tests.actors import Page, Person
from tests.paper.conftest import Printer, codes
from tests.web.drafting import approves, draft_of, facts_of, number_of, sends, states, uploads
from tests.web.publishing import text

GAODONG, BEITA = "510521116004", "beita-2020-relief-projects.xlsx"
ZHAOYUAN = "zhaoyuan-2023-cropland-subsidy.xls"
NAMES = ("张小三", "李四", "王老五")
REASONS = {"reason-units_assumed": "按原表", "reason-other_title": "往年的表"}  # one for each rule that the table of 招远市 breaks


@pytest.fixture
def number(once, reviewer, draft):
    return once("approved", lambda: number_of(approves(reviewer, draft)))


def stored(draft: str) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft.split("/")[2:4]), populate_existing=True)


def prints(who: Person, number: str) -> Page:
    return who.submits(f"/desk/notices/{number}", "打印贴墙版")


# ---- what a reviewer sees


def test_he_sees_what_personal_data_was_dropped(person):
    draft = sends(person("baihe-clerk"), "baihe-cropland-roster.xlsx")
    page = person("baihe-reviewer").sees(f"{draft}/review")

    assert "身份证号码" in page.text
    assert page.text.count("1194 个") == 3


def test_he_sees_the_very_page_that_villagers_will_see(reviewer, draft):
    page = reviewer.sees(f"{draft}/preview?place={GAODONG}")

    assert "张*三" in page.text
    assert "张小三" not in page.html
    assert not {"这行不对", "看懂了"} & set(page.text.split("\n"))  # nobody can ask or answer yet
    assert "草稿预览，还没有公布" in page.text
    assert not {"工作人员登录", "查进度"} & set(page.text.split("\n"))
    assert reviewer.follows(page, "返回").path == f"{draft}/review"
    assert reviewer.sees(f"{draft}/preview").status == 200


@pytest.mark.parametrize("place", ["510521116005", "x"])
def test_a_preview_of_a_place_that_has_no_share_is_no_page(reviewer, draft, place):
    assert reviewer.sees(f"{draft}/preview?place={place}").status == 404


def test_the_proof_has_a_watermark_and_no_code(reviewer, draft, tmp_path):
    pdf = reviewer.sees(f"{draft}/{GAODONG}/proof.pdf")

    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "送审稿" in text(pdf.data)
    assert "张小三" in text(pdf.data)  # as it will hang on the wall
    assert not any(codes(picture) for picture in Printer(tmp_path).pictures(pdf.data))
    assert "/n/" not in text(pdf.data)


# ---- who may approve


def test_a_clerk_cannot_approve(clerk, draft):
    assert clerk.sees(f"{draft}/review").status == 403


@pytest.mark.parametrize("did", ["uploaded", "edited", "answered", "submitted"])
def test_a_reviewer_who_had_a_hand_in_it_is_told_and_refused(reviewer, draft, did):
    page = reviewer.sees(f"{draft}/review")
    _, _, home, id = draft.split("/")
    db.session.add(Hand(home=home, draft=id, user_id=people.named("baihe-reviewer").id, did=did))
    db.session.commit()
    assert "不能由您审核" in reviewer.sees(f"{draft}/review").text
    assert not [words for form in reviewer.sees(f"{draft}/review").forms for words, *_ in form.buttons if "通过" in words]

    assert reviewer.submits(page, "通过并公布").status == 403
    assert db.session.query(Notice).count() == 0


@pytest.mark.parametrize("username", ["xianshi-reviewer", "luxian-reviewer"])
def test_another_homes_reviewer_finds_no_such_page(person, draft, username):
    assert person(username).sees(f"{draft}/review").status == 404


def test_what_does_not_wait_is_not_reviewed(clerk, reviewer, draft):
    states(clerk, clerk.sees(f"{draft}/finish"), title="再改改")

    assert reviewer.sees(f"{draft}/review").status == 404


# ---- exactly what was shown


def test_nothing_is_public_before_approval(villager, reviewer, draft):
    assert "高洞社区2026年" not in villager.sees("/").text
    assert "高洞社区2026年" not in villager.sees(f"/a/{GAODONG}").text
    assert db.session.query(Notice).count() == 0

    number = number_of(approves(reviewer, draft))
    assert villager.sees(f"/n/{number}").status == 200
    assert "高洞社区2026年" in villager.sees(f"/a/{GAODONG}").text


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_another_digest_than_the_one_shown_posts_nothing(reviewer, draft, digest):
    page = approves(reviewer, draft, digest=digest)

    assert page.status == 409
    assert db.session.query(Notice).count() == 0


def test_what_was_sent_anew_after_he_opened_it_is_not_posted(clerk, reviewer, draft):
    page = reviewer.sees(f"{draft}/review")
    clerk.submits(states(clerk, clerk.sees(f"{draft}/finish"), title="换了标题"), "送审")
    told = reviewer.submits(page, "通过并公布")

    assert told.status == 409
    assert "这一稿刚才改过，又送来了" in told.text
    assert stored(draft).state == "submitted"
    assert db.session.query(Notice).count() == 0
    assert reviewer.submits(told, "通过并公布").status == 200  # what he looks at now is what was sent now


def test_the_reasons_of_a_reviewer_are_kept_when_the_clerk_takes_the_draft_back(clerk, reviewer, draft):
    page = reviewer.sees(f"{draft}/review")
    states(clerk, clerk.sees(f"{draft}/finish"), title="换了标题")
    told = reviewer.submits(page, "退回修改", reason="第3户的面积和承包合同不一样，电话13800138000")

    assert told.status == 409
    assert "经办把它拿回去改了" in told.text
    assert "第3户的面积和承包合同不一样" in told.text
    assert "13800138000" not in told.html


def test_the_reason_to_return_stays_when_the_draft_was_sent_anew(clerk, reviewer, draft):
    page = reviewer.sees(f"{draft}/review")
    clerk.submits(states(clerk, clerk.sees(f"{draft}/finish"), title="换了标题"), "送审")
    told = reviewer.submits(page, "退回修改", reason="第3户的面积不对")

    assert told.status == 409
    assert told.form("退回修改").fields["reason"] == ["第3户的面积不对"]
    assert "退回给经办" in reviewer.submits(told, "退回修改").text


def test_two_presses_post_once(reviewer, draft):
    page = reviewer.sees(f"{draft}/review")
    first = reviewer.submits(page, "通过并公布")
    second = reviewer.submits(page, "通过并公布")

    assert (first.status, second.status) == (200, 409)
    assert "这份草稿已经公布了" in second.text
    assert db.session.query(Notice).count() == 1


# ---- warnings


@pytest.fixture
def warned(once, person):
    return once("warned", lambda: sends(person("zhaoyuan-clerk"), ZHAOYUAN))


def test_each_rule_of_warnings_wants_one_reason(person, warned):
    reviewer = person("zhaoyuan-reviewer")
    page = reviewer.sees(f"{warned}/review")
    assert {name for name in page.form("通过").names if name.startswith("reason-")} == set(REASONS)
    refused = reviewer.submits(page, "通过并公布", **REASONS | {"reason-units_assumed": "  "})
    assert refused.status == 422
    assert "还没写您的理由" in refused.text

    number = number_of(reviewer.submits(refused, "通过并公布", **REASONS | {"digest": refused.form("通过").fields["digest"][0]}))
    *_, entry = ledger.entries("370685000000")
    assert (entry.subject, entry.body["acknowledged"]) == (number, {"units_assumed": "按原表", "other_title": "往年的表"})


def test_a_reasons_personal_numbers_do_not_reach_the_ledger(person, warned):
    approves(person("zhaoyuan-reviewer"), warned, **REASONS | {"reason-units_assumed": "问过 13800138000"})
    *_, entry = ledger.entries("370685000000")

    assert "13800138000" not in str(entry.body)


def test_a_reason_for_a_rule_that_did_not_warn_is_not_logged(person, warned):
    reviewer = person("zhaoyuan-reviewer")
    page = reviewer.sees(f"{warned}/review")
    form = page.form("通过").fields | {name: [reason] for name, reason in REASONS.items()} | {"reason-made_up": ["随便写"]}
    reviewer.client.post(f"{warned}/approve", data=form)
    *_, entry = ledger.entries("370685000000")

    assert entry.body["acknowledged"] == {"units_assumed": "按原表", "other_title": "往年的表"}


def test_without_a_public_address_nothing_is_approved(app, reviewer, draft):
    app.config["PUBLIC_ADDRESS"] = ""
    page = approves(reviewer, draft)

    assert page.status == 422
    assert "公开网址" in page.text
    assert db.session.query(Notice).count() == 0


# ---- paper


def test_the_wall_has_full_names_the_web_masked_ones_and_the_printing_is_logged(clerk, villager, number):
    wall = prints(clerk, number)
    web = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")

    assert [name for name in NAMES if name in text(wall.data)] == list(NAMES)
    assert not [name for name in NAMES if name in text(web.data)]
    assert "张*三" in text(web.data)
    printed = [entry for entry in ledger.entries(GAODONG) if entry.action == "names.printed"]
    assert [(entry.actor, entry.subject, entry.body) for entry in printed] == [("baihe-clerk", number, {"place": GAODONG, "rows": 3})]


def test_the_code_on_the_sheet_opens_the_place_and_version(clerk, villager, number, tmp_path):
    (picture, *_) = Printer(tmp_path).pictures(prints(clerk, number).data)
    (address,) = [code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]
    assert address == f"HTTPS://GK.EXAMPLE.CN/N/{number}/{GAODONG}/1"

    page = villager.sees(address.removeprefix("HTTPS://GK.EXAMPLE.CN"))
    assert "您这张是最新的。 第 1 版" in page.text


def test_opening_the_wall_sheet_by_its_address_prints_nothing(clerk, number):
    assert clerk.sees(f"/desk/notices/{number}/{GAODONG}/wall.pdf").status == 405


@pytest.mark.parametrize("username", ["luxian-auditor", "luxian-admin", "luxian-inspector"])
def test_nobody_else_prints_names(person, number, username):
    assert person(username).sees(f"/desk/notices/{number}").status == 403


@pytest.mark.parametrize("username", ["xianshi-clerk", "luxian-clerk", "xianshi-reviewer"])
def test_another_homes_staff_find_no_such_page(person, number, username):
    assert person(username).sees(f"/desk/notices/{number}").status == 404


# ---- taking down


def takes_down(reviewer: Person, number: str, reason: str = "有一户金额录错,改好再公布") -> Page:
    return reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason=reason, leak="0", sure=True)


def test_a_notice_taken_down_says_why_and_shows_nothing_else(reviewer, villager, number):
    page = takes_down(reviewer, number)
    assert "已撤下" in page.text

    for address in (f"/n/{number}", f"/N/{number}/{GAODONG}/1", f"/n/{number}/{GAODONG}/sheet.pdf"):
        gone = villager.sees(address)
        assert gone.status == 410
        assert "有一户金额录错" in gone.text
        assert "753.48" not in gone.text
        assert "0830-8190000" in gone.text  # whom to ask
    assert "高洞社区2026年" not in villager.sees(f"/a/{GAODONG}").text
    assert "高洞社区2026年" not in villager.sees("/").text


def test_no_sheet_is_printed_of_a_notice_taken_down(reviewer, clerk, number):
    form = clerk.sees(f"/desk/notices/{number}")
    takes_down(reviewer, number)

    assert clerk.submits(form, "打印").status == 404
    assert "打印" not in clerk.sees(f"/desk/notices/{number}").text


def test_taking_down_wants_a_reason_that_people_can_read(reviewer, villager, number):
    assert "请写明为什么撤下" in takes_down(reviewer, number, "错").text
    assert villager.sees(f"/n/{number}").status == 200


def test_taking_down_wants_him_to_say_that_he_knows_what_happens(reviewer, villager, number):
    page = reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="有一户金额录错", leak="0")
    assert page.status == 422
    assert "请先勾上" in page.text
    assert page.form("马上撤下").fields["reason"] == ["有一户金额录错"]

    assert villager.sees(f"/n/{number}").status == 200


def test_a_personal_number_in_the_reason_stops_the_taking_down(reviewer, villager, number):
    page = takes_down(reviewer, number, "打 13800138000 问李四")

    assert page.status == 422
    assert "这句话里有手机号" in page.text
    assert "13800138000" not in page.html
    assert villager.sees(f"/n/{number}").status == 200


def test_a_clerk_cannot_take_a_notice_down(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}")
    assert "马上撤下" not in page.text
    token = page.form("打印").fields["csrf_token"][0]

    assert clerk.client.post(f"/desk/notices/{number}/take-down", data={"csrf_token": token, "reason": "不想公开"}).status_code == 403


def test_what_was_posted_is_in_the_ledger_with_the_digest_of_the_upload(number):
    (entry,) = db.session.query(Ledger).filter_by(action="notice.posted")

    assert (entry.home, entry.subject, entry.actor) == (GAODONG, number, "baihe-reviewer")
    assert len(entry.body["sheet"]) == 64
    assert entry.body["hands"] == ["baihe-clerk"]


def test_the_two_real_tables_are_posted_in_their_real_counties(person, villager):
    clerk = person("beita-clerk")
    page = clerk.submits(uploads(clerk, BEITA), "改好了", **{"place-邓家村": "430511003002", "place-陈家桥村": "430511101004"})
    clerk.submits(states(clerk, page, **facts_of(BEITA) | {"title": "北塔区2020年扶贫专项资金安排公示"}), "送审")
    reviewer = person("beita-reviewer")
    number = number_of(
        approves(reviewer, draft_of(page), **{"reason-number_with_words": "照原样", "reason-place_chosen": "两个村已改社区"})
    )

    whole = villager.sees(f"/n/{number}/430511000000")
    assert "4,080,000.00" in whole.text
    assert "邓家社区" in whole.text


def test_of_two_who_take_down_the_second_is_told_whose_reason_stands(person, reviewer, number):
    second = person("baihe-reviewer")
    page = second.sees(f"/desk/notices/{number}")
    takes_down(reviewer, number, "有一户金额录错，马上改")
    told = second.submits(page, "马上撤下", reason="整张表都要重做", leak="0", sure=True)

    assert told.status == 409
    assert "您写的“整张表都要重做”没有存" in told.text
    assert "已撤下（有一户金额录错，马上改）" in told.text


def test_taking_down_that_was_only_asked_about_says_that_it_is_not_done(reviewer, number):
    page = takes_down(reviewer, number, "低保户张小三家情况不实")

    assert page.status == 422
    assert "还没有撤下" in page.text
    assert page.form("马上撤下").action.endswith("#asked"), "the browser goes to the question"


def test_a_reason_to_return_stays_when_the_other_button_was_pressed(person):
    draft = sends(person("zhaoyuan-clerk"), ZHAOYUAN)
    reviewer = person("zhaoyuan-reviewer")
    told = reviewer.submits(f"{draft}/review", "通过并公布", reason="第3户的面积不对")
    assert "还没写您的理由" in told.text
    assert told.form("退回修改").fields["reason"] == ["第3户的面积不对"]
