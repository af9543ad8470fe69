"""Conversion of a numbered row to the columns of ``RosterRow``: its name sealed, with a name key to find namesakes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from board.rules.notice.proposal import NumberedRow
from board.vault import Vault

COLUMNS = (
    "place", "no", "group", "shown_name", "sealed_name", "name_key", "person_key", "account_key", "minor", "amount", "measures", "texts",
    "person_salt", "money_salt", "person_digest", "money_digest", "algorithm",
)  # fmt: skip


_SALT = 16  # bytes
_AT_ONCE = 1_024  # salts per system call: one call for each salt takes longer than making its row


def salts() -> Iterator[str]:
    """Yield random salts (32 hex characters) without end, one for each commitment (``rules.notice.proposal.number_rows``)."""
    while True:
        digits = secrets.token_hex(_SALT * _AT_ONCE)
        yield from (digits[at : at + 2 * _SALT] for at in range(0, len(digits), 2 * _SALT))


def row(line: NumberedRow, vault: Vault) -> tuple[Any, ...]:
    """Return the values of COLUMNS for a row, without the columns of its notice or draft."""
    name = line.name
    return (
        line.place,
        line.no,
        line.group,
        line.shown_name,
        vault.seal(name) if name else None,
        vault.key("name", name) if name else None,
        line.person,
        line.account,
        line.minor,
        line.amount,
        line.measures,
        line.texts,
        line.person_salt,
        line.money_salt,
        line.person_digest,
        line.money_digest,
        line.algorithm,
    )
