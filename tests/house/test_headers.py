"""Every answer carries exactly these headers, and no others."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors import Person
from tests.house.tree import ROOT

SHEETS = "".join((ROOT / "static" / name).read_text("utf-8") for name in ("tokens.css", "public.css"))
STYLE = base64.b64encode(hashlib.sha256(re.sub(r"/\*.*?\*/\s*", "", SHEETS, flags=re.DOTALL).encode()).digest()).decode()
PUBLIC = (
    "default-src 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    f"style-src 'self' 'sha256-{STYLE}'; img-src 'self' data:"
)
ALWAYS = {
    "Content-Type": "text/html; charset=utf-8",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def headers(client: FlaskClient, path: str) -> dict[str, str]:
    """Return the headers of an answer but for those that follow from its bytes and the clock."""
    return {name: value for name, value in client.get(path).headers.items() if name not in ("Content-Length", "ETag", "Date")}


def test_a_public_page_is_kept_by_nobody_without_asking_and_runs_nothing(villager: Person) -> None:
    own = {"Content-Security-Policy": PUBLIC, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "X-Accel-Expires": "@1"}
    assert headers(villager.client, "/") == ALWAYS | own


def test_a_page_in_large_type_may_run_our_script_that_reads_it_aloud_and_no_other(villager: Person) -> None:
    expected = {"Content-Security-Policy": f"{PUBLIC}; script-src 'self'", "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    assert headers(villager.client, "/?view=large") == ALWAYS | expected | {"X-Accel-Expires": "@1"}
    own = {"X-Accel-Expires": "@1"}  # nginx keeps the pages that many ask for
    assert headers(villager.client, "/?view=huge") | own == headers(villager.client, "/")


def test_a_phone_that_has_the_page_fetches_it_no_second_time(villager: Person) -> None:
    tag = villager.client.get("/").headers["ETag"]
    again = villager.client.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_staff_page_is_kept_by_nobody_and_runs_only_our_scripts(clerk: Person) -> None:
    expected = ALWAYS | {
        "Content-Security-Policy": f"{PUBLIC}; script-src 'self'; frame-src 'self'",
        "Cache-Control": "no-store",
        "Vary": "Cookie",
    }
    assert headers(clerk.client, "/desk") == expected


def test_a_page_that_is_not_there_tells_no_more_than_others(villager: Person) -> None:
    assert headers(villager.client, "/nowhere") == ALWAYS | {
        "Content-Security-Policy": PUBLIC,
        "Cache-Control": "no-store",
    }


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/staff.css", "/sign-in"])
def test_where_https_is_it_stays(app: Flask, villager: Person, path: str) -> None:
    app.config["HTTPS"] = True
    assert headers(villager.client, path)["Strict-Transport-Security"] == "max-age=31536000"


def test_the_cookie_of_a_sign_in_is_out_of_reach_of_scripts_and_other_sites(villager: Person) -> None:
    cookie = villager.client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_address_printed_is_a_setting_and_not_what_a_request_says(villager: Person) -> None:
    assert b"evil.example" not in villager.client.get("/", headers={"Host": "evil.example"}).data
