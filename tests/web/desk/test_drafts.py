"""What a notice must state, the sending to the reviewer, and who may touch a draft: two clerks on one never lose a word."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from board.models import Draft, PlaceAlias, db
from board.rules.numbers import spaced
from tests.databases import DEMO
from tests.house import page as house
from tests.store.drafting.stopped import stopped
from tests.web.drafting import ROSTER, approves, begins, draft_of, facts_of, number_of, pastes, sends, sends_roster, states, uploads

BAIHE, BEITA, GAODONG = "baihe-cropland-roster.xlsx", "beita-2020-relief-projects.xlsx", "510521116004"
ID, CARD, PHONE = "510521197001010010", "6217003810012" + "345677", "13800138000"  # made up, as the checks of the house see


MOBILE = "1990000" + "1111"  # an office's


def stored(page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


@pytest.fixture
def beita(person):
    return person("beita-clerk")


def choose(clerk, page):
    return clerk.submits(page, "改好了", **{"place-邓家村": "430511003002", "place-陈家桥村": "430511101004"})


# ---- facts


@pytest.fixture
def page(once, clerk):
    return clerk.sees(once("pasted", lambda: pastes(clerk, ROSTER).path))


def right() -> dict[str, str]:
    return facts_of(BAIHE)


def test_an_incomplete_save_keeps_what_was_typed_and_says_what_is_missing(clerk, page):
    page = states(clerk, page, fund_source="中央财政", formed_on="十一月", display_start="2026-11-23")

    assert page.status == 422
    assert "请填“依据文件”" in page.text
    again = clerk.sees(page.path).form("存好").fields
    assert (again["fund_source"], again["formed_on"]) == (["中央财政"], ["十一月"])


def test_an_empty_day_is_asked_for_and_display_starts_today_until_somebody_says_otherwise(clerk, page):
    form = clerk.sees(f"{draft_of(page)}/facts")
    assert form.form("存好").fields["display_start"] == ["2026-11-22"]
    assert form.html.count('type="date"') == 2

    page = states(clerk, page, **right() | {"formed_on": "", "display_start": ""})
    assert page.text.count("请填这个日期。") == 4  # twice in the list above, twice at the fields
    assert clerk.sees(f"{draft_of(page)}/facts").form("存好").fields["display_start"] == [""]


def test_the_publisher_that_a_new_form_shows_is_stated_already(clerk, page):
    assert clerk.sees(f"{draft_of(page)}/facts").form("存好").fields["publisher"] == ["高洞社区居民委员会"]
    assert "落款单位" not in clerk.sees(f"{draft_of(page)}/finish").text


def test_the_end_of_the_period_is_counted_and_said_as_a_date(clerk, page):
    page = states(clerk, page, **right())

    assert "公示到 2026年12月8日 止" in page.text  # a community shows for 15 days
    assert "按规定最晚 2026年11月28日 要公开" in page.text  # in Sichuan within 10 days


def test_display_may_not_begin_before_the_information_was_formed(clerk, page):
    page = states(clerk, page, **right() | {"formed_on": "2026-11-24"})
    assert page.status == 422
    assert "公示不能早于信息定下来的那天" in page.text

    page = clerk.sees(f"{draft_of(page)}/finish")
    assert "公示开始日期" in page.text
    assert not [form for form in page.forms if form.action.endswith("/submit")]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("standard", "九十三块六"), ("standard", "93.6元"), ("objection_phone", "打给张老师"), ("basis_document", "长" * 201)],
)
def test_a_fact_of_the_wrong_form_blocks_though_it_was_kept(clerk, page, field, wrong):
    page = states(clerk, page, **right() | {field: wrong})
    assert page.status == 422
    assert page.form("存好").fields[field] == [wrong]

    finish = clerk.sees(f"{draft_of(page)}/finish")
    assert finish.status == 200
    assert not [form for form in finish.forms if form.action.endswith("/submit")]


@pytest.mark.parametrize(
    ("field", "secret"), [("title", PHONE), ("basis_document", ID), ("eligibility", CARD), ("objection_person", PHONE)]
)
def test_a_personal_number_in_a_fact_is_covered_said_and_not_stored(clerk, page, field, secret):
    page = states(clerk, page, **right() | {field: f"找 {secret} 张老师"})

    assert page.status == 422
    assert "已用●盖住" in page.text
    assert secret not in page.html
    assert secret not in f"{stored(page).title}{stored(page).facts}"
    assert "●" in f"{stored(page).title}{stored(page).facts}"
    assert [source for source, _what in stopped(stored(page).home, stored(page).id) if source == "text"] == ["text"]


@pytest.mark.parametrize("secret", [ID, CARD])
def test_an_id_or_a_card_is_no_office_phone(clerk, page, secret):
    page = states(clerk, page, **right() | {"objection_phone": secret})

    assert page.status == 422
    assert secret not in page.html
    assert secret not in str(stored(page).facts)


def test_an_office_may_be_reached_by_a_mobile_phone(clerk, page):
    house.OFFICE_PHONES.add(MOBILE)
    page = states(clerk, page, **right() | {"objection_phone": MOBILE})

    assert page.path.endswith("/finish")


def test_a_changed_rate_is_checked_against_the_rows_again(clerk, page):
    assert page.heading == "数都对上了"
    states(clerk, page, **right() | {"standard": "94"})
    ready = clerk.sees(f"{draft_of(page)}/ready")

    assert "和公示里写的标准 94 不一样" in ready.text


def test_zhaoyuans_products_agree_with_the_rate_once_it_is_stated(person):
    clerk = person("zhaoyuan-clerk")
    facts = facts_of("zhaoyuan-2023-cropland-subsidy.xls") | {"title": "招远市2023年耕地地力保护补贴分配公示"}
    page = states(clerk, uploads(clerk, "zhaoyuan-2023-cropland-subsidy.xls"), **facts)

    assert "有 1 类提醒" in clerk.sees(f"{draft_of(page)}/ready").heading
    states(clerk, page, standard="121")
    assert clerk.sees(f"{draft_of(page)}/ready").heading == "有 14 处对不上，请核对"


def test_a_period_inside_a_long_holiday_is_said(clerk, page, app):
    from board.store import holidays, people

    holidays.load(people.CONSOLE)
    page = states(clerk, page, **right() | {"formed_on": "2026-02-10", "display_start": "2026-02-14"})

    assert "长假" in page.text


# ---- sending to the reviewer


def test_while_facts_are_missing_a_draft_cannot_be_sent(clerk, page):
    states(clerk, page, **right() | {"fund_source": ""})
    finish = clerk.sees(f"{draft_of(page)}/finish")
    assert "资金来源" in finish.text
    assert not [form for form in finish.forms if form.action.endswith("/submit")]

    token = finish.form("删掉").fields["csrf_token"][0]
    clerk.client.post(f"{draft_of(page)}/submit", data={"csrf_token": token, "revision": stored(page).revision})
    assert stored(page).state == "draft"


def test_while_cells_are_wrong_a_draft_cannot_be_sent(clerk):
    page = states(clerk, pastes(clerk, ROSTER.replace("4.95", "四亩多")), **right())

    assert "表里有 1 处要改" in page.text
    assert not [form for form in page.forms if form.action.endswith("/submit")]


def test_a_draft_without_a_table_cannot_be_sent(clerk):
    page = states(clerk, begins(clerk, "cropland-subsidy", GAODONG), **right())

    assert "还没有表格" in page.text
    assert not [form for form in page.forms if form.action.endswith("/submit")]


def test_an_edit_takes_a_sent_draft_back(clerk, draft):
    states(clerk, clerk.sees(f"{draft}/finish"), title="换了标题")

    assert "等审核" not in clerk.sees("/desk").text


def test_a_clerks_answers_go_with_the_draft_without_personal_numbers(person):
    clerk = person("zhaoyuan-clerk")
    page = uploads(clerk, "zhaoyuan-2023-cropland-subsidy.xls")
    clerk.submits(page, "下一步", **{"reason-units_assumed": f"按原表,问 {PHONE}"})

    assert stored(page).answers["units_assumed"].startswith("按原表")
    assert PHONE not in str(stored(page).answers)


def test_a_draft_can_be_thrown_away(clerk, page):
    clerk.submits(clerk.submits(f"{draft_of(page)}/finish", "删掉"), "删掉")

    assert clerk.sees(f"{draft_of(page)}/finish").status == 404


# ---- whose draft it is

STEPS = ("sheet", "columns", "rows", "ready", "facts", "finish", "preview", f"{GAODONG}/proof.pdf")


@pytest.mark.parametrize("step", STEPS)
def test_another_homes_draft_is_no_page(draft, person, step):
    assert person("xianshi-clerk").sees(f"{draft}/{step}").status == 404
    assert person("luxian-clerk").sees(f"{draft}/{step}").status == 404  # nor does a county look into a township's drafts


@pytest.mark.parametrize("step", [*STEPS, "review"])
def test_a_drafts_address_tells_a_stranger_nothing(draft, stranger, step):
    answers = [stranger.client.get(f"{address}/{step}") for address in (draft, f"/desk/{GAODONG}/000000000000")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer.location.split("?")[0] for answer in answers] == ["/sign-in", "/sign-in"]


def test_an_auditor_does_not_look_into_drafts(draft, auditor):
    assert auditor.sees(f"{draft}/finish").status == 403


# ---- two clerks on one draft


def test_of_two_clerks_who_save_the_facts_the_second_gets_his_words_back(clerk, person, page):
    colleague = person("baihe-clerk")
    mine, his = clerk.sees(f"{draft_of(page)}/facts"), colleague.sees(f"{draft_of(page)}/facts")
    clerk.submits(mine, "存好", **right())
    told = colleague.submits(his, "存好", fund_source="省级财政", eligibility=f"种地的\n户,电话 {PHONE}")

    assert told.status == 409
    assert "刚才在别处改过" in told.heading
    assert "省级财政" in told.text
    assert PHONE not in told.html
    assert stored(page).facts["fund_source"] == right()["fund_source"]


def test_of_two_clerks_who_mend_cells_the_second_changes_nothing_at_all(beita, person):
    page = uploads(beita, BEITA)
    colleague = person("beita-clerk")
    his = colleague.sees(f"{draft_of(page)}/rows")
    choose(beita, page)
    told = colleague.submits(his, "改好了", **{"place-邓家村": "430511000000", "place-陈家桥村": ""})

    assert told.status == 409
    assert {alias.written: alias.area for alias in db.session.query(PlaceAlias)}["邓家村"] == "430511003002"


def test_of_two_who_press_at_once_one_is_told(app, person, page):
    clerks = [person("baihe-clerk") for _ in range(3)]
    pages = [one.sees(f"{draft_of(page)}/facts") for one in clerks]

    def saves(n: int) -> int:
        return clerks[n].submits(pages[n], "存好", **right() | {"grant_number": f"{n} 号"}).status

    with ThreadPoolExecutor(3) as tablets:
        done = sorted(tablets.map(saves, range(3), timeout=60))

    assert done == [200, 409, 409]


def test_whoever_sends_a_draft_that_was_changed_meanwhile_is_told(clerk, person, page):
    page = states(clerk, page, **right())
    states(person("baihe-clerk"), page, title="换了标题")

    assert clerk.submits(page, "送审").status == 409
    assert stored(page).state == "draft"


# ---- and of all this nothing personal


def test_no_number_of_the_roster_is_in_the_database(clerk, engine):
    from board import sheets

    sends(clerk, BAIHE)
    cells = sheets.read((DEMO / BAIHE).read_bytes(), BAIHE).table().cells
    numbers = {str(cell) for row in cells[3:1197:40] for cell in row[4:7]}
    tables = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'" if engine == "sqlite" else
                                     "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))  # fmt: skip
    held = "".join(str(row) for table in list(tables) for row in db.session.execute(text(f'SELECT * FROM "{table}"')))  # noqa: S608

    assert len(numbers) > 80
    assert not [number for number in numbers if number in held]


def test_until_there_is_a_table_the_steps_that_need_it_are_told_and_closed(clerk):
    page = begins(clerk, "cropland-subsidy", GAODONG)
    steps = page.html.split('<ol class="steps">')[1].split("</ol>")[0]
    assert steps.count("<li>") == 6
    assert steps.count("先传表格") == 3
    assert clerk.sees(f"{draft_of(page)}/facts").text.count("先传表格") == 3

    assert "先传表格" not in pastes(clerk, ROSTER).text


def test_a_kind_is_offered_only_to_the_level_that_publishes_it(clerk, person):
    assert "征收土地预公告" not in clerk.sees("/desk/new").text
    page = clerk.submits("/desk/new", "下一步", kind="village-finance", home="510521116000")

    assert page.path == "/desk/new"
    assert "请换一个地方" in page.text


# ---- posted twice


def test_who_begins_what_stands_already_is_sent_to_the_correction(clerk, reviewer, once):
    draft = once("sent", lambda: sends_roster(clerk))
    number = once("approved", lambda: number_of(approves(reviewer, draft)))
    page = begins(clerk, "cropland-subsidy", "510521116004")
    assert "已经公布过一份，还挂着：高洞社区2026年耕地地力保护补贴公示" in page.text

    again = draft_of(clerk.submits(page, "用粘贴的表格", table=ROSTER.replace("李四", "李五").replace("187.2", "187.20")))
    told = f"已经公布过一份，还挂着：{spaced(number)}《高洞社区2026年耕地地力保护补贴公示》"
    for step in ("facts", "finish"):
        page = clerk.sees(f"{again}/{step}")
        assert told in page.text
        assert clerk.follows(page, "更正那一份").path == f"/desk/notices/{number}/correct"
    states(clerk, page, **right() | {"title": "高洞社区2025年耕地地力保护补贴公示"})
    assert told not in clerk.sees(f"{again}/finish").text  # last year's


def test_a_reviewer_is_told_that_it_stands_already(clerk, reviewer, once):
    first = once("sent", lambda: sends_roster(clerk))
    once("approved", lambda: number_of(approves(reviewer, first)))
    again = sends_roster(clerk, ROSTER.replace("1.1\t93.6\t102.96", "2\t93.6\t187.2").replace("8.05\t\t753.48", "8.95\t\t837.72"))
    page = reviewer.sees(f"{again}/review")

    assert "改它的错用“更正”，不要另发一份" in page.text
    assert "更正那一份" not in page.text  # the clerk's to do
