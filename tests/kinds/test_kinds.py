"""The kinds that come with the program: each loads, says everything twice, and keeps the law's clocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from board.kinds import load
from board.rules.bilingual import Words
from board.rules.kind import BLOCKS, Kind, header_form, placeholders
from board.rules.kind_file import CONTACTS, parse, parse_frozen

KINDS = load()

# Typed again, so that an edited file does not change the law unseen; each kind names its basis, and docs/sources.md lists them.
#                      shown for            publish within        hidden names  after, months
CLOCKS = {
    "cropland-subsidy": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "cropland-payout": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "grain-subsidy": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "fund-allocation": ((7, "calendar"), (20, "working"), "none", ("keep", 120)),
    "land-pre-notice": ((10, "working"), (20, "working"), "none", ("keep", 120)),
    "land-resettlement": ((30, "calendar"), (20, "working"), "none", ("keep", 120)),
    "land-compensation": ((15, "calendar"), (10, "calendar"), "everyone", ("keep", 12)),
    "relief-projects": ((10, "calendar"), (15, "working"), "none", ("keep", 120)),
    "public-works": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "fund-project": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "disaster-relief": ((10, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "relief-goods": ((10, "calendar"), (20, "working"), "none", ("keep", 36)),
    "donations": ((15, "calendar"), (20, "working"), "consent", ("keep", 12)),
    "social-assistance": ((7, "calendar"), (10, "working"), "sensitive", ("withdraw", 0)),
    "village-finance": ((15, "calendar"), (15, "calendar"), "none", ("keep", 12)),
    "collective-contracts": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "collective-distribution": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "cadre-pay": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "collective-members": ((15, "calendar"), (20, "working"), "everyone", ("withdraw", 0)),
    "supervision-report": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
}

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_the_kinds_stand_in_the_order_of_their_positions():
    assert list(KINDS) == list(CLOCKS)


@each_kind
def test_a_kind_keeps_the_clocks_of_the_law(kind: Kind):
    display, within, names, after = CLOCKS[kind.id]

    assert (kind.display.days, kind.display.unit) == display
    assert (kind.publish_within.days, kind.publish_within.unit) == within
    assert (kind.names, (kind.after, kind.keep_months)) == (names, after)


@each_kind
def test_no_period_counts_its_first_day(kind: Kind):
    assert not kind.display.first_day_counts  # 民法典 201: never a day too few
    assert not kind.publish_within.first_day_counts


def words_of(value: object) -> list[Words]:
    """All Words inside a kind, however deep."""
    if isinstance(value, Words):
        return [value]
    if isinstance(value, tuple):
        return [words for item in value for words in words_of(item)]
    fields = getattr(value, "__dataclass_fields__", {})
    return [words for name in fields if name != "source" for words in words_of(getattr(value, name))]


@each_kind
def test_every_string_is_in_both_languages(kind: Kind):
    said = [words for words in words_of(kind) if words != Words("", "")]  # a hint that is not there

    assert len(said) > 20
    for words in said:
        assert any("\u4e00" <= character <= "\u9fff" for character in words.zh), words
        assert not any("\u4e00" <= character <= "\u9fff" for character in words.en), words


@each_kind
def test_a_chinese_string_has_chinese_punctuation(kind: Kind):
    for words in words_of(kind):
        assert not set(",;:()") & set(words.zh), words.zh


@each_kind
def test_every_notice_says_whom_to_ask_and_who_supervises(kind: Kind):
    for id in CONTACTS:
        fact = kind.fact(id)
        assert fact is not None
        assert fact.required
        assert fact.block == "contact"


@each_kind
def test_a_kind_reads_back_from_its_own_source(kind: Kind):
    assert parse(kind.id, kind.source) == kind


@each_kind
def test_a_frozen_kind_is_parsed_once_for_the_same_text(kind: Kind):
    again = json.loads(json.dumps(kind.source))

    assert parse_frozen(kind.id, kind.source) == kind
    assert parse_frozen(kind.id, again) is parse_frozen(kind.id, kind.source)
    assert parse_frozen(kind.id, again | {"position": kind.position + 1}).position == kind.position + 1


@each_kind
def test_its_sentence_can_be_said(kind: Kind):
    values = dict.fromkeys(placeholders(kind), "3")

    assert "{" not in kind.sentence.zh.format_map(values) + kind.sentence.en.format_map(values)


@each_kind
def test_names_are_masked_or_for_staff_and_remarks_on_people_are_for_staff(kind: Kind):
    for column in kind.columns:
        if column.type == "name":
            assert column.show in ("masked", "staff")
        if column.id in ("household_type", "reason", "payment_way", "document_no", "handler"):
            assert column.show == "staff"
    note = kind.column("note")
    if note is not None:
        assert (note.show == "staff") == (kind.names != "none")


@each_kind
def test_blocks_are_those_of_a_complete_notice(kind: Kind):
    assert {fact.block for fact in kind.facts} <= BLOCKS.keys()


SAMPLES = """
cropland-subsidy   village=村(社区) group=村民小组 name=户主姓名 -=身份证号码 -=一卡通账号 -=联系电话
cropland-subsidy   area=补贴面积(亩) rate=补贴标准(元/亩) amount=补贴金额(元) note=备注
fund-allocation    place=镇街 households=应补贴户数 area=2023年核定小麦面积 amount=耕地地力保护补贴系统数
land-compensation  name=户主姓名 people=家庭人口 area=征收面积(亩) land_fee=土地补偿费 resettlement_fee=安置补助费
land-compensation  crops_fee=青苗补偿费 crops_fee=补偿费用青苗补偿费 amount=合计 amount=补偿费用合计 note=备注
relief-projects    village=村名 project=项目名称 content=建设内容 amount=资金金额
disaster-relief    village=家庭住址 name=户主姓名 -=户主身份证号 -=户主联系方式 household_type=家庭类型
disaster-relief    people=家庭人口 in_need=需救助人口 amount=已发放救助款(元) payment_way=救助资金发放形式
village-finance    date=日期 document_no=凭证号 item=摘要 income=收入 spending=支出 handler=经手人 balance=余额
relief-goods       village=村（社区） goods=物资名称 batch=批次 goods_unit=计量单位 received=接收数量
relief-goods       given_out=发放数量 kept=库存 lost=报损 handler=保管员
public-works       village=建设地点 project=项目名称 content=建设内容及规模 amount=总投资 from_state=财政资金 from_collective=村集体投入
public-works       from_others=其他资金 responsible=实施单位 beneficiaries=受益群众 builder=施工单位 keeper=管护单位
fund-project       amount=总投资 from_state=财政奖补资金 from_villagers=村民筹资
fund-project       labour_days=筹劳（工日） payers=筹资人口 households=受益户数
donations          name=捐赠人 agrees=是否同意公开姓名 received=捐赠数量 given_out=已发放 use=用途 -=联系电话
collective-contracts code=合同编号 subject=标的 tenant=承包方 amount=应收款 collected=已收款 owed=欠款 resolution=决议
collective-distribution name=户主姓名 people=份额 rate=分红标准 amount=分红金额 -=身份证号码
collective-members name=成员姓名 relation=与户主关系 how_acquired=取得方式 -=身份证号码
cadre-pay          village=村别 name=姓名 post=职务 months=发放月数 base_pay=基本报酬 amount=合计 -=银行账号
"""  # the headers of board/demo, each with the column it means; "-" is for those that no column may take


def sample_headers() -> Iterator[tuple[str, str, str]]:
    for line in SAMPLES.strip().splitlines():
        id, *pairs = line.split()
        for pair in pairs:
            column, header = pair.split("=")
            yield id, header, column


@pytest.mark.parametrize(("id", "header", "column"), list(sample_headers()))
def test_the_headers_of_the_samples_mean_one_column(id: str, header: str, column: str):
    found = [one.id for one in KINDS[id].columns if header_form(header) in one.headers]

    assert found == ([] if column == "-" else [column])


def test_what_is_to_be_paid_is_followed_by_what_was_paid():
    payout = KINDS["cropland-payout"]
    (check,) = payout.checks

    assert payout.follows == "cropland-subsidy"
    assert (check.type, check.result, check.of) == ("sum", "amount", ("paid", "returned"))


def test_land_goes_from_announcement_to_plan_to_sharing():
    assert KINDS["land-compensation"].follows == "land-resettlement"
    assert KINDS["land-resettlement"].follows == "land-pre-notice"


@pytest.mark.parametrize("id", ["cropland-subsidy", "grain-subsidy", "fund-allocation", "land-compensation", "village-finance"])
def test_a_kind_with_arithmetic_checks_it_to_the_fen(id: str):
    assert {Decimal(check.tolerance) for check in KINDS[id].checks} == {Decimal("0.01")}


def test_the_order_of_a_running_balance_is_income_then_spending():
    (check,) = KINDS["village-finance"].checks

    assert (check.type, check.result, check.of) == ("running", "balance", ("income", "spending"))
