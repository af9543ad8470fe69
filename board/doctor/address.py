"""Checks of the public address: that it is real, that this board answers there, and that it shows no roster whose days are over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask, url_for

from board import outbound
from board.doctor.check import Check, Finding, good
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.public_address import reserved
from board.settings import SETTINGS
from board.store import address_check, doctor
from board.store.clock import of

EDIT = "${EDITOR:-vi} instance/config.toml"
RESTART = Words("改好以后重新启动", "Restart the board afterwards")
WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def _url(app: Flask) -> str:
    return str(app.config["PUBLIC_ADDRESS"]).rstrip("/")


# ---- settings with names for examples


@dataclass(frozen=True)
class Given:
    """The settings whose value is a name for examples, whether cookies travel over https, and whether this is a demo."""

    examples: list[str]
    https: bool
    demo: bool


def given_facts(app: Flask) -> Given:
    """Read the settings."""
    addresses = {one.name: WEB.findall(str(app.config[one.name])) for one in SETTINGS if isinstance(one.default, str)}
    examples = [name for name, found in addresses.items() if name != "DATABASE_URL" and any(map(reserved, found))]
    return Given(examples, bool(app.config["HTTPS"]), bool(app.config["DEMO"]))


def given(facts: Given) -> Finding:
    """Judge whether the settings are a real site's."""
    if facts.examples:
        names = "、".join(facts.examples)
        said = Words(f"还是举例用的网址：{names}", f"Still names for examples: {', '.join(facts.examples)}")
        return Finding("bad" if "PUBLIC_ADDRESS" in names else "look", said, EDIT, RESTART)
    if not facts.https:
        return Finding("look", Words("HTTPS 关着：登录的密码明着走", "HTTPS is off: passwords travel in the clear"), EDIT, RESTART)
    return good("没有举例用的网址", "No setting has a name for examples")


# ---- whether the address leads here

Leads = Literal["here", "elsewhere", "nowhere"]


@dataclass(frozen=True)
class Address:
    """The public address, where it leads to as seen from this machine, and whether it was proven before (as by a phone)."""

    address: str
    leads: Leads
    proven: bool


def address_facts(app: Flask) -> Address:
    """Ask the public address for a nonce that only a board with these keys can answer."""
    if not _url(app):
        return Address("", "nowhere", False)
    return Address(_url(app), _leads(app), address_check.proven_somewhere(_url(app)))


def _leads(app: Flask) -> Leads:
    found = outbound.is_board(_url(app), address_check.answer)
    return "nowhere" if found is None else "here" if found else "elsewhere"


def _path(app: Flask, endpoint: str, **values: Any) -> str:
    with app.test_request_context():
        return url_for(endpoint, **values)


PHONE = Words("请县里的管理员在“管理 → 网址”用手机试一次", "The county's administrator tries it on a phone: 管理 → 网址")


def address(facts: Address) -> Finding:
    """Judge whether what is printed in QR codes leads here."""
    if not facts.address:
        return Finding("bad", Words("没有设置公开网址（PUBLIC_ADDRESS）", "PUBLIC_ADDRESS is not set"), EDIT, RESTART)
    if facts.leads == "here":
        return good(f"{facts.address} 通到这里", f"{facts.address} leads here")
    if facts.leads == "elsewhere":
        said = Words(f"{facts.address} 答的不是这个网站", f"What answers at {facts.address} is not this board")
        zh = "看域名指到哪里，前面的 nginx 转到哪里，密钥换过没有"
        return Finding("bad", said, EDIT, Words(zh, "See where the name and the nginx before it lead, and whether the keys were changed"))
    if facts.proven:
        said = Words(
            f"从这台机器打不开 {facts.address}；以前证实过", f"{facts.address} cannot be opened from this machine; it was proven before"
        )
        return Finding("look", said, f"curl -sS -o /dev/null -w '%{{http_code}}\\n' {facts.address}/", PHONE)
    said = Words(f"{facts.address} 打不开，也从没证实过", f"{facts.address} does not answer, and was never proven")
    return Finding("bad", said, f"curl -sS -o /dev/null -w '%{{http_code}}\\n' {facts.address}/", PHONE)


# ---- rosters whose days are over

ASKED = 5  # the latest are those that a cache still has
PUT_AWAY = (404, 410)


@dataclass(frozen=True)
class Rosters:
    """The addresses of rosters whose days are over that still answer with rows, those that answer otherwise than 404 or 410 with what they
    answer, of how many asked, and who was asked."""

    shown: list[str]
    unclear: list[str]
    asked: int
    outside: bool  # through the public address; False: the program itself, since that does not lead here


def roster_facts(app: Flask) -> Rosters:
    """Ask for the rows of the rosters whose days were over last: as CSV, since the page itself stays, and answers 200 without them."""
    paths = [_path(app, "public.open_data.notice_csv", number=number) for number in doctor.expired(day_of(of(app)), ASKED)]
    outside = bool(paths and _url(app)) and _leads(app) == "here"
    found = {path: _outside(app, path) if outside else _inside(app, path) for path in paths}
    unclear = [f"{path} {status or 'no answer'}" for path, status in found.items() if status not in (200, *PUT_AWAY)]
    return Rosters([path for path, status in found.items() if status == 200], unclear, len(paths), outside)


def _outside(app: Flask, path: str) -> int:
    found = outbound.ask(_url(app) + path)
    return found.status if found else 0


def _inside(app: Flask, path: str) -> int:
    return app.test_client().get(path).status_code


def rosters(facts: Rosters) -> Finding:
    """Judge whether what must go has gone."""
    if facts.shown:
        said = Words(
            f"{len(facts.shown)} 份名单到期了还打得开：{facts.shown[0]}",
            f"{len(facts.shown)} rosters can still be opened: {facts.shown[0]}",
        )
        advice = Words(
            "清掉前面的缓存；网站是导出的，今天重新导出一次",
            "Empty the cache before the board; if the site is an export, export it again today",
        )
        return Finding("bad", said, "flask --app wsgi export site DIR", advice)
    if facts.unclear:
        said = Words(
            f"{len(facts.unclear)} 份名单没问清楚：{facts.unclear[0]}", f"Of {len(facts.unclear)} it is not known: {facts.unclear[0]}"
        )
        advice = Words("404、410 才是收起来了：等网站答得上来，再问一次", "Only 404 and 410 are put away: ask again once the board answers")
        return Finding("look", said, "", advice)
    if not facts.asked:
        return good("还没有到期的名单", "No roster's days are over yet")
    zh, en = ("从公开网址", "through the public address") if facts.outside else ("直接问程序", "asking the program itself")
    return good(
        f"最近到期的 {facts.asked} 份名单都收起来了（{zh}）", f"The last {facts.asked} rosters whose days are over are put away ({en})"
    )


CHECKS = (
    Check(
        "examples", Words("举例用的网址", "example names"),
        Words("印上墙的网址谁也打不开", "Nobody can open an address that was printed from an example"),
        given_facts, given, "start", in_demo=Words("演示就用这些", "A demo has them"),
    ),
    Check(
        "address", Words("公开网址", "public address"),
        Words("二维码贴在墙上好几年，扫开的要是这个网站", "Codes hang on walls for years, and have to lead here"),
        address_facts, address, of_tables=True, in_demo=Words("演示的网站没开", "The demo is not being served"),
    ),
    Check(
        "rosters", Words("到期的名单", "expired rosters"),
        Words("名单到期就不该再看得到，多看一天都是泄露", "Names may be seen until a day; each further day is a leak"),
        roster_facts, rosters, of_tables=True,
    ),
)  # fmt: skip
