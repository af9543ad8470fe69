"""One document typeset by typst: inside the program, or in a child process (``python -I board/paper/typst_process.py``).

Typst caches the last ten documents: eleven villages of 1,000 rows each take a gigabyte. A child process releases its cache when it ends. It
reads an order as JSON on standard input and writes the finished bytes.
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
MEMORY_BYTES = 2 << 30  # a poster of 9,000 rows takes a third of it
CPU_SECONDS = 60
NO_MEMORY = 3  # exit code when Python runs out of memory; when typst does, the system ends the process


def made(order: Mapping[str, Any]) -> bytes:
    """Return the whole PDF, or the first page as PNG or SVG, of an order.

    The order has ``template``, ``inputs``, ``fonts`` (a folder), ``form``, ``ppi`` and ``made_at`` (seconds since 1970).
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
        timestamp=order["made_at"],
        pdf_standards="ua-1" if form == "pdf" else [],
    )
    return document[0] if isinstance(document, list) else document


def families(folder: str) -> list[str]:
    """Return the names of the typefaces that typst finds in a folder."""
    return list(_case(folder).families())


@cache
def _case(folder: str) -> typst.Fonts:
    """Return typst's fonts: our one font file and none of the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def main() -> None:
    """Read an order from standard input, typeset it, write the bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the poster on disk
    try:
        sys.stdout.buffer.write(made(json.load(sys.stdin.buffer)))
    except MemoryError:
        sys.exit(NO_MEMORY)


if __name__ == "__main__":
    main()
