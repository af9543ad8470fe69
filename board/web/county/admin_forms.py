"""Forms of the county administrator's pages; their choices are limited to the administrator's own county."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from board import models
from board.rules import place_names
from board.rules.areas import Area, prefix
from board.rules.kind import GROUPS, LEVELS
from board.rules.roles import ROLES
from board.store import areas, people
from board.store.people import Person
from board.web.auth import role_name
from board.web.guard import may
from board.web.i18n import say

# Who can reset an inspector's password can read what only inspectors may: those accounts are added and reset on the server only.
GIVEN = tuple(role for role in ROLES if role != "inspector")


_CODED = re.compile(r"(\d{12})\)?$")
OFF = [SelectChoice("1", _("放假")), SelectChoice("0", _("调休上班"))]


def scope() -> str:
    """Return the code prefix of the administrator's scope."""
    return prefix(current_user.area, current_user.level)


def own_areas() -> list[Area]:
    """Return the open areas in the administrator's scope, by code."""
    return [area for area in areas.around(current_user.area) if area.code.startswith(scope()) and not area.closed]


def named(area: Area) -> str:
    """Return an area's label in a list of choices: name and code, indented by its level."""
    return f"{'　' * LEVELS.index(area.level)}{place_names.canonical(area.name)} ({area.code})"


def areas_called(said: str) -> list[str]:
    """Return the codes of the open areas in the administrator's scope that are called so: by code, by whole name, or else by a part of it.

    What the browser offers, 百和镇 (510521116000), is a name with its code.
    """
    words = said.strip()
    if coded := _CODED.search(words):
        found = areas.find(coded[1])
        return [coded[1]] if found and not found.closed and coded[1].startswith(scope()) else []
    hits = areas.search(words, scope()) if words else []
    whole = [area.code for area in hits if place_names.canonical(area.name) == place_names.canonical(words) or area.name == words]
    return whole or [area.code for area in hits]


class TypedArea(StringField):
    """An area found by typing: its name or a part of it, or its code; the browser offers those that fit. ``data`` is the code."""

    offered: Mapping[str, str] = {}  # code -> label

    def __call__(self, **given: Any) -> Markup:
        """Return the input with the list of what the browser offers."""
        options = Markup("").join(Markup('<option value="{}"></option>').format(label) for label in self.offered.values())
        typed = super().__call__(list=f"{self.id}-areas", autocomplete="off", **given)
        return Markup('{}<datalist id="{}-areas">{}</datalist>').format(typed, self.id, options)

    def _value(self) -> str:
        return self.offered.get(self.data or "", self.data or "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the code of the one area that is called so; what is not understood stays as it was typed."""
        typed = valuelist[0].strip() if valuelist else ""
        found = areas_called(typed)
        self.data = found[0] if len(found) == 1 else typed

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no area of the scope, or several."""
        if areas_called(self.data or "") != [self.data]:
            several = areas.labels(areas_called(self.data or ""))
            offered = "、".join(f"{place_names.canonical(name)} {code}" for code, name in list(several.items())[:8])
            raise ValidationError(
                _("叫这个名字的不止一处：%(offered)s。请选一个。", offered=offered)
                if several
                else _("没有这个地方，请写全名或者 12 位代码。")
            )


class Post(FlaskForm):
    """A person's role and area, and of a department its group of kinds."""

    role = SelectField(
        _("做什么"),
        description=_(
            "审计：看全县的公示、来件和日志，可以导出，不发督办。政务公开办：看一样的，还发督办单、责令改正通知书，不导出。"
            "主管部门：看全县一类事项的公示，提醒乡镇，看不到来件的内容。"
        ),
    )
    group = SelectField(_("管哪一类事项（只有主管部门要选）"), default="")
    area = TypedArea(_("在哪里"), description=_("写名字，例如百和镇、高洞社区，再从列出来的里面选。"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.role.choices = [SelectChoice(role, role_name(role)) for role in GIVEN]
        self.group.choices = [SelectChoice("", _("不是主管部门")), *(SelectChoice(id, say(words)) for id, words in GROUPS.items())]
        self.area.offered = {area.code: named(area).strip() for area in own_areas()}

    def given_group(self) -> str:
        """Return the group of kinds of a department, and "" for every other role, whatever was chosen."""
        return (self.group.data or "") if self.role.data == "department" else ""


class NewPerson(Post):
    """A new person: username and name beside role and area."""

    username = StringField(
        _("用户名"),
        [InputRequired(_("请填用户名。"))],
        description=_("登录用，以后不能改。3 到 40 个小写字母、数字、- 、_ 或 .,如 baihe-clerk"),
        render_kw={"autocomplete": "off"},
    )
    name = StringField(_("姓名"), [InputRequired(_("请填姓名。")), Length(max=40)], render_kw={"autocomplete": "off"})


class HandOver(FlaskForm):
    """The clerk who takes over a person's open drafts."""

    heir = SelectField(_("交给谁"), [InputRequired(_("请选接手的人。"))], coerce=int)

    def __init__(self, person: Person) -> None:
        super().__init__()
        heirs = (heir for heir in people.heirs(person.id) if may("people", heir.area))
        self.heir.choices = [SelectChoice(heir.id, f"{heir.name} · {heir.area_name}") for heir in heirs]


class Rename(FlaskForm):
    """A new name for an area."""

    name = StringField(_("新名称"), [InputRequired(_("请填新名称。")), Length(max=60)])


class Close(FlaskForm):
    """Confirmation that an area is to be closed; it cannot be reopened."""

    sure = BooleanField(_("我核对过了：关掉以后不能再开"), [InputRequired(_("请核对后打勾。"))])


class Merge(FlaskForm):
    """The area of the same level that another one is merged into."""

    into = SelectField(_("并到哪里"), [InputRequired(_("请选并到哪里。"))])
    sure_merge = BooleanField(_("我核对过了：并掉以后不能再分开"), [InputRequired(_("请核对后打勾。"))])

    def __init__(self, area: models.Area) -> None:
        super().__init__()
        same = [other for other in own_areas() if other.level == area.level and other.code != area.code]
        near = sorted(same, key=lambda other: (other.parent != area.parent, other.code))
        self.into.choices = [SelectChoice("", _("请选")), *(SelectChoice(other.code, named(other)) for other in near)]


class Day(FlaskForm):
    """One day off, or one Saturday or Sunday that is a working day."""

    day = DateField(_("哪一天"), [InputRequired(_("请填日期。"))])
    off = RadioField(_("这一天"), [InputRequired()], choices=OFF, default="1")
    name = StringField(_("什么节"), [InputRequired(_("请填节日名称。")), Length(max=20)])
