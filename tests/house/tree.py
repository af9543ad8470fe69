"""The files of this repository, as the house checks look at them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> list[Path]:
    """Return every file that git keeps, or would keep."""
    told = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return sorted({ROOT / name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()})


def texts() -> list[tuple[str, str]]:
    """Return the name and the text of every file that is text."""
    found = []
    for file in files():
        data = file.read_bytes()
        if b"\0" not in data:
            coded = "gb18030" if file.suffix == ".csv" and not _is_utf8(data) else "utf-8"  # one sample is as WPS saves it
            found.append((file.relative_to(ROOT).as_posix(), data.decode(coded)))
    return found


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@cache
def parsed(name: str) -> ast.Module:
    """Return the tree of a Python file, which is parsed once for all checks."""
    return ast.parse((ROOT / name).read_text("utf-8"))


def modules(*folders: str) -> list[tuple[str, ast.Module]]:
    """Return the name and the tree of every Python file in these folders."""
    names = [file.relative_to(ROOT).as_posix() for file in files() if file.suffix == ".py"]
    return [(name, parsed(name)) for name in names if name.startswith(tuple(f"{one}/" for one in folders))]
