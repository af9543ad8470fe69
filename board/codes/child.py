"""The limited child process that looks for codes: a photo on standard input, a line of JSON on standard output.

Run by path, apart from the program, under the same limits as that of a sheet (``board/sheets/child.py`` says why). Answers
``{"codes": [text, …]}`` or ``{"error": code}``, never a word on standard error.
"""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

SHEETS = Path(__file__).resolve().parents[1] / "sheets" / "child.py"


def main() -> None:
    """Look, answer. The limits come after the imports, which may still write Python's own byte code."""
    shared = runpy.run_path(str(SHEETS))  # its limits, and its way to import rules without all that the program imports
    shared["alone"]()
    from board.codes.decode import answer

    shared["limit"]()
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
