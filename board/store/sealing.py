"""JSON values as they are kept while a notice is in the making: sealed, for a draft holds whole names."""

from __future__ import annotations

import json
from typing import Any

from flask import current_app

from board.models import RosterRow


def seal(value: Any) -> bytes:
    """Return a JSON value sealed with the installation's key."""
    return bytes(current_app.vault.seal(json.dumps(value, ensure_ascii=False)))  # type: ignore[attr-defined]


def unseal(sealed: bytes | None, empty: Any = None) -> Any:
    """Return what ``seal`` was given, or ``empty`` where there is nothing."""
    return empty if sealed is None else json.loads(current_app.vault.open(sealed))  # type: ignore[attr-defined]


def name_of(row: RosterRow) -> str:
    """Return a row's whole name, unsealed ("" where there is none). For the wall edition, the proof, and nothing else."""
    return current_app.vault.open(row.sealed_name) if row.sealed_name else ""  # type: ignore[attr-defined]
