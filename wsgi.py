"""The application for ``flask --app wsgi`` and for a WSGI server; the server's processes also work on what was ordered."""

import os

import click

from board import create_app, logs, work
from board.settings import SettingError
from board.vault import KeyFileError
from board.web import request_record, scans

logs.start()
try:
    app = create_app()
except (SettingError, KeyFileError) as error:
    raise click.ClickException(str(error)) from error  # `flask` shows it as one sentence; a server's log names it as well
if not os.environ.get("FLASK_RUN_FROM_CLI"):  # a command answers no request
    request_record.serve(app)
work.start(app)
scans.keep(app)
