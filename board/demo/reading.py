"""The demo's reading points, invented, and what 百和镇 brought there: one list is signed for, one on the way."""

from __future__ import annotations

from datetime import datetime

from board.demo.staff import staff
from board.rules.calendar import day_of
from board.rules.reading import Point
from board.store import deliveries, reading

COUNTY, TOWN = "510521000000", "510521116000"
WEEKDAYS = "周一到周五 9:00—17:00"
POINTS = (
    ("泸县档案馆（演示）", "archive", "泸县公开街2号（演示）", WEEKDAYS, "0830-0000002", COUNTY),
    ("泸县图书馆（演示）", "library", "泸县公开街3号（演示）", "周二到周日 9:00—20:00", "0830-0000003", COUNTY),
    ("泸县政务服务中心（演示）", "service_centre", "泸县公开街4号（演示）", WEEKDAYS, "0830-0000004", COUNTY),
    ("百和镇便民服务中心（演示）", "service_station", "百和镇公开路1号（演示）", WEEKDAYS, "0830-0000005", TOWN),
)
ARCHIVE, LIBRARY = 1, 2
SIGNER = "龙芒种"


def open_points(at: datetime) -> None:
    """Enter 泸县's reading points, which take what is posted from then on; the service station takes paper alone."""
    for name, sort, address, hours, phone, serves in POINTS:
        point = Point(name, sort, address, hours, phone, serves, paper=True, file=serves == COUNTY, since=day_of(at))
        reading.put(COUNTY, None, point, staff("luxian-disclosure").id, at)


def bring(at: datetime) -> None:
    """Bring everything to the library, where it is signed for, and list it for the archive."""
    clerk = staff("baihe-clerk").id
    made = deliveries.make(TOWN, "township", LIBRARY, clerk, at)
    assert made is not None
    deliveries.sign(TOWN, made.no, SIGNER, day_of(at), clerk, at)
    deliveries.make(TOWN, "township", ARCHIVE, clerk, at)
