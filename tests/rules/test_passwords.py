"""Which passwords are refused, and what a temporary one looks like."""

from __future__ import annotations

import random

import pytest

from board.rules import passwords


@pytest.mark.parametrize(
    ("password", "demo", "fault"),
    [
        ("mingbai-demo", False, "demo"),
        ("Mingbai-Demo", False, "demo"),
        ("mingbai-demo", True, ""),
        ("123456789", False, "short"),
        ("x" * 201, False, "long"),
        ("Luxian-ADMIN", False, "username"),
        ("woaini1314520", False, "common"),
        ("Qwertyuiop", False, "common"),
        ("8888888888", False, "common"),
        ("shan-shui-tian-yuan", False, ""),
        ("山高月小水落石出清风徐来", False, ""),
    ],
)
def test_a_password_is_refused_for_one_reason(password, demo, fault):
    assert passwords.fault(password, "luxian-admin", 10, demo) == fault


def test_a_temporary_password_is_never_one_that_would_be_refused():
    choose = random.Random(7).choice
    made = {passwords.temporary(choose) for _ in range(500)}
    assert len(made) == 500
    assert {passwords.fault(one, "luxian-admin", 10, demo=False) for one in made} == {""}
