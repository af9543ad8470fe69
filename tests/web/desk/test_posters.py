"""What a clerk prints: the paper he has, all places at once with a list to tick off, or one page without names; and what is too much."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from board.paper import typesetting
from board.rules.print_batches import print_batches
from board.store import ledger, notices
from board.web.desk import posters
from tests.paper.conftest import Printer, codes
from tests.store.posted import GAODONG, NEXT, TOWN
from tests.web.publishing import NAMES, pages

PRINT = "打印这些公示单"


def prints(who, number: str, **chosen: str):
    return who.submits(f"/desk/notices/{number}", PRINT, **chosen)


def millimetres(pdf: bytes) -> set[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(BytesIO(pdf)).pages]
    return {(round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) for box in boxes}


def printed(number: str) -> list[tuple[str, dict[str, object]]]:
    """Which openings of names the public log tells of, and whose."""
    return [(entry.actor, entry.body) for entry in ledger.entries(TOWN) if entry.action == "names.printed" and entry.subject == number]


def test_a_clerk_prints_all_places_behind_a_list_and_one_printing_is_one_line_of_the_log(clerk, number):
    answer = prints(clerk, number)
    front, gaodong, next_village = pages(answer.data)

    assert answer.headers["Content-Disposition"].startswith(f'inline; filename="{number}-walls-1.pdf"; filename*=')
    assert PdfReader(BytesIO(answer.data)).metadata.creation_date == notices.find(number).version.posted_at.replace(microsecond=0)
    assert "张贴清单" in front
    assert "2个地方，共2页（不算清单），合计5户，1,502.28元。贴墙版，全部明细，A4纸。" in front
    assert "1高洞社区14户1,034.28元" in front
    assert "2旁边的村11户468.00元" in front
    assert [name for name in NAMES if name in front] == []
    assert [name for name in NAMES if name in gaodong] == list(NAMES[:4])
    assert [name for name in NAMES if name in next_village] == ["钱七"]
    assert printed(number) == [("baihe-clerk", {"places": f"{GAODONG} {NEXT}", "rows": 5})]
    prints(clerk, number, which=GAODONG)
    assert printed(number)[1:] == [("baihe-clerk", {"place": GAODONG, "rows": 4})]


def test_the_codes_of_a_printing_open_the_notice_and_each_place(clerk, villager, number, tmp_path):
    pictures = Printer(tmp_path).pictures(prints(clerk, number).data)
    start = f"HTTPS://GK.EXAMPLE.CN/N/{number}"

    assert [codes(picture) for picture in pictures] == [[start], [f"{start}/{GAODONG}/1"], [f"{start}/{NEXT}/1"]]
    assert villager.sees(f"/N/{number}").status == 200


def test_a_page_of_totals_names_nobody_opens_nothing_and_says_what_the_notice_says(clerk, villager, number):
    front, gaodong, next_village = pages(prints(clerk, number, what="summary").data)

    assert "每个地方一页总表" in front
    assert [name for name in (*NAMES, "张*三") if name in gaodong + next_village] == []
    assert printed(number) == []
    for page, place, total in ((gaodong, GAODONG, "1,034.28"), (next_village, NEXT, "468.00")):
        assert f"{total}元" in page
        assert f"共{4 if place == GAODONG else 1}户" in page
        assert total in villager.sees(f"/n/{number}/{place}").text


@pytest.mark.parametrize(
    ("chosen", "sizes"),
    [
        ({}, {(210, 297)}),
        ({"paper": "a3"}, {(297, 420)}),  # one job, one paper
        ({"turn": "wide"}, {(210, 297), (297, 210)}),
        ({"which": NEXT, "paper": "a3", "turn": "wide"}, {(420, 297)}),
        ({"which": GAODONG, "paper": "a3", "what": "summary"}, {(297, 420)}),
    ],
)
def test_a_clerk_chooses_the_paper_and_the_places(clerk, number, chosen, sizes):
    assert millimetres(prints(clerk, number, **chosen).data) == sizes


def test_what_was_printed_together_counts_as_printed_in_every_village(clerk, number):
    assert "共 2 处，已打印 0 处" in clerk.sees(f"/desk/notices/{number}").text
    prints(clerk, number, which=NEXT)
    assert "共 2 处，已打印 1 处" in clerk.sees(f"/desk/notices/{number}").text
    prints(clerk, number)
    assert "共 2 处，已打印 2 处" in clerk.sees(f"/desk/notices/{number}").text


def test_a_township_of_many_rows_is_printed_in_volumes(clerk, number, monkeypatch):
    monkeypatch.setattr(posters, "print_batches", lambda parts: print_batches(parts, 4))
    first, second = (pages(prints(clerk, number, which=which).data) for which in ("1", "2"))

    assert "第1册，共2册" in first[0]
    assert "1个地方，共1页（不算清单），合计4户。" in first[0]
    assert "第2册，共2册" in second[0]
    assert "钱七" in second[1]


@pytest.mark.parametrize(
    "chosen", [{"paper": "letter"}, {"turn": "upside-down"}, {"which": "2"}, {"which": "0"}, {"which": "510521117001"}]
)
def test_what_there_is_no_paper_for_is_not_printed(clerk, number, chosen):
    assert prints(clerk, number, **chosen).status == 400
    assert printed(number) == []


def test_a_notice_that_was_taken_down_is_printed_no_more(clerk, reviewer, number):
    page = clerk.sees(f"/desk/notices/{number}")
    reviewer.submits(f"/desk/notices/{number}", "马上撤下", reason="数不对，重新核", leak="0", sure=True)

    assert clerk.submits(page, PRINT).status == 404
    assert clerk.submits(page, PRINT, which=GAODONG, what="summary").status == 404


@pytest.mark.parametrize("username", ["xianshi-clerk", "luxian-clerk"])
def test_another_homes_clerk_prints_nothing(app, person, number, username):
    app.config["WTF_CSRF_ENABLED"] = False
    assert person(username).client.post(f"/desk/notices/{number}/walls.pdf").status_code == 404


def test_a_sheet_that_is_too_long_says_so_in_words_and_what_to_do(clerk, villager, number, monkeypatch):
    monkeypatch.setattr(typesetting, "MOST_ROWS", 3)
    for page, own in ((villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf"), "各社区自己"), (prints(clerk, number), "各村自己")):
        assert page.status == 404
        assert "这份公示太长" in page.heading
        assert f"打印{own}的公示单" in page.text
    assert printed(number) == []
    assert villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").status == 200
    assert prints(clerk, number, what="summary").status == 200
