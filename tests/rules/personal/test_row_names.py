"""Names of rows: as their people agreed, and organisations as they are called."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.personal.row_names import ANONYMOUS, row_name

DONOR = kinds.load()["donations"].name_column
MEMBER = kinds.load()["collective-members"].name_column


@pytest.mark.parametrize(
    ("name", "said", "shown"),
    [
        ("柏秋生", "同意", "柏秋生"),
        ("柏秋生", "", "柏*生"),
        ("柏秋生", "没有问", "柏*生"),
        ("柏秋生", "不同意", ANONYMOUS),
        ("匿名", "", ANONYMOUS),
        ("爱心人士", "同意", ANONYMOUS),
        ("泸县百和商会", "", "泸县百和商会"),
        ("泸县百和商会", "不同意", ANONYMOUS),
        ("柏秋生", "不公开姓名", ANONYMOUS),
        ("柏秋生", "拒绝", ANONYMOUS),
        ("柏秋生", "算了吧", ANONYMOUS),
        ("柏秋生家庭农场", "不愿意", ANONYMOUS),
        ("柏秋生家庭农场", "", "柏*****场"),
        ("柏秋生 泸县农业农村局", "不愿意", ANONYMOUS),
    ],
)
def test_a_donor_is_named_as_he_agreed(name, said, shown):
    assert row_name(DONOR, name, said, "masked", minor=False) == shown


def test_a_child_that_agrees_is_masked_all_the_same():
    assert row_name(DONOR, "柏秋生", "同意", "masked", minor=True) == "柏*生"


def test_other_lists_are_masked_whatever_a_name_looks_like():
    assert row_name(MEMBER, "百和商会", "", "masked", minor=False) == "百**会"


def test_a_child_beside_a_school_is_masked():
    assert row_name(DONOR, "泸县海潮小学", "同意", "masked", minor=True) != "泸县海潮小学"
