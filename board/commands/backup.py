"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask.cli import with_appcontext
from flask.globals import app_ctx

from board.backup import encryption, files, instance_files, retention
from board.backup.archive import Archive
from board.backup.manifest import Manifest
from board.backup.refusal import BackupRefused
from board.commands.one_sentence import OneSentenceErrors
from board.doctor import installed
from board.store import sealing
from board.store.backup import making, restoring
from board.store.clock import now

A_DAY = 24 * 3600  # seconds
WITHOUT_KEYS = (
    "The key file is not inside: without its copy nobody opens the names and contacts that are sealed in this backup. "
    "Keep that copy apart from the backups (docs/keys.md)."
)
WITH_KEYS = "The key file is inside: whoever has the private key opens every name and contact in it. Keep that key in the safe alone."
READABLE = "It is not encrypted: whoever has it reads what villagers wrote. Keep it as you keep the database, or give --to a public key."
AGAIN = "The backup was of schema {0}, now it is {1}: run `flask --app wsgi cases recount` and `flask --app wsgi duties recount` once."
TO = click.option("--to", multiple=True, metavar="PUBLIC-KEY", help="Encrypt to this public key (age1…); may be given several times.")
IDENTITY = click.option(
    "--identity", type=click.Path(path_type=Path), help="File of the private key, where the backup is encrypted (AGE-SECRET-KEY-1…)."
)


