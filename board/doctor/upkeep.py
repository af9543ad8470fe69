"""Checks of what somebody has to keep up: keys, backups, holidays, and the worker."""

from __future__ import annotations

import json
import os
import re
import shlex
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from board import work
from board.backup.files import STATE
from board.doctor import installed
from board.doctor.check import Check, Finding, good
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.store import doctor, holidays, sealing
from board.store.clock import of

# ---- the key file


@dataclass(frozen=True)
class Keys:
    """The key file, whether it is there, whether its keys open what is sealed in the database (None: nothing is), and whether it says that
    those before it are lost."""

    file: Path
    there: bool
    opens: bool | None
    lost: bool = False


BACKUPS = re.compile(r"(?i)backups?|bak|备份")


def key_facts(app: Flask) -> Keys:
    """Look for the file, and try its keys."""
    file = sealing.file()
    return Keys(file, True, doctor.opens(), sealing.lost()) if file.exists() else Keys(file, False, None)


def keys(facts: Keys) -> Finding:
    """Judge whether the keys are there, are this database's, and lie apart from its backups."""
    back = f"install -m 600 COPY {shlex.quote(str(facts.file))}"
    if not facts.there:
        zh = f"{facts.file} 没了；没有它，网站一停就再也开不起来，封存的姓名也打不开"
        said = Words(zh, f"{facts.file} is gone; without it the board does not start again, and no sealed name can be opened")
        zh = "放回保险柜里的那一份；一份也找不到了，看 docs/keys.md"
        return Finding("bad", said, back, Words(zh, "Put the copy from the safe back; if none is left, see docs/keys.md"))
    if facts.opens is False and not facts.lost:
        zh = f"{facts.file} 打不开数据库里封存的姓名：不是这个数据库的密钥"
        said = Words(zh, f"{facts.file} does not open what is sealed in the database: it holds other keys")
        zh = "放回保险柜里的那一份，再重新启动；这之前不要审核公布"
        return Finding("bad", said, back, Words(zh, "Put the copy from the safe back and restart; approve nothing before"))
    if folder := next((part for part in facts.file.absolute().parent.parts if BACKUPS.fullmatch(part)), ""):
        said = Words(f"密钥放在 {folder} 文件夹里，会和备份一起被人拿走", f"The keys lie in a folder {folder}, and go where the backups go")
        return Finding(
            "look",
            said,
            "",
            Words("挪到别处，把 KEY_FILE 改成新地方（docs/keys.md）", "Move them elsewhere, and set KEY_FILE (docs/keys.md)"),
        )
    if facts.lost:
        zh = "密钥丢过，换了新的：以前封存的打不开，这是写在密钥文件里的"
        said = Words(zh, "The keys were lost and others made, as the key file says: what was sealed before stays closed")
        return Finding("look", said, "", Words("什么时候丢的、谁定的，记在保险柜里", "Keep in the safe when that was, and who decided it"))
    if facts.opens is None:
        return good("密钥在；数据库里还没有封存的东西", "The keys are there; nothing is sealed in the database yet")
    return good("密钥在，打得开这个数据库封存的东西", "The keys are there, and open what this database has sealed")


# ---- backups

OLD, VERY_OLD, DRILL = timedelta(days=2), timedelta(days=7), timedelta(days=100)


@dataclass(frozen=True)
class Last:
    """When something was last done (None: never), and now; a backup's file if it is gone; when the backup that a drill tried was made."""

    done: datetime | None
    now: datetime
    gone: str = ""
    tried: datetime | None = None


def last(what: str, app: Flask) -> Last:
    """Return when the last ``backup`` or ``drill`` was; a file that cannot be read says nothing."""
    try:
        told: Any = json.loads((Path(app.instance_path) / STATE).read_text("utf-8"))
        at, file, tried = _time(told[what]), str(told.get("file", "")), told.get("drilled")
        if what == "backup":
            return Last(at, of(app), "" if os.path.exists(file or os.curdir) else file)  # noqa: PTH110 - Path.exists fails where it may not look
        return Last(at, of(app), tried=tried and _time(tried))
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return Last(None, of(app))


def _time(told: str) -> datetime:
    at = datetime.fromisoformat(told)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def backup(facts: Last) -> Finding:
    """Judge the age of the last backup."""
    command = "flask --app wsgi backup FILE"
    if facts.done is None:
        return Finding("bad", Words("从来没有备份过", "There was never a backup"), command)
    said, age = _age(facts.done, facts.now, "上次备份是", "The last backup was"), facts.now - facts.done
    if age > OLD:
        return Finding("bad" if age > VERY_OLD else "look", said, command, Words("看定时备份还跑不跑", "See whether the timer still runs"))
    if facts.gone:
        said = Words(f"{said.zh}，可是 {facts.gone} 不在了", f"{said.en}, but {facts.gone} is not there any more")
        return Finding("look", said, command, Words("挪到别处的，看那里还有没有", "If it was moved elsewhere, see whether it is there"))
    return Finding("good", said)


