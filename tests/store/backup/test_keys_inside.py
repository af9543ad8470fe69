"""A key file that comes with a backup takes the place of none, and never that of another."""

from __future__ import annotations

import pytest

from board.backup.refusal import BackupRefused
from board.store import sealing
from board.store.backup import keys_inside
from board.vault import Vault


@pytest.fixture
def place(app):
    """The key file of the installation."""
    return sealing.file()


@pytest.fixture
def others(tmp_path):
    """The key file of another installation."""
    Vault.make(tmp_path / "others.toml")
    return (tmp_path / "others.toml").read_bytes()


def test_what_goes_in_is_the_installations_own(place):
    assert keys_inside.member() == ("keys.toml", place.read_bytes())


def test_where_another_key_file_is_it_is_refused_and_left_as_it_is(place, others):
    own = place.read_bytes()
    keys_inside.refuse_another(own)

    with pytest.raises(BackupRefused, match="another one is there: .*put that file away"):
        keys_inside.refuse_another(others)
    assert place.read_bytes() == own


def test_where_there_is_none_it_is_written_for_its_owner_alone(place, others):
    place.unlink()
    keys_inside.refuse_another(others)
    keys_inside.put(others)
    keys_inside.put(others)  # as after a restore that was interrupted

    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (others, 0o600)
