"""The archive: a tar whose first member is the manifest, followed by a line with the SHA-256 of every byte before it.

Any ``tar`` opens it; by the line at its end a file that was cut short or altered is told from a whole one before anything of it is read.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import cast

from board.backup.refusal import BackupRefused

MANIFEST = "mingbai-backup.json"
BLOCK = 1 << 20
_SUM = re.compile(rb"\nmingbai-backup sha256 ([0-9a-f]{64})\n")
_SUM_LENGTH = len(b"\nmingbai-backup sha256 \n") + 64
_BEGINNING = MANIFEST.encode() + b"\0"  # a tar begins with the name of its first member
LARGEST_MANIFEST = 64 << 20

Member = tuple[str, Path | bytes]


class Stream:
    """The bytes of an archive, made while they are read: what is written to a file, or encrypted into one."""

    def __init__(self, manifest: bytes, members: Sequence[Member], at: int) -> None:
        self._parts = _parts([(MANIFEST, manifest), *members], at)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, ``size`` at most; b"" at the end."""
        if size < 0:
            return b"".join([self._left, *self._parts])
        if not self._left:
            self._left = next(self._parts, b"")
        given, self._left = self._left[:size], self._left[size:]
        return given


def _parts(members: Sequence[Member], at: int) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for part in _tar(members, at):
        digest.update(part)
        yield part
    yield f"\nmingbai-backup sha256 {digest.hexdigest()}\n".encode()


def _tar(members: Sequence[Member], at: int) -> Iterator[bytes]:
    for name, content in members:
        info = tarfile.TarInfo(name)
        info.size = len(content) if isinstance(content, bytes) else content.stat().st_size
        info.mtime, info.mode = at, 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        if isinstance(content, bytes):
            yield content
        else:
            yield from _of_file(content, info.size)
        yield bytes(-info.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _of_file(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(BLOCK):
            size -= len(part)
            yield part
    if size:
        raise BackupRefused(f"{path.name} changed while it was put into the backup: try again.")


class Archive:
    """A whole and unaltered archive, opened for reading."""

    def __init__(self, path: Path) -> None:
        """Check the sum, then open. Raises BackupRefused for a file that is foreign, cut short or altered."""
        _check_sum(path)
        self._file = path.open("rb")
        try:
            self._tar = tarfile.open(fileobj=self._file, mode="r:")  # noqa: SIM115 - closed by __exit__
            self._members = {info.name: info for info in self._tar.getmembers() if info.isreg()}
        except tarfile.TarError as error:
            self._file.close()
            raise BackupRefused(f"{path} is no backup of this program: it cannot be opened as one.") from error

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._tar.close()
        self._file.close()

    @property
    def names(self) -> list[str]:
        """The names of the members, the manifest among them."""
        return list(self._members)

    def member(self, name: str) -> io.BufferedReader:
        """Return a member for reading. Raises BackupRefused if there is none of that name."""
        found = self._tar.extractfile(self._members[name]) if name in self._members else None
        if found is None:
            raise BackupRefused(f"The backup lacks {name}: take another one.")
        return cast(io.BufferedReader, found)  # typed as any file

    def manifest(self) -> bytes:
        """Return the manifest as it was written."""
        with self.member(MANIFEST) as file:
            return file.read(LARGEST_MANIFEST)


def is_archive(beginning: bytes) -> bool:
    """Return whether a file that begins so is an archive that is not encrypted."""
    return beginning.startswith(_BEGINNING)


def _check_sum(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        if not is_archive(file.read(len(_BEGINNING))):
            raise BackupRefused(f"{path} is no backup of this program{': it is empty' if not size else ''}.")
        file.seek(max(0, size - _SUM_LENGTH))
        told = _SUM.fullmatch(file.read())
        if told is None:
            raise BackupRefused(f"{path} was cut short: its end is missing. Copy it again, or take another backup.")
        file.seek(0)
        digest, left = hashlib.sha256(), size - _SUM_LENGTH
        while left and (part := file.read(min(BLOCK, left))):
            digest.update(part)
            left -= len(part)
    if left or digest.hexdigest() != told[1].decode():
        raise BackupRefused(f"{path} was altered or damaged: its sum is not that of its content. Copy it again, or take another backup.")
