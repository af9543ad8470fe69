"""The application for ``flask --app wsgi`` and for a WSGI server; the server's processes also work on what was ordered."""

from board import create_app, work
from board.web import scans

app = create_app()
work.start(app)
scans.keep(app)
