"""A key file that comes with a backup takes its place, and none that was there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from board.store.backup import keys_inside
from board.vault import Vault


@pytest.fixture
def place(app):
    """The key file of the installation."""
    return Path(app.instance_path) / "keys.toml"


@pytest.fixture
def others(tmp_path):
    """The key file of another installation."""
    Vault.make(tmp_path / "others.toml")
    return (tmp_path / "others.toml").read_bytes()


def test_what_goes_in_is_the_installations_own(place):
    assert keys_inside.member() == ("keys.toml", place.read_bytes())


def test_the_keys_that_were_there_stay_beside_and_are_never_overwritten(place, others):
    own = place.read_bytes()
    keys_inside.put(others)
    keys_inside.put(others)

    assert (place.read_bytes(), place.with_name("keys.before-restore.toml").read_bytes()) == (others, own)
    with pytest.raises(FileExistsError, match="put it away first"):
        keys_inside.put(own)
    assert place.read_bytes() == others


def test_where_there_are_none_they_are_written_for_their_owner_alone(place, others):
    place.unlink()
    keys_inside.put(others)

    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (others, 0o600)
    assert not place.with_name("keys.before-restore.toml").exists()
