"""``make bench``: time and memory of the import of a roster, from the bytes of an .xlsx to rows in the database.

Compared in the same run with a lower-bound baseline: the parser in one process, a plain loop with check digit and HMAC, then executemany
(SQLite) or COPY (PostgreSQL). The import runs as in the program: the file is read in its child, cleaned and stored sealed, as within the
upload's request; then a job is leased, and the table is opened, checked, numbered, digested and staged, as by the background worker.
Posting the staged rows is printed separately and is not part of the ratio, because it happens when the reviewer approves. Each measurement
is a process of its own, so that peak memory is its own; people are invented.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.databases import databases
from bench.roster import made

SIZES = {1_000: 5, 10_000: 3, 100_000: 3}  # rows -> number of measurements
SECONDS = 180  # limit of one measurement
MOST = 2.0  # accepted ratio to the baseline


def measured(way: str, data: bytes, place: Path, address: str) -> dict[str, Any]:
    """Run one way on one roster in a fresh process; return seconds a step and peak megabytes."""
    command = [sys.executable, "-m", "bench.ways", way, str(place), address]
    done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env={**os.environ, "PYTHONPATH": "."})
    if done.returncode:
        sys.exit(done.stderr.decode())
    return dict(json.loads(done.stdout))


def compared(engine: str, rows: int, data: bytes, place: Path, address: str) -> float:
    """Print both ways on one roster, measured alternately so that load affects both; return the ratio of their medians."""
    times = SIZES[rows]
    both: dict[str, list[dict[str, Any]]] = {"floor": [], "ours": []}
    for _ in range(times):
        for way, runs in both.items():
            runs.append(measured(way, data, place, address))
    wall, cpu = {}, {}
    for way, runs in both.items():
        steps = {step: statistics.median(run["steps"][step] for run in runs) for step in runs[0]["steps"]}
        wall[way] = statistics.median(sum(run["steps"].values()) for run in runs)
        cpu[way] = statistics.median(run["cpu"] for run in runs)
        child = f" + child {max(run['child'] for run in runs):4.0f} MB" if way == "ours" else ""
        memory = f"{max(run['parent'] for run in runs):4.0f} MB{child}"
        steps_text = "  ".join(f"{step} {seconds:.2f}" for step, seconds in steps.items())
        speed = f"{wall[way]:7.2f} s {cpu[way]:7.2f} CPU s {rows / wall[way]:8.0f} rows/s"
        print(f"{engine:10} {rows:7} {way:5} {speed}  {memory:24} {steps_text}", flush=True)
    ratio = wall["ours"] / wall["floor"]
    post = statistics.median(run["post"] for run in both["ours"])
    print(f"{engine:10} {rows:7} then posted in {post:.2f} s, when the reviewer approves (not of the ratio)", flush=True)
    print(f"{engine:10} {rows:7} ratio {ratio:7.2f} (at most {MOST}); of CPU {cpu['ours'] / cpu['floor']:.2f}", flush=True)
    return ratio


def main() -> None:
    """Measure the sizes named on the command line, or all; exit code 1 if the ratio of the largest exceeds MOST."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    rosters = {size: made(size, secrets.token_hex(4)) for size in sizes}
    print(", ".join(f"{size} rows {len(data) / 1e6:.1f} MB" for size, data in rosters.items()), flush=True)
    with databases() as filled:
        ratios = {
            (engine, size): compared(engine, size, rosters[size], place, address) for engine, place, address in filled for size in sizes
        }
    over = [f"{engine}, {size} rows: {ratio:.2f}" for (engine, size), ratio in ratios.items() if size == max(sizes) and ratio > MOST]
    sys.exit("; ".join(over) if over else 0)


if __name__ == "__main__":
    main()
