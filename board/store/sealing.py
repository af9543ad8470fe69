"""Sealing of JSON values and names with the installation's key; drafts contain full names and are stored sealed."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, current_app

from board.models import RosterRow
from board.vault import Vault


def start(app: Flask, vault: Vault) -> None:
    """Register the vault with the app."""
    app.extensions["vault"] = vault


def vault() -> Vault:
    """Return the vault of the current app."""
    found: Vault = current_app.extensions["vault"]
    return found


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
