"""The sheet comes first: the clerk uploads it and confirms what it proposes."""

from __future__ import annotations

import pytest

from board import kinds
from board.models import Draft, db
from tests.databases import DEMO
from tests.store.posted import GAODONG
from tests.web.drafting import approves, draft_of, facts_of, number_of, states, uploads

ROSTER = "baihe-cropland-roster.xlsx"
TABLE = "\n".join(["组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)", "1组\t张小三\t2\t93.6\t187.2", "1组\t李四\t1\t93.6\t93.6"])


@pytest.fixture
def asked(clerk):
    """The page that asks of what kind the roster is."""
    return clerk.submits("/desk/new", "上传", file=DEMO / ROSTER, home="510521116000")


def test_a_clerk_uploads_confirms_and_stands_before_the_result(clerk, asked):
    assert asked.heading == "这是哪一类？"
    assert asked.text.index("耕地地力保护补贴") < asked.text.index("不是，换一类")

    page = clerk.submits(asked, "对，接着办")
    assert "1,194" in page.text
    draft = db.session.get(Draft, draft_of(page).split("/")[2:4])
    assert (draft.kind, draft.facts["standard"]) == ("cropland-subsidy", "93.6")


def test_nothing_is_checked_and_no_number_is_stored_before_the_kind_is_known(clerk, asked):
    draft = db.session.get(Draft, draft_of(asked).split("/")[2:4])
    assert (draft.kind, draft.result, draft.chosen) == ("", None, [0])
    assert "这些个人信息" not in asked.text
    assert clerk.sees(f"{draft_of(asked)}/rows").path.endswith("/kind"), "every other step leads back to the question"
    assert "还没选" in clerk.sees("/desk").text


def test_the_title_is_the_sheets_own_and_can_be_changed(clerk):
    page = clerk.submits("/desk/new", "用粘贴的表格", table="百和镇高洞社区2026年耕地地力保护补贴发放花名册\n" + TABLE, home=GAODONG)
    assert page.form("对，接着办").fields["title-cropland-subsidy"] == ["百和镇高洞社区2026年耕地地力保护补贴公示"]
    page = clerk.submits(page, "对，接着办", **{"title-cropland-subsidy": "高洞社区今年的耕地补贴"})
    assert clerk.sees(f"{draft_of(page)}/facts").form("存好").fields["title"] == ["高洞社区今年的耕地补贴"]


def test_another_kind_is_chosen_by_name_and_its_columns_are_asked_for(clerk):
    page = clerk.submits("/desk/new", "用粘贴的表格", table=TABLE, home=GAODONG)
    page = clerk.submits(page, "按选的这一类办", kind="village-finance")
    assert db.session.get(Draft, draft_of(page).split("/")[2:4]).kind == "village-finance"


@pytest.mark.parametrize("kind", ["", "nothing-of-ours", "fund-allocation"])
def test_a_forged_kind_or_one_of_another_level_is_asked_for_again(clerk, kind):
    page = clerk.submits("/desk/new", "用粘贴的表格", table=TABLE, home=GAODONG)
    form = page.form("对，接着办")
    page = clerk.client.post(
        page.path, data={"csrf_token": form.fields["csrf_token"][0], "revision": form.fields["revision"][0], "kind": kind}
    )
    assert "还没有选。请先选这是哪一类。" in page.text


def test_a_home_of_somebody_else_is_refused(clerk):
    form = clerk.sees("/desk/new").form("上传")
    token = form.fields["csrf_token"][0]
    assert clerk.client.post("/desk/new/sheet", data={"csrf_token": token, "home": "510522000000", "table": TABLE}).status_code == 404


def test_what_the_last_notice_stated_is_not_typed_again(clerk, reviewer):
    page = uploads(clerk, ROSTER)
    page = states(clerk, page, **facts_of(ROSTER))
    clerk.submits(f"{draft_of(page)}/ready", "下一步")
    clerk.submits(f"{draft_of(page)}/finish", "送审")
    assert number_of(approves(reviewer, draft_of(page)))

    page = clerk.submits(clerk.submits("/desk/new", "上传", file=DEMO / ROSTER, home="510521116000"), "对，接着办")
    assert "已经公布过一份，还挂着" in page.text
    kind = kinds.load()["cropland-subsidy"]
    fields = clerk.sees(f"{draft_of(page)}/facts").form("存好").fields
    needed = [fact.id for fact in kind.facts_at("township") if fact.required and fact.type not in ("date", "choice")]
    assert [id for id in needed if not fields[id][0]] == []


def test_a_draft_without_a_kind_can_be_thrown_away(clerk, asked):
    page = clerk.submits(asked, "删掉这份草稿")
    clerk.submits(page, "删掉")
    assert clerk.sees(asked.path).status == 404
