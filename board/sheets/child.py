"""The limited child process that opens a spreadsheet: bytes on standard input, lines of JSON on standard output.

Run by path, outside the program (``python -I board/sheets/child.py``): a hostile file may make a parser allocate 549 GB and abort, which
must not end a web worker. The first line of its input is JSON with the file's name and the most bytes that it may have, the rest the
file. It answers with the lines of ``reply.answer``; no cell goes to standard error.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import types
from pathlib import Path

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
REPLY_BYTES = 100 << 20


def limit() -> None:
    """Limit memory, CPU time and written bytes; a core file too, because it would hold the sheet on disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def alone() -> None:
    """Make ``board.rules`` and ``board.sheets`` importable without their parents' imports: Flask alone takes 200 ms."""
    here = Path(__file__).resolve().parent
    for name, folder in (("board", here.parent), ("board.sheets", here)):
        package = types.ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def main() -> None:
    """Read, parse, answer. The limits come after the imports, which may still write Python's byte code."""
    alone()
    from board.sheets.reply import answer

    limit()
    gc.disable()  # there are no cycles among millions of cells, and the process ends soon
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    left = REPLY_BYTES
    told = json.loads(head)
    for said in answer(data, told["name"], told["most"]):
        line = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        left -= len(line)
        if left < 0:
            line = b'{"error": "too_large"}\n'
        sys.stdout.buffer.write(line)
        if left < 0:
            break


if __name__ == "__main__":
    main()
