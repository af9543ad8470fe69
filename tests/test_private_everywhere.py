"""No ID number, card or phone of the samples is anywhere once their sheets were uploaded, read, posted, printed and asked about.

The whole path is walked with real sheets by everybody who takes part, and by way of everything that goes wrong; then each byte that
the program kept, sent, logged or wrote is searched. The last tests prove that the search finds what is there.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import flask
import openpyxl
import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from board import sheets, work
from board.models import db
from board.rules.personal import detection
from board.rules.sheet import cleaning
from tests import seeking
from tests.actors import Browser, Person
from tests.attachments.making import pdf, shows
from tests.databases import DEMO, Databases
from tests.web.asking import asks

pytestmark = [pytest.mark.usefixtures("new_files"), pytest.mark.in_child]

ROSTER, RELIEF = DEMO / "baihe-cropland-roster.xlsx", DEMO / "gulin-winter-relief.xls"
TOWN, VILLAGE = "510521116000", "510521116227"
ID, CARD, PHONE = seeking.sheet(ROSTER.name)[3][4:7]
SPLIT = f"身份证 {ID[:6]} {ID[6:14]} {ID[14:]},卡 {'-'.join(re.findall('.{1,4}', CARD))},电话 {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}"
FACTS = {
    "formed_on": "2026-11-20", "display_start": "2026-11-22", "standard": "93.6", "fund_source": "中央财政(演示)",
    "basis_document": "实施方案(演示)", "eligibility": "有承包权的农民", "paid_through": "打入一卡通", "report_phone": "0830-8190012",
    "objection_phone": "0830-8190000", "objection_person": "镇财政所", "objection_ways": "到村委会口头说也行",
}  # fmt: skip
# The clerk's own table on his own desk, and the two sheets for the wall: nobody else reads a whole name.
WITH_NAMES = {"desk.sheet.rows", "desk.table_choice.choose", "desk.typed_rows.by_hand", "desk.review.proof", "desk.posters.wall_edition"}


class Heard(NamedTuple):
    """One answer of the program: which view gave it, whether that is open to all, its head, and its body (of a PDF: the text)."""

    view: str
    public: bool
    data: bytes


class Recorder(Browser):
    """A browser that keeps every answer, each step of a redirect too."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        """Send the request and keep the answer."""
        response = super().open(*args, **given)
        app = self.application
        try:
            view, _ = app.url_map.bind("localhost").match(response.request.path, response.request.method)
        except HTTPException:
            view = "none"
        body = response.data
        if response.mimetype == "application/pdf":
            body += seeking.pdf_text(body)
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items()).encode()
        opened = view == "none" or getattr(app.view_functions[view], "public", False)
        app.heard.append(Heard(view, opened, head + b"\n" + body))  # type: ignore[attr-defined]
        return response


def repeated(times: int) -> bytes:
    """Return the roster with its rows several times over, packed without compression: what a large county's sheet weighs."""
    rows = seeking.sheet(ROSTER.name)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("发放花名册")
    for row in rows[:3] + rows[3:-2] * times + rows[-2:]:
        page.append(row)
    held, plain = io.BytesIO(), io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as packed, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as loose:
        for name in packed.namelist():
            loose.writestr(name, packed.read(name))
    return plain.getvalue()


def pasted(change: Callable[[list[Any]], list[Any]] = list) -> str:
    """Return the roster as WPS copies it."""
    rows = seeking.sheet(ROSTER.name)
    quoted = lambda cell: f'"{cell}"' if "\n" in str(cell) else str(cell)  # noqa: E731
    return "\n".join("\t".join(map(quoted, row)) for row in rows[:3] + [change(row) for row in rows[3:-2]] + rows[-2:])


