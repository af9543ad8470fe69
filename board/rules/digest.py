"""Digests of what is posted: two salted commitments a row, one digest a part, one a version.

A row has two commitments (person, figures) so that a person can be erased later by deleting one salt while the sums can still be proved.
Beside each stored digest stands the id of its algorithm, so that another (SM3) may follow for what is posted from then on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]

# By id. Another may be added and made CURRENT; none goes while something stands that was made with it.
ALGORITHMS = {"sha256": hashlib.sha256}
CURRENT = "sha256"  # of what is written from now on

# json.dumps makes this anew for each value, which takes longer than the writing; a roster has two hundred thousand values to commit to.
# (No list of what is being written, against circles; what else is no JSON; strings as they are; no indent; separators; keys sorted.)
_written = c_make_encoder(None, json.JSONEncoder().default, encode_basestring, None, ":", ",", True, False, True)


def canonical(value: object) -> bytes:
    """Return the one byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    return "".join(_written(value, 0)).encode()


def of(algorithm: str, *values: object) -> str:
    """Return the digest (64 hex characters) over the canonical form of the values, in order; KeyError for an unknown algorithm."""
    return ALGORITHMS[algorithm](canonical(values)).hexdigest()


def commitment(algorithm: str, salt: str, *values: object) -> str:
    """Return a salted digest of ``values``, which cannot be guessed without the random ``salt`` (hex, 32 characters)."""
    return salted(algorithm, salt, canonical(values))


def salted(algorithm: str, salt: str, content: bytes) -> str:
    """Return the commitment to values already in canonical form: the digest of the list of the salt and the values."""
    return ALGORITHMS[algorithm](b'["%b",%b' % (salt.encode(), content[1:])).hexdigest()


def part(algorithm: str, place: str, rows: Iterable[tuple[int, str, str]], totals: Mapping[str, str]) -> str:
    """Return the digest of one place's part: ``rows`` are (number, person commitment, money commitment) in the order of their numbers."""
    return of(algorithm, "part", place, [list(row) for row in rows], dict(totals))


def version(
    algorithm: str, facts: Mapping[str, object], frozen: Mapping[str, object], period: tuple[str, str], parts: Iterable[tuple[str, str]]
) -> str:
    """Return the digest of a whole version: its facts, its frozen kind and policy, its period and each (place, part digest)."""
    return of(algorithm, "version", dict(facts), dict(frozen), list(period), sorted(list(pair) for pair in parts))


def short(digest: str) -> str:
    """Return the eight characters of a digest that are printed on paper, in two groups."""
    return f"{digest[:4]} {digest[4:8]}".upper()
