"""The receipt as a picture for a phone, and on paper for somebody who asked by mouth."""

from __future__ import annotations

import io
from dataclasses import fields, replace

import pytest
from PIL import Image

from board import codes
from board.paper.receipt import PaperReceipt, ReceiptWords, receipt_image, receipt_pdf
from tests.paper.conftest import Printer

NUMBER = "1234 5678 9012 3456"
WORDS = ReceiptWords(
    where="每一页最上面都有“查进度”，网址是 mingbai.example/receipt", due="最晚2026年12月5日答复", phone="急的话，打 0830-8191234"
)
PAPER = PaperReceipt(
    notice="百和镇2026年耕地地力保护补贴发放公示",
    place="高洞社区",
    category="我家的数不对",
    office="百和镇人民政府",
    due="2026年12月5日",
    phone="0830-8191234",
    where="每一页最上面都有“查进度”，网址是 mingbai.example/receipt",
)


def test_the_picture_is_as_wide_as_a_phone_and_small_to_send() -> None:
    made = receipt_image(NUMBER, WORDS)
    assert Image.open(io.BytesIO(made)).width == 1080
    assert len(made) < 150_000


def test_the_same_number_gives_the_same_bytes_and_another_gives_others() -> None:
    assert receipt_image(NUMBER, WORDS) == receipt_image(NUMBER, WORDS)
    assert receipt_image(NUMBER, WORDS) != receipt_image("1234 5678 9012 3457", WORDS)
    assert receipt_pdf(NUMBER, PAPER) == receipt_pdf(NUMBER, PAPER)


def test_the_digits_are_at_least_a_tenth_of_the_width_high() -> None:
    grey = Image.open(io.BytesIO(receipt_image("1111 1111 1111 1111", WORDS))).convert("L")
    column = [grey.getpixel((x, y)) < 128 for x in (150,) for y in range(grey.height)]  # through the first 1 of both lines
    runs = "".join("#" if dark else " " for dark in column).split()
    assert sum(len(run) > 108 for run in runs) == 2


def test_a_phone_reads_the_digits_alone_from_the_picture() -> None:
    assert codes.read(receipt_image(NUMBER, WORDS)) == [NUMBER.replace(" ", "")]


def test_a_phone_reads_the_digits_from_the_paper_and_people_the_rest(printer: Printer) -> None:
    (page,) = printer.pictures(receipt_pdf(NUMBER, replace(PAPER, told="打电话")))
    assert page.size == pytest.approx((148 / 25.4 * 150, 210 / 25.4 * 150), abs=2)
    drawn = io.BytesIO()
    page.save(drawn, "PNG")
    assert codes.read(drawn.getvalue()) == [NUMBER.replace(" ", "")]

    (text,) = (one.replace(" ", "").replace("\n", "") for one in printer.texts(receipt_pdf(NUMBER, replace(PAPER, told="打电话"))))
    for words in ("12345678", "90123456", "请收好，丢了查不到", PAPER.notice, "高洞社区", "我家的数不对", "百和镇人民政府",
                  "2026年12月5日", "0830-8191234", "mingbai.example/receipt", "怎么告诉您", "打电话"):  # fmt: skip
        assert words in text, words


def test_what_was_not_given_has_no_line_on_the_paper(printer: Printer) -> None:
    (text,) = printer.texts(receipt_pdf(NUMBER, PAPER))
    assert "怎么告诉您" not in text


def test_a_long_title_keeps_to_one_page(printer: Printer) -> None:
    long = replace(PAPER, notice="关于" + "百和镇" * 20 + "公示", told="托邻居捎话", demo_mark="演示数据 · 虚构")
    assert len(printer.texts(receipt_pdf(NUMBER, long))) == 1


def test_there_is_no_place_for_a_question_or_a_name() -> None:
    around = {"where", "due", "phone", "keep", "demo_mark"}
    assert {field.name for field in fields(ReceiptWords)} == around | {"got", "label", "scan"}
    assert {field.name for field in fields(PaperReceipt)} == around | {"notice", "place", "category", "office", "told"}
