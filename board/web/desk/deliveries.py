"""送交清单: what an office brings to the places where everybody may read it on paper, one tap a list, and who signed for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import DeliveryItem, DeliveryList, ReadingPoint, Version
from board.paper import typesetting
from board.paper.delivery import DeliveryWords, delivery
from board.rules import numbers
from board.rules import reading as rules
from board.rules.calendar import day_of
from board.rules.digest import short
from board.rules.notice.page import Page
from board.rules.personal import detection
from board.rules.place_names import office_of
from board.rules.typed_dates import typed_day
from board.store import areas, deliveries, notices, reading
from board.store.clock import now
from board.store.feature_flags import county
from board.store.notices import Posted
from board.web.desk import delivery_files
from board.web.desk.delivery_files import Sheets
from board.web.downloads import pdf
from board.web.guard import needs
from board.web.i18n import day, link, today, tongue
from board.web.installation import short_address
from board.web.public.notice import heading, rows_shown
from board.web.public.posted_pages import pages_of

pages = Blueprint("deliveries", __name__, url_prefix="/desk/deliveries")


@pages.app_template_filter()
def delivery_number(one: DeliveryList) -> str:
    """Return the number of a list as offices write it: 〔2026〕3 号."""
    return _("〔%(year)s〕%(no)s 号", year=day_of(one.made_at).year, no=one.no)


@pages.get("")
@needs("delivery.make")
def listed() -> str:
    """Show for each point what the office has not brought there yet, with the button that lists it, and the lists that were made."""
    points = reading.of_office(current_user.area, today())
    found = deliveries.waiting(current_user.area, current_user.level, today(), limit=deliveries.MOST * (len(points) + 1))
    made = deliveries.listed(current_user.area)
    return render_template(
        "desk/deliveries/listed.html",
        points=[(point, [one for one in found if one.point == point.no]) for point in points],
        made=made,
        named={point.no: point.name for point in reading.of(county(current_user.area))} if made else {},
        most=deliveries.MOST,
    )


@pages.post("/make")
@needs("delivery.make")
def make() -> Any:
    """Put what was not brought to a point yet on a new list."""
    points, asked = reading.of_office(current_user.area, today()), request.form.get("point", "")
    point = next((one for one in points if str(one.no) == asked), None) or abort(404)
    made = deliveries.make(current_user.area, current_user.level, point.no, current_user.id, now())
    if made is None:
        flash(_("都列过清单了，没有要送的。"), "good")
        return redirect(link("desk.deliveries.listed"))
    flash(_("清单列好了。请打印出来，和公示一起送去，请对方签收。"), "good")
    return redirect(link("desk.deliveries.one", no=made.no))


def _find(no: str) -> tuple[DeliveryList, ReadingPoint]:
    """Return a list of the user's office with its point, or answer 404."""
    found = deliveries.one(current_user.area, int(no)) or abort(404)
    return found, reading.one(found.county, found.point) or abort(404)


@pages.get("/<count:no>")
@needs("delivery.make")
def one(no: str) -> str:
    """Show a list with what is on it, its paper and its files, and the form for who signed for it."""
    return _page(*_find(no))


def _page(made: DeliveryList, point: ReadingPoint, wrong: str = "") -> str:
    items = deliveries.items(made)
    shown = _shown([item for item, _version in items])
    return render_template(
        "desk/deliveries/one.html",
        made=made,
        point=point,
        items=items,
        headings={number: heading(*found) for number, found in shown.items()},
        since={item.number: "" if item.removes else _since(version, *shown[item.number]) for item, version in items},
        signer=deliveries.signer(made),
        typed={name: detection.mask(request.form.get(name, ""))[:60] for name in ("name", "on")},
        wrong=wrong,
    )


@pages.post("/<count:no>/signed")
@needs("delivery.make")
def sign(no: str) -> Any:
    """Write down who signed for a list and when; a second time corrects the first. Answers 422 with what was typed for an error."""
    made, point = _find(no)
    name, on = "".join(request.form.get("name", "").split()), typed_day(request.form.get("on", ""))
    if fault := rules.sign_fault(name, on, made.made_on, today()):
        return _page(made, point, _words(fault)), 422
    assert on is not None
    try:
        deliveries.sign(made.home, made.no, name, on, current_user.id, now())
    except deliveries.Refused:
        return _page(*_find(no), _("这张清单已经作废了，不能再登记签收。")), 409
    flash(_("记下了。群众在公示页上看得到哪里能看纸质的，看不到谁签收。"), "good")
    return redirect(link("desk.deliveries.listed"))


def _words(fault: rules.SignFault) -> str:
    return {
        "name": _("请写签收人的姓名，2 到 20 个字。"),
        "personal": _("这里只写姓名，不要写号码。"),
        "day": _("请写哪天签收的，例如 2026-11-22。"),
        "future": _("签收的日子不能写以后的。"),
        "early": _("签收的日子不会比列清单那天早。请改一下。"),
    }[fault]


