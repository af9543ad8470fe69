"""The application for ``flask --app wsgi`` and for a WSGI server; the server's processes also work on what was ordered."""

import click

from board import create_app, work
from board.doctor import start
from board.settings import SettingError
from board.vault import KeyFileError
from board.web import scans

try:
    app = create_app()
    start.server(app)
except (SettingError, KeyFileError, start.NotReady) as error:
    raise click.ClickException(str(error)) from error  # `flask` shows it as one sentence; a server's log names it as well
work.start(app)
scans.keep(app)
