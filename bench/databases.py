"""A temporary database on each installed engine, with the demo's areas and people."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Cluster, Databases, programs


@contextmanager
def databases() -> Iterator[list[tuple[str, Path, str]]]:
    """Yield a filled database on each installed engine, as (engine, instance folder, address)."""
    found = programs()
    cluster = Cluster(found) if found else None
    with tempfile.TemporaryDirectory(prefix="mingbai-bench-") as folder:
        try:
            filled = [("SQLite", *_filled(Path(folder) / "sqlite", None))]
            if cluster:
                cluster.start()
                filled.append(("PostgreSQL", *_filled(Path(folder) / "postgresql", cluster)))
            yield filled
        finally:
            if cluster and hasattr(cluster, "server"):
                cluster.stop()


def _filled(place: Path, cluster: Cluster | None) -> tuple[Path, str]:
    place.mkdir()
    folder, name = Databases(place, cluster).fill()
    return folder, cluster.address(name) if cluster else ""
