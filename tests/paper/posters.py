"""Sheets that the tests print, with invented people."""

from __future__ import annotations

from dataclasses import replace

from board.paper import qr
from board.paper.poster import BigNumber, Column, Fact, Group, Phone, Poster, Row

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("秀英", "建国", "桂兰", "志强", "玉珍", "明", "春梅", "德华", "小红", "永福", "淑芬", "刚")
ADDRESS = "https://mingbai.example"
PLACE = "510525101201"
NUMBER = "123456782"

COLUMNS = (
    Column("序号", "center", 0.7),
    Column("户主", "left", 1.4),
    Column("补贴面积(亩)", "right", 1.4),
    Column("每亩补贴(元)", "right", 1.4),
    Column("补贴金额（元）", "right", 1.6),
)


def name(n: int) -> str:
    """The n-th invented name."""
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n * 7 % len(GIVEN)]


def rows(count: int, first: int = 1) -> tuple[Row, ...]:
    """``count`` households, numbered from ``first``."""
    return tuple(
        (str(n), name(n), f"{2 + n % 5}.{n % 10}0", "131.42", f"{(2 + n % 5 + n % 10 / 10) * 131.42:,.2f}")
        for n in range(first, first + count)
    )


def village(count: int = 12, **changes: object) -> Poster:
    """A subsidy roster of ``count`` households without groups."""
    poster = Poster(
        title="2026年耕地地力保护补贴发放公示",
        place_name="古蔺县龙山镇向阳村",
        publisher="龙山镇人民政府",
        date_line="2026年11月22日",
        sentence=f"本村 {count} 户种粮农民,每亩补贴 131.42 元,一共发 48,210.50 元,12月5日前打到各户一卡通。",
        big_numbers=(
            BigNumber("本村合计发放", "48,210.50 元"),
            BigNumber("户数", f"{count} 户"),
            BigNumber("补贴面积", "366.84 亩"),
            BigNumber("每亩", "131.42 元"),
        ),
        facts=(
            Fact("依据文件", "《2026年耕地地力保护补贴实施方案》(古农发〔2026〕18号)"),
            Fact("资金来源", "中央财政农业生产发展资金"),
            Fact("有疑问", "公示期内打电话、到镇农业服务中心、书面或扫码都可以,5个工作日内答复。"),
        ),
        columns=COLUMNS,
        groups=(Group("", rows(count)),),
        total_row=("合计", f"{count} 户", "366.84", "", "48,210.50"),
        period_line="公示时间： 2026年11月22日 至 2026年11月29日",
        phones=(
            Phone("问镇里", "0830-7801234", "农业服务中心 王主任"),
            Phone("问县里", "0830-7205678", "县农业农村局"),
            Phone("举报", "12388", "纪检监察"),
        ),
        committee_line="村务监督委员会签字",
        how_computed="补贴金额 = 补贴面积 × 每亩补贴,四舍五入到分。",
        qr_text=qr.address(ADDRESS, NUMBER, PLACE, 1),
        short_address="mingbai.example/n/123456782",
        number="123 456 782",
        version=1,
        rows_count=count,
        total="48,210.50 元",
        fingerprint="7f3a 91c2 5be0",
    )
    return replace(poster, **changes)  # type: ignore[arg-type]


def by_groups(*sizes: int) -> Poster:
    """A village of groups with so many households each."""
    starts = [1 + sum(sizes[:n]) for n in range(len(sizes))]
    groups = tuple(
        Group(f"第{n}村民小组", rows(size, start), ("小计", f"{size} 户", "88.40", "", "11,617.53"))
        for n, (size, start) in enumerate(zip(sizes, starts, strict=True), 1)
    )
    return village(sum(sizes), groups=groups)


def land() -> Poster:
    """A notice of land to be taken: long words and no roster."""
    long = "拟征收土地位于龙山镇向阳村第三、第四村民小组,东至乡道017线,南至龙山河,西至李家湾水渠,北至原砖厂围墙。"
    return village(
        title="拟征收土地预公告",
        sentence="县里计划征收本村 1.161 亩地修乡道。现在只是预告,还没有批;先来量地、登记,量好登好大家再看。",
        big_numbers=(BigNumber("拟征收面积", "1.161 亩"), BigNumber("平方米", "774"), BigNumber("涉及", "9 户")),
        facts=(
            Fact("征收目的", "由政府组织实施的交通基础设施建设,属于《土地管理法》第四十五条规定的公共利益需要。"),
            Fact("位置范围", long),
            Fact("土地现状", "调查人员将于2026年11月25日至12月10日入户调查权属、地类、面积和地上附着物,请户主到场并在调查表上签字确认。"),
            Fact(
                "工作安排",
                "一、入户调查;\n二、调查结果在本栏公示不少于五个工作日;\n三、拟定补偿安置方案并公告三十日;\n四、多数户不同意的,开听证会。",
            ),
            Fact("不要抢栽", "自公告之日起,抢栽、抢种、抢建的部分不予补偿。"),
        ),
        columns=(),
        groups=(),
        total_row=None,
        how_computed="",
        rows_count=0,
        total="",
        publisher="古蔺县人民政府",
    )


def draft() -> Poster:
    """The poster as the reviewer sees it before it has an address."""
    return village(12, draft_mark="送审稿", qr_text="", number="", short_address="", fingerprint="")


def short(*sizes: int) -> Poster:
    """A village whose roster has four short fields, in groups with so many households each; one size: without groups."""
    poster = by_groups(*sizes) if len(sizes) > 1 else village(*sizes)
    pick = (0, 1, 2, 4)
    groups = tuple(
        Group(one.name, tuple(tuple(row[at] for at in pick) for row in one.rows), one.subtotal and tuple(one.subtotal[at] for at in pick))
        for one in poster.groups
    )
    assert poster.total_row
    columns = (Column("号", "center", 0.6), *(COLUMNS[at] for at in pick[1:]))
    return replace(poster, columns=columns, groups=groups, total_row=tuple(poster.total_row[at] for at in pick))
