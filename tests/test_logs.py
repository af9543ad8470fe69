"""A line of the log says when, which process and where; never the words of an exception."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading

from board import logs

FORM = "%(asctime)s %(levelname)s [%(process)d] %(message)s"


def line(message: str, error: BaseException | None = None) -> str:
    found = (type(error), error, error.__traceback__) if error else None
    return logs.Lines(FORM).format(logging.LogRecord("board", logging.ERROR, "", 0, message, None, found))


def failing() -> None:
    try:
        sqlite3.connect(":memory:").execute("SELECT '张小三' FROM nowhere")
    except sqlite3.Error as error:
        raise ValueError("13800138000") from error


def test_a_line_has_the_time_with_its_zone_the_level_and_the_process():
    assert re.fullmatch(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}\+08:00 ERROR \[[0-9]+\] something", line("something"))


def test_an_exception_is_its_types_the_databases_code_and_places():
    try:
        failing()
    except ValueError as error:
        told = line("failed", error)

    assert re.sub(":[0-9]+ ", ":0 ", told.split("\n", 1)[1]) == (
        "  builtins.ValueError\n"
        "    tests/test_logs.py:0 test_an_exception_is_its_types_the_databases_code_and_places\n"
        "    tests/test_logs.py:0 failing\n"
        "  sqlite3.OperationalError SQLITE_ERROR\n"
        "    tests/test_logs.py:0 failing"
    )


def test_a_thread_that_ends_by_an_exception_says_where_and_not_its_words(monkeypatch, caplog):
    monkeypatch.setattr(threading, "excepthook", logs._thread_ended)
    caplog.handler.setFormatter(logs.Lines(FORM))
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()

    assert "a thread ended\n  builtins.ValueError" in caplog.text
    assert "13800138000" not in caplog.text
