"""The yearly appraisals of a desk's villages: opening one, its paper ballots, and counting them by two people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Area
from board.paper.ballot import Ballot, ballots
from board.rules import appraisal as rules
from board.rules.areas import prefix
from board.rules.place_names import canonical
from board.rules.typed_dates import typed_day
from board.store import appraisals, areas
from board.store.clock import now
from board.web.downloads import pdf
from board.web.guard import may, needs
from board.web.i18n import day, link, today
from board.web.place_words import on_paper

pages = Blueprint("appraisals", __name__, url_prefix="/desk/appraisals")


def own(action: str, home: str) -> Area:
    """Return a village for which the user may do ``action``, or answer 404."""
    area = areas.find(home)
    if area is None or area.level != "village" or not may(action, home):
        abort(404)
    return area


@pages.get("")
@needs("appraisal.count")
def listed() -> str:
    """List the desk's villages by code, each with its appraisal of this year."""
    reach = prefix(current_user.area, current_user.level)
    villages = [area for area in areas.inside(current_user.area) if area.level == "village" and may("appraisal.count", area.code)]
    return render_template("desk/appraisals/listed.html", villages=villages, standing=appraisals.under(reach, today().year, today()))


@pages.get("/<place:place>")
@needs("appraisal.count")
def one(place: str) -> str:
    """Show one village's appraisal: to open it, to print ballots, and to type in what was counted."""
    return _page(own("appraisal.count", place))


def _page(area: Area, wrong: str = "") -> str:
    form = policies.appraisal()
    cells = {question.id: [request.form.get(f"{question.id}-{word.value}", "")[:6] for word in form.words] for question in form.questions}
    typed = {name: request.form.get(name, "")[:20] for name in ("opens", "closes", "ballots")}
    standing = appraisals.newest(area.code, today())
    return render_template(
        "desk/appraisals/one.html", area=area, form=form, standing=standing, cells=cells, typed=typed, wrong=wrong,
        mine=standing is not None and current_user.name in standing.counted,
    )  # fmt: skip


@pages.post("/<place:place>/open")
@needs("appraisal.keep")
def opened(place: str) -> Any:
    """Open this year's appraisal of a village."""
    area, form = own("appraisal.keep", place), policies.appraisal()
    opens, closes = (typed_day(request.form.get(name, "")) for name in ("opens", "closes"))
    if fault := rules.span_fault(opens, closes, form.days, today()):
        told = {
            "day": _("请写哪天开始、哪天截止，例如 2026-12-01。"),
            "past": _("开始的日子不能早于今天。"),
            "far": _("开始的日子太远了，请看看年份写对没有。"),
            "order": _("截止的日子要在开始那天以后。"),
            "year": _("开始和截止要在同一年。"),
            "long": _("最多开 %(n)s 天。", n=form.days),
        }
        return _page(area, told[fault]), 422
    assert opens
    assert closes
    if not appraisals.open_for(place, opens, closes, current_user.id, now()):
        return _page(area, _("今年已经有一次了，或者上一次还没有公布。一年只评一次。")), 409
    flash(_("开好了。群众在公示墙的页面上看得到。"), "good")
    return redirect(link("desk.appraisals.one", place=place))


@pages.get("/<place:place>/ballots.pdf")
@needs("appraisal.count")
def paper(place: str) -> Response:
    """Return a page of two paper ballots, the same for everybody."""
    area, form, standing = own("appraisal.count", place), policies.appraisal(), appraisals.newest(place, today())
    if standing is None:
        abort(404)
    words = Ballot(
        title=f"{canonical(area.name)} {standing.year}年{on_paper('村务')}公开评议票",
        how=on_paper("村里的公开做得怎么样，每一题在一个方框里打勾。不要写名字。"),
        questions=tuple(on_paper(question.ask.zh) for question in form.questions),
        words=tuple(word.label.zh for word in form.words),
        where=f"{standing.closes.month}月{standing.closes.day}日以前投到公示墙旁的意见箱。由两个人各数一遍，结果公布在墙上的码里。",
        demo_mark="演示数据" if current_app.config["DEMO"] else "",
    )
    return pdf(ballots(words), f"ballots-{place}-{standing.year}.pdf", words.title)


@pages.post("/<place:place>/count")
@needs("appraisal.count")
def counted(place: str) -> Any:
    """Keep what one of two people counted of the paper ballots."""
    area, form, standing = own("appraisal.count", place), policies.appraisal(), appraisals.newest(place, today())
    if standing is None:
        abort(404)
    cells = {question.id: [request.form.get(f"{question.id}-{word.value}", "") for word in form.words] for question in form.questions}
    tally, fault = rules.counted(form, request.form.get("ballots", "").strip(), cells)
    if tally is None or fault:
        told = {
            "ballots": _("请写一共收到几张票，写数字。"),
            "number": _("每一格写几张，写数字；没有的写 0。"),
            "more": _("有一题的票数加起来比收到的票还多，请再数一遍。"),
            "none": _("一张有效的都没有，就不用填。"),
        }
        return _page(area, told[fault or "number"]), 422
    match appraisals.count(place, standing.year, tally, current_user.id, now()):
        case "first":
            flash(_("记下了。还要另一个人单独数一遍，两个人数得一样才算。"), "good")
        case "agreed":
            flash(_("两个人数得一样，就按这个数。%(day)s公布。", day=day(standing.published_on)), "good")
        case "differs":
            return _page(area, _("和另一个人数的不一样，两个人的都没有算。请两个人再各数一遍，各填一次。")), 409
        case "over":
            return _page(area, _("现在不能再填：已经有两个人数得一样，或者结果已经公布。")), 409
    return redirect(link("desk.appraisals.one", place=place))
