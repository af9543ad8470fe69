"""Who sees a case: what goes straight to the county leaves no trace in the township; each role reads what the table of roles says."""

from __future__ import annotations

import logging

import pytest

from board.models import Case, db
from board.store import cases, people
from board.store.cases import lists
from tests.actors import PASSWORD
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import asks, looks_up, receipt_on
from tests.web.everything import addresses, counted, given, opens

SECRET, MORE = "镇上的人把三百元领走了，别让他们晓得。", "县里再看一眼。"
COUNTY = "510521000000"
TOWNSPEOPLE = (
    ("town-leader", "leader", TOWN), ("village-clerk", "clerk", GAODONG), ("village-reviewer", "reviewer", GAODONG),
    ("village-supervisor", "supervisor", GAODONG),
)  # fmt: skip


@pytest.fixture
def values(once, posted):
    """A value for every blank in an address."""

    def fills() -> dict[str, object]:
        for username, role, area in TOWNSPEOPLE:
            people.add(username, "某人", role, area, PASSWORD, at=AT)
        return given(posted)

    return once("every blank", fills)


def goes_straight_to_the_county(villager, county, form, **typed):
    """Ask the county first; it works on it and answers, the villager disputes and rates it; return the receipt."""
    receipt = receipt_on(asks(villager, form, first="county", text=SECRET, contact="0830-8190009", **typed))
    page = county.follows(county.sees("/desk/cases"), "公开" if typed["category"] == "not_published" else "数不对")
    page = county.submits(page, "看居民留的联系方式")
    page = county.submits(page, "我们在办")
    county.submits(page, "答复", text="县里在查，先答复一句。")
    page = villager.submits(looks_up(villager, receipt), "没解决", text=MORE)
    page = villager.submits(page, "不满意")
    assert "您说：不满意" in page.text
    return receipt


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the comparison is the same on either engine
def test_what_goes_straight_to_the_county_leaves_no_trace_in_the_township(posted, values, villager, person, form, caplog):
    names = ("baihe-clerk", "baihe-reviewer", *(username for username, *_ in TOWNSPEOPLE), "")
    everybody = {name: person(name) for name in names}
    paths = {name: addresses(values, public=not name) for name in names}
    county, forms = person("luxian-clerk"), (form, f"/a/{GAODONG}/ask", f"/w/{values['wall']}/ask")
    opens(everybody[""], paths[""])  # pages that are kept once they were shown are kept now
    seen = {name: opens(who, paths[name]) for name, who in everybody.items()}
    assert [one.status for path, one in seen[""].items() if f"/n/{values['members']}/{GAODONG}/1/" in path] == [200], (
        "the members' page is open"
    )
    before = counted()
    logged = len(caplog.records)

    with caplog.at_level(logging.DEBUG):
        for address in forms:
            goes_straight_to_the_county(villager, county, address, category="amount_wrong")
    assert db.session.query(Case).filter(Case.home == COUNTY, Case.state == "unsolved").count() == len(forms)
    assert lists.about(posted)[0].case.home == TOWN, "its own case is in its list, and the county's is not"
    assert counted() == before
    for name, who in everybody.items():
        now = opens(who, paths[name])
        assert [path for path in paths[name] if now[path] != seen[name][path]] == [], name
        assert any(one.status == 200 for one in now.values())
    told = "\n".join(record.getMessage() for record in caplog.records[logged:])
    assert not [word for word in (SECRET, MORE, "0830-8190009", "领走") if word in told]


def test_a_case_for_the_county_answers_the_township_as_one_that_is_not_there(posted, values, villager, person, form):
    receipt_on(asks(villager, form, first="county", text=SECRET))
    case = db.session.query(Case).filter(Case.home == COUNTY).one()
    for username in ("baihe-clerk", "baihe-reviewer", "town-leader", "village-clerk", "village-reviewer"):
        who = person(username)
        for home in (COUNTY, TOWN, GAODONG):
            there, not_there = (who.client.get(f"/desk/cases/{home}/{id}") for id in (case.id, "0" * 12))
            assert there.status_code == 404
            assert there.data.replace(case.id.encode(), b"") == not_there.data.replace(b"0" * 12, b"")


