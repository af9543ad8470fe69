"""The keys outside the database: they encrypt names and contacts, and turn ID and account numbers into keyed hashes for matching.

Without the file sealed names cannot be opened and numbers cannot be matched; ``docs/keys.md`` says how to keep it.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import os
import secrets
import tomllib
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"\x01A256GCM"  # before what is sealed: with which algorithm (JSON Web Algorithms' name for AES-256-GCM), so that another may follow
NAMES = ("seal", "match", "web")
SHA256 = "sha256"  # with which HMAC makes matching keys, by hashlib's name, unless the file has another as match_algorithm
_SAID = f"# match makes keys by HMAC with {SHA256}; another hash would stand here as match_algorithm\n"
_LOST = "lost = true  # the keys of before: what they sealed stays closed\n"


class KeyFileError(Exception):
    """The key file cannot be read or made; the message says which and what to do."""


class KeyFileMissing(KeyFileError):
    """There is no key file under this name."""


def _unusable(file: Path, error: Exception) -> KeyFileError:
    """Return what to raise; the message quotes no key."""
    kind = KeyFileMissing if isinstance(error, FileNotFoundError) else KeyFileError
    why = f"The key file {file} cannot be used ({type(error).__name__})"
    return kind(f"{why}: let this user read it, or put its backup back; see docs/keys.md.")


def _new() -> tuple[bytes, bytes, bytes]:
    return secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32)


def file(setting: str, instance: str | Path) -> Path:
    """Return the key file: that of the setting KEY_FILE, or ``keys.toml`` in the instance folder."""
    return Path(setting or Path(instance) / "keys.toml")


class Vault:
    """Encryption and keyed hashing with the secrets of one installation."""

    def __init__(self, seal: bytes, match: bytes, web: bytes, match_algorithm: str = SHA256, lost: bool = False) -> None:
        self._box = AESGCM(seal)
        self._match = hmac.new(match, digestmod=match_algorithm)  # copied for each value: faster than a new HMAC
        self.web = web  # signs cookies and form tokens
        self.lost = lost  # the file says that the keys before these are lost for ever, so that not everything opens

    @classmethod
    def load(cls, file: Path) -> Vault:
        """Read the keys. Raises KeyFileError; KeyFileMissing where there is no such file."""
        try:
            return cls.parse(file.read_text())
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise _unusable(file, error) from None

    @classmethod
    def parse(cls, text: str) -> Vault:
        """Return the keys of a file's text. Raises ValueError, LookupError, TypeError or AttributeError; their messages may quote the file:
        tell only their type."""
        told = tomllib.loads(text)
        seal, match, web = (base64.b64decode(told[name]) for name in NAMES)
        return cls(seal, match, web, told.get("match_algorithm", SHA256), told.get("lost") is True)

    @classmethod
    def make(cls, file: Path, lost: bool = False) -> Vault:
        """Create the file with new keys (mode 600), unless another process was first, and read it. Raises KeyFileError.

        ``lost``: those that were before are lost for ever.
        """
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.writelines(f'{name} = "{base64.b64encode(key).decode()}"\n' for name, key in zip(NAMES, _new(), strict=True))
                out.write(_SAID + _LOST * lost)
                out.flush()
                os.fsync(out.fileno())  # what is sealed with it may be on the disk before it
            with contextlib.suppress(FileExistsError):  # its keys are used
                os.link(fresh, file)
            fresh.unlink()
        except OSError as error:
            raise _unusable(file, error) from None
        return cls.load(file)

    @classmethod
    def of_nobody(cls) -> Vault:
        """Return new keys that are kept nowhere."""
        return cls(*_new())

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
        """Return the matching key (an HMAC, 32 hex characters) of a personal value; equal values give equal keys."""
        keyed = self._match.copy()
        keyed.update(f"{what}:{canonical}".encode())
        return keyed.hexdigest()[:32]
