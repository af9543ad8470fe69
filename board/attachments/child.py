"""The limited child process that opens an attachment: bytes on standard input, a line of JSON and then bytes on standard output.

Run by path, apart from the program, under the same limits as that of a sheet (``board/sheets/child.py`` says why). The first line of
its input is JSON with the file's name, the rest the file. Answers with one line, ``Attachment`` without its data or
``{"error": code}``, and behind it what may be served; never a word of the file on standard error.
"""

from __future__ import annotations

import gc
import json
import logging
import runpy
import sys
from pathlib import Path

SHEETS = Path(__file__).resolve().parents[1] / "sheets" / "child.py"


def main() -> None:
    """Read, rewrite, answer. The limits come after the imports, which may still write Python's own byte code."""
    shared = runpy.run_path(str(SHEETS))  # its limits, and its way to import rules without all that the program imports
    shared["alone"]()
    from board.attachments.reply import answer

    shared["limit"]()
    logging.disable()  # what pypdf complains of quotes the file
    gc.disable()  # looking for cycles among a PDF's hundred thousand objects takes a third of the time, and the process ends soon
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    reply, served = answer(data, json.loads(head)["name"])
    sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + served)


if __name__ == "__main__":
    main()
