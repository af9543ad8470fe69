"""泸县 has the feature flag for slips turned on, so that its clerks can print a village's cards."""

from __future__ import annotations

from datetime import datetime

from board.store import feature_flags

COUNTY, ADMIN = "510521000000", "luxian-admin"


def turn_on(at: datetime) -> None:
    """Turn slips on as 泸县's admin does."""
    feature_flags.turn(feature_flags.SLIPS, COUNTY, True, ADMIN, at)
