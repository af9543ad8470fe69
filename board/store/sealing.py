"""Sealing of JSON values and names with the installation's key; drafts contain full names and are stored sealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from board.models import RosterRow
from board.store import schema
from board.vault import KeyFileError, KeyFileMissing, Vault
from board.vault import file as key_file

GONE = (
    "密钥文件 {file} 没了，这个数据库是用它封存的，不会另做新的：把抄好的那一份放回去，见 docs/keys.md。"
    "The key file {file} is gone, and this database was used with it, so that no new one is made: put the copy back, see docs/keys.md."
)
UNASKED = (
    "密钥文件 {file} 没有，数据库里没有表，或者读不到。以前用过的，不要 db upgrade：先看 DATABASE_URL 对不对，把抄好的那一份放回去，"
    "见 docs/keys.md。只有新装的才运行 `flask --app wsgi db upgrade`。"
    "There is no key file {file}, and the database has no tables or cannot be read. If this board was used before, do not run db upgrade: "
    "correct DATABASE_URL and put the copy of the key file back, see docs/keys.md. Only on a new installation run "
    "`flask --app wsgi db upgrade`."
)


def keys(app: Flask, file: Path) -> Vault | KeyFileError:
    """Return the keys of a file, which is made where the database has its tables and was never used; if it is missing elsewhere, the error
    that says so.

    Raises KeyFileError for a file that cannot be read or made.
    """
    try:
        return Vault.load(file)
    except KeyFileMissing:
        with app.app_context():
            used = schema.used()
    if used is False:
        return Vault.make(file)
    try:
        return Vault.load(file)  # another process, which began to use the database meanwhile, made it before
    except KeyFileMissing:
        return KeyFileError((UNASKED if used is None else GONE).format(file=file))


def start(app: Flask, vault: Vault | KeyFileError) -> None:
    """Give the app its keys, or the error that is raised where they are needed."""
    app.extensions["vault"] = vault
    app.secret_key = vault.web if isinstance(vault, Vault) else None


def vault() -> Vault:
    """Return the vault of the current app. Raises KeyFileError where its file is missing."""
    found: Vault | KeyFileError = current_app.extensions["vault"]
    if isinstance(found, KeyFileError):  # since the start tables may have come, or the copy of the file
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        found = keys(app, file())
        if isinstance(found, KeyFileError):
            raise found
        start(app, found)
    return found


def file() -> Path:
    """Return the key file of the current app."""
    return key_file(current_app.config["KEY_FILE"], current_app.instance_path)


def lost() -> bool:
    """Return whether the key file says that the keys before it are lost for ever."""
    try:
        return vault().lost
    except KeyFileError:
        return False


def seal(value: Any) -> bytes:
    """Return a JSON value sealed with the installation's key."""
    return vault().seal(json.dumps(value, ensure_ascii=False))


def unseal(sealed: bytes | None, empty: Any = None) -> Any:
    """Return the value that ``seal`` was given, or ``empty`` for None."""
    return empty if sealed is None else json.loads(vault().open(sealed))


def wall_secret(number: str, place: str) -> str:
    """Return the 12 digits that only the sheet of a place has: whoever scans it reads the rows of a notice for members."""
    return f"{int(vault().key('wall', f'{number} {place}'), 16) % 10**12:012}"


def name_of(row: RosterRow) -> str:
    """Return a row's full name, unsealed ("" where there is none). Callers that show it must log that in the ledger."""
    return vault().open(row.sealed_name) if row.sealed_name else ""
