"""``make faults``, or ``python -m tests.faults.run [KILLS [SECONDS [SEED [ONLY]]]]``: exit code 1 when anything was lost or torn.

KILLS is the number of kills on SQLite; PostgreSQL, where it is installed, gets a third. SECONDS bounds the kills of each engine,
ONLY is a part of the name of the one fault to bring about.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence

from tests.databases import programs
from tests.faults import machine_faults
from tests.faults.disk import Disk, on_a_small_disk
from tests.faults.kills import HEAD, Tally, kill
from tests.faults.serving import ForkServer


def main(kills: int, seconds: float, seed: str, only: str = "") -> int:
    """Run on a small disk as an unprivileged user where that can be had, and print the tables."""

    def work(disk: Disk) -> int:
        fork_server, good = ForkServer(), True
        sys.stdout.write(f"run {seed}, {'on a tmpfs of its own as nobody' if disk.mounted else 'in a folder, as this user'}\n{HEAD}\n")
        sys.stdout.flush()
        try:
            for engine, times in {"SQLite": kills, "PostgreSQL": kills // 3}.items():
                if not times or engine == "PostgreSQL" and programs() is None:
                    continue
                folder = disk.folder / engine[0]
                folder.mkdir()
                good &= _told(engine, kill(folder, fork_server, engine, times, seconds, seed))
                shutil.rmtree(folder)
            sys.stdout.write(f"\n{machine_faults.HEAD}\n")
            for outcome in machine_faults.each(disk, fork_server, only):
                sys.stdout.write(f"{outcome.line()}\n")
                _detail(outcome.lost, outcome.torn, outcome.others)
                good &= outcome.whole
        finally:
            fork_server.end()
        return 0 if good else 1

    return on_a_small_disk([sys.executable, "-m", "tests.faults.run", str(kills), str(seconds), seed, only], work)


def _told(engine: str, tally: Tally) -> bool:
    """Print what came of an engine's kills, and return whether all is whole."""
    sys.stdout.write(f"{tally.line(engine)}\n")
    sys.stderr.write(f"  {dict(tally.noted.counts)}\n")
    _detail(tally.lost, tally.torn, tally.noted.troubles)
    return tally.whole


def _detail(lost: Sequence[str], torn: Sequence[str], troubles: Counter[str]) -> None:
    """Print what was lost and torn, and, on the console alone, what people read that was not the page they hoped for."""
    sys.stdout.writelines(f"  lost: {one}\n" for one in lost[:20])
    sys.stdout.writelines(f"  torn: {one}\n" for one in torn[:20])
    sys.stdout.flush()
    sys.stderr.writelines(f"  {count} × {trouble}\n" for trouble, count in troubles.most_common(12))
    sys.stderr.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    sys.exit(main(int(given.get(0, 300)), float(given.get(1, 3600)), given.get(2, time.strftime("%Y%m%d")), given.get(3, "")))
