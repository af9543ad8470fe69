"""What an installation has beside its database: its settings, its own kinds, and the files that settings name. Never its key file."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from board.backup.archive import Archive, Member
from board.settings import SETTINGS

FOLDER = "instance"
CONFIG = "config.toml"
BESIDE = "config.from-backup.toml"  # where the settings go if the new instance has some already
# Of the machine, and the address may hold a password.
LEFT_OUT = ("DATABASE_URL", "KEY_FILE")
NAMED = {"RETURNS_FILE": "returns.toml", "ANSWERS_FILE": "answers.toml", "KINDS_FOLDER": "kinds"}


def gathered(config: Mapping[str, Any]) -> list[Member]:
    """Return the members for the settings that differ from their defaults, and for the files that they name."""
    given = {one.name: config[one.name] for one in SETTINGS if one.name not in LEFT_OUT and config[one.name] != one.default}
    members: list[Member] = []
    for name, place in NAMED.items():
        if not given.get(name):
            continue
        path = Path(given[name])
        given[name] = place
        if path.is_dir():
            members += [
                (f"{FOLDER}/{place}/{file.name}", file.read_bytes()) for file in sorted(path.glob("*.toml")) if not _is_key(file, config)
            ]
        else:
            members.append((f"{FOLDER}/{place}", path.read_bytes()))
    return [(f"{FOLDER}/{CONFIG}", _written(given)), *members]


def _is_key(file: Path, config: Mapping[str, Any]) -> bool:
    return file.name == "keys.toml" or bool(config["KEY_FILE"]) and file.resolve() == Path(config["KEY_FILE"]).resolve()


def _written(given: Mapping[str, Any]) -> bytes:
    lines = ["# From a backup. DATABASE_URL and KEY_FILE are never in one: they are of the machine.\n"]
    lines += [f"{name.lower()} = {_toml(value)}\n" for name, value in given.items()]
    return "".join(lines).encode()


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def placed(archive: Archive, instance: Path) -> list[str]:
    """Write the members into an instance folder; a file that is there already is kept. Returns what was done, a sentence each."""
    done = []
    for name in archive.names:
        path = PurePosixPath(name)
        if path.parts[:1] != (FOLDER,) or not 2 <= len(path.parts) <= 3 or ".." in path.parts:
            continue
        with archive.member(name) as file:
            content = file.read()
        target = instance.joinpath(*path.parts[1:])
        if path.parts[1:] == (CONFIG,):
            content = _moved(content, instance)
            if target.exists() and target.read_bytes() == content:
                continue
            target = instance / BESIDE if target.exists() else target
        if target.exists() and target.name != BESIDE:
            done.append(f"{target} was there already and was kept.")
            continue
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o600)
        done.append(f"{target} was written{': compare it with config.toml, which was there already' if target.name == BESIDE else ''}.")
    return done


def _moved(content: bytes, instance: Path) -> bytes:
    """Return the settings with the paths that they name here."""
    given = {name.upper(): value for name, value in tomllib.loads(content.decode()).items()}
    return _written(given | {name: os.fspath(instance / NAMED[name]) for name in NAMED if given.get(name)})
