"""``make faults``, or ``python -m tests.faults.run [KILLS [SECONDS [SEED]]]``: exit code 1 when anything was lost or torn.

KILLS is the number of kills on SQLite; PostgreSQL, where it is installed, gets a third. SECONDS bounds the kills of each engine.
"""

from __future__ import annotations

import sys
import time

from tests.databases import programs
from tests.faults.disk import Disk, on_a_small_disk
from tests.faults.kills import HEAD, Tally, kill
from tests.faults.serving import Nursery


def main(kills: int, seconds: float, seed: str) -> int:
    """Run on a small disk as an unprivileged user where that can be had, and print the tables."""

    def work(disk: Disk) -> int:
        sys.stdout.write(f"run {seed}, {'on a tmpfs of its own as nobody' if disk.mounted else 'in a folder, as this user'}\n{HEAD}\n")
        sys.stdout.flush()
        nursery, good = Nursery(), True
        try:
            for engine, times in {"SQLite": kills, "PostgreSQL": max(1, kills // 3)}.items():
                if engine == "PostgreSQL" and programs() is None:
                    continue
                folder = disk.folder / engine[0]
                folder.mkdir()
                good &= _told(engine, kill(folder, nursery, engine, times, seconds, seed))
        finally:
            nursery.end()
        return 0 if good else 1

    return on_a_small_disk([sys.executable, "-m", "tests.faults.run", str(kills), str(seconds), seed], work)


def _told(engine: str, tally: Tally) -> bool:
    """Print what came of an engine's kills, and return whether all is whole."""
    sys.stdout.write(f"{tally.line(engine)}\n")
    sys.stderr.write(f"  {dict(tally.book.counts)}\n")
    sys.stderr.writelines(f"  {count} × {trouble}\n" for trouble, count in tally.book.troubles.most_common(12))
    sys.stdout.writelines(f"  lost: {one}\n" for one in tally.lost[:20])
    sys.stdout.writelines(f"  torn: {one}\n" for one in tally.torn[:20])
    sys.stdout.flush()
    return tally.whole


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    sys.exit(main(int(given.get(0, 300)), float(given.get(1, 3600)), given.get(2, time.strftime("%Y%m%d"))))
