"""The county's view: what is late, what waits, and the log; nothing of another county."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from board.models import Ledger, Version, db
from board.rules.calendar import day_of
from board.store import ledger, notices, people
from board.store.engine import writing
from board.web.county import audit
from tests.store.posted import AT, GAODONG, TOWN, post
from tests.web.asking import asks
from tests.web.drafting import facts_of, states, uploads

BAIHE = "baihe-cropland-roster.xlsx"

OTHER_COUNTY = "510522104000"


def figure(page, label: str) -> int:
    found = re.search(rf'<li><a href="#\w+">{label}<b>(\d+)</b>', page.html)
    assert found, page.text
    return int(found[1])


def lines(page, heading: str) -> list[str]:
    """The body rows of the table under a heading."""
    table = re.split(rf'<h2 id="\w+">{heading}</h2>', page.html, maxsplit=1)[1].split("</table>", 1)[0]
    return [row for row in re.findall("<tr>(.*?)</tr>", table.split("<tbody>", 1)[1], re.DOTALL) if "colspan" not in row]


def asked(villager, posted, text: str = "我家的面积少算了。"):
    return asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row=2", text=text)


def write(home: str, count: int, at: datetime = AT) -> None:
    for n in range(count):
        with writing():
            ledger.append(home, at + timedelta(seconds=n // 7), "baihe-clerk", "act", f"第 {n} 条")


# ---- notices


def test_a_notice_that_came_late_stands_first_and_is_counted(auditor, posted):
    post()
    with writing() as session:
        version = session.get(Version, (TOWN, posted.number, 1))
        version.posted_at = datetime(2026, 12, 11, 16, 0, tzinfo=UTC)  # midnight in China: the day after 11 December
        version.posted_on = day_of(version.posted_at)
    page = auditor.sees("/audit")

    assert (figure(page, "公示"), figure(page, "公示晚了")) == (2, 1)
    first, second = lines(page, "公示")
    assert "晚了" in first
    assert posted.number[:3] in first
    assert "晚了" not in second


def test_a_notice_posted_on_its_last_day_in_china_is_in_time(auditor, posted):
    with writing() as session:
        session.get(Version, (TOWN, posted.number, 1)).posted_at = datetime(2026, 12, 11, 15, 59, tzinfo=UTC)

    assert figure(auditor.sees("/audit"), "公示晚了") == 0


def test_the_auditor_reads_the_same_figures_as_the_villager(auditor, posted):
    (line,) = lines(auditor.sees("/audit"), "公示")

    assert "1,502.28" in line
    assert ">5<" in line


def test_a_notice_taken_down_is_still_on_the_list_with_its_reason(auditor, posted):
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)

    (line,) = lines(auditor.sees("/audit"), "公示")

    assert ">已撤下</span>" in line
    assert "撤下的原因：数算错了" in line


def test_a_notice_without_a_roster_has_no_figures(auditor, posted):
    with writing() as session:
        version = session.get(Version, (TOWN, posted.number, 1))
        version.row_count, version.totals = 0, {}
    (line,) = lines(auditor.sees("/audit"), "公示")

    assert line.count("—") == 2


# ---- scope


def test_another_countys_auditor_sees_none_of_it(villager, person, posted):
    asked(villager, posted)
    page = person("hejiang-auditor").sees("/audit")

    assert figure(page, "公示") == 0
    assert posted.version.title not in page.text
    assert posted.number not in person("hejiang-auditor").sees("/audit/ledger").text


@pytest.mark.parametrize("username", ["baihe-clerk", "baihe-reviewer", "luxian-inspector", "luxian-admin"])
@pytest.mark.parametrize("path", ["/audit", "/audit/ledger"])
def test_nobody_else_audits(person, username, path):
    assert person(username).sees(path).status == 403


# ---- the ledger


def test_the_log_goes_on_page_by_page_without_loss_or_repeat(auditor, app, monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 10)
    write(TOWN, 17)
    write(GAODONG, 17)
    write(OTHER_COUNTY, 3)
    page, seen = auditor.sees("/audit/ledger"), []
    for _ in range(20):
        seen += re.findall(r'<tr><td>([^<]*)</td><td class="n">(\d+)</td>', page.html)
        if not [words for words, _ in page.links if "看更早的" in words]:
            break
        page = auditor.follows(page, "看更早的")

    total = db.session.query(Ledger).filter(Ledger.home.startswith("510521")).count()
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(
    "before", ["x", "//", "a/b/c", "2026-11-20T02:00:00+00:00/510521116000/99999999999999999999", "%00/1/1", "a/%00/1", "１/２/３"]
)
def test_a_made_up_page_mark_is_no_error(auditor, before):
    assert auditor.sees(f"/audit/ledger?before={before}").status == 200


def test_the_log_says_acts_in_plain_words(auditor, posted):
    page = auditor.sees("/audit/ledger")

    assert "公布" in page.text
    assert "notice.posted" not in page.text
    assert posted.number in page.text.replace(" ", "")


def test_the_log_calls_people_and_places_by_name_and_leads_to_the_notice(auditor, clerk, villager, posted):
    asked(villager, posted)
    clerk.submits(f"/desk/notices/{posted.number}", "打印贴墙版")
    page = auditor.sees("/audit/ledger")

    rows = re.findall("<tr>(.*?)</tr>", page.html, re.DOTALL)
    said = {name: next(row for row in rows if f"<td>{name}</td>" in row) for name in ("村民", "陶立秋", "郝春分", "后台")}
    assert "收到来件" in said["村民"]
    assert " · 高洞社区" in said["陶立秋"]
    assert f"/n/{posted.number}" in said["郝春分"]
    assert "villager" not in page.text
    assert "console" not in page.text


def test_the_log_names_no_villager(auditor, posted, villager):
    asked(villager, posted, "李四家也不对。")

    assert not [name for name in ("张小三", "李四", "王五") if name in auditor.sees("/audit/ledger").html]


def test_the_button_says_that_all_is_whole(auditor, posted):
    count = db.session.query(Ledger).filter(Ledger.home.startswith("510521")).count()
    text = auditor.submits("/audit/ledger", "查一查").text

    assert f"查了 {count} 条：日志是完整的" in text


def test_the_button_names_what_was_changed(auditor, posted):
    db.session.execute(text('UPDATE "row" SET amount = 1 WHERE place = :place AND no = 2'), {"place": GAODONG})
    db.session.commit()
    page = auditor.submits("/audit/ledger", "查一查")

    assert "对不上" in page.text
    assert posted.number in page.text
    assert "日志是完整的" not in page.text


def test_the_auditor_sees_how_many_drafts_are_past_their_day_but_not_which(clerk, person, at):
    page = states(clerk, uploads(clerk, BAIHE), **facts_of(BAIHE))
    at("2027-03-01")

    seen = person("luxian-auditor").sees("/audit").text
    assert "过期没公布的草稿" in seen
    assert "百和镇 1 份" in seen.replace("\n", " ")
    assert page.heading not in seen


# ---- only some of it


def test_the_auditor_looks_at_one_township_one_kind_and_one_year(auditor, posted):
    other = post("grain-subsidy")
    page = auditor.sees("/audit")
    assert figure(page, "公示") == 2

    only = auditor.submits(page, "只看这些", kind="grain-subsidy", year="2026", area=TOWN)
    assert figure(only, "公示") == 1
    assert other.version.title in lines(only, "公示")[0]
    assert figure(auditor.sees("/audit?year=2025"), "公示") == 0
    assert figure(auditor.sees("/audit?area=510521117000"), "公示") == 0
    assert figure(auditor.sees(f"/audit?area={OTHER_COUNTY}"), "公示") == 2, "another county's area selects nothing of it"


def test_each_figure_leads_to_its_list(auditor, posted):
    page = auditor.sees("/audit")
    leads = re.findall(r'<li><a href="#(\w+)">', page.html)
    assert leads == ["posted", "late"]
    assert all(f'<h2 id="{one}">' in page.html for one in leads)
