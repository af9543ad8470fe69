"""Letters from the county to an office (督办, 责令改正, 提醒): both levels read the same page; the office answers on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Directive
from board.paper import typesetting
from board.paper.directive import DirectiveWords, directive
from board.rules import directives as rule
from board.rules import numbers
from board.rules.calendar import day_of
from board.rules.cases import texts
from board.rules.personal import detection
from board.rules.place_names import office_of
from board.store import areas, cases, directives, notices
from board.store.clock import now
from board.web import text_checks
from board.web.desk.cases import homes, own_categories
from board.web.downloads import pdf
from board.web.guard import may, needs
from board.web.i18n import day, link, say, today, tongue

pages = Blueprint("directives", __name__, url_prefix="/desk")

A_PAGE = 50


@pages.app_template_filter()
def days_overdue(letter: Directive) -> int:
    """Return by how many days an answer that is still due is late today; 0: it is not."""
    return rule.days_late(letter.state, letter.due, today())


@pages.app_template_filter()
def letter_kind(kind: str) -> str:
    """Return what a kind of letter is called."""
    return say(policies.letters_to_offices()[kind].label)


@pages.app_template_filter()
def letter_number(letter: Directive) -> str:
    """Return the number of a letter as offices write it: 〔2026〕3 号."""
    return _("〔%(year)s〕%(no)s 号", year=day_of(letter.made).year, no=letter.no)


@pages.app_template_filter()
def letter_state(letter: Directive) -> str:
    """Return where a letter stands, in words."""
    wants = letter.kind in policies.letters_answered()
    words = {
        "sent": _("等答复") if wants else _("等单位看"),
        "answered": _("答复了，等县里看"),
        "closed": _("已改正") if wants else _("看过了"),
        "withdrawn": _("县里收回了"),
    }
    return words[letter.state]


def find(home: str, no: str) -> Directive:
    """Return a letter to an office that the user works for or watches over, or answer 404."""
    letter = directives.one(home, int(no))
    if letter is None or not may("directive.read", letter.desk):
        abort(404)
    return letter


@pages.get("/directives")
@needs("directive.read")
def listed() -> str:
    """List the county's letters to the user's offices: those that are open, first due first, then the others, newest first."""
    done = directives.listed(homes(), done=True, before=before(), limit=A_PAGE + 1)
    opened = [] if request.args.get("before") else directives.listed(homes())
    return render_template(
        "desk/directives/listed.html",
        opened=opened,
        done=done[:A_PAGE],
        more=key(done[A_PAGE - 1]) if len(done) > A_PAGE else "",
        places=areas.labels(letter.desk for letter in (*opened, *done)),
    )


def key(letter: Directive) -> str:
    """Return the key of a letter, for the page after the one that ends with it."""
    return f"{letter.made.isoformat()}_{letter.home}_{letter.no}"


def before() -> tuple[datetime, str, int] | None:
    """Return the key of the last letter on the page before, or None for the first page."""
    try:
        made, home, no = request.args.get("before", "").split("_")
        at = datetime.fromisoformat(made).astimezone(UTC)
        return (at, home, int(no)) if home.isdigit() and 0 < int(no) < 10**9 else None
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Typed:
    """What was typed into a letter's page, and what is wrong with it; ``act`` is the form in which it stands."""

    act: str = ""
    text: str = ""
    version: str = ""
    days: str = ""
    wrong: str = ""
    told: text_checks.FreeTextWarning | None = None


@pages.get("/directives/<place:home>/<count:no>")
@needs("directive.read")
def one(home: str, no: str) -> str:
    """Show a letter with all that was said in it, and what the user can do: the office answers, the county looks at the answer."""
    return page(find(home, no), Typed())


def page(letter: Directive, typed: Typed) -> str:
    """Return the page of a letter, with what was typed into one of its forms."""
    posted = notices.find(letter.number) if letter.number else None
    case = cases.one(letter.asked, letter.case) if letter.asked and letter.case else None
    answered = policies.letters_to_offices()[letter.kind].answered
    basis = policies.letter_bases().get(letter.basis)
    return render_template(
        "desk/directives/one.html",
        letter=letter,
        said=directives.messages(letter),
        office=areas.label(letter.desk),
        writer=areas.label(letter.home),
        basis=basis,
        posted=posted,
        case=case if case and case.category in own_categories() and (may("case.read", case.desk) or may("case.read", case.home)) else None,
        categories=policies.case_categories(),
        able=[act for act in rule.TABLE if rule.move(letter.state, act, answered=answered)],
        answers=may("directive.answer", letter.desk),
        corrects=posted is not None and not posted.notice.withdrawn_at and may("draft.write", posted.home),
        judges=letter.group is None and letter.home == current_user.area and may("directive.write", letter.desk),
        typed=typed,
    )