class _Refusing(OneSentenceErrors):
    """A command that tells in a sentence why it refused."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BackupRefused as error:
            raise click.ClickException(str(error)) from error


class _Retention(NamedTuple):
    """How many dated backups stay in a folder."""

    keep: int
    weekly: int
    monthly: int


@click.command("backup", cls=_Refusing, keys=False)
@click.argument("path", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@TO
@click.option("--portable", is_flag=True, help="Rows that belong to no engine: restored into SQLite and into PostgreSQL.")
@click.option("--drill", is_flag=True, help="Then restore it into a scratch place, verify it there and remove that place.")
@click.option("--keep", type=click.IntRange(min=1), help="FILE is a folder: write a dated file there, and keep this many, the newest ones.")
@click.option("--weekly", type=click.IntRange(min=0), default=0, help="With --keep: also the newest of each of so many weeks.")
@click.option("--monthly", type=click.IntRange(min=0), default=0, help="With --keep: also the newest of each of so many months.")
@click.option("--keys-lost", is_flag=True, help="Back up although the key file is gone: what is sealed stays closed for ever.")
@click.option("--with-keys", is_flag=True, help="Put the key file in too; only with --to.")
@click.option("--new-key", is_flag=True, help="Make no backup: write a new private key into FILE, and print its public one.")
@with_appcontext
def back_up(
    path: Path | None,
    to: tuple[str, ...],
    portable: bool,
    drill: bool,
    keep: int | None,
    weekly: int,
    monthly: int,
    keys_lost: bool,
    with_keys: bool,
    new_key: bool,
) -> None:
    """Back up the database and the files of the instance into one FILE, while the board serves.

    With --drill alone, nothing is kept: it proves that a backup made now would be restored.
    """
    if path is None and (keep or new_key or not drill):
        raise click.UsageError("Name the file to write, or give --drill alone.")
    if new_key:
        _make_key(path or Path())
        return
    if with_keys and keys_lost:
        raise click.UsageError("--with-keys puts in keys that --keys-lost says are gone: leave one of them out.")
    at, instance, recipients = now(), Path(app_ctx.app.instance_path), [encryption.recipient(one) for one in to]
    with files.scratch(instance) as scratch:
        out = path or scratch / "drill.backup"
        if keep:
            out = out / retention.name(at, bool(recipients))
        own = [encryption.new_identity()] if drill and recipients else []  # known to this run alone: the drill opens the file that it made
        sealed_to = [*recipients, *(one.to_public() for one in own)]
        what = {"portable": portable, "keys_lost": keys_lost, "with_keys": with_keys}
        manifest = making.make(out, scratch, at, recipients=sealed_to, **what)
        if path:
            _tell(out, manifest, bool(recipients), with_keys)
            files.note(instance, backup=at, file=out)
        if drill:
            _drill(out, scratch, own, restoring.Allowed(keys_lost))
            files.note(instance, drill=at, drilled=at)
        if path and keep:
            _tidy(path, at, _Retention(keep, weekly, monthly))


def _make_key(path: Path) -> None:
    key = encryption.new_identity()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"# The private key of backups that are made for {key.to_public()}\n{key}\n")
    click.echo(f"The private key is in {path}: keep it in the safe, and not on the server. Backups are made with --to {key.to_public()}")


def _tell(out: Path, manifest: Manifest, encrypted: bool, with_keys: bool) -> None:
    what = f"{out.stat().st_size:,} bytes, schema {manifest.facts.schema}, {manifest.rows:,} rows in {len(manifest.facts.tables)} tables"
    click.echo(f"{out}: {what}, {len(manifest.facts.heads)} ledgers.")
    click.echo(WITH_KEYS if with_keys else WITHOUT_KEYS)
    if not encrypted:
        click.echo(READABLE)


def _drill(path: Path, scratch: Path, identities: Sequence[Any], allowed: restoring.Allowed) -> None:
    with restoring.opened(path, scratch, identities) as (archive, manifest):
        restoring.drill(archive, manifest, scratch, allowed)
    click.echo(
        f"The drill succeeded: {manifest.rows:,} rows were restored in a scratch place, every ledger was verified, and it was removed."
    )


def _tidy(folder: Path, at: datetime, kept: _Retention) -> None:
    for left in folder.glob(".mingbai-*.part"):  # of backups that were killed; a younger one may still be written, by another instance
        if time.time() - left.stat().st_mtime > A_DAY:
            left.unlink()
    for name in retention.outdated((file.name for file in folder.iterdir()), at, *kept):
        (folder / name).unlink()
        click.echo(f"{name} was removed: newer ones are there.")


@click.command("restore", cls=_Refusing, keys=False)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@IDENTITY
@click.option("--drill", is_flag=True, help="Into a scratch place only: prove that this file can be restored.")
@click.option("--keys-lost", is_flag=True, help="Restore although the key file is gone: what is sealed stays closed for ever.")
@click.option("--despite-faults", is_flag=True, help="Restore although the ledger does not verify: it did not before the backup either.")
@with_appcontext
def restore(path: Path, identity: Path | None, drill: bool, keys_lost: bool, despite_faults: bool) -> None:
    """Restore a backup into an empty instance; it is compared with its manifest and verified before anything is in place."""
    instance, allowed = Path(app_ctx.app.instance_path), restoring.Allowed(keys_lost, despite_faults)
    identities = encryption.identities(identity) if identity else []
    with files.scratch(instance) as scratch, restoring.opened(path, scratch, identities) as (archive, manifest):
        if drill:
            faults = restoring.drill(archive, manifest, scratch, allowed)
            files.note(instance, drill=now(), drilled=datetime.fromisoformat(manifest.at))
        else:
            faults = restoring.restore(archive, manifest, scratch, allowed)
        for line in faults:
            click.echo(line, err=True)
        if not drill:
            _place(archive, instance)
            for line in _beside(manifest):
                click.echo(line)
    what = f"{manifest.rows:,} rows of {manifest.at}, {len(manifest.facts.heads)} ledgers"
    unsealed = keys_lost or sealing.lost()
    verified = "hash chains verified, what is sealed not" if unsealed else "with the faults above" if faults else "verified"
    click.echo(f"{'The drill succeeded' if drill else 'Restored'}: {what}, {verified}.")


def _place(archive: Archive, instance: Path) -> None:
    try:
        for line in instance_files.placed(archive, instance):
            click.echo(line)
    except OSError as error:  # the database is in place: what follows must not read as if it were not
        click.echo(f"The settings could not be written ({error}): take them out of the backup with tar.", err=True)


def _beside(manifest: Manifest) -> Iterator[str]:
    newest, here = manifest.facts.schema, str(app_ctx.app.config["PUBLIC_ADDRESS"])
    if newest != (now_at := restoring.newest()):
        yield installed.typed(AGAIN.format(newest, now_at))
    if here and here != manifest.public_address:
        yield f"Printed codes lead to {manifest.public_address or 'no address'}, the backup's public address; this instance's is {here}."
    yield "Everybody signs in again. Start the board now; its worker deletes what is past its days."


COMMANDS = (back_up, restore)
