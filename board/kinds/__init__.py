"""The kinds of record that this program knows: one TOML file each in this folder. To add a kind, add a file (``docs/kinds.md``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from board.rules.kind import Kind
from board.rules.kind_file import KindError, parse

_FOLDER = Path(__file__).parent


@cache
def load() -> dict[str, Kind]:
    """Return all kinds by id, in the order of their ``position``; read once. Raises KindError with the faults of every file."""
    return read(_FOLDER)


def read(folder: Path) -> dict[str, Kind]:
    """Return all kinds of a folder of TOML files, as ``load`` does; another folder is for tests and tools. Raises KindError."""
    kinds: list[Kind] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            kinds.append(parse(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{path.stem}: is not TOML: {error}")
        except KindError as error:
            faults += error.faults
    if not faults:
        faults += _misfits(kinds)
    if faults:
        raise KindError(faults)
    return {kind.id: kind for kind in sorted(kinds, key=lambda kind: kind.position)}


def _misfits(kinds: list[Kind]) -> list[str]:
    ids = {kind.id for kind in kinds}
    faults = [f"{kind.id}: follows names a kind that does not exist: {kind.follows!r}" for kind in kinds if kind.follows not in {"", *ids}]
    for kind in kinds:  # asked of new notices only: the kinds frozen with older ones need not have it
        fact = kind.fact("objection_ways")
        if fact is None or not fact.required or fact.levels:
            faults.append(f"{kind.id}: facts must have objection_ways, required at every level: many will not ring, and none must")
    holders: dict[int, str] = {}
    for kind in kinds:
        if holders.setdefault(kind.position, kind.id) != kind.id:
            faults.append(f"{kind.id}: position {kind.position} is already that of {holders[kind.position]}")
    return faults
