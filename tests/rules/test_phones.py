"""What a phone dials of the lines that offices write."""

from __future__ import annotations

import pytest

from board.rules.phones import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0830-8191234", "0830-8191234"),
        ("0830 8191234", "08308191234"),
        ("(0830) 8191234", "08308191234"),
        ("0830-8191234、0830-8195678", "0830-8191234"),
        ("0830-8191234转802", "0830-8191234"),
        ("0830-8191234-802", "0830-8191234"),
        ("8191234 8195678", "8191234"),
        ("138 0000 0000", "138" + "0" * 8),  # nobody's
        ("+86 0830-8191234", "+860830-8191234"),
        ("12345", "12345"),
        ("12345 0830-8191234", "12345"),
        ("\uff10\uff18\uff13\uff10—8191234", "0830-8191234"),
        ("电话\uff1a0830-8191234", "0830-8191234"),
        ("请到村委会", ""),
    ],
)
def test_the_first_number_is_dialled(written, number):
    assert dialled(written) == number
