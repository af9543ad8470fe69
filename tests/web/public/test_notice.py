"""What everybody sees: totals that agree everywhere, names as the web may show them, and addresses that stay alive."""

from __future__ import annotations

import gzip
import re
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from board.rules import numbers
from board.store import people
from board.store.drafting import drafts, posting
from tests.house.test_headers import PUBLIC
from tests.store.posted import AT, GAODONG, NEXT, TOWN, Made, line, post, proposal, submit
from tests.web.drafting import sends

COUNTY = "510521000000"
NAMES = ("张小三", "李四", "王五", "赵六", "钱七")
BAIHE = "baihe-cropland-roster.xlsx"


@pytest.fixture
def posted(app):
    return post()


@pytest.fixture
def number(posted):
    return posted.number


def publishes(made: Made, clerk: str = "baihe-clerk", reviewer: str = "baihe-reviewer") -> str:
    """Post a proposal through its two people, and return its number."""
    users = [people.named(name).id for name in (clerk, reviewer)]
    draft = drafts.start(made.home, made.kind, made.title, users[0], AT)
    draft = submit(draft, draft.revision, users[0], AT, made)
    return posting.post(draft, made.digest, draft.revision, users[1], {}, AT).number


def addresses(number: str) -> list[str]:
    place = f"/n/{number}/{GAODONG}"
    return ["/", f"/a/{GAODONG}", f"/a/{TOWN}", f"/a/{COUNTY}", f"/n/{number}", place, f"{place}/1", f"{place}/7", f"{place}?after=2",
            f"{place}/sheet.pdf", f"/N/{number}/{GAODONG}/1", f"/n/{number}/510521117001", "/n/123456789", "/n?number=123",
            f"{place}?lang=en", f"/n/{number}?lang=en", f"/n/{number}/ask"]  # fmt: skip


