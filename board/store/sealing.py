"""JSON values as they are kept while a notice is in the making: sealed, for a draft holds whole names."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask, current_app

from board.models import RosterRow
from board.vault import Vault


def start(app: Flask, vault: Vault) -> None:
    """Give the app its keys."""
    app.extensions["vault"] = vault


def vault() -> Vault:
    """Return the keys of the app that is at work."""
    found: Vault = current_app.extensions["vault"]
    return found


def seal(value: Any) -> bytes:
    """Return a JSON value sealed with the installation's key."""
    return vault().seal(json.dumps(value, ensure_ascii=False))


def unseal(sealed: bytes | None, empty: Any = None) -> Any:
    """Return what ``seal`` was given, or ``empty`` where there is nothing."""
    return empty if sealed is None else json.loads(vault().open(sealed))


def name_of(row: RosterRow) -> str:
    """Return a row's whole name, unsealed ("" where there is none). For the wall edition, the proof, and nothing else."""
    return vault().open(row.sealed_name) if row.sealed_name else ""
