"""Checks of the database: its tables, its ledger, its rows, what is ordered in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from flask import Flask
from sqlalchemy.exc import DatabaseError

from board.doctor.check import Check, Finding, good
from board.rules.bilingual import Words
from board.store import doctor
from board.store.clock import of
from board.store.doctor import Jobs, Orphans, Revisions
from board.store.proof import notices

UPGRADE = "flask --app wsgi db upgrade"


@dataclass(frozen=True)
class Schema:
    """The revisions; or (None) why they could not be asked for: the database is ``damaged``, or does not answer. ``server``: PostgreSQL."""

    revisions: Revisions | None
    damaged: bool = False
    server: bool = False


def schema_facts(app: Flask) -> Schema:
    """Ask the database for its revision."""
    server = str(app.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql")
    try:
        return Schema(doctor.revisions(), server=server)
    except DatabaseError as error:
        damaged = getattr(error.orig, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT")
        return Schema(None, damaged, server)


def schema(facts: Schema) -> Finding:
    """Judge whether the database has the tables that the program was written for."""
    found = facts.revisions
    if found is None:
        return _unreadable(facts)
    newest = found.known[0]
    if not found.current:
        return Finding("bad", Words("数据库里还没有表", "The database has no tables yet"), UPGRADE, stops=True)
    if found.current not in found.known:
        said = Words(
            f"数据库是 {found.current}，比程序新（{newest}）", f"The database is at {found.current}, newer than the program ({newest})"
        )
        advice = Words("装回新的程序，或者恢复升级前的备份", "Install the newer program again, or restore the backup from before")
        return Finding("bad", said, "", advice, stops=True)
    if found.current != newest:
        said = Words(f"数据库是 {found.current}，程序要 {newest}", f"The database is at {found.current}, the program needs {newest}")
        return Finding("bad", said, UPGRADE, Words("升级前先备份", "Take a backup first"), stops=True)
    if not found.triggers:
        return Finding("bad", Words("公开日志的防改触发器没了", "The triggers that keep the ledger from being changed are gone"), UPGRADE)
    return good(f"数据库是 {newest}，和程序一样", f"The database is at {newest}, as the program needs it")


def _unreadable(facts: Schema) -> Finding:
    if facts.damaged:
        said = Words("数据库文件坏了，或者不是数据库", "The database file is damaged, or is none")
        advice = Words("先把坏的文件改名留着，再恢复最近的备份", "Move it away, then restore the newest backup")
        return Finding("bad", said, "flask --app wsgi restore FILE", advice, stops=True)
    said = Words("数据库连不上", "The database does not answer")
    if facts.server:
        advice = Words("看它开着没有，DATABASE_URL 对不对", "See whether it runs, and whether DATABASE_URL is right")
        return Finding("bad", said, "systemctl status postgresql", advice)
    return Finding(
        "bad", said, "ls -l instance", Words("看文件能不能读写，磁盘满没满", "See whether the file can be read and written, and the disk")
    )


WAIT = timedelta(minutes=10)  # the largest table is checked in three


@dataclass(frozen=True)
class Queue:
    """The jobs, and the time."""

    jobs: Jobs
    now: datetime


def queue_facts(app: Flask) -> Queue:
    """Count what is ordered and not done."""
    return Queue(doctor.jobs(of(app)), of(app))


def queue(facts: Queue) -> Finding:
    """Judge whether what clerks ordered is being done."""
    jobs = facts.jobs
    if jobs.oldest and facts.now - jobs.oldest > WAIT:
        minutes = int((facts.now - jobs.oldest).total_seconds() // 60)
        zh = f"{jobs.waiting} 张表在等核数，最早的等了 {minutes} 分钟"
        said = Words(zh, f"{jobs.waiting} tables wait for their check, the first for {minutes} minutes")
        return Finding("bad", said, "flask --app wsgi work", Words("让它一直开着", "Keep it running"))
    if jobs.stuck:
        said = Words(f"{jobs.stuck} 件做到一半停住了", f"{jobs.stuck} stopped half way")
        advice = Words("它会接着做；上传到一半的，请经办再交一次", "It takes them over; uploads that were cut off have to be sent again")
        return Finding("bad", said, "flask --app wsgi work", advice)
    if jobs.failed:
        said = Words(f"{jobs.failed} 张表没核成", f"The check of {jobs.failed} tables failed")
        zh = "请经办打开草稿再核一次；又不成，看日志里 board.work 的那几行"
        advice = Words(zh, "The clerk opens the draft and checks it again; if that fails too, see the lines of board.work in the log")
        return Finding("look", said, "", advice)
    return good(f"没有积压（{jobs.waiting} 件在排队）", f"Nothing is left over ({jobs.waiting} in the queue)")


SHOWN = 5


@dataclass(frozen=True)
class Ledgers:
    """The first faults of the ledgers: those that prove a change, and how many may have an innocent reason."""

    proven: list[Words]
    innocent: int


def ledger_facts(_app: Flask) -> Ledgers:
    """Verify every ledger and compare it with the tables, as ``flask ledger verify`` does."""
    found = list(islice(notices.faults(), 1000))
    proven = [Words(f"{one.where.zh}：{one.what.zh}", f"{one.where.en}: {one.what.en}") for one in found if one.proven]
    return Ledgers(proven, len(found) - len(proven))


def ledger(facts: Ledgers) -> Finding:
    """Judge whether all is as it was written."""
    if facts.proven:
        n, first = len(facts.proven), facts.proven[0]
        said = Words(f"{n} 处和公开日志不一样，第一处：{first.zh}", f"{n} places differ from the ledger, the first: {first.en}")
        zh = "先别动数据库：复制一份，报告县里，再从备份恢复核对"
        advice = Words(zh, "Change nothing: copy the database, report to the county, then compare with a restored backup")
        return Finding("bad", said, "flask --app wsgi ledger verify", advice)
    if facts.innocent:
        zh, en = (
            f"数据没改过；{facts.innocent} 条的时间比上一条早一点",
            "Nothing was changed; {} entries are dated a little before the one above",
        )
        said = Words(zh, en.format(facts.innocent))
        return Finding("look", said, "flask --app wsgi ledger verify")
    return good("公开日志和数据一样", "All is as it was written")


def orphan_facts(_app: Flask) -> list[Orphans]:
    """Look for rows that belong to nothing."""
    return list(doctor.orphans())


def orphans(facts: list[Orphans]) -> Finding:
    """Judge whether every row has what it belongs to."""
    if not facts:
        return good("每一行都有归属", "Every row has what it belongs to")
    told = "; ".join(f"{one.table}.{'+'.join(one.columns)} → {one.parent}: {one.count}" for one in facts[:SHOWN])
    n = sum(one.count for one in facts)
    advice = Words(
        "多半是手工改过数据库，或者备份不全：用最近的备份恢复一份来对照",
        "The database was changed by hand, or comes from half a backup: restore the newest one beside it and compare",
    )
    return Finding(
        "bad", Words(f"{n} 行找不到归属：{told}", f"{n} rows belong to nothing: {told}"), "flask --app wsgi ledger verify", advice
    )


CHECKS = (
    Check(
        "schema", Words("数据库的表", "tables"),
        Words("表和程序对不上，网站不开", "While tables and program differ, the board does not serve"),
        schema_facts, schema, "start",
    ),
    Check(
        "jobs", Words("后台积压", "jobs"),
        Words("大表在后台核数；没人做，经办就一直等", "Large tables are checked in the background; while nobody does, clerks wait"),
        queue_facts, queue, "start", of_tables=True,
    ),
    Check(
        "orphans", Words("没有归属的行", "orphan rows"),
        Words("这样的行，页面打不开，备份也恢复不了", "Such rows break pages, and a backup with them cannot be restored"),
        orphan_facts, orphans, of_tables=True,
    ),
    Check(
        "ledger", Words("公开日志", "ledger"),
        Words("公布过的数有没有被人改过，全看它", "It alone tells whether what was posted has been changed"),
        ledger_facts, ledger, of_tables=True,
    ),
)  # fmt: skip
