"""An archive is a tar that anybody opens; of one that was cut short or altered nothing is read."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.backup.archive import MANIFEST, Archive, Stream
from board.backup.refusal import BackupRefused


def written(folder: Path, content: bytes) -> Path:
    """Return an archive with a manifest, a file and some bytes."""
    (folder / "payload").write_bytes(content)
    path = folder / "made.backup"
    path.write_bytes(Stream(b"{}", [("payload", folder / "payload"), ("instance/config.toml", b"demo = true\n")], 1_700_000_000).read())
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("archive")


def test_it_gives_back_what_was_put_in(folder):
    with Archive(written(folder, b"x" * 3_000_000)) as archive:
        assert archive.names == [MANIFEST, "payload", "instance/config.toml"]
        assert archive.manifest() == b"{}"
        assert archive.member("payload").read() == b"x" * 3_000_000
        with pytest.raises(BackupRefused, match="lacks another"):
            archive.member("another")


def test_any_tar_opens_it(folder):
    with tarfile.open(written(folder, b"content")) as plain:
        assert plain.getnames() == [MANIFEST, "payload", "instance/config.toml"]


def test_it_is_made_in_pieces_of_any_size(folder):
    path = written(folder, b"content")
    stream, pieces = Stream(b"{}", [("payload", folder / "payload"), ("instance/config.toml", b"demo = true\n")], 1_700_000_000), []
    while piece := stream.read(700):
        pieces.append(piece)
    assert max(map(len, pieces)) <= 700
    assert b"".join(pieces) == path.read_bytes()


@given(st.data(), st.binary(max_size=2_000))
def test_one_altered_byte_is_enough_to_refuse_it(data, content):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), content)
        whole = bytearray(path.read_bytes())
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        with pytest.raises(BackupRefused):
            Archive(path)


@given(st.data(), st.binary(max_size=2_000))
def test_one_missing_byte_at_its_end_is_enough_to_refuse_it(data, content):
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), content)
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        with pytest.raises(BackupRefused):
            Archive(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04" + bytes(2_000), "is no backup of this program"),
        (MANIFEST.encode() + bytes(2_000), "was cut short"),
    ],
)
def test_each_says_in_a_sentence_what_it_is(tmp_path, content, says):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BackupRefused, match=says):
        Archive(tmp_path / "file")


def test_a_file_that_shrinks_meanwhile_makes_no_archive(tmp_path):
    (tmp_path / "payload").write_bytes(bytes(5_000_000))
    stream = Stream(b"{}", [("payload", tmp_path / "payload")], 0)
    while len(stream.read(600_000)) < 600_000:  # until the payload has begun
        pass
    (tmp_path / "payload").write_bytes(b"")
    with pytest.raises(BackupRefused, match="changed while"):
        stream.read()
