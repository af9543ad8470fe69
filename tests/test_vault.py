"""What is sealed says how, and what was sealed before it did still opens."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from board.vault import MARK, Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault.make(tmp_path / "keys.toml")


def test_what_is_sealed_names_its_algorithm(vault: Vault) -> None:
    sealed = vault.seal("张小三")

    assert (sealed[:8], vault.open(sealed)) == (b"\x01A256GCM", "张小三")


def test_what_was_sealed_without_a_name_of_the_algorithm_still_opens(vault: Vault) -> None:
    nonce = secrets.token_bytes(12)

    assert vault.open(nonce + vault._box.encrypt(nonce, "张小三".encode(), None)) == "张小三"


def test_the_mark_can_be_neither_taken_away_nor_changed(vault: Vault) -> None:
    sealed = vault.seal("张小三")
    for other in (sealed[len(MARK) :], b"\x01SM4-GCM" + sealed[len(MARK) :]):
        with pytest.raises(InvalidTag):
            vault.open(other)
