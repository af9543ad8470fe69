"""督办 and 责令改正: the county's office for disclosure writes, the office answers, the county looks at it; the audit reads and exports."""

from __future__ import annotations

import pytest

from board.models import Case, Directive, db
from board.store import people
from board.store.proof import notices as proof
from tests.actors import PASSWORD
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import asks, receipt_on

COUNTY = "510521000000"
LETTER = {"desk": "百和镇", "subject": "路灯的账没有公开", "text": "请在公示墙上公布，写明哪天贴的。"}


@pytest.fixture
def writer(person):
    """泸县's office for disclosure."""
    return person("luxian-disclosure")


def writes(writer, form="/audit/directives/new", **typed):
    return writer.submits(form, "发出", **{**LETTER, **typed})


def test_a_letter_goes_to_the_office_is_answered_late_and_is_late_for_ever(person, writer, clerk, at):
    page = writes(writer, days="5", basis="disclosure_47")
    assert "已发出，百和镇看得到" in page.text
    assert "最晚2026年11月27日答复" in page.text
    assert "县里来了 1 封信" in clerk.sees("/desk").text

    at("2026-12-01")
    writer, clerk, auditor = person("luxian-disclosure"), person("baihe-clerk"), person("luxian-auditor")
    for who, address in ((writer, "/audit"), (auditor, "/audit")):
        assert "督办、责令改正有 1 封过期没有答复" in who.sees(address).text
    assert "县里来的信，有 1 封过期没有答复" in clerk.sees("/desk").text
    page = clerk.follows(clerk.follows(clerk.sees("/desk"), "县里来的信，有 1 封过期没有答复"), LETTER["subject"])
    assert "过期 4 天" in page.text
    assert "《政府信息公开条例》第四十七条" in page.text
    assert "已改正" not in page.text
    page = clerk.submits(page, "答复", text="今天贴在村委会门口了。")
    assert "晚了 4 天才答复，这一条会一直记着" in page.text
    assert "过期没有答复" not in clerk.sees("/desk").text

    page = writer.follows(writer.follows(writer.sees("/audit"), "有 1 封信单位答复了"), LETTER["subject"])
    assert "今天贴在村委会门口了。" in page.text
    page = writer.submits(page, "已改正")
    assert "记下了：已改正" in page.text
    for who, address in ((writer, "/audit/directives"), (clerk, "/desk/directives"), (auditor, "/audit/directives")):
        assert "已改正 晚了 4 天答复" in who.sees(address).text.replace("\n", " ")
    assert proof.first_fault() is None


def test_an_answer_that_is_not_enough_goes_back_with_a_new_day(writer, clerk):
    page = writes(writer)
    clerk.submits(f"/desk/directives/{COUNTY}/1", "答复", text="正在办。")
    page = writer.sees(f"/desk/directives/{COUNTY}/1")
    assert "请写清楚" in writer.submits(page, "不够，退回再办", text="", days="3").text
    page = writer.submits(page, "不够，退回再办", text="还没有贴，请今天贴。", days="99")
    assert page.status == 422
    assert "请写几个工作日" in page.text
    assert page.form("不够").fields["text"] == ["还没有贴，请今天贴。"]
    page = writer.submits(page, "不够，退回再办", days="3")
    assert "新的日子：最晚2026年11月25日" in page.text
    assert "还没有贴，请今天贴。" in clerk.sees(f"/desk/directives/{COUNTY}/1").text


