"""The limited child process that decodes QR codes: a photo on standard input, a line of JSON on standard output.

Run by path, outside the program, under the same limits as for a sheet (``board/sheets/child.py`` gives the reason). Answers ``{"codes":
[text, …]}`` or ``{"error": code}``, and nothing on standard error.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

SHEETS = Path(__file__).resolve().parents[1] / "sheets" / "child.py"


def main() -> None:
    """Decode and answer. The limits come after the imports, which may still write Python's byte code."""
    shared = runpy.run_path(str(SHEETS))  # its limits, and its imports without Flask
    shared["alone"]()
    from board.codes.decode import answer

    shared["limit"]()
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
