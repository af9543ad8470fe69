"""督办 and 责令改正: the county writes letters to offices, looks at the answers, and has the list of them all."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case
from board.rules import directives as rule
from board.rules import numbers, periods
from board.rules.areas import prefix
from board.rules.bilingual import Words as Bilingual
from board.rules.calendar import day_of
from board.rules.kind import Level, Period
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.typed_dates import typed_day
from board.store import areas, directives, holidays, notices
from board.store.clock import now
from board.web import text_checks
from board.web.county.admin_forms import areas_called, named, own_areas
from board.web.desk import directives as desk
from board.web.desk.cases import find as find_case
from board.web.guard import may, needs
from board.web.i18n import day, link, say, today

pages = Blueprint("directives", __name__, url_prefix="/audit")

SUBJECT_MOST = 60  # characters: one line of a list
A_PAGE = 50
FIELDS = ("desk", "case", "number", "subject", "text", "basis", "due")  # in which a typed letter may have an error


@pages.get("/directives")
@needs("audit")
def listed() -> str:
    """List the letters to all offices in scope: those without an answer, first due first, those to look at, then the others."""
    scope = prefix(current_user.area, current_user.level)
    done = directives.listed(scope, done=True, before=desk.before(), limit=A_PAGE + 1)
    opened = [] if request.args.get("before") else directives.listed(scope)
    return render_template(
        "county/directives/listed.html",
        unanswered=[letter for letter in opened if letter.state == "sent"],
        answered=[letter for letter in opened if letter.state == "answered"],
        done=done[:A_PAGE],
        more=desk.key(done[A_PAGE - 1]) if len(done) > A_PAGE else "",
        places=areas.labels(letter.desk for letter in (*opened, *done)),
        figures=directives.standing(scope, today()),
    )


@pages.get("/directives.csv")
@needs("audit.export")
def export() -> Response:
    """Return all letters to offices in scope as CSV: numbers, offices, days and where each stands; no words of anybody."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow([_("编号"), _("哪一种"), _("单位"), _("写于"), _("最晚答复"), _("答复于"), _("晚了几天"), _("办到哪一步")])
    for letter, name in directives.every(prefix(current_user.area, current_user.level)):
        over = letter.late or desk.days_overdue(letter)
        due, answered = letter.due or "", day_of(letter.answered) if letter.answered else ""
        kind, number = desk.letter_kind(letter.kind), desk.letter_number(letter)
        write.writerow([number, kind, canonical(name), day_of(letter.made), due, answered, over, desk.letter_state(letter)])
    headers = {"Content-Disposition": 'attachment; filename="directives.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


@dataclass
class Form:
    """A letter as it is typed; ``case`` is the one that it names, which the writer may read."""

    kind: str
    desk: str  # as typed
    number: str
    subject: str
    text: str
    basis: str
    days: str
    day: str
    case: Case | None

    @classmethod
    def read(cls, kind: str = "") -> Form:
        """Return what the page's address or its form says; a case that the user may not read answers 404."""
        sent = request.form if request.method == "POST" else request.args
        home, id = sent.get("asked", ""), sent.get("case", "")
        case = find_case(home, id, "case.read") if home and id and "drop_case" not in sent else None
        letters = policies.letters_to_offices()
        chosen = kind or (sent.get("kind", "") if sent.get("kind") in letters else "urge")
        days = sent.get("days", "").strip()[:4]
        typed = {name: sent.get(name, "").strip()[:60] for name in ("desk", "basis", "day")}
        return cls(
            kind=chosen, number=numbers.compact(sent.get("number", "")[:20]), case=case, days=days, text=desk.typed_text(),
            subject=" ".join(desk.typed_text("subject").split()), **typed,
        )  # fmt: skip

    def office(self) -> str:
        """Return the code of the one office that is typed, or ""."""
        found = areas_called(self.desk)
        return found[0] if len(found) == 1 and rule.reaches(current_user.area, current_user.level, found[0]) else ""

    def due(self) -> date | None:
        """Return the last day for the answer: the typed one, or counted in working days, as many as such a letter usually gives where no
        number is typed; None for what is no day and no number."""
        if self.day:
            return typed_day(self.day)
        return counted(self.days or str(policies.letters_to_offices()[self.kind].days))


def counted(days: str) -> date | None:
    """Return the working day that comes a typed number of them after today; None for what is no such number."""
    if not days.isascii() or not days.isdigit() or not 0 < int(days) <= rule.MOST_DAYS:
        return None
    return periods.due(today(), Period(int(days), "working", False, Bilingual("", "")), holidays.calendar())


def day_fault(due: date | None) -> str:
    """Return the error for a last day, or "": it is after today, and offices work on it."""
    if due is None:
        return _("请写几个工作日（1 到 %(most)s），或者选一个日子。", most=rule.MOST_DAYS)
    if due <= today():
        return _("最晚答复的日子要在今天以后。")
    calendar = holidays.calendar()
    if not calendar.is_working(due):
        return _("那天放假，请改成%(day)s。", day=day(calendar.add_working_days(due, 1)))
    return ""


@pages.get("/directives/new")
@needs("directive.write")
def new() -> str:
    """Show the form of a letter, with the office, notice or case that the address names filled in."""
    form = Form.read()
    if form.case:
        form.desk = form.desk or form.case.desk
        form.number = form.number or form.case.number or ""
        form.subject = form.subject or _about(form.case)
    return _page(form)


def _about(case: Case) -> str:
    """Return how a letter names a case: by its kind, place and day, never by what was asked."""
    label = say(policies.case_categories()[case.category].label)
    return _("%(place)s的来件“%(label)s”，%(day)s收到", place=areas.label(case.place), label=label, day=day(case.made))[:SUBJECT_MOST]


def _page(form: Form, wrong: dict[str, str] | None = None, told: text_checks.FreeTextWarning | None = None) -> str:
    letters, bases = policies.letters_to_offices(), policies.letter_bases()
    code = form.office()
    found = areas.get(code) if code else None
    level: Level = found.level if found else "township"
    labels = {area.code: named(area).strip() for area in own_areas()}
    return render_template(
        "county/directives/new.html",
        form=form,
        letters=[one for one in letters.values() if one.answered],
        bases=[one for one in bases.values() if found is None or any(one.fits(kind, level, code) for kind in one.letters)],
        offered=labels,
        desk=labels.get(code, detection.mask(form.desk)),
        subject=detection.mask(form.subject),
        text=detection.mask(form.text),
        counted={one.id: counted(str(one.days)) for one in letters.values()},
        categories=policies.case_categories(),
        wrong=dict.fromkeys(FIELDS, "") | (wrong or {}),
        count=len(wrong or {}),
        told=told,
        most=rule.MOST_DAYS,
    )


@pages.post("/directives/new")
@needs("directive.write")
def send() -> Any:
    """Send a letter. Answers 422 with everything that was typed for an error, or for a warning that a person is described."""
    form = Form.read()
    if "drop_case" in request.form:  # and what names it
        case = find_case(request.form.get("asked", ""), request.form.get("case", ""), "case.read")
        form.subject = "" if form.subject == _about(case) else form.subject
        return _page(form)
    code, due, wrong = form.office(), form.due(), faults(form)
    if wrong:
        return _page(form, wrong), 422
    text = f"{form.subject}\n{form.text}"
    if warning := text_checks.free_text_warning(request.form, text, "reply", code, form.number):
        return _page(form, told=warning), 422
    posted = notices.find(form.number) if form.number else None
    words = directives.Words(
        form.kind, code, form.subject, form.text, due, form.basis, (posted.home, posted.number) if posted else None,
        (form.case.home, form.case.id) if form.case else None,
    )  # fmt: skip
    try:
        letter = directives.write(current_user.area, words, current_user.id, now(), text_checks.told(text, "reply", code, form.number))
    except directives.NotNamed:
        return _page(Form.read(), {"case": not_named(code)}), 422  # read anew: the transaction that failed let go of its case
    flash(_("已发出，%(office)s看得到。", office=areas.label(code)), "good")
    return redirect(link("desk.directives.one", home=letter.home, no=letter.no))


def not_named(code: str) -> str:
    """Return the error for a case that an office may not learn of."""
    words = _("这件来件是直接交县里的，或者是写给别的单位的，不能让%(office)s知道有这件事。", office=areas.label(code))
    return words + _("请点“不写这件来件”，用您自己的话写是什么事。您写的还在。")


def faults(form: Form) -> dict[str, str]:
    """Return field -> error of a typed letter, all of them at once."""
    code, due = form.office(), form.due()
    letter, basis = policies.letters_to_offices()[form.kind], policies.letter_bases().get(form.basis)
    wrong: dict[str, str] = {}
    if not code:
        several = len(areas_called(form.desk)) > 1
        wrong["desk"] = _("叫这个名字的不止一处，请从列出来的里面选一个。") if several else _("请写本县的一个单位，再从列出来的里面选。")
    if form.number and not (
        (posted := notices.find(form.number)) and posted.home.startswith(prefix(current_user.area, current_user.level))
    ):
        wrong["number"] = _("没有找到这个编号的公示，请对一对；和公示没有关系就空着。")
    if letter.answered and (late := day_fault(due)):
        wrong["due"] = late
    if basis and form.kind not in basis.letters:
        wrong["basis"] = _("这一条不能用在这种信上，请另选一条，或者换一种信。")
    elif code and basis and not basis.fits(form.kind, areas.get(code).level, code):
        wrong["basis"] = _("这一条管不到这个单位，请另选一条。")
    elif letter.based and not basis:
        wrong["basis"] = _("责令改正要写依据，请选一条。")
    if not 4 <= len(form.subject) <= SUBJECT_MOST:
        wrong["subject"] = _("请用一句话写是什么事，4 到 %(most)s 个字。", most=SUBJECT_MOST)
    elif personal := text_checks.personal_fault(form.subject):
        wrong["subject"] = personal
    if fault := desk.fault(form.text):
        wrong["text"] = fault
    return wrong


@pages.post("/directives/<place:home>/<count:no>")
@needs("directive.write")
def judge(home: str, no: str) -> Any:
    """Look at an answer: it is corrected, or not enough and goes back with a new day; or take the letter back with a reason."""
    letter = desk.find(home, no)
    if letter.home != current_user.area or letter.group or not may("directive.write", letter.desk):
        abort(404)
    good: dict[rule.Act, str] = {
        "accept": _("记下了：已改正。"),
        "send_back": _("已退回，单位看得到您的话和新的日子。"),
        "withdraw": _("已收回，单位看得到原因。"),
    }
    act = next((one for one in good if one == request.form.get("act", "")), None) or abort(400)
    text = desk.typed_text() if act in rule.WORDED else ""
    days = request.form.get("days", "").strip()[:4]
    typed = desk.checked(act, text, letter, days=days) if act in rule.WORDED else desk.Typed(act)
    due = counted(days)
    if not typed.wrong and act == "send_back" and (wrong := day_fault(due)):
        typed = desk.Typed(act, text, days=days, wrong=wrong)
    if typed.wrong or typed.told:
        return desk.page(letter, typed), 422
    try:
        looked = text_checks.told(text, "reply", letter.desk, letter.number or "") if text else 0
        directives.act(
            home, letter.no, act, current_user.id, text, desk.seen(), now(), due=due if act == "send_back" else None, looked_at=looked
        )
    except directives.MovedOn as moved:
        return desk.page(moved.directive, desk.Typed(act, text, days=days, wrong=desk.moved_on())), 409
    flash(good[act], "good")
    return redirect(link("desk.directives.one", home=home, no=no))
