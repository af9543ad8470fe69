"""The key file inside an encrypted backup, where somebody asked for it: put in, taken out and put in its place."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from board import vault
from board.backup import files
from board.backup.archive import Archive, Member
from board.store import sealing
from board.vault import Vault

MEMBER = "keys.toml"
REPLACED = "keys.before-restore.toml"  # the name that the key file of the empty instance gets: no key is ever overwritten


def member() -> Member:
    """Return the member that holds the key file of the installation. Raises OSError."""
    return MEMBER, _place().read_bytes()


def read(archive: Archive, scratch: Path) -> bytes | None:
    """Return the key file of a backup and use its keys from now on, None where none is inside. Raises KeyFileError."""
    if MEMBER not in archive.names:
        return None
    with archive.member(MEMBER) as inside, files.whole(scratch / MEMBER) as out:
        out.write(inside.read())
    sealing.start(current_app, Vault.load(scratch / MEMBER))
    return (scratch / MEMBER).read_bytes()


def put(keys: bytes) -> None:
    """Make these the key file of the installation (mode 600); another one that is there keeps its keys under another name."""
    place = _place()
    if place.exists():
        if place.read_bytes() == keys:
            return
        beside = place.with_name(REPLACED)
        if beside.exists():
            raise FileExistsError(f"{beside} is there already: put it away first")
        place.rename(beside)
    with files.whole(place) as out:
        out.write(keys)


def _place() -> Path:
    return vault.file(current_app.config["KEY_FILE"], current_app.instance_path)
