"""What is sent of a notice: the lines for a village's WeChat group, and the SMS."""

from __future__ import annotations

from flask import current_app

from board.rules.notice.page import Page
from board.rules.rendering import short_messages
from board.web import poster_text


def short_address(page: Page) -> str:
    """Return a notice's address as one types it, without what every browser adds."""
    host = str(current_app.config["PUBLIC_ADDRESS"]).split("://", 1)[-1].rstrip("/")
    return f"{host}/n/{page.number}"


def group_text(page: Page, place: str) -> str:
    """Return the lines for a village's WeChat group."""
    address = f"{current_app.config['PUBLIC_ADDRESS'].rstrip('/')}/n/{page.number}/{place}"
    return short_messages.group_text(page, place, address, poster_text.demo_mark(page))


def sms(page: Page, place: str) -> str:
    """Return the message of one village for the county's gateway."""
    mark = "【演示】" if current_app.config["DEMO"] else ""
    return short_messages.sms(page, place, short_address(page), mark)
