"""公开指南 of a township and a county: made from the data and the newest notice; its papers print; villages lead to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board import policies
from board.rules.cases.guide import papers
from tests.store import reading
from tests.store.posted import GAODONG, TOWN
from tests.web.publishing import COUNTY, pages, text

GUIDE = f"/a/{TOWN}/guide"
APPLICATION = policies.case_categories()["application"]


@pytest.fixture
def applications(monkeypatch):
    """Changes what the data say of applications."""

    def change(**changes) -> None:
        changed = policies.case_categories() | {"application": replace(APPLICATION, **changes)}
        monkeypatch.setattr(policies, "case_categories", lambda: changed)

    return change


def test_a_villager_reads_whom_to_ask_what_to_write_how_long_it_takes_and_what_it_costs(villager, posted):
    page = villager.sees(GUIDE)

    assert page.heading == "怎样申请看没公开的材料"
    for words in ("百和镇人民政府", "要写名字和联系方式，不收钱", "第三十二条、第三十三条",
                  "不会写的，说给工作人员听，由他们替您填表", "签收的那天算收到",
                  "3个工作日内确认", "纸的、电子文件、到办公室看", "答复：20个工作日"):  # fmt: skip
        assert words in page.text, words


def test_the_office_is_reached_as_its_newest_notice_says(villager, posted):
    page = villager.sees(GUIDE)
    assert page.link("0830-8191234") == "tel:0830-8191234"
    assert villager.follows(page, "照最近一份公示写的").path == f"/n/{posted.number}"


def test_where_nothing_is_known_of_an_office_the_page_says_so_and_invents_nothing(villager, app):
    page = villager.sees(GUIDE)
    assert "电话：这里还没有登记。\n地址：这里还没有登记，请到百和镇人民政府问。" in page.text
    assert "照最近一份公示写的" not in page.text

    app.config["SITE_PHONE"] = "0830-8191000"
    assert villager.sees(f"/a/{COUNTY}/guide").link("0830-8191000") == "tel:0830-8191000"


def test_the_page_follows_the_data(villager, applications):
    clocks = APPLICATION.clocks
    basis = replace(clocks.answer.basis, zh="《某条例》：九天内答复")
    outcome = replace(APPLICATION.outcomes[0], id="other", label=replace(APPLICATION.label, zh="另一种答复"))
    applications(
        clocks=replace(clocks, answer=replace(clocks.answer, days=9, unit="calendar", basis=basis), third=None), outcomes=(outcome,)
    )
    page = villager.sees(GUIDE)

    for words in ("9天以内", "答复：9天", "《某条例》：九天内答复", "另一种答复"):
        assert words in page.text, words
    for words in ("答复：20个工作日", "先书面问那个人", "征求第三方意见书", "决定不公开，说明理由"):
        assert words not in page.text, words
    assert page.link("另一种答复") == f"{GUIDE}/answer-other.pdf"


def test_a_county_has_its_own_where_a_dispute_goes_no_further_on_this_site(villager):
    page = villager.sees(f"/a/{COUNTY}/guide")
    assert "泸县人民政府" in page.text
    assert "再往上怎么办，看最后一段" in page.text
    assert "向泸县人民政府的上一级人民政府申请行政复议" in page.text


def test_what_can_be_done_about_an_answer_is_that_of_the_next_steps(villager):
    page = villager.sees(GUIDE)
    after = page.text[page.text.index("不满意，或者到期没有答复") :]
    assert "不服，六十日内可以向泸县人民政府申请行政复议" in after
    assert "《行政复议法》第二十条、第二十三条" in after
    assert "向泸县人民政府反映：镇里到期没有答复" in after
    assert page.link("12345") == "tel:12345"


def test_a_village_takes_no_applications_and_leads_to_its_township(villager, posted):
    assert villager.sees(f"/a/{GAODONG}/guide").path == GUIDE
    assert villager.follows(villager.sees(f"/a/{GAODONG}"), "怎样申请看没公开的材料").path == GUIDE


@pytest.mark.parametrize("code", [TOWN, COUNTY])
def test_the_page_of_an_office_and_the_form_lead_to_its_guide_and_the_guide_to_the_form(villager, code):
    page = villager.follows(villager.sees(f"/a/{code}"), "怎样申请看没公开的材料")
    assert page.path == f"/a/{code}/guide"
    form = villager.follows(page, "在网上申请")
    assert form.heading == "申请看没公开的材料"
    assert villager.follows(form, "怎样申请、几天答复、不满意怎么办").path == f"/a/{code}/guide"


def test_another_form_does_not_lead_there(villager):
    assert "怎样申请" not in villager.sees(f"/a/{TOWN}/ask?category=letter").text


@pytest.mark.parametrize(
    "path", [f"/a/{COUNTY[:4]}00000000/guide", "/a/999999999999/guide", f"{GUIDE}/nothing.pdf", f"{GUIDE}/answer-.pdf"]
)
def test_what_is_not_there_is_not_found(villager, path):
    assert villager.sees(path).status == 404


def test_every_paper_that_the_guide_lists_prints_on_one_page_with_the_offices_name(villager):
    page = villager.sees(GUIDE)
    listed = {address for _words, address in page.links if address.endswith(".pdf")}
    assert listed == {f"{GUIDE}/{one.id}.pdf" for one in papers(policies.guide(), APPLICATION)}
    for address in sorted(listed):
        answer = villager.sees(address)
        (words,) = pages(answer.data)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "百和镇人民政府" in words
        assert "{" not in words, address


def test_an_answer_begins_as_its_kind_does_and_tells_of_reconsideration(villager):
    words = text(villager.sees(f"{GUIDE}/answer-refused.pdf").data)
    for one in (
        "样本",
        "决定不公开，说明理由",
        "您要的材料不予公开，理由是",
        "第三十六条第（三）项",
        "六十日内可以向泸县人民政府申请行政复议",
    ):
        assert one in words, one
    assert "行政复议" not in text(villager.sees(f"{GUIDE}/clearer.pdf").data)


def test_the_form_has_a_line_for_all_that_an_application_needs(villager):
    words = text(villager.sees(f"{GUIDE}/application.pdf").data)
    for one in ("姓名", "身份证明", "电话、地址", "要什么材料", "□纸的", "□电子文件", "□到办公室看", "代填的人", "签名："):
        assert one in words, one


def test_the_guide_and_its_papers_are_there_in_english(villager, posted):
    page = villager.sees(f"{GUIDE}?lang=en")
    for words in (
        "How to apply to see what is not published",
        "free of charge",
        "within 20 working days",
        "for reconsideration within 60 days",
    ):
        assert words in page.text, words
    words = text(villager.sees(page.link("Not disclosed, with the reason")).data)
    assert "Whatyouwantisnotdisclosed" in words
    assert "Date:" in words


def test_what_is_published_already_is_read_on_paper_where_the_county_says(villager, app):
    assert "能看纸质的地方" not in villager.sees(GUIDE).text
    reading.point()
    assert villager.follows(villager.sees(GUIDE), "能看纸质的地方").path == f"/a/{TOWN}/reading"