def with_gaps(row: list[Any]) -> list[Any]:
    """Write a row's numbers in groups, and its first one's once more in the notes."""
    card, phone = row[5], row[6]
    gapped = [f"{row[4][:6]} {row[4][6:14]} {row[4][14:]}", " ".join(re.findall(".{1,4}", card)), f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"]
    return [*row[:4], *gapped, *row[7:10], SPLIT if row[0] == 1 else ""]


def far_out() -> bytes:
    """Return a sheet with real numbers in it and a cell so far out that no parser can hold the table."""
    book = openpyxl.Workbook()
    for row in seeking.sheet(ROSTER.name)[:50]:
        book.active.append(row)
    book.active["XFD1048576"] = "末"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def begins(clerk: Person, kind: str = "cropland-subsidy", home: str = TOWN) -> str:
    """Begin a draft and return the address that its steps stand under."""
    return clerk.submits("/desk/new", "下一步", kind=kind, home=home).path.rpartition("/")[0]


def uploads_much(clerk: Person, draft: str) -> None:
    """Upload a large sheet, paste one with numbers in groups and in the notes, and put a number back in while correcting."""
    large = repeated(4)
    assert len(large) > 2 * 2**20
    page = clerk.submits(f"{draft}/sheet", "上传", file=(large, f"名单{ID}.xlsx"))
    assert page.heading == "正在核对这张表"
    assert work.once(clerk.client.application)
    assert clerk.sees(page.path).status == 200
    clerk.sees(f"{draft}/columns?again=1")
    page = clerk.submits(f"{draft}/sheet", "用粘贴的表格", table=pasted(with_gaps))
    assert "身份证号 1194 个" in page.text or "身份证号 1195 个" in page.text
    assert page.path.endswith("/rows")  # the notes of the first row are covered, and the clerk is asked to look
    cell = next(name for form in page.forms for name in form.names if name.startswith("cell-"))
    assert detection.REDACTION in page.html
    page = clerk.submits(page, **{cell: SPLIT}, press="再查一遍")
    assert "下面的空格都同上吗" in page.text  # the note is covered, and whose the blank cells are is asked once
    assert not detection.find(page.text.split("个人信息已经去掉")[0])
    clerk.sees(f"{draft}/columns?again=1")
    lines = pasted().encode("utf-16")
    clerk.submits(f"{draft}/sheet", "上传", file=(lines, f"{CARD}.csv"))


def several() -> bytes:
    """Return a workbook of three sheets with the first households of the roster, one of them under a header of its own order."""
    rows, book = seeking.sheet(ROSTER.name), openpyxl.Workbook()
    for name, own in {"甲": rows[2:20], "乙": rows[2:3] + rows[20:40], "丙": [row[::-1] for row in rows[2:20]]}.items():
        page = book.create_sheet(name)
        for row in own:
            page.append(row)
    del book["Sheet"]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def chooses_types_and_drops(clerk: Person) -> None:
    """Upload several tables, look at them, put them together; type numbers by hand into another draft; throw the first away."""
    draft = begins(clerk)
    page = clerk.submits(f"{draft}/sheet", "上传", file=(several(), f"{PHONE}.xlsx"))
    assert page.heading == "这个文件里有 3 张表，用哪张？"
    assert "已经去掉" in page.text
    assert clerk.submits(page, "合在一起用").path.endswith(("/rows", "/ready", "/columns"))
    clerk.submits(f"{draft}/finish", "删掉这份草稿")
    page = clerk.submits(f"{begins(clerk)}/by-hand", "先存着", **{"row-0-name": f"张小三 {ID}", "row-0-note": SPLIT, "row-1-area": PHONE})
    assert detection.REDACTION in page.html


def runs_into_faults(clerk: Person, draft: str, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hostile sheet, a parser that dies crying out what it read, a sheet that is too large, and a fault of our own."""
    page = clerk.submits(f"{draft}/sheet", "上传", file=(far_out(), "a.xlsx"))
    assert page.status == 422
    program = tmp_path / "child.py"
    program.write_text("import os, sys; data = sys.stdin.buffer.read(); os.write(2, data); os.write(1, data); os.abort()")
    with monkeypatch.context() as broken:
        broken.setattr(sheets, "CHILD", program)
        assert clerk.submits(f"{draft}/sheet", "上传", file=ROSTER).status == 422
    with monkeypatch.context() as broken:
        broken.setitem(app.config, "MAX_CONTENT_LENGTH", 50_000)
        assert clerk.submits(f"{draft}/sheet", "用粘贴的表格", table=pasted()).status == 413
    with monkeypatch.context() as broken:
        broken.setattr(cleaning, "clean", lambda *_: 1 / 0)
        broken.setattr(app, "testing", False)
        assert clerk.submits(f"{draft}/sheet", "上传", file=ROSTER).status == 500
        assert clerk.submits(f"{draft}/sheet", "用粘贴的表格", table=pasted()).status == 500


def comes_back_late(person: Callable[[str], Person], draft: str, at: Callable[[str], None]) -> None:
    """A clerk pastes a table, and uploads a file, after his sign-in has run out; then signs in on the page that he is shown."""
    late = person("baihe-clerk")
    page = late.sees(f"{draft}/sheet")
    at("2026-11-22 11:00")
    for given in ({"press": "用粘贴的表格", "table": pasted()}, {"press": "上传", "file": ROSTER}):
        asked = late.submits(page, **given)
        assert (asked.status, asked.heading) == (401, "工作人员登录")
    late.submits(asked, "登录", username="baihe-clerk", password="mingbai-demo")
    at("2026-11-22 10:00")


def posts(clerk: Person, reviewer: Person, draft: str) -> str:
    """Take the roster through facts and review, typing numbers wherever something can be typed; return the notice's number."""
    clerk.submits(f"{draft}/sheet", "上传", file=ROSTER)
    page = clerk.submits(f"{draft}/ready", "下一步")
    covered = clerk.submits(page, "存好", **{**FACTS, "eligibility": SPLIT, "objection_person": f"王{PHONE}"})
    assert covered.status == 422
    assert detection.REDACTION in covered.html
    assert clerk.submits(page, "存好", **{**FACTS, "eligibility": SPLIT}).status == 409  # the page is of an earlier save
    page = clerk.submits(covered, "存好", **FACTS)
    assert page.path.endswith("/finish")
    hidden = pdf(trailer="/Info 100 0 R", more={100: f"<</Author ({ID}) /Title ({PHONE})>>"})
    assert clerk.submits(f"{draft}/files", "加上", title="规划图", file=(hidden, f"名单{CARD}.pdf")).status == 200
    assert clerk.submits(f"{draft}/files", "加上", title=f"名单 {ID}", file=(pdf(shows(f"{ID} {CARD} {PHONE}")), "b.pdf")).status == 422
    assert clerk.submits(f"{draft}/files", "加上", title="名单", file=(pdf(shows(f"{ID} {CARD} {PHONE}")), "b.pdf")).status == 422
    page = clerk.sees(f"{draft}/finish")
    clerk.follows(page, "看看群众会看到什么")
    clerk.submits(page, "送审")

    review = reviewer.sees(f"{draft}/review")
    stopped = reviewer.submits(review, "退回修改", reason=f"请核对:{SPLIT}")
    assert stopped.status == 422
    assert detection.REDACTION in stopped.html
    reviewer.submits(stopped, "退回修改")  # covered, as it came back, it may go
    clerk.submits(clerk.submits(f"{draft}/facts", "存好", grant_number="财农〔2026〕9号"), "送审")
    review = reviewer.sees(f"{draft}/review")
    reviewer.sees(f"{draft}/preview")
    reviewer.sees(f"{draft}/preview?place={VILLAGE}")
    assert reviewer.sees(f"{draft}/{VILLAGE}/proof.pdf").status == 200
    reasons = {name: SPLIT for name in review.form("通过并公布").names if name.startswith("reason-")}
    return reviewer.submits(review, "通过并公布", **reasons).path.rpartition("/")[2]


def asks_and_is_answered(villager: Person, clerk: Person, number: str) -> None:
    """A villager writes numbers into his question, and the clerk into his answer."""
    page = villager.sees(f"/n/{number}/ask?place={VILLAGE}&row=17")
    told = asks(villager, page, text=f"我家少算了。{SPLIT}", contact="傍晚在家")
    receipt = re.search(r'class="receipt">([\d ]+)<', told.html)
    assert receipt
    found = villager.submits("/receipt", receipt=receipt[1])
    villager.submits(found, "补充", text=f"还有一句:{ID} {PHONE}")
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    refused = clerk.submits(case, "答复", text=f"请打 {PHONE}")
    clerk.submits(refused, "答复", text="查过了,和丈量表一致。")
    clerk.submits(clerk.sees(case.path), "联系方式")
    villager.submits("/receipt", receipt=receipt[1])


def everybody_looks(everybody: list[Person], villager: Person, draft: str, number: str) -> None:
    """Everybody opens every page there is of this notice, his own or not, and mistypes numbers."""
    shared = ["/", f"/a/{TOWN}", f"/a/{VILLAGE}", f"/n/{number}", f"/N/{number}/{VILLAGE}/1", f"/n/{number}/{TOWN}", f"/n?number={ID}"]
    shared += [
        f"/n/{number}/{VILLAGE}/sheet.pdf",
        f"/n/{CARD}",
        "/receipt",
        f"/n/{number}/{VILLAGE}?lang=en",
        "/sign-in",
        f"/n/{number}/files/1",
    ]
    staff = ["/desk", "/desk/cases", f"/desk/notices/{number}", f"{draft}/rows", f"{draft}/review", f"{draft}/preview", f"{draft}/finish"]
    staff += ["/audit", "/audit/ledger", "/inspect", "/admin", "/admin/people", "/admin/areas", "/admin/holidays", "/account"]
    shared += [f"/n/{number}/{VILLAGE}/share.png", f"/n/{number}/{VILLAGE}.txt", f"/n/{number}.txt?lang=en"]
    staff += [f"/desk/notices/{number}/{VILLAGE}", f"/desk/notices/{number}/official.txt", "/audit/hanging"]
    for address in shared:
        villager.sees(address)
    for code in range(116004, 116006):
        villager.sees(f"/n/{number}/510521{code}")
    villager.submits("/receipt", receipt=ID)
    for one in everybody:
        for address in [*staff, *shared[3:4]]:
            one.sees(address)


@contextmanager
def walked(
    app: Flask, person: Callable[..., Person], at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Iterator[list[str]]:
    """Walk the whole path; yields the files that were opened for writing meanwhile."""
    app.heard = []  # type: ignore[attr-defined]
    app.test_client_class = Recorder
    app.jinja_env.bytecode_cache = None  # the tests' own; no server writes templates to disk
    temporary = folder / "temporary"
    temporary.mkdir()
    with seeking.watched(temporary, monkeypatch) as opened:
        clerk, villager = person("baihe-clerk"), person()
        draft = begins(clerk)
        uploads_much(clerk, draft)
        runs_into_faults(clerk, draft, app, monkeypatch, folder)
        comes_back_late(person, draft, at)
        clerk.signs_in("baihe-clerk")  # the hour that went by was too long for him too
        reviewer = person("baihe-reviewer")
        number = posts(clerk, reviewer, draft)
        wall = reviewer.submits(f"/desk/notices/{number}", "打印贴墙版")
        assert wall.headers["Content-Type"] == "application/pdf"
        asks_and_is_answered(villager, clerk, number)
        chooses_types_and_drops(clerk)
        assert clerk.sees(clerk.submits(f"/desk/notices/{number}", "照这份再做一份").path).status == 200
        relief = person("dacun-clerk")
        page = relief.submits(f"{begins(relief, 'disaster-relief', '510525105000')}/sheet", "上传", file=RELIEF)
        assert "身份证号 140 个" in page.text
        others = [person(f"luxian-{role}") for role in ("clerk", "reviewer", "auditor", "inspector", "admin")]
        others[2].submits("/audit/ledger", "查一查")
        everybody_looks([clerk, reviewer, *others], villager, draft, number)
        yield opened


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what pages and files hold is the same on either engine
def test_no_number_of_a_person_is_anywhere_and_no_name_is_where_it_should_not_be(
    app: Flask,
    databases: Databases,
    person: Callable[..., Person],
    at: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    before = b"\n".join(seeking.database(app, databases.cluster).values())
    names = seeking.names() - seeking.names_in(before, seeking.names())  # a few are also a place's or an officer's
    assert len(names) > 900
    since = seeking.wal_end(databases.cluster)
    with walked(app, person, at, monkeypatch, tmp_path) as opened:
        kept = seeking.wal(databases.cluster, since) | seeking.database(app, databases.cluster)
    heard: list[Heard] = app.heard  # type: ignore[attr-defined]
    said = capfd.readouterr()
    logs = {"log": caplog.text.encode(), "output": (said.out + said.err).encode()}
    temporary = {str(file): file.read_bytes() for file in (tmp_path / "temporary").rglob("*") if file.is_file()}
    written = {file: Path(file).read_bytes() for file in opened if Path(file).is_file()}
    answers = {f"answer {no} of {one.view}": one.data for no, one in enumerate(heard)}

    everywhere = kept | logs | temporary | written | answers
    assert {where: some for where, data in everywhere.items() if (some := seeking.found(data))} == {}
    assert [file for file in opened if "__pycache__" not in file] == []

    at_rest = kept | logs | temporary
    assert {where: some for where, data in at_rest.items() if (some := seeking.names_in(data, names))} == {}
    named = {one.view for one in heard if seeking.names_in(one.data, names)}
    assert named == WITH_NAMES
    assert not [one.view for one in heard if one.public and one.view in WITH_NAMES]
    views = {one.view for one in heard}
    assert len(heard) > 150
    desk = {"desk.sheet.columns", "desk.sheet.ready", "desk.drafts.facts", "desk.review.one", "desk.cases.one", "county.audit.log"}
    assert views >= desk | {"public.notice.place", "public.poster.web_edition"}


def test_a_large_upload_is_never_a_file_on_disk(app: Flask, clerk: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, large = begins(clerk), repeated(4)
    with seeking.watched(tmp_path, monkeypatch) as opened:
        clerk.submits(f"{draft}/sheet", "上传", file=(large, "名单.xlsx"))
        assert str(tmp_path) not in opened

    app.request_class = flask.Request  # as werkzeug would take it: this is what the test has to see
    with seeking.watched(tmp_path, monkeypatch) as opened:
        clerk.submits(f"{draft}/sheet", "上传", file=(large, "名单.xlsx"))
        assert [file for file in opened if file.startswith(str(tmp_path))]


@pytest.mark.parametrize(
    "data",
    [
        f"<td>{ID}</td>".encode(),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}".encode(),
        "-".join(re.findall(".{1,4}", CARD)).encode(),
        f"{PHONE[:3]}\u00a0{PHONE[3:7]}\u3000{PHONE[7:]}".encode(),
        f"名单 {PHONE}".encode("utf-16-le"),
        b"x" + f"名单 {CARD}".encode("utf-16-le"),
        f"\\\\x{CARD.encode().hex()}".encode(),
        min(one for one in seeking.numbers() if one.endswith(b"X")).lower(),
    ],
    ids=["bare", "spaces", "dashes", "wide spaces", "utf-16", "utf-16 at an odd place", "hexadecimal", "small x"],
)
def test_a_number_is_found_however_it_is_written(data: bytes) -> None:
    assert seeking.found(b"\x00 1.2 " + data + " 亩".encode())


def test_what_only_looks_like_one_is_not_found() -> None:
    assert not seeking.found(f"{ID[:-1]}2 {CARD[:-1]}6 {PHONE[1:]}".encode())


@pytest.mark.parametrize("planted", [ID, PHONE, "郑平娜"], ids=["id", "phone", "name"])
def test_one_value_planted_in_the_database_is_found_even_when_it_is_taken_out_again(
    app: Flask, databases: Databases, clerk: Person, planted: str
) -> None:
    draft = begins(clerk).rpartition("/")[2]
    since = seeking.wal_end(databases.cluster)
    db.session.execute(text("UPDATE draft SET title = :title WHERE id = :id"), {"title": planted, "id": draft})
    db.session.commit()
    held = seeking.database(app, databases.cluster)
    db.session.execute(text("UPDATE draft SET title = '' WHERE id = :id"), {"id": draft})
    db.session.commit()
    later = seeking.wal(databases.cluster, since) | seeking.database(app, databases.cluster)

    def where(kept: dict[str, bytes]) -> set[str]:
        return {place for place, data in kept.items() if seeking.found(data) or seeking.names_in(data, [planted])}

    assert "table draft" in where(held)
    assert [place for place in where(held) if place.startswith("/")], "the search does not see the database's files"
    assert "table draft" not in where(later)
    assert [place for place in where(later) if place.endswith(("-wal", "the log of changes"))], "nor its log of changes"