def test_a_letter_is_taken_back_with_a_reason_that_the_office_reads(writer, clerk):
    page = writes(writer)
    assert "请写清楚" in writer.submits(page, "收回").text
    writer.submits(page, "收回", text="写错了单位。")
    page = clerk.sees(f"/desk/directives/{COUNTY}/1")
    assert "县里收回了" in page.text
    assert "写错了单位。" in page.text
    assert "写给县里的话" not in page.text
    assert "县里来了" not in clerk.sees("/desk").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"desk": "合江县"}, "请写本县的一个单位"),
        ({"desk": "云上镇"}, "请写本县的一个单位"),
        ({"subject": "灯"}, "请用一句话写是什么事"),
        ({"text": "办"}, "请写清楚，至少 4 个字"),
        ({"text": "请打 13800138000。"}, "有手机号"),
        ({"kind": "order"}, "责令改正要写依据"),
        ({"kind": "order", "basis": "village_law_36"}, "这一条管不到这个单位"),
        ({"days": "0"}, "请写几个工作日"),
        ({"day": "2026-11-22"}, "要在今天以后"),
        ({"day": "2026-11-28"}, "那天放假，请改成2026年11月30日"),
        ({"number": "123 456 789"}, "没有找到这个编号的公示"),
        ({"text": "张某得了胃癌，先给他办。"}, "像是说到了某个人的"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_all_that_was_typed(writer, typed, said):
    page = writes(writer, **typed)
    assert page.status == 422
    assert said in page.text
    form = page.form("发出").fields
    assert form["subject"] == [{**LETTER, **typed}["subject"]]
    if "13800138000" not in typed.get("text", ""):
        assert form["text"] == [{**LETTER, **typed}["text"]]
    assert "13800138000" not in page.html
    assert db.session.query(Directive).count() == 0


def test_without_a_number_of_days_the_usual_ones_of_the_kind_count(writer):
    assert "最晚2026年12月4日答复" in writes(writer, kind="order", basis="disclosure_53").text


def test_an_order_about_a_notice_leads_to_its_correction_and_the_answer_cites_the_version(writer, clerk, reviewer, posted):
    assert f"/audit/directives/new?desk={TOWN}&amp;number={posted.number}" in writer.sees("/audit").html
    page = writer.sees(f"/audit/directives/new?desk={TOWN}&number={posted.number}")
    page = writer.submits(page, "发出", kind="order", basis="disclosure_53", subject="第 2 号写错了", text="请照丈量表更正。")
    notice = clerk.sees(f"/desk/notices/{posted.number}")
    assert "责令改正通知书 〔2026〕1 号：第 2 号写错了" in notice.text
    page = clerk.follows(notice, "责令改正通知书")
    assert "更正这份公示" in page.text
    page = clerk.submits(page, "答复", text="照丈量表更正了。", version="1")
    assert "改在公示的第 1 版" in page.text
    assert "更正这份公示" not in reviewer.sees(f"/desk/directives/{COUNTY}/1").text
    assert "写给县里的话" not in reviewer.sees(f"/desk/directives/{COUNTY}/1").text


def test_a_case_is_urged_from_its_page_and_the_office_finds_the_letter_there(writer, villager, clerk, auditor, form):
    receipt_on(asks(villager, form))
    case = db.session.query(Case).one()
    address = f"/desk/cases/{case.home}/{case.id}"
    assert "督办这一件" not in auditor.sees(address).text
    page = writer.follows(writer.sees(address), "督办这一件")
    assert page.form("发出").fields["subject"] == ["高洞社区的来件“我家的数不对”，2026年11月22日收到"]
    page = writer.submits(page, "发出", text="早就该答复了，请马上办。")
    assert "关于哪一件来件" in page.text
    assert "督办单 〔2026〕1 号" in clerk.sees(address).text
    assert "我家的数不对" in clerk.follows(clerk.sees(address), "督办单").text


def test_what_was_asked_of_the_county_alone_is_not_named_to_the_township(writer, villager, clerk, form):
    receipt_on(asks(villager, form, first="county", text="镇上的人把三百元领走了。"))
    case = db.session.query(Case).one()
    page = writer.follows(writer.sees(f"/desk/cases/{case.home}/{case.id}"), "督办这一件")
    page = writer.submits(page, "发出", desk="百和镇", text="有户人家的补贴没有到，请查。")
    assert page.status == 422
    assert "不能让百和镇知道有这件事" in page.text
    assert page.form("发出").fields["text"] == ["有户人家的补贴没有到，请查。"]
    assert db.session.query(Directive).count() == 0
    page = writer.submits(page, "不写这件来件")
    page = writer.submits(page, "发出", subject="补贴发放请自查一遍")
    assert "已发出，百和镇看得到" in page.text
    town = clerk.sees(f"/desk/directives/{COUNTY}/1")
    assert "来件" not in town.text.replace("来件\n公示墙", "")
    assert case.id not in town.html


def test_no_letter_can_be_about_a_report_against_a_person(writer):
    page = writer.sees("/audit/directives/new?asked=510521000000&case=000000000000")
    assert page.status == 404


def test_another_countys_office_sees_and_does_nothing(writer, person):
    writes(writer)
    people.add("hejiang-disclosure", "某人", "disclosure", "510522000000", PASSWORD, at=AT)
    other = person("hejiang-disclosure")
    assert other.sees(f"/desk/directives/{COUNTY}/1").status == 404
    assert LETTER["subject"] not in other.sees("/audit/directives").text
    assert "请写本县的一个单位" in writes(other).text


def test_the_audit_reads_and_exports_and_writes_nothing(writer, auditor, person, villager):
    writes(writer)
    page = auditor.sees("/audit/directives")
    assert "写督办单" not in page.text
    assert "已改正" not in auditor.follows(page, LETTER["subject"]).text
    assert auditor.sees("/audit/directives/new").status == 403
    assert writer.sees("/audit/directives.csv").status == 403
    table = auditor.client.get("/audit/directives.csv").get_data(as_text=True)
    assert "编号,哪一种,单位,写于,最晚答复,答复于,晚了几天,办到哪一步" in table
    assert "〔2026〕1 号,督办单,百和镇,2026-11-22,2026-11-27,,0,等答复" in table
    assert "路灯" not in table
    assert "县里发出督办、责令改正或提醒" in auditor.sees("/audit/ledger").text


def test_a_letter_to_a_village_is_answered_by_the_township_that_works_for_it(writer, clerk):
    page = writes(writer, desk=GAODONG, kind="order", basis="sichuan_23")
    assert "《四川省村务公开条例》第二十三条" in page.text
    assert "已答复" in clerk.submits(f"/desk/directives/{COUNTY}/1", "答复", text="村里今天公布了。").text


def test_the_paper_of_a_letter_is_a_pdf_for_both(writer, clerk):
    writes(writer)
    for who in (writer, clerk):
        answer = who.client.get(f"/desk/directives/{COUNTY}/1.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
