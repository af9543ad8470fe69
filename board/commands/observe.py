"""The command that serves the figures for monitoring: ``observe``."""

from __future__ import annotations

import os
import stat
from ipaddress import ip_address
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask.globals import app_ctx
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from board.commands.one_sentence import OneSentenceErrors
from board.observe import Observed


class _Quiet(WSGIRequestHandler):
    """Ends a connection that says nothing, and logs none."""

    timeout = 10

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing: the three addresses are asked every few seconds."""


def _listening(_: click.Context, __: click.Parameter, given: str) -> tuple[str, int]:
    host, _colon, port = given.rpartition(":")
    host = host.strip("[]")
    try:
        ip_address(host)
        return host, int(port)
    except ValueError as error:
        raise click.BadParameter(f"{given!r} is not ADDRESS:PORT, such as 127.0.0.1:9464 or [::1]:9464") from error


def exposed(host: str) -> bool:
    """Return whether others than this machine and its private network may reach an address."""
    address = ip_address(host)
    return address.is_unspecified or not (address.is_loopback or address.is_private)


def serving_at(observed: Observed, host: str, port: int, socket: Path | None) -> BaseWSGIServer:
    """Return the server, which listens already: on a socket that its user and group may open, or on an address."""
    if socket is None:
        return make_server(host, port, observed, threaded=True, request_handler=_Quiet)
    if socket.exists() and not stat.S_ISSOCK(socket.stat().st_mode):  # the server deletes what lies there
        raise click.ClickException(f"{socket} is a file and no socket; name another one.")
    before = os.umask(0o117)
    try:
        return make_server(f"unix://{socket}", 0, observed, threaded=True, request_handler=_Quiet)
    finally:
        os.umask(before)


@click.command("observe", cls=OneSentenceErrors, keys=False)
@click.option("--listen", default="127.0.0.1:9464", show_default=True, callback=_listening, help="Address and port of the three pages.")
@click.option("--socket", type=click.Path(path_type=Path), help="Listen on this Unix socket instead, for its user and group.")
@click.option("--public", is_flag=True, help="Allow --listen on an address that is not of this machine or a private network.")
@click.option("--ask", default="", help="Address of a serving process that /readyz asks, such as http://127.0.0.1:8000.")
@with_appcontext
def observe(listen: tuple[str, int], socket: Path | None, public: bool, ask: str) -> None:
    """Serve /healthz, /readyz and /metrics for monitoring until stopped (Ctrl-C); run it beside the serving processes."""
    if ask and not ask.startswith("http://"):
        raise click.ClickException("--ask takes the address of granian itself, such as http://127.0.0.1:8000.")
    host, port = listen
    if socket is None and exposed(host) and not public:
        raise click.ClickException(
            f"{host} can be reached from outside, and whoever reaches it reads the figures: listen on 127.0.0.1 or an address of the "
            "private network, or add --public."
        )
    observed = Observed(app_ctx.app, ask)
    if observed.folder is None:
        click.echo("METRICS_FOLDER is empty: /metrics says so, and counts nothing.")
    server = serving_at(observed, host, port, socket)
    click.echo(f"Observing at {socket or f'http://{listen[0]}:{server.port}'}: /healthz, /readyz, /metrics")
    server.serve_forever()


COMMANDS = (observe,)