# ---- each role, at each place, and every kind of case

WRITTEN = {
    "clerk": ("给办的人的话，四百元。", "0830-8190011"),
    "leader": ("给领导的话，五百元。", "0830-8190012"),
    "supervisor": ("给监督委员会的话，六百元。", "0830-8190013"),
}
ROLES = {
    TOWN: ("clerk", "reviewer", "leader"), GAODONG: ("clerk", "reviewer", "supervisor"),
    COUNTY: ("clerk", "reviewer", "leader", "auditor", "inspector", "admin"), "370685000000": ("clerk", "reviewer", "leader", "auditor"),
}  # fmt: skip
READS = {
    "clerk": ("clerk",), "leader": ("leader",), "supervisor": ("supervisor",), "reviewer": ("clerk", "leader"),
    "auditor": ("clerk", "leader", "supervisor"),
}  # fmt: skip
CATEGORY = {"clerk": "amount_wrong", "leader": "letter", "supervisor": "supervision"}


def may_read(role: str, area: str, home: str, answerer: str) -> bool:
    """Return whether somebody of a role at an area reads the case of an office, by the table in words (docs of the roles)."""
    if answerer not in READS.get(role, ()):
        return False
    if role == "auditor":
        return home.startswith(area[:6])
    return home == area or area == TOWN and home == GAODONG


@pytest.fixture
def written(once, posted, values):
    """A case of each kind at each office: [(home, answerer, its id, its words, its contact)]."""
    return once("a case of each kind", lambda: writes(posted))


def writes(posted):
    made = []
    for home in (GAODONG, TOWN, COUNTY):
        for answerer, (text, contact) in WRITTEN.items():
            if answerer == ("leader" if home == GAODONG else "supervisor"):
                continue
            words = f"{text}{home}"
            about = posted if answerer != "leader" else None  # of a letter to the supervisor the notice's own office must not learn either
            row = 2 if answerer == "clerk" else None
            asked = cases.Asked(GAODONG, row, CATEGORY[answerer], words, f"{contact}{home[-3:]}", AT.date(), home, consent=True)
            made.append((home, answerer, cases.file(about, f"{len(made):031}x", asked, AT).id, words, asked.contact))
    return made


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the comparison is the same on either engine
@pytest.mark.parametrize(("area", "role"), [("", "villager"), *((area, role) for area, held in ROLES.items() for role in held)])
def test_no_page_of_a_role_holds_a_case_that_it_may_not_see(person, values, written, area, role):
    if area:
        people.add("somebody", "某人", role, area, PASSWORD, at=AT)
    who = person("somebody" if area else "")
    paths = addresses(values, public=not area)
    paths += [f"/desk/cases/{home}/{case}" for home, _, case, *_ in written]
    paths += [f"/desk/notices/{values['number']}/answers?case={case}" for _, _, case, *_ in written]
    found = opens(who, paths)
    every = b"\n".join(one.body for one in found.values() if one.status != 302).decode(errors="replace")  # which names what was asked for
    for home, answerer, case, words, contact in written:
        reads = may_read(role, area, home, answerer)
        assert (found[f"/desk/cases/{home}/{case}"].status == 200) is reads, (home, answerer)
        assert (words in every) is reads, (home, answerer)
        assert contact not in every, "a contact is only opened by its button"
        if not reads:
            assert case not in every.replace(f"/desk/cases/{home}/{case}", "").replace(f"case={case}", "")


@pytest.mark.parametrize(("area", "role"), [(area, role) for area, held in ROLES.items() for role in held])
def test_a_contact_is_opened_by_who_answers_and_by_nobody_else(app, person, values, written, area, role):
    people.add("somebody", "某人", role, area, PASSWORD, at=AT)
    who = person("somebody")
    app.config["WTF_CSRF_ENABLED"] = False
    for home, answerer, case, _, contact in written:
        answer = who.client.post(f"/desk/cases/{home}/{case}/contact", data={})
        opens_it = may_read(role, area, home, answerer) and role in ("clerk", "leader", "supervisor")
        assert (contact in answer.text) is opens_it
        assert opens_it or answer.status_code in (403, 404)


