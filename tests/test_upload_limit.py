"""How large a spreadsheet may be is the caller's to say, and what is refused tells the true figure."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest

from board.sheets import UnreadableSheet, pasted, read
from board.sheets.limits import ROWS
from tests.house.tree import ROOT

pytestmark = pytest.mark.in_child


def large(megabytes: int) -> bytes:
    """A text table of a bit more than this, with few cells."""
    line = ("高洞社区," + "长" * 3000 + "\n").encode()
    return line * ((megabytes << 20) // len(line) + 1)


def test_the_caller_says_how_large_a_file_may_be() -> None:
    data, zipped = large(20), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", large(3))

    with pytest.raises(UnreadableSheet, match="too_large"):
        read(data, "a.csv")
    assert len(read(data, "a.csv", 40 << 20).table().cells) == data.count(b"\n")
    with pytest.raises(UnreadableSheet, match="too_large") as caught:
        read(zipped.getvalue(), "a.zip", 2 << 20)
    assert "2 MB" in caught.value.message.zh
    with pytest.raises(UnreadableSheet) as caught:
        pasted("甲\t乙\n" * 400_000, 1 << 20)
    assert "over 1 MB" in caught.value.message.en


# Read in a process of its own: what a process took at most is never taken back.
MEASURED = """
import json, resource, sys
from board import sheets
data = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    code = str(len(sheets.read(data, "a.csv").table().cells))
except sheets.UnreadableSheet as refused:
    code = refused.code
parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps([code, parent >> 10, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10]))
"""


def rows(count: int) -> bytes:
    return "村,户主,面积,金额\n".encode() + b"".join(f"高洞,张小{no % 100},{no % 9}.5,{no % 900}\n".encode() for no in range(count))


@pytest.mark.parametrize(("count", "code"), [(700_000, "too_long"), (ROWS - 1, str(ROWS))], ids=["refused", "taken"])
def test_neither_process_takes_400_mb_for_a_long_table(count, code) -> None:
    data = rows(count)
    assert len(data) < 20 << 20
    done = subprocess.run([sys.executable, "-c", MEASURED], input=data, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    told, parent, child = json.loads(done.stdout)

    assert told == code
    assert max(parent, child) < 400
    assert count <= ROWS or parent + child < 250  # refused before any cell takes memory


def test_a_table_that_is_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(UnreadableSheet, match="too_long") as caught:
        pasted("甲\t乙\n" * (ROWS + 1))
    assert "超过 20 万行" in caught.value.message.zh
    assert "over 200,000 lines" in caught.value.message.en


def test_the_sheets_of_a_workbook_are_counted_together() -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, rows(ROWS // 2 + 1))
    with pytest.raises(UnreadableSheet, match="too_long"):
        read(zipped.getvalue(), "a.zip")
