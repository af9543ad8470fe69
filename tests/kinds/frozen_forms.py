"""The forms in which kinds were ever frozen with a version: a sample of each, as JSON, since posted notices are read for ever.

``python -m tests.kinds.frozen_forms`` adds a sample of each kind that has a key of no sample yet: once, when the key is committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from board import kinds

FOLDER = Path(__file__).parent / "frozen"


def samples() -> dict[str, dict[str, Any]]:
    """Return the sources of all samples by file name, ``01-cropland-subsidy``, the oldest first."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


def keys(value: object, at: str = "") -> Iterator[str]:
    """Yield the key paths of a kind's source: facts[].label.zh."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from keys(one, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one, f"{at}[]")
    else:
        yield at


def without_sample() -> dict[str, set[str]]:
    """Return for each kind of the program that has keys which no sample has, those keys; a key is told of one kind only."""
    seen = {key for source in samples().values() for key in keys(source)}
    found: dict[str, set[str]] = {}
    for kind in kinds.load().values():
        if new := set(keys(kind.source)) - seen:
            found[kind.id], seen = new, seen | new
    return found


if __name__ == "__main__":
    for id in without_sample():
        name = f"{len(samples()) + 1:02}-{id}.json"
        (FOLDER / name).write_text(json.dumps(kinds.load()[id].source, ensure_ascii=False) + "\n", "utf-8")
