"""A notice as its readers see it: the sentence, the figures, how an amount came about, and until when the rows stay."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules import bilingual
from board.rules.calendar import months_later
from board.rules.notice.page import Page, telling
from board.rules.notice.page_sources import of_proposal, of_version
from board.rules.notice.proposal import Proposal, ProposedPart

TOWN, GAODONG, NEXT = "510521116000", "510521116004", "510521116005"
FACTS = {"standard": "93.6", "objection_phone": "0830-8191234", "basis_document": "川农发〔2026〕12号"}


def parts(**totals: str) -> list[ProposedPart]:
    return [
        ProposedPart(GAODONG, 4, {"area": "11.05", "amount": "1034.28"} | totals, ""),
        ProposedPart(NEXT, 1, {"area": "5", "amount": "468.00"}, ""),
    ]


def page(kind: str = "cropland-subsidy", **changes) -> Page:
    given_content = {
        "home": TOWN, "kind": kind, "title": "公示", "facts": FACTS,
        "frozen": {"kind": kinds.load()[kind].source, "areas": {TOWN: "百和镇", GAODONG: "高洞社区"}, "publisher": "百和镇人民政府"},
        "starts": "2026-11-20", "ends": "2026-11-27", "formed_on": "2026-11-16", "publish_by": "2026-12-11",
        "totals": {"area": "16.05", "amount": "1502.28"}, "stated": {}, "parts": parts(), "content": "",
    }  # fmt: skip
    fields = {name: changes.pop(name) for name in list(changes) if name in given_content}
    return replace(of_proposal(Proposal(**given_content | fields)), **({"row_count": 5} | changes))


def row(**measures: str) -> SimpleNamespace:
    return SimpleNamespace(measures=measures)


# ---- the sentence and the figures


def test_the_sentence_sums_the_whole_notice_up():
    assert page().sentence("zh") == "百和镇：耕地补贴 5 户，共 1,502.28 元，每亩 93.6 元。"


def test_the_sentence_of_one_place_has_that_places_figures():
    assert page().sentence("zh", GAODONG) == "高洞社区：耕地补贴 4 户，共 1,034.28 元，每亩 93.6 元。"


def test_the_sentence_is_there_in_english():
    assert page().sentence("en") == "百和镇: cropland subsidy for 5 households, 1,502.28 yuan in all, 93.6 yuan per mu."


def test_a_day_in_the_sentence_is_said_in_words():
    vote = page("elections", facts={"polling_day": "2026-12-21"})
    assert "2026年12月21日投票" in vote.sentence("zh")
    assert "21 December 2026" in vote.sentence("en")


def test_what_the_sentence_lacks_is_a_dash_and_no_error():
    assert "每亩 — 元" in page(facts={}).sentence("zh")


def test_braces_in_a_fact_are_only_text():
    assert "每亩 {amount} 元" in page(facts={"standard": "{amount}"}).sentence("zh")


@pytest.mark.parametrize("kind", sorted(kinds.load()))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kinds_sentence_can_be_said_of_a_bare_notice(kind, language):
    assert "{" not in page(kind, facts={}, totals={}, parts=[]).sentence(language)


def test_money_comes_first_and_the_rows_second_of_at_most_four_figures():
    figures = page().figures("zh")

    assert [(figure.label, figure.value, figure.unit) for figure in figures] == [
        ("补贴金额", "1,502.28", "元"), ("共", "5", "户"), ("补贴面积", "16.05", "亩"),
    ]  # fmt: skip
    assert max(len(page(kind, totals=dict.fromkeys(totals_of(kind), "1")).figures("zh")) for kind in kinds.load()) == 4


def totals_of(kind: str) -> list[str]:
    return [column.id for column in kinds.load()[kind].columns if column.type in ("money", "count", "area", "balance")]


def test_accounts_have_equal_figures_and_a_debt_is_said_in_words():
    own = page("village-finance", totals={"income": "43637.27", "spending": "246036.29", "balance": "-73965.75"}, parts=[], row_count=1139)

    assert own.equal
    assert [(one.label, one.value, one.note) for one in own.figures("zh")] == [
        ("收入", "43,637.27", ""), ("支出", "246,036.29", ""), ("期末余额", "-73,965.75", "账上欠 73,965.75 元"), ("共", "1,139", ""),
    ]  # fmt: skip
    assert own.summed("zh") == "收入 43,637.27 元 支出 246,036.29 元"
    assert page().summed("zh") == "1,502.28 元"


def test_what_is_all_about_one_place_names_that_place():
    assert page(parts=parts()[:1], row_count=4).sentence("zh").startswith("高洞社区：")


def test_rows_of_a_kind_frozen_before_it_said_what_they_are_go_by_their_old_word():
    source = {key: value for key, value in kinds.load()["cropland-subsidy"].source.items() if key != "rows"}

    assert page(frozen={"kind": source, "areas": {}, "publisher": ""}).row_word("zh") == "行"


def test_money_in_a_fact_reads_like_money():
    facts = dict(page("village-finance", facts={"opening_balance": "128433.2"}).fact_blocks("zh"))

    assert facts["钱从哪里来"] == [("上期结存", "128,433.20 元", "")]


def test_a_kind_without_a_roster_has_no_figures():
    assert page("land-pre-notice", totals={}, parts=[]).figures("zh") == []


def test_a_column_for_the_staff_alone_has_no_figure():
    kind = kinds.load()["cropland-subsidy"]
    hidden = tuple(replace(column, show="staff") if column.id == "area" else column for column in kind.columns)

    assert [figure.label for figure in replace(page(), kind=replace(kind, columns=hidden)).figures("zh")] == ["补贴金额", "共"]


# ---- whole tables and parts


@pytest.mark.parametrize(
    ("kind", "place", "whole"),
    [
        ("fund-allocation", TOWN, True),  # the publisher's own sheet of a table that names nobody
        ("fund-allocation", GAODONG, False),
        ("cropland-subsidy", TOWN, False),  # a roster of people hangs village by village
        ("cropland-subsidy", GAODONG, False),
    ],
)
def test_only_the_publishers_own_sheet_of_a_nameless_kind_is_the_whole_table(kind, place, whole):
    assert page(kind).whole(place) is whole


def test_a_publisher_that_is_the_only_place_has_a_share_and_no_whole_table():
    own = page("village-finance", home=GAODONG, parts=parts()[:1])

    assert not own.whole(GAODONG)
    assert own.sum_of(GAODONG) == ({"area": "11.05", "amount": "1034.28"}, 4)


def test_the_whole_table_has_the_notices_totals_even_where_the_publisher_has_a_share_of_its_own():
    whole = page("fund-allocation", parts=[*parts(), ProposedPart(TOWN, 1, {"amount": "1.00"}, "")])

    assert whole.sum_of(TOWN) == ({"area": "16.05", "amount": "1502.28"}, 5)


def test_a_place_without_a_share_has_none():
    assert page().part("510521117001") is None


def test_a_place_whose_name_was_not_kept_goes_by_its_code():
    assert page().place_name(NEXT) == NEXT


# ---- how an amount came about


def test_a_product_is_shown_with_the_notices_standard_where_the_sheet_has_no_rate():
    assert page().how(row(area="4.43", amount="414.65"), "zh") == "补贴面积 4.43 亩 × 补贴标准 93.6 元/亩 = 补贴金额 414.65 元"


def test_the_rate_of_the_row_goes_before_the_standard():
    assert "补贴标准 100 元/亩" in page().how(row(area="2", rate="100", amount="200"), "zh")


def test_a_sum_is_shown_with_its_parts():
    one = page("land-compensation", facts={})
    label = {column.id: column.label.zh for column in one.kind.columns}

    assert one.how(row(land_fee="1", resettlement_fee="2", crops_fee="3", amount="6"), "zh") == (
        f"{label['land_fee']} 1.00 元 + {label['resettlement_fee']} 2.00 元 + {label['crops_fee']} 3.00 元 = {label['amount']} 6.00 元"
    )


def test_a_share_by_head_is_shown_with_the_people_and_the_sum_per_head():
    one, stated = (page("land-compensation", facts=facts) for facts in ({}, {"per_head": "12000"}))
    said = "家庭人口 4 人 × 每人金额 12,000 元/人"

    assert one.how(row(people="4", per_head="12000", amount="48000"), "zh") == f"{said} = 合计 48,000.00 元"
    assert stated.how(row(people="4", amount="48000"), "zh") == f"{said} = 合计 48,000.00 元"
    both = row(people="4", per_head="12000", land_fee="10000", resettlement_fee="48000", crops_fee="0", amount="58000")
    assert one.how(both, "zh") == (
        f"土地补偿费 10,000.00 元 + 安置补助费 48,000.00 元 + 青苗补偿费 0.00 元 = 合计 58,000.00 元\uff1b{said} = 安置补助费 48,000.00 元"
    )


def test_where_the_area_comes_from_is_said_with_its_year():
    given = {"quantity_source": "registered", "quantity_year": "2019年"}

    assert page(facts=given).quantity_source("zh") == "补贴面积：按确权证上的面积，2019年"
    assert page(facts=given).quantity_source("en") == "Area: As registered in the certificate of the contracted land, 2019年"
    assert page(facts={"quantity_year": "2019年"}).quantity_source("zh") == "补贴面积：2019年"
    assert page().quantity_source("zh") == ""


def test_an_amount_that_one_of_two_calculations_contradicts_is_not_explained():
    wrong = row(people="4", per_head="12000", land_fee="8000", resettlement_fee="50000", crops_fee="0", amount="58000")

    assert page("land-compensation", facts={}).how(wrong, "zh") == ""
    assert page("land-compensation", facts={}).differing([wrong]) == [wrong]


def test_what_was_paid_and_what_came_back_explain_no_amount():
    payout = page("cropland-payout", facts={})
    rows = [row(amount="262.08", paid="0", returned="262.08"), row(amount="10", paid="1", returned="2")]

    assert [payout.how(one, "zh") for one in rows] == ["", ""]
    assert (payout.differing(rows), payout.explained(rows)) == ([], 0)


@pytest.mark.parametrize("measures", [{}, {"area": "4.43"}, {"amount": "414.65"}, {"area": "", "amount": "1"}])
def test_where_a_figure_is_lacking_nothing_is_explained(measures):
    assert page().how(row(**measures), "zh") == ""


def test_where_neither_row_nor_notice_has_a_rate_nothing_is_explained():
    assert page(facts={}).how(row(area="4.43", amount="414.65"), "zh") == ""


def test_a_running_balance_explains_no_row():
    assert page("village-finance").how(row(income="1", spending="2", balance="3"), "zh") == ""


# ---- days


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-27", 12, "2027-11-27"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-01", 0, "2026-12-01"),
    ],
)
def test_the_same_day_some_months_later(day, months, expected):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 120))
def test_later_is_that_month_and_that_day_or_its_last(day, months):
    then = months_later(day, months)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)

    assert (then.year, then.month) == (year, month + 1)
    assert then.day == min(day.day, monthrange(year, month + 1)[1])


@pytest.mark.parametrize(
    ("kind", "until"),
    [("cropland-subsidy", date(2027, 11, 27)), ("social-assistance", date(2026, 11, 27)), ("fund-allocation", date(2036, 11, 27))],
)
def test_the_rows_stay_as_long_as_their_kind_says(kind, until):
    assert page(kind).rows_until() == until


def test_a_roster_for_members_is_never_on_the_web():
    one = page()

    assert replace(one, kind=replace(one.kind, audience="members")).rows_until() is None


@pytest.mark.parametrize(("language", "said"), [("zh", "2026年3月5日"), ("en", "5 March 2026")])
def test_a_day_is_written_as_a_villager_writes_it(language, said):
    assert bilingual.date_in_words(date(2026, 3, 5), language) == said


# ---- columns and facts


def test_a_rate_that_is_the_standard_on_every_row_needs_no_column():
    rows = [row(area="1", rate="93.6", amount="93.6"), row(area="2", rate="93.60", amount="187.2")]

    assert [column.id for column in telling(page(), rows)] == ["area", "amount"]


def test_a_rate_that_differs_somewhere_has_its_column():
    rows = [row(area="1", rate="93.6", amount="93.6"), row(area="2", rate="80", amount="160")]

    assert [column.id for column in telling(page(), rows)] == ["area", "rate", "amount"]


def test_a_column_in_which_no_row_has_anything_is_left_out():
    assert [column.id for column in telling(page(), [row(amount="1")])] == ["amount"]


def test_facts_stand_under_their_headings_and_those_not_given_are_left_out():
    assert page().fact_blocks("zh") == [
        ("有什么依据", [("依据文件", "川农发〔2026〕12号", "")]),
        ("给谁、给多少", [("补贴标准", "93.6 元/亩", "")]),
    ]


def test_a_fact_in_plain_words_has_the_official_term_beside_it():
    blocks = dict(page(facts={"eligibility": "种地的农户"}).fact_blocks("zh"))

    assert blocks["给谁、给多少"] == [("哪些人能领", "种地的农户", "补贴对象")]


def test_a_choice_is_shown_by_its_label():
    blocks = dict(page("village-finance", facts={"committee_opinion": "agreed"}).fact_blocks("zh"))

    assert [text for _, text, _ in blocks["谁把过关"]] == ["看过，同意公开"]


# ---- proposed and posted


def test_what_was_proposed_and_what_is_posted_read_alike():
    before = page()
    version = SimpleNamespace(
        home=TOWN, number="123456782", no=1, title="公示", facts=FACTS, starts=before.starts, ends=before.ends, formed_on=before.formed_on,
        digest="d", algorithm="sha256", totals={"area": "16.05", "amount": "1502.28"}, row_count=5,
        posted_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
        frozen={"kind": before.kind.source, "areas": before.areas, "publisher": before.publisher},
    )  # fmt: skip
    after = of_version(version, parts(), "cropland-subsidy")

    assert after.sentence("zh") == before.sentence("zh")
    assert after.figures("zh", GAODONG) == before.figures("zh", GAODONG)
    assert (before.number, after.number) == ("", "123456782")


def test_a_posted_notice_keeps_the_kind_as_it_was():
    source = kinds.load()["cropland-subsidy"].source
    old = source | {"sentence": {"zh": "从前的话", "en": "as it was"}}

    assert page(frozen={"kind": old, "areas": {}, "publisher": ""}).sentence("zh") == "从前的话"


@given(st.decimals(0, 10**9, places=2))
def test_a_big_number_says_the_total_to_the_fen(amount):
    (figure, *_) = page(totals={"amount": str(amount)}).figures("zh")

    assert Decimal(figure.value.replace(",", "")) == amount


# ---- a row's own sum, and a place that is one row


def test_the_short_sum_stands_for_the_whole_one():
    paid = row(area="4.43", amount="414.65")

    assert page().how_much(paid, "zh") == "4.43 亩 × 93.6 元/亩"
    assert page().how_much(row(area="4.43", amount="414.00"), "zh") == ""


def test_rows_that_do_not_agree_are_told_from_rows_that_say_too_little():
    good, bad, bare = row(area="4.43", amount="414.65"), row(area="4.43", amount="1.00"), row(amount="1.00")

    assert page().differing([good, bad, bare]) == [bad]
    assert page().explained([good, bad, bare]) == 1


def test_a_place_that_is_one_row_says_its_own_figures():
    totals = {"amount": "277704.00", "households": "588", "area": "2314.2"}
    shared = page("fund-allocation", totals=totals, parts=[ProposedPart(GAODONG, 1, totals, ""), ProposedPart(NEXT, 1, totals, "")])

    assert shared.sentence("zh", GAODONG) == "高洞社区：金额 277,704.00 元，户数 588，面积 2,314.2 亩。"
    assert shared.sentence("en", GAODONG) == "高洞社区: Amount 277,704.00 yuan, Households 588, Area 2,314.2 mu."
    assert "分给" in shared.sentence("zh")
    assert "分给" in shared.sentence("zh", TOWN)


def test_a_page_has_its_shares_and_the_table_of_all_places():
    assert page().has(GAODONG)
    assert not page().has(TOWN)
    assert page("fund-allocation").has(TOWN)


def test_what_was_taken_down_is_called_without_its_title():
    assert page().called("zh") == "耕地地力保护补贴 · 百和镇人民政府 · 2026年11月20日"
