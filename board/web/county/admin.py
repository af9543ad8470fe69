"""The county administrator's pages: people, areas, holidays. They show no case and no sealed name."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from board.models import Area
from board.store import areas as divisions
from board.store import holidays as days
from board.store import people as staff
from board.store.clock import now
from board.store.people import Person
from board.web.confirmation import unconfirmed
from board.web.county.admin_forms import GIVEN, Close, Day, HandOver, Merge, NewPerson, Post, Rename, scope
from board.web.guard import may, needs
from board.web.i18n import link, today

pages = Blueprint("admin", __name__)


ID = "<int(max=2147483647):id>"  # the largest integer of both databases; a larger id answers 404


def find_person(id: int) -> Person:
    """Return a person in the administrator's scope, or answer 404."""
    found = staff.find(id)
    if found is None or not may("people", found.area):
        abort(404)
    return found


def find_kept(id: int) -> Person:
    """Return a person whose account the administrator may change; answers 404 out of scope and 403 for an inspector."""
    found = find_person(id)
    return found if found.role in GIVEN else abort(403)


def find_area(code: str) -> Area:
    """Return an area in the administrator's scope, or answer 404."""
    found = divisions.find(code)
    if found is None or not may("areas", code):
        abort(404)
    return found


def refusal(reason: str) -> str:
    """Return the message for a refused change; ``reason`` is that of the store's exception."""
    words = {
        "username": _("用户名要 3 到 40 个小写字母、数字、- 、_ 或 .,开头是字母或数字。"),
        "taken": _("这个名字已经有了，请换一个。"),
        "role": _("没有这种身份，请另选。"),
        "area": _("这个地方已经关了，或者没有。请换一个地方；人在这里的，先调动。"),
        "group": _("主管部门的人，请选管哪一类事项。"),
        "level": _("级别不合：审计、政务公开办、主管部门、管理只能在县级，村务监督只能在村里，领导信箱在镇或县；合并的两处要同级。"),
        "self": _("不能停用或调动自己。请找另一位管理员办。"),
        "heir": _("接手的人要是能登录的同一处经办，请另选。"),
        "drafts": _("这个人没有接手的人能办的草稿，不用移交。"),
        "closed": _("这个地方，或者要并入的地方，已经关了。"),
        "name": _("名称没填，或者太长。请检查。"),
        "itself": _("不能并入自己，请填另一个地方的代码。"),
        "children": _("下面还有没关的地方。请先把它们并掉或关掉。"),
        "people": _("这里还有能登录的工作人员。请先把他们调走或停用。"),
        "year": _("年份不对，请检查日期。"),
        "weekday": _("这一天本来就上班，不用填调休。请检查日期。"),
    }
    return words[reason]


def done(message: str, where: str) -> Any:
    """Flash a message of success and redirect to the page that shows the change."""
    flash(message, "good")
    return redirect(where)


@pages.get("/admin")
@needs("people")
def people() -> str:
    """List everyone in the administrator's scope, by area."""
    return render_template("county/admin/people.html", people=staff.listed(scope()))


@pages.route("/admin/people/add", methods=["GET", "POST"])
@needs("people")
def add() -> Any:
    """Add a person and show the temporary password once."""
    form = NewPerson(area=request.args.get("area", current_user.area))
    if form.validate_on_submit():
        try:
            password = staff.add(
                form.username.data,
                form.name.data,
                form.role.data,
                form.area.data,
                actor=current_user.username,
                at=now(),
                group=form.given_group(),
            )
        except staff.PersonRefused as refused:
            add_error(form, refused.reason)
        else:
            person = staff.named(form.username.data.strip().casefold())
            return render_template("county/admin/password.html", person=person, password=password)
    return render_template("county/admin/add.html", form=form), 400 if form.errors else 200


def add_error(form: FlaskForm, reason: str) -> None:
    """Put a refusal beside the form field that it is about."""
    field = FIELDS.get(reason, "area")
    form[field if field in form else next(iter(form)).name].errors = [refusal(reason)]


