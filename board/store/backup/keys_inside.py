"""The key file inside an encrypted backup, where somebody asked for it: put in, taken out, and put in its place."""

from __future__ import annotations

from flask import current_app

from board.backup import files
from board.backup.archive import Archive, Member
from board.backup.refusal import BackupRefused
from board.store import sealing
from board.vault import Vault

MEMBER = "keys.toml"


def member() -> Member:
    """Return the member that holds the key file of the installation. Raises OSError."""
    return MEMBER, sealing.file().read_bytes()


def read(archive: Archive) -> bytes | None:
    """Return the key file of a backup and use its keys from now on; None where none is inside. Raises BackupRefused."""
    if MEMBER not in archive.names:
        return None
    with archive.member(MEMBER) as inside:
        keys = inside.read()
    try:
        sealing.start(current_app, Vault.parse(keys.decode()))
    except (ValueError, LookupError, TypeError, AttributeError):
        raise BackupRefused("The key file in the backup cannot be read: take another backup.") from None
    return keys


def refuse_another(keys: bytes) -> None:
    """Refuse where other keys are there already: they may be those of a board that this is not the place of."""
    place = sealing.file()
    if place.exists() and place.read_bytes() != keys:
        raise BackupRefused(
            f"The backup brings its own key file, and another one is there: {place}. If this is the place to restore into, put that "
            "file away (do not delete it) and take a database without tables, since where tables stand and no areas each command makes a "
            "key file; then try again."
        )


def put(keys: bytes) -> None:
    """Make these the key file of the installation (mode 600). Raises BackupRefused where another one came meanwhile."""
    refuse_another(keys)
    with files.whole(sealing.file()) as out:
        out.write(keys)
