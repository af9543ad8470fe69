"""Signing in and out, one's own account, and what is typed when the sign-in has run out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, g, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user, login_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from board.rules.personal.detection import mask
from board.store import logins, people
from board.store.clock import now
from board.store.people import Person
from board.web.guard import login_manager, needs, public
from board.web.i18n import link

pages = Blueprint("auth", __name__)

DEVICE = "device"  # the cookie by which a browser is known again, whoever is signed in
DEVICE_LASTS = timedelta(days=365)
KEPT = "kept."  # stands before the names of fields that wait in the sign-in form
# Never carried through the sign-in form: the old page's token, and pasted rosters, which hold ID and account numbers. Nor is a password.
DROPPED = ("csrf_token", "table")

Fields = list[tuple[str, str]]


def _password(label: Any, missing: Any, kind: str) -> PasswordField:
    """Return a password's field; ``kind`` tells the browser's own store of passwords which one is meant."""
    return PasswordField(label, [InputRequired(missing), Length(max=200)], render_kw={"autocomplete": f"{kind}-password"})


class SignIn(FlaskForm):
    """Username and password; ``next`` is the path to go to, ``posted`` says that a form was on its way there."""

    username = StringField(
        _("用户名"),
        [InputRequired(_("请填用户名。")), Length(max=40)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = _password(_("密码"), _("请填密码。"), "current")
    shared = BooleanField(_("这是几个人合用的平板或电脑（不用时更快退出）"))
    next = HiddenField()
    posted = HiddenField()


class ChangePassword(FlaskForm):
    """The old password and, twice, the new one."""

    old_password = _password(_("现在的密码"), _("请填现在的密码。"), "current")
    new_password = _password(_("新密码"), _("请填新密码。"), "new")
    password_again = _password(_("新密码再填一遍"), _("请再填一遍新密码。"), "new")


def password_fault(reason: str) -> str:
    """Return in words why a password is refused; ``reason`` is that of ``people.Refused``."""
    words = {
        "old": _("现在的密码不对。忘了的话，请县里的管理员重设。"),
        "same": _("新密码不能和现在的一样。"),
        "short": _("密码太短，至少 %(n)s 个字符。可以用几个不相干的词连起来。", n=current_app.config["PASSWORD_LENGTH"]),
        "long": _("密码太长，最多 200 个字符。"),
        "username": _("密码里不能带用户名。"),
        "common": _("这个密码太常见，别人一猜就中。请换一个。"),
        "demo": _("这是演示用的密码，大家都知道。请换一个。"),
    }
    return words[reason]


@pages.app_template_global()
def menu() -> list[tuple[str, str]]:
    """Return (endpoint, words) of the pages of the role that is signed in, its first page first."""
    desk = [("desk.home.home", _("办事")), ("desk.cases.inbox", _("来件")), ("desk.walls.listed", _("公示墙"))]
    return {
        "clerk": desk,
        "reviewer": desk,
        "auditor": [("county.audit.home", _("监督")), ("county.walls.of_walls", _("公示墙")), ("county.audit.log", _("公开日志"))],
        "inspector": [("county.inspect.home", _("受理"))],
        "admin": [
            ("county.admin.people", _("人员")),
            ("county.admin.areas", _("区划")),
            ("county.admin.holidays", _("节假日")),
            ("county.feature_flags.slips", _("明白卡")),
        ],
    }[current_user.role]


@pages.app_template_global()
def role_name(role: str) -> str:
    """Return what a role is called on the pages."""
    names = {
        "clerk": _("经办（填表）"),
        "reviewer": _("审核（把关）"),
        "auditor": _("县级监督"),
        "inspector": _("县级受理（纪检）"),
        "admin": _("县级管理"),
    }
    return names[role]


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Person | None:
    """Return who is signed in under the token of the browser's cookie."""
    return logins.person(token, now())


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask() -> Any:
    """Send a stranger to the sign-in page; what somebody posted after his sign-in ran out waits in the sign-in form."""
    if request.method != "POST":
        return redirect(link("auth.sign_in", next=request.full_path.rstrip("?")))
    ours = _from_our_page()  # before the form is made: its token would be found in the session
    form = SignIn(formdata=None, next=request.full_path.rstrip("?"), posted="1")
    return _asked(form, _carried() if ours else [], lost=bool(request.files) or "table" in request.form), 401


