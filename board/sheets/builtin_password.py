"""Workbooks that are encrypted with the password that is built into every program: those with a protected structure, or 'read only'.

Excel and WPS open them without asking, so there is no secret. Sources: [MS-OFFCRYPTO] 2.3.4 (ECMA-376 standard and agile encryption),
2.3.6 (RC4), [MS-XLS] 2.2.10 (which bytes of a stream stay plain). Any other password is refused.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

PASSWORD = "VelvetSweatshop"  # noqa: S105 - it is in the standard, and in every program
_SEGMENT = 4096
_MOST_TURNS = 1_000_000  # of a hash; programs write 100,000, and a hostile file may ask for more than there is time for
_HASHES = {"SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
_VERIFIER, _VERIFIED, _KEY = (
    bytes.fromhex("fea7d2763b4b9e79"),
    bytes.fromhex("d7aa0f6d3061344e"),
    bytes.fromhex("146e0be7abacd0d6"),
)
_PLAIN = (0x809, 0x2F, 0xE1, 0xE2, 0xC0, 0x138, 0x193, 0x194)  # the records of a .xls whose contents are not encrypted
_SHEET = 0x85  # of which the first four bytes, the place of the sheet, are not


class OtherPassword(Exception):
    """The file has a password of its own, or an encryption that is not known."""


def opened(info: bytes, package: bytes) -> bytes:
    """Return the zip in the streams ``EncryptionInfo`` and ``EncryptedPackage`` of a locked .xlsx. Raises OtherPassword."""
    try:
        major, minor = struct.unpack_from("<HH", info)
        (size,) = struct.unpack_from("<Q", package)
        data = _agile(info[8:], package[8:]) if (major, minor) == (4, 4) else _standard(info, package[8:])
    except (KeyError, IndexError, TypeError, ValueError, struct.error) as error:  # what is no such file, or a damaged one
        raise OtherPassword from error
    return data[:size]


def _cipher(key: bytes, iv: bytes | None, data: bytes) -> bytes:
    one = Cipher(AES(key), CBC(iv) if iv is not None else ECB()).decryptor()  # noqa: S305 - the standard's choice
    return one.update(data[: len(data) // 16 * 16]) + one.finalize()


def _agile(description: bytes, package: bytes) -> bytes:
    text = description.decode("utf-8", "replace")
    data, own = _tag(text, "keyData"), _tag(text, "p:encryptedKey")
    turns, salt, name = int(own["spinCount"]), base64.b64decode(own["saltValue"]), _HASHES[own["hashAlgorithm"]]
    if turns > _MOST_TURNS or own["cipherAlgorithm"] != "AES" or own["cipherChaining"] != "ChainingModeCBC":
        raise ValueError(turns)
    first = hashlib.new(name, salt + PASSWORD.encode("utf-16-le")).digest()
    for turn in range(turns):
        first = hashlib.new(name, struct.pack("<I", turn) + first).digest()
    size = int(own["keyBits"]) // 8

    def part(block: bytes, field: str) -> bytes:
        key = _fitted(hashlib.new(name, first + block).digest(), size)
        return _cipher(key, _fitted(salt, 16), base64.b64decode(own[field]))

    verifier, verified = part(_VERIFIER, "encryptedVerifierHashInput"), part(_VERIFIED, "encryptedVerifierHashValue")
    expected = hashlib.new(name, verifier[: int(own["saltSize"])]).digest()
    if not hmac.compare_digest(expected, verified[: len(expected)]):
        raise OtherPassword
    key, salt = part(_KEY, "encryptedKeyValue")[:size], base64.b64decode(data["saltValue"])
    name = _HASHES[data["hashAlgorithm"]]
    segments = (package[at : at + _SEGMENT] for at in range(0, len(package), _SEGMENT))
    ivs = (_fitted(hashlib.new(name, salt + struct.pack("<I", number)).digest(), 16) for number in range(len(package) // _SEGMENT + 1))
    return b"".join(_cipher(key, iv, segment) for segment, iv in zip(segments, ivs, strict=False))


def _tag(text: str, name: str) -> dict[str, str]:
    """Return the attributes of an element by its name, with any prefix for ``p:``."""
    pattern = rf"<(?:\w+:)?{name.removeprefix('p:')}\b([^>]*)>"
    found = re.search(pattern, text)
    return dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', found[1])) if found else {}


def _fitted(digest: bytes, size: int) -> bytes:
    return digest[:size].ljust(size, b"\x36")


def _standard(info: bytes, package: bytes) -> bytes:
    """ECMA-376 standard encryption: AES in single blocks, SHA-1, 50,000 turns."""
    (head,) = struct.unpack_from("<I", info, 8)
    algorithm, hashed, bits = struct.unpack_from("<III", info, 12 + 8)
    if algorithm not in (0x660E, 0x660F, 0x6610) or hashed != 0x8004:
        raise ValueError(algorithm)
    at = 12 + head
    (length,) = struct.unpack_from("<I", info, at)
    salt, verifier = info[at + 4 : at + 4 + length], info[at + 4 + length : at + 20 + length]
    verified = info[at + 24 + length : at + 56 + length]
    digest = hashlib.sha1(salt + PASSWORD.encode("utf-16-le")).digest()  # noqa: S324 - the standard's choice
    for turn in range(50_000):
        digest = hashlib.sha1(struct.pack("<I", turn) + digest).digest()  # noqa: S324
    digest = hashlib.sha1(digest + bytes(4)).digest()  # noqa: S324
    inner, outer = (bytes(byte ^ fill for byte in digest.ljust(64, b"\0")) for fill in (0x36, 0x5C))
    key = (hashlib.sha1(inner).digest() + hashlib.sha1(outer).digest())[: bits // 8]  # noqa: S324
    if not hmac.compare_digest(hashlib.sha1(_cipher(key, None, verifier)).digest(), _cipher(key, None, verified)[:20]):  # noqa: S324
        raise OtherPassword
    return _cipher(key, None, package)


def opened_stream(stream: bytes) -> bytes:
    """Return the stream of a locked .xls with its records in plain; FILEPASS keeps its place. Raises OtherPassword."""
    at, filepass = 0, b""
    while at + 4 <= len(stream) and not filepass:
        kind, length = struct.unpack_from("<HH", stream, at)
        filepass = stream[at + 4 : at + 4 + length] if kind == 0x2F else b""
        at += 4 + length
    try:
        key = _rc4(filepass)
    except (IndexError, struct.error) as error:
        raise OtherPassword from error
    return _unlocked(stream, key)


class _Key:
    """The key of each block of 1,024 bytes of a stream."""

    def __init__(self, base: bytes, *, sha: bool, bits: int) -> None:
        self.base, self.sha, self.bits = base, sha, bits

    def block(self, number: int) -> bytes:
        """Return RC4's key of a block."""
        told = self.base + struct.pack("<I", number)
        if self.sha:
            key = hashlib.sha1(told).digest()[: self.bits // 8]  # noqa: S324
            return key.ljust(16, b"\0") if self.bits == 40 else key
        return hashlib.md5(told).digest()  # noqa: S324

    def plain(self, data: bytes, number: int) -> bytes:
        """Return a block, or its beginning, in plain."""
        return Cipher(ARC4(self.block(number)), mode=None).decryptor().update(data)


def _rc4(filepass: bytes) -> _Key:
    kind, major, minor = struct.unpack_from("<HHH", filepass)
    if kind != 1:
        raise OtherPassword  # XOR, of which programs do not use the built-in password
    word = PASSWORD.encode("utf-16-le")
    if (major, minor) == (1, 1):
        salt, verifier, verified = filepass[6:22], filepass[22:38], filepass[38:54]
        half = hashlib.md5(word).digest()[:5]  # noqa: S324
        key = _Key(hashlib.md5((half + salt) * 16).digest()[:5], sha=False, bits=128)  # noqa: S324
        expected, size = hashlib.md5, 16
    elif minor == 2:
        (head,) = struct.unpack_from("<I", filepass, 10)
        (bits,) = struct.unpack_from("<I", filepass, 14 + 16)
        at = 14 + head
        salt, verifier, verified = filepass[at + 4 : at + 20], filepass[at + 20 : at + 36], filepass[at + 40 : at + 60]
        key = _Key(hashlib.sha1(salt + word).digest(), sha=True, bits=bits or 40)  # noqa: S324
        expected, size = hashlib.sha1, 20
    else:
        raise OtherPassword
    both = key.plain(verifier + verified, 0)
    if not hmac.compare_digest(expected(both[:16]).digest(), both[16 : 16 + size]):
        raise OtherPassword
    return key


def _unlocked(stream: bytes, key: _Key) -> bytes:
    blocks = (key.plain(stream[at : at + 1024], at // 1024) for at in range(0, len(stream), 1024))
    plain, out, at = b"".join(blocks), bytearray(stream), 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        skip = length if kind in _PLAIN else 4 if kind == _SHEET else 0
        out[at + 4 + skip : at + 4 + length] = plain[at + 4 + skip : at + 4 + length]
        if kind == 0x2F:
            out[at : at + 2] = b"\xff\xff"  # a record that no reader knows: it would refuse the stream
        at += 4 + length
    return bytes(out)
