"""What is not well is told in words with the command that mends it; what cannot be made here in earnest is told by its facts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from board.doctor import database, installed
from board.doctor.address import Address, Given, Rosters
from board.doctor.checks import ALL
from board.doctor.database import Ledgers, Queue, Schema
from board.doctor.machine import Clock, Disks, File, Volume, Zone
from board.doctor.upkeep import Keys, Last, Worker, Years
from board.rules.bilingual import Words
from board.store.doctor import Jobs, Orphans, Revisions
from tests.house.tree import ROOT

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
PUBLISHED = date(2025, 11, 1)
GB = 2**30
HOME = Path("/srv/mingbai")


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def disks(free: float, *, database: float = 0.1, inodes: int | None = None, writable: bool = True, elsewhere: bool = False) -> Disks:
    return Disks([Volume(HOME, int(free * GB), inodes, writable)], int(database * GB), elsewhere)


FOUND = [
    ("schema", Schema(Revisions("", ("0028", "0027"), False)), "bad", "数据库里还没有表", "flask --app wsgi db upgrade"),
    ("schema", Schema(Revisions("0027", ("0028", "0027"), True)), "bad", "数据库是 0027，程序要 0028", "flask --app wsgi db upgrade"),
    ("schema", Schema(Revisions("0029", ("0028", "0027"), True)), "bad", "数据库是 0029，比程序新（0028）", ""),
    ("schema", Schema(Revisions("0028", ("0028",), False)), "bad", "防改触发器没了", "flask --app wsgi db upgrade"),
    ("schema", Schema(None, damaged=True), "bad", "数据库文件坏了", "flask --app wsgi restore FILE"),
    ("schema", Schema(None, server=True), "bad", "数据库连不上", "systemctl status postgresql"),
    ("schema", Schema(None), "bad", "数据库连不上", "ls -l instance"),
    ("schema", Schema(Revisions("0028", ("0028",), True)), "good", "数据库是 0028", ""),
    ("clock", Clock(NOW, ago(minutes=-11), None, PUBLISHED), "bad", "时钟退回去了", "timedatectl set-ntp true"),
    ("clock", Clock(NOW, ago(minutes=-9), None, PUBLISHED), "good", "北京时间 2026-11-22 10:00", ""),
    ("clock", Clock(datetime(2001, 1, 1, tzinfo=UTC), None, None, PUBLISHED), "bad", "比程序自带的假期表还早", "timedatectl set-ntp true"),
    ("clock", Clock(NOW, None, ago(minutes=2), PUBLISHED), "look", "和数据库服务器差 120 秒", "timedatectl set-ntp true"),
    ("clock", Clock(NOW, None, ago(seconds=5), PUBLISHED), "good", "日志还是空的", ""),
    ("zone", Zone(timedelta(), "UTC"), "look", "系统时区是 UTC", "timedatectl set-timezone Asia/Shanghai"),
    ("zone", Zone(timedelta(hours=8), "CST"), "good", "系统用北京时间", ""),
    ("disk", disks(0.4), "bad", "/srv/mingbai 快满了：剩 410 MB", "df -h /srv/mingbai"),
    ("disk", disks(9, inodes=999), "bad", "快满了", "df -h /srv/mingbai"),
    ("disk", disks(9, writable=False), "bad", "写不进去", "findmnt -T /srv/mingbai; ls -ld /srv/mingbai"),
    ("disk", disks(9, database=5), "look", "剩 9.0 GB，放一份备份怕不够", "df -h /srv/mingbai"),
    ("disk", disks(9, elsewhere=True), "good", "数据库服务器的磁盘，要在那台上看", ""),
    ("permissions", [File(HOME / "a b", 0o640), File(HOME / "c", 0o600)], "bad", "别人也能读：a b 640", "chmod 600 '/srv/mingbai/a b'"),
    ("fonts", None, "bad", "找不到 Noto Sans CJK SC", "pip install -r requirements.txt"),
    ("fonts", ["DejaVu Sans"], "bad", "找不到 Noto Sans CJK SC", "pip install -r requirements.txt"),
    ("keys", Keys(HOME / "keys.toml", True, False), "bad", "不是这个数据库的密钥", "install -m 600 COPY /srv/mingbai/keys.toml"),
    ("keys", Keys(HOME / "keys.toml", False, True), "bad", "keys.toml 没了", "install -m 600 COPY /srv/mingbai/keys.toml"),
    ("keys", Keys(Path("/srv/Backups/keys.toml"), True, True), "look", "密钥放在 Backups 文件夹里", ""),
    ("keys", Keys(Path("/srv/备份/keys.toml"), True, None), "look", "密钥放在 备份 文件夹里", ""),
    ("keys", Keys(HOME / "keys.toml", True, True), "good", "打得开", ""),
    ("backup", Last(None, NOW), "bad", "从来没有备份过", "flask --app wsgi backup FILE"),
    ("backup", Last(ago(hours=30), NOW), "good", "上次备份是 1 天前", ""),
    ("backup", Last(ago(days=3), NOW), "look", "上次备份是 3 天前", "flask --app wsgi backup FILE"),
    ("backup", Last(ago(days=8), NOW), "bad", "上次备份是 8 天前", "flask --app wsgi backup FILE"),
    ("backup", Last(NOW, NOW, gone="/srv/x.backup"), "look", "上次备份是今天，可是 /srv/x.backup 不在了", "flask --app wsgi backup FILE"),
    ("drill", Last(NOW, NOW, tried=ago(days=300)), "look", "今天，试的备份当时已经 300 天了", "flask --app wsgi backup --drill"),
    ("drill", Last(NOW, NOW, tried=NOW), "good", "上次恢复演练是今天", ""),
    ("drill", Last(None, NOW), "look", "从来没有试着恢复过", "flask --app wsgi backup --drill"),
    ("drill", Last(ago(days=101), NOW), "look", "上次恢复演练是 101 天前", "flask --app wsgi backup --drill"),
    ("drill", Last(NOW, NOW), "good", "上次恢复演练是今天", ""),
    ("holidays", Years(date(2027, 3, 1), frozenset({2026})), "bad", "没有 2027 年的节假日", "flask --app wsgi holidays load"),
    ("holidays", Years(date(2026, 11, 1), frozenset({2026})), "look", "还没有 2027 年的节假日", "flask --app wsgi holidays load"),
    ("holidays", Years(date(2026, 10, 31), frozenset({2026})), "good", "2027 年的一般 11 月公布", ""),
    ("worker", Worker(None, NOW, False), "look", "后台还没有在这里跑过", "flask --app wsgi work"),
    ("worker", Worker(ago(minutes=11), NOW, True), "bad", "后台停了 11 分钟", "flask --app wsgi work"),
    ("worker", Worker(ago(minutes=9), NOW, True), "good", "后台在跑", ""),
    ("jobs", Queue(Jobs(3, ago(minutes=11), 0, 0), NOW), "bad", "3 张表在等核数，最早的等了 11 分钟", "flask --app wsgi work"),
    ("jobs", Queue(Jobs(0, None, 1, 1), NOW), "bad", "1 件做到一半停住了", "flask --app wsgi work"),
    ("jobs", Queue(Jobs(0, None, 2, 0), NOW), "look", "2 张表没核成", ""),
    ("jobs", Queue(Jobs(3, ago(minutes=9), 0, 0), NOW), "good", "3 件在排队", ""),
    ("examples", Given(["PUBLIC_ADDRESS"], True, False), "bad", "还是举例用的网址：PUBLIC_ADDRESS", "${EDITOR:-vi} instance/config.toml"),
    ("examples", Given(["FAULT_ADDRESS"], True, False), "look", "还是举例用的网址：FAULT_ADDRESS", "${EDITOR:-vi} instance/config.toml"),
    ("examples", Given([], False, False), "look", "登录的密码明着走", "${EDITOR:-vi} instance/config.toml"),
    ("address", Address("", "nowhere", False), "bad", "没有设置公开网址", "${EDITOR:-vi} instance/config.toml"),
    ("ledger", Ledgers([], 2), "look", "2 条的时间比上一条早一点", "flask --app wsgi ledger verify"),
    ("ledger", Ledgers([Words("某处：改过", "somewhere: changed")], 0), "bad", "第一处：某处：改过", "flask --app wsgi ledger verify"),
    (
        "orphans",
        [Orphans("row", ("home", "number"), "version", 5)],
        "bad",
        "row.home+number → version: 5",
        "flask --app wsgi ledger verify",
    ),
    ("rosters", Rosters([], ["/n/1.csv 503"], 2, True), "look", "1 份名单没问清楚：/n/1.csv 503", ""),
    ("rosters", Rosters([], [], 0, False), "good", "还没有到期的名单", ""),
]


@pytest.mark.parametrize(("id", "facts", "state", "words", "command"), FOUND)
def test_a_check_says_what_it_sees_and_what_mends_it(id, facts, state, words, command):
    found = next(one for one in ALL if one.id == id).judge(facts)

    assert (found.state, found.command) == (state, command)
    assert words in found.said.zh
    assert found.said.en


THERE = {
    "flask --app wsgi db upgrade": "mingbai db upgrade",
    "flask --app wsgi restore FILE": "mingbai restore FILE",
    "flask --app wsgi backup FILE": "systemctl start mingbai-backup",
    "flask --app wsgi backup --drill": "mingbai backup --drill",
    "flask --app wsgi holidays load": "mingbai holidays load",
    "flask --app wsgi ledger verify": "mingbai ledger verify",
    "flask --app wsgi work": "systemctl restart mingbai-work",
    "${EDITOR:-vi} instance/config.toml": "${EDITOR:-vi} /etc/mingbai/mingbai.env",
    "ls -l instance": "ls -l /var/lib/mingbai",
    "install -m 600 COPY /srv/mingbai/keys.toml": "install -o mingbai -g mingbai -m 600 COPY /srv/mingbai/keys.toml",
    "pip install -r requirements.txt": (
        "cd BUNDLE && rm -f /opt/mingbai/current/.installed && ./install.sh && systemctl restart mingbai-serve mingbai-work"
    ),
}


def test_on_a_machine_of_the_bundle_it_names_that_machines_commands(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINGBAI_INSTALLED", "1")
    found = [next(one for one in ALL if one.id == id).judge(facts) for id, facts, *_ in FOUND]
    typed = {one.command: installed.typed_here(one).command for one in found if one.command}

    assert {clone: there for clone, there in typed.items() if clone != there} == THERE
    assert {one.split()[0] for one in typed.values()} == {
        "mingbai", "systemctl", "${EDITOR:-vi}", "ls", "install", "cd", "timedatectl", "df", "findmnt", "chmod"
    }  # fmt: skip


def test_no_server_starts_on_other_tables_but_waits_for_a_database_that_is_away():
    stops = [database.schema(facts).stops for id, facts, *_ in FOUND if id == "schema"]

    assert stops == [True, True, True, False, True, False, False, False]


def test_every_check_says_why_it_matters_in_both_languages_and_once():
    assert len({check.why.zh for check in ALL}) == len({check.why.en for check in ALL}) == len(ALL)
    assert [check.id for check in ALL if not (check.name.en.isascii() and check.why.en.isascii())] == []
    assert len({check.id for check in ALL}) == len(ALL) == 17


def test_the_page_has_a_row_for_every_check_in_its_order():
    page = (ROOT / "docs" / "doctor.md").read_text("utf-8")

    assert re.findall(r"^\| `(\w+)` (.+?) \|", page, re.MULTILINE) == [(check.id, f"{check.name.zh} {check.name.en}") for check in ALL]
    assert {check.id for check in ALL if check.depth == "start"} == set(
        re.findall(r"`(\w+)`", page.partition("不到十分之一秒）：")[2].partition("。")[0])
    )
