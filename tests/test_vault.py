"""What is sealed says how, and what was sealed before it did still opens."""

from __future__ import annotations

import secrets
import tomllib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from board.vault import MARK, KeyFileError, Vault


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


def test_the_key_file_says_how_matching_keys_are_made(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    made = Vault.make(file).key("person", "1234")

    assert set(tomllib.loads(file.read_text())) == {"seal", "match", "web"}, "a program of before reads it too"
    assert file.read_text().splitlines()[-1].startswith("# match makes keys by HMAC with sha256")
    with file.open("a") as out:
        out.write('match_algorithm = "sha3-256"\n')
    assert Vault.load(file).key("person", "1234") != made


@pytest.mark.parametrize("name", ["gost", ""])
def test_a_key_file_with_an_algorithm_that_is_not_known_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "keys.toml"
    Vault.make(file)
    with file.open("a") as out:
        out.write(f'match_algorithm = "{name}"\n')

    with pytest.raises(KeyFileError, match="see docs/keys.md"):
        Vault.load(file)
