"""The keys outside the database: they encrypt names and contacts, and turn ID and account numbers into keyed hashes for matching.

Without the file sealed names cannot be opened and numbers cannot be matched; ``docs/keys.md`` says how to keep it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import tomllib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"\x01A256GCM"  # before what is sealed: with which algorithm (JSON Web Algorithms' name for AES-256-GCM), so that another may follow


class KeyFileError(ValueError):
    """The key file cannot be read or made; the message says which and what to do."""


def file(setting: str, instance: str | Path) -> Path:
    """Return the key file: that of the setting KEY_FILE, or ``keys.toml`` in the instance folder."""
    return Path(setting or Path(instance) / "keys.toml")


class Vault:
    """Encryption and keyed hashing with the secrets of one installation."""

    def __init__(self, seal: bytes, match: bytes, web: bytes) -> None:
        self._box = AESGCM(seal)
        self._match = hmac.new(match, digestmod=hashlib.sha256)  # copied for each value: faster than a new HMAC
        self.web = web  # signs cookies and form tokens

    @classmethod
    def load(cls, file: Path) -> Vault:
        """Read the keys, or create the file on the first start (mode 600). Raises KeyFileError."""
        try:
            return cls(**cls._read(file))
        except (OSError, ValueError, TypeError, AttributeError) as error:  # neither may quote a key
            why = f"The key file {file} cannot be used ({type(error).__name__})"
            raise KeyFileError(f"{why}: let this user read it, or put its backup back; see docs/keys.md.") from None

    @staticmethod
    def _read(file: Path) -> dict[str, bytes]:
        if not file.exists():
            fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.writelines(f'{name} = "{base64.b64encode(secrets.token_bytes(32)).decode()}"\n' for name in ("seal", "match", "web"))
            with contextlib.suppress(FileExistsError):  # another process created the file first; its keys are used
                os.link(fresh, file)
            fresh.unlink()
        return {name: base64.b64decode(text) for name, text in tomllib.loads(file.read_text()).items()}

    def seal(self, text: str) -> bytes:
        """Return ``text`` encrypted for storage: the mark of the algorithm, the nonce, and AES-256-GCM's output."""
        return self.seal_bytes(text.encode())

    def open(self, sealed: bytes) -> str:
        """Return the text that was sealed; raises cryptography's InvalidTag if a byte was changed or the key is another."""
        return self.open_bytes(sealed).decode()

    def seal_bytes(self, data: bytes) -> bytes:
        """Return bytes encrypted as by ``seal``."""
        nonce = secrets.token_bytes(12)
        return MARK + nonce + self._box.encrypt(nonce, data, MARK)

    def open_bytes(self, sealed: bytes) -> bytes:
        """Return the bytes that ``seal_bytes`` encrypted; raises as ``open`` does."""
        mark = MARK if sealed.startswith(MARK) else b""  # what was sealed before the mark came begins with its nonce
        rest = sealed[len(mark) :]
        return self._box.decrypt(rest[:12], rest[12:], mark or None)

    def key(self, what: str, canonical: str) -> str:
        """Return the matching key (HMAC-SHA-256, 32 hex characters) of a personal value; equal values give equal keys."""
        keyed = self._match.copy()
        keyed.update(f"{what}:{canonical}".encode())
        return keyed.hexdigest()[:32]
