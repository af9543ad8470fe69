"""Why a backup is not made or not restored."""

from __future__ import annotations


class BackupRefused(ValueError):
    """A backup cannot be made, read or restored; the message is one or two sentences that say why and what to do."""
