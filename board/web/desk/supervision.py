"""村务监督, on a phone: the supervisor confirms notices before they are posted, or objects to a line, and sees what waits for him.

Of cases he sees the letters to him (``cases``), and what a villager shows him, read-only: without contact, photo or receipt.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Draft
from board.rules import supervision as rule
from board.rules.cases import machine
from board.rules.notice import opinion
from board.rules.personal import detection
from board.store import areas, cases, notices
from board.store.cases import lists
from board.store.clock import now
from board.store.drafting import committee_figures, drafts, opinions
from board.web import text_checks
from board.web.desk.cases import own_categories
from board.web.desk.opinions import looked_at, objection_typed, page_of, stands, too_many
from board.web.desk.review import PreviewLinks, as_villagers_see
from board.web.guard import framed, may, needs
from board.web.i18n import link, say, today
from board.web.installation import county_office
from board.web.public.posted_pages import page_of as posted_page

pages = Blueprint("supervision", __name__, url_prefix="/desk/supervision")


@pages.get("")
@needs("supervise")
def home() -> str:
    """Show what waits for the supervisor: notices to confirm, letters by their last day, cases shown to him, the report that is due, and
    the county's discipline office."""
    village, half = current_user.area, rule.last_half(today())
    return render_template(
        "desk/supervision/home.html",
        name=title(),
        waiting=opinions.waiting(village),
        told=_told(village),
        letters=lists.inbox(village, own_categories(), limit=20),
        shown=lists.shown_to_supervisor(village),
        categories=policies.case_categories(),
        open=machine.OPEN,
        half=half,
        report=committee_figures.report(village, half),
        reports=committee_figures.reports(village),
        county=county_office(),
    )


def title() -> str:
    """Return what the supervision of the user's village is called on its pages."""
    return say(rule.title(current_user.area_name))


def _told(village: str) -> list[tuple[Draft, Any, str]]:
    """Return the submitted drafts about which the committee has said something, with its opinion and who signed its paper."""
    found = ((draft, opinions.of(draft)) for draft in drafts.listed(village, ("submitted",)) if opinions.asked(draft))
    return [(draft, said, opinions.signed(draft)[0]) for draft, said in found if said]


def _asked(home: str, id: str) -> Draft:
    """Return a submitted draft of the user's village about which the committee is asked, or answer 404."""
    draft = drafts.find(home, id)
    known = draft is not None and may("supervise", home) and draft.state == "submitted" and bool(draft.kind)
    return draft if draft and known and opinions.asked(draft) else abort(404)


@pages.get("/<place:home>/<token:id>")
@needs("supervise")
def one(home: str, id: str) -> str:
    """Show a notice before it is posted, as villagers will see it, to confirm it or to object to a line."""
    return _page(_asked(home, id))


def _page(draft: Draft, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    page, said = page_of(draft), opinions.of(draft)
    return render_template(
        "desk/supervision/one.html",
        draft=draft,
        page=page,
        said=said,
        seen=opinion.mark(said),
        signed=opinions.signed(draft)[0],
        stated=[fact for fact in page.kind.facts if page.facts.get(fact.id) and not fact.filled],
        wrong=wrong,
        told=warning,
        typed={name: detection.mask(text) for name, text in request.form.items()},
    )


class _Links(PreviewLinks):
    """The links of the supervisor's preview, which lead within it."""

    def notice(self) -> str:
        """Return the URL of the notice's preview."""
        return link("desk.supervision.preview", home=self.draft.home, id=self.draft.id)

    def place(self, code: str, **query: Any) -> str:
        """Return the URL of one place's preview."""
        return link("desk.supervision.preview", home=self.draft.home, id=self.draft.id, place=code, **query)

    def file(self, no: int) -> str:
        """Return "": a file is looked at once it is public."""
        return ""

    def poster(self, code: str) -> str:
        """Return "": the poster's proof is for the office."""
        return ""


@pages.get("/<place:home>/<token:id>/preview")
@needs("supervise")
@framed
def preview(home: str, id: str) -> str:
    """Show the page as a villager will see it."""
    draft = _asked(home, id)
    return as_villagers_see(draft, _Links(draft), link("desk.supervision.one", home=home, id=id))


@pages.post("/<place:home>/<token:id>")
@needs("supervise")
def say_so(home: str, id: str) -> Any:
    """Keep that the supervisor confirms the notice that he was shown, or his objection (``act``)."""
    draft, digest, seen = _asked(home, id), request.form.get("digest", ""), request.form.get("seen", "")
    try:
        if request.form.get("act") == "confirm":
            opinions.confirm(draft, digest, current_user.id, now(), seen=seen)
            flash(_("确认了。镇里审核以后就公布，公示上写着你们看过。"), "good")
            return redirect(link("desk.supervision.home"))
        objection, wrong = objection_typed(draft)
        if objection is None:
            return _page(draft, wrong), 422
        if warning := looked_at(draft, objection.words):
            return _page(draft, warning=warning), 422
        opinions.object(draft, digest, objection, current_user.id, now(), seen=seen)
    except drafts.Overtaken:
        return _page(_asked(home, id), _("这份公示刚才改过。下面是现在的样子，请再看一遍。")), 409
    except opinions.Stands as error:
        return _page(_asked(home, id), stands(error)), 409
    except opinions.TooMany:
        return _page(draft, too_many()), 422
    flash(_("记下了。镇里要先写答复才能公布，您的话和答复都会写在公示上。"), "good")
    return redirect(link("desk.supervision.one", home=home, id=id))


@pages.get("/cases/<place:home>/<token:id>")
@needs("supervise")
def case(home: str, id: str) -> str:
    """Show a case that its villager shows to the supervisor: what was said and answered, its state and its last day."""
    shown = next((line for line in lists.shown_to_supervisor(current_user.area) if (line.case.home, line.case.id) == (home, id)), None)
    found = shown.case if shown else abort(404)
    posted = notices.find(found.number) if found.number else None
    return render_template(
        "desk/supervision/case.html",
        case=found,
        said=[one for one in cases.messages(found) if one.act not in machine.UNSEEN and one.text],
        category=policies.case_categories()[found.category],
        page=posted_page(posted) if posted else None,
        desk=areas.get(found.desk),
        late=found.state in machine.OPEN and today() > found.due,
    )