@pages.post("/directives/<place:home>/<count:no>")
@needs("directive.answer")
def reply(home: str, no: str) -> Any:
    """Answer a letter. The page returns with the typed text for an error, or for a warning that a person is described."""
    letter = find(home, no)
    if not may("directive.answer", letter.desk):
        abort(404)
    text, version = typed_text(), request.form.get("version", "")
    cited = (
        int(version) if version.isascii() and version.isdigit() and letter.number and 0 < int(version) <= _newest(letter.number) else None
    )
    typed = checked("reply", text, letter, version=version)
    if typed.wrong or typed.told:
        return page(letter, typed), 422
    looked = text_checks.told(text, "reply", letter.desk, letter.number or "")
    try:
        directives.act(home, letter.no, "reply", current_user.id, text, seen(), now(), version=cited, looked_at=looked)
    except directives.MovedOn as moved:
        return page(moved.directive, Typed("reply", text, version, wrong=moved_on())), 409
    flash(_("已答复，县里看得到。"), "good")
    return redirect(link("desk.directives.one", home=home, no=no))


@pages.post("/directives/<place:home>/<count:no>/noted")
@needs("directive.answer")
def noted(home: str, no: str) -> Any:
    """Note a reminder, which wants no answer."""
    letter = find(home, no)
    if not may("directive.answer", letter.desk):
        abort(404)
    try:
        directives.act(home, letter.no, "noted", current_user.id, "", seen(), now())
    except directives.MovedOn as moved:
        return page(moved.directive, Typed(wrong=moved_on())), 409
    flash(_("记下了：看过了。"), "good")
    return redirect(link("desk.directives.listed"))


def _newest(number: str) -> int:
    posted = notices.find(number)
    return posted.version.no if posted else 0


def typed_text(name: str = "text") -> str:
    """Return a text of the form, tidied, with the names covered that its button lists."""
    return text_checks.covered(request.form, texts.tidy(request.form.get(name, "")[: texts.HELD]))


def seen() -> int:
    """Return the number of the newest message that the page showed."""
    shown = request.form.get("seen", "")
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 9 else 0


def moved_on() -> str:
    """Return the message for a letter that was changed after the page was opened."""
    return _("这封信刚才有了变化，没有办。下面是现在的样子，您写的还在。")


def checked(act: str, text: str, letter: Directive, version: str = "", days: str = "") -> Typed:
    """Return a typed text with what is wrong with it: its length, personal numbers, and words about a person (``text_checks``)."""
    if wrong := fault(text):
        return Typed(act, detection.mask(text), version, days, wrong)
    told = text_checks.free_text_warning(request.form, text, "reply", letter.desk, letter.number or "")
    return Typed(act, text, version, days, told=told)


def fault(text: str) -> str:
    """Return the error message for a text of a letter, or ""."""
    if length := texts.length_fault(text):
        return _("请写清楚，至少 4 个字。") if length == "short" else _("太长了，请写在 %(most)s 个字以内。", most=texts.MOST)
    if detection.REDACTION * 4 in text:
        return _("还有盖住的号码（●），请改写再发。")
    return text_checks.personal_fault(text)


@pages.get("/directives/<place:home>/<count:no>.pdf")
@needs("directive.read")
def paper(home: str, no: str) -> Response:
    """Return a letter as an A4 PDF, with a line for the answer and one for the stamp."""
    letter = find(home, no)
    said = directives.messages(letter)
    words = _words(letter, said[0].text, next((one.due for one in said if one.due), None))
    with typesetting.STAFF.slot():
        made = directive(words, int(letter.made.timestamp()))
    return pdf(made, f"letter-{letter.no}.pdf", f"{words.title} {words.number}")


def _words(letter: Directive, text: str, due: date | None) -> DirectiveWords:
    desk, home = areas.get(letter.desk), areas.get(letter.home)
    basis, wants = policies.letter_bases().get(letter.basis), letter.kind in policies.letters_answered()
    about = [_("关于：%(subject)s", subject=letter.subject)]
    if letter.number:
        about.append(_("公示编号：%(number)s", number=numbers.spaced(letter.number)))
    return DirectiveWords(
        title=letter_kind(letter.kind),
        number=letter_number(letter),
        to=office_of(desk.name, desk.level),
        about=tuple(about),
        body=text,
        basis=_("依据：%(rule)s", rule=say(basis.rule)) + "\n" + say(basis.says) if basis else "",
        due=_("请在%(day)s前书面答复。", day=day(due)) if due else "",
        signer=office_of(home.name, home.level),
        date=day(letter.made),
        reply=(_("答复："), _("答复日期："), _("答复单位（盖章）：")) if wants else (),
        language=tongue(),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
