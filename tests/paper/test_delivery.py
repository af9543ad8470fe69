"""A delivery list as it comes out of the printer: what is brought, what is to be taken off the shelf, and where it is signed for."""

from __future__ import annotations

from dataclasses import replace

from board.paper.delivery import DeliveryWords, delivery
from tests.paper.conftest import Printer

ROW = (
    "1",
    "耕地补贴 第 1 版\n#strong[公示]",
    "123 456 789\ngk.example.cn/n/123456789",
    "纸质\n文件",
)
WORDS = DeliveryWords(
    title="主动公开的公示送交清单",
    number="〔2026〕1 号",
    to="泸县图书馆",
    about=("送交单位：百和镇人民政府", "地址：公开街2号"),
    headers=("序号", "公示", "编号和网址", "送什么"),
    rows=(ROW,),
    gone_title="撤下的，请从架上取走",
    gone_headers=("序号", "公示", "编号和网址"),
    gone=(("1", "临时救助", "987 654 321"),),
    total="一共 2 份",
    note="名单、姓名照网上的样子。",
    signs=("签收单位（盖章）：", "签收人：", "签收日期："),
    signer="百和镇人民政府",
    date="2026年11月22日",
    language="zh",
)


def plain(text: str) -> str:
    return "".join(text.split())


def test_everything_stands_on_one_page_as_it_was_typed(printer: Printer) -> None:
    (text,) = map(plain, printer.texts(delivery(WORDS)))
    for words in (WORDS.title, WORDS.number, WORDS.to, *WORDS.about, *ROW, WORDS.gone_title, *WORDS.gone[0], WORDS.total, *WORDS.signs):
        assert all(plain(line) in text for line in words.split("\n")), words


def test_a_long_list_has_its_headers_on_each_page_and_its_signatures_in_one_piece(printer: Printer) -> None:
    pages = [plain(text) for text in printer.texts(delivery(replace(WORDS, rows=(ROW,) * 60, gone=())))]
    assert len(pages) > 2
    assert ["签收日期" in page for page in pages] == ["盖章" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all("编号和网址" in page for page in pages[:-1])
    assert "取走" not in "".join(pages)