# Which form field a refusal belongs to; "area" if the reason is not listed.
FIELDS = {
    "username": "username",
    "taken": "username",
    "role": "role",
    "level": "role",
    "group": "group",
    "self": "role",
    "heir": "heir",
    "drafts": "heir",
}


@pages.get(f"/admin/people/{ID}")
@needs("people")
def person(id: int) -> str:
    """Show one person and the forms to change the account."""
    return shown(find_person(id))


def shown(person: Person, job: Post | None = None, over: HandOver | None = None, wrong: str = "") -> str:
    """Return the page of a person; ``job`` and ``over`` are submitted forms with errors, ``wrong`` an error of the page."""
    return render_template(
        "county/admin/person.html",
        person=person,
        kept=person.role in GIVEN,
        job=job or Post(formdata=None, role=person.role, area=person.area, group=person.group or ""),
        over=over or HandOver(person),
        drafts=sum(staff.open_drafts(person.id).values()),
        wrong=wrong,
    )


@pages.post(f"/admin/people/{ID}/move")
@needs("people")
def move(id: int) -> Any:
    """Give a person another role or area; this signs the person out everywhere."""
    person, form = find_kept(id), Post()
    try:
        if form.validate():
            staff.move(id, form.role.data, form.area.data, current_user.username, now(), form.given_group())
            return done(_("调好了。他下次登录就按新的身份办事。"), link("county.admin.person", id=id))
    except staff.PersonRefused as refused:
        add_error(form, refused.reason)
    return shown(person, job=form), 400


@pages.post(f"/admin/people/{ID}/disable")
@needs("people")
def disable(id: int) -> Any:
    """Disable an account at once."""
    person, back = find_person(id), link("county.admin.person", id=id)
    if question := unconfirmed(_("要停用这个账号吗？"), _("他马上不能登录，在所有设备上都退出。"), _("停用"), back):
        return question
    try:
        staff.disable(id, current_user.username, now())
    except staff.PersonRefused as refused:
        return shown(person, wrong=refusal(refused.reason)), 400
    return done(_("已停用，他在所有设备上都已退出。"), back)


@pages.post(f"/admin/people/{ID}/enable")
@needs("people")
def enable(id: int) -> Any:
    """Enable a disabled account."""
    person = find_kept(id)
    try:
        staff.enable(id, current_user.username, now())
    except staff.PersonRefused as refused:
        return shown(person, wrong=refusal(refused.reason)), 400
    return done(_("已恢复，他可以用原来的密码登录。"), link("county.admin.person", id=id))


@pages.post(f"/admin/people/{ID}/reset")
@needs("people")
def reset(id: int) -> str:
    """Set a temporary password and show it once."""
    return render_template("county/admin/password.html", person=find_kept(id), password=staff.reset(id, current_user.username, now()))


@pages.post(f"/admin/people/{ID}/hand-over")
@needs("people")
def hand_over(id: int) -> Any:
    """Hand a person's open drafts over to another clerk of the same home."""
    person = find_person(id)
    form = HandOver(person)
    try:
        if form.validate():
            count = staff.hand_over(id, form.heir.data, current_user.username, now())
            return done(_("移交了 %(n)s 份草稿。", n=count), link("county.admin.person", id=id))
    except staff.PersonRefused as refused:
        add_error(form, refused.reason)
    return shown(person, over=form), 400


@pages.get("/admin/areas")
@needs("areas")
def areas() -> str:
    """Search areas by name or code; without a search, list the areas directly below the administrator's own."""
    words = request.args.get("q", "").strip()[:60]
    found = divisions.search(words, scope(), closed=True) if words else divisions.children(current_user.area, closed=True)
    return render_template("county/admin/areas.html", words=words, found=found, home=divisions.get(current_user.area))


@pages.get("/admin/areas/<place:code>")
@needs("areas")
def area(code: str) -> str:
    """Show one area, the areas below it, and the forms to change it."""
    return charted(find_area(code))


