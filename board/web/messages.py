"""Short messages about a notice: the text for a village's WeChat group, and the SMS."""

from __future__ import annotations

from flask import current_app

from board.rules.notice.page import Page
from board.rules.rendering import short_messages
from board.web import poster_text
from board.web.installation import absolute, short_address


def group_text(page: Page, place: str) -> str:
    """Return the text for a village's WeChat group."""
    return short_messages.group_text(page, place, absolute(f"/n/{page.number}/{place}"), poster_text.demo_mark(page))


def sms(page: Page, place: str) -> str:
    """Return one village's SMS text for the county's gateway."""
    mark = "【演示】" if current_app.config["DEMO"] else ""
    return short_messages.sms(page, place, short_address(f"/n/{page.number}"), mark)
