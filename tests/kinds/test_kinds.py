"""The kinds that come with the program: each loads, says everything twice, and keeps the law's clocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from board import policies
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
    "machinery-subsidy": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "forest-payment": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "farm-insurance": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "fund-allocation": ((7, "calendar"), (20, "working"), "none", ("keep", 120)),
    "land-pre-notice": ((10, "working"), (20, "working"), "none", ("keep", 120)),
    "land-resettlement": ((30, "calendar"), (20, "working"), "none", ("keep", 120)),
    "land-compensation": ((15, "calendar"), (10, "calendar"), "everyone", ("keep", 12)),
    "land-transfer": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "homestead": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "relief-projects": ((10, "calendar"), (15, "working"), "none", ("keep", 120)),
    "public-works": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "fund-project": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "disaster-relief": ((10, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "relief-goods": ((10, "calendar"), (20, "working"), "none", ("keep", 36)),
    "donations": ((15, "calendar"), (20, "working"), "consent", ("keep", 12)),
    "social-assistance": ((7, "calendar"), (10, "working"), "sensitive", ("withdraw", 0)),
    "disability-allowance": ((7, "calendar"), (10, "working"), "sensitive", ("withdraw", 0)),
    "age-allowance": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "school-aid": ((7, "calendar"), (20, "working"), "sensitive", ("withdraw", 0)),
    "resettled-support": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "housing-plan": ((7, "calendar"), (20, "working"), "none", ("keep", 120)),
    "housing-renovation": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "veterans-support": ((7, "calendar"), (20, "working"), "sensitive", ("withdraw", 0)),
    "public-post": ((7, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "village-finance": ((15, "calendar"), (15, "calendar"), "none", ("keep", 12)),
    "collective-contracts": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "collective-distribution": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "cadre-pay": ((15, "calendar"), (20, "working"), "everyone", ("keep", 12)),
    "collective-members": ((15, "calendar"), (20, "working"), "everyone", ("withdraw", 0)),
    "supervision-report": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "elections": ((20, "calendar"), (20, "calendar"), "everyone", ("withdraw", 0)),
    "village-resolutions": ((15, "calendar"), (20, "working"), "none", ("keep", 36)),
    "village-consultation": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "village-rules": ((15, "calendar"), (20, "working"), "none", ("keep", 60)),
    "appraisal": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "term-audit": ((15, "calendar"), (20, "working"), "none", ("keep", 60)),
    "community-concerns": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
    "policy-documents": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "meeting-summary": ((15, "calendar"), (20, "working"), "none", ("keep", 60)),
    "functions": ((15, "calendar"), (20, "working"), "none", ("keep", 120)),
    "clarification": ((15, "calendar"), (20, "working"), "none", ("keep", 12)),
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
        if column.id in ("household_type", "reason", "payment_way", "document_no", "handler", "school", "age"):
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
land-transfer      name=转出方 transferee=受让方 area=流转面积(亩) rate=每亩每年租金(元/亩) starts=起始日期 ends=终止日期 filed_on=备案日期
homestead          name=申请人 people=家庭人口(人) area=用地面积(平方米) land_class=地类 works=建设类型 approval_no=批号 -=身份证号码
machinery-subsidy  name=购机者姓名 machine=机具品目 machines=数量(台) each=单台补贴额(元) amount=总补贴额(元) -=联系电话
farm-insurance     name=被保险人 item=险种 area=投保面积(亩) own_part=农户自缴保费(元) amount=总保费(元) amount=赔款金额
housing-plan       place=乡镇街道 amount=合计补助资金(万元) households=合计总户数 c_households=C级户数 d_amount=D级补助资金(万元)
housing-renovation grade=鉴定等级 central=补助资金中央 amount=补助资金合计 household_type=家庭类型
disability-allowance item=补贴类别 month_rate=补贴标准(元/月) months=月数 amount=发放金额(元) -=残疾等级
school-aid         name=学生姓名 school=就读学校 level=学历层次 amount=补助金额(元) -=家长联系电话
resettled-support  people=移民人口(人) per_head=直补标准(元/人) amount=直补金额(元) -=银行账号
veterans-support   name=优抚对象姓名 item=人员类别 month_rate=月标准 months=月数
elections          group=村民小组 name=选民姓名 -=性别 -=身份证号码 proxy=委托投票
village-resolutions item=议题 agreed=同意票 against=反对票 abstained=弃权票 voted=表决人数 result=决议 carried_out_by=责任单位
village-consultation item=协商事项 participants=参与协商人员 result=协商结果 progress=落实情况 signed_by=填表人
appraisal          post=职务 member=姓名 excellent=优秀 fit=称职 unfit=不称职 votes=有效票 result=评议结果
term-audit         item=审计内容 amount=账面数 audited=审定数 result=发现问题 signed_by=审核人
meeting-summary    item=议题 result=会议决定 carried_out_by=责任单位 done_by=完成时限 signed_by=记录人
functions          section=内设机构 does=工作职责 room=办公地点 head=负责人 -=联系电话
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


def test_the_headers_of_the_samples_mean_one_column():
    right = {(id, header): [] if column == "-" else [column] for id, header, column in sample_headers()}
    found = {(id, header): [one.id for one in KINDS[id].columns if header_form(header) in one.headers] for id, header in right}

    assert found == right


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


@pytest.mark.parametrize("id", ["disability-allowance", "veterans-support"])
def test_what_tells_a_disability_or_an_injury_is_for_staff(id: str):
    item = KINDS[id].column("item")

    assert item is not None
    assert item.show == "staff"


def test_aid_for_pupils_takes_unknown_ages_for_minors():
    assert {kind.id for kind in KINDS.values() if kind.children} == {"school-aid"}


@pytest.mark.parametrize(
    "id", ["cropland-subsidy", "grain-subsidy", "land-compensation", "land-transfer", "forest-payment", "farm-insurance"]
)
def test_a_kind_that_goes_by_area_says_where_the_area_comes_from(id: str):
    assert {fact.id: fact.explains for fact in KINDS[id].facts if fact.explains} == {"quantity_source": "area", "quantity_year": "area"}


def test_what_luzhou_asks_for_is_counted_from_a_fact_of_its_kind():
    for rule in policies.period_rules().local_within:
        for id in rule.kinds:
            fact = KINDS[id].fact(rule.period.since)
            assert fact is not None, id
            assert fact.required
            assert fact.type == ("moment" if rule.period.hours else "date")


def test_an_election_has_every_day_of_its_law_counted_from_the_one_day_that_is_typed():
    kind = KINDS["elections"]
    days = {one.label.en: (one.period.since, one.period.before, one.period.days) for one in kind.schedule}

    assert [fact.id for fact in kind.facts if fact.type == "date"] == ["polling_day"]
    assert (kind.publish_within.since, kind.publish_within.before) == ("polling_day", True)
    assert kind.display_until == "polling_day"
    assert days == {
        "Last day to object to the list": ("display_start", False, 5),
        "Last day to decide on objections (within 3 days of each)": ("display_start", False, 8),
        "Last day to publish who was nominated": ("polling_day", True, 15),
        "Last day to publish the candidates, and where and when to vote": ("polling_day", True, 5),
        "Polling day; the result is announced on the spot": ("polling_day", False, 0),
        "Last day to hand over, where the committee was elected that day": ("polling_day", False, 10),
        "Last day to choose heads of groups and the supervision committee": ("polling_day", False, 15),
    }


def test_a_clarification_is_headed_by_the_truth_and_published_by_administrative_organs_only():
    kind = KINDS["clarification"]

    assert "village" not in kind.levels
    assert "{truth}" in kind.sentence.zh
    assert "what_was_said" not in kind.sentence.zh
    assert kind.names == "none"
