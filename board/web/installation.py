"""What an installation says of itself: the address that it prints, and the county's office that takes reports about officials."""

from __future__ import annotations

from flask import current_app

COUNTY = ("COUNTY_REPORT_OFFICE", "COUNTY_REPORT_PHONE", "COUNTY_REPORT_ADDRESS")


def public_address() -> str:
    """Return the scheme and host that are printed, without a slash behind them; "" where nobody set them."""
    return str(current_app.config["PUBLIC_ADDRESS"]).rstrip("/")


def absolute(path: str) -> str:
    """Return the whole address of a path of ours, as it stands in what leaves: never from what a request says."""
    return public_address() + path


def short_address(path: str) -> str:
    """Return the address of a path as one types it, without what every browser adds."""
    return absolute(path).split("://", 1)[-1]


def county_office() -> list[str]:
    """Return the county's office for reports: its name, telephone number and address, each "" where nobody set it."""
    return [current_app.config[name] for name in COUNTY]
