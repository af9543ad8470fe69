"""Settings of the installation that pages and posters print: the public address, and the county office for reports about officials."""

from __future__ import annotations

from flask import current_app

COUNTY = ("COUNTY_REPORT_OFFICE", "COUNTY_REPORT_PHONE", "COUNTY_REPORT_ADDRESS")


def public_address() -> str:
    """Return the scheme and host that are printed, without a trailing slash; "" if PUBLIC_ADDRESS is not set."""
    return str(current_app.config["PUBLIC_ADDRESS"]).rstrip("/")


def absolute(path: str) -> str:
    """Return the absolute URL of a path, from PUBLIC_ADDRESS and never from the request's Host header."""
    return public_address() + path


def short_address(path: str) -> str:
    """Return the URL of a path as one types it, without the scheme."""
    return absolute(path).split("://", 1)[-1]


def county_office() -> list[str]:
    """Return the county office for reports: name, telephone number and address, each "" if it is not set."""
    return [current_app.config[name] for name in COUNTY]
