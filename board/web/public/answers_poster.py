"""答复上墙: the village's answered questions as a PDF for its wall. It is public as it is: no name and no row stands in it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app

from board.paper import typesetting
from board.paper.answers_poster import AnswersPoster, answers_poster
from board.paper.poster import Phone
from board.paper.qr import wall_address
from board.rules.bilingual import date_in_words
from board.rules.place_names import canonical
from board.store import areas
from board.web.downloads import pdf
from board.web.guard import public
from board.web.i18n import today
from board.web.installation import public_address, short_address
from board.web.public import asked, hub
from board.web.public.wall import find

pages = Blueprint("answers_poster", __name__)


@pages.get("/w/<number:number>/answers.pdf")
@public
def poster(number: str) -> Response:
    """Return one A4 with the answers about the notices that hang on a wall, newest first; answers 404 for a wall that was taken away."""
    wall = find(number)
    if wall.closed_at:
        abort(404)
    around = hub.of_place(wall.home)
    found = asked.of_notices([(line.page, line.place) for line in around.shown.current])
    words = AnswersPoster(
        place_name=canonical(areas.get(wall.home).name),
        spot=wall.spot,
        answered=asked.printed(found),
        phones=tuple(Phone("", one.number, one.who) for one in around.phones if not one.report),
        qr_text=wall_address(public_address(), number),
        short_address=short_address(f"/w/{number}"),
        printed=date_in_words(today(), "zh"),
        demo_mark="演示数据" if current_app.config["DEMO"] else "",
    )
    with typesetting.PUBLIC.slot():
        return pdf(answers_poster(words), f"{number}-answers.pdf")
