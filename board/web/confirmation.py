"""One question before what cannot be undone: the first press shows a page that asks, the second does it. Works without a script."""

from __future__ import annotations

from flask import render_template, request

SURE = "sure"


def unconfirmed(words: str, follows: str, press: str, back: str) -> str:
    """Return the page that asks once whether to do what a form was sent for, or "" if that was answered.

    ``words`` is the question, ``follows`` what comes of it, ``press`` the button that does it, ``back`` the address to go back to. All
    fields that were sent are sent again with the answer, so that nothing typed is lost.
    """
    if request.form.get(SURE):
        return ""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("confirm.html", words=words, follows=follows, press=press, back=back, fields=fields)