def drill(facts: Last) -> Finding:
    """Judge the age of the last drill."""
    command = "flask --app wsgi backup --drill"
    if facts.done is None:
        return Finding("look", Words("从来没有试着恢复过", "No restore was ever tried"), command)
    said = _age(facts.done, facts.now, "上次恢复演练是", "The last restore drill was")
    if facts.tried and facts.done - facts.tried > VERY_OLD:
        days = (facts.done - facts.tried).days
        said = Words(f"{said.zh}，试的备份当时已经 {days} 天了", f"{said.en}, of a backup that was {days} days old then")
        return Finding("look", said, command)
    return Finding("look", said, command) if facts.now - facts.done > DRILL else Finding("good", said)


def _age(done: datetime, now: datetime, zh: str, en: str) -> Words:
    days = (day_of(now) - day_of(done)).days
    if days < 1:
        return Words(f"{zh}今天", f"{en} today")
    return Words(f"{zh} {days} 天前", f"{en} {days} day{'s' if days > 1 else ''} ago")


# ---- holidays

LOAD = "flask --app wsgi holidays load"


@dataclass(frozen=True)
class Years:
    """The day, and the years whose holidays are in the table."""

    today: date
    known: frozenset[int]


def year_facts(app: Flask) -> Years:
    """Read the table of holidays."""
    return Years(day_of(of(app)), frozenset(holidays.calendar().known))


def years(facts: Years) -> Finding:
    """Judge whether working days can be counted; the State Council publishes a year's holidays in the November before it."""
    this = facts.today.year
    advice = Words(
        "程序里还没有的，先升级程序，或者在“管理 → 节假日”照国务院办公厅的通知填",
        "If the program has none yet, upgrade it, or enter them at 管理 → 节假日 from the State Council's notice",
    )
    if this not in facts.known:
        return Finding("bad", Words(f"没有 {this} 年的节假日", f"The holidays of {this} are missing"), LOAD, advice)
    if this + 1 in facts.known:
        return good(f"{this} 年和 {this + 1} 年的节假日都有", f"The holidays of {this} and {this + 1} are there")
    if facts.today.month < 11:
        zh = f"{this} 年的节假日有；{this + 1} 年的一般 11 月公布"
        return good(zh, f"The holidays of {this} are there; those of {this + 1} are published in November")
    return Finding("look", Words(f"还没有 {this + 1} 年的节假日", f"The holidays of {this + 1} are missing"), LOAD, advice)


# ---- the worker

SILENT = timedelta(minutes=10)  # it says every minute that it is there, except while it checks one large table


@dataclass(frozen=True)
class Worker:
    """When a worker last said that it is there (None: never here), the time, and whether serving processes work (BACKGROUND)."""

    beat: datetime | None
    now: datetime
    serving: bool


def worker_facts(app: Flask) -> Worker:
    """Read the file that workers write."""
    return Worker(work.last_beat(app), of(app), bool(app.config["BACKGROUND"]) and not installed.here())  # there a unit works alone


def worker(facts: Worker) -> Finding:
    """Judge whether somebody works in the background."""
    zh, en = ("网站开着就有", "It works while the board serves") if facts.serving else ("让它一直开着", "Keep it running")
    command, advice = "flask --app wsgi work", Words(zh, en)
    if facts.beat is None:
        elsewhere = Words(f"{zh}；在别的机器上跑的，到那台去问", f"{en}; if it runs on another machine, ask there")
        return Finding("look", Words("后台还没有在这里跑过", "No worker has run here yet"), command, elsewhere)
    silent = facts.now - facts.beat
    if silent > SILENT:
        minutes = int(silent.total_seconds() // 60)
        return Finding("bad", Words(f"后台停了 {minutes} 分钟", f"The worker has been silent for {minutes} minutes"), command, advice)
    return good("后台在跑", "A worker is running")


CHECKS = (
    Check(
        "keys", Words("密钥", "keys"),
        Words("没有它，封存的姓名和联系方式再也打不开", "Without them sealed names and contacts can never be opened"),
        key_facts, keys, "start", of_tables=True,
    ),
    Check(
        "holidays", Words("节假日", "holidays"),
        Words("按工作日算的期限，少了节假日就算错", "Deadlines in working days are counted wrongly without them"),
        year_facts, years, "start", of_tables=True, in_demo=Words("演示用程序自带的", "A demo has those that come with the program"),
    ),
    Check(
        "backup", Words("备份", "backup"),
        Words("磁盘坏了，没有备份就什么都没了", "When the disk dies, everything is lost that was not backed up"),
        lambda app: last("backup", app), backup, "start", in_demo=Words("演示不备份", "A demo takes no backups"),
    ),
    Check(
        "drill", Words("恢复演练", "restore drill"),
        Words("没试过的备份，到用时才知道恢复不了", "A backup that was never tried fails on the day it is needed"),
        lambda app: last("drill", app), drill, "start", in_demo=Words("演示不备份", "A demo takes no backups"),
    ),
    Check(
        "worker", Words("后台", "worker"),
        Words("大表由它核数，到期的照片和联系方式由它删", "It checks large tables, and deletes photos and contacts whose time is over"),
        worker_facts, worker, "quick", in_demo=Words("演示的网站没开", "The demo is not being served"),
    ),
)  # fmt: skip