def rows_of(page) -> list[list[str]]:
    """The cells of each row of the roster on a page, without the sum that opens under an amount."""
    rows = re.findall(r'<tr id="r[^"]*">(.*?)</tr>', re.sub("</summary>.*?</details>", "", page.html), re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in re.findall("<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


def amounts_of(page) -> list[Decimal]:
    """What each row of the roster on a page was paid."""
    heads = [
        re.sub("<[^>]+>", "", head) for head in re.findall("<th[^>]*>(.*?)</th>", page.html.rsplit("<thead>", 1)[1].split("</thead>")[0])
    ]
    at = next(index for index, head in enumerate(heads) if head.startswith("补贴金额"))
    return [Decimal(row[at].replace(",", "")) for row in rows_of(page)]


def text(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


# ---- headers


def test_public_pages_set_no_cookie_run_no_script_and_have_one_policy(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        assert "Set-Cookie" not in page.headers, address
        assert page.headers["Content-Security-Policy"] == PUBLIC, address
        assert "<script" not in page.html, address


def test_a_public_page_is_whole_in_one_answer(villager, number):
    for address in addresses(number):
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', villager.sees(address).html), address


# ---- totals agree


def test_poster_page_rows_desk_and_audit_say_one_total(app, villager, person, number):
    app.config["PAGE_ROWS"] = 3
    part, page, seen, paid = "1,034.28", villager.sees(f"/n/{number}/{GAODONG}"), [], Decimal()
    while True:
        assert part in page.text
        seen, paid = seen + rows_of(page), paid + sum(amounts_of(page))
        if not [words for words, _ in page.links if "看后面的" in words]:
            break
        page = villager.follows(page, "看后面的")

    assert [row[0] for row in seen] == ["1", "2", "3", "4"]
    assert paid == Decimal(part.replace(",", ""))
    assert part in text(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data)
    for page in (
        villager.sees(f"/n/{number}"),
        person("baihe-clerk").sees(f"/desk/notices/{number}"),
        person("luxian-auditor").sees("/audit"),
    ):
        assert page.status == 200
    assert "1,502.28" in villager.sees(f"/n/{number}").text
    assert "1,502.28" in person("luxian-auditor").sees("/audit").text


def test_a_real_roster_agrees_to_the_fen_over_all_its_places_and_pages(person, villager):
    draft = sends(person("baihe-clerk"), BAIHE)
    page = person("baihe-reviewer").submits(f"{draft}/review", "通过并公布")
    number = page.path.split("/")[3]
    notice = villager.sees(f"/n/{number}")
    assert "552,578.07" in notice.text
    assert "演示数据 · 虚构" in notice.text  # the sheet is one of the demo's, and its people are made up
    places = [address for _, address in notice.links if re.fullmatch(rf"/n/{number}/\d{{12}}", address)]
    total, count = Decimal(), 0
    for address in places:
        page = villager.sees(address)
        said = Decimal(re.search(r"共 ([\d,.]+) 元", page.text)[1].replace(",", ""))
        paid = amounts_of(page)
        while [words for words, _ in page.links if "看后面的" in words]:
            page = villager.follows(page, "看后面的")
            paid += amounts_of(page)
        assert sum(paid) == said
        total, count = total + said, count + len(paid)

    assert (len(places), count, total) == (13, 1194, Decimal("552578.07"))


# ---- addresses


def test_the_capital_address_of_a_code_opens_without_a_redirect(villager, number):
    answer = villager.client.get(f"/N/{number}/{GAODONG}/1")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("version", "said"), [("1", "您手里是第 1 版"), ("0", "没有第 0 版"), ("7", "没有第 7 版"), ("9999", "没有第 9999 版")]
)
def test_a_sheet_says_whether_it_is_still_right(villager, number, version, said):
    assert said in villager.sees(f"/n/{number}/{GAODONG}/{version}").text


def test_the_present_sheet_is_the_newest(villager, number):
    assert "是最新的" in villager.sees(f"/n/{number}/{GAODONG}/1").text
    assert "您手里" not in villager.sees(f"/n/{number}/{GAODONG}").text


def test_a_number_never_given_says_what_to_do(villager):
    page = villager.sees("/n/123456789")

    assert page.status == 404
    assert page.heading == "没有这个编号"
    assert page.form("查这份公示").names >= {"number"}


TYPINGS = {
    "bare": lambda number: number,
    "spaced": numbers.spaced,
    "with blanks around": lambda number: f" {number} ",
    "full width": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in number),
}


@pytest.mark.parametrize("typing", TYPINGS.values(), ids=TYPINGS)
def test_a_number_typed_from_the_sheet_is_found(villager, number, typing):
    page = villager.submits("/", "查这份公示", number=typing(number))

    assert page.path == f"/n/{number}"


@pytest.mark.parametrize("typed", ["1234", "abc", "9" * 40, "<b>"])
def test_a_mistyped_number_is_shown_back_with_advice(villager, typed):
    page = villager.submits("/", "查这份公示", number=typed)

    assert page.status == 404
    assert "9 个数字" in page.text
    assert "<b>" not in page.html


def test_an_empty_number_is_asked_for_in_words(villager):
    assert "请先填编号" in villager.submits("/", "查这份公示", number=" ").text


def test_a_receipt_in_the_box_for_numbers_is_sent_on_and_stays_in_no_address(villager):
    page = villager.submits("/", "查这份公示", number="1234 5678 9012 3456")

    assert "这是查询号，请到“查进度”" in page.text
    assert "123456789" not in page.address + page.html.replace(" ", "")


def test_one_wrong_digit_finds_nothing(villager, number):
    for at in range(9):
        wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert not numbers.valid(wrong)
        assert villager.sees(f"/n?number={wrong}").status == 404


def test_a_place_that_is_not_in_the_notice_says_so_and_leads_on(villager, number):
    page = villager.sees(f"/n/{number}/510521117001")

    assert page.status == 404
    assert "这份公示里没有这个地方" in page.text
    assert villager.follows(page, "看整个公示").status == 200


@pytest.mark.parametrize(
    "address",
    [
        "/n/{n}/" + GAODONG + "/99999", "/n/{n}/" + GAODONG + "/-1", "/n/{n}/999999999999999999999", "/n/" + "9" * 30,
        "/n/{n}/" + GAODONG + "/0x1",
        "/a/999999999999", "/a/" + "9" * 40, "/n/{n}/x", "/n/{n}/%00", "/n?number=%00", "/a/%00",
    ],
)  # fmt: skip
def test_a_made_up_address_is_no_page_and_no_crash(villager, number, address):
    assert villager.sees(address.format(n=number)).status == 404


@pytest.mark.parametrize("after", ["9" * 5000, "9" * 30, "-" + "9" * 30, "-1", "x", "%00", "1e9", "０", ""])
def test_no_after_breaks_a_page(villager, number, after):
    assert villager.sees(f"/n/{number}/{GAODONG}?after={after}").status == 200


@pytest.mark.parametrize("address", ["/", "/n/{n}", "/n/{n}/" + GAODONG, "/a/" + GAODONG])
def test_every_page_is_there_in_english_and_stays_so(villager, number, address):
    page = villager.sees(address.format(n=number) + "?lang=en")

    assert page.status == 200
    assert '<html lang="en">' in page.html
    assert all("lang=en" in link for words, link in page.links if link.startswith("/n/") and words.strip() != "中文")


# ---- names and rows


def test_no_whole_name_is_in_any_public_byte(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        held = text(page.data) if page.headers["Content-Type"] == "application/pdf" else page.html + str(page.headers)
        assert not [name for name in NAMES if name in held], address


def test_rows_are_not_for_search_engines(villager, number):
    assert '<meta name="robots" content="noindex">' in villager.sees(f"/n/{number}/{GAODONG}").html


def test_a_row_can_be_asked_about(villager, number):
    assert villager.follows(villager.sees(f"/n/{number}/{GAODONG}"), "不对").status == 200


def test_a_place_shows_how_an_amount_came_about_and_whom_to_ask(villager, number):
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert "补贴面积 4.95 亩 × 补贴标准 93.6 元/亩 = 补贴金额 463.32 元" in page.text
    assert page.link("0830-8191234") == "tel:0830-8191234"
    assert "名单上没有我家" in page.text


@pytest.mark.parametrize("day", ["2026-11-27", "2026-11-28", "2027-11-27"])
def test_a_roster_for_everyone_stays_a_year_after_its_period(villager, number, at, day):
    at(day)

    assert len(rows_of(villager.sees(f"/n/{number}/{GAODONG}"))) == 4
    assert villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").status == 200


def test_after_that_year_the_rows_are_gone_and_the_sums_stay(villager, number, at):
    at("2027-11-28")
    page = villager.sees(f"/n/{number}/{GAODONG}/1")

    assert page.status == 200
    assert rows_of(page) == []
    assert "1,034.28" in page.text
    assert "名单已收起" in page.text
    sheet = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")
    assert sheet.status == 410
    assert "名单已收起，总数还在" in sheet.text
    assert sheet.link("0830-8191234") == "tel:0830-8191234"  # “请打下面的电话”


def assistance() -> Made:
    lines = [line(GAODONG, no, name, "10") for no, name in enumerate(NAMES[:2], 1)]
    return proposal("social-assistance", lines)


def test_a_sensitive_kinds_rows_go_when_its_period_ends(villager, app, at):
    number = publishes(assistance())
    at("2026-11-27")
    assert len(rows_of(villager.sees(f"/n/{number}/{GAODONG}"))) == 2

    at("2026-11-28")
    page = villager.sees(f"/n/{number}/{GAODONG}/1")
    assert rows_of(page) == []
    assert "张*三" not in page.html
    assert "1,872.00" in page.text
    sheet = villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf")
    assert sheet.status == 410
    assert "名单已收起，总数还在" in sheet.text


def test_two_hundred_rows_weigh_less_than_14_kilobytes(villager):
    number = publishes(proposal("cropland-subsidy", [line(GAODONG, no, f"{NAMES[no % 5]}{no}", f"{no % 9}.{no}") for no in range(1, 201)]))
    page = villager.sees(f"/n/{number}/{GAODONG}")

    assert len(rows_of(page)) == 200
    assert len(gzip.compress(page.html.encode(), 6)) < 14_000


def test_a_table_of_all_places_has_their_names_and_no_numbers(villager):
    number = publishes(proposal("fund-allocation", [line(GAODONG, 1, "", "10"), line(NEXT, 1, "", "5")]))
    page = villager.sees(f"/n/{number}/{TOWN}")

    assert [row[0] for row in rows_of(page)] == ["高洞社区", "旁边的村"]
    assert "名单上没有我家" not in page.text
    assert "每个地方都按同一个办法算" in page.text


def test_the_demo_says_on_every_page_that_it_is_one(villager, number):
    for address in addresses(number):
        page = villager.sees(address)
        if page.html:
            assert ("Demo data" if "lang=en" in address else "演示数据") in page.text, address
