"""Sign-in, sign-out, the user's own account, and forms that were posted after the session had ended."""

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
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from board.rules import supervision
from board.rules.personal.detection import mask
from board.store import logins, people
from board.store.clock import now
from board.store.engine import outage
from board.store.people import Person
from board.web import outages
from board.web.guard import login_manager, needs, public
from board.web.i18n import link, say
from board.web.installation import absolute

pages = Blueprint("auth", __name__)

DEVICE = "device"  # cookie that identifies a browser, independent of who is signed in
DEVICE_LASTS = timedelta(days=365)
KEPT = "kept."  # prefix of the sign-in form's hidden fields that carry a posted form
# Never carried through the sign-in form: the old page's CSRF token, and pasted tables, which hold ID and account numbers. Nor passwords.
DROPPED = ("csrf_token", "table")

PROXIED = ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")  # headers of a web server before ours

Fields = list[tuple[str, str]]


def _password(label: Any, missing: Any, kind: str) -> PasswordField:
    """Return a password field; ``kind`` is "current" or "new", for the autocomplete attribute that password managers read."""
    return PasswordField(label, [InputRequired(missing), Length(max=200)], render_kw={"autocomplete": f"{kind}-password"})


class SignIn(FlaskForm):
    """Username and password; ``next`` is the path to return to, ``posted`` is "1" if a form was posted to it."""

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
    """The current password, and the new one twice."""

    old_password = _password(_("现在的密码"), _("请填现在的密码。"), "current")
    new_password = _password(_("新密码"), _("请填新密码。"), "new")
    password_again = _password(_("新密码再填一遍"), _("请再填一遍新密码。"), "new")


def password_fault(reason: str) -> str:
    """Return the message for a refused password; ``reason`` is that of ``people.Refused``."""
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
    """Return (endpoint, label) of each page in the menu of the signed-in user's role, the role's start page first."""
    letters = ("desk.letters.listed", _("公开的来信"))
    desk = [("desk.home.home", _("办事")), ("desk.cases.inbox", _("来件")), ("desk.walls.listed", _("公示墙"))]
    audit, letters_out = ("county.audit.home", _("监督")), ("county.directives.listed", _("督办"))
    county = [audit, letters_out, ("county.walls.of_walls", _("公示墙")), ("county.audit.log", _("公开日志"))]
    return {
        "clerk": desk,
        "reviewer": [*desk, ("desk.approvals.listed", _("待批")), *([] if current_user.level == "village" else [letters])],
        "supervisor": [("desk.supervision.home", _("监督")), ("desk.cases.inbox", _("来信")), ("desk.spoken.new", _("替人问一问"))],
        "leader": [("desk.cases.inbox", _("来信")), letters],
        "auditor": county,
        "disclosure": county,
        "department": [("county.department.home", _("本部门的公示"))],
        "inspector": [("county.inspect.home", _("受理"))],
        "admin": [
            ("county.admin.people", _("人员")),
            ("county.admin.areas", _("区划")),
            ("county.admin.holidays", _("节假日")),
            ("county.feature_flags.slips", _("明白卡")),
            ("county.lead_offices.listed", _("牵头单位")),
            ("county.address_check.address", _("网址")),
        ],
    }[current_user.role]


@pages.app_template_global()
def role_name(role: str, area: str = "") -> str:
    """Return the displayed name of a role; a supervisor's by the name of his area, for a community has 居务监督."""
    names = {
        "clerk": _("经办（填表）"),
        "reviewer": _("审核（把关）"),
        "supervisor": say(supervision.title(area)),
        "leader": _("领导（信箱）"),
        "auditor": _("审计（看、导出）"),
        "disclosure": _("政务公开办（看、督办）"),
        "department": _("主管部门（一类事项）"),
        "inspector": _("县级受理（纪检）"),
        "admin": _("县级管理"),
    }
    return names[role]


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> Person | None:
    """Return the signed-in user for the session token in the cookie, or None."""
    return logins.person(token, now())


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask() -> Any:
    """Send a visitor who is not signed in to the sign-in page; a form posted after the session ended is carried in the sign-in form."""
    if request.method != "POST":
        return redirect(link("auth.sign_in", next=request.full_path.rstrip("?")))
    ours = _from_our_page()  # before SignIn is created: its CSRF token would make the session non-empty
    form = SignIn(formdata=None, next=request.full_path.rstrip("?"), posted="1")
    return _asked(form, _carried() if ours else [], lost=bool(request.files) or "table" in request.form), 401


