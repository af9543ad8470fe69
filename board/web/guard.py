"""Closed unless opened: every route is either listed as public or names the action of ``rules/roles.py`` that it needs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect

from board.rules import roles
from board.web.i18n import large, link
from board.web.styles import kiosk_style, public_style

View = TypeVar("View", bound=Callable[..., Any])
login_manager = LoginManager()
csrf = CSRFProtect()


def public(view: View) -> View:
    """Open a view to everybody; such pages set no cookie."""
    view.public = True  # type: ignore[attr-defined]
    return view


def tokened(view: View) -> View:
    """Take a form without the session's token: it carries a secret of its own, and there is no session that another site could ride on."""
    csrf.exempt(view)
    return view


def needs(action: str) -> Callable[[View], View]:
    """Open a view to the roles that hold ``action``; the view itself still checks for which home."""
    assert action in roles.TABLE, action

    def mark(view: View) -> View:
        view.needs = action  # type: ignore[attr-defined]
        return view

    return mark


def framed(view: View) -> View:
    """Let a staff page of ours show this one in a frame (the reviewer's view of the villager's page)."""
    view.framed = True  # type: ignore[attr-defined]
    return view


def filmed(view: View) -> View:
    """Let a staff page of ours ask for the tablet's camera (to read the codes on a wall)."""
    view.filmed = True  # type: ignore[attr-defined]
    return view


def may(action: str, home: str) -> bool:
    """Return whether the person who is signed in may do the action for that home."""
    return roles.may(current_user.role, current_user.area, current_user.level, action, home)


def check() -> Any:
    """Refuse a request before its view runs: 404 for no such page, the sign-in page for strangers, 403 for the wrong role."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "public", False):
        return None
    if not current_user.is_authenticated:
        return login_manager.unauthorized()
    needed = getattr(view, "needs", "")
    if not needed or not roles.holds(current_user.role, needed):
        abort(403)
    if current_user.must_change and needed != "account":  # a temporary password opens nothing but the page to change it
        return redirect(link("auth.account"))
    return None


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def start(app: Flask) -> None:
    """Guard every request of the app and put the same headers on every answer."""
    # Not login_manager.init_app: it would ask every public page's visitor for his cookie, to remember him and to say who he is.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user  # looked up by the pages that show it, and by no other
    login_manager.session_protection = None  # its fingerprint is of the address, which changes on a tablet's mobile network
    app.before_request(check)  # before the form's token is looked at: whoever was signed out meanwhile keeps what he typed
    csrf.init_app(app)
    # connect-src: what judges a site from within its page fetches our own robots.txt; there is no script of ours that fetches anything.
    closed = "default-src 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    # The public style sheet is inlined on every page, error pages of the staff side among them; our scripts run on staff pages only,
    # and in large type, where one reads the page aloud.
    open_policy = f"{closed}; style-src 'self' 'sha256-{_hash(public_style(app))}'; img-src 'self' data:"
    aloud_policy = f"{open_policy}; script-src 'self'"
    staff_policy = f"{aloud_policy}; frame-src 'self'"
    kiosk_policy = f"{closed}; style-src 'sha256-{_hash(kiosk_style(app))}'; img-src data:"
    framed_policy = open_policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")

    @app.after_request
    def headers(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        open_to_all = getattr(view, "public", False)
        unframed = staff_policy if hasattr(view, "needs") else aloud_policy if large() else open_policy
        own = kiosk_policy if g.get("kiosk") else framed_policy if getattr(view, "framed", False) else unframed
        response.headers["Content-Security-Policy"] = own
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        camera = "(self)" if getattr(view, "filmed", False) else "()"
        response.headers["Permissions-Policy"] = f"camera={camera}, geolocation=(), microphone=()"
        if app.config["HTTPS"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache" if open_to_all and not g.get("keeps") else "no-store"
        return response