def test_the_county_reads_what_the_township_answered_and_the_township_reads_on(posted, values, villager, person, form):
    receipt = receipt_on(asks(villager, form))
    town, county = person("baihe-clerk"), person("luxian-clerk")
    case = db.session.query(Case).filter(Case.id.not_in((values["case"], values["letter"]))).one()
    address = f"/desk/cases/{TOWN}/{case.id}"
    assert county.client.get(address).status_code == 404, "not before it is the county's"
    town.submits(address, "答复", text="查过了，没有错。")
    villager.submits(looks_up(villager, receipt), "没解决，请泸县来查", text=MORE)

    assert MORE in county.sees(address).text
    assert MORE in town.sees(address).text


# ---- what a villager shows to his village's supervisor, and what becomes of a letter to him


@pytest.fixture
def supervisor(person):
    """高洞社区's supervisor."""
    people.add("gaodong-supervisor", "某人", "supervisor", GAODONG, PASSWORD, at=AT)
    return lambda: person("gaodong-supervisor")


def test_a_supervisor_sees_a_case_only_while_its_villager_wants_it(posted, supervisor, villager, form):
    receipt = receipt_on(asks(villager, form, text="少了一亩地，找我问。", contact="0830-8190021"))
    hers = receipt_on(asks(villager, form, text="另一件，给他们看。", contact="0830-8190022", supervised=["yes"]))
    seen = supervisor()
    home = seen.sees("/desk/supervision")
    case = seen.follows(home, "我家的数不对")
    assert "另一件，给他们看。" in case.text
    assert "少了一亩地" not in home.text + case.text
    for kept in ("0830-8190022", receipt, hers):
        assert kept not in home.html + case.html
    assert not case.forms or all("sign-out" in one.action for one in case.forms), "he reads, and does nothing"
    assert seen.sees("/desk/cases").status == 200
    shown = db.session.query(Case).filter(Case.supervised).one()
    assert seen.sees(f"/desk/cases/{shown.home}/{shown.id}").status == 404, "that page has the contact's button"

    villager.submits(looks_up(villager, hers), "不给他们看了")
    assert seen.sees(case.path).status == 404
    villager.submits(looks_up(villager, receipt), "请他们帮着催")
    assert "少了一亩地" in seen.follows(seen.sees("/desk/supervision"), "我家的数不对").text


@pytest.mark.parametrize("typed", [{"category": "household"}, {"first": "county"}])
def test_a_case_about_a_household_or_for_the_county_alone_is_never_shown_to_a_supervisor(posted, supervisor, villager, form, typed):
    seen = supervisor()
    receipt = receipt_on(asks(villager, form, text="这一户去年就不在了。", supervised=["yes"], **typed))
    assert db.session.query(Case).filter(Case.supervised).count() == 0
    assert "现在没有。" in seen.sees("/desk/supervision").text
    assert "帮着催" not in looks_up(villager, receipt).text


def test_a_letter_to_the_supervisor_goes_to_the_township_once_its_writer_says_that_nothing_is_solved(posted, supervisor, villager, person):
    seen, town = supervisor(), person("baihe-clerk")
    page = villager.sees(f"/a/{GAODONG}/ask?category=supervision")
    receipt = receipt_on(asks(villager, page, category="supervision", text="堰塘的合同给大家看看。"))
    assert "堰塘的合同" not in town.sees("/desk/cases").text
    letter = seen.follows(seen.sees("/desk/supervision"), "堰塘的合同")
    seen.submits(letter, "答复", text="看过了，没有问题。")
    villager.submits(looks_up(villager, receipt), "没解决", text="合同还是没看到。")
    opened = town.follows(town.sees("/desk/cases"), "监督委员会")
    assert "堰塘的合同" in opened.text
    assert "合同还是没看到。" in opened.text
    town.submits(opened, "答复", text="已请村里贴出来。")
    assert "已请村里贴出来。" in looks_up(villager, receipt).text
