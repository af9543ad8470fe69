"""The limited child process that rewrites an attachment: bytes on standard input, a line of JSON and then bytes on standard output.

Run by path, outside the program, under the same limits as for a sheet (``board/sheets/child.py`` gives the reason). The first line of its
input is JSON, the rest the file: with ``name``, a file for a notice; with ``most``, a photo that is to have at most so many bytes. It
answers with one line, ``Attachment`` without its data (of a photo: nothing) or ``{"error": code}``, followed by the bytes to keep; nothing
of the file goes to standard error.
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
    """Read, rewrite, answer. The limits come after the imports, which may still write Python's byte code."""
    shared = runpy.run_path(str(SHEETS))  # its limits, and its imports without Flask
    shared["alone"]()
    from board.attachments.reply import answer, photo

    shared["limit"]()
    logging.disable()  # pypdf's messages quote the file
    gc.disable()  # collecting among a PDF's hundred thousand objects takes a third of the time
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    reply, served = photo(data, asked["most"]) if "most" in asked else answer(data, asked["name"])
    sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + served)


if __name__ == "__main__":
    main()
