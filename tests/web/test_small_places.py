"""A place with few rows: whoever opens whatever is public finds neither its names nor its amounts, and everywhere the same words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from board.store import notices, people, sealing, walls
from board.web.public import share
from board.web.public.posted_pages import page_of
from tests.house.test_routes import PUBLIC, RULES
from tests.store.corrected import all_of, correct, with_one, without
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, proposal
from tests.web.asking import asks
from tests.web.displaying import address_of
from tests.web.few import FEW, JOINED, MANY, THIRD, WORDS, amount, relief, tokens
from tests.web.publishing import publishes, text

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what a page says of few people is the same on either

NOT_WALKED = {
    "auth.sign_in": "says nothing of any notice",
    "public.address_check.well_known": "answers the server's own question, and says nothing of any notice",
    "public.address_check.phone": "opens for the admin's phone, and says nothing of any notice",
    "public.attachments.file": "the notice has no file; its own test is below",
    "public.slip.slip": "opens with a household's own card, and relief is on none",
}
VIEWS = ("", "?lang=en", "?view=large")


@pytest.fixture
def number(app):
    """A notice with a village of two households, one of three, and one of four."""
    return publishes(relief())


@pytest.fixture
def wall(app):
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


def addresses(number: str, members: str, wall: str, link: str) -> dict[str, list[str]]:
    """Every public address about the notice and its small places, by endpoint; the rows of ``members`` open by the code on its sheets."""
    areas = [GAODONG, NEXT, TOWN, "510521000000"]
    values = {"number": [number], "place": [GAODONG, NEXT], "code": areas, "version": ["1", "7"], "no": ["1"], "quarter": ["2026-q4"]}
    values |= {"token": [link], "what": ["notices", "areas"], "paper": ["application"], "kind": ["social-assistance"]}
    found: dict[str, list[str]] = {}
    for rule in RULES:
        if not rule.public or "GET" not in rule.methods or rule.endpoint in NOT_WALKED:
            continue
        if "secret" in rule.arguments:
            found.setdefault(rule.endpoint, []).extend(path + view for path in at_the_wall(members) for view in VIEWS)
            continue
        paths = [re.sub(r"<[^>]*>", "{}", rule.rule)]
        for name in re.findall(r"<(?:[^<>:]*:)?(\w+)>", rule.rule):
            given = [wall] if rule.endpoint == "public.wall.wall" else values[name]
            paths = [path.replace("{}", value, 1) for path in paths for value in given]
        views = VIEWS if "." not in rule.rule else VIEWS[:1]
        found.setdefault(rule.endpoint, []).extend(path + view for path in paths for view in views)
    place = f"/n/{number}/{GAODONG}"
    found["public.notice.place"] += [f"{place}?find={asked}" for asked in ("1", "鲜", "Z", "王")] + [
        f"{place}?after=1",
        f"{place}?group=1组",
    ]
    found["public.ask.ask"] += [f"/n/{number}/ask?place={GAODONG}&row=1", f"/n/{number}/ask?place={GAODONG}&row=3"]
    found["public.understood.understood"] += [f"{place}/understood?said={said}" for said in ("yes", "no")]
    found["public.search.search"] += ["/search?q=临时救助", "/search?q=鲜于", f"/search?area={GAODONG}"]
    found["public.wall.wall"] += [f"/w/{wall}?view=kiosk", f"/w/{wall}?view=kiosk&notice={number}&after=0"]
    found["public.home.go"] += [f"/n?number={number}"]
    return found


def at_the_wall(number: str) -> list[str]:
    """The addresses on the sheets of the small places, of this version and of one that is not there."""
    return [f"/n/{number}/{place}/{no}/{sealing.wall_secret(number, place)}" for place in (GAODONG, NEXT) for no in (1, 7)]


def said(answer) -> str:
    """All that an answer says: its text, its address and headers, or the text of its PDF."""
    body = text(answer.data) if answer.mimetype == "application/pdf" else answer.get_data(as_text=answer.mimetype != "image/png")
    return f"{answer.headers}\n{body}"


@pytest.mark.parametrize("small", [False, True], ids=["a small village", "a small notice"])
def test_no_public_address_says_a_name_or_an_amount_of_a_place_with_few_rows(app, villager, clerk, wall, small):
    few = {"third": False, "joined": False} if small else {}
    number, members = (publishes(relief(**few, kind=kind)) for kind in ("social-assistance", "collective-members"))
    link = address_of(clerk, number)
    planted = tokens(FEW) if small else tokens(FEW) | tokens(JOINED)

    walked = addresses(number, members, wall.number, link)
    answers = {path: villager.client.get(path) for paths in walked.values() for path in paths}
    says = {path: said(answer) for path, answer in answers.items()}
    leaks = {(path, one) for path, words in says.items() for one in planted if one in words}

    assert set(walked) | set(NOT_WALKED) == set(PUBLIC)
    assert leaks == set()
    assert {answer.status_code for answer in answers.values()} <= {200, 302, 404}
    shown = [f"/n/{number}/{GAODONG}", f"/N/{number}/{GAODONG}/1", f"/n/{number}/{GAODONG}.json", f"/n/{number}/{GAODONG}.txt",
             f"/n/{number}/{GAODONG}.csv", f"/n/{number}/{GAODONG}/sheet.pdf", f"/a/{GAODONG}", f"/w/{wall.number}",
             f"/w/{wall.number}?view=kiosk", f"/a/{GAODONG}/booklet/2026-q4.pdf", f"/n/{number}"]  # fmt: skip
    assert [path for path in shown if WORDS not in says[path]] == []


def test_the_walk_would_find_what_it_looks_for(app, villager, clerk, wall):
    number, members = (publishes(relief(least=0, kind=kind)) for kind in ("social-assistance", "collective-members"))

    says_names = {
        "public.notice.place", "public.notice.notice", "public.open_data.notice_csv", "public.open_data.place_csv", "public.wall.wall",
        "public.open_data.notice_json", "public.open_data.place_json", "public.open_data.totals_csv", "public.open_data.totals_json",
        "public.poster.web_edition", "public.read_aloud.script", "public.read_aloud.page", "public.area.area",
        "public.booklet.booklet_of", "public.ask.ask",
    }  # fmt: skip
    walked, planted = addresses(number, members, wall.number, address_of(clerk, number)), tokens(FEW)
    says = {endpoint: (said(villager.client.get(path)) for path in walked[endpoint]) for endpoint in says_names}  # until one does

    assert {endpoint for endpoint, pages in says.items() if any(one in words for words in pages for one in planted)} == says_names
    assert set(at_the_wall(members)) <= set(walked["public.notice.place"])
    assert all("鲜**洛" in villager.sees(path).text for path in at_the_wall(members) if GAODONG in path)


def test_the_picture_and_the_texts_for_the_group_say_the_words_instead_of_the_figures(app, clerk, number):
    with app.test_request_context():
        picture = share.shared(page_of(notices.find(number)), GAODONG)
    page = clerk.sees(f"/desk/notices/{number}/{GAODONG}")

    assert (picture.figures, picture.sentence) == ((), f"高洞社区：{WORDS}。")
    assert page.text.count(WORDS) == 2  # one text for the group, one message
    assert not [one for one in tokens(FEW) if one in str(picture) or one in page.html]


def test_the_notice_shows_its_total_and_the_other_villages(villager, number):
    page = villager.sees(f"/n/{number}")
    told = villager.sees(f"/n/{number}.json").json
    rows = villager.sees(f"/n/{number}.csv").data.decode("utf-8-sig").splitlines()

    total = sum(amount(area) for _name, area in (*FEW, *JOINED, *MANY))
    assert f"{total:,} 元" in page.text
    assert page.text.count(WORDS) == 3  # two villages, and what the words mean
    assert "合计里算了" in page.text
    assert (told["row_count"], told["totals"]["amount"], told["withheld"]) == (9, str(total), None)
    assert {one["code"]: (one["row_count"], one["withheld"], one["totals"].get("amount")) for one in told["places"]} == {
        GAODONG: (None, WORDS, None), NEXT: (None, WORDS, None), THIRD: (4, None, str(sum(amount(area) for _name, area in MANY))),
    }  # fmt: skip
    assert [row.split(",")[1] for row in rows[1:]] == [f"\t{THIRD}"] * 4 + [f"\t{GAODONG}", f"\t{NEXT}"]
    assert [row.split(",")[4] for row in rows[5:]] == [WORDS] * 2
    assert len(villager.sees(f"/n/{number}/{THIRD}.json").json["rows"]["list"]) == 4


def test_a_notice_with_few_rows_shows_only_how_many(villager, app):
    number = publishes(relief(third=False, joined=False))
    page, told = villager.sees(f"/n/{number}"), villager.sees(f"/n/{number}.json").json

    assert f"一共 2 户。{WORDS}。" in page.text
    assert (told["row_count"], told["totals"], told["withheld"], told["rows"]["shown"]) == (2, {}, WORDS, False)
    assert villager.sees(f"/n/{number}.csv").status == 404


def test_a_scan_of_the_poster_opens_a_page_that_says_why_there_is_no_list(villager, number):
    page = villager.sees(f"/N/{number}/{GAODONG}/1")

    assert "人少的名单，网上遮了姓名也认得出是谁，所以网上不写。" in page.text
    assert "您这张是最新的" in page.text
    assert "0830-8191234" in page.text
    assert "总数一直能看" not in page.text
    assert f"/n/{number}/{GAODONG}.csv" not in page.html
    assert f"/n/{number}/ask" in page.html


def test_a_question_about_a_row_on_the_paper_can_be_asked(villager, number):
    page = villager.sees(f"/n/{number}/ask?place={GAODONG}&row=2")
    assert "网上查不到 2 号" in page.text
    unknown = villager.sees(f"/n/{number}/ask?place={GAODONG}&row=9")
    assert "网上查不到 9 号" in unknown.text


def test_totals_of_an_area_say_how_many_notices_they_leave_something_out_of(villager, number):
    def totals(code: str) -> tuple[int, int, dict[str, str], int]:
        (one,) = villager.sees(f"/a/{code}/totals.json").json["totals"]
        return one["notices"], one["rows"], one["sums"], one["withheld"]

    every = sum(amount(area) for _name, area in (*FEW, *JOINED, *MANY))
    assert totals(TOWN) == (1, 9, {"amount": str(every)}, 0)
    assert totals(GAODONG) == (1, 0, {}, 1)
    assert totals(THIRD) == (1, 4, {"amount": str(sum(amount(area) for _name, area in MANY))}, 0)
    assert "人数少、没算全的公示数" in villager.sees(f"/a/{GAODONG}/totals.csv").data.decode("utf-8-sig")


def test_totals_of_an_area_tell_a_small_notice_by_its_rows_alone(villager, app):
    publishes(relief(third=False, joined=False))
    (one,) = villager.sees(f"/a/{TOWN}/totals.json").json["totals"]
    assert (one["notices"], one["rows"], one["sums"], one["withheld"]) == (1, 2, {}, 1)


def test_paper_staff_and_auditor_keep_everything(clerk, person, number):
    printed = text(clerk.submits(f"/desk/notices/{number}", "打印这些公示单").data)
    told = {"鲜**洛", "皮*樨", f"{sum(amount(area) for _name, area in FEW):,}"}

    assert {one for one in told if one in printed} == told
    assert WORDS not in printed
    assert "2 户" in clerk.sees(f"/desk/notices/{number}").text
    every = f"{sum(amount(area) for _name, area in (*FEW, *JOINED, *MANY)):,}"
    assert every in person("luxian-auditor").sees("/audit").text


def test_a_version_posted_before_there_was_a_threshold_stays_what_it_was(villager, app):
    number = publishes(relief(least=None))
    page = villager.sees(f"/n/{number}/{GAODONG}")
    assert "皮*樨" in page.text
    assert WORDS not in page.text


STATED = {"stage": "approved", "relief_standard": "每人每月 93.6 元", "how_decided": "入户看过"}


def corrected(number: str, *changes, day: int = 24):
    """Correct the notice by hand, with the facts that its kind asks for."""
    return correct(notices.find(number), all_of(*changes), at=AT.replace(day=day), **STATED)


def plain(made):
    """The same roster as the program itself proposes it: amounts without the areas that they were computed from, which relief has not."""
    lines = [replace(one, measures={"amount": one.measures["amount"]}) for one in made.lines]
    fresh = proposal(made.kind, lines)
    facts = {id: text for id, text in fresh.facts.items() if id != "standard"} | STATED
    return replace(fresh, title=made.title, facts=facts, frozen=made.frozen)


def test_a_correction_brings_the_threshold_and_tells_no_numbers_of_rows(villager, at):
    number = publishes(plain(relief(least=None)))
    at("2026-11-24")
    now = corrected(number, without("皮豌樨"))
    old, fresh = villager.sees(f"/N/{number}/{GAODONG}/1"), villager.sees(f"/n/{number}")

    assert now.version.frozen["least_rows"] == 3
    assert "您手里是第 1 版，现在是第 2 版。请看社区新贴的公示单。" in old.text
    assert "2 号" not in old.text
    assert "有变化的地方：高洞社区" in fresh.text
    assert not [one for one in tokens(FEW) | tokens(JOINED) if one in old.html + fresh.html]
    assert villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").status == 404


def test_a_village_whose_poster_did_not_change_is_withheld_once_another_needs_it(villager, at):
    """In version 1 nobody needs 旁边的村; in version 2 高洞社区 has two households left, and its own poster is still that of version 1."""
    made = relief()
    third_of_gaodong = replace(line(GAODONG, 3, "甄甸", "3"), shown_name="甄*")
    number = publishes(plain(replace(made, lines=[*made.lines, third_of_gaodong])))
    assert "亓*芡" in villager.sees(f"/n/{number}/{NEXT}").text
    assert villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").status == 200
    at("2026-11-24")
    corrected(number, without("甄甸"))

    for path in (f"/n/{number}/{NEXT}", f"/N/{number}/{NEXT}/1", f"/n/{number}/{NEXT}.json", f"/n/{number}/{NEXT}/sheet.pdf", f"/a/{NEXT}"):
        answer = villager.client.get(path)
        words = said(answer)
        assert WORDS in words
        assert not [one for one in tokens(JOINED) if one in words], path


def test_a_village_that_is_no_longer_needed_is_shown_again(villager, at):
    number = publishes(plain(relief()))
    at("2026-11-24")
    corrected(number, with_one(village="高洞社区", group="1组", name="甄甸", amount="300"))

    assert "鲜**洛" in villager.sees(f"/n/{number}/{GAODONG}").text
    assert "亓*芡" in villager.sees(f"/n/{number}/{NEXT}").text
    assert villager.sees(f"/n/{number}/{NEXT}/sheet.pdf").status == 200


def test_a_row_asked_about_before_tells_its_asker_no_more_than_the_pages(villager, at):
    number = publishes(plain(relief(least=None)))
    asked = asks(villager, f"/n/{number}/ask?place={GAODONG}&row=1", text="我家的数少了，请看看。")
    receipt = re.search(r"[0-9]{4} [0-9]{4} [0-9]{4} [0-9]{4}", asked.text)[0]
    at("2026-11-24")
    corrected(
        number, lambda rows: [row.retyped(row.texts | {"amount": "1234.56"}) if row.texts["name"] == "鲜于柒洛" else row for row in rows]
    )

    progress = villager.submits("/receipt", "查", receipt=receipt)
    assert "高洞社区 1 号" in progress.text
    assert not [one for one in (*tokens(FEW), "1,234.56") if one in progress.html]