def _from_our_page() -> bool:
    """Return whether a post comes from one of our pages: a post from another site carries no session cookie (SameSite=Lax)."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin" or bool(session)


@pages.app_errorhandler(CSRFError)
def stale(error: Any) -> Any:
    """Show what was posted with a stale CSRF token (the user signed out and in again in another tab), to be submitted again."""
    if not current_user.is_authenticated or not _from_our_page():
        if request.endpoint == "auth.sign_in" and _may_be_plain_http() and not session:  # the browser sent no cookie back
            return _asked(SignIn(formdata=None), _kept(), insecure=True), 400
        advice = gettext("请退回上一页，刷新后再提交一次。")
        return render_template("error.html", heading=gettext("这一页放得太久了"), advice=advice, reference=""), 400
    return _kept_page(request.full_path.rstrip("?"), _carried()), 400


def _carried() -> Fields:
    fields = request.form.items(multi=True)
    return [(name, mask(value)) for name, value in fields if name not in DROPPED and "password" not in name]


def _kept_page(target: str, kept: Fields) -> str:
    typed = [value for _name, value in kept if not value.isascii()]  # for display: values in ASCII are ids and digests
    return render_template("auth/kept.html", target=target, kept=kept, typed=typed)


def _asked(form: SignIn, kept: Fields, lost: bool = False, insecure: bool = False) -> str:
    g.keeps = bool(kept)  # no-store: the page holds what one user typed
    secure = absolute(url_for("auth.sign_in"))
    shown = {"lost": lost, "insecure": insecure or _over_plain_http(), "secure": secure if secure.startswith("https:") else ""}
    return render_template("auth/sign_in.html", form=form, kept=kept, prefix=KEPT, **shown)


def _over_plain_http() -> bool:
    """Return whether the browser will not send our cookies back: they are for https, and this request came without.

    Behind a web server its X-Forwarded-Proto says so; of one that sends no such header nothing is known.
    """
    said = "X-Forwarded-Proto" in request.headers
    return _may_be_plain_http() and (said or not any(name in request.headers for name in PROXIED))


def _may_be_plain_http() -> bool:
    return bool(current_app.config["HTTPS"]) and not request.is_secure and request.headers.get("X-Forwarded-Proto", "http") == "http"


def _kept() -> Fields:
    return [(name.removeprefix(KEPT), mask(value)) for name, value in request.form.items(multi=True) if name.startswith(KEPT)]


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Show the sign-in form; on success redirect to ``next``. Answers 401 for wrong credentials and 429 while sign-in is throttled."""
    form = SignIn(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return _asked(form, _kept()), 400 if form.errors else 200
    username = form.username.data.strip().casefold()
    device, known = _device()
    try:
        tried = logins.sign_in(username, form.password.data, device if username in known else "", form.shared.data, now())
    except (DBAPIError, PoolTimeout) as error:
        if not (reason := outage(error)):
            raise
        form.password.errors = [outages.sign_in_words(reason)]
        return _asked(form, _kept()), 503
    if tried.person is None:
        form.password.errors = [_refusal(tried)]
        return _asked(form, _kept()), 429 if tried.wait else 401
    login_user(tried.person)  # the session's CSRF token is kept, so that a page open in another tab can still be submitted
    return _remembered(_arrive(form), device, [username, *(name for name in known if name != username)])


def _refusal(tried: logins.Try) -> str:
    if tried.busy:
        return _("现在登录的人多。请等 %(n)s 秒再试。", n=tried.wait)
    if tried.wait:
        return _("连着输错了几次。请等 %(n)s 秒再试。您平时登录用的那台平板或电脑不受影响。", n=tried.wait)
    return _("用户名或密码不对。请再看看大小写；忘了密码，请县里的管理员重设。")


def _device() -> tuple[str, list[str]]:
    """Return this browser's device id and the usernames that have signed in on it; a new id and [] for an unknown browser."""
    try:
        device, known = _signer().loads(request.cookies.get(DEVICE, ""), max_age=int(DEVICE_LASTS.total_seconds()))
    except BadData:
        return secrets.token_hex(8), []
    return str(device), list(known)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt=DEVICE)  # type: ignore[arg-type]


def _remembered(response: Any, device: str, known: list[str]) -> Any:
    """Set the device cookie; its path limits it to the sign-in page."""
    own = {"path": url_for("auth.sign_in"), "secure": current_app.config["HTTPS"], "httponly": True, "samesite": "Lax"}
    response.set_cookie(DEVICE, _signer().dumps([device, known[:12]]), max_age=DEVICE_LASTS, **own)
    return response


def _arrive(form: SignIn) -> Any:
    """Redirect to ``next`` (or show the carried form) if it is one of our guarded pages, else to the start page of the user's role."""
    target, kept = form.next.data or "", _kept()
    if form.posted.data and kept and _ours(target, "POST"):
        return make_response(_kept_page(target, kept))
    return redirect(target if not form.posted.data and _ours(target, "GET") else link("auth.start"))


def _ours(path: str, method: str) -> bool:
    """Return whether a path (with its query) is a guarded view of this app, so that sign-in is no open redirect."""
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
    """Redirect to the start page of the user's role."""
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
    """Sign the user out on all devices."""
    logins.end_all(current_user.id)
    return _gone()


def _gone() -> Any:
    session.clear()
    return redirect(link("auth.sign_in"))


@pages.route("/account", methods=["GET", "POST"])
@needs("account")
def account() -> Any:
    """Change the user's own password and list the browsers that are signed in."""
    form = ChangePassword()
    if form.validate_on_submit() and _changed(form):
        flash(gettext("密码改好了。别的设备上都已退出。"), "good")
        return redirect(link("auth.start"))
    here, every = people.token_digest(current_user.token), logins.listed(current_user.id, now())
    return render_template("auth/account.html", form=form, logins=every, own=here), 400 if form.errors else 200


def _changed(form: ChangePassword) -> bool:
    """Change the password and return True, or put the error beside its field and return False."""
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
