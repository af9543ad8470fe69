"""Encryption of a backup to public keys, in age's format (https://age-encryption.org/v1): any ``age`` or ``rage`` opens it too."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import pyrage
from pyrage import x25519

from board.backup.refusal import BackupRefused

_BEGINNING = b"age-encryption.org/"


def is_encrypted(beginning: bytes) -> bool:
    """Return whether a file that begins so is in age's format."""
    return beginning.startswith(_BEGINNING)


def new_identity() -> Any:
    """Return a new private key; ``str`` of it is what its file holds, ``str`` of its ``to_public()`` is what backups are made for."""
    return x25519.Identity.generate()


def recipient(text: str) -> Any:
    """Return a public key as age writes it (age1…). Raises BackupRefused."""
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        why = "a private key: give its public one" if text.upper().startswith("AGE-SECRET") else "not a public key, which begins with age1"
        raise BackupRefused(f"What stands behind --to is {why}.") from error  # never quoted: it may be a private key


def identities(path: Path) -> list[Any]:
    """Return the private keys of a file (AGE-SECRET-KEY-1…, one a line; lines with # are comments). Raises BackupRefused or OSError."""
    lines = [line.strip() for line in path.read_text("utf-8", "replace").splitlines()]
    try:
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise BackupRefused(f"{path} is no file of private keys: each of its lines begins with AGE-SECRET-KEY-1 or with #.") from error
    if not found:
        raise BackupRefused(f"{path} holds no private key: a line begins with AGE-SECRET-KEY-1.")
    return found


def encrypt(reader: Any, writer: IO[bytes], recipients: Sequence[Any]) -> None:
    """Copy all that ``reader`` gives to ``writer``, encrypted to these public keys; as it is where there are none."""
    if not recipients:
        shutil.copyfileobj(reader, writer, 1 << 20)
        return
    taken, given = _Held(reader), _Held(writer)
    try:
        pyrage.encrypt_io(taken, given, recipients)
    except (pyrage.EncryptError, OSError):
        _raise_first(taken, given)
        raise


def decrypt(path: Path, writer: IO[bytes], keys: Sequence[Any]) -> None:
    """Write what an encrypted file holds. Raises BackupRefused for another's key and for a file that was cut short or altered."""
    if not keys:
        raise BackupRefused(f"{path} is encrypted: name the file of the private key with --identity.")
    with path.open("rb") as file:
        taken, given = _Held(file), _Held(writer)
        try:
            pyrage.decrypt_io(taken, given, list(keys))
        except (pyrage.DecryptError, OSError) as error:
            _raise_first(taken, given)
            if "No matching keys" in str(error):
                raise BackupRefused(f"{path} is encrypted to another key than the one given, or its head was damaged.") from error
            raise BackupRefused(f"{path} was cut short, altered or damaged. Copy it again, or take another backup.") from error


class _Held:
    """A file whose own errors are kept: pyrage turns them into texts of errors of its own."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        return self._do(self.file.read, size)  # type: ignore[no-any-return]

    def write(self, data: bytes) -> int:
        return self._do(self.file.write, data)  # type: ignore[no-any-return]

    def flush(self) -> None:
        self._do(self.file.flush)

    def _do(self, call: Any, *given: Any) -> Any:
        try:
            return call(*given)
        except Exception as error:
            self.error = error
            raise


def _raise_first(*files: _Held) -> None:
    for file in files:
        if file.error:
            raise file.error
