"""One document set by typst: within the program, or in a process of its own (``python -I board/paper/typst_process.py``).

Typst keeps what it set for the next ten documents, in case they are alike: eleven villages of 1,000 rows each take a gigabyte.
What a process kept is gone when it ends. It is given an order as JSON on standard input, and answers with the finished bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent
MEMORY_BYTES = 2 << 30  # a sheet of 9,000 rows takes a third of it
CPU_SECONDS = 60
NO_MEMORY = 3  # what the process says when it ends because Python got no more; where typst gets none, the system ends it
# A sheet says itself when it was posted; a clock in the file would make each printing differ from the one that was approved.
TIMESTAMP = 0


def made(order: Mapping[str, Any]) -> bytes:
    """Return the whole PDF, or the first page as PNG or SVG, of an order.

    The order has ``template``, ``inputs``, ``fonts`` (a folder), ``form`` and ``ppi``.
    """
    form = order["form"]
    document = typst.compile(
        TEMPLATES / f"{order['template']}.typ",
        root=TEMPLATES,
        font_paths=_case(order["fonts"]),
        ignore_system_fonts=True,
        sys_inputs=order["inputs"],
        format=form,
        ppi=order["ppi"],
        timestamp=TIMESTAMP,
        pdf_standards="ua-1" if form == "pdf" else [],
    )
    return document[0] if isinstance(document, list) else document


@cache
def _case(folder: str) -> typst.Fonts:
    """The type case: one font file and nothing of the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def main() -> None:
    """Take an order, set it, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold the sheet on disk
    try:
        sys.stdout.buffer.write(made(json.load(sys.stdin.buffer)))
    except MemoryError:
        sys.exit(NO_MEMORY)


if __name__ == "__main__":
    main()
