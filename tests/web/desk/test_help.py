"""The clerk's help: every sentence that may be said of a sheet stands there under its code, in both languages."""

from __future__ import annotations

import pytest

from board import kinds
from board.policies.sheet_help import HelpEntry, load
from board.rules.personal import free_text, named_texts
from board.rules.personal.names_in_text import Named
from board.rules.sheet.named_cells import MASKED
from board.rules.sheet.problems import ERRORS, IN_CELL, WARNINGS
from board.sheets import reasons
from tests.web.drafting import draft_of, facts_of, pastes, states

BAIHE, TOWN, GAODONG = "baihe-cropland-roster.xlsx", "510521116000", "510521116004"
HELP = load(reasons.REASONS)
REVIEW = {said.code: said for said in HELP.review}


def every() -> list[HelpEntry]:
    return [*HELP.codes, *HELP.review, *HELP.files]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_stands_under_its_code_and_the_contents_lead_there(clerk, language):
    page = clerk.sees("/desk/help" if language == "zh" else "/desk/help?lang=en")
    anchors = {address for _words, address in page.links if address.startswith("#")}

    for said in every():
        words = said.message.zh if language == "zh" else said.message.en
        assert f'id="{said.code}"' in page.html
        assert f"#{said.code}" in anchors
        assert " ".join(words.split()) in page.text
    assert {said.code for said in every()} >= {*ERRORS, *WARNINGS, *reasons.REASONS}


def test_an_example_is_drawn_with_the_lines_and_letters_of_a_spreadsheet(clerk):
    page = clerk.sees("/desk/help")
    missing = page.html.split('id="missing"')[1].split("</section>")[0]

    assert "<td></td><th>A</th><th>B</th><th>C</th><th>D</th>" in missing
    assert "<tr><th>2</th><td>东林村</td><td></td><td>2</td><td>100</td></tr>" in missing


def test_a_reviewer_reads_the_help_too(reviewer):
    assert reviewer.sees("/desk/help").heading == "表格帮助"


# ---- what only the reviewer is told: each message of the help is made again


def test_a_place_chosen_before_is_said_as_the_help_says(clerk):
    table = "村\t户主姓名\t补贴面积(亩)\t补贴金额(元)\n高洞大屋\t张小三\t4.95\t463.32\n"
    page = clerk.submits(pastes(clerk, table, home=TOWN), "改好了", **{"place-高洞大屋": GAODONG})

    assert page.path.endswith("/ready")
    assert REVIEW["place_chosen"].message.zh in page.text
    assert REVIEW["place_chosen"].message.en in clerk.sees(f"{page.path}?lang=en").text


def test_a_cell_typed_over_is_said_as_the_help_says(clerk, reviewer):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\n张小三\t五亩不到\t463.32\n")
    page = clerk.submits(page, "改好了", **{"cell-2-1": "4.95"})
    clerk.submits(states(clerk, page, **facts_of(BAIHE)), "送审")

    assert REVIEW["cell_edited"].message.zh in reviewer.sees(f"{draft_of(page)}/review").text
    assert REVIEW["cell_edited"].message.en in reviewer.sees(f"{draft_of(page)}/review?lang=en").text


def test_words_about_somebody_are_said_as_the_help_says():
    (told,) = free_text.warnings("给肺癌患者李四临时救助的公示", {}, kinds.load()["social-assistance"])

    assert (told["code"], told["zh"], told["en"]) == (
        "fact_personal_words",
        REVIEW["fact_personal_words"].message.zh,
        REVIEW["fact_personal_words"].message.en,
    )


def test_names_in_a_text_are_said_as_the_help_says():
    (title,) = named_texts.outgoing("张建国低保公示", {}, kinds.load()["social-assistance"])
    (told,) = named_texts.warnings([named_texts.NamedText(title, (Named("张建国", 0, 3, False),))])

    assert (told["zh"], told["en"]) == (REVIEW["name_in_text"].message.zh, REVIEW["name_in_text"].message.en)
    assert {said.code for said in HELP.review} == {"place_chosen", "cell_edited", free_text.CODE, named_texts.CODE, MASKED, IN_CELL}


def test_names_in_cells_are_said_as_the_help_says(clerk):
    masked = pastes(clerk, "日期\t摘要\t收入(元)\t支出(元)\n2026-07-02\t付张国强家低保慰问金\t\t300\n", "village-finance")
    projects = "实施地点\t项目名称\t资金金额(元)\t受益对象\n高洞社区\t路灯\t5\t低保户张国强\n"
    asked = pastes(clerk, projects, "relief-projects", "510521116000")

    for code, page in ((MASKED, masked), (IN_CELL, asked)):
        assert REVIEW[code].message.zh in page.text
        assert REVIEW[code].message.en in clerk.sees(f"{page.path}?lang=en").text
