"""Serve the demo on this machine (``make demo``) and print its address when it answers; ends with Ctrl-C."""

from __future__ import annotations

import csv
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds; a small machine needs ten for its first page
SHOWN = ("baihe-clerk", "baihe-reviewer", "baihe-leader", "jundaqiu-supervisor", "luxian-auditor", "luxian-disclosure",
         "luxian-finance", "luxian-inspector", "luxian-admin")  # fmt: skip


def answers(address: str) -> bool:
    """Return whether the first page is served."""
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own address
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False


def taken(port: int) -> bool:
    """Return whether the port is in use; the server would share it without an error."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def logins() -> str:
    """Return one line for each of the demo's people that a visitor should try first."""
    with (ROOT / "board" / "demo" / "people.csv").open(encoding="utf-8", newline="") as rows:
        people = {row["username"]: row for row in csv.DictReader(rows)}
    return "\n".join(f"  {people[name]['role']:<10} {name}" for name in SHOWN)


def main(port: str) -> int:
    """Run the server in the foreground and return its exit code."""
    address = f"http://127.0.0.1:{port}"
    if taken(int(port)):
        print(f"Something else is at port {port}. Try: make demo PORT={int(port) + 1}", file=sys.stderr)
        return 1
    options = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--workers",
        "1",
        "--blocking-threads",
        "32",  # more than FORMS_AT_ONCE: a thread waits for a form that trickles in
        "--log-level",
        "warning",
    ]
    server = subprocess.Popen([Path(sys.executable).with_name("granian"), *options, "wsgi:app"], cwd=ROOT)  # noqa: S603
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        for _ in range(PATIENCE * 10):
            if server.poll() is not None:
                return server.returncode or 1
            if answers(address):
                break
            time.sleep(0.1)
        print(f"Mingbai is ready at {address}\n\nSign in at {address}/sign-in (password mingbai-demo):\n{logins()}", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()  # the terminal sent Ctrl-C to the server too


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
