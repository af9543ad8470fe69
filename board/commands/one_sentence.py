"""Commands that tell a fault of the installation in one sentence: ``@click.command(cls=OneSentenceErrors)``, ``Group("cases")``."""

from __future__ import annotations

import csv
from typing import Any

import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from board.doctor import installed
from board.store import sealing
from board.vault import KeyFileError

UPGRADE = "The database has not the tables of this version: run `flask --app wsgi db upgrade`, then try again."


class OneSentenceErrors(click.Command):
    """A command that reports a fault of the installation in one sentence, without a traceback.

    Where the key file is missing it does not begin, unless it was made with ``keys=False``.
    """

    def __init__(self, *args: Any, keys: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Errors of the database and of files become a ClickException: one sentence, exit code 1."""
        try:
            return self._invoke(ctx)
        except click.ClickException as error:
            if type(error) is not click.ClickException:  # of wrong usage, say, which click words itself
                raise
            raise click.ClickException(installed.typed(error.message)) from error

    def _invoke(self, ctx: click.Context) -> Any:
        try:
            if self.keys:
                with ctx.ensure_object(ScriptInfo).load_app().app_context():
                    sealing.vault()
            return super().invoke(ctx)
        except KeyFileError as error:
            raise click.ClickException(str(error)) from error
        except (OperationalError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) or "no such" in str(error.orig):
                raise click.ClickException(UPGRADE) from error
            raise click.ClickException("The database cannot be reached or is busy: check DATABASE_URL, then try again.") from error
        except DatabaseError as error:
            raise click.ClickException("The database file is damaged or is none: restore a backup, or correct DATABASE_URL.") from error
        except BrokenPipeError:  # the program that reads our output has ended; click leaves without a word
            raise
        except csv.Error as error:
            raise click.ClickException(
                f"The file is not a table that can be read ({error}): save it as “CSV UTF-8”, then try again."
            ) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'A file'}: {error.strerror or error}; correct the path or its rights."
            ) from error
        except UnicodeEncodeError as error:
            raise click.ClickException("What was typed is not UTF-8: set the terminal to UTF-8, then try again.") from error
        except UnicodeDecodeError as error:
            raise click.ClickException("The file is not UTF-8: save it as “CSV UTF-8”, then try again.") from error


class Group(OneSentenceErrors, AppGroup):
    """Commands of one subject, each run in the app's context."""
