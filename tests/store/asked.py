"""What a villager of these tests asks about the posted notice."""

from __future__ import annotations

from datetime import UTC, date, datetime

from board.store import cases
from tests.store.posted import GAODONG

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DUE = date(2026, 11, 27)
ASKED = cases.Asked(GAODONG, 2, "amount_wrong", "我家是两亩三分,只算了两亩。", "13800138000 李四", DUE)
KEY = "a" * 32
COUNTY = "510521000000"  # the office above the township's
