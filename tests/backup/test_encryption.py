"""What is encrypted opens with its private key only, and only whole."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.backup import encryption
from board.backup.refusal import BackupRefused

MINE, ANOTHERS = encryption.new_identity(), encryption.new_identity()


def encrypted(content: bytes, *keys) -> bytes:
    out = io.BytesIO()
    encryption.encrypt(io.BytesIO(content), out, [key.to_public() for key in keys])
    return out.getvalue()


def opened(path, content: bytes, *keys) -> bytes:
    path.write_bytes(content)
    out = io.BytesIO()
    encryption.decrypt(path, out, keys)
    return out.getvalue()


def test_each_of_the_keys_that_it_is_made_for_opens_it(tmp_path):
    made = encrypted(b"content" * 50_000, MINE, ANOTHERS)

    assert encryption.is_encrypted(made)
    for key in (MINE, ANOTHERS):
        assert opened(tmp_path / "x", made, key) == b"content" * 50_000


def test_without_keys_it_is_copied(tmp_path):
    assert encrypted(b"content") == b"content"


@pytest.mark.parametrize(
    ("keys", "says"),
    [([ANOTHERS], "is encrypted to another key than the one given"), ([], "is encrypted: name the file of the private key")],
)
def test_it_says_that_the_key_is_anothers_or_none(tmp_path, keys, says):
    with pytest.raises(BackupRefused, match=says):
        opened(tmp_path / "x", encrypted(b"content", MINE), *keys)


WHOLE = encrypted(b"content" * 20_000, MINE)  # once: age adds a random length to each


@given(st.data())
def test_an_altered_or_missing_byte_is_enough_to_refuse_it(tmp_path_factory, data):
    made = bytearray(WHOLE)
    at = data.draw(st.integers(0, len(made) - 1))
    if data.draw(st.booleans()):
        made[at] ^= data.draw(st.integers(1, 255))
    else:
        del made[at:]
    with pytest.raises(BackupRefused):
        opened(tmp_path_factory.getbasetemp() / "altered.age", bytes(made), MINE)


def test_a_private_key_given_as_a_public_one_is_refused_and_not_repeated():
    with pytest.raises(BackupRefused) as refused:
        encryption.recipient(str(MINE))
    assert str(refused.value) == "What stands behind --to is a private key: give its public one."
    with pytest.raises(BackupRefused, match="not a public key, which begins with age1"):
        encryption.recipient("mingbai")


def test_the_file_of_a_private_key_may_have_comments(tmp_path):
    (tmp_path / "key").write_text(f"# of the county\n\n{MINE}\n")
    assert [str(one) for one in encryption.identities(tmp_path / "key")] == [str(MINE)]
    for text in ("# nothing\n", "AGE-SECRET-KEY-1XYZ\n"):
        (tmp_path / "key").write_text(text)
        with pytest.raises(BackupRefused, match="private key"):
            encryption.identities(tmp_path / "key")


def test_a_full_disk_stays_a_full_disk():
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        encryption.encrypt(io.BytesIO(b"content" * 20_000), Full(), [MINE.to_public()])
