"""Money and quantities: whole fen and exact decimals inside, ``48,210.50`` for readers. No floats."""

from __future__ import annotations

from decimal import Decimal

_FEN_OF_A_YUAN = Decimal(100)
MOST = Decimal(10**15)  # yuan; more than any budget, and far below what eight bytes of fen hold


def yuan(fen: int) -> str:
    """Return an amount as printed: ``4821050`` fen is ``"48,210.50"`` yuan, always with both decimals."""
    sign, whole = "-" if fen < 0 else "", abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def to_fen(amount: Decimal) -> int:
    """Return an amount in yuan as whole fen.

    Raises ValueError for a part of a fen (how to round it is for the author of the sheet to decide), for what is no number, and for more
    than MOST.
    """
    if abs(_finite(amount)) > MOST:
        raise ValueError(f"not an amount of money: {amount:E} yuan")
    fen = int(amount * _FEN_OF_A_YUAN)
    if Decimal(fen).scaleb(-2) != amount:  # the product is rounded at 28 digits, which hides a part of a fen; a comparison never is
        raise ValueError(f"not whole fen: {amount} yuan")
    return fen


def from_fen(fen: int) -> Decimal:
    """Return whole fen as yuan with two decimals, exact at any size."""
    return Decimal(f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}")


def quantity(value: Decimal) -> str:
    """Return an area, a rate or a count as printed: grouped by thousands, without the zeros that say nothing (``93.60`` is ``"93.6"``)."""
    text = f"{_finite(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def area(mu: Decimal | str) -> str:
    """Return an area in mu as printed: ``"5903.61"`` is ``"5,903.61"``; as many decimals as the sheet has, and no more."""
    return quantity(Decimal(mu))


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():  # the figures of a sheet are checked before; a NaN here would print as money
        raise ValueError(f"not a number: {value}")
    return value
