"""Forms of the desk: built from a kind, or parsed from the fields of a page's table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Protocol

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, DateInput, DateTimeLocalInput, ListWidget

from board.models import Draft
from board.rules.areas import prefix
from board.rules.kind import DISPLAY_START, Fact, Kind, Level
from board.rules.notice.series import FOLLOWS, Member
from board.rules.numbers import spaced
from board.rules.personal import detection
from board.rules.place_names import canonical, office_of
from board.rules.sheet.check import GridCell
from board.rules.sheet.problems import GRAVE, Problem
from board.rules.typed_dates import iso, iso_moment, typed_moment
from board.rules.typed_dates import typed_day as stated_day
from board.store import areas
from board.store.drafting.proposing import FIGURE, FORMED_ON, PHONE, PLACES, PUBLISHER, longest
from board.store.duties.asking import PERIOD, AskedPeriod
from board.web.i18n import say
from board.web.text_checks import PERSONAL

LEVELS = {"city": _("市"), "county": _("县"), "township": _("乡镇"), "village": _("村")}
REASON = re.compile(r"reason-([a-z_]{1,40})")
CELL = re.compile(r"cell-(\d{1,7})-(\d{1,4})")


class New(FlaskForm):
    """The kind and the home of a new draft."""

    kind = RadioField(_("公开什么"), validators=[DataRequired(_("请选一类。"))])
    home = SelectField(_("哪个单位公布"))


def level_words(levels: Iterable[str]) -> str:
    """Return the labels of publisher levels, joined."""
    return str(_("、")).join(str(LEVELS[level]) for level in levels)


def proposed_title(kind: Kind, home: str, day: date, period: str = "") -> str:
    """Return the title that a new draft starts with; ``period`` is in words, "" for the year of the day."""
    ending = "" if kind.name.zh.endswith(("公告", "公开", "公示")) else "公示"
    return f"{canonical(areas.get(home).name)}{period or f'{day.year}年'}{kind.name.zh}{ending}"


def proposed_publisher(home: str) -> str:
    """Return the publisher's name in a new draft: the area's government or office, or the village's name."""
    area = areas.get(home)
    return office_of(area.name, area.level)


class Day(StringField):
    """A date field: shown as a date input, and read in any common way of writing a date."""

    widget = DateInput()

    def __init__(self, label: Any, description: Any = "", required: bool = True, **given: Any) -> None:
        checks = [DataRequired(_("请填这个日期。")) if required else Optional()]
        super().__init__(label, description=description, validators=checks, filters=[lambda text: iso(text or "")], **given)

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """Refuse a text that is no date of this century."""
        if not validation_stopped and self.data and stated_day(self.data) is None:
            raise ValidationError(_("看不懂这个日期，请写成 2026-11-25 这样。"))


class Moment(StringField):
    """A date and a time of day: shown as such an input, and read in any common way of writing it."""

    widget = DateTimeLocalInput()

    def __init__(self, label: Any, description: Any = "", required: bool = True, **given: Any) -> None:
        checks = [DataRequired(_("请填哪天几点。")) if required else Optional()]
        super().__init__(label, description=description, validators=checks, filters=[lambda text: iso_moment(text or "")], **given)

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """Refuse a text that is no moment of this century."""
        if not validation_stopped and self.data and typed_moment(self.data) is None:
            raise ValidationError(_("看不懂这个时间，请写成 2026-11-25 15:30 这样。"))


