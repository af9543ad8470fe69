"""Gifts, projects and the collective, as villagers read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from board import demo
from board.web import poster_text
from board.web.public.posted_pages import poster_page
from tests.kinds.test_posted import POSTS, SAMPLES
from tests.web.drafting import begins, draft_of

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture
def reads(app, villager):
    """Post a sample, and return all that villagers read on its place's page, on the whole notice's and in its data."""

    def read(kind: str, place: str = "") -> str:
        posted = demo.publish(SAMPLES[kind], POSTS["contacts"], AT)
        pages = (f"/n/{posted.number}", f"/n/{posted.number}/{place or posted.home}", f"/n/{posted.number}/{place or posted.home}.csv")
        return " ".join(" ".join(villager.sees(page).text.split()) for page in pages)

    return read


def test_donors_are_named_as_they_agreed_and_their_money_is_no_rice(reads):
    words = reads("donations")

    assert "捐赠人" in words
    assert "泸县百和商会（演示）" in words
    assert "柏秋生" in words
    assert "匡冬梅" not in words
    assert "匡*梅" not in words
    assert "不愿写名字的好心人" in words
    assert "晏春来" not in words
    assert "晏*来" in words
    assert "2,800 元" in words
    assert "不加在一起" in words


def test_a_project_says_where_its_money_comes_from(reads):
    words = reads("fund-project")

    assert "财政出的 120,000.00 元 + 村集体出的 30,000.00 元 + 村民筹的 18,400.00 元 = 总投资 168,400.00 元" in words
    assert "验收（做完了）" in words
    assert "郝*夏" in words
    assert "郝立夏" not in words


def test_a_contract_says_what_is_owed_and_masks_its_tenant(reads):
    words = reads("collective-contracts")

    assert "HJ-2023-02" in words
    assert "4,000.00 元 + 4,500.00 元" in words
    assert "卫*实" in words
    assert "卫秋实" not in words
    assert "泸州金桷食品有限公司（演示）" in words


def test_the_share_out_says_what_each_person_gets(reads):
    words = reads("collective-distribution")

    assert "4 人 × " in words
    assert "180 元/人" in words
    assert "一共可以分多少" in words
    assert "龙*旺" in words


def test_the_list_of_members_is_for_members_at_the_wall(app, villager):
    posted = demo.publish(SAMPLES["collective-members"], POSTS["contacts"], AT)
    place = f"/n/{posted.number}/{posted.home}"
    assert villager.sees(f"{place}.csv").status == 404
    assert "廖" not in villager.sees(place).text + villager.sees(f"/n/{posted.number}").text
    assert "名单只给本村、本集体的人看" in villager.sees(place).text

    with app.test_request_context():
        code = poster_text.poster_of(poster_page(posted, posted.home), posted.home, [], {}, edition="wall").qr_text
    sheet = villager.sees(code.removeprefix("HTTPS://GK.EXAMPLE.CN"))
    words = sheet.text
    assert "廖*冬" in words
    assert "下载明细" not in words
    assert "廖*冬" in villager.submits(sheet, find="廖").text, "a search stays behind the code"
    assert villager.sees(f"{place}/1/000000000000").status == 404
    assert villager.sees(f"{place}/1").text.count("廖") == 0
    assert "廖*种" in words
    assert "嫁入" not in words
    assert "配偶" not in words
    assert "510504" not in words.replace("510504103202", "")


def test_pay_is_told_part_by_part(reads):
    words = reads("cadre-pay", "510504103204")

    assert "尹*秋" in words
    assert "基本报酬 6,300.00 元 + 绩效 1,500.00 元 = 应发合计 7,800.00 元" in words
    assert "村主任" in words


def test_the_clerk_reads_which_facts_do_not_add_up_when_they_are_saved(clerk):
    page = begins(clerk, "collective-distribution", "510521116227")
    page = clerk.submits(f"{draft_of(page)}/facts", "存好", distributable="60000", to_members="4680", kept_back="36000")

    assert (
        "“一共可以分多少”写的是 60,000.00 元，但“分给成员” 4,680.00 元、“留作公积金、公益金” 36,000.00 元加起来是 40,680.00 元" in page.text
    )
