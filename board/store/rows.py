"""A line of a proposal as the table of rows keeps it: its name sealed, and a key to find namesakes by."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from board.rules.notice.proposal import NumberedRow
from board.vault import Vault

COLUMNS = (
    "place", "no", "group", "shown_name", "sealed_name", "name_key", "person_key", "account_key", "minor", "amount", "measures", "texts",
    "person_salt", "money_salt", "person_digest", "money_digest",
)  # fmt: skip


_SALT = 16  # bytes
_AT_ONCE = 1_024  # asking the system for each salt of a roster alone takes longer than making its row


def salts() -> Iterator[str]:
    """Return random salts (32 hex characters) without end, one for each commitment of a line (``rules.posting.number_rows``)."""
    while True:
        digits = secrets.token_hex(_SALT * _AT_ONCE)
        yield from (digits[at : at + 2 * _SALT] for at in range(0, len(digits), 2 * _SALT))


def row(line: NumberedRow, vault: Vault) -> tuple[Any, ...]:
    """Return the values of COLUMNS for a line; whose notice or draft it is stands before them in a table."""
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
    )
