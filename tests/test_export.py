"""The public pages as plain files: the bytes that the app gives, links that work in any folder, and nothing that is no longer shown."""

from __future__ import annotations

import json
import re
from contextvars import Context
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from board import export
from board.models import db
from board.rules.static_paths import file_of, led
from board.store import notices, walls
from tests.actors import Browser
from tests.house.test_routes import RULES
from tests.store.by_hand import by_hand
from tests.store.posted import AT, GAODONG, NEXT, TOWN, post
from tests.web.few import FEW, JOINED, WORDS, relief, tokens
from tests.web.publishing import COUNTY, assistance, publishes

APP = "https://gk.example.cn"
ELSEWHERE = "510522000000"  # 合江县


@pytest.fixture
def small(app):
    """The app with two villages, what is above them, and a county without notices: what is exported are all the pages there are."""
    kept = ", ".join(f"'{code}'" for code in (TOWN, GAODONG, NEXT, COUNTY, ELSEWHERE, COUNTY[:4] + "00000000"))
    for table, area in (("ledger", "home"), ('"user"', "area"), ("area", "code")):
        by_hand(f"DELETE FROM {table} WHERE {area} NOT IN ({kept})")  # noqa: S608 - three tables and six codes of ours
    return app


@pytest.fixture
def site(small, monkeypatch):
    """Exports into the same folder again and again; says what an export came to."""
    monkeypatch.setattr(small, "test_client_class", FlaskClient)  # the answers that it is held against have passed the house checks
    folder = Path(small.instance_path) / "out" / "site"  # a walk leaves its files

    def exports(paper: bool = False) -> export.Done:
        db.session.rollback()
        return export.site(small, folder, paper, lambda said: None)

    exports.folder = folder
    return exports


@pytest.fixture
def exported(once, site):
    """The numbers of a notice and of one whose rows go first, and what their first export came to."""

    def posts() -> tuple[str, str, export.Done]:
        return post().number, publishes(assistance()), site()

    return once("posted two and exported them", posts)


def files(folder: Path) -> dict[str, bytes]:
    """What stands in an export beside what it says of itself."""
    found = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: data for name, data in found.items() if name not in (export.MANIFEST, export.NOTE)}


def address_of(file: str) -> str:
    """The address that a file stands for."""
    if page := re.fullmatch(r"(.*/)?index(?:\.after-(\d+))?(\.large)?(\.en)?\.html", file):
        folder, after, large, english = page.groups()
        asked = [f"after={after}"] * bool(after) + ["view=large"] * bool(large) + ["lang=en"] * bool(english)
        return "/" + (folder or "").rstrip("/") + ("?" if asked else "") + "&".join(asked)
    return "/" + (re.sub(r"\.en(\.\w+)$", r"\1", file) + "?lang=en" if re.search(r"\.en\.\w+$", file) else file)


def asked(app, address: str):
    return Context().run(Browser(app, app.response_class).get, address, buffered=True)


def compared(app, folder: Path) -> int:
    """Hold every file against the app's answer, which has gone the same way; return how many there are."""
    held = files(folder)

    def own(path: str, query: str) -> str | None:
        named = file_of(path, query)
        return named if named in held else None

    for name, data in held.items():
        answer = asked(app, address_of(name))
        assert answer.status_code in (200, 410), name
        given = led(answer.get_data(as_text=True), name, APP, own).encode() if name.endswith(".html") else answer.data
        assert data == given, name
    return len(held)


# ---- what is in it


def test_every_file_is_what_the_app_gives_and_every_link_leads_somewhere(small, site):
    posted = post()
    number = publishes(assistance())
    wall = walls.add(GAODONG, "村委会门口", 1, AT)
    done = site(paper=True)
    held = files(site.folder)

    assert done.files == done.made == len(held) == compared(small, site.folder)
    own = {f"n/{posted.number}/index.html", f"n/{posted.number}.csv", f"n/{posted.number}/{GAODONG}/sheet.pdf", f"n/{number}.en.json",
           f"a/{TOWN}/index.large.en.html", f"a/{TOWN}.atom", "sitemap-notices-1.xml", "robots.txt", "openapi.json", "index.en.html",
           f"w/{wall.number}/index.html"}  # fmt: skip
    assert own - held.keys() == set()
    for name, data in held.items():
        if name.endswith(".html"):
            for attribute, value in re.findall(r'\s(href|src|action|formaction)="([^"]*)"', data.decode()):
                assert not value.startswith("/"), (name, value)
                if attribute in ("action", "formaction"):
                    assert value.startswith(f"{APP}/"), (name, value)
                elif not urlsplit(value).scheme and not value.startswith("#"):
                    assert normpath(f"{dirname(name)}/{urlsplit(value).path}").lstrip("/") in held, (name, value)


def test_a_long_roster_is_exported_with_all_its_pages(small, site):
    small.config["PAGE_ROWS"] = 2
    number = post().number
    site()
    assert f"n/{number}/{GAODONG}/index.after-2.html" in files(site.folder)
    assert compared(small, site.folder)


