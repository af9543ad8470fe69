"""``make fuzz``, or ``python -m tests.fuzz.run [COUNT [RUN [ONLY]]]``: spoilt files on the way that an upload takes.

Each file is made of the words RUN and its number alone; ONLY runs that one number and shows what became of it. Exit code 1 when a
file brought the program down, hung, took too much memory, or a personal number came out.
"""

from __future__ import annotations

import base64
import json
import re
import resource
import select
import struct
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path

from board import kinds, sheets
from board.rules.place_names import Places
from board.rules.sheet.check import check, report
from board.rules.sheet.cleaning import Cleaned, clean
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import NUMBERS, seeds
from tests.house.page import personal
from tests.sheets.corpus import AREAS, TOWN

TODAY = date(2026, 11, 22)
SECONDS, MEGABYTES = 10, 1024
# A number of ours; not as a part of longer digits, for a splice may leave 93.6 and a mobile as one figure.
_PLANTED = re.compile(rf"(?<!\d)(?<!\d\.)(?:{'|'.join(sorted(NUMBERS))})(?!\d)")
_FRACTION = re.compile(r"\d+\.\d+")  # the digits behind a point are no card, whatever their sum
KINDS = ("cropland-subsidy", "village-finance", "fund-allocation", "land-compensation")


class Hung(Exception):
    """A file took more than SECONDS."""


class Child:
    """A child that is kept for many files, and started again when one brought it down."""

    def __init__(self) -> None:
        self.running: subprocess.Popen[bytes] | None = None
        self.raised = ""  # what a fresh child would have died of

    def ask(self, data: bytes, filename: str, most: int) -> Generator[bytes, None, None]:
        """What ``sheets._asked_child`` gives."""
        if self.running is None or self.running.poll() is not None:
            command = [sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("child.py")), str(sheets.CHILD)]
            self.running = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
            )
        told = json.dumps({"name": filename, "most": most}).encode() + b"\n" + data
        try:
            answer = self._answer(struct.pack(">I", len(told)) + told)
        except (BrokenPipeError, EOFError):
            code = self.running.wait()
            raise sheets.UnreadableSheet("timeout" if code == -24 else "crashed") from None
        if answer.startswith(b'{"raised"'):
            self.raised = json.loads(answer)["raised"]
            raise sheets.UnreadableSheet("crashed")
        yield from answer.splitlines()

    def _answer(self, told: bytes) -> bytes:
        assert self.running
        assert self.running.stdin
        assert self.running.stdout
        self.running.stdin.write(told)
        self.running.stdin.flush()
        if not select.select([self.running.stdout], [], [], SECONDS)[0]:
            self.end()
            raise Hung
        head = self.running.stdout.read(4)
        if len(head) < 4:
            raise EOFError
        return self.running.stdout.read(struct.unpack(">I", head)[0])

    def end(self) -> None:
        """End the process that we started."""
        if self.running:
            self.running.kill()
            self.running.communicate()


@contextmanager
def reused() -> Iterator[Child]:
    """Let ``sheets.read`` ask one child again and again."""
    child, real = Child(), sheets._asked_child
    sheets._asked_child = child.ask
    try:
        yield child
    finally:
        sheets._asked_child = real
        child.end()


def gone_through(data: bytes, filename: str, kind: str) -> tuple[str, list[str]]:
    """The outcome of a file, and every text that left the program."""
    try:
        book = sheets.read(data, filename)
    except sheets.UnreadableSheet as refused:
        return refused.code, [refused.message.zh, refused.message.en, str(refused), *refused.args]
    texts = [json.dumps([one.zh + one.en for one in book.notes] + list(book.swept), ensure_ascii=False)]
    outcome = "read"
    for table in book.tables[:4]:
        cleaned = clean(table, _key, TODAY)
        staged = json.dumps(cleaned.to_json(), ensure_ascii=False)
        assert Cleaned.from_json(json.loads(staged)).to_json() == json.loads(staged)
        found = check(cleaned, kinds.load()[kind], Places(AREAS, TOWN), area=TOWN)
        list(found.grid())
        told = [one.message.zh + one.message.en + one.written for one in (*found.errors, *found.warnings)]
        texts += [staged, table.label if not table.hidden else "", json.dumps(report(found), ensure_ascii=False), *told]
        outcome = "ok" if found.ok else outcome
    return outcome, texts


def _key(what: str, number: str) -> str:
    return sha256(f"{what}{number}".encode()).hexdigest()[:32]


def faults(number: int, run: str, child: Child) -> tuple[str, list[str]]:
    """What became of one spoilt file, and in words what is wrong with that."""
    data, filename, way = mutated(number, run, seeds())
    child.raised, start = "", time.monotonic()
    try:
        outcome, texts = gone_through(data, filename, KINDS[number % len(KINDS)])
    except Hung:
        outcome, texts = "hung", []
    except Exception:
        outcome, texts = f"raised {traceback.format_exc()[-1500:]}", []
    found = [outcome] if outcome.startswith(("raised", "hung")) else []
    if child.raised:
        found.append(f"the child raised {child.raised}")
    if (took := time.monotonic() - start) > SECONDS:
        found.append(f"took {took:.1f} s")
    leaks = {one for text in texts for one in (*_PLANTED.findall(text), *personal(_FRACTION.sub(" ", text)))}
    found += [f"a personal number came out ({len(leaks)})"] if leaks else []
    return outcome.split()[0], [f"{run} {number} ({way}, {len(data)} bytes): {fault}" for fault in found]


def fuzz(numbers: range, run: str) -> tuple[Counter[str], list[str]]:
    """Counts of the outcomes of many files, and every fault."""
    outcomes, wrong, before = Counter[str](), list[str](), {who: _most(who) for who in WHOSE}
    with reused() as child:
        for number in numbers:
            outcome, found = faults(number, run, child)
            outcomes[outcome] += 1
            wrong += found
    for who, whose in WHOSE.items():
        outcomes[f"MB of {whose}"] = _most(who)
        if _most(who) > max(MEGABYTES, before[who]):  # other tests of the same process may have taken more before
            wrong.append(f"{whose} took {_most(who)} MB")
    return outcomes, wrong


WHOSE = {resource.RUSAGE_SELF: "the parent", resource.RUSAGE_CHILDREN: "the child"}


def _most(who: int) -> int:
    """The most memory, in megabytes, that a process or its children ever took."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> None:
    """Run, and print counts by outcome."""
    given = dict(enumerate(sys.argv[1:]))
    count, run, only = int(given.get(0, 10_000)), given.get(1, time.strftime("%Y%m%d")), given.get(2)
    numbers = range(int(only), int(only) + 1) if only else range(count)
    start = time.monotonic()
    outcomes, wrong = fuzz(numbers, run)
    sys.stdout.write(f"{len(numbers)} files of the run {run} in {time.monotonic() - start:.0f} s\n")
    sys.stdout.writelines(f"{count:7} {outcome}\n" for outcome, count in outcomes.most_common())
    sys.stdout.writelines(f"\n{one}\n" for one in wrong)
    if only:
        sys.stdout.write(f"{base64.b64encode(mutated(int(only), run, seeds())[0]).decode()}\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
