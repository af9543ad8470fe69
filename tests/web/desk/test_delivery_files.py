"""What goes to a reading point as files: data and sheets as everybody may have them today, with digests, and no full name."""

from __future__ import annotations

import io
import zipfile

import pytest

from board.store import notices, people
from board.web.desk import delivery_files
from tests.store.posted import AT, GAODONG
from tests.store.reading import brings, point
from tests.web.publishing import assistance, pages, publishes, text

LIST = "/desk/deliveries/1"


def unpacked(data: bytes) -> dict[str, str]:
    """Return the texts of the files in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return {name: text(data) if name.endswith(".pdf") else data.decode() for name, data in files.items()}


@pytest.fixture
def library(app):
    """The number of 泸县's library, which takes paper and files."""
    return point()


def test_the_zip_has_what_the_web_shows_with_digests_and_no_full_name(clerk, number, library):
    sent = publishes(assistance())
    brings(library)
    found = unpacked(clerk.sees(f"{LIST}.zip").data)
    assert {f"{number}.json", f"{number}.csv", f"{sent}.json", "sha256.txt"} <= set(found)
    assert len(found["sha256.txt"].splitlines()) == len(found) - 1
    assert "张*三" in found[f"{number}.csv"]
    assert not [name for name, words in found.items() if "张小三" in words]


def test_the_zip_has_the_sheets_that_everybody_may_print_and_the_list_their_pages(clerk, villager, number, library):
    sent = publishes(assistance())
    brings(library)
    found = unpacked(clerk.sees(f"{LIST}.zip").data)
    sheets = [name for name in found if name.endswith(".pdf")]

    assert f"{number}-{GAODONG}.pdf" in sheets
    assert [name for name in sheets if name.startswith(sent)]
    assert all("网上版" in found[name] and "贴墙版" not in found[name] for name in sheets)
    assert "张*三" in found[f"{number}-{GAODONG}.pdf"]
    assert found[f"{number}-{GAODONG}.pdf"] == text(villager.sees(f"/n/{number}/{GAODONG}/sheet.pdf").data)


def test_sheets_beyond_what_is_set_at_once_are_named_and_their_pages_left_for_the_pen(clerk, number, library, monkeypatch):
    monkeypatch.setattr(delivery_files, "MOST_SHEETS", 0)
    brings(library)
    found = unpacked(clerk.sees(f"{LIST}.zip").data)
    (sheet,) = pages(clerk.sees(f"{LIST}.pdf").data)

    assert f"/n/{number}" in found["left-out.txt"]
    assert not [name for name in found if name.endswith(".pdf")]
    assert "纸质2页" not in sheet


def test_the_zip_has_nothing_of_what_was_withdrawn(clerk, number, library):
    brings(library)
    notices.take_down(notices.find(number), people.named("baihe-reviewer").id, "面积登记错了", AT)
    assert set(unpacked(clerk.sees(f"{LIST}.zip").data)) == {"sha256.txt"}
