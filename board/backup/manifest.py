"""The manifest of a backup: what made it, when and of what, and the figures that a restored database is held to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from board.backup.refusal import BackupRefused

FORM = 1  # raised when an older program could not read what a newer one writes
# The payload, by its name: an SQLite file, a dump of pg_dump, or rows that belong to no engine.
KINDS = {"database.sqlite.gz": "sqlite", "database.pg_dump": "pg_dump", "rows.jsonl.gz": "rows"}
SHOWN = 3  # differences that one sentence names


class Facts(NamedTuple):
    """What a database holds: its revision, rows by table, sums of money in fen by column, height and digest of each ledger's last entry."""

    schema: str
    tables: dict[str, int]
    sums: dict[str, int]
    heads: dict[str, tuple[int, str]]


class Payload(NamedTuple):
    """The member that holds the database: its kind (of ``KINDS``), name, size in bytes and SHA-256."""

    kind: str
    name: str
    size: int
    sha256: str


class Keys(NamedTuple):
    """By what the key file of a backup is known, which is not in it: a text that it sealed, and the keyed hash of another."""

    sealed: str
    matched: str


@dataclass(frozen=True)
class Manifest:
    """What stands at the beginning of a backup."""

    at: str  # UTC, ISO 8601
    newest: str  # the newest migration that the program knew
    engine: str  # of the database, with its version
    public_address: str
    facts: Facts
    payload: Payload
    keys: Keys
    form: int = FORM

    def to_json(self) -> bytes:
        """Return the manifest as it is written: JSON that a person can read."""
        told = {"what": "Mingbai (明白公开栏): backup"} | asdict(self)
        for name in ("facts", "payload", "keys"):
            told[name] = getattr(self, name)._asdict()
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Read a manifest. Raises BackupRefused for one that is of a newer form, or none."""
        try:
            told = json.loads(text)
            if isinstance(told["form"], int) and told["form"] > FORM:
                raise BackupRefused("The backup was made by a newer program than this one: install that program first, then restore.")
            told["facts"], told["payload"], told["keys"] = _facts(told["facts"]), Payload(**told["payload"]), Keys(**told["keys"])
            made = cls(**{field.name: told[field.name] for field in fields(cls)})
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, BackupRefused):
                raise
            raise BackupRefused("The backup's manifest cannot be read: take another backup.") from error
        if made.payload.kind not in KINDS.values():
            raise BackupRefused(f"The backup holds its database in a form that this program does not know: {made.payload.kind}.")
        return made

    @property
    def rows(self) -> int:
        """The number of rows of all tables."""
        return sum(self.facts.tables.values())


def _facts(told: dict[str, Any]) -> Facts:
    heads = {home: (int(height), str(digest)) for home, (height, digest) in told["heads"].items()}
    return Facts(str(told["schema"]), dict(told["tables"]), dict(told["sums"]), heads)


def differences(said: Facts, found: Facts) -> str:
    """Return in words what a loaded database lacks or has too much against its manifest; "" where all agrees."""
    wrong = [f"schema {found.schema} instead of {said.schema}"] if found.schema != said.schema else []
    parts = (("rows of", said.tables, found.tables), ("sum of", said.sums, found.sums), ("last entry of ledger", said.heads, found.heads))
    for what, told, there in parts:
        wrong += [
            f"{what} {name}: {_short(there.get(name))} instead of {_short(told.get(name))}"
            for name in sorted({*told, *there})
            if there.get(name) != told.get(name)
        ]
    return "; ".join(wrong[:SHOWN]) + (f"; and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else "")


def _short(value: Any) -> str:
    return "none" if value is None else f"{value[0]}, {value[1][:12]}" if isinstance(value, tuple) else f"{value:,}"
