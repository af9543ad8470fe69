"""Writes board/policies/holidays.csv from the package chinesecalendar 1.11.0, which retypes the yearly notices of the State Council.

Run once a year, after the notice (November), outside the project's own environment: the program never imports the package.

    python -m venv /tmp/holidays && /tmp/holidays/bin/pip install chinesecalendar==1.11.0
    /tmp/holidays/bin/python deploy/make_holidays.py 2024 2026

A newer year needs a newer version of the package: raise VERSION, read the difference against the notice on gov.cn, commit both.
"""

from __future__ import annotations

import csv
import sys
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

VERSION = "1.11.0"
TARGET = Path(__file__).parent.parent / "board" / "policies" / "holidays.csv"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def main(first: int, last: int) -> None:
    """Write all days of these years that are not what their weekday says; refuse a year that the package does not know."""
    if version("chinesecalendar") != VERSION:
        sys.exit(f"chinesecalendar {VERSION} is wanted, {version('chinesecalendar')} is installed")
    years = range(first, last + 1)
    for year in years:
        if not any(day.year == year for day in holidays):
            sys.exit(f"chinesecalendar {VERSION} does not know {year}")
    days = {day: (off, NAMES[name]) for off, table in ((1, holidays), (0, workdays)) for day, name in table.items() if day.year in years}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("day", "off", "name"))
        rows.writerows((day.isoformat(), *days[day]) for day in sorted(days))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