def charted(area: Area, **sent: Any) -> str:
    """Return the page of an area; ``sent`` are submitted forms with errors, by name."""
    plain = {"rename": Rename(formdata=None, name=area.name), "merge": Merge(area), "close": Close(formdata=None)}
    merged = divisions.find(area.merged_into) if area.merged_into else None
    above, below = divisions.chain(area.code)[:-1], divisions.children(area.code, closed=True)
    return render_template("county/admin/area.html", area=area, above=above, below=below, merged=merged, **(plain | sent))


@pages.post("/admin/areas/<place:code>/rename")
@needs("areas")
def rename(code: str) -> Any:
    """Rename an area; the old name is still recognised."""
    area, form = find_area(code), Rename()
    try:
        if form.validate():
            divisions.rename(code, form.name.data, current_user.username, now())
            return done(_("名称改好了。旧名称还认得，已经贴出的公示单照样能扫。"), link("county.admin.area", code=code))
    except divisions.AreaRefused as refused:
        form.name.errors = [refusal(refused.reason)]
    return charted(area, rename=form), 400


@pages.post("/admin/areas/<place:code>/merge")
@needs("areas")
def merge(code: str) -> Any:
    """Close an area because it was merged into another one."""
    area = find_area(code)
    form = Merge(area)
    try:
        if form.validate():
            divisions.merge(code, form.into.data, current_user.username, now())
            return done(_("并好了。表格里写旧名称，会认作新地方；已经贴出的公示单照样能扫。"), link("county.admin.area", code=code))
    except divisions.AreaRefused as refused:
        form.into.errors = [refusal(refused.reason)]
    return charted(area, merge=form), 400


@pages.post("/admin/areas/<place:code>/close")
@needs("areas")
def close(code: str) -> Any:
    """Close an area; printed codes that contain it still open."""
    area, form = find_area(code), Close()
    try:
        if form.validate():
            divisions.close(code, current_user.username, now())
            return done(_("关好了。已经贴出的公示单照样能扫。"), link("county.admin.area", code=code))
    except divisions.AreaRefused as refused:
        form.sure.errors = [refusal(refused.reason)]
    return charted(area, close=form), 400


@pages.get("/admin/holidays")
@needs("holidays")
def holidays() -> str:
    """Show the days off and the make-up working days of a year."""
    asked = request.args.get("year", "")
    return almanac(int(asked) if asked.isascii() and asked.isdigit() and int(asked) in days.YEARS else today().year, Day(formdata=None))


def almanac(year: int, form: Day) -> str:
    """Return the page of a year."""
    stated = [row for row in days.rows() if row[0].year == year]
    neighbours = [other for other in (year - 1, year + 1) if other in days.YEARS]
    known = year in days.calendar().known
    return render_template(
        "county/admin/holidays.html", year=year, stated=stated, assumed=days.assumed(year), known=known, neighbours=neighbours, form=form
    )


@pages.app_template_filter()
def weekday(day: date) -> str:
    """Return the name of a day's weekday."""
    return format_date(day, "EEEE")


@pages.post("/admin/holidays/put")
@needs("holidays")
def put_day() -> Any:
    """Add a day off or a make-up working day, or change an existing one."""
    form = Day()
    try:
        if form.validate():
            days.put(form.day.data, form.off.data == "1", form.name.data.strip(), current_user.username, now())
            return done(_("记下了。从现在起算日子都按新的来。"), link("county.admin.holidays", year=form.day.data.year))
    except days.HolidayRefused as refused:
        form["name" if refused.reason == "name" else "day"].errors = [refusal(refused.reason)]
    return almanac(form.day.data.year if form.day.data else today().year, form), 400


@pages.post("/admin/holidays/remove")
@needs("holidays")
def remove_day() -> Any:
    """Remove a day from the table; its weekday then decides whether it is a working day."""
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(400)
    back = link("county.admin.holidays", year=day.year)
    if question := unconfirmed(_("要删掉这一天吗？"), _("删掉以后这一天按星期几算，答复和公示的期限会跟着变。"), _("删掉"), back):
        return question
    days.remove(day, current_user.username, now())
    return done(_("删掉了。这一天又按星期几算。"), back)
