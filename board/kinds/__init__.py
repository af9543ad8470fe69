"""The kinds of record that this program knows: one TOML file each in this folder, with what they share in ``shared/``, and a county's own.

To add a kind, add a file (``docs/kinds.md``).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from board.rules.kind import Kind
from board.rules.kind_file import KindError, parse
from board.rules.shared_blocks import Shared, in_the_file, read_shared, written_out

_FOLDER = Path(__file__).parent
_own: list[Path] = []  # the county's folder


def use(folder: str) -> None:
    """Add the kinds of a county's folder to those of the program, "" for none. Raises KindError, or OSError if there is no such folder."""
    found = [Path(folder)] if folder else []
    for path in found:
        next(path.iterdir(), None)  # raises for what is no folder
    _read_once(_FOLDER, *found)
    _own[:] = found


def load() -> dict[str, Kind]:
    """Return all kinds by id, in the order of their ``position``; read once. Raises KindError with the faults of every file."""
    return _read_once(_FOLDER, *_own)


@cache
def shared() -> Shared:
    """Return what kinds take by name. Raises KindError."""
    faults: list[str] = []
    facts, columns, periods = (_toml(_FOLDER / "shared" / f"{name}.toml") for name in ("facts", "columns", "periods"))
    found = read_shared(facts, columns, periods, faults)
    if faults:
        raise KindError([f"shared: {fault}" for fault in faults])
    return found


def read_file(path: Path) -> Kind:
    """Return the kind of one file, written out. Raises KindError with every fault by its place in the file, or OSError."""
    faults: list[str] = []
    try:
        data = _toml(path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KindError([f"{path.stem}: is not TOML: {error}"]) from error
    whole, places = written_out(data, shared(), faults)
    try:
        kind = parse(path.stem, whole)
    except KindError as error:
        untaken = tuple(f"{path.stem}: {fault.partition('.take ')[0]}." for fault in faults)  # what these lack is no fault of its own
        others = [fault for fault in in_the_file(error.faults, places) if not fault.startswith(untaken)]
        raise KindError([f"{path.stem}: {fault}" for fault in faults] + others) from error
    if faults:
        raise KindError([f"{path.stem}: {fault}" for fault in faults])
    return kind


def beside(path: Path) -> Kind:
    """Return the kind of a file that is to be added to those that there are, or to replace one. Raises KindError or OSError."""
    kind = read_file(path)
    others = [one for one in load().values() if one.id != kind.id]
    if faults := [fault for fault in _misfits([*others, kind]) if fault.startswith(f"{kind.id}:")]:
        raise KindError(faults)
    return kind


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _read_once(*folders: Path) -> dict[str, Kind]:
    return read(*folders)


def read(*folders: Path) -> dict[str, Kind]:
    """Return all kinds of folders of TOML files, as ``load`` does: the program's, a county's, those of a test. Raises KindError."""
    kinds: list[Kind] = []
    faults: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            kinds.append(read_file(path))
        except KindError as error:
            faults += error.faults
    if not faults:
        faults += _misfits(kinds)
    if faults:
        raise KindError(faults)
    return {kind.id: kind for kind in sorted(kinds, key=lambda kind: kind.position)}


def _misfits(kinds: list[Kind]) -> list[str]:
    ids = {kind.id for kind in kinds}
    faults = [
        f"{id}: is there twice: the program has a kind of this id" for id, count in Counter(kind.id for kind in kinds).items() if count > 1
    ]
    faults += [f"{kind.id}: follows names a kind that does not exist: {kind.follows!r}" for kind in kinds if kind.follows not in {"", *ids}]
    for kind in kinds:  # asked of new notices only: the kinds frozen with older ones need not have it
        fact = kind.fact("objection_ways")
        if fact is None or not fact.required or fact.levels:
            faults.append(f"{kind.id}: facts must have objection_ways, required at every level: many will not ring, and none must")
    holders: dict[int, str] = {}
    for kind in kinds:
        if holders.setdefault(kind.position, kind.id) != kind.id:
            faults.append(f"{kind.id}: position {kind.position} is already that of {holders[kind.position]}")
    return faults
