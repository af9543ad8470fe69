"""Dates as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime

from board.rules.calendar import CHINA
from board.rules.sheet import figures


def typed_day(text: str) -> date | None:
    """Return the day that a clerk wrote (2026-11-20, 2026.11.20, 2026年11月20日, 20261120), or None when it is none of this century."""
    try:
        found = figures.day(text.strip())
    except figures.FigureError:
        return None
    return found if found and 2000 <= found.year < 2100 else None


_TIME = re.compile(r"(?P<day>.+?)(?:日|T|\s)\s*(?P<half>上午|下午|晚上|中午)?\s*(?P<hour>\d{1,2})(?:[:：点时](?P<minute>半|\d{1,2})?分?)")


def typed_moment(text: str) -> datetime | None:
    """Return the moment in China that a clerk wrote (2026-11-20 15:30, 2026年11月20日下午3点半), or None for none of this century."""
    found = _TIME.fullmatch(text.strip())
    day = typed_day(found["day"]) or typed_day(f"{found['day']}日") if found else None
    if found is None or day is None:
        return None
    hour, minute = int(found["hour"]), 30 if found["minute"] == "半" else int(found["minute"] or 0)
    hour += 12 if found["half"] in ("下午", "晚上") and hour < 12 else 0
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CHINA) if hour < 24 and minute < 60 else None


def iso_moment(text: str) -> str:
    """Return a moment as it is stored (2026-11-20T15:30), whichever way the clerk wrote it; what is no moment comes back as it is."""
    found = typed_moment(text)
    return f"{found:%Y-%m-%dT%H:%M}" if found else text


def iso(text: str) -> str:
    """Return a day as it is stored, whichever way the clerk wrote it; what is no day comes back as it is."""
    found = typed_day(text)
    return found.isoformat() if found else text
