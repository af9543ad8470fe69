"""``python -m tests.recording take DIR`` and ``python -m tests.recording compare DIR [--only WORDS]``."""

from __future__ import annotations

import argparse
import difflib
import os
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests.recording import dump as dumps
from tests.recording.addresses import Address, Dump, every
from tests.recording.standing import DATABASE, copied
from tests.recording.visitor import Visitor

STATIC = Path(__file__).resolve().parents[2] / "static"
SHOWN = 40  # lines of one difference


@dataclass
class Recording:
    """What addresses answered, by the file that keeps it, and how many of them went to each rule."""

    answers: dict[str, str] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)  # of those, with status 200
    unopened: dict[str, str] = field(default_factory=dict)


def recorded(dump: Path, only: str = "") -> Recording:
    """Open every address over a copy of a dump; with ``only``, those whose file's name holds these words.

    What is printed at the end is logged, so with ``only`` the log verified there may be shorter.
    """
    found = Recording()
    with tempfile.TemporaryDirectory(prefix="mingbai-recording-") as place, copied(dump, Path(place) / "instance") as (app, known):
        visitors: dict[str, Visitor] = {}
        for address in every(Dump(dump / DATABASE), known, STATIC):
            if only in address.name:
                if address.who not in visitors:
                    visitors[address.who] = Visitor(app, address.who)
                answer = found.answers[address.name] = visitors[address.who].opens(address)
                found.opened[_rule(app, address)] += 1
                found.found[_rule(app, address)] += answer.startswith("200")
        found.unopened = {_named(rule): _why(rule) for rule in app.url_map.iter_rules() if _named(rule) not in found.opened}
    return found


def _rule(app: Flask, address: Address) -> str:
    method = "GET" if address.form is None else "POST"
    try:
        return _named(app.url_map.bind("localhost").match(address.path.partition("?")[0], method, return_rule=True)[0])
    except HTTPException:
        return "no rule"


def _named(rule: Rule) -> str:
    return f"{'GET ' if 'GET' in (rule.methods or ()) else 'POST'} {rule.rule}"


def _why(rule: Rule) -> str:
    return "NO ADDRESS IN THE PLAN" if "GET" in (rule.methods or ()) else "changes the database"


def say(*lines: str) -> None:
    """Write lines to whoever runs this, at once."""
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def take(folder: Path) -> int:
    """Make the dump if there is none, open every address and keep the answers; 1 when a page that can be read is in no plan."""
    if not (folder / "dump").exists():
        dumps.make(folder / "dump")
    shutil.rmtree(folder / "answers", ignore_errors=True)
    made = recorded(folder / "dump")
    for name, answer in made.answers.items():
        file = folder / "answers" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(answer, "utf-8", newline="")
    say("Opened, with how many addresses each, and how many of them were there (200):")
    say(*(f"  {count:5} {made.found[rule]:5} {rule}" for rule, count in sorted(made.opened.items())))
    say("Not opened:", *(f"  {rule}: {why}" for rule, why in sorted(made.unopened.items())))
    say(f"{len(made.answers)} addresses in {folder / 'answers'}")
    return int(any(why.isupper() for why in made.unopened.values()))


def compare(folder: Path, only: str = "") -> int:
    """Open every address with the present program and tell which answers differ from those kept; 1 when any does."""
    kept = {file.relative_to(folder / "answers").as_posix(): file for file in (folder / "answers").rglob("*") if file.is_file()}
    now, differ = recorded(folder / "dump", only).answers, 0
    for name in sorted(set(now) | {name for name in kept if only in name}):
        before = kept[name].read_bytes().decode() if name in kept else ""
        if before != now.get(name, ""):
            differ += 1
            lines = list(difflib.unified_diff(before.split("\n"), now.get(name, "").split("\n"), lineterm="", n=1))[2:]
            say(f"--- {name}", *lines[:SHOWN], *([f"… {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []))
    say(f"{len(now)} addresses, {differ} differ")
    return int(differ > 0)


def main() -> int:
    """Take a recording, or compare one with the present program."""
    asked = argparse.ArgumentParser(prog="python -m tests.recording")
    asked.add_argument("what", choices=("take", "compare"))
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", default="", help="compare only addresses whose file's name holds these words (there / is written as ,)")
    given = asked.parse_args()
    done = take(given.folder) if given.what == "take" else compare(given.folder, given.only)
    say(f"{sum(os.times()[:4]):.0f} s of CPU")
    return done


if __name__ == "__main__":
    sys.exit(main())
