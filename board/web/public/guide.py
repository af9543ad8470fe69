"""公开指南: how to apply to an office for what is not published, its flow chart, and the papers of it, made from the data alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template
from flask_babel import gettext as _

from board import policies
from board.models import Area
from board.paper import typesetting
from board.paper.sample import SampleWords, sample
from board.rules.bilingual import Words
from board.rules.cases import guide as rules
from board.rules.cases import next_steps
from board.rules.cases.category import Category
from board.rules.cases.guide import ANSWER, Document, Item
from board.rules.cases.next_steps import When, filled
from board.store import areas, notices, reading
from board.store.notices import Posted
from board.web.downloads import pdf
from board.web.guard import public
from board.web.i18n import link, say, today, tongue
from board.web.public.ask_form import forms
from board.web.public.case_letters import offices, phone_of

pages = Blueprint("guide", __name__)

CATEGORY = "application"


@dataclass(frozen=True)
class Told:
    """A sentence of the page with the rule that it rests on."""

    text: str
    basis: Words


@dataclass(frozen=True)
class Remedy:
    """What can be done about an answer, or about one that is late, with its rule and a telephone, each empty where there is none."""

    text: str
    basis: Words
    office: str
    phone: str


@dataclass(frozen=True)
class Reached:
    """How the office is reached, as its newest notice says, else by the site's telephone; "" where nothing is known.

    ``ways`` is where one goes or writes to; ``posted`` the notice, None where the office has none.
    """

    phone: str
    person: str
    ways: str
    posted: Posted | None


@pages.get("/a/<place:code>/guide")
@public
def guide(code: str) -> Any:
    """Show how to apply to an office; a village, which takes no applications, leads to its township."""
    office, category, words = taker(code) or abort(404), _category(), policies.guide()
    if office.code != code:
        return redirect(link("public.guide.guide", code=office.code))
    blanks = _blanks(office, category)
    return render_template(
        "public/guide/guide.html",
        area=office,
        signs=blanks["office"],
        category=category,
        reached=_reached(office.code),
        on_paper=bool(reading.serving(office.code, today())),
        what=_told(words.what, blanks),
        needs=_told(words.needs, blanks),
        ways=_told(words.ways, blanks),
        flow=[(filled(say(words.words(one.act, one.leads)), blanks), one) for one in rules.flow(category, office.level)],
        clocks=[(words.clocks[name], days, rules.clock(category.clocks, name)) for name, days in rules.spans(category.clocks).items()],
        papers=[one for one in rules.papers(words, category) if not one.id.startswith(ANSWER)],
        answer=ANSWER,
        remedies=[(when, _remedies(when, office, blanks)) for when in ("answered", "late")],
    )


@pages.get("/a/<place:code>/guide/<paper>.pdf")
@public
def document(code: str, paper: str) -> Response:
    """Return a blank form or a sample of a paper as an A4 PDF, with the office's name."""
    office, category = taker(code) or abort(404), _category()
    found = {one.id: one for one in rules.papers(policies.guide(), category)}.get(paper) or abort(404)
    made = _sample(found, office, _blanks(office, category))
    with typesetting.PUBLIC.slot():
        return pdf(sample(made), f"{paper}.pdf", f"{made.title} {made.kind}")


def _category() -> Category:
    return policies.case_categories()[CATEGORY]


def taker(code: str) -> Area | None:
    """Return the area whose office takes the applications about an area, itself or the nearest above; None if there is none."""
    takes = [one for one in areas.chain(code) if one.level in _category().first]
    return takes[-1] if takes else None


def _blanks(office: Area, category: Category) -> dict[str, str]:
    """Return what fills the blanks of the guide's texts."""
    days = {name: say(words) for name, words in rules.spans(category.clocks).items()}
    return offices(office.code) | days | {"forms": _("、").join(forms().values())}


def _told(items: Iterable[Item], blanks: Mapping[str, str]) -> list[Told]:
    return [Told(filled(say(one.say), blanks), one.basis) for one in items]


def _reached(code: str) -> Reached:
    latest = next(iter(notices.listed(code, limit=1, standing=True)), None)
    if latest is None:
        return Reached(current_app.config["SITE_PHONE"], "", "", None)
    phone, person, ways = (str(latest.version.facts.get(name) or "") for name in ("objection_phone", "objection_person", "objection_ways"))
    return Reached(phone or current_app.config["SITE_PHONE"], person, ways, latest)


def _remedies(when: When, office: Area, blanks: Mapping[str, str]) -> list[Remedy]:
    """Return what can be done beyond this site about an answer of this office, or about one that is late."""
    steps = next_steps.of(policies.next_steps(), when, office.level, CATEGORY)[: next_steps.MOST]
    return [Remedy(filled(say(one.say), blanks), one.basis, *phone_of(one)) for one in steps if one.basis.zh or one.phone]


def _sample(one: Document, office: Area, blanks: Mapping[str, str]) -> SampleWords:
    boxed, by_office = dict(blanks) | {"forms": "　".join(f"□ {form}" for form in forms().values())}, one.by == "office"
    return SampleWords(
        title=say(one.title),
        kind=say(one.kind),
        to=filled(say(one.to), blanks),
        body=filled(say(one.body), blanks),
        fields=tuple((say(field.label), filled(say(field.hint), boxed), field.rows) for field in one.fields),
        basis=_("依据：%(rule)s", rule=say(one.basis)),
        remedies=_appeals(office, blanks) if one.id.startswith(ANSWER) else (),
        signer=_("%(office)s（盖章）", office=blanks["office"]) if by_office else "",
        date=_("____年____月____日"),
        to_fill=(_("签名："), _("日期：")),
        mark=_("样本") if by_office else "",
        language=tongue(),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )


def _appeals(office: Area, blanks: Mapping[str, str]) -> tuple[str, ...]:
    """Return the sentences of an answer that tell what the law gives against answers of its kind (行政复议法 23)."""
    steps = next_steps.of(policies.next_steps(), "answered", office.level, CATEGORY)
    own = [one for one in steps if CATEGORY in one.categories]
    return tuple(_("%(step)s（%(rule)s）", step=filled(say(one.say), blanks), rule=say(one.basis)) for one in own)
