"""Whether a public address can be the address of a real site: names that are reserved for examples and tests lead nowhere."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

# RFC 2606 and RFC 6761, and the names that manuals use.
_RESERVED = ("example", "test", "invalid", "localhost", "local", "localdomain", "lan", "internal", "home", "intranet")


def host(address: str) -> str:
    """Return the host name of an address, in small letters, without a port; "" if there is none."""
    return (urlsplit(address).hostname or "").rstrip(".")


def reserved(address: str) -> bool:
    """Return whether an address is this machine's own, or has a name for examples, tests or one office: no villager's phone can open it."""
    name = host(address)
    try:
        found = ip_address(name)
        found = getattr(found, "ipv4_mapped", None) or found
        return found.is_loopback or found.is_link_local or found.is_unspecified  # 10.1.2.3 may be an office's own network
    except ValueError:
        labels = name.split(".")
    return len(labels) < 2 or labels[-1] in _RESERVED or "example" in labels or labels[-2:] == ["home", "arpa"]
