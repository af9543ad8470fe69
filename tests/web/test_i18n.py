"""The words and figures of the pages in both languages: money, quantities, days, and addresses that keep the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest

from board import kinds
from board.rules.bilingual import Words
from board.rules.notice import formatting
from board.rules.sheet.problems import Problem
from board.web import i18n
from tests.sheets.making import made_id
from tests.store.posted import GAODONG


@pytest.mark.parametrize("address", ["/", "/n/{n}", "/n/{n}/" + GAODONG, "/a/" + GAODONG])
def test_every_page_is_there_in_english_and_stays_so(villager, number, address):
    page = villager.sees(address.format(n=number) + "?lang=en")

    assert page.status == 200
    assert '<html lang="en">' in page.html
    assert all("lang=en" in link for words, link in page.links if link.startswith("/n/") and words.strip() != "中文")


@pytest.fixture
def reading(app):
    """Within a request for an address: the language is that of the address."""
    return app.test_request_context


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize(
    ("write", "zh", "en"),
    [
        (lambda: i18n.day(date(2026, 11, 2)), "2026年11月2日", "2 November 2026"),
        (lambda: i18n.day("2026-11-02"), "2026年11月2日", "2 November 2026"),
        (lambda: i18n.day(datetime(2026, 11, 1, 17, tzinfo=UTC)), "2026年11月2日", "2 November 2026"),  # it is the next day in China
        (lambda: i18n.moment("2026-11-01T17:05:59+00:00"), "2026年11月2日 01:05", "2 November 2026 01:05"),
        (lambda: i18n.money(Decimal("48210.5")), "48,210.50", "48,210.50"),
        (lambda: i18n.money("-0.3"), "-0.30", "-0.30"),
        (lambda: i18n.quantity("5903.610"), "5,903.61", "5,903.61"),
        (lambda: i18n.quantity(312), "312", "312"),
        (lambda: i18n.say(Words("张", "sheet")), "张", "sheet"),
        (lambda: i18n.say({"zh": "张", "en": "sheet"}), "张", "sheet"),
        (lambda: i18n.lines("一<b>\n二"), "一&lt;b&gt;<br>二", "一&lt;b&gt;<br>二"),
        (lambda: i18n.action("notice.posted"), "公布", "Posted"),
        (lambda: i18n.action("no.such.act"), "no.such.act", "no.such.act"),
        (lambda: i18n.column_label("area", kinds.load()["cropland-subsidy"]), "补贴面积", "Area"),
        (lambda: i18n.column_label("nowhere", kinds.load()["cropland-subsidy"]), "nowhere", "nowhere"),
        (lambda: i18n.tongue(), "zh", "en"),
        (lambda: i18n.language(), "zh_Hans_CN", "en"),
        (lambda: i18n.link("public.home.home"), "/", "/?lang=en"),
    ],
)
def test_words_and_figures_in_both_languages(reading, write, zh, en, english):
    with reading("/?lang=en" if english else "/"):
        assert write() == (en if english else zh)


@pytest.mark.parametrize("asked", ["zh", "EN", "fr", ""])
def test_there_are_two_languages_and_chinese_is_the_first(reading, asked):
    with reading(f"/?lang={asked}"):
        assert not i18n.english()


def test_a_link_keeps_language_and_large_type_and_a_number_of_somebody_stays_in_none(reading):
    with reading("/search?lang=en&view=large&q=" + made_id() + "&long=" + "x" * 101):
        assert i18n.link("public.home.home") == "/?lang=en&view=large"
        here = unquote(i18n.here(lang="zh"))
    assert here.startswith("/search?lang=zh&view=large&q=●")
    assert made_id() not in here
    assert "xxx" not in here


@pytest.mark.parametrize(("address", "spoken"), [("/", False), ("/?view=large", True), ("/?view=large&lang=en", False)])
def test_figures_are_spoken_in_large_type_and_in_chinese_only(reading, address, spoken):
    with reading(address):
        assert ("data-aloud" in i18n.aloud("共 1,034.28 元")) == spoken


@pytest.mark.parametrize(("id", "first"), [("cropland-subsidy", "amount"), ("cropland-payout", "paid")])
def test_columns_begin_with_words_and_the_amount_that_arrived(app, id, first):
    kind = kinds.load()[id]
    columns = i18n.money_first(kind.columns, kind)
    figures = [column.id for column in columns if column.type in formatting.NUMERIC]

    assert figures[0] == first
    assert [column.type in formatting.NUMERIC for column in columns] == sorted(column.type in formatting.NUMERIC for column in columns)


@pytest.mark.parametrize(
    ("code", "said"), [("missing", "缺补贴面积"), ("not_a_number", "不是数"), ("unknown_place", "没有这个地方"), ("anything else", "要改")]
)
def test_a_cell_says_in_a_word_what_is_wrong_with_it(reading, code, said):
    with reading("/"):
        assert i18n.hint(Problem(3, "面积", code, Words("", ""), field="area"), kinds.load()["cropland-subsidy"]) == said