def _from_our_page() -> bool:
    """Return whether what was posted comes from a page of ours: another site's form is sent without our cookie (SameSite=Lax)."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or bool(session)


@pages.app_errorhandler(CSRFError)
def stale(error: Any) -> Any:
    """Give back what was typed on a page that is older than this sign-in (somebody signed out and in again beside it), to be sent anew."""
    if not current_user.is_authenticated or not _from_our_page():
        advice = gettext("请退回上一页，刷新后再提交一次。")
        return render_template("error.html", heading=gettext("这一页放得太久了"), advice=advice), 400
    return _kept_page(request.full_path.rstrip("?"), _carried()), 400


def _carried() -> Fields:
    fields = request.form.items(multi=True)
    return [(name, mask(value)) for name, value in fields if name not in DROPPED and "password" not in name]


def _kept_page(target: str, kept: Fields) -> str:
    typed = [value for _name, value in kept if not value.isascii()]  # what a person reads again: no ids, no digests
    return render_template("auth/kept.html", target=target, kept=kept, typed=typed)


def _asked(form: SignIn, kept: Fields, lost: bool = False) -> str:
    g.keeps = bool(kept)  # what is carried is for this browser and this moment only
    return render_template("auth/sign_in.html", form=form, kept=kept, prefix=KEPT, lost=lost)


def _kept() -> Fields:
    return [(name.removeprefix(KEPT), mask(value)) for name, value in request.form.items(multi=True) if name.startswith(KEPT)]


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Ask for username and password, and take the person to where he was going."""
    form = SignIn(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return _asked(form, _kept()), 400 if form.errors else 200
    username = form.username.data.strip().casefold()
    device, known = _device()
    tried = logins.sign_in(username, form.password.data, device if username in known else "", form.shared.data, now())
    if tried.person is None:
        form.password.errors = [_refusal(tried)]
        return _asked(form, _kept()), 429 if tried.wait else 401
    login_user(tried.person)  # the form token in the session stays: a page left open in another window is still taken
    return _remembered(_arrive(form), device, [username, *(name for name in known if name != username)])


def _refusal(tried: logins.Try) -> str:
    if tried.busy:
        return _("现在登录的人多。请等 %(n)s 秒再试。", n=tried.wait)
    if tried.wait:
        return _("连着输错了几次。请等 %(n)s 秒再试。您平时登录用的那台平板或电脑不受影响。", n=tried.wait)
    return _("用户名或密码不对。请再看看大小写；忘了密码，请县里的管理员重设。")


def _device() -> tuple[str, list[str]]:
    """Return the id of this device and the usernames that have signed in on it; a fresh id and none where it is not known."""
    try:
        device, known = _signer().loads(request.cookies.get(DEVICE, ""), max_age=int(DEVICE_LASTS.total_seconds()))
    except BadData:
        return secrets.token_hex(8), []
    return str(device), list(known)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt=DEVICE)  # type: ignore[arg-type]


def _remembered(response: Any, device: str, known: list[str]) -> Any:
    """Let the device be known again; only the sign-in page is ever sent this cookie."""
    own = {"path": url_for("auth.sign_in"), "secure": current_app.config["HTTPS"], "httponly": True, "samesite": "Lax"}
    response.set_cookie(DEVICE, _signer().dumps([device, known[:12]]), max_age=DEVICE_LASTS, **own)
    return response


def _arrive(form: SignIn) -> Any:
    """Go where the person was going, with what he had typed, if that is a page of ours; else to the first page of his role."""
    target, kept = form.next.data or "", _kept()
    if form.posted.data and kept and _ours(target, "POST"):
        return make_response(_kept_page(target, kept))
    return redirect(target if not form.posted.data and _ours(target, "GET") else link("auth.start"))


def _ours(path: str, method: str) -> bool:
    """Return whether a path (with its query) is one of this program's guarded pages: nothing else is ever gone to after signing in."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return False
    try:
        endpoint, _values = current_app.url_map.bind("").match(path.partition("?")[0], method)
    except HTTPException:
        return False
    return hasattr(current_app.view_functions[endpoint], "needs")


@pages.get("/start")
@needs("account")
def start() -> Any:
    """Take the person to the first page of his role."""
    return redirect(link("auth.account" if current_user.must_change else menu()[0][0]))


@pages.post("/sign-out")
@needs("account")
def sign_out() -> Any:
    """Sign this browser out."""
    logins.end(current_user.token)
    return _gone()


@pages.post("/sign-out-everywhere")
@needs("account")
def sign_out_everywhere() -> Any:
    """Sign the person out on all his devices."""
    logins.end_all(current_user.id)
    return _gone()


def _gone() -> Any:
    session.clear()
    return redirect(link("auth.sign_in"))


@pages.route("/account", methods=["GET", "POST"])
@needs("account")
def account() -> Any:
    """Let the person change his password and see where he is signed in."""
    form = ChangePassword()
    if form.validate_on_submit() and _changed(form):
        flash(gettext("密码改好了。别的设备上都已退出。"), "good")
        return redirect(link("auth.start"))
    here, every = people.token_digest(current_user.token), logins.listed(current_user.id, now())
    return render_template("auth/account.html", form=form, logins=every, own=here), 400 if form.errors else 200


def _changed(form: ChangePassword) -> bool:
    """Change the password, or put what is wrong beside its field."""
    if form.new_password.data != form.password_again.data:
        form.password_again.errors = [_("两次填的新密码不一样。请再填一遍。")]
        return False
    try:
        people.change_password(current_user, form.old_password.data, form.new_password.data, now())
    except people.PersonRefused as refused:
        field = form.old_password if refused.reason == "old" else form.new_password
        field.errors = [password_fault(refused.reason)]
        return False
    return True
