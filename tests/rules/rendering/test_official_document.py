"""A notice as an official document: in the order of GB/T 9704, its paragraphs numbered, its signature where it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from board import kinds
from board.rules.rendering.official_document import LINE, official
from tests.rules.notice.test_page import FACTS, GAODONG, NEXT, TOWN, page

DAY = date(2026, 11, 2)
FULL = FACTS | {
    "fund_source": "中央财政耕地建设与利用资金", "eligibility": "拥有耕地承包权的种地农民；\n抛荒地不补。", "paid_through": "打入一卡通",
    "objection_person": "农业服务中心", "report_phone": "0830-8195678",
}  # fmt: skip
FILES = ({"no": 1, "title": "实施方案"}, {"no": 2, "title": "规划图"})


def lines(kind: str = "cropland-subsidy", **changes) -> list[str]:
    areas = {TOWN: "百和镇", GAODONG: "高洞社区", NEXT: "旁边的村"}
    frozen = {"kind": kinds.load()[kind].source, "areas": areas, "publisher": "泸县百和镇人民政府", "level": "township"}
    return official(
        page(kind, **{"frozen": frozen, "facts": FULL, "title": "百和镇2026年耕地地力保护补贴公示"} | changes), DAY
    ).splitlines()


def test_the_whole_text_stands_in_the_order_of_the_standard():
    assert lines(files=FILES) == [
        "\u3000" * 6 + "百和镇2026年耕地地力保护补贴公示",
        "",
        "各村（社区）村民：",
        "",
        "　　根据川农发〔2026〕12号，现将有关情况公示如下。",
        "　　一、总体情况",
        "　　百和镇：耕地补贴 5 户，共 1,502.28 元，每亩 93.6 元。",
        "　　二、公示依据",
        "　　依据文件：川农发〔2026〕12号。",
        "　　三、资金来源及发放",
        "　　（一）资金来源：中央财政耕地建设与利用资金。",
        "　　（二）怎么发：打入一卡通。",
        "　　四、对象和标准",
        "　　（一）哪些人能领：拥有耕地承包权的种地农民；抛荒地不补。",
        "　　（二）补贴标准：93.6 元/亩。",
        "　　五、各地情况",
        "　　（一）高洞社区：4 户，补贴面积 11.05 亩，补贴金额 1,034.28 元。",
        "　　（二）旁边的村：1 户，补贴面积 5 亩，补贴金额 468.00 元。",
        "　　六、公示时间",
        "　　2026年11月20日至2026年11月27日。",
        "　　七、意见反映",
        "　　（一）对公示内容有异议的，请在公示期内向泸县百和镇人民政府反映。",
        "　　（二）联系电话：0830-8191234，农业服务中心。",
        "　　（三）监督举报电话：0830-8195678。",
        "",
        "　　附件：1. 实施方案",
        "　　　　　2. 规划图",
        "",
        "\u3000" * 17 + "泸县百和镇人民政府",
        "\u3000" * 19 + "2026年11月2日",
    ]


def test_a_single_attachment_has_no_number():
    assert "　　附件：实施方案" in lines(files=FILES[:1])


def test_a_notice_without_attachments_has_no_list_of_them():
    assert not [line for line in lines() if "附件" in line]


def test_a_long_title_stands_in_two_lines_of_which_none_tears_a_figure():
    title = lines(title="泸县百和镇龙头桥社区等二十个村2026年耕地地力保护补贴资金发放情况公示")[:2]

    assert "".join(title).replace("\u3000", "") == "泸县百和镇龙头桥社区等二十个村2026年耕地地力保护补贴资金发放情况公示"
    assert all(len(line) <= LINE for line in title)


@pytest.mark.parametrize(
    ("publisher", "name", "day"), [("某办", 17, 19), ("泸县百和镇人民政府", 17, 19), ("泸州市泸县百和镇人民政府农业服务中心办公室", 5, 7)]
)
def test_the_signature_ends_two_characters_from_the_right_or_gives_way_to_the_day(publisher, name, day):
    frozen = {"kind": kinds.load()["cropland-subsidy"].source, "areas": {}, "publisher": publisher}
    *_, signed, dated = lines(frozen=frozen)

    assert len(signed) - len(signed.lstrip("\u3000")) == name
    assert len(dated) - len(dated.lstrip("\u3000")) == day
    assert dated.strip() == "2026年11月2日"


@pytest.mark.parametrize("kind", sorted(kinds.load()))
def test_every_kind_makes_a_document_whose_paragraphs_begin_two_in_and_end_with_a_stop(kind):
    body = [line for line in lines(kind)[4:-3] if line]

    assert all(line.startswith("　　") and not line.startswith("　　　") for line in body)
    assert all(line.endswith(("。", "！", "？")) or line[2] in "一二三四五六七八九" for line in body)