@pages.post("/<count:no>/cancel")
@needs("delivery.make")
def cancel(no: str) -> Any:
    """Cancel a list that nobody signed for."""
    made, _point = _find(no)
    try:
        deliveries.cancel(made.home, made.no, current_user.id, now())
    except deliveries.Refused:
        return _page(*_find(no), _("这张清单已经签收了，不能作废。")), 409
    flash(_("这张清单作废了，上面的公示又是还没送的。"), "good")
    return redirect(link("desk.deliveries.listed"))


@pages.get("/<count:no>.pdf")
@needs("delivery.make")
def paper(no: str) -> Response:
    """Return a list as an A4 PDF with the lines on which it is signed for."""
    made, point = _find(no)
    words = _paper_words(made, point)  # sets the notices' sheets, to count their pages
    with typesetting.STAFF.slot():
        return pdf(delivery(words, int(made.made_at.timestamp())), f"delivery-{made.no}.pdf", f"{words.title}{words.number}")


def _paper_words(made: DeliveryList, point: ReadingPoint) -> DeliveryWords:
    found, office = deliveries.items(made), areas.get(made.home)
    shown = _shown([item for item, _version in found])
    brought, gone = ([version for item, version in found if item.removes == removes] for removes in (False, True))
    sheets = delivery_files.sheets(_standing(shown, brought)) if point.paper else Sheets()
    return DeliveryWords(
        title=_("主动公开的公示送交清单"),
        number=delivery_number(made),
        to=point.name,
        about=(_("送交单位：%(office)s", office=office_of(office.name, office.level)), _("地址：%(address)s", address=point.address)),
        headers=(_("序号"), _("公示"), _("编号、网址、防改码"), _("送什么")),
        rows=tuple(
            (str(no), _what(version, *shown[version.number]), _where(version), _way(version.number, point, sheets))
            for no, version in enumerate(brought, 1)
        ),
        gone_title=_("撤下的，请从架上取走"),
        gone_headers=(_("序号"), _("公示"), _("编号、网址、防改码")),
        gone=tuple((str(no), heading(*shown[version.number]), _where(version)) for no, version in enumerate(gone, 1)),
        total=_("一共 %(n)s 份", n=len(found)),
        note=_("网上看得到的才在这里：名单、姓名照网上的样子。文件以网址上的为准，防改码和页面上的一样就没有改过。"),
        signs=(_("签收单位（盖章）："), _("签收人："), _("签收日期：")),
        signer=office_of(office.name, office.level),
        date=day(made.made_on),
        language=tongue(),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )


def _shown(items: list[DeliveryItem]) -> dict[str, tuple[Posted, Page]]:
    """Return number -> notice and its page as the web shows it today, withdrawn ones too."""
    found = notices.these([(item.publisher, item.number) for item in items]) if items else []
    return {page.number: (posted, page) for posted, page in zip(found, pages_of(found), strict=True)}


def _standing(shown: Mapping[str, tuple[Posted, Page]], listed: Iterable[Version]) -> list[Posted]:
    found = (shown[version.number][0] for version in listed)
    return [posted for posted in found if posted.notice.withdrawn_at is None]


def _since(version: Version, posted: Posted, page: Page) -> str:
    """Return what became of a listed version; "" if it is still the one in force."""
    if posted.notice.withdrawn_at:
        return _("已撤下，不要放到架上")
    return _("已更正，现在是第 %(no)s 版", no=page.no) if page.no != version.no else ""


def _what(version: Version, posted: Posted, page: Page) -> str:
    """Return a notice's heading as it is public today, which version was listed, and until when its roster may lie on a shelf: as long as
    on the web."""
    said = [heading(posted, page), _("第 %(no)s 版，%(day)s公布", no=version.no, day=day(version.posted_on))]
    if since := _since(version, posted, page):
        said.append(since)
    until = page.rows_until()
    if until and page.kind.columns and not posted.notice.withdrawn_at and rows_shown(page):
        said.append(_("明细放到%(day)s，到期请收起", day=day(until)))
    return "\n".join(said)


def _way(number: str, point: ReadingPoint, sheets: Sheets) -> str:
    """Return what is brought of a notice; the pages of sheets that were not counted are written by hand."""
    count = sheets.pages(number)
    paper = _("纸质 %(n)s 页", n=count) if count else _("纸质　　页")
    return "\n".join([*([paper] if point.paper else []), *([_("文件")] if point.file else [])])


def _where(version: Version) -> str:
    address = short_address(link("public.notice.notice", number=version.number))
    return f"{numbers.spaced(version.number)}\n{address}\n{short(version.digest)}"


@pages.get("/<count:no>.zip")
@needs("delivery.make")
def files(no: str) -> Response:
    """Return what a list brings as files and as sheets to print, each as everybody may download it today."""
    made, _point = _find(no)
    found = deliveries.items(made)
    listed = _standing(_shown([item for item, _version in found]), [version for item, version in found if not item.removes])
    headers = {"Content-Disposition": f'attachment; filename="delivery-{made.no}.zip"', "X-Robots-Tag": "noindex"}
    return Response(delivery_files.packed(listed), mimetype="application/zip", headers=headers)
