"""Access control, closed by default: every view is either marked public or names the action of ``rules/roles.py`` that it needs."""

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
    """Mark a view as public; public pages set no cookie."""
    view.public = True  # type: ignore[attr-defined]
    return view


def tokened(view: View) -> View:
    """Exempt a view from Flask-WTF's CSRF check: it uses no session cookie, and its form has its own signed token."""
    csrf.exempt(view)
    return view


def needs(action: str) -> Callable[[View], View]:
    """Open a view to the roles that hold ``action``; the view itself checks the home."""
    assert action in roles.TABLE, action

    def mark(view: View) -> View:
        view.needs = action  # type: ignore[attr-defined]
        return view

    return mark


def framed(view: View) -> View:
    """Allow this page in a frame of our own staff pages (the reviewer's view of the villager's page)."""
    view.framed = True  # type: ignore[attr-defined]
    return view


def filmed(view: View) -> View:
    """Allow this page to use the camera (to read the codes on a wall)."""
    view.filmed = True  # type: ignore[attr-defined]
    return view


def may(action: str, home: str) -> bool:
    """Return whether the signed-in user may do ``action`` for that home."""
    return roles.may(current_user.role, current_user.area, current_user.level, action, home)


def check() -> Any:
    """Check access before a view runs: without a session the sign-in page, 403 for the wrong role; unknown URLs are left to Flask (404)."""
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
    if current_user.must_change and needed != "account":  # a temporary password allows only the page to change it
        return redirect(link("auth.account"))
    return None


def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def start(app: Flask) -> None:
    """Install access control, CSRF checks and the security headers."""
    # Not login_manager.init_app: its after_request hook and its context processor would read the session cookie on every public page.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.jinja_env.globals["current_user"] = current_user  # a proxy: evaluated only by templates that use it
    login_manager.session_protection = None  # it compares the network address, which changes on a tablet's mobile network
    app.before_request(check)  # before the CSRF check, so that a form posted after the session ended is carried through sign-in
    csrf.init_app(app)
    # connect-src: auditing tools that run within a page fetch our own robots.txt; of our scripts one keeps what staff type, and a meeting's
    # page sends what waited on it.
    closed = "default-src 'none'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    # The public style sheet is inlined on every page, also on error pages of the staff side; scripts run only on staff pages and, in large
    # type, on public pages, where one reads the page aloud.
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
