"""What a draft changes after its reviewer sent it back."""

from __future__ import annotations

from dataclasses import replace

from board import kinds
from board.rules.notice.resubmission import changes, standing, summary
from tests.rules.notice.test_proposal import proposed, row

KIND = kinds.load()["cropland-subsidy"]


def made(**more):
    one = proposed([row()])
    return replace(one, frozen=one.frozen | {"publisher": "百和镇人民政府"}, **more)


def said(old, new, language="zh"):
    return [(str(one.label), one.old, one.new) for one in changes(old, new, KIND, language)]


def test_without_a_change_nothing_differs():
    assert said(summary(made(), {}), summary(made(), {})) == []


def test_titles_days_and_facts_are_shown_old_and_new():
    old = summary(made(), {})
    new = summary(made(title="公告", starts="2026-11-21", facts={"standard": "100"}), {})
    assert said(old, new) == [
        ("标题", "公示", "公告"),
        ("公示开始日期", "2026年11月20日", "2026年11月21日"),
        ("补贴标准", "93.6 元/亩", "100 元/亩"),
    ]


def test_a_fact_that_was_not_given_is_a_dash():
    assert said(summary(made(facts={}), {}), summary(made(), {})) == [("补贴标准", "—", "93.6 元/亩")]


def test_totals_are_compared_as_they_are_printed():
    old, new = summary(made(), {}), summary(made(totals={"area": "4.95", "amount": "500"}), {})
    assert said(old, new) == [("补贴金额", "463.32", "500.00")]


def test_rows_and_answers_differ_without_their_words():
    old, new = summary(made(content="1"), {}), summary(made(content="2"), {"all_same": "按户"})
    assert said(old, new, "en") == [("名单里的内容", "", "changed"), ("对提醒写的原因", "", "changed")]


def test_the_version_in_force_keeps_the_days_of_the_correction():
    one = made()
    proposal = summary(one, {}) | {"starts": "2026-12-01"}
    version = replace(one, title="旧标题")
    version.__dict__["row_count"] = 1
    assert said(standing(version, one.parts, proposal), proposal) == [("标题", "旧标题", "公示")]
