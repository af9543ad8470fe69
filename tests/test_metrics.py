"""Processes that count into one folder: each has its own files, which do not become more with every restart."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from board import metrics

FORK = multiprocessing.get_context("fork")  # a process that begins anew takes a second to import


def _counts(folder: Path, day: float, told: Connection) -> None:
    why = metrics.begin(folder)
    if metrics.kept:
        metrics.kept.jobs.inc()
        metrics.kept.daily.labels("upkeep.forget").set(day)
    told.send(why)
    told.recv()


@contextmanager
def counting(folder: Path, day: float = 1) -> Iterator[str]:
    """Let a process count one job, and live within the block; yields why it does not."""
    told, its = FORK.Pipe()
    process = FORK.Process(target=_counts, args=(folder, day, its))
    process.start()
    yield told.recv()
    told.send("end")
    process.join(20)


def summed(folder: Path, name: str, **labels: str) -> float | None:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(folder))
    return registry.get_sample_value(f"mingbai_{name}", labels)


def test_processes_count_beside_each_other_and_one_that_comes_later_goes_on_in_files_that_are_free(tmp_path):
    with counting(tmp_path, 5):
        with counting(tmp_path, 7):
            assert summed(tmp_path, "jobs_worked_total") == 2
        with counting(tmp_path, 6):
            assert summed(tmp_path, "jobs_worked_total") == 3
    assert {file.name for file in tmp_path.glob("counter*")} == {"counter_0.db", "counter_1.db"}
    assert summed(tmp_path, "daily_success_timestamp_seconds", task="upkeep.forget") == 6
    assert {file.stat().st_blocks * 512 >= metrics.ROOM for file in tmp_path.glob("*.db")} == {True}

    with counting(tmp_path):
        assert summed(tmp_path, "jobs_worked_total") == 1


def test_where_nothing_can_be_counted_the_server_is_told_why(tmp_path):
    (tmp_path / "file").write_text("")
    with counting(tmp_path / "file") as why:
        assert why == "nothing is counted, METRICS_FOLDER: File exists"


def test_without_a_folder_nothing_is_counted_and_nothing_is_wrong():
    assert (metrics.begin(metrics.folder("/instance", "")), metrics.kept) == ("", None)
    assert metrics.folder("/instance", "metrics") == Path("/instance/metrics")
    assert metrics.folder("/instance", "/run/board") == Path("/run/board")