def test_an_export_says_until_when_it_may_stay_up(site, exported):
    _, _, done = exported

    assert str(done.until) == json.loads((site.folder / export.MANIFEST).read_text("utf-8"))["until"] == "2026-11-27"
    assert "可以放到：2026年11月27日（含）" in (site.folder / export.NOTE).read_text("utf-8")


def test_an_export_without_rows_may_stay_up(small, site):
    assert site().until is None


def test_every_public_page_is_exported_or_says_why_not():
    pages = {rule.endpoint for rule in RULES if rule.public and "GET" in rule.methods}
    assert pages - export.EXPORTED - export.LEFT_OUT.keys() == set(), "decide: board/export.py, EXPORTED or LEFT_OUT"
    assert export.EXPORTED & export.LEFT_OUT.keys() == set()
    assert export.EXPORTED - {"static"} | export.LEFT_OUT.keys() <= pages


# ---- again, and again


def test_what_has_not_changed_is_not_made_again(site, exported):
    _, _, first = exported
    before = files(site.folder)
    again = site()

    assert (again.made, again.files) == (0, first.files)
    assert files(site.folder) == before


def test_what_was_taken_down_is_replaced_by_the_reason_and_its_rows_are_gone(small, site, exported):
    number, stays, _ = exported
    gone = notices.find(number)
    title = gone.version.title
    notices.take_down(gone, 1, "表传错了，重新公示", AT)
    site()
    held = files(site.folder)

    for name in (f"n/{number}/index.html", f"n/{number}/{GAODONG}/index.html", f"n/{number}.json", f"n/{number}.txt"):
        assert "表传错了，重新公示" in held[name].decode(), name
    assert [name for name in held if number in name and name.endswith((".csv", ".pdf", ".png"))] == []
    assert not [name for name, data in held.items() if title in data.decode("utf-8", "replace") and number in name]
    assert f"n/{stays}.csv" in held
    assert compared(small, site.folder)


@pytest.mark.parametrize("day", ["2026-11-27", "2026-11-28", "2027-11-28"])
def test_rows_vanish_on_their_day(small, site, exported, at, day):
    number, sensitive, _ = exported
    at(day)
    done = site()
    held = files(site.folder)

    assert (f"n/{sensitive}.csv" in held) == (day <= "2026-11-27")
    assert (f"n/{number}.csv" in held) == (day <= "2027-11-27")
    assert ("张*三" in held[f"n/{number}/{GAODONG}/index.html"].decode()) == (day <= "2027-11-27")
    assert done.until is None or str(done.until) >= day
    assert compared(small, site.folder)


def test_a_file_that_somebody_changed_is_made_again(site, exported):
    number, _, _ = exported
    page = site.folder / f"n/{number}/index.html"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"1,502.28", b"9,502.28"))
    assert site().made > 0
    assert page.read_bytes() == right


def test_an_export_that_is_broken_off_leaves_the_old_one(small, site, exported, monkeypatch):
    number, _, _ = exported
    before = files(site.folder)
    notices.take_down(notices.find(number), 1, "错了", AT)
    with monkeypatch.context() as power:
        power.setattr(export._Site, "_put", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            site()
    assert files(site.folder) == before
    site.folder.rename(site.folder.with_name(".site.mingbai-old"))  # broken off between its two last steps
    site()
    assert compared(small, site.folder)
    assert [file.name for file in site.folder.parent.iterdir() if "mingbai-new" in file.name or "mingbai-old" in file.name] == []


def test_a_folder_of_somebody_elses_is_left_alone(small, site):
    site.folder.mkdir(parents=True)
    (site.folder / "letter.txt").write_text("mine")
    with pytest.raises(export.ExportRefused, match="no export of ours"):
        site()
    assert (site.folder / "letter.txt").read_text() == "mine"


def test_two_exports_do_not_fill_one_folder(small, site):
    site.folder.parent.mkdir(parents=True)
    with export._alone(site.folder.with_name(".site.mingbai-lock")), pytest.raises(export.ExportRefused, match="another export"):
        site()


def test_without_an_address_there_is_no_export(small, site):
    small.config["PUBLIC_ADDRESS"] = ""
    with pytest.raises(export.ExportRefused, match="PUBLIC_ADDRESS"):
        site()


def test_the_command_says_what_it_did(small, tmp_path):
    post()
    done = small.test_cli_runner().invoke(args=["export", "site", str(tmp_path / "out"), "--without-paper"])
    assert done.exit_code == 0, done.output
    assert "May stay up until 2027-11-27." in done.output
    again = small.test_cli_runner().invoke(args=["export", "site", str(tmp_path)])
    assert again.exit_code == 1
    assert "no export of ours" in again.output


def test_what_the_pages_withhold_of_a_place_with_few_rows_is_in_no_file(villager, site):
    number = publishes(relief(third=False))
    site()

    planted = [one.encode() for one in tokens(FEW) | tokens(JOINED)]
    assert [name for name, data in files(site.folder).items() if any(one in data for one in planted)] == []
    assert WORDS in files(site.folder)[f"n/{number}/{GAODONG}/index.html"].decode()
