"""Whether a public address can be the address of a real site: names that are reserved for examples and tests lead nowhere."""

from __future__ import annotations

from urllib.parse import urlsplit

# RFC 2606 and RFC 6761, and the names that manuals use.
_RESERVED = ("example", "test", "invalid", "localhost", "local")


def host(address: str) -> str:
    """Return the host name of an address, in small letters, without a port; "" if there is none."""
    return (urlsplit(address).hostname or "").rstrip(".")


def reserved(address: str) -> bool:
    """Return whether an address is that of this machine itself, or has a name for examples and tests: no villager's phone can open it."""
    labels = host(address).split(".")
    return labels[-1] in _RESERVED or "example" in labels or labels[0] == "127" or host(address) in ("::1", "0.0.0.0")  # noqa: S104
