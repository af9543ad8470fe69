"""A small disk in memory, and an unprivileged user on it: what a machine does to a program that runs as it should.

Mounting needs root. Then this process stays root to mount, remount and unmount, and does nothing else: the work is done by a child that
is ``nobody``. Elsewhere the work is done here, in an ordinary folder, and the faults of a disk are left out.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.databases import temporary

MEGABYTES = 256
ACCOUNT, DONE = "nobody", "done"


class Disk:
    """A folder; where ``mounted`` a disk of its own, which can be full and read-only."""

    def __init__(self, folder: Path, root: socket.socket | None = None) -> None:
        self.folder, self._root = folder, root
        self.ballast = folder / "ballast"

    @property
    def mounted(self) -> bool:
        """Return whether it can be made read-only and filled."""
        return self._root is not None

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no room on it within the block."""
        with self.ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(b"\0" * size):
                        pass
                except OSError:  # no room for a piece of this size
                    continue
        try:
            yield
        finally:
            self.ballast.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Let nobody write to it within the block; raises OSError where a process has a file open for writing (then the kernel refuses)."""
        self._asks("ro")
        try:
            yield
        finally:
            self._asks("rw")

    def _asks(self, how: str) -> None:
        assert self._root
        for _ in range(50):  # a server that was just killed has its files open for a moment more
            self._root.sendall(how.encode())
            if (said := self._root.recv(200).decode()) == DONE:
                return
            time.sleep(0.1)
        raise OSError(said)


def on_a_small_disk(command: Sequence[str], work: Callable[[Disk], int]) -> int:
    """Do the work on a disk of its own, as an unprivileged user, and return its exit code; without root in a plain folder.

    ``command`` is what runs this program; the child that it starts comes here too, and finds its disk in the environment.
    """
    if given := os.environ.pop("FAULTS_DISK", ""):
        return work(Disk(Path(given), socket.socket(fileno=int(os.environ.pop("FAULTS_ROOT")))))
    folder = temporary("mingbai-faults-")
    try:
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            return work(Disk(folder))
        account = pwd.getpwnam(ACCOUNT)
        owned = f"size={MEGABYTES}m,mode=0700,uid={account.pw_uid},gid={account.pw_gid}"
        if _mount(["-t", "tmpfs", "-o", owned, "tmpfs", folder]) != DONE:
            return work(Disk(folder))
        try:
            return _serving_its_disk(command, folder, account)
        finally:
            subprocess.run(["umount", "-l", folder], check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serving_its_disk(command: Sequence[str], folder: Path, account: pwd.struct_passwd) -> int:
    """Run the child as that user, and remount its disk when it asks. It may read whatever root may, for its Python may lie in a folder of
    root's; it writes only what is its own."""
    ours, theirs = socket.socketpair()
    reads = ["--bounding-set=-all,+dac_read_search", "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    who = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups", *reads]
    told = {"FAULTS_DISK": str(folder), "FAULTS_ROOT": str(theirs.fileno()), "HOME": str(folder), "TMPDIR": str(folder)}
    child = subprocess.Popen([*who, *command], env=os.environ | told, pass_fds=[theirs.fileno()])
    theirs.close()
    while asked := ours.recv(2):
        ours.sendall(_mount(["-o", f"remount,{asked.decode()}", folder]).encode())
    return child.wait()


def _mount(told: list[str | Path]) -> str:
    done = subprocess.run(["mount", *told], check=False, capture_output=True, text=True)
    return DONE if done.returncode == 0 else done.stderr.strip() or "refused"
