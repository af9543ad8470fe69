"""Which public address was proven to lead to this board, for each county; a changed address has to be proven anew."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select

from board.models import Switch, db
from board.store import ledger, sealing
from board.store.engine import writing
from board.store.feature_flags import county


def answer(nonce: str) -> str:
    """Return what this board answers to a nonce; another server does not know the key."""
    return sealing.vault().key("address", nonce)


def proven(home: str, address: str) -> bool:
    """Return whether the address was proven for the county of an area."""
    return db.session.get(Switch, (county(home), _name(address))) is not None


def proven_somewhere(address: str) -> bool:
    """Return whether the address was proven for any county of this installation."""
    return db.session.scalar(select(Switch.name).where(Switch.name == _name(address)).limit(1)) is not None


def note(home: str, address: str, way: str, actor: str, at: datetime) -> None:
    """Note that the address leads here, and log it; ``way`` is "itself" or "phone". Does nothing when it is noted already."""
    with writing() as session:
        if session.get(Switch, (county(home), _name(address)), with_for_update=True, populate_existing=True):
            return
        session.add(Switch(home=county(home), name=_name(address)))
        ledger.append(county(home), at, actor, "address.proven", address, way=way)


def _name(address: str) -> str:
    return f"address:{hashlib.sha256(address.encode()).hexdigest()[:12]}"
