"""What a villager may bring, in the words of the screens, and who reads it."""

from __future__ import annotations

from board.policies import case_categories


def test_the_categories_are_those_of_the_screens_in_their_order():
    assert list(case_categories()) == [
        "amount_wrong", "missing", "household", "not_published", "unclear", "correction", "suggestion", "supervision",
        "application", "letter", "person",
    ]  # fmt: skip


def test_only_reports_on_people_leave_the_hands_of_the_publisher():
    assert [category.id for category in case_categories().values() if category.to == "inspector"] == ["person"]


def test_an_answer_comes_within_five_working_days():
    clocks = {one.id: (one.clocks.answer.days, one.clocks.answer.unit) for one in case_categories().values()}

    assert (clocks.pop("person"), clocks.pop("application")) == ((15, "working"), (20, "working"))
    assert clocks.pop("supervision") == (10, "calendar"), "四川省村务公开条例第十六条"
    assert set(clocks.values()) == {(5, "working")}


def test_the_discipline_office_owes_a_word_to_those_who_give_a_name():
    person = case_categories()["person"]

    assert person.clocks.named_only
    assert "《纪检监察机关处理检举控告工作规则》：实名举报的，十五个工作日内" in person.clocks.answer.basis.zh
    assert "条" not in person.clocks.answer.basis.zh  # the article was not confirmed


def test_every_category_has_words_and_a_hint_in_both_languages():
    for category in case_categories().values():
        assert all((category.label.zh, category.label.en, category.hint.zh, category.hint.en))
