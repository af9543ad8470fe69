"""Checks of the machine: its clock and zone, its disks, who may read its files, its typeface."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from stat import S_IMODE

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from board import policies
from board.doctor.check import Check, Finding, good
from board.paper import fonts, typst_process
from board.rules.bilingual import Words
from board.rules.calendar import CHINA
from board.store import doctor, engine, sealing
from board.store.clock import of

# ---- the clock

TOLERATED, SERVERS = timedelta(minutes=10), timedelta(minutes=1)
SET_CLOCK = "timedatectl set-ntp true"
_WAIT = Words("时钟对好以前，不要审核公布", "Approve nothing before it is right")


@dataclass(frozen=True)
class Clock:
    """The time here, of the newest ledger entry (None: there is none), of PostgreSQL's server (None: SQLite); and when the newest holiday
    calendar that the program carries was published, which is in the past."""

    now: datetime
    last: datetime | None
    server: datetime | None
    published: date


def clock_facts(app: Flask) -> Clock:
    """Ask both clocks, and the ledger."""
    newest = max(policies.holidays().known)
    return Clock(of(app), doctor.last_entry(), doctor.servers_clock(), date(newest - 1, 11, 1))


def clock(facts: Clock) -> Finding:
    """Judge whether the clock may be right."""
    now = f"{facts.now.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if facts.last and facts.now < facts.last - TOLERATED:
        last = f"{facts.last.astimezone(CHINA):%Y-%m-%d %H:%M}"
        zh = f"现在是 {now}，日志最后一条却是 {last}：时钟退回去了"
        return Finding("bad", Words(zh, f"It is {now}, and the last ledger entry is of {last}: the clock went back"), SET_CLOCK, _WAIT)
    if facts.now < datetime.combine(facts.published, time(), CHINA):
        said = Words(f"现在是 {now}，比程序自带的假期表还早", f"It is {now}, before the holidays that the program carries were published")
        return Finding("bad", said, SET_CLOCK, _WAIT)
    if facts.server and abs(facts.server - facts.now) > SERVERS:
        seconds = int(abs(facts.server - facts.now).total_seconds())
        said = Words(f"和数据库服务器差 {seconds} 秒", f"It is {seconds} seconds from the database server's")
        return Finding("look", said, SET_CLOCK, Words("两台都要对", "On both machines"))
    zh, en = ("，在日志最后一条之后", ", after the last ledger entry") if facts.last else ("；日志还是空的", "; the ledger is empty")
    return good(f"北京时间 {now}{zh}", f"{now} in China{en}")


@dataclass(frozen=True)
class Zone:
    """How far the machine's own zone is from UTC, and its name."""

    offset: timedelta
    name: str


def zone_facts(_app: Flask) -> Zone:
    """Ask the machine which zone it is set to."""
    here = datetime.now(UTC).astimezone()
    return Zone(here.utcoffset() or timedelta(), here.tzname() or "")


def zone(facts: Zone) -> Finding:
    """Judge whether timers and logs run by Chinese time."""
    if facts.offset == timedelta(hours=8):
        return good("系统用北京时间", "The machine runs by Chinese time")
    zh = f"系统时区是 {facts.name}，不是北京时间（公示的日子照样按北京时间算）"
    said = Words(zh, f"The machine's zone is {facts.name} (the days of notices are China's all the same)")
    return Finding("look", said, "timedatectl set-timezone Asia/Shanghai")


# ---- disks

LITTLE, FEW = 2 << 30, 1000  # free bytes and free inodes that are few


@dataclass(frozen=True)
class Volume:
    """One disk: a folder on it, its free bytes, its free inodes (None: it has no limit), and whether it can be written to."""

    folder: Path
    free: int
    inodes: int | None
    writable: bool


@dataclass(frozen=True)
class Disks:
    """The volumes, and the size of the database in bytes; ``elsewhere``: it is on a server, whose disk cannot be asked from here."""

    volumes: list[Volume]
    database: int
    elsewhere: bool


def disk_facts(app: Flask) -> Disks:
    """Measure the volumes of the instance folder and of the database."""
    return Disks([_volume(folder) for folder in engine.folders(app.instance_path)], _size_of_database(), engine.database_file() is None)


def _size_of_database() -> int:
    """Return its size; 0 while it does not answer, as it may because of this very disk."""
    try:
        return doctor.size()
    except SQLAlchemyError:
        engine.let_go()
        return 0


def _volume(folder: Path) -> Volume:
    told = os.statvfs(folder)
    inodes = told.f_favail if told.f_files else None
    return Volume(folder, told.f_bavail * told.f_frsize, inodes, not told.f_flag & os.ST_RDONLY and os.access(folder, os.W_OK))


