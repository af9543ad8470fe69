"""The receipt as a picture for a phone."""

from __future__ import annotations

import io

from PIL import Image

from board.paper.receipt import ReceiptWords, receipt_image

WORDS = ReceiptWords(where="查进度：mingbai.example/receipt", due="最晚 12 月 5 日前答复")


def test_the_picture_is_as_wide_as_a_phone_and_small_to_send() -> None:
    made = receipt_image("1234 5678 9012 3456", WORDS)
    assert Image.open(io.BytesIO(made)).width == 1080
    assert len(made) < 150_000


def test_the_same_number_gives_the_same_bytes_and_another_gives_others() -> None:
    assert receipt_image("1234 5678 9012 3456", WORDS) == receipt_image("1234 5678 9012 3456", WORDS)
    assert receipt_image("1234 5678 9012 3456", WORDS) != receipt_image("1234 5678 9012 3457", WORDS)


def test_the_digits_are_at_least_a_tenth_of_the_width_high() -> None:
    grey = Image.open(io.BytesIO(receipt_image("1111 1111 1111 1111", WORDS))).convert("L")
    column = [grey.getpixel((x, y)) < 128 for x in (150,) for y in range(grey.height)]  # through the first 1 of both lines
    runs = "".join("#" if dark else " " for dark in column).split()
    assert sum(len(run) > 108 for run in runs) == 2