class Facts(FlaskForm):
    """The facts that every notice states; ``facts`` adds those of its kind."""

    revision = HiddenField()
    title = StringField(_("标题"), validators=[DataRequired(_("请写标题。")), Length(max=100, message=_("标题最多 100 个字。"))])
    publisher = StringField(_("落款单位"), validators=[DataRequired(_("请写是哪个单位公布的。")), Length(max=60)])
    formed_on = Day(_("这些信息是哪天定下来的"), _("最晚哪天要公开，从这天算起。"))
    display_start = Day(_("公示开始日期"), _("可以写以后的日子，先把纸贴好。结束日期由程序算。"))

    kind_facts: tuple[Fact, ...] = ()

    def hide_personal(self) -> Counter[str]:
        """Mask personal numbers in all fields, with an error at each, and return in how many of each class; a phone field may hold a phone.

        Call it after ``validate``, which resets the errors.
        """
        found: Counter[str] = Counter()
        for field in self:
            if not isinstance(field.data, str) or isinstance(field, HiddenField):
                continue
            allowed = {"phone"} if isinstance(field, TelField) else set()
            what = {finding.what for finding in detection.find(field.data)} - allowed
            if what:
                found.update(what)
                field.data = detection.mask(field.data)
                named = str(_("、")).join(sorted(str(PERSONAL[one]) for one in what))
                field.errors = (_("这里写了%(what)s，公开不得。已用●盖住，请改写。", what=named),)
        return found

    def stated(self) -> dict[str, str]:
        """Return the typed values by fact id."""
        asked = [name for name in (PLACES, FOLLOWS, PERIOD) if name in self]
        names = [FORMED_ON, DISPLAY_START, PUBLISHER, *asked, *(fact.id for fact in self.kind_facts)]
        return {name: " ".join(data) if isinstance(data := self[name].data, list) else (data or "").strip() for name in names}

    def validate_display_start(self, field: Field) -> None:
        """Refuse a day before the information was formed."""
        formed, start = stated_day(self.formed_on.data or ""), stated_day(field.data or "")
        if formed and start and start < formed:
            raise ValidationError(_("公示不能早于信息定下来的那天。"))


