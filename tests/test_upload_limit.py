"""How large a spreadsheet may be is the caller's to say, and what is refused tells the true figure."""

from __future__ import annotations

import io
import zipfile

import pytest

from board.sheets import UnreadableSheet, pasted, read


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
