"""Every setting of the program in one table: name, default and help text.

A value is read from the default, then ``instance/config.toml``, then the environment variable ``BOARD_<NAME>``; the last one wins.
``docs/settings.md`` documents this table, and a test compares the two.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple


class Setting(NamedTuple):
    """One setting; a given value is converted to the type of ``default``."""

    name: str
    default: str | int | bool
    help: str
    most: int | None = None  # None: no upper limit
    least: int | None = None  # None: no lower limit


SETTINGS = (
    Setting("DATABASE_URL", "", "Database address; empty means SQLite in the instance folder, postgresql://… is PostgreSQL."),
    Setting(
        "KEY_FILE",
        "",
        "File of the keys that seal names and match people; empty means keys.toml in the instance folder. Keep it apart from backups.",
    ),
    Setting(
        "PUBLIC_ADDRESS",
        "",
        "The address printed in QR codes, such as https://gk.luxian.gov.cn; outside a demo nothing is approved or printed before it was "
        "seen to lead here (the administrator's page 网址).",
    ),
    Setting("DEMO", False, "This is a demonstration: every page says so, and the demo's users and password are allowed."),
    Setting("HTTPS", True, "Cookies travel over https only; a demo on http turns it off."),
    Setting("IDLE_MINUTES", 30, "Minutes without a click after which a person has to sign in again."),
    Setting("SHARED_IDLE_MINUTES", 10, "The same on a tablet that was called shared at sign-in."),
    Setting("PASSWORD_LENGTH", 10, "Minimum length of a new password, in characters."),
    Setting("PASSWORD_MEMORY_KB", 19456, "Memory of one password check by argon2 in KiB (OWASP's minimum is 19456)."),
    Setting(
        "UPLOAD_MB",
        20,
        "The largest spreadsheet taken, in megabytes, 40 at most; it is held in memory (40 MB of text take 0.6 GB while they are read) and "
        "never written to disk.",
        least=1,
        most=40,  # measured: reading 40 MB takes 0.6 GB and 13 s of CPU; the process is limited to 1 GiB and 20 s
    ),
    Setting(
        "BACKGROUND",
        True,
        "Each serving process also works on large tables in the background, and does what is to be done once a day; turn it off where "
        "`flask --app wsgi work` runs beside them.",
    ),
    Setting(
        "FORMS_AT_ONCE",
        24,
        "Forms and uploads that a serving process takes at once; keep it below the server's threads (granian's --blocking-threads), so "
        "that pages are answered while forms trickle in.",
        least=1,
    ),
    Setting(
        "METRICS_FOLDER",
        "metrics",
        "Folder of the counters that `flask --app wsgi observe` adds up, best one in memory such as /run/mingbai/metrics; a relative "
        "path is within the instance folder; empty: nothing is counted.",
    ),
    Setting("ACCESS_LOG", True, "Write a line to the log for each request; errors are always written (docs/monitoring.md)."),
    Setting("PAGES_MB", 64, "Memory in megabytes of each serving process's cache of public pages."),
    Setting("PAGE_ROWS", 200, "Rows of a roster on one public page."),
    Setting("PAGE_NOTICES", 20, "Notices that a search shows on one page."),
    Setting(
        "RETURNS_FILE",
        "",
        "A TOML file with the county's own reasons why banks return payments, added to board/policies/returns.toml (docs/kinds.md).",
    ),
    Setting("KINDS_FOLDER", "", "A folder with the county's own kinds, one TOML file each, beside those of board/kinds (docs/kinds.md)."),
    Setting(
        "ANSWERS_FILE",
        "",
        "A TOML file with shorter times to answer, as [[answer]] in board/policies/periods.toml has them; the strictest wins, so that a "
        "county cannot lengthen what the law says.",
    ),
    Setting("COUNTY_REPORT_OFFICE", "", "Who takes reports about officials, as villagers read it, such as 泸县纪委监委信访室."),
    Setting("COUNTY_REPORT_PHONE", "", "That office's telephone number."),
    Setting("COUNTY_REPORT_ADDRESS", "", "That office's address for visits and letters."),
    Setting(
        "ORGANISER",
        "",
        "主办: the office whose site this is, named in the footer of every public page; this and the six below are left out if empty.",
    ),
    Setting("OPERATOR", "", "承办: the office that runs the site."),
    Setting("SITE_CODE", "", "网站标识码: the site's ten digits in the register of government websites."),
    Setting("ICP_NUMBER", "", "ICP备案号, such as 蜀ICP备12345678号; it leads to the ministry's register (beian.miit.gov.cn)."),
    Setting("POLICE_NUMBER", "", "公安备案号, such as 川公网安备 51052102000001号; it leads to the police's register (beian.mps.gov.cn)."),
    Setting("FAULT_ADDRESS", "", "政府网站找错: the address of the page on which visitors report faults of the site."),
    Setting("SITE_PHONE", "", "The telephone number for questions about the site itself."),
    Setting(
        "INSPECTOR_OFFICE",
        "",
        "The name of the county inspector's office, as its page shows it; reports against people are not taken here yet.",
    ),
)


class SettingError(ValueError):
    """A setting has an unknown name or a value of the wrong type; the message names it."""


def _read(setting: Setting, value: Any) -> str | int | bool:
    try:
        if isinstance(setting.default, bool):
            return value if isinstance(value, bool) else {"1": True, "true": True, "0": False, "false": False}[str(value).lower()]
        read = type(setting.default)(value)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingError(f"{setting.name}: {value!r} is not a {type(setting.default).__name__}") from error
    if setting.most is not None and isinstance(read, int) and read > setting.most:
        raise SettingError(f"{setting.name}: {read} is more than {setting.most}, the most that it may be")
    if setting.least is not None and isinstance(read, int) and read < setting.least:
        raise SettingError(f"{setting.name}: {read} is less than {setting.least}, the least that it may be")
    return read


def _suggestions(unknown: list[str], known: set[str]) -> str:
    near = [found for name in unknown for found in get_close_matches(name, known, 1)]
    return f"Did you mean {', '.join(near)}? " if near else ""


def read(instance: Path, environ: Mapping[str, str] = os.environ) -> dict[str, str | int | bool]:
    """Return the value of every setting by name, from defaults, file and environment.

    Raises SettingError for an unknown name, a value of the wrong type or above its limit, or a file that cannot be read.
    """
    given: dict[str, Any] = {}
    file = instance / "config.toml"
    if file.exists():
        try:
            given = {name.upper(): value for name, value in tomllib.loads(file.read_text("utf-8")).items()}
        except (OSError, ValueError) as error:
            raise SettingError(f"{file} cannot be read: {error}. Each line of it is name = value, with texts in quotes.") from error
    given |= {name.removeprefix("BOARD_"): value for name, value in environ.items() if name.startswith("BOARD_")}
    known = {setting.name for setting in SETTINGS}
    unknown = sorted(set(given) - known)
    if unknown:
        raise SettingError(f"unknown setting: {', '.join(unknown)}. {_suggestions(unknown, known)}docs/settings.md lists all of them.")
    return {setting.name: _read(setting, given.get(setting.name, setting.default)) for setting in SETTINGS}
