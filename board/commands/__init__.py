"""The commands of ``flask --app wsgi``; each calls one function of the store or of the rules.

Their output is for the server's administrator: in English, beside the Chinese texts that clerks read. The commands and groups in
each module's ``COMMANDS`` are registered.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def start(app: Flask) -> None:
    """Register the commands of all modules with the app."""
    for found in iter_modules(__path__, f"{__name__}."):
        for command in getattr(import_module(found.name), "COMMANDS", ()):
            app.cli.add_command(command)