def disks(facts: Disks) -> Finding:
    """Judge whether there is room for what comes, and for a backup."""
    enough = max(LITTLE, 2 * facts.database)
    for one in facts.volumes:
        where, look = str(one.folder), f"df -h {shlex.quote(str(one.folder))}"
        if not one.writable:
            command = f"findmnt -T {shlex.quote(where)}; ls -ld {shlex.quote(where)}"
            return Finding("bad", Words(f"{where} 写不进去", f"{where} cannot be written to"), command)
        if one.free < engine.LEAST_FREE or (one.inodes is not None and one.inodes < FEW):
            said = Words(f"{where} 快满了：剩 {_size(one.free)}", f"{where} is almost full: {_size(one.free)} are left")
            return Finding("bad", said, look, _ROOM)
    small = next((one for one in facts.volumes if one.free < enough), None)
    if small:
        said = Words(
            f"{small.folder} 剩 {_size(small.free)}，放一份备份怕不够", f"{small.folder} has {_size(small.free)} left, little for a backup"
        )
        return Finding("look", said, f"df -h {shlex.quote(str(small.folder))}", _ROOM)
    left, of_it = _size(min(one.free for one in facts.volumes)), _size(facts.database)
    zh, en = f"剩 {left}，数据库 {of_it}", f"{left} are left, the database takes {of_it}"
    if facts.elsewhere:
        return good(f"{zh}；数据库服务器的磁盘，要在那台上看", f"{en}; the disk of its server has to be looked at there")
    return good(zh, en)


_ROOM = Words("把旧备份、旧日志移走，或者加磁盘", "Move old backups and logs away, or add a disk")


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GB" if count >= 2**30 else f"{count / 2**20:.0f} MB"


# ---- who may read the files

OWNER_ONLY = 0o077  # the bits that must not be set


@dataclass(frozen=True)
class File:
    """A file with personal data or secrets, and its rights."""

    path: Path
    mode: int


def file_facts(app: Flask) -> list[File]:
    """Look at the database, the keys, and the settings if they hold a password."""
    return [File(path, S_IMODE(path.stat().st_mode)) for path in _private(app) if path.exists()]


def _private(app: Flask) -> Iterator[Path]:
    if file := engine.database_file():
        yield from (file.with_name(f"{file.name}{end}") for end in ("", *engine.BESIDE))
    yield sealing.file()
    if "@" in str(app.config["DATABASE_URL"]):
        yield Path(app.instance_path) / "config.toml"


def files(facts: list[File]) -> Finding:
    """Judge whether other users of the machine can read personal data."""
    open_ones = [one for one in facts if one.mode & OWNER_ONLY]
    if not open_ones:
        return good("数据库和密钥只有自己能读", "Only their owner reads database and keys")
    names = ", ".join(f"{one.path.name} {one.mode:03o}" for one in open_ones)
    command = shlex.join(["chmod", "600", *(str(one.path) for one in open_ones)])
    return Finding("bad", Words(f"这台机器上的别人也能读：{names}", f"Other users of this machine can read: {names}"), command)


# ---- the typeface

INSTALL = "pip install -r requirements.txt"


def font_facts(_app: Flask) -> list[str] | None:
    """Return the typefaces that typst finds; None: the package with the font is not installed."""
    try:
        return typst_process.families(str(fonts.path().parent)) if fonts.path().exists() else None
    except ModuleNotFoundError:
        return None


def typeface(facts: list[str] | None) -> Finding:
    """Judge whether posters can be printed."""
    if facts and fonts.FAMILY in facts:
        return good(f"{fonts.FAMILY} 在", f"{fonts.FAMILY} is there")
    advice = Words("没有网的，从安装包里装", "Without a network, from the bundle")
    return Finding("bad", Words(f"typst 找不到 {fonts.FAMILY}", f"typst does not find {fonts.FAMILY}"), INSTALL, advice)


CHECKS = (
    Check(
        "clock", Words("时钟", "clock"),
        Words("公布的日子、答复的期限都按它算", "Days of display and deadlines are counted by it"),
        clock_facts, clock, "start", of_tables=True,
    ),
    Check(
        "zone", Words("时区", "time zone"),
        Words("定时备份和系统日志按系统时区走，对时间时容易看错", "Timers and the system's logs run by it, and are misread"),
        zone_facts, zone, "start", in_demo=Words("演示没有定时备份", "A demo has no timers"),
    ),
    Check(
        "disk", Words("磁盘", "disk"),
        Words("满了就公布不了、也交不了问题，备份也做不成", "A full disk takes no posting, no question and no backup"),
        disk_facts, disks, "start",
    ),
    Check(
        "permissions", Words("文件权限", "permissions"),
        Words("数据库里有姓名和联系方式，密钥能打开它们", "The database holds names and contacts, and the keys open them"),
        file_facts, files, "start",
    ),
    Check(
        "fonts", Words("字体", "fonts"),
        Words("没有它，公示单印出来是方框", "Without it posters are printed as boxes"),
        font_facts, typeface,
    ),
)  # fmt: skip