class Boxes(SelectMultipleField):
    """A multiple choice, shown as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def towns(self) -> list[tuple[str, list[Any], int]]:
        """Return the checkboxes of each township as (its name, its own box and its villages', how many are ticked).

        The name is "" for boxes without a box of their township: a township's own villages.
        """
        found = [(code, list(boxes)) for code, boxes in groupby(self, key=lambda box: prefix(box.data, "township"))]
        names = [boxes[0].label.text if boxes[0].data == code.ljust(12, "0") else "" for code, boxes in found]
        return [(name, boxes, sum(box.checked for box in boxes)) for name, (_code, boxes) in zip(names, found, strict=True)]


def facts(
    kind: Kind,
    level: Level,
    draft: Draft,
    below: Iterable[Any],
    day: date,
    before: Sequence[Member] = (),
    period: AskedPeriod | None = None,
) -> Facts:
    """Return the facts form of a draft, filled with its facts; the start of display is ``day`` until one is stated.

    ``before`` are the notices that it may come after; empty: it is not asked. ``period`` is what to ask of the period that it is for.
    """
    stated = kind.typed_at(level)
    fields: dict[str, Any] = {fact.id: _field(fact) for fact in stated}
    choices = [SelectChoice(area.code, canonical(area.name)) for area in below]
    if not kind.columns and choices:
        fields[PLACES] = Boxes(_("贴在哪些地方"), choices=choices, description=_("都不选，就贴在本单位。"))
    if before:
        options = [SelectChoice("", _("不接着哪一份，这是头一步")), *(SelectChoice(one.number, _before(one)) for one in before)]
        fields[FOLLOWS] = SelectField(_("接着哪一份"), choices=options, description=_("同一件事的前一步。群众从这一份看得到前后几步。"))
    if period and not period.told:
        options = [SelectChoice("", _("请选")), *(SelectChoice(key, say(words)) for key, words in period.choices.items())]
        fields[PERIOD] = SelectField(_("这是哪一期的"), choices=options, description=_("标题里写明了年份、季度的，不用选。"))
    form_class = type("KindFacts", (Facts,), fields | {"kind_facts": stated})
    data = dict(draft.facts) | {"title": draft.title, "revision": str(draft.revision)}
    data.setdefault(DISPLAY_START, day.isoformat())
    data[PLACES] = data.get(PLACES, "").split()
    return form_class(data=data)


def _before(one: Member) -> str:
    return str(_("%(title)s（%(day)s，编号 %(number)s）", title=one.title, day=one.posted_on.isoformat(), number=spaced(one.number)))


def _field(fact: Fact) -> Any:
    words = {"label": say(fact.label), "description": say(fact.hint)}
    checks: list[Any] = [Length(max=longest(fact))]
    if fact.required:
        checks.insert(0, DataRequired(_("请填“%(label)s”，没有这一项不能公布。", label=say(fact.label))))
    if fact.type == "choice":
        choices = [SelectChoice(choice.id, say(choice.label)) for choice in fact.choices]
        return RadioField(**words, choices=choices, validators=checks[:1] if fact.required else [Optional()])
    if fact.type == "long":
        return TextAreaField(**words, validators=checks)
    if fact.type == "phone":
        return TelField(**words, validators=[*checks, Regexp(rf"^({PHONE})?$", message=_("电话只能有数字和 - ,例如 0830-8190000。"))])
    if fact.type == "date":
        return Day(**words, required=fact.required)
    if fact.type == "moment":
        return Moment(**words, required=fact.required)
    if fact.type in ("rate", "money"):
        return StringField(**words, validators=[*checks, Regexp(rf"^({FIGURE})?$", message=_("这里只写数字，例如 93.6。"))])
    return StringField(**words, validators=checks)


def cell_edits(form: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """Return the cells changed on the rows page: (line, column) -> text. An unchanged cell equals its hidden field ``was-...``."""
    edits = {}
    for name, text in form.items():
        match = CELL.fullmatch(name)
        if match and text != form.get(f"was-{name}"):
            edits[int(match[1]), int(match[2])] = text.strip()[:500]
    return edits


class Grid(Protocol):
    """A checked table that yields its cells (``rules.sheet.check.Checked``)."""

    def grid(self) -> Iterator[tuple[int, list[GridCell]]]:
        """Yield (line, cells), each cell with its problem."""


def masked_cells(form: Mapping[str, str], checked: Grid) -> dict[tuple[int, int], str]:
    """Return the masked cells that the clerk accepts with their ●: (line, column) -> text.

    The form field ``mask`` is the cell of the pressed button ("12-3") or "all". Text typed into the cell (``cell_edits``) takes precedence.
    """
    pressed = form.get("mask", "")
    covered = [(line, cell) for line, cells in checked.grid() for cell in cells if cell.problem and cell.problem.code == "personal_data"]
    return {(line, cell.index): cell.text for line, cell in covered if pressed in ("all", f"{line}-{cell.index}")}


def column_choices(form: Mapping[str, str], asked: Iterable[str], kind: Kind) -> dict[str, str]:
    """Return the choices on the columns page: column index -> field of the kind, or "" for a column that is left out."""
    chosen = {index: form[f"column-{index}"] for index in asked if f"column-{index}" in form}
    return {index: field if kind.column(field) else "" for index, field in chosen.items()}


def chosen_twice(chosen: Mapping[str, str]) -> list[str]:
    """Return the fields chosen for more than one column."""
    given = [field for field in chosen.values() if field]
    return sorted({field for field in given if given.count(field) > 1})


def place_choices(form: Mapping[str, str]) -> dict[str, str]:
    """Return the areas chosen for unknown places: spelling -> area code; spellings that contain personal numbers are dropped."""
    chosen = {
        name.removeprefix("place-"): code for name, code in form.items() if name.startswith("place-") and re.fullmatch(r"\d{12}", code)
    }
    return {written: code for written, code in chosen.items() if not detection.find(written)}


def question_answers(form: Mapping[str, str], problems: Iterable[Problem]) -> dict[str, str]:
    """Return the answers given to questions of a check, by the key of the question; only those that it offers."""
    given = {one.ask: form.get(f"answer-{one.ask}", "") for one in problems if one.choices}
    return {ask: answer for ask, answer in given.items() if any(answer in one.choices for one in problems if one.ask == ask)}


def reasons(form: Mapping[str, str]) -> dict[str, str]:
    """Return the reasons given for warnings, by warning code."""
    return {match[1]: text[:500] for name, text in form.items() if (match := REASON.fullmatch(name))}


def by_rule(warnings: Iterable[Any]) -> dict[str, list[Any]]:
    """Return warnings by code; codes with a single warning come last, because each is shown on its own."""
    rules: dict[str, list[Any]] = {}
    for warning in warnings:
        rules.setdefault(warning["code"] if isinstance(warning, dict) else warning.code, []).append(warning)
    return dict(sorted(rules.items(), key=lambda rule: len(rule[1]) == 1))


def by_gravity(warnings: Iterable[Any]) -> dict[str, dict[str, list[Any]]]:
    """Return warnings by code in two groups: ``grave`` (figures that disagree, a person who may be listed twice) and ``notes``."""
    rules = by_rule(warnings)
    grave = {code: group for code, group in rules.items() if code in GRAVE}
    return {"grave": grave, "notes": {code: group for code, group in rules.items() if code not in GRAVE}}
